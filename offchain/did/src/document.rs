//! The document of an identity, made from what the chain says about it.

use crate::{account, Did};
use olife_id::{Held, Identity, Key, Purposes, Truth, ACT, ATTEST, MANAGE};
use scale::Encode;
use serde::Serialize;
use sp_core::blake2_256;
use std::time::{Duration, UNIX_EPOCH};

/// The context of DID Core, which defines the terms of every DID document.
const DID_CONTEXT: &str = "https://www.w3.org/ns/did/v1";

/// The latest moment that RFC 3339 can write, in milliseconds since the Unix epoch.
const LAST_MOMENT: u64 = 253_402_300_799_999;

/// How a kind of key is shown: its type, and the context that defines the type.
struct Suite {
    name: &'static str,
    context: &'static str,
}

/// An account of a chain. The type does not say which key signs for it.
const ACCOUNT: Suite = Suite {
    name: "BlockchainVerificationMethod2021",
    context: "https://w3id.org/security/suites/blockchain-2021/v1",
};

/// A key that is recovered from its signature, and known by its Ethereum address.
const ETHEREUM: Suite = Suite {
    name: "EcdsaSecp256k1RecoveryMethod2020",
    context: "https://w3id.org/security/suites/secp256k1recovery-2020/v2",
};

/// A DID document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// The contexts that define the terms of this document.
    #[serde(rename = "@context")]
    pub context: Vec<&'static str>,
    /// The DID.
    pub id: String,
    /// The keys that the chain can verify.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verification_method: Vec<VerificationMethod>,
    /// Keys that act for the identity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authentication: Vec<Relation>,
    /// Keys that attest others for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assertion_method: Vec<Relation>,
    /// Keys that manage it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capability_invocation: Vec<Relation>,
}

/// The `id` of a verification method of the same document.
pub type Relation = String;

/// A key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VerificationMethod {
    /// The DID, and the [`fragment`] of the key.
    pub id: String,
    /// How it is shown.
    #[serde(rename = "type")]
    pub suite: &'static str,
    /// The DID.
    pub controller: String,
    /// Which account the key is, by CAIP-10.
    pub blockchain_account_id: String,
}

/// The metadata of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    /// How many times keys or guardians changed, followed by `.frozen` or `.deactivated` if so.
    /// Documents of one version are the same.
    pub version_id: String,
    /// When keys or guardians last changed, to the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// Whether the identity is frozen: its keys have no purpose for others. Omitted if not.
    #[serde(skip_serializing_if = "is_not")]
    pub frozen: bool,
    /// Whether it was proved false, for good. Omitted if not.
    #[serde(skip_serializing_if = "is_not")]
    pub deactivated: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what serde asks for
fn is_not(it: &bool) -> bool {
    !it
}

/// The name of a key within a document: half of the BLAKE2b-256 of the key in SCALE, in hexadecimal
/// digits. It depends on nothing else, so it stays the same when other keys change.
pub fn fragment(key: &Key) -> String {
    let mut name = hex::encode(blake2_256(&key.encode()));
    name.truncate(32);
    name
}

impl Document {
    /// The document of an identity on a chain with this prefix of addresses (SS58).
    pub fn new(did: &Did, identity: &Identity, address_prefix: u16) -> Self {
        let id = did.to_string();
        let mut document = Self {
            context: vec![DID_CONTEXT],
            id,
            verification_method: Vec::new(),
            authentication: Vec::new(),
            assertion_method: Vec::new(),
            capability_invocation: Vec::new(),
        };
        if identity.truth == Truth::False {
            return document;
        }
        for held in identity.control.keys.iter() {
            document.add(did, held, identity.is_good(), address_prefix);
        }
        document
    }

    fn add(&mut self, did: &Did, held: &Held, is_good: bool, address_prefix: u16) {
        let (suite, account) = match &held.key {
            Key::Account(account) => {
                let account: [u8; 32] = *account.as_ref();
                let account = account::polkadot(&did.genesis, address_prefix, account);
                (ACCOUNT, account)
            }
            Key::Ethereum(address) => (ETHEREUM, account::ethereum(address)),
            // No verification method can say that nobody can verify it.
            Key::Hashed(_) => return,
        };
        if !self.context.contains(&suite.context) {
            self.context.push(suite.context);
        }
        let id = format!("{}#{}", self.id, fragment(&held.key));
        if is_good {
            let is_for = |purpose: Purposes| held.purposes & purpose != 0;
            for (purpose, relation) in [
                (ACT, &mut self.authentication),
                (ATTEST, &mut self.assertion_method),
                (MANAGE, &mut self.capability_invocation),
            ] {
                if is_for(purpose) {
                    relation.push(id.clone());
                }
            }
        }
        self.verification_method.push(VerificationMethod {
            id,
            suite: suite.name,
            controller: self.id.clone(),
            blockchain_account_id: account,
        });
    }
}

impl Metadata {
    /// The metadata of the document of an identity.
    pub fn new(identity: &Identity) -> Self {
        let deactivated = identity.truth == Truth::False;
        let frozen = !deactivated && identity.is_frozen();
        let state = match (frozen, deactivated) {
            (_, true) => ".deactivated",
            (true, _) => ".frozen",
            _ => "",
        };
        Self {
            version_id: format!("{}{state}", identity.version),
            updated: moment(identity.updated),
            frozen,
            deactivated,
        }
    }
}

/// Milliseconds since the Unix epoch as RFC 3339, to the second, as DID Core asks.
fn moment(time: u64) -> Option<String> {
    if time > LAST_MOMENT {
        return None;
    }
    let time = UNIX_EPOCH.checked_add(Duration::from_millis(time))?;
    Some(humantime::format_rfc3339_seconds(time).to_string())
}
