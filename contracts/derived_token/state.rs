use allive_access::Account;
use ink::prelude::string::String;

/// What ink! reads with every message: the inline fields of the root cell.
#[derive(Debug)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct State {
    /// Who created the token.
    pub factory: Account,
    /// The number of units that exist.
    pub total_supply: u128,
    /// Whether transfers, minting and burning have ended.
    pub frozen: bool,
}

/// What the token is called. It never changes.
#[derive(Debug)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Label {
    /// Its name.
    pub name: String,
    /// Its symbol.
    pub symbol: String,
    /// How many digits of an amount come after the decimal point.
    pub decimals: u8,
}
