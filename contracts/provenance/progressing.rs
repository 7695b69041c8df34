//! Laboratories say how far an order is.

use crate::{
    acting::Actor, Class, NewProgress, OrderProgressed, ProductName, Progress, Provenance,
    ProvenanceError,
};
use ink::codegen::Env as _;

impl Provenance {
    #[inline(never)]
    pub(crate) fn report_progress(
        &mut self,
        actor: &Actor,
        new: &NewProgress,
    ) -> Result<(), ProvenanceError> {
        let product = self.owned_product(actor, &new.name)?;
        if product.terms.class != Class::Dental {
            return Err(ProvenanceError::NotDental);
        }
        let now = self.env().block_timestamp();
        let progress = Progress::after(self.progress.get(&new.name), new, now)?;
        self.progress.insert(&new.name, &progress);
        self.env().emit_event(OrderProgressed {
            name: new.name.clone(),
            number: new.number,
            commitment: new.commitment,
        });
        Ok(())
    }

    pub(crate) fn forget_progress(&mut self, name: &ProductName) -> Result<(), ProvenanceError> {
        let now = self.env().block_timestamp();
        match self.progress.get(name) {
            Some(progress) if progress.is_over(now) => self.progress.remove(name),
            _ => return Err(ProvenanceError::NothingToPrune),
        }
        Ok(())
    }
}
