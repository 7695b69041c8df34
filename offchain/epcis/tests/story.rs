//! What events say together, held against a plain model.

use std::collections::{BTreeMap, BTreeSet};

use allive_epcis::{document::MAX_LEVELS, Document, DocumentError, Limits, Problem};
use proptest::prelude::*;
use serde_json::{json, Value};

fn read(events: &[Value]) -> Result<Document, DocumentError> {
    let document = json!({
        "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-03-31T18:00:00Z",
        "epcisBody": { "eventList": events },
    });
    Document::from_slice(document.to_string().as_bytes(), &Limits::default())
}

/// The problems of the things that the events name, with the events.
fn problems(events: &[Value]) -> Vec<(usize, Problem)> {
    match read(events) {
        Ok(_) => Vec::new(),
        Err(DocumentError::Faults(report)) => report
            .faults()
            .iter()
            .map(|fault| (fault.event.unwrap(), fault.problem.clone()))
            .collect(),
        Err(other) => panic!("{other}"),
    }
}

/// A container for numbers below 8, a pack for others.
fn name(number: usize) -> String {
    if number < 8 {
        format!("urn:epc:id:sscc:9521141.0{number:09}")
    } else {
        format!("urn:epc:id:sgtin:9521141.012345.{number}")
    }
}

fn event(second: usize, kind: &str, more: Value) -> Value {
    let mut event = json!({
        "type": kind,
        "eventTime": format!("2026-03-01T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60),
        "eventTimeZoneOffset": "+00:00",
    });
    let fields = event.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    event
}

fn aggregation(second: usize, action: &str, parent: usize, children: &[usize]) -> Value {
    let children: Vec<String> = children.iter().map(|child| name(*child)).collect();
    event(
        second,
        "AggregationEvent",
        json!({ "action": action, "parentID": name(parent), "childEPCs": children }),
    )
}

/// What is in what. `None` is no container, and what is not here is not known.
#[derive(Default)]
struct Model(BTreeMap<usize, Option<usize>>);

impl Model {
    fn container(&self, thing: usize) -> Option<usize> {
        self.0.get(&thing).copied().flatten()
    }

    fn above(&self, thing: usize) -> Vec<usize> {
        let mut chain = vec![thing];
        while let Some(next) = self.container(chain[chain.len() - 1]) {
            chain.push(next);
        }
        chain
    }

    fn height(&self, thing: usize) -> usize {
        let inside = self.0.iter().filter(|(_, parent)| **parent == Some(thing));
        inside
            .map(|(child, _)| self.height(*child) + 1)
            .max()
            .unwrap_or(usize::from(thing < 8))
    }

    /// Whether packing is right; then it is done.
    fn pack(&mut self, parent: usize, child: usize) -> bool {
        let chain = self.above(parent);
        let right = parent != child
            && self.container(child).is_none()
            && !chain.contains(&child)
            && chain.len() + self.height(child) <= MAX_LEVELS;
        if right {
            self.0.insert(child, Some(parent));
        }
        right
    }

    fn unpack(&mut self, parent: usize, child: usize) -> bool {
        let right = match self.0.get(&child) {
            None => true,
            Some(container) => *container == Some(parent),
        };
        if right {
            self.0.insert(child, None);
        }
        right
    }

    fn empty(&mut self, parent: usize) {
        for container in self.0.values_mut() {
            if *container == Some(parent) {
                *container = None;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn packing_is_right_exactly_if_the_model_says_so(
        steps in prop::collection::vec((0usize..8, 0usize..12, 0usize..12), 1..60)
    ) {
        let mut model = Model::default();
        let mut events = Vec::new();
        let mut wrong = BTreeSet::new();
        for (second, (kind, parent, child)) in steps.into_iter().enumerate() {
            let right = match kind {
                0..=4 => {
                    events.push(aggregation(second, "ADD", parent, &[child]));
                    model.pack(parent, child)
                }
                5 | 6 => {
                    // A parent among its own children is noted of the event alone.
                    if parent == child {
                        continue;
                    }
                    events.push(aggregation(second, "DELETE", parent, &[child]));
                    model.unpack(parent, child)
                }
                _ => {
                    events.push(aggregation(second, "DELETE", parent, &[]));
                    model.empty(parent);
                    true
                }
            };
            if !right {
                wrong.insert(events.len() - 1);
            }
        }
        let found: BTreeSet<usize> = problems(&events).into_iter().map(|(at, _)| at).collect();
        prop_assert_eq!(found, wrong);
    }

    #[test]
    fn no_document_makes_the_reader_panic(text in r#"[\{\}\[\]",:a-z0-9@ ]{0,80}"#) {
        let _ = Document::from_slice(text.as_bytes(), &Limits::default());
    }
}

#[test]
fn a_level_that_was_freed_can_be_used_again() {
    let mut events: Vec<Value> = (1..4)
        .map(|level| aggregation(level, "ADD", level, &[level - 1]))
        .collect();
    // 3 holds 2 holds 1 holds 0: four in one another.
    events.push(aggregation(10, "DELETE", 1, &[0]));
    events.push(aggregation(11, "ADD", 4, &[3]));
    assert_eq!(problems(&events), []);
    events.push(aggregation(12, "ADD", 1, &[0]));
    assert!(matches!(
        problems(&events)[..],
        [(5, Problem::TooDeep { level: 5, limit: 4 })]
    ));
}

#[test]
fn what_was_declared_an_error_tells_no_story() {
    let dispense = |second, serial| {
        event(
            second,
            "ObjectEvent",
            json!({ "action": "DELETE", "epcList": [name(serial)], "bizStep": "dispensing" }),
        )
    };
    let wrong = dispense(1, 20);
    let mut declaration = wrong.clone();
    declaration["errorDeclaration"] = json!({ "declarationTime": "2026-03-02T00:00:00Z" });
    assert_eq!(problems(&[wrong.clone(), declaration, dispense(9, 20)]), []);
    assert!(matches!(
        problems(&[wrong, dispense(9, 20)])[..],
        [(1, Problem::AfterItsEnd { first: 0, .. })]
    ));
}

#[test]
fn at_the_same_moment_the_order_of_the_document_counts() {
    let begin = event(
        5,
        "ObjectEvent",
        json!({ "action": "ADD", "epcList": [name(20)], "bizStep": "commissioning" }),
    );
    let pack = aggregation(5, "ADD", 1, &[20]);
    assert_eq!(problems(&[begin.clone(), pack.clone()]), []);
    assert!(matches!(
        problems(&[pack, begin])[..],
        [(1, Problem::BeforeItsBeginning { first: 0, .. })]
    ));
}

#[test]
fn an_event_without_a_time_has_no_part_in_the_story() {
    let mut seen = event(
        5,
        "ObjectEvent",
        json!({ "action": "OBSERVE", "epcList": [name(20)] }),
    );
    let before = seen.clone();
    seen.as_object_mut().unwrap().remove("eventTime");
    assert_eq!(problems(&[before, seen]), [(1, Problem::Missing)]);
}
