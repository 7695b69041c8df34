//! The picture of a label, read back by a decoder that others wrote.
//!
//! `scripts/validate labels` installs it, pinned. Where Python or the package cannot be had, that
//! test says so and passes.

mod common;

use allive_packs::{svg, PackLabel};
use common::{labels, written};
use std::{fs, path::PathBuf, process::Command};

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn sample(name: &str) -> String {
    fs::read_to_string(root().join("data/labels").join(name)).unwrap()
}

/// A label with every kind of character that a serial and a lot can have.
fn odd() -> PackLabel {
    PackLabel {
        gtin: "00000040170725".parse().unwrap(),
        expiry: None,
        lot: "\"%&'()*+,-./:;<=>?_!".parse().unwrap(),
        serial: "aZ09!\"%&'()*+,-./:;<".parse().unwrap(),
        index: u32::MAX,
        salt: [0xff; 16],
    }
}

#[test]
fn a_picture_is_read_back_by_another_decoder_as_the_element_string_of_gs1() {
    let folder = tempfile::tempdir().unwrap();
    written(20, &folder.path().join("lot"));
    let mut drawn = labels(&folder.path().join("lot"));
    drawn.push(odd());
    let pictures = folder.path().join("pictures");
    fs::create_dir(&pictures).unwrap();
    for (number, label) in drawn.iter().enumerate() {
        let path = pictures.join(format!("{number:03}.svg"));
        fs::write(path, svg(label).unwrap()).unwrap();
    }
    let output = Command::new(root().join("scripts/validate"))
        .args(["labels".as_ref(), "--read".as_ref(), pictures.as_os_str()])
        .output()
        .expect("bash runs scripts/validate");
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        eprintln!("SKIPPED: scripts/validate labels does not run here: {said}");
        return;
    }
    let read: Vec<Option<String>> = serde_json::from_slice(&output.stdout).unwrap();
    // `]d2` is the sign of a DataMatrix that begins with FNC1.
    let scanned = drawn
        .iter()
        .map(|label| format!("]d2{}", label.element_string()));
    assert_eq!(read, scanned.map(Some).collect::<Vec<_>>());
    for (text, label) in read.iter().flatten().zip(&drawn) {
        assert_eq!(PackLabel::read(text).as_ref(), Ok(label));
    }
}

/// `ALLIVE_WRITE_LABELS=1` writes it anew.
#[test]
fn the_sample_is_drawn_as_it_is_committed() {
    let label = PackLabel::read(sample("pack.txt").trim_end()).unwrap();
    let drawn = svg(&label).unwrap();
    if std::env::var_os("ALLIVE_WRITE_LABELS").is_some() {
        fs::write(root().join("data/labels/pack.svg"), &drawn).unwrap();
    }
    assert_eq!(drawn, sample("pack.svg"));
}

#[test]
fn a_picture_has_a_unit_for_each_module_and_a_margin() {
    let picture = svg(&odd()).unwrap();
    assert!(picture.contains("viewBox=\"0 0 "));
    let places = picture.split('M').skip(1).map(|module| {
        let (x, rest) = module.split_once(' ').unwrap();
        let (y, _) = rest.split_once('h').unwrap();
        (x.parse::<u32>().unwrap(), y.parse::<u32>().unwrap())
    });
    let places: Vec<_> = places.collect();
    let size = places.iter().map(|(x, _)| x + 1).max().unwrap() - 2;
    assert!(picture.contains(&format!("0 0 {0} {0}", size + 4)));
    // The solid sides of the finder are left and below.
    for line in 2..size + 2 {
        assert!(places.contains(&(2, line)));
        assert!(places.contains(&(line, size + 1)));
    }
    assert!(places
        .iter()
        .all(|(x, y)| (2..size + 2).contains(x) && (2..size + 2).contains(y)));
}
