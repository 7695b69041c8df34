//! The events of the factory. Ownership and pause have the events of `allive_access`; each token
//! has those of PSP22.
//!
//! The credit of an account can be computed from the events: it is what the account deposited and
//! redeemed, less what it paid and withdrew. An heir inherits all of it.

use crate::{DappId, DappTerms, Fund, Holding, Rules, Source, State};
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
    /// Who runs it and staked for it.
    pub operator: Account,
    /// Who receives the proceeds.
    pub treasury: Account,
    /// What it promises.
    pub terms: DappTerms,
    /// What was staked, from the operator's credit.
    pub stake: u128,
}

/// The operator of a DAPP, its pending operator, its treasury or its signer changed. The fields
/// hold the new state.
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
    /// Who receives the proceeds.
    pub treasury: Account,
    /// Who signs vouchers, if anybody does.
    pub signer: Option<Account>,
}

/// A DAPP was accused, answered, was acquitted, or failed. The field holds the new state.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateChanged {
    /// The DAPP.
    #[ink(topic)]
    pub dapp: DappId,
    /// Its state.
    pub state: State,
}

/// A DAPP sent a heartbeat.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeartbeatSent {
    /// The DAPP.
    #[ink(topic)]
    pub dapp: DappId,
    /// The moment from which on it counts as silent unless it sends another.
    pub alive_until: Timestamp,
}

/// A price was announced, took effect, or was withdrawn. The fields hold the new state.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceChanged {
    /// The DAPP.
    #[ink(topic)]
    pub dapp: DappId,
    /// What a unit costs.
    pub price: u128,
    /// The announced price.
    pub next: Option<Announced<u128>>,
}

/// Units were issued and paid for. The event has no topic, which would cost a twenty-fifth of a
/// purchase. To find the units of one DAPP, look for `Transfer` events of its token without a
/// `from`.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokensIssued {
    /// The DAPP.
    pub dapp: DappId,
    /// Who paid. None if the DAPP had prepaid them.
    pub payer: Option<Account>,
    /// Who received them.
    pub to: Account,
    /// How many units.
    pub tokens: u128,
    /// What they cost.
    pub paid: u128,
    /// The ALV that came with the order. What the units did not cost stays the payer's credit.
    pub paid_in: u128,
}

/// Units were redeemed: they were burned, and their holder was credited with ALV.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokensRedeemed {
    /// The DAPP.
    #[ink(topic)]
    pub dapp: DappId,
    /// Who redeemed them.
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
    /// Who paid, who was paid, or who asked for it.
    pub account: Account,
}

/// How ALV of a DAPP moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Flow {
    /// From a credit to the stake.
    Staked,
    /// From a credit to the prepaid ALV.
    Prepaid,
    /// The operator asked for stake.
    StakeUnbonding,
    /// The operator asked for proceeds.
    ProceedsUnbonding,
    /// From the unbonding stake to the operator.
    StakeReleased,
    /// From the unbonding proceeds to the treasury.
    ProceedsReleased,
    /// From the proceeds to the treasury, at once.
    ProceedsWithdrawn,
    /// From the prepaid ALV to the operator.
    PrepaidWithdrawn,
    /// From the rest of a pot to the remainder account.
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

    /// What the operator asked for begins to unbond.
    pub(crate) const fn unbonding(source: Source) -> Self {
        match source {
            Source::Stake => Self::StakeUnbonding,
            Source::Proceeds => Self::ProceedsUnbonding,
        }
    }

    /// What unbonded is paid.
    pub(crate) const fn released(source: Source) -> Self {
        match source {
            Source::Stake => Self::StakeReleased,
            Source::Proceeds => Self::ProceedsReleased,
        }
    }
}

/// ALV came in, and its payer was credited. If the same message spends it, that has an event of its
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
    /// Whose credit it was.
    pub account: Account,
    /// Who was paid.
    pub to: Account,
    /// How much.
    pub amount: u128,
}

/// An account inherited a holding of a former key of its identity. For a DAPP, a [`DappAppointed`]
/// follows with the new state. A credit is inherited whole.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inherited {
    /// What it inherited.
    pub holding: Holding,
    /// The former key.
    pub former: Account,
    /// Who inherited it.
    pub heir: Account,
}

/// Rules were announced, took effect, or were withdrawn. The fields hold the new state.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesChanged {
    /// The rules for DAPPs that register now.
    pub rules: Rules,
    /// The announced rules.
    pub next: Option<Announced<Rules>>,
}
