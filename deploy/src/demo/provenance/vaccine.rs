//! A vaccine gets warm. It is quarantined by itself, until quality answers for it; the second time
//! it is destroyed.

use super::{
    goods::Goods,
    medicine::dispense,
    roles::{FACTORY, PHARMACY},
    supply::Supply,
    tables::Lives,
};
use crate::{
    demo::actor::Actor::{Clinic, Maker},
    suite::values::HOUR,
};
use allive_calls::Chain;
use allive_olife_id_interface::Topic;
use allive_trace::Subject;
use anyhow::Result;
use provenance::{
    Action, Bound, Capacity, Class, End, Limit, NewLogger, Outside, PackId, ProductTerms,
    ProvenanceError, RunId, Side, State, Storage, UnitId, Window, MINUTE,
};

const GTIN: u64 = 9_506_000_134_369;
const COUNT: u64 = 50;
const PACK: u64 = 3;

/// It must not get warmer than 8 °C, but for an hour in total.
const HEAT: Bound = Bound {
    hundredths: 800,
    side: Side::Above,
};

/// In minutes: a logger may be silent for a day.
const GAP: u32 = 24 * 60;

/// Plays it.
pub fn play<C: Chain>(supply: &mut Supply<'_, '_, C>, lives: &mut Lives) -> Result<()> {
    let limit = Limit {
        bound: HEAT,
        minutes: 60,
    };
    let terms = ProductTerms {
        class: Class::Vaccine,
        storage: Storage {
            limits: vec![limit],
            longest_gap: GAP,
        },
        shelf_life: Some(180),
    };
    let goods = Goods::new(GTIN, terms, "COLD-1", COUNT, supply.journal.chain.now())?;
    let run = begin(supply, &goods)?;
    let unit = UnitId::Run(run);
    let pack = || goods.claim(PACK, 0);

    supply
        .journal
        .chapter("On its way it is above 8 °C for 80 minutes, and quarantined by itself");
    let from = supply.journal.chain.now();
    supply.ship(run, 2)?;
    supply.journal.pass(6 * HOUR, "six hours on the road");
    let (role, site) = (Topic::PHARMACY, PHARMACY);
    let receive = Action::Receive { unit, role, site };
    supply.accept(Clinic, "receive them", receive)?;
    supply.verify(pack(), State::Genuine)?;
    let arrived = from + 6 * HOUR;
    let what = "report 80 minutes above 8 °C, as its logger";
    supply.accept(Maker, what, report(unit, from, arrived, 80))?;
    supply.verify(pack(), State::Quarantined)?;
    let held = ProvenanceError::NotActive(State::Quarantined);
    let hand_out = || dispense(&goods, PACK, Topic::PHARMACY, PHARMACY);
    supply.refuse(Clinic, "dispense a pack", hand_out(), held)?;
    let release = |capacity| Action::Release {
        unit,
        capacity,
        written_off: vec![minutes(30)],
        reason: [0x7e; 32],
    };
    let by_clinic = release(Capacity::Custodian);
    let no_role = ProvenanceError::NotAttested;
    supply.refuse(Clinic, "release them", by_clinic, no_role)?;
    let what = "release 30 of the minutes, as who answers for quality";
    supply.accept(Maker, what, release(Capacity::Maker))?;
    supply.verify(pack(), State::Genuine)?;

    supply
        .journal
        .chapter("The refrigerator fails over night, and the packs are destroyed");
    supply.journal.pass(8 * HOUR, "eight hours pass");
    let what = "report three hours above 8 °C, as its logger";
    let night = report(unit, arrived, arrived + 8 * HOUR, 180);
    supply.accept(Maker, what, night)?;
    supply.verify(pack(), State::Quarantined)?;
    let end = End::Destroyed;
    supply.accept(Clinic, "destroy all 50", Action::Retire { unit, end })?;
    let over = ProvenanceError::NotActive(State::Ended(end));
    supply.refuse(Clinic, "dispense a pack", hand_out(), over)?;
    let (lot, index) = (run.lot, PACK);
    let subject = Subject::Pack(PackId { lot, index });
    supply.tell(lives, "A vaccine that got warm, twice", subject, pack())
}

/// The maker has 50 packs, and measures them.
fn begin<C: Chain>(supply: &mut Supply<'_, '_, C>, goods: &Goods) -> Result<RunId> {
    supply
        .journal
        .chapter("A vaccine may be above 8 °C for an hour in total, and is measured");
    let (name, terms) = (goods.product(), goods.terms().into());
    supply.accept(
        Maker,
        "register a vaccine",
        Action::Register { name, terms },
    )?;
    let (lot, site) = (goods.lot().into(), FACTORY);
    let commission = Action::Commission { lot, site };
    supply.accept(Maker, "commission a lot of 50 packs", commission)?;
    let lot = supply.lot(Maker, goods.lot())?;
    let run = RunId { lot, first: 0 };
    let logger = NewLogger {
        by: supply.identity(Maker)?,
        bounds: vec![HEAT],
        longest_gap: GAP,
    };
    let watch = Action::Watch {
        unit: UnitId::Run(run),
        logger: Some(logger.into()),
    };
    supply.accept(Maker, "put a logger beside them", watch)?;
    Ok(run)
}

fn minutes(count: u64) -> Outside {
    Outside {
        bound: HEAT,
        time: count * MINUTE,
    }
}

fn report(unit: UnitId, from: u64, until: u64, outside: u64) -> Action {
    let window = Window {
        from,
        until,
        outside: vec![minutes(outside)],
        digest: [0xd1; 32],
    };
    Action::Report {
        unit,
        window: window.into(),
    }
}
