//! Issuers that were approved, were not any more, and are again; and the order in which what they
//! issued comes in.

use crate::world::*;
use allive_access::AccessError;
use allive_calls::Keyring;
use allive_olife_id_interface::{IdentityRegistry, Topic};
use allive_simulator::START;
use olife_id::*;

const ROLE: Topic = Topic::CLINICIAN;

fn has_role(world: &mut World) -> bool {
    world.get(world.has_role(PERSON, ROLE))
}

fn trust(world: &mut World) -> u32 {
    world.get(world.trust(PERSON))
}

// ---- What was issued comes in any order ----

/// An issuer that signs, whose key is `SIGNER`, and the number of the last request.
struct Issuing {
    world: World,
    issuer: u64,
    nonce: u64,
}

const SIGNER: Keyring = Keyring::Bob;

impl Issuing {
    /// It is approved for the role and, as an anchor, for `Known`, a second after the start.
    fn new() -> Self {
        let mut world = World::new();
        world.chain.endow(SIGNER.account());
        let issuer = create(&mut world, SIGNER.account(), &[], 0);
        let topics = ROLE.bit() | Topic::KNOWN.bit();
        let approve = world.contract().approve_issuer(issuer, topics, CEILING);
        world.done(OWNER, approve);
        world.at(START + 1_000);
        Self {
            world,
            issuer,
            nonce: 0,
        }
    }

    /// Somebody submits what the issuer signed.
    fn submit(&mut self, action: Action) -> Result<u64, IdError> {
        self.nonce += 1;
        let request = Request {
            signer: Key::Account(SIGNER.account().into()),
            action: SignedAction {
                identity: Some(self.issuer),
                action,
            },
            nonce: self.nonce,
            deadline: self.world.now() + trust::DAY,
        };
        let signature = self.world.signed(SIGNER, &request);
        let submit = self.world.act_for(&request, signature);
        self.world.answer(STRANGER, submit)
    }
}

fn role_at(issued: u64) -> Action {
    attest_at(Some(issued), PERSON_ID, ROLE, 0, EXPIRES)
}

fn known_at(issued: u64, weight: u32) -> Action {
    attest_at(Some(issued), PERSON_ID, Topic::KNOWN, weight, EXPIRES)
}

#[test]
fn an_attestation_that_was_issued_before_the_last_word_is_refused() {
    let mut issuing = Issuing::new();
    let now = issuing.world.now();
    // A new weight, and an old one.
    assert_eq!(issuing.submit(known_at(now - 10, 1)), Ok(issuing.issuer));
    let old = issuing.submit(known_at(now - 11, 80));
    assert_eq!(old, Err(IdError::Outdated));
    assert_eq!(trust(&mut issuing.world), 1);
    // One of the same moment corrects it.
    assert_eq!(issuing.submit(known_at(now - 10, 2)), Ok(issuing.issuer));
    assert_eq!(trust(&mut issuing.world), 2);
    // Nor does a revocation revoke what was issued later.
    let revoke = revoke_at(Some(now - 11), PERSON_ID, Topic::KNOWN);
    assert_eq!(issuing.submit(revoke), Err(IdError::Outdated));
}

#[test]
fn what_was_issued_before_a_revocation_does_not_come_in_after_it() {
    // Of an attestation that was submitted, and of one that was not.
    for submitted in [true, false] {
        let mut issuing = Issuing::new();
        let now = issuing.world.now();
        if submitted {
            assert_eq!(issuing.submit(role_at(now - 20)), Ok(issuing.issuer));
        }
        let revoke = revoke_at(Some(now - 10), PERSON_ID, ROLE);
        assert_eq!(issuing.submit(revoke), Ok(issuing.issuer));
        for issued in [now - 20, now - 11, now - 10] {
            let back = issuing.submit(role_at(issued));
            assert_eq!(back, Err(IdError::Outdated), "{submitted}, {issued}");
        }
        assert!(!has_role(&mut issuing.world));
        // The issuer can attest anew.
        assert_eq!(issuing.submit(role_at(now - 9)), Ok(issuing.issuer));
        assert!(has_role(&mut issuing.world));
    }
}

#[test]
fn what_was_issued_waits_thirty_days_at_most_and_not_before_it_was_issued() {
    let wait = LONGEST_WAIT;
    assert_eq!(wait, 30 * trust::DAY);
    for (issued, answer) in [
        (1, Err(IdError::InFuture)),
        (0, Ok(())),
        (-(wait as i64), Ok(())),
        (-(wait as i64) - 1, Err(IdError::Outdated)),
    ] {
        let mut issuing = Issuing::new();
        issuing.world.advance(2 * wait);
        let issued = issuing.world.now().checked_add_signed(issued).unwrap();
        let attested = issuing.submit(role_at(issued)).map(|_| ());
        assert_eq!(attested, answer.clone(), "{issued}");
        let revoke = revoke_at(Some(issued), FRIEND_ID, ROLE);
        assert_eq!(issuing.submit(revoke).map(|_| ()), answer, "{issued}");
    }
}

#[test]
fn a_signed_attestation_says_when_it_was_issued() {
    let mut issuing = Issuing::new();
    for action in [attest(PERSON_ID, ROLE, 0, EXPIRES), revoke(PERSON_ID, ROLE)] {
        assert_eq!(issuing.submit(action), Err(IdError::Undated));
    }
}

/// The thief has an old attestation of the anchor's that ends soon.
#[test]
fn an_old_attestation_that_ends_soon_does_not_end_an_anchored_recovery() {
    let mut issuing = Issuing::new();
    let now = issuing.world.now();
    let issuer = issuing.issuer;
    assert_eq!(issuing.submit(known_at(now - 1, 1)), Ok(issuer));
    issuing.world.advance(1);
    let world = &mut issuing.world;
    agree(world, SECOND);
    world.done(PERSON, world.act(Action::Cancel { begun: None }));
    agree(world, SECOND);
    world.done(SIGNER.account(), world.act(recover(SECOND)));
    world.done(SECOND, world.act(consent()));
    let ends = world.now() + DELAY;
    let old = attest_at(Some(now - 2), PERSON_ID, Topic::KNOWN, 1, ends);
    assert_eq!(issuing.submit(old), Err(IdError::Outdated));
    issuing.world.at(ends);
    assert_eq!(settle(&mut issuing.world), Ok(()));
}

#[test]
fn nobody_but_an_approved_issuer_leaves_a_revocation() {
    let mut world = World::new();
    for by in [FRIEND, ANCHOR] {
        let nothing = world.refused(by, world.act(revoke(PERSON_ID, ROLE)));
        assert_eq!(nothing, IdError::NothingToDo);
    }
    let nobody = world.refused(ISSUER, world.act(revoke(NEXT, ROLE)));
    assert_eq!(nobody, IdError::UnknownIdentity);
    world.done(ISSUER, world.act(revoke(PERSON_ID, ROLE)));
    let again = world.refused(ISSUER, world.act(revoke(PERSON_ID, ROLE)));
    assert_eq!(again, IdError::NothingToDo);
}

#[test]
fn an_issuer_revokes_while_it_is_frozen() {
    let mut world = World::new();
    world.done(ISSUER, world.act(attest(PERSON_ID, ROLE, 0, EXPIRES)));
    world.done(ISSUER, world.act(Action::Freeze));
    assert!(has_role(&mut world));
    let more = attest(FRIEND_ID, ROLE, 0, EXPIRES);
    assert_eq!(world.refused(ISSUER, world.act(more)), IdError::Frozen);
    world.done(ISSUER, world.act(revoke(PERSON_ID, ROLE)));
    assert!(!has_role(&mut world));
}

// ---- Approvals that end and begin again ----

/// The issuer attested the person honestly at `START`, and the friend, with a stolen key, at
/// `START + 100`, which it is.
fn forged() -> World {
    let mut world = World::new();
    world.done(ISSUER, world.act(attest(PERSON_ID, ROLE, 0, EXPIRES)));
    world.at(START + 100);
    world.done(ISSUER, world.act(attest(FRIEND_ID, ROLE, 0, EXPIRES)));
    world
}

/// Whether the honest and the forged attestation count.
fn both(world: &mut World) -> [bool; 2] {
    [PERSON, FRIEND].map(|key| world.get(world.has_role(key, ROLE)))
}

#[test]
fn what_was_attested_before_an_approval_ended_does_not_come_back_with_a_new_one() {
    let mut world = forged();
    withdraw_approval(&mut world, ISSUER_ID, None);
    assert_eq!(both(&mut world), [false, false]);
    world.advance(1);
    approve(&mut world, ISSUER_ID, ROLE, 0);
    assert_eq!(both(&mut world), [false, false]);
    world.done(ISSUER, world.act(attest(PERSON_ID, ROLE, 0, EXPIRES)));
    assert_eq!(both(&mut world), [true, false]);
}

#[test]
fn what_was_attested_while_the_issuer_was_honest_survives_what_was_forged() {
    for (honest_until, expected) in [
        (START, [false, false]),
        (START + 1, [true, false]),
        (START + 100, [true, false]),
        (START + 101, [true, true]),
    ] {
        let mut world = forged();
        world.at(START + 200);
        withdraw_approval(&mut world, ISSUER_ID, Some(honest_until));
        assert_eq!(both(&mut world), expected, "{honest_until}");
        // Nothing more is attested before it is approved again.
        let more = attest(FRIEND_ID, ROLE, 0, EXPIRES);
        assert_eq!(world.refused(ISSUER, world.act(more)), IdError::NotIssuer);
        world.advance(1);
        approve(&mut world, ISSUER_ID, ROLE, 0);
        assert_eq!(both(&mut world), expected, "{honest_until}");
    }
}

/// The owner stops an issuer at once, and finds out later since when it was not honest.
#[test]
fn the_owner_says_again_up_to_when_an_issuer_was_honest() {
    let mut world = forged();
    world.at(START + 200);
    withdraw_approval(&mut world, ISSUER_ID, None);
    world.at(START + 300);
    assert_eq!(restore(&mut world, ISSUER_ID, START + 50), Ok(()));
    assert_eq!(both(&mut world), [true, false]);
    // Up to the end of the approval at most, and not into the future.
    let future = restore(&mut world, ISSUER_ID, START + 301);
    assert_eq!(future, Err(IdError::InFuture));
    assert_eq!(restore(&mut world, ISSUER_ID, START + 300), Ok(()));
    assert_eq!(both(&mut world), [true, true]);
    let again = restore(&mut world, ISSUER_ID, START + 201);
    assert_eq!(again, Err(IdError::NothingToDo));
    // Back again.
    withdraw_approval(&mut world, ISSUER_ID, Some(START + 50));
    assert_eq!(both(&mut world), [true, false]);
    let future = world
        .contract()
        .withdraw_approval(ISSUER_ID, Some(START + 301));
    assert_eq!(world.refused(OWNER, future), IdError::InFuture);
    let never = world.contract().withdraw_approval(FRIEND_ID, None);
    assert_eq!(world.refused(OWNER, never), IdError::NothingToDo);
}

/// The council can withdraw in a hurry, so that nothing must be given by that.
#[test]
fn withdrawing_again_lets_nothing_count_that_did_not() {
    let mut world = forged();
    world.at(START + 200);
    withdraw_approval(&mut world, ISSUER_ID, Some(START + 50));
    for honest_until in [START + 51, START + 200] {
        let wider = world
            .contract()
            .withdraw_approval(ISSUER_ID, Some(honest_until));
        assert_eq!(world.refused(OWNER, wider), IdError::Widens);
    }
    let same = world
        .contract()
        .withdraw_approval(ISSUER_ID, Some(START + 50));
    assert_eq!(world.refused(OWNER, same), IdError::NothingToDo);
    assert_eq!(both(&mut world), [true, false]);
    withdraw_approval(&mut world, ISSUER_ID, None);
    assert_eq!(both(&mut world), [false, false]);
}

#[test]
fn nothing_is_restored_while_an_issuer_is_approved() {
    let mut world = forged();
    world.at(START + 200);
    let nothing = Err(IdError::NothingToDo);
    assert_eq!(restore(&mut world, ISSUER_ID, START + 200), nothing);
    assert_eq!(restore(&mut world, FRIEND_ID, START + 200), nothing);
    withdraw_approval(&mut world, ISSUER_ID, Some(START + 50));
    world.advance(1);
    approve(&mut world, ISSUER_ID, ROLE, 0);
    world.advance(1);
    assert_eq!(restore(&mut world, ISSUER_ID, START + 200), nothing);
    assert_eq!(both(&mut world), [true, false]);
    let stranger = world
        .contract()
        .restore_attestations(ISSUER_ID, START + 200);
    let refused = world.refused(STRANGER, stranger);
    assert_eq!(refused, AccessError::CallerIsNotOwner.into());
}

#[test]
fn another_topic_ends_nothing_and_a_topic_that_comes_back_begins_anew() {
    let mut world = forged();
    let both_topics = ROLE.bit() | Topic::HOSPITAL.bit();
    let more = world.contract().approve_issuer(ISSUER_ID, both_topics, 0);
    world.done(OWNER, more);
    assert_eq!(both(&mut world), [true, true]);
    // Honest until then, whatever was approved when.
    world.advance(100);
    withdraw_approval(&mut world, ISSUER_ID, Some(START + 50));
    assert_eq!(both(&mut world), [true, false]);
    let mut world = forged();
    approve(&mut world, ISSUER_ID, Topic::HOSPITAL, 0);
    world.advance(1);
    approve(&mut world, ISSUER_ID, ROLE, 0);
    assert_eq!(both(&mut world), [false, false]);
}

/// What it attested of the topic that goes ends with it.
#[test]
fn an_approval_is_narrowed_to_fewer_topics() {
    let mut world = forged();
    let both_topics = ROLE.bit() | Topic::HOSPITAL.bit();
    let approve = |world: &mut World, topics| {
        let approve = world.contract().approve_issuer(ISSUER_ID, topics, 0);
        world.answer(OWNER, approve)
    };
    let same = Err(IdError::NothingToDo);
    assert_eq!(approve(&mut world, both_topics), Ok(()));
    assert_eq!(approve(&mut world, both_topics), same);
    let hospital = attest(PERSON_ID, Topic::HOSPITAL, 0, EXPIRES);
    world.done(ISSUER, world.act(hospital.clone()));
    world.advance(1);
    assert_eq!(approve(&mut world, ROLE.bit()), Ok(()));
    assert_eq!(approve(&mut world, ROLE.bit()), same);
    assert_eq!(both(&mut world), [true, true]);
    assert!(!world.get(world.has_role(PERSON, Topic::HOSPITAL)));
    let refused = world.refused(ISSUER, world.act(hospital));
    assert_eq!(refused, IdError::NotIssuer);
}

/// One in which the issuer was honest for no moment is forgotten, and makes room.
#[test]
fn an_issuer_has_at_most_sixty_four_approvals_that_count() {
    let mut world = World::new();
    world.watched = false;
    for number in 1..=MAX_PERIODS {
        world.advance(1);
        approve(&mut world, FRIEND_ID, ROLE, 0);
        world.advance(1);
        let end = world.now();
        withdraw_approval(&mut world, FRIEND_ID, Some(end));
        let Some(Stored::Issuer(issuer)) = stored(&mut world, Query::Issuer(FRIEND_ID)) else {
            panic!("it was approved");
        };
        assert_eq!(issuer.periods.len(), number);
    }
    world.advance(1);
    let more = world.contract().approve_issuer(FRIEND_ID, ROLE.bit(), 0);
    assert_eq!(world.refused(OWNER, more), IdError::NoRoom);
    let begin = world.now() - 2;
    withdraw_approval(&mut world, FRIEND_ID, Some(begin));
    world.advance(1);
    approve(&mut world, FRIEND_ID, ROLE, 0);
}

/// Else what was attested in that block would count under both approvals.
#[test]
fn an_approval_does_not_change_twice_at_one_moment() {
    let mut world = forged();
    withdraw_approval(&mut world, ISSUER_ID, None);
    let again = world.contract().approve_issuer(ISSUER_ID, ROLE.bit(), 0);
    assert_eq!(world.refused(OWNER, again), IdError::TooEarly);
    world.advance(1);
    approve(&mut world, ISSUER_ID, ROLE, 0);
}

#[test]
fn what_was_signed_while_the_issuer_was_not_approved_does_not_come_in_later() {
    let mut issuing = Issuing::new();
    let issuer = issuing.issuer;
    let begin = issuing.world.now();
    issuing.world.at(begin + 10);
    withdraw_approval(&mut issuing.world, issuer, Some(begin + 5));
    issuing.world.at(begin + 20);
    approve(&mut issuing.world, issuer, ROLE, 0);
    for (issued, answer) in [
        (begin + 4, Ok(issuer)),
        (begin + 5, Err(IdError::Outdated)),
        (begin + 19, Err(IdError::Outdated)),
        (begin + 20, Ok(issuer)),
    ] {
        assert_eq!(issuing.submit(role_at(issued)), answer, "{issued}");
    }
}

/// A compromised issuer renews what it attests: the attestation counts since it was stored anew.
#[test]
fn what_was_renewed_with_a_stolen_key_is_forged() {
    let mut world = forged();
    world.done(ISSUER, world.act(attest(PERSON_ID, ROLE, 0, EXPIRES)));
    world.advance(1);
    withdraw_approval(&mut world, ISSUER_ID, Some(START + 50));
    assert_eq!(both(&mut world), [false, false]);
}

#[test]
fn an_issuer_that_was_proved_false_counts_for_nothing() {
    let mut world = attested();
    world.done(ISSUER, world.act(attest(PERSON_ID, ROLE, 0, EXPIRES)));
    for issuer in [ISSUER_ID, ANCHOR_ID] {
        let accuse = world.contract().accuse(issuer, EVIDENCE);
        world.done(OWNER, accuse);
    }
    world.advance(NOTICE);
    assert_eq!((has_role(&mut world), trust(&mut world)), (true, CEILING));
    for issuer in [ISSUER_ID, ANCHOR_ID] {
        let condemn = world.contract().condemn(issuer);
        let answer = world.send(OWNER, condemn);
        let approved = None;
        world.assert_emitted(&answer, IssuerChanged { issuer, approved });
        assert_eq!(stored(&mut world, Query::Issuer(issuer)), None);
        let again = world.contract().approve_issuer(issuer, ROLE.bit(), 0);
        assert_eq!(world.refused(OWNER, again), IdError::Challenged);
    }
    assert_eq!((has_role(&mut world), trust(&mut world)), (false, 0));
    let more = attest(FRIEND_ID, ROLE, 0, EXPIRES);
    assert_eq!(world.refused(ISSUER, world.act(more)), IdError::NotIssuer);
    let attests = world.contract().attests(ISSUER.into(), ROLE);
    assert_eq!(world.get(attests), None);
}

/// It completes no takeover, and a recovery to which it agreed can be cancelled.
#[test]
fn an_anchor_that_was_proved_false_completes_no_recovery() {
    for agreed in [false, true] {
        let mut world = attested();
        let accuse = world.contract().accuse(ANCHOR_ID, EVIDENCE);
        world.done(OWNER, accuse);
        world.advance(NOTICE);
        agree(&mut world, THIEF);
        world.done(PERSON, world.act(Action::Cancel { begun: None }));
        agree(&mut world, THIEF);
        if agreed {
            world.done(ANCHOR, world.act(recover(THIEF)));
            world.done(THIEF, world.act(consent()));
        }
        let condemn = world.contract().condemn(ANCHOR_ID);
        world.done(OWNER, condemn);
        if agreed {
            world.advance(DELAY);
            assert_eq!(settle(&mut world), Err(IdError::Final));
            world.done(PERSON, world.act(Action::Cancel { begun: None }));
        } else {
            let refused = world.refused(ANCHOR, world.act(recover(THIEF)));
            assert_eq!(refused, IdError::NotGuardian);
        }
    }
}
