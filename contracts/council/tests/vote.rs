//! Approving, and withdrawing it.

use crate::world::*;
use allive_simulator::START;
use council::*;

#[test]
fn members_approve_and_the_delay_begins_with_the_last_that_it_takes() {
    let (mut world, proposal) = World::proposed();
    world.approve_by(proposal, 1..2);
    assert_eq!(world.standing(proposal).ready, None);
    world.at(START + 10);
    let answer = world.approve(MEMBERS[4], proposal);
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 1));
    let voted = Voted {
        proposal,
        member: MEMBERS[4].into(),
        approvals: 0b1_0011,
        objections: 0,
        ready: Some(READY + 10),
    };
    world.assert_said(&answer, voted);
    assert_eq!(answer.events.len(), 1);
    assert_eq!(world.phase(proposal), Phase::Waiting);
    let approvals = world.contract().approvals(proposal);
    let expected = [MEMBERS[0], MEMBERS[1], MEMBERS[4]].map(Into::into);
    assert_eq!(world.get(approvals), expected);
    // One more does not begin it anew.
    world.at(START + 50);
    world.approve_by(proposal, 2..3);
    assert_eq!(world.standing(proposal).ready, Some(READY + 10));
}

#[test]
fn nobody_but_a_member_approves_withdraws_or_cancels() {
    let (mut world, proposal) = World::proposed();
    let refused = Ok(Err(CouncilError::NotMember));
    assert_eq!(world.approve(STRANGER, proposal).value, refused);
    assert_eq!(world.withdraw(STRANGER, proposal).value, refused);
    assert_eq!(world.cancel(STRANGER, proposal).value, refused);
    // Who may is asked before whether there is something.
    assert_eq!(world.approve(STRANGER, 7).value, refused);
}

#[test]
fn there_is_nothing_to_say_about_a_proposal_that_is_not_there() {
    let mut world = World::new();
    let refused = Ok(Err(CouncilError::UnknownProposal));
    assert_eq!(world.approve(MEMBERS[0], 0).value, refused);
    assert_eq!(world.withdraw(MEMBERS[0], 0).value, refused);
    assert_eq!(world.cancel(MEMBERS[0], 0).value, refused);
    assert_eq!(world.execute(0).value, refused);
}

#[test]
fn an_approval_counts_once() {
    let (mut world, proposal) = World::proposed();
    for _ in 0..2 {
        let refused = world.approve(MEMBERS[0], proposal).value;
        assert_eq!(refused, Ok(Err(CouncilError::SaidAlready)));
    }
    assert_eq!(world.standing(proposal).approvals, 1);
}

#[test]
fn an_approval_can_be_withdrawn_and_the_delay_begins_anew_when_there_are_enough_again() {
    let (mut world, proposal) = World::approved();
    world.at(READY - 1);
    let answer = world.withdraw(MEMBERS[1], proposal);
    assert_eq!(answer.value, Ok(Ok(())));
    let voted = Voted {
        proposal,
        member: MEMBERS[1].into(),
        approvals: 0b101,
        objections: 0,
        ready: None,
    };
    world.assert_said(&answer, voted);
    let refused = world.withdraw(MEMBERS[1], proposal).value;
    assert_eq!(refused, Ok(Err(CouncilError::NotSaid)));
    world.at(READY);
    let refused = world.execute(proposal).value;
    assert_eq!(refused, Ok(Err(CouncilError::NotApproved)));
    world.approve(MEMBERS[1], proposal).value.unwrap().unwrap();
    assert_eq!(world.standing(proposal).ready, Some(READY + GRAVE.delay));
}

#[test]
fn an_approval_that_it_does_not_take_can_be_withdrawn_without_delay() {
    let (mut world, proposal) = World::approved();
    world.approve_by(proposal, 3..4);
    world.withdraw(MEMBERS[0], proposal).value.unwrap().unwrap();
    assert_eq!(world.standing(proposal).ready, Some(READY));
}

#[test]
fn approving_and_withdrawing_end_when_the_proposal_expires() {
    for (moment, right) in [(EXPIRES - 1, Ok(())), (EXPIRES, Err(CouncilError::Expired))] {
        let (mut world, proposal) = World::proposed();
        world.at(moment);
        assert_eq!(world.approve(MEMBERS[1], proposal).value, Ok(right));
        assert_eq!(world.withdraw(MEMBERS[0], proposal).value, Ok(right));
    }
}

#[test]
fn nothing_is_said_about_what_was_executed() {
    let (mut world, proposal) = World::ready();
    world.execute(proposal).value.unwrap().unwrap();
    let refused = Ok(Err(CouncilError::Executed));
    assert_eq!(world.approve(MEMBERS[4], proposal).value, refused);
    assert_eq!(world.withdraw(MEMBERS[0], proposal).value, refused);
    assert_eq!(world.cancel(MEMBERS[0], proposal).value, refused);
}
