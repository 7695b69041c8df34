//! Windows of loggers, from the readings of events.

mod common;

use allive_capture::{windowed, Note, Problem, ReadingFault};
use allive_olife_id_interface::Topic;
use common::*;
use provenance::*;
use serde_json::{json, Value};

const WARM: Bound = Bound {
    hundredths: 800,
    side: Side::Above,
};
const COLD: Bound = Bound {
    hundredths: 200,
    side: Side::Below,
};
const MIN: u64 = 60_000;
/// 2026-03-31T08:00:00Z
const EIGHT: u64 = NOW - 16 * 60 * MIN;

fn logger(by: u64, bounds: &[Bound]) -> Watch {
    let mut watch = Watch::default();
    let logger = NewLogger {
        by,
        bounds: bounds.to_vec(),
        longest_gap: 30,
    };
    watch.name(Some(&logger.into()), EIGHT - MIN).unwrap();
    watch
}

/// Readings, each at so many minutes past eight.
fn readings(values: &[(u64, f64)]) -> Vec<Value> {
    let report = |(minute, value): &(u64, f64)| {
        let time = format!("2026-03-31T{:02}:{:02}:00Z", 8 + minute / 60, minute % 60);
        json!({ "type": "Temperature", "value": value, "uom": "CEL", "time": time })
    };
    vec![json!({ "sensorReport": values.iter().map(report).collect::<Vec<_>>() })]
}

fn span(from: &str, until: &str, report: Value) -> Value {
    json!({
        "sensorMetadata": {
            "startTime": format!("2026-03-31T{from}:00Z"),
            "endTime": format!("2026-03-31T{until}:00Z"),
        },
        "sensorReport": [report],
    })
}

fn event(elements: Vec<Value>) -> Value {
    let sensed = observe(SHOP_GLN, "sensor_reporting", vec![sscc(1)]);
    with(sensed, "sensorElementList", json!(elements))
}

#[track_caller]
fn outside(elements: Vec<Value>, bounds: &[Bound]) -> Vec<(Bound, u64)> {
    let document = read(&[event(elements)]);
    let window = windowed(&document.events[0], &logger(LOGGER, bounds))
        .unwrap()
        .unwrap();
    window
        .outside
        .iter()
        .map(|it| (it.bound, it.time / MIN))
        .collect()
}

#[test]
fn the_time_between_two_readings_counts_if_one_of_them_is_outside() {
    let kept = readings(&[(0, 2.0), (10, 5.0), (20, 8.0)]);
    assert_eq!(outside(kept, &[WARM, COLD]), []);
    let warm = readings(&[(0, 5.0), (10, 8.01), (20, 5.0), (30, 5.0)]);
    assert_eq!(outside(warm, &[WARM, COLD]), [(WARM, 20)]);
    // In any order of the document.
    let mixed = readings(&[(20, 5.0), (0, 1.0), (10, 9.0)]);
    assert_eq!(outside(mixed, &[WARM, COLD]), [(WARM, 20), (COLD, 10)]);
}

#[test]
fn a_gap_longer_than_the_longest_counts_as_outside_of_every_bound() {
    let at_limit = readings(&[(0, 5.0), (30, 5.0)]);
    assert_eq!(outside(at_limit, &[WARM, COLD]), []);
    let gap = readings(&[(0, 5.0), (31, 5.0), (41, 5.0)]);
    assert_eq!(outside(gap, &[WARM, COLD]), [(WARM, 31), (COLD, 31)]);
}

#[test]
fn a_span_of_extremes_counts_as_a_whole() {
    let report = json!({ "type": "Temperature", "minValue": 2.4, "maxValue": 8.6, "uom": "CEL" });
    let long = span("08:00", "10:00", report.clone());
    assert_eq!(outside(vec![long.clone()], &[WARM, COLD]), [(WARM, 120)]);
    // Nothing counts twice.
    let again = span("09:00", "11:00", report);
    assert_eq!(outside(vec![long, again], &[WARM]), [(WARM, 180)]);
    let half = span(
        "08:00",
        "10:00",
        json!({ "type": "Temperature", "maxValue": 5.0 }),
    );
    assert_eq!(outside(vec![half.clone()], &[WARM]), []);
    let document = read(&[event(vec![half])]);
    let wanted = "minValue";
    let refused = windowed(&document.events[0], &logger(LOGGER, &[COLD]));
    assert_eq!(refused, Err(ReadingFault::HalfSpan { wanted }));
}

#[test]
fn every_unit_of_temperature_is_read_and_no_other() {
    let report = |value: f64, unit: &str| {
        let report = json!({ "type": "Temperature", "value": value, "uom": unit });
        vec![span("08:00", "09:00", report)]
    };
    assert_eq!(outside(report(46.4, "FAH"), &[WARM]), []);
    assert_eq!(outside(report(46.5, "FAH"), &[WARM]), [(WARM, 60)]);
    assert_eq!(outside(report(281.15, "KEL"), &[WARM]), []);
    assert_eq!(outside(report(281.17, "KEL"), &[WARM]), [(WARM, 60)]);
    let document = read(&[event(report(8.0, "PAL"))]);
    let found = "PAL".to_owned();
    let refused = windowed(&document.events[0], &logger(LOGGER, &[WARM]));
    assert_eq!(refused, Err(ReadingFault::Unit { found }));
    let humid = span(
        "08:00",
        "09:00",
        json!({ "type": "RelativeHumidity", "value": 90 }),
    );
    let document = read(&[event(vec![humid])]);
    assert_eq!(
        windowed(&document.events[0], &logger(LOGGER, &[WARM])),
        Ok(None)
    );
}

/// A case on the chain, which somebody measures.
fn measured(by: u64) -> Ground {
    let mut ground = Ground::new(2);
    let custody = Custody::new(PHARMACY, Topic::PHARMACY, SHOP, NOW - DAY).unwrap();
    let mut unit = Unit::of(custody);
    unit.watch = Some(logger(by, &[WARM, COLD]).into());
    let case = Container {
        unit: unit.into(),
        children: 1,
        height: 1,
    };
    let id = UnitId::Container(container(1, MAKER));
    ground.chain.units.insert(id, Cell::Container(case));
    ground
}

#[test]
fn the_logger_of_a_unit_reports_its_window_with_the_hash_of_the_event() {
    let mut ground = measured(LOGGER);
    let events = [event(readings(&[(0, 5.0), (10, 9.0), (20, 5.0)]))];
    let digest = read(&events).events[0].hash.0;
    let window = Window {
        from: EIGHT,
        until: EIGHT + 20 * MIN,
        outside: vec![Outside {
            bound: WARM,
            time: 20 * MIN,
        }],
        digest,
    };
    let unit = UnitId::Container(container(1, MAKER));
    let report = Action::Report {
        unit,
        window: window.into(),
    };
    assert_eq!(ground.actions(&events), [(LOGGER, report)]);
}

#[test]
fn a_pack_is_measured_by_the_logger_of_the_container_around_it() {
    let mut ground = measured(LOGGER);
    let id = container(1, MAKER);
    ground.lot_with(PHARMACY, Topic::PHARMACY, SHOP);
    ground.change(ground.unit(0), |unit| unit.place = Place::Inside(id));
    let event = with(
        event(readings(&[(0, 5.0), (10, 5.0)])),
        "epcList",
        json!(ground.packs(0..2)),
    );
    let actions = ground.actions(&[event]);
    assert!(
        matches!(&actions[..], [(LOGGER, Action::Report { unit, .. })] if *unit == UnitId::Container(id))
    );
}

#[test]
fn what_nobody_measures_cannot_be_reported() {
    let mut ground = Ground::new(2);
    ground.lot_with(PHARMACY, Topic::PHARMACY, SHOP);
    let sensed = event(readings(&[(0, 5.0), (10, 5.0)]));
    let sensed = with(sensed, "epcList", json!(ground.packs(0..2)));
    ground.is_wrong(&[sensed], 0, "sensorElementList", Problem::NotWatched);
}

#[test]
fn the_window_of_another_logger_is_not_sent() {
    let mut ground = measured(STRANGER);
    let plan = ground.planned(&[event(readings(&[(0, 5.0), (10, 5.0)]))]);
    assert_eq!(plan.steps().count(), 0);
    assert_eq!(
        plan.deeds[0].notes,
        [Note::Others {
            party: "Other".into(),
            shown: false
        }]
    );
}

#[test]
fn a_window_that_the_contract_would_refuse_is_a_fault() {
    let wrong = |elements, problem: Problem| {
        measured(LOGGER).is_wrong(&[event(elements)], 0, "sensorElementList", problem);
    };
    wrong(readings(&[(5, 5.0)]), ReadingFault::OneMoment.into());
    let early = span(
        "07:00",
        "08:30",
        json!({ "type": "Temperature", "value": 5 }),
    );
    wrong(vec![early], ProvenanceError::BackDated.into());
    // Two windows of one document overlap.
    let first = event(readings(&[(0, 5.0), (20, 5.0)]));
    let second = with(
        event(readings(&[(10, 5.0), (30, 5.0)])),
        "eventTime",
        json!("2026-03-31T12:00:00Z"),
    );
    let first = with(first, "eventTime", json!("2026-03-31T11:00:00Z"));
    let back_dated = ProvenanceError::BackDated.into();
    measured(LOGGER).is_wrong(&[first, second], 1, "sensorElementList", back_dated);
}

#[test]
fn what_was_measured_on_the_way_comes_with_the_receipt() {
    let mut ground = measured(LOGGER);
    let id = UnitId::Container(container(1, MAKER));
    ground.change(id, |unit| {
        let custody = Custody::new(MAKER, Topic::MANUFACTURER, FACTORY, NOW - DAY).unwrap();
        unit.place = Place::Free(custody);
        unit.live()
            .unwrap()
            .ship(PHARMACY, NOW + DAY, NOW - 1, 9 * DAY)
            .unwrap();
    });
    let event = with(
        event(readings(&[(0, 5.0), (10, 5.0)])),
        "bizStep",
        json!("receiving"),
    );
    let actions = ground.actions(&[event]);
    assert!(matches!(
        &actions[..],
        [
            (PHARMACY, Action::Receive { .. }),
            (LOGGER, Action::Report { .. })
        ]
    ));
}
