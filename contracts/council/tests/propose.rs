//! What can be proposed, by whom, and how grave it is.

use crate::world::*;
use allive_simulator::START;
use council::*;

#[test]
fn a_member_proposes_and_thereby_approves() {
    let mut world = World::new();
    let action = calls([world.mint(1)]);
    let answer = world.send(MEMBERS[1], world.propose(action.clone()));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(0)), 1));
    let proposed = Proposed {
        proposal: 0,
        proposer: MEMBERS[1].into(),
        class: Class::Grave,
        expires: EXPIRES,
    };
    world.assert_emitted(&answer, proposed);
    let voted = Voted {
        proposal: 0,
        member: MEMBERS[1].into(),
        approvals: 0b10,
        objections: 0,
        ready: None,
    };
    world.assert_emitted(&answer, voted);
    assert_eq!(answer.events.len(), 2);
    let contract = world.contract();
    let stored = world.get(contract.proposal(0)).unwrap();
    assert_eq!(stored.action, action);
    let standing = Standing {
        proposer: MEMBERS[1].into(),
        class: Class::Grave,
        era: 0,
        approvals: 0b10,
        objections: 0,
        ready: None,
        expires: EXPIRES,
        state: State::Pending,
        votes: vec![0, 1],
    };
    assert_eq!(stored.standing, standing);
    assert_eq!(world.get(contract.proposal_count()), 1);
    assert_eq!(world.get(contract.approvals(0)), [MEMBERS[1].into()]);
    assert_eq!(phase(&mut world, 0), Phase::Open);
    let again = world.send(MEMBERS[0], world.propose(action));
    assert_eq!(again.value, Ok(Ok(1)), "the same may be proposed again");
}

#[test]
fn nobody_but_a_member_proposes() {
    let mut world = World::new();
    let action = calls([world.mint(1)]);
    let refused = world.refused(STRANGER, world.propose(action));
    assert_eq!(refused, CouncilError::NotMember);
}

#[test]
fn a_batch_has_one_to_sixteen_calls() {
    let mut world = World::new();
    let mint = world.mint(1);
    for (count, right) in [(0, false), (1, true), (16, true), (17, false)] {
        let answer = world.send(MEMBERS[0], world.propose(calls(vec![mint.clone(); count])));
        let bad = Ok(Err(CouncilError::BadCallCount));
        assert_eq!(answer.value != bad, right, "{count}");
    }
}

#[test]
fn a_batch_of_the_largest_size_is_stored_read_and_executed_and_a_larger_one_refused() {
    let mut world = World::new();
    let mut large = world.mint(1);
    // What follows the arguments of a message is not read.
    large.arguments.resize(MAX_BYTES - 62, 7);
    let mut larger = large.clone();
    larger.arguments.push(7);
    let refused = world.refused(MEMBERS[0], world.propose(calls([larger])));
    assert_eq!(refused, CouncilError::TooLarge);

    carry_out(&mut world, calls([large.clone()]));
    assert_eq!(world.holds(STRANGER), 1);
    let contract = world.contract();
    let stored = world.get(contract.proposal(0)).unwrap().action;
    assert_eq!(stored, calls([large]));

    let mut part = world.mint(1);
    part.arguments.resize(MAX_BYTES / 16 - 62, 7);
    let answer = carry(&mut world, calls(vec![part; 16]));
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(world.holds(STRANGER), 17);
}

#[test]
fn the_council_cannot_be_told_to_call_itself() {
    let mut world = World::new();
    let own = call(world.contract().execute(0));
    let batch = calls([world.mint(1), own]);
    let refused = world.refused(MEMBERS[0], world.propose(batch));
    assert_eq!(refused, CouncilError::CallsItself);
}

#[test]
fn a_batch_is_as_grave_as_its_gravest_call() {
    let mut world = World::new();
    let (routine, other) = (world.mint(1), world.transfer());
    let list = Action::List {
        target: routine.target.clone(),
        selector: routine.selector,
        routine: true,
    };
    carry_out(&mut world, list);
    let mut paid = routine.clone();
    paid.value = 1;
    let mut elsewhere = routine.clone();
    elsewhere.target = account(0x42).into();
    for (batch, class) in [
        (vec![routine.clone()], Class::Routine),
        (vec![routine.clone(), routine.clone()], Class::Routine),
        (vec![routine.clone(), other], Class::Grave),
        (vec![routine, paid], Class::Grave),
        (vec![elsewhere], Class::Grave),
    ] {
        let proposal = world.done(MEMBERS[0], world.propose(calls(batch)));
        assert_eq!(standing(&mut world, proposal).class, class);
    }
}

#[test]
fn payments_are_grave_and_changes_of_the_constitution_constitutional() {
    let mut world = World::new();
    let pay = Action::Pay {
        to: STRANGER.into(),
        amount: 1,
    };
    let list = Action::List {
        target: STRANGER.into(),
        selector: [0; 4],
        routine: true,
    };
    for (action, class) in [
        (pay, Class::Grave),
        (amend(&[], &[STRANGER]), Class::Constitutional),
        (list, Class::Constitutional),
    ] {
        let proposal = world.done(MEMBERS[0], world.propose(action));
        assert_eq!(standing(&mut world, proposal).class, class);
    }
}

#[test]
fn a_proposal_expires_at_the_end_of_its_lifetime() {
    let (mut world, proposal) = proposed();
    world.at(EXPIRES - 1);
    assert_eq!(phase(&mut world, proposal), Phase::Open);
    world.at(EXPIRES);
    assert_eq!(phase(&mut world, proposal), Phase::Expired);
    assert_eq!(EXPIRES, START + LIFETIME);
}
