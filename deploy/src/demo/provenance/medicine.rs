//! A medicine goes from its maker to a patient. Its copied label raises an alarm, and a serial that
//! was made up is none.

use super::{
    goods::Goods,
    roles::{FACTORY, HOSPITAL, PHARMACY},
    supply::Supply,
    tables::Lives,
};
use crate::demo::{
    actor::Actor::{Clinic, Group, Maker, Stranger},
    journal::one,
};
use allive_calls::Chain;
use allive_olife_id_interface::Topic;
use allive_trace::{Fact, Subject};
use anyhow::{ensure, Result};
use provenance::{
    Action, AlarmChanged, Class, End, LotId, Mismatch, Outcome, PackId, Phase, ProductTerms,
    ProvenanceError, RunId, State, Storage, UnitId,
};

const GTIN: u64 = 9_506_000_134_352;
const COUNT: u64 = 1_000;
/// So many of them go to the pharmacy: the first ones.
pub const SHIPPED: u64 = 100;
/// The pack that the patient buys.
const PACK: u64 = 42;

/// A lot of a medicine on the chain.
pub struct Medicine {
    pub goods: Goods,
    pub lot: LotId,
}

impl Medicine {
    /// The run in which the pharmacy's packs are.
    pub fn run(&self) -> RunId {
        RunId {
            lot: self.lot,
            first: 0,
        }
    }

    /// The pharmacy dispenses a pack.
    pub fn dispense(&self, index: u64) -> Action {
        dispense(&self.goods, index, Topic::PHARMACY, PHARMACY)
    }
}

/// Somebody dispenses a pack of a run that begins at 0.
pub fn dispense(goods: &Goods, index: u64, role: Topic, site: u64) -> Action {
    Action::Dispense {
        claim: goods.claim(index, 0).into(),
        role,
        site,
        prescription: None,
    }
}

/// Plays it. Returns the lot, of which the pharmacy has packs.
pub fn play<C: Chain>(supply: &mut Supply<'_, '_, C>, lives: &mut Lives) -> Result<Medicine> {
    let medicine = commission(supply)?;
    let pack = || medicine.goods.claim(PACK, 0);
    supply.verify(pack(), State::Genuine)?;
    supply.journal.chapter("A pharmacy gets 100 of them");
    let (run, length) = (medicine.run(), SHIPPED);
    let split = Action::Split { run, length };
    supply.accept(Maker, "split 100 packs off", split)?;
    supply.ship(run, 7)?;
    supply.verify(pack(), State::InTransit)?;
    let unit = UnitId::Run(run);
    let receive = |role, site| Action::Receive { unit, role, site };
    let not_its = ProvenanceError::NotRecipient;
    let by_group = receive(Topic::HOSPITAL, HOSPITAL);
    supply.refuse(Group, "receive them", by_group, not_its)?;
    let by_clinic = receive(Topic::PHARMACY, PHARMACY);
    supply.accept(Clinic, "receive them", by_clinic)?;
    supply.verify(pack(), State::Genuine)?;

    supply
        .journal
        .chapter("The pharmacy dispenses a pack, and a copy of its label is shown elsewhere");
    let (outcome, _) = supply.accept(Clinic, "dispense a pack", medicine.dispense(PACK))?;
    ensure!(outcome == Outcome::Done, "it was not dispensed");
    supply.verify(pack(), State::Ended(End::Dispensed))?;
    refuse_copies(supply, &medicine)?;
    let (lot, index) = (medicine.lot, PACK);
    let subject = Subject::Pack(PackId { lot, index });
    supply.tell(
        lives,
        "One pack, from its maker to a patient",
        subject,
        pack(),
    )?;
    Ok(medicine)
}

/// A product, and 1,000 packs of it by one call.
fn commission<C: Chain>(supply: &mut Supply<'_, '_, C>) -> Result<Medicine> {
    let terms = ProductTerms {
        class: Class::Medicine,
        storage: Storage::default(),
        shelf_life: Some(730),
    };
    let goods = Goods::new(GTIN, terms, "ALLIVE-1", COUNT, supply.journal.chain.now())?;
    supply
        .journal
        .chapter("A maker commissions 1,000 packs of a medicine, by one call");
    let register = || Action::Register {
        name: goods.product(),
        terms: goods.terms().into(),
    };
    let no_role = ProvenanceError::NoStanding;
    supply.refuse(Stranger, "register the product", register(), no_role)?;
    supply.accept(Maker, "register the product", register())?;
    let commission = Action::Commission {
        lot: goods.lot().into(),
        site: FACTORY,
    };
    supply.accept(Maker, "commission a lot of 1,000 packs", commission)?;
    let lot = supply.lot(Maker, goods.lot())?;
    let last = supply.facts.last().map(|next| &next.fact);
    let is_told = matches!(last, Some(Fact::Commissioned { lot: told, .. }) if *told == lot);
    ensure!(is_told, "it is another lot");
    Ok(Medicine { goods, lot })
}

/// A second dispensing of the same label raises an alarm; a serial that was made up is none.
fn refuse_copies<C: Chain>(supply: &mut Supply<'_, '_, C>, medicine: &Medicine) -> Result<()> {
    let copied = dispense(&medicine.goods, PACK, Topic::HOSPITAL, HOSPITAL);
    let what = "dispense a pack with a copied label: an alarm, not";
    let (outcome, events) = supply.accept(Group, what, copied)?;
    let AlarmChanged { alarm, .. } = one(&events)?;
    let places = [alarm.first.site, alarm.second.site];
    ensure!(
        (outcome, alarm.phase, places) == (Outcome::Alarm, Phase::Raised, [PHARMACY, HOSPITAL]),
        "no alarm with both places"
    );
    let mut forged = medicine.goods.claim(PACK + 1, 0);
    if let Some(proof) = &mut forged.proof {
        proof.serial = b"MADEUP0000000001".to_vec();
    }
    let forged = Action::Dispense {
        claim: forged.into(),
        role: Topic::PHARMACY,
        site: PHARMACY,
        prescription: None,
    };
    let no_such = ProvenanceError::Mismatch(Mismatch::Serial);
    let what = "dispense a pack with a serial made up";
    supply.refuse(Clinic, what, forged, no_such)
}
