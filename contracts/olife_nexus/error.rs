use allive_olife_id_interface::NotHeir;
use allive_payments::PaymentError;
use allive_psp22_interface::TokenError;
use allive_requests::RequestError;
use core::convert::Infallible;

/// Why a message of the Nexus was refused. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum NexusError {
    /// No record has this number.
    UnknownRecord,
    /// No grant has this number, or its patient revoked it.
    UnknownGrant,
    /// Only the patient who owns the record may do this.
    NotOwner,
    /// Only the grantee may do this.
    NotGrantee,
    /// The record with this number has another commitment than the one that was signed.
    OtherRecord,
    /// The pointer is empty or longer than `MAX_POINTER`.
    BadPointer,
    /// A grant must end after now, and not later than the longest term.
    BadExpiry,
    /// The longest term of grants is outside its bounds.
    BadLongestTerm,
    /// The notice of an upgrade is outside its bounds.
    BadNotice,
    /// Zero uses were offered or asked for.
    NoUses,
    /// The price of a use is above what the buyer accepts.
    PriceTooHigh,
    /// The buyer asked for more uses than are for sale.
    NotForSale,
    /// Every use that was bought has been made.
    NoUsesLeft,
    /// The grant has ended.
    Expired,
    /// The grant has not ended yet. Only its grantee can settle before that, while an upgrade is
    /// announced.
    NotExpired,
    /// A sum overflows.
    AmountTooLarge,
    /// The credit or the refund is zero.
    NothingOwed,
    /// The token reported success, but the Nexus holds less than it owes.
    PaymentShort,
    /// The grantee, or the payee of a credit, would be the account of 32 zero bytes, for which
    /// everybody can act.
    ZeroAccount,
    /// Why a signed request was not accepted.
    Request(RequestError),
    /// The error of the token.
    Token(TokenError),
    /// Why the caller does not inherit this holding.
    NotHeir(NotHeir),
}

impl From<RequestError> for NexusError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
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

impl<E: Into<NexusError>> From<PaymentError<E>> for NexusError {
    fn from(error: PaymentError<E>) -> Self {
        match error {
            PaymentError::NothingThere => Self::NothingOwed,
            PaymentError::AmountTooLarge => Self::AmountTooLarge,
            PaymentError::Short => Self::PaymentShort,
            PaymentError::Refused(error) => error.into(),
        }
    }
}

impl From<Infallible> for NexusError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
