//! A document on a chain: compared with it, shown, and sent.

use super::{
    backend::Backend,
    carrying, explained,
    journal::{Journal, Of},
    ledger::OnChain,
    shown, Taken,
};
use allive_capture::{plan, Plan};
use anyhow::{Context, Result};
use std::path::Path;

/// A document on a chain: what is left of it to be sent.
pub struct Import<'b> {
    taken: &'b Taken,
    document: &'b Path,
    chain: OnChain<'b>,
    backend: &'b dyn Backend,
    journal: Journal,
    plan: Plan,
}

impl<'b> Import<'b> {
    /// Compares a document with the chain and with its journal. Nothing is sent. `replan` gives up
    /// what a broken run had begun: what of it the chain shows is not sent again.
    ///
    /// # Errors
    /// With everything that the contract would refuse; if the journal is of another document.
    pub fn plan(
        document: &'b Path,
        taken: &'b Taken,
        mut chain: OnChain<'b>,
        backend: &'b dyn Backend,
        journal: &Path,
        replan: bool,
    ) -> Result<Self> {
        let of = Of::new(&taken.bytes, &backend.genesis(), chain.contract.as_ref());
        let mut journal = Journal::open(journal, of)?;
        carrying::settle(&mut journal, &mut chain, backend)?;
        if replan {
            journal.drop_open()?;
        }
        let mut pending = Vec::new();
        let open = journal.open_deed();
        for step in open
            .iter()
            .flat_map(|open| open.steps.iter().skip(open.sent))
        {
            let event = open.and_then(|open| open.events.first());
            pending.push((
                event.copied().unwrap_or_default(),
                step.by,
                step.action.clone(),
            ));
        }
        let known = journal.known();
        let plan = plan(
            &taken.document,
            &taken.told.told,
            &mut chain,
            &known,
            &pending,
        );
        let plan = plan.map_err(|error| {
            let error = explained(document, error);
            match pending.first() {
                None => error,
                Some((event, ..)) => error.context(format!(
                    "a run that broke had begun event {event}; --replan plans that anew, too"
                )),
            }
        })?;
        carrying::check_keys(&plan, &chain)?;
        Ok(Self {
            taken,
            document,
            chain,
            backend,
            journal,
            plan,
        })
    }

    /// Where its journal lies.
    pub fn journal_path(&self) -> &Path {
        self.journal.path()
    }

    /// How many calls are left.
    pub fn left(&self) -> usize {
        let open = self.journal.open_deed();
        let begun = open.map_or(0, |open| open.steps.len() - open.sent);
        begun + self.plan.steps().count()
    }

    /// What is planned, in the order in which it is sent.
    #[cfg(test)]
    pub fn steps(&self) -> impl Iterator<Item = &provenance::Action> {
        self.plan.steps().map(|step| &step.action)
    }

    /// Prints the plan, what it takes, and what was sent before.
    pub fn show(&self, all: bool) -> Result<()> {
        let open = self.journal.open_deed();
        let parties = &self.taken.told.told.parties;
        println!("{}", shown::steps(&self.plan, open, parties, all));
        let begun = self.left() - self.plan.steps().count();
        println!("{}", shown::totals(&self.plan, begun));
        if self.journal.calls > 0 {
            println!(
                "{} calls were sent before: {}",
                self.journal.calls,
                self.journal.path().display()
            );
        }
        if self.left() > 0 {
            println!(
                "{}",
                shown::costs(&self.plan, open, &self.chain, self.backend)?
            );
        }
        Ok(())
    }

    /// Sends what is left.
    ///
    /// # Errors
    /// At the first call that fails. The same command goes on from there.
    pub fn send(&mut self) -> Result<usize> {
        let left = self.left();
        let progress = crate::progress::bar(left as u64, "calls {pos} of {len}");
        let sent = carrying::carry_out(
            &self.plan,
            &mut self.journal,
            &mut self.chain,
            self.backend,
            |events, step, receipt| {
                progress.inc(1);
                let line = format!(
                    "event {}: {}: block {}, extrinsic {}",
                    carrying::list(events),
                    step.words,
                    receipt.block,
                    receipt.extrinsic
                );
                progress.suspend(|| println!("{line}"));
            },
        );
        progress.finish_and_clear();
        sent.with_context(|| {
            format!(
                "{} is not sent to its end. What was sent is in {}: run the same command again to go on, or with \
                 --replan where what was begun cannot be sent any more",
                self.document.display(),
                self.journal.path().display()
            )
        })
    }
}
