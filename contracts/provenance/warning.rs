//! Alerts and suspicions: who may say them, and take them back.

use crate::{
    acting::Actor, Acknowledged, Alert, AlertLowered, AlertRaised, Alerts, Capacity, Cleared,
    LotId, LoweringProposed, Provenance, ProvenanceError, Raised, Reason, Suspected, Target,
    UnitId, CUSTODIANS,
};
use allive_olife_id_interface::{IdentityId, Topic};
use ink::codegen::Env as _;

impl Provenance {
    #[inline(never)]
    pub(crate) fn raise(
        &mut self,
        actor: &Actor,
        target: Target,
        alert: Alert,
        capacity: Capacity,
        reason: Reason,
    ) -> Result<(), ProvenanceError> {
        let mut alerts = self.alerts(&target)?;
        // That is determined by `Condemn`, of what is suspected.
        if alert == Alert::Illegitimate {
            return Err(ProvenanceError::BadAlert);
        }
        let by = self.speaker(actor, &target, alert, capacity)?;
        alerts.raise(alert);
        self.alerts_changed(&target, alerts)?;
        self.env().emit_event(AlertRaised {
            target,
            alert,
            by,
            capacity,
            reason,
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn propose_lowering(
        &mut self,
        actor: &Actor,
        target: Target,
        alert: Alert,
        capacity: Capacity,
        reason: Reason,
    ) -> Result<(), ProvenanceError> {
        let mut alerts = self.alerts(&target)?;
        let by = self.speaker(actor, &target, alert, capacity)?;
        let now = self.env().block_timestamp();
        let delay = self.setup.terms.lowering_delay;
        alerts.propose(alert, by, now, delay)?;
        self.alerts_changed(&target, alerts)?;
        self.env().emit_event(LoweringProposed {
            target,
            alert,
            by,
            capacity,
            reason,
            ready: now.saturating_add(delay),
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn lower(
        &mut self,
        actor: &Actor,
        target: Target,
        alert: Alert,
    ) -> Result<(), ProvenanceError> {
        let mut alerts = self.alerts(&target)?;
        let by = self.attested(actor, Topic::AUTHORITY)?;
        alerts.lower(alert, by, self.env().block_timestamp())?;
        self.alerts_changed(&target, alerts)?;
        self.env().emit_event(AlertLowered { target, alert, by });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn acknowledge(
        &mut self,
        actor: &Actor,
        target: Target,
    ) -> Result<(), ProvenanceError> {
        if self.alerts(&target)?.raised == Raised::default() {
            return Err(ProvenanceError::NotRaised);
        }
        let by = match self.noticed(actor, &target) {
            Some(authority) => authority,
            None => self.identity(actor, CUSTODIANS)?,
        };
        self.env().emit_event(Acknowledged { target, by });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn suspect(
        &mut self,
        actor: &Actor,
        unit: UnitId,
        capacity: Capacity,
        reason: Reason,
    ) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&unit)?;
        let by = self.concerned(actor, &unit, capacity)?;
        cell.unit_mut().suspect(by)?;
        self.keep(unit, cell);
        self.env().emit_event(Suspected {
            unit,
            by,
            capacity,
            reason,
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn clear(
        &mut self,
        actor: &Actor,
        unit: UnitId,
        as_authority: bool,
        reason: Reason,
    ) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&unit)?;
        let by = if as_authority {
            self.attested(actor, Topic::AUTHORITY)?
        } else {
            self.identity(actor, CUSTODIANS)?
        };
        cell.unit_mut().clear(by, as_authority)?;
        self.keep(unit, cell);
        self.env().emit_event(Cleared { unit, by, reason });
        Ok(())
    }

    /// Who says this of a target, if it may.
    fn speaker(
        &self,
        actor: &Actor,
        target: &Target,
        alert: Alert,
        capacity: Capacity,
    ) -> Result<IdentityId, ProvenanceError> {
        match (capacity, target, alert) {
            // A thing is stolen, a product is not.
            (_, Target::Product(_), Alert::Stolen) => Err(ProvenanceError::BadAlert),
            (Capacity::Authority, ..) => self.attested(actor, Topic::AUTHORITY),
            (Capacity::Maker, ..) => self.maker(actor, target),
            (Capacity::Custodian, Target::Unit(unit), Alert::Stolen | Alert::Illegitimate) => {
                self.custodian(actor, unit)
            }
            (Capacity::Custodian, ..) => Err(ProvenanceError::BadAlert),
        }
    }

    /// Who suspects a unit, or determines what it is, if it may.
    pub(crate) fn concerned(
        &self,
        actor: &Actor,
        unit: &UnitId,
        capacity: Capacity,
    ) -> Result<IdentityId, ProvenanceError> {
        match capacity {
            Capacity::Custodian => self.custodian(actor, unit),
            Capacity::Maker => self.maker(actor, &Target::Unit(*unit)),
            Capacity::Authority => self.attested(actor, Topic::AUTHORITY),
        }
    }

    fn custodian(&self, actor: &Actor, unit: &UnitId) -> Result<IdentityId, ProvenanceError> {
        let cell = self.cell(unit)?;
        let custody = self.outermost(cell.unit(), |_| ());
        self.only_holder(actor, &custody)
    }

    fn maker(&self, actor: &Actor, target: &Target) -> Result<IdentityId, ProvenanceError> {
        let (maker, role) = match target {
            Target::Product(name) => (self.known_product(name)?.owner, name.role()),
            Target::Lot(lot) => self.maker_of(lot)?,
            Target::Unit(unit) => self.maker_of_unit(unit)?,
        };
        let identity = self.attested(actor, role)?;
        if identity == maker {
            Ok(identity)
        } else {
            Err(ProvenanceError::NotMaker)
        }
    }

    /// The maker of a lot, if it is who acts.
    pub(crate) fn maker_of_lot(
        &self,
        actor: &Actor,
        lot: &LotId,
    ) -> Result<IdentityId, ProvenanceError> {
        self.maker(actor, &Target::Lot(*lot))
    }

    pub(crate) fn maker_of_unit(
        &self,
        unit: &UnitId,
    ) -> Result<(IdentityId, Topic), ProvenanceError> {
        match unit {
            UnitId::Run(run) => self.maker_of(&run.lot),
            // A manufacturer recalls the pallets that it packed.
            UnitId::Container(container) => Ok((container.packer, Topic::MANUFACTURER)),
        }
    }

    fn maker_of(&self, lot: &LotId) -> Result<(IdentityId, Topic), ProvenanceError> {
        let lot = self.known_lot(lot)?;
        Ok((lot.maker, lot.product.role()))
    }

    fn alerts(&self, target: &Target) -> Result<Alerts, ProvenanceError> {
        Ok(match target {
            Target::Product(name) => self.known_product(name)?.alerts,
            Target::Lot(lot) => self.known_lot(lot)?.alerts,
            Target::Unit(unit) => self.cell(unit)?.unit().alerts,
        })
    }

    fn alerts_changed(&mut self, target: &Target, alerts: Alerts) -> Result<(), ProvenanceError> {
        match target {
            Target::Product(name) => {
                let mut product = self.known_product(name)?;
                product.alerts = alerts;
                self.products.insert(name, &product);
            }
            Target::Lot(id) => {
                let mut lot = self.known_lot(id)?;
                lot.alerts = alerts;
                self.lots.insert(id, &lot);
            }
            Target::Unit(unit) => {
                let mut cell = self.cell(unit)?;
                cell.unit_mut().set_alerts(alerts);
                self.keep(*unit, cell);
            }
        }
        Ok(())
    }
}
