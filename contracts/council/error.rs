use allive_call::Failure;

/// Why the council did not do what it was asked. Nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum CouncilError {
    /// Only members may do this.
    NotMember,
    /// No proposal has this number.
    UnknownProposal,
    /// The proposal was executed.
    Executed,
    /// The proposal was cancelled.
    Cancelled,
    /// The constitution has changed since the proposal was made.
    Superseded,
    /// The proposal's time is over.
    Expired,
    /// The proposal lacks approvals.
    NotApproved,
    /// The delay since the proposal was approved is not over.
    TooEarly,
    /// The member has said this already.
    SaidAlready,
    /// The member does not approve, so that there is nothing to withdraw.
    NotSaid,
    /// A proposal calls 1 to 16 messages.
    BadCallCount,
    /// The calls take more than their cell.
    TooLarge,
    /// The chain lets no contract call itself.
    CallsItself,
    /// Members are 1 to 32, each once; whoever is removed must be one.
    BadMembers,
    /// Thresholds, delays or times outside their bounds, see
    /// [`CouncilTerms::are_sound`](crate::CouncilTerms::are_sound).
    UnsoundTerms,
    /// The message is listed as routine already, or is not listed.
    ListedSo,
    /// Less gas is left than the calls must find. The proposal can be executed with more.
    TooLittleGas,
    /// A call of the batch failed; so the whole batch did not happen.
    CallFailed {
        /// Which call, from 0.
        index: u8,
        /// Why.
        failure: Failure,
    },
    /// The coins were not paid: there are too few, or too few would be left.
    NotPaid,
    /// The last emergency pause of this contract was too short a time ago.
    CoolingDown,
}
