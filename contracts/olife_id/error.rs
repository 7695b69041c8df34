use allive_access::{AccessError, NoticeError};
use allive_psp22_interface::TokenError;

/// Why Olife ID did not do what it was asked. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum IdError {
    /// The caller may not, or the contract is paused and this is no exit; or pause terms are not
    /// sound.
    Access(AccessError),
    /// An announcement or an accusation does not come now.
    Notice(NoticeError),
    /// ALV refused, or is broken.
    Token(TokenError),
    /// Less ALV came than was to be paid.
    PaymentShort,
    /// Terms outside their bounds, see
    /// [`IdentityTerms::are_sound`](crate::IdentityTerms::are_sound).
    UnsoundTerms,
    /// No identity has this number.
    UnknownIdentity,
    /// The key is none of this identity, or of no identity.
    NotKey,
    /// The key belongs to an identity already, or what it held is another's.
    KeyTaken,
    /// The key is not for that.
    NotForThat,
    /// The identity is frozen.
    Frozen,
    /// Keys or guardians that are not sound, see [`Control::check`](crate::Control::check).
    BadControl,
    /// The identity does not await this key for these purposes, or it agreed already.
    NotAwaited,
    /// A key that is to join did not agree.
    NoConsent,
    /// The voter is neither a guardian nor, where it takes one, an anchor that attested in time.
    NotGuardian,
    /// An anchor agreed to the recovery, so that no key cancels it; or it is an anchor no more, so
    /// that it does not settle.
    Final,
    /// A recovery was cancelled a short time ago.
    Contested,
    /// The delay is not over.
    TooEarly,
    /// The identity is not an issuer that is approved for this.
    NotIssuer,
    /// The end is not after now, or too far ahead.
    BadExpiry,
    /// The subject refuses this issuer.
    Refused,
    /// The cell is full.
    NoRoom,
    /// An identity does not attest itself, or vouch for itself.
    Itself,
    /// More points than the voucher has left, or than one voucher can give; or fewer than it gave
    /// before.
    BadPoints,
    /// The purse holds too little.
    TooLittleThere,
    /// The identity is accused or was proved false, or was not proved false, or the last accusation
    /// was too short a time ago.
    Challenged,
    /// There is nothing to do: it is so already, or there is nothing of the kind.
    NothingToDo,
    /// An amount beyond what can be counted.
    AmountTooLarge,
    /// The deadline is over.
    Expired,
    /// The key used this number already.
    NonceUsed,
    /// The signature is not the key's, over this.
    BadSignature,
}

impl From<AccessError> for IdError {
    fn from(error: AccessError) -> Self {
        Self::Access(error)
    }
}

impl From<NoticeError> for IdError {
    fn from(error: NoticeError) -> Self {
        Self::Notice(error)
    }
}

impl From<TokenError> for IdError {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}
