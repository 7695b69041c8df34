//! How the chapter of the two tiers ends, in tables.

use super::dapps::{FITNESS_PRICE, TOKEN};
use crate::table::{alv, table};
use anyhow::{ensure, Result};
use derived_factory::{Failure, Money, TokensIssued, TokensRedeemed};

/// What became of those who held the token of the DAPP that failed.
pub struct Ending {
    pub legs: (TokensRedeemed, TokensIssued),
    /// What lay there for the DAPP when it failed.
    pub money: Money,
    pub failure: Failure,
    pub shares: Vec<Share>,
}

/// A holder, and what a stranger had it paid.
pub struct Share {
    pub holder: &'static str,
    pub tokens: u128,
    pub paid: u128,
}

impl Share {
    /// What its tokens were sold for, at the highest price.
    fn worth(&self) -> u128 {
        self.tokens * FITNESS_PRICE
    }

    /// Refuses whatever is not the whole, to the unit.
    pub fn check(&self) -> Result<()> {
        ensure!(
            self.tokens > 0 && self.paid == self.worth(),
            "the {} held FIT for {} ALV, and was paid {}",
            self.holder,
            alv(self.worth()),
            alv(self.paid)
        );
        Ok(())
    }
}

impl Ending {
    /// The tables.
    pub fn tell(&self) {
        let (redeemed, issued) = &self.legs;
        println!("\nThe conversion");
        let mut rows = table(&["leg", "DAPP", "event", "tokens", "ALV"], 3);
        for (leg, dapp, event, tokens, amount) in [
            (
                "out of",
                "clinic",
                "TokensRedeemed",
                redeemed.tokens,
                redeemed.credited,
            ),
            (
                "into",
                "fitness",
                "TokensIssued",
                issued.tokens,
                issued.paid,
            ),
        ] {
            rows.add_row([leg, dapp, event, &shown(tokens), &alv(amount)]);
        }
        println!("{rows}");

        println!("\nWhat lay there for the fitness DAPP (ALV)");
        let mut rows = table(&["what", "amount"], 1);
        let paid: u128 = self.shares.iter().map(|share| share.paid).sum();
        for (what, amount) in [
            ("reserve", self.money.reserve),
            ("stake", self.money.stake),
            (
                "asked back, not released",
                self.money.stake_unbonding.amount,
            ),
            ("proceeds", self.money.proceeds),
            ("the pot", self.failure.pot),
            ("prepaid, and still the DAPP's", self.money.prepaid),
            ("shares of its holders", paid),
            ("left, for whoever is named for it", self.failure.pot - paid),
        ] {
            rows.add_row([what, &alv(amount)]);
        }
        println!("{rows}");

        println!("\nIts holders");
        let header = [
            "holder",
            "FIT",
            "at the price sold (ALV)",
            "paid (ALV)",
            "missing",
        ];
        let mut rows = table(&header, 1);
        for share in &self.shares {
            let worth = share.worth();
            rows.add_row([
                share.holder.to_owned(),
                shown(share.tokens),
                alv(worth),
                alv(share.paid),
                (worth - share.paid).to_string(),
            ]);
        }
        println!("{rows}");
    }
}

/// An amount of a DAPP's token.
pub fn shown(units: u128) -> String {
    format!("{}.{:02}", units / TOKEN, units % TOKEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_who_is_paid_a_unit_too_little_or_too_much_fails_the_chapter() {
        let check = |tokens, paid| {
            let holder = "patient";
            let share = Share {
                holder,
                tokens,
                paid,
            };
            share.check()
        };
        assert!(check(7, 7 * FITNESS_PRICE).is_ok());
        for (tokens, paid) in [
            (7, 7 * FITNESS_PRICE - 1),
            (7, 7 * FITNESS_PRICE + 1),
            (0, 0),
        ] {
            assert!(check(tokens, paid).is_err(), "{tokens}, {paid}");
        }
    }
}
