use super::{medicine::*, supply::*};
use crate::stage::{DAY, MINUTE};
use ::provenance::*;
use allive_calls::Chain;
use allive_olife_id_interface::Topic;
use allive_requests::ChainId;

const PACK: u64 = 7;

/// A pack is dispensed once. Its copied label raises an alarm, which is explained and closed, and
/// comes again. A dispensing is undone within ten days, and not later.
pub fn a_copied_label_raises_an_alarm_and_a_dispensing_is_undone_in_time<C: Chain>(
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

    let claim = || claim(&lot, PACK, 0);
    let dispense = |claim: Claim, role, site| Action::Dispense {
        claim: claim.into(),
        role,
        site,
        prescription: None,
    };
    let at_pharmacy = || dispense(claim(), Topic::PHARMACY, site(5));
    let copied = || dispense(claim(), Topic::HOSPITAL, site(6));
    let mut forged = claim();
    forged.proof.as_mut().unwrap().serial = b"FORGED".to_vec();
    let forged = dispense(forged, Topic::PHARMACY, site(5));
    let not_its_serial = ProvenanceError::Mismatch(Mismatch::Serial);
    supply.refuses(PHARMACY, forged, not_its_serial);
    supply.refuses(HOSPITAL, copied(), ProvenanceError::NotHolder);
    let pack = PackId {
        lot: run.lot,
        index: PACK,
    };
    let [pharmacy, hospital] = [(PHARMACY, 5), (HOSPITAL, 6)].map(|(key, number)| Dispenser {
        by: supply.id(key),
        site: site(number),
    });
    let dispensed = || Step::PackDispensed {
        pack,
        dispenser: pharmacy,
        role: Topic::PHARMACY,
        prescription: None,
    };
    supply.traces(PHARMACY, at_pharmacy(), dispensed());
    let ended = State::Ended(End::Dispensed);
    supply.is(claim(), ended, PHARMACY);
    let its_own = ProvenanceError::NotActive(ended);
    supply.refuses(PHARMACY, at_pharmacy(), its_own);

    // An alarm, from its first phase to its last.
    let alarm = |times, phase, by: Dispenser, reason| AlarmChanged {
        pack,
        alarm: Alarm {
            first: pharmacy,
            second: hospital,
            times,
            phase,
        },
        by: by.by,
        reason,
    };
    let raised = alarm(1, Phase::Raised, hospital, [0; 32]);
    let outcome = supply.comes_of(HOSPITAL, copied(), raised);
    assert_eq!(outcome, Outcome::Alarm);
    let reason = REASON;
    let explain = Action::Explain { pack, reason };
    let no_dispenser = ProvenanceError::NotDispenser;
    supply.refuses(MAKER, explain.clone(), no_dispenser);
    let settle = |as_authority, escalate| Action::Settle {
        pack,
        as_authority,
        escalate,
        reason,
    };
    supply.refuses(MAKER, settle(false, false), ProvenanceError::WrongPhase);
    let explained = alarm(1, Phase::Explained, hospital, reason);
    supply.does(HOSPITAL, explain, explained);
    let [maker, authority] = [MAKER, AUTHORITY].map(|key| Dispenser {
        by: supply.id(key),
        site: 0,
    });
    let closed = alarm(1, Phase::Closed, maker, reason);
    supply.does(MAKER, settle(false, false), closed);
    let again = alarm(2, Phase::Raised, hospital, [0; 32]);
    let outcome = supply.comes_of(HOSPITAL, copied(), again);
    assert_eq!(outcome, Outcome::Alarm);
    let escalated = alarm(2, Phase::Escalated, maker, reason);
    supply.does(MAKER, settle(false, true), escalated);
    supply.refuses(MAKER, settle(false, false), ProvenanceError::WrongPhase);
    let closed = alarm(2, Phase::Closed, authority, reason);
    supply.does(AUTHORITY, settle(true, false), closed);

    // The pack comes back, and is dispensed once more.
    let undo = || Action::UndoDispense { run, index: PACK };
    supply.refuses(HOSPITAL, undo(), ProvenanceError::NotHolder);
    let by = supply.id(PHARMACY);
    supply.traces(PHARMACY, undo(), Step::DispensingUndone { pack, by });
    supply.is(claim(), State::Genuine, PHARMACY);
    supply.traces(PHARMACY, at_pharmacy(), dispensed());
    let over = supply.stage.chain.now() + TERMS.undo;
    let prune = |supply: &Supply<C>| supply.contract().prune(run.lot, 0);
    let too_early = prune(&supply);
    let stranger = STRANGER.account();
    supply
        .stage
        .refuse(stranger, too_early, ProvenanceError::NothingToPrune);
    supply.stage.wait_until(over + MINUTE);
    supply.refuses(PHARMACY, undo(), ProvenanceError::Final);
    let in_time = prune(&supply);
    let ((), events) = supply.stage.accept(stranger, in_time);
    assert_eq!(events, []);
    supply.is(claim(), ended, PHARMACY);
}
