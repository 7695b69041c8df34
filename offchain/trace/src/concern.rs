//! Whose life is told, and what concerns it.

use crate::{Fact, Goods, History, Recorded};
use provenance::{ContainerId, LotId, PackId, RunId, UnitId};
use std::collections::{BTreeMap, BTreeSet};

/// Whose life is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// That of one pack.
    Pack(PackId),
    /// That of a whole lot, in all its runs.
    Lot(LotId),
    /// That of a container.
    Container(ContainerId),
}

/// Packs of a lot that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub lot: LotId,
    pub first: u64,
    /// Behind the last one.
    pub end: u64,
}

impl Range {
    pub fn of(run: RunId, length: u64) -> Self {
        Self {
            lot: run.lot,
            first: run.first,
            end: run.first.saturating_add(length),
        }
    }

    pub fn has(&self, pack: &PackId) -> bool {
        self.lot == pack.lot && (self.first..self.end).contains(&pack.index)
    }

    fn meets(&self, other: &Self) -> bool {
        self.lot == other.lot && self.first < other.end && other.first < self.end
    }

    /// The runs of these packs that are in a unit, or are it.
    pub fn within(&self, history: &History, unit: &UnitId) -> Vec<Goods> {
        let mut found = Vec::new();
        let mut open = vec![*unit];
        while let Some(unit) = open.pop() {
            match unit {
                UnitId::Container(container) => open.extend(history.content(container).copied()),
                UnitId::Run(run) => {
                    let length = history.length(run);
                    if self.meets(&Self::of(run, length)) {
                        found.push(Goods::Run { run, length });
                    }
                }
            }
        }
        found
    }
}

impl History {
    /// How many packs a run has; none if there is no such run.
    pub(crate) fn length(&self, run: RunId) -> u64 {
        match self.units().get(&UnitId::Run(run)) {
            Some(provenance::Cell::Run(run)) => run.length,
            _ => 0,
        }
    }

    /// A unit, as what it is now.
    pub(crate) fn goods(&self, unit: &UnitId) -> Goods {
        match *unit {
            UnitId::Run(run) => Goods::Run {
                run,
                length: self.length(run),
            },
            UnitId::Container(container) => Goods::Container(container),
        }
    }
}

/// The lots of which the chain must be asked before a life can be told: that of the subject, those
/// of which it was made, those that came out of the same transformations or were made of it, and
/// those that ever were in the container.
pub fn concerned(facts: &[Recorded], subject: &Subject) -> BTreeSet<LotId> {
    let mut made_of: BTreeMap<LotId, BTreeSet<LotId>> = BTreeMap::new();
    let mut inside: BTreeMap<ContainerId, BTreeSet<UnitId>> = BTreeMap::new();
    for Recorded { fact, .. } in facts {
        match fact {
            Fact::Transformed {
                inputs, outputs, ..
            } => {
                for output in outputs {
                    let inputs = inputs.iter().map(|run| run.lot);
                    made_of.entry(*output).or_default().extend(inputs);
                }
            }
            Fact::Packed { container, units } => {
                inside.entry(*container).or_default().extend(units);
            }
            _ => (),
        }
    }
    let mut open: Vec<LotId> = match subject {
        Subject::Pack(pack) => vec![pack.lot],
        Subject::Lot(lot) => vec![*lot],
        Subject::Container(container) => lots_in(&inside, *container),
    };
    let mut lots = BTreeSet::new();
    while let Some(lot) = open.pop() {
        if lots.insert(lot) {
            open.extend(made_of.get(&lot).into_iter().flatten());
        }
    }
    // An entry names all that went into a transformation, and all that came out.
    let mut beside = BTreeSet::new();
    for Recorded { fact, .. } in facts {
        if let Fact::Transformed {
            inputs, outputs, ..
        } = fact
        {
            let all = || {
                inputs
                    .iter()
                    .map(|run| run.lot)
                    .chain(outputs.iter().copied())
            };
            if all().any(|lot| lots.contains(&lot)) {
                beside.extend(all());
            }
        }
    }
    lots.extend(beside);
    lots
}

/// The lots of whatever was in a container, or in what was in it, at any time.
fn lots_in(inside: &BTreeMap<ContainerId, BTreeSet<UnitId>>, container: ContainerId) -> Vec<LotId> {
    let mut lots = BTreeSet::new();
    let mut seen = BTreeSet::from([container]);
    let mut open = vec![container];
    while let Some(container) = open.pop() {
        for unit in inside.get(&container).into_iter().flatten() {
            match unit {
                UnitId::Run(run) => drop(lots.insert(run.lot)),
                UnitId::Container(inner) if seen.insert(*inner) => open.push(*inner),
                UnitId::Container(_) => (),
            }
        }
    }
    lots.into_iter().collect()
}
