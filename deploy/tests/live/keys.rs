//! Where keys come from, and that they stay there.

use crate::ground::{development, Ground, Said, TestNode};
use std::fs;

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

#[test]
fn a_development_key_is_refused_where_there_is_real_money() {
    let ground = Ground::on(TestNode::with(&["--chain-type", "live"]));
    let text = fs::read_to_string(crate::ground::profile("production.toml")).unwrap();
    let genesis = hex::encode(ground.node.connect().kind().genesis);
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut text = text.replace(&"0".repeat(64), &genesis);
    fs::write(file.path(), &text).unwrap();
    let config = file.path().to_string_lossy().into_owned();
    let by_alice = || ground.run("up", &["--config", &config, "--suri", "//Alice", "--yes"]);
    // The template names members that are nobody.
    by_alice().refuses(&["council.members", "only holds a place"]);
    for member in 1..=5 {
        let place = format!("{}{member}", "0".repeat(63));
        text = text.replace(&place, &member.to_string().repeat(64));
    }
    fs::write(file.path(), &text).unwrap();
    // And a fund that is nobody's.
    by_alice().refuses(&["olife_id.forfeits_to", "only holds a place"]);
    let text = text.replace(&format!("{}f1", "0".repeat(62)), &"7".repeat(64));
    fs::write(file.path(), text).unwrap();
    by_alice().refuses(&["development key", "no development chain"]);
    // The same seed, written so that no phrase shows.
    let mut command = ground.command("up", &["--config", &config, "--yes"]);
    command.env(
        "ALLIVE_SURI",
        "0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a",
    );
    Said::of(&mut command).refuses(&["development key"]);
    // A key of one's own gets as far as its coins do.
    let mut command = ground.command("up", &["--config", &config, "--yes"]);
    command.env("ALLIVE_SURI", PHRASE);
    Said::of(&mut command).refuses(&["has 0."]);
    assert_eq!(ground.sent(), 0);
}

#[test]
fn a_key_comes_from_a_file_or_the_environment_and_is_never_shown() {
    let ground = Ground::new();
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), format!("{PHRASE}\n")).unwrap();
    let path = file.path().to_string_lossy().into_owned();
    let config = development();
    let mut from_environment = ground.command("up", &["--config", &config, "--plan"]);
    from_environment.env("ALLIVE_SURI", PHRASE);
    let one = Said::of(&mut from_environment);
    let two = ground.run("up", &["--config", &config, "--plan", "--key-file", &path]);
    for said in [&one, &two] {
        assert!(said.err.contains("has 0."), "{said:?}");
        for word in ["winner", "sausage"] {
            assert!(!said.out.contains(word) && !said.err.contains(word));
        }
    }
    assert_eq!(one.err, two.err, "two sources, one account");
}

#[test]
fn a_wrong_key_is_refused_and_not_repeated() {
    let ground = Ground::new();
    let mut command = ground.command("up", &["--config", &development(), "--yes"]);
    command.env("ALLIVE_SURI", "legal winner thank year wave sausage");
    let complaint = Said::of(&mut command).refuses(&["ALLIVE_SURI", "BIP-39"]);
    assert!(!complaint.contains("sausage"), "{complaint}");
}

#[test]
fn a_secret_on_the_command_line_is_refused() {
    let ground = Ground::new();
    let complaint = ground
        .run("up", &["--config", &development(), "--suri", PHRASE])
        .refuses(&["--suri takes development keys"]);
    assert!(!complaint.contains("sausage"), "{complaint}");
}

#[test]
fn without_any_key_the_three_places_are_named() {
    let ground = Ground::new();
    ground.run("up", &["--config", &development()]).refuses(&[
        "ALLIVE_SURI",
        "--key-file",
        "terminal",
    ]);
}
