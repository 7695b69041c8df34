//! Collateral that misbehaves, callers that re-enter and replay.

use crate::world::*;
use ::hostile::{Hostile, Mode};
use allive_calls::{at, parts, Chain, Keyring, Message};
use allive_psp22_interface::TokenError;
use derived_factory::*;
use scale::{Decode, Encode};

/// Answers of a token that are none, and what the factory makes of them.
fn garbage() -> Vec<(Mode, TokenError)> {
    let answers = [
        (vec![], TokenError::Broken),
        (vec![0], TokenError::Broken),
        (vec![2, 0], TokenError::Broken),
        (vec![0, 0, 0], TokenError::Broken),
        (vec![0, 1, 6], TokenError::Broken),
        (vec![1, 1], TokenError::Broken),
        (vec![0xff; 1_000], TokenError::Broken),
        (vec![0, 1, 0, 0], TokenError::Refused),
        (vec![0, 1, 1], TokenError::InsufficientBalance),
        (vec![0, 1, 2], TokenError::InsufficientAllowance),
    ];
    let answers = answers.into_iter().map(|(bytes, why)| {
        let reverted = false;
        (Mode::AnswersPayments { bytes, reverted }, why)
    });
    let mut modes = vec![
        (Mode::Refuses, TokenError::Refused),
        (Mode::Traps, TokenError::Broken),
    ];
    modes.extend(answers);
    modes
}

/// In a world in which each of them moves ALV: messages that take it in, and messages that pay it
/// out.
fn stage() -> World {
    let mut world = hostile();
    world.done(USER, world.buy(WELL, 1_000));
    let unbond = world.contract().unbond(WELL, Source::Stake, 100);
    world.done(WELL_OPERATOR, unbond);
    let failing = world.send(OTHER, world.register(well(), 1_000)).value;
    assert_eq!(failing, Ok(Ok(2)));
    world.done(USER, world.buy(2, 100));
    world.done(OTHER, world.contract().close(2));
    let empty = world.send(OTHER, world.register(well(), 1_000)).value;
    assert_eq!(empty, Ok(Ok(3)));
    world.done(OTHER, world.contract().close(3));
    world.done(USER, world.redeem(WELL, 10));
    world.done(OTHER, world.contract().deposit(50));
    wait_alive(&mut world, UNBONDING);
    world
}

type Sent = (&'static str, Keyring, Vec<u8>);

fn input<Args: Encode, R>(message: Message<Args, R>) -> Vec<u8> {
    parts(message).1
}

fn takes_in(world: &World) -> Vec<Sent> {
    let factory = || world.contract();
    let fund = |fund| input(factory().fund(WELL, fund, 100));
    let register = input(factory().register(well().into(), 500));
    vec![
        ("register", STRANGER, register),
        ("buy", STRANGER, input(factory().buy(WELL, 100, 0, 0))),
        ("fund the stake", STRANGER, fund(Fund::Stake)),
        ("prepay", STRANGER, fund(Fund::Prepaid)),
        ("deposit", STRANGER, input(factory().deposit(100))),
    ]
}

fn pays_out(world: &World) -> Vec<Sent> {
    let factory = || world.contract();
    let user = || USER.account().into();
    let proceeds = input(factory().withdraw_proceeds(WELL, 100));
    vec![
        (
            "withdraw",
            USER,
            input(factory().withdraw(USER.account().into())),
        ),
        (
            "release",
            WELL_OPERATOR,
            input(factory().release(WELL, Source::Stake)),
        ),
        ("withdraw_proceeds", WELL_OPERATOR, proceeds),
        ("claim", STRANGER, input(factory().claim(2, user()))),
    ]
}

/// Sends bytes, and returns what became of them. What is refused changes no contract.
fn send(world: &mut World, by: Keyring, input: &[u8]) -> Result<(), FactoryError> {
    let before = world.state();
    let outcome = world
        .chain
        .call(by.account(), world.factory, input.to_vec());
    let after = world.state();
    world.check();
    match outcome.result.unwrap().data[..] {
        [0, 0, ..] => Ok(()),
        [0, 1, ref why @ ..] => {
            assert!(before == after, "refused, and yet changed");
            Err(FactoryError::decode(&mut &why[..]).unwrap())
        }
        ref other => panic!("not an answer: {other:?}"),
    }
}

#[test]
fn nothing_is_given_for_collateral_that_does_not_arrive() {
    let mut world = stage();
    let held = stored_state(&mut world).held;
    let lies = |bytes| Mode::AnswersPayments {
        bytes,
        reverted: true,
    };
    let mut modes = vec![
        (Mode::KeepsFee, FactoryError::PaymentShort),
        (Mode::LiesAboutSuccess, FactoryError::PaymentShort),
        (Mode::LiesAboutBalance(0), FactoryError::PaymentShort),
        (Mode::LiesAboutBalance(held), FactoryError::PaymentShort),
        (lies(vec![0, 0]), FactoryError::PaymentShort),
        (Mode::AnswersBalances(vec![]), TokenError::Broken.into()),
        (
            Mode::AnswersBalances(vec![0; 16]),
            TokenError::Broken.into(),
        ),
        (
            Mode::AnswersBalances(vec![0; 18]),
            TokenError::Broken.into(),
        ),
    ];
    modes.extend(garbage().into_iter().map(|(mode, why)| (mode, why.into())));
    let messages = takes_in(&world);
    for (mode, why) in modes {
        world.behave(mode.clone());
        for (name, by, input) in &messages {
            let refused = send(&mut world, *by, input);
            assert_eq!(refused, Err(why.clone()), "{name}, {mode:?}");
        }
    }
    world.behave(Mode::Honest);
    for (name, by, input) in &messages {
        assert_eq!(send(&mut world, *by, input), Ok(()), "{name}");
    }
}

#[test]
fn a_payout_that_the_collateral_refuses_is_undone_and_can_be_asked_for_again() {
    let mut world = stage();
    let messages = pays_out(&world);
    for (mode, why) in garbage() {
        world.behave(mode.clone());
        for (name, by, input) in &messages {
            let refused = send(&mut world, *by, input);
            assert_eq!(refused, Err(why.clone().into()), "{name}, {mode:?}");
        }
    }
    world.behave(Mode::Honest);
    for (name, by, input) in &messages {
        assert_eq!(send(&mut world, *by, input), Ok(()), "{name}");
    }
    world.advance(CLAIMS);
    let sweep = input(world.contract().sweep(3));
    world.behave(Mode::Traps);
    let broken = TokenError::Broken.into();
    assert_eq!(send(&mut world, STRANGER, &sweep), Err(broken));
    world.behave(Mode::Honest);
    assert_eq!(send(&mut world, STRANGER, &sweep), Ok(()));
}

/// No contract can make a token pay. What belongs to others is there all the same.
#[test]
fn collateral_that_lies_about_a_payout_costs_nobody_but_the_payee() {
    let mut world = stage();
    world.behave(Mode::LiesAboutSuccess);
    let before = world.holds(USER);
    world.done(USER, world.contract().withdraw(USER.account().into()));
    assert_eq!(world.holds(USER), before);
    world.behave(Mode::Honest);
    world.done(OTHER, world.contract().withdraw(OTHER.account().into()));
    for (name, by, input) in pays_out(&world).into_iter().skip(1) {
        assert_eq!(send(&mut world, by, &input), Ok(()), "{name}");
    }
}

#[test]
fn a_donation_covers_no_lie() {
    let mut world = stage();
    let factory = world.factory;
    world.tell(ADMIN, at::<Hostile>(world.alv).mint(factory, 150));
    world.behave(Mode::LiesAboutSuccess);
    let (_, by, deposit) = takes_in(&world).pop().unwrap();
    let short = Err(FactoryError::PaymentShort);
    assert_eq!(send(&mut world, by, &deposit), short);
}

#[test]
fn redeeming_converting_and_rewarding_need_no_collateral() {
    let mut world = stage();
    world.done(OTHER, world.fund(WELL, Fund::Prepaid, 100));
    world.behave(Mode::Traps);
    assert_eq!(world.done(USER, world.redeem(WELL, 10)), 50);
    let (tokens, any) = (10, || 0);
    let convert = world
        .contract()
        .convert(WELL, tokens, any(), CARE, any(), 0);
    assert_eq!(world.done(USER, convert), 7);
    let to = USER.account().into();
    world.done(WELL_OPERATOR, world.contract().reward(WELL, to, 1));
    world.done(WELL_OPERATOR, world.contract().close(WELL));
}

#[test]
fn collateral_that_calls_back_is_stopped_and_nothing_happened() {
    let mut world = stage();
    let mut outer = takes_in(&world);
    outer.extend(pays_out(&world));
    let inner = outer.clone();
    for (name, by, input) in &outer {
        for (within, _, again) in &inner {
            for insists in [true, false] {
                world.behave(Mode::Reenters {
                    target: world.factory,
                    input: again.clone(),
                    insists,
                });
                let stopped = send(&mut world, *by, input);
                let broken = TokenError::Broken.into();
                assert_eq!(stopped, Err(broken), "{within} within {name}");
            }
        }
    }
}

/// Through another contract, whose failure the collateral survives.
#[test]
fn collateral_that_calls_back_by_a_detour_is_not_let_in_and_what_was_asked_happens_once() {
    let mut world = stage();
    let target = world.deploy_accomplice();
    let mut outer = takes_in(&world);
    outer.extend(pays_out(&world));
    for (name, by, input_) in &outer {
        let forward = at::<Hostile>(target).forward(world.factory, input_.clone());
        let again = input(forward);
        world.behave(Mode::Reenters {
            target,
            input: again,
            insists: false,
        });
        let held = stored_state(&mut world).held;
        assert_eq!(send(&mut world, *by, input_), Ok(()), "{name}");
        let answer = at::<Hostile>(world.alv).answer();
        let answer = world.tell(ADMIN, answer);
        assert_eq!(answer, Some(None), "{name}: tried, and not let in");
        assert_ne!(stored_state(&mut world).held, held, "{name}");
    }
}

#[test]
fn what_is_sent_twice_happens_once_or_is_paid_for_twice() {
    let mut world = stage();
    let target = world.deploy_accomplice();
    world.tell(ADMIN, at::<Hostile>(world.alv).mint(target, 1_000));
    let twice = |world: &mut World, input: Vec<u8>| {
        let forward = at::<Hostile>(target).forward_twice(world.factory, input);
        let (first, second) = world.tell(STRANGER, forward);
        world.check();
        [first, second].map(|answer| answer.unwrap()[0] == 0)
    };
    let factory = || world.contract();
    let user = || USER.account().into();
    let withdraw = input(factory().withdraw(target.into()));
    let claim = input(factory().claim(2, user()));
    let buy = input(factory().buy(WELL, 100, 0, 0));
    let redeem = input(factory().redeem(WELL, 15, 0));
    assert_eq!(twice(&mut world, claim), [true, false]);
    assert_eq!(twice(&mut world, buy), [true, true]);
    assert_eq!(world.holds(target), 800);
    assert_eq!(units_of(&mut world, WELL, target), 20);
    assert_eq!(twice(&mut world, redeem), [true, false]);
    assert_eq!(credited(&mut world, target), 75);
    assert_eq!(twice(&mut world, withdraw), [true, false]);
    assert_eq!(world.holds(target), 875);
}

/// The caller counts, not who signed the transaction.
#[test]
fn a_contract_can_run_a_dapp_and_be_its_treasury() {
    let mut world = stage();
    let target = world.deploy_accomplice();
    world.tell(ADMIN, at::<Hostile>(world.alv).mint(target, 1_000));
    let send = |world: &mut World, by, input: Vec<u8>| {
        let forward = at::<Hostile>(target).forward(world.factory, input);
        let answer = world.tell(by, forward).unwrap();
        world.check();
        answer[0] == 0
    };
    let treasury = target.into();
    let profile = Profile { treasury, ..well() };
    let register = input(world.contract().register(profile.into(), 1_000));
    assert!(send(&mut world, STRANGER, register));
    let dapp = 4;
    world.done(USER, world.buy(dapp, 100));
    let withdraw = input(world.contract().withdraw_proceeds(dapp, 50));
    assert!(send(&mut world, STRANGER, withdraw));
    assert_eq!(world.holds(target), 50);
    let close = input(world.contract().close(WELL));
    assert!(
        !send(&mut world, WELL_OPERATOR, close),
        "who signed does not count"
    );
}

#[test]
fn sums_beyond_what_can_be_written_are_refused_by_name() {
    let mut world = hostile();
    let all = u128::MAX - stored_state(&mut world).held - 1_000_000_000;
    for rich in [STRANGER, OTHER] {
        world.tell(ADMIN, at::<Hostile>(world.alv).mint(rich.account(), all));
    }
    let large = Profile {
        price: 1 << 60,
        cap: 1 << 60,
        ..well()
    };
    let dapp = world.done(OTHER, world.register(large, 1 << 122));
    let bought = world.send(STRANGER, world.buy(dapp, 1 << 120)).value;
    assert_eq!(bought, Ok(Ok(1 << 60)), "all units at one go");
    assert_eq!(money_of(&mut world, dapp).reserve, 1 << 119);
    world.done(STRANGER, world.contract().deposit(1 << 126));
    for refused in [
        world.contract().fund(WELL, Fund::Stake, u128::MAX),
        world.contract().fund(WELL, Fund::Stake, u128::MAX - STAKE),
    ] {
        let why = world.refused(OTHER, refused);
        assert_eq!(why, FactoryError::AmountTooLarge);
    }
    let deposit = world.contract().deposit(u128::MAX - (1 << 122));
    assert_eq!(world.refused(OTHER, deposit), FactoryError::AmountTooLarge);
    let redeemed = world.send(STRANGER, world.redeem(dapp, 1 << 60)).value;
    assert_eq!(redeemed, Ok(Ok(1 << 119)));
    world.done(STRANGER, world.buy(dapp, 1 << 120));
    world.done(OTHER, world.contract().close(dapp));
    let paid = world
        .send(STRANGER, world.claim(dapp, STRANGER.account()))
        .value;
    assert_eq!(paid, Ok(Ok(1 << 120)));
}

#[test]
fn where_the_collateral_is_no_contract_nobody_registers() {
    let mut world = hostile();
    let token_code = code("derived_token").hash().into();
    let alv = account(7);
    let new = DerivedFactoryRef::new(alv, token_code, charter().into());
    let created = world.create(ADMIN, "derived_factory", new);
    world.factory = created.unwrap().address;
    let refused = world.refused(OTHER, world.register(well(), STAKE));
    assert_eq!(refused, TokenError::Broken.into());
}

#[test]
fn input_that_is_cut_short_or_names_no_message_is_not_understood() {
    let mut world = World::new();
    let whole = input(world.contract().buy(WELL, 100, 0, 0));
    let before = world.state();
    for bytes in [
        &whole[..whole.len() - 1],
        &whole[..4],
        &[0; 4],
        &[1, 2, 3],
        &[],
    ] {
        let outcome = world
            .chain
            .call(USER.account(), world.factory, bytes.to_vec());
        assert!(outcome.result.map_or(true, |returned| returned.reverted));
        assert!(world.state() == before, "{bytes:?}");
    }
}

#[test]
fn a_cell_that_cannot_be_decoded_traps() {
    let mut world = World::new();
    let factory = world.factory;
    world.done(USER, world.contract().deposit(10));
    let dapp = world.contract().dapp(WELL);
    world.assert_undecodable_traps(factory, b"DAPP", dapp);
    let token = token_of(&mut world, WELL);
    let number = world.contract().dapp_of(token.into());
    world.assert_undecodable_traps(factory, b"TOKN", number);
    let credit = world.contract().credit_of(USER.account().into());
    world.assert_undecodable_traps(factory, b"CRDT", credit);
    let terms = world.contract().terms();
    world.assert_undecodable_traps(factory, b"GOVN", terms);
    let count = world.contract().dapp_count();
    world.assert_undecodable_traps(factory, &[0; 4], count);
}
