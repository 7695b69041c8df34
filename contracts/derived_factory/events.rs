//! What happened. The owner and the pause have the events of `allive_access`; each token has those
//! of PSP22.
//!
//! An account's credit is what it deposited and redeemed, less what it paid and withdrew, until
//! another inherits all of it: the events tell it to the last unit.

use crate::{DappId, DappTerms, Fund, Holding, Rules, State};
use allive_access::{Account, Announced, Timestamp};

/// A DAPP registered, and its token was created. Its operator is its first signer.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DappRegistered {
    /// Its number.
    #[ink(topic)]
    pub dapp: DappId,
    /// Its token.
    #[ink(topic)]
    pub token: Account,
    /// Who runs it, and staked.
    pub operator: Account,
    /// Who receives what was raised.
    pub treasury: Account,
    /// What it promises.
    pub terms: DappTerms,
    /// What was staked, from the operator's credit.
    pub stake: u128,
}

/// A DAPP changed hands, or was offered; or its treasury or its signer is another: how it stands
/// now.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DappAppointed {
    /// The DAPP.
    #[ink(topic)]
    pub dapp: DappId,
    /// Who runs it.
    pub operator: Account,
    /// Who may accept it.
    pub pending: Option<Account>,
    /// Who receives what was raised.
    pub treasury: Account,
    /// Whose signature makes a voucher.
    pub signer: Account,
}

/// A DAPP was accused, answered, acquitted, or failed: where it stands now.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateChanged {
    /// The DAPP.
    #[ink(topic)]
    pub dapp: DappId,
    /// Its state.
    pub state: State,
}

/// A DAPP gave a sign of life.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeartbeatSent {
    /// The DAPP.
    #[ink(topic)]
    pub dapp: DappId,
    /// The moment from which on it counts as silent without another.
    pub alive_until: Timestamp,
}

/// A price was announced or became the price, or an announcement was taken back: how it stands now.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceChanged {
    /// The DAPP.
    #[ink(topic)]
    pub dapp: DappId,
    /// What a unit costs.
    pub price: u128,
    /// What it will cost.
    pub next: Option<Announced<u128>>,
}

/// Tokens came into being and were paid for. Who looks for those of one DAPP finds the transfers
/// from nobody that its token tells of; a topic here would cost a twenty-fifth of a purchase.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokensIssued {
    /// The DAPP.
    pub dapp: DappId,
    /// Whose credit paid; nobody's if the DAPP had prepaid them.
    pub payer: Option<Account>,
    /// Who received them.
    pub to: Account,
    /// How many units.
    pub tokens: u128,
    /// What they cost.
    pub paid: u128,
    /// What came in with the order, and was credited to the payer before.
    pub paid_in: u128,
}

/// Tokens were taken out of being for ALV, which the holder was credited.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokensRedeemed {
    /// The DAPP.
    #[ink(topic)]
    pub dapp: DappId,
    /// Whose they were.
    pub holder: Account,
    /// How many units.
    pub tokens: u128,
    /// What the holder was credited.
    pub credited: u128,
}

/// A holder of a failed DAPP's token was paid a share of the pot.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareClaimed {
    /// The DAPP.
    #[ink(topic)]
    pub dapp: DappId,
    /// Who was paid.
    pub holder: Account,
    /// For how many units.
    pub tokens: u128,
    /// How much.
    pub paid: u128,
}

/// ALV of a DAPP moved.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundsMoved {
    /// The DAPP.
    #[ink(topic)]
    pub dapp: DappId,
    /// How.
    pub flow: Flow,
    /// How much.
    pub amount: u128,
    /// Whose credit paid, who was paid, or who asked.
    pub account: Account,
}

/// How ALV of a DAPP moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Flow {
    /// From a credit to the stake.
    Staked,
    /// From a credit to what is prepaid.
    Prepaid,
    /// From the stake to what is unbonding.
    StakeUnbonded,
    /// From what is prepaid to what is unbonding.
    PrepaidUnbonded,
    /// From what was unbonding to the operator.
    Released,
    /// From the proceeds to the treasury.
    Withdrawn,
    /// From the rest of a pot to the place for remainders.
    Swept,
}

impl Flow {
    /// From a credit into a fund.
    pub(crate) const fn into_fund(fund: Fund) -> Self {
        match fund {
            Fund::Stake => Self::Staked,
            Fund::Prepaid => Self::Prepaid,
        }
    }

    /// Out of a fund, to what is unbonding.
    pub(crate) const fn out_of(fund: Fund) -> Self {
        match fund {
            Fund::Stake => Self::StakeUnbonded,
            Fund::Prepaid => Self::PrepaidUnbonded,
        }
    }
}

/// ALV came in, and its payer was credited. What the same message spends of it has an event of its
/// own.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposited {
    /// Who paid.
    pub account: Account,
    /// How much.
    pub amount: u128,
}

/// A credit was paid out.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditWithdrawn {
    /// Who was paid.
    pub account: Account,
    /// How much.
    pub amount: u128,
}

/// An account took the place of a former key of its identity. How the DAPP stands now is said
/// besides; of a credit, all that lay there is the heir's.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inherited {
    /// What it inherited.
    pub holding: Holding,
    /// For whom it was kept.
    pub former: Account,
    /// For whom it is kept.
    pub heir: Account,
}

/// Rules were announced or took hold, or an announcement was taken back: how they stand now.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesChanged {
    /// For whoever registers now.
    pub rules: Rules,
    /// For whoever registers later.
    pub next: Option<Announced<Rules>>,
}
