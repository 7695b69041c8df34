//! What the Nexus keeps for the key that the patient loses, and how her new key carries it over.

use super::{records::Records, sale::PRICE};
use crate::{
    demo::{
        actor::Actor::{self, Group, Patient, Renewed, Stranger},
        deployment::Suite,
        journal::{one, Journal},
    },
    suite::{alv, olife_nexus::NAME, values::DAY},
    table::{alv as alv_amount, table},
};
use allive_calls::{at, psp22, Chain, Typed};
use allive_olife_id_interface::NotHeir;
use anyhow::{ensure, Context, Result};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};
use olife_nexus::{GrantId, Holding, Inherited, NexusError, OlifeNexus, Purpose, RecordId};
use psp22::PSP22;

const USES: u32 = 2;

/// She sold once more, and has not taken what she earned.
pub struct Inheritance {
    nexus: AccountId,
    sold: RecordId,
    grant: GrantId,
}

/// Whose each of her holdings is, as the Nexus says, before and after.
pub struct CarriedOver(Vec<(String, [&'static str; 2])>);

impl Inheritance {
    /// Plays what comes before the loss.
    ///
    /// # Errors
    /// At the first step that does not end as it must.
    pub fn leave<C: Chain>(
        journal: &mut Journal<C>,
        suite: &Suite,
        records: &Records,
    ) -> Result<Self> {
        journal.chapter("She sells once more, and does not take what she earns");
        let (alv, nexus) = (suite.address(alv::NAME)?, suite.address(NAME)?);
        let sold = records.sold();
        let contract = || at::<OlifeNexus>(nexus);
        let terms = olife_nexus::GrantTerms {
            grantee: Group.account(),
            purpose: Purpose::Research,
            price: PRICE,
            uses: USES,
            expires: journal.chain.now() + 90 * DAY,
        };
        let offer = contract().offer(sold, terms);
        let (grant, _) = journal.accept(Patient, "offer 2 uses of the record", offer)?;
        let allow = psp22(alv).approve(nexus, PRICE * u128::from(USES));
        journal.accept(Group, "allow the Nexus to take the price", allow)?;
        let buy = contract().buy(grant, USES, PRICE);
        journal.accept(Group, "buy both", buy)?;
        let used = contract().use_record(grant, [1; 32]);
        journal.accept(Group, "use the record", used)?;
        Ok(Self { nexus, sold, grant })
    }

    fn contract(&self) -> <OlifeNexus as ContractCallBuilder>::Type {
        at::<OlifeNexus>(self.nexus)
    }

    /// What is kept for her: every record, the grant, the credit.
    fn holdings<C: Chain>(&self, journal: &mut Journal<C>) -> Vec<Holding> {
        let records = journal.chain.get(self.contract().record_count());
        let records = (0..records).map(Holding::Record);
        let rest = [
            Holding::Grant(self.grant),
            Holding::Credit(Patient.account().into()),
        ];
        records.chain(rest).collect()
    }

    /// For whom each is kept.
    fn holders<C: Chain>(&self, journal: &mut Journal<C>) -> Result<Vec<(String, &'static str)>> {
        let named = |account: AccountId| {
            let keys = [
                (Patient.account(), "old key"),
                (Renewed.account(), "new key"),
            ];
            let found = keys.into_iter().find(|(key, _)| *key == account);
            found.map_or("another", |(_, name)| name)
        };
        let chain = &mut *journal.chain;
        let count = chain.get(self.contract().record_count());
        let mut holders = Vec::new();
        for id in 0..count {
            let record = chain.get(self.contract().record(id));
            let owner = record.context("a record is gone")?.owner;
            holders.push((format!("record {id}: owner"), named(owner)));
        }
        let grant = chain.get(self.contract().grant(self.grant));
        let patient = grant.context("the grant is gone")?.patient;
        holders.push((format!("grant {}: patient", self.grant), named(patient)));
        let credits = [Patient, Renewed].map(Actor::account);
        let credits = credits.map(|key| chain.get(self.contract().credit_of(key)));
        let (holder, credit) = match credits {
            [credit, 0] => ("old key", credit),
            [0, credit] => ("new key", credit),
            _ => ("both", credits.iter().sum()),
        };
        holders.push((format!("credit of {} ALV", alv_amount(credit)), holder));
        Ok(holders)
    }

    /// Her new key carries everything over; then the old one is refused, and the new one is paid.
    ///
    /// # Errors
    /// At the first step that does not end as it must.
    pub fn carry_over<C: Chain>(&self, journal: &mut Journal<C>) -> Result<CarriedOver> {
        journal.chapter("Her new key carries over what the Nexus keeps for the old one");
        let contract = || at::<OlifeNexus>(self.nexus);
        let before = self.holders(journal)?;
        let inherit = |holding: &Holding| contract().inherit(holding.clone());
        let record = Holding::Record(self.sold);
        for other in [Stranger, Patient] {
            let why = NotHeir::NotSuccessor.into();
            journal.refuse(other, "inherit her record", inherit(&record), why)?;
        }
        for holding in self.holdings(journal) {
            let what = match &holding {
                Holding::Record(id) => format!("inherit record {id}"),
                Holding::Credit(_) => "inherit her credit".to_owned(),
                _ => "inherit the open grant".to_owned(),
            };
            let (_, events) = journal.accept(Renewed, &what, inherit(&holding))?;
            let inherited: Inherited = one(&events)?;
            ensure!(
                inherited.holding == holding && inherited.heir == Renewed.account(),
                "another inherited, or something else"
            );
        }
        let after = self.holders(journal)?;

        let revoke = contract().revoke(self.grant);
        journal.refuse(
            Patient,
            "revoke the grant with her old key",
            revoke,
            NexusError::NotOwner,
        )?;
        let nothing = NexusError::NothingOwed;
        let what = "withdraw with her old key";
        let withdraw = contract().withdraw(Patient.account().into());
        journal.refuse(Patient, what, withdraw, nothing)?;
        let used = contract().use_record(self.grant, [2; 32]);
        journal.accept(Group, "use the record once more", used)?;
        let withdraw = contract().withdraw(Renewed.account().into());
        let (earned, _) = journal.accept(Renewed, "withdraw what both uses earned", withdraw)?;
        ensure!(
            earned == u128::from(USES) * PRICE,
            "paid out {}",
            alv_amount(earned)
        );

        let mut moved = Vec::new();
        for ((what, before), (_, after)) in before.into_iter().zip(after) {
            ensure!(
                (before, after) == ("old key", "new key"),
                "{what}: {before}, then {after}"
            );
            moved.push((what, [before, after]));
        }
        Ok(CarriedOver(moved))
    }
}

impl CarriedOver {
    /// How many were carried over.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The table.
    pub fn tell(&self) {
        println!("\nWhat the Nexus kept for the patient's old key, and keeps for her new one");
        let mut rows = table(&["what", "before", "after"], 3);
        for (what, [before, after]) in &self.0 {
            rows.add_row([what, *before, *after]);
        }
        println!("{rows}");
    }
}
