//! Accounts and hashes as people and files write them.

use anyhow::{Context, Result};
use ink::primitives::AccountId;
use sp_core::crypto::{AccountId32, Ss58AddressFormat, Ss58Codec};

/// The address of an account on the chain with this prefix (SS58).
pub fn address(account: &AccountId, prefix: u16) -> String {
    AccountId32::new(*account.as_ref()).to_ss58check_with_version(Ss58AddressFormat::custom(prefix))
}

/// Reads an address of any prefix, or 0x and 64 hexadecimal digits.
pub fn account(text: &str) -> Result<AccountId> {
    if text.starts_with("0x") {
        return hash(text).map(AccountId::from);
    }
    let (account, _) = AccountId32::from_ss58check_with_version(text)
        .with_context(|| format!("`{text}` is neither an address (SS58) nor 0x and 64 digits"))?;
    Ok(AccountId::from(<[u8; 32]>::from(account)))
}

/// 0x and hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    format!("0x{}", hex::encode(bytes))
}

/// Reads 0x and hexadecimal digits, two a byte.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    hex::decode(text.strip_prefix("0x")?).ok()
}

/// Reads 0x and 64 hexadecimal digits.
pub fn hash(text: &str) -> Result<[u8; 32]> {
    bytes(text)
        .and_then(|bytes| bytes.try_into().ok())
        .with_context(|| format!("`{text}` is not 0x and 64 hexadecimal digits"))
}
