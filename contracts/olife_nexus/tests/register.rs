//! Registering a record.

use crate::world::*;
use allive_calls::at;
use allive_simulator::START;
use allive_support::acting::topic;
use olife_nexus::*;

#[test]
fn anybody_registers_a_record_and_owns_it() {
    let mut world = World::new();
    let coins = world.coins(PATIENT);
    let answer = world.send(PATIENT, world.register(POINTER.to_vec()));
    assert_eq!(answer.value, Ok(Ok(0)));
    assert_eq!(answer.frames, 1);
    let event = RecordRegistered {
        record: 0,
        commitment: COMMITMENT,
        kind: Kind::Fhir,
    };
    assert_eq!(world.events(&answer), [(event, vec![topic(0)])]);
    let record = Record {
        owner: PATIENT,
        since: START,
        committed_by: None,
        commitment: COMMITMENT,
        kind: Kind::Fhir,
        pointer: POINTER.to_vec(),
    };
    assert_eq!(record_of(&mut world, 0), Some(record));
    assert_eq!(record_of(&mut world, 1), None);
    assert_eq!(stored_state(&mut world).counts, [1, 0]);
    assert_eq!(answer.deposit.items, 1);
    assert!(world.coins(PATIENT) < coins, "the caller pays the deposit");
}

#[test]
fn records_are_numbered_in_order_whoever_registers_them() {
    let mut world = World::new();
    assert_eq!(world.done(PATIENT, world.register(vec![1])), 0);
    assert_eq!(world.done(STRANGER, world.register(vec![1])), 1);
    assert_eq!(world.done(PATIENT, world.register(vec![1])), 2);
    let owners = [0, 1, 2].map(|record| record_of(&mut world, record).unwrap().owner);
    assert_eq!(owners, [PATIENT, STRANGER, PATIENT].map(|key| key));
    assert_eq!(stored_state(&mut world).counts, [3, 0]);
}

#[test]
fn every_kind_is_kept_and_reported() {
    let mut world = World::new();
    for kind in [Kind::Fhir, Kind::Dicom, Kind::Document, Kind::Series] {
        let message = at::<OlifeNexus>(world.nexus).register(COMMITMENT, kind, vec![1]);
        let answer = world.send(PATIENT, message);
        let record = answer.value.clone().unwrap().unwrap();
        assert_eq!(world.events::<RecordRegistered, _>(&answer)[0].0.kind, kind);
        assert_eq!(record_of(&mut world, record).unwrap().kind, kind);
    }
}

#[test]
fn a_pointer_has_one_to_64_bytes() {
    let mut world = World::new();
    assert_eq!(
        world.refused(PATIENT, world.register(vec![])),
        NexusError::BadPointer
    );
    assert_eq!(
        world.refused(PATIENT, world.register(vec![1; 65])),
        NexusError::BadPointer
    );
    assert_eq!(world.done(PATIENT, world.register(vec![1; 1])), 0);
    assert_eq!(world.done(PATIENT, world.register(vec![1; MAX_POINTER])), 1);
    assert_eq!(record_of(&mut world, 1).unwrap().pointer.len(), 64);
}
