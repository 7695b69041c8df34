//! Claims of leaves of the list.

use crate::world::*;
use allive_calls::{at, EthereumKey, Message};
use allive_support::acting::Party;
use ink::primitives::AccountId;
use scale::Encode;

impl Deployed {
    /// What the leaf at `index` says, as its holder would claim it.
    pub fn claimant(&self, index: u64) -> Claimant {
        match self.list.holder(index) {
            Holder::Account(account) => Claimant::Account(account),
            Holder::Address(address) => {
                let owner = [1, 2].map(key).into_iter().find(|k| k.address() == address);
                self.signed(&owner.unwrap(), DESTINATION.id())
            }
        }
    }

    /// A claim of the key's address, to be paid to `destination`.
    pub fn signed(&self, key: &EthereumKey, destination: AccountId) -> Claimant {
        let text = destination_text(&destination, &GENESIS, &self.distributor);
        Claimant::Address {
            address: key.address(),
            destination,
            signature: key.sign_personal(&text),
        }
    }

    /// A good claim of the leaf at `index`.
    pub fn claim(&self, index: u64) -> Message<impl Encode, Result<(), DistributorError>> {
        self.claim_as(index, self.claimant(index))
    }

    /// The same by another claimant.
    pub fn claim_as(
        &self,
        index: u64,
        by: Claimant,
    ) -> Message<impl Encode, Result<(), DistributorError>> {
        let (amount, proof) = (self.list.amount(index), self.list.proof(index));
        at::<AlvDistributor>(self.distributor).claim(index, by, amount, proof)
    }
}
