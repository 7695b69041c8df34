//! What a person does, and how it is signed so that somebody else can submit it.

use crate::{Control, Digest, Guardians, Key, Keys, Purposes, ACT, ALL, ATTEST, MANAGE};
use allive_access::Account;
use allive_olife_id_interface::{IdentityId, Points, Timestamp, Topic};
use allive_signatures::{ethereum, ChainId, Message, Purpose, Signature};
use ink::{
    env::hash::{Blake2x256, CryptoHash},
    primitives::AccountId,
    scale::Encode,
};

/// Begins every signed request of Olife ID; see [`allive_signatures::Message`] for what follows.
pub const PURPOSE: Purpose = *b"allive/id/v1    ";

/// Begins the text that an Ethereum wallet shows.
pub const STATEMENT: &str = "Olife ID request";

/// Everything that a person can do, by an account or by a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Action {
    /// Creates an identity whose only key, for everything, is the one that acts.
    Create {
        /// Who recovers it.
        guardians: Guardians,
    },
    /// Agrees to be a key of an identity that awaits it.
    Consent {
        /// The identity.
        identity: IdentityId,
        /// What for: exactly the purposes with which it is awaited.
        purposes: Purposes,
    },
    /// Announces other keys and guardians, in place of any earlier announcement; `None` takes it
    /// back.
    Announce {
        /// All keys and guardians that are to be.
        control: Option<Control>,
    },
    /// Stops everything that this identity's keys can do, but what `Phase` says.
    Freeze,
    /// Cancels a recovery of this identity.
    Cancel,
    /// As a guardian, or as an anchor after a cancelled recovery: these shall be the keys of
    /// another identity. In place of what the voter said before.
    Recover {
        /// The identity that is recovered.
        identity: IdentityId,
        /// All keys that are to be.
        keys: Keys,
    },
    /// As an issuer: attests, in place of an earlier attestation of the same.
    Attest {
        /// Whom.
        subject: IdentityId,
        /// What about.
        topic: Topic,
        /// A commitment to what is attested. What opens it stays off chain.
        value: Digest,
        /// Points: what it adds to trust, if the topic is `Known` and the issuer an anchor.
        weight: Points,
        /// When it ends.
        expires: Timestamp,
    },
    /// As an issuer: takes an attestation back, for good.
    Revoke {
        /// Whose.
        subject: IdentityId,
        /// What about.
        topic: Topic,
    },
    /// Refuses what an issuer attests of this identity from now on, and drops what it attested; or
    /// lets it attest again.
    Refuse {
        /// What about.
        topic: Topic,
        /// Whose attestations.
        issuer: IdentityId,
        /// Whether they are refused.
        refused: bool,
    },
    /// Vouches for an identity, with a bond from this identity's purse; or renews it.
    Vouch {
        /// For whom.
        subject: IdentityId,
        /// With how many of one's own points.
        points: Points,
    },
    /// Lets a vouch count for this identity, or not any more.
    Accept {
        /// Who vouches.
        voucher: IdentityId,
        /// Whether it counts.
        accepted: bool,
    },
    /// Vouches no longer. The first time, the bond begins to wait; when it has waited, it returns
    /// to this identity's purse.
    Unvouch {
        /// For whom.
        subject: IdentityId,
    },
    /// Pays out all that lies in this identity's purse.
    Withdraw {
        /// To whom.
        to: Account,
    },
}

impl Action {
    /// Of which purposes a key must have one to do this, and whether a frozen identity can.
    pub fn needs(&self) -> (Purposes, bool) {
        match self {
            Self::Announce { .. } | Self::Cancel => (MANAGE, true),
            Self::Withdraw { .. } => (MANAGE, false),
            Self::Freeze => (ALL, false),
            Self::Attest { .. } | Self::Revoke { .. } => (ATTEST, false),
            _ => (ACT, false),
        }
    }
}

/// What a key signs. The number is one that the key did not use before, in any order, so that what
/// an issuer signs can be submitted by each subject when it likes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Request {
    /// The identity whose key signs; `None` for a key that has none, which can `Create` and
    /// `Consent`.
    pub identity: Option<IdentityId>,
    /// The key.
    pub key: Key,
    /// What shall be done.
    pub action: Action,
    /// Any number that this key did not use.
    pub nonce: u64,
    /// The last moment at which this may be submitted.
    pub deadline: Timestamp,
}

impl Request {
    /// Whether the key signed this, for this chain and contract.
    pub fn is_signed(&self, signature: &Signature, chain: &ChainId, contract: &AccountId) -> bool {
        match (&self.key, signature) {
            (Key::Account(account), _) => {
                Message::new(&PURPOSE, chain, contract, self).is_signed_by(account, signature)
            }
            (Key::Ethereum(address), Signature::Ecdsa(signature)) => {
                // What an Ethereum wallet shows of the request.
                let mut digest = [0; 32];
                Blake2x256::hash(&self.encode(), &mut digest);
                let text = ethereum::text(STATEMENT, &digest.into(), &PURPOSE, chain, contract);
                ethereum::signer_of(&text, signature) == Some(*address)
            }
            _ => false,
        }
    }
}

/// Which cell of 64 numbers a number lies in.
pub fn cell(nonce: u64) -> u64 {
    nonce >> 6
}

/// The bit of a number in its cell.
pub fn bit(nonce: u64) -> u64 {
    // The remainder of a division by 64, so that it fits.
    1_u64.rotate_left(u32::try_from(nonce & 63).unwrap_or_default())
}
