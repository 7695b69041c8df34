//! A recall is one call, seen by every pack. It is lowered by two parties, and only after a delay.

use super::{
    medicine::{Medicine, SHIPPED},
    supply::Supply,
    tables::Lives,
};
use crate::{
    demo::actor::Actor::{Clinic, Foundation, Maker},
    suite::values::DAY,
};
use allive_calls::Chain;
use allive_trace::Subject;
use anyhow::Result;
use provenance::{Action, Alert, Capacity, PackId, ProvenanceError, State, Target};

/// How long an alert stays after it was proposed to lower it.
pub const DELAY: u64 = 3 * DAY;

/// The pack that a patient gets after all.
const PACK: u64 = 7;

/// Plays it.
pub fn play<C: Chain>(
    supply: &mut Supply<'_, '_, C>,
    medicine: &Medicine,
    lives: &mut Lives,
) -> Result<()> {
    supply
        .journal
        .chapter("The maker recalls the lot, by one call, and every pack knows");
    let target = || Target::Lot(medicine.lot);
    let (alert, capacity) = (Alert::RecallOne, Capacity::Maker);
    let reason = [0x7e; 32];
    let raise = Action::Raise {
        target: target(),
        alert,
        capacity,
        reason,
    };
    supply.accept(Maker, "recall the lot, class I", raise)?;
    let recalled = State::Recalled(alert);
    // One of each hundred, wherever it is.
    for index in (PACK..medicine.goods.count()).step_by(100) {
        let first = if index < SHIPPED { 0 } else { SHIPPED };
        supply.verify(medicine.goods.claim(index, first), recalled)?;
    }
    let not_now = ProvenanceError::NotActive(recalled);
    let dispense = || medicine.dispense(PACK);
    supply.refuse(Clinic, "dispense a pack of it", dispense(), not_now)?;
    let acknowledge = Action::Acknowledge { target: target() };
    supply.accept(Clinic, "acknowledge the recall", acknowledge)?;

    supply
        .journal
        .chapter("It was a false alarm: two parties lower it, and not at once");
    let propose = Action::ProposeLowering {
        target: target(),
        alert,
        capacity,
        reason,
    };
    supply.accept(Maker, "propose to lower it", propose)?;
    let lower = || Action::Lower {
        target: target(),
        alert,
    };
    let too_early = ProvenanceError::TooEarly;
    supply.refuse(Foundation, "lower it at once", lower(), too_early)?;
    supply.journal.pass(DELAY, "three days pass");
    let alone = ProvenanceError::NotAttested;
    supply.refuse(Maker, "lower it alone", lower(), alone)?;
    supply.accept(Foundation, "lower it, as an authority", lower())?;
    supply.accept(Clinic, "dispense a pack of it", dispense())?;
    let (lot, index) = (medicine.lot, PACK);
    let subject = Subject::Pack(PackId { lot, index });
    let claim = medicine.goods.claim(index, 0);
    supply.tell(
        lives,
        "A pack of the same lot, recalled for three days",
        subject,
        claim,
    )
}
