use allive_olife_id_interface::NotHeir;
use allive_psp22_interface::TokenError;

/// Why a message of the Nexus was refused. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum NexusError {
    /// No record has this number.
    UnknownRecord,
    /// No grant has this number, or its patient closed it.
    UnknownGrant,
    /// Only the patient who owns the record may do this.
    NotOwner,
    /// Only the grantee may do this.
    NotGrantee,
    /// The pointer is empty or longer than `MAX_POINTER`.
    BadPointer,
    /// A grant must end after now, and not later than the longest term.
    BadExpiry,
    /// The longest term of grants is outside the bounds of this contract.
    BadLongestTerm,
    /// The notice of an upgrade is outside the bounds of `Upgrades`.
    BadNotice,
    /// Zero uses were offered or asked for.
    NoUses,
    /// A use costs more than the buyer accepts.
    PriceTooHigh,
    /// More uses were asked for than are for sale.
    NotForSale,
    /// Every use that was bought has been made.
    NoUsesLeft,
    /// The grant has ended.
    Expired,
    /// The grant has not ended yet, and the caller is not its grantee while an upgrade is
    /// announced.
    NotExpired,
    /// An amount has no representation.
    AmountTooLarge,
    /// There is nothing to withdraw.
    NothingOwed,
    /// The token reported success and the Nexus holds less than it owes.
    PaymentShort,
    /// What the token answered.
    Token(TokenError),
    /// Why the caller does not inherit that.
    NotHeir(NotHeir),
}

impl From<TokenError> for NexusError {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl From<NotHeir> for NexusError {
    fn from(error: NotHeir) -> Self {
        Self::NotHeir(error)
    }
}
