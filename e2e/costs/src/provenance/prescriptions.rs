//! Prescriptions, parts of packs, and what is said by anybody.

use super::{
    samples::{claim, gtin, site},
    stage::{Place, MAKER, OTHER, PHARMACY, SECOND},
};
use crate::meter::Meter;
use allive_calls::{Keyring, Typed};
use allive_merkle::{Hash, Software};
use allive_olife_id_interface::Topic;
use allive_simulator::START;
use ink::env::hash::{Blake2x128, CryptoHash};
use provenance::{
    lock_of, prescription_key, Action, Claim, ErrorDeclaration, ErrorReason, Fill, NewPrescription,
    PrescriptionId, RunId, UnitId, DAY,
};

pub(super) const COMMITMENTS: [Hash; 2] = [[0xc0; 32], [0xc1; 32]];
pub(super) const FILL: Hash = [0x5e; 32];

pub(super) fn prescription(place: Place, turn: u8) -> PrescriptionId {
    let mut id = PrescriptionId::default();
    let key = prescription_key(place.id(SECOND), &COMMITMENTS[usize::from(turn)]);
    Blake2x128::hash(&key, &mut id);
    id
}

/// What is done with prescriptions; and parts of packs, of another lot.
pub(super) fn prescribe(meter: &mut Meter, place: Place) {
    let run = place.run(&gtin(0), b"LOT", 0);
    let other = place.run(&gtin(0), b"C1", 0);
    let unit = UnitId::Run(other);
    let to = place.id(PHARMACY);
    let until = START + DAY;
    let role = Topic::PHARMACY;
    let second = RunId { first: 1, ..other };
    for (by, action) in [
        (MAKER, Action::Ship { unit, to, until }),
        (
            PHARMACY,
            Action::Receive {
                unit,
                role,
                site: site(2),
            },
        ),
        (
            PHARMACY,
            Action::Split {
                run: other,
                length: 1,
            },
        ),
        (
            PHARMACY,
            Action::Split {
                run: second,
                length: 1,
            },
        ),
    ] {
        place.done(&mut meter.chain, by, action);
    }
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("prescribe", SECOND, &|turn| Action::Prescribe {
        prescription: NewPrescription {
            commitment: COMMITMENTS[usize::from(turn)],
            lock: lock_of::<Software>(&FILL),
            fills: 3,
            expires: START + DAY,
        }
        .into(),
    });
    let on = |turn| {
        let prescription = prescription(place, turn);
        let secret = FILL;
        let fill = Fill {
            prescription,
            secret,
        };
        Some(fill.into())
    };
    one("dispense, on a prescription", PHARMACY, &|turn| {
        Action::Dispense {
            claim: claim(b"LOT", turn.into()).into(),
            role,
            site: site(2),
            prescription: on(turn),
        }
    });
    one("undo_dispense, on a prescription", PHARMACY, &|turn| {
        let index = turn.into();
        Action::UndoDispense { run, index }
    });
    one("dispense_part", PHARMACY, &|turn| Action::DispensePart {
        claim: Claim {
            first: turn.into(),
            ..claim(b"C1", turn.into())
        }
        .into(),
        role,
        site: site(2),
        prescription: None,
    });
    one("cancel_prescription", SECOND, &|turn| {
        Action::CancelPrescription {
            prescription: prescription(place, turn),
            as_authority: false,
        }
    });
    one("declare_error", PHARMACY, &|_| {
        let declaration = ErrorDeclaration {
            event: [0xee; 32],
            reason: ErrorReason::IncorrectData,
            corrected_by: vec![[0xcc; 32]],
        };
        Action::DeclareError {
            declaration: declaration.into(),
        }
    });
    meter.message("ask", |chain, turn| {
        let ask = place.contract().ask(claim(b"LOT", turn.into()).into());
        chain.send(OTHER.account(), ask)
    });
    meter.query("asked", |chain| {
        chain.ask(OTHER.account(), place.contract().asked(run.lot))
    });
    meter.query("prescription", |chain| {
        let asked = place.contract().prescription(prescription(place, 0));
        chain.ask(OTHER.account(), asked)
    });
}
