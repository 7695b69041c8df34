//! What holds of something at a moment, by the contract's own rule.

use crate::History;
use allive_access::Timestamp;
use provenance::{
    Cold, ContainerId, Custody, End, Facts, LotId, PackId, RunId, State, Unit, UnitId,
};

/// What everybody would be told now, and who has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: State,
    /// Who has it.
    pub custody: Custody,
    /// Whether it, or that of which it was made, is suspected.
    pub suspected: bool,
    /// Whether it was kept as cold and as warm as it must be. Of a container: `Unlimited`.
    pub cold: Cold,
}

impl History {
    /// The standing of a pack, as `verify` answers it. None if there is no such pack.
    pub fn standing(&self, pack: &PackId, now: Timestamp) -> Option<Standing> {
        let (id, _) = self.run_of(pack.lot, pack.index)?;
        self.run_standing(id, self.is_dispensed(pack), now)
    }

    /// The standing of a run, of which it is known whether its packs were dispensed.
    pub(crate) fn run_standing(
        &self,
        id: RunId,
        dispensed: bool,
        now: Timestamp,
    ) -> Option<Standing> {
        let unit = self.units().get(&UnitId::Run(id))?.unit();
        let lot = self.lots.get(&id.lot)?;
        let mut facts = Facts {
            raised: self.said_of(&id.lot),
            expired: lot.given.as_ref().is_some_and(|lot| lot.has_expired(now)),
            ..Facts::default()
        };
        // In the order of the contract: of several ends that of the run is told before that of the
        // pack, and that of the pack before those of containers.
        if let Some(retired) = unit.retired {
            facts.ended(retired.end);
        }
        if dispensed {
            facts.ended(End::Dispensed);
        }
        self.add_upstream(&id.lot, &mut facts);
        let mut watches = Vec::new();
        let custody = self.gather(unit, &mut facts, |unit| watches.extend(unit.watch.clone()))?;
        let storage = lot.given.as_ref().map(|lot| &lot.storage);
        if let Some(storage) = storage.filter(|storage| !storage.limits.is_empty()) {
            facts.cold = match watches.is_empty() {
                true => Cold::NotWatched,
                false => Cold::of(storage, &watches, now),
            };
        }
        Some(standing(facts, custody, now))
    }

    /// The standing of a container. What is in it may have a graver state of its own.
    pub fn container_standing(&self, id: ContainerId, now: Timestamp) -> Option<Standing> {
        let unit = self.units().get(&UnitId::Container(id))?.unit();
        let mut facts = Facts::default();
        let custody = self.gather(unit, &mut facts, |_| ())?;
        Some(standing(facts, custody, now))
    }

    /// Adds what is said of a unit and of the containers above it. Returns its custody.
    fn gather(
        &self,
        unit: &Unit,
        facts: &mut Facts,
        mut also: impl FnMut(&Unit),
    ) -> Option<Custody> {
        let mut add = |unit: &Unit| {
            facts.raised = facts.raised.and(unit.alerts.raised);
            facts.suspected |= !unit.suspected_by.is_empty();
            if let Some(retired) = unit.retired {
                facts.ended(retired.end);
            }
            also(unit);
        };
        add(unit);
        self.outermost(unit, |_, above| add(above))
    }

    /// Adds what is said of that of which a lot was made, over all levels.
    fn add_upstream(&self, lot: &LotId, facts: &mut Facts) {
        for range in self.ancestors(lot) {
            let run = UnitId::Run(RunId {
                lot: range.lot,
                first: range.first,
            });
            if let Some(cell) = self.units().get(&run) {
                facts.upstream = facts.upstream.and(cell.unit().alerts.raised);
                facts.suspected |= !cell.unit().suspected_by.is_empty();
            }
            facts.upstream = facts.upstream.and(self.said_of(&range.lot));
        }
    }

    /// The packs of which a lot was made, directly or not, each once.
    pub(crate) fn ancestors(&self, lot: &LotId) -> Vec<crate::concern::Range> {
        let mut found = Vec::new();
        let mut open = vec![*lot];
        while let Some(lot) = open.pop() {
            let lot = self.lots.get(&lot);
            for range in lot.iter().flat_map(|lot| &lot.made_of) {
                if !found.contains(range) {
                    found.push(*range);
                    open.push(range.lot);
                }
            }
        }
        found
    }
}

fn standing(mut facts: Facts, custody: Custody, now: Timestamp) -> Standing {
    facts.in_transit = custody.transit(now).is_some();
    Standing {
        state: facts.state(),
        custody,
        suspected: facts.suspected,
        cold: facts.cold,
    }
}
