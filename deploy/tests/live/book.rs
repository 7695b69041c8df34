//! The book is damaged, of elsewhere, or no longer true.

use crate::ground::{Ground, TestNode, STEPS, UPLOADS};
use allive_access::Upgradeable as _;
use allive_calls::{at, parts, Code};
use allive_rpc::{key, Transaction};
use ink::primitives::AccountId;
use olife_nexus::OlifeNexus;
use std::fs;

#[test]
fn a_half_written_book_is_named_and_what_to_do_about_it() {
    let ground = Ground::deployed();
    let file = ground.book_file();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, &text[..text.len() / 2]).unwrap();
    for (subcommand, arguments) in [
        ("status", &[][..]),
        (
            "up",
            &[
                "--config",
                &crate::ground::development(),
                "--suri",
                "//Alice",
                "--yes",
            ],
        ),
    ] {
        let said = ground.run(subcommand, arguments);
        said.refuses(&["cannot be used", "allive up", &file.display().to_string()]);
    }
    // As the advice says.
    fs::remove_file(&file).unwrap();
    ground.up().succeeds();
    assert_eq!(ground.sent(), STEPS);
}

#[test]
fn the_book_of_another_chain_is_refused() {
    let ground = Ground::deployed();
    let file = ground.book_file();
    let genesis = ground.book()["chain"]["genesis"]
        .as_str()
        .unwrap()
        .to_owned();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace(&genesis, &format!("0x{}", "22".repeat(32))),
    )
    .unwrap();
    ground
        .run("status", &[])
        .refuses(&["book of another chain", "0x2222"]);
}

#[test]
fn without_a_book_status_says_who_writes_it() {
    Ground::new()
        .run("status", &[])
        .refuses(&["no address book", "allive up"]);
}

#[test]
fn the_book_of_another_deployer_is_refused() {
    let ground = Ground::deployed();
    let config = crate::ground::development();
    ground
        .run("up", &["--config", &config, "--suri", "//Bob", "--yes"])
        .refuses(&["deployer", "--book"]);
}

#[test]
fn contracts_that_are_gone_are_named_by_status_and_created_by_up() {
    let mut ground = Ground::deployed();
    let book = ground.book();
    // The same chain from its beginning: all that was on it is gone.
    ground.node = TestNode::start();
    let gone = format!("differ in {UPLOADS} places");
    ground.run("status", &[]).refuses(&[&gone]);
    ground.up().succeeds();
    ground.run("status", &[]).succeeds();
    let after = ground.book();
    assert_eq!(
        after["contracts"]["alv"]["address"],
        book["contracts"]["alv"]["address"]
    );
}

#[test]
fn a_book_from_before_the_factory_is_completed_by_up() {
    let ground = Ground::deployed();
    let book = ground.book();
    let mut old = book.clone();
    old.as_object_mut().unwrap().remove("codes");
    old["contracts"]
        .as_object_mut()
        .unwrap()
        .remove("derived_factory");
    fs::write(ground.book_file(), old.to_string()).unwrap();
    ground
        .run("status", &[])
        .refuses(&["no contract `derived_factory`", "allive up"]);
    ground.up().succeeds();
    assert_eq!(ground.sent(), STEPS, "all of it lies on the chain");
    for part in ["contracts", "codes"] {
        let names = |book: &serde_json::Value| book[part].as_object().unwrap().len();
        assert_eq!(names(&ground.book()), names(&book));
    }
    ground.run("status", &[]).succeeds();
}

#[test]
fn another_code_of_the_token_in_the_book_is_named_by_status_and_verify() {
    let ground = Ground::deployed();
    let mut book = ground.book();
    // Code that is on the chain, and not that of the token.
    book["codes"]["derived_token"]["code_hash"] = book["contracts"]["alv"]["code_hash"].clone();
    fs::write(ground.book_file(), book.to_string()).unwrap();
    ground.run("status", &[]).refuses(&["differ in 1 places"]);
    ground
        .run("verify", &["--no-build"])
        .refuses(&["1 codes differ"]);
    // Code that is nowhere.
    let nowhere = format!("0x{}", "33".repeat(32));
    book["codes"]["derived_token"]["code_hash"] = nowhere.into();
    fs::write(ground.book_file(), book.to_string()).unwrap();
    ground.run("status", &[]).refuses(&["differ in 2 places"]);
    ground.up().succeeds();
    ground.run("status", &[]).succeeds();
    assert_eq!(ground.sent(), STEPS);
}

#[test]
fn a_contract_whose_code_was_replaced_by_another_hand_is_named_and_left_alone() {
    let ground = Ground::deployed();
    let node = ground.node.connect();
    let alice = key("//Alice").unwrap();
    let account = ground.book()["contracts"]["olife_nexus"]["account"].clone();
    let account = hex::decode(&account.as_str().unwrap()[2..]).unwrap();
    let account: [u8; 32] = account.try_into().unwrap();
    let nexus = || at::<OlifeNexus>(AccountId::from(account));
    let next = Code::read("nexus_next").unwrap();
    let hash = next.hash().into();
    let send = |transaction: Transaction| {
        let trial = node.trial(&alice.account(), &transaction).unwrap();
        let sent = node.send(&alice, &transaction, &trial).unwrap();
        assert_eq!(sent.failure, None);
    };
    send(Transaction::Upload { code: next.wasm });
    let (contract, input) = parts(nexus().announce_upgrade(hash, None));
    send(Transaction::Call { contract, input });
    node.advance_clock(6_000).unwrap();
    let (contract, input) = parts(nexus().set_code_hash(hash));
    send(Transaction::Call { contract, input });

    let before = ground.sent();
    ground.run("status", &[]).refuses(&["differ in 1 places"]);
    ground
        .run("verify", &["--no-build"])
        .refuses(&["1 codes differ"]);
    ground
        .up()
        .refuses(&["olife_nexus", "was replaced", "allive status"]);
    assert_eq!(ground.sent(), before);
}
