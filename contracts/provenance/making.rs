//! Makers: products and lots.

use crate::{
    acting::Actor, lot_key, Cell, Custody, Lot, LotId, NewLot, Product, ProductChanged,
    ProductName, ProductTerms, Provenance, ProvenanceError, Run, RunId, Step, Unit, UnitId,
};
use allive_olife_id_interface::{IdentityId, Topic};
use allive_storage::Boxed;
use ink::{codegen::Env as _, env::hash::Blake2x128, prelude::vec::Vec};

impl Provenance {
    #[inline(never)]
    pub(crate) fn register(
        &mut self,
        actor: &Actor,
        name: ProductName,
        terms: Boxed<ProductTerms>,
    ) -> Result<(), ProvenanceError> {
        let owner = self.attested(actor, name.role())?;
        let product = Product::register(&name, owner, terms.into_inner())?;
        // The error undoes the writing. To ask before it would be an access more.
        if self.products.insert(&name, &product).is_some() {
            return Err(ProvenanceError::ProductExists);
        }
        self.env().emit_event(ProductChanged { name, product });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn revise(
        &mut self,
        actor: &Actor,
        name: ProductName,
        terms: Boxed<ProductTerms>,
    ) -> Result<(), ProvenanceError> {
        let mut product = self.owned_product(actor, &name)?;
        product.revise(&name, terms.into_inner())?;
        self.product_changed(name, product);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn hand_over(
        &mut self,
        actor: &Actor,
        name: ProductName,
        to: Option<IdentityId>,
    ) -> Result<(), ProvenanceError> {
        let mut product = self.owned_product(actor, &name)?;
        product.hand_over(&name, to)?;
        self.product_changed(name, product);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn take_over(
        &mut self,
        actor: &Actor,
        name: ProductName,
    ) -> Result<(), ProvenanceError> {
        let mut product = self.known_product(&name)?;
        let by = self.attested(actor, name.role())?;
        product.take_over(by)?;
        self.product_changed(name, product);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn assign(
        &mut self,
        actor: &Actor,
        name: ProductName,
        owner: IdentityId,
        former: Vec<IdentityId>,
    ) -> Result<(), ProvenanceError> {
        let mut product = self.known_product(&name)?;
        self.attested(actor, Topic::AUTHORITY)?;
        product.assign(&name, owner, former)?;
        self.product_changed(name, product);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn commission(
        &mut self,
        actor: &Actor,
        new: Boxed<NewLot>,
        site: u64,
    ) -> Result<(), ProvenanceError> {
        let product = self.known_product(&new.product)?;
        let role = new.product.role();
        let maker = self.attested(actor, role)?;
        let now = self.env().block_timestamp();
        let lot = Lot::commission(&product, maker, new.into_inner(), now)?;
        let custody = Custody::new(maker, role, site, now)?;
        self.begin_lot(lot, custody)?;
        Ok(())
    }

    /// Keeps a new lot, which is one run in this custody. Returns its key.
    pub(crate) fn begin_lot(
        &mut self,
        lot: Lot,
        custody: Custody,
    ) -> Result<LotId, ProvenanceError> {
        let id = self.lot_id_of(&lot.product, lot.maker, &lot.code);
        let run = Run {
            length: lot.count,
            unit: Unit::of(custody).into(),
        };
        // The error undoes the writing. To ask before it would be an access more.
        if self.lots.insert(id, &lot).is_some() {
            return Err(ProvenanceError::LotExists);
        }
        let first = UnitId::Run(RunId { lot: id, first: 0 });
        self.units.insert(first, &Cell::Run(run));
        self.trace(Step::LotCommissioned {
            lot: id,
            product: lot.product,
            maker: lot.maker,
            site: custody.site,
        });
        Ok(id)
    }

    pub(crate) fn known_product(&self, name: &ProductName) -> Result<Product, ProvenanceError> {
        let product = self.products.get(name);
        product.ok_or(ProvenanceError::UnknownProduct)
    }

    pub(crate) fn known_lot(&self, lot: &LotId) -> Result<Lot, ProvenanceError> {
        self.lots.get(lot).ok_or(ProvenanceError::UnknownLot)
    }

    pub(crate) fn lot_id_of(&self, name: &ProductName, maker: IdentityId, code: &[u8]) -> LotId {
        self.env()
            .hash_bytes::<Blake2x128>(&lot_key(name, maker, code))
    }

    fn owned_product(&self, actor: &Actor, name: &ProductName) -> Result<Product, ProvenanceError> {
        let product = self.known_product(name)?;
        product.only_owner(self.attested(actor, name.role())?)?;
        Ok(product)
    }

    fn product_changed(&mut self, name: ProductName, product: Product) {
        self.products.insert(&name, &product);
        self.env().emit_event(ProductChanged { name, product });
    }
}
