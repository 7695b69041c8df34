//! Requests that a key signed and somebody else submits.

use crate::world::*;
use allive_calls::{EthereumKey, Keyring};
use allive_olife_id_interface::{IdentityId, Topic};
use allive_signatures::{Message, Signature};
use allive_simulator::{GENESIS, START};
use olife_id::*;
use scale::Encode;

const SIGNER: Keyring = Keyring::Bob;
const DEADLINE: u64 = START + 50;

fn request(identity: Option<IdentityId>, action: Action, nonce: u64) -> Request {
    Request {
        identity,
        key: Key::Account(SIGNER.account().into()),
        action,
        nonce,
        deadline: DEADLINE,
    }
}

fn create() -> Action {
    let guardians = Guardians::default();
    Action::Create { guardians }
}

/// An identity of the signer's, by a signed request.
fn created() -> (World, IdentityId) {
    let mut world = World::new();
    let request = request(None, create(), 7);
    let signature = world.signed(SIGNER, &request);
    let answer = world.send(STRANGER, world.act_for(&request, signature));
    assert_eq!(answer.value, Ok(Ok(NEXT)));
    let acted = acted_by(NEXT, request.key, create());
    world.assert_emitted(&answer, acted);
    (world, NEXT)
}

#[test]
fn what_is_signed_is_laid_out_as_the_specification_says() {
    let world = World::new();
    let request = request(Some(6), Action::Freeze, 258);
    let message = Message::new(&PURPOSE, &GENESIS, &world.id, &request);
    let expected = [
        b"allive/id/v1    ".to_vec(),
        GENESIS.to_vec(),
        world.id.encode(),
        vec![1],
        6_u64.to_le_bytes().to_vec(),
        vec![0],
        SIGNER.account().encode(),
        vec![3],
        258_u64.to_le_bytes().to_vec(),
        DEADLINE.to_le_bytes().to_vec(),
    ];
    assert_eq!(message.raw(), Some(&expected.concat()[..]));
}

#[test]
fn anyone_submits_what_a_key_signed_raw_or_wrapped() {
    let (mut world, identity) = created();
    assert_eq!(
        world.get(world.identity_of(SIGNER.account())),
        Some(identity)
    );
    let request = request(Some(identity), Action::Freeze, 0);
    let message = Message::new(&PURPOSE, &GENESIS, &world.id, &request);
    let signature = Signature::Sr25519(SIGNER.sign(message.raw().unwrap()));
    assert_eq!(
        world.done(STRANGER, world.act_for(&request, signature)),
        identity
    );
    assert!(identity_at(&mut world, identity).frozen);
}

#[test]
fn numbers_count_once_in_any_order() {
    let (mut world, identity) = created();
    let refuse = |issuer| Action::Refuse {
        topic: Topic::PATIENT,
        issuer,
        refused: true,
    };
    for (turn, nonce) in [u64::MAX, 128, 0, 127, 6].into_iter().enumerate() {
        let request = request(Some(identity), refuse(turn as u64), nonce);
        let signature = world.signed(SIGNER, &request);
        let answer = world.send(STRANGER, world.act_for(&request, signature.clone()));
        assert_eq!(answer.value, Ok(Ok(identity)));
        assert!(is_used(&mut world, &request));
        let again = world.refused(STRANGER, world.act_for(&request, signature));
        assert_eq!(again, IdError::NonceUsed);
    }
    // The one that created it.
    let request = request(Some(identity), Action::Freeze, 7);
    let signature = world.signed(SIGNER, &request);
    let again = world.refused(STRANGER, world.act_for(&request, signature));
    assert_eq!(again, IdError::NonceUsed);
}

#[test]
fn a_refused_request_leaves_its_number_unused() {
    let (mut world, identity) = created();
    let request = request(Some(identity), unvouch(), 0);
    let signature = world.signed(SIGNER, &request);
    let answer = world.refused(STRANGER, world.act_for(&request, signature));
    assert_eq!(answer, IdError::NothingToDo);
    assert!(!is_used(&mut world, &request));
}

#[test]
fn a_request_is_good_until_its_deadline() {
    for (moment, good) in [(DEADLINE, true), (DEADLINE + 1, false)] {
        let mut world = World::new();
        world.at(moment);
        let request = request(None, create(), 0);
        let signature = world.signed(SIGNER, &request);
        let value = world.answer(STRANGER, world.act_for(&request, signature));
        assert_eq!(
            value,
            if good {
                Ok(NEXT)
            } else {
                Err(IdError::Expired)
            }
        );
    }
}

#[test]
fn a_request_of_another_chain_contract_purpose_or_key_is_refused() {
    let (mut world, identity) = created();
    let request = request(Some(identity), Action::Freeze, 0);
    let here = world.id;
    let alv = world.alv;
    let bad = IdError::BadSignature;
    for (purpose, chain, contract) in [
        (PURPOSE, [9; 32], here),
        (PURPOSE, GENESIS, alv),
        (*b"allive/alv/v1   ", GENESIS, here),
        (*b"allive/id/v2    ", GENESIS, here),
    ] {
        let message = Message::new(&purpose, &chain, &contract, &request);
        let signature = Signature::Sr25519(SIGNER.sign(message.wrapped().unwrap()));
        assert_eq!(
            world.refused(STRANGER, world.act_for(&request, signature)),
            bad
        );
    }
    let signature = world.signed(Keyring::Eve, &request);
    assert_eq!(
        world.refused(STRANGER, world.act_for(&request, signature)),
        bad
    );
}

#[test]
fn a_request_of_which_anything_was_altered_is_refused() {
    let (mut world, identity) = created();
    let honest = request(Some(identity), Action::Freeze, 0);
    let signature = world.signed(SIGNER, &honest);
    let of = |identity, action, nonce, deadline| Request {
        deadline,
        ..request(identity, action, nonce)
    };
    for altered in [
        of(None, Action::Freeze, 0, DEADLINE),
        of(Some(PERSON_ID), Action::Freeze, 0, DEADLINE),
        of(Some(identity), Action::Cancel, 0, DEADLINE),
        of(Some(identity), Action::Freeze, 1, DEADLINE),
        of(Some(identity), Action::Freeze, 0, DEADLINE + 1),
        Request {
            key: Key::Account(PERSON.into()),
            ..honest.clone()
        },
    ] {
        let refused = world.refused(STRANGER, world.act_for(&altered, signature.clone()));
        assert_eq!(refused, IdError::BadSignature, "{altered:?}");
    }
    assert_eq!(
        world.done(STRANGER, world.act_for(&honest, signature)),
        identity
    );
}

#[test]
fn a_request_is_for_the_identity_that_it_names() {
    let (mut world, _) = created();
    for named in [None, Some(PERSON_ID)] {
        let request = request(named, Action::Freeze, 0);
        let signature = world.signed(SIGNER, &request);
        let refused = world.refused(STRANGER, world.act_for(&request, signature));
        assert_eq!(refused, IdError::NotKey);
    }
}

#[test]
fn an_ethereum_key_joins_and_acts_by_a_text_that_its_wallet_shows() {
    let mut world = World::new();
    let wallet = EthereumKey::from_seed([7; 32]);
    let key = Key::Ethereum(wallet.address());
    let mut both = control(&[PERSON]);
    both.keys.push(Held {
        key: key.clone(),
        purposes: ALL,
    });
    let control = Some(both);
    world.done(PERSON, world.act(Action::Announce { control }));
    let request = |identity, action: Action, nonce| Request {
        identity,
        key: key.clone(),
        action,
        nonce,
        deadline: START + 2 * SETTLING,
    };
    let agrees = request(None, consent(), 0);
    let signature = world.signed_by_wallet(&wallet, &agrees);
    assert_eq!(
        world.done(STRANGER, world.act_for(&agrees, signature)),
        PERSON_ID
    );
    world.advance(SETTLING);
    assert_eq!(settle(&mut world), Ok(()));
    assert_eq!(
        stored(&mut world, Query::Key(key.clone())),
        Some(Stored::Key(Link {
            identity: PERSON_ID,
            purposes: ALL
        }))
    );
    let freezes = request(Some(PERSON_ID), Action::Freeze, 1);
    let signature = world.signed_by_wallet(&wallet, &freezes);
    assert_eq!(
        world.done(STRANGER, world.act_for(&freezes, signature)),
        PERSON_ID
    );
}

#[test]
fn a_signature_of_one_scheme_is_none_of_another() {
    let mut world = World::new();
    let bad = IdError::BadSignature;
    let wallet = EthereumKey::from_seed([7; 32]);
    let request = |key| Request {
        identity: None,
        key,
        action: create(),
        nonce: 0,
        deadline: DEADLINE,
    };
    let ethereum = request(Key::Ethereum(wallet.address()));
    let account = request(Key::Account(wallet.account().into()));
    let substrate = |world: &World, request: &Request| {
        let message = Message::new(&PURPOSE, &GENESIS, &world.id, request);
        Signature::Ecdsa(wallet.sign(message.wrapped().unwrap()))
    };
    // Of the same secret key: for Ethereum signed as for Substrate, and the other way round.
    let signature = substrate(&world, &ethereum);
    assert_eq!(
        world.refused(STRANGER, world.act_for(&ethereum, signature)),
        bad
    );
    let signature = world.signed_by_wallet(&wallet, &account);
    assert_eq!(
        world.refused(STRANGER, world.act_for(&account, signature)),
        bad
    );
    // An sr25519 signature for an address, and for what is only a commitment.
    for key in [ethereum.key.clone(), Key::Hashed(SIGNER.account().0)] {
        let request = request(key);
        let signature = world.signed(SIGNER, &request);
        assert_eq!(
            world.refused(STRANGER, world.act_for(&request, signature)),
            bad
        );
    }
    // Each in its own form.
    let signature = world.signed_by_wallet(&wallet, &ethereum);
    assert_eq!(
        world.done(STRANGER, world.act_for(&ethereum, signature)),
        NEXT
    );
    let signature = substrate(&world, &account);
    assert_eq!(
        world.done(STRANGER, world.act_for(&account, signature)),
        NEXT + 1
    );
}

#[test]
fn the_longest_request_still_fits_what_is_signed() {
    let world = World::new();
    let keys = (1..=5).map(|key| held(account(key), ALL)).collect();
    let guardians = Guardians {
        list: (0..9).collect::<Vec<_>>(),
        threshold: 9,
    };
    let control = Some(Control { keys, guardians });
    let request = request(Some(u64::MAX), Action::Announce { control }, u64::MAX);
    let message = Message::new(&PURPOSE, &GENESIS, &world.id, &request);
    assert!(message.raw().is_some());
}

#[test]
fn an_attestation_is_signed_off_chain_and_submitted_by_anyone() {
    let (mut world, issuer) = created();
    approve(&mut world, issuer, Topic::HOSPITAL, 0);
    let now = Some(world.now());
    let attested = attest_at(now, PERSON_ID, Topic::HOSPITAL, 1, EXPIRES);
    let first = request(Some(issuer), attested, 1);
    let signature = world.signed(SIGNER, &first);
    assert_eq!(
        world.done(STRANGER, world.act_for(&first, signature.clone())),
        issuer
    );
    assert!(world.get(world.has_role(PERSON, Topic::HOSPITAL)));
    let revoke = revoke_at(now, PERSON_ID, Topic::HOSPITAL);
    let revoke = request(Some(issuer), revoke, 0);
    let by_revoking = world.signed(SIGNER, &revoke);
    assert_eq!(
        world.done(STRANGER, world.act_for(&revoke, by_revoking)),
        issuer
    );
    // What was revoked does not come back.
    let again = world.refused(STRANGER, world.act_for(&first, signature));
    assert_eq!(again, IdError::NonceUsed);
    assert!(!world.get(world.has_role(PERSON, Topic::HOSPITAL)));
}
