//! The files of a lot.

mod common;

use allive_packs::{
    Batch, BatchError, Cid, Files, LotFile, LotFileError, LotSecret, SecretError, FORMAT,
};
use common::{batch, labels, random, read, secret, written};
use provenance::NewLot;
use scale::Decode;
use std::{
    fs::{self, File},
    path::Path,
};

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_lot_is_written_with_all_that_commissioning_takes() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("v42");
    let lot = written(300, &folder);
    assert_eq!(files(parent.path()), ["v42"]);
    assert_eq!(files(&folder), ["labels.csv", "lot.json", "paths"]);
    assert_eq!(LotFile::read(&folder.join("lot.json")).unwrap(), lot);

    let mut paths = File::open(folder.join("paths")).unwrap();
    let cid = Cid::of(&mut paths).unwrap();
    let text = fs::read_to_string(folder.join("lot.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["format"], FORMAT);
    assert_eq!(json["gtin"], "09506000134352");
    assert_eq!(json["lot"], "V42");
    assert_eq!(json["expiry"], "2028-03");
    assert_eq!(json["expiry_day"], 21_274);
    assert_eq!(json["count"], 300);
    assert_eq!(json["root"], format!("0x{}", hex::encode(lot.root)));
    assert_eq!(json["paths"], cid.to_string());
    let new_lot = hex::decode(&json["new_lot"].as_str().unwrap()[2..]).unwrap();
    let new_lot = NewLot::decode(&mut &new_lot[..]).unwrap();
    assert_eq!(new_lot, lot.new_lot());
    assert_eq!(new_lot.serials.unwrap().paths, cid.to_bytes());
}

#[test]
fn the_same_secret_gives_the_same_files() {
    let parent = tempfile::tempdir().unwrap();
    for name in ["one", "two"] {
        written(300, &parent.path().join(name));
    }
    for name in ["labels.csv", "lot.json", "paths"] {
        let [one, two] =
            ["one", "two"].map(|lot| fs::read(parent.path().join(lot).join(name)).unwrap());
        assert_eq!(one, two);
    }
}

#[test]
fn a_list_of_serials_is_printed_in_its_order() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("lot");
    // With what a table must quote.
    let list = ["7KQ2XW\"5M3,TRA4ZPC", "QR7=SDG;HG1H5J", "20392834-LKSJ.A/8"];
    batch()
        .write(&read(&list).unwrap(), &secret(), &folder, |_| ())
        .unwrap();
    let serials = labels(&folder)
        .into_iter()
        .map(|label| label.serial.to_string());
    assert_eq!(serials.collect::<Vec<_>>(), list);
}

#[test]
fn a_label_is_found_among_those_of_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lot");
    written(300, &path);
    let files = Files::of(&path);
    for (index, label) in (0..).zip(labels(&path)) {
        assert_eq!(files.label(index).unwrap(), label);
    }
    for index in [300, u32::MAX] {
        let error = files.label(index).unwrap_err();
        assert!(matches!(error, BatchError::NoSuchLabel { .. }));
    }
    // A table that somebody sorted.
    let table = fs::read_to_string(&files.labels).unwrap();
    let mut lines: Vec<_> = table.lines().collect();
    lines.swap(1, 2);
    fs::write(&files.labels, lines.join("\n")).unwrap();
    let error = files.label(0).unwrap_err();
    assert!(matches!(error, BatchError::NoSuchLabel { index: 0 }));
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_labels_and_secret() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let key = parent.path().join("key");
    LotSecret::read_or_make(&key).unwrap();
    written(3, &parent.path().join("lot"));
    for file in [key, parent.path().join("lot/labels.csv")] {
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_secret_is_made_once_and_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    let salt = |secret: LotSecret| secret.keys(&batch().gtin, &batch().lot).salt(0);
    let made = salt(LotSecret::read_or_make(&path).unwrap());
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.trim().len(), 64);
    assert_eq!(salt(LotSecret::read_or_make(&path).unwrap()), made);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    let other = folder.path().join("other");
    assert_ne!(salt(LotSecret::read_or_make(&other).unwrap()), made);

    for wrong in ["", "hunter2", &text[..62]] {
        fs::write(&path, wrong).unwrap();
        let error = LotSecret::read_or_make(&path).unwrap_err();
        assert!(matches!(error, SecretError::NotASecret { .. }));
        assert!(wrong.is_empty() || !error.to_string().contains(wrong));
        assert_eq!(fs::read_to_string(&path).unwrap(), wrong);
    }
    assert_eq!(format!("{:?}", secret()), "LotSecret(..)");
}

#[test]
fn a_folder_that_is_there_is_not_written_to() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("lot");
    written(3, &folder);
    let before = fs::read(folder.join("labels.csv")).unwrap();
    let again = |count| batch().write(&random(count), &secret(), &folder, |_| ());
    assert!(matches!(again(4), Err(BatchError::Exists { .. })));
    assert_eq!(fs::read(folder.join("labels.csv")).unwrap(), before);

    // Where another run is at it, or was broken off.
    fs::remove_dir_all(&folder).unwrap();
    let partial = parent.path().join("lot.partial");
    fs::create_dir(&partial).unwrap();
    assert!(matches!(again(4), Err(BatchError::Unfinished { .. })));
    assert!(!folder.exists() && partial.exists());
    fs::remove_dir(&partial).unwrap();
    again(4).unwrap();

    let nowhere = parent.path().join("no/such/lot");
    let error = batch().write(&random(1), &secret(), &nowhere, |_| ());
    assert!(matches!(error, Err(BatchError::Io { .. })));
}

#[test]
fn a_lot_has_1_to_2_32_packs() {
    for (count, is_good) in [
        (0, false),
        (1, true),
        (1 << 32, true),
        ((1 << 32) + 1, false),
    ] {
        assert_eq!(Batch::check_count(count).is_ok(), is_good);
    }
}

#[test]
fn a_description_that_is_none_is_refused() {
    let parent = tempfile::tempdir().unwrap();
    written(3, &parent.path().join("lot"));
    let path = parent.path().join("lot/lot.json");
    let good = fs::read_to_string(&path).unwrap();
    let read = |text: &str| {
        fs::write(&path, text).unwrap();
        LotFile::read(&path).unwrap_err()
    };
    let field = |error| match error {
        LotFileError::Field { field, .. } => field,
        other => panic!("{other}"),
    };
    assert!(matches!(read("{"), LotFileError::Json(_)));
    let error = read(&good.replace(FORMAT, "allive-packs/2"));
    assert!(matches!(error, LotFileError::Format { .. }));
    assert_eq!(
        field(read(&good.replace("\"count\": 3", "\"count\": 0"))),
        "count"
    );
    assert_eq!(field(read(&good.replace("352\"", "353\""))), "gtin");
    assert_eq!(field(read(&good.replace("2028-03", "2028-13"))), "expiry");
    assert_eq!(field(read(&good.replace("bafkrei", "bafybei"))), "paths");
    assert_eq!(
        field(read(&good.replace("\"root\": \"0x", "\"root\": \""))),
        "root"
    );
    fs::remove_file(&path).unwrap();
    assert!(matches!(LotFile::read(&path), Err(LotFileError::Io(_))));
}

#[test]
fn progress_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    let progress = |done| told.push(done);
    let lot = batch().write(
        &random(9_000),
        &secret(),
        &folder.path().join("lot"),
        progress,
    );
    assert_eq!(lot.unwrap().count, 9_000);
    assert_eq!(told, [0, 4_096, 8_192]);
}
