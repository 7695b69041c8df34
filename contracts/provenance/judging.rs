//! What is illegitimate, and what an authority does for a holder that cannot act.

use crate::{
    acting::Actor, Alert, AlertRaised, Capacity, Noticed, Provenance, ProvenanceError, Reason,
    Redirected, Target, UnitId,
};
use allive_access::Timestamp;
use allive_olife_id_interface::{IdentityId, Topic};
use ink::codegen::Env as _;

impl Provenance {
    #[inline(never)]
    pub(crate) fn condemn(
        &mut self,
        actor: &Actor,
        unit: UnitId,
        capacity: Capacity,
        reason: Reason,
    ) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&unit)?;
        let by = self.concerned(actor, &unit, capacity)?;
        let as_authority = capacity == Capacity::Authority;
        let now = self.env().block_timestamp();
        let due = now.saturating_add(self.setup.terms.notify);
        cell.unit_mut().condemn(by, as_authority, now, due)?;
        self.keep(unit, cell);
        self.env().emit_event(AlertRaised {
            target: Target::Unit(unit),
            alert: Alert::Illegitimate,
            by,
            capacity,
            reason,
        });
        Ok(())
    }

    /// If this is of a unit that is illegitimate, and who acts is the first authority that
    /// acknowledges that: which authority.
    #[inline(never)]
    pub(crate) fn noticed(&mut self, actor: &Actor, target: &Target) -> Option<IdentityId> {
        let Target::Unit(unit) = target else {
            return None;
        };
        let mut cell = self.units.get(unit)?;
        let verdict = cell.unit_mut().verdict.as_mut();
        let verdict = verdict.filter(|verdict| verdict.noticed.is_none())?;
        let by = self.attested(actor, Topic::AUTHORITY).ok()?;
        let at = self.env().block_timestamp();
        verdict.noticed = Some(Noticed { by, at });
        self.keep(*unit, cell);
        Some(by)
    }

    /// The delay is that of lowering an alert: time for the holder, if it can act, to call it back.
    #[inline(never)]
    pub(crate) fn redirect(
        &mut self,
        actor: &Actor,
        unit: UnitId,
        to: IdentityId,
        until: Timestamp,
        reason: Reason,
    ) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&unit)?;
        let custody = cell.unit_mut().live()?;
        let by = self.attested(actor, Topic::AUTHORITY)?;
        let now = self.env().block_timestamp();
        let terms = self.setup.terms;
        let ready = now.saturating_add(terms.lowering_delay);
        custody.redirect(to, until, ready, now, terms.longest_transit)?;
        let holder = custody.holder;
        self.keep(unit, cell);
        self.env().emit_event(Redirected {
            unit,
            holder,
            by,
            to,
            ready,
            until,
            reason,
        });
        Ok(())
    }
}
