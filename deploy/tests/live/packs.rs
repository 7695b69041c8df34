//! `allive provenance verify-pack --url` and `trace`, of a lot that lives on a node.

use crate::ground::{allive, Ground, Said};
use allive_calls::{at, parts, Message};
use allive_epcis::{Document, Limits};
use allive_olife_id_interface::Topic;
use allive_packs::LotFile;
use allive_rpc::{key, Transaction};
use ink::primitives::AccountId;
use olife_id::{Guardians, OlifeId};
use provenance::{
    Action, Alert, Capacity, Class, ProductTerms, Provenance, RunId, Storage, Target, UnitId,
};
use scale::Encode;
use serde_json::Value;
use std::{fs, path::PathBuf};

/// A maker's lot of three packs on a node, and the folder in which it was made.
struct Maker {
    ground: Ground,
    folder: tempfile::TempDir,
    lot: LotFile,
}

const SITE: u64 = 9_506_000_000_015;

impl Maker {
    fn new() -> Self {
        let ground = Ground::deployed();
        let folder = tempfile::tempdir().unwrap();
        let order = "gtin = \"9506000134352\"\nlot = \"V42\"\nexpiry = \"2038-03\"\ncount = 3\nsecret = \"secret\"\n";
        fs::write(folder.path().join("LOT.toml"), order).unwrap();
        let mut pack = allive(&["provenance", "pack", "LOT.toml", "--out", "v42"]);
        Said::of(pack.current_dir(folder.path())).succeeds();
        let lot = LotFile::read(&folder.path().join("v42/lot.json")).unwrap();
        let maker = Self {
            ground,
            folder,
            lot,
        };
        maker.attest();
        let new = maker.lot.new_lot();
        let (name, site) = (new.product.clone(), SITE);
        let terms = ProductTerms {
            class: Class::Medicine,
            storage: Storage::default(),
            shelf_life: None,
        };
        let terms = terms.into();
        maker.act(Action::Register { name, terms });
        let lot = new.into();
        maker.act(Action::Commission { lot, site });
        maker
    }

    fn contract(&self, name: &str) -> AccountId {
        let book = self.ground.book();
        let text = book["contracts"][name]["account"].as_str().unwrap();
        let bytes: [u8; 32] = hex::decode(&text[2..]).unwrap().try_into().unwrap();
        bytes.into()
    }

    /// Somebody sends a message, which must be executed.
    fn send<Args: Encode, R>(&self, by: &str, message: Message<Args, R>) {
        let (contract, input) = parts(message);
        let transaction = Transaction::Call { contract, input };
        let (node, key) = (self.ground.node.connect(), key(by).unwrap());
        let trial = node.trial(&key.account(), &transaction).unwrap();
        let sent = node.send(&key, &transaction, &trial).unwrap();
        assert_eq!(sent.failure, None);
    }

    /// Alice, who owns the suite, is identity 0, and a manufacturer by the word of Bob.
    fn attest(&self) {
        let identities = self.contract("olife_id");
        let create = || {
            let guardians = Guardians::default();
            at::<OlifeId>(identities).act(olife_id::Action::Create { guardians })
        };
        self.send("//Alice", create());
        self.send("//Bob", create());
        let topics = Topic::MANUFACTURER.bit();
        self.send(
            "//Alice",
            at::<OlifeId>(identities).approve_issuer(1, topics, 0),
        );
        let expires = self.ground.node.connect().now().unwrap() + 30 * 24 * 3_600_000;
        let attest = olife_id::Action::Attest {
            subject: 0,
            topic: Topic::MANUFACTURER,
            value: [7; 32],
            weight: 0,
            issued: None,
            expires,
        };
        self.send("//Bob", at::<OlifeId>(identities).act(attest));
    }

    fn act(&self, action: Action) {
        let contract = self.contract("provenance");
        self.send(
            "//Alice",
            at::<Provenance>(contract).act(None, action.into()),
        );
    }

    fn run(&self) -> RunId {
        let contract = self.contract("provenance");
        let new = self.lot.new_lot();
        let (contract, input) = parts(at::<Provenance>(contract).lot_id(new.product, 0, new.code));
        let call = Transaction::Call { contract, input };
        let nobody = AccountId::from([0; 32]);
        let trial = self.ground.node.connect().trial(&nobody, &call).unwrap();
        let lot = allive_calls::read(trial.result).unwrap();
        RunId { lot, first: 0 }
    }

    fn recall(&self) {
        self.act(Action::Raise {
            target: Target::Lot(self.run().lot),
            alert: Alert::RecallOne,
            capacity: Capacity::Maker,
            reason: [1; 32],
        });
    }

    /// The label of a pack, as scanned.
    fn label(&self, index: usize) -> String {
        let table = fs::read_to_string(self.path("v42/labels.csv")).unwrap();
        let row = table.lines().nth(index + 1).unwrap();
        format!("]d2{}", row.split(',').nth(2).unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `allive provenance SUBCOMMAND` on this node, with this book, in the maker's folder.
    fn tool(&self, arguments: &[&str]) -> Said {
        let mut command = allive(&["provenance"]);
        command.args(arguments).current_dir(self.folder.path());
        command.args(["--url", &self.ground.node.url, "--book"]);
        Said::of(command.arg(self.ground.folder.path()))
    }

    fn verify(&self, label: &str) -> Said {
        self.tool(&["verify-pack", label, "--paths", "v42/paths"])
    }
}

#[test]
fn a_scanned_label_is_answered_by_the_node() {
    let maker = Maker::new();
    for index in 0..3 {
        let said = maker.verify(&maker.label(index)).succeeds();
        for words in ["genuine", "identity 0", "GLN 9506000000015"] {
            assert!(said.contains(words), "no `{words}` in: {said}");
        }
    }
    // Without the paths nobody says that it is false.
    let label = maker.label(0);
    maker
        .tool(&["verify-pack", &label])
        .refuses(&["unknown: no proof at hand"]);
    // By the address of the contract, without a book.
    let contract = format!("0x{}", hex::encode(maker.contract("provenance")));
    let mut bookless = allive(&["provenance", "verify-pack", &label, "--paths", "v42/paths"]);
    bookless.args(["--url", &maker.ground.node.url, "--contract", &contract]);
    Said::of(bookless.current_dir(maker.folder.path())).succeeds();
    maker.recall();
    maker
        .verify(&label)
        .refuses(&["the chain says: recalled, class I"]);
    maker
        .verify(&label.replace("10V42", "10V43"))
        .refuses(&["there is no such lot of this product"]);
}

#[test]
fn the_life_of_a_pack_is_told_by_the_blocks_of_the_node() {
    let maker = Maker::new();
    let run = maker.run();
    maker.act(Action::Split { run, length: 1 });
    let (unit, site) = (UnitId::Run(run), 0);
    maker.act(Action::MoveTo { unit, site });
    maker.recall();
    let label = maker.label(0);
    let told = maker
        .tool(&["trace", &label, "--paths", "v42/paths"])
        .succeeds();
    for words in [
        "commissioned: 3 packs",
        "split: 1 pack",
        "moved",
        "whole lot: recalled, class I",
        "identity 0 (manufacturer)",
    ] {
        assert!(told.contains(words), "no `{words}` in: {told}");
    }
    assert!(!told.contains("was not proved"));
    // Another pack did not move, and nobody proved its label.
    let other = maker.tool(&["trace", &maker.label(2)]).succeeds();
    assert!(!other.contains("moved") && other.contains("The label was not proved"));

    // As JSON, by product, lot and index, it has the same entries.
    let by_index = ["trace", "--product", "9506000134352", "--lot", "V42"];
    let by_index = [&by_index[..], &["--index", "0", "--json"]].concat();
    let entries: Value = serde_json::from_str(&maker.tool(&by_index).succeeds()).unwrap();
    let entries = entries.as_array().unwrap();
    assert_eq!(entries.len(), 4);
    assert_eq!(entries[3]["state"], "recalled, class I");
    assert!(entries[0]["block"].as_u64() < entries[3]["block"].as_u64());

    // As EPCIS, with the serial of the label and the name of its maker.
    fs::write(maker.path("parties"), "[0]\ngln = \"9506000000015\"\n").unwrap();
    let epcis = [
        "trace",
        &label,
        "--parties",
        "parties",
        "--epcis",
        "life.json",
    ];
    maker.tool(&epcis).succeeds();
    let text = fs::read(maker.path("life.json")).unwrap();
    let document = Document::from_slice(&text, &Limits::default()).unwrap();
    assert_eq!(document.events.len(), 3);
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("/21/") && text.contains("https://id.gs1.org/417/9506000000015"));
    maker.tool(&epcis).refuses(&["life.json"]);
    maker
        .tool(&["trace", &label, "--epcis", "by-did.json"])
        .succeeds();
    let text = fs::read_to_string(maker.path("by-did.json")).unwrap();
    let genesis = hex::encode(maker.ground.node.connect().kind().genesis);
    let olife_id = hex::encode(maker.contract("olife_id"));
    assert!(text.contains(&format!("did:allive:{genesis}:{olife_id}:0")));
}

#[test]
fn the_first_block_is_found_without_a_book_and_a_later_one_is_refused() {
    let maker = Maker::new();
    let run = maker.run();
    maker.act(Action::Split { run, length: 1 });
    let node = maker.ground.node.connect();
    let contract = maker.contract("provenance");
    let book = maker.ground.book();
    let block = book["contracts"]["provenance"]["block"].as_u64();
    assert_eq!(node.created(&contract).unwrap(), block);
    let nobody = AccountId::from([9; 32]);
    assert_eq!(node.created(&nobody).unwrap(), None);
    let last = node.last_block().unwrap();
    let split = node.told(&contract, last).unwrap().unwrap();
    assert_eq!((split.block, split.events.len()), (last, 1));
    assert_eq!(node.told(&nobody, last).unwrap(), None);

    let label = maker.label(0);
    let address = format!("0x{}", hex::encode(contract));
    let empty = tempfile::tempdir().unwrap();
    let mut bookless = allive(&["provenance", "trace", &label, "--contract", &address]);
    bookless.args(["--url", &maker.ground.node.url, "--book"]);
    Said::of(bookless.arg(empty.path())).succeeds();
    let late = last.to_string();
    maker
        .tool(&["trace", &label, "--from-block", &late])
        .refuses(&[
            "does not follow from the events before it",
            "first block on",
        ]);
    let future = (last + 1_000).to_string();
    maker
        .tool(&["trace", &label, "--from-block", &future])
        .refuses(&["no event commissions the lot"]);
}
