//! The wiring of both profiles, carried out on a chain in this process.

use super::{
    config::Config, findings::Findings, owned, plan, planner::Target, status, values::Who,
    CONTRACTS,
};
use crate::{
    chain::{
        accounts,
        book::{self, Book},
        deployment::{CallState, Deployment},
        local::Local,
    },
    project,
};
use allive_calls::{Chain, Keyring};
use allive_simulator::{EmbeddedChain, GENESIS};

const PREFIX: u16 = 42;

impl Local {
    /// A chain on which the contracts of a deployment are created, and nothing else is done.
    fn with(deployment: &Deployment) -> Self {
        let mut chain = EmbeddedChain::new();
        let deployer = deployment.deployer;
        for code in deployment.codes() {
            chain.upload(deployer, &code.wasm);
        }
        for contract in &deployment.contracts {
            contract
                .create(&mut chain, deployer, &deployment.salt)
                .unwrap();
        }
        Self(chain.into())
    }

    fn make_setup_calls(&self, deployment: &Deployment) {
        for call in &deployment.setup_calls {
            let state = call.state(self).unwrap();
            assert_eq!(state, CallState::Missing, "{}", call.what);
            call.make(&mut *self.0.borrow_mut(), deployment.deployer)
                .unwrap();
            let state = call.state(self).unwrap();
            assert_eq!(state, CallState::Made, "{}", call.what);
        }
    }
}

fn profile(name: &str) -> Config {
    let root = project::root().unwrap();
    super::config(&root.join("deploy").join(name)).unwrap()
}

/// Whoever declares a failure, or an identity false, gains nothing by it.
#[test]
fn whoever_decides_in_the_production_profile_receives_nothing_of_what_it_decides() {
    let root = project::root().unwrap();
    let text = std::fs::read_to_string(root.join("deploy/production.toml")).unwrap();
    let text = text.replace("genesis = \"0x00", "genesis = \"0x11");
    let account = |end: &str| format!("0x{end:0>64}");
    let multisig = account(&"77".repeat(32));
    let refusal = |admin: &str, place: &str, to: &str| {
        let lines = text.lines().scan("", |section, line| {
            if line.starts_with('[') {
                *section = line;
            }
            let key = place.strip_prefix(&format!("{section}."));
            Some(match key.filter(|key| line.starts_with(key)) {
                Some(key) => format!("{key} = {to:?}"),
                None if line.starts_with("admin") => format!("admin = {admin:?}"),
                None => line.to_owned(),
            })
        });
        let file = tempfile::NamedTempFile::new().unwrap();
        let lines: Vec<_> = lines.collect();
        std::fs::write(file.path(), lines.join("\n")).unwrap();
        let config = super::config(file.path());
        config.err().map(|error| format!("{error:#}"))
    };
    for (place, name) in [
        ("[olife_id].forfeits_to", "olife_id.forfeits_to"),
        (
            "[derived_factory].remainder_to",
            "derived_factory.remainder_to",
        ),
    ] {
        let decides = format!("{name} names the council, one of its members, or the admin");
        for (admin, to, words) in [
            ("council", "council", &*decides),
            ("council", &account("3"), &decides),
            (&multisig, "council", &decides),
            (&multisig, &multisig, &decides),
            ("council", "deployer", "names the deployer"),
            ("council", &account("0"), "is nobody"),
        ] {
            let said = refusal(admin, place, to).unwrap_or_default();
            assert!(said.contains(words), "{place} = {to}: {said}");
        }
        let fund = account(&"88".repeat(32));
        assert_eq!(refusal("council", place, &fund), None);
    }
}

/// By Alice.
fn planned(config: &Config) -> Deployment {
    let target = Target {
        deployer: Keyring::Alice.account(),
        genesis: GENESIS,
        address_prefix: PREFIX,
        salt: config.salt.as_bytes().to_vec(),
        root: project::root().unwrap(),
    };
    plan(config, target).unwrap()
}

fn book(deployment: &Deployment) -> Book {
    let chain = book::Chain {
        genesis: accounts::hex(&GENESIS),
        name: "embedded".into(),
        address_prefix: PREFIX,
    };
    let suite = book::Suite {
        version: String::new(),
        compiler: String::new(),
    };
    let mut book = Book::new(chain, suite, String::new());
    for planned in &deployment.contracts {
        let entry = book::Entry {
            address: accounts::address(&planned.address, PREFIX),
            account: accounts::hex(planned.address.as_ref()),
            code_hash: accounts::hex(&planned.code.hash()),
            salt: String::new(),
            constructor: String::new(),
            arguments: Default::default(),
            input: String::new(),
            block: None,
            upgrades: Vec::new(),
        };
        book.contracts.insert(planned.code.name.clone(), entry);
    }
    for code in deployment.codes() {
        let code_hash = accounts::hex(&code.hash());
        let uploaded = book::Uploaded {
            code_hash,
            block: None,
        };
        book.codes.insert(code.name.clone(), uploaded);
    }
    book
}

#[test]
fn each_setup_call_shows_on_the_chain_when_it_is_made_and_not_before() {
    for name in ["development.toml", "production.toml"] {
        let deployment = planned(&profile(name));
        let chain = Local::with(&deployment);
        chain.make_setup_calls(&deployment);
    }
}

#[test]
fn a_setup_call_that_only_another_owner_can_make_is_left_to_it() {
    let mut config = profile("development.toml");
    config.admin = Who::Account(Keyring::Bob.account());
    let deployment = planned(&config);
    let chain = Local::with(&deployment);
    let (offers, calls): (Vec<_>, Vec<_>) = deployment
        .setup_calls
        .iter()
        .partition(|call| call.what.contains("ownership"));
    assert_eq!(offers.len(), owned().count());
    for offer in offers {
        offer
            .make(&mut *chain.0.borrow_mut(), deployment.deployer)
            .unwrap();
    }
    // ALV accepts its new owner: no role is the deployer's to give any more.
    let accept = crate::chain::queries::ownable(calls[0].contract);
    let (contract, input) =
        allive_calls::parts(allive_access::Ownable::accept_ownership(&mut { accept }));
    let outcome = chain
        .0
        .borrow_mut()
        .call(Keyring::Bob.account(), contract, input);
    assert!(!outcome.result.unwrap().reverted);
    for call in calls.iter().filter(|call| call.what.contains("role")) {
        assert_eq!(call.state(&chain).unwrap(), CallState::LeftToOwner);
    }
}

#[test]
fn the_status_of_what_was_deployed_agrees_with_its_book_and_of_no_other() {
    let deployment = planned(&profile("development.toml"));
    let chain = Local::with(&deployment);
    chain.make_setup_calls(&deployment);
    let mut book = book(&deployment);
    let mut findings = Findings::default();
    status(&chain, &book, &mut findings).unwrap();
    assert_eq!(findings.differences(), 0, "{}", findings.table());
    // Every contract is among what was found.
    let table = findings.table();
    for contract in CONTRACTS {
        assert!(table.contains(&format!("{}: ", contract.name())), "{table}");
    }

    book.chain.genesis = accounts::hex(&[7; 32]);
    let mut findings = Findings::default();
    status(&chain, &book, &mut findings).unwrap();
    // The chain itself, and what council, Olife ID, factory and provenance bind.
    assert_eq!(findings.differences(), 5, "{}", findings.table());
}

#[test]
fn contracts_are_created_in_the_order_of_the_suite_whatever_that_of_the_sections() {
    let mut config = profile("development.toml");
    config.sections.reverse();
    let deployment = planned(&config);
    let created = deployment.contracts.iter().map(|it| it.code.name.as_str());
    let names = CONTRACTS.iter().map(|contract| contract.name());
    assert_eq!(created.collect::<Vec<_>>(), names.collect::<Vec<_>>());
}

#[test]
fn a_section_that_is_no_contracts_is_refused_by_its_name() {
    let root = project::root().unwrap();
    let text = std::fs::read_to_string(root.join("deploy/development.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stray.toml");
    std::fs::write(&file, format!("{text}\n[alv_distributer]\nx = 1\n")).unwrap();
    let refused = format!("{:#}", super::config(&file).err().unwrap());
    assert!(refused.contains("`alv_distributer`"), "{refused}");
}
