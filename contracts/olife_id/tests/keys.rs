//! Identities, their keys and their guardians.

use crate::world::*;
use allive_access::{AccessError, Announced, NoticeError, NOBODY};
use allive_olife_id_interface::IdentityRegistry;
use allive_simulator::START;
use ink::primitives::AccountId;
use olife_id::*;

#[test]
fn a_key_creates_an_identity_that_it_speaks_for_alone() {
    let mut world = empty();
    let guardians = Guardians::default();
    let answer = world.receipt(PERSON, world.act(Action::Create { guardians }));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(0)), 1));
    let acted = acted(
        0,
        PERSON,
        Action::Create {
            guardians: Guardians::default(),
        },
    );
    world.assert_emitted(&answer, acted);
    assert_eq!(answer.events.len(), 1);
    let identity = identity_at(&mut world, 0);
    assert_eq!(identity.control.keys[..], [held(PERSON, ALL)]);
    assert_eq!((identity.version, identity.updated), (0, START));
    assert_eq!(world.get(world.identity_of(PERSON)), Some(0));
    assert_eq!(world.get(world.contract().identity_count()), 1);
    assert_eq!(create(&mut world, SECOND, &[0], 1), 1);
    assert_eq!(world.get(world.contract().identity_count()), 2);
}

#[test]
fn a_key_belongs_to_one_identity() {
    let mut world = World::new();
    let guardians = Guardians::default();
    let refused = world.refused(PERSON, world.act(Action::Create { guardians }));
    assert_eq!(refused, IdError::KeyTaken);
    // Also one that agreed to belong to another, before that came.
    world.done(PERSON, world.act(announce(&[PERSON, SECOND])));
    world.done(SECOND, world.act(consent()));
    create(&mut world, SECOND, &[], 0);
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Err(IdError::KeyTaken));
}

#[test]
fn guardians_are_up_to_nine_others_each_once_and_enough_for_the_threshold() {
    let mut world = empty();
    let keys: Vec<_> = (100..110).map(account).collect();
    for key in &keys {
        create(&mut world, *key, &[], 0);
    }
    let all: Vec<_> = (0..10).collect();
    for (list, threshold) in [
        (&all[..], 1),
        (&[0, 0][..], 1),
        (&[0, 10], 1),
        (&[0, 11], 1),
        (&[0, 1], 3),
        (&[0, 1], 0),
        (&[], 1),
    ] {
        let guardians = Guardians {
            list: list.to_vec(),
            threshold,
        };
        let refused = world.refused(PERSON, world.act(Action::Create { guardians }));
        assert_eq!(refused, IdError::BadControl, "{list:?}, {threshold}");
    }
    assert_eq!(create(&mut world, PERSON, &all[1..], 9), 10);
}

/// Everybody can sign for the account of 32 zero bytes.
#[test]
fn nobody_is_no_key() {
    let nobody = IdError::Access(AccessError::ZeroAccount);
    let mut world = World::new();
    world.chain.endow(NOBODY);
    let guardians = Guardians::default();
    let created = world.refused(NOBODY, world.act(Action::Create { guardians }));
    assert_eq!(created, nobody);
    for key in [
        Key::Account(NOBODY.into()),
        Key::Ethereum([0; 20]),
        Key::Hashed([0; 32]),
    ] {
        let purposes = ACT;
        let mut control = control(&[PERSON]);
        control.keys.push(Held { key, purposes });
        let (identity, keys) = (PERSON_ID, control.keys.clone());
        let control = Some(control);
        let announced = world.refused(PERSON, world.act(Action::Announce { control }));
        assert_eq!(announced, nobody);
        let voted = world.refused(GUARDS[0], world.act(Action::Recover { identity, keys }));
        assert_eq!(voted, nobody);
    }
}

#[test]
fn announced_keys_come_after_their_time_and_not_without_their_consent() {
    let mut world = World::new();
    let answer = world.receipt(PERSON, world.act(announce(&[PERSON, SECOND])));
    assert_eq!(answer.events.len(), 1);
    let plan = the_person(&mut world).plan.unwrap();
    let expected = Announced::new(control(&[PERSON, SECOND]), START, SETTLING);
    assert_eq!(plan, expected);
    assert_eq!(
        world.get(world.identity_of(SECOND)),
        None,
        "it does not belong to it yet"
    );
    world.at(START + SETTLING - 1);
    let early = Err(IdError::Notice(NoticeError::TooEarly));
    assert_eq!(settle(&mut world), early);
    world.at(START + SETTLING);
    assert_eq!(settle(&mut world), Err(IdError::NoConsent));
    world.done(SECOND, world.act(consent()));
    let answer = world.receipt(STRANGER, world.contract().settle(PERSON_ID));
    let changed = ControlChanged {
        identity: PERSON_ID,
        version: 1,
        recovered: false,
        control: control(&[PERSON, SECOND]),
    };
    world.assert_emitted(&answer, changed);
    assert_eq!(world.get(world.identity_of(SECOND)), Some(PERSON_ID));
    let person = the_person(&mut world);
    assert_eq!((person.plan, person.consents.len()), (None, 0));
    assert_eq!(person.updated, START + SETTLING);
    assert_eq!(settle(&mut world), Err(IdError::NothingToDo));
}

#[test]
fn an_announcement_lapses_and_can_be_taken_back_or_replaced() {
    let mut world = World::new();
    let nothing = Action::Announce { control: None };
    assert_eq!(
        world.refused(PERSON, world.act(nothing.clone())),
        IdError::NothingToDo
    );
    world.done(PERSON, world.act(announce(&[SECOND])));
    world.done(SECOND, world.act(consent()));
    world.at(START + 2 * SETTLING);
    assert_eq!(
        settle(&mut world),
        Err(IdError::Notice(NoticeError::Lapsed))
    );
    world.done(PERSON, world.act(nothing));
    assert_eq!(settle(&mut world), Err(IdError::NothingToDo));
    // Consent was to what was announced.
    world.done(PERSON, world.act(announce(&[SECOND])));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Err(IdError::NoConsent));
}

#[test]
fn only_keys_that_are_awaited_agree_and_once() {
    let mut world = World::new();
    assert_eq!(
        world.refused(SECOND, world.act(consent())),
        IdError::NotAwaited
    );
    world.done(PERSON, world.act(announce(&[PERSON, SECOND])));
    assert_eq!(
        world.refused(THIEF, world.act(consent())),
        IdError::NotAwaited
    );
    world.done(SECOND, world.act(consent()));
    assert_eq!(
        world.refused(SECOND, world.act(consent())),
        IdError::NotAwaited
    );
    assert_eq!(
        world.refused(FRIEND, world.act(consent())),
        IdError::KeyTaken
    );
    let unknown = Action::Consent {
        identity: NEXT,
        purposes: olife_id::ALL,
    };
    assert_eq!(
        world.refused(STRANGER, world.act(unknown)),
        IdError::UnknownIdentity
    );
}

#[test]
fn an_account_that_a_stranger_announces_is_free() {
    let mut world = World::new();
    world.done(FRIEND, world.act(announce_for(&[FRIEND, SECOND])));
    assert_eq!(create(&mut world, SECOND, &[], 0), NEXT);
    assert_eq!(world.get(world.identity_of(SECOND)), Some(NEXT));
}

fn announce_for(keys: &[ink::primitives::AccountId]) -> Action {
    announce(keys)
}

#[test]
fn keys_are_one_to_five_each_once_with_purposes_and_one_that_manages() {
    let mut world = World::new();
    let guardians = Guardians::default;
    let refuse = |world: &mut World, keys: Vec<Held>| {
        let control = Some(Control {
            keys,
            guardians: guardians(),
        });
        world.answer(PERSON, world.act(Action::Announce { control }))
    };
    let bad = Err(IdError::BadControl);
    let hashed = |purposes| Held {
        key: Key::Hashed([9; 32]),
        purposes,
    };
    let many: Vec<_> = (1..=6).map(|key| held(account(key), ALL)).collect();
    assert_eq!(refuse(&mut world, vec![]), bad);
    assert_eq!(refuse(&mut world, many.clone()), bad);
    assert_eq!(
        refuse(&mut world, vec![held(PERSON, ALL), held(PERSON, ACT)]),
        bad
    );
    assert_eq!(
        refuse(&mut world, vec![held(PERSON, ALL), held(SECOND, 0)]),
        bad
    );
    assert_eq!(
        refuse(&mut world, vec![held(PERSON, ALL), held(SECOND, ALL + 1)]),
        bad
    );
    assert_eq!(refuse(&mut world, vec![held(PERSON, ACT | ATTEST)]), bad);
    // One that cannot act manages nothing.
    assert_eq!(
        refuse(&mut world, vec![held(PERSON, ACT), hashed(ALL)]),
        bad
    );
    assert_eq!(refuse(&mut world, many[..5].to_vec()), Ok(PERSON_ID));
}

#[test]
fn a_hashed_key_is_listed_without_consent_and_belongs_to_nobody() {
    let mut world = World::new();
    let hashed = Key::Hashed([9; 32]);
    let mut control = control(&[PERSON]);
    control.keys.push(Held {
        key: hashed.clone(),
        purposes: ALL,
    });
    world.done(
        PERSON,
        world.act(Action::Announce {
            control: Some(control.clone()),
        }),
    );
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    assert_eq!(the_person(&mut world).control, control);
    assert_eq!(stored(&mut world, Query::Key(hashed)), None);
}

#[test]
fn each_purpose_allows_what_it_is_for() {
    let mut world = World::new();
    let mut control = control(&[PERSON]);
    for (place, purposes) in [(0, MANAGE), (1, ACT), (2, ATTEST)] {
        let key = account(0x40 + place);
        world.chain.endow(key);
        control.keys.push(held(key, purposes));
    }
    world.done(
        PERSON,
        world.act(Action::Announce {
            control: Some(control),
        }),
    );
    let keys = [0, 1, 2].map(|place| account(0x40 + place));
    for (key, purposes) in keys.into_iter().zip([MANAGE, ACT, ATTEST]) {
        world.done(key, world.act(consent_for(purposes)));
    }
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    // Whom it may act for is asked only of a key that is for acting.
    assert_eq!(
        keys.map(|key| world.get(world.identity_of(key))),
        [None, Some(PERSON_ID), None]
    );
    let manage = announce(&[PERSON]);
    let act = Action::Refuse {
        topic: allive_olife_id_interface::Topic::PATIENT,
        issuer: ISSUER_ID,
        refused: true,
    };
    let revoke = revoke(FRIEND_ID, allive_olife_id_interface::Topic::PATIENT);
    let cancel = Action::Cancel { begun: None };
    for (action, allowed) in [
        (withdraw(PERSON), 0),
        (cancel, 0),
        (manage, 0),
        (act, 1),
        (revoke, 2),
    ] {
        for (place, key) in keys.into_iter().enumerate() {
            let refused = world.answer(key, world.act(action.clone()));
            let barred = refused == Err(IdError::NotForThat);
            assert_eq!(barred, place != allowed, "{action:?} by {place}");
        }
    }
    assert_eq!(
        world
            .receipt(keys[2], world.act(Action::Freeze))
            .events
            .len(),
        1
    );
}

#[test]
fn a_stranger_acts_for_nobody() {
    let mut world = World::new();
    for action in [
        Action::Freeze,
        Action::Cancel { begun: None },
        announce(&[STRANGER]),
    ] {
        assert_eq!(world.refused(STRANGER, world.act(action)), IdError::NotKey);
    }
}

#[test]
fn any_key_freezes_and_a_frozen_identity_does_nothing_but_what_leads_out_or_undoes() {
    let mut world = attested();
    world.done(PERSON, world.act(Action::Freeze));
    assert!(the_person(&mut world).frozen);
    assert_eq!(world.get(world.identity_of(PERSON)), None);
    assert_eq!(world.get(world.trust(PERSON)), 0);
    for action in [
        Action::Freeze,
        vouch(1),
        accept(FRIEND_ID),
        unvouch(),
        known(FRIEND_ID, 1),
        withdraw(PERSON),
        recover(SECOND),
    ] {
        assert_eq!(world.refused(PERSON, world.act(action)), IdError::Frozen);
    }
    assert_eq!(
        world.refused(PERSON, world.act(Action::Cancel { begun: None })),
        IdError::NothingToDo
    );
    // Its own key thaws it, after the time that a thief would have to wait as well.
    world.done(PERSON, world.act(announce(&[PERSON])));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    assert_eq!(world.get(world.identity_of(PERSON)), Some(PERSON_ID));
    assert_eq!(world.get(world.trust(PERSON)), CEILING);
}

/// When the identity inherited from a key, as another account is told.
fn since(world: &mut World, heir: AccountId, former: AccountId) -> Option<u64> {
    let asks = world.contract();
    world.get(asks.successor_since(heir.into(), former.into()))
}

/// The person's key for everything, and another for these purposes.
fn shared(other: Purposes) -> Action {
    let mut both = control(&[PERSON]);
    both.keys.push(held(SECOND, other));
    Action::Announce {
        control: Some(both),
    }
}

#[test]
fn what_a_key_held_is_inherited_if_it_was_for_that_whoever_removed_it() {
    for (purposes, is_followed) in [
        (ALL, true),
        (HOLD, true),
        (ALL & !HOLD, false),
        (ACT, false),
    ] {
        let mut world = World::new();
        world.done(PERSON, world.act(shared(purposes)));
        world.done(SECOND, world.act(consent_for(purposes)));
        world.advance(SETTLING);
        assert_eq!(settle(&mut world), Ok(()));
        assert_eq!(since(&mut world, PERSON, SECOND), None, "it is one still");
        world.done(PERSON, world.act(announce(&[PERSON])));
        world.advance(SETTLING);
        assert_eq!(settle(&mut world), Ok(()));
        let left = is_followed.then_some(world.now());
        assert_eq!(since(&mut world, PERSON, SECOND), left, "{purposes}");
        assert_eq!(since(&mut world, STRANGER, SECOND), None);
        assert_eq!(since(&mut world, FRIEND, SECOND), None);
    }
}

/// Whoever acts for an identity without holding for it would take what it inherits for itself.
#[test]
fn a_key_that_does_not_hold_for_the_identity_inherits_nothing() {
    for (purposes, inherits) in [(ALL, true), (HOLD, true), (ALL & !HOLD, false)] {
        let mut world = attested();
        let keys: Keys = vec![held(THIEF, ALL), held(SECOND, purposes)];
        let identity = PERSON_ID;
        for guard in &GUARDS[..2] {
            let keys = keys.clone();
            world.done(*guard, world.act(Action::Recover { identity, keys }));
        }
        world.done(THIEF, world.act(consent()));
        world.done(SECOND, world.act(consent_for(purposes)));
        world.advance(DELAY);
        assert_eq!(settle(&mut world), Ok(()));
        let left = world.now();
        let expected = inherits.then_some(left);
        assert_eq!(since(&mut world, SECOND, PERSON), expected, "{purposes}");
        assert_eq!(since(&mut world, THIEF, PERSON), Some(left));
        world.done(THIEF, world.act(Action::Freeze));
        assert_eq!(since(&mut world, THIEF, PERSON), None, "frozen");
    }
}

#[test]
fn a_key_is_not_made_to_hold_for_the_identity_after_it_joined() {
    let mut world = World::new();
    world.done(PERSON, world.act(shared(ACT)));
    assert_eq!(
        world.refused(SECOND, world.act(consent())),
        IdError::NotAwaited
    );
    world.done(SECOND, world.act(consent_for(ACT)));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    let more = shared(ACT | HOLD);
    assert_eq!(world.refused(PERSON, world.act(more)), IdError::BadControl);
    let keys: Keys = vec![held(THIEF, ALL), held(SECOND, ALL)];
    let identity = PERSON_ID;
    let recover = Action::Recover { identity, keys };
    assert_eq!(
        world.refused(GUARDS[0], world.act(recover)),
        IdError::BadControl
    );
    // Other purposes it can be given, and this one taken.
    world.done(PERSON, world.act(shared(ALL & !HOLD)));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
}

/// What was signed for other purposes is no consent, whoever submits it when.
#[test]
fn consent_is_to_exactly_the_purposes_for_which_a_key_is_awaited() {
    let mut world = World::new();
    world.done(PERSON, world.act(shared(ACT)));
    // Before it comes, she is to hold for the identity.
    world.done(PERSON, world.act(shared(ACT | HOLD)));
    let refused = world.refused(SECOND, world.act(consent_for(ACT)));
    assert_eq!(refused, IdError::NotAwaited);
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Err(IdError::NoConsent));
    world.done(SECOND, world.act(consent_for(ACT | HOLD)));
    assert_eq!(settle(&mut world), Ok(()));
}

/// Who takes the purpose away, and then the key, would otherwise keep what it held from the
/// identity.
#[test]
fn what_a_key_held_until_it_was_to_hold_for_itself_is_inherited() {
    let mut world = World::new();
    world.done(PERSON, world.act(shared(ALL)));
    world.done(SECOND, world.act(consent()));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    world.done(PERSON, world.act(shared(ALL & !HOLD)));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    let taken = world.now();
    assert_eq!(since(&mut world, PERSON, SECOND), Some(taken));
    world.done(PERSON, world.act(announce(&[PERSON])));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    assert_eq!(since(&mut world, PERSON, SECOND), Some(taken));
    let guardians = Guardians::default();
    let create = Action::Create { guardians };
    assert_eq!(world.refused(SECOND, world.act(create)), IdError::KeyTaken);
}

/// It holds for the identity itself. Else any other key would take at once what it holds, and it
/// could take from itself.
#[test]
fn a_key_that_came_back_to_hold_for_its_identity_is_former_no_more() {
    for (purposes, is_former) in [(ALL, false), (HOLD, false), (ALL & !HOLD, true)] {
        let mut world = World::new();
        joins(&mut world, ALL);
        world.done(PERSON, world.act(announce(&[PERSON])));
        world.advance(SETTLING);
        assert_eq!(settle(&mut world), Ok(()));
        let left = world.now();
        assert_eq!(since(&mut world, PERSON, SECOND), Some(left));
        joins(&mut world, purposes);
        for heir in [PERSON, SECOND] {
            let expected = (is_former && heir == PERSON).then_some(left);
            assert_eq!(since(&mut world, heir, SECOND), expected, "{purposes}");
        }
        // It leaves again: what it held since it came back is the identity's as well.
        world.done(PERSON, world.act(announce(&[PERSON])));
        world.advance(SETTLING);
        assert_eq!(settle(&mut world), Ok(()));
        let again = if is_former { left } else { world.now() };
        assert_eq!(since(&mut world, PERSON, SECOND), Some(again));
    }
}

fn joins(world: &mut World, purposes: Purposes) {
    world.done(PERSON, world.act(shared(purposes)));
    world.done(SECOND, world.act(consent_for(purposes)));
    world.advance(SETTLING);
    assert_eq!(settle(world), Ok(()));
}
