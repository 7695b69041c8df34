//! What a walk came across: one that is refused everything proves nothing.

use crate::model::{Action, Answer};
use allive_support::walks;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{Display, Formatter, Result},
};

/// Every action.
const KINDS: [&str; 42] = [
    "AcceptDapp",
    "AcceptOwnership",
    "Accuse",
    "Acquit",
    "Allow",
    "AnnouncePrice",
    "AnnounceRules",
    "Answer",
    "Appoint",
    "Buy",
    "ChangePrice",
    "ChangeRules",
    "Claim",
    "Close",
    "Convert",
    "Decide",
    "DeclareSilent",
    "Deposit",
    "Fund",
    "Heartbeat",
    "Inherit",
    "Order",
    "Pause",
    "PauseAlv",
    "Pay",
    "PayIn",
    "Redeem",
    "RedeemVoucher",
    "Register",
    "Rekey",
    "Release",
    "Reward",
    "Sweep",
    "Transfer",
    "TransferOwnership",
    "Unbond",
    "Unpause",
    "UnpauseAlv",
    "Wait",
    "Withdraw",
    "WithdrawPrepaid",
    "WithdrawProceeds",
];

/// Every refusal, but `UnsoundDurations` and `BadRemainder` of the constructor, `TokenNotCreated`
/// without the token's code, `Expired` after the claims of a pot, for which nobody waits here,
/// `NotHeir(NoAnswer)` without Olife ID, and `PaymentShort`, `NotAlv` and `Token(Broken)` where the
/// token is not ALV.
const REFUSALS: [&str; 46] = [
    "Access(CallerIsNotOwner)",
    "Access(CallerIsNotPendingOwner)",
    "Access(NotPaused)",
    "Access(PauseTooSoon)",
    "Access(Paused)",
    "AmountTooLarge",
    "BadLabel",
    "BadPrice",
    "BadShare",
    "BadSigner",
    "BadSuccessor",
    "BadTreasury",
    "CapExceeded",
    "CoverTooLow",
    "NotHeir(CameLater)",
    "NotHeir(NotSuccessor)",
    "NotOperator",
    "NotPendingOperator",
    "NotSigner",
    "NothingToDo",
    "Notice(Lapsed)",
    "Notice(NotAnnounced)",
    "Notice(TooEarly)",
    "PriceTooLow",
    "Request(BadSignature)",
    "Request(DeadlineTooFar)",
    "Request(Expired)",
    "Request(NonceUsed)",
    "RiseAnnounced",
    "StakeTooSmall",
    "Token(InsufficientAllowance)",
    "Token(InsufficientBalance)",
    "Token(Refused)",
    "TooEarly",
    "TooLittle",
    "TooLittleBacking",
    "TooLittleThere",
    "Uncovered",
    "Understaked",
    "UnknownDapp",
    "UnsoundRules",
    "WouldDilute",
    "WrongPhase(Accused)",
    "WrongPhase(Failed)",
    "WrongPhase(Live)",
    "WrongPhase(Silent)",
];

#[derive(Default)]
pub struct Tally {
    done: BTreeMap<String, u64>,
    /// By kind of action and reason.
    refused: BTreeMap<(String, String), u64>,
}

impl Tally {
    pub fn count(&mut self, action: &Action, answer: &Answer) {
        let kind = action.kind();
        match answer {
            Ok(_) => *self.done.entry(kind).or_default() += 1,
            Err(error) => {
                let refusal = (kind, format!("{error:?}"));
                *self.refused.entry(refusal).or_default() += 1;
            }
        }
    }

    /// Every action succeeded, and every refusal occurred.
    pub fn assert_complete(&self) {
        let done = self.done.keys().map(String::as_str);
        assert_same("done", done.collect(), &KINDS);
        let refused = self.refused.keys().map(|(_, reason)| &**reason);
        assert_same("refused", refused.collect(), &REFUSALS);
    }
}

impl walks::Tally for Tally {
    fn steps(&self) -> u64 {
        self.done.values().chain(self.refused.values()).sum()
    }

    fn add(&mut self, other: Self) {
        for (kind, times) in other.done {
            *self.done.entry(kind).or_default() += times;
        }
        for (refusal, times) in other.refused {
            *self.refused.entry(refusal).or_default() += times;
        }
    }
}

fn assert_same(what: &str, found: BTreeSet<&str>, all: &[&'static str]) {
    let all = BTreeSet::from_iter(all.iter().copied());
    let missing: Vec<_> = all.difference(&found).collect();
    let unknown: Vec<_> = found.difference(&all).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "{what}: missing {missing:?}, unknown {unknown:?}"
    );
}

impl Display for Tally {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        for kind in KINDS {
            let done = self.done.get(kind).copied().unwrap_or_default();
            writeln!(to, "{kind:18} {done:7} done")?;
            for ((_, reason), times) in self.refused.iter().filter(|it| it.0 .0 == kind) {
                writeln!(to, "{:18} {times:7} {reason}", "")?;
            }
        }
        Ok(())
    }
}
