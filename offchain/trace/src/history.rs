//! Everything that is, out of everything that happened: the facts, replayed by the contract's own
//! rules.

mod apply;

use crate::{concern::Range, Recorded, TraceError};
use allive_access::Timestamp;
use provenance::{
    Alerts, Cell, ContainerId, Custody, Lot, LotId, PackId, Place, ProductName, Raised, Run, RunId,
    Target, Unit, UnitId,
};
use scale::Encode;
use std::collections::{BTreeMap, BTreeSet};

/// A lot, as far as it is known.
#[derive(Clone, Debug)]
pub(crate) struct KnownLot {
    pub product: ProductName,
    pub alerts: Alerts,
    /// What the chain answers, if it was asked.
    pub given: Option<Lot>,
    /// The packs of which it was made, directly.
    pub made_of: Vec<Range>,
}

/// What is where, after some facts.
#[derive(Clone, Debug, Default)]
pub struct History {
    pub(crate) lots: BTreeMap<LotId, KnownLot>,
    /// By their names in SCALE.
    products: BTreeMap<Vec<u8>, Alerts>,
    units: BTreeMap<UnitId, Cell>,
    inside: BTreeMap<ContainerId, BTreeSet<UnitId>>,
    dispensed: BTreeSet<(LotId, u64)>,
    /// What the chain answers about lots.
    given: BTreeMap<LotId, Lot>,
    /// How long who determines that something is illegitimate may take to tell an authority.
    notify: Timestamp,
}

impl History {
    /// Before anything happened. `given` is what the chain answers about lots; a lot that is
    /// missing there counts as one of the greatest size. `notify` is that of the contract's terms.
    pub fn new(given: BTreeMap<LotId, Lot>, notify: Timestamp) -> Self {
        Self {
            given,
            notify,
            ..Self::default()
        }
    }

    /// What the chain answers about one more lot, before the fact that commissions it.
    pub fn give(&mut self, id: LotId, lot: Lot) {
        self.given.insert(id, lot);
    }

    /// The next fact.
    ///
    /// # Errors
    /// `DoesNotFollow` if the rules of the contract do not allow it after those before.
    pub fn add(&mut self, next: &Recorded) -> Result<(), TraceError> {
        let at = next.at;
        let done = self.apply(&next.fact, at);
        done.map_err(|error| TraceError::DoesNotFollow { at, error })
    }

    /// What the chain answers about a lot.
    pub(crate) fn given(&self, lot: &LotId) -> Option<&Lot> {
        self.given.get(lot)
    }

    /// All runs and containers.
    pub fn units(&self) -> &BTreeMap<UnitId, Cell> {
        &self.units
    }

    /// Whether a pack was dispensed by itself.
    pub fn is_dispensed(&self, pack: &PackId) -> bool {
        self.dispensed.contains(&(pack.lot, pack.index))
    }

    /// What is said of a lot, and of its product.
    pub fn said_of(&self, lot: &LotId) -> Raised {
        let Some(lot) = self.lots.get(lot) else {
            return Raised::default();
        };
        let product = self.products.get(&lot.product.encode());
        let product = product.map(|alerts| alerts.raised).unwrap_or_default();
        lot.alerts.raised.and(product)
    }

    /// The alerts of a target, if there is such a thing.
    pub fn alerts(&self, target: &Target) -> Option<Raised> {
        match target {
            Target::Product(name) => self
                .products
                .get(&name.encode())
                .map(|alerts| alerts.raised),
            Target::Lot(lot) => self.lots.get(lot).map(|lot| lot.alerts.raised),
            Target::Unit(unit) => self.units.get(unit).map(|cell| cell.unit().alerts.raised),
        }
    }

    /// The run in which a pack is.
    pub(crate) fn run_of(&self, lot: LotId, index: u64) -> Option<(RunId, &Run)> {
        let last = UnitId::Run(RunId { lot, first: index });
        match self.units.range(..=last).next_back()? {
            (UnitId::Run(id), Cell::Run(run)) if id.lot == lot && run.has(*id, index) => {
                Some((*id, run))
            }
            _ => None,
        }
    }

    /// The runs of a lot.
    pub(crate) fn runs_of(&self, lot: LotId) -> impl Iterator<Item = (RunId, &Run)> {
        let [from, to] = [0, u64::MAX].map(|first| UnitId::Run(RunId { lot, first }));
        self.units.range(from..=to).filter_map(|pair| match pair {
            (UnitId::Run(id), Cell::Run(run)) => Some((*id, run)),
            _ => None,
        })
    }

    /// What is directly in a container.
    pub(crate) fn content(&self, container: ContainerId) -> impl Iterator<Item = &UnitId> {
        self.inside.get(&container).into_iter().flatten()
    }

    /// The custody of a unit: that of the outermost container above it. Calls `seen` with each of
    /// these containers.
    pub(crate) fn outermost(
        &self,
        unit: &Unit,
        mut seen: impl FnMut(ContainerId, &Unit),
    ) -> Option<Custody> {
        let mut place = unit.place;
        loop {
            match place {
                Place::Free(custody) => return Some(custody),
                Place::Inside(id) => {
                    let above = self.units.get(&UnitId::Container(id))?.unit();
                    seen(id, above);
                    place = above.place;
                }
            }
        }
    }

    /// Who has a unit, and where.
    pub(crate) fn custody(&self, unit: &UnitId) -> Option<Custody> {
        self.outermost(self.units.get(unit)?.unit(), |_, _| ())
    }
}
