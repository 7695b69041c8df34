use derived_factory::{DappId, Fund, Profile, Rules, Source};
use std::ops::{Index, IndexMut};

/// Everybody who acts, holds or is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Owns the factory and ALV at first.
    Alice,
    /// Registers DAPPs, as Charlie does.
    Bob,
    Charlie,
    Dave,
    Eve,
    Ferdie,
    One,
    Two,
    /// Has no key, so that nobody can sign for it.
    Visitor,
    /// A contract that passes on what it is told.
    Contract,
    /// Holds, and never acts.
    Absent,
    Treasury,
    Remainder,
    Factory,
    /// The account of 32 zero bytes, which is only ever named.
    Nobody,
}
use Who::*;

impl Who {
    pub const ALL: [Self; 14] = [
        Alice, Bob, Charlie, Dave, Eve, Ferdie, One, Two, Visitor, Contract, Absent, Treasury,
        Remainder, Factory,
    ];
    /// Who sends messages.
    pub const ACTORS: [Self; 10] = [
        Alice, Bob, Charlie, Dave, Eve, Ferdie, One, Two, Visitor, Contract,
    ];
    /// Who has an identity at first, in the order of their numbers.
    pub const PERSONS: [Self; 4] = [Bob, Charlie, Dave, Eve];
    /// Who signs.
    pub const KEYS: [Self; 8] = [Alice, Bob, Charlie, Dave, Eve, Ferdie, One, Two];
}

/// An amount for everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums([u128; Who::ALL.len()]);

impl Sums {
    pub fn sum(&self) -> u128 {
        self.0.iter().sum()
    }
}

impl Index<Who> for Sums {
    type Output = u128;

    fn index(&self, who: Who) -> &u128 {
        &self.0[who as usize]
    }
}

impl IndexMut<Who> for Sums {
    fn index_mut(&mut self, who: Who) -> &mut u128 {
        &mut self.0[who as usize]
    }
}

/// What somebody does.
#[derive(Clone, Debug)]
pub enum Action {
    Register(Who, Box<Profile>, u128),
    Heartbeat(DappId),
    AcceptDapp(DappId),
    Appoint {
        dapp: DappId,
        treasury: Who,
        signer: Option<Who>,
        successor: Option<Who>,
    },
    AnnouncePrice(DappId, Option<u128>),
    ChangePrice(DappId),
    Deposit(u128),
    /// ALV is paid to the factory, which is told so, and becomes credit.
    PayIn(u128),
    /// ALV is paid to the factory, which is told so, for units.
    Order {
        dapp: DappId,
        paid: u128,
        least: [u128; 2],
    },
    Buy {
        dapp: DappId,
        paid: u128,
        /// Of units, and of what stands behind them.
        least: [u128; 2],
    },
    Redeem {
        dapp: DappId,
        tokens: u128,
        least: u128,
    },
    Convert {
        from: DappId,
        tokens: u128,
        least_credit: u128,
        to: DappId,
        least: [u128; 2],
    },
    Withdraw,
    Fund(DappId, Fund, u128),
    Unbond(DappId, Source, u128),
    Release(DappId, Source),
    WithdrawProceeds(DappId, u128),
    WithdrawPrepaid(DappId, u128),
    Reward {
        dapp: DappId,
        to: Who,
        tokens: u128,
    },
    RedeemVoucher(Box<Signed>),
    Close(DappId),
    DeclareSilent(DappId),
    Accuse(DappId, u8),
    Answer(DappId, u8),
    Acquit(DappId),
    Decide(DappId),
    Claim(DappId, Who),
    Sweep(DappId),
    /// What is kept for a former key of the actor's identity.
    Inherit(Kept),
    /// By its own word, a key leaves its identity to another, which waits for it.
    Rekey(Who),
    AnnounceRules(Option<Rules>),
    ChangeRules,
    TransferOwnership(Option<Who>),
    AcceptOwnership,
    Pause,
    Unpause,
    /// Units of a DAPP's token change hands.
    Transfer {
        dapp: DappId,
        to: Who,
        units: u128,
    },
    /// ALV changes hands.
    Pay(Who, u128),
    /// ALV is allowed to the factory.
    Allow(u128),
    PauseAlv,
    UnpauseAlv,
    /// Time passes.
    Wait(u64),
}

/// What the factory keeps for somebody.
#[derive(Clone, Copy, Debug)]
pub enum Kept {
    Dapp(DappId),
    Credit(Who),
}

/// A voucher and its signature.
#[derive(Clone, Debug)]
pub struct Signed {
    pub dapp: DappId,
    pub tokens: u128,
    pub nonce: u64,
    pub deadline: u64,
    pub to: Who,
    pub by: Who,
    /// Signed for another chain.
    pub astray: bool,
}

impl Action {
    /// Its name.
    pub fn kind(&self) -> String {
        let text = format!("{self:?}");
        let end = text.find(|letter: char| !letter.is_alphanumeric());
        text[..end.unwrap_or(text.len())].to_owned()
    }
}
