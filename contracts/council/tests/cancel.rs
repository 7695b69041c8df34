//! Cancelling: by the proposer while nobody else approves, or by as many as could approve.

use crate::world::*;
use council::*;

#[test]
fn the_proposer_cancels_alone_while_nobody_else_approves() {
    let (mut world, proposal) = proposed();
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
    let (mut world, proposal) = proposed();
    world.at(EXPIRES);
    let refused = world.refused(MEMBERS[0], world.contract().cancel(proposal));
    assert_eq!(refused, CouncilError::Expired);
}

/// Once others approve, the proposer has one vote as they have, in every phase.
#[test]
fn the_proposer_does_not_cancel_alone_what_others_approve() {
    for (approved_by, moment) in [(2, READY - 1), (3, READY - 1), (4, READY), (5, READY)] {
        let (mut world, proposal) = proposed();
        approve_by(&mut world, proposal, 1..approved_by);
        world.at(moment);
        let answer = world.receipt(MEMBERS[0], world.contract().cancel(proposal));
        assert_eq!(answer.events.len(), 1, "an objection");
        let right = match approved_by {
            2 | 3 => Phase::Open,
            _ if moment < READY => Phase::Waiting,
            _ => Phase::Executable,
        };
        assert_eq!(phase(&mut world, proposal), right, "{approved_by}");
        // Neither by saying it again, nor by withdrawing first.
        let again = world.refused(MEMBERS[0], world.contract().cancel(proposal));
        assert_eq!(again, CouncilError::SaidAlready);
        world.done(MEMBERS[0], world.contract().approve(proposal));
        world.done(MEMBERS[0], world.contract().withdraw_approval(proposal));
        world.done(MEMBERS[0], world.contract().cancel(proposal));
        assert_ne!(phase(&mut world, proposal), Phase::Cancelled);
    }
}

/// The proposer objects while another approves, and that one thinks again.
#[test]
fn a_proposal_is_cancelled_when_its_proposer_objects_and_nobody_approves_any_more() {
    for object in [false, true] {
        let (mut world, proposal) = proposed();
        approve_by(&mut world, proposal, 1..3);
        world.done(MEMBERS[0], world.contract().cancel(proposal));
        world.done(MEMBERS[1], world.contract().withdraw_approval(proposal));
        assert_eq!(phase(&mut world, proposal), Phase::Open, "one approves");
        let answer = match object {
            true => world.send(MEMBERS[2], world.contract().cancel(proposal)),
            false => world.send(MEMBERS[2], world.contract().withdraw_approval(proposal)),
        };
        world.assert_emitted(&answer, ProposalCancelled { proposal });
        assert_eq!(phase(&mut world, proposal), Phase::Cancelled);
    }
    // The objection of another than the proposer does not do that.
    let (mut world, proposal) = proposed();
    world.done(MEMBERS[1], world.contract().cancel(proposal));
    world.done(MEMBERS[0], world.contract().withdraw_approval(proposal));
    assert_eq!(phase(&mut world, proposal), Phase::Open);
}

/// A routine action needs two of five.
#[test]
fn fewer_than_approve_do_not_cancel() {
    let mut world = World::new();
    let selector = ink::selector_bytes!("Pausable::unpause");
    let target = world.target;
    carry_out(
        &mut world,
        Action::List {
            target: target.into(),
            selector,
            routine: true,
        },
    );
    let call = Call {
        selector,
        ..world.mint(1)
    };
    let proposal = world.done(MEMBERS[0], world.propose(calls([call])));
    approve_by(&mut world, proposal, 1..3);
    for member in [MEMBERS[3], MEMBERS[4]] {
        world.done(member, world.contract().cancel(proposal));
    }
    assert_eq!(
        phase(&mut world, proposal),
        Phase::Executable,
        "three to two"
    );
    let withdraw = world.contract().withdraw_approval(proposal);
    let answer = world.send(MEMBERS[2], withdraw);
    world.assert_emitted(&answer, ProposalCancelled { proposal });
    assert_eq!(phase(&mut world, proposal), Phase::Cancelled, "two to two");
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
