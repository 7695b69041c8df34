//! Accusations, and what is lost when one is proved.

use crate::world::*;
use allive_access::{AccessError, Announced, NoticeError};
use allive_olife_id_interface::IdentityRegistry;
use olife_id::*;

#[test]
fn the_owner_accuses_and_after_the_notice_decides() {
    let mut world = attested();
    let message = world.contract().accuse(PERSON_ID, EVIDENCE);
    let answer = world.send(OWNER, message);
    let accused = Announced::new(EVIDENCE, world.now(), NOTICE);
    let truth = Truth::Accused(accused);
    let identity = PERSON_ID;
    world.assert_emitted(&answer, TruthChanged { identity, truth });
    assert_eq!(
        world.get(world.trust(PERSON)),
        CEILING,
        "accused is not proved"
    );
    world.at(accused.ready - 1);
    let condemn = |world: &mut World| rule(world, Word::Condemn);
    assert_eq!(condemn(&mut world), Err(NoticeError::TooEarly.into()));
    world.at(accused.ready);
    assert_eq!(condemn(&mut world), Ok(()));
    assert_eq!(the_person(&mut world).truth, Truth::False);
    assert_eq!(world.get(world.trust(PERSON)), 0);
    assert_eq!(condemn(&mut world), Err(IdError::NothingToDo));
    for (word, error) in [
        (Word::Accuse, IdError::Challenged),
        (Word::Acquit, IdError::NothingToDo),
    ] {
        assert_eq!(rule(&mut world, word), Err(error));
    }
    // Nobody attests it, or vouches for it, any more.
    assert_eq!(
        world.refused(ANCHOR, world.act(known(PERSON_ID, 1))),
        IdError::Challenged
    );
    assert_eq!(
        world.refused(FRIEND, world.act(vouch(1))),
        IdError::Challenged
    );
}

#[test]
fn an_accusation_lapses_and_another_must_wait() {
    let mut world = attested();
    let nothing = Err(IdError::NothingToDo);
    assert_eq!(rule(&mut world, Word::Acquit), nothing);
    assert_eq!(rule(&mut world, Word::Condemn), nothing);
    assert_eq!(rule(&mut world, Word::Accuse), Ok(()));
    let begun = world.now();
    world.at(begun + 2 * NOTICE);
    let lapsed = Err(NoticeError::Lapsed.into());
    assert_eq!(rule(&mut world, Word::Condemn), lapsed);
    assert_eq!(rule(&mut world, Word::Acquit), Err(IdError::NothingToDo));
    world.at(begun + 3 * NOTICE - 1);
    assert_eq!(rule(&mut world, Word::Accuse), Err(IdError::Challenged));
    world.at(begun + 3 * NOTICE);
    assert_eq!(rule(&mut world, Word::Accuse), Ok(()));
    assert_eq!(rule(&mut world, Word::Acquit), Ok(()));
    assert_eq!(rule(&mut world, Word::Accuse), Err(IdError::Challenged));
}

#[test]
fn nobody_but_the_owner_accuses_condemns_or_approves() {
    let mut world = attested();
    let not_owner = IdError::Access(AccessError::CallerIsNotOwner);
    for by in [PERSON, ANCHOR, STRANGER] {
        let message = world.contract().accuse(PERSON_ID, EVIDENCE);
        assert_eq!(world.refused(by, message), not_owner);
        let message = world.contract().acquit(PERSON_ID);
        assert_eq!(world.refused(by, message), not_owner);
        let message = world.contract().condemn(PERSON_ID);
        assert_eq!(world.refused(by, message), not_owner);
        let message = world.contract().approve_issuer(PERSON_ID, 1, 1);
        assert_eq!(world.refused(by, message), not_owner);
        let message = world.contract().withdraw_approval(ANCHOR_ID, None);
        assert_eq!(world.refused(by, message), not_owner);
    }
}

#[test]
fn whoever_vouched_for_a_false_identity_loses_the_bond() {
    for unvouched in [false, true] {
        let mut world = with_friend();
        world.done(FRIEND, world.act(vouch(20)));
        world.done(PERSON, world.act(accept(FRIEND_ID)));
        let forfeit = |world: &mut World| {
            let forfeit = world.contract().forfeit(FRIEND_ID, PERSON_ID);
            world.send(STRANGER, forfeit)
        };
        let refused = forfeit(&mut world).value;
        assert_eq!(refused, Ok(Err(IdError::Challenged)));
        if unvouched {
            world.done(FRIEND, world.act(unvouch()));
        }
        condemn(&mut world);
        if unvouched {
            assert_eq!(
                world.refused(FRIEND, world.act(unvouch())),
                IdError::Challenged
            );
        }
        let answer = forfeit(&mut world);
        let paid = Paid {
            identity: FRIEND_ID,
            lost_for: Some(PERSON_ID),
            to: PLACE.into(),
            amount: (20 * BOND),
        };
        world.assert_emitted(&answer, paid);
        assert_eq!(world.holds(PLACE), 20 * BOND);
        let purse = Purse {
            credit: 1_000 - 20 * BOND,
            ..Purse::default()
        };
        assert_eq!(purse_of(&mut world, FRIEND_ID), purse);
        let refused = forfeit(&mut world).value;
        assert_eq!(refused, Ok(Err(IdError::NothingToDo)));
    }
}

#[test]
fn a_bond_waits_while_its_subject_is_accused_and_returns_when_that_led_to_nothing() {
    let mut world = with_friend();
    world.done(FRIEND, world.act(vouch(20)));
    world.done(FRIEND, world.act(unvouch()));
    assert_eq!(rule(&mut world, Word::Accuse), Ok(()));
    let begun = world.now();
    world.at(begun + 2 * NOTICE - 1);
    assert_eq!(
        world.refused(FRIEND, world.act(unvouch())),
        IdError::Challenged
    );
    world.at(begun + 2 * NOTICE);
    world.done(FRIEND, world.act(unvouch()));
    assert_eq!(purse_of(&mut world, FRIEND_ID).credit, 1_000);
}

#[test]
fn an_identity_that_was_proved_false_gives_no_points() {
    let mut world = with_friend();
    fund(&mut world, PERSON_ID, 1_000);
    let friend = Action::Vouch {
        subject: FRIEND_ID,
        points: 30,
    };
    world.done(PERSON, world.act(friend));
    world.done(FRIEND, world.act(accept(PERSON_ID)));
    assert_eq!(world.get(world.trust(FRIEND)), CEILING + 30);
    condemn(&mut world);
    assert_eq!(world.get(world.trust(FRIEND)), CEILING);
    // Its money is its own.
    world.done(PERSON, world.act(withdraw(PERSON)));
    assert_eq!(world.holds(PERSON), 1_000 - 30 * BOND);
}

#[test]
fn an_identity_that_was_proved_false_inherits_all_the_same() {
    let mut world = proposed();
    world.advance(DELAY);
    assert_eq!(settle(&mut world), Ok(()));
    let left = world.now();
    condemn(&mut world);
    let follows = world
        .contract()
        .successor_since(SECOND.into(), PERSON.into());
    assert_eq!(world.get(follows), Some(left));
    assert_eq!(world.get(world.identity_of(SECOND)), None);
}

/// Nobody relied on the vouch, and nobody can any more.
#[test]
fn a_bond_for_a_vouch_that_was_never_accepted_and_has_faded_is_not_lost() {
    for (accepted, faded) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut world = with_friend();
        world.done(FRIEND, world.act(vouch(20)));
        if accepted {
            world.done(PERSON, world.act(accept(FRIEND_ID)));
            // Dropping it makes no difference.
            let accepted = false;
            let voucher = FRIEND_ID;
            world.done(PERSON, world.act(Action::Accept { voucher, accepted }));
        }
        let fades = world.now() + FADE;
        world.at(fades - NOTICE - 1);
        condemn(&mut world);
        if faded {
            world.at(fades);
        }
        let is_lost = accepted || !faded;
        let forfeit = world.contract().forfeit(FRIEND_ID, PERSON_ID);
        let answer = world.answer(STRANGER, forfeit);
        let expected = if is_lost {
            Ok(())
        } else {
            Err(IdError::NothingToDo)
        };
        assert_eq!(answer, expected, "{accepted}, {faded}");
        if is_lost {
            continue;
        }
        world.done(FRIEND, world.act(unvouch()));
        world.advance(UNBONDING);
        world.done(FRIEND, world.act(unvouch()));
        assert_eq!(purse_of(&mut world, FRIEND_ID).credit, 1_000);
    }
}

/// Else whoever is to be condemned could burn the bond of somebody who vouched long ago.
#[test]
fn a_vouch_that_has_faded_is_not_accepted() {
    let mut world = with_friend();
    world.done(FRIEND, world.act(vouch(20)));
    let fades = world.now() + FADE;
    world.at(fades);
    let late = world.refused(PERSON, world.act(accept(FRIEND_ID)));
    assert_eq!(late, IdError::NothingToDo);
    // Renewed, it counts.
    world.done(FRIEND, world.act(vouch(20)));
    world.done(PERSON, world.act(accept(FRIEND_ID)));
}

#[test]
fn a_false_identity_does_not_vouch() {
    let mut world = with_friend();
    let accuse = world.contract().accuse(FRIEND_ID, EVIDENCE);
    world.done(OWNER, accuse);
    world.advance(NOTICE);
    let condemn = world.contract().condemn(FRIEND_ID);
    world.done(OWNER, condemn);
    let refused = world.refused(FRIEND, world.act(vouch(1)));
    assert_eq!(refused, IdError::Challenged);
}
