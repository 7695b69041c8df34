//! Approving, and withdrawing it.

use crate::world::*;
use allive_simulator::START;
use council::*;

#[test]
fn members_approve_and_the_delay_begins_with_the_last_that_it_takes() {
    let (mut world, proposal) = proposed();
    approve_by(&mut world, proposal, 1..2);
    assert_eq!(standing(&mut world, proposal).ready, None);
    world.at(START + 10);
    let answer = world.send(MEMBERS[4], world.contract().approve(proposal));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 1));
    let voted = Voted {
        proposal,
        member: MEMBERS[4].into(),
        approvals: 0b1_0011,
        objections: 0,
        ready: Some(READY + 10),
    };
    world.assert_emitted(&answer, voted);
    assert_eq!(answer.events.len(), 1);
    assert_eq!(phase(&mut world, proposal), Phase::Waiting);
    let approvals = world.contract().approvals(proposal);
    let expected = [MEMBERS[0], MEMBERS[1], MEMBERS[4]].map(Into::into);
    assert_eq!(world.get(approvals), expected);
    // One more does not begin it anew.
    world.at(START + 50);
    approve_by(&mut world, proposal, 2..3);
    assert_eq!(standing(&mut world, proposal).ready, Some(READY + 10));
}

#[test]
fn nobody_but_a_member_approves_withdraws_or_cancels() {
    let (mut world, proposal) = proposed();
    let refused = CouncilError::NotMember;
    assert_eq!(
        world.refused(STRANGER, world.contract().approve(proposal)),
        refused
    );
    assert_eq!(
        world.refused(STRANGER, world.contract().withdraw_approval(proposal)),
        refused
    );
    assert_eq!(
        world.refused(STRANGER, world.contract().cancel(proposal)),
        refused
    );
    // Who may is asked before whether there is something.
    assert_eq!(
        world.refused(STRANGER, world.contract().approve(7)),
        refused
    );
}

#[test]
fn there_is_nothing_to_say_about_a_proposal_that_is_not_there() {
    let mut world = World::new();
    let refused = CouncilError::UnknownProposal;
    assert_eq!(
        world.refused(MEMBERS[0], world.contract().approve(0)),
        refused
    );
    assert_eq!(
        world.refused(MEMBERS[0], world.contract().withdraw_approval(0)),
        refused
    );
    assert_eq!(
        world.refused(MEMBERS[0], world.contract().cancel(0)),
        refused
    );
    assert_eq!(
        world.refused(STRANGER, world.contract().execute(0)),
        refused
    );
}

#[test]
fn an_approval_counts_once() {
    let (mut world, proposal) = proposed();
    for _ in 0..2 {
        let refused = world.refused(MEMBERS[0], world.contract().approve(proposal));
        assert_eq!(refused, CouncilError::SaidAlready);
    }
    assert_eq!(standing(&mut world, proposal).approvals, 1);
}

#[test]
fn an_approval_can_be_withdrawn_and_the_delay_begins_anew_when_there_are_enough_again() {
    let (mut world, proposal) = approved();
    world.at(READY - 1);
    let answer = world.receipt(MEMBERS[1], world.contract().withdraw_approval(proposal));
    let voted = Voted {
        proposal,
        member: MEMBERS[1].into(),
        approvals: 0b101,
        objections: 0,
        ready: None,
    };
    world.assert_emitted(&answer, voted);
    let refused = world.refused(MEMBERS[1], world.contract().withdraw_approval(proposal));
    assert_eq!(refused, CouncilError::NotSaid);
    world.at(READY);
    let refused = world.refused(STRANGER, world.contract().execute(proposal));
    assert_eq!(refused, CouncilError::NotApproved);
    world.done(MEMBERS[1], world.contract().approve(proposal));
    assert_eq!(
        standing(&mut world, proposal).ready,
        Some(READY + GRAVE.delay)
    );
}

#[test]
fn an_approval_that_it_does_not_take_can_be_withdrawn_without_delay() {
    let (mut world, proposal) = approved();
    approve_by(&mut world, proposal, 3..4);
    world.done(MEMBERS[0], world.contract().withdraw_approval(proposal));
    assert_eq!(standing(&mut world, proposal).ready, Some(READY));
}

#[test]
fn approving_and_withdrawing_end_when_the_proposal_expires() {
    for (moment, right) in [(EXPIRES - 1, Ok(())), (EXPIRES, Err(CouncilError::Expired))] {
        let (mut world, proposal) = proposed();
        world.at(moment);
        assert_eq!(
            world
                .send(MEMBERS[1], world.contract().approve(proposal))
                .value,
            Ok(right)
        );
        assert_eq!(
            world
                .send(MEMBERS[0], world.contract().withdraw_approval(proposal))
                .value,
            Ok(right)
        );
    }
}

#[test]
fn nothing_is_said_about_what_was_executed() {
    let (mut world, proposal) = ready();
    world.done(STRANGER, world.contract().execute(proposal));
    let refused = CouncilError::Executed;
    assert_eq!(
        world.refused(MEMBERS[4], world.contract().approve(proposal)),
        refused
    );
    assert_eq!(
        world.refused(MEMBERS[0], world.contract().withdraw_approval(proposal)),
        refused
    );
    assert_eq!(
        world.refused(MEMBERS[0], world.contract().cancel(proposal)),
        refused
    );
}
