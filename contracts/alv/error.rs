use ::psp22::PSP22Error;
use allive_access::AccessError;
use allive_psp22::LedgerError;
use ink::prelude::string::String;

/// Why ALV refused a message. Nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum AlvError {
    /// The payer's balance is too low.
    InsufficientBalance,
    /// The spender's allowance is too low.
    InsufficientAllowance,
    /// Transfers are paused, and the payer is not a vault.
    Paused,
    /// The supply would exceed the cap.
    CapExceeded,
    /// `transfer_many` was given more than [`MAX_PAYMENTS`](crate::MAX_PAYMENTS) payments.
    TooManyPayments,
    /// `transfer_and_call` was given more than [`MAX_DATA`](crate::MAX_DATA) bytes.
    TooMuchData,
    /// The receiver refused the payment, trapped, or is not a contract.
    NotAccepted,
    /// The deadline of a signed request has passed.
    Expired,
    /// The nonce of a signed request is not the signer's next one: it was used already, or an
    /// earlier one was not.
    WrongNonce,
    /// The signature is not the owner's over this request, for this chain and contract.
    BadSignature,
    /// The caller lacks a right, or the pause terms are unsound.
    Access(AccessError),
}

impl From<AccessError> for AlvError {
    fn from(error: AccessError) -> Self {
        Self::Access(error)
    }
}

impl From<LedgerError> for AlvError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::InsufficientBalance => Self::InsufficientBalance,
            LedgerError::InsufficientAllowance => Self::InsufficientAllowance,
        }
    }
}

/// How the messages of PSP22 return it: as the standard's own variant, or as `Custom` with one
/// short string.
impl From<AlvError> for PSP22Error {
    fn from(error: AlvError) -> Self {
        let reason = match error {
            AlvError::InsufficientBalance => return Self::InsufficientBalance,
            AlvError::InsufficientAllowance => return Self::InsufficientAllowance,
            AlvError::Paused => "Paused",
            AlvError::CapExceeded => "CapExceeded",
            _ => "MissingRole",
        };
        Self::Custom(String::from(reason))
    }
}
