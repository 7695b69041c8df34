//! What makers do.

use super::{
    samples::{commission, gtin, register, serial_lot, terms},
    stage::{Place, AUTHORITY, MAKER, OTHER, PHARMACY},
};
use crate::meter::Meter;
use allive_calls::Keyring;
use provenance::Action;

/// What makers do.
pub(super) fn make(meter: &mut Meter, place: Place) {
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("register", MAKER, &|turn| {
        register(gtin(1 + u64::from(turn)))
    });
    one("revise", MAKER, &|_| Action::Revise {
        name: gtin(1),
        terms: terms().into(),
    });
    let to_second = place.id(OTHER);
    one("hand_over", MAKER, &|turn| Action::HandOver {
        name: gtin(1 + u64::from(turn)),
        to: Some(to_second),
    });
    one("assign", AUTHORITY, &|turn| Action::Assign {
        name: gtin(1 + u64::from(turn)),
        owner: place.id(PHARMACY),
        former: vec![],
    });
    one("commission", MAKER, &|turn| {
        commission(serial_lot(&[b'C', b'0' + turn]))
    });
    meter.message("act:take_over", |chain, turn| {
        let name = || gtin(1 + u64::from(turn));
        let owner = place.id(MAKER);
        let assign = Action::Assign {
            name: name(),
            owner,
            former: vec![],
        };
        place.done(chain, AUTHORITY, assign);
        let to = Some(place.id(OTHER));
        place.done(chain, MAKER, Action::HandOver { name: name(), to });
        place.act(chain, OTHER, Action::TakeOver { name: name() })
    });
}
