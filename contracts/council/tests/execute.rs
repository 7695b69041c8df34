//! Executing: when, how often, all or nothing.

use crate::world::*;
use ::hostile::Mode;
use allive_calls::at;
use council::*;

#[test]
fn anyone_executes_once_when_the_delay_is_over() {
    let (mut world, proposal) = ready();
    assert_eq!(phase(&mut world, proposal), Phase::Executable);
    let answer = world.send(STRANGER, world.contract().execute(proposal));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 2));
    world.assert_emitted(&answer, ProposalExecuted { proposal });
    assert_eq!(world.holds(STRANGER), 1);
    assert_eq!(phase(&mut world, proposal), Phase::Executed);
    let again = world.refused(STRANGER, world.contract().execute(proposal));
    assert_eq!(again, CouncilError::Executed);
    world.at(EXPIRES);
    let again = world.refused(STRANGER, world.contract().execute(proposal));
    assert_eq!(again, CouncilError::Executed, "and for good");
    assert_eq!(world.holds(STRANGER), 1);
}

#[test]
fn a_proposal_can_be_executed_from_the_end_of_its_delay_until_it_expires() {
    for (moment, right) in [
        (READY - 1, Err(CouncilError::TooEarly)),
        (READY, Ok(())),
        (EXPIRES - 1, Ok(())),
        (EXPIRES, Err(CouncilError::Expired)),
    ] {
        let (mut world, proposal) = approved();
        world.at(moment);
        assert_eq!(
            world
                .send(STRANGER, world.contract().execute(proposal))
                .value,
            Ok(right),
            "at {moment}"
        );
    }
}

#[test]
fn too_few_approvals_are_not_enough_however_long_it_waits() {
    let (mut world, proposal) = proposed();
    approve_by(&mut world, proposal, 1..2);
    world.at(EXPIRES - 1);
    let refused = world.refused(STRANGER, world.contract().execute(proposal));
    assert_eq!(refused, CouncilError::NotApproved);
}

#[test]
fn each_class_takes_its_threshold_and_its_delay() {
    let mut world = World::new();
    let mint = world.mint(1);
    let list = |routine| Action::List {
        target: mint.target.clone(),
        selector: mint.selector,
        routine,
    };
    carry_out(&mut world, list(true));
    let pay = Action::Pay {
        to: STRANGER.into(),
        amount: 0.into(),
    };
    for (action, bar) in [
        (calls([mint.clone()]), ROUTINE),
        (pay, GRAVE),
        (list(false), CONSTITUTIONAL),
    ] {
        let proposal = world.done(MEMBERS[0], world.propose(action));
        let enough = usize::from(bar.threshold);
        approve_by(&mut world, proposal, 1..enough - 1);
        let refused = world.refused(STRANGER, world.contract().execute(proposal));
        assert_eq!(refused, CouncilError::NotApproved);
        approve_by(&mut world, proposal, enough - 1..enough);
        if bar.delay > 0 {
            world.advance(bar.delay - 1);
            let refused = world.refused(STRANGER, world.contract().execute(proposal));
            assert_eq!(refused, CouncilError::TooEarly);
            world.advance(1);
        }
        world.done(STRANGER, world.contract().execute(proposal));
    }
}

#[test]
fn calls_happen_in_their_order() {
    let mut world = World::new();
    // The first call makes the second fail.
    let trap = call(at::<::hostile::Hostile>(world.target).behave(Mode::Traps));
    let batch = calls([trap.clone(), world.transfer()]);
    let failed = CouncilError::CallFailed {
        index: 1,
        failure: Failure::Trapped,
    };
    assert_eq!(carry(&mut world, batch).value, Ok(Err(failed)));
    let batch = calls([world.transfer(), trap]);
    carry_out(&mut world, batch);
}

/// `World::act` looks that nothing changed.
#[test]
fn a_batch_of_which_a_call_fails_does_not_happen_and_can_be_tried_again() {
    let mut world = World::new();
    let batch = calls([world.mint(1), world.transfer(), world.mint(2)]);
    world.behave(Mode::Refuses);
    let failed = |failure| Ok(Err(CouncilError::CallFailed { index: 1, failure }));
    assert_eq!(carry(&mut world, batch).value, failed(Failure::Refused));
    world.behave(Mode::Traps);
    assert_eq!(
        world.send(STRANGER, world.contract().execute(0)).value,
        failed(Failure::Trapped)
    );
    assert_eq!(world.holds(STRANGER), 0);
    assert_eq!(phase(&mut world, 0), Phase::Executable);
    world.behave(Mode::Honest);
    world.done(STRANGER, world.contract().execute(0));
    assert_eq!(world.holds(STRANGER), 3);
}

#[test]
fn what_fails_is_said() {
    let mut world = World::new();
    let mut nobody = world.mint(1);
    nobody.target = STRANGER.into();
    let mut unknown = world.mint(1);
    unknown.selector = [0; 4];
    let mut poor = world.mint(1);
    poor.value = u128::MAX.into();
    // Its messages take no coins.
    let mut paid = world.mint(1);
    paid.value = 1.into();
    let council = world.council;
    world.chain.pay(STRANGER, council, 10);
    for (call, failure) in [
        (nobody, Failure::NoContract),
        (unknown, Failure::Refused),
        (poor, Failure::NotPaid),
        (paid, Failure::Trapped),
    ] {
        let answer = carry(&mut world, calls([call]));
        let failed = CouncilError::CallFailed { index: 0, failure };
        assert_eq!(answer.value, Ok(Err(failed)));
    }
}
