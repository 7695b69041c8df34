//! Requests that a person signed and somebody else submits.

use crate::world::*;
use allive_calls::{at, EthereumKey, Keyring, Message};
use allive_requests::{Domain, RequestError, Signature};
use allive_simulator::START;
use ink::primitives::AccountId;
use olife_nexus::*;
use scale::Encode;
use RequestError::{BadSignature, Expired, NonceUsed};

/// A patient, and a grantee who holds and allows `WEALTH`; neither has coins of the chain.
const BOB: Keyring = Keyring::Bob;
const CHARLIE: Keyring = Keyring::Charlie;

fn stage() -> World {
    let mut world = World::new();
    let (charlie, nexus) = (CHARLIE.account(), world.nexus);
    world.give(charlie, WEALTH);
    world.allow(charlie, nexus, WEALTH);
    world
}

fn domain(nexus: &AccountId) -> Domain<'_> {
    Domain {
        purpose: &PURPOSE,
        chain: &GENESIS,
        contract: nexus,
    }
}

fn request(signer: AccountId, action: Action, nonce: u64) -> Request {
    Request {
        signer: signer.into(),
        action,
        nonce,
        deadline: END,
    }
}

impl Deployed {
    fn act_for(
        &self,
        request: &Request,
        signature: Signature,
    ) -> Message<impl Encode, Result<(), NexusError>> {
        at::<OlifeNexus>(self.nexus).act_for(request.clone().into(), signature)
    }

    fn signed(
        &self,
        by: Keyring,
        request: &Request,
    ) -> Message<impl Encode, Result<(), NexusError>> {
        let message = request.message(&domain(&self.nexus));
        self.act_for(request, Signature::Sr25519(by.sign(message.wrapped())))
    }
}

fn register() -> Action {
    Action::Register {
        commitment: COMMITMENT,
        kind: Kind::Fhir,
        pointer: POINTER.to_vec(),
    }
}

fn terms_for(grantee: AccountId) -> GrantTerms {
    GrantTerms { grantee, ..terms() }
}

fn buy(uses: u32) -> Action {
    Action::Buy {
        grant: 0,
        uses,
        max_price: PRICE,
    }
}

fn withdraw(to: AccountId, at_most: u128) -> Action {
    let to = to.into();
    Action::Withdraw { to, at_most }
}

fn use_record() -> Action {
    Action::UseRecord {
        grant: 0,
        request: REQUEST,
    }
}

/// Bob offered his record to Charlie, who bought three uses and made one. All by signature.
fn sold() -> World {
    let mut world = stage();
    let offer = Action::Offer {
        record: 0,
        commitment: COMMITMENT,
        terms: terms_for(CHARLIE.account()),
    };
    for (nonce, (by, action)) in (0..).zip([
        (BOB, register()),
        (BOB, offer),
        (CHARLIE, buy(3)),
        (CHARLIE, use_record()),
    ]) {
        let request = request(by.account(), action, nonce);
        world.done(STRANGER, world.signed(by, &request));
    }
    world
}

#[test]
fn a_signed_request_does_what_the_message_of_its_signer_does() {
    let mut world = sold();
    let record = record_of(&mut world, 0).unwrap();
    assert_eq!(record.owner, BOB.account());
    let grant = grant_of(&mut world, 0).unwrap();
    assert_eq!(
        (grant.patient, grant.grantee),
        (BOB.account(), CHARLIE.account())
    );
    assert_eq!((grant.for_sale, grant.bought, grant.used), (2, 2, 1));
    assert_eq!(world.holds(CHARLIE.account()), WEALTH - 3 * PRICE);
    assert_eq!(world.get(world.contract().credit_of(BOB.account())), PRICE);
    // He closes it, and both are paid.
    let revoke = request(BOB.account(), Action::Revoke { grant: 0 }, 9);
    world.done(STRANGER, world.signed(BOB, &revoke));
    assert_eq!(grant_of(&mut world, 0), None);
    for (by, to, paid) in [
        (BOB, PATIENT, PRICE),
        (CHARLIE, CHARLIE.account(), 2 * PRICE),
    ] {
        let before = world.holds(to);
        let request = request(by.account(), withdraw(to, paid), 100);
        let answer = world.send(STRANGER, world.signed(by, &request));
        assert_eq!(answer.value, Ok(Ok(())));
        let event = CreditWithdrawn {
            account: by.account(),
            to,
            amount: paid,
        };
        assert_eq!(world.events(&answer), [(event, vec![])]);
        assert_eq!(world.holds(to), before + paid);
    }
    assert_eq!(stored_state(&mut world).owed, 0);
}

#[test]
fn settling_and_inheriting_can_be_signed() {
    let mut world = sold();
    let heir = Keyring::Dave;
    world.follow(heir.account(), BOB.account(), Some(u64::MAX));
    for (nonce, holding) in (0..).zip([
        Holding::Record(0),
        Holding::Grant(0),
        Holding::Credit(BOB.account().into()),
    ]) {
        let inherit = request(heir.account(), Action::Inherit { holding }, nonce);
        world.done(STRANGER, world.signed(heir, &inherit));
    }
    assert_eq!(record_of(&mut world, 0).unwrap().owner, heir.account());
    assert_eq!(grant_of(&mut world, 0).unwrap().patient, heir.account());
    assert_eq!(world.get(world.contract().credit_of(heir.account())), PRICE);
    world.at(END);
    let settle = request(BOB.account(), Action::Settle { grant: 0 }, 50);
    world.done(STRANGER, world.signed(BOB, &settle));
    let credit = world.contract().credit_of(CHARLIE.account());
    assert_eq!(world.get(credit), 2 * PRICE);
}

#[test]
fn a_signer_may_do_what_its_own_message_may_and_no_more() {
    let mut world = sold();
    for (by, action, error) in [
        (CHARLIE, Action::Revoke { grant: 0 }, NexusError::NotOwner),
        (BOB, buy(1), NexusError::NotGrantee),
        (BOB, use_record(), NexusError::NotGrantee),
        (BOB, Action::Settle { grant: 0 }, NexusError::NotExpired),
        (CHARLIE, buy(3), NexusError::NotForSale),
        (
            Keyring::Dave,
            withdraw(PATIENT, PRICE),
            NexusError::NothingOwed,
        ),
    ] {
        let asked = request(by.account(), action, 77);
        let refused = world.refused(STRANGER, world.signed(by, &asked));
        assert_eq!(refused, error);
    }
    // What was refused left its nonce, and who submits has no right of its own.
    let mine = request(CHARLIE.account(), use_record(), 77);
    world.done(STRANGER, world.signed(CHARLIE, &mine));
    let of_grantee = world.contract().use_record(0, REQUEST);
    assert_eq!(world.refused(STRANGER, of_grantee), NexusError::NotGrantee);
}

#[test]
fn nobody_has_a_credit_paid_out_by_a_signature_of_another() {
    let mut world = sold();
    let (bob, thief) = (BOB.account(), Keyring::Eve);
    let withdraw = |to: AccountId| request(bob, withdraw(to, PRICE), 5);
    let refused = world.refused(STRANGER, world.signed(thief, &withdraw(thief.account())));
    assert_eq!(refused, BadSignature.into());
    // Nor can the payee be changed.
    let message = withdraw(PATIENT)
        .message(&domain(&world.nexus))
        .raw()
        .to_vec();
    let signature = || Signature::Sr25519(BOB.sign(&message));
    let refused = world.refused(STRANGER, world.act_for(&withdraw(STRANGER), signature()));
    assert_eq!(refused, BadSignature.into());
    world.done(STRANGER, world.act_for(&withdraw(PATIENT), signature()));
    let again = world.refused(STRANGER, world.act_for(&withdraw(PATIENT), signature()));
    assert_eq!(again, NonceUsed.into());
    assert_eq!(world.holds(PATIENT), PRICE);
}

/// Whoever holds an old signature has no more of the credit paid out than its signer meant.
#[test]
fn a_signed_withdrawal_pays_no_more_than_it_names_and_the_rest_stays() {
    let mut world = sold();
    let signed = |at_most, nonce| request(BOB.account(), withdraw(PATIENT, at_most), nonce);
    let old = world.signed(BOB, &signed(PRICE, 5));
    for nonce in [6, 7] {
        let used = request(CHARLIE.account(), use_record(), nonce);
        world.done(STRANGER, world.signed(CHARLIE, &used));
    }
    world.done(STRANGER, old);
    assert_eq!(world.holds(PATIENT), PRICE);
    let credit = world.contract().credit_of(BOB.account());
    assert_eq!(world.get(credit), 2 * PRICE);
    assert_eq!(stored_state(&mut world).owed, 2 * PRICE);
    let none = world.refused(STRANGER, world.signed(BOB, &signed(0, 6)));
    assert_eq!(none, NexusError::NothingOwed);
    // What there is, if that is less.
    world.done(STRANGER, world.signed(BOB, &signed(2 * PRICE + 1, 6)));
    assert_eq!(world.holds(PATIENT), 3 * PRICE);
    assert_eq!(stored_state(&mut world).owed, 0);
}

/// Whoever submits chooses in which order records are registered, and so their numbers.
#[test]
fn a_signed_offer_is_of_the_record_that_its_signer_means_whatever_the_number() {
    let mut world = stage();
    let private = [7; 32];
    let register = |commitment| Action::Register {
        commitment,
        kind: Kind::Fhir,
        pointer: POINTER.to_vec(),
    };
    for (nonce, commitment) in [(1, private), (0, COMMITMENT)] {
        let request = request(BOB.account(), register(commitment), nonce);
        world.done(STRANGER, world.signed(BOB, &request));
    }
    let offer = |record| Action::Offer {
        record,
        commitment: COMMITMENT,
        terms: terms_for(CHARLIE.account()),
    };
    let of_another = request(BOB.account(), offer(0), 2);
    let refused = world.refused(STRANGER, world.signed(BOB, &of_another));
    assert_eq!(refused, NexusError::OtherRecord);
    let meant = request(BOB.account(), offer(1), 2);
    world.done(STRANGER, world.signed(BOB, &meant));
    assert_eq!(grant_of(&mut world, 0).unwrap().record, 1);
}

/// A person sees the format, and all of the pointer.
#[test]
fn a_registration_says_the_kind_and_the_whole_pointer_in_words() {
    for (kind, named) in [
        (Kind::Fhir, "a FHIR bundle"),
        (Kind::Dicom, "a DICOM study"),
        (Kind::Document, "a document"),
        (Kind::Series, "a series of measurements"),
    ] {
        let action = Action::Register {
            commitment: COMMITMENT,
            kind,
            pointer: vec![0xab; MAX_POINTER],
        };
        let text = request(BOB.account(), action, 0).text(&domain(&PATIENT));
        let text = String::from_utf8(text).unwrap();
        let (commitment, pointer) = (hex::encode(COMMITMENT), "ab".repeat(MAX_POINTER));
        let said = format!("register {named} with commitment 0x{commitment} at 0x{pointer}");
        assert_eq!(text.lines().next(), Some(&*format!("Olife Nexus: {said}")));
    }
}

#[test]
fn a_request_is_good_once_until_its_deadline_and_unless_it_is_cancelled() {
    let mut world = sold();
    let another = |nonce| request(CHARLIE.account(), use_record(), nonce);
    let again = world.refused(STRANGER, world.signed(CHARLIE, &another(3)));
    assert_eq!(again, NonceUsed.into());
    world.done(CHARLIE.account(), world.contract().cancel(4));
    let cancel = request(CHARLIE.account(), Action::Cancel, 5);
    world.done(STRANGER, world.signed(CHARLIE, &cancel));
    for nonce in [4, 5] {
        let cancelled = world.refused(STRANGER, world.signed(CHARLIE, &another(nonce)));
        assert_eq!(cancelled, NonceUsed.into());
    }
    let used = world.contract().used_nonces(CHARLIE.account().into(), 0);
    assert_eq!(world.get(used), 0b11_1100);
    world.at(START + TERM + 1);
    let late = world.refused(STRANGER, world.signed(CHARLIE, &another(6)));
    assert_eq!(late, Expired.into());
}

#[test]
fn an_ethereum_wallet_signs_for_the_account_of_its_key() {
    let mut world = stage();
    let wallet = EthereumKey::from_seed([7; 32]);
    let nexus = world.nexus;
    let registered = request(wallet.account(), register(), 0);
    let text = registered.text(&domain(&nexus));
    let asked = world.contract().request_text(registered.clone().into());
    assert_eq!(world.get(asked), text);
    let by_text = |text: &[u8]| Signature::Eip191(wallet.sign_personal(text));
    let altered = request(wallet.account(), register(), 1);
    let refused = world.refused(STRANGER, world.act_for(&altered, by_text(&text)));
    assert_eq!(refused, BadSignature.into());
    world.done(STRANGER, world.act_for(&registered, by_text(&text)));
    assert_eq!(record_of(&mut world, 0).unwrap().owner, wallet.account());
}

#[test]
fn each_action_is_said_in_words() {
    let hex = |bytes: &[u8]| format!("0x{}", hex::encode(bytes));
    let bob = hex(BOB.account().as_ref());
    let sale = GrantTerms {
        price: 2_500_000_000,
        expires: 1_795_780_800_000,
        ..terms_for(BOB.account())
    };
    for (action, words) in [
        (
            register(),
            format!(
                "register a FHIR bundle with commitment {} at {}",
                hex(&COMMITMENT),
                hex(&POINTER)
            ),
        ),
        (
            Action::Offer {
                record: 3,
                commitment: COMMITMENT,
                terms: sale,
            },
            format!(
                "offer record 3 with commitment {} to {bob} for research: 5 uses at 25.00000000 \
                 ALV each until 2026-11-27 12:00:00.000 UTC",
                hex(&COMMITMENT)
            ),
        ),
        (Action::Revoke { grant: 4 }, "revoke grant 4".to_owned()),
        (
            buy(2),
            "buy 2 uses of grant 0 at no more than 0.00000010 ALV each".to_owned(),
        ),
        (
            use_record(),
            format!("use grant 0 for request {}", hex(&REQUEST)),
        ),
        (Action::Settle { grant: 4 }, "settle grant 4".to_owned()),
        (
            withdraw(BOB.account(), 1_250_000_000),
            format!("withdraw up to 12.50000000 ALV from the credit, and pay it to {bob}"),
        ),
        (
            Action::Inherit {
                holding: Holding::Record(1),
            },
            "inherit record 1".to_owned(),
        ),
        (
            Action::Inherit {
                holding: Holding::Purchase(2),
            },
            "inherit what was bought of grant 2".to_owned(),
        ),
        (
            Action::Inherit {
                holding: Holding::Credit(BOB.account().into()),
            },
            format!("inherit the credit of {bob}"),
        ),
        (
            Action::Cancel,
            "cancel the request with this nonce".to_owned(),
        ),
    ] {
        let text = request(BOB.account(), action, 0).text(&domain(&PATIENT));
        let text = String::from_utf8(text).unwrap();
        let line = text.lines().next().unwrap();
        assert_eq!(line, format!("Olife Nexus: {words}"));
    }
}

/// The longest request of a patient is not too long to be shown, but one with a digest is signed as
/// well: a pointer that is too long is refused for its length, not for its signature.
#[test]
fn no_request_is_too_long_to_be_signed() {
    let mut world = stage();
    for (nonce, length, right) in [
        (0, MAX_POINTER, Ok(())),
        (1, MAX_POINTER + 200, Err(NexusError::BadPointer)),
    ] {
        let action = Action::Register {
            commitment: COMMITMENT,
            kind: Kind::Fhir,
            pointer: vec![1; length],
        };
        let request = request(BOB.account(), action, nonce);
        let answer = world.send(STRANGER, world.signed(BOB, &request));
        assert_eq!(answer.value, Ok(right));
    }
}
