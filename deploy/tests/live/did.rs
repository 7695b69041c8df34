//! `allive did resolve`, for an identity that lives on a node.

use crate::ground::{allive, Ground, Said};
use allive_client::{key, Transaction};
use allive_testkit::{at, parts};
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
        let contract = AccountId::from(self.account("olife_id"));
        let (contract, input) = parts(at::<OlifeId>(contract).act(action.into()));
        let transaction = Transaction::Call { contract, input };
        let (node, alice) = (self.node.connect(), key("//Alice").unwrap());
        let trial = node.trial(&alice.account(), &transaction).unwrap();
        let sent = node.send(&alice, &transaction, &trial).unwrap();
        assert_eq!(sent.failure, None);
    }

    fn account(&self, name: &str) -> [u8; 32] {
        let text = self.book()["contracts"][name]["account"].clone();
        let bytes = hex::decode(&text.as_str().unwrap()[2..]).unwrap();
        bytes.try_into().unwrap()
    }

    fn did(&self, contract: [u8; 32], number: u64) -> String {
        let genesis = hex::encode(self.node.connect().kind().genesis);
        format!("did:allive:{genesis}:{}:{number}", hex::encode(contract))
    }
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
        (
            ground.did(alice, 0),
            "notFound",
            "there is no contract d435",
        ),
        (
            ground.did(ground.account("alv"), 0),
            "notFound",
            "no known code of Olife ID",
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
fn a_contract_is_believed_for_its_code() {
    let ground = Ground::deployed();
    ground.act(create());
    let did = ground.did(ground.account("olife_id"), 0);
    let code = ground.book()["contracts"]["olife_id"]["code_hash"].clone();
    // Known from what is built here.
    let empty = tempfile::tempdir().unwrap();
    let bookless = |arguments: &[&str]| {
        let mut command = allive(&["did", "resolve", "--url", &ground.node.url, "--book"]);
        command.arg(empty.path()).args(arguments);
        command
    };
    Said::of(&mut bookless(&[&did])).succeeds();
    Said::of(&mut bookless(&["0"])).refuses(&["internalError", "no book"]);
    // From the book.
    let nothing_built =
        |command: &mut Command| Said::of(command.env("CARGO_TARGET_DIR", "nowhere"));
    nothing_built(&mut ground.resolving(&[&did])).succeeds();
    // From neither, and from who asks.
    nothing_built(&mut bookless(&[&did])).refuses(&["notFound", "no known code of Olife ID"]);
    nothing_built(&mut bookless(&["--code", code.as_str().unwrap(), &did])).succeeds();
}
