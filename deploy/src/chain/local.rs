//! A chain in this process that answers queries, and a lot of packs on it, for tests.

use super::{accounts, packs::OnChain, queries::Queries};
use ::false_id::{FalseId, FalseIdRef, Known};
use allive_calls::{at, Chain, Code, Failure, Keyring, Returned, Typed};
use allive_olife_id_interface::{IdentityId, Topic};
use allive_packs::{Batch, Files, LastDay, LotFile, LotSecret, Serials};
use allive_simulator::{EmbeddedChain, GENESIS};
use anyhow::Result;
use ink::primitives::AccountId;
use provenance::{
    Action, Class, LotId, ProductTerms, Provenance, ProvenanceRef, RunId, Storage, Terms, UnitId,
    DAY,
};
use std::cell::RefCell;

const PREFIX: u16 = 42;

/// The embedded chain.
pub struct Local(pub RefCell<EmbeddedChain>);

impl Queries for Local {
    fn query(&self, contract: AccountId, input: Vec<u8>) -> Result<Result<Returned, Failure>> {
        let caller = Keyring::Ferdie.account();
        let mut chain = self.0.borrow_mut();
        Ok(chain.dry_run(caller, contract, input).result)
    }

    fn now(&self) -> Result<u64> {
        Ok(self.0.borrow_mut().now())
    }

    fn address(&self, account: &AccountId) -> String {
        accounts::address(account, PREFIX)
    }
}

/// The identities of the two.
pub const MAKER: IdentityId = 1;
pub const PHARMACY: IdentityId = 2;

/// Where the pharmacy is.
pub const SHOP: u64 = 9_506_000_000_022;

/// The year of the embedded chain.
pub const YEAR: u16 = 2026;

/// A lot of 600 packs that the tool made: the first 100 and the last 100 are with the maker, the
/// others with the pharmacy.
pub struct Printed {
    pub local: Local,
    pub contract: AccountId,
    pub lot: LotId,
    pub files: Files,
    _folder: tempfile::TempDir,
}

impl Printed {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (lot, files) = print(&folder);
        let mut chain = EmbeddedChain::new();
        let contract = deploy(&mut chain);
        let (maker, pharmacy) = (Keyring::Alice, Keyring::Bob);
        let new = lot.new_lot();
        let (name, site) = (new.product.clone(), 0);
        let terms = ProductTerms {
            class: Class::Medicine,
            storage: Storage::default(),
            shelf_life: Some(100),
        };
        let terms = terms.into();
        act(
            &mut chain,
            contract,
            maker,
            Action::Register { name, terms },
        );
        let lot = new.clone().into();
        act(
            &mut chain,
            contract,
            maker,
            Action::Commission { lot, site },
        );
        let id = at::<Provenance>(contract).lot_id(new.product, MAKER, new.code);
        let id = chain.get(id);
        for (first, length) in [(0, 100), (100, 400)] {
            let run = RunId { lot: id, first };
            act(&mut chain, contract, maker, Action::Split { run, length });
        }
        let unit = UnitId::Run(RunId {
            lot: id,
            first: 100,
        });
        let (to, until) = (PHARMACY, allive_simulator::START + DAY);
        act(
            &mut chain,
            contract,
            maker,
            Action::Ship { unit, to, until },
        );
        let (role, site) = (Topic::PHARMACY, SHOP);
        act(
            &mut chain,
            contract,
            pharmacy,
            Action::Receive { unit, role, site },
        );
        Self {
            local: Local(chain.into()),
            contract,
            lot: id,
            files,
            _folder: folder,
        }
    }

    /// What labels are asked of.
    pub fn on_chain(&self) -> OnChain<'_, Local> {
        OnChain {
            queries: &self.local,
            contract: self.contract,
        }
    }

    /// Somebody does something.
    pub fn act(&self, by: Keyring, action: Action) {
        act(&mut self.local.0.borrow_mut(), self.contract, by, action);
    }
}

fn act(chain: &mut EmbeddedChain, contract: AccountId, by: Keyring, action: Action) {
    let act = at::<Provenance>(contract).act(None, action.into());
    chain.send(by.account(), act).value.unwrap().unwrap();
}

fn print(folder: &tempfile::TempDir) -> (LotFile, Files) {
    let batch = Batch {
        gtin: "09506000134352".parse().unwrap(),
        lot: "LOT-1".parse().unwrap(),
        expiry: Some("2026-03-31".parse::<LastDay>().unwrap()),
    };
    let secret = LotSecret::from_bytes([7; 32]);
    let serials = Serials::random(&secret.keys(&batch.gtin, &batch.lot), 600).unwrap();
    let path = folder.path().join("lot");
    let lot = batch.write(&serials, &secret, &path, |_| ()).unwrap();
    (lot, Files::of(&path))
}

fn deploy(chain: &mut EmbeddedChain) -> AccountId {
    let alice = Keyring::Alice.account();
    let code = Code::read("false_id").unwrap();
    let identities = chain.create(alice, &code, FalseIdRef::new(), b"").unwrap();
    let identities = identities.unwrap().address;
    for (key, identity, role) in [
        (Keyring::Alice, MAKER, Topic::MANUFACTURER),
        (Keyring::Bob, PHARMACY, Topic::PHARMACY),
    ] {
        let known = Known {
            identity: Some(identity),
            roles: role.bit(),
            trust: 0,
        };
        let know = at::<FalseId>(identities).know(key.account(), known);
        chain.send(alice, know).value.unwrap();
    }
    let terms = Terms {
        longest_transit: 30 * DAY,
        lowering_delay: DAY,
        undo: DAY,
        notify: DAY,
    };
    let code = Code::read("provenance").unwrap();
    let new = ProvenanceRef::new(identities.into(), terms, DAY, GENESIS);
    let created = chain.create(alice, &code, new, b"").unwrap();
    created.unwrap().address
}
