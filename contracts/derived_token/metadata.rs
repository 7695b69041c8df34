use allive_derived_token_interface::Text;

/// The metadata of PSP22, over [`Text`]. Names, selectors and encodings are those of the standard.
#[ink::trait_definition]
pub trait PSP22Metadata {
    /// The name of the token.
    #[ink(message)]
    fn token_name(&self) -> Option<Text>;

    /// The symbol of the token.
    #[ink(message)]
    fn token_symbol(&self) -> Option<Text>;

    /// How many digits of an amount come after the point.
    #[ink(message)]
    fn token_decimals(&self) -> u8;
}
