use allive_access::AccessError;
use psp22::PSP22Error;

/// Why a message of ALV that is not PSP22's was refused. Nothing changed.
#[derive(Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum AlvError {
    /// What PSP22 itself refuses, or a pause.
    Token(PSP22Error),
    /// The caller lacks a right, or terms of a pause are unsound.
    Access(AccessError),
    /// `transfer_many` was given more payments than it makes in one call.
    TooManyPayments,
    /// The deadline of a signed request has passed.
    Expired,
    /// A signed request does not carry the signer's next nonce: used, or not its turn yet.
    WrongNonce,
    /// The signature is not the owner's over this request, for this chain and contract.
    BadSignature,
}

impl From<PSP22Error> for AlvError {
    fn from(error: PSP22Error) -> Self {
        Self::Token(error)
    }
}

impl From<AccessError> for AlvError {
    fn from(error: AccessError) -> Self {
        Self::Access(error)
    }
}
