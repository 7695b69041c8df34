//! Vouching, and the money that stands behind it.

use crate::world::*;
use olife_id::*;

fn bond(world: &mut World) -> Option<Bond> {
    match world.look(Place::Bond(FRIEND_ID, PERSON_ID)) {
        Some(Content::Bond(bond)) => Some(bond),
        other => {
            assert_eq!(other, None);
            None
        }
    }
}

#[test]
fn alv_comes_into_a_purse_and_goes_to_whom_its_identity_says() {
    let mut world = World::new();
    world.fund(PERSON_ID, 70);
    assert_eq!(world.purse(PERSON_ID).credit, 70);
    assert_eq!(world.all_held(), 70);
    let withdraw = Action::Withdraw { to: SECOND.into() };
    let answer = world.done(PERSON, withdraw.clone());
    let paid = Paid {
        identity: PERSON_ID,
        lost_for: None,
        to: SECOND.into(),
        amount: 70.into(),
    };
    world.assert_said(&answer, paid);
    assert_eq!(world.holds(SECOND), 70);
    assert_eq!(world.all_held(), 0);
    assert_eq!(world.refused(PERSON, withdraw), IdError::NothingToDo);
}

#[test]
fn nothing_is_put_into_no_purse() {
    let mut world = World::new();
    let nothing = world.contract().deposit(PERSON_ID, 0.into());
    assert_eq!(world.by_owner(nothing), Err(IdError::NothingToDo));
    let nobody = world.contract().deposit(NEXT, 1.into());
    assert_eq!(world.by_owner(nobody), Err(IdError::UnknownIdentity));
    let unallowed = world.contract().deposit(PERSON_ID, 1.into());
    let refused = world.by_owner(unallowed);
    assert_eq!(
        refused,
        Err(IdError::Token(
            allive_psp22_interface::TokenError::InsufficientAllowance
        ))
    );
}

#[test]
fn a_vouch_stakes_a_bond_for_each_point() {
    let mut world = World::with_friend();
    world.done(FRIEND, vouch(20));
    let expected = Bond {
        points: 20,
        since: world.now(),
        amount: 20 * BOND,
        ends: None,
    };
    assert_eq!(bond(&mut world), Some(expected));
    let purse = Purse {
        credit: 1_000 - 20 * BOND,
        given: 20,
    };
    assert_eq!(world.purse(FRIEND_ID), purse);
}

#[test]
fn who_vouches_has_the_points_from_anchors_and_the_money() {
    let mut world = World::with_friend();
    for points in [0, VOUCH_CAP + 1] {
        assert_eq!(world.refused(FRIEND, vouch(points)), IdError::BadPoints);
    }
    // Points of all vouches together.
    for (subject, points) in [(GUARDIANS[0], 50), (GUARDIANS[1], CEILING - 50)] {
        world.done(FRIEND, Action::Vouch { subject, points });
    }
    assert_eq!(world.refused(FRIEND, vouch(1)), IdError::BadPoints);
    let mut world = World::with_friend();
    world.done(FRIEND, Action::Withdraw { to: FRIEND.into() });
    assert_eq!(world.refused(FRIEND, vouch(1)), IdError::TooLittleThere);
    let own = Action::Vouch {
        subject: FRIEND_ID,
        points: 1,
    };
    assert_eq!(world.refused(FRIEND, own), IdError::Itself);
    let nobody = Action::Vouch {
        subject: NEXT,
        points: 1,
    };
    assert_eq!(world.refused(FRIEND, nobody), IdError::UnknownIdentity);
}

#[test]
fn renewing_begins_the_fading_anew_and_returns_no_bond() {
    let mut world = World::with_friend();
    world.done(FRIEND, vouch(20));
    world.done(PERSON, accept(FRIEND_ID));
    world.advance(50 * olife_id::trust::DAY);
    assert_eq!(world.trust(PERSON), CEILING + 10);
    world.done(FRIEND, vouch(30));
    assert_eq!(world.trust(PERSON), CEILING + 30, "accepted already");
    world.done(FRIEND, vouch(10));
    let bond = bond(&mut world).unwrap();
    assert_eq!((bond.points, bond.amount), (10, 30 * BOND));
    assert_eq!(world.trust(PERSON), CEILING + 10);
    assert_eq!(world.purse(FRIEND_ID).given, 10);
}

#[test]
fn a_subject_accepts_a_vouch_and_drops_it() {
    let mut world = World::with_friend();
    assert_eq!(
        world.refused(PERSON, accept(FRIEND_ID)),
        IdError::NothingToDo
    );
    world.done(FRIEND, vouch(20));
    world.done(PERSON, accept(FRIEND_ID));
    assert_eq!(
        world.refused(PERSON, accept(FRIEND_ID)),
        IdError::NothingToDo
    );
    let drop = Action::Accept {
        voucher: FRIEND_ID,
        accepted: false,
    };
    world.done(PERSON, drop.clone());
    assert_eq!(world.trust(PERSON), CEILING);
    assert_eq!(world.refused(PERSON, drop), IdError::NothingToDo);
    // The friend still vouches.
    world.done(PERSON, accept(FRIEND_ID));
    assert_eq!(world.trust(PERSON), CEILING + 20);
}

#[test]
fn a_bond_returns_after_it_waited_and_no_longer_vouches_meanwhile() {
    let mut world = World::with_friend();
    world.done(FRIEND, vouch(20));
    world.done(PERSON, accept(FRIEND_ID));
    world.done(FRIEND, unvouch());
    let ends = world.now() + UNBONDING;
    assert_eq!(world.trust(PERSON), CEILING);
    assert_eq!(world.purse(FRIEND_ID).given, 0);
    assert_eq!(
        world.refused(PERSON, accept(FRIEND_ID)),
        IdError::NothingToDo
    );
    world.at(ends - 1);
    assert_eq!(world.refused(FRIEND, unvouch()), IdError::TooEarly);
    world.at(ends);
    world.done(FRIEND, unvouch());
    assert_eq!(world.purse(FRIEND_ID).credit, 1_000);
    assert_eq!(bond(&mut world), None);
    assert_eq!(world.refused(FRIEND, unvouch()), IdError::NothingToDo);
}

#[test]
fn who_vouches_again_before_the_bond_returned_uses_it_anew() {
    let mut world = World::with_friend();
    world.done(FRIEND, vouch(20));
    world.done(FRIEND, unvouch());
    world.done(FRIEND, vouch(20));
    let purse = Purse {
        credit: 1_000 - 20 * BOND,
        given: 20,
    };
    assert_eq!(world.purse(FRIEND_ID), purse);
    assert_eq!(bond(&mut world).unwrap().ends, None);
}

#[test]
fn eight_vouches_are_accepted_at_a_time() {
    let mut world = World::with_friend();
    world.watched = false;
    for place in 0..=8 {
        let key = account(0x60 + place);
        let voucher = world.create(key, &[], 0);
        world.done(ANCHOR, known(voucher, 10));
        world.fund(voucher, 100);
        world.done(key, vouch(10));
        if place < 8 {
            world.done(PERSON, accept(voucher));
        } else {
            assert_eq!(world.refused(PERSON, accept(voucher)), IdError::NoRoom);
            let drop = Action::Accept {
                voucher: NEXT,
                accepted: false,
            };
            world.done(PERSON, drop);
            world.done(PERSON, accept(voucher));
        }
    }
    assert_eq!(world.trust(PERSON), CEILING + 80);
}
