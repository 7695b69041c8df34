//! `allive demo` as a user runs it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../data")
        .join(path)
}

fn demo(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_allive"))
        .arg("demo")
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs the demo on a bad bundle and returns what it says.
fn refusal(bundle: &Path) -> String {
    let output = demo(&["--bundle", &bundle.to_string_lossy()]);
    let (said, complained) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{said}{complained}");
    assert!(
        !said.contains("Deployment"),
        "something was deployed: {said}"
    );
    assert_eq!(complained.lines().count(), 1, "{complained}");
    complained
}

/// The last line, which the two tiers are part of.
fn verdict(said: &str) {
    let verdict = said.lines().last().unwrap();
    for part in [
        "VERDICT: passed",
        "3 holders made whole to the unit",
        "a lost key replaced",
        "nor of what the factory and the Nexus kept for it",
        "a pack traced from its maker to a patient",
        "a donation recalled in three components",
        "6 rights handed to a council of 3",
        "all 1,000,000 ALV accounted for",
    ] {
        assert!(verdict.contains(part), "no `{part}`: {said}");
    }
}

/// The cells of the row of a table that begins so.
fn row<'s>(said: &'s str, name: &str) -> Vec<&'s str> {
    let rows = said.lines().map(|line| line.split(['│', '┆']));
    let mut rows = rows.map(|cells| cells.map(str::trim).collect::<Vec<_>>());
    let found = rows.find(|cells| cells.get(1) == Some(&name));
    found.unwrap_or_else(|| panic!("no row `{name}`: {said}"))
}

#[test]
fn holders_of_a_silent_dapp_are_made_whole_to_the_unit_and_the_tables_show_it() {
    let output = demo(&[]);
    let said = text(&output.stdout);
    verdict(&said);
    // A table of its own: what each held, what that was sold for, what it was paid, what is
    // missing.
    let (_, holders) = said.split_once("Its holders").unwrap();
    for (holder, tokens, paid) in [
        ("patient", "5.00", "5.00000000"),
        ("research group", "11.01", "11.01000000"),
        ("Nexus, a contract", "4.00", "4.00000000"),
    ] {
        assert_eq!(row(holders, holder)[2..6], [tokens, paid, paid, "0"]);
    }
    for (what, amount) in [
        ("the pot", "23.00400000"),
        ("shares of its holders", "20.01000000"),
        ("left, for whoever is named for it", "2.99400000"),
    ] {
        assert_eq!(row(&said, what)[2], amount);
    }
    // Both legs of the conversion, by the events that tell them.
    assert_eq!(
        row(&said, "out of")[3..6],
        ["TokensRedeemed", "10.01", "15.01500000"]
    );
    assert_eq!(
        row(&said, "into")[3..6],
        ["TokensIssued", "15.01", "15.01000000"]
    );
}

#[test]
fn every_right_of_an_admin_passes_to_the_council_and_the_tables_show_it() {
    let output = demo(&[]);
    let said = text(&output.stdout);
    verdict(&said);
    for (right, refused) in [
        ("alv: owner, who gives roles", "CallerIsNotOwner"),
        ("alv: PAUSER", "MissingRole"),
        ("olife_id: owner, who approves issuers", "CallerIsNotOwner"),
        ("olife_nexus: owner, who replaces code", "CallerIsNotOwner"),
        (
            "derived_factory: owner, who accuses and pauses",
            "CallerIsNotOwner",
        ),
        ("provenance: owner, who replaces code", "CallerIsNotOwner"),
    ] {
        let refused = format!("refused: {refused}");
        assert_eq!(row(&said, right)[2..5], ["foundation", "council", &refused]);
    }
    // All that the Nexus stores is the same by its new code.
    for what in [
        "8 records",
        "the open grant",
        "credits, and what is owed",
        "the owner: the council",
    ] {
        let cells = row(&said, what);
        assert_eq!((cells[2], cells[4]), (cells[3], "same"), "{what}");
    }
}

#[test]
fn who_lost_a_key_is_the_same_by_another_and_the_tables_show_it() {
    let output = demo(&[]);
    let said = text(&output.stdout);
    verdict(&said);
    let (_, table) = said.split_once("What other contracts are told").unwrap();
    let rows = table.lines().map(|line| line.split(['│', '┆']));
    let rows = rows.map(|cells| cells.map(str::trim).collect::<Vec<_>>());
    let told = rows.filter(|cells| cells.len() > 5 && ["old", "new"].contains(&cells[2]));
    let told: Vec<_> = told.map(|cells| cells[1..6].join(" ")).collect();
    let expected = [
        "before old 3 yes 60",
        "before new none no 0",
        "while guardians recover old none no 0",
        "while guardians recover new none no 0",
        "after old none no 0",
        "after new 3 yes 60",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_the_nexus_kept_for_a_lost_key_is_the_new_ones_and_the_table_shows_it() {
    let output = demo(&[]);
    let said = text(&output.stdout);
    verdict(&said);
    let (_, table) = said.split_once("What the Nexus kept").unwrap();
    for what in ["record 0: owner", "record 7: owner", "grant 1: patient"] {
        assert_eq!(row(table, what)[2..4], ["old key", "new key"]);
    }
    let credit = row(table, "credit of 2.50000000 ALV");
    assert_eq!(credit[2..4], ["old key", "new key"]);
}

/// The rows of the life of this title: what happened, who did it, and what it was then.
fn life<'s>(said: &'s str, title: &str) -> Vec<[&'s str; 3]> {
    let (_, table) = said.split_once(title).unwrap();
    let lines = table
        .lines()
        .skip(4)
        .take_while(|line| line.starts_with('│'));
    let cells = |line: &'s str| {
        let cells = line.split(['│', '┆']).map(str::trim);
        let cells: Vec<_> = cells.collect();
        [cells[2], cells[3], cells[5]]
    };
    lines.map(cells).collect()
}

#[test]
fn a_pack_is_traced_to_the_patient_and_its_copy_found_and_the_table_shows_it() {
    let output = demo(&[]);
    let said = text(&output.stdout);
    verdict(&said);
    let [maker, pharmacy] = ["maker (manufacturer)", "clinic DAPP (pharmacy)"];
    assert_eq!(
        life(&said, "One pack, from its maker to a patient"),
        [
            ["commissioned: 1,000 packs", maker, "genuine"],
            ["split: 100 packs stay together", maker, "genuine"],
            [
                "shipped to clinic DAPP, until 2026-02-15 00:00",
                maker,
                "on its way"
            ],
            ["received from maker", pharmacy, "genuine"],
            ["dispensed", pharmacy, "dispensed"],
            [
                "ALARM: its label was shown again, after it was dispensed at 9506000000022",
                "research group",
                "dispensed"
            ],
        ]
    );
    let recalled = life(&said, "A pack of the same lot, recalled for three days");
    let states: Vec<_> = recalled[4..].iter().map(|row| row[2]).collect();
    let recall = "recalled, class I";
    assert_eq!(states, [recall, recall, recall, "genuine", "dispensed"]);
}

#[test]
fn a_warm_vaccine_and_a_recalled_donation_are_stopped_and_their_tables_show_it() {
    let output = demo(&[]);
    let said = text(&output.stdout);
    verdict(&said);
    let vaccine = life(&said, "A vaccine that got warm, twice");
    let states: Vec<_> = vaccine[3..].iter().map(|row| row[2]).collect();
    let warm = "quarantined: above 8 °C for too long";
    assert_eq!(states, ["genuine", warm, "genuine", warm, "destroyed"]);
    let component = life(&said, "One of three components of a donation");
    let donation = "donation G123498654321H, E0791V00";
    assert_eq!(
        component[1][0],
        format!("made by blood processing of {donation}")
    );
    assert_eq!(
        component[2][0],
        format!("{donation}: whole lot: recalled, class I")
    );
    assert_eq!(component[2][2], "something it was made of is recalled");
}

#[test]
fn the_samples_play_to_a_passed_verdict() {
    let output = demo(&[]);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{said}{}", text(&output.stderr));
    verdict(&said);
}

#[test]
fn a_bundle_of_the_users_own_plays_to_a_passed_verdict() {
    let output = demo(&[
        "--bundle",
        &data("fhir/patient-vital-signs.json").to_string_lossy(),
    ]);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{said}{}", text(&output.stderr));
    assert!(said.contains("patient-vital-signs.json") && !said.contains("wearable-month.json"));
    verdict(&said);
}

#[test]
fn a_bad_bundle_is_refused_by_the_place_of_its_fault_and_nothing_is_deployed() {
    for (file, place) in [
        ("not-json.json", "line 4, column 3"),
        ("not-a-bundle.json", "resourceType is \"Patient\""),
        ("empty.json", "empty"),
        ("duplicate-ids.json", "entries 0 and 2"),
        ("duplicate-keys.json", "entry[1].resource.status"),
        ("entry-without-resource.json", "entry 1"),
        ("number-out-of-range.json", "line 11, column 37"),
        ("lone-surrogate.json", "line 9, column 28"),
        ("byte-order-mark.json", "byte order mark"),
        ("no-entries.json", "no entries"),
    ] {
        let complaint = refusal(&data("malformed").join(file));
        assert!(
            complaint.contains(place) && complaint.contains(file),
            "{complaint}"
        );
    }
}

#[test]
fn every_malformed_sample_is_refused() {
    for entry in fs::read_dir(data("malformed")).unwrap() {
        refusal(&entry.unwrap().path());
    }
}

#[test]
fn a_missing_file_is_named() {
    assert!(refusal(Path::new("no-such-bundle.json")).contains("no-such-bundle.json"));
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.json");
    // Sparse: 80 GiB that no disk holds.
    fs::File::create(&path).unwrap().set_len(80 << 30).unwrap();
    assert!(refusal(&path).contains("huge.json"));
}
