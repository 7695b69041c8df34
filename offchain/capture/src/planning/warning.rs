//! Alerts and suspicions.

use super::Planner;
use crate::{
    finding::{lists, Named},
    meaning::last_name,
    world::{Spot, Stop},
    Party, Problem,
};
use allive_epcis::{
    document::{Quantity, Thing},
    identifiers::Epc,
    Event,
};
use allive_olife_id_interface::{IdentityId, Topic};
use allive_packs::product;
use provenance::{Action, Alert, Capacity, Reason, Target, UnitId};
use sha2::{Digest, Sha256};

/// How an extension names a class, and which alert it is.
const CLASSES: [(&str, Alert); 4] = [
    ("I", Alert::RecallOne),
    ("II", Alert::RecallTwo),
    ("III", Alert::RecallThree),
    ("withdrawn", Alert::Withdrawn),
];

impl<'p> Planner<'p> {
    pub fn raise(
        &mut self,
        event: &'p Event,
        party: &Party,
        alert: Option<Alert>,
    ) -> Result<(), Stop> {
        let alert = alert.or_else(|| class(event)).or(self.told.recall);
        let reason = self.reason(event);
        if alert.is_none() {
            self.note("disposition".to_owned(), Problem::NoClass);
        }
        let (Some(alert), Some(reason)) = (alert, reason) else {
            return Ok(());
        };
        let by = party.identity;
        // A lot is named as a whole where nothing, or a recall, says how much of it.
        let of_lots = |quantity: &Quantity| quantity.amount.is_none() || alert != Alert::Stolen;
        for (place, quantity) in event.quantities.iter().enumerate() {
            let field = format!("{}[{place}].epcClass", lists(event).1);
            if !of_lots(quantity) {
                continue;
            }
            let target = self.target(&quantity.class);
            if let Some(target) = self.or_note(&field, target)? {
                let capacity = self.capacity_of(party, &target, alert)?;
                self.does(
                    &field,
                    by,
                    Action::Raise {
                        target,
                        alert,
                        capacity,
                        reason,
                    },
                )?;
            }
        }
        let mut rest = event.clone();
        rest.quantities.retain(|quantity| !of_lots(quantity));
        let Some(named) = self.named(&rest)? else {
            return Ok(());
        };
        let raise = |target: UnitId, capacity| Action::Raise {
            target: Target::Unit(target),
            alert,
            capacity,
            reason,
        };
        let named = self.not_yet(by, named, |unit| raise(unit, Capacity::Custodian))?;
        let Some(units) = self.units(by, named, Spot::With(by))? else {
            return Ok(());
        };
        for Named { field, what, .. } in units {
            let capacity = self.capacity_of(party, &Target::Unit(what), alert)?;
            self.does(&field, by, raise(what, capacity))?;
        }
        Ok(())
    }

    pub fn suspect(&mut self, event: &'p Event, party: &Party) -> Result<(), Stop> {
        let Some(reason) = self.reason(event) else {
            return Ok(());
        };
        let by = party.identity;
        let Some(named) = self.named(event)? else {
            return Ok(());
        };
        let suspect = |unit, capacity| Action::Suspect {
            unit,
            capacity,
            reason,
        };
        let named = self.not_yet(by, named, |unit| suspect(unit, Capacity::Custodian))?;
        let Some(units) = self.units(by, named, Spot::With(by))? else {
            return Ok(());
        };
        for Named { field, what, .. } in units {
            // Whoever suspects speaks as who says that something was stolen.
            let capacity = self.capacity_of(party, &Target::Unit(what), Alert::Stolen)?;
            self.does(&field, by, suspect(what, capacity))?;
        }
        Ok(())
    }

    /// A lot, or all lots of a product.
    fn target(&mut self, class: &Thing) -> Result<Target, Stop> {
        match class {
            Thing::Epc(Epc::Lgtin(gtin, code)) => Ok(Target::Lot(self.lot_of_label(gtin, code)?)),
            Thing::Epc(Epc::Gtin(gtin)) => Ok(Target::Product(product(gtin))),
            _ => Err(Problem::NoUnit.into()),
        }
    }

    /// As what a party speaks: as who has it, where that is enough; else as its maker, or as an
    /// authority.
    fn capacity_of(
        &mut self,
        party: &Party,
        target: &Target,
        alert: Alert,
    ) -> Result<Capacity, Stop> {
        let by = party.identity;
        let (holder, maker) = match target {
            Target::Product(name) => (None, self.world.product(name)?.map(|it| it.owner)),
            Target::Lot(lot) => (None, self.world.lot(*lot)?.map(|it| it.maker)),
            Target::Unit(unit) => self.holder_and_maker(*unit)?,
        };
        Ok(if holder == Some(by) && alert == Alert::Stolen {
            Capacity::Custodian
        } else if maker == Some(by) {
            Capacity::Maker
        } else if party.role(Topic::AUTHORITY.bit()).is_some() {
            Capacity::Authority
        } else {
            Capacity::Custodian
        })
    }

    fn holder_and_maker(
        &mut self,
        unit: UnitId,
    ) -> Result<(Option<IdentityId>, Option<IdentityId>), Stop> {
        let Some(cell) = self.world.cell(unit)? else {
            return Ok((None, None));
        };
        let holder = self.world.outermost(&cell, |_| ())?.holder;
        let maker = match unit {
            UnitId::Run(run) => self.world.lot(run.lot)?.map(|lot| lot.maker),
            UnitId::Container(container) => Some(container.packer),
        };
        Ok((Some(holder), maker))
    }

    /// The commitment to a reason: the hash of an extension `reason`, or the one that was told.
    fn reason(&mut self, event: &Event) -> Option<Reason> {
        let mut extensions = event.extensions.iter();
        let said = extensions.find(|it| last_name(&it.name) == "reason");
        let reason = said.map(|it| it.hash).or(self.told.reason);
        if reason.is_none() {
            self.note(String::new(), Problem::NoReason);
        }
        reason
    }
}

/// The class of a recall by an extension `recallClass`, of which only the hash is kept.
fn class(event: &Event) -> Option<Alert> {
    let mut extensions = event.extensions.iter();
    let said = extensions.find(|it| last_name(&it.name) == "recallClass")?;
    let mut classes = CLASSES.iter();
    let class = classes.find(|(name, _)| {
        let text = format!("\"{name}\"");
        <[u8; 32]>::from(Sha256::digest(text)) == said.hash
    });
    class.map(|(_, alert)| *alert)
}
