//! Which facts are a part of whose life, and what they mean.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use allive_olife_id_interface::Topic;
use allive_trace::*;
use common::*;
use provenance::*;

fn whats(trace: &Trace) -> Vec<&What> {
    trace.entries.iter().map(|entry| &entry.what).collect()
}

fn states(trace: &Trace) -> Vec<State> {
    let standings = trace.entries.iter().map(|entry| entry.standing.unwrap());
    standings.map(|standing| standing.state).collect()
}

#[test]
fn a_pack_goes_with_its_run_and_others_lives_are_left_out() {
    let mut told = Told::delivered();
    // Of other packs of the lot, and of another lot.
    told.say(Fact::Moved {
        unit: unit(MEDICINE, 40),
        holder: MAKER,
        site: WARD,
    });
    told.dispense(8);
    told.commission(VACCINE);
    told.dispense(7);
    let trace = told.trace(Subject::Pack(pack(7)));
    assert_eq!(
        whats(&trace),
        [
            &What::Commissioned { count: 100 },
            &What::Split { length: 40 },
            &What::Shipped {
                from: MAKER,
                to: PHARMACY,
                until: told.facts[3].at.time - MINUTE + 24 * HOUR,
                ready: None
            },
            &What::Received { from: MAKER },
            &What::Dispensed { prescribed: false },
        ]
    );
    assert_eq!(
        states(&trace),
        [
            State::Genuine,
            State::Genuine,
            State::InTransit,
            State::Genuine,
            State::Ended(End::Dispensed)
        ]
    );
    let received = &trace.entries[3];
    let by = received.by.unwrap();
    assert_eq!((by.identity, by.role), (PHARMACY, Some(Topic::PHARMACY)));
    assert_eq!(received.site, SHOP);
    assert_eq!(received.event, Some(told.facts[4].at));
    assert_eq!(trace.standing.unwrap().custody.holder, PHARMACY);
}

#[test]
fn what_is_in_a_container_goes_with_the_outermost_one_and_takes_its_alerts_along() {
    let mut told = Told::commissioned();
    for (container, units) in [(1, vec![unit(MEDICINE, 0)]), (2, vec![boxed(1)])] {
        let container = case(container);
        told.say(Fact::Packed { container, units });
    }
    told.ship(boxed(2), PHARMACY);
    told.receive(boxed(2), PHARMACY, Topic::PHARMACY, SHOP);
    told.raise(Target::Unit(boxed(2)), Alert::RecallTwo);
    for (container, units) in [(2, vec![boxed(1)]), (1, vec![unit(MEDICINE, 0)])] {
        let container = case(container);
        told.say(Fact::Unpacked { container, units });
    }
    let trace = told.trace(Subject::Pack(pack(99)));
    assert_eq!(trace.entries.len(), 8);
    let [.., received, recalled, unpacked, last] = &trace.entries[..] else {
        panic!()
    };
    let about = About::Goods(Goods::Container(case(2)));
    assert_eq!((&received.about, received.site), (&about, SHOP));
    let recall = State::Recalled(Alert::RecallTwo);
    for entry in [recalled, unpacked, last] {
        assert_eq!(entry.standing.unwrap().state, recall);
    }
    let emptied = |entry: &Entry| matches!(entry.what, What::Unpacked { emptied: true, .. });
    assert!(emptied(unpacked) && emptied(last));
    // The same as the inner case sees it: what was packed into it, and where it went.
    let inner = told.trace(Subject::Container(case(1)));
    let first = What::Packed {
        container: case(1),
        goods: vec![Goods::Run {
            run: run(MEDICINE, 0),
            length: 100,
        }],
    };
    assert_eq!(inner.entries[0].what, first);
    assert_eq!(inner.entries.len(), 7);
    assert_eq!(inner.standing, None);
}

#[test]
fn a_shipment_that_nobody_received_in_time_lapses_by_itself_and_one_that_was_does_not() {
    let mut told = Told::commissioned();
    told.ship(unit(MEDICINE, 0), PHARMACY);
    let until = told.now - MINUTE + 24 * HOUR;
    told.now = until;
    assert_eq!(told.trace(Subject::Lot(MEDICINE)).entries.len(), 2);
    told.now = until + 1;
    let trace = told.trace(Subject::Lot(MEDICINE));
    let lapsed = trace.entries.last().unwrap();
    let (to, holder) = (PHARMACY, MAKER);
    assert_eq!(lapsed.what, What::Lapsed { to, holder });
    assert_eq!(
        (lapsed.time, lapsed.event, lapsed.by),
        (until + 1, None, None)
    );
    assert_eq!(lapsed.standing.unwrap().state, State::Genuine);
    // Told before what happened later.
    told.pass(HOUR).ship(unit(MEDICINE, 0), HOSPITAL);
    told.receive(unit(MEDICINE, 0), HOSPITAL, Topic::HOSPITAL, WARD);
    told.pass(48 * HOUR);
    let trace = told.trace(Subject::Lot(MEDICINE));
    assert_eq!(trace.entries.len(), 5);
    assert_eq!(trace.entries[2].what, What::Lapsed { to, holder });
}

#[test]
fn refused_called_back_redirected_and_moved_goods_say_who_has_them() {
    let mut told = Told::commissioned();
    let goods = unit(MEDICINE, 0);
    told.ship(goods, PHARMACY);
    told.say(Fact::Refused {
        unit: goods,
        by: PHARMACY,
    });
    told.ship(goods, PHARMACY);
    told.say(Fact::CalledBack {
        unit: goods,
        holder: MAKER,
    });
    told.say(Fact::Moved {
        unit: goods,
        holder: MAKER,
        site: WARD,
    });
    let ready = told.now + HOUR;
    told.say(Fact::Redirected {
        unit: goods,
        holder: MAKER,
        by: AUTHORITY,
        to: HOSPITAL,
        ready,
        until: ready + HOUR,
    });
    let trace = told.trace(Subject::Pack(pack(0)));
    let whats = whats(&trace);
    assert_eq!(whats[2], &What::Refused { holder: MAKER });
    assert_eq!(whats[4..6], [&What::CalledBack, &What::Moved]);
    let ready_at = matches!(whats[6], What::Shipped { ready: Some(at), .. } if *at == ready);
    assert!(ready_at, "{:?}", whats[6]);
    let who: Vec<_> = trace
        .entries
        .iter()
        .map(|it| it.by.unwrap().identity)
        .collect();
    assert_eq!(
        who,
        [MAKER, MAKER, PHARMACY, MAKER, MAKER, MAKER, AUTHORITY]
    );
    assert_eq!(trace.entries[5].site, WARD);
}

#[test]
fn alerts_of_run_lot_and_product_are_told_and_one_that_is_lowered_leaves_the_others() {
    let mut told = Told::delivered();
    let lot = Target::Lot(MEDICINE);
    told.raise(lot.clone(), Alert::RecallOne);
    told.raise(Target::Product(GTIN), Alert::Withdrawn);
    told.raise(Target::Unit(unit(MEDICINE, 40)), Alert::Stolen);
    let ready = told.now + HOUR;
    told.say(Fact::LoweringProposed {
        target: lot.clone(),
        alert: Alert::RecallOne,
        by: MAKER,
        capacity: Capacity::Maker,
        ready,
    });
    told.pass(HOUR).say(Fact::AlertLowered {
        target: lot.clone(),
        alert: Alert::RecallOne,
        by: AUTHORITY,
    });
    told.say(Fact::Acknowledged {
        target: lot,
        by: PHARMACY,
    });
    let trace = told.trace(Subject::Pack(pack(0)));
    let recalled = State::Recalled(Alert::RecallOne);
    let withdrawn = State::Recalled(Alert::Withdrawn);
    let expected = [recalled, recalled, recalled, withdrawn, withdrawn];
    assert_eq!(states(&trace)[4..], expected);
    let lowered = &trace.entries[7].what;
    let (alert, others) = (Alert::RecallOne, false);
    assert_eq!(lowered, &What::Lowered { alert, others });
    // What was stolen was not in this run.
    let stolen = told.trace(Subject::Pack(pack(40)));
    assert_eq!(stolen.standing.unwrap().state, State::Stolen);
}

#[test]
fn suspicion_and_verdict_quarantine_and_condemn() {
    let mut told = Told::delivered();
    let goods = unit(MEDICINE, 0);
    told.suspect(goods, PHARMACY).suspect(goods, AUTHORITY);
    // An authority that suspects it, too, may have cleared its own word alone: no event tells.
    told.clear(goods, AUTHORITY);
    let trace = told.trace(Subject::Pack(pack(0)));
    assert_eq!(trace.standing.unwrap().state, State::Quarantined);
    told.clear(goods, AUTHORITY);
    assert_eq!(
        told.trace(Subject::Pack(pack(0))).standing.unwrap().state,
        State::Genuine
    );
    told.suspect(goods, AUTHORITY);
    told.raise(Target::Unit(goods), Alert::Illegitimate);
    let standing = told.trace(Subject::Pack(pack(0))).standing.unwrap();
    assert_eq!(
        (standing.state, standing.suspected),
        (State::Illegitimate, false)
    );
}

#[test]
fn a_logger_that_reports_too_much_or_nothing_quarantines_until_it_is_answered_for() {
    let mut told = Told::watched();
    told.report(20 * MINUTE, 0).report(90 * MINUTE, 61 * MINUTE);
    let trace = told.trace(Subject::Lot(VACCINE));
    let excursion = trace.entries.last().unwrap();
    let standing = excursion.standing.unwrap();
    assert_eq!(
        (standing.state, standing.cold),
        (State::Quarantined, Cold::Excursion(HEAT))
    );
    let What::Reported { measured, .. } = &excursion.what else {
        panic!()
    };
    assert_eq!(measured, &[HEAT]);
    told.release(61 * MINUTE);
    let trace = told.trace(Subject::Lot(VACCINE));
    assert_eq!(trace.standing.unwrap().state, State::Genuine);
    // The last window ended two minutes ago.
    let since = told.now - 2 * MINUTE;
    told.now = since + 30 * MINUTE;
    // The long window came late: until then its logger was silent.
    let trace = told.trace(Subject::Lot(VACCINE));
    let silent = |entry: &&Entry| matches!(entry.what, What::Silent { .. });
    assert_eq!(trace.entries.iter().filter(silent).count(), 1);
    assert!(silent(&&trace.entries[3]) && trace.entries.len() == 6);
    told.now += 1;
    let trace = told.trace(Subject::Lot(VACCINE));
    let silent = trace.entries.last().unwrap();
    assert_eq!(silent.what, What::Silent { since });
    assert_eq!(silent.standing.unwrap().cold, Cold::Silent(since));
}

#[test]
fn what_was_made_of_a_donation_tells_its_life_and_is_recalled_with_it() {
    let mut told = Told::separated();
    told.raise(Target::Lot(DONATION), Alert::RecallOne);
    let trace = told.trace(Subject::Lot(PLASMA));
    let [donated, made, recalled] = &trace.entries[..] else {
        panic!("{:?}", trace.entries)
    };
    assert_eq!(donated.whose, Whose::Upstream(DONATION));
    assert_eq!(donated.what, What::Commissioned { count: 1 });
    assert_eq!(donated.standing.unwrap().state, State::Genuine);
    let is_made = matches!(
        &made.what,
        What::Transformed { consumed: false, outputs, .. } if outputs[..] == [CELLS, PLASMA]
    );
    assert!(is_made && made.whose == Whose::Own);
    assert_eq!(recalled.whose, Whose::Upstream(DONATION));
    assert_eq!(recalled.standing.unwrap().state, State::RecalledUpstream);
    // And as the donation sees it.
    let trace = told.trace(Subject::Lot(DONATION));
    let is_used = matches!(
        trace.entries[1].what,
        What::Transformed { consumed: true, .. }
    );
    assert!(is_used && trace.entries.iter().all(|entry| entry.whose == Whose::Own));
    let ended = State::Ended(End::Transformed);
    assert_eq!(trace.standing.unwrap().state, ended);
    // The chain is asked of each lot that an entry names, and of no other.
    told.commission(MEDICINE);
    for lot in [DONATION, CELLS, PLASMA] {
        let asked = concerned(&told.facts, &Subject::Lot(lot));
        assert_eq!(Vec::from_iter(asked), [DONATION, CELLS, PLASMA]);
    }
}

#[test]
fn a_copied_label_an_undone_dispensing_and_a_patients_word_are_told() {
    let mut told = Told::delivered();
    told.dispense(3);
    let [first, second] = [(PHARMACY, SHOP), (HOSPITAL, WARD)];
    let [first, second] = [first, second].map(|(by, site)| Dispenser { by, site });
    let alarm = Alarm {
        first,
        second,
        times: 1,
        phase: Phase::Raised,
    };
    told.say(Fact::AlarmChanged {
        pack: pack(3),
        alarm,
        by: HOSPITAL,
        reason: [0; 32],
    });
    told.say(Fact::DispensingUndone {
        pack: pack(3),
        by: PHARMACY,
    });
    told.dispense(3).say(Fact::Confirmed { pack: pack(3) });
    let trace = told.trace(Subject::Pack(pack(3)));
    let tail: Vec<_> = trace.entries[4..]
        .iter()
        .map(|it| (&it.what, it.site))
        .collect();
    let dispensed = What::Dispensed { prescribed: false };
    assert_eq!(
        tail,
        [
            (&dispensed, SHOP),
            (&What::Alarm(alarm), WARD),
            (&What::DispensingUndone, SHOP),
            (&dispensed, SHOP),
            (&What::Confirmed, 0),
        ]
    );
    let undone = trace.entries[6].standing.unwrap();
    assert_eq!(undone.state, State::Genuine);
}

#[test]
fn a_pack_expires_by_itself() {
    let mut told = Told::delivered();
    told.now = START + 101 * DAY;
    let trace = told.trace(Subject::Pack(pack(0)));
    let last = trace.entries.last().unwrap();
    assert_eq!((&last.what, last.time), (&What::Expired, START + 101 * DAY));
    assert_eq!(last.standing.unwrap().state, State::Expired);
    // What was dispensed does not.
    told.now = told.facts.last().unwrap().at.time;
    told.dispense(0);
    told.now = START + 101 * DAY;
    let trace = told.trace(Subject::Pack(pack(0)));
    let dispensed = What::Dispensed { prescribed: false };
    assert_eq!(trace.entries.last().unwrap().what, dispensed);
}

#[test]
fn a_life_whose_beginning_is_missing_is_not_told() {
    let mut told = Told::delivered();
    let error = |told: &Told, subject| told.tried(subject).unwrap_err();
    let (index, count) = (100, 100);
    assert_eq!(
        error(&told, Subject::Pack(pack(index))),
        TraceError::NoSuchPack { index, count }
    );
    assert_eq!(
        error(&told, Subject::Lot(VACCINE)),
        TraceError::UnknownLot { lot: VACCINE }
    );
    let container = case(1);
    assert_eq!(
        error(&told, Subject::Container(container)),
        TraceError::UnknownContainer { container }
    );
    let given = told.lots.remove(&MEDICINE).unwrap();
    assert_eq!(
        error(&told, Subject::Lot(MEDICINE)),
        TraceError::LotNotGiven { lot: MEDICINE }
    );
    told.lots.insert(MEDICINE, given);
    let at = told.facts[4].at;
    let without = told.facts.remove(3);
    let not_shipped = ProvenanceError::NotShipped;
    assert_eq!(
        error(&told, Subject::Lot(MEDICINE)),
        TraceError::DoesNotFollow {
            at,
            error: not_shipped
        }
    );
    told.facts.insert(3, without);
    told.commission(VACCINE);
    told.facts.swap(5, 6);
    let at = told.facts[6].at;
    assert_eq!(
        error(&told, Subject::Lot(MEDICINE)),
        TraceError::OutOfOrder { at }
    );
}
