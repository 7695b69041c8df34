//! A record is offered, bought, used twice and revoked, and everybody takes what is theirs.

use super::records::Records;
use crate::{
    demo::{
        actor::Actor::{self, Group, Patient, Stranger},
        deployment::Suite,
        journal::{one, Journal},
    },
    suite::{alv, olife_nexus::NAME, values::DAY},
    table::{alv as alv_amount, table, ALV},
};
use allive_calls::{at, psp22, Chain};
use anyhow::{ensure, Result};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};
use olife_nexus::{GrantClosed, GrantId, NexusError, OlifeNexus, Purpose, RecordUsed};
use psp22::PSP22;
use scale::Encode;
use sha2::{Digest, Sha256};

/// What one use costs.
pub const PRICE: u128 = 2 * ALV + ALV / 2;

/// The receipts of the uses that were made.
pub struct Receipts(Vec<RecordUsed>);

/// Plays the chapter.
///
/// # Errors
/// At the first step that does not end as it must.
pub fn sell<C: Chain>(
    journal: &mut Journal<C>,
    suite: &Suite,
    records: &Records,
) -> Result<Receipts> {
    let mut sale = Sale {
        journal,
        alv: suite.address(alv::NAME)?,
        nexus: suite.address(NAME)?,
        records,
    };
    let grant = sale.offer()?;
    sale.buy(grant)?;
    let receipts = sale.use_twice(grant)?;
    sale.revoke(grant)?;
    sale.withdraw()?;
    Ok(receipts)
}

struct Sale<'s, 'c, C> {
    journal: &'s mut Journal<'c, C>,
    alv: AccountId,
    nexus: AccountId,
    records: &'s Records,
}

impl<C: Chain> Sale<'_, '_, C> {
    fn nexus(&self) -> <OlifeNexus as ContractCallBuilder>::Type {
        at::<OlifeNexus>(self.nexus)
    }

    fn offer(&mut self) -> Result<GrantId> {
        self.journal.chapter("She offers one to a research group");
        let terms = olife_nexus::GrantTerms {
            grantee: Group.account(),
            purpose: Purpose::Research,
            price: PRICE,
            uses: 3,
            expires: self.journal.chain.now() + 30 * DAY,
        };
        let record = self.records.sold();
        let by_stranger = self.nexus().offer(record, terms.clone());
        self.journal.refuse(
            Stranger,
            "offer her record",
            by_stranger,
            NexusError::NotOwner,
        )?;
        let (name, price) = (self.records.name(), alv_amount(PRICE));
        let what = format!("offer 3 uses of {name} at {price} ALV");
        let offer = self.nexus().offer(record, terms);
        Ok(self.journal.accept(Patient, &what, offer)?.0)
    }

    fn buy(&mut self, grant: GrantId) -> Result<()> {
        self.journal.chapter("The group buys two uses");
        let by_stranger = self.nexus().buy(grant, 2, PRICE);
        self.journal.refuse(
            Stranger,
            "buy two uses",
            by_stranger,
            NexusError::NotGrantee,
        )?;
        let allow = psp22(self.alv).approve(self.nexus, 3 * PRICE);
        self.journal
            .accept(Group, "allow the Nexus to take the price", allow)?;
        let buy = self.nexus().buy(grant, 2, PRICE);
        self.journal.accept(Group, "buy two uses", buy)?;
        Ok(())
    }

    /// Both uses are charged, logged and delivered; the third is refused.
    fn use_twice(&mut self, grant: GrantId) -> Result<Receipts> {
        self.journal
            .chapter("It makes both, and checks what is delivered");
        let mut receipts = Vec::new();
        for number in 1..=2_u32 {
            let entries = self.records.chosen(number);
            let request = request(grant, number, &entries);
            let by_stranger = self.nexus().use_record(grant, request);
            self.journal.refuse(
                Stranger,
                "use the record",
                by_stranger,
                NexusError::NotGrantee,
            )?;
            let what = format!("use the record, entries {entries:?}");
            let by_group = self.nexus().use_record(grant, request);
            let (_, events) = self.journal.accept(Group, &what, by_group)?;
            let receipt: RecordUsed = one(&events)?;
            ensure!(
                receipt.request == request && receipt.number == number,
                "the log differs from the use"
            );

            let delivered = self.records.deliver(self.journal, number)?;
            self.records.refuse_forgery(self.journal, delivered)?;
            receipts.push(receipt);
        }
        let third = self.nexus().use_record(grant, [0; 32]);
        self.journal.refuse(
            Group,
            "use the record a third time",
            third,
            NexusError::NoUsesLeft,
        )?;
        Ok(Receipts(receipts))
    }

    /// She closes the grant while one use is paid and not made.
    fn revoke(&mut self, grant: GrantId) -> Result<()> {
        self.journal
            .chapter("She revokes; what is unused is refunded");
        let buy = || at::<OlifeNexus>(self.nexus).buy(grant, 1, PRICE);
        let revoke = || at::<OlifeNexus>(self.nexus).revoke(grant);
        self.journal.accept(Group, "buy a third use", buy())?;
        self.journal
            .refuse(Stranger, "revoke the grant", revoke(), NexusError::NotOwner)?;
        let (_, events) = self.journal.accept(Patient, "revoke the grant", revoke())?;
        let closed: GrantClosed = one(&events)?;
        ensure!(
            closed.refunded == PRICE,
            "the refund is {}",
            alv_amount(closed.refunded)
        );
        let used = self.nexus().use_record(grant, [0; 32]);
        let unknown = || NexusError::UnknownGrant;
        self.journal
            .refuse(Group, "use after revocation", used, unknown())?;
        let buy = self.nexus().buy(grant, 1, PRICE);
        self.journal
            .refuse(Group, "buy after revocation", buy, unknown())
    }

    fn withdraw(&mut self) -> Result<()> {
        self.journal.chapter("Everybody takes what is theirs");
        let nexus = self.nexus;
        let withdraw = |to: Actor| at::<OlifeNexus>(nexus).withdraw(to.account().into());
        self.journal.refuse(
            Stranger,
            "withdraw",
            withdraw(Stranger),
            NexusError::NothingOwed,
        )?;
        let (earned, _) =
            self.journal
                .accept(Patient, "withdraw her earnings", withdraw(Patient))?;
        let (refund, _) = self
            .journal
            .accept(Group, "withdraw the refund", withdraw(Group))?;
        ensure!(
            earned == 2 * PRICE && refund == PRICE,
            "paid out {} and {}",
            alv_amount(earned),
            alv_amount(refund)
        );
        Ok(())
    }
}

impl Receipts {
    /// The table.
    pub fn tell(&self) {
        println!("\nReceipts of the uses");
        let mut rows = table(&["grant", "record", "use", "request", "charged (ALV)"], 4);
        for receipt in &self.0 {
            rows.add_row([
                receipt.grant.to_string(),
                receipt.record.to_string(),
                receipt.number.to_string(),
                format!("0x{}…", hex::encode(&receipt.request[..8])),
                alv_amount(receipt.charged),
            ]);
        }
        println!("{rows}");
    }
}

/// What a grantee commits to before it sees anything: grant, number of the use, entries.
fn request(grant: GrantId, number: u32, entries: &[u64]) -> [u8; 32] {
    Sha256::digest((b"allive/request  ", grant, number, entries).encode()).into()
}
