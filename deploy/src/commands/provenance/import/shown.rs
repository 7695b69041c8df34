//! What is to be done, as people read it.

use super::{
    backend::{Backend, Cost},
    carrying::{acting, call, list},
    journal::Open,
    ledger::OnChain,
};
use crate::table::{grouped, table};
use allive_capture::{Deed, Note, Parties, Plan, Step};
use anyhow::Result;
use provenance::Action;
use std::collections::BTreeMap;

/// How many rows are shown, unless all are asked for.
const ROWS: usize = 200;

/// How often a kind of call is tried until one would be accepted now.
const TRIALS: usize = 3;

/// Every step with its event, and what is said of events without one.
pub fn steps(plan: &Plan, open: Option<&Open>, parties: &Parties, all: bool) -> String {
    let mut rows = table(&["event", "step", "by"], 3);
    let (mut shown, mut count) = (0, 0);
    let mut row = |event: String, what: String, by: String| {
        count += 1;
        if all || shown < ROWS {
            rows.add_row([event, what, by]);
            shown += 1;
        }
    };
    if let Some(open) = open {
        for step in open.steps.iter().skip(open.sent) {
            row(
                list(&open.events),
                step.words.clone(),
                parties.name(step.by),
            );
        }
    }
    for deed in plan.deeds.iter().filter(|deed| !is_sent(deed)) {
        for step in &deed.steps {
            row(
                list(&deed.events),
                step.words.clone(),
                parties.name(step.by),
            );
        }
        for note in &deed.notes {
            let text = match note {
                Note::There if !deed.steps.is_empty() => {
                    "the chain shows the rest of it already".into()
                }
                note => note.to_string(),
            };
            row(list(&deed.events), text, String::new());
        }
    }
    let mut text = rows.to_string();
    if count > shown {
        text.push_str(&format!(
            "\n… and {} rows more: --all shows them",
            count - shown
        ));
    }
    text
}

/// Whether a deed was sent by an earlier run.
fn is_sent(deed: &Deed) -> bool {
    deed.notes.contains(&Note::Sent)
}

/// How many events are what.
pub fn totals(plan: &Plan, left: usize) -> String {
    let with = |is: &dyn Fn(&Deed) -> bool| {
        let deeds = plan.deeds.iter().filter(|deed| is(deed));
        deeds.map(|deed| deed.events.len()).sum::<usize>()
    };
    let says = |is: fn(&Note) -> bool| {
        with(&|deed: &Deed| deed.steps.is_empty() && deed.notes.iter().any(is))
    };
    let mut parts = vec![format!(
        "{} events: {} calls for {} of them",
        plan.kept.len(),
        plan.steps().count() + left,
        with(&|deed: &Deed| !deed.steps.is_empty())
    )];
    for (count, what) in [
        (with(&|deed: &Deed| is_sent(deed)), "sent before"),
        (says(|note| matches!(note, Note::There)), "there already"),
        (
            says(|note| matches!(note, Note::Others { .. })),
            "of others, not sent",
        ),
        (
            says(|note| matches!(note, Note::Declared { .. })),
            "declared errors, not sent",
        ),
        (
            says(|note| matches!(note, Note::With { .. })),
            "done with another",
        ),
        (
            says(|note| matches!(note, Note::KeptByHash { .. })),
            "kept by their hash alone",
        ),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.join("; ")
}

/// What the calls take, by kinds: one of each is tried on the chain as it is now.
pub fn costs(
    plan: &Plan,
    open: Option<&Open>,
    chain: &OnChain,
    backend: &dyn Backend,
) -> Result<String> {
    let mut kinds: BTreeMap<&str, (u128, Vec<&Step>)> = BTreeMap::new();
    let begun = open
        .into_iter()
        .flat_map(|open| open.steps.iter().skip(open.sent));
    for step in begun.chain(plan.steps()) {
        let (count, tried) = kinds.entry(kind(&step.action)).or_default();
        *count += 1;
        if tried.len() < TRIALS {
            tried.push(step);
        }
    }
    let header = [
        "call",
        "calls",
        "ref_time each",
        "proof each",
        "deposit each",
        "fee each, at most",
    ];
    let mut rows = table(&header, 1);
    let (mut sum, mut is_whole) = (0_u128, true);
    for (name, (count, tried)) in kinds {
        let mut found: Option<Cost> = None;
        for step in tried {
            let actor = acting(chain, step)?;
            let (contract, input) = call(chain, actor, step);
            found = backend.cost(&actor.account, contract, input)?;
            if found.is_some() {
                break;
            }
        }
        let count_shown = grouped(count);
        match found {
            Some(cost) => {
                let each = cost.fee.saturating_add(cost.deposit.max(0).unsigned_abs());
                sum = sum.saturating_add(each.saturating_mul(count));
                rows.add_row([
                    name.to_owned(),
                    count_shown,
                    grouped(cost.gas.ref_time.into()),
                    grouped(cost.gas.proof_size.into()),
                    backend.coins(cost.deposit.max(0).unsigned_abs()),
                    backend.coins(cost.fee),
                ]);
            }
            None => {
                is_whole = false;
                let later = "not before others".to_owned();
                let none = String::new;
                rows.add_row([name.to_owned(), count_shown, later, none(), none(), none()]);
            }
        }
    }
    let least = if is_whole { "about" } else { "at least" };
    Ok(format!(
        "{rows}\nall calls take {least} {}, deposits included",
        backend.coins(sum)
    ))
}

/// The name of an action.
const fn kind(action: &Action) -> &'static str {
    match action {
        Action::Commission { .. } => "Commission",
        Action::Split { .. } => "Split",
        Action::Pack { .. } => "Pack",
        Action::Unpack { .. } => "Unpack",
        Action::Ship { .. } => "Ship",
        Action::Receive { .. } => "Receive",
        Action::Refuse { .. } => "Refuse",
        Action::CallBack { .. } => "CallBack",
        Action::Retire { .. } => "Retire",
        Action::Dispense { .. } => "Dispense",
        Action::DispensePart { .. } => "DispensePart",
        Action::Raise { .. } => "Raise",
        Action::Suspect { .. } => "Suspect",
        Action::Transform { .. } => "Transform",
        Action::Report { .. } => "Report",
        Action::DeclareError { .. } => "DeclareError",
        _ => "other",
    }
}
