use allive_psp22::LedgerError;
use ink::prelude::string::String;

/// Why a derived token refused a message. Nothing changed.
///
/// The answer is the error of the standard: in the standard's own words, or as `Custom` with the
/// name of the variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DerivedTokenError {
    /// The holder holds less than that.
    InsufficientBalance,
    /// The spender may spend less than that.
    InsufficientAllowance,
    /// The token is frozen.
    Frozen,
    /// Only the factory may do this.
    NotFactory,
    /// More units than a number can count.
    SupplyTooLarge,
}

impl From<LedgerError> for DerivedTokenError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::InsufficientBalance => Self::InsufficientBalance,
            LedgerError::InsufficientAllowance => Self::InsufficientAllowance,
        }
    }
}

/// The standard's error, once as its crate has it, and once as the factory reads it without that
/// crate.
macro_rules! said_as {
    ($error:ty) => {
        impl From<DerivedTokenError> for $error {
            fn from(error: DerivedTokenError) -> Self {
                let reason = match error {
                    DerivedTokenError::InsufficientBalance => return Self::InsufficientBalance,
                    DerivedTokenError::InsufficientAllowance => return Self::InsufficientAllowance,
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
