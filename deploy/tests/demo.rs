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

#[test]
fn the_samples_play_to_a_passed_verdict() {
    let output = demo(&[]);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{said}{}", text(&output.stderr));
    assert!(
        said.lines().last().unwrap().starts_with("VERDICT: passed"),
        "{said}"
    );
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
    assert!(
        said.lines().last().unwrap().starts_with("VERDICT: passed"),
        "{said}"
    );
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
