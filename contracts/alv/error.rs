use ::psp22::PSP22Error;
use allive_access::AccessError;
use allive_psp22::LedgerError;
use allive_requests::RequestError;
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
    /// The receiver refused the payment, trapped, is not a contract, or is the payer.
    NotAccepted,
    /// Why a signed request was not accepted.
    Request(RequestError),
    /// The caller lacks a right, or the pause terms are unsound.
    Access(AccessError),
}

impl From<AccessError> for AlvError {
    fn from(error: AccessError) -> Self {
        Self::Access(error)
    }
}

impl From<RequestError> for AlvError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<LedgerError> for AlvError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::InsufficientBalance => Self::InsufficientBalance,
            LedgerError::InsufficientAllowance => Self::InsufficientAllowance,
            LedgerError::ZeroAccount => Self::Access(AccessError::ZeroAccount),
            LedgerError::TooMuchData => Self::TooMuchData,
            LedgerError::NotAccepted => Self::NotAccepted,
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
            AlvError::TooMuchData => "TooMuchData",
            AlvError::NotAccepted => "NotAccepted",
            AlvError::Access(AccessError::ZeroAccount) => "ZeroAccount",
            _ => "MissingRole",
        };
        Self::Custom(String::from(reason))
    }
}
