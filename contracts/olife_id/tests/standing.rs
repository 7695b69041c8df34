//! One question about an account, what a key holds that is no account, and who may attest.

use crate::world::*;
use allive_calls::{psp22, EthereumKey, Typed};
use allive_olife_id_interface::{IdentityRegistry, Standing, Topic, Topics};
use allive_simulator::START;
use olife_id::*;
use psp22::PSP22;

const ROLE: Topic = Topic::CLINICIAN;

fn standing(
    world: &mut World,
    account: ink::primitives::AccountId,
    topics: Topics,
) -> Option<Standing> {
    let asks = world.contract().standing(account.into(), topics);
    world.get(asks)
}

/// The person is a clinician, and an anchor knows it.
fn clinician() -> World {
    let mut world = attested();
    world.done(ISSUER, world.act(attest(PERSON_ID, ROLE, 0, EXPIRES)));
    world
}

#[test]
fn one_question_answers_identity_roles_and_trust() {
    let mut world = clinician();
    let known = Topic::KNOWN.bit();
    for (topics, held, trust) in [
        (0, 0, 0),
        (ROLE.bit(), ROLE.bit(), 0),
        (known, known, CEILING),
        (Topic::PATIENT.bit(), 0, 0),
        (ROLE.bit() | Topic::PATIENT.bit(), ROLE.bit(), 0),
        (u64::MAX, ROLE.bit() | known, CEILING),
    ] {
        let identity = PERSON_ID;
        let expected = Standing {
            identity,
            held,
            trust,
        };
        assert_eq!(standing(&mut world, PERSON, topics), Some(expected));
        assert_eq!(standing(&mut world, STRANGER, topics), None);
    }
    world.done(PERSON, world.act(Action::Freeze));
    assert_eq!(standing(&mut world, PERSON, u64::MAX), None);
    let mut world = clinician();
    condemn(&mut world);
    assert_eq!(standing(&mut world, PERSON, u64::MAX), None);
}

#[test]
fn a_topic_is_any_number_below_sixty_four() {
    let mut world = World::new();
    for topic in [30, 63].map(Topic) {
        world.advance(1);
        approve(&mut world, ISSUER_ID, topic, 0);
        world.done(ISSUER, world.act(attest(PERSON_ID, topic, 0, EXPIRES)));
        assert!(world.get(world.has_role(PERSON, topic)));
        let held = standing(&mut world, PERSON, u64::MAX).unwrap().held;
        assert_eq!(held, topic.bit());
    }
    let beyond = attest(PERSON_ID, Topic(64), 0, EXPIRES);
    assert_eq!(world.refused(ISSUER, world.act(beyond)), IdError::NotIssuer);
    let beyond = refuse(Topic(64), ISSUER_ID, true);
    assert_eq!(
        world.refused(PERSON, world.act(beyond)),
        IdError::NothingToDo
    );
    assert_eq!(
        [Topic(63), Topic(64), Topic(255)].map(Topic::bit),
        [1 << 63, 0, 0]
    );
    assert_eq!(Topic::of(u64::MAX).count(), 64);
}

#[test]
fn the_topics_have_the_numbers_and_names_of_the_table() {
    for (number, (topic, name)) in (0..).zip(Topic::NAMES) {
        assert_eq!(*topic, Topic(number));
        assert_eq!(
            (topic.name(), Topic::named(name)),
            (Some(*name), Some(*topic))
        );
    }
    assert_eq!(Topic::NAMES.len(), 31);
    // The lists of the clients have the same names in the same order.
    let names: Vec<_> = Topic::NAMES.iter().map(|(_, name)| *name).collect();
    for list in [
        include_str!("../../../clients/ts/src/topics.ts"),
        include_str!("../../../clients/js/src/topics.mjs"),
    ] {
        let list = list.split(['[', ']']).nth(1).unwrap();
        let listed: Vec<_> = list.split('\'').skip(1).step_by(2).collect();
        assert_eq!(listed, names);
    }
    assert_eq!((Topic(31).name(), Topic::named("nothing")), (None, None));
    assert_eq!((Topic::LOGGER, Topic::ADULT), (Topic(13), Topic(29)));
}

/// The wallet is a key of the person, who is a clinician.
#[test]
fn a_key_that_is_no_account_holds_what_its_identity_holds() {
    let mut world = clinician();
    let wallet = EthereumKey::from_seed([7; 32]);
    let key = Key::Ethereum(wallet.address());
    let holds = |world: &mut World, key: &Key, topic| {
        let holds = world.contract().holds(key.clone(), topic);
        world.get(holds)
    };
    assert!(!holds(&mut world, &key, ROLE));
    let purposes = ACT;
    let mut both = control(&[PERSON]);
    both.keys.push(Held {
        key: key.clone(),
        purposes,
    });
    let control = Some(both);
    world.done(PERSON, world.act(Action::Announce { control }));
    let request = Request {
        signer: key.clone(),
        action: SignedAction {
            identity: None,
            action: consent_for(ACT),
        },
        nonce: 0,
        deadline: START + 2 * SETTLING,
    };
    let signature = world.signed_by_wallet(&wallet, &request);
    world.done(STRANGER, world.act_for(&request, signature));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    assert!(holds(&mut world, &key, ROLE));
    assert!(!holds(&mut world, &key, Topic::PATIENT));
    assert!(holds(&mut world, &Key::Account(PERSON.into()), ROLE));
    assert!(!holds(&mut world, &Key::Hashed([9; 32]), ROLE));
    world.done(PERSON, world.act(Action::Freeze));
    assert!(!holds(&mut world, &key, ROLE));
}

#[test]
fn a_key_attests_if_its_issuer_is_approved_for_the_topic_now() {
    let attests = |world: &mut World, key, topic| {
        let attests = world
            .contract()
            .attests(ink::primitives::AccountId::into(key), topic);
        world.get(attests)
    };
    let mut world = World::new();
    assert_eq!(attests(&mut world, ISSUER, ROLE), Some(ISSUER_ID));
    assert_eq!(attests(&mut world, ISSUER, Topic::KNOWN), None);
    assert_eq!(attests(&mut world, ANCHOR, Topic::KNOWN), Some(ANCHOR_ID));
    assert_eq!(attests(&mut world, PERSON, ROLE), None);
    assert_eq!(attests(&mut world, STRANGER, ROLE), None);
    // Approved no more, with what it attested honestly still counting.
    world.advance(1);
    let now = world.now();
    withdraw_approval(&mut world, ISSUER_ID, Some(now));
    assert_eq!(attests(&mut world, ISSUER, ROLE), None);
    // Frozen.
    world.done(ANCHOR, world.act(Action::Freeze));
    assert_eq!(attests(&mut world, ANCHOR, Topic::KNOWN), None);
    // By a key that is for attesting.
    let mut world = World::new();
    let mut keys = control(&[ISSUER]);
    keys.guardians = Guardians::default();
    keys.keys.push(held(SECOND, ATTEST));
    keys.keys.push(held(THIEF, ALL & !ATTEST));
    let control = Some(keys);
    world.done(ISSUER, world.act(Action::Announce { control }));
    for (key, purposes) in [(SECOND, ATTEST), (THIEF, ALL & !ATTEST)] {
        let identity = ISSUER_ID;
        world.done(key, world.act(Action::Consent { identity, purposes }));
    }
    world.advance(SETTLING);
    let settle = world.contract().settle(ISSUER_ID);
    world.done(STRANGER, settle);
    assert_eq!(attests(&mut world, SECOND, ROLE), Some(ISSUER_ID));
    assert_eq!(attests(&mut world, THIEF, ROLE), None);
}

/// What Olife ID itself takes, in transfers of ALV. The call of another contract comes to that,
/// which costs the same whomever it calls.
#[test]
fn what_other_contracts_ask_often_is_cheap() {
    let mut world = clinician();
    // Once before, so that the cell is there.
    for _ in 0..2 {
        let transfer = psp22(world.alv).transfer(SECOND, 1, vec![]);
        world.done(OWNER, transfer);
    }
    let transfer = psp22(world.alv).transfer(SECOND, 1, vec![]);
    let transfer = world.chain.send(OWNER, transfer).gas.ref_time as f64;
    let standing = world.contract().standing(PERSON.into(), ROLE.bit());
    let standing = world.chain.ask(STRANGER, standing).gas.ref_time as f64;
    let attests = world.contract().attests(ISSUER.into(), ROLE);
    let attests = world.chain.ask(STRANGER, attests).gas.ref_time as f64;
    for (name, asked, most) in [("standing", standing, 0.50), ("attests", attests, 0.45)] {
        let ratio = asked / transfer;
        println!("{name} / transfer: {ratio:.3}");
        assert!(ratio <= most, "{name}: {ratio:.3}");
    }
}
