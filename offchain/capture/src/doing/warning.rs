//! Who may raise an alert, or suspect something.

use crate::world::{Stop, World};
use allive_olife_id_interface::{IdentityId, Topic};
use provenance::{Alert, Capacity, LotId, ProvenanceError, Target, UnitId};

impl World<'_> {
    pub(super) fn raise(
        &mut self,
        by: IdentityId,
        target: &Target,
        alert: Alert,
        capacity: Capacity,
    ) -> Result<(), Stop> {
        match (capacity, target, alert) {
            (_, Target::Product(_), Alert::Stolen) => return Err(ProvenanceError::BadAlert.into()),
            (Capacity::Custodian, Target::Unit(unit), Alert::Stolen) => {
                self.concerned(by, *unit, capacity)?;
            }
            (Capacity::Custodian, ..) => return Err(ProvenanceError::BadAlert.into()),
            (Capacity::Authority, ..) => self.attested(by, Topic::AUTHORITY)?,
            (Capacity::Maker, Target::Product(name), _) => {
                let product = self.known_product(name)?;
                self.attested(by, name.role())?;
                product.only_owner(by)?;
            }
            (Capacity::Maker, Target::Lot(lot), _) => self.only_maker(by, *lot)?,
            (Capacity::Maker, Target::Unit(unit), _) => self.concerned(by, *unit, capacity)?,
        }
        match target {
            Target::Product(name) => {
                let mut product = self.known_product(name)?;
                product.alerts.raise(alert);
                self.set_product(name, product);
            }
            Target::Lot(id) => {
                let mut lot = self.known_lot(*id)?;
                lot.alerts.raise(alert);
                self.set_lot(*id, lot);
            }
            Target::Unit(unit) => self.change(*unit, |cell| {
                cell.unit_mut().alerts.raise(alert);
                Ok(())
            })?,
        }
        Ok(())
    }

    pub(super) fn only_maker(&mut self, by: IdentityId, lot: LotId) -> Result<(), Stop> {
        let lot = self.known_lot(lot)?;
        self.attested(by, lot.product.role())?;
        match lot.maker == by {
            true => Ok(()),
            false => Err(ProvenanceError::NotMaker.into()),
        }
    }

    pub(super) fn concerned(
        &mut self,
        by: IdentityId,
        unit: UnitId,
        capacity: Capacity,
    ) -> Result<(), Stop> {
        let cell = self.known_cell(unit)?;
        match (capacity, unit) {
            (Capacity::Custodian, _) => {
                let custody = self.outermost(&cell, |_| ())?;
                self.only(by, &custody)
            }
            (Capacity::Authority, _) => self.attested(by, Topic::AUTHORITY),
            (Capacity::Maker, UnitId::Run(run)) => self.only_maker(by, run.lot),
            (Capacity::Maker, UnitId::Container(container)) => {
                self.attested(by, Topic::MANUFACTURER)?;
                match container.packer == by {
                    true => Ok(()),
                    false => Err(ProvenanceError::NotMaker.into()),
                }
            }
        }
    }
}
