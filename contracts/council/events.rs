use crate::{Class, CouncilTerms, Members, ProposalId, Selector};
use allive_access::{Account, Timestamp};
use ink::prelude::vec::Vec;

/// The constitution began, or members and terms changed: how it stands now.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct ConstitutionChanged {
    /// The era that began.
    pub era: u32,
    /// The members.
    pub members: Vec<Account>,
    /// Thresholds and times.
    pub terms: CouncilTerms,
}

/// A message was listed as routine, or taken off the list.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct RoutineChanged {
    /// The era that began.
    pub era: u32,
    /// The contract.
    pub target: Account,
    /// The message.
    pub selector: Selector,
    /// Whether it is routine now.
    pub routine: bool,
}

/// A proposal was made. That its proposer approves is said apart.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Its number.
    #[ink(topic)]
    pub proposal: ProposalId,
    /// Who made it.
    pub proposer: Account,
    /// How grave it is.
    pub class: Class,
    /// From when on it cannot be executed any more.
    pub expires: Timestamp,
}

/// A member approved a proposal, withdrew that, or objected: how it stands now.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct Voted {
    /// The proposal.
    #[ink(topic)]
    pub proposal: ProposalId,
    /// Who spoke.
    pub member: Account,
    /// Who approves, as bits.
    pub approvals: Members,
    /// Who objects, as bits.
    pub objections: Members,
    /// From when on it can be executed, if enough approve.
    pub ready: Option<Timestamp>,
}

/// A proposal was cancelled.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct ProposalCancelled {
    /// The proposal.
    #[ink(topic)]
    pub proposal: ProposalId,
}

/// All that a proposal does was done.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct ProposalExecuted {
    /// The proposal.
    #[ink(topic)]
    pub proposal: ProposalId,
}

/// A member asked that a contract be paused at once.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct EmergencyCalled {
    /// The contract.
    #[ink(topic)]
    pub target: Account,
    /// Who asked.
    pub member: Account,
}

/// Enough members asked, and the contract was paused.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct EmergencyPaused {
    /// The contract.
    #[ink(topic)]
    pub target: Account,
    /// From when on it can be paused so again.
    pub cooled: Timestamp,
}

/// Somebody gave coins by message. Those that come as a plain transfer are seen by the chain alone.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct Deposited {
    /// Who.
    pub from: Account,
    /// How much, in the coin's smallest unit.
    pub amount: u128,
}
