use crate::{CouncilError, CouncilTerms};
use allive_access::Account;
use ink::{prelude::vec::Vec, primitives::AccountId};

/// A message by its selector.
pub type Selector = [u8; 4];

/// How many calls a proposal may make.
pub const MAX_CALLS: usize = 16;

/// What the calls of a proposal may take in its cell, in bytes. With this the answer to a query,
/// and the message that proposes, stay below 16 KiB, beyond which ink! traps.
pub const MAX_BYTES: usize = 15 * 1024;

/// What a call takes beside its arguments, at most.
const CALL_BYTES: usize = 32 + 4 + 2 + 16 + 8;

/// One message to another contract.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Call {
    /// The contract.
    pub target: Account,
    /// The message.
    pub selector: Selector,
    /// Its arguments in SCALE, one after the other.
    pub arguments: Vec<u8>,
    /// What goes with it of the chain's coin, in its smallest unit.
    pub value: u128,
    /// The `ref_time` that must be left when the message is sent, its sending included.
    ///
    /// A target that itself survives a lack of gas may report success without having done its work.
    /// This keeps whoever executes from choosing that. Of gas of the other kind, `proof_size`, the
    /// stable interface of `pallet-contracts` does not tell a contract how much is left.
    pub min_ref_time: u64,
}

impl Call {
    /// The message as it is sent: selector and arguments.
    pub fn input(&self) -> Vec<u8> {
        [&self.selector, &self.arguments[..]].concat()
    }
}

/// What a proposal does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Action {
    /// Sends messages to other contracts, in this order: all, or none.
    Calls(Vec<Call>),
    /// Pays coins to an account. A call would need a contract there.
    Pay {
        /// The payee.
        to: Account,
        /// How much, in the coin's smallest unit.
        amount: u128,
    },
    /// Changes members and terms.
    Amend(Amendment),
    /// Lists a message as routine, or takes it off the list.
    List {
        /// The contract.
        target: Account,
        /// The message.
        selector: Selector,
        /// Whether it is to be routine.
        routine: bool,
    },
}

/// A change of members and terms. Thresholds are sound for a number of members, so both change at
/// once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Amendment {
    /// Who goes, before anybody comes.
    pub remove: Vec<Account>,
    /// Who comes.
    pub add: Vec<Account>,
    /// The terms from then on.
    pub terms: CouncilTerms,
}

/// Whether calls can be proposed by the council at `this`.
///
/// # Errors
/// `BadCallCount`, `TooLarge`, `CallsItself`.
pub fn check(calls: &[Call], this: &AccountId) -> Result<(), CouncilError> {
    if calls.is_empty() || calls.len() > MAX_CALLS {
        return Err(CouncilError::BadCallCount);
    }
    let sizes = calls.iter().map(|call| call.arguments.len());
    let size = sizes.fold(0, |sum: usize, size| {
        sum.saturating_add(CALL_BYTES).saturating_add(size)
    });
    if size > MAX_BYTES {
        return Err(CouncilError::TooLarge);
    }
    if calls.iter().any(|call| *call.target == *this) {
        return Err(CouncilError::CallsItself);
    }
    Ok(())
}

/// The `ref_time` that must be left before the first of these calls: what all of them must find.
pub fn needed(calls: &[Call]) -> u64 {
    let needs = calls.iter().map(|call| call.min_ref_time);
    needs.fold(0, u64::saturating_add)
}
