//! How the contract begins, who owns it, what a pause stops.

use crate::world::*;
use allive_access::{AccessError, Ownable, Pausable, PauseTerms, NOBODY};
use allive_calls::Typed;
use olife_id::*;

fn begin(terms: IdentityTerms, pause: PauseTerms) -> Result<(), IdError> {
    let setup = Setup {
        pause,
        ..setup(account(5), terms)
    };
    let new = OlifeIdRef::new(setup);
    let created = World::begin(&[OWNER]).create(OWNER, "olife_id", new);
    created.map(|_| ())
}

#[test]
fn nobody_receives_no_money() {
    let setup = Setup {
        forfeits_to: NOBODY.into(),
        ..setup(account(5), TERMS)
    };
    let nobody = IdError::Access(AccessError::ZeroAccount);
    let created = World::begin(&[OWNER]).create(OWNER, "olife_id", OlifeIdRef::new(setup));
    assert_eq!(created.map(|_| ()), Err(nobody.clone()));
    let mut world = with_friend();
    let withdraw = withdraw(NOBODY);
    assert_eq!(world.refused(FRIEND, world.act(withdraw)), nobody);
}

#[test]
fn terms_lie_within_their_bounds() {
    assert_eq!(begin(TERMS, PAUSE), Ok(()));
    let unsound = Err(IdError::UnsoundTerms);
    for terms in [
        IdentityTerms { delay: 0, ..TERMS },
        IdentityTerms {
            contest: DELAY - 1,
            ..TERMS
        },
        IdentityTerms {
            contest: SETTLING,
            ..TERMS
        },
        IdentityTerms {
            settling: YEAR + 1,
            ..TERMS
        },
        IdentityTerms {
            unbonding: DELAY,
            ..TERMS
        },
        IdentityTerms {
            unbonding: YEAR + 1,
            ..TERMS
        },
        IdentityTerms { notice: 0, ..TERMS },
        IdentityTerms {
            notice: YEAR + 1,
            ..TERMS
        },
        IdentityTerms { fade: 0, ..TERMS },
        IdentityTerms {
            fade: LONGEST_FADE + 1,
            ..TERMS
        },
        IdentityTerms { bond: 0, ..TERMS },
    ] {
        assert_eq!(begin(terms, PAUSE), unsound, "{terms:?}");
    }
    let pause = PauseTerms {
        duration: 0,
        ..PAUSE
    };
    let unsound = Err(IdError::Access(AccessError::UnsoundPauseTerms));
    assert_eq!(begin(TERMS, pause), unsound);
}

#[test]
fn what_the_constructor_was_given_can_be_read() {
    let mut world = empty();
    let expected = setup(world.alv, TERMS);
    assert_eq!(
        stored(&mut world, Query::Setup),
        Some(Stored::Setup(expected))
    );
    assert_eq!(world.get(world.contract().owner()), Some(OWNER.into()));
}

#[test]
fn ownership_is_offered_and_accepted() {
    let mut world = empty();
    let offer = world.contract().transfer_ownership(Some(PERSON.into()));
    let answer = world.chain.send(STRANGER, offer);
    assert_eq!(answer.value, Ok(Err(AccessError::CallerIsNotOwner)));
    let offer = world.contract().transfer_ownership(Some(PERSON.into()));
    assert_eq!(world.chain.send(OWNER, offer).value, Ok(Ok(())));
    assert_eq!(
        world.get(world.contract().pending_owner()),
        Some(PERSON.into())
    );
    let accept = world.contract().accept_ownership();
    let answer = world.chain.send(STRANGER, accept);
    assert_eq!(answer.value, Ok(Err(AccessError::CallerIsNotPendingOwner)));
    let accept = world.contract().accept_ownership();
    assert_eq!(world.chain.send(PERSON, accept).value, Ok(Ok(())));
    assert_eq!(world.get(world.contract().owner()), Some(PERSON.into()));
}

#[test]
fn a_pause_stops_what_is_new_and_nothing_else() {
    let mut world = with_friend();
    world.done(FRIEND, world.act(vouch(20)));
    world.done(
        ISSUER,
        world.act(attest(
            PERSON_ID,
            allive_olife_id_interface::Topic::CLINICIAN,
            0,
            EXPIRES,
        )),
    );
    world.done(OWNER, world.contract().pause());
    assert!(world.get(world.contract().paused()));
    let paused = IdError::Access(AccessError::Paused);
    let guardians = Guardians::default();
    assert_eq!(
        world.refused(STRANGER, world.act(Action::Create { guardians })),
        paused
    );
    assert_eq!(
        world.refused(ANCHOR, world.act(known(PERSON_ID, 1))),
        paused
    );
    assert_eq!(world.refused(FRIEND, world.act(vouch(20))), paused);
    let deposit = world.contract().deposit(PERSON_ID, 1);
    assert_eq!(world.refused(OWNER, deposit), paused);
    // What protects, and what leads out.
    assert!(world.get(world.has_role(PERSON, allive_olife_id_interface::Topic::CLINICIAN)));
    world.done(PERSON, world.act(accept(FRIEND_ID)));
    world.done(FRIEND, world.act(unvouch()));
    world.done(FRIEND, world.act(withdraw(FRIEND)));
    let known = allive_olife_id_interface::Topic::KNOWN;
    world.done(ANCHOR, world.act(revoke(PERSON_ID, known)));
    world.done(PERSON, world.act(announce(&[PERSON, SECOND])));
    world.done(SECOND, world.act(consent()));
    world.done(PERSON, world.act(Action::Freeze));
    let until = world.get(world.contract().paused_until());
    world.at(until);
    assert!(!world.get(world.contract().paused()));
}

#[test]
fn nobody_but_the_owner_pauses() {
    let mut world = empty();
    let refused = AccessError::CallerIsNotOwner;
    let pause = world.contract().pause();
    assert_eq!(world.chain.send(STRANGER, pause).value, Ok(Err(refused)));
    world.done(OWNER, world.contract().pause());
    let again = world.contract().pause();
    let answer = world.chain.send(OWNER, again);
    assert_eq!(answer.value, Ok(Err(AccessError::PauseTooSoon)));
    let unpause = world.contract().unpause();
    assert_eq!(world.chain.send(STRANGER, unpause).value, Ok(Err(refused)));
    let unpause = world.contract().unpause();
    assert_eq!(world.chain.send(OWNER, unpause).value, Ok(Ok(())));
    assert!(!world.get(world.contract().paused()));
}

#[test]
fn an_issuer_is_approved_for_what_the_owner_says() {
    let mut world = World::new();
    let approve = world.contract().approve_issuer(FRIEND_ID, 5, 7);
    let answer = world.send(OWNER, approve);
    let issuer = FRIEND_ID;
    let now = world.now();
    let period = |topic| Period {
        topic,
        from: now,
        until: u64::MAX,
        honest_until: u64::MAX,
    };
    let topics = allive_olife_id_interface::Topic::of(5);
    let approved = Some(Issuer {
        ceiling: 7,
        changed: now,
        periods: topics.map(period).collect(),
    });
    let event = IssuerChanged {
        issuer,
        approved: approved.clone(),
    };
    world.assert_emitted(&answer, event);
    assert_eq!(
        stored(&mut world, Query::Issuer(FRIEND_ID)),
        approved.map(Stored::Issuer)
    );
    for (topics, ceiling) in [(5, 7), (0, 7)] {
        let nothing = world.contract().approve_issuer(FRIEND_ID, topics, ceiling);
        assert_eq!(world.refused(OWNER, nothing), IdError::NothingToDo);
    }
    let nobody = world.contract().approve_issuer(NEXT, 5, 7);
    assert_eq!(world.refused(OWNER, nobody), IdError::UnknownIdentity);
}
