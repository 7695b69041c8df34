//! `allive did resolve`, for an identity that lives on a node.

use crate::ground::{allive, development, Ground, Said};
use allive_calls::{at, parts};
use allive_rpc::{key, Transaction};
use ink::primitives::AccountId;
use olife_id::{Action, Guardians, OlifeId};
use serde_json::{json, Value};
use std::{fs, path::Path, process::Command};

fn create() -> Action {
    Action::Create {
        guardians: Guardians::default(),
    }
}

impl Ground {
    fn resolve(&self, arguments: &[&str]) -> Said {
        Said::of(&mut self.resolving(arguments))
    }

    fn resolving(&self, arguments: &[&str]) -> Command {
        let mut command = allive(&["did", "resolve", "--url", &self.node.url, "--book"]);
        command.arg(self.folder.path()).args(arguments);
        command
    }

    fn shown(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.resolve(arguments).succeeds()).unwrap()
    }

    /// Alice does it with her identity.
    fn act(&self, action: Action) {
        self.act_at(self.account("olife_id"), action);
    }

    /// Alice does it with her identity in this Olife ID.
    fn act_at(&self, contract: [u8; 32], action: Action) {
        let contract = AccountId::from(contract);
        let (contract, input) = parts(at::<OlifeId>(contract).act(action));
        let transaction = Transaction::Call { contract, input };
        let (node, alice) = (self.node.connect(), key("//Alice").unwrap());
        let trial = node.trial(&alice.account(), &transaction).unwrap();
        let sent = node.send(&alice, &transaction, &trial).unwrap();
        assert_eq!(sent.failure, None);
    }

    fn account(&self, name: &str) -> [u8; 32] {
        account_in(&self.book(), name)
    }

    /// Another suite by Alice, of the same code on the same chain, with a book of its own.
    fn deployed_beside(&self) -> Value {
        let text = fs::read_to_string(development()).unwrap();
        let config = tempfile::NamedTempFile::new().unwrap();
        fs::write(config.path(), format!("salt = \"beside\"\n{text}")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut command = allive(&["up", "--url", &self.node.url, "--suri", "//Alice", "--yes"]);
        command.arg("--config").arg(config.path());
        command.arg("--book").arg(folder.path());
        Said::of(&mut command).succeeds();
        let file = folder.path().join(self.book_file().file_name().unwrap());
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
    }

    fn did(&self, contract: [u8; 32], number: u64) -> String {
        let genesis = hex::encode(self.node.connect().kind().genesis);
        format!("did:allive:{genesis}:{}:{number}", hex::encode(contract))
    }
}

fn account_in(book: &Value, name: &str) -> [u8; 32] {
    let text = book["contracts"][name]["account"].as_str().unwrap();
    hex::decode(&text[2..]).unwrap().try_into().unwrap()
}

/// The public validators, on what was printed.
#[track_caller]
fn is_valid(ground: &Ground, document: &str) {
    let file = ground.folder.path().with_extension("did.json");
    fs::write(&file, document).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/validate");
    let said = Said::of(Command::new(script).arg("did").arg(&file));
    fs::remove_file(&file).unwrap();
    assert!(said.succeeds().contains("1 passed, 0 failed"));
}

#[test]
fn an_identity_resolves_as_it_is_now() {
    let ground = Ground::deployed();
    let did = ground.did(ground.account("olife_id"), 0);
    ground
        .resolve(&[&did])
        .refuses(&["notFound", "no identity has the number 0"]);
    ground.act(create());
    let printed = ground.resolve(&[&did]).succeeds();
    is_valid(&ground, &printed);
    let document: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(document["id"], *did);
    let method = &document["verificationMethod"][0];
    let chain = &did["did:allive:".len()..][..32];
    let alice = format!("polkadot:{chain}:5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
    assert_eq!(method["blockchainAccountId"], alice);
    for relation in ["authentication", "assertionMethod", "capabilityInvocation"] {
        assert_eq!(document[relation], json!([method["id"]]));
    }
    // The number alone means the Olife ID of the book.
    assert_eq!(ground.shown(&["0"]), document);
    let result = ground.shown(&["--result", &did]);
    assert_eq!(result["didDocument"], document);
    assert_eq!(result["didDocumentMetadata"]["versionId"], "0");

    ground.act(Action::Freeze);
    let printed = ground.resolve(&[&did]).succeeds();
    is_valid(&ground, &printed);
    let frozen = ground.shown(&["--result", "0"]);
    assert_eq!(frozen["didDocument"]["authentication"], Value::Null);
    assert_eq!(
        frozen["didDocument"]["verificationMethod"],
        document["verificationMethod"]
    );
    assert_eq!(frozen["didDocumentMetadata"]["versionId"], "0.frozen");
}

#[test]
fn what_does_not_resolve_says_why_by_the_names_of_did_resolution() {
    let ground = Ground::deployed();
    ground.act(create());
    let contract = ground.account("olife_id");
    let did = ground.did(contract, 0);
    let alice: [u8; 32] = *key("//Alice").unwrap().account().as_ref();
    let elsewhere = format!("did:allive:{}:{}:0", "22".repeat(32), hex::encode(contract));
    for (did, name, why) in [
        (did.to_uppercase(), "invalidDid", "is no DID"),
        (
            did.replace("allive:", "allive:0x"),
            "invalidDid",
            "the genesis hash is written without 0x",
        ),
        (format!("{did}#key"), "invalidDid", "a DID URL"),
        ("did:web:example.org".into(), "methodNotSupported", "`web`"),
        (elsewhere, "notFound", "is of the chain 2222"),
        (ground.did(alice, 0), "notFound", "the contract d435"),
        (
            ground.did(ground.account("alv"), 0),
            "notFound",
            "neither the Olife ID of the address book nor named by --contract",
        ),
        (
            ground.did(contract, 1),
            "notFound",
            "no identity has the number 1",
        ),
        (
            ground.did(contract, u64::MAX),
            "notFound",
            "no identity has the number",
        ),
    ] {
        let said = ground.resolve(&[&did]);
        assert_eq!(said.out, "");
        said.refuses(&[&format!("error: {name}: "), why]);
        let said = ground.resolve(&["--result", &did]);
        let result: Value = serde_json::from_str(&said.out).unwrap();
        said.refuses(&[name]);
        assert_eq!(result["didResolutionMetadata"]["error"], name, "{did}");
        assert_eq!(result["didDocument"], Value::Null);
    }
    // A node that is gone.
    let gone = "ws://127.0.0.1:9";
    Said::of(&mut allive(&["did", "resolve", "--url", gone, &did])).refuses(&["internalError"]);
}

#[test]
fn a_genuine_olife_id_that_is_neither_in_the_book_nor_named_is_refused() {
    let ground = Ground::deployed();
    let beside = ground.deployed_beside();
    let contract = account_in(&beside, "olife_id");
    let own = ground.account("olife_id");
    assert_ne!(contract, own);
    // Nothing is to be seen in its code.
    assert_eq!(
        beside["contracts"]["olife_id"]["code_hash"],
        ground.book()["contracts"]["olife_id"]["code_hash"]
    );
    ground.act_at(contract, create());
    let did = ground.did(contract, 0);
    let unbelieved = ["notFound", "who resolves says whom to believe"];
    let said = ground.resolve(&[&did]);
    assert_eq!(said.out, "");
    said.refuses(&unbelieved);
    let named = |contract: [u8; 32]| format!("0x{}", hex::encode(contract));
    ground
        .resolve(&["--contract", &named(own), &did])
        .refuses(&unbelieved);
    let document = ground.shown(&["--contract", &named(contract), &did]);
    assert_eq!(document["id"], *did);
    let address = beside["contracts"]["olife_id"]["address"].as_str().unwrap();
    let both = ["--contract", &named(own), "--contract", address, &did];
    assert_eq!(ground.shown(&both), document);
}

#[test]
fn a_contract_that_is_named_must_run_known_code() {
    let ground = Ground::deployed();
    let alice: [u8; 32] = *key("//Alice").unwrap().account().as_ref();
    for (contract, why) in [
        (alice, "there is no contract d435"),
        (ground.account("alv"), "no known code of Olife ID"),
    ] {
        let named = format!("0x{}", hex::encode(contract));
        let did = ground.did(contract, 0);
        ground
            .resolve(&["--contract", &named, &did])
            .refuses(&["notFound", why]);
    }
    ground.act(create());
    let contract = ground.account("olife_id");
    let did = ground.did(contract, 0);
    let named = format!("0x{}", hex::encode(contract));
    let empty = tempfile::tempdir().unwrap();
    let bookless = |arguments: &[&str]| {
        let mut command = allive(&["did", "resolve", "--url", &ground.node.url, "--book"]);
        command.arg(empty.path()).args(arguments);
        command
    };
    Said::of(&mut bookless(&[&did])).refuses(&["notFound", "nor named by --contract"]);
    Said::of(&mut bookless(&["0"])).refuses(&["internalError", "no book"]);
    // Known from what is built here.
    Said::of(&mut bookless(&["--contract", &named, &did])).succeeds();
    // From the book.
    let nothing_built =
        |command: &mut Command| Said::of(command.env("CARGO_TARGET_DIR", "nowhere"));
    nothing_built(&mut ground.resolving(&[&did])).succeeds();
    nothing_built(&mut ground.resolving(&["--contract", &named, &did])).succeeds();
    // From neither.
    nothing_built(&mut bookless(&["--contract", &named, &did]))
        .refuses(&["notFound", "no known code of Olife ID"]);
}

#[test]
fn the_contract_of_the_book_must_run_the_code_of_the_book() {
    let ground = Ground::deployed();
    ground.act(create());
    let contract = ground.account("olife_id");
    let did = ground.did(contract, 0);
    let mut book = ground.book();
    book["contracts"]["olife_id"]["code_hash"] = json!(format!("0x{}", "11".repeat(32)));
    fs::write(ground.book_file(), book.to_string()).unwrap();
    for asked in ["0", &did] {
        ground
            .resolve(&[asked])
            .refuses(&["notFound", "no known code of Olife ID"]);
    }
    // Who trusts it all the same has what is built here.
    let named = format!("0x{}", hex::encode(contract));
    ground.resolve(&["--contract", &named, &did]).succeeds();
}
