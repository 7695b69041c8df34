//! Dispensing, pack by pack.

use crate::world::*;
use allive_olife_id_interface::Topic;
use ink::primitives::AccountId;
use provenance::*;

/// A pharmacy that is not the holder's.
const OTHER: AccountId = WHOLESALER;

/// The pharmacy has the lot at `site(5)`, and the wholesaler is a pharmacy, too.
fn begin() -> World {
    let (mut world, _) = delivered();
    let both = Topic::PHARMACY.bit() | Topic::WHOLESALER.bit();
    attest(&mut world, OTHER, both);
    world
}

fn run() -> RunId {
    let lot = lot_id(&new_lot(), MAKER);
    RunId { lot, first: 0 }
}

fn pack_id(index: u64) -> PackId {
    let lot = run().lot;
    PackId { lot, index }
}

fn dispense_at(index: u64, site: u64) -> Action {
    Action::Dispense {
        claim: claim(index, 0).into(),
        role: Topic::PHARMACY,
        site,
        prescription: None,
    }
}

fn dispense(index: u64) -> Action {
    dispense_at(index, site(5))
}

fn undo(index: u64) -> Action {
    Action::UndoDispense { run: run(), index }
}

#[track_caller]
fn outcome(world: &mut World, by: AccountId, action: Action) -> Outcome {
    world.done(by, message(world, None, action))
}

fn state_of(world: &mut World, index: u64) -> State {
    verify(world, claim(index, 0)).unwrap().state
}

const DISPENSED: State = State::Ended(End::Dispensed);

/// The first pack is dispensed, and the other pharmacy wanted to dispense it at `site(3)`.
fn alarmed() -> World {
    let mut world = begin();
    act(&mut world, PHARMACY, dispense(0));
    let outcome = outcome(&mut world, OTHER, dispense_at(0, site(3)));
    assert_eq!(outcome, Outcome::Alarm);
    world
}

fn alarm(world: &mut World) -> Alarm {
    world.get(world.contract().alarm(run().lot, 0)).unwrap()
}

#[test]
fn the_holder_dispenses_a_pack_and_no_other() {
    let mut world = begin();
    let said = step(&mut world, PHARMACY, dispense(3));
    let (by, site) = (id(PHARMACY), site(5));
    let right = Step::PackDispensed {
        pack: pack_id(3),
        dispenser: Dispenser { by, site },
        role: Topic::PHARMACY,
        prescription: None,
    };
    assert_eq!(said, right);
    for index in 0..COUNT {
        let right = if index == 3 {
            DISPENSED
        } else {
            State::Genuine
        };
        assert_eq!(state_of(&mut world, index), right);
    }
    let error = refused(&mut world, OTHER, dispense(4));
    assert_eq!(error, ProvenanceError::NotHolder);
    let error = refused(&mut world, PHARMACY, dispense_at(4, 0));
    assert_eq!(error, ProvenanceError::Elsewhere);
}

#[test]
fn a_piece_without_a_serial_is_not_dispensed() {
    let mut world = registered();
    let serials = None;
    act(
        &mut world,
        MAKER,
        commission(NewLot {
            serials,
            ..new_lot()
        }),
    );
    pass(&mut world, UnitId::Run(run()), MAKER, PHARMACY);
    let claim = Claim {
        proof: None,
        ..claim(0, 0)
    };
    let action = Action::Dispense {
        claim: claim.into(),
        role: Topic::PHARMACY,
        site: site(5),
        prescription: None,
    };
    let error = refused(&mut world, PHARMACY, action);
    assert_eq!(error, ProvenanceError::NoSerials);
}

#[test]
fn nothing_is_dispensed_out_of_a_container() {
    let mut world = begin();
    act(&mut world, PHARMACY, dispense(0));
    let units = [UnitId::Run(run())];
    act(&mut world, PHARMACY, pack(case(PHARMACY, 1), &units));
    for action in [dispense(1), undo(0)] {
        let error = refused(&mut world, PHARMACY, action);
        assert_eq!(error, ProvenanceError::Inside);
    }
    let error = refused(&mut world, PHARMACY, dispense(0));
    assert_eq!(error, ProvenanceError::NotActive(DISPENSED));
}

#[test]
fn a_pack_is_dispensed_in_a_role_of_dispensers_that_is_attested_at_that_moment() {
    for number in 0..Topic::COUNT {
        let role = Topic(number);
        let mut world = begin();
        let action = Action::Dispense {
            claim: claim(0, 0).into(),
            role,
            site: site(5),
            prescription: None,
        };
        if DISPENSERS & role.bit() == 0 {
            attest(&mut world, PHARMACY, u64::MAX);
            let error = refused(&mut world, PHARMACY, action);
            assert_eq!(error, ProvenanceError::BadRole);
        } else {
            attest(&mut world, PHARMACY, !role.bit());
            let error = refused(&mut world, PHARMACY, action.clone());
            assert_eq!(error, ProvenanceError::NotAttested);
            attest(&mut world, PHARMACY, role.bit());
            act(&mut world, PHARMACY, action);
        }
    }
}

#[test]
fn only_a_genuine_pack_is_dispensed() {
    let mut world = begin();
    let wrong = Action::Dispense {
        claim: claim(COUNT, 0).into(),
        role: Topic::PHARMACY,
        site: site(5),
        prescription: None,
    };
    let error = refused(&mut world, PHARMACY, wrong);
    assert_eq!(error, ProvenanceError::Mismatch(Mismatch::Serial));
    let recall = raise(Target::Lot(run().lot), Alert::RecallThree, Capacity::Maker);
    let suspect = Action::Suspect {
        unit: UnitId::Run(run()),
        capacity: Capacity::Maker,
        reason: REASON,
    };
    for (by, action, right) in [
        (MAKER, recall, State::Recalled(Alert::RecallThree)),
        (MAKER, suspect, State::Quarantined),
        (
            PHARMACY,
            ship(UnitId::Run(run()), OTHER, UNTIL),
            State::InTransit,
        ),
    ] {
        let mut world = begin();
        act(&mut world, by, action);
        for by in [PHARMACY, OTHER] {
            let error = refused(&mut world, by, dispense(0));
            assert_eq!(error, ProvenanceError::NotActive(right));
        }
        assert_eq!(world.get(world.contract().alarm(run().lot, 0)), None);
    }
    world.at(u64::from(new_lot().expiry.unwrap() + 1) * DAY);
    let error = refused(&mut world, PHARMACY, dispense(0));
    assert_eq!(error, ProvenanceError::NotActive(State::Expired));
}

#[test]
fn whoever_dispenses_its_own_again_is_told_so_and_another_raises_an_alarm_with_both_places() {
    let mut world = begin();
    act(&mut world, PHARMACY, dispense(0));
    let error = refused(&mut world, PHARMACY, dispense(0));
    assert_eq!(error, ProvenanceError::NotActive(DISPENSED));
    let said: AlarmChanged = event(&mut world, OTHER, dispense_at(0, site(3)));
    let right = Alarm {
        first: Dispenser {
            by: id(PHARMACY),
            site: site(5),
        },
        second: Dispenser {
            by: id(OTHER),
            site: site(3),
        },
        times: 1,
        phase: Phase::Raised,
    };
    assert_eq!(
        (said.pack, said.alarm, said.by),
        (pack_id(0), right, id(OTHER))
    );
    assert_eq!(alarm(&mut world), right);
    let again = outcome(&mut world, OTHER, dispense_at(0, site(3)));
    assert_eq!(again, Outcome::Alarm);
    assert_eq!(alarm(&mut world).times, 2);
}

#[test]
fn where_it_is_forgotten_who_dispensed_a_pack_it_was_whoever_has_its_run() {
    let mut world = begin();
    act(&mut world, PHARMACY, dispense(0));
    world.advance(UNDO);
    world.done(STRANGER, world.contract().prune(run().lot, 0));
    let error = refused(&mut world, PHARMACY, dispense(0));
    assert_eq!(error, ProvenanceError::NotActive(DISPENSED));
    act(&mut world, OTHER, dispense_at(0, site(3)));
    let first = alarm(&mut world).first;
    assert_eq!((first.by, first.site), (id(PHARMACY), site(5)));
}

#[test]
fn a_copied_label_raises_an_alarm_also_where_the_run_ended_or_was_stolen() {
    let unit = UnitId::Run(run());
    let stolen = raise(Target::Unit(unit), Alert::Stolen, Capacity::Custodian);
    let sample = Action::Retire {
        unit,
        end: End::Sample,
    };
    for action in [stolen, sample] {
        let mut world = begin();
        act(&mut world, PHARMACY, action);
        let state = state(&mut world);
        let error = refused(&mut world, PHARMACY, dispense(0));
        assert_eq!(error, ProvenanceError::NotActive(state));
        act(&mut world, OTHER, dispense_at(0, site(3)));
        assert_eq!(alarm(&mut world).first.by, id(PHARMACY));
    }
}

#[test]
fn who_dispensed_a_pack_undoes_that_at_the_same_place_in_time() {
    for (later, right) in [(UNDO - 1, Ok(())), (UNDO, Err(ProvenanceError::Final))] {
        let mut world = begin();
        act(&mut world, PHARMACY, dispense(0));
        world.advance(later);
        let action = message(&world, None, undo(0));
        assert_eq!(world.answer(PHARMACY, action).map(drop), right);
    }
    let mut world = begin();
    let error = refused(&mut world, PHARMACY, undo(0));
    assert_eq!(error, ProvenanceError::NotDispensed);
    act(&mut world, PHARMACY, dispense(0));
    act(&mut world, PHARMACY, dispense(1));
    let error = refused(&mut world, OTHER, undo(0));
    assert_eq!(error, ProvenanceError::NotHolder);
    let error = refused(&mut world, PHARMACY, undo(COUNT));
    assert_eq!(error, ProvenanceError::UnknownUnit);
    let unit = UnitId::Run(run());
    act(&mut world, PHARMACY, Action::MoveTo { unit, site: 0 });
    let error = refused(&mut world, PHARMACY, undo(0));
    assert_eq!(error, ProvenanceError::NotDispenser);
    let back = Action::MoveTo {
        unit,
        site: site(5),
    };
    act(&mut world, PHARMACY, back);
    let said = step(&mut world, PHARMACY, undo(0));
    let (pack, by) = (pack_id(0), id(PHARMACY));
    assert_eq!(said, Step::DispensingUndone { pack, by });
    assert_eq!(state_of(&mut world, 0), State::Genuine);
    assert_eq!(state_of(&mut world, 1), DISPENSED);
    // It can be dispensed again, and that can be undone again.
    act(&mut world, PHARMACY, dispense(0));
    act(&mut world, PHARMACY, undo(0));
    // Another that receives the run undoes nothing.
    pass(&mut world, unit, PHARMACY, OTHER_HOLDER);
    let error = refused(&mut world, OTHER_HOLDER, undo(1));
    assert_eq!(error, ProvenanceError::NotDispenser);
}

const OTHER_HOLDER: AccountId = LABORATORY;

#[test]
fn a_dispensing_is_not_undone_if_the_pack_is_recalled_meanwhile() {
    let mut world = begin();
    act(&mut world, PHARMACY, dispense(0));
    let alert = Alert::RecallTwo;
    let recall = raise(Target::Product(gtin()), alert, Capacity::Maker);
    act(&mut world, MAKER, recall);
    let error = refused(&mut world, PHARMACY, undo(0));
    assert_eq!(error, ProvenanceError::NotActive(State::Recalled(alert)));
}

#[test]
fn a_word_of_256_packs_ends_at_33_bytes() {
    let mut world = begin();
    let bytes = |world: &mut World, number| {
        let word = world.get(world.contract().word(run().lot, number));
        word.map(|word| scale::Encode::encode(&word).len())
    };
    for index in 0..COUNT {
        act(&mut world, PHARMACY, dispense(index));
    }
    assert_eq!(bytes(&mut world, 0), Some(33 + 26 * COUNT as usize));
    assert_eq!(bytes(&mut world, 1), None);
    let prune = world.contract().prune(run().lot, 0);
    world.advance(UNDO - 1);
    assert_eq!(
        world.refused(STRANGER, prune),
        ProvenanceError::NothingToPrune
    );
    world.advance(1);
    let receipt = world.receipt(STRANGER, world.contract().prune(run().lot, 0));
    assert_eq!(receipt.deposit.bytes, -26 * COUNT as i64);
    assert_eq!(bytes(&mut world, 0), Some(33));
    assert_eq!(state_of(&mut world, 9), DISPENSED);
}

#[test]
fn a_dispenser_explains_an_alarm_and_maker_or_authority_closes_it() {
    let errors = [
        ProvenanceError::NotDispenser,
        ProvenanceError::NoStanding,
        ProvenanceError::NotAttested,
        ProvenanceError::NotMaker,
    ];
    let (pack, reason) = (pack_id(0), REASON);
    let explain = || Action::Explain { pack, reason };
    assert_eq!(may(alarmed, |_, _| explain(), &errors), [OTHER, PHARMACY]);
    let explained = || {
        let mut world = alarmed();
        act(&mut world, PHARMACY, explain());
        world
    };
    for (as_authority, right) in [(false, vec![MAKER]), (true, vec![AUTHORITY, SECOND])] {
        for escalate in [false, true] {
            let settle = |_: &World, _| Action::Settle {
                pack,
                as_authority,
                escalate,
                reason,
            };
            assert_eq!(may(explained, settle, &errors), right);
        }
    }
    let settle = |as_authority, escalate| Action::Settle {
        pack,
        as_authority,
        escalate,
        reason,
    };
    // What nobody explained is not closed, but escalated.
    let mut world = alarmed();
    let error = refused(&mut world, MAKER, settle(false, false));
    assert_eq!(error, ProvenanceError::WrongPhase);
    act(&mut world, MAKER, settle(false, true));
    for (by, action) in [
        (PHARMACY, explain()),
        (MAKER, settle(false, false)),
        (MAKER, settle(false, true)),
    ] {
        let error = refused(&mut world, by, action);
        assert_eq!(error, ProvenanceError::WrongPhase);
    }
    act(&mut world, AUTHORITY, settle(true, false));
    assert_eq!(alarm(&mut world).phase, Phase::Closed);
    // Dispensed a third time, it is raised anew.
    act(&mut world, OTHER, dispense_at(0, site(3)));
    let alarm = alarm(&mut world);
    assert_eq!((alarm.phase, alarm.times), (Phase::Raised, 2));
}

#[test]
fn a_dispenser_does_not_close_the_alarm_about_itself() {
    let mut world = alarmed();
    let (pack, reason) = (pack_id(0), REASON);
    act(&mut world, OTHER, Action::Explain { pack, reason });
    attest(&mut world, OTHER, Topic::AUTHORITY.bit());
    let close = Action::Settle {
        pack,
        as_authority: true,
        escalate: false,
        reason,
    };
    let error = refused(&mut world, OTHER, close);
    assert_eq!(error, ProvenanceError::SameParty);
    let unknown = Action::Explain {
        pack: pack_id(1),
        reason,
    };
    let error = refused(&mut world, OTHER, unknown);
    assert_eq!(error, ProvenanceError::UnknownAlarm);
}
