//! The question that everybody may ask.

use crate::{
    host::Host, pack_data, place, Answer, Claim, Cold, End, Facts, Known, Lot, LotId, Mismatch,
    Product, Proof, Provenance, ProvenanceError, Run, RunId, Unit, Watch, PACK_DOMAIN,
};
use allive_merkle::{leaf, verify};
use allive_storage::Boxed;
use ink::{codegen::Env as _, prelude::vec::Vec};

/// A pack whose label fits.
pub(crate) struct Found {
    pub id: LotId,
    pub lot: Lot,
    pub product: Product,
    pub run: Run,
    pub index: u64,
}

impl Provenance {
    /// Compares the label with the chain, and finds the state of the pack.
    pub(crate) fn answer(&self, claim: &Claim) -> Result<Known, Mismatch> {
        let found = self.found(claim)?;
        let (number, bit) = place(found.index);
        let word = self.words.get((found.id, number));
        let dispensed = word.is_some_and(|word| word.has(bit));
        Ok(self.known(&found, dispensed))
    }

    /// Compares the label with the chain.
    pub(crate) fn found(&self, claim: &Claim) -> Result<Found, Mismatch> {
        let product = self.products.get(&claim.product);
        let product = product.ok_or(Mismatch::Product)?;
        let (id, lot) = self.labelled(claim, &product).ok_or(Mismatch::Lot)?;
        if claim.expiry != lot.expiry {
            return Err(Mismatch::Expiry);
        }
        if !is_proved(claim, &lot) {
            return Err(Mismatch::Serial);
        }
        let place = RunId {
            lot: id,
            first: claim.first,
        };
        let run = self.run(place).map_err(|_| Mismatch::Run)?;
        if !run.has(place, claim.index) {
            return Err(Mismatch::Run);
        }
        Ok(Found {
            id,
            lot,
            product,
            run,
            index: claim.index,
        })
    }

    /// The same without a label: a pack of a run that its caller has read.
    pub(crate) fn found_in(
        &self,
        id: RunId,
        run: Run,
        index: u64,
    ) -> Result<Found, ProvenanceError> {
        let lot = self.known_lot(&id.lot)?;
        let product = self.known_product(&lot.product)?;
        Ok(Found {
            id: id.lot,
            lot,
            product,
            run,
            index,
        })
    }

    /// The lot of this code, by any maker of the product.
    fn labelled(&self, claim: &Claim, product: &Product) -> Option<(LotId, Lot)> {
        product.makers().find_map(|maker| {
            let id = self.lot_id_of(&claim.product, maker, &claim.code);
            Some((id, self.lots.get(id)?))
        })
    }

    /// The state of a pack, and who has it. Whether it was `dispensed` is in a cell that its caller
    /// has read.
    pub(crate) fn known(&self, found: &Found, dispensed: bool) -> Known {
        let Found {
            id,
            lot,
            product,
            run,
            ..
        } = found;
        let now = self.env().block_timestamp();
        let said = product.alerts.raised.and(lot.alerts.raised);
        let mut facts = Facts {
            raised: said.and(run.unit.alerts.raised),
            expired: lot.has_expired(now),
            suspected: !run.unit.suspected_by.is_empty(),
            ..Facts::default()
        };
        if let Some(retired) = run.unit.retired {
            facts.ended(retired.end);
        }
        if dispensed {
            facts.ended(End::Dispensed);
        }
        if !lot.ancestors.is_empty() {
            self.add_upstream(lot, &mut facts);
        }
        let mut watches = Vec::new();
        note(&mut watches, &run.unit);
        let custody = self.outermost(&run.unit, |container| {
            facts.raised = facts.raised.and(container.alerts.raised);
            facts.suspected |= !container.suspected_by.is_empty();
            if let Some(retired) = container.retired {
                facts.ended(retired.end);
            }
            note(&mut watches, container);
        });
        if !lot.storage.limits.is_empty() {
            facts.cold = match watches.is_empty() {
                true => Cold::NotWatched,
                false => Cold::of(&lot.storage, &watches, now),
            };
        }
        facts.in_transit = custody.transit(now).is_some();
        Known {
            state: facts.state(),
            lot: *id,
            maker: lot.maker,
            custody,
            suspected: facts.suspected,
            cold: facts.cold,
        }
    }

    /// What is said of that from which a lot was made: three reads for each, less where neighbours
    /// are of one lot.
    #[inline(never)] // So that it is not compiled where nothing is upstream.
    fn add_upstream(&self, lot: &Lot, facts: &mut Facts) {
        let mut last = None;
        for ancestor in &lot.ancestors {
            if let Ok(run) = self.run(*ancestor) {
                facts.upstream = facts.upstream.and(run.unit.alerts.raised);
                facts.suspected |= !run.unit.suspected_by.is_empty();
            }
            if last.replace(ancestor.lot) == Some(ancestor.lot) {
                continue;
            }
            if let Some(lot) = self.lots.get(ancestor.lot) {
                facts.upstream = facts.upstream.and(lot.alerts.raised);
                if let Some(product) = self.products.get(&lot.product) {
                    facts.upstream = facts.upstream.and(product.alerts.raised);
                }
            }
        }
    }
}

/// Notes what is known of the temperature of a unit.
fn note(watches: &mut Vec<Boxed<Watch>>, unit: &Unit) {
    if let Some(watch) = &unit.watch {
        add(watches, watch);
    }
}

#[inline(never)] // So that it is not compiled where nothing is watched.
fn add(watches: &mut Vec<Boxed<Watch>>, watch: &Boxed<Watch>) {
    watches.push(watch.clone());
}

/// Whether the pack is one of the lot, and has the serial of the label.
fn is_proved(claim: &Claim, lot: &Lot) -> bool {
    match (&claim.proof, &lot.serials) {
        (None, None) => claim.index < lot.count,
        (Some(Proof { serial, salt, path }), Some(serials)) => {
            let data = pack_data(&claim.product, serial, claim.index, salt);
            let leaf = leaf::<Host>(&PACK_DOMAIN, &data);
            verify::<Host>(&serials.root, claim.index, lot.count, &leaf, path)
        }
        _ => false,
    }
}

impl From<Result<Known, Mismatch>> for Answer {
    fn from(answer: Result<Known, Mismatch>) -> Self {
        match answer {
            Ok(known) => Self::Known(known),
            Err(mismatch) => Self::Unknown(mismatch),
        }
    }
}
