//! Requests that a key signed and somebody else submits.

use crate::world::*;
use allive_access::NOBODY;
use allive_calls::{EthereumKey, Keyring};
use allive_olife_id_interface::{scope, IdentityId, Topic};
use allive_requests::{Domain, RequestError, Signature, LONGEST};
use allive_simulator::{GENESIS, START};
use ink::primitives::AccountId;
use olife_id::*;
use scale::Encode;

const SIGNER: Keyring = Keyring::Bob;
const DEADLINE: u64 = START + 50;

fn request(identity: Option<IdentityId>, action: Action, nonce: u64) -> Request {
    Request {
        signer: Key::Account(SIGNER.account().into()),
        action: SignedAction { identity, action },
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
    let acted = acted_by(NEXT, request.signer, create());
    world.assert_emitted(&answer, acted);
    (world, NEXT)
}

#[test]
fn what_is_signed_is_laid_out_as_the_specification_says() {
    let world = World::new();
    let request = request(Some(6), Action::Freeze, 258);
    let message = request.message(&domain(&world.id));
    let expected = [
        b"allive/id/v1    ".to_vec(),
        GENESIS.to_vec(),
        world.id.encode(),
        vec![0],
        SIGNER.account().encode(),
        vec![1],
        6_u64.to_le_bytes().to_vec(),
        vec![3],
        258_u64.to_le_bytes().to_vec(),
        DEADLINE.to_le_bytes().to_vec(),
    ];
    assert_eq!(message.raw(), expected.concat());
}

#[test]
fn anyone_submits_what_a_key_signed_raw_or_wrapped() {
    let (mut world, identity) = created();
    assert_eq!(
        world.get(world.identity_of(SIGNER.account())),
        Some(identity)
    );
    let request = request(Some(identity), Action::Freeze, 0);
    let message = request.message(&domain(&world.id));
    let signature = Signature::Sr25519(SIGNER.sign(message.raw()));
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
        assert_eq!(again, RequestError::NonceUsed.into());
    }
    // The one that created it.
    let request = request(Some(identity), Action::Freeze, 7);
    let signature = world.signed(SIGNER, &request);
    let again = world.refused(STRANGER, world.act_for(&request, signature));
    assert_eq!(again, RequestError::NonceUsed.into());
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
                Err(RequestError::Expired.into())
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
    let bad = IdError::from(RequestError::BadSignature);
    for (purpose, chain, contract) in [
        (PURPOSE, [9; 32], here),
        (PURPOSE, GENESIS, alv),
        (*b"allive/alv/v1   ", GENESIS, here),
        (*b"allive/id/v2    ", GENESIS, here),
    ] {
        let message = request.message(&Domain {
            purpose: &purpose,
            chain: &chain,
            contract: &contract,
        });
        let signature = Signature::Sr25519(SIGNER.sign(message.wrapped()));
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
        of(Some(identity), Action::Cancel { begun: None }, 0, DEADLINE),
        of(Some(identity), Action::Freeze, 1, DEADLINE),
        of(Some(identity), Action::Freeze, 0, DEADLINE + 1),
        Request {
            signer: Key::Account(PERSON.into()),
            ..honest.clone()
        },
    ] {
        let refused = world.refused(STRANGER, world.act_for(&altered, signature.clone()));
        assert_eq!(refused, RequestError::BadSignature.into(), "{altered:?}");
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
        signer: key.clone(),
        action: SignedAction { identity, action },
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
    let bad = IdError::from(RequestError::BadSignature);
    let wallet = EthereumKey::from_seed([7; 32]);
    let request = |key| Request {
        signer: key,
        action: SignedAction {
            identity: None,
            action: create(),
        },
        nonce: 0,
        deadline: DEADLINE,
    };
    let ethereum = request(Key::Ethereum(wallet.address()));
    let account = request(Key::Account(wallet.account().into()));
    let substrate = |world: &World, request: &Request| {
        Signature::Ecdsa(wallet.sign(request.message(&domain(&world.id)).wrapped()))
    };
    // Of the same secret key, for Ethereum signed as for Substrate, and a text as for Substrate.
    let signature = substrate(&world, &ethereum);
    assert_eq!(
        world.refused(STRANGER, world.act_for(&ethereum, signature)),
        bad
    );
    let Signature::Eip191(text) = world.signed_by_wallet(&wallet, &account) else {
        panic!("a wallet signs texts")
    };
    for signature in [Signature::Ecdsa(text), substrate(&world, &ethereum)] {
        let refused = world.refused(STRANGER, world.act_for(&account, signature));
        assert_eq!(refused, bad);
    }
    // An sr25519 signature for an address, and for what is only a commitment.
    for key in [ethereum.signer.clone(), Key::Hashed(SIGNER.account().0)] {
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

/// A wallet shows its key, and so it signs for the account of that key as well.
#[test]
fn an_ethereum_wallet_signs_for_the_account_of_its_key() {
    let mut world = World::new();
    let wallet = EthereumKey::from_seed([7; 32]);
    let request = Request {
        signer: Key::Account(wallet.account().into()),
        ..request(None, create(), 0)
    };
    let text = request.text(&domain(&world.id));
    assert_eq!(
        world.get(world.contract().request_text(request.clone())),
        text
    );
    let signature = world.signed_by_wallet(&wallet, &request);
    assert_eq!(
        world.done(STRANGER, world.act_for(&request, signature)),
        NEXT
    );
}

#[test]
fn a_long_request_is_signed_by_its_digest_and_by_nothing_else() {
    let (mut world, identity) = created();
    let keys = [SIGNER.account(), account(1), account(2), account(3)];
    let action = announce(&keys);
    let request = request(Some(identity), action, u64::MAX);
    let id = world.id;
    let signs = |shown: &[u8]| {
        let bytes = [&PURPOSE[..], &GENESIS, id.as_ref(), shown].concat();
        Signature::Sr25519(SIGNER.sign(&bytes))
    };
    let whole = world.refused(STRANGER, world.act_for(&request, signs(&request.encode())));
    assert_eq!(whole, RequestError::BadSignature.into());
    let by_digest = signs(&ink_hash(&request.encode()));
    assert_eq!(
        world.done(STRANGER, world.act_for(&request, by_digest)),
        identity
    );
}

#[test]
fn a_deadline_is_at_most_a_year_ahead() {
    let mut world = World::new();
    let now = world.now();
    for (deadline, expected) in [
        (u64::MAX, Err(RequestError::DeadlineTooFar.into())),
        (now + LONGEST + 1, Err(RequestError::DeadlineTooFar.into())),
        (now + LONGEST, Ok(NEXT)),
    ] {
        let request = Request {
            deadline,
            ..request(None, create(), 0)
        };
        let signature = world.signed(SIGNER, &request);
        let answer = world.answer(STRANGER, world.act_for(&request, signature));
        assert_eq!(answer, expected, "{deadline}");
    }
}

/// The key of 32 zero bytes is the neutral point: this signature of it is valid for everything.
#[test]
fn nobody_signs() {
    let mut world = World::new();
    let request = Request {
        signer: Key::Account(NOBODY.into()),
        ..request(None, create(), 0)
    };
    let mut constant = [0; 64];
    constant[63] = 0x80;
    let constant = Signature::Sr25519(constant);
    let refused = world.refused(STRANGER, world.act_for(&request, constant));
    assert_eq!(refused, RequestError::BadSignature.into());
}

#[test]
fn a_request_is_cancelled_by_using_its_nonce() {
    for by_signature in [false, true] {
        let (mut world, identity) = created();
        let regretted = request(Some(identity), Action::Freeze, 3);
        if by_signature {
            let instead = request(Some(identity), Action::CancelRequest, 3);
            let signature = world.signed(SIGNER, &instead);
            world.done(STRANGER, world.act_for(&instead, signature));
        } else {
            world.chain.endow(SIGNER.account());
            // Another's word has no effect on it.
            for who in [STRANGER, SIGNER.account()] {
                world.done(who, world.contract().cancel_request(3));
            }
            let again = world.contract().cancel_request(3);
            let again = world.refused(SIGNER.account(), again);
            assert_eq!(again, RequestError::NonceUsed.into());
        }
        let signature = world.signed(SIGNER, &regretted);
        let refused = world.refused(STRANGER, world.act_for(&regretted, signature));
        assert_eq!(refused, RequestError::NonceUsed.into());
        assert!(!identity_at(&mut world, identity).frozen);
        // Without a signature there is no nonce to be used.
        world.chain.endow(SIGNER.account());
        let sent = world.refused(SIGNER.account(), world.act(Action::CancelRequest));
        assert_eq!(sent, IdError::NothingToDo);
    }
}

#[test]
fn a_frozen_identity_cancels_what_it_signed() {
    let (mut world, identity) = created();
    for (nonce, action) in [(0, Action::Freeze), (1, Action::CancelRequest)] {
        let request = request(Some(identity), action, nonce);
        let signature = world.signed(SIGNER, &request);
        world.done(STRANGER, world.act_for(&request, signature));
        assert!(is_used(&mut world, &request));
    }
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
    assert_eq!(again, RequestError::NonceUsed.into());
    assert!(!world.get(world.has_role(PERSON, Topic::HOSPITAL)));
}

// ---- In words ----

/// The first line of what a wallet shows.
fn words(identity: Option<IdentityId>, action: Action) -> String {
    let id = account(9);
    let text = request(identity, action, 0).text(&domain(&id));
    let text = String::from_utf8(text).unwrap();
    text.lines().next().unwrap().to_owned()
}

#[test]
fn each_action_is_said_in_words() {
    let hex = |byte: u8| format!("0x{}", hex::encode([byte; 32]));
    let guardians = Guardians {
        list: vec![0, 1, 12],
        threshold: 2,
    };
    let keys = vec![
        held(AccountId([1; 32]), ALL),
        Held {
            key: Key::Ethereum([2; 20]),
            purposes: ACT,
        },
        Held {
            key: Key::Hashed([3; 32]),
            purposes: MANAGE | HOLD,
        },
    ];
    let listed = format!(
        ", key account {} to manage, act, attest, hold, guard, stake, appoint, key address 0x{}{}{}{}",
        hex(1),
        "02".repeat(20),
        " to act, key commitment ",
        hex(3),
        " to manage, hold",
    );
    let (subject, issuer, voucher) = (4, 5, 6);
    let (topic, issued) = (Topic::CLINICIAN, Some(START));
    let control = Control {
        keys: keys.clone(),
        guardians: guardians.clone(),
    };
    let revoke = |topic, issued| Action::Revoke {
        subject,
        topic,
        issued,
    };
    let refuse = |refused| Action::Refuse {
        topic,
        issuer,
        refused,
    };
    let accept = |accepted| Action::Accept { voucher, accepted };
    let decline = |declined| Action::Decline {
        organisation: issuer,
        declined,
        issued,
    };
    let pair = Pair {
        principal: subject,
        representative: voucher,
    };
    let moment = "2026-01-01 00:00:00.000 UTC";
    for (action, said) in [
        (
            Action::Announce {
                control: Some(control),
            },
            format!("announce new keys{listed}, guardians 0, 1, 12 of whom 2 must agree"),
        ),
        (
            Action::Announce { control: None },
            "withdraw what was announced".into(),
        ),
        (Action::Freeze, "freeze it".into()),
        (
            Action::Cancel { begun: issued },
            format!("cancel its recovery that began {moment}"),
        ),
        (Action::Leave, "leave it with this key".into()),
        (
            Action::Recover { identity: 8, keys },
            format!("recover identity 8{listed}"),
        ),
        (
            Action::Attest {
                subject,
                topic,
                value: [7; 32],
                weight: 60,
                issued,
                expires: START,
            },
            format!(
                "attest topic 2 (clinician) of identity 4 with 60 points and commitment {} until {moment}, issued {moment}",
                hex(7)
            ),
        ),
        (
            revoke(topic, issued),
            format!("revoke topic 2 (clinician) of identity 4, issued {moment}"),
        ),
        (
            revoke(Topic(63), None),
            "revoke topic 63 of identity 4".into(),
        ),
        (
            refuse(true),
            "refuse topic 2 (clinician) by issuer 5".into(),
        ),
        (
            refuse(false),
            "let in topic 2 (clinician) by issuer 5".into(),
        ),
        (
            Action::Vouch { subject, points: 9 },
            "vouch for identity 4 with 9 points".into(),
        ),
        (accept(true), "accept the vouch of identity 6".into()),
        (accept(false), "drop the vouch of identity 6".into()),
        (
            Action::Unvouch { subject },
            "end the vouch for identity 4".into(),
        ),
        (
            Action::Withdraw {
                to: AccountId([1; 32]).into(),
                at_most: 1_250_000_000,
            },
            format!("withdraw up to 12.50000000 ALV from the purse, and pay it to {}", hex(1)),
        ),
        (
            Action::CancelRequest,
            "cancel the request with this nonce".into(),
        ),
        (
            Action::Appoint {
                delegate: 4,
                topics: Topic::PHARMACY.bit() | Topic(63).bit(),
                issued,
                expires: START,
            },
            format!("appoint identity 4 as delegate for topic 5 (pharmacy), topic 63 until {moment}, issued {moment}"),
        ),
        (
            Action::Dismiss { delegate: 4, issued },
            format!("dismiss identity 4 as delegate, issued {moment}"),
        ),
        (
            Action::DismissAll {
                since: START,
                until: issued,
            },
            format!("dismiss all delegates who were appointed from {moment} to {moment}"),
        ),
        (
            decline(true),
            format!("decline to be a delegate of identity 5, issued {moment}"),
        ),
        (
            decline(false),
            format!("let in an appointment by identity 5, issued {moment}"),
        ),
        (
            Action::Mandate {
                pair,
                scope: scope::CARE | scope::MONEY,
                value: [7; 32],
                issued,
                expires: START,
            },
            format!("attest that identity 6 acts for identity 4 in care, money with commitment {} until {moment}, issued {moment}", hex(7)),
        ),
        (
            Action::EndMandate { pair, issued },
            format!("end every mandate by which identity 6 acts for identity 4, issued {moment}"),
        ),
        (
            Action::Renounce {
                principal: 4,
                issued: None,
            },
            "renounce every mandate to act for identity 4".into(),
        ),
    ] {
        assert_eq!(
            words(Some(3), action),
            format!("Olife ID: for identity 3, {said}")
        );
    }
    let guarded = Action::Create { guardians };
    let said = "Olife ID: create an identity, guardians 0, 1, 12 of whom 2 must agree";
    assert_eq!(words(None, guarded), said);
    let consent = Action::Consent {
        identity: 6,
        purposes: ACT | GUARD,
    };
    let said = "Olife ID: join identity 6 to act, guard";
    assert_eq!(words(None, consent), said);
    let alone = "Olife ID: create an identity, no guardians";
    assert_eq!(words(None, create()), alone);
}
