//! Vouchers: a DAPP signs one so that a user gets units that the DAPP prepaid. Anybody can submit
//! it.

use crate::{error::Result, DappId, DerivedFactory, FactoryError};
use allive_access::{Account, Timestamp};
use allive_signatures::{Message, Purpose, Signature};
use ink::codegen::Env as _;

/// Begins every signed voucher; see [`allive_signatures::Message`] for what follows.
pub const PURPOSE: Purpose = *b"allive/voucher/1";

/// Units for a user. They are paid for from the DAPP's prepaid ALV, at the price at redemption.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Voucher {
    /// The DAPP whose signer signs.
    pub dapp: DappId,
    /// Its number among the vouchers of the DAPP. Each number is valid once. A DAPP should count
    /// up, since 128 consecutive numbers share a cell.
    pub number: u64,
    /// Who receives the tokens.
    pub to: Account,
    /// How many units.
    pub tokens: u128,
    /// The last moment, in milliseconds, at which it is valid.
    pub expires: Timestamp,
}

/// Vouchers that share a cell, one bit each.
const PER_CELL: u64 = 128;

/// The cell of a voucher among those of its DAPP, and the voucher's bit in it.
const fn place(number: u64) -> (u64, u128) {
    let bit = 1_u128.rotate_left((number % PER_CELL) as u32);
    (number / PER_CELL, bit)
}

impl DerivedFactory {
    /// Whether a voucher was redeemed.
    pub(crate) fn has_used_voucher(&self, dapp: DappId, number: u64) -> bool {
        let (cell, bit) = place(number);
        self.vouchers.get((dapp, cell)).unwrap_or_default() & bit != 0
    }

    /// Checks a voucher and the signature of `signer`, and marks it as redeemed.
    ///
    /// # Errors
    /// `Expired`, `AlreadyUsed`, `BadSignature`.
    pub(crate) fn use_voucher(
        &mut self,
        voucher: &Voucher,
        signer: &Account,
        signature: &Signature,
    ) -> Result<()> {
        if self.env().block_timestamp() > voucher.expires {
            return Err(FactoryError::Expired);
        }
        let (cell, bit) = place(voucher.number);
        let used = self.vouchers.get((voucher.dapp, cell)).unwrap_or_default();
        if used & bit != 0 {
            return Err(FactoryError::AlreadyUsed);
        }
        let chain = self.load_governance().chain;
        let this = self.env().account_id();
        let message = Message::new(&PURPOSE, &chain, &this, voucher);
        if !message.is_signed_by(signer, signature) {
            return Err(FactoryError::BadSignature);
        }
        self.vouchers.insert((voucher.dapp, cell), &(used | bit));
        Ok(())
    }
}
