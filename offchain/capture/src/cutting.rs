//! Units that are just what an event names: what is a part of a run is split off first.

use crate::{
    finding::{Named, Unit, What},
    planning::Planner,
    world::{Spot, Stop},
    Problem,
};
use allive_olife_id_interface::IdentityId;
use provenance::{Action, Cell, LotId, Place, RunId, UnitId};

impl Planner<'_> {
    /// The units that are just these things, at a place where something can be done with them by
    /// `by`: what is a part of a run is split off first. Faults are noted; `None` if there was one.
    pub fn units(
        &mut self,
        by: IdentityId,
        named: Vec<Named<What>>,
        spot: Spot,
    ) -> Result<Option<Vec<Unit>>, Stop> {
        let (mut units, mut packs, mut is_whole) = (Vec::new(), Vec::new(), true);
        for Named { event, field, what } in named {
            self.event = event;
            match what {
                What::Container(id) => units.push(self.name(field, UnitId::Container(id))),
                What::Pack(pack) => packs.push(self.name(field, pack)),
                What::Pieces(lot, wanted) => {
                    let taken = self.take(by, lot, wanted, spot);
                    match self.or_note(&format!("{field}.quantity"), taken)? {
                        Some(runs) => units.extend(runs.into_iter().map(|run| Named {
                            event,
                            field: field.clone(),
                            what: UnitId::Run(run),
                        })),
                        None => is_whole = false,
                    }
                }
            }
        }
        packs.sort_by_key(|pack| (pack.what.lot, pack.what.index));
        let mut rest = packs.as_slice();
        while let Some(first) = rest.first() {
            let (lot, from) = (first.what.lot, first.what.index);
            let follow = rest.iter().zip(from..);
            let length = follow
                .take_while(|(pack, index)| (pack.what.lot, pack.what.index) == (lot, *index))
                .count();
            let (range, behind) = rest.split_at(length.max(1));
            rest = behind;
            let last = range.last().map_or(from, |pack| pack.what.index);
            self.event = first.event;
            let cut = self.cut(by, lot, from, last);
            match self.or_note(&first.field, cut)? {
                Some(runs) => units.extend(runs.into_iter().map(|run| Named {
                    event: first.event,
                    field: first.field.clone(),
                    what: UnitId::Run(run),
                })),
                None => is_whole = false,
            }
        }
        Ok(is_whole.then_some(units))
    }

    /// The runs that are just the packs from one to another, which are split off where they are not
    /// yet: at most two splits for each run in which they are, and none at an end of it.
    fn cut(
        &mut self,
        by: IdentityId,
        lot: LotId,
        from: u64,
        last: u64,
    ) -> Result<Vec<RunId>, Stop> {
        let (mut runs, mut next) = (Vec::new(), from);
        while next <= last {
            let (mut run, mut length) = self.world.run_with(lot, next)?;
            let end = run.first.saturating_add(length).saturating_sub(1);
            let until = end.min(last);
            let is_part = run.first < next || until < end;
            if is_part {
                let cell = self.world.known_cell(UnitId::Run(run))?;
                if self.is_of_others || !self.world.has_at_hand(by, &cell) {
                    return Err(not_whole(run, length, &cell).into());
                }
            }
            if run.first < next {
                let front = next.saturating_sub(run.first);
                self.split(by, run, front)?;
                run.first = next;
                length = length.saturating_sub(front);
            }
            let part = until.saturating_sub(next).saturating_add(1);
            if part < length {
                self.split(by, run, part)?;
            }
            runs.push(run);
            next = until.saturating_add(1);
        }
        Ok(runs)
    }

    /// Runs of a lot without serials that have just so many pieces, the last of them split off.
    fn take(
        &mut self,
        by: IdentityId,
        lot: LotId,
        wanted: u64,
        spot: Spot,
    ) -> Result<Vec<RunId>, Stop> {
        let (runs, there) = self.world.runs_at(lot, spot, wanted)?;
        let place = match spot {
            Spot::With(_) => "with this party",
            Spot::To(_) => "on their way to it",
            Spot::In(_) => "in this container",
        };
        if there < wanted {
            return Err(Problem::NotEnough {
                wanted,
                there,
                place,
            }
            .into());
        }
        let (mut taken, mut left) = (Vec::new(), wanted);
        for (run, length) in runs {
            if length > left {
                let cell = self.world.known_cell(UnitId::Run(run))?;
                if self.is_of_others || !self.world.has_at_hand(by, &cell) {
                    return Err(not_whole(run, length, &cell).into());
                }
                self.split(by, run, left)?;
            }
            left = left.saturating_sub(length);
            taken.push(run);
        }
        Ok(taken)
    }

    fn split(&mut self, by: IdentityId, run: RunId, length: u64) -> Result<(), Stop> {
        let action = Action::Split { run, length };
        self.world.apply(by, &action)?;
        self.push(by, action);
        Ok(())
    }
}

fn not_whole(run: RunId, length: u64, cell: &Cell) -> Problem {
    let why = match &cell.unit().place {
        Place::Inside(_) => "is in a container: unpack it first, or name them all",
        _ if cell.unit().retired.is_some() => "has ended as a whole",
        Place::Free(custody) if custody.shipped.is_some() => {
            "is on its way as a whole: name them all"
        }
        Place::Free(_) => "another has: only its holder splits it",
    };
    Problem::NotWhole {
        first: run.first,
        last: run.first.saturating_add(length).saturating_sub(1),
        why,
    }
}
