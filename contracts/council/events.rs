use crate::{Class, CouncilTerms, Members, ProposalId, Selector};
use allive_access::{Account, Timestamp};
use ink::prelude::vec::Vec;

/// The council was created, or members and terms changed. The fields hold the new state.
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

/// A proposal was made. A [`Voted`] follows for its proposer's approval.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Its number.
    #[ink(topic)]
    pub proposal: ProposalId,
    /// Who made it.
    pub proposer: Account,
    /// Its class.
    pub class: Class,
    /// The moment from which on it cannot be executed any more.
    pub expires: Timestamp,
}

/// A member approved a proposal, withdrew the approval, or objected. The fields hold the new state.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct Voted {
    /// The proposal.
    #[ink(topic)]
    pub proposal: ProposalId,
    /// Who voted.
    pub member: Account,
    /// Who approves, as bits.
    pub approvals: Members,
    /// Who objects, as bits.
    pub objections: Members,
    /// The moment from which on it can be executed, if enough members approve.
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

/// A proposal was executed.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct ProposalExecuted {
    /// The proposal.
    #[ink(topic)]
    pub proposal: ProposalId,
}

/// A member asked for an emergency pause of a contract.
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
    /// The moment from which on the next emergency pause is possible.
    pub cooled: Timestamp,
}

/// Somebody deposited coins. A plain transfer of coins does not emit this event.
#[ink::event]
#[derive(Debug, PartialEq, Eq)]
pub struct Deposited {
    /// Who.
    pub from: Account,
    /// How much, in the coin's smallest unit.
    pub amount: u128,
}
