//! A lot of a million packs, and the time that it takes.

mod common;

use allive_packs::{file_length, LotFile, Paths, Serials};
use common::{batch, keys, secret, Random};
use std::{fs::File, time::Instant};

/// `cargo test --release -p allive-packs --test large_lot -- --ignored --nocapture` prints what it
/// takes.
#[test]
#[ignore = "a million packs; the figure is in README.md"]
fn a_million_packs_are_written_in_under_20_seconds() {
    let count = 1_000_000;
    let folder = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let serials = Serials::random(&keys(), count).unwrap();
    let path = folder.path().join("lot");
    let lot = batch().write(&serials, &secret(), &path, |_| ()).unwrap();
    let taken = begun.elapsed();
    println!("{count} packs in {taken:?}");
    assert!(taken.as_secs() < 20);
    let paths = File::open(path.join("paths")).unwrap();
    assert_eq!(paths.metadata().unwrap().len(), file_length(count));
    assert_eq!(LotFile::read(&path.join("lot.json")).unwrap(), lot);
    let mut paths = Paths::open(paths, lot.root, count).unwrap();
    for index in [0, 255, 256, 499_999, 999_999] {
        assert_eq!(
            paths.proof(index).unwrap().path.len(),
            20 - usize::from(index == 999_999) * 8
        );
    }
}

/// The same for a list of the maker's, which is also looked at.
#[test]
#[ignore = "a million packs; the figure is in README.md"]
fn a_list_of_a_million_serials_is_read_in_under_20_seconds() {
    let mut random = Random(1);
    let list: String = (0..1_000_000)
        .map(|_| random.text("0123456789", 14) + "\n")
        .collect();
    let begun = Instant::now();
    Serials::read(list.as_bytes()).unwrap();
    let taken = begun.elapsed();
    println!("a million lines in {taken:?}");
    assert!(taken.as_secs() < 20);
}
