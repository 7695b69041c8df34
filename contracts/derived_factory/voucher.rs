//! Vouchers: a DAPP signs one so that a user gets units that the DAPP prepaid. Anybody can submit
//! it.

use crate::DappId;
use allive_access::Account;
use allive_requests::{Describe, Purpose, Request, Text};

/// Begins every signed voucher; see [`allive_requests`] for what follows.
pub const VOUCHER: Purpose = *b"allive/voucher/1";

/// A request of a DAPP's signer. It shares its nonces with all other requests of that account.
pub type Voucher = Request<Gift>;

/// Units for a user. They are paid for from the DAPP's prepaid ALV, at the price at redemption.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Gift {
    /// The DAPP whose signer signs.
    pub dapp: DappId,
    /// Who receives the tokens.
    pub to: Account,
    /// How many units.
    pub tokens: u128,
}

impl Describe for Gift {
    #[inline(never)]
    fn describe(&self, text: &mut Text) {
        text.words("Derived tokens: give ").number(self.tokens);
        text.words(" units of DAPP ").number(self.dapp);
        text.words(" to ").account(&self.to);
    }
}
