use allive_access::{AccessError, NoticeError};
use allive_payments::PaymentError;
use allive_psp22_interface::TokenError;
use allive_requests::RequestError;

/// Why Olife ID refused a message. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum IdError {
    /// The caller lacks a right, the contract is paused, or the pause terms are not sound.
    Access(AccessError),
    /// An announcement or an accusation cannot take effect now.
    Notice(NoticeError),
    /// The error of ALV.
    Token(TokenError),
    /// A signed request was not accepted. Its nonce stays unused.
    Request(RequestError),
    /// The token reported success, but less ALV arrived.
    PaymentShort,
    /// The terms are outside their bounds, see
    /// [`IdentityTerms::are_sound`](crate::IdentityTerms::are_sound).
    UnsoundTerms,
    /// No identity has this number.
    UnknownIdentity,
    /// The key has no identity, or another one than the request names.
    NotKey,
    /// The key has an identity already, or its holdings passed to another identity.
    KeyTaken,
    /// The key lacks the purpose.
    NotForThat,
    /// The identity is frozen.
    Frozen,
    /// Keys or guardians are not sound, see [`Control::check`](crate::Control::check).
    BadControl,
    /// The identity does not await this key with these purposes, or the key consented already.
    NotAwaited,
    /// A key that joins has not consented.
    NoConsent,
    /// The voter is neither a guardian nor, after a cancelled recovery, an anchor that attested in
    /// time.
    NotGuardian,
    /// `Cancel`: an anchor agreed to the recovery, so no key can cancel it. `settle`: no anchor
    /// that agreed is one still.
    Final,
    /// A recovery was cancelled a short time ago.
    Contested,
    /// The delay is not over; or keys, an approval or all delegates of this identity changed at
    /// this very moment.
    TooEarly,
    /// The identity is not an issuer that is approved for this.
    NotIssuer,
    /// The end is not in the future, or more than ten years ahead.
    BadExpiry,
    /// A mandate without scope, or with a bit that means nothing.
    BadScope,
    /// The principal is an `adult`, or was one after the mandate was issued.
    Adult,
    /// Nobody is an issuer of `representative` and of `adult`.
    Incompatible,
    /// A signed attestation, appointment or mandate, or the end of one, does not say when it was
    /// issued; or a signed `Cancel` or `DismissAll`, which recovery or which time it is about.
    Undated,
    /// The moment lies in the future.
    InFuture,
    /// The word was issued more than 30 days ago, before the issuer was approved, before the last
    /// word of the same issuer or organisation, up to a word that ended mandates, or in a time in
    /// which all delegates were dismissed.
    Outdated,
    /// `withdraw_approval`: more would count than before. That is for `restore_attestations`.
    Widens,
    /// The subject refuses this issuer, or the delegate declines to act for this organisation.
    Refused,
    /// The list is full.
    NoRoom,
    /// An identity cannot attest itself, vouch for itself, be its own delegate or representative,
    /// nor issue a mandate in which it is named.
    Itself,
    /// Zero points, more than the voucher has left, or more than one voucher can give.
    BadPoints,
    /// The purse holds too little.
    TooLittleThere,
    /// The identity is accused, was proved false, or was accused too recently. `forfeit`: it was
    /// not proved false.
    Challenged,
    /// The state is so already, or there is nothing of this kind.
    NothingToDo,
    /// A sum overflows.
    AmountTooLarge,
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

impl<E: Into<IdError>> From<PaymentError<E>> for IdError {
    fn from(error: PaymentError<E>) -> Self {
        match error {
            PaymentError::NothingThere => Self::NothingToDo,
            PaymentError::AmountTooLarge => Self::AmountTooLarge,
            PaymentError::Short => Self::PaymentShort,
            PaymentError::Refused(error) => error.into(),
        }
    }
}

impl From<RequestError> for IdError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}
