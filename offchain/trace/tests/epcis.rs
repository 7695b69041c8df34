//! Lives as documents of EPCIS: read without fault, and in the words of the contract's table.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use allive_epcis::{document::EventKind, fmd::FmdStatus, Document, EventHash, Limits};
use allive_olife_id_interface::Topic;
use allive_trace::{epcis::*, *};
use common::*;
use provenance::*;
use serde_json::Value;

fn written(trace: &Trace, names: &Names, serial: Option<&str>) -> Written {
    let options = Options {
        names,
        identity: IDENTITY.to_owned(),
        serial: serial.map(|serial| serial.parse().unwrap()),
    };
    document(trace, &options)
}

/// Reads it as everybody would, and holds the hashes against those that were said.
#[track_caller]
fn read(written: &Written) -> Document {
    let text = written.document.to_string();
    let read = Document::from_slice(text.as_bytes(), &Limits::default());
    let read = read.unwrap_or_else(|error| panic!("{error}\n{text}"));
    let hashes: Vec<EventHash> = read.events.iter().map(|event| event.hash).collect();
    assert_eq!(hashes, written.hashes);
    for event in &read.events {
        assert_eq!(event.is_named_by_its_hash(), Some(true));
    }
    read
}

fn list(written: &Written) -> &[Value] {
    written.document["epcisBody"]["eventList"]
        .as_array()
        .unwrap()
}

/// A life that ends with this action, as the table "Words" of the contract calls it.
fn told(action: &str) -> (Told, Subject) {
    let of_pack = Subject::Pack(pack(0));
    let goods = unit(MEDICINE, 0);
    let delivered = Told::delivered;
    let mut told = match action {
        "Commission" => Told::commissioned(),
        "Transform as Repackaging" | "Transform otherwise" => {
            let mut told = Told::separated();
            if let (true, Some(last)) = (action.ends_with("Repackaging"), told.facts.last_mut()) {
                let Fact::Transformed { kind, .. } = &mut last.fact else {
                    panic!()
                };
                *kind = Transformation::Repackaging;
            }
            return (told, Subject::Lot(CELLS));
        }
        "Report" | "Release" => {
            let mut told = Told::watched();
            told.report(90 * MINUTE, 61 * MINUTE);
            if action == "Release" {
                told.release(61 * MINUTE);
            }
            return (told, Subject::Lot(VACCINE));
        }
        _ => delivered(),
    };
    let (container, units) = (case(1), vec![goods]);
    let (by, site) = (PHARMACY, SHOP);
    let end = |told: &mut Told, end| {
        told.say(Fact::Retired {
            unit: goods,
            end,
            by,
            site,
        });
    };
    match action {
        "Commission" | "Receive" => (),
        "Pack" | "Unpack" => {
            let container = ContainerId {
                packer: PHARMACY,
                ..container
            };
            let again = units.clone();
            told.say(Fact::Packed { container, units });
            if action == "Unpack" {
                let units = again;
                told.say(Fact::Unpacked { container, units });
            }
        }
        "Ship" | "Refuse" | "CallBack" => {
            told.ship(goods, HOSPITAL);
            let (unit, holder) = (goods, PHARMACY);
            match action {
                "Refuse" => drop(told.say(Fact::Refused { unit, by: HOSPITAL })),
                "CallBack" => drop(told.say(Fact::CalledBack { unit, holder })),
                _ => (),
            }
        }
        "MoveTo" => {
            let (unit, holder, site) = (goods, PHARMACY, WARD);
            told.say(Fact::Moved { unit, holder, site });
        }
        "Redirect" => {
            let ready = told.now + HOUR;
            told.say(Fact::Redirected {
                unit: goods,
                holder: PHARMACY,
                by: AUTHORITY,
                to: HOSPITAL,
                ready,
                until: ready + HOUR,
            });
        }
        "Dispense" | "UndoDispense" => {
            told.dispense(0);
            if action == "UndoDispense" {
                told.say(Fact::DispensingUndone { pack: pack(0), by });
            }
        }
        "DispensePart" => {
            told.say(Fact::Split {
                run: run(MEDICINE, 0),
                rest: 1,
            });
            told.say(Fact::PartDispensed {
                pack: pack(0),
                dispenser: Dispenser { by, site },
                role: Topic::PHARMACY,
                prescription: None,
            });
        }
        "Retire(Dispensed)" => end(&mut told, End::Dispensed),
        "Retire(Sample)" => end(&mut told, End::Sample),
        "Retire(Exported)" => end(&mut told, End::Exported),
        "Retire(Destroyed)" => end(&mut told, End::Destroyed),
        "Restore" => {
            end(&mut told, End::Dispensed);
            told.say(Fact::Restored { unit: goods, by });
        }
        "Raise(Stolen)" => drop(told.raise(Target::Unit(goods), Alert::Stolen)),
        "Raise(Recall…)" => drop(told.raise(Target::Lot(MEDICINE), Alert::RecallTwo)),
        "Raise(Withdrawn)" => drop(told.raise(Target::Product(GTIN), Alert::Withdrawn)),
        "Suspect" | "Clear" | "Condemn" => {
            told.suspect(goods, AUTHORITY);
            match action {
                "Clear" => drop(told.clear(goods, AUTHORITY)),
                "Condemn" => drop(told.raise(Target::Unit(goods), Alert::Illegitimate)),
                _ => (),
            }
        }
        other => panic!("no life ends with {other}"),
    }
    (told, of_pack)
}

/// The table "Words" of the contract: each action, its step, its disposition.
fn table() -> Vec<[String; 3]> {
    let readme = include_str!("../../../contracts/provenance/README.md");
    let (_, table) = readme.split_once("| action | CBV bizStep |").unwrap();
    let rows = table
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with('|'));
    let mut words = Vec::new();
    for row in rows.filter(|row| !row.starts_with("|--")) {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let actions = match cells[0].strip_prefix("`Transform` ") {
            Some(how) => vec![format!("Transform {}", how.replace('`', ""))],
            None => cells[0]
                .split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect(),
        };
        let disposition = match cells[2].split_once("`, a word of the project") {
            Some((word, _)) => format!("urn:allive:disposition:{}", &word[1..]),
            None => cells[2].to_owned(),
        };
        let mut steps: Vec<_> = cells[1].split(", ").collect();
        steps.resize(actions.len(), steps[0]);
        for (action, step) in actions.into_iter().zip(steps) {
            words.push([action, step.to_owned(), disposition.clone()]);
        }
    }
    words
}

#[test]
fn every_action_is_written_in_the_words_of_the_contracts_table_and_read_without_fault() {
    let table = table();
    assert!(table.len() > 25, "{table:?}");
    for [action, step, disposition] in table {
        let (told, subject) = told(&action);
        for serial in [None, Some("AB12")] {
            let written = written(&told.trace(subject), &Names::default(), serial);
            read(&written);
            let last = list(&written).last().unwrap();
            let word = |name: &str| last[name].as_str().unwrap_or_default().to_owned();
            assert_eq!(
                [word("bizStep"), word("disposition")],
                [step.clone(), disposition.clone()],
                "{action}"
            );
        }
    }
}

/// Of every life of the table, and of a long one: each as a file that GS1's own schema accepts.
#[test]
fn the_schema_of_gs1_accepts_every_life() {
    let folder = tempfile::tempdir().unwrap();
    let save = |name: String, written: &Written| {
        let text = serde_json::to_string_pretty(&written.document).unwrap();
        std::fs::write(folder.path().join(format!("{name}.json")), text).unwrap();
    };
    for (number, [action, ..]) in table().into_iter().enumerate() {
        let (told, subject) = told(&action);
        for serial in [None, Some("AB12")] {
            let name = format!("{number:02}-{}", serial.unwrap_or("lot"));
            save(name, &written(&told.trace(subject), &names(), serial));
        }
    }
    save(
        "long".to_owned(),
        &written(
            &long().trace(Subject::Pack(pack(0))),
            &names(),
            Some("AB12"),
        ),
    );
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/validate");
    let mut command = std::process::Command::new(script);
    let output = command
        .args(["epcis", "--schema"])
        .arg(folder.path())
        .output()
        .unwrap();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        eprintln!("SKIPPED: scripts/validate epcis --schema does not run here: {said}");
        return;
    }
    let faults: std::collections::BTreeMap<String, Vec<String>> =
        serde_json::from_slice(&output.stdout).unwrap();
    assert!(faults.len() > 50);
    for (name, faults) in faults {
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
}

fn names() -> Names {
    let party = |name: &str, gln: u64| words::Party {
        name: Some(name.to_owned()),
        gln: Some(format!("{gln:013}").parse().unwrap()),
    };
    Names(
        [
            (MAKER, party("Vita", FACTORY)),
            (PHARMACY, party("the pharmacy", SHOP)),
        ]
        .into(),
    )
}

/// From line to patient by a case, with a shipment that lapsed, a recall that was lifted, and a
/// dispensing that was undone.
fn long() -> Told {
    let mut told = Told::commissioned();
    let (container, units) = (case(1), vec![unit(MEDICINE, 0)]);
    told.say(Fact::Packed { container, units });
    told.ship(boxed(1), HOSPITAL).pass(48 * HOUR);
    told.ship(boxed(1), PHARMACY);
    told.receive(boxed(1), PHARMACY, Topic::PHARMACY, SHOP);
    let units = vec![unit(MEDICINE, 0)];
    told.say(Fact::Unpacked { container, units });
    let target = Target::Lot(MEDICINE);
    told.raise(target.clone(), Alert::RecallOne)
        .raise(target.clone(), Alert::RecallThree);
    for alert in [Alert::RecallOne, Alert::RecallThree] {
        let (ready, target) = (told.now + HOUR, target.clone());
        let (by, capacity) = (MAKER, Capacity::Maker);
        told.say(Fact::LoweringProposed {
            target: target.clone(),
            alert,
            by,
            capacity,
            ready,
        });
        let by = AUTHORITY;
        told.pass(HOUR)
            .say(Fact::AlertLowered { target, alert, by });
    }
    told.dispense(0);
    told.say(Fact::DispensingUndone {
        pack: pack(0),
        by: PHARMACY,
    });
    told.dispense(0);
    told.say(Fact::Confirmed { pack: pack(0) });
    told.raise(target, Alert::RecallTwo);
    told
}

#[test]
fn a_pack_is_named_by_the_serial_of_its_label_and_otherwise_by_its_lot_and_a_quantity() {
    let trace = long().trace(Subject::Pack(pack(0)));
    let by_serial = written(&trace, &names(), Some("AB/12"));
    let read_again = read(&by_serial);
    let sgtin = "https://id.gs1.org/01/09506000134352/21/AB%2F12";
    let lgtin = "https://id.gs1.org/01/09506000134352/10/M%2F1";
    let events = list(&by_serial);
    let first = &events[0];
    assert_eq!(first["epcList"], serde_json::json!([sgtin]));
    assert_eq!(first["ilmd"]["cbvmda:lotNumber"], "M/1");
    assert_eq!(first["ilmd"]["cbvmda:itemExpirationDate"], "2026-04-11");
    assert_eq!(
        first["readPoint"]["id"],
        "https://id.gs1.org/414/9506000000015"
    );
    let sscc = format!("https://id.gs1.org/00/{:018}", case(1).sscc);
    assert_eq!(events[1]["parentID"], sscc);
    assert_eq!(events[1]["childEPCs"], serde_json::json!([sgtin]));
    assert_eq!(events[2]["epcList"], serde_json::json!([sscc]));
    // Who ended cannot be named by itself any more.
    let last = events.last().unwrap();
    assert_eq!(last["epcList"], serde_json::json!([]));
    assert_eq!(
        last["quantityList"],
        serde_json::json!([{ "epcClass": lgtin }])
    );
    let supplied = read_again.events.iter().rev().find_map(|event| {
        let named = event.things.iter().any(|thing| thing.to_string() == sgtin);
        named.then(|| FmdStatus::after(event)).flatten()
    });
    assert_eq!(supplied, Some(FmdStatus::Supplied));

    let by_lot = written(&trace, &names(), None);
    read(&by_lot);
    let text = by_lot.document.to_string();
    assert!(!text.contains("/21/") && text.contains(lgtin));
    let events = list(&by_lot);
    let amount = |event: &Value, list: &str| event[list][0]["quantity"].clone();
    assert_eq!(amount(&events[0], "quantityList"), 100);
    assert_eq!(amount(&events[1], "childQuantityList"), 100);
    let dispensed = events
        .iter()
        .find(|event| event["bizStep"] == "dispensing")
        .unwrap();
    assert_eq!(amount(dispensed, "quantityList"), 1);
}

#[test]
fn who_acted_is_the_party_of_its_gln_or_its_number_and_times_are_in_utc() {
    let trace = long().trace(Subject::Pack(pack(0)));
    let written = written(&trace, &names(), None);
    let shipped = &list(&written)[2];
    assert_eq!(
        shipped["allive:actor"],
        "https://id.gs1.org/417/9506000000015"
    );
    assert_eq!(shipped["allive:role"], "manufacturer");
    let source = &shipped["sourceList"][0];
    assert_eq!(source["source"], "https://id.gs1.org/417/9506000000015");
    assert_eq!(source["type"], "possessing_party");
    let destination = &shipped["destinationList"][0]["destination"];
    assert_eq!(*destination, format!("urn:allive:identity:{HOSPITAL}"));
    assert_eq!(shipped["eventTime"], "2026-01-01T00:04:00.000Z");
    assert_eq!(shipped["eventTimeZoneOffset"], "+00:00");
    assert_eq!(shipped["allive:block"], 40);
    // What lapsed is said where it did, a millisecond after the last moment.
    let lapsed = &list(&written)[3];
    assert_eq!(lapsed["bizStep"], "void_shipping");
    assert_eq!(lapsed["eventTime"], "2026-01-02T00:03:00.001Z");
    assert_eq!(lapsed["allive:block"], Value::Null);
}

#[test]
fn what_was_undone_is_declared_an_error_of_the_same_hash_and_can_happen_again() {
    let trace = long().trace(Subject::Pack(pack(0)));
    let written = written(&trace, &names(), Some("AB12"));
    let read = read(&written);
    let dispensed: Vec<_> = read
        .events
        .iter()
        .filter(|event| event.step() == Some("dispensing"))
        .collect();
    let [first, declared, second] = dispensed[..] else {
        panic!("{dispensed:?}")
    };
    assert_eq!(first.hash, declared.hash);
    assert!(declared.is_declaration() && !first.is_declaration() && !second.is_declaration());
    assert_ne!(second.hash, first.hash);
    let error = declared.error.as_ref().unwrap();
    assert!(error.reason.as_ref().unwrap().is("did_not_occur") && error.time > first.time);
    let undone = &read.events[declared.index + 1];
    assert!(undone.disposition.as_ref().unwrap().is("active"));
}

#[test]
fn a_recall_holds_until_the_last_one_is_lifted() {
    let trace = long().trace(Subject::Pack(pack(0)));
    let written = written(&trace, &names(), Some("AB12"));
    let lasting: Vec<_> = list(&written)
        .iter()
        .filter(|event| {
            event
                .get("allive:alert")
                .or(event.get("allive:lowered"))
                .is_some()
        })
        .map(|event| event["persistentDisposition"].to_string())
        .collect();
    let (set, unset) = (r#"{"set":["recalled"]}"#, r#"{"unset":["recalled"]}"#);
    assert_eq!(lasting, [set, set, "null", unset, set]);
}

#[test]
fn a_declaration_on_the_chain_counts_if_it_is_of_who_acted() {
    let mut told = long();
    let trace = told.trace(Subject::Pack(pack(0)));
    let received = written(&trace, &names(), None).hashes[5];
    let mut declare = |by| {
        told.say(Fact::ErrorDeclared {
            event: received.0,
            by,
            reason: ErrorReason::IncorrectData,
            corrected_by: vec![[7; 32]],
        });
        let trace = told.trace(Subject::Pack(pack(0)));
        let written = written(&trace, &names(), None);
        let read = read(&written);
        read.events
            .iter()
            .filter(|event| event.is_declaration())
            .count()
    };
    // The one of the dispensing that was undone.
    assert_eq!(declare(MAKER), 1);
    assert_eq!(declare(PHARMACY), 2);
    // Twice is not more.
    assert_eq!(declare(PHARMACY), 2);
    let written = written(&told.trace(Subject::Pack(pack(0))), &names(), None);
    let declared = list(&written).last().unwrap();
    assert_eq!(declared["bizStep"], "receiving");
    assert_eq!(declared["errorDeclaration"]["reason"], "incorrect_data");
    let corrected = EventHash([7; 32]).to_string();
    assert_eq!(
        declared["errorDeclaration"]["correctiveEventIDs"][0],
        corrected
    );
}

#[test]
fn a_donation_and_what_was_made_of_it_have_names_of_the_project() {
    let mut told = Told::separated();
    told.raise(Target::Lot(DONATION), Alert::RecallOne);
    let written = written(&told.trace(Subject::Lot(PLASMA)), &Names::default(), None);
    let read = read(&written);
    assert_eq!(read.events[1].kind, EventKind::Transformation);
    let made = &list(&written)[1];
    let class = |code: &str| format!("urn:allive:blood:{SERVICE}:{code}:G123498654321H");
    assert_eq!(made["inputQuantityList"][0]["epcClass"], class("E0791V00"));
    let outputs = made["outputQuantityList"].as_array().unwrap();
    let outputs: Vec<_> = outputs
        .iter()
        .map(|it| it["epcClass"].as_str().unwrap())
        .collect();
    assert_eq!(outputs, [class("E0226V00"), class("E0701V00")]);
    let recalled = &list(&written)[2];
    assert_eq!(recalled["allive:upstream"], class("E0791V00"));
    assert_eq!(recalled["disposition"], "recalled");
}

#[test]
fn readings_are_times_outside_of_bounds_with_the_hash_of_what_stays_off_chain() {
    let mut told = Told::watched();
    told.report(90 * MINUTE, 61 * MINUTE);
    let written = written(&told.trace(Subject::Lot(VACCINE)), &Names::default(), None);
    let read = read(&written);
    let last = read.events.last().unwrap();
    let report = &last.sensors[0].reports[0];
    assert_eq!(report.value, Some(3_660_000.0));
    assert!(report.kind.is("Time") && report.exception.as_ref().unwrap().is("ALARM_CONDITION"));
    let metadata = &list(&written).last().unwrap()["sensorElementList"][0]["sensorMetadata"];
    assert_eq!(
        metadata["rawData"],
        format!("ni:///sha-256;{}", "d1".repeat(32))
    );
    assert_eq!(
        metadata["deviceID"],
        format!("urn:allive:identity:{LOGGER}")
    );
}

#[test]
fn a_number_that_two_packers_use_is_an_sscc_of_the_first_alone() {
    let mut told = Told::commissioned();
    for packer in [MAKER, PHARMACY] {
        let container = ContainerId { packer, ..case(1) };
        if packer == PHARMACY {
            told.ship(unit(MEDICINE, 0), PHARMACY);
            told.receive(unit(MEDICINE, 0), PHARMACY, Topic::PHARMACY, SHOP);
        }
        let units = vec![unit(MEDICINE, 0)];
        told.say(Fact::Packed { container, units });
        if packer == MAKER {
            let units = vec![unit(MEDICINE, 0)];
            told.say(Fact::Unpacked { container, units });
        }
    }
    let written = written(
        &told.trace(Subject::Pack(pack(0))),
        &Names::default(),
        Some("A1"),
    );
    read(&written);
    let sscc = case(1).sscc;
    let parents: Vec<_> = list(&written)
        .iter()
        .filter_map(|event| event["parentID"].as_str())
        .collect();
    let first = format!("https://id.gs1.org/00/{sscc:018}");
    let second = format!("urn:allive:container:{PHARMACY}:{sscc:018}");
    assert_eq!(parents, [&first, &first, &second]);
}
