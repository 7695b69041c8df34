//! Who acts for a minor, or for somebody who cannot act: for what, and until when.

use crate::world::*;
use allive_access::{AccessError, Pausable};
use allive_calls::Keyring;
use allive_olife_id_interface::{scope, IdentityId, Scope, Standing, Topic, Topics};
use allive_simulator::START;
use ink::primitives::AccountId;
use olife_id::*;

const CARE: Scope = scope::CARE;
const DATA: Scope = scope::DATA;
const ROLE: Topic = Topic::CLINICIAN;
/// The child is the person, and the friend its mother.
const MOTHER: AccountId = FRIEND;
const CHILD: Pair = Pair {
    principal: PERSON_ID,
    representative: FRIEND_ID,
};
/// The issuer is a registry of births, and the anchor a court.
const REGISTRY: AccountId = ISSUER;
const COURT: AccountId = ANCHOR;

/// Attests who is of age.
const CIVIL: AccountId = GUARDS[1];
const CIVIL_ID: IdentityId = GUARDIANS[1];

/// Both give mandates.
fn courts() -> World {
    let mut world = attested();
    world.advance(1);
    approve(&mut world, CIVIL_ID, Topic::ADULT, 0);
    let topics = Topic::REPRESENTATIVE.bit();
    for (issuer, own, ceiling) in [
        (ISSUER_ID, ROLE.bit(), 0),
        (ANCHOR_ID, Topic::KNOWN.bit(), CEILING),
    ] {
        let approve = world
            .contract()
            .approve_issuer(issuer, topics | own, ceiling);
        world.done(OWNER, approve);
    }
    world.advance(1);
    world
}

/// The registry attested that the mother acts for the child, in care and data.
fn represented() -> World {
    let mut world = courts();
    world.done(REGISTRY, world.act(mandate(CHILD, CARE | DATA, EXPIRES)));
    world
}

fn ask(world: &mut World, account: AccountId, scope: Scope, topics: Topics) -> Option<Standing> {
    world.get(world.standing_for(account, PERSON_ID, scope, topics))
}

fn represents(world: &mut World, account: AccountId, scope: Scope) -> bool {
    ask(world, account, scope, 0).is_some()
}

fn stands(held: Topics, trust: u32) -> Option<Standing> {
    let identity = PERSON_ID;
    Some(Standing {
        identity,
        held,
        trust,
    })
}

fn adult(world: &mut World) {
    let adult = attest(PERSON_ID, Topic::ADULT, 0, EXPIRES);
    world.done(CIVIL, world.act(adult));
}

#[test]
fn a_representative_acts_for_its_principal_in_its_scope_until_its_date() {
    let mut world = courts();
    let expires = world.now() + 500;
    assert!(!represents(&mut world, MOTHER, CARE));
    let answer = world.receipt(REGISTRY, world.act(mandate(CHILD, CARE | DATA, expires)));
    assert_eq!((answer.frames, answer.events.len()), (1, 1));
    for (scope, may) in [
        (CARE, true),
        (DATA, true),
        (CARE | DATA, true),
        (scope::MONEY, false),
        (scope::ALL, false),
        (8, false),
        (8 | CARE, false),
        (0, false),
    ] {
        assert_eq!(represents(&mut world, MOTHER, scope), may, "{scope}");
        for other in [STRANGER, GUARDS[0], REGISTRY] {
            assert!(!represents(&mut world, other, scope));
        }
    }
    // The child does not act for its mother.
    let reverse = world.standing_for(PERSON, FRIEND_ID, CARE, 0);
    assert_eq!(world.get(reverse), None);
    world.at(expires - 1);
    assert!(represents(&mut world, MOTHER, CARE));
    world.at(expires);
    assert!(!represents(&mut world, MOTHER, CARE));
}

#[test]
fn the_question_tells_what_is_personal_and_the_trust_of_the_principal() {
    let mut world = represented();
    world.done(ISSUER, world.act(attest(PERSON_ID, ROLE, 0, EXPIRES)));
    let patient = Topic::PATIENT;
    approve(&mut world, GUARDIANS[0], patient, 0);
    world.done(GUARDS[0], world.act(attest(PERSON_ID, patient, 0, EXPIRES)));
    let known = Topic::KNOWN.bit();
    let all = ROLE.bit() | patient.bit() | known;
    // What the principal does for others, nobody does for it.
    let answer = ask(&mut world, MOTHER, CARE, u64::MAX);
    assert_eq!(answer, stands(patient.bit() | known, CEILING));
    let answer = ask(&mut world, MOTHER, CARE, patient.bit());
    assert_eq!(answer, stands(patient.bit(), 0));
    let answer = ask(&mut world, MOTHER, CARE, ROLE.bit());
    assert_eq!(answer, stands(0, 0));
    // Her own key needs no mandate.
    for scope in [0, CARE, scope::ALL, u8::MAX] {
        let own = ask(&mut world, PERSON, scope, u64::MAX);
        assert_eq!(own, stands(all, CEILING), "{scope}");
    }
}

#[test]
fn a_mandate_is_given_by_an_approved_issuer_within_bounds() {
    let mut world = courts();
    let now = world.now();
    let lasts = |expires| mandate(CHILD, CARE, expires);
    let of = |principal, representative| mandate(pair(principal, representative), CARE, EXPIRES);
    for (action, error) in [
        (mandate(CHILD, 0, EXPIRES), IdError::BadScope),
        (mandate(CHILD, 8, EXPIRES), IdError::BadScope),
        (lasts(now), IdError::BadExpiry),
        (lasts(now + LONGEST_TERM + 1), IdError::BadExpiry),
        (of(ISSUER_ID, FRIEND_ID), IdError::Itself),
        (of(PERSON_ID, ISSUER_ID), IdError::Itself),
        (of(PERSON_ID, PERSON_ID), IdError::Itself),
        (of(NEXT, FRIEND_ID), IdError::UnknownIdentity),
        (of(PERSON_ID, NEXT), IdError::UnknownIdentity),
        (
            mandate_at(Some(now + 1), CHILD, CARE, EXPIRES),
            IdError::InFuture,
        ),
        // Before it was approved for mandates.
        (
            mandate_at(Some(START), CHILD, CARE, EXPIRES),
            IdError::Outdated,
        ),
        // Nobody is a representative without a principal.
        (
            attest(PERSON_ID, Topic::REPRESENTATIVE, 0, EXPIRES),
            IdError::NotIssuer,
        ),
        (end_mandate_at(Some(now + 1), CHILD), IdError::InFuture),
        (end_mandate(pair(ISSUER_ID, FRIEND_ID)), IdError::Itself),
        (end_mandate(pair(PERSON_ID, ISSUER_ID)), IdError::Itself),
        (end_mandate(pair(PERSON_ID, PERSON_ID)), IdError::Itself),
        (renounce(ISSUER_ID), IdError::Itself),
        (end_mandate(pair(NEXT, 0)), IdError::UnknownIdentity),
        (end_mandate(pair(0, NEXT)), IdError::UnknownIdentity),
    ] {
        let refused = world.refused(REGISTRY, world.act(action.clone()));
        assert_eq!(refused, error, "{action:?}");
    }
    let stranger = world.refused(FRIEND, world.act(of(PERSON_ID, 0)));
    assert_eq!(stranger, IdError::NotIssuer);
    let stranger = world.refused(GUARDS[0], world.act(end_mandate(CHILD)));
    assert_eq!(stranger, IdError::NothingToDo);
    world.done(REGISTRY, world.act(lasts(now + LONGEST_TERM)));
    let pause = world.contract().pause();
    world.done(OWNER, pause);
    let paused = IdError::Access(AccessError::Paused);
    assert_eq!(world.refused(REGISTRY, world.act(lasts(EXPIRES))), paused);
    // What ends a mandate is not stopped.
    world.done(MOTHER, world.act(renounce(PERSON_ID)));
    world.advance(1);
    world.done(REGISTRY, world.act(end_mandate(CHILD)));
    let mut world = courts();
    condemn(&mut world);
    let refused = world.refused(REGISTRY, world.act(lasts(EXPIRES)));
    assert_eq!(refused, IdError::Challenged);
}

#[test]
fn a_mandate_counts_by_the_approval_of_its_issuer() {
    let mut world = represented();
    let given = world.now();
    world.advance(10);
    withdraw_approval(&mut world, ISSUER_ID, None);
    assert!(!represents(&mut world, MOTHER, CARE));
    assert_eq!(restore(&mut world, ISSUER_ID, given + 1), Ok(()));
    assert!(represents(&mut world, MOTHER, CARE));
    let more = world.refused(REGISTRY, world.act(mandate(CHILD, CARE, EXPIRES)));
    assert_eq!(more, IdError::NotIssuer);
    // Proved false.
    let accuse = world.contract().accuse(ISSUER_ID, EVIDENCE);
    world.done(OWNER, accuse);
    world.advance(NOTICE);
    let condemn = world.contract().condemn(ISSUER_ID);
    world.done(OWNER, condemn);
    assert!(!represents(&mut world, MOTHER, CARE));
}

#[test]
fn each_parent_acts_and_what_issuers_attest_adds_up() {
    let mut world = represented();
    let father = create(&mut world, SECOND, &[], 0);
    let his = mandate(pair(PERSON_ID, father), CARE, EXPIRES);
    world.done(COURT, world.act(his));
    assert!(represents(&mut world, SECOND, CARE));
    assert!(!represents(&mut world, SECOND, DATA));
    assert!(represents(&mut world, MOTHER, DATA));
    world.done(COURT, world.act(mandate(CHILD, scope::MONEY, EXPIRES)));
    assert!(represents(&mut world, MOTHER, scope::ALL));
}

#[test]
fn a_newer_mandate_replaces_an_older_one_of_the_same_issuer() {
    let mut world = represented();
    world.advance(10);
    world.done(REGISTRY, world.act(mandate(CHILD, CARE, EXPIRES)));
    assert!(represents(&mut world, MOTHER, CARE));
    assert!(!represents(&mut world, MOTHER, DATA));
    let older = mandate_at(Some(world.now() - 1), CHILD, CARE | DATA, EXPIRES);
    let refused = world.refused(REGISTRY, world.act(older));
    assert_eq!(refused, IdError::Outdated);
}

/// Custody is withdrawn by a court, and the registry that gave it says nothing.
#[test]
fn any_approved_issuer_ends_all_mandates_of_a_pair_that_were_issued_up_to_then() {
    let mut world = represented();
    world.advance(10);
    let ended = world.now();
    world.done(COURT, world.act(end_mandate(CHILD)));
    assert!(!represents(&mut world, MOTHER, CARE));
    let again = world.refused(COURT, world.act(end_mandate(CHILD)));
    assert_eq!(again, IdError::NothingToDo);
    // What the registry issued up to then does not come in later.
    for issued in [ended - 1, ended] {
        let late = mandate_at(Some(issued), CHILD, CARE, EXPIRES);
        let refused = world.refused(REGISTRY, world.act(late));
        assert_eq!(refused, IdError::Outdated);
    }
    world.advance(1);
    world.done(REGISTRY, world.act(mandate(CHILD, CARE, EXPIRES)));
    assert!(represents(&mut world, MOTHER, CARE));
    // Nor does it end what was issued later, nor what another acts for.
    let late = end_mandate_at(Some(ended), CHILD);
    let refused = world.refused(COURT, world.act(late));
    assert_eq!(refused, IdError::NothingToDo);
    assert!(represents(&mut world, MOTHER, CARE));
}

/// The court limits what the mother may decide.
#[test]
fn who_ended_a_mandate_and_gives_another_brings_nothing_back() {
    let mut world = represented();
    world.advance(10);
    world.done(COURT, world.act(end_mandate(CHILD)));
    world.advance(1);
    world.done(COURT, world.act(mandate(CHILD, scope::MONEY, EXPIRES)));
    let scopes = [CARE, DATA, scope::MONEY];
    let acts = scopes.map(|scope| represents(&mut world, MOTHER, scope));
    assert_eq!(acts, [false, false, true]);
}

/// A mandate that comes back would be worse than one that must be given anew.
#[test]
fn no_mandate_comes_back_when_the_issuer_that_ended_it_is_believed_no_more() {
    let approved = |world: &mut World, topics: Topics| {
        let approve = world.contract().approve_issuer(ANCHOR_ID, topics, CEILING);
        world.done(OWNER, approve);
    };
    for case in 0..5 {
        let mut world = represented();
        world.advance(10);
        let honest = world.now();
        world.done(COURT, world.act(end_mandate(CHILD)));
        // A thief with the court's key ends it again, and gives another.
        world.advance(10);
        world.done(COURT, world.act(end_mandate(CHILD)));
        world.advance(10);
        world.done(COURT, world.act(mandate(CHILD, scope::MONEY, EXPIRES)));
        world.advance(10);
        match case {
            0 => withdraw_approval(&mut world, ANCHOR_ID, None),
            1 => withdraw_approval(&mut world, ANCHOR_ID, Some(honest)),
            2 => withdraw_approval(&mut world, ANCHOR_ID, Some(honest + 1)),
            3 => approved(&mut world, Topic::KNOWN.bit()),
            _ => {
                let accuse = world.contract().accuse(ANCHOR_ID, EVIDENCE);
                world.done(OWNER, accuse);
                world.advance(NOTICE);
                let condemn = world.contract().condemn(ANCHOR_ID);
                world.done(OWNER, condemn);
            }
        }
        for scope in [CARE, DATA, scope::MONEY] {
            assert!(!represents(&mut world, MOTHER, scope), "{case}, {scope}");
        }
        world.done(REGISTRY, world.act(mandate(CHILD, CARE, EXPIRES)));
        assert!(represents(&mut world, MOTHER, CARE), "given anew");
    }
}

#[test]
fn an_issuer_that_is_approved_no_more_takes_back_its_own_mandates_alone() {
    let mut world = represented();
    world.done(COURT, world.act(mandate(CHILD, scope::MONEY, EXPIRES)));
    world.advance(10);
    let now = world.now();
    withdraw_approval(&mut world, ANCHOR_ID, Some(now));
    assert!(represents(&mut world, MOTHER, scope::MONEY));
    world.done(COURT, world.act(end_mandate(CHILD)));
    let scopes = [CARE, DATA, scope::MONEY];
    let acts = scopes.map(|scope| represents(&mut world, MOTHER, scope));
    assert_eq!(acts, [true, true, false]);
    for pair in [CHILD, pair(PERSON_ID, GUARDIANS[0])] {
        let refused = world.refused(COURT, world.act(end_mandate(pair)));
        assert_eq!(refused, IdError::NothingToDo);
    }
    // When it is approved again, what it had issued until then does not come in.
    world.advance(10);
    let topics = Topic::REPRESENTATIVE.bit() | Topic::KNOWN.bit();
    let approve = world.contract().approve_issuer(ANCHOR_ID, topics, CEILING);
    world.done(OWNER, approve);
    for issued in [now - 1, now] {
        let late = mandate_at(Some(issued), CHILD, scope::MONEY, EXPIRES);
        let refused = world.refused(COURT, world.act(late));
        assert_eq!(refused, IdError::Outdated);
    }
}

#[test]
fn a_representative_lays_its_mandate_down() {
    let mut world = represented();
    world.advance(10);
    // Others, also the principal, lay down their own.
    world.done(GUARDS[0], world.act(renounce(PERSON_ID)));
    world.done(PERSON, world.act(renounce(FRIEND_ID)));
    assert!(represents(&mut world, MOTHER, CARE));
    world.done(MOTHER, world.act(renounce(PERSON_ID)));
    assert!(!represents(&mut world, MOTHER, CARE));
    let late = mandate_at(Some(world.now()), CHILD, CARE, EXPIRES);
    let refused = world.refused(REGISTRY, world.act(late));
    assert_eq!(refused, IdError::Outdated);
    let again = world.refused(MOTHER, world.act(renounce(PERSON_ID)));
    assert_eq!(again, IdError::NothingToDo);
    world.advance(1);
    world.done(REGISTRY, world.act(mandate(CHILD, CARE, EXPIRES)));
    assert!(represents(&mut world, MOTHER, CARE));
}

/// Whatever an issuer says whose key was stolen. And no mandate sleeps and comes back.
#[test]
fn nobody_represents_an_adult_and_no_mandate_from_before_counts_again() {
    for revoked in [true, false] {
        let mut world = represented();
        world.advance(10);
        let ends = world.now() + 100;
        world.done(CIVIL, world.act(attest(PERSON_ID, Topic::ADULT, 0, ends)));
        for scope in [CARE, DATA] {
            assert!(!represents(&mut world, MOTHER, scope));
        }
        assert!(represents(&mut world, PERSON, CARE), "her own key");
        let given = || mandate(CHILD, CARE, EXPIRES);
        let refused = world.refused(COURT, world.act(given()));
        assert_eq!(refused, IdError::Adult);
        if revoked {
            world.at(ends - 1);
            world.done(CIVIL, world.act(revoke(PERSON_ID, Topic::ADULT)));
        }
        world.at(ends);
        assert!(!represents(&mut world, MOTHER, CARE), "{revoked}");
        let early = mandate_at(Some(ends - 2), CHILD, CARE, EXPIRES);
        let refused = world.refused(COURT, world.act(early));
        assert_eq!(refused, IdError::Adult);
        world.done(COURT, world.act(given()));
        assert!(represents(&mut world, MOTHER, CARE), "{revoked}");
        assert!(!represents(&mut world, MOTHER, DATA), "{revoked}");
    }
}

/// Two keys must err before somebody represents an adult, not one.
#[test]
fn no_issuer_gives_mandates_and_says_who_is_an_adult() {
    let mut world = courts();
    let both = Topic::REPRESENTATIVE.bit() | Topic::ADULT.bit();
    for topics in [both, both | ROLE.bit(), u64::MAX] {
        for issuer in [ISSUER_ID, CIVIL_ID, FRIEND_ID] {
            let approve = world.contract().approve_issuer(issuer, topics, 0);
            assert_eq!(world.refused(OWNER, approve), IdError::Incompatible);
        }
    }
    // Whoever changes to the other topic leaves nothing that counts.
    adult(&mut world);
    world.advance(1);
    approve(&mut world, CIVIL_ID, Topic::REPRESENTATIVE, 0);
    world.done(CIVIL, world.act(mandate(CHILD, CARE, EXPIRES)));
    assert!(represents(&mut world, MOTHER, CARE));
}

/// What a thief who forges attestations of `adult` hides comes back with the approval.
#[test]
fn an_adult_is_one_by_an_attestation_that_counts() {
    let mut world = represented();
    world.advance(10);
    let honest = world.now();
    adult(&mut world);
    assert!(!represents(&mut world, MOTHER, CARE));
    world.advance(10);
    withdraw_approval(&mut world, CIVIL_ID, Some(honest));
    assert!(represents(&mut world, MOTHER, CARE));
}

/// The parent who keeps a child's key could refuse a court, or that the child is of age.
#[test]
fn nobody_refuses_mandates_nor_to_be_an_adult() {
    let mut world = represented();
    for topic in [Topic::REPRESENTATIVE, Topic::ADULT] {
        let refuse = refuse(topic, ISSUER_ID, true);
        let refused = world.refused(PERSON, world.act(refuse));
        assert_eq!(refused, IdError::NothingToDo);
    }
}

/// The parents keep a key for the child that can only manage. So nobody acts as the child; its
/// representatives act for it.
#[test]
fn at_majority_the_key_of_the_principal_takes_over() {
    let mut world = courts();
    let child = create(&mut world, SECOND, &[FRIEND_ID, ISSUER_ID], 2);
    let of = |key, purposes| {
        let guardians = Guardians {
            list: vec![FRIEND_ID, ISSUER_ID],
            threshold: 2,
        };
        let keys = vec![held(key, purposes)];
        let control = Some(Control { keys, guardians });
        Action::Announce { control }
    };
    let settle = |world: &mut World| {
        world.advance(SETTLING);
        let settle = world.contract().settle(child);
        world.done(STRANGER, settle);
    };
    world.done(SECOND, world.act(of(SECOND, MANAGE)));
    settle(&mut world);
    let majority = world.now() + 1_000;
    let given = mandate(pair(child, FRIEND_ID), scope::ALL, majority);
    world.done(REGISTRY, world.act(given));
    let acts = |world: &mut World, key| {
        let asks = world.standing_for(key, child, CARE, 0);
        world.get(asks).is_some()
    };
    let [mother, kept, own] = [MOTHER, SECOND, PERSON_KEY].map(|key| acts(&mut world, key));
    assert_eq!([mother, kept, own], [true, false, false]);
    // She is of age, and has a key of her own.
    world.at(majority - SETTLING);
    world.chain.endow(PERSON_KEY);
    world.done(SECOND, world.act(of(PERSON_KEY, ALL)));
    let (identity, purposes) = (child, ALL);
    world.done(
        PERSON_KEY,
        world.act(Action::Consent { identity, purposes }),
    );
    settle(&mut world);
    let [mother, kept, own] = [MOTHER, SECOND, PERSON_KEY].map(|key| acts(&mut world, key));
    assert_eq!([mother, kept, own], [false, false, true]);
}

/// As long as the guardians are enough without the parents, and an anchor knows the child.
#[test]
fn a_keeper_who_does_not_hand_over_is_replaced_by_guardians_and_an_anchor() {
    let mut world = courts();
    let guardians = &GUARDIANS[..2];
    let keeper = SECOND;
    let child = create(&mut world, keeper, guardians, 2);
    world.done(ANCHOR, world.act(known(child, 1)));
    world.advance(1);
    world.chain.endow(PERSON_KEY);
    let keys = vec![held(PERSON_KEY, ALL)];
    let recover = || Action::Recover {
        identity: child,
        keys: keys.clone(),
    };
    for guard in &GUARDS[..2] {
        world.done(*guard, world.act(recover()));
    }
    let cancel = || Action::Cancel { begun: None };
    world.done(keeper, world.act(cancel()));
    world.done(keeper, world.act(Action::Freeze));
    for voter in [GUARDS[0], GUARDS[1], ANCHOR] {
        world.done(voter, world.act(recover()));
    }
    assert_eq!(world.refused(keeper, world.act(cancel())), IdError::Final);
    let (identity, purposes) = (child, ALL);
    let consent = Action::Consent { identity, purposes };
    world.done(PERSON_KEY, world.act(consent));
    world.advance(DELAY);
    let settle = world.contract().settle(child);
    world.done(STRANGER, settle);
    let own = world.standing_for(PERSON_KEY, child, CARE, 0);
    assert!(world.get(own).is_some());
}

const PERSON_KEY: AccountId = account(0x41);

#[test]
fn representatives_of_a_frozen_principal_act_and_it_holds_nothing() {
    let mut world = represented();
    world.done(ISSUER, world.act(attest(PERSON_ID, ROLE, 0, EXPIRES)));
    world.done(PERSON, world.act(Action::Freeze));
    assert_eq!(ask(&mut world, MOTHER, CARE, u64::MAX), stands(0, 0));
    assert_eq!(ask(&mut world, PERSON, CARE, 0), None);
    let mut world = represented();
    condemn(&mut world);
    assert_eq!(ask(&mut world, MOTHER, CARE, 0), None);
}

#[test]
fn a_representative_that_is_frozen_or_false_or_without_a_key_to_act_represents_nobody() {
    let mut world = represented();
    world.done(MOTHER, world.act(Action::Freeze));
    assert!(!represents(&mut world, MOTHER, CARE));
    let mut world = represented();
    let accuse = world.contract().accuse(FRIEND_ID, EVIDENCE);
    world.done(OWNER, accuse);
    world.advance(NOTICE);
    let condemn = world.contract().condemn(FRIEND_ID);
    world.done(OWNER, condemn);
    assert!(!represents(&mut world, MOTHER, CARE));
    // With other keys it goes on.
    let mut world = represented();
    let keys = vec![held(FRIEND, ALL & !ACT), held(SECOND, ALL)];
    let guardians = Guardians::default();
    let control = Some(Control { keys, guardians });
    world.advance(1);
    world.done(FRIEND, world.act(Action::Announce { control }));
    let (identity, purposes) = (FRIEND_ID, ALL);
    world.done(SECOND, world.act(Action::Consent { identity, purposes }));
    world.advance(SETTLING);
    let settle = world.contract().settle(FRIEND_ID);
    world.done(STRANGER, settle);
    assert!(!represents(&mut world, FRIEND, CARE));
    assert!(represents(&mut world, SECOND, CARE));
}

/// A mandate, and what ends one, by a signature.
#[test]
fn a_signed_mandate_says_when_it_was_issued() {
    const SIGNER: Keyring = Keyring::Bob;
    let mut world = courts();
    world.chain.endow(SIGNER.account());
    let issuer = create(&mut world, SIGNER.account(), &[], 0);
    let bits = Topic::REPRESENTATIVE.bit();
    let approve = world.contract().approve_issuer(issuer, bits, 0);
    world.done(OWNER, approve);
    let mut nonce = 0;
    let mut submit = |world: &mut World, action| {
        nonce += 1;
        let request = Request {
            signer: Key::Account(SIGNER.account().into()),
            action: SignedAction {
                identity: Some(issuer),
                action,
            },
            nonce,
            deadline: world.now() + 1_000,
        };
        let signature = world.signed(SIGNER, &request);
        world.answer(STRANGER, world.act_for(&request, signature))
    };
    for action in [
        mandate(CHILD, CARE, EXPIRES),
        end_mandate(CHILD),
        renounce(PERSON_ID),
    ] {
        assert_eq!(submit(&mut world, action), Err(IdError::Undated));
    }
    let now = world.now();
    world.advance(20);
    // The end is submitted first.
    let end = end_mandate_at(Some(now + 10), CHILD);
    assert_eq!(submit(&mut world, end), Ok(issuer));
    let late = mandate_at(Some(now + 10), CHILD, CARE, EXPIRES);
    assert_eq!(submit(&mut world, late), Err(IdError::Outdated));
    let later = mandate_at(Some(now + 11), CHILD, CARE, EXPIRES);
    assert_eq!(submit(&mut world, later), Ok(issuer));
    assert!(represents(&mut world, MOTHER, CARE));
}

#[test]
fn giving_and_ending_mandates_is_for_keys_that_attest_also_when_frozen() {
    let mut world = represented();
    world.done(COURT, world.act(mandate(CHILD, scope::MONEY, EXPIRES)));
    world.done(REGISTRY, world.act(Action::Freeze));
    let more = mandate(CHILD, CARE, EXPIRES);
    assert_eq!(world.refused(REGISTRY, world.act(more)), IdError::Frozen);
    world.advance(1);
    // Who froze itself, because a key was stolen, takes back what the thief gave, and no more.
    world.done(REGISTRY, world.act(end_mandate(CHILD)));
    assert!(!represents(&mut world, MOTHER, CARE));
    assert!(represents(&mut world, MOTHER, scope::MONEY));
    let other = end_mandate(pair(FRIEND_ID, PERSON_ID));
    let refused = world.refused(REGISTRY, world.act(other));
    assert_eq!(refused, IdError::NothingToDo);
    let needs = |action: Action| action.needs();
    assert_eq!(needs(mandate(CHILD, CARE, 1)), (ATTEST, false));
    assert_eq!(needs(end_mandate(CHILD)), (ATTEST, true));
    assert_eq!(needs(renounce(PERSON_ID)), (ACT, false));
}

/// A pair has the last words of sixteen issuers, and nobody pushes a mandate out that lasts.
#[test]
fn a_pair_has_mandates_of_sixteen_issuers_and_none_that_lasts_makes_room() {
    let mut world = courts();
    let begun = world.now();
    let expires = begun + LONGEST_WAIT;
    let mut others = vec![];
    for number in 0..17 {
        let key = account(100 + number);
        let issuer: IdentityId = create(&mut world, key, &[], 0);
        approve(&mut world, issuer, Topic::REPRESENTATIVE, 0);
        others.push((key, issuer));
    }
    for (key, _) in &others[..15] {
        world.done(*key, world.act(mandate(CHILD, scope::MONEY, EXPIRES)));
    }
    let short = mandate(CHILD, CARE, expires);
    world.done(others[15].0, world.act(short));
    let more = |world: &mut World, key| {
        let end = world.now() + LONGEST_TERM;
        let more = world.act(mandate(CHILD, DATA, end));
        world.answer(key, more)
    };
    let last = others[16];
    // One that ended makes room, once nothing that its issuer had issued before can come.
    world.at(expires);
    assert_eq!(more(&mut world, last.0), Err(IdError::NoRoom));
    world.advance(1);
    assert_eq!(more(&mut world, last.0), Ok(last.1));
    assert!(represents(&mut world, MOTHER, DATA | scope::MONEY));
    // And one that does not count by the approval of its issuer.
    let other = others[15];
    assert_eq!(more(&mut world, other.0), Err(IdError::NoRoom));
    withdraw_approval(&mut world, others[3].1, None);
    assert_eq!(more(&mut world, other.0), Ok(other.1));
    // An end takes all away at once.
    world.advance(1);
    world.done(COURT, world.act(end_mandate(CHILD)));
    let cell = stored(&mut world, Query::Mandates(CHILD));
    let ended = world.now();
    let none = Mandates {
        ended,
        ..Mandates::default()
    };
    assert_eq!(cell, Some(Stored::Mandates(none)));
}
