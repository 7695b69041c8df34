//! Wrong chains, wrong files, poor accounts: each named, with what to do, and nothing sent.

use crate::ground::{allive, development, profile, Ground, Said, TestNode};
use allive_rpc::key;
use std::fs;

/// Who receives what is decided about, in the template: an account that only holds a place.
const FORFEITS: &str =
    "forfeits_to = \"0x00000000000000000000000000000000000000000000000000000000000000f1\"";
const REMAINDER: &str = "cooldown = \"72h\"\nremainder_to = \"0x00000000000000000000000000000000000000000000000000000000000000f1\"";

/// Nobody's key, without coins.
const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

fn up_with(ground: &Ground, config: &str) -> Said {
    ground.run("up", &["--config", config, "--suri", "//Alice", "--yes"])
}

#[test]
fn a_node_that_does_not_answer_is_named() {
    let mut command = allive(&["status", "--url", "ws://127.0.0.1:1"]);
    Said::of(&mut command).refuses(&["ws://127.0.0.1:1", "make node"]);
    let mut command = allive(&["status", "--url", "not a url"]);
    Said::of(&mut command).refuses(&["not a url"]);
}

#[test]
fn the_development_profile_is_refused_on_another_chain() {
    let ground = Ground::on(TestNode::with(&["--chain-type", "live"]));
    up_with(&ground, &development()).refuses(&["no development chain", "production"]);
    assert_eq!(ground.sent(), 0);
}

#[test]
fn a_deployment_for_another_chain_is_refused() {
    let ground = Ground::new();
    let text = fs::read_to_string(development()).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let elsewhere = format!("genesis = \"0x{}\"\n{text}", "11".repeat(32));
    fs::write(file.path(), elsewhere).unwrap();
    up_with(&ground, &file.path().to_string_lossy())
        .refuses(&["is meant for the chain 0x1111", "--url"]);
}

#[test]
fn the_production_profile_refuses_durations_of_seconds() {
    let text = fs::read_to_string(profile("production.toml")).unwrap();
    for (good, bad, name) in [
        ("pause = \"72h\"", "pause = \"10s\"", "alv.pause"),
        (
            "upgrade_notice = \"30days\"",
            "upgrade_notice = \"5s\"",
            "olife_nexus.upgrade_notice",
        ),
        (
            "longest_term = \"3650days\"",
            "longest_term = \"1h\"",
            "olife_nexus.longest_term",
        ),
        (
            "silence = \"30days\"",
            "silence = \"30s\"",
            "derived_factory.silence",
        ),
        (
            "answer = \"7days\"",
            "answer = \"7s\"",
            "derived_factory.answer",
        ),
        (
            "unbonding = \"45days\"",
            "unbonding = \"45s\"",
            "derived_factory.unbonding",
        ),
        (
            "change.\nnotice = \"14days\"",
            "change.\nnotice = \"14s\"",
            "derived_factory.notice",
        ),
        (
            "claims = \"5years\"",
            "claims = \"1year\"",
            "derived_factory.claims is 1year, and in this profile it is at least 2years",
        ),
        (
            "pause = \"72h\"\ncooldown = \"72h\"\nremainder_to",
            "pause = \"10s\"\ncooldown = \"72h\"\nremainder_to",
            "derived_factory.pause",
        ),
        (
            "longest_transit = \"60days\"",
            "longest_transit = \"6days\"",
            "provenance.longest_transit is 6days, and in this profile it is 7days to",
        ),
        (
            "lowering_delay = \"72h\"",
            "lowering_delay = \"1h\"",
            "provenance.lowering_delay",
        ),
        (
            "undo = \"10days\"",
            "undo = \"11days\"",
            "provenance.undo is 11days, and in this profile it is 1day to 10days",
        ),
        (
            "notify = \"24h\"",
            "notify = \"25h\"",
            "provenance.notify is 1day 1h, and in this profile it is 1ms to 1day",
        ),
        (
            "upgrade_notice = \"65days\"",
            "upgrade_notice = \"13days\"",
            "provenance.upgrade_notice is 13days, and in the profile `production` it is at least 14days",
        ),
        (
            "upgrade_notice = \"65days\"",
            "upgrade_notice = \"62days\"",
            "provenance.longest_transit and lowering_delay, so that what was on its way arrives",
        ),
        ("delay = \"7days\"", "delay = \"7s\"", "olife_id.delay"),
        (
            "contest = \"14days\"",
            "contest = \"7s\"",
            "olife_id cannot have these terms: a thief must not win",
        ),
        (
            "settling = \"28days\"",
            "settling = \"29days\"",
            "olife_id.settling is 29days, and in the profile `production` it is at most 28days",
        ),
        ("fade = \"365days\"", "fade = \"1day\"", "olife_id.fade"),
        (
            "pause = \"72h\"\ncooldown = \"72h\"\n# Who receives",
            "pause = \"10s\"\ncooldown = \"72h\"\n# Who receives",
            "olife_id.pause",
        ),
        ("genesis = ", "# genesis = ", "genesis"),
        (
            "admin = \"council\"",
            "admin = \"deployer\"",
            "`admin` must be",
        ),
        (
            "least_delay = \"48h\"",
            "least_delay = \"1h\"",
            "council.least_delay",
        ),
        (
            "lifetime = \"60days\"",
            "lifetime = \"6days\"",
            "council.lifetime",
        ),
        (
            "window = \"24h\"",
            "window = \"60s\"",
            "council.emergency.window",
        ),
        (
            "cooldown = \"7days\"",
            "cooldown = \"60s\"",
            "council.emergency.cooldown",
        ),
        (
            "grave = { threshold = 3, delay = \"48h\" }",
            "grave = { threshold = 3, delay = \"24h\" }",
            "5 members cannot have these terms",
        ),
        (
            "grave = { threshold = 3, delay = \"48h\" }",
            "grave = { threshold = 3, delay = \"10days\" }",
            "council.grave has a delay of 10days, and derived_factory.answer is 7days",
        ),
        (
            "pausers = [\"council\"]",
            "pausers = []",
            "alv.pausers does not name",
        ),
        (
            "pausers = [\"council\"]",
            "pausers = [\"council\", \"deployer\"]",
            "alv.pausers names the deployer",
        ),
        (
            "minters = []",
            "minters = [\"deployer\"]",
            "alv.minters names the deployer",
        ),
        (
            FORFEITS,
            "forfeits_to = \"deployer\"",
            "olife_id.forfeits_to names the deployer",
        ),
        (
            "00Z\"\nremainder_to = \"council\"",
            "00Z\"\nremainder_to = \"deployer\"",
            "alv_distributor.remainder_to names the deployer",
        ),
        (
            REMAINDER,
            "cooldown = \"72h\"\nremainder_to = \"deployer\"",
            "derived_factory.remainder_to names the deployer",
        ),
    ] {
        assert!(text.contains(good), "{good}");
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text.replace(good, bad)).unwrap();
        let config = file.path().to_string_lossy().into_owned();
        let mut command = allive(&["up", "--config", &config, "--suri", "//Alice"]);
        Said::of(&mut command).refuses(&[name]);
    }
}

#[test]
fn the_production_profile_waits_for_who_lost_a_key() {
    let text = fs::read_to_string(profile("production.toml")).unwrap();
    // Nothing is at this place: a profile that is taken ends there.
    let taken = "ws://127.0.0.1:1";
    let silence = ("silence = \"30days\"", "derived_factory.silence is");
    let notice = (
        "upgrade_notice = \"30days\"",
        "olife_nexus.upgrade_notice is",
    );
    for ((good, refused), value, words) in [
        (
            silence,
            "28days",
            "28days, and in the profile `production` it must exceed 28days",
        ),
        (silence, "28days 1ms", taken),
        (
            notice,
            "27days",
            "27days, and in the profile `production` it is at least 28days",
        ),
        (notice, "28days", taken),
    ] {
        let (name, _) = good.split_once(" = ").unwrap();
        assert_eq!(text.matches(good).count(), 1, "{good}");
        let file = tempfile::NamedTempFile::new().unwrap();
        let changed = text.replace(good, &format!("{name} = \"{value}\""));
        fs::write(file.path(), changed).unwrap();
        let config = file.path().to_string_lossy().into_owned();
        let arguments = [
            "up", "--url", taken, "--config", &config, "--suri", "//Alice",
        ];
        let said = Said::of(&mut allive(&arguments)).refuses(&[words]);
        assert_eq!(said.contains(refused), words != taken, "{said}");
    }
    // Longer recoveries want more of both.
    let good = "delay = \"7days\"";
    assert_eq!(text.matches(good).count(), 1);
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), text.replace(good, "delay = \"8days\"")).unwrap();
    let config = file.path().to_string_lossy().into_owned();
    let arguments = [
        "up", "--url", taken, "--config", &config, "--suri", "//Alice",
    ];
    Said::of(&mut allive(&arguments)).refuses(&["it must exceed 30days"]);
}

#[test]
fn a_production_council_has_three_members_whose_keys_are_their_own() {
    let text = fs::read_to_string(profile("production.toml")).unwrap();
    let (before, rest) = text.split_once("members = [").unwrap();
    let (_, after) = rest.split_once(']').unwrap();
    let own = |digit: char| format!("0x{}", digit.to_string().repeat(64));
    let bob = format!("0x{}", hex::encode(key("//Bob").unwrap().account()));
    for (members, words) in [
        (vec![own('1'), own('2')], "names 2, and in the profile"),
        (vec![own('1'), own('2'), own('1')], "one member twice"),
        (vec![own('1'), own('2'), bob], "a development account"),
        (
            vec![own('1'), own('2'), "council".into()],
            "a member of itself",
        ),
        (vec![], "names 0"),
    ] {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), format!("{before}members = {members:?}{after}")).unwrap();
        let config = file.path().to_string_lossy().into_owned();
        let mut command = allive(&["up", "--config", &config, "--suri", "//Alice"]);
        Said::of(&mut command).refuses(&[words]);
    }
}

#[test]
fn a_configuration_with_a_mistake_is_refused_by_its_place() {
    let text = fs::read_to_string(development()).unwrap();
    let ground = Ground::new();
    for (good, bad, words) in [
        ("cap = \"1000000000\"", "cap = \"1e9\"", "1e9"),
        (
            "cap = \"1000000000\"",
            "cap = \"1\"",
            "alv.supply is above alv.cap",
        ),
        ("cooldown", "cool_down", "cool_down"),
        ("\"10s\"", "\"10 parsecs\"", "parsecs"),
        (
            "remainder_to = \"deployer\"",
            "remainder_to = \"5Bob\"",
            "5Bob",
        ),
        ("data/holders.csv", "data/nobody.csv", "nobody.csv"),
        (
            "min_cover = \"50%\"",
            "min_cover = \"50\"",
            "`50` is no percentage",
        ),
        (
            "min_cover = \"50%\"",
            "min_cover = \"19.99%\"",
            "derived_factory.min_cover is 19.99%",
        ),
        (
            "stake_share = \"20%\"",
            "stake_share = \"100.01%\"",
            "derived_factory.stake_share is 100.01%",
        ),
        ("min_stake = \"100\"", "min_stake = \"0\"", "`0` is nothing"),
        (
            "min_stake = \"100\"",
            "min_stake = \"1000000.00000001\"",
            "at most 1,000,000.00000000",
        ),
        (
            "unbonding = \"90s\"",
            "unbonding = \"70s\"",
            "derived_factory.unbonding is 1m 10s, and must exceed 1m 10s",
        ),
        (
            "silence = \"60s\"",
            "silence = \"0s\"",
            "derived_factory.silence is 0s",
        ),
        (
            "claims = \"60s\"",
            "claims = \"3651days\"",
            "derived_factory.claims",
        ),
        (
            "undo = \"60s\"",
            "undo = \"366days\"",
            "provenance.undo is 1year 18h, and in this profile it is 1ms to",
        ),
        (
            "grave = { threshold = 1",
            "grave = { threshold = 2",
            "council: 1 members cannot have these terms",
        ),
        (
            "admin = \"deployer\"",
            "admin = \"council\"",
            "alv.pausers names the deployer",
        ),
        ("2035-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "deadline"),
    ] {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text.replacen(good, bad, 1)).unwrap();
        up_with(&ground, &file.path().to_string_lossy()).refuses(&[words]);
        assert_eq!(ground.sent(), 0, "{bad}");
    }
}

#[test]
fn an_account_without_coins_is_named_before_anything_is_sent() {
    let ground = Ground::new();
    let mut command = ground.command("up", &["--config", &development(), "--yes"]);
    command.env("ALLIVE_SURI", PHRASE);
    Said::of(&mut command).refuses(&["has 0.", "send it coins", "nothing was sent"]);
}

#[test]
fn an_account_that_can_pay_for_each_step_but_not_for_all_is_told_what_all_take() {
    let ground = Ground::new();
    let node = ground.node.connect();
    let deployer = key(PHRASE).unwrap();
    // More than the largest deposit, less than the sum.
    let coins = 1_000_000_000_000;
    let sent = node.give(&key("//Alice").unwrap(), &deployer.account(), coins);
    assert_eq!(sent.unwrap().failure, None);
    let mut command = ground.command("up", &["--config", &development(), "--yes"]);
    command.env("ALLIVE_SURI", PHRASE);
    Said::of(&mut command).refuses(&["has 1.000000", "takes up to 6.", "nothing was sent"]);
    assert_eq!(node.nonce(&deployer.account()).unwrap(), 0);
}

#[test]
fn code_that_is_too_large_for_the_chain_is_named_before_anything_is_sent() {
    let ground = Ground::new();
    let folder = tempfile::tempdir().unwrap();
    let from = allive_calls::artifacts();
    let to = folder.path().join("ink");
    fs::create_dir(&to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
    let limit = ground.node.connect().limits().code as usize;
    fs::write(to.join("alv.wasm"), vec![0; limit + 1]).unwrap();
    let arguments = ["--config", &development(), "--suri", "//Alice", "--yes"];
    let mut command = ground.command("up", &arguments);
    command.env("CARGO_TARGET_DIR", folder.path());
    Said::of(&mut command).refuses(&["alv", &limit.to_string(), "nothing was sent"]);
    assert_eq!(ground.sent(), 0);
}
