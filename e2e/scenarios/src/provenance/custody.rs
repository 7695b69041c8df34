use super::{medicine::*, supply::*};
use crate::stage::{DAY, HOUR, MINUTE};
use ::provenance::*;
use allive_calls::{Chain, Typed};
use allive_olife_id_interface::Topic;
use allive_requests::ChainId;

const BY_MAKER: Party = (MAKER, Topic::MANUFACTURER);
const BY_WHOLESALER: Party = (WHOLESALER, Topic::WHOLESALER);
const BY_CARRIER: Party = (CARRIER, Topic::CARRIER);
const BY_PHARMACY: Party = (PHARMACY, Topic::PHARMACY);

/// A case of packs is refused once, called back once, and arrives too late once, before it goes its
/// way. At its end it is opened, and what is left over is destroyed.
pub fn a_lot_goes_from_its_maker_through_wholesaler_and_carrier_to_a_pharmacy<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut supply = Supply::whole(chain, genesis);
    let lot = lot(b"LOT-1", supply.today);
    let commission = Action::Commission {
        lot: lot.clone().into(),
        site: site(1),
    };
    let unknown = ProvenanceError::UnknownProduct;
    supply.refuses(MAKER, commission.clone(), unknown);
    supply.register(MAKER);
    supply.refuses(STRANGER, commission.clone(), ProvenanceError::NoStanding);
    supply.refuses(PHARMACY, commission, ProvenanceError::NotAttested);
    let run = supply.commission(MAKER, &lot);
    let claim = |first| claim(&lot, first, first);
    supply.is(claim(0), State::Genuine, MAKER);

    // Four packs are a run of their own, in a case on a pallet.
    let split = Action::Split { run, length: 4 };
    supply.traces(MAKER, split, Step::RunSplit { run, rest: 4 });
    let [case, pallet] = [1, 2].map(|number| container(supply.id(MAKER), number));
    for (container, unit) in [(case, UnitId::Run(run)), (pallet, UnitId::Container(case))] {
        let units = vec![unit];
        let pack = Action::Pack {
            container,
            units: units.clone(),
        };
        supply.traces(MAKER, pack, Step::Packed { container, units });
    }
    let unit = UnitId::Container(pallet);
    let ship_a_run = Action::Ship {
        unit: UnitId::Run(run),
        to: supply.id(WHOLESALER),
        until: supply.stage.chain.now() + DAY,
    };
    supply.refuses(MAKER, ship_a_run, ProvenanceError::Inside);

    // It is refused, then called back; and then it is on its way for too long.
    let receive = |role, site| Action::Receive { unit, role, site };
    let received = || receive(Topic::WHOLESALER, site(3));
    supply.ship(unit, BY_MAKER, WHOLESALER, DAY);
    supply.is(claim(0), State::InTransit, MAKER);
    let not_its = ProvenanceError::NotRecipient;
    supply.refuses(CARRIER, receive(Topic::CARRIER, site(4)), not_its);
    supply.refuses(CARRIER, Action::Refuse { unit }, not_its);
    let by = supply.id(WHOLESALER);
    supply.traces(
        WHOLESALER,
        Action::Refuse { unit },
        Step::Refused { unit, by },
    );
    supply.ship(unit, BY_MAKER, WHOLESALER, DAY);
    let holder = supply.id(MAKER);
    supply.traces(
        MAKER,
        Action::CallBack { unit },
        Step::CalledBack { unit, holder },
    );
    supply.refuses(WHOLESALER, received(), ProvenanceError::NotShipped);
    let until = supply.ship(unit, BY_MAKER, WHOLESALER, HOUR);
    supply.stage.wait_until(until + MINUTE);
    supply.refuses(WHOLESALER, received(), ProvenanceError::NotShipped);
    supply.is(claim(0), State::Genuine, MAKER);

    // Three parties have it, one after the other.
    supply.ship(unit, BY_MAKER, WHOLESALER, DAY);
    supply.receive(unit, BY_WHOLESALER, site(3));
    supply.is(claim(0), State::Genuine, WHOLESALER);
    supply.is(claim(4), State::Genuine, MAKER);
    let (holder, other) = (supply.id(WHOLESALER), site(33));
    let moved = Step::Moved {
        unit,
        holder,
        site: other,
    };
    let move_to = Action::MoveTo { unit, site: other };
    supply.traces(WHOLESALER, move_to, moved);
    supply.ship(unit, BY_WHOLESALER, CARRIER, DAY);
    supply.receive(unit, BY_CARRIER, site(4));
    supply.ship(unit, BY_CARRIER, PHARMACY, DAY);
    supply.receive(unit, BY_PHARMACY, site(5));
    supply.is(claim(0), State::Genuine, PHARMACY);

    // The pharmacy opens pallet and case, which end with that.
    for (container, unit) in [(pallet, UnitId::Container(case)), (case, UnitId::Run(run))] {
        let units = vec![unit];
        let unpack = Action::Unpack {
            container,
            units: units.clone(),
        };
        supply.traces(PHARMACY, unpack, Step::Unpacked { container, units });
        let gone = supply.contract().unit(UnitId::Container(container));
        assert_eq!(supply.stage.chain.get(gone), None);
    }
    let split = Action::Split { run, length: 3 };
    supply.traces(PHARMACY, split.clone(), Step::RunSplit { run, rest: 3 });
    let joined = Step::RunsJoined { run, next: 3 };
    supply.traces(PHARMACY, Action::Join { run }, joined);
    supply.traces(PHARMACY, split, Step::RunSplit { run, rest: 3 });
    let rest = RunId { first: 3, ..run };
    let (unit, by, site) = (UnitId::Run(rest), supply.id(PHARMACY), site(5));
    let retire = |end| {
        let retired = Step::UnitRetired {
            unit,
            end,
            by,
            site,
        };
        (Action::Retire { unit, end }, retired)
    };
    let (action, retired) = retire(End::Sample);
    supply.traces(PHARMACY, action, retired);
    supply.is(claim(3), State::Ended(End::Sample), PHARMACY);
    let restored = Step::UnitRestored { unit, by };
    supply.traces(PHARMACY, Action::Restore { unit }, restored);
    supply.is(claim(3), State::Genuine, PHARMACY);
    let (action, retired) = retire(End::Destroyed);
    supply.traces(PHARMACY, action, retired);
    supply.refuses(PHARMACY, Action::Restore { unit }, ProvenanceError::Final);
    supply.is(claim(3), State::Ended(End::Destroyed), PHARMACY);
    supply.is(claim(0), State::Genuine, PHARMACY);
}
