//! `allive provenance import` without a node: what is planned, and what is refused.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A folder with the sample documents and the files of their lot.
struct Folder(tempfile::TempDir);

fn sample(name: &str) -> PathBuf {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/epcis/import");
    samples.join(name)
}

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for name in [
            "v42.toml",
            "v42.secret",
            "v42.serials",
            "told.toml",
            "story.json",
            "line.json",
            "readings.json",
        ] {
            fs::copy(sample(name), folder.0.path().join(name)).unwrap();
        }
        let packed = folder.run(&["pack", "v42.toml", "--out", "v42"]);
        assert!(packed.status.success(), "{packed:?}");
        folder
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_allive"));
        command
            .arg("provenance")
            .args(arguments)
            .current_dir(self.0.path());
        command.output().unwrap()
    }

    fn import(&self, document: &str) -> Output {
        self.run(&["import", document, "--told", "told.toml"])
    }

    /// The names of what is there.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_document_that_begins_everything_is_planned_without_a_chain() {
    let folder = Folder::new();
    let before = folder.names();
    let said = folder.import("story.json");
    assert!(said.status.success(), "{}", error(&said));
    let text = out(&said);
    for part in [
        "commission lot V42: 12 packs",
        "receive container 095211410000000038",
        "told by others (GLN 9521777000013), not sent",
        "34 events: 40 calls for 29 of them",
        "No chain was asked",
    ] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
    assert_eq!(folder.names(), before, "a plan leaves nothing behind");
}

#[test]
fn what_only_the_chain_knows_is_named_by_event_and_field() {
    let folder = Folder::new();
    let said = folder.import("readings.json");
    assert_eq!(said.status.code(), Some(1));
    let text = error(&said);
    assert!(
        text.contains("readings.json: 1 fault; nothing was sent"),
        "{text}"
    );
    let fault = "event 0, epcList[0]: begins before this document, so only the chain knows it: name a node with --url";
    assert!(text.contains(fault), "{text}");
}

#[test]
fn every_fault_of_a_document_is_told_at_once() {
    let folder = Folder::new();
    let broken = sample("broken/everything-at-once.json");
    let said = folder.import(broken.to_str().unwrap());
    assert_eq!((said.status.code(), out(&said)), (Some(1), String::new()));
    let report = fs::read_to_string(broken.with_extension("report")).unwrap();
    assert_eq!(report.lines().count(), 5);
    let text = error(&said);
    assert!(
        text.contains("everything-at-once.json: 5 faults; nothing was sent"),
        "{text}"
    );
    for line in report.lines() {
        assert!(text.contains(line), "no `{line}` in\n{text}");
    }
}

#[test]
fn what_is_told_beside_it_must_be_right() {
    let folder = Folder::new();
    let told = folder.0.path().join("told.toml");
    let text = fs::read_to_string(&told).unwrap();
    fs::write(&told, text.replace("\"wholesaler\"", "\"trader\"")).unwrap();
    let said = error(&folder.import("line.json"));
    assert!(
        said.contains("told.toml: party.roles: \"trader\" is no role"),
        "{said}"
    );
    let none = folder.run(&["import", "line.json", "--told", "nothing.toml"]);
    assert!(error(&none).contains("nothing.toml"), "{}", error(&none));
    let none = folder.import("nothing.json");
    assert!(error(&none).contains("nothing.json"), "{}", error(&none));
}
