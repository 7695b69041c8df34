//! A deployment from nothing, and once more.

use crate::ground::{Ground, CONTRACTS, STEPS, UPLOADS};
use allive_calls::Code;
use allive_rpc::key;

#[test]
fn a_plan_shows_every_step_and_sends_nothing() {
    let ground = Ground::new();
    let config = crate::ground::development();
    let said = ground.run("up", &["--config", &config, "--suri", "//Alice", "--plan"]);
    let said = said.succeeds();
    assert_eq!(said.matches("missing ").count() as u64, STEPS, "{said}");
    assert!(said.contains(&format!("{STEPS} of {STEPS} steps are missing")));
    assert_eq!(ground.sent(), 0);
    assert!(ground.folder.path().read_dir().unwrap().next().is_none());
}

#[test]
fn without_somebody_to_ask_nothing_is_sent() {
    let ground = Ground::new();
    let config = crate::ground::development();
    ground
        .run("up", &["--config", &config, "--suri", "//Alice"])
        .refuses(&["nothing was sent", "--yes"]);
    assert_eq!(ground.sent(), 0);
}

#[test]
fn up_deploys_the_suite_and_a_second_up_sends_nothing() {
    let ground = Ground::new();
    let said = ground.up().succeeds();
    assert_eq!(ground.sent(), STEPS, "{said}");
    let book = ground.book();
    for name in CONTRACTS {
        let entry = &book["contracts"][name];
        let hash = Code::read(name).unwrap().hash();
        assert_eq!(entry["code_hash"], format!("0x{}", hex::encode(hash)));
        assert_eq!(entry["constructor"], "new");
        assert!(entry["block"].is_u64());
        assert!(entry["address"].as_str().unwrap().starts_with('5'));
    }
    let [alv, nexus] = ["alv", "olife_nexus"].map(|name| &book["contracts"][name]);
    assert_eq!(nexus["arguments"]["token"], alv["address"]);
    let identities = &book["contracts"]["olife_id"]["address"];
    assert_eq!(&nexus["arguments"]["identities"], identities);
    assert_eq!(alv["arguments"]["chain"], book["chain"]["genesis"]);
    assert_eq!(alv["arguments"]["supply"], "10000000000000000");
    assert_eq!(alv["arguments"]["pause"]["duration"], "10000");
    let factory = &book["contracts"]["derived_factory"]["arguments"];
    let code = &book["codes"]["derived_token"];
    let hash = Code::read("derived_token").unwrap().hash();
    assert_eq!(code["code_hash"], format!("0x{}", hex::encode(hash)));
    assert!(code["block"].is_u64());
    assert_eq!(factory["token_code"], code["code_hash"]);
    assert_eq!(factory["alv"], alv["address"]);
    let charter = &factory["charter"];
    assert_eq!(charter["chain"], book["chain"]["genesis"]);
    assert_eq!(charter["rules"]["min_cover"], "5000");
    assert_eq!(charter["rules"]["min_stake"], "10000000000");
    assert_eq!(charter["durations"]["unbonding"], "90000");
    let council = &book["contracts"]["council"]["arguments"];
    assert_eq!(council["members"][0], book["deployer"]);
    assert_eq!(council["terms"]["grave"]["delay"], "2000");
    assert_eq!(council["least_delay"], "1000");
    let log = book["log"].as_array().unwrap();
    assert_eq!(log.len() as u64, STEPS);
    for line in log {
        let fee: u128 = line["fee"].as_str().unwrap().parse().unwrap();
        assert!(fee > 0 && said.contains(line["extrinsic"].as_str().unwrap()));
    }

    let again = ground.up().succeeds();
    assert!(again.contains("0 transactions sent"), "{again}");
    assert_eq!(ground.sent(), STEPS);
    assert_eq!(ground.book(), book);
}

#[test]
fn a_deployment_takes_what_its_plan_says_and_no_more() {
    // The first on a chain without a block, the second on one that has a time.
    let ground = Ground::new();
    for salt in ["first", "second"] {
        let config = std::fs::read_to_string(crate::ground::development()).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        let salted = config.replace("admin = ", &format!("salt = \"{salt}\"\nadmin = "));
        std::fs::write(file.path(), salted).unwrap();
        let book = tempfile::tempdir().unwrap();
        let mut command = crate::ground::allive(&["up", "--url", &ground.node.url, "--book"]);
        command.arg(book.path()).arg("--config").arg(file.path());
        command.args(["--suri", "//Alice", "--yes"]);

        let alice = key("//Alice").unwrap().account();
        let before = ground.node.connect().balance(&alice).unwrap();
        let said = crate::ground::Said::of(&mut command).succeeds();
        let after = ground.node.connect().balance(&alice).unwrap();
        let (_, rest) = said.split_once("together at most ").unwrap();
        let (planned, _) = rest.split_once(" UNIT").unwrap();
        let planned: u128 = planned.replace('.', "").parse().unwrap();
        let taken = (before - after) / 1_000_000;
        let slack = planned / 100;
        assert!(
            taken <= planned && taken + slack >= planned,
            "{salt}: planned {planned}, taken {taken}"
        );
    }
}

#[test]
fn the_book_can_be_had_again_from_the_chain() {
    let ground = Ground::deployed();
    let book = ground.book();
    std::fs::remove_file(ground.book_file()).unwrap();
    ground.up().succeeds();
    assert_eq!(ground.sent(), STEPS);
    for (name, entry) in ground.book()["contracts"].as_object().unwrap() {
        for field in ["address", "code_hash", "arguments", "input", "salt"] {
            assert_eq!(entry[field], book["contracts"][name][field]);
        }
    }
    let token = |book: &serde_json::Value| book["codes"]["derived_token"]["code_hash"].clone();
    assert_eq!(token(&ground.book()), token(&book));
}

#[test]
fn another_salt_makes_another_suite() {
    let ground = Ground::deployed();
    let first = ground.book();
    let config = std::fs::read_to_string(crate::ground::development()).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let salted = config.replace("admin = ", "salt = \"second\"\nadmin = ");
    std::fs::write(file.path(), salted).unwrap();
    let other = tempfile::tempdir().unwrap();
    let mut command = crate::ground::allive(&["up", "--url", &ground.node.url, "--book"]);
    command.arg(other.path()).arg("--config").arg(file.path());
    command.args(["--suri", "//Alice", "--yes"]);
    crate::ground::Said::of(&mut command).succeeds();
    let file = other.path().read_dir().unwrap().next().unwrap().unwrap();
    let second: serde_json::Value =
        serde_json::from_slice(&std::fs::read(file.path()).unwrap()).unwrap();
    assert_ne!(
        first["contracts"]["alv"]["address"],
        second["contracts"]["alv"]["address"]
    );
    // The code is on the chain already.
    assert_eq!(ground.sent(), 2 * STEPS - UPLOADS);
}

#[test]
fn whoever_administers_is_offered_all_that_has_an_owner() {
    let ground = Ground::new();
    let config = std::fs::read_to_string(crate::ground::development()).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let bob = hex::encode(key("//Bob").unwrap().account());
    let handed = config.replace("admin = \"deployer\"", &format!("admin = \"0x{bob}\""));
    std::fs::write(file.path(), handed).unwrap();
    let config = file.path().to_string_lossy().into_owned();
    let up = || ground.run("up", &["--config", &config, "--suri", "//Alice", "--yes"]);
    up().succeeds();
    assert_eq!(ground.sent(), STEPS + 5);
    let said = ground.run("status", &[]).succeeds();
    for name in [
        "alv",
        "olife_id",
        "olife_nexus",
        "derived_factory",
        "provenance",
    ] {
        let owner = format!("{name}: owner");
        let line = said.lines().find(|line| line.contains(&owner)).unwrap();
        assert!(line.contains("offered to"), "{line}");
    }
    up().succeeds();
    assert_eq!(
        ground.sent(),
        STEPS + 5,
        "what is offered is not offered again"
    );
}

#[test]
fn status_and_verify_agree_with_a_fresh_deployment() {
    let ground = Ground::deployed();
    let said = ground.run("status", &[]).succeeds();
    assert!(said.contains("chain and book agree"), "{said}");
    for what in [
        "derived_token: code",
        "derived_factory: code of derived_token",
        "alv: derived_factory is a vault",
        "olife_id: token",
        "olife_id: chain",
        "olife_id: recovery",
        "council: members",
        "alv: the council can pause it",
        "provenance: Olife ID",
        "provenance: chain",
        "provenance: terms",
    ] {
        assert!(said.contains(what), "{said}");
    }
    let said = ground.run("verify", &["--no-build"]).succeeds();
    assert!(
        said.contains(
            "the chain runs what these sources say, 7 contracts, and has the code of derived_token"
        ),
        "{said}"
    );
}
