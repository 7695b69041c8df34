use allive_psp22::LedgerError;
use ink::prelude::string::String;

/// Why a derived token refused a message. Nothing changed.
///
/// Messages return it as the standard's error: as the standard's own variant, or as `Custom` with
/// the name of the variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DerivedTokenError {
    /// The holder's balance is too low.
    InsufficientBalance,
    /// The spender's allowance is too low.
    InsufficientAllowance,
    /// The spender would be the account of 32 zero bytes.
    ZeroAccount,
    /// `transfer_and_call` was given more than [`MAX_DATA`](allive_psp22::MAX_DATA) bytes.
    TooMuchData,
    /// The receiver refused the payment, trapped, is not a contract, or is the payer.
    NotAccepted,
    /// The token is frozen.
    Frozen,
    /// Only the factory may do this.
    NotFactory,
    /// The supply would exceed the largest `u128`.
    SupplyTooLarge,
}

impl From<LedgerError> for DerivedTokenError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::InsufficientBalance => Self::InsufficientBalance,
            LedgerError::InsufficientAllowance => Self::InsufficientAllowance,
            LedgerError::ZeroAccount => Self::ZeroAccount,
            LedgerError::TooMuchData => Self::TooMuchData,
            LedgerError::NotAccepted => Self::NotAccepted,
        }
    }
}

/// The standard's error exists twice: as its own crate defines it, and as the factory reads it
/// without that crate.
macro_rules! said_as {
    ($error:ty) => {
        impl From<DerivedTokenError> for $error {
            fn from(error: DerivedTokenError) -> Self {
                let reason = match error {
                    DerivedTokenError::InsufficientBalance => return Self::InsufficientBalance,
                    DerivedTokenError::InsufficientAllowance => return Self::InsufficientAllowance,
                    DerivedTokenError::ZeroAccount => "ZeroAccount",
                    DerivedTokenError::TooMuchData => "TooMuchData",
                    DerivedTokenError::NotAccepted => "NotAccepted",
                    DerivedTokenError::Frozen => "Frozen",
                    DerivedTokenError::NotFactory => "NotFactory",
                    DerivedTokenError::SupplyTooLarge => "SupplyTooLarge",
                };
                Self::Custom(String::from(reason))
            }
        }
    };
}

said_as!(psp22::PSP22Error);
said_as!(allive_psp22_interface::PSP22Error);
