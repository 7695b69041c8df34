//! Transformations: blood into components, materials into dental work, packs into other packs.

use crate::world::*;
use allive_olife_id_interface::Topic;
use ink::primitives::AccountId;
use provenance::*;

const DONATION: &[u8] = b"G123498654321H";

/// Red cells, plasma, platelets.
fn component(number: u8) -> ProductName {
    ProductName::Blood {
        service: id(BLOOD_SERVICE),
        code: *[b"E0336V00", b"E0869V00", b"E3046V00"][usize::from(number)],
    }
}

/// One piece of a product without serials.
fn piece(product: ProductName, code: &[u8]) -> NewLot {
    NewLot {
        product,
        code: code.to_vec(),
        count: 1,
        serials: None,
        ..new_lot()
    }
}

fn components() -> Vec<NewLot> {
    let all = (0..3).map(|number| piece(component(number), DONATION));
    all.collect()
}

fn first_of(new: &NewLot, maker: AccountId) -> RunId {
    let lot = lot_id(new, maker);
    RunId { lot, first: 0 }
}

fn donation() -> RunId {
    first_of(&piece(blood(), DONATION), BLOOD_SERVICE)
}

fn transform(inputs: &[RunId], outputs: &[NewLot], kind: Transformation) -> Action {
    let outputs = outputs.iter().cloned().map(Into::into);
    Action::Transform {
        inputs: inputs.to_vec(),
        outputs: outputs.collect(),
        kind,
    }
}

fn separate() -> Action {
    transform(
        &[donation()],
        &components(),
        Transformation::BloodProcessing,
    )
}

/// The blood service has a donation at `site(1)`.
fn donated() -> World {
    let mut world = World::new();
    for name in [blood(), component(0), component(1), component(2)] {
        act(&mut world, BLOOD_SERVICE, register(name, Class::Blood));
    }
    let donated = commission(piece(blood(), DONATION));
    act(&mut world, BLOOD_SERVICE, donated);
    world
}

fn separated() -> World {
    let mut world = donated();
    act(&mut world, BLOOD_SERVICE, separate());
    world
}

/// What the label of the first piece of a lot without serials says.
fn label(new: &NewLot) -> Claim {
    Claim {
        product: new.product.clone(),
        code: new.code.clone(),
        expiry: new.expiry,
        index: 0,
        first: 0,
        proof: None,
    }
}

#[track_caller]
fn state_of(world: &mut World, new: &NewLot) -> State {
    verify(world, label(new)).unwrap().state
}

/// Ten packs of the maker in other boxes.
fn other_boxes() -> NewLot {
    NewLot {
        count: 20,
        ..piece(gtin(), b"LOT-2")
    }
}

fn repack(inputs: &[RunId]) -> Action {
    transform(inputs, &[other_boxes()], Transformation::Repackaging)
}

const TRANSFORMED: State = State::Ended(End::Transformed);

#[test]
fn what_went_in_has_ended_and_outputs_keep_their_ancestors() {
    let mut world = donated();
    let message = message(&world, None, separate());
    let receipt = world.receipt(BLOOD_SERVICE, message);
    let lots: Vec<LotId> = components()
        .iter()
        .map(|new| lot_id(new, BLOOD_SERVICE))
        .collect();
    let right = Step::Transformed {
        inputs: vec![donation()],
        outputs: lots.clone(),
        kind: Transformation::BloodProcessing,
        by: id(BLOOD_SERVICE),
        site: site(1),
    };
    let steps = world.events(&receipt).into_iter();
    let mut steps: Vec<Step> = steps.map(|(Traced { step }, _)| step).collect();
    assert_eq!(steps.pop(), Some(right));
    let begun = steps.into_iter().map(|step| match step {
        Step::LotCommissioned { lot, .. } => lot,
        other => panic!("{other:?}"),
    });
    assert_eq!(begun.collect::<Vec<_>>(), lots);
    assert_eq!(state_of(&mut world, &piece(blood(), DONATION)), TRANSFORMED);
    let now = world.now();
    for new in components() {
        assert_eq!(state_of(&mut world, &new), State::Genuine);
        let run = first_of(&new, BLOOD_SERVICE);
        let lot = world.get(world.contract().lot(run.lot)).unwrap();
        assert_eq!((lot.ancestors, lot.level), (vec![donation()], 1));
        let role = Topic::BLOOD_SERVICE;
        let right = Custody::new(id(BLOOD_SERVICE), role, site(1), now).unwrap();
        assert_eq!(custody(&mut world, UnitId::Run(run)), right);
    }
}

#[test]
fn its_holder_transforms_it_who_makes_what_comes_out() {
    let errors = [
        ProvenanceError::NotAttested,
        ProvenanceError::NoStanding,
        ProvenanceError::NotHolder,
    ];
    let all = may(donated, |_, _| separate(), &errors);
    assert_eq!(all, [BLOOD_SERVICE]);
    // Whoever has it owns what it makes, in the role of the kind.
    let (mut world, run) = commissioned();
    pass(&mut world, UnitId::Run(run), MAKER, RIVAL);
    let error = refused(&mut world, RIVAL, repack(&[run]));
    assert_eq!(error, ProvenanceError::NotMaker);
    let (mut world, run) = commissioned();
    attest(&mut world, MAKER, !Topic::MANUFACTURER.bit());
    let error = refused(&mut world, MAKER, repack(&[run]));
    assert_eq!(error, ProvenanceError::NotAttested);
    // A part of what goes in is somebody else's.
    let (mut world, run) = commissioned();
    let rest = split(&mut world, MAKER, run, 4);
    pass(&mut world, UnitId::Run(rest), MAKER, PHARMACY);
    let error = refused(&mut world, MAKER, repack(&[run, rest]));
    assert_eq!(error, ProvenanceError::NotHolder);
}

#[test]
fn what_goes_in_is_at_one_place() {
    let (mut world, run) = commissioned();
    let rest = split(&mut world, MAKER, run, 4);
    let (unit, site) = (UnitId::Run(rest), site(2));
    act(&mut world, MAKER, Action::MoveTo { unit, site });
    let error = refused(&mut world, MAKER, repack(&[run, rest]));
    assert_eq!(error, ProvenanceError::Elsewhere);
    act(&mut world, MAKER, repack(&[rest]));
    let made = first_of(&other_boxes(), MAKER);
    assert_eq!(custody(&mut world, UnitId::Run(made)).site, site);
}

#[test]
fn only_what_is_genuine_is_transformed() {
    let lot = lot_id(&new_lot(), MAKER);
    let run = RunId { lot, first: 0 };
    let unit = UnitId::Run(run);
    let suspect = Action::Suspect {
        unit,
        capacity: Capacity::Maker,
        reason: REASON,
    };
    let end = End::Sample;
    let recall = Alert::RecallTwo;
    for (action, right) in [
        (
            raise(Target::Lot(lot), recall, Capacity::Maker),
            State::Recalled(recall),
        ),
        (
            raise(Target::Unit(unit), Alert::Stolen, Capacity::Custodian),
            State::Stolen,
        ),
        (suspect, State::Quarantined),
        (ship(unit, PHARMACY, UNTIL), State::InTransit),
        (Action::Retire { unit, end }, State::Ended(end)),
        (repack(&[run]), TRANSFORMED),
    ] {
        let (mut world, _) = commissioned();
        act(&mut world, MAKER, action);
        let error = refused(&mut world, MAKER, repack(&[run]));
        assert_eq!(error, ProvenanceError::NotActive(right));
    }
    let (mut world, _) = commissioned();
    let error = refused(&mut world, MAKER, repack(&[run, run]));
    assert_eq!(error, ProvenanceError::NotActive(TRANSFORMED));
    act(&mut world, MAKER, pack(case(MAKER, 1), &[unit]));
    let error = refused(&mut world, MAKER, repack(&[run]));
    assert_eq!(error, ProvenanceError::Inside);
    let (mut world, _) = commissioned();
    world.at(u64::from(new_lot().expiry.unwrap() + 1) * DAY);
    let error = refused(&mut world, MAKER, repack(&[run]));
    assert_eq!(error, ProvenanceError::NotActive(State::Expired));
    let unknown = RunId { first: 5, ..run };
    let error = refused(&mut world, MAKER, repack(&[unknown]));
    assert_eq!(error, ProvenanceError::UnknownUnit);
}

#[test]
fn a_run_of_which_a_pack_was_dispensed_is_not_transformed() {
    let (mut world, run) = commissioned();
    attest(
        &mut world,
        MAKER,
        Topic::MANUFACTURER.bit() | Topic::PHARMACY.bit(),
    );
    let rest = split(&mut world, MAKER, run, 4);
    let last = split(&mut world, MAKER, rest, 3);
    for (index, first) in [(3, 0), (7, 7)] {
        let dispense = Action::Dispense {
            claim: claim(index, first).into(),
            role: Topic::PHARMACY,
            site: site(1),
            prescription: None,
        };
        act(&mut world, MAKER, dispense);
    }
    for inputs in [vec![run], vec![last], vec![rest, run]] {
        let error = refused(&mut world, MAKER, repack(&inputs));
        let right = State::Ended(End::Dispensed);
        assert_eq!(error, ProvenanceError::NotActive(right));
    }
    // Those between two that were dispensed.
    let other = NewLot {
        code: b"LOT-3".to_vec(),
        ..other_boxes()
    };
    let kind = Transformation::Repackaging;
    act(&mut world, MAKER, transform(&[rest], &[other], kind));
    let index = 7;
    act(&mut world, MAKER, Action::UndoDispense { run: last, index });
    act(&mut world, MAKER, repack(&[last]));
}

#[test]
fn what_is_transformed_with_serials_lies_in_at_most_64_cells() {
    let most = MAX_WORDS * 256;
    for (first, right) in [
        (most, Ok(())),
        (most + 1, Err(ProvenanceError::TooManyPacks)),
    ] {
        let mut world = registered();
        let count = 2 * most;
        act(&mut world, MAKER, commission(NewLot { count, ..new_lot() }));
        let run = first_of(&new_lot(), MAKER);
        split(&mut world, MAKER, run, first);
        let message = message(&world, None, repack(&[run]));
        assert_eq!(world.answer(MAKER, message).map(drop), right);
    }
}

#[test]
fn a_recall_of_an_input_shows_on_all_that_was_made_of_it() {
    let unit = UnitId::Run(donation());
    for target in [
        Target::Product(blood()),
        Target::Lot(donation().lot),
        Target::Unit(unit),
    ] {
        let mut world = separated();
        let recall = raise(target, Alert::RecallThree, Capacity::Maker);
        act(&mut world, BLOOD_SERVICE, recall);
        for new in components() {
            assert_eq!(state_of(&mut world, &new), State::RecalledUpstream);
        }
    }
    let mut world = separated();
    let suspect = Action::Suspect {
        unit,
        capacity: Capacity::Maker,
        reason: REASON,
    };
    act(&mut world, BLOOD_SERVICE, suspect);
    for new in components() {
        assert_eq!(state_of(&mut world, &new), State::Quarantined);
    }
    let clear = Action::Clear {
        unit,
        as_authority: true,
        reason: REASON,
    };
    act(&mut world, AUTHORITY, clear);
    assert_eq!(state_of(&mut world, &components()[0]), State::Genuine);
    // What was made of another lot beside it is not recalled.
    let recall = raise(
        Target::Lot(lot_id(&components()[0], BLOOD_SERVICE)),
        Alert::RecallThree,
        Capacity::Maker,
    );
    act(&mut world, BLOOD_SERVICE, recall);
    assert_eq!(state_of(&mut world, &components()[1]), State::Genuine);
}

#[test]
fn a_recall_is_seen_over_four_levels_and_there_is_no_fifth() {
    let (mut world, run) = commissioned();
    let boxes = |level: u8| NewLot {
        code: vec![b'L', b'0' + level],
        ..other_boxes()
    };
    let mut input = run;
    for level in 1..=MAX_LEVEL {
        let action = transform(&[input], &[boxes(level)], Transformation::Compounding);
        act(&mut world, MAKER, action);
        input = first_of(&boxes(level), MAKER);
    }
    let fifth = transform(&[input], &[boxes(5)], Transformation::Compounding);
    let error = refused(&mut world, MAKER, fifth);
    assert_eq!(error, ProvenanceError::TooDeep);
    assert_eq!(state_of(&mut world, &boxes(MAX_LEVEL)), State::Genuine);
    let stolen = raise(
        Target::Unit(UnitId::Run(run)),
        Alert::Stolen,
        Capacity::Custodian,
    );
    act(&mut world, MAKER, stolen);
    let state = state_of(&mut world, &boxes(MAX_LEVEL));
    assert_eq!(state, State::RecalledUpstream);
}

#[test]
fn what_comes_out_is_a_new_lot_and_none_of_those_that_went_in() {
    let (mut world, run) = commissioned();
    let kind = Transformation::Repackaging;
    for outputs in [vec![new_lot()], vec![other_boxes(), other_boxes()]] {
        let error = refused(&mut world, MAKER, transform(&[run], &outputs, kind));
        assert_eq!(error, ProvenanceError::LotExists);
    }
    let no_product = piece(ProductName::Gtin(9_506_000_134_376), b"LOT-2");
    let error = refused(&mut world, MAKER, transform(&[run], &[no_product], kind));
    assert_eq!(error, ProvenanceError::UnknownProduct);
    let none = NewLot {
        count: 0,
        ..other_boxes()
    };
    let error = refused(&mut world, MAKER, transform(&[run], &[none], kind));
    assert_eq!(error, ProvenanceError::BadCount);
}

#[test]
fn one_to_16_runs_make_one_to_8_lots_of_one_kind() {
    let (mut world, mut run) = commissioned();
    let wrong = ProvenanceError::BadTransformation;
    let kind = Transformation::Repackaging;
    let many = |count: u8| -> Vec<NewLot> {
        let codes = (0..count).map(|number| vec![b'L', b'0' + number]);
        let all = codes.map(|code| NewLot {
            code,
            ..other_boxes()
        });
        all.collect()
    };
    for action in [
        repack(&[]),
        repack(&[run; 17]),
        transform(&[run], &[], kind),
        transform(&[run], &many(9), kind),
        transform(&[run], &many(1), Transformation::Making),
        transform(&[run], &[other_boxes(), components().remove(0)], kind),
    ] {
        assert_eq!(refused(&mut world, MAKER, action), wrong);
    }
    let mut inputs = vec![run];
    for _ in 0..9 {
        run = split(&mut world, MAKER, run, 1);
        inputs.push(run);
    }
    act(&mut world, MAKER, transform(&inputs, &many(8), kind));
    let lot = lot_id(&many(8)[7], MAKER);
    let lot = world.get(world.contract().lot(lot)).unwrap();
    assert_eq!(lot.ancestors, inputs);
}

#[test]
fn what_is_packed_anew_expires_no_later_than_what_went_in() {
    let (mut world, run) = commissioned();
    let expiry = new_lot().expiry.map(|day| day + 1);
    let later = NewLot {
        expiry,
        ..other_boxes()
    };
    let kind = Transformation::Repackaging;
    let error = refused(&mut world, MAKER, transform(&[run], &[later], kind));
    assert_eq!(error, ProvenanceError::BadExpiry);
    // Frozen plasma lasts longer than the donation.
    let mut world = donated();
    let plasma = NewLot {
        expiry,
        ..components().remove(1)
    };
    let kind = Transformation::BloodProcessing;
    act(
        &mut world,
        BLOOD_SERVICE,
        transform(&[donation()], &[plasma], kind),
    );
}

#[test]
fn what_was_transformed_never_comes_back() {
    let (mut world, run) = commissioned();
    let unit = UnitId::Run(run);
    let end = End::Transformed;
    let error = refused(&mut world, MAKER, Action::Retire { unit, end });
    assert_eq!(error, ProvenanceError::BadEnd);
    act(&mut world, MAKER, repack(&[run]));
    let error = refused(&mut world, MAKER, Action::Restore { unit });
    assert_eq!(error, ProvenanceError::Final);
    let error = refused(&mut world, MAKER, ship(unit, PHARMACY, UNTIL));
    assert_eq!(error, ProvenanceError::IsRetired);
    // Whoever wants to dispense a box of which the content is in another raises an alarm.
    let dispense = Action::Dispense {
        claim: claim(0, 0).into(),
        role: Topic::PHARMACY,
        site: site(5),
        prescription: None,
    };
    let message = message(&world, None, dispense);
    assert_eq!(world.done(PHARMACY, message), Outcome::Alarm);
}

#[test]
fn dental_work_is_made_of_materials_by_the_laboratory_that_has_them() {
    let (mut world, run) = commissioned();
    let rest = split(&mut world, MAKER, run, 8);
    pass(&mut world, UnitId::Run(rest), MAKER, LABORATORY);
    act(&mut world, LABORATORY, register(order(), Class::Dental));
    let denture = piece(order(), b"7");
    let kind = Transformation::Making;
    let action = transform(&[rest], &[denture.clone()], kind);
    act(&mut world, LABORATORY, action);
    let recall = raise(Target::Lot(run.lot), Alert::RecallOne, Capacity::Maker);
    act(&mut world, MAKER, recall);
    assert_eq!(state_of(&mut world, &denture), State::RecalledUpstream);
}
