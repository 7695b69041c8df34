//! New lots: commissioned, or made of others.

use crate::{
    lot_id,
    world::{Stop, World},
};
use allive_olife_id_interface::IdentityId;
use provenance::{
    place, Cell, Class, Custody, End, Lot, NewLot, Origin, Product, ProductName, ProductTerms,
    ProvenanceError, Run, RunId, State, Storage, Transformation, Unit, UnitId, MAX_INPUTS,
    MAX_OUTPUTS, MAX_WORDS,
};

impl World<'_> {
    pub(super) fn commission(
        &mut self,
        by: IdentityId,
        new: &NewLot,
        site: u64,
    ) -> Result<(), Stop> {
        let product = self.product_of(by, &new.product)?;
        let role = new.product.role();
        self.attested(by, role)?;
        let lot = Lot::commission(&product, by, new.clone(), self.now)?;
        let custody = Custody::new(by, role, site, self.now)?;
        self.begin(lot, custody)
    }

    /// A product. Without a chain it is whose it must be.
    pub(super) fn product_of(
        &mut self,
        by: IdentityId,
        name: &ProductName,
    ) -> Result<Product, Stop> {
        match self.product(name)? {
            Some(product) => Ok(product),
            None if self.ledger.sees() => Err(ProvenanceError::UnknownProduct.into()),
            None => {
                let class = match name {
                    ProductName::Gtin(_) => Class::Medicine,
                    ProductName::Blood { .. } => Class::Blood,
                    ProductName::Order { .. } => Class::Dental,
                };
                let terms = ProductTerms {
                    class,
                    storage: Storage::default(),
                    shelf_life: None,
                };
                let product = Product::register(name, by, terms)?;
                self.set_product(name, product.clone());
                Ok(product)
            }
        }
    }

    pub(super) fn begin(&mut self, lot: Lot, custody: Custody) -> Result<(), Stop> {
        let id = lot_id(&lot.product, lot.maker, &lot.code);
        if self.has_lot(id)? {
            return Err(ProvenanceError::LotExists.into());
        }
        let run = Run {
            length: lot.count,
            unit: Unit::of(custody).into(),
        };
        self.begin_lot(id, lot, run);
        Ok(())
    }

    pub(super) fn transform(
        &mut self,
        by: IdentityId,
        inputs: &[RunId],
        outputs: &[&NewLot],
        kind: Transformation,
    ) -> Result<(), Stop> {
        let first = *inputs.first().ok_or(ProvenanceError::BadTransformation)?;
        let is_sound = inputs.len() <= MAX_INPUTS
            && (1..=MAX_OUTPUTS).contains(&outputs.len())
            && outputs.iter().all(|new| new.product.role() == kind.role());
        if !is_sound {
            return Err(ProvenanceError::BadTransformation.into());
        }
        let site = self.known_run(first)?.unit.custody()?.site;
        self.attested(by, kind.role())?;
        let custody = Custody::new(by, kind.role(), site, self.now)?;
        let (mut origin, mut words_left) = (Origin::default(), MAX_WORDS);
        for input in inputs {
            let lot = self.consume(*input, by, site, &mut words_left)?;
            origin.add(*input, &lot)?;
        }
        for new in outputs {
            let product = self.product_of(by, &new.product)?;
            let mut lot = Lot::commission(&product, by, (*new).clone(), self.now)?;
            origin.pass_on(kind, &mut lot)?;
            self.begin(lot, custody)?;
        }
        Ok(())
    }

    pub(super) fn consume(
        &mut self,
        id: RunId,
        by: IdentityId,
        site: u64,
        words_left: &mut u64,
    ) -> Result<Lot, Stop> {
        let mut run = self.known_run(id)?;
        let custody = *run.unit.custody()?;
        if custody.holder != by {
            return Err(ProvenanceError::NotHolder.into());
        }
        if custody.site != site {
            return Err(ProvenanceError::Elsewhere.into());
        }
        let standing = self.standing(id, &run, false)?;
        if standing.state != State::Genuine {
            return Err(ProvenanceError::NotActive(standing.state).into());
        }
        if standing.lot.serials.is_some() {
            self.only_undispensed(id, run.length, words_left)?;
        }
        run.unit.retire(End::Transformed, self.now)?;
        self.keep(UnitId::Run(id), Some(Cell::Run(run)));
        Ok(standing.lot)
    }

    pub(super) fn only_undispensed(
        &mut self,
        run: RunId,
        length: u64,
        words_left: &mut u64,
    ) -> Result<(), Stop> {
        let last = run.first.saturating_add(length).saturating_sub(1);
        let ((from, first_bit), (to, last_bit)) = (place(run.first), place(last));
        let words = to.saturating_sub(from).saturating_add(1);
        *words_left = words_left
            .checked_sub(words)
            .ok_or(ProvenanceError::TooManyPacks)?;
        for number in from..=to {
            let word = self.word(run.lot, number)?;
            let begin = if number == from { first_bit } else { 0 };
            let end = if number == to { last_bit } else { u8::MAX };
            if (begin..=end).any(|bit| word.has(bit)) {
                return Err(ProvenanceError::NotActive(State::Ended(End::Dispensed)).into());
            }
        }
        Ok(())
    }
}
