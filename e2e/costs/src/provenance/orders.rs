//! How far dental work is.

use super::{
    samples::{terms, SECRET},
    stage::{Place, OTHER, SECOND},
};
use crate::meter::Meter;
use allive_calls::{Chain, Typed};
use allive_merkle::Software;
use provenance::{Action, Class, NewProgress, ProductName, ProductTerms, Stage, KEPT_PROGRESS};

/// How far two orders of dental work are, until that is forgotten.
pub(super) fn progress(meter: &mut Meter, place: Place) {
    let order = |turn: u8| ProductName::Order {
        laboratory: place.id(SECOND),
        number: turn.into(),
    };
    for turn in [0, 1] {
        let class = Class::Dental;
        let terms = ProductTerms { class, ..terms() };
        let (name, terms) = (order(turn), terms.into());
        place.done(&mut meter.chain, SECOND, Action::Register { name, terms });
    }
    meter.message("act:report_progress", |chain, turn| {
        let progress = NewProgress {
            name: order(turn),
            number: 1,
            commitment: Stage::Received.commitment::<Software>(&SECRET, 1),
        };
        let progress = progress.into();
        place.act(chain, SECOND, Action::ReportProgress { progress })
    });
    meter.query("progress", |chain| {
        chain.ask(OTHER.account(), place.contract().progress(order(0).into()))
    });
    meter.chain.advance(KEPT_PROGRESS);
    meter.message("prune_progress", |chain, turn| {
        let prune = place.contract().prune_progress(order(turn).into());
        chain.send(OTHER.account(), prune)
    });
}
