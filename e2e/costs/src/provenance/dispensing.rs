//! What dispensers do, and alarms.

use super::{
    prescriptions::{prescribe, prescription},
    samples::{claim, gtin, site, SECRET},
    stage::{Place, AUTHORITY, MAKER, OTHER, PHARMACY, REASON, UNDO},
};
use crate::meter::Meter;
use allive_calls::{Chain, Keyring, Typed};
use allive_olife_id_interface::Topic;
use allive_simulator::START;
use provenance::{Action, PackId, RunId, UnitId, DAY};

/// What dispensers do, of the lot with serials.
pub(super) fn dispense(meter: &mut Meter, place: Place) {
    let run = place.run(&gtin(0), b"LOT", 0);
    let unit = UnitId::Run(run);
    for (by, action) in [
        (
            MAKER,
            Action::Ship {
                unit,
                to: place.id(PHARMACY),
                until: START + DAY,
            },
        ),
        (
            PHARMACY,
            Action::Receive {
                unit,
                role: Topic::PHARMACY,
                site: site(2),
            },
        ),
    ] {
        place.done(&mut meter.chain, by, action);
    }
    let dispense = |turn: u8, number: u64| Action::Dispense {
        claim: claim(b"LOT", turn.into()).into(),
        role: Topic::PHARMACY,
        site: site(number),
        prescription: None,
    };
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("dispense", PHARMACY, &|turn| dispense(turn, 2));
    one("undo_dispense", PHARMACY, &|turn| Action::UndoDispense {
        run,
        index: turn.into(),
    });
    prescribe(meter, place);
    for turn in [0, 1] {
        place.done(&mut meter.chain, PHARMACY, dispense(turn, 2));
    }
    meter.message("confirm", |chain, turn| {
        let confirm = place
            .contract()
            .confirm(claim(b"LOT", turn.into()).into(), SECRET);
        chain.send(OTHER.account(), confirm)
    });
    meter.query("confirmed", |chain| {
        chain.ask(OTHER.account(), place.contract().confirmed(run.lot, 0))
    });
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("dispense, an alarm", OTHER, &|turn| dispense(turn, 3));
    let pack = |turn: u8| PackId {
        lot: run.lot,
        index: turn.into(),
    };
    let reason = REASON;
    one("explain", OTHER, &|turn| Action::Explain {
        pack: pack(turn),
        reason,
    });
    one("settle", AUTHORITY, &|turn| Action::Settle {
        pack: pack(turn),
        as_authority: true,
        escalate: false,
        reason,
    });
    meter.query("verify", |chain| {
        let claim = claim(b"LOT", 0);
        chain.ask(OTHER.account(), place.contract().verify(claim.into()))
    });
    meter.query("word", |chain| {
        chain.ask(OTHER.account(), place.contract().word(run.lot, 0))
    });
    meter.query("alarm", |chain| {
        chain.ask(OTHER.account(), place.contract().alarm(run.lot, 0))
    });
    meter.chain.advance(UNDO);
    meter.message("prune_prescription", |chain, turn| {
        let prescription = prescription(place, turn);
        let prune = place.contract().prune_prescription(prescription);
        chain.send(OTHER.account(), prune)
    });
    meter.message("prune", |chain, turn| {
        if turn == 1 {
            // Another cell, of which the first pack was dispensed.
            let lot = place.lot(&gtin(0), b"C0");
            let run = RunId { lot, first: 0 };
            let unit = UnitId::Run(run);
            let until = chain.now() + DAY;
            let to = place.id(PHARMACY);
            place.done(chain, MAKER, Action::Ship { unit, to, until });
            let receive = Action::Receive {
                unit,
                role: Topic::PHARMACY,
                site: site(2),
            };
            place.done(chain, PHARMACY, receive);
            let dispense = Action::Dispense {
                claim: claim(b"C0", 0).into(),
                role: Topic::PHARMACY,
                site: site(2),
                prescription: None,
            };
            place.done(chain, PHARMACY, dispense);
            chain.advance(UNDO);
            return chain.send(OTHER.account(), place.contract().prune(lot, 0));
        }
        chain.send(OTHER.account(), place.contract().prune(run.lot, 0))
    });
}
