//! Ownership passes to the council: offered by who deployed, accepted by its members, each step by
//! one run of the command.

use crate::ground::{bundle, development, Ground, Said, STEPS};
use allive_rpc::key;
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::Stdio,
};
use tempfile::NamedTempFile;

/// What `up` offers: ALV, Olife ID, the Nexus, the factory, provenance.
const OFFERS: u64 = 5;

/// The development profile with a council of Bob, Charlie and Dave, of whom two decide, as admin.
fn profile() -> NamedTempFile {
    let text = fs::read_to_string(development()).unwrap();
    let members = ["//Bob", "//Charlie", "//Dave"].map(|name| {
        let account = key(name).unwrap().account();
        format!("\"0x{}\"", hex::encode(account))
    });
    let text = [
        ("admin = \"deployer\"", "admin = \"council\"".to_owned()),
        ("pausers = [\"deployer\"]", "pausers = [\"council\"]".into()),
        (
            "members = [\"deployer\"]",
            format!("members = [{}]", members.join(", ")),
        ),
        ("grave = { threshold = 1", "grave = { threshold = 2".into()),
        (
            "constitutional = { threshold = 1",
            "constitutional = { threshold = 2".into(),
        ),
        (
            "emergency = { threshold = 1",
            "emergency = { threshold = 2".into(),
        ),
        // So long that no test comes too late for what is announced.
        (
            "upgrade_notice = \"5s\"",
            "upgrade_notice = \"600s\"".into(),
        ),
    ]
    .into_iter()
    .fold(text, |text, (good, other)| {
        assert!(text.contains(good), "{good}");
        text.replace(good, &other)
    });
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

struct Council {
    ground: Ground,
    profile: NamedTempFile,
}

impl Council {
    /// All is deployed, and offered to the council.
    fn offered() -> Self {
        let council = Self {
            ground: Ground::new(),
            profile: profile(),
        };
        let said = council.up().succeeds();
        assert!(said.contains("each runs `allive handover`"), "{said}");
        assert_eq!(council.ground.sent(), STEPS + OFFERS);
        council
    }

    /// The council owns all.
    fn owning() -> Self {
        let council = Self::offered();
        council.hand("//Bob", &[]).succeeds();
        council.hand("//Charlie", &["--wait"]).succeeds();
        council
    }

    fn up(&self) -> Said {
        let config = self.profile.path().to_string_lossy().into_owned();
        self.ground
            .run("up", &["--config", &config, "--suri", "//Alice", "--yes"])
    }

    fn hand(&self, by: &str, more: &[&str]) -> Said {
        let arguments = [&["--suri", by, "--yes"], more].concat();
        self.ground.run("handover", &arguments)
    }

    fn upgrade(&self, by: &str) -> Said {
        let next = bundle("nexus_next");
        let arguments = [
            "olife_nexus",
            "--bundle",
            &next,
            "--migration",
            "migrate",
            "--suri",
            by,
            "--yes",
        ];
        self.ground.run("upgrade", &arguments)
    }

    fn sent_by(&self, name: &str) -> u64 {
        let account = key(name).unwrap().account();
        self.ground.node.connect().nonce(&account).unwrap()
    }

    fn owners(&self) -> Vec<String> {
        let said = self.ground.run("status", &[]).succeeds();
        let lines = said.lines().filter(|line| line.contains(": owner"));
        lines.map(str::to_owned).collect()
    }
}

#[test]
fn members_accept_what_was_offered_two_of_three_after_the_delay() {
    let council = Council::offered();
    let owners = council.owners();
    assert_eq!(owners.len() as u64, OFFERS);
    for line in owners {
        assert!(line.contains("offered to the council"), "{line}");
    }
    council
        .hand("//Eve", &[])
        .refuses(&["the key is no member's", "with the input 0x"]);
    let said = council.hand("//Bob", &[]).succeeds();
    assert!(said.contains("1 of 2 members approve"), "{said}");
    // Once more he has nothing to do.
    let sent = council.sent_by("//Bob");
    council.hand("//Bob", &[]).succeeds();
    assert_eq!(council.sent_by("//Bob"), sent);
    let said = council.hand("//Charlie", &[]).succeeds();
    assert!(said.contains("run the same command then"), "{said}");
    // Anybody carries it out.
    let said = council.hand("//Eve", &["--wait"]).succeeds();
    assert!(said.contains("handed over: the council owns"), "{said}");
    for line in council.owners() {
        assert!(line.contains("the council, 5"), "{line}");
        assert!(!line.contains("offered"), "{line}");
    }

    // It is over for everybody, and for who deployed as well.
    let sent = ["//Alice", "//Bob"].map(|name| council.sent_by(name));
    council.hand("//Bob", &[]).succeeds();
    let said = council.up().succeeds();
    assert!(said.contains("0 transactions sent"), "{said}");
    council
        .upgrade("//Alice")
        .refuses(&["announce", "for the council to decide", "no member's"]);
    let after = ["//Alice", "//Bob"].map(|name| council.sent_by(name));
    // She put the code on the chain, as anybody may.
    assert_eq!(after, [sent[0] + 1, sent[1]]);
}

#[test]
fn an_owner_that_has_not_offered_is_named() {
    let ground = Ground::deployed();
    ground
        .run("handover", &["--suri", "//Bob", "--yes"])
        .refuses(&["alv is not offered to the council", "runs this command"]);
    assert_eq!(ground.sent(), STEPS);
}

#[test]
fn the_council_upgrades_the_nexus_and_its_delay_passes_with_the_notice() {
    let council = Council::owning();
    let old = council.ground.book()["contracts"]["olife_nexus"]["code_hash"].clone();
    let said = council.upgrade("//Bob").succeeds();
    assert!(said.contains("1 of 2 members approve"), "{said}");
    let said = council.upgrade("//Dave").succeeds();
    assert!(said.contains("run the same command then"), "{said}");
    let node = council.ground.node.connect();
    node.advance_clock(3_000).unwrap();
    // Announced, and what is to come of it proposed.
    let said = council.upgrade("//Charlie").succeeds();
    assert!(said.contains("announce, carried out"), "{said}");
    assert!(said.contains("replace the code, proposed"), "{said}");
    let said = council.upgrade("//Bob").succeeds();
    assert!(said.contains("replace the code, approved"), "{said}");
    assert!(said.contains("run the same command then"), "{said}");
    assert_eq!(
        council.ground.book()["contracts"]["olife_nexus"]["code_hash"],
        old
    );
    node.advance_clock(600_000).unwrap();
    let said = council.upgrade("//Eve").succeeds();
    assert!(said.contains("upgraded: olife_nexus"), "{said}");
    let entry = council.ground.book()["contracts"]["olife_nexus"].clone();
    assert_eq!(entry["upgrades"][0]["from"], old);
    assert_ne!(entry["code_hash"], old);
    council.ground.run("status", &[]).succeeds();
}

/// Runs `allive handover` by Alice, the only member, and kills it when it has sent something.
fn killed(ground: &Ground) {
    let arguments = ["--suri", "//Alice", "--yes", "--wait"];
    let mut process = ground
        .command("handover", &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let said = BufReader::new(process.stdout.take().unwrap()).lines();
    said.map_while(Result::ok)
        .find(|line| line.contains(": block "));
    process.kill().unwrap(); // SIGKILL
    process.wait().unwrap();
}

#[test]
fn killed_after_each_step_it_goes_on_where_it_was_and_nothing_is_left_with_the_deployer() {
    let ground = Ground::deployed();
    // A role given, one laid down, the offers, a proposal that is approved by being made, and its
    // execution.
    let steps = STEPS + 4 + OFFERS;
    let mut deaths = 0;
    while ground.sent() < steps && deaths < 20 {
        killed(&ground);
        deaths += 1;
    }
    assert!(deaths >= 4, "only {deaths} deaths");
    let said = ground
        .run("handover", &["--suri", "//Alice", "--yes", "--wait"])
        .succeeds();
    assert!(said.contains("handed over"), "{said}");
    assert_eq!(ground.sent(), steps, "{said}");
    let said = ground.run("status", &[]).succeeds();
    let owned = said.matches("the council, 5").count() as u64;
    assert_eq!(owned, OFFERS, "{said}");

    // What the profile wants besides is not the deployer's any more.
    let said = ground.up().succeeds();
    assert!(
        said.contains("left to the owner: alv: role PAUSER"),
        "{said}"
    );
    assert_eq!(ground.sent(), steps);
}
