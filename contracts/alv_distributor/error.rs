use allive_psp22_interface::TokenError;

/// Why the distributor refused. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum DistributorError {
    /// The error of ALV. `InsufficientBalance`: the distributor has not received enough ALV yet.
    Token(TokenError),
    /// The constructor's deadline is not in the future, or too far in it.
    BadDeadline,
    /// The constructor was given a list of no leaves.
    EmptyList,
    /// The remainder, or a claim, would be paid to the distributor itself, which could not spend
    /// it.
    PaysItself,
    /// The remainder, or a claim, would be paid to the account of 32 zero bytes, for which
    /// everybody can act.
    PaysNobody,
    /// The deadline has passed: claims have ended.
    Closed,
    /// The deadline has not passed: what is unclaimed still belongs to the holders.
    StillOpen,
    /// This leaf was paid before.
    AlreadyClaimed,
    /// The proof does not show this holder and amount at this index of the list.
    BadProof,
    /// The signature is not the address owner's over this destination, for this chain and contract.
    BadSignature,
    /// The distributor holds no ALV.
    NothingLeft,
}

impl From<TokenError> for DistributorError {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}
