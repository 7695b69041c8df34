//! The table of words in the README, held against the code, and against that of the contract.

use allive_epcis::{
    fmd::FmdStatus,
    vocabulary::{BIZ_STEPS, DISPOSITIONS},
    Document, Limits,
};
use serde_json::json;

const README: &str = include_str!("../README.md");

fn rows() -> Vec<Vec<&'static str>> {
    let (_, table) = README.split_once("| what happens |").unwrap();
    table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

#[test]
fn the_table_of_words_says_what_the_code_says() {
    let rows = rows();
    assert!(rows.len() >= 20);
    for row in rows {
        let [what, event, step, disposition, status] = row[..] else {
            panic!("{row:?}")
        };
        if step.is_empty() {
            continue;
        }
        let (step, disposition) = (step.trim_matches('`'), disposition.trim_matches('`'));
        assert!(BIZ_STEPS.words.contains(&step), "{step}");
        assert!(DISPOSITIONS.words.contains(&disposition), "{disposition}");
        let (kind, action) = event.split_once(", ").unwrap_or((event, ""));
        let mut fields = json!({
            "type": format!("{kind}Event"),
            "eventTime": "2026-03-02T08:00:00Z",
            "eventTimeZoneOffset": "+00:00",
            "bizStep": step,
            "disposition": disposition,
        });
        let thing = json!(["urn:epc:id:sgtin:9521141.012345.A"]);
        match kind {
            "Object" => fields["epcList"] = thing,
            "Aggregation" => {
                fields["parentID"] = json!("urn:epc:id:sscc:9521141.0000000001");
                fields["childEPCs"] = thing;
            }
            _ => {
                fields["inputEPCList"] = thing;
                fields["outputEPCList"] = json!(["urn:epc:id:sgtin:9521141.012345.B"]);
            }
        }
        if !action.is_empty() {
            fields["action"] = json!(action);
        }
        let document = json!({
            "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
            "type": "EPCISDocument",
            "schemaVersion": "2.0",
            "creationDate": "2026-03-31T18:00:00Z",
            "epcisBody": { "eventList": [fields] },
        });
        let read = Document::from_slice(document.to_string().as_bytes(), &Limits::default())
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        let found = match FmdStatus::after(&read.events[0]) {
            Some(status) => format!("{status:?}").to_lowercase(),
            None => "as before".to_owned(),
        };
        assert_eq!(found, status, "{what}");
    }
}

/// What each action of the contract is called in the table of this README; none where only one of
/// the two has words for it.
const SAME: &[(&str, &str)] = &[
    ("Commission", "commissioned"),
    ("Pack", "packed"),
    ("Unpack", "unpacked"),
    ("Ship", "shipped"),
    ("Redirect", "shipped"),
    ("Receive", "received"),
    ("Refuse", "refused, or sent back"),
    ("CallBack", "not shipped after all"),
    ("MoveTo", "moved by who has it"),
    ("Dispense", "dispensed"),
    ("Retire(Dispensed)", "dispensed"),
    ("DispensePart", "dispensed in part"),
    ("Transform as Repackaging", "repackaged"),
    ("Transform otherwise", "commissioned"),
    ("Retire(Sample)", "taken as a sample"),
    ("Retire(Destroyed)", "destroyed"),
    ("Raise(Stolen)", "stolen"),
    ("Raise(Recall…)", "recalled"),
    ("Suspect", "quarantined"),
    ("Condemn", "quarantined"),
    ("Clear", "released from quarantine"),
    ("Release", "released from quarantine"),
];

/// Actions for which this README has no row: it says that CBV has no word for an export and for a
/// withdrawal, what is undone is a declaration there, and readings have no state.
const ACTIONS_ALONE: &[&str] = &[
    "Retire(Exported)",
    "Raise(Withdrawn)",
    "Restore",
    "UndoDispense",
    "Report",
];

/// What the contract has no action for.
const ROWS_ALONE: &[&str] = &[
    "reserved",
    "damaged",
    "to be destroyed",
    "expired",
    "identifier taken off",
    "supplied by mistake",
];

/// The table of the contract: each action, its step, its disposition, its status.
fn actions() -> Vec<[String; 4]> {
    let readme = include_str!("../../../contracts/provenance/README.md");
    let (_, table) = readme.split_once("| action | CBV bizStep |").unwrap();
    let rows = table.lines().skip(2);
    let mut found = Vec::new();
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let names: Vec<String> = match cells[0].strip_prefix("`Transform` ") {
            Some(how) => vec![format!("Transform {}", how.replace('`', ""))],
            None => {
                let names = cells[0].split('`').skip(1).step_by(2);
                names.map(str::to_owned).collect()
            }
        };
        let mut steps: Vec<_> = cells[1].split(", ").collect();
        steps.resize(names.len(), steps[0]);
        for (name, step) in names.into_iter().zip(steps) {
            found.push([name, step.into(), cells[2].into(), cells[3].into()]);
        }
    }
    found
}

#[test]
fn the_tables_of_the_contract_and_of_this_library_say_the_same() {
    let rows = rows();
    let actions = actions();
    assert!(actions.len() > 25, "{actions:?}");
    for [action, step, disposition, status] in &actions {
        let named = SAME.iter().find(|(name, _)| name == action);
        let Some((_, what)) = named else {
            assert!(ACTIONS_ALONE.contains(&action.as_str()), "{action}");
            assert!(step.is_empty() || BIZ_STEPS.words.contains(&step.as_str()));
            let standard = DISPOSITIONS.words.contains(&disposition.as_str());
            let own = disposition.ends_with("a word of the project");
            assert!(standard || own || disposition.is_empty(), "{disposition}");
            continue;
        };
        let row = rows.iter().find(|row| row[0] == *what);
        let row = row.unwrap_or_else(|| panic!("no row `{what}`"));
        let [here, state] = [row[2], row[3]].map(|cell| cell.trim_matches('`'));
        // An alert is raised at any step of business.
        assert!(
            step == here || step.is_empty() && action.starts_with("Raise"),
            "{action}: {here}"
        );
        assert_eq!(state, disposition, "{action}");
        let as_before = row[4] == "as before" && ["active", "locked"].contains(&status.as_str());
        let inputs = action.starts_with("Transform");
        assert!(
            row[4] == status || as_before || inputs,
            "{action}: {status}"
        );
    }
    for row in &rows {
        let matched = SAME.iter().any(|(_, what)| row[0] == *what);
        assert!(matched != ROWS_ALONE.contains(&row[0]), "{}", row[0]);
    }
    for (action, _) in SAME {
        assert!(
            actions.iter().any(|row| row[0] == *action),
            "{action} has no row"
        );
    }
}
