//! From a CSV to files and back.

use allive_holders::{
    find, leaf, read_holder, AccountError, AmountError, Claim, FilesError, Holder, Snapshot,
    SnapshotError, Summary, DOMAIN, FORMAT,
};
use allive_merkle::{verify, Hash, Software};
use ink::scale::Encode;
use proptest::prelude::*;
use std::{collections::BTreeMap, fs, path::Path};

const ALICE: &str = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
const ALICE_SS58: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const BOB: &str = "0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48";
const ADDRESS: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

/// A list with a holder of each kind.
fn tiny() -> String {
    format!("account,amount\n{ALICE_SS58},12.5\n{ADDRESS},0.00000001\n{BOB},100\n")
}

fn read(csv: &str) -> Result<Snapshot, SnapshotError> {
    Snapshot::read(csv.as_bytes())
}

fn refusal(csv: &str) -> String {
    read(csv).unwrap_err().to_string()
}

/// A list of `count` holders, every third an address.
fn list(count: u64) -> String {
    let mut csv = String::from("account,amount\n");
    for number in 0..count {
        let hash = leaf::<Software>(number, &Holder::Address([0; 20]), 0);
        let holder = match number % 3 {
            0 => Holder::Address(*hash.first_chunk().unwrap()),
            _ => Holder::Account(hash.into()),
        };
        csv += &format!("{holder},{}.{:08}\n", number % 10_007, number + 1);
    }
    csv
}

/// Every file under `folder`, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for folder in [folder.to_path_buf(), folder.join("proofs")] {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                all.insert(path.display().to_string(), fs::read(&path).unwrap());
            }
        }
    }
    all
}

#[test]
fn a_leaf_is_the_scale_encoding_that_is_documented() {
    let account = Holder::Account([7; 32].into());
    let mut data = 258_u64.to_le_bytes().to_vec();
    data.push(0);
    data.extend([7; 32]);
    data.extend(5_u128.to_le_bytes());
    assert_eq!((258_u64, account, 5_u128).encode(), data);
    assert_eq!(
        leaf::<Software>(258, &account, 5),
        allive_merkle::leaf::<Software>(&DOMAIN, &data)
    );

    let mut data = 258_u64.to_le_bytes().to_vec();
    data.push(1);
    data.extend([7; 20]);
    data.extend(5_u128.to_le_bytes());
    assert_eq!(
        leaf::<Software>(258, &Holder::Address([7; 20]), 5),
        allive_merkle::leaf::<Software>(&DOMAIN, &data)
    );
}

#[test]
fn the_root_of_a_known_list_does_not_change() {
    let snapshot = read(&tiny()).unwrap();
    assert_eq!(snapshot.count(), 3);
    assert_eq!(snapshot.total(), 1_250_000_000 + 1 + 10_000_000_000);
    // Computed apart, with nothing but Python's hashlib, from what `leaf` documents.
    assert_eq!(
        snapshot.root().map(|byte| format!("{byte:02x}")).concat(),
        "8ab6debd9d61c39de20a37a3984f5a5a99ea8d8b0c212037d23b4f6006f4b607"
    );
}

#[test]
fn the_order_of_the_file_is_the_order_of_the_leaves() {
    let snapshot = read(&tiny()).unwrap();
    let holders: Vec<_> = snapshot
        .entries()
        .iter()
        .map(|e| e.holder.to_string())
        .collect();
    assert_eq!(holders, [ALICE, &ADDRESS.to_lowercase(), BOB]);
}

#[test]
fn units_and_alv_give_the_same_list() {
    let units = format!("account,units\n{ALICE},1250000000\n{ADDRESS},1\n{BOB},10000000000\n");
    assert_eq!(read(&units).unwrap().root(), read(&tiny()).unwrap().root());
}

#[test]
fn spreadsheets_habits_do_not_change_the_list() {
    let root = read(&tiny()).unwrap().root();
    let quoted = format!("\"account\",\"amount\"\n\"{ALICE}\",\"12.5\"\n\"{ADDRESS}\",\"0.00000001\"\n\"{BOB}\",\"100\"\n");
    for csv in [
        tiny().trim_end().to_owned(),
        tiny().replace('\n', "\r\n"),
        tiny().replace('\n', "\n\n"),
        tiny().replace('\n', "\r\n \r\n"),
        tiny().replace(',', " ,\t "),
        format!("\u{feff}{}", tiny()),
        quoted.replace('\n', "\r\n"),
        quoted,
    ] {
        assert_eq!(read(&csv).unwrap().root(), root, "{csv:?}");
    }
}

#[test]
fn a_list_without_a_header_is_refused() {
    assert!(matches!(read(""), Err(SnapshotError::Empty)));
    assert!(matches!(read("\n\r\n \n"), Err(SnapshotError::Empty)));
    assert!(matches!(
        read("account,amount\n"),
        Err(SnapshotError::NoHolders)
    ));
    for header in [
        &format!("{ALICE},1") as &str,
        "amount,account",
        "Account,Amount",
        "account",
        "account,amount,units",
        "account;amount",
    ] {
        let error = refusal(&format!("\n{header}\n{ALICE},1\n"));
        assert!(error.starts_with("line 2: the header is"), "{error}");
        assert!(error.contains(header), "{error}");
    }
}

#[test]
fn an_error_names_the_line_and_the_column() {
    for newline in ["\n", "\r\n"] {
        let csv = |lines: &[&str]| [&["account,amount"], lines].concat().join(newline);
        for (lines, expected) in [
            (
                &[&*format!("{ALICE},1"), "0x12,1"] as &[&str],
                "line 3, column 1 (account): \"0x12\" has 2 characters after 0x",
            ),
            (
                &["", &format!("{ALICE},1.123456789")],
                "line 3, column 2 (amount): \"1.123456789\" has 9 fraction digits",
            ),
            (&["", "", &format!("{ALICE},0")], "line 4, column 2 (amount): \"0\" is zero"),
            (&[&format!("{ALICE},")], "line 2, column 2 (amount): \"\" is not a number"),
            (&[",1"], "line 2, column 1 (account): \"\" is empty"),
            (&[&format!("{ALICE},1"), ALICE], "line 3: 1 fields instead of 2"),
            (&[&format!("{ALICE},1,000")], "line 2: 3 fields instead of 2"),
            (
                &[&format!("{ALICE},1"), &format!("{BOB},1"), "", &format!("{ALICE_SS58},1")],
                "line 5, column 1 (account): 0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d stands on line 2 already",
            ),
            (
                &[
                    &format!("{ALICE},3402823669209384634633746074317.68211455"),
                    &format!("{BOB},0.00000001"),
                ],
                "line 3, column 2 (amount): up to here the amounts add up to more",
            ),
            // A record that begins with a quote may go on for lines: where it begins is named.
            (&[&format!("{ALICE},1"), "\"a", "b\",1"], "line 3, column 1 (account): \"a"),
            (&["\"never closed,1", "x,1"], "line 2: 1 fields instead of 2"),
        ] {
            for end in ["", newline] {
                let error = refusal(&(csv(lines) + end));
                assert!(error.starts_with(expected), "{error:?}, not {expected:?}");
            }
        }
    }
    let units = refusal(&format!("account,units\n{ALICE},1.5"));
    assert!(
        units.starts_with("line 2, column 2 (units): \"1.5\" is not a whole number"),
        "{units}"
    );
}

#[test]
fn errors_can_be_told_apart() {
    let error = read(&format!(
        "account,amount\n{},1",
        ADDRESS.replacen('5', "6", 1)
    ));
    assert!(matches!(
        error,
        Err(SnapshotError::Account {
            error: AccountError::Eip55,
            ..
        })
    ));
    let error = read(&format!("account,amount\n{ADDRESS},-1"));
    assert!(matches!(
        error,
        Err(SnapshotError::Amount {
            error: AmountError::NotANumber,
            ..
        })
    ));
}

#[test]
fn bytes_that_are_no_text_are_an_error_with_a_place() {
    let mut csv = b"account,amount\n".to_vec();
    csv.extend([0xff, 0xfe, b',', b'1']);
    let error = Snapshot::read(csv.as_slice()).unwrap_err().to_string();
    assert!(error.starts_with("line 2, column 1 (account)"), "{error}");
}

#[test]
fn a_long_field_is_quoted_in_part() {
    let error = refusal(&format!("account,amount\n{},1", "z".repeat(1_000_000)));
    assert!(error.len() < 300, "{}", error.len());
}

#[test]
fn a_reader_that_fails_is_an_error() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    assert!(matches!(
        Snapshot::read(Broken),
        Err(SnapshotError::Read(_))
    ));
}

/// Reads every file as a front end would, and verifies every proof as the distributor does.
fn check_files(snapshot: &Snapshot, folder: &Path) -> usize {
    let summary = Summary::read(folder).unwrap();
    assert_eq!(summary, snapshot.summary());
    let mut seen = 0;
    for entry in fs::read_dir(folder.join("proofs")).unwrap() {
        let path = entry.unwrap().path();
        let ending = path.file_stem().unwrap().to_str().unwrap();
        let text = fs::read(&path).unwrap();
        let claims: BTreeMap<String, Claim> = serde_json::from_slice(&text).unwrap();
        for (holder, claim) in claims {
            assert!(holder.ends_with(ending), "{holder} in {ending}");
            let holder = read_holder(&holder).unwrap();
            let leaf = leaf::<Software>(claim.index, &holder, claim.amount);
            let Claim { index, proof, .. } = &claim;
            assert!(verify::<Software>(
                &summary.root,
                *index,
                summary.count,
                &leaf,
                proof
            ));
            let entry = snapshot.entries()[usize::try_from(claim.index).unwrap()];
            assert_eq!((entry.holder, entry.amount), (holder, claim.amount));
            seen += 1;
        }
    }
    seen
}

#[test]
fn every_written_proof_verifies() {
    for count in [1, 2, 3, 64, 65, 1_000, 1_025] {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = read(&list(count)).unwrap();
        snapshot.write(folder.path(), |_| ()).unwrap();
        assert_eq!(check_files(&snapshot, folder.path()) as u64, count);
    }
}

#[test]
fn a_hundred_thousand_holders_are_written_and_every_proof_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = read(&list(100_000)).unwrap();
    let mut told = Vec::new();
    snapshot
        .write(folder.path(), |written| told.push(written))
        .unwrap();
    assert_eq!(told.last(), Some(&100_000));
    assert!(told.is_sorted());
    assert_eq!(check_files(&snapshot, folder.path()), 100_000);
    // A front end loads one of these.
    let largest = files(folder.path()).values().map(Vec::len).max();
    assert!(largest < Some(120_000), "{largest:?}");
}

#[test]
fn the_same_list_gives_the_same_files() {
    let csv = list(500);
    let [first, second] = [0, 1].map(|_| {
        let folder = tempfile::tempdir().unwrap();
        read(&csv).unwrap().write(folder.path(), |_| ()).unwrap();
        files(folder.path()).into_values().collect::<Vec<_>>()
    });
    assert_eq!(first, second);
}

#[test]
fn the_files_are_those_that_are_documented() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = read(&tiny()).unwrap();
    snapshot
        .write(&folder.path().join("new/folder"), |_| ())
        .unwrap();
    let folder = folder.path().join("new/folder");
    let hex = |hash: &Hash| format!("0x{}", hash.map(|byte| format!("{byte:02x}")).concat());
    assert_eq!(
        fs::read_to_string(folder.join("snapshot.json")).unwrap(),
        format!(
            "{{\n  \"format\": \"{FORMAT}\",\n  \"root\": \"{}\",\n  \"count\": 3,\n  \"total\": \"11250000001\",\n  \"shard_digits\": 1\n}}\n",
            hex(&snapshot.root())
        )
    );
    let proof = snapshot.proof(0).unwrap();
    assert_eq!(
        fs::read_to_string(folder.join("proofs/d.json")).unwrap(),
        format!(
            "{{\"{ALICE}\":{{\"index\":0,\"amount\":\"1250000000\",\"proof\":[\"{}\",\"{}\"]}},\"{}\":{{\"index\":1,\"amount\":\"1\",\"proof\":[\"{}\",\"{}\"]}}}}\n",
            hex(&proof[0]),
            hex(&proof[1]),
            ADDRESS.to_lowercase(),
            hex(&snapshot.proof(1).unwrap()[0]),
            hex(&snapshot.proof(1).unwrap()[1]),
        )
    );
}

#[test]
fn a_holder_is_found_and_a_stranger_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = read(&tiny()).unwrap();
    snapshot.write(folder.path(), |_| ()).unwrap();
    let claim = find(folder.path(), &read_holder(ADDRESS).unwrap())
        .unwrap()
        .unwrap();
    assert_eq!((claim.index, claim.amount), (1, 1));
    assert_eq!(Some(claim.proof), snapshot.proof(1));
    for stranger in [[0x1d; 32], [0; 32]] {
        let stranger = Holder::Account(stranger.into());
        assert_eq!(find(folder.path(), &stranger).unwrap(), None);
    }
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = read(&tiny()).unwrap();
    snapshot.write(folder.path(), |_| ()).unwrap();
    let before = files(folder.path());
    let again = read(&list(9)).unwrap().write(folder.path(), |_| ());
    assert!(matches!(again, Err(FilesError::Exists { .. })));
    assert_eq!(files(folder.path()), before);
}

#[test]
fn files_of_another_format_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let alice = read_holder(ALICE).unwrap();
    assert!(matches!(
        find(folder.path(), &alice),
        Err(FilesError::Io { .. })
    ));
    fs::write(
        folder.path().join("snapshot.json"),
        "{\"format\":\"allive-holders/2\"}",
    )
    .unwrap();
    assert!(matches!(
        find(folder.path(), &alice),
        Err(FilesError::Format { .. })
    ));
    fs::write(folder.path().join("snapshot.json"), "[]").unwrap();
    assert!(matches!(
        find(folder.path(), &alice),
        Err(FilesError::Json { .. })
    ));
}

fn holders() -> impl Strategy<Value = Holder> {
    prop_oneof![
        any::<[u8; 32]>().prop_map(|account| Holder::Account(account.into())),
        any::<[u8; 20]>().prop_map(Holder::Address),
    ]
}

proptest! {
    #[test]
    fn any_list_reads_back_with_proofs_that_verify(
        holders in proptest::collection::hash_set(holders(), 1..40),
        amounts in proptest::collection::vec(1..=u128::from(u64::MAX), 40),
    ) {
        let entries: Vec<_> = holders.into_iter().zip(amounts).collect();
        let mut csv = String::from("account,units\n");
        for (holder, amount) in &entries {
            csv += &format!("{holder},{amount}\n");
        }
        let snapshot = read(&csv).unwrap();
        prop_assert_eq!(snapshot.count(), entries.len() as u64);
        prop_assert_eq!(snapshot.total(), entries.iter().map(|(_, amount)| amount).sum::<u128>());
        for (index, (holder, amount)) in (0..).zip(&entries) {
            let leaf = leaf::<Software>(index, holder, *amount);
            let proof = snapshot.proof(index).unwrap();
            prop_assert!(verify::<Software>(&snapshot.root(), index, snapshot.count(), &leaf, &proof));
            let more = allive_holders::leaf::<Software>(index, holder, amount + 1);
            prop_assert!(!verify::<Software>(&snapshot.root(), index, snapshot.count(), &more, &proof));
        }
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        let _ = Snapshot::read(bytes.as_slice());
        let _ = Snapshot::read([b"account,amount\n", bytes.as_slice()].concat().as_slice());
    }
}
