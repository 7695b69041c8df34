//! How tokens come into being and go out of it.

use super::{less, Answer, Issuer, Model, Purse, Signed, Sums, Who};
use allive_requests::{RequestError, LONGEST};
use derived_factory::{
    DappId,
    FactoryError::{self, *},
    Profile, MAX_DECIMALS, MAX_NAME, MAX_SYMBOL,
};

impl Model {
    pub fn register(&mut self, by: Who, treasury: Who, profile: &Profile, stake: u128) -> Answer {
        self.unpaused()?;
        let label = &profile.label;
        let [name, symbol] = [label.name.len(), label.symbol.len()];
        let named = name > 0 && name <= MAX_NAME && symbol > 0 && symbol <= MAX_SYMBOL;
        if !named || label.decimals > MAX_DECIMALS {
            return Err(BadLabel);
        }
        if profile.reserve_share > 10_000 || profile.cover > 10_000 {
            return Err(BadShare);
        }
        if profile.cover < self.rules.min_cover {
            return Err(CoverTooLow);
        }
        may_cost(profile.price, profile.cap)?;
        if stake < self.rules.min_stake {
            return Err(StakeTooSmall);
        }
        if [Who::Remainder, Who::Nobody].contains(&treasury) {
            return Err(BadTreasury);
        }
        self.charge(by, stake)?;
        self.issuers.push(Issuer {
            operator: by,
            since: self.now,
            successor: None,
            treasury,
            signer: Some(by),
            announced: None,
            beat: self.now,
            accused: None,
            accusable_from: self.now,
            end: None,
            free_from: [0; 2],
            purse: Purse {
                price: profile.price,
                cap: profile.cap,
                reserve_share: profile.reserve_share,
                cover: profile.cover,
                stake_share: self.rules.stake_share,
                reserve: 0,
                stake,
                proceeds: 0,
                leaving: [0; 2],
                prepaid: 0,
                raised: 0,
                units: 0,
                peak: 0,
            },
            holders: Sums::default(),
        });
        Ok(self.issuers.len() as u128 - 1)
    }

    pub fn buy(
        &mut self,
        by: Who,
        dapp: DappId,
        paid: u128,
        [least, backing]: [u128; 2],
    ) -> Answer {
        self.unpaused()?;
        let now = self.now;
        let issuer = self.known(dapp)?;
        issuer.live(now)?;
        let tokens = paid / issuer.purse.price;
        if tokens == 0 {
            return Err(NothingToDo);
        }
        if tokens < least {
            return Err(TooLittle);
        }
        let cost = issuer.issue(tokens, now)?;
        if issuer.purse.worth(tokens) < backing {
            return Err(TooLittleBacking);
        }
        issuer.holders[by] += tokens;
        self.charge(by, cost)?;
        Ok(tokens)
    }

    pub fn redeem(&mut self, by: Who, dapp: DappId, tokens: u128, least: u128) -> Answer {
        let now = self.now;
        let issuer = self.known(dapp)?;
        issuer.unfailed(now)?;
        let credited = issuer.purse.redeem(tokens)?;
        if credited < least {
            return Err(TooLittle);
        }
        less(&mut issuer.holders[by], tokens)?;
        self.credit(by, credited)?;
        Ok(credited)
    }

    pub fn give(&mut self, dapp: DappId, to: Who, tokens: u128) -> Result<(), FactoryError> {
        let now = self.now;
        let issuer = self.known(dapp)?;
        let cost = issuer.issue(tokens, now)?;
        issuer.purse.prepaid = (issuer.purse.prepaid.checked_sub(cost)).ok_or(TooLittleThere)?;
        issuer.holders[to] += tokens;
        Ok(())
    }

    pub fn redeem_voucher(&mut self, signed: &Signed) -> Result<(), FactoryError> {
        let now = self.now;
        if now > signed.deadline {
            return Err(Request(RequestError::Expired));
        }
        if signed.deadline - now > LONGEST {
            return Err(Request(RequestError::DeadlineTooFar));
        }
        if signed.astray {
            return Err(Request(RequestError::BadSignature));
        }
        if !self.used.insert((signed.by, signed.nonce)) {
            return Err(Request(RequestError::NonceUsed));
        }
        let issuer = self.known(signed.dapp)?;
        issuer.live(now)?;
        if issuer.signer != Some(signed.by) {
            return Err(NotSigner);
        }
        self.give(signed.dapp, signed.to, signed.tokens)
    }
}

/// A unit costs something, and all units together what can be written.
pub fn may_cost(price: u128, cap: u128) -> Result<(), FactoryError> {
    let all = price.checked_mul(cap).unwrap_or_default();
    (all > 0).then_some(()).ok_or(BadPrice)
}
