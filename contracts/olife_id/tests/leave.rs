//! A key leaves its identity by its own word.

use crate::world::*;
use allive_olife_id_interface::IdentityRegistry;
use olife_id::*;

/// The person's key for everything, and another for these purposes.
fn shared(purposes: Purposes) -> World {
    let mut world = attested();
    let mut both = control(&[PERSON]);
    both.keys.push(held(SECOND, purposes));
    let control = Some(both);
    world.done(PERSON, world.act(Action::Announce { control }));
    world.done(SECOND, world.act(consent_for(purposes)));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    world.advance(1);
    world
}

fn leaves(world: &mut World) -> Result<u64, IdError> {
    world.answer(SECOND, world.act(Action::Leave))
}

#[test]
fn a_member_leaves_at_once_and_has_an_identity_of_its_own() {
    let mut world = shared(ACT);
    let answer = world.receipt(SECOND, world.act(Action::Leave));
    let changed = ControlChanged {
        identity: PERSON_ID,
        version: 2,
        recovered: false,
        control: control(&[PERSON]),
    };
    world.assert_emitted(&answer, changed);
    assert_eq!(world.get(world.identity_of(SECOND)), None);
    assert_eq!(leaves(&mut world), Err(IdError::NotKey));
    assert_eq!(create(&mut world, SECOND, &[], 0), NEXT);
    assert_eq!(world.get(world.identity_of(PERSON)), Some(PERSON_ID));
}

#[test]
fn a_key_leaves_whatever_it_is_for_and_also_while_the_identity_is_frozen() {
    for purposes in [MANAGE, ACT, ATTEST, HOLD, GUARD, STAKE] {
        let mut world = shared(purposes);
        world.done(PERSON, world.act(Action::Freeze));
        assert_eq!(leaves(&mut world), Ok(PERSON_ID), "{purposes}");
        assert_eq!(the_person(&mut world).control, control(&[PERSON]));
    }
}

#[test]
fn the_last_key_that_manages_does_not_leave() {
    let mut world = shared(ALL & !MANAGE);
    let refused = world.refused(PERSON, world.act(Action::Leave));
    assert_eq!(refused, IdError::BadControl);
    let mut world = shared(MANAGE);
    world.done(PERSON, world.act(Action::Leave));
    world.advance(1);
    assert_eq!(leaves(&mut world), Err(IdError::BadControl));
}

#[test]
fn what_a_key_held_for_the_identity_is_inherited_when_it_left_by_its_own_word() {
    let mut world = shared(ACT | HOLD);
    assert_eq!(leaves(&mut world), Ok(PERSON_ID));
    let since = world
        .contract()
        .successor_since(PERSON.into(), SECOND.into());
    assert_eq!(world.get(since), Some(world.now()));
    let guardians = Guardians::default();
    let create = Action::Create { guardians };
    assert_eq!(world.refused(SECOND, world.act(create)), IdError::KeyTaken);
}

/// Else a key could inherit from one that left in this block, and leave in this block as well, with
/// what it inherited.
#[test]
fn keys_of_an_identity_change_once_at_a_moment() {
    let mut world = attested();
    let mut more = control(&[PERSON, SECOND]);
    more.keys.push(held(THIEF, ACT));
    let plan = Some(more);
    world.done(PERSON, world.act(Action::Announce { control: plan }));
    world.done(SECOND, world.act(consent()));
    world.done(THIEF, world.act(consent_for(ACT)));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    assert_eq!(leaves(&mut world), Err(IdError::TooEarly));
    world.advance(1);
    assert_eq!(leaves(&mut world), Ok(PERSON_ID));
    let refused = world.refused(THIEF, world.act(Action::Leave));
    assert_eq!(refused, IdError::TooEarly);
    // Nor does anything settle at the moment at which a key left.
    world.done(PERSON, world.act(announce(&[PERSON])));
    world.advance(SETTLING);
    world.done(THIEF, world.act(Action::Leave));
    assert_eq!(settle(&mut world), Err(IdError::TooEarly));
    world.advance(1);
    assert_eq!(settle(&mut world), Ok(()));
}

/// A thief with a key that acts leaves just before a recovery or an announcement settles that lets
/// the key stay.
#[test]
fn who_leaves_stops_neither_a_recovery_nor_an_announcement() {
    for recovers in [false, true] {
        let mut world = shared(ACT);
        let keys = vec![held(PERSON, ALL), held(SECOND, ACT), held(THIEF, ACT)];
        if recovers {
            let identity = PERSON_ID;
            for guard in &GUARDS[..2] {
                let keys = keys.clone();
                world.done(*guard, world.act(Action::Recover { identity, keys }));
            }
        } else {
            let control = Some(Control {
                keys,
                ..control(&[])
            });
            world.done(PERSON, world.act(Action::Announce { control }));
        }
        world.done(THIEF, world.act(consent_for(ACT)));
        world.advance(SETTLING - 1);
        assert_eq!(leaves(&mut world), Ok(PERSON_ID));
        world.advance(1);
        assert_eq!(settle(&mut world), Ok(()));
        let keys = the_person(&mut world).control.keys;
        assert_eq!(keys, [held(PERSON, ALL), held(THIEF, ACT)]);
    }
}

#[test]
fn everyday_acts_guarding_and_staking_are_purposes_apart() {
    let refuse = refuse(allive_olife_id_interface::Topic::PATIENT, ISSUER_ID, true);
    let recover = Action::Recover {
        identity: FRIEND_ID,
        keys: vec![held(THIEF, ALL)],
    };
    let vouch = Action::Vouch {
        subject: FRIEND_ID,
        points: 1,
    };
    let unvouch = Action::Unvouch { subject: FRIEND_ID };
    for purposes in [ACT, GUARD, STAKE] {
        let mut world = shared(purposes);
        for (action, needed) in [
            (refuse.clone(), ACT),
            (accept(FRIEND_ID), ACT),
            (recover.clone(), GUARD),
            (vouch.clone(), STAKE),
            (unvouch.clone(), STAKE),
        ] {
            let answer = world.answer(SECOND, world.act(action.clone()));
            let barred = answer == Err(IdError::NotForThat);
            assert_eq!(barred, needed != purposes, "{action:?}, {purposes}");
        }
        let speaks = (purposes == ACT).then_some(PERSON_ID);
        assert_eq!(world.get(world.identity_of(SECOND)), speaks);
    }
}
