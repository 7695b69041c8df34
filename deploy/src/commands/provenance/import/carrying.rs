//! Carries a plan out, and goes on where a run broke.

use super::{
    backend::Backend,
    journal::Journal,
    ledger::{Actor, OnChain},
};
use allive_calls::{parts, read, Returned};
use allive_capture::{reached, Note, Plan, Step};
use anyhow::{bail, ensure, Context, Result};
use ink::primitives::AccountId;
use provenance::{Outcome, ProvenanceError};

/// Finds out whether a call that was on its way when a run broke has arrived. What the chain shows
/// decides; where it shows nothing, whether its account has sent something since.
pub fn settle(journal: &mut Journal, chain: &mut OnChain, backend: &dyn Backend) -> Result<()> {
    loop {
        let Some(open) = journal.open_deed() else {
            return Ok(());
        };
        let (place, Some(sent_before)) = (open.sent, open.sending) else {
            return Ok(());
        };
        let step = open
            .steps
            .get(place)
            .context("the journal has no such step")?
            .clone();
        let has_arrived = match reached(chain, step.by, &step.action)? {
            Some(is_reached) => is_reached,
            None => {
                let actor = acting(chain, &step)?;
                backend.sent_by(&actor.account)? > sent_before
            }
        };
        if !has_arrived {
            return Ok(());
        }
        journal.seen(place)?;
    }
}

/// Sends what is left of a deed that was begun, and then the plan. `told` hears of each step.
///
/// # Errors
/// At the first step that is not carried out. Those before are in the journal.
pub fn carry_out(
    plan: &Plan,
    journal: &mut Journal,
    chain: &mut OnChain,
    backend: &dyn Backend,
    mut told: impl FnMut(&[usize], &Step, &super::journal::Receipt),
) -> Result<usize> {
    let mut sent = finish(journal, chain, backend, &mut told)?;
    for deed in &plan.deeds {
        if deed.notes.contains(&Note::Sent) {
            continue;
        }
        // It is another's to send, until a key of that party is at hand.
        let is_of_others = |note: &Note| matches!(note, Note::Others { .. });
        if deed.steps.is_empty() && deed.notes.iter().any(is_of_others) {
            journal.tell(deed, &plan.kept)?;
            continue;
        }
        journal.begin(deed, &plan.kept)?;
        sent += finish(journal, chain, backend, &mut told)?;
    }
    journal.sync()?;
    Ok(sent)
}

/// Sends the rest of the deed that was begun.
fn finish(
    journal: &mut Journal,
    chain: &mut OnChain,
    backend: &dyn Backend,
    told: &mut impl FnMut(&[usize], &Step, &super::journal::Receipt),
) -> Result<usize> {
    let Some(open) = journal.open_deed().cloned() else {
        return Ok(0);
    };
    let mut sent = 0;
    for (place, step) in open.steps.iter().enumerate().skip(open.sent) {
        let what = || format!("event {}: {}", list(&open.events), step.words);
        let actor = acting(chain, step)?;
        let (contract, input) = call(chain, actor, step);
        journal.sending(place, backend.sent_by(&actor.account)?)?;
        let receipt = backend.send(&actor.account, contract, input, &check);
        let receipt = receipt.with_context(what)?;
        journal.sent(place, receipt.clone())?;
        told(&open.events, step, &receipt);
        sent += 1;
    }
    Ok(sent)
}

/// Refuses what the contract would refuse, and what would raise an alarm instead.
fn check(returned: &[u8]) -> Result<()> {
    let data = returned.to_vec();
    let returned = Returned {
        reverted: false,
        data,
    };
    match read::<Result<Outcome, ProvenanceError>>(Ok(returned))? {
        Ok(Outcome::Done) => Ok(()),
        Ok(Outcome::Alarm) => {
            bail!("another has dispensed it meanwhile, so this would raise an alarm")
        }
        Err(error) => bail!("the contract would refuse: {error:?}"),
    }
}

/// How the party of a step acts.
pub fn acting(chain: &OnChain, step: &Step) -> Result<Actor> {
    let actor = chain.acting(step.by);
    actor.with_context(|| format!("no key of identity {} is at hand: {}", step.by, step.words))
}

/// The call of a step.
pub fn call(chain: &OnChain, actor: Actor, step: &Step) -> (AccountId, Vec<u8>) {
    parts(chain.message(actor, step.action.clone()))
}

/// The places of events, as people read them.
pub fn list(events: &[usize]) -> String {
    match events {
        [] => String::new(),
        [one] => one.to_string(),
        [first, .., last] if last - first + 1 == events.len() => format!("{first}–{last}"),
        many => {
            let many: Vec<_> = many.iter().map(ToString::to_string).collect();
            many.join(", ")
        }
    }
}

/// Refuses a plan for which keys are missing, before anything is sent.
pub fn check_keys(plan: &Plan, chain: &OnChain) -> Result<()> {
    for step in plan.steps() {
        ensure!(
            chain.acting(step.by).is_some(),
            "no key of identity {} is at hand: {}",
            step.by,
            step.words
        );
    }
    Ok(())
}
