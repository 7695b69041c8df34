/// What a payer buys with the ALV that is paid in the same message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Order {
    /// The DAPP whose token it is.
    pub dapp: u64,
    /// The least number of units that the payer accepts.
    pub min_tokens: u128,
}
