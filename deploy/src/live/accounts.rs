//! Accounts and hashes as people and files write them.

use anyhow::{bail, Context, Result};
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
    let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
    std::iter::once("0x".to_owned()).chain(digits).collect()
}

/// Reads 0x and 64 hexadecimal digits.
pub fn hash(text: &str) -> Result<[u8; 32]> {
    let mut hash = [0; 32];
    let digits = text.strip_prefix("0x").unwrap_or_default();
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        bail!("`{text}` is not 0x and 64 hexadecimal digits");
    }
    for (place, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * place..2 * place + 2], 16)?;
    }
    Ok(hash)
}
