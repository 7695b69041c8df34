//! Alerts, suspicions, verdicts, and what an authority ships.

use super::{
    samples::gtin,
    stage::{Place, AUTHORITY, DELAY, OTHER, PHARMACY, REASON, SECOND},
};
use crate::meter::Meter;
use allive_calls::{Chain, Keyring};
use provenance::{Action, Alert, Capacity, RunId, Target, UnitId, DAY};

/// What makers, holders and authorities say of things.
pub(super) fn warn(meter: &mut Meter, place: Place) {
    let lots = [b"LOT".as_slice(), b"C1"].map(|code| place.lot(&gtin(0), code));
    let target = |turn: u8| Target::Lot(lots[usize::from(turn)]);
    let unit = |turn: u8| {
        let lot = lots[usize::from(turn)];
        UnitId::Run(RunId { lot, first: 0 })
    };
    let (alert, capacity, reason) = (Alert::RecallTwo, Capacity::Authority, REASON);
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("raise", AUTHORITY, &|turn| Action::Raise {
        target: target(turn),
        alert,
        capacity,
        reason,
    });
    one("acknowledge", PHARMACY, &|turn| Action::Acknowledge {
        target: target(turn),
    });
    one("propose_lowering", AUTHORITY, &|turn| {
        Action::ProposeLowering {
            target: target(turn),
            alert,
            capacity,
            reason,
        }
    });
    one("suspect", AUTHORITY, &|turn| Action::Suspect {
        unit: unit(turn),
        capacity,
        reason,
    });
    one("clear", SECOND, &|turn| Action::Clear {
        unit: unit(turn),
        as_authority: true,
        reason,
    });
    meter.chain.advance(DELAY);
    meter.message("act:lower", |chain, turn| {
        let target = target(turn);
        place.act(chain, SECOND, Action::Lower { target, alert })
    });
}

/// What is illegitimate, and what is shipped for a holder.
pub(super) fn judge(meter: &mut Meter, place: Place) {
    let unit = |turn: u8| UnitId::Run(place.run(&gtin(0), b"BULK", 10 * u64::from(turn)));
    let (capacity, reason) = (Capacity::Authority, REASON);
    for turn in [0, 1] {
        let unit = unit(turn);
        let suspect = Action::Suspect {
            unit,
            capacity,
            reason,
        };
        place.done(&mut meter.chain, AUTHORITY, suspect);
    }
    meter.message("act:condemn", |chain, turn| {
        let unit = unit(turn);
        let condemn = Action::Condemn {
            unit,
            capacity,
            reason,
        };
        place.act(chain, AUTHORITY, condemn)
    });
    meter.message("act:redirect", |chain, turn| {
        let redirect = Action::Redirect {
            unit: unit(turn),
            to: place.id(OTHER),
            until: chain.now() + DELAY + DAY,
            reason,
        };
        place.act(chain, AUTHORITY, redirect)
    });
}
