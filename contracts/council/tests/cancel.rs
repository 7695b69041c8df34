//! Cancelling: by the proposer, or by as many as could approve.

use crate::world::*;
use council::*;

#[test]
fn the_proposer_cancels_at_any_time_before_the_end() {
    for moment in [READY - 1, READY, EXPIRES - 1] {
        let (mut world, proposal) = World::approved();
        world.at(moment);
        let answer = world.cancel(MEMBERS[0], proposal);
        assert_eq!((&answer.value, answer.events.len()), (&Ok(Ok(())), 2));
        world.assert_said(&answer, ProposalCancelled { proposal });
        assert_eq!(world.phase(proposal), Phase::Cancelled);
        let refused = Ok(Err(CouncilError::Cancelled));
        assert_eq!(world.execute(proposal).value, refused);
        assert_eq!(world.approve(MEMBERS[3], proposal).value, refused);
        assert_eq!(world.cancel(MEMBERS[0], proposal).value, refused);
    }
    let (mut world, proposal) = World::approved();
    world.at(EXPIRES);
    let refused = world.cancel(MEMBERS[0], proposal).value;
    assert_eq!(refused, Ok(Err(CouncilError::Expired)));
}

#[test]
fn as_many_members_as_could_approve_cancel_together() {
    let (mut world, proposal) = World::proposed();
    for member in [MEMBERS[2], MEMBERS[3]] {
        let answer = world.cancel(member, proposal);
        assert_eq!(answer.value, Ok(Ok(())));
        assert_eq!(answer.events.len(), 1);
        assert_eq!(world.phase(proposal), Phase::Open);
    }
    let refused = world.cancel(MEMBERS[2], proposal).value;
    assert_eq!(refused, Ok(Err(CouncilError::SaidAlready)));
    let answer = world.cancel(MEMBERS[4], proposal);
    world.assert_said(&answer, ProposalCancelled { proposal });
    assert_eq!(world.phase(proposal), Phase::Cancelled);
}

#[test]
fn a_member_who_objects_approves_no_longer_and_the_other_way_round() {
    let (mut world, proposal) = World::ready();
    world.cancel(MEMBERS[1], proposal).value.unwrap().unwrap();
    let standing = world.standing(proposal);
    assert_eq!((standing.approvals, standing.objections), (0b101, 0b10));
    assert_eq!(world.phase(proposal), Phase::Open);
    world.approve(MEMBERS[1], proposal).value.unwrap().unwrap();
    let standing = world.standing(proposal);
    assert_eq!((standing.approvals, standing.objections), (0b111, 0));
    assert_eq!(world.phase(proposal), Phase::Waiting, "the delay is anew");
}
