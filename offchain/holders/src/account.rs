//! Accounts as people write them.

use crate::Holder;
use blake2::{Blake2b512, Digest};
use ink::primitives::AccountId;
use sha3::Keccak256;

/// Why a text is not an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// The field is empty.
    #[error(
        "is empty: an account is 0x and 64 hex digits, an SS58 address, or 0x and 40 hex digits"
    )]
    Empty,
    /// After `0x`, something that is not a hex digit.
    #[error("has something other than hex digits after 0x")]
    NotHex,
    /// After `0x`, neither 40 nor 64 digits.
    #[error("has {0} characters after 0x, where an address has 40 and an account 64")]
    Length(usize),
    /// An address in mixed case, in which EIP-55 puts a checksum that is wrong here.
    #[error(
        "is an address in mixed case whose EIP-55 checksum is wrong: a digit or a case was altered"
    )]
    Eip55,
    /// Neither begins with `0x` nor is the base58 of an SS58 address of 32 bytes.
    #[error("is neither 0x and hex digits nor the SS58 address of an account of 32 bytes")]
    NotSs58,
    /// An SS58 address whose checksum is wrong.
    #[error("is an SS58 address whose checksum is wrong: a character was altered")]
    Ss58Checksum,
}

/// Reads a holder: `0x` and 64 hex digits; an SS58 address, of whatever network, since the key is
/// the same; or `0x` and 40 hex digits, whose EIP-55 checksum must hold where they are in mixed
/// case.
///
/// # Errors
/// [`AccountError`].
pub fn read_holder(text: &str) -> Result<Holder, AccountError> {
    match text.strip_prefix("0x") {
        _ if text.is_empty() => Err(AccountError::Empty),
        None => ss58(text),
        Some(digits) => match digits.len() {
            40 => address(digits).map(Holder::Address),
            64 => bytes(digits).map(|account: [u8; 32]| Holder::Account(account.into())),
            length => Err(AccountError::Length(length)),
        },
    }
}

fn bytes<const N: usize>(digits: &str) -> Result<[u8; N], AccountError> {
    let mut bytes = [0; N];
    hex::decode_to_slice(digits, &mut bytes).map_err(|_| AccountError::NotHex)?;
    Ok(bytes)
}

fn address(digits: &str) -> Result<[u8; 20], AccountError> {
    let address = bytes(digits)?;
    let upper = digits.bytes().any(|digit| digit.is_ascii_uppercase());
    let lower = digits.bytes().any(|digit| digit.is_ascii_lowercase());
    if upper && lower && !has_eip55_case(digits) {
        return Err(AccountError::Eip55);
    }
    Ok(address)
}

/// EIP-55: a letter is upper case if the digit of the same place, in the Keccak-256 hash of the
/// digits in lower case, is 8 or more.
fn has_eip55_case(digits: &str) -> bool {
    let hash = Keccak256::digest(digits.to_ascii_lowercase());
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    digits.bytes().zip(nibbles).all(|(digit, nibble)| {
        !digit.is_ascii_alphabetic() || digit.is_ascii_uppercase() == (nibble >= 8)
    })
}

/// A prefix of one byte (below 64) or two (the first below 128), 32 bytes, and the first two of the
/// BLAKE2b-512 hash of `SS58PRE` and what stands before them.
fn ss58(text: &str) -> Result<Holder, AccountError> {
    // Longer texts are no addresses, and decoding takes time with the square of the length.
    if text.len() > 64 {
        return Err(AccountError::NotSs58);
    }
    let decoded = bs58::decode(text)
        .into_vec()
        .map_err(|_| AccountError::NotSs58)?;
    let (body, checksum) = decoded
        .split_last_chunk::<2>()
        .ok_or(AccountError::NotSs58)?;
    let account = match body {
        [0..=63, account @ ..] => account,
        [64..=127, _, account @ ..] => account,
        _ => return Err(AccountError::NotSs58),
    };
    let account: [u8; 32] = account.try_into().map_err(|_| AccountError::NotSs58)?;
    let hash = Blake2b512::new()
        .chain_update(b"SS58PRE")
        .chain_update(body)
        .finalize();
    if !hash.starts_with(checksum) {
        return Err(AccountError::Ss58Checksum);
    }
    Ok(Holder::Account(AccountId::from(account)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    const ALICE: &str = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

    #[test]
    fn an_account_reads_the_same_in_hex_and_in_ss58_of_any_network() {
        let alice: Holder = read_holder(ALICE).unwrap();
        assert_eq!(alice.to_string(), ALICE);
        for address in [
            "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", // generic, 42
            "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5", // Polkadot, 0
            "HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F",  // Kusama, 2
        ] {
            assert_eq!(read_holder(address), Ok(alice), "{address}");
        }
        let upper = ALICE.to_uppercase().replacen("0X", "0x", 1);
        assert_eq!(read_holder(&upper), Ok(alice));
    }

    #[test]
    fn a_prefix_of_two_bytes_is_read() {
        let mut body = vec![0x50, 0x01]; // network 257 or so: the first byte is 64 or more
        body.extend([7; 32]);
        let hash = Blake2b512::new()
            .chain_update(b"SS58PRE")
            .chain_update(&body)
            .finalize();
        body.extend(&hash[..2]);
        let text = bs58::encode(body).into_string();
        assert_eq!(read_holder(&text), Ok(Holder::Account([7; 32].into())));
    }

    #[test]
    fn the_examples_of_eip_55_are_read() {
        for text in [
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
            "0x52908400098527886E0F7030069857D2E4169EE7", // all upper: no checksum in it
            "0xde709f2102306220921060314715629080e2fb77", // all lower
        ] {
            let holder = read_holder(text).unwrap();
            assert_eq!(holder.to_string(), text.to_lowercase());
        }
    }

    #[test]
    fn an_altered_case_fails_the_checksum_of_eip_55() {
        for text in [
            "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
        ] {
            assert_eq!(read_holder(text), Err(AccountError::Eip55), "{text}");
        }
    }

    #[test]
    fn what_is_no_account_says_why() {
        for (text, error) in [
            ("", AccountError::Empty),
            ("0x", AccountError::Length(0)),
            ("0x12", AccountError::Length(2)),
            (
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg",
                AccountError::NotHex,
            ),
            (&ALICE.replace('d', "é")[..66], AccountError::NotHex),
            (&ALICE.replacen("0x", "0X", 1), AccountError::NotSs58),
            ("Alice", AccountError::NotSs58),
            (
                "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQZ",
                AccountError::Ss58Checksum,
            ),
            (
                "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQ",
                AccountError::NotSs58,
            ),
            ("1", AccountError::NotSs58),
            (&"2".repeat(1000), AccountError::NotSs58),
        ] {
            assert_eq!(read_holder(text), Err(error), "{text}");
        }
    }
}
