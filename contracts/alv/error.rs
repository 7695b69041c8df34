use ::psp22::PSP22Error;
use allive_access::AccessError;
use allive_psp22::LedgerError;
use ink::prelude::string::String;

/// Why ALV refused a message. Nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum AlvError {
    /// The payer holds less than that.
    InsufficientBalance,
    /// The spender may spend less than that.
    InsufficientAllowance,
    /// Transfers are paused, and the payer is no vault of the suite.
    Paused,
    /// More units than can ever exist.
    CapExceeded,
    /// `transfer_many` was given more payments than it makes in one call.
    TooManyPayments,
    /// `transfer_and_call` was given more data than it passes on.
    TooMuchData,
    /// The contract that was paid refused, trapped, or is none.
    NotAccepted,
    /// The deadline of a signed request has passed.
    Expired,
    /// A signed request does not carry the signer's next nonce: used, or not its turn yet.
    WrongNonce,
    /// The signature is not the owner's over this request, for this chain and contract.
    BadSignature,
    /// The caller lacks a right, or terms of a pause are unsound.
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

/// How the messages of PSP22 say it: in the standard's own words, or in one short string.
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
