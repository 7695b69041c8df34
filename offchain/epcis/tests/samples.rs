//! Every sample document of `data/epcis`, valid and broken.
//!
//! Beside a valid document lie the hashes of its events, beside a broken one the report that it
//! gets. `ALLIVE_WRITE_EPCIS=1 cargo test -p allive-epcis --test samples` writes both again.

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
};

use allive_epcis::{Document, DocumentError, Limits};
use common::{documents, valid_documents};

fn expected(path: &Path, found: &str) -> String {
    let found = format!("{found}\n");
    if std::env::var_os("ALLIVE_WRITE_EPCIS").is_some() {
        fs::write(path, &found).unwrap();
    }
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read(path: &Path) -> Result<Document, DocumentError> {
    Document::from_path(path, &Limits::default())
}

#[test]
fn every_valid_document_is_read_and_its_events_have_these_hashes() {
    for path in valid_documents() {
        let document = read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let hashes: Vec<_> = document
            .events
            .iter()
            .map(|it| it.hash.to_string())
            .collect();
        let found = hashes.join("\n");
        assert_eq!(
            expected(&path.with_extension("hashes"), &found).trim_end(),
            found,
            "{}",
            path.display()
        );
    }
}

#[test]
fn every_broken_document_gets_its_report() {
    for path in documents("broken") {
        let error = read(&path).expect_err(&path.display().to_string());
        let found = error.to_string();
        assert_eq!(
            expected(&path.with_extension("report"), &found).trim_end(),
            found,
            "{}",
            path.display()
        );
    }
}

#[test]
fn there_are_at_least_forty_and_no_file_lies_about() {
    let (valid, broken) = (valid_documents(), documents("broken"));
    assert!(valid.len() >= 20 && broken.len() >= 20);
    for (folder, list, beside) in [("valid", valid, "hashes"), ("broken", broken, "report")] {
        let mut files: Vec<PathBuf> = fs::read_dir(common::data(folder))
            .unwrap()
            .map(|item| item.unwrap().path())
            .collect();
        files.sort();
        let mut wanted: Vec<PathBuf> = list
            .iter()
            .flat_map(|path| [path.clone(), path.with_extension(beside)])
            .collect();
        wanted.sort();
        assert_eq!(files, wanted);
    }
}
