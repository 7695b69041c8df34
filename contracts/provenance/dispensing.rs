//! Dispensing, pack by pack, and the alarms of packs that were dispensed twice.

use crate::{
    acting::Actor, place, verifying::Found, Alarm, AlarmChanged, Cell, Claim, Dispenser, End, Fill,
    Known, LotId, Outcome, PackId, Provenance, ProvenanceError, Reason, Retired, RunId, State,
    Step, UnitId, Word, DISPENSERS,
};
use allive_access::Timestamp;
use allive_olife_id_interface::Topic;
use ink::codegen::Env as _;

impl Provenance {
    #[inline(never)]
    pub(crate) fn dispense(
        &mut self,
        actor: &Actor,
        claim: &Claim,
        role: Topic,
        site: u64,
        fill: Option<&Fill>,
        part: bool,
    ) -> Result<Outcome, ProvenanceError> {
        if role.bit() & DISPENSERS == 0 {
            return Err(ProvenanceError::BadRole);
        }
        let found = self.found(claim).map_err(ProvenanceError::Mismatch)?;
        if found.lot.serials.is_none() {
            return Err(ProvenanceError::NoSerials);
        }
        let by = self.attested(actor, role)?;
        let (number, bit) = place(found.index);
        let mut word = self.kept_word(found.id, number);
        let known = self.known(&found, word.has(bit));
        let pack = PackId {
            lot: found.id,
            index: found.index,
        };
        let dispenser = Dispenser { by, site };
        match known.state {
            State::Genuine => (),
            // Whoever opened a pack still has it, and dispenses the rest.
            State::PartlyDispensed if known.custody.holder == by => (),
            State::Stolen
            | State::Illegitimate
            | State::PartlyDispensed
            | State::Ended(End::Dispensed | End::Sample | End::Exported | End::Transformed) => {
                let first = word.dispenser(bit).map(|recent| recent.dispenser);
                return self.dispensed_again(&found, &known, first, dispenser);
            }
            other => return Err(ProvenanceError::NotActive(other)),
        }
        if known.custody.holder != by {
            return Err(ProvenanceError::NotHolder);
        }
        // Nothing leaves a container by itself.
        found.run.unit.custody()?;
        if known.custody.site != site {
            return Err(ProvenanceError::Elsewhere);
        }
        let prescription = fill.map(|fill| self.fill(fill)).transpose()?;
        let at = self.env().block_timestamp();
        let step = if part {
            self.open(found, dispenser, at)?;
            Step::PartDispensed {
                pack,
                dispenser,
                role,
                prescription,
            }
        } else {
            word.dispense(bit, dispenser, prescription, at, self.setup.terms.undo)?;
            self.words.insert((found.id, number), &word);
            Step::PackDispensed {
                pack,
                dispenser,
                role,
                prescription,
            }
        };
        self.trace(step);
        Ok(Outcome::Done)
    }

    /// A pack that is a run of its own is opened, and stays so.
    #[inline(never)] // So that it is not compiled where a whole pack is dispensed.
    fn open(
        &mut self,
        found: Found,
        opener: Dispenser,
        at: Timestamp,
    ) -> Result<(), ProvenanceError> {
        let Found {
            id: lot,
            index: first,
            mut run,
            ..
        } = found;
        if run.length != 1 {
            return Err(ProvenanceError::NotAlone);
        }
        run.unit.retired = Some(Retired {
            end: End::PartlyDispensed,
            by: opener.by,
            site: opener.site,
            at,
        });
        let id = RunId { lot, first };
        self.keep(UnitId::Run(id), Cell::Run(run));
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn undo_dispense(
        &mut self,
        actor: &Actor,
        run: RunId,
        index: u64,
    ) -> Result<(), ProvenanceError> {
        let kept = self.run(run)?;
        if !kept.has(run, index) {
            return Err(ProvenanceError::UnknownUnit);
        }
        let custody = *kept.unit.custody()?;
        let by = self.only_holder(actor, &custody)?;
        let found = self.found_in(run, kept, index)?;
        let (number, bit) = place(index);
        let mut word = self.kept_word(run.lot, number);
        let now = self.env().block_timestamp();
        let site = custody.site;
        let filled = word.undo(bit, Dispenser { by, site }, now, self.setup.terms.undo)?;
        if self.is_confirmed(run.lot, index) {
            return Err(ProvenanceError::Final);
        }
        // What it would be without having been dispensed.
        match self.known(&found, false).state {
            State::Genuine | State::Quarantined | State::PartlyDispensed => (),
            other => return Err(ProvenanceError::NotActive(other)),
        }
        self.words.insert((run.lot, number), &word);
        if let Some(prescription) = filled {
            self.give_back(prescription);
        }
        let pack = PackId {
            lot: run.lot,
            index,
        };
        self.trace(Step::DispensingUndone { pack, by });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn explain(
        &mut self,
        actor: &Actor,
        pack: PackId,
        reason: Reason,
    ) -> Result<(), ProvenanceError> {
        let mut alarm = self.known_alarm(pack)?;
        let by = self.identity(actor, DISPENSERS)?;
        alarm.explain(by)?;
        self.alarm_changed(pack, alarm, by, reason);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn settle(
        &mut self,
        actor: &Actor,
        pack: PackId,
        as_authority: bool,
        escalate: bool,
        reason: Reason,
    ) -> Result<(), ProvenanceError> {
        let mut alarm = self.known_alarm(pack)?;
        let by = if as_authority {
            self.attested(actor, Topic::AUTHORITY)?
        } else {
            self.maker_of_lot(actor, &pack.lot)?
        };
        if escalate {
            alarm.escalate()?;
        } else {
            alarm.close(by, as_authority)?;
        }
        self.alarm_changed(pack, alarm, by, reason);
        Ok(())
    }

    /// Forgets what cannot be undone any more of the 256 packs of a word.
    pub(crate) fn prune_word(&mut self, lot: LotId, number: u64) -> Result<(), ProvenanceError> {
        let mut word = self.kept_word(lot, number);
        let now = self.env().block_timestamp();
        if !word.prune(now, self.setup.terms.undo) {
            return Err(ProvenanceError::NothingToPrune);
        }
        self.words.insert((lot, number), &word);
        Ok(())
    }

    /// Somebody wants to dispense what was dispensed, has ended, or is stolen. Where it is
    /// forgotten by whom it was dispensed, it was who ended the run, or whoever has it.
    #[inline(never)] // So that it is not compiled where a genuine pack is dispensed.
    fn dispensed_again(
        &mut self,
        found: &Found,
        known: &Known,
        first: Option<Dispenser>,
        second: Dispenser,
    ) -> Result<Outcome, ProvenanceError> {
        let retired = found.run.unit.retired;
        let retired = retired.map(|it| (it.by, it.site));
        let (by, site) = retired.unwrap_or((known.custody.holder, known.custody.site));
        let first = first.unwrap_or(Dispenser { by, site });
        if first.by == second.by {
            return Err(ProvenanceError::NotActive(known.state));
        }
        let pack = PackId {
            lot: found.id,
            index: found.index,
        };
        let earlier = self.alarms.get((pack.lot, pack.index));
        let alarm = Alarm::raised(earlier, first, second);
        self.alarm_changed(pack, alarm, second.by, Reason::default());
        Ok(Outcome::Alarm)
    }

    pub(crate) fn kept_word(&self, lot: LotId, number: u64) -> Word {
        self.words.get((lot, number)).unwrap_or_default()
    }

    fn known_alarm(&self, pack: PackId) -> Result<Alarm, ProvenanceError> {
        let alarm = self.alarms.get((pack.lot, pack.index));
        alarm.ok_or(ProvenanceError::UnknownAlarm)
    }

    fn alarm_changed(&mut self, pack: PackId, alarm: Alarm, by: u64, reason: Reason) {
        self.alarms.insert((pack.lot, pack.index), &alarm);
        self.env().emit_event(AlarmChanged {
            pack,
            alarm,
            by,
            reason,
        });
    }
}
