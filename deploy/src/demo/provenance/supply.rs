//! The supply chain: who makes, ships, receives and dispenses the medicine.

use super::{
    medicine::{Medicine, PACK, SHIPPED},
    tables::Traced,
};
use crate::{
    demo::{
        actor::Actor::{self, Clinic, Foundation, Group, Maker, Stranger},
        journal::{one, Journal},
    },
    suite::values::DAY,
};
use allive_calls::{at, Chain, Typed};
use allive_olife_id_interface::{IdentityId, IdentityRegistry, Topic};
use anyhow::{bail, ensure, Context, Result};
use ink::primitives::AccountId;
use olife_id::{Guardians, OlifeId};
use provenance::{
    Action, AlarmChanged, Answer, LotId, Outcome, Phase, Provenance, ProvenanceError, RunId, Step,
    UnitId,
};

/// The foundation, which attests roles.
const ISSUER: IdentityId = 0;

/// Who has which role.
const ROLES: [(Actor, Topic, &str); 3] = [
    (Maker, Topic::MANUFACTURER, "a manufacturer"),
    (Clinic, Topic::PHARMACY, "a pharmacy"),
    (Group, Topic::HOSPITAL, "a hospital"),
];

// Places, each by its GLN.
const FACTORY: u64 = 9_506_000_000_015;
const PHARMACY: u64 = 9_506_000_000_022;
const ELSEWHERE: u64 = 9_506_000_000_039;

/// The medicine, and the contracts that know it.
pub struct Supply<'j, 'c, C> {
    pub journal: &'j mut Journal<'c, C>,
    pub identities: AccountId,
    pub provenance: AccountId,
    pub medicine: Medicine,
}

impl<C: Chain> Supply<'_, '_, C> {
    /// The maker gets an identity, and each of the three its role.
    pub fn attest(&mut self) -> Result<()> {
        self.journal
            .chapter("Provenance: whoever makes or dispenses a medicine has a role");
        let identities = || at::<OlifeId>(self.identities);
        let guardians = Guardians::default();
        let create = identities().act(olife_id::Action::Create { guardians });
        self.journal.accept(Maker, "create an identity", create)?;
        let [known, patient] = [Topic::KNOWN, Topic::PATIENT].map(Topic::bit);
        let roles = ROLES.map(|(_, role, _)| role.bit());
        let topics = roles
            .into_iter()
            .fold(known | patient, |all, role| all | role);
        let approve = identities().approve_issuer(ISSUER, topics, 100);
        let what = "approve itself for the roles of a supply chain";
        self.journal.accept(Foundation, what, approve)?;
        let expires = self.journal.chain.now() + 365 * DAY;
        for (actor, topic, name) in ROLES {
            let asks = identities().identity_of(actor.account().into());
            let subject = self.journal.chain.get(asks);
            let attest = identities().act(olife_id::Action::Attest {
                subject: subject.context("an actor has no identity")?,
                topic,
                value: [0x5e; 32],
                weight: 0,
                issued: None,
                expires,
            });
            let what = format!("attest that the {} is {name}", actor.name());
            self.journal.accept(Foundation, &what, attest)?;
        }
        Ok(())
    }

    /// A product, and 1,000 packs of it by one call.
    pub fn commission(&mut self) -> Result<()> {
        self.journal
            .chapter("A maker commissions 1,000 packs of a medicine, by one call");
        let register = || Action::Register {
            name: self.medicine.product(),
            terms: self.medicine.terms().into(),
        };
        let [by_stranger, by_maker] = [register(), register()];
        let no_role = ProvenanceError::NoStanding;
        self.refuse(Stranger, "register the product", by_stranger, no_role)?;
        self.accept(Maker, "register the product", by_maker)?;
        let commission = Action::Commission {
            lot: self.medicine.lot().into(),
            site: FACTORY,
        };
        let (_, events) = self.accept(Maker, "commission a lot of 1,000 packs", commission)?;
        let provenance::Traced { step } = one(&events)?;
        let Step::LotCommissioned { lot, maker, .. } = step else {
            bail!("no lot was commissioned");
        };
        ensure!(lot == self.lot(maker), "it is another lot");
        Ok(())
    }

    /// The first packs are on their way.
    pub fn ship(&mut self) -> Result<()> {
        self.journal.chapter("A pharmacy gets 100 of them");
        let run = self.run()?;
        let split = Action::Split {
            run,
            length: SHIPPED,
        };
        self.accept(Maker, "split 100 packs off", split)?;
        let ship = Action::Ship {
            unit: UnitId::Run(run),
            to: self.identity(Clinic)?,
            until: self.journal.chain.now() + 7 * DAY,
        };
        self.accept(Maker, "ship them to the pharmacy", ship)?;
        Ok(())
    }

    /// The pharmacy has them, and nobody else.
    pub fn receive(&mut self) -> Result<()> {
        let run = self.run()?;
        let receive = |role, site| Action::Receive {
            unit: UnitId::Run(run),
            role,
            site,
        };
        let by_group = receive(Topic::HOSPITAL, ELSEWHERE);
        let not_its = ProvenanceError::NotRecipient;
        self.refuse(Group, "receive them", by_group, not_its)?;
        let by_clinic = receive(Topic::PHARMACY, PHARMACY);
        let (_, events) = self.accept(Clinic, "receive them", by_clinic)?;
        let provenance::Traced { step } = one(&events)?;
        let Step::Received { holder, .. } = step else {
            bail!("nothing was received");
        };
        ensure!(holder == self.identity(Clinic)?, "another has them");
        Ok(())
    }

    fn dispensing(&self, role: Topic, site: u64) -> Action {
        Action::Dispense {
            claim: self.medicine.claim(PACK).into(),
            role,
            site,
            prescription: None,
        }
    }

    /// A patient gets one.
    pub fn dispense(&mut self) -> Result<()> {
        self.journal
            .chapter("The pharmacy dispenses a pack, and a copy of its label is shown elsewhere");
        let dispense = self.dispensing(Topic::PHARMACY, PHARMACY);
        let (outcome, events) = self.accept(Clinic, "dispense a pack", dispense)?;
        let provenance::Traced { step } = one(&events)?;
        let Step::PackDispensed { pack, .. } = step else {
            bail!("nothing was dispensed");
        };
        let expected = (Outcome::Done, PACK);
        ensure!((outcome, pack.index) == expected, "another pack");
        Ok(())
    }

    /// A second dispensing of the same label raises an alarm; a serial that was made up is none.
    pub fn refuse_copies(&mut self) -> Result<()> {
        let copied = self.dispensing(Topic::HOSPITAL, ELSEWHERE);
        let what = "dispense a pack with a copied label: an alarm, not";
        let (outcome, events) = self.accept(Group, what, copied)?;
        let AlarmChanged { alarm, .. } = one(&events)?;
        let places = [alarm.first.site, alarm.second.site];
        ensure!(
            (outcome, alarm.phase, places)
                == (Outcome::Alarm, Phase::Raised, [PHARMACY, ELSEWHERE]),
            "no alarm with both places"
        );
        let mut forged = self.medicine.claim(PACK + 1);
        if let Some(proof) = &mut forged.proof {
            proof.serial = b"MADEUP0000000001".to_vec();
        }
        let forged = Action::Dispense {
            claim: forged.into(),
            role: Topic::PHARMACY,
            site: PHARMACY,
            prescription: None,
        };
        let no_such = ProvenanceError::Mismatch(provenance::Mismatch::Serial);
        self.refuse(
            Clinic,
            "dispense a pack with a serial made up",
            forged,
            no_such,
        )
    }

    /// Notes what anybody is told of the pack now.
    pub fn note(&mut self, traced: &mut Traced, when: &'static str) -> Result<()> {
        let claim = self.medicine.claim(PACK);
        let verify = at::<Provenance>(self.provenance).verify(claim.into());
        let Answer::Known(known) = self.journal.chain.get(verify) else {
            bail!("the pack is not known");
        };
        let holders = [Maker, Clinic];
        let mut holder = None;
        for actor in holders {
            if self.identity(actor)? == known.custody.holder {
                holder = Some(actor.name());
            }
        }
        let holder = holder.context("another has the pack")?;
        traced.note(when, known.state, holder, known.custody.site);
        Ok(())
    }

    fn identity(&mut self, actor: Actor) -> Result<IdentityId> {
        let asks = at::<OlifeId>(self.identities).identity_of(actor.account().into());
        let identity = self.journal.chain.get(asks);
        identity.context("an actor has no identity")
    }

    fn lot(&mut self, maker: IdentityId) -> LotId {
        let lot = self.medicine.lot();
        let asks = at::<Provenance>(self.provenance).lot_id(lot.product, maker, lot.code);
        self.journal.chain.get(asks)
    }

    /// The run with the pack.
    fn run(&mut self) -> Result<RunId> {
        let maker = self.identity(Maker)?;
        let lot = self.lot(maker);
        Ok(RunId { lot, first: 0 })
    }

    fn accept(
        &mut self,
        by: Actor,
        what: &str,
        action: Action,
    ) -> Result<(Outcome, Vec<allive_calls::Event>)> {
        let act = at::<Provenance>(self.provenance).act(None, action.into());
        self.journal.accept(by, what, act)
    }

    fn refuse(
        &mut self,
        by: Actor,
        what: &str,
        action: Action,
        error: ProvenanceError,
    ) -> Result<()> {
        let act = at::<Provenance>(self.provenance).act(None, action.into());
        self.journal.refuse(by, what, act, error)
    }
}
