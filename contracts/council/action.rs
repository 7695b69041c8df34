use crate::{CouncilError, CouncilTerms};
use allive_access::Account;
use ink::{prelude::vec::Vec, primitives::AccountId};

/// A message by its selector.
pub type Selector = [u8; 4];

/// The most calls of a proposal.
pub const MAX_CALLS: usize = 16;

/// The most bytes of a proposal's calls. With this bound, a query's answer and the message that
/// proposes stay below 16 KiB, above which ink! traps.
pub const MAX_BYTES: usize = 15 * 1024;

/// The most bytes that a call takes beside its arguments.
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
    /// Coins that are sent with it, in their smallest unit.
    pub value: u128,
    /// The `ref_time` that must be left when the message is sent. It includes the sending.
    ///
    /// Some contracts report success even if a contract that they call ran out of gas. This bound
    /// prevents whoever executes from exploiting that. There is no bound for `proof_size`, because
    /// the stable interface of `pallet-contracts` does not tell a contract how much of it is left.
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
    /// Sends messages to other contracts, in this order. All succeed, or all are undone.
    Calls(Vec<Call>),
    /// Pays coins to an account. A call can only pay a contract.
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

/// A change of members and terms. Both change at once, because the bounds of thresholds depend on
/// the number of members.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Amendment {
    /// Members to remove. They are removed before others are added.
    pub remove: Vec<Account>,
    /// Members to add.
    pub add: Vec<Account>,
    /// The terms from then on.
    pub terms: CouncilTerms,
}

/// Refuses calls that the council at `this` cannot make.
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

/// The `ref_time` that must be left before the first of these calls: the sum for all of them.
pub fn needed(calls: &[Call]) -> u64 {
    let needs = calls.iter().map(|call| call.min_ref_time);
    needs.fold(0, u64::saturating_add)
}
