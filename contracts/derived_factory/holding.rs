use crate::DappId;
use allive_access::Account;

/// What the factory keeps for an account, and an identity inherits when it loses the key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Holding {
    /// A DAPP, for its operator.
    Dapp(DappId),
    /// The credit of this account.
    Credit(Account),
}
