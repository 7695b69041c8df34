//! Callers and targets of bad will.

use crate::world::*;
use ::hostile::{Hostile, Mode};
use allive_calls::{at, parts, read, Gas};
use council::*;

const PLENTY: Gas = Gas {
    ref_time: 1_000_000_000_000,
    proof_size: 16 * 1024 * 1024,
};

/// Executes with so much `ref_time`. What the council answered, if it could.
fn execute_with(world: &mut World, proposal: ProposalId, ref_time: u64) -> Option<Answered> {
    let (council, input) = parts(world.contract().execute(proposal));
    let limit = Gas { ref_time, ..PLENTY };
    let outcome = world.chain.call_with(STRANGER, council, input, 0, limit);
    read(outcome.result).ok()
}

type Answered = Result<(), CouncilError>;

#[test]
fn two_executions_in_one_transaction_are_one() {
    let (mut world, proposal) = ready();
    // The target cannot call back, so that another contract passes it on.
    let other = world.deploy_accomplice();
    let (council, input) = parts(world.contract().execute(proposal));
    let twice = at::<Hostile>(other).forward_twice(council, input);
    let (first, second) = world.tell(STRANGER, twice);
    assert_eq!(first, Some(vec![0]), "the first is done");
    assert_ne!(second, Some(vec![0]));
    assert_eq!(world.holds(STRANGER), 1);
}

#[test]
fn a_target_cannot_call_back_into_the_council_while_it_is_called() {
    for (name, message) in [
        (
            "execute",
            parts(at::<Council>(World::new().council).execute(0)).1,
        ),
        (
            "approve",
            parts(at::<Council>(World::new().council).approve(1)).1,
        ),
        ("ask", parts(at::<Council>(World::new().council).phase(0)).1),
    ] {
        let mut world = World::new();
        let batch = calls([world.transfer(), world.mint(1)]);
        world.behave(Mode::Reenters {
            target: world.council,
            input: message,
            insists: false,
        });
        let failed = CouncilError::CallFailed {
            index: 0,
            failure: Failure::Trapped,
        };
        assert_eq!(carry(&mut world, batch).value, Ok(Err(failed)), "{name}");
        assert_eq!(world.holds(STRANGER), 0);
        world.behave(Mode::Honest);
        assert_eq!(
            world.send(STRANGER, world.contract().execute(0)).value,
            Ok(Ok(())),
            "{name}"
        );
    }
}

#[test]
fn an_answer_of_any_bytes_is_success_unless_it_is_undone() {
    for (reverted, right) in [
        (false, Ok(())),
        (
            true,
            Err(CouncilError::CallFailed {
                index: 0,
                failure: Failure::Refused,
            }),
        ),
    ] {
        for bytes in [vec![], vec![0, 0], vec![1; 9], vec![7; 16_000]] {
            let mut world = World::new();
            let batch = calls([world.transfer()]);
            world.behave(Mode::AnswersPayments { bytes, reverted });
            assert_eq!(carry(&mut world, batch).value, Ok(right));
        }
    }
}

#[test]
fn less_gas_than_the_calls_must_find_is_an_error_and_spends_nothing() {
    let mut world = World::new();
    let mut batch = [world.mint(1), world.mint(2)];
    batch[0].min_ref_time = 30_000_000_000;
    batch[1].min_ref_time = 20_000_000_000;
    carry_out(&mut world, calls(batch));
    let mut batch = [world.mint(1), world.mint(2)];
    batch[1].min_ref_time = 50_000_000_000;
    let proposal = world.done(MEMBERS[0], world.propose(calls(batch)));
    approve_by(&mut world, proposal, 1..3);
    let ready = standing(&mut world, proposal).ready.unwrap();
    world.at(ready);
    let before = world.holds(STRANGER);
    let little = Some(Err(CouncilError::TooLittleGas));
    let answer = execute_with(&mut world, proposal, 50_000_000_000);
    assert_eq!(answer, little, "some is spent before the first call");
    assert_eq!(phase(&mut world, proposal), Phase::Executable);
    assert_eq!(world.holds(STRANGER), before);
    let answer = execute_with(&mut world, proposal, 60_000_000_000);
    assert_eq!(answer, Some(Ok(())));
}

/// A target that survives the failure of what it calls reports success. Without a minimum there is
/// a limit of gas at which the proposal is spent, and nothing was done.
#[test]
fn whoever_executes_cannot_starve_what_a_target_does_below_its_minimum() {
    // What the first execution that succeeds did, of all that come with a little more gas each.
    let first_success = |min_ref_time| {
        let mut world = World::new();
        let [outer, middle] = [world.deploy_accomplice(), world.deploy_accomplice()];
        // What the target does is charged for in one dear step, so that it can fail with much gas
        // left.
        let code = world.chain.code_hash(world.target);
        let (target, spawn) = parts(at::<Hostile>(world.target).spawn(code, STRANGER));
        let (middle, pass_on) = parts(at::<Hostile>(middle).forward(target, spawn));
        let mut forward = call(at::<Hostile>(outer).forward(middle, pass_on));
        forward.min_ref_time = min_ref_time;
        let proposal = world.done(MEMBERS[0], world.propose(calls([forward])));
        approve_by(&mut world, proposal, 1..3);
        world.at(READY);
        let mut limits = (1_000_000_000..9_000_000_000).step_by(20_000_000);
        let done = limits.any(|limit| execute_with(&mut world, proposal, limit) == Some(Ok(())));
        assert!(done, "never executed");
        world.holds(STRANGER)
    };
    assert_eq!(first_success(0), 0, "the danger is real");
    assert_eq!(first_success(5_000_000_000), 1);
}

#[test]
fn each_limit_of_gas_executes_the_whole_batch_or_nothing() {
    let mut world = World::new();
    let mut batch = [world.mint(1), world.mint(1)];
    batch[1].min_ref_time = 5_000_000_000;
    let proposal = world.done(MEMBERS[0], world.propose(calls(batch)));
    approve_by(&mut world, proposal, 1..3);
    world.at(READY);
    for limit in (4_000_000_000..9_000_000_000).step_by(100_000_000) {
        let answer = execute_with(&mut world, proposal, limit);
        let minted = world.holds(STRANGER);
        match answer {
            Some(Ok(())) => {
                assert_eq!(minted, 2);
                return;
            }
            Some(Err(error)) => assert_eq!(error, CouncilError::TooLittleGas),
            None => (),
        }
        assert_eq!(minted, 0);
    }
    panic!("never executed");
}

#[test]
fn what_cannot_be_read_is_refused() {
    let mut world = World::new();
    let council = world.council;
    let propose = ink::selector_bytes!("propose");
    for rest in [vec![], vec![9], vec![0, 0xff, 0xff], vec![2, 255]] {
        let input = [propose.to_vec(), rest].concat();
        let outcome = world.chain.call_with(MEMBERS[0], council, input, 0, PLENTY);
        assert!(read::<Answered>(outcome.result).is_err());
    }
    let count = world.contract().proposal_count();
    assert_eq!(world.get(count), 0);
}

#[test]
fn a_cell_that_cannot_be_decoded_traps() {
    let (mut world, proposal) = proposed();
    let council = world.council;
    for field in [b"STND", b"ACTN"] {
        let query = world.contract().proposal(proposal);
        world.assert_undecodable_traps(council, field, query);
    }
    let constitution = world.contract().constitution();
    world.assert_undecodable_traps(council, b"CONS", constitution);
    let count = world.contract().proposal_count();
    world.assert_undecodable_traps(council, &[0; 4], count);
}
