//! A DID of this method, as text.

use std::{fmt, str::FromStr};

/// The name of the method.
pub const METHOD: &str = "allive";

/// `did:allive:<genesis hash>:<contract>:<number>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Did {
    /// The hash of the first block of the chain.
    pub genesis: [u8; 32],
    /// The account of the Olife ID.
    pub contract: [u8; 32],
    /// The number of the identity.
    pub identity: u64,
}

/// Why a text is not a DID of this method. There is only one way to write a DID, so two DIDs name
/// the same identity exactly if they are the same text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DidError {
    /// It is not a DID of DID Core.
    #[error("`{0}` is no DID: that is `did:`, a method in small letters and digits, `:`, and what the method says")]
    NotDid(String),
    /// It is a DID of another method.
    #[error("the method `{0}` is not this one, which is `{METHOD}`")]
    OtherMethod(String),
    /// It is a DID URL: something follows the DID.
    #[error("a DID ends before `{0}`: this is a DID URL")]
    Url(char),
    /// It does not have three parts after the method.
    #[error("after `did:{METHOD}:` come genesis hash, contract and number, parted by `:`; this has {0} parts")]
    Parts(usize),
    /// The genesis hash is malformed.
    #[error("the genesis hash {0}")]
    Genesis(HexFault),
    /// The contract is malformed.
    #[error("the contract {0}")]
    Contract(HexFault),
    /// The number is malformed.
    #[error(
        "`{0}` is no number of an identity: digits alone, none of them a leading zero, below 2^64"
    )]
    Number(String),
}

/// Why a text is not 32 bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HexFault {
    /// It begins with `0x`.
    #[error("is written without 0x")]
    Prefix,
    /// It has an upper-case digit.
    #[error("is written in small letters")]
    Capital,
    /// It is longer or shorter.
    #[error("has 64 digits, not {0}")]
    Length(usize),
    /// It has a character that is not a hexadecimal digit.
    #[error("has hexadecimal digits, and `{0}` is none")]
    Digit(char),
}

impl fmt::Display for Did {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (genesis, contract) = (hex::encode(self.genesis), hex::encode(self.contract));
        write!(f, "did:{METHOD}:{genesis}:{contract}:{}", self.identity)
    }
}

impl FromStr for Did {
    type Err = DidError;

    fn from_str(text: &str) -> Result<Self, DidError> {
        let not_did = || DidError::NotDid(text.to_owned());
        let rest = text.strip_prefix("did:").ok_or_else(not_did)?;
        let (method, rest) = rest.split_once(':').ok_or_else(not_did)?;
        let is_method = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit();
        if method.is_empty() || !method.bytes().all(is_method) {
            return Err(not_did());
        }
        let (id, end) = match rest.find(['/', '?', '#']) {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        if !is_specific(id) {
            return Err(not_did());
        }
        if method != METHOD {
            return Err(DidError::OtherMethod(method.to_owned()));
        }
        if let Some(first) = end.chars().next() {
            return Err(DidError::Url(first));
        }
        let parts: Vec<&str> = id.split(':').collect();
        let [genesis, contract, number] = parts.as_slice() else {
            return Err(DidError::Parts(parts.len()));
        };
        Ok(Self {
            genesis: bytes(genesis).map_err(DidError::Genesis)?,
            contract: bytes(contract).map_err(DidError::Contract)?,
            identity: self::number(number).ok_or_else(|| DidError::Number((*number).to_owned()))?,
        })
    }
}

/// Whether it is a `method-specific-id` of DID Core.
fn is_specific(id: &str) -> bool {
    let mut bytes = id.bytes();
    while let Some(byte) = bytes.next() {
        let is_sound = match byte {
            b'%' => {
                let mut is_digit = || bytes.next().is_some_and(|it| it.is_ascii_hexdigit());
                is_digit() && is_digit()
            }
            b'.' | b'-' | b'_' | b':' => true,
            other => other.is_ascii_alphanumeric(),
        };
        if !is_sound {
            return false;
        }
    }
    !id.is_empty() && !id.ends_with(':')
}

fn bytes(text: &str) -> Result<[u8; 32], HexFault> {
    if text.starts_with("0x") {
        return Err(HexFault::Prefix);
    }
    if let Some(other) = text.chars().find(|it| !it.is_ascii_hexdigit()) {
        return Err(HexFault::Digit(other));
    }
    if text.chars().any(|it| it.is_ascii_uppercase()) {
        return Err(HexFault::Capital);
    }
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| HexFault::Length(text.len()))?;
    Ok(bytes)
}

fn number(text: &str) -> Option<u64> {
    // Also refuses a sign, which the standard library reads.
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
