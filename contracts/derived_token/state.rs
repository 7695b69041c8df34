use allive_access::Account;
use ink::prelude::string::String;

/// What ink! reads with every message: the inline fields of the root cell.
#[derive(Debug)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct State {
    /// Who created the token.
    pub factory: Account,
    /// All units in being.
    pub total_supply: u128,
    /// Whether nothing moves any more.
    pub frozen: bool,
}

/// What the token is called: for good.
#[derive(Debug)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Label {
    /// Its name.
    pub name: String,
    /// Its symbol.
    pub symbol: String,
    /// How many digits of an amount come after the point.
    pub decimals: u8,
}
