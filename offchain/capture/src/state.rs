//! The state of a pack, as the contract would answer it.

use crate::world::{Stop, World};
use provenance::{Cell, Cold, Custody, End, Facts, Lot, Run, RunId, State};

/// What is known of a pack of a run.
pub struct Standing {
    pub state: State,
    pub custody: Custody,
    pub lot: Lot,
}

impl World<'_> {
    /// The state of a pack in a run; whether it was dispensed is in a cell of its own.
    pub fn standing(&mut self, id: RunId, run: &Run, dispensed: bool) -> Result<Standing, Stop> {
        let lot = self.known_lot(id.lot)?;
        let product = self.known_product(&lot.product)?;
        let said = product.alerts.raised.and(lot.alerts.raised);
        let mut facts = Facts {
            raised: said.and(run.unit.alerts.raised),
            expired: lot.has_expired(self.now),
            suspected: !run.unit.suspected_by.is_empty(),
            ..Facts::default()
        };
        if let Some(retired) = run.unit.retired {
            facts.ended(retired.end);
        }
        if dispensed {
            facts.ended(End::Dispensed);
        }
        for ancestor in &lot.ancestors {
            if let Ok(run) = self.known_run(*ancestor) {
                facts.upstream = facts.upstream.and(run.unit.alerts.raised);
                facts.suspected |= !run.unit.suspected_by.is_empty();
            }
            if let Some(lot) = self.lot(ancestor.lot)? {
                facts.upstream = facts.upstream.and(lot.alerts.raised);
                if let Some(product) = self.product(&lot.product)? {
                    facts.upstream = facts.upstream.and(product.alerts.raised);
                }
            }
        }
        let mut watches: Vec<_> = run.unit.watch.iter().cloned().collect();
        let custody = self.outermost(&Cell::Run(run.clone()), |above| {
            let unit = above.unit();
            facts.raised = facts.raised.and(unit.alerts.raised);
            facts.suspected |= !unit.suspected_by.is_empty();
            if let Some(retired) = unit.retired {
                facts.ended(retired.end);
            }
            watches.extend(unit.watch.iter().cloned());
        })?;
        if !lot.storage.limits.is_empty() {
            facts.cold = match watches.is_empty() {
                true => Cold::NotWatched,
                false => Cold::of(&lot.storage, &watches, self.now),
            };
        }
        facts.in_transit = custody.transit(self.now).is_some();
        Ok(Standing {
            state: facts.state(),
            custody,
            lot,
        })
    }
}
