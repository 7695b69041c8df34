use super::{medicine::*, supply::*};
use crate::{
    identity,
    stage::{DAY, MINUTE},
};
use ::olife_id::OlifeId;
use ::provenance::*;
use allive_calls::{at, Chain, Typed};
use allive_olife_id_interface::Topic;
use allive_requests::{ChainId, RequestError};

const BY_MAKER: Party = (MAKER, Topic::MANUFACTURER);

/// Whoever the maker appoints acts for it, until it is dismissed. What the maker signs, a stranger
/// submits, while the goods are as the maker saw them.
pub fn a_delegate_and_a_signature_act_for_an_organisation<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut supply = Supply::open(chain, genesis);
    let maker = supply.join(MAKER, &[Topic::MANUFACTURER], &[]);
    let pharmacy = supply.join(PHARMACY, &[Topic::PHARMACY], &[]);
    let clerk = HOSPITAL;
    let delegate = supply.join(clerk, &[], &[]);
    let id = supply.identities;
    supply.register(MAKER);
    let lot = lot(b"LOT-1", supply.today);

    let commission = || Action::Commission {
        lot: lot.clone().into(),
        site: site(1),
    };
    let no_standing = ProvenanceError::NoStanding;
    let message = supply.message(Some(maker), commission());
    supply.stage.refuse(clerk.account(), message, no_standing);
    let appoint = ::olife_id::Action::Appoint {
        delegate,
        topics: Topic::MANUFACTURER.bit(),
        issued: None,
        expires: supply.stage.chain.now() + 30 * DAY,
    };
    let act = at::<OlifeId>(id).act(appoint);
    supply.stage.accept(MAKER.account(), act);
    // It has no role of its own.
    supply.refuses(clerk, commission(), ProvenanceError::NotAttested);
    let asks = supply.contract().lot_id(GTIN, maker, lot.code.clone());
    let run = RunId {
        lot: supply.stage.chain.get(asks),
        first: 0,
    };
    let commissioned = Step::LotCommissioned {
        lot: run.lot,
        product: GTIN,
        maker,
        site: site(1),
    };
    let message = supply.message(Some(maker), commission());
    let (_, events) = supply.stage.accept(clerk.account(), message);
    assert_eq!(events, [supply.said(Traced { step: commissioned })]);
    supply.is(claim(&lot, 0, 0), State::Genuine, MAKER);
    let dismiss = ::olife_id::Action::Dismiss {
        delegate,
        issued: None,
    };
    // No word is newer than one of the same moment.
    supply.stage.chain.advance(MINUTE);
    let act = at::<OlifeId>(id).act(dismiss);
    supply.stage.accept(MAKER.account(), act);
    let split = Action::Split { run, length: 4 };
    let message = supply.message(Some(maker), split.clone());
    supply.stage.refuse(clerk.account(), message, no_standing);

    // Signed when the run had ten packs, it does not ship four.
    let unit = UnitId::Run(run);
    let until = supply.stage.chain.now() + 10 * DAY;
    let ship = || Action::Ship {
        unit,
        to: pharmacy,
        until,
    };
    let signed = supply.sign(MAKER, ship(), 3);
    supply.traces(MAKER, split, Step::RunSplit { run, rest: 4 });
    let stranger = STRANGER.account();
    let submit = supply.submission(&signed);
    let not_as_seen = ProvenanceError::NotAsSeen;
    supply.stage.refuse(stranger, submit, not_as_seen);
    let mut signed = supply.sign(MAKER, ship(), 3);
    let forged = supply.sign(STRANGER, ship(), 3).1;
    let right = std::mem::replace(&mut signed.1, forged);
    let submit = supply.submission(&signed);
    let bad = ProvenanceError::Request(RequestError::BadSignature);
    supply.stage.refuse(stranger, submit, bad);
    signed.1 = right;
    let submit = supply.submission(&signed);
    let (outcome, events) = supply.stage.accept(stranger, submit);
    assert_eq!(outcome, Outcome::Done);
    let shipped = Step::Shipped {
        unit,
        holder: maker,
        role: Topic::MANUFACTURER,
        to: pharmacy,
        until,
    };
    assert_eq!(events, [supply.said(Traced { step: shipped })]);
    let submit = supply.submission(&signed);
    let used = ProvenanceError::Request(RequestError::NonceUsed);
    supply.stage.refuse(stranger, submit, used);
    supply.receive(unit, (PHARMACY, Topic::PHARMACY), site(5));

    // What it signs after that it takes back before anybody submits it.
    let rest = UnitId::Run(RunId { first: 4, ..run });
    let ship = Action::Ship {
        unit: rest,
        to: pharmacy,
        until,
    };
    let signed = supply.sign(MAKER, ship, 4);
    let cancel = supply.contract().cancel(4);
    let ((), events) = supply.stage.accept(MAKER.account(), cancel);
    assert_eq!(events, []);
    let submit = supply.submission(&signed);
    supply.stage.refuse(stranger, submit, used);
    supply.is(claim(&lot, 4, 4), State::Genuine, MAKER);
}

/// A maker loses its key. Its identity is recovered, and the new key ships what the identity has;
/// nothing has to be carried over. The old key does nothing more.
pub fn a_lost_key_is_replaced_and_the_new_one_ships_what_the_identity_has<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut supply = Supply::open(chain, genesis);
    let guardian = supply.join(AUTHORITY, &[Topic::AUTHORITY], &[]);
    let maker = supply.join(MAKER, &[Topic::MANUFACTURER], &[guardian]);
    supply.join(PHARMACY, &[Topic::PHARMACY], &[]);
    let id = supply.identities;
    let renewed = STRANGER;
    supply.register(MAKER);
    let lot = lot(b"LOT-1", supply.today);
    let run = supply.commission(MAKER, &lot);
    let unit = UnitId::Run(run);
    let split = || Action::Split { run, length: 4 };

    let (by, key) = (AUTHORITY.account(), renewed.account());
    let ready = identity::recover(&mut supply.stage, id, maker, by, key);
    supply.refuses(renewed, split(), ProvenanceError::NoStanding);
    // Its own key neither, while the recovery waits.
    supply.refuses(MAKER, split(), ProvenanceError::NoStanding);
    supply.stage.wait_until(ready + MINUTE);
    supply.stage.accept(by, at::<OlifeId>(id).settle(maker));

    supply.refuses(MAKER, split(), ProvenanceError::NoStanding);
    supply.is(claim(&lot, 0, 0), State::Genuine, MAKER);
    supply.replaced(MAKER, renewed);
    supply.traces(renewed, split(), Step::RunSplit { run, rest: 4 });
    supply.ship(unit, (renewed, BY_MAKER.1), PHARMACY, DAY);
    supply.receive(unit, (PHARMACY, Topic::PHARMACY), site(5));
    supply.is(claim(&lot, 0, 0), State::Genuine, PHARMACY);
    supply.is(claim(&lot, 4, 4), State::Genuine, renewed);
}
