//! The score: properties of the pure function, and the contract that computes it.

use crate::world::*;
use allive_olife_id_interface::{Points, Topic};
use olife_id::{
    trust::{plus_anchor, score, share, ANCHORS_CAP, DAY, PEERS_CAP, VOUCH_CAP},
    *,
};
use proptest::prelude::*;

fn anchored(attested: &[(Points, Points)]) -> Points {
    attested.iter().fold(0, |sum, (weight, ceiling)| {
        plus_anchor(sum, *weight, *ceiling)
    })
}

proptest! {
    #[test]
    fn anchors_give_at_most_their_ceilings_and_the_cap(
        attested in prop::collection::vec((0..u32::MAX, 0..2_000_u32), 0..20),
    ) {
        let sum: u64 = attested.iter().map(|(weight, ceiling)| u64::from(*weight.min(ceiling))).sum();
        prop_assert_eq!(u64::from(anchored(&attested)), sum.min(ANCHORS_CAP.into()));
    }

    #[test]
    fn nobody_gives_more_than_it_has_from_anchors_however_many_it_vouches_for(
        given in prop::collection::vec(1..=VOUCH_CAP, 1..40),
        anchored in 0..=ANCHORS_CAP,
        age in 0..200 * DAY,
        fade in 1..400 * DAY,
    ) {
        let sum: Points = given.iter().sum();
        let shares = given.iter().map(|points| share(*points, sum, anchored, age, fade));
        prop_assert!(shares.sum::<Points>() <= anchored);
    }

    #[test]
    fn a_share_never_rises_with_age_and_never_falls_with_points_from_anchors(
        points in 1..=VOUCH_CAP,
        others in 0..2_000_u32,
        anchored in 0..=ANCHORS_CAP,
        age in 0..4_000 * DAY,
        fade in 1..LONGEST_FADE,
    ) {
        let given = points + others;
        let now = share(points, given, anchored, age, fade);
        prop_assert!(share(points, given, anchored, age + DAY, fade) <= now);
        prop_assert!(share(points, given, anchored + 1, age, fade) >= now);
        prop_assert!(share(points, given + 1, anchored, age, fade) <= now);
        prop_assert!(now <= VOUCH_CAP);
    }

    #[test]
    fn a_score_is_capped(anchored in 0..=ANCHORS_CAP, peers in 0..u32::MAX) {
        prop_assert!(score(anchored, peers) <= anchored + PEERS_CAP);
    }

    /// Everybody vouches for as many others as it can.
    #[test]
    fn a_ring_gains_nothing_without_anchors_and_at_most_the_caps_with_them(
        members in prop::collection::vec(0..=100_u32, 2..1_000),
        points in 1..=VOUCH_CAP,
        reach in 1..8_usize,
    ) {
        let count = members.len();
        let reach = reach.min(count - 1);
        for with_anchors in [false, true] {
            let anchored = |place: usize| if with_anchors { members[place % count] } else { 0 };
            let given = points * reach as u32;
            for place in 0..count.min(50) {
                let shares = (1..=reach).map(|step| share(points, given, anchored(place + step), 0, DAY));
                let gained = score(anchored(place), shares.sum()) - anchored(place);
                prop_assert!(with_anchors || gained == 0);
                prop_assert!(gained <= PEERS_CAP.min(VOUCH_CAP * reach as u32));
            }
        }
    }
}

#[test]
fn a_share_fades_day_by_day_and_is_gone_when_it_faded() {
    let fade = 10 * DAY;
    for (age, points) in [
        (0, 50),
        (DAY - 1, 50),
        (DAY, 45),
        (9 * DAY, 5),
        (10 * DAY - 1, 5),
        (10 * DAY, 0),
        (u64::MAX, 0),
    ] {
        assert_eq!(share(50, 50, 100, age, fade), points, "{age}");
    }
}

#[test]
fn nothing_is_given_of_nothing() {
    assert_eq!(share(50, 50, 0, 0, DAY), 0);
    assert_eq!(
        share(50, 0, 0, 0, DAY),
        50,
        "cannot be: who vouches has given"
    );
    assert_eq!(share(50, 50, 50, 0, 0), 0);
}

#[test]
fn an_anchor_gives_points_up_to_its_ceiling_and_a_voucher_out_of_its_own() {
    let mut world = with_friend();
    assert_eq!(world.get(world.trust(PERSON)), CEILING);
    world.done(ANCHOR, world.act(known(PERSON_ID, CEILING + 1)));
    assert_eq!(world.get(world.trust(PERSON)), CEILING);
    world.done(FRIEND, world.act(vouch(30)));
    assert_eq!(
        world.get(world.trust(PERSON)),
        CEILING,
        "not before it is accepted"
    );
    world.done(PERSON, world.act(accept(FRIEND_ID)));
    assert_eq!(world.get(world.trust(PERSON)), CEILING + 30);
    assert_eq!(
        world.get(world.trust(FRIEND)),
        CEILING,
        "giving takes nothing"
    );
    let of = world.contract().trust_of(PERSON_ID);
    assert_eq!(world.get(of), CEILING + 30);
    // A tenth less after ten of a hundred days.
    world.advance(10 * DAY);
    assert_eq!(world.get(world.trust(PERSON)), CEILING + 27);
}

#[test]
fn revoking_lowers_at_once_what_the_attested_and_those_whom_it_vouches_for_have() {
    let mut world = with_friend();
    world.done(FRIEND, world.act(vouch(40)));
    world.done(PERSON, world.act(accept(FRIEND_ID)));
    world.done(ANCHOR, world.act(known(FRIEND_ID, 10)));
    assert_eq!(
        world.get(world.trust(PERSON)),
        CEILING + 10,
        "all that it has"
    );
    world.advance(1);
    world.done(ANCHOR, world.act(revoke(FRIEND_ID, Topic::KNOWN)));
    assert_eq!(world.get(world.trust(PERSON)), CEILING);
    withdraw_approval(&mut world, ANCHOR_ID, None);
    assert_eq!(world.get(world.trust(PERSON)), 0);
}

#[test]
fn what_was_vouched_is_not_vouched_on() {
    let mut world = with_friend();
    world.done(ANCHOR, world.act(revoke(PERSON_ID, Topic::KNOWN)));
    world.done(FRIEND, world.act(vouch(40)));
    world.done(PERSON, world.act(accept(FRIEND_ID)));
    assert_eq!(world.get(world.trust(PERSON)), 40);
    fund(&mut world, PERSON_ID, 1_000);
    let on = Action::Vouch {
        subject: GUARDIANS[0],
        points: 1,
    };
    assert_eq!(world.refused(PERSON, world.act(on)), IdError::BadPoints);
}
