//! Vouching, and the money that stands behind it.

use crate::world::*;
use ::alv::{Alv, PSP22Payable};
use allive_calls::at;
use allive_support::acting::custom;
use olife_id::*;
use scale::Encode;

fn bond(world: &mut World) -> Option<Bond> {
    match stored(world, Query::Bond(FRIEND_ID, PERSON_ID)) {
        Some(Stored::Bond(bond)) => Some(bond),
        other => {
            assert_eq!(other, None);
            None
        }
    }
}

#[test]
fn alv_comes_into_a_purse_and_goes_to_whom_its_identity_says() {
    let mut world = World::new();
    fund(&mut world, PERSON_ID, 70);
    assert_eq!(purse_of(&mut world, PERSON_ID).credit, 70);
    assert_eq!(all_held(&mut world), 70);
    let at_most = |at_most| {
        let to = SECOND.into();
        Action::Withdraw { to, at_most }
    };
    let paid = |amount| Paid {
        identity: PERSON_ID,
        lost_for: None,
        to: SECOND.into(),
        amount,
    };
    let answer = world.receipt(PERSON, world.act(at_most(30)));
    world.assert_emitted(&answer, paid(30));
    assert_eq!(purse_of(&mut world, PERSON_ID).credit, 40);
    let nothing = world.refused(PERSON, world.act(at_most(0)));
    assert_eq!(nothing, IdError::NothingToDo);
    let answer = world.receipt(PERSON, world.act(at_most(41)));
    world.assert_emitted(&answer, paid(40));
    assert_eq!(world.holds(SECOND), 70);
    assert_eq!(all_held(&mut world), 0);
    let again = world.refused(PERSON, world.act(withdraw(SECOND)));
    assert_eq!(again, IdError::NothingToDo);
}

/// A purse takes ALV by allowance alone. What comes with a call goes back.
#[test]
fn alv_that_is_sent_with_a_call_is_not_accepted() {
    let mut world = World::new();
    let before = world.holds(OWNER);
    let (to, data) = (world.id.into(), PERSON_ID.encode());
    let sent = at::<Alv>(world.alv).transfer_and_call(to, 70, data);
    assert_eq!(world.refused(OWNER, sent), custom("NotAccepted"));
    assert_eq!(world.holds(OWNER), before);
    assert_eq!(purse_of(&mut world, PERSON_ID), Purse::default());
}

#[test]
fn nothing_is_put_into_no_purse() {
    let mut world = World::new();
    let nothing = world.contract().deposit(PERSON_ID, 0);
    assert_eq!(world.refused(OWNER, nothing), IdError::NothingToDo);
    let nobody = world.contract().deposit(NEXT, 1);
    assert_eq!(world.refused(OWNER, nobody), IdError::UnknownIdentity);
    let unallowed = world.contract().deposit(PERSON_ID, 1);
    let refused = world.answer(OWNER, unallowed);
    assert_eq!(
        refused,
        Err(IdError::Token(
            allive_psp22_interface::TokenError::InsufficientAllowance
        ))
    );
}

#[test]
fn a_vouch_stakes_a_bond_for_each_point() {
    let mut world = with_friend();
    world.done(FRIEND, world.act(vouch(20)));
    let expected = Bond {
        points: 20,
        since: world.now(),
        amount: 20 * BOND,
        ends: None,
        accepted: false,
    };
    assert_eq!(bond(&mut world), Some(expected));
    let purse = Purse {
        credit: 1_000 - 20 * BOND,
        given: 20,
        ..Purse::default()
    };
    assert_eq!(purse_of(&mut world, FRIEND_ID), purse);
}

#[test]
fn who_vouches_has_the_points_from_anchors_and_the_money() {
    let mut world = with_friend();
    for points in [0, VOUCH_CAP + 1] {
        assert_eq!(
            world.refused(FRIEND, world.act(vouch(points))),
            IdError::BadPoints
        );
    }
    // Points of all vouches together.
    for (subject, points) in [(GUARDIANS[0], 50), (GUARDIANS[1], CEILING - 50)] {
        world.done(FRIEND, world.act(Action::Vouch { subject, points }));
    }
    assert_eq!(
        world.refused(FRIEND, world.act(vouch(1))),
        IdError::BadPoints
    );
    let mut world = with_friend();
    world.done(FRIEND, world.act(withdraw(FRIEND)));
    assert_eq!(
        world.refused(FRIEND, world.act(vouch(1))),
        IdError::TooLittleThere
    );
    let own = Action::Vouch {
        subject: FRIEND_ID,
        points: 1,
    };
    assert_eq!(world.refused(FRIEND, world.act(own)), IdError::Itself);
    let nobody = Action::Vouch {
        subject: NEXT,
        points: 1,
    };
    assert_eq!(
        world.refused(FRIEND, world.act(nobody)),
        IdError::UnknownIdentity
    );
}

#[test]
fn renewing_begins_the_fading_anew_and_returns_no_bond() {
    let mut world = with_friend();
    world.done(FRIEND, world.act(vouch(20)));
    world.done(PERSON, world.act(accept(FRIEND_ID)));
    world.advance(50 * olife_id::trust::DAY);
    assert_eq!(world.get(world.trust(PERSON)), CEILING + 10);
    world.done(FRIEND, world.act(vouch(30)));
    assert_eq!(
        world.get(world.trust(PERSON)),
        CEILING + 30,
        "accepted already"
    );
    world.done(FRIEND, world.act(vouch(10)));
    let bond = bond(&mut world).unwrap();
    assert_eq!((bond.points, bond.amount), (10, 30 * BOND));
    assert_eq!(world.get(world.trust(PERSON)), CEILING + 10);
    assert_eq!(purse_of(&mut world, FRIEND_ID).given, 10);
}

#[test]
fn a_subject_accepts_a_vouch_and_drops_it() {
    let mut world = with_friend();
    assert_eq!(
        world.refused(PERSON, world.act(accept(FRIEND_ID))),
        IdError::NothingToDo
    );
    world.done(FRIEND, world.act(vouch(20)));
    world.done(PERSON, world.act(accept(FRIEND_ID)));
    assert_eq!(
        world.refused(PERSON, world.act(accept(FRIEND_ID))),
        IdError::NothingToDo
    );
    let drop = Action::Accept {
        voucher: FRIEND_ID,
        accepted: false,
    };
    world.done(PERSON, world.act(drop.clone()));
    assert_eq!(world.get(world.trust(PERSON)), CEILING);
    assert_eq!(world.refused(PERSON, world.act(drop)), IdError::NothingToDo);
    // The friend still vouches.
    world.done(PERSON, world.act(accept(FRIEND_ID)));
    assert_eq!(world.get(world.trust(PERSON)), CEILING + 20);
}

#[test]
fn a_bond_returns_after_it_waited_and_no_longer_vouches_meanwhile() {
    let mut world = with_friend();
    world.done(FRIEND, world.act(vouch(20)));
    world.done(PERSON, world.act(accept(FRIEND_ID)));
    world.done(FRIEND, world.act(unvouch()));
    let ends = world.now() + UNBONDING;
    assert_eq!(world.get(world.trust(PERSON)), CEILING);
    assert_eq!(purse_of(&mut world, FRIEND_ID).given, 0);
    assert_eq!(
        world.refused(PERSON, world.act(accept(FRIEND_ID))),
        IdError::NothingToDo
    );
    world.at(ends - 1);
    assert_eq!(
        world.refused(FRIEND, world.act(unvouch())),
        IdError::TooEarly
    );
    world.at(ends);
    world.done(FRIEND, world.act(unvouch()));
    assert_eq!(purse_of(&mut world, FRIEND_ID).credit, 1_000);
    assert_eq!(bond(&mut world), None);
    assert_eq!(
        world.refused(FRIEND, world.act(unvouch())),
        IdError::NothingToDo
    );
}

#[test]
fn who_vouches_again_before_the_bond_returned_uses_it_anew() {
    let mut world = with_friend();
    world.done(FRIEND, world.act(vouch(20)));
    world.done(FRIEND, world.act(unvouch()));
    world.done(FRIEND, world.act(vouch(20)));
    let purse = Purse {
        credit: 1_000 - 20 * BOND,
        given: 20,
        ..Purse::default()
    };
    assert_eq!(purse_of(&mut world, FRIEND_ID), purse);
    assert_eq!(bond(&mut world).unwrap().ends, None);
}

#[test]
fn eight_vouches_are_accepted_at_a_time() {
    let mut world = with_friend();
    world.watched = false;
    for place in 0..=8 {
        let key = account(0x60 + place);
        let voucher = create(&mut world, key, &[], 0);
        world.done(ANCHOR, world.act(known(voucher, 10)));
        fund(&mut world, voucher, 100);
        world.done(key, world.act(vouch(10)));
        if place < 8 {
            world.done(PERSON, world.act(accept(voucher)));
        } else {
            assert_eq!(
                world.refused(PERSON, world.act(accept(voucher))),
                IdError::NoRoom
            );
            let drop = Action::Accept {
                voucher: NEXT,
                accepted: false,
            };
            world.done(PERSON, world.act(drop));
            world.done(PERSON, world.act(accept(voucher)));
        }
    }
    assert_eq!(world.get(world.trust(PERSON)), CEILING + 80);
}
