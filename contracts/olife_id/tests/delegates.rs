//! Who acts for an organisation, for what and until when.

use crate::world::*;
use allive_access::{AccessError, Pausable};
use allive_calls::{Keyring, Typed};
use allive_olife_id_interface::{IdentityId, IdentityRegistry, Standing, Topic, Topics};
use allive_simulator::START;
use ink::primitives::AccountId;
use olife_id::*;

const ROLE: Topic = Topic::CLINICIAN;
const KNOWN: Topics = Topic::KNOWN.bit();

/// The identity of the person is the organisation: it has the role, and an anchor knows it.
fn organisation() -> World {
    let mut world = attested();
    world.done(ISSUER, world.act(attest(PERSON_ID, ROLE, 0, EXPIRES)));
    world
}

/// The friend is its delegate for the role.
fn delegated() -> World {
    let mut world = organisation();
    world.done(PERSON, world.act(appoint(FRIEND_ID, ROLE.bit(), EXPIRES)));
    world
}

fn ask(world: &mut World, account: AccountId, topics: Topics) -> Option<Standing> {
    world.get(world.standing_as(account, PERSON_ID, topics))
}

/// Whether the friend acts for the organisation in the role.
fn acts(world: &mut World) -> bool {
    let standing = ask(world, FRIEND, ROLE.bit());
    standing.is_some_and(|standing| standing.held == ROLE.bit())
}

fn stands(held: Topics, trust: u32) -> Option<Standing> {
    let identity = PERSON_ID;
    Some(Standing {
        identity,
        held,
        trust,
    })
}

#[test]
fn a_delegate_stands_as_its_organisation_in_what_was_delegated() {
    let mut world = organisation();
    let topics = ROLE.bit() | Topic::PHARMACY.bit();
    assert_eq!(ask(&mut world, FRIEND, ROLE.bit()), None);
    let expires = world.now() + 500;
    let answer = world.receipt(PERSON, world.act(appoint(FRIEND_ID, topics, expires)));
    assert_eq!((answer.frames, answer.events.len()), (1, 1));
    for (asked, expected) in [
        (ROLE.bit(), stands(ROLE.bit(), 0)),
        // Delegated, but not held.
        (Topic::PHARMACY.bit(), stands(0, 0)),
        // Held, but not delegated: neither the trust.
        (KNOWN, None),
        (KNOWN | ROLE.bit(), stands(ROLE.bit(), 0)),
        (u64::MAX, stands(ROLE.bit(), 0)),
        (0, None),
    ] {
        assert_eq!(ask(&mut world, FRIEND, asked), expected, "{asked}");
        assert_eq!(ask(&mut world, STRANGER, asked), None);
        assert_eq!(ask(&mut world, GUARDS[0], asked), None);
    }
    // It is nothing else than it was, and the organisation nothing of it.
    assert!(!world.get(world.has_role(FRIEND, ROLE)));
    let reverse = world.standing_as(PERSON, FRIEND_ID, ROLE.bit());
    assert_eq!(world.get(reverse), None);
    world.at(expires - 1);
    assert!(acts(&mut world));
    world.at(expires);
    assert_eq!(ask(&mut world, FRIEND, ROLE.bit()), None);
}

#[test]
fn the_trust_of_an_organisation_is_delegated_with_known() {
    let mut world = organisation();
    let topics = KNOWN | ROLE.bit();
    world.done(PERSON, world.act(appoint(FRIEND_ID, topics, EXPIRES)));
    assert_eq!(ask(&mut world, FRIEND, KNOWN), stands(KNOWN, CEILING));
    assert_eq!(ask(&mut world, FRIEND, topics), stands(topics, CEILING));
    assert_eq!(ask(&mut world, FRIEND, ROLE.bit()), stands(ROLE.bit(), 0));
}

#[test]
fn a_key_of_its_own_stands_as_the_organisation_in_everything() {
    let mut world = organisation();
    let all = KNOWN | ROLE.bit();
    assert_eq!(ask(&mut world, PERSON, u64::MAX), stands(all, CEILING));
    assert_eq!(ask(&mut world, PERSON, 0), stands(0, 0));
    world.done(PERSON, world.act(Action::Freeze));
    assert_eq!(ask(&mut world, PERSON, u64::MAX), None);
}

#[test]
fn a_delegate_acts_as_long_as_its_organisation_could() {
    let mut world = delegated();
    assert!(acts(&mut world));
    world.done(ISSUER, world.act(revoke(PERSON_ID, ROLE)));
    assert_eq!(ask(&mut world, FRIEND, ROLE.bit()), stands(0, 0));
    // Frozen, and thawed.
    let mut world = delegated();
    world.done(PERSON, world.act(Action::Freeze));
    assert_eq!(ask(&mut world, FRIEND, ROLE.bit()), None);
    world.done(PERSON, world.act(announce(&[PERSON])));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    assert!(acts(&mut world));
    // Proved false.
    let mut world = delegated();
    condemn(&mut world);
    assert_eq!(ask(&mut world, FRIEND, ROLE.bit()), None);
    let more = world.refused(PERSON, world.act(appoint(FRIEND_ID, 4, EXPIRES)));
    assert_eq!(more, IdError::Challenged);
}

#[test]
fn a_delegate_that_is_frozen_or_false_acts_for_nobody() {
    let mut world = delegated();
    world.done(FRIEND, world.act(Action::Freeze));
    assert_eq!(ask(&mut world, FRIEND, ROLE.bit()), None);
    let mut world = delegated();
    let accuse = world.contract().accuse(FRIEND_ID, EVIDENCE);
    world.done(OWNER, accuse);
    world.advance(NOTICE);
    let condemn = world.contract().condemn(FRIEND_ID);
    world.done(OWNER, condemn);
    assert_eq!(ask(&mut world, FRIEND, ROLE.bit()), None);
}

/// A key of the delegate that was lost acts no more, and the new one does.
#[test]
fn a_delegate_is_an_identity_and_keeps_acting_with_other_keys() {
    let mut world = organisation();
    let delegate = create(&mut world, SECOND, &GUARDIANS, 2);
    let appointed = appoint(delegate, ROLE.bit(), EXPIRES);
    world.done(PERSON, world.act(appointed));
    for guard in &GUARDS[..2] {
        let keys = vec![held(THIEF, ALL)];
        let identity = delegate;
        world.done(*guard, world.act(Action::Recover { identity, keys }));
    }
    assert_eq!(ask(&mut world, SECOND, ROLE.bit()), None);
    let (identity, purposes) = (delegate, ALL);
    world.done(THIEF, world.act(Action::Consent { identity, purposes }));
    world.advance(DELAY);
    let settle = world.contract().settle(delegate);
    world.done(STRANGER, settle);
    assert_eq!(ask(&mut world, SECOND, ROLE.bit()), None);
    assert_eq!(
        ask(&mut world, THIEF, ROLE.bit()),
        stands(ROLE.bit(), 0),
        "the new key"
    );
    // By a key that is for acting.
    let mut keys = control(&[THIEF]);
    keys.keys.push(held(SECOND, ALL & !ACT));
    let control = Some(keys);
    world.done(THIEF, world.act(Action::Announce { control }));
    let purposes = ALL & !ACT;
    world.done(SECOND, world.act(Action::Consent { identity, purposes }));
    world.advance(SETTLING);
    let settle = world.contract().settle(delegate);
    world.done(STRANGER, settle);
    assert_eq!(ask(&mut world, SECOND, ROLE.bit()), None);
}

#[test]
fn nobody_delegates_further() {
    let mut world = delegated();
    let further = create(&mut world, SECOND, &[], 0);
    world.done(FRIEND, world.act(appoint(further, ROLE.bit(), EXPIRES)));
    assert_eq!(ask(&mut world, SECOND, ROLE.bit()), None);
    let by_friend = world.standing_as(SECOND, FRIEND_ID, ROLE.bit());
    let held = world.get(by_friend).map(|standing| standing.held);
    assert_eq!(held, Some(0));
}

#[test]
fn an_appointment_is_bounded() {
    let mut world = organisation();
    let now = world.now();
    let lasts = |expires| appoint(FRIEND_ID, ROLE.bit(), expires);
    for (action, error) in [
        (lasts(now), IdError::BadExpiry),
        (lasts(now + LONGEST_TERM + 1), IdError::BadExpiry),
        (appoint(FRIEND_ID, 0, EXPIRES), IdError::NothingToDo),
        (appoint(PERSON_ID, 4, EXPIRES), IdError::Itself),
        (appoint(NEXT, 4, EXPIRES), IdError::UnknownIdentity),
        (dismiss(PERSON_ID), IdError::Itself),
        (decline(PERSON_ID, true), IdError::Itself),
        (dismiss(NEXT), IdError::UnknownIdentity),
        (decline(NEXT, true), IdError::UnknownIdentity),
        (appoint_at(Some(now + 1), 0, 4, EXPIRES), IdError::InFuture),
        (dismiss_at(Some(now + 1), 0), IdError::InFuture),
        (
            Action::DismissAll {
                since: now + 1,
                until: None,
            },
            IdError::InFuture,
        ),
    ] {
        let refused = world.refused(PERSON, world.act(action.clone()));
        assert_eq!(refused, error, "{action:?}");
    }
    world.done(PERSON, world.act(lasts(now + LONGEST_TERM)));
    let pause = world.contract().pause();
    world.done(OWNER, pause);
    let paused = IdError::Access(AccessError::Paused);
    assert_eq!(world.refused(PERSON, world.act(lasts(EXPIRES))), paused);
    world.done(PERSON, world.act(dismiss(FRIEND_ID)));
    world.done(FRIEND, world.act(decline(PERSON_ID, true)));
    world.advance(1);
    world.done(
        PERSON,
        world.act(Action::DismissAll {
            since: 0,
            until: None,
        }),
    );
}

#[test]
fn a_delegate_is_dismissed_and_appointed_again() {
    let mut world = delegated();
    world.advance(1);
    world.done(PERSON, world.act(dismiss(FRIEND_ID)));
    assert!(!acts(&mut world));
    let again = world.refused(PERSON, world.act(dismiss(FRIEND_ID)));
    assert_eq!(again, IdError::NothingToDo);
    // Not at the same moment: which word was the last cannot be told.
    let same = appoint(FRIEND_ID, ROLE.bit(), EXPIRES);
    let outdated = world.refused(PERSON, world.act(same.clone()));
    assert_eq!(outdated, IdError::Outdated);
    world.advance(1);
    world.done(PERSON, world.act(same));
    assert!(acts(&mut world));
    // The last appointment counts, for what it says.
    let other = appoint(FRIEND_ID, Topic::PHARMACY.bit(), EXPIRES);
    world.done(PERSON, world.act(other));
    assert_eq!(ask(&mut world, FRIEND, ROLE.bit()), None);
}

/// A signing organisation with a role, whose key is `SIGNER`, and a delegate of no other.
struct Signing {
    world: World,
    organisation: IdentityId,
    nonce: u64,
}

const SIGNER: Keyring = Keyring::Bob;

impl Signing {
    fn new() -> Self {
        let mut world = World::new();
        world.chain.endow(SIGNER.account());
        let organisation = create(&mut world, SIGNER.account(), &[], 0);
        let role = attest(organisation, ROLE, 0, START + LONGEST_TERM);
        world.done(ISSUER, world.act(role));
        world.at(START + 3 * LONGEST_WAIT);
        Self {
            world,
            organisation,
            nonce: 0,
        }
    }

    fn submit(&mut self, action: Action) -> Result<IdentityId, IdError> {
        self.nonce += 1;
        let request = Request {
            signer: Key::Account(SIGNER.account().into()),
            action: SignedAction {
                identity: Some(self.organisation),
                action,
            },
            nonce: self.nonce,
            deadline: self.world.now() + 1_000,
        };
        let signature = self.world.signed(SIGNER, &request);
        let submit = self.world.act_for(&request, signature);
        self.world.answer(STRANGER, submit)
    }

    fn appointed_at(&mut self, issued: u64) -> Action {
        let expires = self.world.now() + 1_000;
        appoint_at(Some(issued), FRIEND_ID, ROLE.bit(), expires)
    }

    fn acts(&mut self) -> bool {
        let asks = self
            .world
            .standing_as(FRIEND, self.organisation, ROLE.bit());
        self.world.get(asks).is_some()
    }
}

#[test]
fn a_dismissal_beats_an_appointment_that_was_signed_before_it() {
    // One that was submitted, and one that was not.
    for submitted in [true, false] {
        let mut signing = Signing::new();
        let (now, organisation) = (signing.world.now(), signing.organisation);
        if submitted {
            let appointed = signing.appointed_at(now - 20);
            assert_eq!(signing.submit(appointed), Ok(organisation));
            assert!(signing.acts());
        }
        let dismissed = signing.submit(dismiss_at(Some(now - 10), FRIEND_ID));
        assert_eq!(dismissed, Ok(organisation));
        for issued in [now - 20, now - 11, now - 10] {
            let late = signing.appointed_at(issued);
            assert_eq!(signing.submit(late), Err(IdError::Outdated));
        }
        assert!(!signing.acts());
        let later = signing.appointed_at(now - 9);
        assert_eq!(signing.submit(later), Ok(organisation));
        assert!(signing.acts());
        // Nor does an older dismissal end a later appointment.
        let late = signing.submit(dismiss_at(Some(now - 10), FRIEND_ID));
        assert_eq!(late, Err(IdError::Outdated));
        let older = signing.appointed_at(now - 10);
        assert_eq!(signing.submit(older), Err(IdError::Outdated));
    }
}

#[test]
fn a_signed_appointment_says_when_and_waits_thirty_days_at_most() {
    let mut signing = Signing::new();
    let (now, organisation) = (signing.world.now(), signing.organisation);
    let undated = appoint(FRIEND_ID, ROLE.bit(), now + 1);
    for action in [undated, dismiss(FRIEND_ID)] {
        assert_eq!(signing.submit(action), Err(IdError::Undated));
    }
    let early = now - LONGEST_WAIT - 1;
    for action in [
        signing.appointed_at(early),
        dismiss_at(Some(early), FRIEND_ID),
    ] {
        assert_eq!(signing.submit(action), Err(IdError::Outdated));
    }
    let last = signing.appointed_at(now - LONGEST_WAIT);
    assert_eq!(signing.submit(last), Ok(organisation));
}

#[test]
fn who_declines_is_nobodys_delegate_and_is_appointed_only_anew() {
    let mut signing = Signing::new();
    let (now, organisation) = (signing.world.now(), signing.organisation);
    let appointed = signing.appointed_at(now - 10);
    assert_eq!(signing.submit(appointed), Ok(organisation));
    let declined = signing.world.act(decline(organisation, true));
    signing.world.done(FRIEND, declined);
    assert!(!signing.acts());
    let again = signing.world.act(decline(organisation, true));
    let again = signing.world.refused(FRIEND, again);
    assert_eq!(again, IdError::NothingToDo);
    signing.world.advance(5);
    let appointed = signing.appointed_at(now + 5);
    assert_eq!(signing.submit(appointed), Err(IdError::Refused));
    // Dismissing changes nothing about that.
    let dismissed = signing.submit(dismiss_at(Some(now + 1), FRIEND_ID));
    assert_eq!(dismissed, Ok(organisation));
    let appointed = signing.appointed_at(now + 5);
    assert_eq!(signing.submit(appointed), Err(IdError::Refused));
    let issued = Some(now);
    let late = Action::Decline {
        organisation,
        declined: false,
        issued,
    };
    let late = signing.world.act(late);
    let refused = signing.world.refused(FRIEND, late);
    assert_eq!(refused, IdError::Outdated);
    let accepted = signing.world.act(decline(organisation, false));
    signing.world.done(FRIEND, accepted);
    assert!(!signing.acts(), "the former appointment is over");
    let earlier = signing.appointed_at(now + 1);
    assert_eq!(signing.submit(earlier), Err(IdError::Outdated));
    let appointed = signing.appointed_at(now + 2);
    assert_eq!(signing.submit(appointed), Ok(organisation));
    assert!(signing.acts());
}

/// Nobody asks whom it names, so it must not matter to her.
#[test]
fn naming_somebody_as_delegate_changes_nothing_of_hers() {
    let mut world = organisation();
    let before = identity_at(&mut world, FRIEND_ID);
    world.done(PERSON, world.act(appoint(FRIEND_ID, u64::MAX, EXPIRES)));
    assert_eq!(identity_at(&mut world, FRIEND_ID), before);
    let standing = world.contract().standing(FRIEND.into(), u64::MAX);
    let own = world.get(standing).unwrap();
    assert_eq!((own.identity, own.held, own.trust), (FRIEND_ID, 0, 0));
}

/// A thief with a key for appointing appointed itself.
#[test]
fn everybody_who_was_appointed_since_a_moment_is_dismissed_at_once() {
    let mut signing = Signing::new();
    let (now, organisation) = (signing.world.now(), signing.organisation);
    let honest = signing.appointed_at(now);
    assert_eq!(signing.submit(honest), Ok(organisation));
    signing.world.at(now + 100);
    let thief = create(&mut signing.world, THIEF, &[], 0);
    let expires = now + 10_000;
    // It lies about when that was issued.
    let forged = appoint_at(Some(now - 1), thief, ROLE.bit(), expires);
    assert_eq!(signing.submit(forged), Ok(organisation));
    let thief_acts = |signing: &mut Signing| {
        let asks = signing.world.standing_as(THIEF, organisation, ROLE.bit());
        signing.world.get(asks).is_some()
    };
    assert!(thief_acts(&mut signing));
    let all_until = |since, until| Action::DismissAll { since, until };
    let all = |since| all_until(since, Some(now + 200));
    assert_eq!(
        signing.submit(all_until(now + 100, None)),
        Err(IdError::Undated)
    );
    signing.world.at(now + 200);
    assert_eq!(signing.submit(all(now + 100)), Ok(organisation));
    assert_eq!([signing.acts(), thief_acts(&mut signing)], [true, false]);
    assert_eq!(signing.submit(all(now + 100)), Err(IdError::NothingToDo));
    // What comes at that moment could be the thief's.
    let early = appoint_at(Some(now + 200), thief, ROLE.bit(), expires);
    assert_eq!(signing.submit(early), Err(IdError::TooEarly));
    signing.world.at(now + 201);
    for issued in [now + 100, now + 200] {
        let signed = appoint_at(Some(issued), thief, ROLE.bit(), expires);
        assert_eq!(signing.submit(signed), Err(IdError::Outdated));
    }
    let later = appoint_at(Some(now + 201), thief, ROLE.bit(), expires);
    assert_eq!(signing.submit(later), Ok(organisation));
    assert!(thief_acts(&mut signing));
    // What was signed long ago dismisses nobody who was appointed since.
    let again = all_until(now + 99, Some(now + 200));
    assert_eq!(signing.submit(again), Ok(organisation));
    assert!(thief_acts(&mut signing));
    // Another time dismisses more, and nothing comes back.
    signing.world.at(now + 300);
    let late = all_until(now + 201, Some(now + 301));
    assert_eq!(signing.submit(late), Err(IdError::InFuture));
    let none = all_until(now + 300, Some(now + 299));
    assert_eq!(signing.submit(none), Err(IdError::NothingToDo));
    let all = all_until(now + 201, Some(now + 300));
    assert_eq!(signing.submit(all), Ok(organisation));
    assert_eq!([signing.acts(), thief_acts(&mut signing)], [true, false]);
    let first = all_until(now, Some(now));
    assert_eq!(signing.submit(first), Ok(organisation));
    assert_eq!([signing.acts(), thief_acts(&mut signing)], [false, false]);
}

/// Four times are kept apart. Of more, the two that are closest become one, with what lies between.
#[test]
fn who_was_appointed_between_two_times_of_dismissal_acts_on() {
    let mut world = organisation();
    let start = world.now();
    let mut delegates = vec![];
    for number in 0..10 {
        let key = account(100 + number);
        world.at(start + 100 * u64::from(number));
        let delegate = create(&mut world, key, &[], 0);
        world.done(PERSON, world.act(appoint(delegate, ROLE.bit(), EXPIRES)));
        delegates.push(key);
    }
    let acting = |world: &mut World| {
        let acting = delegates.iter().filter(|key| {
            let asks = world.standing_as(**key, PERSON_ID, ROLE.bit());
            world.get(asks).is_some()
        });
        let acting = acting.map(|key| delegates.iter().position(|one| one == key).unwrap());
        acting.collect::<Vec<_>>()
    };
    let dismiss = |world: &mut World, since: u64, until: u64| {
        let (since, until) = (start + since, Some(start + until));
        let dismiss = Action::DismissAll { since, until };
        world.answer(PERSON, world.act(dismiss))
    };
    for (since, until) in [(0, 0), (150, 250), (500, 510), (900, 900)] {
        assert_eq!(dismiss(&mut world, since, until), Ok(PERSON_ID));
    }
    assert_eq!(acting(&mut world), [1, 3, 4, 6, 7, 8]);
    let is_so = dismiss(&mut world, 160, 250);
    assert_eq!(is_so, Err(IdError::NothingToDo));
    // Times that meet are one.
    assert_eq!(dismiss(&mut world, 240, 300), Ok(PERSON_ID));
    assert_eq!(acting(&mut world), [1, 4, 6, 7, 8]);
    // The fifth: 700 is closer to 510 than any other two are.
    assert_eq!(dismiss(&mut world, 640, 700), Ok(PERSON_ID));
    assert_eq!(acting(&mut world), [1, 4, 8]);
}

/// Whom the thief appointed does not act until the new key has seen to it.
#[test]
fn a_recovery_dismisses_everybody_who_was_appointed_since_shortly_before_it_began() {
    for (before, acts_on) in [(SETTLING + 1, true), (SETTLING, false), (1, false)] {
        let mut world = organisation();
        world.advance(SETTLING);
        world.done(PERSON, world.act(appoint(FRIEND_ID, ROLE.bit(), EXPIRES)));
        world.advance(before);
        agree(&mut world, SECOND);
        world.done(SECOND, world.act(consent()));
        // Cancelled by a thief, which does not put off when it began.
        world.done(PERSON, world.act(Action::Cancel { begun: None }));
        let thief = create(&mut world, THIEF, &[], 0);
        world.done(PERSON, world.act(appoint(thief, ROLE.bit(), EXPIRES)));
        agree(&mut world, SECOND);
        world.done(ANCHOR, world.act(recover(SECOND)));
        world.done(SECOND, world.act(consent()));
        world.advance(DELAY);
        assert_eq!(settle(&mut world), Ok(()));
        assert_eq!(acts(&mut world), acts_on, "{before}");
        assert_eq!(ask(&mut world, THIEF, ROLE.bit()), None);
        world.advance(1);
        world.done(SECOND, world.act(appoint(FRIEND_ID, ROLE.bit(), EXPIRES)));
        assert!(acts(&mut world));
    }
}

/// Those who were appointed stay when keys change as announced.
#[test]
fn an_announcement_dismisses_nobody() {
    let mut world = delegated();
    world.done(PERSON, world.act(announce(&[PERSON, SECOND])));
    world.done(SECOND, world.act(consent()));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    assert!(acts(&mut world));
}

/// An appointment outlives the key that made it, so that acting is not enough for it.
#[test]
fn appointing_is_a_purpose_of_its_own() {
    let appoints = || appoint(FRIEND_ID, ROLE.bit(), EXPIRES);
    let all = || Action::DismissAll {
        since: 0,
        until: None,
    };
    for (purposes, may) in [
        (APPOINT, [true, true, false]),
        (MANAGE, [false, true, true]),
        (ACT | ATTEST | HOLD | GUARD | STAKE, [false, false, false]),
    ] {
        let mut world = organisation();
        let mut keys = control(&[PERSON]);
        keys.keys.push(held(SECOND, purposes));
        let control = Some(keys);
        world.done(PERSON, world.act(Action::Announce { control }));
        world.done(SECOND, world.act(consent_for(purposes)));
        world.advance(SETTLING);
        assert_eq!(settle(&mut world), Ok(()));
        for (action, may) in [appoints(), dismiss(FRIEND_ID), all()].into_iter().zip(may) {
            world.advance(1);
            let answer = world.answer(SECOND, world.act(action));
            let expected = if may {
                Ok(PERSON_ID)
            } else {
                Err(IdError::NotForThat)
            };
            assert_eq!(answer, expected, "{purposes}");
        }
    }
}

#[test]
fn a_frozen_organisation_dismisses_and_appoints_nobody() {
    let mut world = delegated();
    world.advance(1);
    world.done(PERSON, world.act(Action::Freeze));
    let more = appoint(FRIEND_ID, ROLE.bit(), EXPIRES);
    assert_eq!(world.refused(PERSON, world.act(more)), IdError::Frozen);
    world.done(PERSON, world.act(dismiss(FRIEND_ID)));
    world.done(
        PERSON,
        world.act(Action::DismissAll {
            since: 0,
            until: None,
        }),
    );
}

#[test]
fn an_organisation_has_as_many_delegates_as_it_needs_at_the_same_cost() {
    let mut world = organisation();
    let mut costs = vec![];
    for number in 0..40 {
        let key = account(100 + number);
        let delegate = create(&mut world, key, &[], 0);
        let appoints = world.act(appoint(delegate, ROLE.bit(), EXPIRES));
        let appointed = world.receipt(PERSON, appoints).gas.ref_time;
        let asks = world.standing_as(key, PERSON_ID, ROLE.bit());
        let asked = world.chain.ask(STRANGER, asks);
        assert_eq!(asked.value, Ok(stands(ROLE.bit(), 0)));
        costs.push((appointed, asked.gas.ref_time));
    }
    let (first, last) = (costs[0], costs[39]);
    for (first, last) in [(first.0, last.0), (first.1, last.1)] {
        assert!(last as f64 / first as f64 <= 1.02, "{first}, {last}");
    }
}
