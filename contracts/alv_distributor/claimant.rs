use allive_distributor_interface::Holder;
use allive_signatures::{ethereum, ethereum::Address, ChainId, Purpose};
use ink::{prelude::vec::Vec, primitives::AccountId};

/// Stands in every text that names a destination; see [`destination_text`].
pub const PURPOSE: Purpose = *b"allive/claim/v1 ";

/// A holder, and what entitles her to be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Claimant {
    /// An account of this chain. The payment goes to it, so it need not sign.
    Account(AccountId),
    /// An Ethereum address, whose owner signed which account is paid.
    Address {
        /// The address in the list.
        address: Address,
        /// The account to be paid.
        destination: AccountId,
        /// r ‖ s ‖ v of the owner over [`destination_text`], by EIP-191.
        signature: [u8; 65],
    },
}

impl Claimant {
    /// Whose leaf is claimed.
    pub fn holder(&self) -> Holder {
        match self {
            Self::Account(account) => Holder::Account(*account),
            Self::Address { address, .. } => Holder::Address(*address),
        }
    }

    /// The account to be paid, or `None` if the holder did not sign for it.
    pub fn destination(&self, chain: &ChainId, contract: &AccountId) -> Option<AccountId> {
        match self {
            Self::Account(account) => Some(*account),
            Self::Address {
                address,
                destination,
                signature,
            } => {
                let text = destination_text(destination, chain, contract);
                (ethereum::signer_of(&text, signature)? == *address).then_some(*destination)
            }
        }
    }
}

/// What the owner of an address signs, once for all leaves of the address:
///
/// ```text
/// Pay my ALV to 0x<destination>
/// purpose: allive/claim/v1␠
/// chain: 0x<genesis hash>
/// contract: 0x<this distributor>
/// ```
///
/// (`␠` is a space.) The text has no nonce, because each leaf is paid only once. It has no
/// deadline, because the distributor has one. A second text that names another destination does not
/// revoke the first.
pub fn destination_text(destination: &AccountId, chain: &ChainId, contract: &AccountId) -> Vec<u8> {
    ethereum::text("Pay my ALV to", destination, &PURPOSE, chain, contract)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signed_text_can_be_read() {
        let text = destination_text(&[0xab; 32].into(), &[0xcd; 32], &[0x01; 32].into());
        let expected = [
            &format!("Pay my ALV to 0x{}", "ab".repeat(32)),
            "purpose: allive/claim/v1 ",
            &format!("chain: 0x{}", "cd".repeat(32)),
            &format!("contract: 0x{}", "01".repeat(32)),
        ];
        assert_eq!(String::from_utf8(text), Ok(expected.join("\n")));
    }
}
