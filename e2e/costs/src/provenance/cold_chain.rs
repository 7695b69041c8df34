//! Loggers and what they report.

use super::{
    samples::gtin,
    stage::{Place, AUTHORITY, LOGGER, PHARMACY, REASON},
};
use crate::meter::Meter;
use allive_calls::Chain;
use provenance::{Action, Bound, Capacity, NewLogger, Outside, Side, UnitId, Window, MINUTE};

/// The cold chain of two runs.
pub(super) fn cool(meter: &mut Meter, place: Place) {
    let bounds = [(200, Side::Below), (800, Side::Above)];
    let bounds = bounds.map(|(hundredths, side)| Bound { hundredths, side });
    let outside = Outside {
        bound: bounds[1],
        time: MINUTE,
    };
    let logger = NewLogger {
        by: place.id(LOGGER),
        bounds: bounds.to_vec(),
        longest_gap: 30,
    };
    let unit = |turn: u8| UnitId::Run(place.run(&gtin(0), b"BULK", 10 * u64::from(turn)));
    meter.message("act:watch", |chain, turn| {
        let (unit, logger) = (unit(turn), Some(logger.clone().into()));
        place.act(chain, PHARMACY, Action::Watch { unit, logger })
    });
    let from = meter.chain.now();
    meter.chain.advance(10 * MINUTE);
    let window = Window {
        from,
        until: meter.chain.now(),
        outside: vec![outside],
        digest: [0xd1; 32],
    };
    meter.message("act:report", |chain, turn| {
        let (unit, window) = (unit(turn), window.clone().into());
        place.act(chain, LOGGER, Action::Report { unit, window })
    });
    meter.message("act:release", |chain, turn| {
        let release = Action::Release {
            unit: unit(turn),
            capacity: Capacity::Authority,
            written_off: vec![outside],
            reason: REASON,
        };
        place.act(chain, AUTHORITY, release)
    });
}
