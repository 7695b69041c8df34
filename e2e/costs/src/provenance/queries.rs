//! The questions of everybody.

use super::{
    samples::gtin,
    stage::{Place, MAKER, OTHER, PHARMACY},
};
use crate::meter::Meter;
use allive_calls::Typed;
use allive_simulator::START;
use provenance::{Action, Request, SignedAction, UnitId, DAY};

/// Everybody's questions.
pub(super) fn ask(meter: &mut Meter, place: Place) {
    let by = OTHER.account();
    let run = place.run(&gtin(0), b"LOT", 0);
    let contract = || place.contract();
    meter.query("product", |chain| {
        chain.ask(by, contract().product(gtin(0)))
    });
    meter.query("lot_id", |chain| {
        let maker = place.id(MAKER);
        chain.ask(by, contract().lot_id(gtin(0), maker, b"LOT".to_vec()))
    });
    meter.query("lot", |chain| chain.ask(by, contract().lot(run.lot)));
    meter.query("unit", |chain| {
        chain.ask(by, contract().unit(UnitId::Run(run)))
    });
    meter.query("identities", |chain| chain.ask(by, contract().identities()));
    meter.query("terms", |chain| chain.ask(by, contract().terms()));
    meter.query("chain", |chain| chain.ask(by, contract().chain()));
    meter.query("used_nonces", |chain| {
        let signer = PHARMACY.account().into();
        chain.ask(by, contract().used_nonces(signer, 0))
    });
    let action = || Action::Refuse {
        unit: UnitId::Run(run),
    };
    meter.query("seen", |chain| {
        chain.ask(by, contract().seen(action().into()))
    });
    meter.query("request_text", |chain| {
        let request = Request {
            signer: PHARMACY.account().into(),
            action: SignedAction {
                organisation: None,
                action: action().into(),
                seen: [7; 32],
            },
            nonce: 9,
            deadline: START + DAY,
        };
        chain.ask(by, contract().request_text(request.into()))
    });
}
