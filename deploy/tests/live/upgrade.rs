//! New code, in its two steps.

use crate::ground::{bundle, Ground, Said};
use allive_calls::{artifacts, Code};
use std::fs;

fn upgrade(ground: &Ground, more: &[&str]) -> Said {
    let next = bundle("nexus_next");
    let mut arguments = vec!["--bundle", &next, "--yes"];
    arguments.extend(more);
    ground.run("upgrade", &[&["olife_nexus"], &arguments[..]].concat())
}

const BY_ALICE: [&str; 4] = ["--suri", "//Alice", "--migration", "migrate"];

#[test]
fn an_upgrade_is_announced_waits_and_comes_with_its_migration() {
    let ground = Ground::deployed();
    let old = ground.book()["contracts"]["olife_nexus"]["code_hash"].clone();
    let said = upgrade(&ground, &BY_ALICE).succeeds();
    assert!(said.contains("run the same command then"), "{said}");
    assert_eq!(ground.book()["contracts"]["olife_nexus"]["code_hash"], old);

    let said = upgrade(&ground, &[&BY_ALICE[..], &["--wait"]].concat()).succeeds();
    assert!(said.contains("upgraded: olife_nexus"), "{said}");
    let entry = ground.book()["contracts"]["olife_nexus"].clone();
    assert_eq!(entry["upgrades"][0]["from"], old);
    assert_eq!(entry["upgrades"][0]["to"], entry["code_hash"]);
    assert_ne!(entry["code_hash"], old);
    ground.run("status", &[]).succeeds();

    // What is done is not done again, and `up` knows the new code by the book.
    let sent = ground.sent();
    let said = upgrade(&ground, &BY_ALICE).succeeds();
    assert!(said.contains("runs this code already"), "{said}");
    ground.up().succeeds();
    assert_eq!(ground.sent(), sent);
}

#[test]
fn code_that_would_not_read_what_is_stored_is_refused_cell_by_cell() {
    let ground = Ground::deployed();
    let before = ground.sent();
    let hostile = bundle("hostile");
    ground
        .run(
            "upgrade",
            &[
                "olife_nexus",
                "--bundle",
                &hostile,
                "--suri",
                "//Alice",
                "--yes",
            ],
        )
        .refuses(&["would not read what is stored", "records", "is gone"]);
    assert_eq!(ground.sent(), before);
}

#[test]
fn where_other_code_is_built_than_the_chain_runs_nothing_is_upgraded() {
    let ground = Ground::deployed();
    let running = ground.book()["contracts"]["olife_nexus"]["code_hash"].clone();
    let before = ground.sent();
    for new in ["hostile", "nexus_next"] {
        // What the sources of the new code leave when they are built: its layout, held against that
        // of its own sources, would always fit.
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("ink")).unwrap();
        for kind in ["wasm", "json"] {
            let from = artifacts().join(format!("{new}.{kind}"));
            let to = folder.path().join(format!("ink/olife_nexus.{kind}"));
            fs::copy(from, to).unwrap();
        }
        let file = bundle(new);
        let arguments = [
            "olife_nexus",
            "--bundle",
            &file,
            "--suri",
            "//Alice",
            "--yes",
        ];
        let mut command = ground.command("upgrade", &arguments);
        command.env("CARGO_TARGET_DIR", folder.path());
        let runs = format!("runs the code {}", running.as_str().unwrap());
        let built = Code::read(new).unwrap().hash();
        let builds = format!("these sources build 0x{}", hex::encode(built));
        Said::of(&mut command).refuses(&[&runs, &builds, "nothing was sent", "--bundle"]);
        assert_eq!(ground.sent(), before);
    }
    // From where the code is built that the chain runs, the same new code is announced.
    let said = upgrade(&ground, &BY_ALICE).succeeds();
    assert!(said.contains("run the same command then"), "{said}");
}

#[test]
fn who_does_not_own_the_contract_is_told_what_the_owner_sends() {
    let ground = Ground::deployed();
    // Anybody may upload code; only the owner announces it.
    let complaint = upgrade(&ground, &["--suri", "//Bob"]).refuses(&["owner", "with the input 0x"]);
    assert!(complaint.contains("announce"), "{complaint}");
}

#[test]
fn a_contract_that_has_no_upgrade_or_is_not_in_the_book_is_refused() {
    let ground = Ground::deployed();
    let next = bundle("nexus_next");
    ground
        .run(
            "upgrade",
            &["no_such", "--bundle", &next, "--suri", "//Alice", "--yes"],
        )
        .refuses(&["no contract `no_such`"]);
    let alv = bundle("alv");
    let said = ground.run(
        "upgrade",
        &["alv", "--bundle", &alv, "--suri", "//Alice", "--yes"],
    );
    assert!(said.succeeds().contains("runs this code already"));
    let before = ground.sent();
    for (name, words) in [
        ("alv", "alv cannot be upgraded"),
        ("derived_factory", "derived_factory cannot be upgraded"),
        ("derived_token", "keep it for good"),
    ] {
        let arguments = [name, "--bundle", &next, "--suri", "//Alice", "--yes"];
        ground.run("upgrade", &arguments).refuses(&[words]);
    }
    assert_eq!(ground.sent(), before);
}

#[test]
fn a_file_that_is_no_bundle_and_a_migration_that_is_not_there_are_named() {
    let ground = Ground::deployed();
    let file = crate::ground::development();
    ground
        .run(
            "upgrade",
            &[
                "olife_nexus",
                "--bundle",
                &file,
                "--suri",
                "//Alice",
                "--yes",
            ],
        )
        .refuses(&["development.toml"]);
    upgrade(&ground, &["--suri", "//Alice", "--migration", "no_such"])
        .refuses(&["no message `no_such`"]);
}
