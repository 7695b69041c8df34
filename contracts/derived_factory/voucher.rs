//! What a DAPP signs so that a user, or anybody for them, can have tokens that the DAPP paid for.

use crate::DappId;
use allive_access::Account;
use allive_signatures::Purpose;

/// Begins every signed voucher; see [`allive_signatures::Message`] for what follows.
pub const PURPOSE: Purpose = *b"allive/voucher/1";

/// Tokens for a user, paid for out of what the DAPP prepaid, at the price of the day it is
/// redeemed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Voucher {
    /// The DAPP whose signer signs.
    pub dapp: DappId,
    /// Its number among the vouchers of the DAPP. Each is good once. A DAPP counts them up: 128
    /// neighbours share a cell.
    pub number: u64,
    /// Who receives the tokens.
    pub to: Account,
    /// How many units.
    pub tokens: u128,
    /// The last moment, in milliseconds, at which it is good.
    pub expires: u64,
}

/// Vouchers that share a cell, one bit each.
const PER_CELL: u64 = 128;

/// The cell, of a DAPP's, that holds the bit of a voucher.
pub const fn cell(number: u64) -> u64 {
    number / PER_CELL
}

/// That bit, alone in its cell.
pub const fn bit(number: u64) -> u128 {
    1_u128.rotate_left((number % PER_CELL) as u32)
}
