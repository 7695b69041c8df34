use crate::{
    message::{digest, encoded},
    ChainId, Describe, Message, Purpose, RequestError, Signature, Text,
};
use allive_access::{Account, Timestamp};
use allive_signatures::ethereum;
use ink::{prelude::vec::Vec, primitives::AccountId, scale::Encode};

/// How far ahead a deadline may lie, in milliseconds: a year.
pub const LONGEST: Timestamp = 365 * 24 * 3_600_000;

/// What a person signs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Request<A, S = Account> {
    /// Who signs, and for whom the contract acts.
    pub signer: S,
    /// The action to carry out.
    pub action: A,
    /// Any number that the signer has not used yet.
    pub nonce: u64,
    /// The last moment, in milliseconds, at which this may be submitted.
    pub deadline: Timestamp,
}

/// For which contract a request is signed.
#[derive(Clone, Copy, Debug)]
pub struct Domain<'a> {
    /// Sixteen ASCII bytes that no other kind of message begins with.
    pub purpose: &'a Purpose,
    /// Genesis hash of the chain.
    pub chain: &'a ChainId,
    /// The contract.
    pub contract: &'a AccountId,
}

/// Whoever signs requests: an account, or in some contracts an Ethereum address as well.
pub trait Signer {
    /// The account, if the signer is one.
    fn account(&self) -> Option<&AccountId>;

    /// The Ethereum address, if the signer is one.
    fn address(&self) -> Option<&ethereum::Address> {
        None
    }
}

impl Signer for Account {
    fn account(&self) -> Option<&AccountId> {
        Some(self)
    }
}

impl<A: Encode + Describe, S: Encode + Signer> Request<A, S> {
    /// The bytes that a Substrate key signs.
    pub fn message(&self, domain: &Domain) -> Message {
        Message::of(domain, self)
    }

    /// The text that an Ethereum wallet shows and signs.
    pub fn text(&self, domain: &Domain) -> Vec<u8> {
        let mut text = Text::default();
        self.action.describe(&mut text);
        text.ends(self.nonce, self.deadline, &digest(&encoded(self)), domain)
    }

    /// Whether the signer signed this, for this contract.
    pub fn is_signed(&self, signature: &Signature, domain: &Domain) -> bool {
        match signature {
            Signature::Eip191(signature) => {
                signed_text(&self.signer, signature, &self.text(domain))
            }
            _ => self
                .signer
                .account()
                .is_some_and(|account| self.message(domain).is_signed_by(account, signature)),
        }
    }
}

/// Whether `signature` is the signer's over `text`, by EIP-191.
fn signed_text(signer: &impl Signer, signature: &[u8; 65], text: &[u8]) -> bool {
    let Some(key) = ethereum::key_of(text, signature) else {
        return false;
    };
    match (signer.account(), signer.address()) {
        (Some(account), _) => ethereum::account_of(&key) == *account,
        (None, Some(address)) => ethereum::address_of(&key).as_ref() == Some(address),
        (None, None) => false,
    }
}

/// Whether a request with this deadline may be submitted now.
pub(crate) fn is_timely(deadline: Timestamp, now: Timestamp) -> Result<(), RequestError> {
    if now > deadline {
        return Err(RequestError::Expired);
    }
    if deadline.saturating_sub(now) > LONGEST {
        return Err(RequestError::DeadlineTooFar);
    }
    Ok(())
}
