use super::{medicine::*, supply::*};
use crate::stage::{DAY, MINUTE};
use ::provenance::*;
use allive_calls::{Chain, Typed};
use allive_olife_id_interface::Topic;
use allive_requests::ChainId;

/// A lot is recalled and a run of it suspected, wherever it is. Both are taken back: the recall
/// slowly, by two.
pub fn a_recall_is_acknowledged_and_lowered_by_two_after_the_delay<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut supply = Supply::whole(chain, genesis);
    let lot = lot(b"LOT-1", supply.today);
    supply.register(MAKER);
    let run = supply.commission(MAKER, &lot);
    let unit = UnitId::Run(run);
    supply.ship(unit, (MAKER, Topic::MANUFACTURER), PHARMACY, DAY);
    supply.receive(unit, (PHARMACY, Topic::PHARMACY), site(5));
    let claim = || claim(&lot, 0, 0);

    let (target, alert, reason) = (Target::Lot(run.lot), Alert::RecallTwo, REASON);
    let raise = |capacity| Action::Raise {
        target: target.clone(),
        alert,
        capacity,
        reason,
    };
    let by_custodian = raise(Capacity::Custodian);
    supply.refuses(PHARMACY, by_custodian, ProvenanceError::BadAlert);
    let by_another = raise(Capacity::Maker);
    supply.refuses(HOSPITAL, by_another, ProvenanceError::NotMaker);
    let raised = AlertRaised {
        target: target.clone(),
        alert,
        by: supply.id(MAKER),
        capacity: Capacity::Maker,
        reason,
    };
    supply.does(MAKER, raise(Capacity::Maker), raised);
    supply.is(claim(), State::Recalled(alert), PHARMACY);
    let acknowledged = Acknowledged {
        target: target.clone(),
        by: supply.id(PHARMACY),
    };
    let acknowledge = Action::Acknowledge {
        target: target.clone(),
    };
    supply.does(PHARMACY, acknowledge, acknowledged);
    let capacity = Capacity::Custodian;
    let suspect = Action::Suspect {
        unit,
        capacity,
        reason,
    };
    let suspected = Suspected {
        unit,
        by: supply.id(PHARMACY),
        capacity,
        reason,
    };
    supply.does(PHARMACY, suspect, suspected);

    // The maker proposes, the authority lowers.
    let lower = || Action::Lower {
        target: target.clone(),
        alert,
    };
    supply.refuses(AUTHORITY, lower(), ProvenanceError::NotProposed);
    let capacity = Capacity::Maker;
    let propose = Action::ProposeLowering {
        target: target.clone(),
        alert,
        capacity,
        reason,
    };
    let message = supply.message(None, propose);
    let (_, events) = supply.stage.accept(MAKER.account(), message);
    let asks = supply.contract().lot(run.lot);
    let kept = supply.stage.chain.get(asks).expect("there is the lot");
    let lowering = kept.alerts.lowering.expect("it was proposed");
    let proposed = LoweringProposed {
        target: target.clone(),
        alert,
        by: supply.id(MAKER),
        capacity,
        reason,
        ready: lowering.ready,
    };
    assert_eq!(events, [supply.said(proposed)]);
    supply.refuses(AUTHORITY, lower(), ProvenanceError::TooEarly);
    supply.stage.wait_until(lowering.ready + MINUTE);
    supply.refuses(MAKER, lower(), ProvenanceError::NotAttested);
    supply.is(claim(), State::Recalled(alert), PHARMACY);
    let by = supply.id(AUTHORITY);
    let lowered = AlertLowered {
        target: target.clone(),
        alert,
        by,
    };
    supply.does(AUTHORITY, lower(), lowered);
    supply.is(claim(), State::Quarantined, PHARMACY);
    let clear = |as_authority| Action::Clear {
        unit,
        as_authority,
        reason,
    };
    supply.refuses(MAKER, clear(false), ProvenanceError::NotSuspected);
    supply.does(AUTHORITY, clear(true), Cleared { unit, by, reason });
    supply.is(claim(), State::Genuine, PHARMACY);
}

/// A GTIN is sold to another maker, and both have lots of it. An authority says whose it is.
pub fn a_gtin_is_handed_over_and_an_authority_gives_it_back<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut supply = Supply::whole(chain, genesis);
    let [first, second] = [&b"LOT-1"[..], b"LOT-2"].map(|code| lot(code, supply.today));
    let name = GTIN;
    let [maker, buyer] = [MAKER, HOSPITAL].map(|key| supply.id(key));
    supply.register(MAKER);
    supply.commission(MAKER, &first);
    let take_over = || Action::TakeOver { name: GTIN };
    supply.refuses(HOSPITAL, take_over(), ProvenanceError::NotOffered);
    let to = Some(buyer);
    let hand_over = Action::HandOver {
        name: name.clone(),
        to,
    };
    let not_maker = ProvenanceError::NotMaker;
    supply.refuses(HOSPITAL, hand_over.clone(), not_maker);
    let product = Product {
        pending: to,
        ..product(maker)
    };
    let changed = |product: &Product| ProductChanged {
        name: GTIN,
        product: product.clone(),
    };
    supply.does(MAKER, hand_over, changed(&product));
    let product = Product {
        owner: buyer,
        former: vec![maker],
        pending: None,
        ..product
    };
    supply.does(HOSPITAL, take_over(), changed(&product));
    let commission = Action::Commission {
        lot: second.clone().into(),
        site: site(1),
    };
    supply.refuses(MAKER, commission, not_maker);
    supply.commission(HOSPITAL, &second);
    let mut terms = terms();
    terms.shelf_life = Some(100);
    let revise = Action::Revise {
        name: name.clone(),
        terms: terms.clone().into(),
    };
    let product = Product { terms, ..product };
    supply.does(HOSPITAL, revise, changed(&product));
    let claims = [claim(&first, 0, 0), claim(&second, 0, 0)];
    supply.is(claims[0].clone(), State::Genuine, MAKER);
    supply.is(claims[1].clone(), State::Genuine, HOSPITAL);

    let assign = Action::Assign {
        name,
        owner: maker,
        former: vec![],
    };
    let not_authority = ProvenanceError::NotAttested;
    supply.refuses(MAKER, assign.clone(), not_authority);
    let product = Product {
        owner: maker,
        former: vec![],
        ..product
    };
    supply.does(AUTHORITY, assign, changed(&product));
    supply.is(claims[0].clone(), State::Genuine, MAKER);
    let unknown = Answer::Unknown(Mismatch::Lot);
    assert_eq!(supply.verify(claims[1].clone()), unknown);
}
