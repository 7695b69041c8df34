//! Unpacking.

use super::{
    packing::{is_open, is_reachable, NO_SSCC},
    Planner,
};
use crate::{
    finding::{Named, What},
    world::{Spot, Stop},
    Note, Party, Problem,
};
use allive_epcis::{
    document::{Quantity, Thing},
    identifiers::{Epc, Sscc},
    Event,
};
use allive_olife_id_interface::IdentityId;
use provenance::{Action, Cell, ContainerId, RunId, UnitId, MAX_UNITS};
use std::collections::BTreeMap;

impl<'p> Planner<'p> {
    pub fn unpack(&mut self, event: &'p Event, party: &Party) -> Result<(), Stop> {
        let Some(Thing::Epc(Epc::Sscc(sscc))) = &event.parent else {
            self.say(NO_SSCC);
            return Ok(());
        };
        let by = party.identity;
        let all = event.things.is_empty() && event.quantities.is_empty();
        let (things, amounts) = match all {
            true => self.all_inside(sscc),
            false => (event.things.clone(), event.quantities.clone()),
        };
        let fields = things.iter().enumerate().map(|(place, thing)| {
            let field = format!("childEPCs[{place}]");
            (if all { "parentID".to_owned() } else { field }, thing)
        });
        let list = if all { "parentID" } else { "childQuantityList" };
        let named = self.named_in(fields, list, &amounts)?;
        let there = self.container_if_there(sscc);
        let (Some(named), Some(there)) = (named, self.or_note("parentID", there)?) else {
            return Ok(());
        };
        // A container that is gone was unpacked as a whole, if everything is at hand.
        let id = there.unwrap_or(ContainerId {
            packer: by,
            sscc: sscc.as_str().parse().unwrap_or_default(),
        });
        let named = self.not_yet(by, named, |unit| Action::Unpack {
            container: id,
            units: vec![unit],
        })?;
        if named.is_empty() {
            if all && there.is_some() && !self.is_of_others {
                self.note("parentID".to_owned(), Problem::NoChildren);
            }
            return Ok(());
        }
        if there.is_none() {
            let gone = self.container(sscc).map(drop);
            self.or_note("parentID", gone)?;
            return Ok(());
        }
        let cell = self.world.known_cell(UnitId::Container(id))?;
        if let Err(error) = is_reachable(&cell, by, self.world.now) {
            self.note("parentID".to_owned(), error.into());
            return Ok(());
        }
        let children = match cell {
            Cell::Container(container) => container.children,
            Cell::Run(_) => 0,
        };
        let Some(out) = self.leaving(id, named)? else {
            return Ok(());
        };
        if all && u32::try_from(out.len()) != Ok(children) {
            self.note("parentID".to_owned(), Problem::NoChildren);
            return Ok(());
        }
        self.take_out(by, id, out)
    }

    /// What the document says to be in a container.
    fn all_inside(&self, sscc: &Sscc) -> (Vec<Thing>, Vec<Quantity>) {
        let (mut things, mut amounts) = (Vec::new(), Vec::new());
        for (thing, count) in self.inside.get(sscc).into_iter().flatten() {
            match count {
                None => things.push(thing.clone()),
                #[allow(clippy::cast_precision_loss)] // At most 2^32.
                Some(count) => amounts.push(Quantity {
                    class: thing.clone(),
                    amount: Some(*count as f64),
                    unit: None,
                }),
            }
        }
        (things, amounts)
    }

    /// The units in a container of which these are parts, and which packs of each are named.
    fn leaving(
        &mut self,
        id: ContainerId,
        named: Vec<Named<What>>,
    ) -> Result<Option<BTreeMap<UnitId, Leaving>>, Stop> {
        let mut out: BTreeMap<UnitId, Leaving> = BTreeMap::new();
        let mut is_whole = true;
        for Named { field, what, .. } in named {
            let event = self.event;
            let mut add = |unit, field: &str, what| {
                let leaving = out.entry(unit).or_insert_with(|| Leaving {
                    field: field.to_owned(),
                    parts: Vec::new(),
                });
                leaving.parts.extend(what);
            };
            match what {
                What::Container(child) => add(UnitId::Container(child), &field, None),
                What::Pack(pack) => {
                    let run = self.world.run_with(pack.lot, pack.index);
                    match self.or_note(&field, run)? {
                        Some((run, _)) => {
                            let part = Named {
                                event,
                                field: field.clone(),
                                what: What::Pack(pack),
                            };
                            add(UnitId::Run(run), &field, Some(part));
                        }
                        None => is_whole = false,
                    }
                }
                What::Pieces(lot, wanted) => {
                    let (runs, there) = self.world.runs_at(lot, Spot::In(id), wanted)?;
                    if there < wanted {
                        let place = "in this container";
                        let field = format!("{field}.quantity");
                        self.note(
                            field,
                            Problem::NotEnough {
                                wanted,
                                there,
                                place,
                            },
                        );
                        is_whole = false;
                        continue;
                    }
                    let mut left = wanted;
                    for (run, length) in runs {
                        let part = Named {
                            event,
                            field: field.clone(),
                            what: What::Pieces(lot, left.min(length)),
                        };
                        add(UnitId::Run(run), &field, Some(part));
                        left = left.saturating_sub(length);
                    }
                }
            }
        }
        Ok(is_whole.then_some(out))
    }

    /// Unpacks units. What of a run is not named is split off and packed again, if it can be.
    fn take_out(
        &mut self,
        by: IdentityId,
        id: ContainerId,
        out: BTreeMap<UnitId, Leaving>,
    ) -> Result<(), Stop> {
        let mut unpacked = Vec::new();
        for (unit, leaving) in &out {
            let action = Action::Unpack {
                container: id,
                units: vec![*unit],
            };
            let done = self.world.apply(by, &action);
            if self.or_note(&leaving.field, done)?.is_some() {
                unpacked.push(*unit);
            }
        }
        for units in unpacked.chunks(MAX_UNITS) {
            let units = units.to_vec();
            self.push(
                by,
                Action::Unpack {
                    container: id,
                    units,
                },
            );
        }
        for (unit, leaving) in out {
            if let UnitId::Run(run) = unit {
                self.put_back(by, id, run, leaving)?;
            }
        }
        Ok(())
    }

    fn put_back(
        &mut self,
        by: IdentityId,
        id: ContainerId,
        run: RunId,
        leaving: Leaving,
    ) -> Result<(), Stop> {
        let whole = self.world.known_run(run)?.length;
        let named = leaving.parts.iter().map(|part| match part.what {
            What::Pieces(_, count) => count,
            _ => 1,
        });
        let named = named.fold(0, u64::saturating_add);
        if named >= whole {
            return Ok(());
        }
        let container = self.world.cell(UnitId::Container(id))?;
        let again = match container {
            Some(cell) => is_open(&cell, by, self.world.now).is_ok(),
            None => id.packer == by,
        };
        let field = leaving.field.clone();
        let taken: Vec<UnitId> = match leaving.parts.first().map(|part| &part.what) {
            // Pieces cannot be told apart: the first ones leave.
            Some(What::Pieces(..)) => {
                let action = Action::Split { run, length: named };
                if !self.does(&field, by, action)? {
                    return Ok(());
                }
                vec![UnitId::Run(run)]
            }
            _ => {
                let Some(units) = self.units(by, leaving.parts, Spot::With(by))? else {
                    return Ok(());
                };
                units.into_iter().map(|unit| unit.what).collect()
            }
        };
        let (mut rest, mut next) = (Vec::new(), run.first);
        let end = run.first.saturating_add(whole);
        while next < end {
            let (part, length) = self.world.run_with(run.lot, next)?;
            if !taken.contains(&UnitId::Run(part)) {
                rest.push(self.name(field.clone(), UnitId::Run(part)));
            }
            next = part.first.saturating_add(length.max(1));
        }
        if again {
            return self.put(by, id, rest);
        }
        let left = whole.saturating_sub(named);
        let rest = format!("{left} more");
        self.say(Note::LeftOpen { rest });
        Ok(())
    }
}

/// What leaves a container of a unit in it: all, or these packs and pieces.
struct Leaving {
    field: String,
    parts: Vec<Named<What>>,
}
