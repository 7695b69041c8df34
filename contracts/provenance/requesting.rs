//! Which action does what; and whether what a signed one names is still as its signer saw it.

use crate::{
    acting::Actor, Action, Outcome, PackId, Provenance, ProvenanceError, RunId, Seen, SignedAction,
    Target, UnitId,
};
use ink::{
    codegen::Env as _, env::hash::Blake2x256, prelude::vec::Vec, primitives::AccountId,
    scale::Encode,
};

impl Provenance {
    /// Carries out what somebody signed.
    pub(crate) fn carry_out_for(
        &mut self,
        account: AccountId,
        signed: SignedAction,
    ) -> Result<Outcome, ProvenanceError> {
        if self.what_is_seen(&signed.action) != signed.seen {
            return Err(ProvenanceError::NotAsSeen);
        }
        let organisation = signed.organisation;
        let actor = Actor {
            account,
            organisation,
        };
        self.carry_out(&actor, signed.action.into_inner())
    }

    #[inline(never)]
    pub(crate) fn carry_out(
        &mut self,
        actor: &Actor,
        action: Action,
    ) -> Result<Outcome, ProvenanceError> {
        let done = match action {
            Action::Commission { lot, site } => self.commission(actor, lot, site),
            Action::Split { run, length } => self.split(actor, run, length),
            Action::Join { run } => self.join(actor, run),
            Action::Pack { container, units } => self.pack(actor, container, units),
            Action::Unpack { container, units } => self.unpack(actor, container, units),
            Action::Ship { unit, to, until } => self.ship(actor, unit, to, until),
            Action::Receive { unit, role, site } => self.receive(actor, unit, role, site),
            Action::Refuse { unit } => self.refuse(actor, unit),
            Action::CallBack { unit } => self.call_back(actor, unit),
            Action::MoveTo { unit, site } => self.move_to(actor, unit, site),
            Action::Retire { unit, end } => self.retire(actor, unit, end),
            Action::Restore { unit } => self.restore(actor, unit),
            Action::Dispense {
                claim,
                role,
                site,
                prescription,
            } => {
                let fill = prescription.as_deref();
                return self.dispense(actor, &claim, role, site, fill, false);
            }
            Action::UndoDispense { run, index } => self.undo_dispense(actor, run, index),
            Action::Transform {
                inputs,
                outputs,
                kind,
            } => self.transform(actor, inputs, outputs, kind),
            Action::DispensePart {
                claim,
                role,
                site,
                prescription,
            } => {
                let fill = prescription.as_deref();
                return self.dispense(actor, &claim, role, site, fill, true);
            }
            Action::Report { unit, window } => self.report(actor, unit, window),
            rare => self.carry_out_rarely(actor, rare),
        };
        done.map(|()| Outcome::Done)
    }

    /// The same of what is not done each day. In a function of its own, so that it is not compiled
    /// where goods move.
    #[inline(never)]
    fn carry_out_rarely(&mut self, actor: &Actor, action: Action) -> Result<(), ProvenanceError> {
        match action {
            Action::Register { name, terms } => self.register(actor, name, terms),
            Action::Revise { name, terms } => self.revise(actor, name, terms),
            Action::HandOver { name, to } => self.hand_over(actor, name, to),
            Action::TakeOver { name } => self.take_over(actor, name),
            Action::Assign {
                name,
                owner,
                former,
            } => self.assign(actor, name, owner, former),
            Action::Explain { pack, reason } => self.explain(actor, pack, reason),
            Action::Settle {
                pack,
                as_authority,
                escalate,
                reason,
            } => self.settle(actor, pack, as_authority, escalate, reason),
            Action::Raise {
                target,
                alert,
                capacity,
                reason,
            } => self.raise(actor, target, alert, capacity, reason),
            Action::ProposeLowering {
                target,
                alert,
                capacity,
                reason,
            } => self.propose_lowering(actor, target, alert, capacity, reason),
            Action::Lower { target, alert } => self.lower(actor, target, alert),
            Action::Acknowledge { target } => self.acknowledge(actor, target),
            Action::Suspect {
                unit,
                capacity,
                reason,
            } => self.suspect(actor, unit, capacity, reason),
            Action::Clear {
                unit,
                as_authority,
                reason,
            } => self.clear(actor, unit, as_authority, reason),
            Action::Cancel => Ok(()),
            Action::Prescribe { prescription } => self.prescribe(actor, &prescription),
            Action::DeclareError { declaration } => self.declare_error(actor, declaration),
            Action::ReportProgress { progress } => self.report_progress(actor, &progress),
            Action::CancelPrescription {
                prescription,
                as_authority,
            } => self.cancel_prescription(actor, prescription, as_authority),
            Action::Watch { unit, logger } => self.watch(actor, unit, logger),
            Action::Release {
                unit,
                capacity,
                written_off,
                reason,
            } => self.release(actor, unit, capacity, written_off, reason),
            Action::Condemn {
                unit,
                capacity,
                reason,
            } => self.condemn(actor, unit, capacity, reason),
            Action::Redirect {
                unit,
                to,
                until,
                reason,
            } => self.redirect(actor, unit, to, until, reason),
            // Done above. Named here, so that the compiler finds an action that is not.
            Action::Commission { .. }
            | Action::Split { .. }
            | Action::Join { .. }
            | Action::Pack { .. }
            | Action::Unpack { .. }
            | Action::Ship { .. }
            | Action::Receive { .. }
            | Action::Refuse { .. }
            | Action::CallBack { .. }
            | Action::MoveTo { .. }
            | Action::Retire { .. }
            | Action::Restore { .. }
            | Action::Dispense { .. }
            | Action::UndoDispense { .. }
            | Action::DispensePart { .. }
            | Action::Transform { .. }
            | Action::Report { .. } => Ok(()),
        }
    }

    /// The hash of the cells that an action names. All other cells that it depends on are checked
    /// by what it does; these say what its signer means, because a name stays while what it names
    /// changes.
    #[inline(never)]
    pub(crate) fn what_is_seen(&self, action: &Action) -> Seen {
        match action {
            Action::Register { name, .. }
            | Action::Revise { name, .. }
            | Action::HandOver { name, .. }
            | Action::TakeOver { name }
            | Action::Assign { name, .. } => self.hash(&self.products.get(name)),
            Action::Commission { lot, .. } => self.hash(&self.products.get(&lot.product)),
            Action::Split { run, .. } | Action::UndoDispense { run, .. } => {
                self.hash_of_units(&[UnitId::Run(*run)])
            }
            Action::Join { run } => self.hash_of_units(&[UnitId::Run(*run), self.next_of(*run)]),
            Action::Pack { container, units } | Action::Unpack { container, units } => {
                let container = [UnitId::Container(*container)];
                self.hash_of_units(&[&container, units.as_slice()].concat())
            }
            Action::Ship { unit, .. }
            | Action::Receive { unit, .. }
            | Action::Refuse { unit }
            | Action::CallBack { unit }
            | Action::MoveTo { unit, .. }
            | Action::Retire { unit, .. }
            | Action::Restore { unit }
            | Action::Suspect { unit, .. }
            | Action::Clear { unit, .. }
            | Action::Watch { unit, .. }
            | Action::Release { unit, .. }
            | Action::Condemn { unit, .. }
            | Action::Redirect { unit, .. } => self.hash_of_units(&[*unit]),
            Action::Dispense { claim, .. } | Action::DispensePart { claim, .. } => {
                let found = self.found(claim).map(|found| found.run);
                self.hash(&found.ok())
            }
            Action::Explain { pack, .. } | Action::Settle { pack, .. } => {
                let PackId { lot, index } = pack;
                self.hash(&self.alarms.get((*lot, *index)))
            }
            Action::Raise { target, .. }
            | Action::ProposeLowering { target, .. }
            | Action::Lower { target, .. }
            | Action::Acknowledge { target } => match target {
                Target::Product(name) => self.hash(&self.products.get(name)),
                Target::Lot(lot) => self.hash(&self.lots.get(lot)),
                Target::Unit(unit) => self.hash_of_units(&[*unit]),
            },
            Action::Transform { inputs, .. } => {
                let inputs = inputs.iter().map(|run| UnitId::Run(*run));
                self.hash_of_units(&inputs.collect::<Vec<_>>())
            }
            Action::CancelPrescription { prescription, .. } => {
                self.hash(&self.prescriptions.get(prescription))
            }
            Action::ReportProgress { progress } => self.hash(&self.progress.get(&progress.name)),
            // A logger signs one window after the other, and sees none of the others' effect. No
            // moment counts twice anyway.
            Action::Prescribe { .. }
            | Action::DeclareError { .. }
            | Action::Report { .. }
            | Action::Cancel => Seen::default(),
        }
    }

    /// The run that begins where another one ends; that run itself if there is none of its name.
    fn next_of(&self, id: RunId) -> UnitId {
        let length = self.run(id).map(|run| run.length).unwrap_or_default();
        let first = id.first.saturating_add(length);
        UnitId::Run(RunId { first, ..id })
    }

    fn hash_of_units(&self, units: &[UnitId]) -> Seen {
        let cells: Vec<_> = units.iter().map(|unit| self.units.get(unit)).collect();
        self.hash(&cells)
    }

    fn hash(&self, cells: &impl Encode) -> Seen {
        self.env().hash_bytes::<Blake2x256>(&cells.encode())
    }
}
