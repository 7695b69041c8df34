//! Ends: dispensed, destroyed, a sample, exported.

use super::Planner;
use crate::{
    finding::{Named, Pack, What},
    who::place,
    world::{Spot, Stop},
    Party, Problem,
};
use allive_epcis::Event;
use allive_olife_id_interface::{IdentityId, Topic};
use provenance::{Action, End, Place, RunId, UnitId, DISPENSERS};

impl<'p> Planner<'p> {
    pub fn retire(&mut self, event: &'p Event, party: &Party, end: End) -> Result<(), Stop> {
        let by = party.identity;
        self.each(event, by, Spot::With(by), |unit| Action::Retire {
            unit,
            end,
        })
    }

    /// Packs are dispensed one by one, by what proves them. What has no serials ends as a whole.
    pub fn dispense(&mut self, event: &'p Event, party: &Party, part: bool) -> Result<(), Stop> {
        let Some(role) = party.role(DISPENSERS) else {
            self.has_role("", party, DISPENSERS);
            return Ok(());
        };
        let Some(named) = self.named(event)? else {
            return Ok(());
        };
        let (mut packs, mut wholes) = (Vec::new(), Vec::new());
        for Named { field, what, .. } in named {
            match what {
                What::Pack(pack) if pack.label.is_some() => packs.push(self.name(field, pack)),
                what => wholes.push(self.name(field, what)),
            }
        }
        let by = party.identity;
        for Named { field, what, .. } in packs {
            let done = self.dispense_pack(event, by, role, &field, what, part);
            self.or_note(&field, done)?;
        }
        let end = End::Dispensed;
        self.each_of(wholes, by, Spot::With(by), |unit| Action::Retire {
            unit,
            end,
        })
    }

    fn dispense_pack(
        &mut self,
        event: &Event,
        by: IdentityId,
        role: Topic,
        field: &str,
        pack: Pack,
        part: bool,
    ) -> Result<(), Stop> {
        let (mut run, _) = self.world.run_with(pack.lot, pack.index)?;
        let named = self.name(field.to_owned(), What::Pack(pack.clone()));
        if part && !self.is_of_others {
            let Some(units) = self.units(by, vec![named], Spot::With(by))? else {
                return Ok(());
            };
            if let Some(UnitId::Run(single)) = units.first().map(|unit| unit.what) {
                run = single;
            }
        }
        let site = match place(event) {
            0 => self.site_of(run)?,
            site => site,
        };
        let Some((label, serial)) = &pack.label else {
            return Ok(());
        };
        let claim = self.told.lots.claim(label, serial, run.first);
        let claim = claim.map_err(|error| Problem::NoProof {
            why: error.to_string(),
        })?;
        let (claim, prescription) = (claim.into(), None);
        let action = match part {
            true => Action::DispensePart {
                claim,
                role,
                site,
                prescription,
            },
            false => Action::Dispense {
                claim,
                role,
                site,
                prescription,
            },
        };
        self.does(field, by, action)?;
        Ok(())
    }

    fn site_of(&mut self, run: RunId) -> Result<u64, Stop> {
        let cell = self.world.known_run(run)?;
        Ok(match &cell.unit.place {
            Place::Free(custody) => custody.site,
            Place::Inside(_) => 0,
        })
    }
}
