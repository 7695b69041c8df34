//! Tokens that misbehave.

use crate::world::*;
use ::hostile::{Hostile, Mode};
use allive_calls::{at, parts, Keyring, Typed};
use allive_psp22_interface::TokenError::{
    self, Broken, InsufficientAllowance, InsufficientBalance, Refused,
};
use DistributorError::{NothingLeft, Token};

/// Answers to a payment, as the token gives them with and without asking to be undone.
fn answers(bytes: Vec<u8>) -> [Mode; 2] {
    [false, true].map(|reverted| Mode::AnswersPayments {
        bytes: bytes.clone(),
        reverted,
    })
}

/// Ways to refuse that PSP22 has, and what the distributor makes of them.
fn refusals() -> Vec<(Mode, TokenError)> {
    let mut modes = vec![(Mode::Refuses, Refused)];
    for (bytes, error) in [
        (vec![0, 1, 0, 0], Refused),
        (vec![0, 1, 0, 4, b'?'], Refused),
        (vec![0, 1, 1], InsufficientBalance),
        (vec![0, 1, 2], InsufficientAllowance),
        (vec![0, 1, 3], Refused),
    ] {
        modes.extend(answers(bytes).map(|mode| (mode, error.clone())));
    }
    modes
}

/// Ways to be no PSP22.
fn broken() -> Vec<Mode> {
    let mut modes = vec![Mode::Traps];
    for bytes in [
        vec![],
        vec![0],
        vec![2, 0],
        vec![0, 2],
        vec![0, 0, 0],
        vec![0, 1, 6],
        vec![1, 1],
        // A reason that ends too soon, and one that is not text.
        vec![0, 1, 0, 0xfc],
        vec![0, 1, 0, 4, 0xff],
        vec![0xff; 1_000],
    ] {
        modes.extend(answers(bytes));
    }
    modes
}

fn assert_undone(mode: Mode, error: TokenError) {
    let mut world = hostile();
    world.behave(mode.clone());
    for index in [BOB, FIRST_OF_KEY_1] {
        let answer = world.refused(STRANGER, world.claim(index));
        assert_eq!(answer, Token(error.clone()), "{mode:?}");
        assert!(!world.get(world.contract().is_claimed(index)));
    }
    assert_eq!(world.get(world.contract().claimed_total()), 0);
    world.behave(Mode::Honest);
    for index in [BOB, FIRST_OF_KEY_1] {
        assert_eq!(
            world.send(STRANGER, world.claim(index)).value,
            Ok(Ok(())),
            "after {mode:?}"
        );
    }
    assert_eq!(world.get(world.contract().claimed_total()), 1_100);
}

#[test]
fn a_claim_that_the_token_refuses_is_undone() {
    for (mode, error) in refusals() {
        assert_undone(mode, error);
    }
}

#[test]
fn a_broken_token_is_an_error_and_undoes_the_claim() {
    for mode in broken() {
        assert_undone(mode, Broken);
    }
    let mut world = without_token();
    assert_eq!(world.refused(STRANGER, world.claim(BOB)), Token(Broken));
    assert!(!world.get(world.contract().is_claimed(BOB)));
    assert_eq!(world.get(world.contract().claimed_total()), 0);
}

#[test]
fn a_broken_token_is_an_error_of_the_sweep() {
    let mut modes: Vec<_> = broken()
        .into_iter()
        .map(|mode| (mode, Token(Broken)))
        .collect();
    modes.extend(
        refusals()
            .into_iter()
            .map(|(mode, error)| (mode, Token(error))),
    );
    for bytes in [vec![], vec![0], vec![0; 16], vec![0; 18], vec![1; 17]] {
        modes.push((Mode::AnswersBalances(bytes), Token(Broken)));
    }
    modes.push((Mode::LiesAboutBalance(0), NothingLeft));
    modes.push((
        Mode::LiesAboutBalance(u128::MAX),
        Token(InsufficientBalance),
    ));

    let mut world = hostile();
    world.at(DEADLINE + 1);
    for (mode, error) in modes {
        world.behave(mode.clone());
        assert_eq!(
            world.refused(STRANGER, world.contract().sweep()),
            error,
            "{mode:?}"
        );
    }
    world.behave(Mode::Honest);
    assert_eq!(
        world.done(STRANGER, world.contract().sweep()),
        world.list.total()
    );

    let mut world = without_token();
    world.at(DEADLINE + 1);
    assert_eq!(
        world.refused(STRANGER, world.contract().sweep()),
        Token(Broken)
    );
}

/// What the token, or its accomplice, says to the distributor while it is being paid from.
fn messages(world: &World) -> Vec<(&'static str, Vec<u8>)> {
    let distributor = || at::<AlvDistributor>(world.distributor);
    vec![
        ("the same claim", parts(world.claim(BOB)).1),
        ("another claim", parts(world.claim(CHARLIE)).1),
        ("an address's", parts(world.claim(FIRST_OF_KEY_1)).1),
        ("a sweep", parts(distributor().sweep()).1),
        ("a question", parts(distributor().is_claimed(BOB)).1),
    ]
}

/// Claims Bob's leaf, or sweeps.
fn outer(world: &mut World, closed: bool) -> Result<(), DistributorError> {
    if closed {
        world.answer(STRANGER, world.contract().sweep()).map(|_| ())
    } else {
        world.answer(STRANGER, world.claim(BOB))
    }
}

fn world_at(closed: bool) -> World {
    let mut world = hostile();
    if closed {
        world.at(DEADLINE + 1);
    }
    world
}

#[test]
fn a_token_that_reenters_is_not_paid_twice() {
    for closed in [false, true] {
        let mut plain = world_at(closed);
        let accomplice = plain.deploy_accomplice();
        // By themselves, those messages succeed whose time it is.
        for (name, message) in messages(&plain) {
            let forward = at::<Hostile>(accomplice).forward(plain.distributor, message);
            let asked = plain.chain.ask(STRANGER.account(), forward).value;
            let good = asked.unwrap().unwrap()[0] == 0;
            assert_eq!(
                good,
                name == "a question" || (name == "a sweep") == closed,
                "{name}"
            );
        }
        let messages = messages(&plain);
        assert_eq!(outer(&mut plain, closed), Ok(()));
        let paid = accounts(&mut plain);

        for (name, message) in messages {
            let mut world = world_at(closed);
            let accomplice = world.deploy_accomplice();
            let reenters = |target, input: &[u8], insists| Mode::Reenters {
                target,
                input: input.to_vec(),
                insists,
            };
            // The token itself: the chain stops it, and nothing happened.
            for insists in [true, false] {
                let mode = reenters(world.distributor, &message, insists);
                world.behave(mode);
                assert_eq!(outer(&mut world, closed), Err(Token(Broken)), "{name}");
            }
            // By a detour, whose failure the token survives: the payment happens once.
            let forward = at::<Hostile>(accomplice).forward(world.distributor, message);
            let detour = parts(forward).1;
            world.behave(reenters(accomplice, &detour, true));
            assert_eq!(outer(&mut world, closed), Err(Token(Refused)), "{name}");
            world.behave(reenters(accomplice, &detour, false));
            assert_eq!(outer(&mut world, closed), Ok(()), "{name}");
            let tried = world.tell(ADMIN, at::<Hostile>(world.alv).answer());
            assert_eq!(tried, Some(None), "{name}: tried, and not let in");
            assert_eq!(accounts(&mut world), paid, "{name}");
        }
    }
}

/// What everybody holds, what was claimed, and the distributor's cells.
fn accounts(world: &mut World) -> (Vec<u128>, u128, allive_support::Cells) {
    let mut holds: Vec<_> = Keyring::all()
        .into_iter()
        .map(|ring| world.holds(ring))
        .collect();
    holds.push(world.holds(world.distributor));
    let cells = world.chain.cells(world.distributor);
    (holds, world.get(world.contract().claimed_total()), cells)
}
