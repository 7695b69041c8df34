//! Registering a DAPP.

use crate::world::*;
use allive_access::{AccessError, Account, Ownership, Pausable};
use allive_calls::{at, contract_address, psp22};
use allive_derived_token_interface::{DerivedToken as _, DerivedTokenClient, Label};
use allive_psp22_interface::TokenError;
use allive_simulator::START;
use derived_factory::*;
use derived_token::{DerivedToken, PSP22Metadata};
use ink::{
    env::call::FromAccountId,
    primitives::{AccountId, Hash},
};
use psp22::PSP22;

#[test]
fn a_dapp_registers_and_the_factory_creates_its_token() {
    let mut world = empty();
    let register = world.contract().register(well().into(), STAKE);
    let answer = world.send(WELL_OPERATOR, register);
    assert_eq!(answer.value, Ok(Ok(WELL)));
    assert_eq!(answer.frames, 2);
    let token = token_of(&mut world, WELL);
    let operator = || WELL_OPERATOR.account().into();
    let terms = || DappTerms {
        price: PRICE,
        cap: CAP,
        reserve_share: 5_000,
        cover: 10_000,
        stake_share: RULES.stake_share,
    };
    let registered = DappRegistered {
        dapp: WELL,
        token: token.into(),
        operator: operator(),
        treasury: TREASURY.into(),
        terms: terms(),
        stake: STAKE,
    };
    assert_eq!(
        world.event(&answer),
        (registered, vec![topic(WELL), topic(token)])
    );
    let dapp = Dapp {
        operator: Ownership::new(operator()),
        since: START,
        treasury: TREASURY.into(),
        signer: Some(operator()),
        token: DerivedTokenClient::from_account_id(token),
        terms: terms(),
        next_price: None,
        life: Life {
            state: State::Live,
            alive_until: START + SILENCE,
            accusable_from: START,
        },
        money: Money {
            stake: STAKE,
            ..Money::default()
        },
        supply: 0,
        peak: 0,
    };
    let factory = world.factory;
    let factory = || at::<DerivedFactory>(factory);
    assert_eq!(world.get(factory().dapp(WELL)), Some(dapp.into()));
    assert_eq!(world.get(factory().phase(WELL)), Some(Phase::Live));
    assert_eq!(world.get(factory().dapp_of(token.into())), Some(WELL));
    assert_eq!(world.get(factory().dapp_count()), 1);
    assert_eq!(world.get(factory().dapp(CARE)), None);
    assert_eq!(world.holds(WELL_OPERATOR), WEALTH - STAKE);

    let derived = || at::<DerivedToken>(token);
    assert_eq!(world.get(derived().factory()), world.factory.into());
    assert_eq!(world.get(derived().token_name()), Some("Wellness".into()));
    assert_eq!(world.get(derived().token_symbol()), Some("WELL".into()));
    assert_eq!(world.get(derived().token_decimals()), 2);
    assert_eq!(world.get(psp22(token).total_supply()), 0);
}

#[test]
fn dapps_are_numbered_in_order_and_one_account_may_run_several() {
    let mut world = World::new();
    for dapp in [2, 3] {
        assert_eq!(world.done(OTHER, world.register(well(), 100)), dapp);
    }
    let tokens = [0, 1, 2, 3].map(|dapp| token_of(&mut world, dapp));
    let different: std::collections::BTreeSet<_> = tokens.into();
    assert_eq!(different.len(), 4);
    assert_eq!(
        dapp_of(&mut world, 2).operator,
        dapp_of(&mut world, 3).operator
    );
}

#[test]
fn credit_is_staked_first() {
    let mut world = empty();
    world.done(OTHER, world.contract().deposit(150));
    world.done(OTHER, world.register(well(), 100));
    assert_eq!(credited(&mut world, OTHER), 50);
    world.done(OTHER, world.register(well(), 100));
    assert_eq!(credited(&mut world, OTHER), 0);
    assert_eq!(world.holds(OTHER), WEALTH - 200);
}

#[test]
fn each_bad_label_is_refused() {
    let mut world = empty();
    let long = |bytes| "x".repeat(bytes);
    for (name, symbol, decimals, sound) in [
        (long(0), long(1), 0, false),
        (long(1), long(0), 0, false),
        (long(1), long(1), 0, true),
        (long(64), long(12), 18, true),
        (long(65), long(1), 0, false),
        (long(255), long(1), 0, false),
        (long(1), long(13), 0, false),
        (long(1), long(1), 19, false),
        (long(1), long(1), 255, false),
    ] {
        let label = Label {
            name: (&*name).into(),
            symbol: (&*symbol).into(),
            decimals,
        };
        let answer = world.send(OTHER, world.register(Profile { label, ..well() }, 100));
        match answer.value.unwrap() {
            Err(why) => assert_eq!((why, sound), (FactoryError::BadLabel, false)),
            Ok(_) => assert!(sound, "{name} {symbol} {decimals}"),
        }
    }
}

#[test]
fn each_bad_promise_is_refused() {
    let mut world = empty();
    for (profile, right) in [
        (Profile { price: 0, ..well() }, Err(FactoryError::BadPrice)),
        (Profile { cap: 0, ..well() }, Err(FactoryError::BadPrice)),
        (
            Profile {
                cap: u128::MAX,
                ..well()
            },
            Err(FactoryError::BadPrice),
        ),
        (
            Profile {
                cap: u128::MAX / PRICE + 1,
                ..well()
            },
            Err(FactoryError::BadPrice),
        ),
        (
            Profile {
                cap: u128::MAX / PRICE,
                ..well()
            },
            Ok(0),
        ),
        (
            Profile {
                reserve_share: 10_001,
                ..well()
            },
            Err(FactoryError::BadShare),
        ),
        (
            Profile {
                reserve_share: 10_000,
                ..well()
            },
            Ok(1),
        ),
        (
            Profile {
                reserve_share: 0,
                ..well()
            },
            Ok(2),
        ),
        (
            Profile {
                cover: 10_001,
                ..well()
            },
            Err(FactoryError::BadShare),
        ),
        (
            Profile {
                cover: 10_000,
                ..well()
            },
            Ok(3),
        ),
        (
            Profile {
                cover: 4_999,
                ..well()
            },
            Err(FactoryError::CoverTooLow),
        ),
        (
            Profile {
                cover: 5_000,
                ..well()
            },
            Ok(4),
        ),
    ] {
        assert_eq!(world.answer(OTHER, world.register(profile, 100)), right);
    }
}

#[test]
fn a_dapp_stakes_at_least_what_the_rules_ask_for() {
    let mut world = empty();
    let least = RULES.min_stake;
    let refused = world.refused(OTHER, world.register(well(), least - 1));
    assert_eq!(refused, FactoryError::StakeTooSmall);
    assert_eq!(world.done(OTHER, world.register(well(), least)), 0);
}

#[test]
fn a_stake_that_is_not_held_or_allowed_registers_nothing() {
    let mut world = empty();
    let refused = world.refused(OTHER, world.register(well(), WEALTH + 1));
    assert_eq!(
        refused,
        TokenError::InsufficientAllowance.into(),
        "and no token was created"
    );
    assert_eq!(world.done(OTHER, world.register(well(), WEALTH)), 0);
    let refused = world.refused(USER, world.register(well(), u128::MAX));
    assert_eq!(refused, FactoryError::AmountTooLarge);
}

#[test]
fn the_place_of_remainders_is_never_a_dapps() {
    let mut world = empty();
    let treasury = REMAINDER.into();
    let profile = Profile { treasury, ..well() };
    let refused = world.refused(OTHER, world.register(profile, STAKE));
    assert_eq!(refused, FactoryError::BadTreasury);
    world.factory = factory(&mut world, token_code(), STRANGER.account().into());
    let refused = world.refused(STRANGER, world.register(well(), STAKE));
    assert_eq!(refused, FactoryError::BadTreasury);
}

#[test]
fn where_the_code_of_tokens_was_never_uploaded_nothing_registers() {
    let mut world = empty();
    world.factory = factory(&mut world, Hash::from([7; 32]), REMAINDER.into());
    let refused = world.refused(OTHER, world.register(well(), STAKE));
    assert_eq!(refused, FactoryError::TokenNotCreated);
}

/// The salt is the number of the DAPP, so that everybody can tell the address beforehand.
#[test]
fn the_address_of_a_token_follows_from_the_number_of_its_dapp() {
    let mut world = World::new();
    for dapp in [WELL, CARE] {
        let label = if dapp == WELL { well() } else { care() }.label;
        let mut input = ink::selector_bytes!("new").to_vec();
        input.extend(scale::Encode::encode(&label));
        let salt = dapp.to_le_bytes();
        let address =
            contract_address(&world.factory, &code("derived_token").hash(), &input, &salt);
        assert_eq!(token_of(&mut world, dapp), address);
    }
}

#[test]
fn of_several_reasons_to_refuse_the_first_is_given() {
    let mut world = empty();
    world.factory = factory(&mut world, Hash::from([7; 32]), REMAINDER.into());
    let pause = at::<DerivedFactory>(world.factory).pause();
    world.done(ADMIN, pause);
    let mut profile = Profile {
        label: label("", ""),
        price: 0,
        cap: 0,
        reserve_share: 10_001,
        cover: 0,
        treasury: REMAINDER.into(),
    };
    let mut stake = 0;
    let refused = |world: &mut World, profile: &Profile, stake| {
        let answer = world.send(OTHER, world.register(profile.clone(), stake));
        answer.value.unwrap().unwrap_err()
    };
    let why = refused(&mut world, &profile, stake);
    assert_eq!(why, AccessError::Paused.into());
    world.advance(PAUSE);
    type Mend = fn(&mut Profile, &mut u128);
    let mends: [(FactoryError, Mend); 7] = [
        (FactoryError::BadLabel, |profile, _| {
            profile.label = label("N", "S")
        }),
        (FactoryError::BadShare, |profile, _| {
            profile.reserve_share = 0
        }),
        (FactoryError::CoverTooLow, |profile, _| {
            profile.cover = 5_000
        }),
        (FactoryError::BadPrice, |profile, _| {
            (profile.price, profile.cap) = (1, 1)
        }),
        (FactoryError::StakeTooSmall, |_, stake| *stake = u128::MAX),
        (FactoryError::BadTreasury, |profile, _| {
            profile.treasury = TREASURY.into()
        }),
        (FactoryError::TokenNotCreated, |_, _| ()),
    ];
    for (why, mend) in mends {
        assert_eq!(refused(&mut world, &profile, stake), why);
        mend(&mut profile, &mut stake);
    }
}

fn token_code() -> Hash {
    Hash::from(code("derived_token").hash())
}

/// A factory of the same collateral, with tokens of that code and that place for remainders.
fn factory(world: &mut World, token_code: Hash, rest: Account) -> AccountId {
    let alv = world.alv;
    let new = DerivedFactoryRef::new(
        alv,
        token_code,
        Charter {
            remainder_to: rest,
            ..charter()
        }
        .into(),
    );
    let created = world.create(ADMIN, "derived_factory", new);
    let address = created.unwrap().address;
    for actor in [OTHER, STRANGER] {
        let allowed = psp22(alv).approve(address, WEALTH);
        world.done(actor, allowed);
    }
    address
}
