//! Accounts by CAIP-10: which chain, and the account as that chain writes it.

use sp_core::{
    crypto::{AccountId32, Ss58AddressFormat, Ss58Codec},
    keccak_256,
};

/// An account of a chain with this genesis hash and this prefix of addresses. The namespace
/// `polkadot` names a chain by the first 16 bytes of the hash.
pub(crate) fn polkadot(genesis: &[u8; 32], prefix: u16, account: [u8; 32]) -> String {
    let mut chain = hex::encode(genesis);
    chain.truncate(32);
    let format = Ss58AddressFormat::custom(prefix);
    let address = AccountId32::new(account).to_ss58check_with_version(format);
    format!("polkadot:{chain}:{address}")
}

/// An Ethereum address, with the capitals of EIP-55. A key is the same on every chain of Ethereum's
/// kind; the main one stands for all of them.
pub(crate) fn ethereum(address: &[u8; 20]) -> String {
    let digits = hex::encode(address);
    let digest = hex::encode(keccak_256(digits.as_bytes()));
    let marked = digits.chars().zip(digest.chars());
    let address: String = marked
        .map(|(digit, mark)| match mark {
            '8'..='9' | 'a'..='f' => digit.to_ascii_uppercase(),
            _ => digit,
        })
        .collect();
    format!("eip155:1:0x{address}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn an_account_is_named_by_half_of_the_genesis_hash_and_the_address_of_its_chain() {
        let mut genesis = [0xee; 32];
        genesis[..16].copy_from_slice(&[0x91; 16]);
        let mut alice = [0; 32];
        hex::decode_to_slice(
            "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
            &mut alice,
        )
        .unwrap();
        for (prefix, address) in [
            (42, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"),
            (0, "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5"),
        ] {
            let expected = format!("polkadot:{}:{address}", "91".repeat(16));
            assert_eq!(polkadot(&genesis, prefix, alice), expected);
        }
    }

    #[test]
    fn an_ethereum_address_has_the_capitals_of_eip_55() {
        // The examples of EIP-55.
        for address in [
            "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "dbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "D1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        ] {
            let mut bytes = [0; 20];
            hex::decode_to_slice(address, &mut bytes).unwrap();
            assert_eq!(ethereum(&bytes), format!("eip155:1:0x{address}"));
        }
    }
}
