//! How far dental work is made: said by its laboratory, read by its patient.

use crate::world::*;
use allive_calls::Deposit;
use allive_merkle::Software;
use allive_olife_id_interface::Topic;
use provenance::*;

/// Another laboratory.
const OTHER: ink::primitives::AccountId = RIVAL;

/// What patient and laboratory know.
const HERS: Secret = [0x5e; 16];

/// The laboratory has the order of a patient; and there is another laboratory.
fn ordered() -> World {
    let mut world = World::new();
    act(&mut world, LABORATORY, register(order(), Class::Dental));
    attest(&mut world, OTHER, Topic::LABORATORY.bit());
    world
}

fn say(stage: Stage, number: u32) -> Action {
    of(order(), number, stage.commitment::<Software>(&HERS, number))
}

fn of(name: ProductName, number: u32, commitment: [u8; 32]) -> Action {
    let progress = NewProgress {
        name,
        number,
        commitment,
    };
    Action::ReportProgress {
        progress: progress.into(),
    }
}

fn progress(world: &mut World) -> Option<Progress> {
    world.get(world.contract().progress(order().into()))
}

#[test]
fn a_patient_reads_by_her_secret_which_stage_was_said_last() {
    let mut world = ordered();
    assert_eq!(progress(&mut world), None);
    for (number, stage) in (1..).zip(Stage::ALL) {
        world.advance(1);
        let at = world.now();
        let commitment = stage.commitment::<Software>(&HERS, number);
        let said: OrderProgressed = event(&mut world, LABORATORY, say(stage, number));
        let right = OrderProgressed {
            name: order(),
            number,
            commitment,
        };
        assert_eq!(said, right);
        let kept = progress(&mut world).unwrap();
        let right = Progress {
            number,
            commitment,
            at,
        };
        assert_eq!(kept, right);
        assert_eq!(Stage::of::<Software>(&HERS, &kept), Some(stage));
    }
}

/// Whoever has not the secret sees that something was said, and how often.
#[test]
fn without_her_secret_nobody_tells_one_stage_from_another() {
    let mut seen = Vec::new();
    for stage in Stage::ALL {
        let mut world = ordered();
        let said = message(&world, None, say(stage, 1));
        let receipt = world.receipt(LABORATORY, said);
        let kept = progress(&mut world).unwrap();
        for bit in 0..128 {
            let mut other = HERS;
            other[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Stage::of::<Software>(&other, &kept), None);
        }
        let number = 2;
        let of_another = Progress { number, ..kept };
        assert_eq!(Stage::of::<Software>(&HERS, &of_another), None);
        // Neither by what it costs, nor by how long it is.
        let [event] = &receipt.events[..] else {
            panic!("not one event");
        };
        seen.push((receipt.gas, receipt.deposit, event.data.len()));
        let mut rest = event.data.clone();
        let commitment = rest.split_off(rest.len() - 32);
        assert_eq!(commitment, kept.commitment);
        seen.dedup();
    }
    assert_eq!(seen.len(), 1, "{seen:?}");
}

/// What was said twice looks like two stages: nobody sees that an order does not go on.
#[test]
fn the_same_stage_looks_like_another_when_it_is_said_again() {
    let mut world = ordered();
    act(&mut world, LABORATORY, say(Stage::OnHold, 1));
    let first = progress(&mut world).unwrap();
    act(&mut world, LABORATORY, say(Stage::OnHold, 2));
    let second = progress(&mut world).unwrap();
    assert_ne!(first.commitment, second.commitment);
    for said in [first, second] {
        assert_eq!(Stage::of::<Software>(&HERS, &said), Some(Stage::OnHold));
    }
}

#[test]
fn each_number_is_one_more_than_the_last() {
    let mut world = ordered();
    let wrong = ProvenanceError::BadNumber;
    for number in [0, 2, u32::MAX] {
        let early = say(Stage::Received, number);
        assert_eq!(refused(&mut world, LABORATORY, early), wrong);
    }
    act(&mut world, LABORATORY, say(Stage::Received, 1));
    for number in [0, 1, 3] {
        let out_of_turn = say(Stage::Accepted, number);
        assert_eq!(refused(&mut world, LABORATORY, out_of_turn), wrong);
    }
    act(&mut world, LABORATORY, say(Stage::Accepted, 2));
    let kept = progress(&mut world).unwrap();
    let last = Progress {
        number: u32::MAX,
        ..kept
    };
    for number in [0, u32::MAX] {
        let new = NewProgress {
            name: order(),
            number,
            commitment: [0; 32],
        };
        let after = Progress::after(Some(last), &new, START);
        assert_eq!(after, Err(wrong), "there is none after the last");
    }
}

#[test]
fn only_the_laboratory_of_an_order_says_how_far_it_is_in_that_role() {
    let errors = [
        ProvenanceError::NoStanding,
        ProvenanceError::NotAttested,
        ProvenanceError::NotMaker,
    ];
    let who = may(ordered, |_, _| say(Stage::Received, 1), &errors);
    assert_eq!(who, [LABORATORY]);
    let mut world = ordered();
    let not_its_own = refused(&mut world, OTHER, say(Stage::Received, 1));
    assert_eq!(not_its_own, ProvenanceError::NotMaker);
    attest(&mut world, LABORATORY, Topic::MANUFACTURER.bit());
    let not_any_more = refused(&mut world, LABORATORY, say(Stage::Received, 1));
    assert_eq!(not_any_more, ProvenanceError::NotAttested);
}

#[test]
fn only_of_an_order_of_dental_work_is_said_how_far_it_is() {
    let mut world = World::new();
    let unknown = refused(&mut world, LABORATORY, say(Stage::Received, 1));
    assert_eq!(unknown, ProvenanceError::UnknownProduct);
    for (maker, name, class) in [
        (LABORATORY, order(), Class::Specimen),
        (MAKER, gtin(), Class::Device),
        (BLOOD_SERVICE, blood(), Class::Blood),
    ] {
        act(&mut world, maker, register(name.clone(), class));
        let said = of(name, 1, [0xc0; 32]);
        let error = refused(&mut world, maker, said);
        assert_eq!(error, ProvenanceError::NotDental, "{class:?}");
    }
}

/// An order begins before there is work, and the work comes back to be adjusted. So where the work
/// is, and whether it ended, does not matter.
#[test]
fn it_is_said_before_there_is_work_and_after_that_was_given_away_or_ended() {
    let mut world = ordered();
    act(&mut world, LABORATORY, say(Stage::Received, 1));
    let crown = NewLot {
        product: order(),
        code: b"CROWN".to_vec(),
        count: 1,
        serials: None,
        ..new_lot()
    };
    let lot = lot_id(&crown, LABORATORY);
    let unit = UnitId::Run(RunId { lot, first: 0 });
    act(&mut world, LABORATORY, commission(crown));
    act(&mut world, LABORATORY, say(Stage::Ready, 2));
    // To another laboratory first, which glazes it. The order stays what it is.
    let until = world.now() + 1;
    act(&mut world, LABORATORY, ship(unit, OTHER, until));
    let received = Action::Receive {
        unit,
        role: Topic::LABORATORY,
        site: site(2),
    };
    act(&mut world, OTHER, received);
    let has_it = refused(&mut world, OTHER, say(Stage::Finishing, 3));
    assert_eq!(has_it, ProvenanceError::NotMaker);
    act(&mut world, LABORATORY, say(Stage::Finishing, 3));
    pass(&mut world, unit, OTHER, PHARMACY);
    let end = End::Dispensed;
    act(&mut world, PHARMACY, Action::Retire { unit, end });
    act(&mut world, LABORATORY, say(Stage::Remake, 4));
    let kept = progress(&mut world).unwrap();
    assert_eq!(Stage::of::<Software>(&HERS, &kept), Some(Stage::Remake));
}

#[test]
fn it_is_forgotten_a_year_after_it_was_last_said_and_begins_anew() {
    let mut world = ordered();
    let prune = |world: &World| world.contract().prune_progress(order().into());
    let nothing = ProvenanceError::NothingToPrune;
    assert_eq!(world.refused(STRANGER, prune(&world)), nothing);
    act(&mut world, LABORATORY, say(Stage::Received, 1));
    world.at(START + KEPT_PROGRESS - 1);
    assert_eq!(world.refused(STRANGER, prune(&world)), nothing);
    // It was said again, so that the year begins again.
    act(&mut world, LABORATORY, say(Stage::Ready, 2));
    world.at(START + 2 * KEPT_PROGRESS - 2);
    assert_eq!(world.refused(STRANGER, prune(&world)), nothing);
    world.at(START + 2 * KEPT_PROGRESS - 1);
    let receipt = world.receipt(STRANGER, prune(&world));
    assert_eq!(receipt.deposit.items, -1, "whoever prunes has its deposit");
    assert!(receipt.deposit.bytes < Deposit::default().bytes);
    assert_eq!(receipt.events, []);
    assert_eq!(progress(&mut world), None);
    assert_eq!(world.refused(STRANGER, prune(&world)), nothing);
    let third = refused(&mut world, LABORATORY, say(Stage::Remake, 3));
    assert_eq!(third, ProvenanceError::BadNumber);
    act(&mut world, LABORATORY, say(Stage::Remake, 1));
}

#[test]
fn what_was_signed_does_not_count_after_something_else_was_said() {
    let mut world = ordered();
    let request = request_of(&mut world, LABORATORY, say(Stage::Design, 1), 0);
    act(&mut world, LABORATORY, say(Stage::OnHold, 1));
    let late = submitted(&world, LABORATORY, &request);
    assert_eq!(world.refused(STRANGER, late), ProvenanceError::NotAsSeen);
    let request = request_of(&mut world, LABORATORY, say(Stage::Design, 2), 0);
    let signed = submitted(&world, LABORATORY, &request);
    world.done(STRANGER, signed);
    assert_eq!(progress(&mut world).unwrap().number, 2);
}

/// Whoever reads it in another language computes the same. A published code is never changed.
#[test]
fn the_published_stages_have_the_codes_of_the_readme_and_are_hashed_as_it_says() {
    use Stage::*;
    let published = [
        Received,
        Accepted,
        OnHold,
        Design,
        Forming,
        Firing,
        TryIn,
        Finishing,
        QualityControl,
        Ready,
        Delivered,
        Remake,
        Cancelled,
    ];
    assert_eq!(Stage::ALL, published);
    let codes: Vec<u8> = published.into_iter().map(Stage::code).collect();
    assert_eq!(codes, (0..13).collect::<Vec<u8>>());
    let secret: Secret = std::array::from_fn(|place| place as u8);
    let commitment = Design.commitment::<Software>(&secret, 4);
    assert_eq!(hex::encode(commitment), VECTOR);
}

/// SHA-256 of `00`, `allive/make/v1␠␠`, `000102…0f`, `03`, `04000000`.
const VECTOR: &str = "50d56495272d9cd16d2afc4dcc579c960706156246f2a58326f059e84ad7cc56";
