//! Labels as scanned, and what they prove.

mod common;

use allive_epcis::identifiers::{IdentifierError, Label};
use allive_merkle::{leaf, verify, Software};
use allive_packs::{
    check, first_of_run, hidden_text, read_hidden, LabelError, LotFile, PackLabel, Paths,
    PathsError, Verdict, PROOF_LENGTH,
};
use common::{batch, keys, labels, written};
use provenance::{pack_data, Claim, Mismatch, NewLot, ProductName, PACK_DOMAIN};
use std::{
    fs::{self, File},
    io::Cursor,
};

fn label() -> PackLabel {
    PackLabel {
        gtin: batch().gtin,
        expiry: Some("280300".parse().unwrap()),
        lot: batch().lot,
        serial: "7KQ2XW5M3TRA4ZPC".parse().unwrap(),
        index: 123_456,
        salt: *b"\x9f\x12\xa7\xee\x03\x55\x80\xcd\x77\x31\xba\x08\x4f\xe2\x6d\x90",
    }
}

const SCANNED: &str = "01095060001343521728030010V42\x1d217KQ2XW5M3TRA4ZPC\x1d\
                       91AAA6EQE7CKT64A2VQDGXOMN2BBH6E3MQ";

#[test]
fn the_element_string_has_01_17_10_21_and_91_with_index_and_salt() {
    assert_eq!(label().element_string(), SCANNED);
    assert_eq!(
        label().for_people(),
        "(01)09506000134352(17)280300(10)V42(21)7KQ2XW5M3TRA4ZPC(91)AAA6EQE7CKT64A2VQDGXOMN2BBH6E3MQ"
    );
    let proof = Label::parse(SCANNED).unwrap().company.unwrap();
    assert_eq!(proof.len(), PROOF_LENGTH);
}

#[test]
fn a_label_is_read_as_scanners_people_and_links_have_it() {
    let link = Label::parse(SCANNED).unwrap().digital_link();
    for text in [
        SCANNED.to_owned(),
        format!("]d2{SCANNED}"),
        format!("\x1d{SCANNED}"),
        format!("]d2\x1d{SCANNED}\r\n"),
        format!("]Q3{SCANNED}"),
        label().for_people(),
        link,
    ] {
        assert_eq!(PackLabel::read(&text), Ok(label()), "{text:?}");
    }
}

#[test]
fn a_label_that_proves_nothing_says_what_it_lacks() {
    let missing = |ai| Err(LabelError::Missing { ai });
    let read = |text: &str| PackLabel::read(text);
    assert_eq!(read("010950600013435210V42\x1d21A1"), missing("91"));
    assert_eq!(read("010950600013435210V42\x1d91A1"), missing("21"));
    assert_eq!(read("010950600013435221A1\x1d91A1"), missing("10"));
    assert_eq!(
        read("21A1"),
        Err(IdentifierError::Missing { ai: "01" }.into())
    );
    assert!(matches!(
        read(&SCANNED.replace("352", "353")),
        Err(LabelError::Gs1(_))
    ));
    // Longer, shorter, lower case, not of base 32.
    for proof in [
        "AAA6EQE7CKT64A2VQDGXOMN2BBH6E3MQAA",
        "AAA6EQE7CKT64A2VQDGXOMN2BBH6E3M",
        "aaa6eqe7ckt64a2vqdgxomn2bbh6e3mq",
        "AAA6EQE7CKT64A2VQDGXOMN2BBH6E3M0",
        "campaign-7",
    ] {
        let text = SCANNED.replace("AAA6EQE7CKT64A2VQDGXOMN2BBH6E3MQ", proof);
        assert_eq!(read(&text), Err(LabelError::NotAProof), "{proof}");
    }
}

#[test]
fn the_leaf_is_the_one_that_the_contract_computes() {
    let label = label();
    let name = ProductName::Gtin(9_506_000_134_352);
    let data = pack_data(&name, b"7KQ2XW5M3TRA4ZPC", 123_456, &label.salt);
    assert_eq!(label.leaf(), leaf::<Software>(&PACK_DOMAIN, &data));
}

/// A lot of 600 packs in a folder, and the label of each.
struct Lot {
    folder: tempfile::TempDir,
    file: LotFile,
    labels: Vec<PackLabel>,
}

impl Lot {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = written(600, &folder.path().join("lot"));
        let labels = labels(&folder.path().join("lot"));
        Self {
            folder,
            file,
            labels,
        }
    }

    fn paths(&self) -> File {
        File::open(self.folder.path().join("lot/paths")).unwrap()
    }

    fn check(&self, label: &PackLabel) -> Verdict {
        self.check_in(label, &self.file.new_lot())
    }

    fn check_in(&self, label: &PackLabel, lot: &NewLot) -> Verdict {
        check(label, lot, Some(self.paths()), 2026)
    }

    /// The contract's own comparison.
    fn proves(&self, claim: &Claim) -> bool {
        let proof = claim.proof.as_ref().unwrap();
        let data = pack_data(&claim.product, &proof.serial, claim.index, &proof.salt);
        let leaf = leaf::<Software>(&PACK_DOMAIN, &data);
        verify::<Software>(
            &self.file.root,
            claim.index,
            self.file.count,
            &leaf,
            &proof.path,
        )
    }
}

#[test]
fn every_printed_label_makes_the_claim_that_the_contract_verifies() {
    let lot = Lot::new();
    assert_eq!(lot.labels.len(), 600);
    for label in &lot.labels {
        let scanned = PackLabel::read(&format!("]d2{}", label.element_string())).unwrap();
        assert_eq!(scanned.salt, keys().salt(label.index.into()));
        let Verdict::Fits(claim) = lot.check(&scanned) else {
            panic!("{label:?}");
        };
        assert!(lot.proves(&claim));
        assert_eq!(claim.index, u64::from(label.index));
        assert_eq!(claim.product, lot.file.new_lot().product);
        assert_eq!(claim.code, b"V42");
        // 31 March 2028.
        assert_eq!(claim.expiry, Some(21_274));
    }
}

#[test]
fn each_datum_that_is_changed_does_not_fit() {
    let lot = Lot::new();
    let check = |change: &dyn Fn(&mut PackLabel), expected| {
        let mut label = lot.labels[300].clone();
        change(&mut label);
        match lot.check(&label) {
            Verdict::DoesNotFit(found) => assert_eq!(found, expected),
            other => panic!("{expected:?}: {other:?}"),
        }
    };
    check(
        &|label| label.gtin = "09506000134369".parse().unwrap(),
        Mismatch::Product,
    );
    check(&|label| label.lot = "V43".parse().unwrap(), Mismatch::Lot);
    check(
        &|label| label.expiry = Some("280330".parse().unwrap()),
        Mismatch::Expiry,
    );
    check(&|label| label.expiry = None, Mismatch::Expiry);
    // A leap day of a year without one.
    check(
        &|label| label.expiry = Some("270229".parse().unwrap()),
        Mismatch::Expiry,
    );
    check(
        &|label| label.serial = "7KQ2XW5M3TRA4ZPC".parse().unwrap(),
        Mismatch::Serial,
    );
    check(
        &|label| label.serial = lot.labels[301].serial.clone(),
        Mismatch::Serial,
    );
    check(&|label| label.salt[15] ^= 1, Mismatch::Serial);
    check(&|label| label.index = 301, Mismatch::Serial);
    check(&|label| label.index = 600, Mismatch::Serial);
    check(&|label| label.index = u32::MAX, Mismatch::Serial);
}

#[test]
fn a_day_of_00_and_the_last_of_the_month_are_the_same_day() {
    let lot = Lot::new();
    let mut label = lot.labels[0].clone();
    assert_eq!(label.expiry, Some("280300".parse().unwrap()));
    label.expiry = Some("280331".parse().unwrap());
    assert!(matches!(lot.check(&label), Verdict::Fits(_)));
}

#[test]
fn the_secret_that_lies_hidden_on_a_pack_is_read_as_it_is_typed() {
    let secret = keys().hidden(7);
    let text = hidden_text(&secret);
    assert_eq!(text.len(), 26);
    let grouped = format!(" {} {}-{}\n", &text[..4], &text[4..20], &text[20..]);
    for typed in [&text, &text.to_lowercase(), &grouped] {
        assert_eq!(read_hidden(typed), Some(secret), "{typed:?}");
    }
    for wrong in [
        "",
        &text[1..],
        &format!("{text}AA"),
        &text.replacen(&text[..1], "0", 1),
    ] {
        assert_eq!(read_hidden(wrong), None, "{wrong:?}");
    }
    let lot = Lot::new();
    assert!(lot.labels[7].hides(&secret));
    assert!(!lot.labels[8].hides(&secret));
}

#[test]
fn a_lot_without_serials_has_no_pack_with_a_label() {
    let lot = Lot::new();
    let without = NewLot {
        serials: None,
        ..lot.file.new_lot()
    };
    let verdict = lot.check_in(&lot.labels[0], &without);
    assert!(matches!(verdict, Verdict::DoesNotFit(Mismatch::Serial)));
}

#[test]
fn without_the_right_paths_nobody_says_that_a_pack_is_false() {
    let lot = Lot::new();
    let genuine = &lot.labels[7];
    let mut copied = genuine.clone();
    copied.salt = [0; 16];
    let mut damaged = fs::read(lot.folder.path().join("lot/paths")).unwrap();
    damaged[32 * 7] ^= 1;
    let lot_of = |bytes: Vec<u8>| Some(Cursor::new(bytes));
    for label in [genuine, &copied] {
        let ask = |paths| check(label, &lot.file.new_lot(), paths, 2026);
        assert!(matches!(ask(None), Verdict::NoProof(None)));
        let verdict = ask(lot_of(vec![0; 600 * 32]));
        assert!(matches!(
            verdict,
            Verdict::NoProof(Some(PathsError::OtherLot))
        ));
        let verdict = ask(lot_of(damaged.clone()));
        assert!(matches!(
            verdict,
            Verdict::NoProof(Some(PathsError::Damaged { index: 7 }))
        ));
    }
    assert!(Paths::open(lot.paths(), lot.file.root, 600).is_ok());
}

#[test]
fn the_run_of_a_pack_is_found_by_walking_from_the_first() {
    let runs = [(0, 4), (4, 1), (5, 95), (100, 500)];
    let mut asked = Vec::new();
    let mut find = |index| {
        asked.clear();
        let found = first_of_run(index, |first| {
            asked.push(first);
            let run = runs.iter().find(|(begin, _)| *begin == first);
            Ok::<_, ()>(run.map(|(_, length)| *length))
        });
        (found.unwrap(), asked.clone())
    };
    assert_eq!(find(0), (Some(0), vec![0]));
    assert_eq!(find(3), (Some(0), vec![0]));
    assert_eq!(find(4), (Some(4), vec![0, 4]));
    assert_eq!(find(99), (Some(5), vec![0, 4, 5]));
    assert_eq!(find(599), (Some(100), vec![0, 4, 5, 100]));
    assert_eq!(find(600).0, None);
    assert_eq!(first_of_run(0, |_| Ok::<_, ()>(None)), Ok(None));
    assert_eq!(first_of_run(0, |_| Ok::<_, ()>(Some(0))), Ok(None));
    assert_eq!(first_of_run(0, |_| Err("no answer")), Err("no answer"));
}
