//! The embedded chain with Olife ID and provenance, and the parties of the sample documents.

use super::super::{
    backend::{Backend, Cost},
    journal::Receipt,
    ledger::{Actor, OnChain},
    sending::Import,
    Taken,
};
use crate::{
    chain::{
        accounts,
        queries::{Queries, TypedQueries},
    },
    project,
    suite::{self, planner::Target},
};
use allive_calls::{at, parts, read, Chain, Failure, Keyring, Message, Returned};
use allive_olife_id_interface::{IdentityId, Topic};
use allive_packs::{Batch, LotFile, LotSecret, Serials};
use allive_simulator::{EmbeddedChain, GENESIS};
use anyhow::{bail, Result};
use ink::primitives::AccountId;
use olife_id::{Guardians, OlifeId};
use provenance::{
    Action, Cell, Class, Lot, LotId, ProductName, ProductTerms, Provenance, Storage, UnitId, Word,
};
use scale::{Decode, Encode};
use std::{
    cell::{Cell as Slot, RefCell},
    collections::BTreeMap,
    fs::{self, File},
    io::BufReader,
    path::{Path, PathBuf},
};

pub const VITA: IdentityId = 1;
pub const TRADE: IdentityId = 2;
pub const ANN: IdentityId = 3;
pub const LOGGER: IdentityId = 4;
pub const BOB: Keyring = Keyring::Bob;

/// Who has which identity and role: in the order in which they join.
const PARTIES: [(IdentityId, Keyring, Topic); 4] = [
    (VITA, BOB, Topic::MANUFACTURER),
    (TRADE, Keyring::Charlie, Topic::WHOLESALER),
    (ANN, Keyring::Eve, Topic::PHARMACY),
    (LOGGER, Keyring::Dave, Topic::LOGGER),
];

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Done,
    /// The run breaks before it is sent.
    LostBefore,
    /// It is carried out, and the run breaks before it learns that.
    LostAfter,
}

/// The embedded chain as a place to send to.
pub struct Local {
    pub chain: RefCell<EmbeddedChain>,
    pub genesis: Slot<[u8; 32]>,
    /// What becomes of the next calls, the last first. When there are none left, all are done.
    pub fates: RefCell<Vec<Fate>>,
    /// Every call that was carried out.
    sent: RefCell<Vec<(AccountId, Vec<u8>)>>,
}

impl Local {
    pub fn calls(&self) -> usize {
        self.sent.borrow().len()
    }

    /// Every call that was carried out, in its order.
    pub fn inputs(&self) -> Vec<(AccountId, Vec<u8>)> {
        self.sent.borrow().clone()
    }

    pub fn advance(&self, time: u64) {
        self.chain.borrow_mut().advance(time);
    }

    #[track_caller]
    fn tell<Args: Encode, R: Decode>(&self, by: Keyring, message: Message<Args, R>) -> R {
        let (contract, input) = parts(message);
        let outcome = self.chain.borrow_mut().call(by.account(), contract, input);
        assert!(
            !outcome.result.as_ref().unwrap().reverted,
            "{:?}",
            outcome.result
        );
        read(outcome.result).unwrap()
    }
}

impl Queries for Local {
    fn query(&self, contract: AccountId, input: Vec<u8>) -> Result<Result<Returned, Failure>> {
        let caller = Keyring::Ferdie.account();
        Ok(self
            .chain
            .borrow_mut()
            .dry_run(caller, contract, input)
            .result)
    }

    fn now(&self) -> Result<u64> {
        Ok(self.chain.borrow_mut().now())
    }

    fn address(&self, account: &AccountId) -> String {
        accounts::address(account, 42)
    }
}

impl Backend for Local {
    fn send(
        &self,
        by: &AccountId,
        contract: AccountId,
        input: Vec<u8>,
        check: &dyn Fn(&[u8]) -> Result<()>,
    ) -> Result<Receipt> {
        let fate = self.fates.borrow_mut().pop().unwrap_or(Fate::Done);
        if fate == Fate::LostBefore {
            bail!("the power is gone");
        }
        let mut chain = self.chain.borrow_mut();
        let trial = chain.dry_run(*by, contract, input.clone());
        check(&trial.result?.data)?;
        let outcome = chain.call(*by, contract, input.clone());
        assert!(!outcome.result.unwrap().reverted);
        let mut sent = self.sent.borrow_mut();
        sent.push((*by, input));
        if fate == Fate::LostAfter {
            bail!("the power is gone");
        }
        Ok(Receipt {
            block: sent.len() as u64,
            block_hash: accounts::hex(&[1; 32]),
            extrinsic: accounts::hex(&[2; 32]),
            fee: "0".into(),
        })
    }

    fn cost(&self, by: &AccountId, contract: AccountId, input: Vec<u8>) -> Result<Option<Cost>> {
        let trial = self.chain.borrow_mut().dry_run(*by, contract, input);
        let would_be_done = trial.result.is_ok_and(|returned| !returned.reverted);
        Ok(would_be_done.then_some(Cost {
            gas: trial.gas,
            deposit: 0,
            fee: 7,
        }))
    }

    fn sent_by(&self, account: &AccountId) -> Result<u64> {
        let sent = self.sent.borrow();
        Ok(sent.iter().filter(|(by, _)| by == account).count() as u64)
    }

    fn genesis(&self) -> [u8; 32] {
        self.genesis.get()
    }

    fn coins(&self, amount: u128) -> String {
        amount.to_string()
    }
}

/// The chain, and a folder with a document and the files of its lot.
pub struct Ground {
    pub backend: Local,
    folder: tempfile::TempDir,
    identities: AccountId,
    pub provenance: AccountId,
}

/// A sample file.
pub fn sample(name: &str) -> PathBuf {
    project::root()
        .unwrap()
        .join("data/epcis/import")
        .join(name)
}

impl Ground {
    /// Everybody has an identity and a role, and both products are registered.
    pub fn new() -> Self {
        let root = project::root().unwrap();
        let config = suite::config(&root.join("deploy/development.toml")).unwrap();
        let alice = Keyring::Alice;
        let target = Target {
            deployer: alice.account(),
            genesis: GENESIS,
            address_prefix: 42,
            salt: Vec::new(),
            root,
        };
        let deployment = suite::plan(&config, target).unwrap();
        let mut chain = EmbeddedChain::new();
        for code in deployment.codes() {
            chain.upload(alice.account(), &code.wasm);
        }
        let mut addresses = BTreeMap::new();
        let asked = ["alv", "olife_id", "provenance"];
        let contracts = deployment.contracts.iter();
        for contract in contracts.filter(|it| asked.contains(&&*it.code.name)) {
            contract
                .create(&mut chain, alice.account(), &deployment.salt)
                .unwrap();
            addresses.insert(contract.code.name.clone(), contract.address);
        }
        let ground = Self {
            backend: Local {
                chain: chain.into(),
                genesis: GENESIS.into(),
                fates: Vec::new().into(),
                sent: Vec::new().into(),
            },
            folder: tempfile::tempdir().unwrap(),
            identities: addresses["olife_id"],
            provenance: addresses["provenance"],
        };
        ground.populate();
        ground.pack();
        ground
    }

    fn populate(&self) {
        let identities = || at::<OlifeId>(self.identities);
        let create = || {
            identities().act(olife_id::Action::Create {
                guardians: Guardians::default(),
            })
        };
        let foundation = Keyring::Alice;
        let _ = self.backend.tell(foundation, create());
        let topics = PARTIES.iter().fold(0, |all, (_, _, role)| all | role.bit());
        let _ = self
            .backend
            .tell(foundation, identities().approve_issuer(0, topics, 100));
        for (subject, key, topic) in PARTIES {
            let _ = self.backend.tell(key, create());
            let attest = olife_id::Action::Attest {
                subject,
                topic,
                value: [7; 32],
                weight: 0,
                issued: None,
                expires: self.now() + 365 * 24 * 3_600_000,
            };
            let _ = self.backend.tell(foundation, identities().act(attest));
        }
        for gtin in [9_521_141_000_502, 9_521_141_000_601] {
            let terms = ProductTerms {
                class: Class::Medicine,
                storage: Storage::default(),
                shelf_life: None,
            };
            let name = ProductName::Gtin(gtin);
            self.act(
                BOB,
                Action::Register {
                    name,
                    terms: terms.into(),
                },
            );
        }
    }

    /// The files of the lot, as `allive provenance pack` makes them.
    fn pack(&self) {
        let batch = Batch {
            gtin: "09521141000502".parse().unwrap(),
            lot: "V42".parse().unwrap(),
            expiry: Some("2036-03".parse().unwrap()),
        };
        let list = File::open(sample("v42.serials")).unwrap();
        let serials = Serials::read(BufReader::new(list)).unwrap();
        let secret = self.folder.path().join("v42.secret");
        fs::copy(sample("v42.secret"), &secret).unwrap();
        let secret = LotSecret::read_or_make(&secret).unwrap();
        let folder = self.folder.path().join("v42");
        let lot: LotFile = batch.write(&serials, &secret, &folder, |_| ()).unwrap();
        assert_eq!(lot.count, 12);
        fs::copy(sample("told.toml"), self.told()).unwrap();
    }

    pub fn told(&self) -> PathBuf {
        self.folder.path().join("told.toml")
    }

    pub fn document(&self) -> PathBuf {
        self.folder.path().join("document.json")
    }

    /// Takes in a sample document.
    pub fn take(&self, name: &str) -> Taken {
        fs::copy(sample(name), self.document()).unwrap();
        let _ = fs::remove_file(super::Journal::beside(&self.document()));
        Taken::read(&self.document(), &self.told()).unwrap()
    }

    pub fn chain(&self) -> OnChain<'_> {
        let actors = PARTIES.map(|(party, key, _)| (party, key.account())).into();
        let told = allive_capture::ToldFile::read(&self.told()).unwrap();
        OnChain::new(&self.backend, self.provenance, &told.told.parties, &actors).unwrap()
    }

    pub fn plan<'a>(&'a self, taken: &'a Taken) -> Import<'a> {
        self.planned(taken, false).unwrap()
    }

    fn planned<'a>(&'a self, taken: &'a Taken, replan: bool) -> Result<Import<'a>> {
        let document: &'a Path = Box::leak(self.document().into_boxed_path());
        let journal = super::Journal::beside(document);
        Import::plan(
            document,
            taken,
            self.chain(),
            &self.backend,
            &journal,
            replan,
        )
    }

    /// Plans and sends.
    pub fn import(&self, taken: &Taken) -> Result<usize> {
        self.import_anew(taken, false)
    }

    /// The same; gives up what was begun, if `replan`.
    pub fn import_anew(&self, taken: &Taken, replan: bool) -> Result<usize> {
        let mut import = self.planned(taken, replan)?;
        import.show(false)?;
        import.send()
    }

    /// Why a document is not sent.
    pub fn refusal(&self, document: &Path) -> String {
        let taken = match Taken::read(document, &self.told()) {
            Ok(taken) => taken,
            Err(error) => return format!("{error:#}"),
        };
        let journal = super::Journal::beside(document);
        let chain = self.chain();
        let import = Import::plan(document, &taken, chain, &self.backend, &journal, false);
        format!("{:#}", import.err().unwrap())
    }

    /// How a party acts by the key of somebody.
    pub fn with_key(&self, party: IdentityId, key: Keyring) -> Result<Actor> {
        let told = allive_capture::ToldFile::read(&self.told()).unwrap();
        let actors = [(party, key.account())].into();
        let chain = OnChain::new(&self.backend, self.provenance, &told.told.parties, &actors)?;
        Ok(chain.acting(party).unwrap())
    }

    /// A party lets another's identity act for it.
    pub fn appoint(&self, party: IdentityId, delegate: Keyring, topic: Topic) {
        let (_, key, _) = PARTIES.into_iter().find(|(it, ..)| *it == party).unwrap();
        let (delegate, ..) = PARTIES
            .into_iter()
            .find(|(_, it, _)| *it == delegate)
            .unwrap();
        let appoint = olife_id::Action::Appoint {
            delegate,
            topics: topic.bit(),
            issued: None,
            expires: self.now() + 24 * 3_600_000,
        };
        let _ = self
            .backend
            .tell(key, at::<OlifeId>(self.identities).act(appoint));
    }

    /// Somebody does something beside a document.
    pub fn act(&self, by: Keyring, action: Action) {
        let act = at::<Provenance>(self.provenance).act(None, action.into());
        self.backend.tell(by, act).unwrap();
    }

    pub fn now(&self) -> u64 {
        self.backend.now().unwrap()
    }

    pub fn unit(&self, unit: UnitId) -> Option<Cell> {
        self.backend
            .get(at::<Provenance>(self.provenance).unit(unit))
            .unwrap()
    }

    pub fn lot(&self, lot: LotId) -> Option<Lot> {
        self.backend
            .get(at::<Provenance>(self.provenance).lot(lot))
            .unwrap()
    }

    pub fn word(&self, lot: LotId) -> Word {
        let word = at::<Provenance>(self.provenance).word(lot, 0);
        self.backend.get(word).unwrap().unwrap_or_default()
    }

    /// All that the contract stores.
    pub fn cells(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        self.backend.chain.borrow_mut().cells(self.provenance)
    }
}
