//! Pays ALV, 1:1, to the holders of the earlier token.
//!
//! README.md beside this file is the specification: rules, and the test that proves each. The
//! distributor has no owner, no pause and no upgrade: what the constructor fixed stays.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod claimant;
mod claims;
mod error;
mod events;
mod host;
mod terms;

pub use self::alv_distributor::{AlvDistributor, AlvDistributorRef};
pub use allive_distributor_interface::Holder;
pub use claimant::{destination_text, Claimant, PURPOSE};
pub use claims::LONGEST_TERM;
pub use error::DistributorError;
pub use events::*;
pub use terms::ClaimTerms;

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod alv_distributor {
    use crate::{claims, host::Host, ClaimTerms, Claimant, Claimed, DistributorError, Swept};
    use allive_access::only_somebody;
    use allive_psp22_interface::Psp22Client;
    use allive_signatures::ChainId;
    use ink::{
        prelude::vec::Vec,
        storage::{traits::ManualKey, Mapping},
    };

    // ---- Storage ----

    const CLAIMED: u32 = u32::from_be_bytes(*b"CLMD");

    /// The root cell holds what every claim needs.
    #[ink(storage)]
    pub struct AlvDistributor {
        terms: ClaimTerms,
        claimed_total: Balance,
        /// A bit for each leaf, 128 in a cell.
        claimed: Mapping<u64, u128, ManualKey<CLAIMED>>,
    }

    // ---- Constructor ----

    impl AlvDistributor {
        /// Deployer: creates a distributor. It pays the token `token` to the `count` holders of the
        /// list with this `root` until `deadline`, and the remainder to `remainder_to`.
        ///
        /// It must receive the list's total by transfers. It should be a vault of ALV, so that a
        /// pause of ALV does not stop claims. `chain` is the genesis hash of the chain, which
        /// signatures bind.
        ///
        /// # Errors
        /// `BadDeadline` unless it is in the future, and by at most
        /// [`LONGEST_TERM`](crate::LONGEST_TERM); `EmptyList` for a `count` of zero; `PaysItself`
        /// if `remainder_to` is the distributor; `PaysNobody` if it is 32 zero bytes.
        #[ink(constructor)]
        pub fn new(
            token: AccountId,
            root: allive_merkle::Hash,
            count: u64,
            deadline: Timestamp,
            remainder_to: AccountId,
            chain: ChainId,
        ) -> Result<Self, DistributorError> {
            let distributor = Self {
                terms: ClaimTerms {
                    token: Psp22Client::at(token),
                    root,
                    count,
                    deadline,
                    remainder_to,
                    chain,
                },
                claimed_total: 0,
                claimed: Mapping::new(),
            };
            if !claims::is_term(distributor.env().block_timestamp(), deadline) {
                return Err(DistributorError::BadDeadline);
            }
            if count == 0 {
                return Err(DistributorError::EmptyList);
            }
            distributor.payable_to(remainder_to)?;
            Ok(distributor)
        }
    }

    // ---- Anybody ----

    impl AlvDistributor {
        /// Anybody: pays the holder at `index` the `amount` in the list. The caller pays the fee.
        /// The payment goes to the holder, or to the account that the owner of an address signed.
        ///
        /// `proof` holds the siblings from the leaf up, see [`allive_merkle::verify`].
        ///
        /// # Errors
        /// `Closed` after the deadline, `AlreadyClaimed`, `BadProof`, `BadSignature`, `PaysItself`,
        /// `PaysNobody`, `Token`.
        #[ink(message)]
        pub fn claim(
            &mut self,
            index: u64,
            claimant: Claimant,
            amount: Balance,
            proof: Vec<allive_merkle::Hash>,
        ) -> Result<(), DistributorError> {
            if !self.is_open() {
                return Err(DistributorError::Closed);
            }
            let bits = self.bits(index);
            if bits & claims::bit(index) != 0 {
                return Err(DistributorError::AlreadyClaimed);
            }
            let holder = claimant.holder();
            let leaf = allive_distributor_interface::leaf::<Host>(index, &holder, amount);
            let ClaimTerms { root, count, .. } = &self.terms;
            if !allive_merkle::verify::<Host>(root, index, *count, &leaf, &proof) {
                return Err(DistributorError::BadProof);
            }
            let to = claimant
                .destination(&self.terms.chain, &self.env().account_id())
                .ok_or(DistributorError::BadSignature)?;
            self.payable_to(to)?;

            self.claimed
                .insert(claims::cell(index), &(bits | claims::bit(index)));
            // Saturates only for a list whose total no token could have.
            self.claimed_total = self.claimed_total.saturating_add(amount);
            self.terms.token.transfer(&to, amount)?;
            self.env().emit_event(Claimed {
                holder,
                index,
                to,
                amount,
            });
            Ok(())
        }

        /// Anybody: pays all ALV of the distributor to `remainder_to` after the deadline. Returns
        /// the amount. It can be called again if more ALV arrives later.
        ///
        /// # Errors
        /// `StillOpen` up to the deadline, that moment included; `NothingLeft`; `Token`.
        #[ink(message)]
        pub fn sweep(&mut self) -> Result<Balance, DistributorError> {
            if self.is_open() {
                return Err(DistributorError::StillOpen);
            }
            let (token, to) = (self.terms.token, self.terms.remainder_to);
            let amount = token.balance_of(&self.env().account_id())?;
            if amount == 0 {
                return Err(DistributorError::NothingLeft);
            }
            token.transfer(&to, amount)?;
            self.env().emit_event(Swept { to, amount });
            Ok(amount)
        }
    }

    // ---- Queries ----

    impl AlvDistributor {
        /// Whether the leaf at `index` was paid. `false` outside the list.
        #[ink(message)]
        pub fn is_claimed(&self, index: u64) -> bool {
            self.bits(index) & claims::bit(index) != 0
        }

        /// The sum of all claims so far, in the smallest unit of ALV. The distributor must hold the
        /// list's total minus this sum so that everybody can be paid.
        #[ink(message)]
        pub fn claimed_total(&self) -> Balance {
            self.claimed_total
        }

        /// The constructor's arguments.
        #[ink(message)]
        pub fn terms(&self) -> ClaimTerms {
            self.terms.clone()
        }
    }

    // ---- Helpers ----

    #[ink(impl)]
    impl AlvDistributor {
        fn is_open(&self) -> bool {
            claims::is_open(self.env().block_timestamp(), self.terms.deadline)
        }

        fn bits(&self, index: u64) -> u128 {
            self.claimed.get(claims::cell(index)).unwrap_or_default()
        }

        /// Refuses payments to the distributor itself: for a token they succeed and move nothing.
        /// And payments to nobody: everybody could spend them.
        fn payable_to(&self, account: AccountId) -> Result<(), DistributorError> {
            if account == self.env().account_id() {
                return Err(DistributorError::PaysItself);
            }
            only_somebody(&account).map_err(|_| DistributorError::PaysNobody)
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use ink::env::{test, DefaultEnvironment};

        /// On a chain the address follows from the constructor's input, so this cannot be reached.
        #[ink::test]
        fn new_refuses_a_remainder_to_itself() {
            let itself = AccountId::from([9; 32]);
            test::set_callee::<DefaultEnvironment>(itself);
            let token = AccountId::from([1; 32]);
            let made = AlvDistributor::new(token, [0; 32], 1, u64::from(u32::MAX), itself, [0; 32]);
            assert_eq!(made.err(), Some(DistributorError::PaysItself));
        }
    }
}
