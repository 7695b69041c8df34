//! How prices, rules, hands and the pause change what is possible.

use super::*;
use crate::stage::MINUTE;
use allive_access::{
    AccessError, Announced, NoticeError, Ownable, OwnershipChanged, Pausable, PauseChanged,
};
use allive_psp22_interface::TokenError;
use alv::{Alv, PAUSER};
use derived_factory::{DappAppointed, PriceChanged, RulesChanged};

/// A price is announced, comes in its time, or lapses; it may neither fall below what was promised
/// nor leave uncovered those who hold. Rules come likewise, for whoever registers later.
pub fn prices_and_rules_come_after_their_notice<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut town = Town::open(chain, genesis);
    let (owner, user, other, stranger) = (town.owner, town.user, town.other, town.stranger);
    let [operator, _] = town.operators;
    let factory = town.factory;
    let contract = || at::<DerivedFactory>(factory);
    let announce = |price| contract().announce_price(WELL, price);
    let change = || contract().change_price(WELL);
    let notice = |error| FactoryError::Notice(error);

    town.buy(user, WELL, 10, PRICE);
    town.refuse(stranger, announce(Some(12)), FactoryError::NotOperator);
    town.refuse(operator, announce(Some(0)), FactoryError::BadPrice);
    town.refuse(operator, change(), notice(NoticeError::NotAnnounced));
    town.buy(other, WELL, 10, PRICE);
    let next = town.announce(12);
    town.refuse(operator, change(), notice(NoticeError::TooEarly));
    // Until it rises, nothing is sold.
    let buy = contract().buy(WELL, 10 * PRICE, 0, 0);
    town.refuse(other, buy, FactoryError::RiseAnnounced);
    town.stage.wait_until(next.ready - 10 * MINUTE);
    town.refuse(operator, change(), notice(NoticeError::TooEarly));
    town.stage.wait_until(next.ready);
    town.refuse(stranger, change(), FactoryError::NotOperator);
    let (_, events) = town.accept(operator, change());
    assert_eq!(events, [town.priced(12, None)]);
    town.refuse(operator, change(), notice(NoticeError::NotAnnounced));
    town.buy(user, WELL, 5, 12);
    assert_eq!(town.dapp(WELL).peak, 12);

    // Twenty-five units have 130 of reserve behind them, and 1,000 of stake.
    let next = town.announce(46);
    town.stage.wait_until(next.ready);
    town.refuse(operator, change(), FactoryError::Uncovered);
    // Full cover was promised at the highest price that was paid.
    town.refuse(operator, announce(Some(11)), FactoryError::PriceTooLow);
    let next = town.announce(13);
    town.beat(WELL);
    town.stage.wait_until(next.lapses);
    town.refuse(operator, change(), notice(NoticeError::Lapsed));
    let (_, events) = town.accept(operator, announce(None));
    assert_eq!(events, [town.priced(12, None)]);

    let rules = Rules {
        min_cover: 6_000,
        stake_share: 2_000,
        min_stake: 2 * STAKE,
    };
    let unsound = Rules {
        min_cover: Rules::LEAST_COVER - 1,
        ..rules
    };
    let announce = |rules: Option<Rules>| contract().announce_rules(rules.map(Into::into));
    let not_owner = || FactoryError::Access(AccessError::CallerIsNotOwner);
    town.refuse(stranger, announce(Some(rules)), not_owner());
    town.refuse(owner, announce(Some(unsound)), FactoryError::UnsoundRules);
    let (_, events) = town.accept(owner, announce(Some(rules)));
    let Some(next) = town.stage.chain.get(contract().terms()).next_rules else {
        panic!("no rules are announced");
    };
    assert_eq!((next.value, next.lapses), (rules, next.ready + NOTICE));
    let announced = RulesChanged {
        rules: RULES,
        next: Some(next),
    };
    assert_eq!(events, [said(factory, announced)]);
    let change = || contract().change_rules();
    town.refuse(owner, change(), notice(NoticeError::TooEarly));
    town.stage.wait_until(next.ready);
    town.refuse(stranger, change(), not_owner());
    let (_, events) = town.accept(owner, change());
    let next = None;
    assert_eq!(events, [said(factory, RulesChanged { rules, next })]);
    let register = contract().register(well().into(), STAKE);
    town.refuse(operator, register, FactoryError::StakeTooSmall);
    assert_eq!(town.dapp(WELL).terms.stake_share, RULES.stake_share);
    town.buy(user, CARE, 1, CARE_PRICE);
    town.accounts([STAKED, STAKED, -167, -100], [0, 0, 2 * STAKE + 267]);
}

/// A pause of the factory stops what brings new risk, a pause of ALV what is paid in; neither stops
/// what is paid out, and both end by themselves. Factory and DAPP change hands in two steps.
pub fn a_pause_stops_new_risk_and_no_exit<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut town = Town::open(chain, genesis);
    let (owner, user, other, stranger) = (town.owner, town.user, town.other, town.stranger);
    let [operator, _] = town.operators;
    let (factory, alv) = (town.factory, town.alv);
    let contract = || at::<DerivedFactory>(factory);
    town.buy(user, CARE, 20, CARE_PRICE);

    town.refuse(stranger, contract().pause(), AccessError::CallerIsNotOwner);
    let (_, events) = town.accept(owner, contract().pause());
    let until = town.stage.chain.get(contract().paused_until());
    assert_eq!(events, [said(factory, PauseChanged { until })]);
    let paused = || FactoryError::Access(AccessError::Paused);
    let buy = || contract().buy(CARE, 70, 0, 0);
    let register = contract().register(well().into(), STAKE);
    town.refuse(user, buy(), paused());
    town.refuse(operator, register, paused());
    let convert = contract().convert(CARE, 1, 0, WELL, 0, 0);
    town.refuse(user, convert, paused());
    town.redeem(user, CARE, 5, 35);
    town.withdraw(user, 35);
    town.stage.wait_until(until);
    town.buy(other, CARE, 1, CARE_PRICE);
    town.refuse(owner, contract().pause(), AccessError::PauseTooSoon);

    appoint(&mut town.stage, alv, owner, PAUSER, owner);
    town.allow(user, 70);
    town.accept(owner, at::<Alv>(alv).pause());
    town.refuse(user, buy(), token(TokenError::Refused));
    town.redeem(user, CARE, 5, 35);
    town.withdraw(user, 35);
    town.accept(owner, at::<Alv>(alv).unpause());

    let offer = contract().transfer_ownership(Some(other.into()));
    let (_, events) = town.accept(owner, offer);
    let ownership = |owner: AccountId, pending: Option<AccountId>| OwnershipChanged {
        owner: owner.into(),
        pending: pending.map(Into::into),
    };
    assert_eq!(events, [said(factory, ownership(owner, Some(other)))]);
    let accept = || contract().accept_ownership();
    town.refuse(stranger, accept(), AccessError::CallerIsNotPendingOwner);
    let (_, events) = town.accept(other, accept());
    assert_eq!(events, [said(factory, ownership(other, None))]);

    let appointed = |operator: AccountId, pending: Option<AccountId>| DappAppointed {
        dapp: CARE,
        operator: operator.into(),
        pending: pending.map(Into::into),
        treasury: TREASURY.into(),
        signer: Some(other.into()),
    };
    let [_, operator] = town.operators;
    let hand = |treasury: AccountId| {
        contract().appoint(CARE, treasury.into(), Some(other.into()), Some(user.into()))
    };
    town.refuse(operator, hand(REMAINDER), FactoryError::BadTreasury);
    let (_, events) = town.accept(operator, hand(TREASURY));
    assert_eq!(events, [said(factory, appointed(operator, Some(user)))]);
    let accept = || contract().accept_dapp(CARE);
    town.refuse(stranger, accept(), FactoryError::NotPendingOperator);
    let (_, events) = town.accept(user, accept());
    assert_eq!(events, [said(factory, appointed(user, None))]);
    town.refuse(
        operator,
        contract().heartbeat(CARE),
        FactoryError::NotOperator,
    );
    town.accept(user, contract().heartbeat(CARE));
    town.accounts([STAKED, STAKED, -70, -7], [0, 0, 2 * STAKE + 77]);
}

impl<C: Chain> Town<'_, C> {
    /// The operator of `WELL` announces a price.
    fn announce(&mut self, price: u128) -> Announced<u128> {
        let [operator, _] = self.operators;
        let before = self.stage.chain.now();
        let message = self.contract().announce_price(WELL, Some(price));
        let (_, events) = self.accept(operator, message);
        let after = self.stage.chain.now();
        let dapp = self.dapp(WELL);
        let Some(next) = dapp.next_price else {
            panic!("no price is announced");
        };
        assert_eq!((next.value, next.lapses), (price, next.ready + NOTICE));
        assert!((before + NOTICE..=after + NOTICE).contains(&next.ready));
        assert_eq!(events, [self.priced(dapp.terms.price, Some(next))]);
        next
    }

    /// What the factory says of the price of `WELL`.
    fn priced(&self, price: u128, next: Option<Announced<u128>>) -> Event {
        let changed = PriceChanged {
            dapp: WELL,
            price,
            next,
        };
        said(self.factory, changed)
    }
}
