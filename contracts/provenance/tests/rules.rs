//! The rules as plain Rust, with arbitrary and random values.

use crate::world::*;
use allive_olife_id_interface::{IdentityId, Topic};
use proptest::prelude::*;
use provenance::{digits::*, *};
use std::collections::BTreeMap;

const HOLDER: IdentityId = 1;
const OTHER: IdentityId = 2;

fn had_by(holder: IdentityId) -> Custody {
    Custody::new(holder, Topic::WHOLESALER, 0, START).unwrap()
}

/// A number with so many digits at most, and its check digit by the definition of GS1, digit by
/// digit from the left.
fn with_check_digit(body: u64) -> u64 {
    let digits: Vec<u32> = body
        .to_string()
        .chars()
        .map(|c| c.to_digit(10).unwrap())
        .collect();
    let places = digits.iter().rev().enumerate();
    let sum: u32 = places
        .map(|(place, digit)| digit * if place % 2 == 0 { 3 } else { 1 })
        .sum();
    body * 10 + u64::from((10 - sum % 10) % 10)
}

const ALL: [Alert; 6] = [
    Alert::Stolen,
    Alert::RecallOne,
    Alert::RecallTwo,
    Alert::RecallThree,
    Alert::Withdrawn,
    Alert::Illegitimate,
];

fn alert() -> impl Strategy<Value = Alert> {
    (0..6_usize).prop_map(|number| ALL[number])
}

#[derive(Clone, Debug)]
enum Say {
    Raise(Alert),
    Propose(Alert, IdentityId),
    Lower(Alert, IdentityId),
    Wait(u64),
}

fn say() -> impl Strategy<Value = Say> {
    prop_oneof![
        alert().prop_map(Say::Raise),
        (alert(), 0..3_u64).prop_map(|(alert, by)| Say::Propose(alert, by)),
        (alert(), 0..3_u64).prop_map(|(alert, by)| Say::Lower(alert, by)),
        (0..2 * DELAY).prop_map(Say::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_check_digit_finds_every_wrong_digit(body in 1..10_u64.pow(13), place in 0..14_u32, by in 1..10_u64) {
        let number = with_check_digit(body);
        prop_assert!(has_check_digit(number, 14));
        let unit = 10_u64.pow(place);
        let digit = number / unit % 10;
        let wrong = number - digit * unit + (digit + by) % 10 * unit;
        prop_assert!(!has_check_digit(wrong, 14));
    }

    #[test]
    fn a_number_with_too_many_digits_is_none(body in 1..10_u64.pow(17)) {
        let number = with_check_digit(body);
        for digits in [8, 13, 14, 18] {
            prop_assert_eq!(has_check_digit(number, digits), number < 10_u64.pow(digits));
        }
        prop_assert_eq!(is_gln(number), number < 10_u64.pow(13));
        prop_assert!(is_sscc(number));
    }

    #[test]
    fn a_donation_number_is_found_wrong_by_its_check_character(
        place in 0..14_usize,
        character in prop_oneof![0x30..0x3a_u8, 0x41..0x5b_u8],
    ) {
        let mut code = *b"G123498654321H";
        let same = code[place] == character;
        code[place] = character;
        prop_assert_eq!(is_donation_number(&code), same);
    }

    /// Splitting and joining at random, the runs of a lot are always a partition of its packs.
    #[test]
    fn runs_that_come_from_splitting_never_overlap(
        count in 1..MAX_COUNT,
        steps in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), any::<u64>()), 0..40),
    ) {
        let whole = Run { length: count, unit: Unit::of(had_by(HOLDER)).into() };
        let mut runs = BTreeMap::from([(0, whole)]);
        for (splits, which, at) in steps {
            let firsts: Vec<u64> = runs.keys().copied().collect();
            let first = *which.get(&firsts);
            let id = RunId { lot: [0; 16], first };
            let mut run = runs[&first].clone();
            if splits {
                let at = at % run.length;
                let before = run.length;
                match run.split(id, at, START) {
                    Ok((rest, other)) => {
                        prop_assert!(at > 0);
                        prop_assert_eq!(rest.first, first + at);
                        runs.insert(first, run);
                        runs.insert(rest.first, other);
                    }
                    Err(error) => {
                        prop_assert_eq!(error, ProvenanceError::BadSplit);
                        prop_assert!(at == 0 || at >= before);
                    }
                }
            } else if let Some(next) = runs.get(&(first + run.length)).cloned() {
                let gone = first + run.length;
                run.join(&next, START).unwrap();
                runs.remove(&gone);
                runs.insert(first, run);
            }
            let mut next = 0;
            for (first, run) in &runs {
                prop_assert_eq!(*first, next);
                prop_assert!(run.length > 0);
                next += run.length;
            }
            prop_assert_eq!(next, count);
        }
    }

    /// Whatever is said in whatever order, an alert goes only if another party lowers it, between
    /// one delay and two after a proposal since which it was not raised.
    #[test]
    fn an_alert_is_never_lost(says in prop::collection::vec(say(), 0..60)) {
        let mut alerts = Alerts::default();
        let mut now = START;
        let mut raised: BTreeMap<u8, u64> = BTreeMap::new();
        // For each alert, who proposed when, if it was the last proposal of all.
        let mut proposed: Option<(Alert, IdentityId, u64)> = None;
        for said in says {
            match said {
                Say::Wait(time) => now += time,
                Say::Raise(alert) => {
                    alerts.raise(alert);
                    raised.insert(alert as u8, now);
                    proposed = proposed.filter(|(of, ..)| *of != alert);
                }
                Say::Propose(alert, by) => {
                    let is_raised = raised.contains_key(&(alert as u8));
                    let done = alerts.propose(alert, by, now, DELAY);
                    prop_assert_eq!(done.is_ok(), is_raised);
                    if is_raised {
                        proposed = Some((alert, by, now));
                    }
                }
                Say::Lower(alert, by) => {
                    let may = proposed.is_some_and(|(of, proposer, when)| {
                        of == alert && proposer != by && now - when >= DELAY && now - when < 2 * DELAY
                    });
                    let before = alerts;
                    prop_assert_eq!(alerts.lower(alert, by, now).is_ok(), may);
                    if may {
                        raised.remove(&(alert as u8));
                        proposed = None;
                    } else {
                        prop_assert_eq!(alerts, before);
                    }
                }
            }
            for alert in ALL {
                prop_assert_eq!(alerts.raised.has(alert), raised.contains_key(&(alert as u8)));
            }
        }
    }

    #[test]
    fn the_worst_that_holds_is_the_answer(
        raised in 0..64_u8,
        upstream in any::<bool>(),
        end in prop::option::of(prop_oneof![Just(End::Destroyed), Just(End::Dispensed), Just(End::Sample), Just(End::Exported), Just(End::Transformed)]),
        flags in any::<[bool; 4]>(),
        cold in prop::option::of(prop_oneof![Just(Cold::NotWatched), Just(Cold::Kept(1)), Just(Cold::Silent(1)), Just(Cold::Excursion(FROST))]),
    ) {
        let [expired, suspected, in_transit, opened] = flags;
        let cold = cold.unwrap_or_default();
        let is_broken = matches!(cold, Cold::Silent(_) | Cold::Excursion(_));
        let raised = Raised(raised);
        let upstream_raised = if upstream { Raised(4) } else { Raised(0) };
        let facts = Facts { raised, upstream: upstream_raised, end, opened, expired, suspected, cold, in_transit };
        let recall = ALL[1..5].iter().find(|alert| raised.has(**alert));
        let in_order = [
            raised.has(Alert::Stolen).then_some(State::Stolen),
            raised.has(Alert::Illegitimate).then_some(State::Illegitimate),
            end.map(State::Ended),
            recall.copied().map(State::Recalled),
            upstream.then_some(State::RecalledUpstream),
            expired.then_some(State::Expired),
            (suspected || is_broken).then_some(State::Quarantined),
            in_transit.then_some(State::InTransit),
            opened.then_some(State::PartlyDispensed),
        ];
        let right = in_order.into_iter().flatten().next().unwrap_or(State::Genuine);
        prop_assert_eq!(facts.state(), right);
    }

    #[test]
    fn a_shipment_is_with_its_holder_until_it_is_received(until in 1..=TRANSIT, later in 0..2 * TRANSIT) {
        let (now, deadline) = (START + later, START + until);
        let mut custody = had_by(HOLDER);
        custody.ship(OTHER, deadline, START, TRANSIT).unwrap();
        prop_assert_eq!(custody.transit(now).is_some(), now <= deadline);
        let received = custody.receive(OTHER, Topic::CARRIER, 0, now);
        prop_assert_eq!(received.is_ok(), now <= deadline);
        prop_assert_eq!(custody.holder, if now <= deadline { OTHER } else { HOLDER });
        // Whoever has it can go on.
        if now > deadline {
            prop_assert!(custody.ship(3, now + 1, now, TRANSIT).is_ok());
        }
    }
}

#[test]
fn published_numbers_have_their_check_digits() {
    // A GTIN and an SSCC from the documents of GS1.
    assert!(has_check_digit(9_506_000_134_352, 14));
    assert!(is_sscc(106_141_412_345_678_908));
    assert!(!has_check_digit(0, 14));
    // The example of the standard of ISBT 128.
    assert!(is_donation_number(b"G123498654321H"));
    assert!(!is_donation_number(b""));
    assert!(!is_donation_number(b"O123498654321H"));
}

#[test]
fn a_code_has_one_to_twenty_characters_of_set_82() {
    let all: Vec<u8> = (0..=255).filter(|byte| is_in_set_82(*byte)).collect();
    assert_eq!(all.len(), 82);
    assert!(!is_label_code(b""));
    assert!(is_label_code(&[b'_'; 20]));
    assert!(!is_label_code(&[b'_'; 21]));
    for other in [b' ', b'#', b'$', b'@', b'[', 0x1d] {
        assert!(!is_label_code(&[other]));
    }
}

#[test]
fn a_name_fits_its_class() {
    use Class::*;
    let all = [
        Medicine,
        Vaccine,
        Blood,
        Specimen,
        DisposableMask,
        SurgicalMask,
        ParticleMask,
        ProtectiveMask,
        Device,
        Dental,
    ];
    for class in all {
        let own = matches!(class, Blood | Specimen | Dental);
        assert_eq!(gtin().may_be(class), !own);
        assert_eq!(blood().may_be(class), class == Blood);
        assert_eq!(order().may_be(class), matches!(class, Specimen | Dental));
    }
}

#[test]
fn the_code_of_a_blood_product_has_its_form() {
    let check = |code: &[u8; 8]| {
        let (service, code) = (1, *code);
        ProductName::Blood { service, code }.check()
    };
    assert_eq!(check(b"E0791V00"), Ok(()));
    for wrong in [
        b"e0791V00",
        b"00791V00",
        b"EX791V00",
        b"E0791V0 ",
        b"E0791-00",
    ] {
        assert_eq!(check(wrong), Err(ProvenanceError::BadName));
    }
}

#[test]
fn limits_are_at_most_four_each_of_another_bound() {
    let limit = |hundredths, side| Limit {
        bound: Bound { hundredths, side },
        minutes: 0,
    };
    let registers = |limits: Vec<Limit>| {
        let mut terms = product_terms(Class::Vaccine);
        terms.storage.limits = limits;
        Product::register(&gtin(), HOLDER, terms).map(drop)
    };
    let four: Vec<Limit> = (0..4).map(|bound| limit(bound, Side::Above)).collect();
    assert_eq!(registers(four.clone()), Ok(()));
    let five = [four, vec![limit(9, Side::Below)]].concat();
    let same = vec![limit(1, Side::Below), limit(1, Side::Below)];
    for wrong in [five, same] {
        assert_eq!(registers(wrong), Err(ProvenanceError::BadTerms));
    }
    let both = vec![limit(1, Side::Above), limit(1, Side::Below)];
    assert_eq!(registers(both), Ok(()));
    let mut terms = product_terms(Class::Vaccine);
    terms.shelf_life = Some(0);
    let zero = Product::register(&gtin(), HOLDER, terms).map(drop);
    assert_eq!(zero, Err(ProvenanceError::BadTerms));
}

#[test]
fn a_lot_without_shelf_life_may_have_no_expiry() {
    let mut terms = product_terms(Class::Device);
    terms.shelf_life = None;
    let product = Product::register(&gtin(), HOLDER, terms).unwrap();
    for expiry in [None, Some(today()), Some(u32::MAX)] {
        let lot = NewLot {
            expiry,
            ..new_lot()
        };
        let lot = Lot::commission(&product, HOLDER, lot, START).unwrap();
        let moments = [START, u64::MAX].map(|now| lot.has_expired(now));
        assert_eq!(moments, [false, expiry.is_some()]);
    }
}

#[test]
fn a_day_is_over_with_its_last_millisecond() {
    assert!(!is_over(0, DAY - 1));
    assert!(is_over(0, DAY));
    assert!(!is_over(u32::MAX, START));
}

#[test]
fn that_something_was_destroyed_outranks_other_ends() {
    let ends = |ends: &[End]| {
        let mut facts = Facts::default();
        ends.iter().for_each(|end| facts.ended(*end));
        facts.state()
    };
    let destroyed = State::Ended(End::Destroyed);
    assert_eq!(ends(&[End::Sample, End::Destroyed]), destroyed);
    assert_eq!(ends(&[End::Destroyed, End::Sample]), destroyed);
    let first = State::Ended(End::Sample);
    assert_eq!(ends(&[End::Sample, End::Exported]), first);
}

/// A proposal to lower an alert never lowers what the proposer did not see.
#[test]
fn a_proposal_does_not_reach_alerts_of_other_goods() {
    let proposed = |alert| {
        let mut alerts = Alerts::default();
        alerts.raise(alert);
        alerts.propose(alert, HOLDER, START, DELAY).unwrap();
        alerts
    };
    // What leaves a container that has the same alert.
    let mut left = proposed(Alert::RecallTwo);
    left.take_along(Raised(4));
    assert_eq!((left.raised, left.lowering), (Raised(4), None));
    let mut left = proposed(Alert::RecallTwo);
    left.take_along(Raised(1));
    assert_eq!(left.raised, Raised(5));
    assert!(left.lowering.is_some());
    // Neighbours of which only one has the proposal.
    let other = Alerts {
        lowering: None,
        ..left
    };
    assert_eq!(left.joined(other), Some(other));
    assert_eq!(left.joined(left), Some(left));
    assert_eq!(left.joined(Alerts::default()), None);
}

#[derive(Clone, Debug)]
enum Hand {
    Dispense(u8, IdentityId),
    Undo(u8, IdentityId),
    Prune,
    Wait(u64),
}

fn hand() -> impl Strategy<Value = Hand> {
    prop_oneof![
        4 => (0..6_u8, 1..3_u64).prop_map(|(bit, by)| Hand::Dispense(bit * 51, by)),
        2 => (0..6_u8, 1..3_u64).prop_map(|(bit, by)| Hand::Undo(bit * 51, by)),
        1 => Just(Hand::Prune),
        2 => (0..UNDO).prop_map(Hand::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A pack stays dispensed unless who dispensed it undoes that in time, whatever is pruned.
    #[test]
    fn a_word_forgets_nothing_but_who_dispensed_long_ago(hands in prop::collection::vec(hand(), 0..60)) {
        let mut word = Word::default();
        let mut now = START;
        let mut dispensed: BTreeMap<u8, (IdentityId, u64)> = BTreeMap::new();
        for hand in hands {
            match hand {
                Hand::Wait(time) => now += time,
                Hand::Prune => {
                    word.prune(now, UNDO);
                    prop_assert!(word.recent.iter().all(|recent| now - recent.at < UNDO));
                }
                Hand::Dispense(bit, by) => {
                    let is_new = !dispensed.contains_key(&bit);
                    let done = word.dispense(bit, Dispenser { by, site: 0 }, None, now, UNDO);
                    prop_assert_eq!(done.is_ok(), is_new);
                    if is_new {
                        dispensed.insert(bit, (by, now));
                    }
                }
                Hand::Undo(bit, by) => {
                    let may = dispensed.get(&bit).is_some_and(|(who, when)| *who == by && now - when < UNDO);
                    let done = word.undo(bit, Dispenser { by, site: 0 }, now, UNDO);
                    prop_assert_eq!(done.is_ok(), may);
                    if may {
                        dispensed.remove(&bit);
                    }
                }
            }
            for bit in 0..=255 {
                prop_assert_eq!(word.has(bit), dispensed.contains_key(&bit));
            }
        }
    }

    #[test]
    fn every_pack_has_a_bit_of_its_own(index in any::<u64>()) {
        let (number, bit) = place(index);
        prop_assert_eq!(u128::from(number) * 256 + u128::from(bit), u128::from(index));
    }
}

fn made_from(ancestors: std::ops::Range<u8>, level: u8, expiry: Option<Day>) -> Lot {
    let runs = ancestors.map(|number| RunId {
        lot: [number; 16],
        first: 0,
    });
    Lot {
        product: gtin(),
        maker: HOLDER,
        code: b"LOT-1".to_vec(),
        expiry,
        count: 1,
        serials: None,
        storage: Storage::default(),
        ancestors: runs.collect(),
        level,
        alerts: Alerts::default(),
    }
}

fn input(number: u8) -> RunId {
    let lot = [number; 16];
    RunId { lot, first: 0 }
}

#[test]
fn a_lot_is_made_of_at_most_16_runs_each_counted_once() {
    let mut origin = Origin::default();
    origin.add(input(100), &made_from(0..8, 1, None)).unwrap();
    // Seven of them went into both.
    origin.add(input(101), &made_from(1..9, 2, None)).unwrap();
    origin.add(input(102), &made_from(0..9, 1, None)).unwrap();
    origin.add(input(103), &made_from(9..12, 1, None)).unwrap();
    let mut lot = made_from(0..0, 0, None);
    origin.pass_on(Transformation::Making, &mut lot).unwrap();
    assert_eq!(lot.ancestors.len(), 16);
    assert_eq!(lot.level, 3);
    let one_more = origin.add(input(104), &made_from(0..0, 0, None));
    assert_eq!(one_more, Err(ProvenanceError::TooManyAncestors));
}

#[test]
fn what_is_packed_anew_or_compounded_expires_with_the_first_that_went_in() {
    let all = [
        Transformation::BloodProcessing,
        Transformation::Making,
        Transformation::Repackaging,
        Transformation::Compounding,
    ];
    for kind in all {
        let is_bounded = matches!(
            kind,
            Transformation::Repackaging | Transformation::Compounding
        );
        for inputs in [[Some(5), Some(9), None], [None, Some(9), Some(5)]] {
            let mut origin = Origin::default();
            for (number, expiry) in (0..).zip(inputs) {
                let lot = made_from(0..0, 0, expiry);
                origin.add(input(number), &lot).unwrap();
            }
            for (expiry, is_sound) in [(Some(5), true), (Some(6), false), (None, false)] {
                let done = origin.pass_on(kind, &mut made_from(0..0, 0, expiry));
                assert_eq!(done.is_ok(), is_sound || !is_bounded);
            }
        }
        let mut origin = Origin::default();
        origin.add(input(0), &made_from(0..0, 0, None)).unwrap();
        origin.pass_on(kind, &mut made_from(0..0, 0, None)).unwrap();
    }
}
