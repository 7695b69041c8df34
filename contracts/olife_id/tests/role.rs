//! What other contracts are told: whose account it is, and which role it holds now.

use crate::world::*;
use ::hostile::Hostile;
use allive_calls::{at, parts, psp22, Typed};
use allive_olife_id_interface::{IdentityRegistry, Topic};
use allive_simulator::START;
use olife_id::*;
use psp22::PSP22;

/// The person is a clinician until `expires`.
fn clinician(expires: u64) -> World {
    let mut world = attested();
    world.done(
        ISSUER,
        world.act(attest(PERSON_ID, Topic::CLINICIAN, 0, expires)),
    );
    world
}

#[test]
fn a_role_is_held_while_it_is_attested_by_an_approved_issuer() {
    let mut world = clinician(EXPIRES);
    assert!(world.get(world.has_role(PERSON, Topic::CLINICIAN)));
    // Every number has an answer, also one that is no topic.
    for topic in (0..=u8::MAX).map(Topic) {
        let held = matches!(topic, Topic::CLINICIAN | Topic::KNOWN);
        assert_eq!(world.get(world.has_role(PERSON, topic)), held, "{topic:?}");
        assert!(!world.get(world.has_role(STRANGER, topic)));
        assert!(!world.get(world.has_role(ISSUER, topic)));
    }
}

#[test]
fn a_role_ends_when_it_expires() {
    let expires = START + 50;
    let mut world = clinician(expires);
    world.at(expires - 1);
    assert!(world.get(world.has_role(PERSON, Topic::CLINICIAN)));
    world.at(expires);
    assert!(!world.get(world.has_role(PERSON, Topic::CLINICIAN)));
}

#[test]
fn a_role_ends_at_once_when_it_is_revoked_or_its_issuer_approved_no_more_or_for_other_things() {
    let topic = Topic::CLINICIAN;
    let mut world = clinician(EXPIRES);
    world.done(ISSUER, world.act(revoke(PERSON_ID, topic)));
    assert!(!world.get(world.has_role(PERSON, topic)));
    let mut world = clinician(EXPIRES);
    withdraw_approval(&mut world, ISSUER_ID, None);
    assert!(!world.get(world.has_role(PERSON, topic)));
    let mut world = clinician(EXPIRES);
    approve(&mut world, ISSUER_ID, Topic::HOSPITAL, 0);
    assert!(!world.get(world.has_role(PERSON, topic)));
}

#[test]
fn a_frozen_identity_and_one_that_was_proved_false_hold_no_role() {
    let mut world = clinician(EXPIRES);
    world.done(PERSON, world.act(Action::Freeze));
    assert!(!world.get(world.has_role(PERSON, Topic::CLINICIAN)));
    let mut world = clinician(EXPIRES);
    agree(&mut world, SECOND);
    assert!(
        !world.get(world.has_role(PERSON, Topic::CLINICIAN)),
        "being recovered"
    );
    let mut world = clinician(EXPIRES);
    condemn(&mut world);
    assert!(!world.get(world.has_role(PERSON, Topic::CLINICIAN)));
    assert_eq!(world.get(world.identity_of(PERSON)), None);
}

#[test]
fn a_key_that_is_not_for_acting_holds_no_role() {
    let mut world = clinician(EXPIRES);
    let mut both = control(&[PERSON]);
    both.keys.push(held(SECOND, MANAGE | ATTEST));
    let control = Some(both);
    world.done(PERSON, world.act(Action::Announce { control }));
    world.done(SECOND, world.act(consent_for(MANAGE | ATTEST)));
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    assert!(world.get(world.has_role(PERSON, Topic::CLINICIAN)));
    assert!(!world.get(world.has_role(SECOND, Topic::CLINICIAN)));
}

#[test]
fn role_now_called_from_another_contract_costs_at_most_one_and_a_half_balances_of_alv() {
    let mut world = clinician(EXPIRES);
    let caller = world.deploy_accomplice();
    let forward = |world: &mut World, (target, input)| {
        let forward = at::<Hostile>(caller).forward(target, input);
        let receipt = world.chain.ask(STRANGER, forward);
        assert_eq!(receipt.frames, 2);
        (receipt.value.unwrap().unwrap(), receipt.gas)
    };
    let role = world.contract().has_role(PERSON.into(), Topic::CLINICIAN);
    let (answer, asked) = forward(&mut world, parts(role));
    assert_eq!(answer, [1]);
    let balance = psp22(world.alv).balance_of(OWNER);
    let (_, balance) = forward(&mut world, parts(balance));
    let ratio = asked.ref_time as f64 / balance.ref_time as f64;
    println!("role now / balance: {ratio:.3}");
    assert!(ratio <= 1.5, "{ratio:.3}");
}
