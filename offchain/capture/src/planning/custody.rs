//! Shipping, calling back, receiving, refusing.

use super::Planner;
use crate::{
    finding::{Named, What},
    who::{place, recipients},
    world::{Spot, Stop},
    Party, Problem,
};
use allive_epcis::Event;
use allive_olife_id_interface::IdentityId;
use provenance::{Action, Place, UnitId, CUSTODIANS};

impl<'p> Planner<'p> {
    pub fn ship(&mut self, event: &'p Event, party: &Party) -> Result<(), Stop> {
        let by = party.identity;
        let Some(to) = self.recipient(event) else {
            return Ok(());
        };
        let until = self.world.now.saturating_add(self.told.deadline);
        self.each(event, by, Spot::With(by), |unit| Action::Ship {
            unit,
            to,
            until,
        })
    }

    pub fn call_back(&mut self, event: &'p Event, party: &Party) -> Result<(), Stop> {
        let by = party.identity;
        // Pieces are looked for on their way.
        let spot = match (event.quantities.is_empty(), self.to(event)) {
            (false, Some(to)) => Spot::To(to),
            _ => Spot::With(by),
        };
        self.each(event, by, spot, |unit| Action::CallBack { unit })
    }

    pub fn receive(&mut self, event: &'p Event, party: &Party) -> Result<(), Stop> {
        let Some(role) = party.role(CUSTODIANS) else {
            self.has_role("", party, CUSTODIANS);
            return Ok(());
        };
        let (by, site) = (party.identity, place(event));
        self.each(event, by, Spot::To(by), |unit| Action::Receive {
            unit,
            role,
            site,
        })
    }

    /// Goods came and are not taken. If they are the party's own, they came back.
    pub fn refuse(&mut self, event: &'p Event, party: &Party) -> Result<(), Stop> {
        let by = party.identity;
        let Some(named) = self.named(event)? else {
            return Ok(());
        };
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for named in named {
            let unit = self.unit_of(&named.what);
            let Some(unit) = self.or_note(&named.field, unit)? else {
                return Ok(());
            };
            let cell = match unit {
                Some(unit) => self.world.cell(unit)?,
                None => None,
            };
            let place = cell.map(|cell| cell.unit().place);
            let is_own = matches!(place, Some(Place::Free(custody)) if custody.holder == by);
            if is_own { &mut own } else { &mut others }.push(named);
        }
        self.each_of(own, by, Spot::With(by), |unit| Action::CallBack { unit })?;
        self.each_of(others, by, Spot::To(by), |unit| Action::Refuse { unit })
    }

    /// Does the same with each unit that an event names, unless the chain shows that it was done.
    pub fn each(
        &mut self,
        event: &'p Event,
        by: IdentityId,
        spot: Spot,
        action: impl Fn(UnitId) -> Action,
    ) -> Result<(), Stop> {
        match self.named(event)? {
            Some(named) => self.each_of(named, by, spot, action),
            None => Ok(()),
        }
    }

    /// The same with what was named.
    pub fn each_of(
        &mut self,
        named: Vec<Named<What>>,
        by: IdentityId,
        spot: Spot,
        action: impl Fn(UnitId) -> Action,
    ) -> Result<(), Stop> {
        let named = self.not_yet(by, named, &action)?;
        let Some(units) = self.units(by, named, spot)? else {
            return Ok(());
        };
        for Named { field, what, .. } in units {
            self.does(&field, by, action(what))?;
        }
        Ok(())
    }

    /// What the chain does not show yet. What others tell is only compared.
    pub fn not_yet(
        &mut self,
        by: IdentityId,
        named: Vec<Named<What>>,
        action: impl Fn(UnitId) -> Action,
    ) -> Result<Vec<Named<What>>, Stop> {
        let mut left = Vec::new();
        let mut last: Option<(UnitId, bool)> = None;
        for named in named {
            self.event = named.event;
            let unit = self.unit_of(&named.what);
            let unit = match self.or_note(&named.field, unit)? {
                Some(Some(unit)) => unit,
                Some(None) if !self.is_of_others => {
                    left.push(named);
                    continue;
                }
                // Pieces cannot be told from each other.
                Some(None) => {
                    self.note(named.field, Problem::NoUnit);
                    continue;
                }
                None => continue,
            };
            let is_there = match last.filter(|(known, _)| *known == unit) {
                Some((_, is_there)) => is_there,
                None => self.is_there(by, &action(unit))?,
            };
            last = Some((unit, is_there));
            if !is_there {
                left.push(named);
            }
        }
        Ok(left)
    }

    /// The unit in which a thing is; none for pieces.
    pub fn unit_of(&mut self, what: &What) -> Result<Option<UnitId>, Stop> {
        Ok(match what {
            What::Container(container) => Some(UnitId::Container(*container)),
            What::Pack(pack) => {
                let (run, _) = self.world.run_with(pack.lot, pack.index)?;
                Some(UnitId::Run(run))
            }
            What::Pieces(..) => None,
        })
    }

    /// To whom it goes, by the first GLN that the user named.
    fn to(&self, event: &Event) -> Option<IdentityId> {
        let parties = &self.told.parties;
        let mut glns = recipients(event).into_iter();
        glns.find_map(|gln| parties.of(gln))
            .map(|party| party.identity)
    }

    fn recipient(&mut self, event: &Event) -> Option<IdentityId> {
        let to = self.to(event);
        if to.is_none() {
            let problem = match recipients(event).first() {
                Some(gln) => Problem::UnknownRecipient { gln: **gln },
                None => Problem::NoRecipient,
            };
            self.note("destinationList".to_owned(), problem);
        }
        to
    }
}
