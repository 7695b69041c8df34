//! What a member signs so that somebody else can submit it and pay for it.

use crate::{Action, CouncilError, ProposalId, Vote};
use allive_access::{Account, Timestamp};
use allive_storage::Boxed;

/// Begins every signed request of the council; see [`allive_requests`] for what follows.
pub const PURPOSE: allive_requests::Purpose = *b"allive/council/1";

/// A member's signed request. See [`allive_requests::Request`].
pub type Request = allive_requests::Request<SignedAction>;

/// The actions that a signature can authorise: all messages of members.
///
/// Those of a member name the era in which they were signed. So nothing that was signed before the
/// constitution changed counts afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum SignedAction {
    /// Member: proposes an action, and approves it.
    Propose {
        /// The era.
        era: u32,
        /// When it was signed. The proposal expires as if it had been made then.
        asked: Timestamp,
        /// What is proposed.
        action: Boxed<Action>,
    },
    /// Member: votes on a proposal, as by `approve`, `withdraw_approval` or `cancel`.
    Vote {
        /// The era.
        era: u32,
        /// Which vote.
        vote: Vote,
        /// On which proposal.
        proposal: ProposalId,
        /// What the signer saw of the proposal.
        seen: Seen,
    },
    /// Member: asks for an emergency pause.
    EmergencyPause {
        /// The era.
        era: u32,
        /// When it was signed. It counts for as long as others can join, that is for
        /// [`window`](crate::EmergencyTerms::window).
        asked: Timestamp,
        /// Of which contract.
        target: Account,
        /// [`Emergency::cooled`](crate::Emergency::cooled) of the contract: after which pause this
        /// is the next one.
        cooled: Timestamp,
    },
    /// Anybody: nothing but using the nonce up, as the message `cancel_request` of this nonce.
    CancelRequest,
}

/// What a signer saw of a proposal. A signed vote counts only while the proposal is as it was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Seen {
    /// What it does. After a reorganisation of the chain, its number can mean another one.
    pub action: Boxed<Action>,
    /// How many times the signer had voted on it. So each vote, signed or sent, voids all that its
    /// member signed before.
    pub votes: u32,
}

/// Refuses what was signed `span` ago or longer, and what claims to be signed later than now: so
/// nobody keeps a signature for a time at which its signer would not sign any more.
///
/// # Errors
/// `OutOfTime`.
pub(crate) fn only_within(
    asked: Timestamp,
    span: Timestamp,
    now: Timestamp,
) -> Result<(), CouncilError> {
    match now.checked_sub(asked) {
        Some(passed) if passed < span => Ok(()),
        _ => Err(CouncilError::OutOfTime),
    }
}
