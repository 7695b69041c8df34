//! Packing.

use super::Planner;
use crate::{
    finding::{Named, Unit},
    world::{Spot, Stop},
    Note, Party, Problem,
};
use allive_epcis::{document::Thing, identifiers::Epc, Event};
use allive_olife_id_interface::IdentityId;
use provenance::{Action, Cell, ContainerId, Place, ProvenanceError, UnitId, MAX_UNITS};

pub const NO_SSCC: Note = Note::KeptByHash {
    why: "its parent has no SSCC, and the chain has no other containers",
};

impl<'p> Planner<'p> {
    /// Packs what several events in a row put into the same container: their packs are neighbours
    /// more often together than each by itself.
    pub fn pack(&mut self, events: &'p [Event], party: &Party) -> Result<(), Stop> {
        let Some(Thing::Epc(Epc::Sscc(sscc))) = events.first().and_then(|it| it.parent.as_ref())
        else {
            self.say(NO_SSCC);
            return Ok(());
        };
        let by = party.identity;
        let there = self.container_if_there(sscc);
        let Some(there) = self.or_note("parentID", there)? else {
            return Ok(());
        };
        let id = there.unwrap_or(ContainerId {
            packer: by,
            // 18 digits.
            sscc: sscc.as_str().parse().unwrap_or_default(),
        });
        let (mut all, mut is_whole) = (Vec::new(), true);
        for event in events {
            self.event = event.index;
            match self.named(event)? {
                Some(named) => all.extend(named),
                None => is_whole = false,
            }
        }
        let named = self.not_yet(by, all, |unit| Action::Pack {
            container: id,
            units: vec![unit],
        })?;
        if named.is_empty() || !is_whole {
            return Ok(());
        }
        if let Some(unit) = there.map(UnitId::Container) {
            let cell = self.world.known_cell(unit)?;
            if let Err(error) = is_open(&cell, by, self.world.now) {
                self.event = named.first().map_or(self.event, |named| named.event);
                self.note("parentID".to_owned(), error.into());
                return Ok(());
            }
        }
        let Some(units) = self.units(by, named, Spot::With(by))? else {
            return Ok(());
        };
        self.containers.insert(*sscc, id);
        self.put(by, id, units)
    }

    /// Packs units, each by itself on the copy, so that a fault is that of one. Sends at most 64 at
    /// once.
    pub fn put(&mut self, by: IdentityId, id: ContainerId, units: Vec<Unit>) -> Result<(), Stop> {
        let mut packed = Vec::new();
        for Named { event, field, what } in units {
            self.event = event;
            let action = Action::Pack {
                container: id,
                units: vec![what],
            };
            let done = self.world.apply(by, &action).map_err(|stop| match stop {
                // The name is right: another has what is to go into it first.
                Stop::Fault(Problem::Refused(ProvenanceError::NotPacker)) if id.packer == by => {
                    ProvenanceError::NotHolder.into()
                }
                other => other,
            });
            if self.or_note(&field, done)?.is_some() {
                packed.push(what);
            }
        }
        for units in packed.chunks(MAX_UNITS) {
            let units = units.to_vec();
            self.push(
                by,
                Action::Pack {
                    container: id,
                    units,
                },
            );
        }
        Ok(())
    }
}

/// Whether something can be packed into a container.
pub fn is_open(cell: &Cell, by: IdentityId, now: u64) -> Result<(), ProvenanceError> {
    is_reachable(cell, by, now)?;
    match cell.unit().watch {
        Some(_) => Err(ProvenanceError::IsWatched),
        None => Ok(()),
    }
}

/// Whether something can be unpacked out of a container.
pub fn is_reachable(cell: &Cell, by: IdentityId, now: u64) -> Result<(), ProvenanceError> {
    let Place::Free(custody) = &cell.unit().place else {
        return Err(ProvenanceError::Inside);
    };
    if custody.holder != by {
        return Err(ProvenanceError::NotHolder);
    }
    if cell.unit().retired.is_some() {
        return Err(ProvenanceError::IsRetired);
    }
    custody.only_here(now)
}

/// How many events at the beginning of these are one packing: of things into the same container,
/// one after the other.
pub fn in_a_row(events: &[Event], is_one: impl Fn(&Event) -> bool) -> usize {
    let parent = events.first().and_then(|event| event.parent.as_ref());
    let follow = events.iter().skip(1);
    let more = follow.take_while(|event| event.parent.as_ref() == parent && is_one(event));
    more.count().saturating_add(1)
}
