use allive_access::{only_somebody, Account};
use allive_requests::Signer;
use ink::primitives::AccountId;

/// A key, tagged by its scheme. New schemes are added at the end. No answer to a contract carries a
/// key, so a contract that exists already never meets a scheme that it does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Key {
    /// An account of the chain. It can call by itself, or sign (sr25519 or ECDSA). It can be a
    /// multisig or a contract, which can only call.
    Account(Account),
    /// An Ethereum address. It signs texts by EIP-191, and others submit them.
    Ethereum([u8; 20]),
    /// A commitment to a public key of a scheme that the chain cannot verify, such as a
    /// post-quantum one. It is listed and shown, but cannot do anything yet.
    Hashed([u8; 32]),
}

impl Key {
    /// Whether the chain can verify actions of this key.
    pub fn can_act(&self) -> bool {
        !matches!(self, Self::Hashed(_))
    }

    /// Whether it is all zero bytes, and so nobody's. Front ends send that for an empty field.
    pub fn is_nobodys(&self) -> bool {
        match self {
            Self::Account(account) => only_somebody(account).is_err(),
            Self::Ethereum(address) => *address == [0; 20],
            Self::Hashed(commitment) => *commitment == [0; 32],
        }
    }
}

impl Signer for Key {
    fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Account(account) => Some(account),
            _ => None,
        }
    }

    fn address(&self) -> Option<&[u8; 20]> {
        match self {
            Self::Ethereum(address) => Some(address),
            _ => None,
        }
    }
}
