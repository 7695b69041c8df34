//! What a scanned label is asked of, on whatever chain answers queries.

use super::queries::{Queries, TypedQueries};
use allive_calls::at;
use allive_olife_id_interface::IdentityId;
use allive_packs::Registry;
use anyhow::{Error, Result};
use ink::primitives::AccountId;
use provenance::{
    Answer, Cell, Claim, Lot, LotId, Product, ProductName, Provenance, RunId, UnitId,
};

/// The contract of provenance on a chain.
pub struct OnChain<'q, Q> {
    pub queries: &'q Q,
    pub contract: AccountId,
}

impl<Q: Queries> Registry for OnChain<'_, Q> {
    type Error = Error;

    fn product(&mut self, name: &ProductName) -> Result<Option<Product>> {
        self.queries
            .get(at::<Provenance>(self.contract).product(name.clone()))
    }

    fn lot(
        &mut self,
        name: &ProductName,
        maker: IdentityId,
        code: &[u8],
    ) -> Result<Option<(LotId, Lot)>> {
        let contract = at::<Provenance>(self.contract);
        let id = contract.lot_id(name.clone(), maker, code.into());
        let id = self.queries.get(id)?;
        let lot = self.queries.get(contract.lot(id))?;
        Ok(lot.map(|lot| (id, lot)))
    }

    fn length(&mut self, run: RunId) -> Result<Option<u64>> {
        let unit = at::<Provenance>(self.contract).unit(UnitId::Run(run));
        Ok(match self.queries.get(unit)? {
            Some(Cell::Run(run)) => Some(run.length),
            _ => None,
        })
    }

    fn verify(&mut self, claim: Claim) -> Result<Answer> {
        self.queries
            .get(at::<Provenance>(self.contract).verify(claim.into()))
    }
}

#[cfg(test)]
mod tests;
