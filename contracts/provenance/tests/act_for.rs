//! Requests that an identity's key signed and somebody else submits.

use crate::world::*;
use allive_merkle::Software;
use allive_olife_id_interface::{IdentityId, Topic, Topics};
use allive_requests::{Describe, RequestError, Signature, Text};
use ink::primitives::AccountId;
use provenance::*;
use scale::Encode;
use RequestError::{BadSignature, Expired, NonceUsed};

/// A pharmacy that is not the holder's.
const OTHER: AccountId = WHOLESALER;

const CLINICIAN_TOO: Topics = Topic::AUTHORITY.bit() | Topic::CLINICIAN.bit();

fn begin() -> (World, RunId) {
    let (mut world, run) = commissioned();
    attest(&mut world, OTHER, Topic::PHARMACY.bit());
    attest(&mut world, SECOND, CLINICIAN_TOO);
    (world, run)
}

/// A life with every action but one that is cancelled, in an order in which each is done.
fn life(run: RunId) -> Vec<(AccountId, Action)> {
    let [unit, left, rest] = [0, 1, 4].map(|first| UnitId::Run(RunId { first, ..run }));
    let pack_id = PackId {
        lot: run.lot,
        index: 0,
    };
    let name = gtin();
    let terms = product_terms(Class::Vaccine);
    let capacity = Capacity::Authority;
    let (target, alert, reason) = (Target::Lot(run.lot), Alert::RecallTwo, REASON);
    let dispense = |by: AccountId| Action::Dispense {
        claim: claim(0, 0).into(),
        role: Topic::PHARMACY,
        site: site(u64::from(by.0[0])),
        prescription: None,
    };
    let hand_over = |to| Action::HandOver {
        name: gtin(),
        to: Some(id(to)),
    };
    let take_over = || Action::TakeOver { name: gtin() };
    let former = vec![id(RIVAL)];
    let owner = id(MAKER);
    let lot = NewLot {
        code: b"LOT-2".to_vec(),
        ..new_lot()
    };
    let made = NewLot {
        code: b"LOT-3".to_vec(),
        serials: None,
        ..new_lot()
    };
    let input = RunId {
        lot: lot_id(&lot, MAKER),
        first: 0,
    };
    let dispense_part = Action::DispensePart {
        claim: claim(0, 0).into(),
        role: Topic::PHARMACY,
        site: site(5),
        prescription: Some(fill().into()),
    };
    let prescribe = Action::Prescribe {
        prescription: NewPrescription {
            commitment: [0xc0; 32],
            lock: lock_of::<Software>(&fill().secret),
            fills: 3,
            expires: UNTIL,
        }
        .into(),
    };
    let declaration = ErrorDeclaration {
        event: [0xee; 32],
        reason: ErrorReason::IncorrectData,
        corrected_by: vec![[0xcc; 32]],
    };
    let declare_error = Action::DeclareError {
        declaration: declaration.into(),
    };
    let cancel = Action::CancelPrescription {
        prescription: fill().prescription,
        as_authority: false,
    };
    let end = End::Sample;
    let to = PHARMACY;
    let settle = |escalate| Action::Settle {
        pack: pack_id,
        as_authority: true,
        escalate,
        reason,
    };
    vec![
        (BLOOD_SERVICE, register(blood(), Class::Blood)),
        (
            MAKER,
            Action::Revise {
                name: gtin(),
                terms: terms.into(),
            },
        ),
        (MAKER, hand_over(RIVAL)),
        (RIVAL, take_over()),
        (
            AUTHORITY,
            Action::Assign {
                name,
                owner,
                former,
            },
        ),
        (MAKER, commission(lot)),
        (MAKER, Action::Split { run, length: 4 }),
        (MAKER, Action::Join { run }),
        (MAKER, Action::Split { run, length: 4 }),
        (MAKER, pack(case(MAKER, 1), &[unit, rest])),
        (MAKER, unpack(case(MAKER, 1), &[rest])),
        (MAKER, ship(rest, to, UNTIL)),
        (to, Action::Refuse { unit: rest }),
        (MAKER, ship(rest, to, UNTIL)),
        (MAKER, Action::CallBack { unit: rest }),
        (
            MAKER,
            Action::MoveTo {
                unit: rest,
                site: site(2),
            },
        ),
        (MAKER, Action::Retire { unit: rest, end }),
        (MAKER, Action::Restore { unit: rest }),
        (MAKER, ship(container(MAKER, 1), to, UNTIL)),
        (to, receive(container(MAKER, 1), to)),
        (to, unpack(case(MAKER, 1), &[unit])),
        (to, dispense(to)),
        (OTHER, dispense(OTHER)),
        (
            OTHER,
            Action::Explain {
                pack: pack_id,
                reason,
            },
        ),
        (AUTHORITY, settle(true)),
        (AUTHORITY, settle(false)),
        (to, Action::UndoDispense { run, index: 0 }),
        (AUTHORITY, raise(target.clone(), alert, capacity)),
        (
            to,
            Action::Acknowledge {
                target: target.clone(),
            },
        ),
        (
            AUTHORITY,
            Action::ProposeLowering {
                target: target.clone(),
                alert,
                capacity,
                reason,
            },
        ),
        (SECOND, Action::Lower { target, alert }),
        (
            to,
            Action::Suspect {
                unit,
                capacity: Capacity::Custodian,
                reason,
            },
        ),
        (
            to,
            Action::Clear {
                unit,
                as_authority: false,
                reason,
            },
        ),
        (
            MAKER,
            Action::Transform {
                inputs: vec![input],
                outputs: vec![made.into()],
                kind: Transformation::Repackaging,
            },
        ),
        (to, Action::Split { run, length: 1 }),
        (SECOND, prescribe),
        (to, dispense_part),
        (SECOND, cancel),
        (to, watch(left, LOGGER)),
        (LOGGER, report(left, MEASURED, MEASURED + 1, &[(HEAT, 1)])),
        (AUTHORITY, release(left, capacity, &[(HEAT, 1)])),
        (to, unwatch(left)),
        (to, suspect(left, Capacity::Custodian)),
        (to, condemn(left, Capacity::Custodian)),
        (
            AUTHORITY,
            Action::Redirect {
                unit: left,
                to: id(OTHER),
                until: START + TRANSIT,
                reason,
            },
        ),
        (to, declare_error),
    ]
}

/// Of the one prescription.
fn fill() -> Fill {
    Fill {
        prescription: prescription_id(SECOND, [0xc0; 32]),
        secret: [0x5e; 32],
    }
}

/// When the logger is named.
const MEASURED: u64 = START + DELAY;

/// What has to be waited for before an action.
fn wait_for(world: &mut World, action: &Action) {
    match action {
        Action::Lower { .. } => world.advance(DELAY),
        Action::Report { .. } => world.advance(1),
        _ => (),
    }
}

#[test]
fn each_action_does_the_same_when_it_is_signed_and_somebody_else_submits_it() {
    let (mut sent, run) = begin();
    let (mut signed, _) = begin();
    for (nonce, (by, action)) in (0..).zip(life(run)) {
        wait_for(&mut sent, &action);
        wait_for(&mut signed, &action);
        let one = message(&sent, None, action.clone());
        let one = sent.receipt(by, one);
        let request = request_of(&mut signed, by, action, nonce);
        let other = submitted(&signed, by, &request);
        let other = signed.receipt(STRANGER, other);
        assert_eq!(one.value, other.value);
        assert_eq!(one.events, other.events);
    }
    let (one, other) = (stored_state(&mut sent), stored_state(&mut signed));
    assert_eq!(one.units, other.units);
    assert_eq!(one.lots, other.lots);
}

/// A shipment that was signed and not submitted does not wait for the goods to come back.
#[test]
fn a_signed_shipment_does_not_count_after_the_goods_went_away_and_came_back() {
    let (mut world, run) = begin();
    let unit = UnitId::Run(run);
    let request = request_of(&mut world, MAKER, ship(unit, PHARMACY, UNTIL), 0);
    world.advance(1);
    pass(&mut world, unit, MAKER, CARRIER);
    pass(&mut world, unit, CARRIER, MAKER);
    let message = submitted(&world, MAKER, &request);
    assert_eq!(world.refused(STRANGER, message), ProvenanceError::NotAsSeen);
}

/// A run keeps its name when it is split or joined, a container when something is packed into it.
#[test]
fn a_signed_shipment_is_of_as_many_packs_as_its_signer_saw() {
    let (mut world, run) = begin();
    let unit = UnitId::Run(run);
    let all = request_of(&mut world, MAKER, ship(unit, PHARMACY, UNTIL), 0);
    let rest = split(&mut world, MAKER, run, 4);
    let message = submitted(&world, MAKER, &all);
    assert_eq!(world.refused(STRANGER, message), ProvenanceError::NotAsSeen);
    let four = request_of(&mut world, MAKER, ship(unit, PHARMACY, UNTIL), 0);
    act(&mut world, MAKER, Action::Join { run });
    let message = submitted(&world, MAKER, &four);
    assert_eq!(world.refused(STRANGER, message), ProvenanceError::NotAsSeen);
    assert_eq!(split(&mut world, MAKER, run, 4), rest);
    act(&mut world, MAKER, pack(case(MAKER, 1), &[unit]));
    let pallet = ship(container(MAKER, 1), PHARMACY, UNTIL);
    let pallet = request_of(&mut world, MAKER, pallet, 0);
    let more = pack(case(MAKER, 1), &[UnitId::Run(rest)]);
    act(&mut world, MAKER, more);
    let message = submitted(&world, MAKER, &pallet);
    assert_eq!(world.refused(STRANGER, message), ProvenanceError::NotAsSeen);
}

/// A signed recall is not withheld until after it was taken back.
#[test]
fn a_signed_alert_does_not_count_after_the_alerts_have_changed() {
    let (mut world, run) = begin();
    let target = Target::Lot(run.lot);
    let recall = raise(target.clone(), Alert::RecallOne, Capacity::Maker);
    let request = request_of(&mut world, MAKER, recall.clone(), 0);
    act(&mut world, MAKER, recall);
    let message = submitted(&world, MAKER, &request);
    assert_eq!(world.refused(STRANGER, message), ProvenanceError::NotAsSeen);
}

#[test]
fn a_signer_may_do_what_its_own_message_may_and_no_more() {
    let (mut world, run) = begin();
    let unit = UnitId::Run(run);
    for (by, error) in [
        (RIVAL, ProvenanceError::NotHolder),
        (STRANGER, ProvenanceError::NoStanding),
    ] {
        let request = request_of(&mut world, by, ship(unit, PHARMACY, UNTIL), 7);
        let message = submitted(&world, by, &request);
        assert_eq!(world.refused(MAKER, message), error);
    }
    // Who submits has no right of its own, and what was refused left its nonce.
    let request = request_of(&mut world, MAKER, ship(unit, PHARMACY, UNTIL), 7);
    let thief = submitted_by(&world, &key_of(RIVAL), &request);
    assert_eq!(
        world.refused(STRANGER, thief),
        ProvenanceError::Request(BadSignature)
    );
    let message = submitted(&world, MAKER, &request);
    world.done(STRANGER, message);
}

#[test]
fn a_delegate_signs_for_the_organisation_that_it_names() {
    let (mut world, run) = begin();
    let unit = UnitId::Run(run);
    let mut request = request_of(&mut world, MAKER, ship(unit, PHARMACY, UNTIL), 0);
    request.action.organisation = Some(id(RIVAL));
    let message = submitted(&world, MAKER, &request);
    assert_eq!(
        world.refused(STRANGER, message),
        ProvenanceError::NoStanding
    );
    request.action.organisation = Some(id(MAKER));
    let message = submitted(&world, MAKER, &request);
    world.done(STRANGER, message);
}

#[test]
fn a_request_is_good_once_until_its_deadline_and_unless_it_is_cancelled() {
    let (mut world, run) = begin();
    let unit = UnitId::Run(run);
    let suspect = || Action::Suspect {
        unit,
        capacity: Capacity::Maker,
        reason: REASON,
    };
    let key = key_of(MAKER).account();
    let of = |world: &mut World, nonce| request_of(world, MAKER, suspect(), nonce);
    let first = of(&mut world, 0);
    world.done(STRANGER, submitted(&world, MAKER, &first));
    let again = world.refused(STRANGER, submitted(&world, MAKER, &first));
    assert_eq!(again, ProvenanceError::Request(NonceUsed));
    world.done(key, world.contract().cancel(4));
    let cancel = request_of(&mut world, MAKER, Action::Cancel, 5);
    world.done(STRANGER, submitted(&world, MAKER, &cancel));
    for nonce in [4, 5] {
        let asked = of(&mut world, nonce);
        let cancelled = world.refused(STRANGER, submitted(&world, MAKER, &asked));
        assert_eq!(cancelled, ProvenanceError::Request(NonceUsed));
    }
    let used = world.contract().used_nonces(key.into(), 0);
    assert_eq!(world.get(used), 0b11_0001);
    let late = of(&mut world, 6);
    world.at(late.deadline + 1);
    let late = world.refused(STRANGER, submitted(&world, MAKER, &late));
    assert_eq!(late, ProvenanceError::Request(Expired));
}

#[test]
fn an_ethereum_wallet_signs_the_text_that_the_contract_answers() {
    let (mut world, run) = begin();
    let action = ship(UnitId::Run(run), PHARMACY, UNTIL);
    let request = request_of(&mut world, MAKER, action, 0);
    let text = request.text(&domain(&world.provenance));
    let asked = world.contract().request_text(request.clone().into());
    assert_eq!(world.get(asked), text);
    let signature = Signature::Eip191(key_of(MAKER).sign_personal(&text));
    let message = world.contract().act_for(request.into(), signature.into());
    world.done(STRANGER, message);
}

#[test]
fn what_a_signer_sees_is_the_hash_of_the_cells_that_the_action_names() {
    let (mut world, run) = begin();
    let unit = UnitId::Run(run);
    let state = stored_state(&mut world);
    let hash = |bytes: Vec<u8>| {
        use ink::env::hash::{Blake2x256, CryptoHash};
        let mut hash = Seen::default();
        Blake2x256::hash(&bytes, &mut hash);
        hash
    };
    let seen = |world: &mut World, action: Action| world.get(world.contract().seen(action.into()));
    let cells = vec![Some(state.units[&unit].clone())];
    let shipment = ship(unit, PHARMACY, UNTIL);
    assert_eq!(seen(&mut world, shipment), hash(cells.encode()));
    let cells = vec![None, cells[0].clone()];
    let packing = pack(case(MAKER, 1), &[unit]);
    assert_eq!(seen(&mut world, packing), hash(cells.encode()));
    let of_lot = raise(Target::Lot(run.lot), Alert::Withdrawn, Capacity::Maker);
    let lot = Some(state.lots[&run.lot].clone());
    assert_eq!(seen(&mut world, of_lot), hash(lot.encode()));
    for nothing in [Action::Cancel, report(unit, START, START + 1, &[])] {
        assert_eq!(seen(&mut world, nothing), Seen::default());
    }
}

fn in_words(moment: u64) -> String {
    let mut text = Text::default();
    String::from_utf8(text.moment(moment).as_ref().to_vec()).unwrap()
}

/// The first line that a signer reads.
fn words_of(organisation: Option<IdentityId>, action: Action) -> String {
    let mut text = Text::default();
    let seen = Seen::default();
    let signed = SignedAction {
        organisation,
        action: action.into(),
        seen,
    };
    signed.describe(&mut text);
    let text = String::from_utf8(text.as_ref().to_vec()).unwrap();
    let seen = format!(". Seen: 0x{}", hex::encode(seen));
    let line = text.strip_suffix(&seen).unwrap();
    line.strip_prefix("Provenance: ").unwrap().to_owned()
}

#[test]
fn what_is_signed_for_an_organisation_says_so() {
    let words = words_of(Some(7), Action::TakeOver { name: order() });
    assert_eq!(
        words,
        "for organisation 7, take over order 7 of identity 109"
    );
}

/// A code is of its maker's choice until the contract has checked it.
#[test]
fn no_code_of_a_lot_looks_like_words_of_the_request() {
    let code = b"A\nonce: 7\n\\".to_vec();
    let words = words_of(None, commission(NewLot { code, ..new_lot() }));
    let said = r"commission lot A\0x0aonce:\0x207\0x0a\0x5c of GTIN";
    assert!(words.starts_with(said), "{words}");
}

#[test]
fn each_action_is_said_in_words() {
    let (_, run) = begin();
    let lot = hex::encode(run.lot);
    let run_words = format!("the run from 0 of lot 0x{lot}");
    let left_words = format!("the run from 1 of lot 0x{lot}");
    let rest = format!("the run from 4 of lot 0x{lot}");
    let because = format!("for the reason 0x{}", hex::encode(REASON));
    let case_words = format!("container {} of identity 101", case(MAKER, 1).sscc);
    let until = in_words(UNTIL);
    let prescription = format!("0x{}", hex::encode(fill().prescription));
    let second_lot = NewLot {
        code: b"LOT-2".to_vec(),
        ..new_lot()
    };
    let second_lot = lot_id(&second_lot, MAKER);
    let expiry = in_words(u64::from(today() + 11) * DAY - 1);
    let expected = [
        "register blood E0791V00 of identity 108, blood, for at most 100 days, at most 60 minutes \
         above 8.00 degrees Celsius, at most 30 minutes between readings"
            .to_owned(),
        "revise GTIN 9506000134352, a vaccine, for at most 100 days, at most 60 minutes above 8.00 \
         degrees Celsius, at most 30 minutes between readings"
            .to_owned(),
        "hand over GTIN 9506000134352 to identity 102".to_owned(),
        "take over GTIN 9506000134352".to_owned(),
        "assign GTIN 9506000134352 to identity 101, former maker identity 102".to_owned(),
        format!(
            "commission lot LOT-2 of GTIN 9506000134352: 10 packs that expire after {expiry}, root \
             0x{}, paths 0x{} at GLN {}",
            hex::encode(tree().root()),
            "01".repeat(36),
            site(1)
        ),
        format!("split the first 4 off {run_words}"),
        format!("join with its next {run_words}"),
        format!("split the first 4 off {run_words}"),
        format!("pack into {case_words}: {run_words}, {rest}"),
        format!("unpack out of {case_words}: {rest}"),
        format!("ship {rest} to identity 105 until {until}"),
        format!("refuse {rest}"),
        format!("ship {rest} to identity 105 until {until}"),
        format!("call back {rest}"),
        format!("move {rest} to GLN {}", site(2)),
        format!("end as a sample: {rest}"),
        format!("undo the end of {rest}"),
        format!("ship {case_words} to identity 105 until {until}"),
        format!("receive {case_words} in role 5 at GLN {}", site(5)),
        format!("unpack out of {case_words}: {run_words}"),
        format!("dispense pack 0 of lot LOT-1 of GTIN 9506000134352 in role 5 at GLN {}", site(5)),
        format!("dispense pack 0 of lot LOT-1 of GTIN 9506000134352 in role 5 at GLN {}", site(3)),
        format!("explain the alarm about pack 0 of lot 0x{lot} {because}"),
        format!("escalate the alarm about pack 0 of lot 0x{lot} as an authority {because}"),
        format!("close the alarm about pack 0 of lot 0x{lot} as an authority {because}"),
        format!("undo dispensing pack 0 in {run_words}"),
        format!("say \"recalled, class II\" of lot 0x{lot} as an authority {because}"),
        format!("acknowledge what is said of lot 0x{lot}"),
        format!("propose to take back \"recalled, class II\" of lot 0x{lot} as an authority {because}"),
        format!("take back \"recalled, class II\" of lot 0x{lot}"),
        format!("suspect {run_words} as its custodian {because}"),
        format!("suspect no longer {run_words} {because}"),
        format!(
            "repackage, of the run from 0 of lot 0x{}, into lot LOT-3 of GTIN 9506000134352: 10 \
             packs that expire after {expiry}",
            hex::encode(second_lot)
        ),
        format!("split the first 1 off {run_words}"),
        format!(
            "prescribe 0x{}, 3 fills until {until}, first lock 0x{}",
            "c0".repeat(32),
            hex::encode(lock_of::<Software>(&fill().secret))
        ),
        format!(
            "dispense a part of pack 0 of lot LOT-1 of GTIN 9506000134352 on prescription \
             {prescription} in role 5 at GLN {}",
            site(5)
        ),
        format!("cancel prescription {prescription}"),
        format!(
            "have {left_words} measured by identity 111: below 2.00 degrees Celsius, above 8.00 \
             degrees Celsius, at most 30 minutes between readings"
        ),
        format!(
            "report of {left_words} from {} until {}, 1 milliseconds above 8.00 degrees Celsius, \
             readings 0x{}",
            in_words(MEASURED),
            in_words(MEASURED + 1),
            "d1".repeat(32)
        ),
        format!(
            "release {left_words}, 1 milliseconds above 8.00 degrees Celsius as an authority \
             {because}"
        ),
        format!("have {left_words} measured by nobody"),
        format!("suspect {left_words} as its custodian {because}"),
        format!("determine to be illegitimate {left_words} as its custodian {because}"),
        format!(
            "as an authority, ship for its holder {left_words} to identity 103 until {} {because}",
            in_words(START + TRANSIT)
        ),
        format!(
            "declare event 0x{} wrong: its data are incorrect, corrected by 0x{}",
            "ee".repeat(32),
            "cc".repeat(32)
        ),
    ];
    let actions = life(run);
    assert_eq!(actions.len(), expected.len());
    for ((_, action), words) in actions.into_iter().zip(expected) {
        assert_eq!(words_of(None, action), words);
    }
}
