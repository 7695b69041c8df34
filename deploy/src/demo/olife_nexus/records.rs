//! The patient's records: committed to on the chain, shown in part off it, and verified against the
//! chain alone.

use crate::{
    demo::{actor::Actor::Patient, deployment::Suite, journal::Journal, Sample},
    suite::olife_nexus::NAME,
};
use allive_calls::{at, Chain, Typed};
use allive_records::{Disclosure, DisclosureError, Record, RecordSecret};
use anyhow::{bail, Context, Result};
use ink::primitives::AccountId;
use olife_nexus::{Kind, OlifeNexus, RecordId};
use sha2::{Digest, Sha256};

/// How many entries one use may ask for.
const ENTRIES: usize = 2;

/// All of the patient's records, of which the largest is sold.
pub struct Records {
    genesis: [u8; 32],
    nexus: AccountId,
    registered: Vec<Registered>,
    sold: usize,
}

/// What she keeps of a record, and its number on the chain.
struct Registered {
    name: String,
    record: Record,
    id: RecordId,
}

impl Records {
    /// She commits to each bundle; the chain learns a hash, a format and where the ciphertext lies.
    ///
    /// # Errors
    /// At the first step that does not end as it must; if there is no bundle.
    pub fn commit<C: Chain>(
        journal: &mut Journal<C>,
        suite: &Suite,
        samples: Vec<Sample>,
    ) -> Result<Self> {
        journal.chapter("The patient commits to her records");
        let (genesis, nexus) = (suite.genesis, suite.address(NAME)?);
        let mut registered = Vec::new();
        for Sample { name, bundle } in samples {
            let record = Record::new(bundle, RecordSecret::generate()?)?;
            let commitment = record.commitment(genesis, bytes(nexus), bytes(Patient.account()));
            let register =
                at::<OlifeNexus>(nexus).register(commitment, Kind::Fhir, pointer(&record));
            let (id, _) = journal.accept(Patient, &format!("register {name}"), register)?;
            registered.push(Registered { name, record, id });
        }
        let sizes = registered.iter().map(|kept| kept.record.entries().len());
        let (sold, _) = sizes
            .enumerate()
            .max_by_key(|(_, size)| *size)
            .context("no bundle was given")?;
        Ok(Self {
            genesis,
            nexus,
            registered,
            sold,
        })
    }

    /// The number of the record that is sold.
    pub fn sold(&self) -> RecordId {
        self.registered[self.sold].id
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.registered[self.sold].name
    }

    /// Which of its entries the `number`th use asks for: the first ones, then the last ones.
    pub fn chosen(&self, number: u32) -> Vec<u64> {
        let count = self.registered[self.sold].record.entries().len();
        let wanted = count.min(ENTRIES);
        let first = if number == 1 { 0 } else { count - wanted };
        (first as u64..(first + wanted) as u64).collect()
    }

    /// The patient hands over what a use asks for, and the group verifies it.
    ///
    /// # Errors
    /// If it proves nothing.
    pub fn deliver<C: Chain>(&self, journal: &mut Journal<C>, number: u32) -> Result<Disclosure> {
        let record = &self.registered[self.sold].record;
        let delivered = record.disclose(&self.chosen(number))?;
        let verified = self.verify(journal, &delivered)??;
        println!(
            "                 delivered and proved: {} of {} entries",
            verified, delivered.count
        );
        Ok(delivered)
    }

    /// A stranger passes on a delivery with one entry replaced.
    ///
    /// # Errors
    /// If the group takes it.
    pub fn refuse_forgery<C: Chain>(
        &self,
        journal: &mut Journal<C>,
        mut delivery: Disclosure,
    ) -> Result<()> {
        let entry = delivery.entries.first_mut().context("an empty delivery")?;
        let index = entry.index;
        entry.canonical = r#"{"resource":{"id":"forged","resourceType":"Observation"}}"#.into();
        match self.verify(journal, &delivery)? {
            Err(DisclosureError::WrongProof { index: at }) if at == index => {
                println!("                 the same with entry {index} forged: refused");
                Ok(())
            }
            other => bail!("a forged entry was not refused: {other:?}"),
        }
    }

    /// What the group does with a delivery: all it trusts is the chain. The commitment names who
    /// registered the record, whoever owns it now.
    fn verify<C: Chain>(
        &self,
        journal: &mut Journal<C>,
        delivery: &Disclosure,
    ) -> Result<Result<usize, DisclosureError>> {
        let record = at::<OlifeNexus>(self.nexus).record(self.sold());
        let record = journal.chain.get(record).context("no such record")?;
        let verified = delivery.verify(
            record.commitment,
            self.genesis,
            bytes(self.nexus),
            bytes(record.committer()),
        );
        Ok(verified.map(|entries| entries.len()))
    }
}

fn bytes(account: AccountId) -> [u8; 32] {
    *AsRef::<[u8; 32]>::as_ref(&account)
}

/// Where the ciphertext would lie. The story stores none: the pointer is the hash of a salt.
fn pointer(record: &Record) -> Vec<u8> {
    Sha256::digest(record.commitment_salt()).to_vec()
}
