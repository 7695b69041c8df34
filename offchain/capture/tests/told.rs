//! The file in which a user says who is who, and the files of lots.

mod common;

use allive_capture::{KeyName, ToldFile};
use allive_packs::Files;
use common::*;
use provenance::{Alert, ProductName};
use std::{fs, path::Path};

fn refused(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    ToldFile::parse(text, folder.path())
        .unwrap_err()
        .to_string()
}

#[test]
fn it_says_who_is_who_and_whose_events_are_sent_by_which_key() {
    let text = format!("{PARTIES}\n[[party]]\nname = \"A\"\nidentity = 20\nkey = \"a.key\"\n[[party]]\nname = \"B\"\nidentity = 21\nkey = \"//Bob\"\n");
    let file = ToldFile::parse(&text, Path::new("/place")).unwrap();
    let told = &file.told;
    assert_eq!(
        (told.deadline, told.recall),
        (7 * DAY, Some(Alert::RecallTwo))
    );
    assert_eq!(told.reason, Some([0x11; 32]));
    let vita = told.parties.of(&FACTORY_GLN.parse().unwrap()).unwrap();
    assert_eq!(
        (vita.name.as_str(), vita.identity, vita.own),
        ("Vita", MAKER, true)
    );
    assert!(!told.parties.of(&OTHER_GLN.parse().unwrap()).unwrap().own);
    assert_eq!(file.keys.get(&MAKER), Some(&None));
    assert_eq!(
        file.keys.get(&20),
        Some(&Some(KeyName::File("/place/a.key".into())))
    );
    assert_eq!(
        file.keys.get(&21),
        Some(&Some(KeyName::Development("//Bob".into())))
    );
    assert_eq!(file.keys.get(&STRANGER), None);
}

#[test]
fn what_is_wrong_with_it_is_named_by_its_field() {
    let party = |more: &str| format!("[[party]]\nname = \"A\"\nidentity = 1\n{more}\n");
    let again = "[[party]]\nname = \"B\"\nidentity = 2\nglns = [\"9521141000007\"]\n";
    for (text, words) in [
        ("days = 3".to_owned(), "unknown field `days`"),
        ("deadline = \"soon\"".to_owned(), "deadline: "),
        (
            "recall = \"IV\"".to_owned(),
            "recall: \"IV\" is none of I, II, III, withdrawn",
        ),
        (
            "reason = \"because\"".to_owned(),
            "reason: a commitment is 0x and 64 hexadecimal digits",
        ),
        (
            party("roles = [\"chemist\"]"),
            "party.roles: \"chemist\" is no role; these are: ",
        ),
        (
            party("glns = [\"9521141000008\"]"),
            "party.glns: the check digit of GLN",
        ),
        (
            party("glns = [\"9521141000007\"]") + again,
            "party.glns: 9521141000007 is that of two parties",
        ),
        (party("") + &party(""), "party.name: A is there twice"),
        (
            "[[lot]]\nlot = \"lot.json\"".to_owned(),
            "lot: name either its folder, or all of",
        ),
        ("[[lot]]\nfolder = \"nowhere\"".to_owned(), "nowhere"),
        (
            "[[container]]\nsscc = \"095211410000000014\"\npacker = \"C\"".to_owned(),
            "container.packer: no party is called C",
        ),
        (
            "[[item]]\nid = \"urn:x:1\"\nlot = \"A\"".to_owned(),
            "item: it has one of gtin, blood and order",
        ),
        (
            party("") + "[[item]]\nid = \"urn:x:1\"\nlot = \"A\"\nblood = \"E04\"\nmaker = \"A\"",
            "item.blood: a product code of ISBT 128 has 8 characters",
        ),
        (
            "[[item]]\nid = \"urn:x:1\"\nlot = \"A\"\norder = 4".to_owned(),
            "item.maker: is missing",
        ),
    ] {
        let said = refused(&text);
        assert!(said.contains(words), "{text}: {said}");
    }
}

#[test]
fn a_thing_of_ones_own_name_is_a_lot_of_one_piece() {
    let text = "[[party]]\nname = \"Lab\"\nidentity = 9\n[[item]]\nid = \"https://lab.example.org/7\"\norder = 7\nmaker = \"Lab\"\nlot = \"D7\"\nexpiry = \"2027-01\"\n";
    let file = ToldFile::parse(text, Path::new("")).unwrap();
    let lot = file.told.items["https://lab.example.org/7"].new_lot();
    let product = ProductName::Order {
        laboratory: 9,
        number: 7,
    };
    assert_eq!((lot.product, lot.count, lot.serials), (product, 1, None));
    assert_eq!(lot.expiry, Some(20_849));
}

#[test]
fn who_did_not_make_a_lot_names_labels_as_scanned() {
    let ground = Ground::new(3);
    let place = ground.folder.path();
    let files = Files::of(&place.join("v42"));
    let label = files.label(1).unwrap();
    let lots = |labels: &str| {
        fs::write(place.join("scanned.txt"), labels).unwrap();
        let text =
            "[[lot]]\nlot = \"v42/lot.json\"\npaths = \"v42/paths\"\nlabels = \"scanned.txt\"\n";
        ToldFile::parse(text, place).map_err(|error| error.to_string())
    };
    let file = lots(&format!(
        "]d2{}\n\n{}\n",
        label.element_string(),
        label.for_people()
    ))
    .unwrap();
    let found = file.told.lots.pack(&label.gtin, &label.serial).unwrap();
    assert_eq!((found.index, found.salt), (1, label.salt));
    assert_eq!(
        file.told
            .lots
            .pack(&label.gtin, &files.label(2).unwrap().serial),
        None
    );
    let refused = |labels: &str, words: &str| {
        let said = lots(labels).unwrap_err();
        assert!(said.contains(words), "{said}");
    };
    refused("hello\n", "scanned.txt, line 1: this is no label of GS1");
    // A copied proof on another serial.
    let mut forged = label.clone();
    forged.serial = "MADEUP".parse().unwrap();
    refused(
        &forged.element_string(),
        "line 1: no pack of lot V42 has serial MADEUP and this proof",
    );
    let mut other = label.clone();
    other.lot = "V43".parse().unwrap();
    refused(&other.element_string(), "line 1: the label is of lot V43");
    let mut beyond = label;
    beyond.index = 3;
    refused(&beyond.element_string(), "line 1: no pack of lot V42");
}

#[test]
fn paths_that_were_changed_are_refused() {
    let ground = Ground::new(3);
    let path = ground.folder.path().join("v42/paths");
    let mut paths = fs::read(&path).unwrap();
    paths[5] ^= 1;
    fs::write(&path, paths).unwrap();
    let said = ToldFile::parse("[[lot]]\nfolder = \"v42\"\n", ground.folder.path()).unwrap_err();
    assert!(
        said.to_string()
            .contains("these are not the paths of lot V42"),
        "{said}"
    );
}
