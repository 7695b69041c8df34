//! The rules of money and time as plain Rust, under random sequences of actions.

use crate::world::*;
use allive_access::{Announced, Ownership};
use allive_derived_token_interface::DerivedTokenClient;
use allive_simulator::START;
use derived_factory::*;
use ink::env::call::FromAccountId;
use proptest::prelude::*;

/// What an operator, its buyers and holders do.
#[derive(Clone, Debug)]
pub enum Step {
    Buy(u128),
    Give(u128),
    Redeem(u128),
    Fund(Fund, u128),
    Unbond(Source, u128),
    Release(Source),
    Withdraw(u128),
    WithdrawPrepaid(u128),
    Announce(u128),
    Reprice,
    Wait(u64),
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![Just(Source::Stake), Just(Source::Proceeds)]
}

pub fn fund() -> impl Strategy<Value = Fund> {
    prop_oneof![Just(Fund::Stake), Just(Fund::Prepaid)]
}

/// Mostly small, so that fractions matter; sometimes as large as can be written.
fn amount(small: u128) -> impl Strategy<Value = u128> {
    prop_oneof![9 => 0..small, 3 => 0..small * 100, 1 => any::<u128>()]
}

pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => amount(500).prop_map(Step::Buy),
        2 => amount(50).prop_map(Step::Give),
        6 => amount(60).prop_map(Step::Redeem),
        3 => (fund(), amount(300)).prop_map(|(fund, amount)| Step::Fund(fund, amount)),
        2 => (source(), amount(300)).prop_map(|(source, amount)| Step::Unbond(source, amount)),
        2 => source().prop_map(Step::Release),
        2 => amount(300).prop_map(Step::Withdraw),
        1 => amount(300).prop_map(Step::WithdrawPrepaid),
        3 => amount(30).prop_map(Step::Announce),
        4 => Just(Step::Reprice),
        4 => prop_oneof![Just(NOTICE), Just(UNBONDING), 1..UNBONDING].prop_map(Step::Wait),
    ]
}

pub fn terms() -> impl Strategy<Value = DappTerms> {
    let share = || prop_oneof![2 => 0..=10_000_u16, 1 => Just(0), 1 => Just(10_000)];
    (1..40_u128, share(), share(), share()).prop_map(
        |(price, reserve_share, cover, stake_share)| DappTerms {
            price,
            cap: 10_000,
            reserve_share,
            cover,
            stake_share,
        },
    )
}

pub fn dapp(terms: DappTerms, stake: u128) -> Dapp {
    let operator = || WELL_OPERATOR.account().into();
    Dapp {
        operator: Ownership::new(operator()),
        since: 0,
        treasury: TREASURY.into(),
        signer: Some(operator()),
        token: DerivedTokenClient::from_account_id(account(1)),
        terms,
        next_price: None,
        life: Life::new(START, SILENCE),
        money: Money {
            stake,
            ..Money::default()
        },
        supply: 0,
        peak: 0,
    }
}

/// What a step took in, and what it paid out.
pub type Moved = (u128, u128);

/// The contract throws away a DAPP that an error left half changed; so does whoever calls this.
pub fn act(dapp: &mut Dapp, step: &Step, now: u64) -> Result<Moved, FactoryError> {
    match *step {
        Step::Buy(paid) => {
            let tokens = dapp.affordable(paid)?;
            let cost = dapp.issue(tokens, now)?;
            assert_eq!(cost, tokens * dapp.terms.price, "no purchase is rounded");
            assert!(cost <= paid && paid - cost < dapp.terms.price);
            Ok((cost, 0))
        }
        Step::Give(tokens) => dapp.give(tokens, now).map(|_| (0, 0)),
        Step::Redeem(tokens) => dapp.redeem(tokens).map(|paid| (0, paid)),
        Step::Fund(fund, amount) => dapp.fund(fund, amount).map(|()| (amount, 0)),
        Step::Unbond(source, amount) => {
            dapp.unbond(source, amount, now, UNBONDING)?;
            Ok((0, 0))
        }
        Step::Release(source) => dapp.release(source, now).map(|paid| (0, paid)),
        Step::Withdraw(amount) => dapp.withdraw(amount).map(|()| (0, amount)),
        Step::WithdrawPrepaid(amount) => dapp.withdraw_prepaid(amount).map(|()| (0, amount)),
        Step::Announce(price) => dapp.announce_price(price, now, &DURATIONS).map(|()| (0, 0)),
        Step::Reprice => dapp.change_price(now, &DURATIONS).map(|()| (0, 0)),
        Step::Wait(_) => Ok((0, 0)),
    }
}

/// All ALV that lies here for a DAPP, if that can be written.
pub fn lies(dapp: &Dapp) -> Option<u128> {
    let money = &dapp.money;
    let leaving = [money.stake_unbonding, money.proceeds_unbonding].map(|it| it.amount);
    [money.stake, money.prepaid, money.proceeds]
        .into_iter()
        .chain(leaving)
        .try_fold(money.reserve, u128::checked_add)
}

fn unbonding(dapp: &Dapp, source: Source) -> Unbonding {
    match source {
        Source::Stake => dapp.money.stake_unbonding,
        Source::Proceeds => dapp.money.proceeds_unbonding,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_the_money_is_conserved_and_the_promises_are_kept(
        terms in terms(),
        stake in 0..3_000_u128,
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let mut dapp = dapp(terms, stake);
        let (mut now, mut sum) = (START, stake);
        for step in steps {
            if let Step::Wait(time) = step {
                now += time;
            }
            let mut after = dapp.clone();
            let moved = act(&mut after, &step, now);
            let Ok((paid_in, paid_out)) = moved else { continue };
            // As the contract, which refuses what it could not hold.
            let Some(now_lies) = sum.checked_add(paid_in) else { continue };
            sum = now_lies - paid_out;
            prop_assert_eq!(lies(&after), Some(sum));

            prop_assert!(after.supply <= after.terms.cap);
            prop_assert!(after.money.reserve <= after.supply * after.terms.price);
            prop_assert!(after.money.raised <= after.supply * after.peak);
            if after.money.stake < 1 << 100 {
                prop_assert!(is_covered(&after), "{:?}", after);
            }
            prop_assert!(after.peak >= dapp.peak || after.supply == 0);
            let fixed = |dapp: &Dapp| (dapp.terms.cap, dapp.terms.reserve_share, dapp.terms.cover, dapp.terms.stake_share);
            prop_assert_eq!(fixed(&after), fixed(&dapp));
            // Behind each unit there is never less, whatever is done.
            prop_assert!(after.money.reserve * dapp.supply >= dapp.money.reserve * after.supply);
            match step {
                Step::Redeem(tokens) => {
                    prop_assert!(paid_out > 0 && paid_out <= tokens * dapp.terms.price);
                    prop_assert_eq!(paid_out, tokens * dapp.money.reserve / dapp.supply);
                }
                Step::Unbond(source, amount) => {
                    prop_assert!(amount > 0);
                    let [then, is] = [&dapp, &after].map(|dapp| unbonding(dapp, source));
                    prop_assert_eq!(is.amount, then.amount + amount);
                    prop_assert_eq!(is.ready, now + UNBONDING, "all of it waits anew");
                }
                Step::Release(source) => {
                    let [then, is] = [&dapp, &after].map(|dapp| unbonding(dapp, source));
                    prop_assert!(paid_out > 0 && now >= then.ready);
                    prop_assert_eq!((paid_out, is), (then.amount, Unbonding::default()));
                }
                Step::Announce(price) => {
                    prop_assert!(price > 0 && price * after.supply >= after.money.reserve);
                }
                Step::Reprice => {
                    prop_assert_eq!(after.next_price, None);
                    let peak = after.terms.price.max(after.peak);
                    let sold = Dapp { peak, ..after.clone() };
                    prop_assert!(is_covered(&sold), "also once a unit is sold at it");
                }
                Step::Give(tokens) | Step::Withdraw(tokens) | Step::WithdrawPrepaid(tokens) => {
                    prop_assert!(tokens > 0);
                }
                Step::Buy(_) | Step::Fund(..) | Step::Wait(_) => (),
            }
            dapp = after;
        }
    }

    #[test]
    fn a_round_trip_gains_nothing_and_splitting_it_gains_nothing(
        terms in terms(),
        steps in prop::collection::vec(step(), 0..20),
        tokens in 2..50_u128,
        part in 1..50_u128,
    ) {
        let mut dapp = dapp(terms, 1 << 90);
        for step in steps {
            let mut after = dapp.clone();
            if act(&mut after, &step, START + UNBONDING).is_ok() && after.money.stake < 1 << 100 {
                dapp = after;
            }
        }
        dapp.money.stake = 1 << 90;
        let before = dapp.clone();
        prop_assume!(dapp.supply + tokens <= dapp.terms.cap);
        let now = START + 4 * UNBONDING;
        let cost = dapp.issue(tokens, now).unwrap();
        let whole = dapp.clone();
        let paid = dapp.redeem(tokens).unwrap_or_default();
        prop_assert!(paid <= cost, "bought for {cost}, redeemed for {paid}");

        // In two purchases it costs as much, and no less goes to the reserve.
        let part = part % (tokens - 1) + 1;
        let mut split = before.clone();
        let costs = split.issue(part, now).unwrap() + split.issue(tokens - part, now).unwrap();
        prop_assert_eq!(costs, cost);
        prop_assert!(split.money.reserve >= whole.money.reserve);

        // In two redemptions it brings no more.
        let mut split = whole.clone();
        let parts = split.redeem(part).unwrap_or_default() + split.redeem(tokens - part).unwrap_or_default();
        prop_assert!(parts <= paid);
    }

    #[test]
    fn a_failure_pays_every_holder_by_one_ratio_and_at_most_the_peak(
        holdings in prop::collection::vec(prop_oneof![1..50_u128, 1..1_000_000_u128], 1..12),
        funds in prop::array::uniform5(prop_oneof![0..1_000_u128, 0..20_000_000_u128]),
        [price, peak] in prop::array::uniform2(1..50_u128),
    ) {
        let supply: u128 = holdings.iter().sum();
        let pot: u128 = funds.iter().sum();
        let mut dapp = dapp(DappTerms { price, cap: supply, reserve_share: 0, cover: 0, stake_share: 0 }, 0);
        (dapp.supply, dapp.peak) = (supply, peak);
        let [reserve, stake, proceeds, stake_unbonding, proceeds_unbonding] = funds;
        let [stake_unbonding, proceeds_unbonding] =
            [stake_unbonding, proceeds_unbonding].map(|amount| Unbonding { amount, ready: START });
        dapp.money = Money {
            reserve, stake, proceeds, stake_unbonding, proceeds_unbonding, prepaid: 77, raised: supply,
        };
        let live = FactoryError::WrongPhase(Phase::Live);
        prop_assert_eq!(dapp.claim(1, START), Err(live.clone()));
        prop_assert_eq!(dapp.sweep(START), Err(live));
        dapp.fail(Cause::OwnWord, START, CLAIMS).unwrap();
        prop_assert_eq!(&dapp.money, &Money { prepaid: 77, ..Money::default() });
        let peak = price.min(peak);
        let (last, ends) = (START + CLAIMS - 1, START + CLAIMS);
        let mut paid = 0;
        for tokens in &holdings {
            let right = (tokens * pot / supply).min(tokens * peak);
            match dapp.claim(*tokens, last) {
                Ok(share) => prop_assert_eq!(share, right),
                Err(why) => prop_assert_eq!((why, right), (FactoryError::NothingToDo, 0)),
            }
            paid += right;
            prop_assert_eq!(dapp.claim(*tokens, ends), Err(FactoryError::Expired));
        }
        prop_assert!(paid <= pot);
        prop_assert_eq!(dapp.sweep(last), Err(FactoryError::TooEarly));
        let rest = dapp.sweep(ends).unwrap_or_default();
        prop_assert_eq!(paid + rest, pot);
        if pot <= supply * peak {
            prop_assert!(rest < holdings.len() as u128, "less than a unit for each");
        }
        prop_assert_eq!(dapp.sweep(ends), Err(FactoryError::NothingToDo));
    }

    #[test]
    fn terms_follow_exactly_within_the_bounds(
        price in prop_oneof![0..3_u128, any::<u128>()],
        cap in prop_oneof![0..3_u128, any::<u128>()],
        reserve_share in prop_oneof![9_999..10_002_u16, any::<u16>()],
        cover in prop_oneof![4_999..5_002_u16, 9_999..10_002_u16, any::<u16>()],
    ) {
        let profile = Profile { price, cap, reserve_share, cover, ..well() };
        let right = if reserve_share > 10_000 || cover > 10_000 {
            Err(FactoryError::BadShare)
        } else if cover < RULES.min_cover {
            Err(FactoryError::CoverTooLow)
        } else if price == 0 || cap == 0 || price.checked_mul(cap).is_none() {
            Err(FactoryError::BadPrice)
        } else {
            let stake_share = RULES.stake_share;
            Ok(DappTerms { price, cap, reserve_share, cover, stake_share })
        };
        prop_assert_eq!(profile.terms(&RULES), right);
    }

    #[test]
    fn durations_are_sound_exactly_within_their_bounds(
        short in prop::array::uniform4(prop_oneof![0..3_u64, Just(Durations::LONGEST), Just(Durations::LONGEST + 1), any::<u64>()]),
        longer in prop_oneof![0..3_u64, any::<u64>()],
    ) {
        let [silence, answer, notice, claims] = short;
        let window = u128::from(silence) + 2 * u128::from(answer);
        let unbonding = u64::try_from(window).unwrap_or(u64::MAX).saturating_add(longer);
        let durations = Durations { silence, answer, unbonding, notice, claims };
        let all = [silence, answer, unbonding, notice, claims];
        let right = all.iter().all(|it| *it > 0 && *it <= Durations::LONGEST) && u128::from(unbonding) > window;
        prop_assert_eq!(durations.are_sound(), right);
    }
}

/// Half of the sums that a DAPP could ever be asked for have no representation. None wraps or
/// panics.
#[test]
fn sums_at_the_edge_of_what_can_be_written_are_right_or_refused() {
    let max = u128::MAX;
    let terms = |price, cap| DappTerms {
        price,
        cap,
        reserve_share: 10_000,
        cover: 10_000,
        stake_share: 10_000,
    };
    let mut full = dapp(terms(max, 1), max);
    assert_eq!(
        full.clone().issue(1, START),
        Err(FactoryError::AmountTooLarge)
    );
    full.money.stake = 0;
    assert_eq!(full.clone().issue(1, START), Err(FactoryError::Understaked));
    full.terms.stake_share = 0;
    assert_eq!(full.issue(1, START), Ok(max));
    assert_eq!(full.issue(1, START), Err(FactoryError::CapExceeded));
    assert_eq!(
        full.redeem(2),
        Err(allive_psp22_interface::TokenError::InsufficientBalance.into())
    );
    assert_eq!(full.clone().redeem(1), Ok(max));

    let mut many = dapp(terms(1, max), 0);
    many.terms.stake_share = 0;
    assert_eq!(many.issue(max, START), Ok(max));
    assert_eq!(many.clone().issue(1, START), Err(FactoryError::CapExceeded));
    assert_eq!(many.clone().redeem(max), Ok(max));
    assert_eq!(many.clone().redeem(max - 1), Ok(max - 1));
    assert_eq!(many.fund(Fund::Stake, 1), Ok(()));
    assert_eq!(
        many.clone().fund(Fund::Stake, max),
        Err(FactoryError::AmountTooLarge)
    );
    let fails = many.fail(Cause::OwnWord, START, CLAIMS);
    assert_eq!(fails, Err(FactoryError::AmountTooLarge));
}

/// That cover cannot be lost is proved above; should it be, nothing more leaves.
#[test]
fn nothing_leaves_and_nothing_is_sold_where_the_promise_is_not_kept() {
    let mut bare = dapp(
        DappTerms {
            price: 10,
            cap: 1_000,
            reserve_share: 10_000,
            cover: 10_000,
            stake_share: 1_000,
        },
        0,
    );
    (bare.supply, bare.peak) = (100, 10);
    bare.money.proceeds = 50;
    bare.money.stake_unbonding.amount = 50;
    bare.money.proceeds_unbonding.amount = 50;
    bare.next_price = Some(Announced::new(10, START, NOTICE));
    bare.money.prepaid = 50;
    bare.money.reserve = 999;
    for raised in [0, 1_000] {
        bare.money.raised = raised;
        let why = if raised == 0 {
            FactoryError::Uncovered
        } else {
            bare.money.reserve = 1_000;
            FactoryError::Understaked
        };
        let refused = |outcome: Result<(), FactoryError>| assert_eq!(outcome, Err(why.clone()));
        for source in [Source::Stake, Source::Proceeds] {
            refused(bare.clone().release(source, START).map(|_| ()));
        }
        refused(bare.clone().withdraw(1));
        refused(bare.clone().unbond(Source::Proceeds, 1, START, UNBONDING));
        refused(bare.clone().issue(1, START).map(|_| ()));
        refused(bare.clone().give(1, START).map(|_| ()));
        refused(bare.clone().change_price(START + NOTICE, &DURATIONS));
    }
}

#[test]
fn a_price_that_cannot_be_written_does_not_come_whatever_was_announced() {
    let mut dapp = dapp(
        DappTerms {
            price: 10,
            cap: 1_000,
            reserve_share: 0,
            cover: 0,
            stake_share: 0,
        },
        0,
    );
    let mut change = |price| {
        dapp.next_price = Some(Announced::new(price, START, NOTICE));
        dapp.change_price(START + NOTICE, &DURATIONS)
    };
    let beyond = u128::MAX / 1_000 + 1;
    for (price, right) in [
        (0, Err(FactoryError::BadPrice)),
        (beyond, Err(FactoryError::BadPrice)),
        (beyond - 1, Ok(())),
    ] {
        assert_eq!(change(price), right);
    }
}

#[test]
fn no_moment_lies_beyond_the_end_of_time() {
    let now = u64::MAX - 1;
    let mut life = Life::new(now, SILENCE);
    assert_eq!(
        (life.phase(now), life.phase(u64::MAX)),
        (Phase::Live, Phase::Silent)
    );
    assert_eq!(life.accuse([1; 32].into(), now, ANSWER), Ok(()));
    assert_eq!(life.accusable_from, u64::MAX);
    assert_eq!(life.phase(now), Phase::Accused);
    assert_eq!(life.phase(u64::MAX), Phase::Silent);
}
