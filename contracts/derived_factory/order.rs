/// What ALV that is paid to the factory is for: units of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Order {
    /// The DAPP whose token it is.
    pub dapp: u64,
    /// Fewer units are not accepted.
    pub min_tokens: u128,
}
