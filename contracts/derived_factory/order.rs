/// What a payer buys, with the ALV that is paid in the same message or with credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Order {
    /// The DAPP whose token it is.
    pub dapp: u64,
    /// The least number of units that the payer accepts.
    pub min_tokens: u128,
    /// The least ALV, in its smallest unit, that must stand behind all of the bought units
    /// together: what redeeming them would pay right after the purchase.
    pub min_backing: u128,
}
