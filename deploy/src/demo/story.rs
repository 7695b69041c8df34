//! The story, told on any chain.

use super::{
    council,
    ending::Ending,
    ground::{bytes, create, one, DAY, HOUR},
    handed_over::HandedOver,
    identity::{self, Recovered},
    inheritance::{self, CarriedOver, Left},
    journal::{Actor, Journal},
    two_tiers, Sample,
};
use crate::table::{alv, grouped, table, ALV};
use allive_access::{AccessControl, PauseTerms};
use allive_calls::{at, psp22, Chain, Code, EthereumKey, Typed};
use allive_holders::{Holder, Snapshot};
use allive_records::{Disclosure, DisclosureError, Record, RecordSecret};
use alv::{Alv, AlvRef, PAUSER, VAULT};
use alv_distributor::{
    destination_text, AlvDistributor, AlvDistributorRef, Claimant, DistributorError,
};
use anyhow::{bail, ensure, Context, Result};
use ink::primitives::AccountId;
use olife_nexus::{
    GrantClosed, GrantId, Kind, NexusError, OlifeNexus, OlifeNexusRef, Purpose, RecordId,
    RecordUsed, Terms,
};
use psp22::PSP22;
use scale::Encode;
use sha2::{Digest, Sha256};
use Actor::{Foundation, Group, Patient, Stranger};

const SUPPLY: u128 = 1_000_000 * ALV;
/// The key under which the group held the earlier token: that of an address in `data/holders.csv`.
const GROUP_SEED: [u8; 32] = [0x42; 32];
const PRICE: u128 = 2 * ALV + ALV / 2;
/// How many entries one use may ask for.
const ENTRIES: usize = 2;

/// The contracts of the story.
pub struct Codes {
    pub council: Code,
    pub alv: Code,
    pub identities: Code,
    pub distributor: Code,
    pub nexus: Code,
    /// What is to follow the Nexus.
    pub next: Code,
    pub token: Code,
    pub factory: Code,
}

/// What the chapters come to.
struct Told {
    ending: Ending,
    recovered: Recovered,
    carried_over: CarriedOver,
    handed_over: HandedOver,
}

/// A record of the patient's: what she keeps, and its number on the chain.
struct Registered {
    name: String,
    record: Record,
    id: RecordId,
}

struct Story<'c, C> {
    journal: Journal<'c, C>,
    genesis: [u8; 32],
    council: AccountId,
    alv: AccountId,
    identities: AccountId,
    nexus: AccountId,
    distributor: AccountId,
    factory: AccountId,
}

/// Plays the story from deployment to the last balance. Returns the verdict.
///
/// # Errors
/// At the first step that does not end as it must.
pub fn play<C: Chain>(
    chain: &mut C,
    codes: &Codes,
    genesis: [u8; 32],
    holders: &Snapshot,
    samples: Vec<Sample>,
) -> Result<String> {
    let mut story = Story::deploy(chain, codes, genesis, holders)?;
    let before = story.balances();
    story.claim(holders)?;
    let records = story.commit(samples)?;
    let sold = records
        .iter()
        .max_by_key(|registered| registered.record.entries().len())
        .context("no bundle was given")?;
    let grant = story.offer(sold)?;
    story.buy(grant)?;
    let receipts = story.use_twice(sold, grant)?;
    story.revoke(grant)?;
    story.withdraw()?;
    let stage = two_tiers::Stage {
        alv: story.alv,
        factory: story.factory,
        contract: story.nexus,
    };
    let ending = two_tiers::play(&mut story.journal, stage)?;
    let stage = inheritance::Stage {
        nexus: story.nexus,
        alv: story.alv,
        sold: sold.id,
        price: PRICE,
    };
    let left = Left::behind(&mut story.journal, stage)?;
    let stage = identity::Stage {
        contract: story.identities,
        alv: story.alv,
        factory: story.factory,
        genesis,
    };
    let recovered = identity::play(&mut story.journal, stage)?;
    let carried_over = left.carry_over(&mut story.journal)?;
    story.deliver(sold, &chosen(sold.record.entries().len(), 1))?;
    let stage = council::Stage {
        council: story.council,
        alv: story.alv,
        identities: story.identities,
        nexus: story.nexus,
        factory: story.factory,
    };
    let handed_over = council::play(&mut story.journal, stage, &codes.next)?;
    let told = Told {
        ending,
        recovered,
        carried_over,
        handed_over,
    };
    story.report(before, &receipts, &told)
}

impl<'c, C: Chain> Story<'c, C> {
    fn deploy(
        chain: &'c mut C,
        codes: &Codes,
        genesis: [u8; 32],
        holders: &Snapshot,
    ) -> Result<Self> {
        println!("\nDeployment");
        let owner = Foundation.account();
        let pause = PauseTerms {
            duration: 72 * HOUR,
            cooldown: 72 * HOUR,
        };
        let council = council::deploy(chain, &codes.council)?;
        let token = create(
            chain,
            &codes.alv,
            AlvRef::new(SUPPLY, 10 * SUPPLY, pause, genesis),
        )?;
        let identities = identity::deploy(chain, &codes.identities, token, genesis)?;
        let nexus = create(
            chain,
            &codes.nexus,
            OlifeNexusRef::new(token, identities.into(), 365 * DAY, 30 * DAY),
        )?;
        let deadline = chain.now() + 365 * DAY;
        let constructor = AlvDistributorRef::new(
            token,
            holders.root(),
            holders.count(),
            deadline,
            owner,
            genesis,
        );
        let distributor = create(chain, &codes.distributor, constructor)?;
        let factory = two_tiers::deploy(chain, codes, [token, identities], pause, genesis)?;

        let mut story = Self {
            journal: Journal::new(chain),
            genesis,
            council,
            alv: token,
            identities,
            nexus,
            distributor,
            factory,
        };
        for (name, vault) in [
            ("Nexus", nexus),
            ("distributor", distributor),
            ("factory", factory),
        ] {
            let register = at::<Alv>(token).grant_role(VAULT, vault.into());
            story.journal.accept(
                Foundation,
                &format!("register the {name} as a vault"),
                register,
            )?;
        }
        let pauser = at::<Alv>(token).grant_role(PAUSER, owner.into());
        story
            .journal
            .accept(Foundation, "let itself pause ALV", pauser)?;
        let fund = psp22(token).transfer(distributor, holders.total(), vec![]);
        story.journal.accept(
            Foundation,
            &format!("give the distributor {} ALV", alv(holders.total())),
            fund,
        )?;
        Ok(story)
    }

    /// The group held the earlier token under an Ethereum key. It signs where to be paid; anybody
    /// submits that, and can change nothing about it.
    fn claim(&mut self, holders: &Snapshot) -> Result<()> {
        self.journal
            .chapter("The research group claims its ALV, 1:1");
        let key = EthereumKey::from_seed(GROUP_SEED);
        let address = key.address();
        let (index, entry) = (0_u64..)
            .zip(holders.entries())
            .find(|(_, entry)| entry.holder == Holder::Address(address))
            .context("the group is not on the list of holders")?;
        let proof = holders
            .proof(index)
            .context("no proof for a leaf of the list")?;
        let text = destination_text(&Group.account(), &self.genesis, &self.distributor);
        let signature = key.sign_personal(&text);
        let claim = |destination| {
            let claimant = Claimant::Address {
                address,
                destination,
                signature,
            };
            at::<AlvDistributor>(self.distributor).claim(
                index,
                claimant,
                entry.amount,
                proof.clone(),
            )
        };
        self.journal.refuse(
            Stranger,
            "claim it for itself",
            claim(Stranger.account()),
            DistributorError::BadSignature,
        )?;
        self.journal.accept(
            Stranger,
            "submit what the group signed",
            claim(Group.account()),
        )?;
        self.journal.refuse(
            Group,
            "claim a second time",
            claim(Group.account()),
            DistributorError::AlreadyClaimed,
        )?;
        Ok(())
    }

    /// She commits to each bundle; the chain learns a hash, a format and where the ciphertext lies.
    fn commit(&mut self, samples: Vec<Sample>) -> Result<Vec<Registered>> {
        self.journal.chapter("The patient commits to her records");
        let mut records = Vec::new();
        for Sample { name, bundle } in samples {
            let record = Record::new(bundle, RecordSecret::generate()?)?;
            let commitment =
                record.commitment(self.genesis, bytes(self.nexus), bytes(Patient.account()));
            let register =
                at::<OlifeNexus>(self.nexus).register(commitment, Kind::Fhir, pointer(&record));
            let (id, _) = self
                .journal
                .accept(Patient, &format!("register {name}"), register)?;
            records.push(Registered { name, record, id });
        }
        Ok(records)
    }

    fn offer(&mut self, sold: &Registered) -> Result<GrantId> {
        self.journal.chapter("She offers one to a research group");
        let terms = Terms {
            grantee: Group.account(),
            purpose: Purpose::Research,
            price: PRICE,
            uses: 3,
            expires: self.journal.chain.now() + 30 * DAY,
        };
        let offer = || at::<OlifeNexus>(self.nexus).offer(sold.id, terms.clone());
        self.journal
            .refuse(Stranger, "offer her record", offer(), NexusError::NotOwner)?;
        let what = format!("offer 3 uses of {} at {} ALV", sold.name, alv(PRICE));
        Ok(self.journal.accept(Patient, &what, offer())?.0)
    }

    fn buy(&mut self, grant: GrantId) -> Result<()> {
        self.journal.chapter("The group buys two uses");
        let buy = |uses| at::<OlifeNexus>(self.nexus).buy(grant, uses, PRICE);
        self.journal
            .refuse(Stranger, "buy two uses", buy(2), NexusError::NotGrantee)?;
        self.journal.accept(
            Group,
            "allow the Nexus to take the price",
            psp22(self.alv).approve(self.nexus, 3 * PRICE),
        )?;
        self.journal.accept(Group, "buy two uses", buy(2))?;
        Ok(())
    }

    /// Both uses are charged, logged and delivered; the third is refused.
    fn use_twice(&mut self, sold: &Registered, grant: GrantId) -> Result<Vec<RecordUsed>> {
        self.journal
            .chapter("It makes both, and checks what is delivered");
        let nexus = self.nexus;
        let message = move |request| at::<OlifeNexus>(nexus).use_record(grant, request);
        let mut receipts = Vec::new();
        for number in 1..=2_u32 {
            let entries = chosen(sold.record.entries().len(), number);
            let request = request(grant, number, &entries);
            let what = format!("use the record, entries {entries:?}");
            self.journal.refuse(
                Stranger,
                "use the record",
                message(request),
                NexusError::NotGrantee,
            )?;
            let (_, events) = self.journal.accept(Group, &what, message(request))?;
            let receipt: RecordUsed = one(&events)?;
            ensure!(
                receipt.request == request && receipt.number == number,
                "the log differs from the use"
            );

            let delivered = self.deliver(sold, &entries)?;
            self.refuse_forgery(delivered, sold.id)?;
            receipts.push(receipt);
        }
        self.journal.refuse(
            Group,
            "use the record a third time",
            message([0; 32]),
            NexusError::NoUsesLeft,
        )?;
        Ok(receipts)
    }

    /// What the patient hands over for a use, which the group verifies.
    fn deliver(&mut self, sold: &Registered, entries: &[u64]) -> Result<Disclosure> {
        let delivered = sold.record.disclose(entries)?;
        let verified = self.check(&delivered, sold.id)?;
        println!(
            "                 delivered and proved: {} of {} entries",
            verified, delivered.count
        );
        Ok(delivered)
    }

    /// What the group does with a delivery: all it trusts is the chain. The commitment names who registered the
    /// record, whoever owns it now.
    fn verify(
        &mut self,
        delivery: &Disclosure,
        id: RecordId,
    ) -> Result<Result<usize, DisclosureError>> {
        let record = self
            .journal
            .chain
            .get(at::<OlifeNexus>(self.nexus).record(id))
            .context("no such record")?;
        Ok(delivery
            .verify(
                record.commitment,
                self.genesis,
                bytes(self.nexus),
                bytes(record.committer()),
            )
            .map(|entries| entries.len()))
    }

    fn check(&mut self, delivery: &Disclosure, id: RecordId) -> Result<usize> {
        Ok(self.verify(delivery, id)??)
    }

    /// A stranger passes on the delivery with one entry replaced.
    fn refuse_forgery(&mut self, mut delivery: Disclosure, id: RecordId) -> Result<()> {
        let entry = delivery.entries.first_mut().context("an empty delivery")?;
        let index = entry.index;
        entry.canonical = r#"{"resource":{"id":"forged","resourceType":"Observation"}}"#.into();
        match self.verify(&delivery, id)? {
            Err(DisclosureError::WrongProof { index: at }) if at == index => {
                println!("                 the same with entry {index} forged: refused");
                Ok(())
            }
            other => bail!("a forged entry was not refused: {other:?}"),
        }
    }

    /// She closes the grant while one use is paid and not made.
    fn revoke(&mut self, grant: GrantId) -> Result<()> {
        self.journal
            .chapter("She revokes; what is unused is refunded");
        let nexus = self.nexus;
        let contract = move || at::<OlifeNexus>(nexus);
        self.journal
            .accept(Group, "buy a third use", contract().buy(grant, 1, PRICE))?;
        self.journal.refuse(
            Stranger,
            "revoke the grant",
            contract().revoke(grant),
            NexusError::NotOwner,
        )?;
        let (_, events) =
            self.journal
                .accept(Patient, "revoke the grant", contract().revoke(grant))?;
        let closed: GrantClosed = one(&events)?;
        ensure!(
            closed.refunded == PRICE,
            "the refund is {}",
            alv(closed.refunded)
        );
        self.journal.refuse(
            Group,
            "use after revocation",
            contract().use_record(grant, [0; 32]),
            NexusError::UnknownGrant,
        )?;
        self.journal.refuse(
            Group,
            "buy after revocation",
            contract().buy(grant, 1, PRICE),
            NexusError::UnknownGrant,
        )?;
        Ok(())
    }

    fn withdraw(&mut self) -> Result<()> {
        self.journal.chapter("Everybody takes what is theirs");
        let nexus = self.nexus;
        let withdraw = move || at::<OlifeNexus>(nexus).withdraw();
        self.journal
            .refuse(Stranger, "withdraw", withdraw(), NexusError::NothingOwed)?;
        let (earned, _) = self
            .journal
            .accept(Patient, "withdraw her earnings", withdraw())?;
        let (refund, _) = self
            .journal
            .accept(Group, "withdraw the refund", withdraw())?;
        ensure!(
            earned == 2 * PRICE && refund == PRICE,
            "paid out {} and {}",
            alv(earned),
            alv(refund)
        );
        Ok(())
    }

    fn balances(&mut self) -> Vec<(&'static str, u128)> {
        let mut accounts: Vec<_> = Actor::ALL
            .iter()
            .map(|actor| (actor.name(), actor.account()))
            .collect();
        accounts.push(("Nexus", self.nexus));
        accounts.push(("distributor", self.distributor));
        accounts.push(("factory", self.factory));
        accounts
            .into_iter()
            .map(|(name, account)| {
                (
                    name,
                    self.journal.chain.get(psp22(self.alv).balance_of(account)),
                )
            })
            .collect()
    }

    /// The tables, and the sums that must hold.
    fn report(
        mut self,
        before: Vec<(&'static str, u128)>,
        receipts: &[RecordUsed],
        told: &Told,
    ) -> Result<String> {
        let after = self.balances();

        println!("\nReceipts of the uses");
        let mut rows = table(&["grant", "record", "use", "request", "charged (ALV)"], 4);
        for receipt in receipts {
            rows.add_row([
                receipt.grant.to_string(),
                receipt.record.to_string(),
                receipt.number.to_string(),
                format!("0x{}…", hex::encode(&receipt.request[..8])),
                alv(receipt.charged),
            ]);
        }
        println!("{rows}");

        let Told {
            ending,
            recovered,
            carried_over,
            handed_over,
        } = told;
        ending.tell();
        recovered.tell();
        carried_over.tell();
        handed_over.tell();

        println!("\nBalances (ALV)");
        let mut rows = table(&["account", "before", "after"], 1);
        for ((name, before), (_, after)) in before.iter().zip(&after) {
            rows.add_row([(*name).to_owned(), alv(*before), alv(*after)]);
        }
        println!("{rows}");

        println!("\nEach call");
        println!("{}", self.journal.table());

        let supply = self.journal.chain.get(psp22(self.alv).total_supply());
        let held: u128 = after.iter().map(|(_, units)| units).sum();
        let owed = self.journal.chain.get(at::<OlifeNexus>(self.nexus).owed());
        ensure!(
            supply == SUPPLY && held == supply,
            "{} of {} ALV are accounted for",
            alv(held),
            alv(supply)
        );
        ensure!(owed == 0, "the Nexus still owes {} ALV", alv(owed));
        let (steps, refusals) = self.journal.count();
        Ok(format!(
            "VERDICT: passed. {steps} calls, {refusals} of them refused as they must be; \
             2 uses paid, proved and logged; {} holders made whole to the unit; \
             a lost key replaced, and nothing of what it stood for lost, nor of what the factory and the Nexus kept for it, {} things; \
             {} rights handed to a council of {}, which upgraded the Nexus and lost nothing of it; \
             all {} ALV accounted for.",
            ending.shares.len(),
            carried_over.count(),
            handed_over.count(),
            handed_over.members,
            grouped(supply / ALV)
        ))
    }
}

/// Which entries the `number`th use asks for: the first ones, then the last ones.
fn chosen(count: usize, number: u32) -> Vec<u64> {
    let count = count as u64;
    let wanted = count.min(ENTRIES as u64);
    let first = if number == 1 { 0 } else { count - wanted };
    (first..first + wanted).collect()
}

/// What a grantee commits to before it sees anything: grant, number of the use, entries.
fn request(grant: GrantId, number: u32, entries: &[u64]) -> [u8; 32] {
    Sha256::digest((b"allive/request  ", grant, number, entries).encode()).into()
}

/// Where the ciphertext would lie. The story stores none: the pointer is the hash of a salt.
fn pointer(record: &Record) -> Vec<u8> {
    Sha256::digest(record.commitment_salt()).to_vec()
}
