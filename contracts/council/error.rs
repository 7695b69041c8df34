use allive_call::Failure;
use allive_requests::RequestError;

/// Why the council refused a message. Nothing changed.
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
    /// The proposal has expired.
    Expired,
    /// The proposal lacks approvals.
    NotApproved,
    /// The delay since the proposal was approved is not over.
    TooEarly,
    /// The member has already approved, objected or asked.
    SaidAlready,
    /// The member has not approved, so there is nothing to withdraw.
    NotSaid,
    /// A proposal must have 1 to 16 calls.
    BadCallCount,
    /// The calls are larger than [`MAX_BYTES`](crate::MAX_BYTES).
    TooLarge,
    /// The council cannot call itself.
    CallsItself,
    /// There must be 1 to 32 members, each named once, and none of them the account of 32 zero
    /// bytes. An account to remove must be a member.
    BadMembers,
    /// A threshold or a time is outside its bounds, see
    /// [`CouncilTerms::are_sound`](crate::CouncilTerms::are_sound).
    UnsoundTerms,
    /// The message is listed as routine already, or is not listed.
    ListedSo,
    /// Less gas is left than the calls require. The proposal can be executed with more.
    TooLittleGas,
    /// A call of the batch failed, and the whole batch was undone.
    CallFailed {
        /// Which call, from 0.
        index: u8,
        /// Why.
        failure: Failure,
    },
    /// The coins were not paid: the council has too few, or too few would be left.
    NotPaid,
    /// The cooldown after the last emergency pause of this contract is not over.
    CoolingDown,
    /// Why a signed request was not accepted.
    Request(RequestError),
    /// The request was signed in another era.
    OtherEra,
    /// The signed vote is about another action than the proposal's.
    OtherAction,
    /// The signer has voted on the proposal more often, or less often, than the signed vote says.
    OutOfTurn,
    /// The request was signed for another pause of the contract than the next one.
    OtherPause,
    /// The proposal was signed longer ago than a proposal lasts, or the request for a pause longer
    /// ago than others can join; or it claims to be signed later than now.
    OutOfTime,
}

impl From<RequestError> for CouncilError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}
