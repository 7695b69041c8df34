//! Accusations, and what is lost when one is proved.

use crate::world::*;
use allive_access::{AccessError, Announced, NoticeError};
use allive_olife_id_interface::IdentityRegistry;
use olife_id::*;

#[test]
fn the_owner_accuses_and_after_the_notice_decides() {
    let mut world = World::known();
    let message = world.contract().rule(PERSON_ID, accuse());
    let answer = world.send(OWNER.account(), message);
    let accused = Announced::new(Digest::from([5; 32]), world.now(), NOTICE);
    let truth = Truth::Accused(accused.clone());
    let identity = PERSON_ID;
    world.assert_said(&answer, TruthChanged { identity, truth });
    assert_eq!(world.trust(PERSON), CEILING, "accused is not proved");
    world.at(accused.ready - 1);
    let condemn = |world: &mut World| {
        let condemn = world.contract().rule(PERSON_ID, Ruling::Condemn);
        world.by_owner(condemn)
    };
    assert_eq!(condemn(&mut world), Err(NoticeError::TooEarly.into()));
    world.at(accused.ready);
    assert_eq!(condemn(&mut world), Ok(()));
    assert_eq!(world.person().truth, Truth::False);
    assert_eq!(world.trust(PERSON), 0);
    assert_eq!(condemn(&mut world), Err(IdError::NothingToDo));
    for (ruling, error) in [
        (accuse(), IdError::Challenged),
        (Ruling::Acquit, IdError::NothingToDo),
    ] {
        let message = world.contract().rule(PERSON_ID, ruling);
        assert_eq!(world.by_owner(message), Err(error));
    }
    // Nobody attests it, or vouches for it, any more.
    assert_eq!(
        world.refused(ANCHOR, known(PERSON_ID, 1)),
        IdError::Challenged
    );
    assert_eq!(world.refused(FRIEND, vouch(1)), IdError::Challenged);
}

#[test]
fn an_accusation_lapses_and_another_must_wait() {
    let mut world = World::known();
    let rule = |world: &mut World, ruling| {
        let message = world.contract().rule(PERSON_ID, ruling);
        world.by_owner(message)
    };
    let nothing = Err(IdError::NothingToDo);
    assert_eq!(rule(&mut world, Ruling::Acquit), nothing);
    assert_eq!(rule(&mut world, Ruling::Condemn), nothing);
    assert_eq!(rule(&mut world, accuse()), Ok(()));
    let begun = world.now();
    world.at(begun + 2 * NOTICE);
    let condemn = world.contract().rule(PERSON_ID, Ruling::Condemn);
    assert_eq!(world.by_owner(condemn), Err(NoticeError::Lapsed.into()));
    assert_eq!(rule(&mut world, Ruling::Acquit), Err(IdError::NothingToDo));
    world.at(begun + 3 * NOTICE - 1);
    assert_eq!(rule(&mut world, accuse()), Err(IdError::Challenged));
    world.at(begun + 3 * NOTICE);
    assert_eq!(rule(&mut world, accuse()), Ok(()));
    assert_eq!(rule(&mut world, Ruling::Acquit), Ok(()));
    assert_eq!(rule(&mut world, accuse()), Err(IdError::Challenged));
}

#[test]
fn nobody_but_the_owner_accuses_condemns_or_approves() {
    let mut world = World::known();
    let not_owner = Ok(Err(IdError::Access(AccessError::CallerIsNotOwner)));
    for by in [PERSON, ANCHOR, STRANGER] {
        let message = world.contract().rule(PERSON_ID, accuse());
        assert_eq!(world.send(by, message).value, not_owner);
        let message = world.contract().approve_issuer(PERSON_ID, None);
        assert_eq!(world.send(by, message).value, not_owner);
    }
}

#[test]
fn whoever_vouched_for_a_false_identity_loses_the_bond() {
    for unvouched in [false, true] {
        let mut world = World::with_friend();
        world.done(FRIEND, vouch(20));
        world.done(PERSON, accept(FRIEND_ID));
        let forfeit = |world: &mut World| {
            let forfeit = world.contract().forfeit(FRIEND_ID, PERSON_ID);
            world.send(STRANGER, forfeit)
        };
        let refused = forfeit(&mut world).value;
        assert_eq!(refused, Ok(Err(IdError::Challenged)));
        if unvouched {
            world.done(FRIEND, unvouch());
        }
        world.condemn();
        if unvouched {
            assert_eq!(world.refused(FRIEND, unvouch()), IdError::Challenged);
        }
        let answer = forfeit(&mut world);
        let paid = Paid {
            identity: FRIEND_ID,
            lost_for: Some(PERSON_ID),
            to: PLACE.into(),
            amount: (20 * BOND).into(),
        };
        world.assert_said(&answer, paid);
        assert_eq!(world.holds(PLACE), 20 * BOND);
        let purse = Purse {
            credit: 1_000 - 20 * BOND,
            given: 0,
        };
        assert_eq!(world.purse(FRIEND_ID), purse);
        let refused = forfeit(&mut world).value;
        assert_eq!(refused, Ok(Err(IdError::NothingToDo)));
    }
}

#[test]
fn a_bond_waits_while_its_subject_is_accused_and_returns_when_that_led_to_nothing() {
    let mut world = World::with_friend();
    world.done(FRIEND, vouch(20));
    world.done(FRIEND, unvouch());
    let message = world.contract().rule(PERSON_ID, accuse());
    assert_eq!(world.by_owner(message), Ok(()));
    let begun = world.now();
    world.at(begun + 2 * NOTICE - 1);
    assert_eq!(world.refused(FRIEND, unvouch()), IdError::Challenged);
    world.at(begun + 2 * NOTICE);
    world.done(FRIEND, unvouch());
    assert_eq!(world.purse(FRIEND_ID).credit, 1_000);
}

#[test]
fn an_identity_that_was_proved_false_gives_no_points() {
    let mut world = World::with_friend();
    world.fund(PERSON_ID, 1_000);
    let friend = Action::Vouch {
        subject: FRIEND_ID,
        points: 30,
    };
    world.done(PERSON, friend);
    world.done(FRIEND, accept(PERSON_ID));
    assert_eq!(world.trust(FRIEND), CEILING + 30);
    world.condemn();
    assert_eq!(world.trust(FRIEND), CEILING);
    // Its money is its own.
    world.done(PERSON, Action::Withdraw { to: PERSON.into() });
    assert_eq!(world.holds(PERSON), 1_000 - 30 * BOND);
}

#[test]
fn an_identity_that_was_proved_false_inherits_all_the_same() {
    let mut world = World::proposed();
    world.advance(DELAY);
    assert_eq!(world.settle(), Ok(()));
    let left = world.now();
    for (ruling, wait) in [(accuse(), NOTICE), (Ruling::Condemn, 0)] {
        let rule = world.contract().rule(PERSON_ID, ruling);
        assert_eq!(world.by_owner(rule), Ok(()));
        world.advance(wait);
    }
    let follows = world
        .contract()
        .successor_since(SECOND.into(), PERSON.into());
    assert_eq!(world.get(follows), Some(left));
    assert_eq!(world.of(SECOND), None);
}
