//! Cancelling: by the proposer, or by as many as could approve.

use crate::world::*;
use council::*;

#[test]
fn the_proposer_cancels_at_any_time_before_the_end() {
    for moment in [READY - 1, READY, EXPIRES - 1] {
        let (mut world, proposal) = approved();
        world.at(moment);
        let answer = world.send(MEMBERS[0], world.contract().cancel(proposal));
        assert_eq!((&answer.value, answer.events.len()), (&Ok(Ok(())), 2));
        world.assert_emitted(&answer, ProposalCancelled { proposal });
        assert_eq!(phase(&mut world, proposal), Phase::Cancelled);
        let refused = CouncilError::Cancelled;
        assert_eq!(
            world.refused(STRANGER, world.contract().execute(proposal)),
            refused
        );
        assert_eq!(
            world.refused(MEMBERS[3], world.contract().approve(proposal)),
            refused
        );
        assert_eq!(
            world.refused(MEMBERS[0], world.contract().cancel(proposal)),
            refused
        );
    }
    let (mut world, proposal) = approved();
    world.at(EXPIRES);
    let refused = world.refused(MEMBERS[0], world.contract().cancel(proposal));
    assert_eq!(refused, CouncilError::Expired);
}

#[test]
fn as_many_members_as_could_approve_cancel_together() {
    let (mut world, proposal) = proposed();
    for member in [MEMBERS[2], MEMBERS[3]] {
        let answer = world.receipt(member, world.contract().cancel(proposal));
        assert_eq!(answer.events.len(), 1);
        assert_eq!(phase(&mut world, proposal), Phase::Open);
    }
    let refused = world.refused(MEMBERS[2], world.contract().cancel(proposal));
    assert_eq!(refused, CouncilError::SaidAlready);
    let answer = world.send(MEMBERS[4], world.contract().cancel(proposal));
    world.assert_emitted(&answer, ProposalCancelled { proposal });
    assert_eq!(phase(&mut world, proposal), Phase::Cancelled);
}

#[test]
fn a_member_who_objects_approves_no_longer_and_the_other_way_round() {
    let (mut world, proposal) = ready();
    world.done(MEMBERS[1], world.contract().cancel(proposal));
    let stored = standing(&mut world, proposal);
    assert_eq!((stored.approvals, stored.objections), (0b101, 0b10));
    assert_eq!(phase(&mut world, proposal), Phase::Open);
    world.done(MEMBERS[1], world.contract().approve(proposal));
    let stored = standing(&mut world, proposal);
    assert_eq!((stored.approvals, stored.objections), (0b111, 0));
    assert_eq!(
        phase(&mut world, proposal),
        Phase::Waiting,
        "the delay is anew"
    );
}
