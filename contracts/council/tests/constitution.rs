//! Changes of members, terms and the list of routine messages, and the eras that they begin.

use crate::world::*;
use allive_calls::Chain;
use council::*;

#[test]
fn members_come_and_go_by_a_constitutional_proposal() {
    let mut world = World::new();
    let answer = world.carry(amend(&[MEMBERS[1]], &[STRANGER]));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 1));
    let members = [MEMBERS[0], MEMBERS[2], MEMBERS[3], MEMBERS[4], STRANGER];
    let members = members.map(Into::into).to_vec();
    let event = ConstitutionChanged {
        era: 1,
        members: members.clone(),
        terms: terms_of_six(),
    };
    world.assert_said(&answer, event);
    let expected = Constitution {
        members,
        terms: terms_of_six(),
        least_delay: LEAST_DELAY,
        era: 1,
    };
    assert_eq!(world.constitution(), expected);
    let pay = Action::Pay {
        to: STRANGER.into(),
        amount: 1.into(),
    };
    let refused = world.propose(MEMBERS[1], pay.clone()).value;
    assert_eq!(refused, Ok(Err(CouncilError::NotMember)));
    assert_eq!(world.propose(STRANGER, pay).value, Ok(Ok(1)));
    assert_eq!(world.standing(1).approvals, 0b1_0000);
}

#[test]
fn only_members_go_only_others_come_and_one_to_thirty_two_remain() {
    let mut world = World::new();
    let many: Vec<_> = (6..=33).map(account).collect();
    for (remove, add) in [
        (&[STRANGER][..], &[][..]),
        (&[MEMBERS[0], MEMBERS[0]], &[]),
        (&[], &[MEMBERS[0]]),
        (&[], &[STRANGER, STRANGER]),
        (&MEMBERS, &[]),
        (&[], &many),
    ] {
        let refused = world.propose(MEMBERS[0], amend(remove, add)).value;
        assert_eq!(refused, Ok(Err(CouncilError::BadMembers)));
    }
}

#[test]
fn terms_that_are_not_sound_for_the_new_members_cannot_be_proposed() {
    let mut world = World::new();
    let unsound = Ok(Err(CouncilError::UnsoundTerms));
    let add = amend_to(&[], &[STRANGER], TERMS);
    let refused = world.propose(MEMBERS[0], add).value;
    assert_eq!(refused, unsound, "three of six");
    let remove = amend_to(&MEMBERS[..2], &[], TERMS);
    let refused = world.propose(MEMBERS[0], remove).value;
    assert_eq!(refused, unsound, "four of three");
    let mut hasty = TERMS;
    hasty.grave.delay = LEAST_DELAY - 1;
    let refused = world.propose(MEMBERS[0], amend_to(&[], &[], hasty)).value;
    assert_eq!(refused, unsound, "below the least delay");
    hasty.grave.delay = LEAST_DELAY;
    let answer = world.carry(amend_to(&[], &[], hasty));
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(world.constitution().terms, hasty);
}

#[test]
fn what_was_approved_before_a_member_was_removed_is_not_executed_after() {
    let (mut world, proposal) = World::ready();
    let answer = world.carry(amend(&[MEMBERS[1]], &[]));
    assert_eq!(answer.value, Ok(Ok(())));
    assert_eq!(world.phase(proposal), Phase::Superseded);
    let approvals = world.contract().approvals(proposal);
    assert_eq!(world.get(approvals), []);
    let refused = Ok(Err(CouncilError::Superseded));
    assert_eq!(world.execute(proposal).value, refused);
    assert_eq!(world.approve(MEMBERS[3], proposal).value, refused);
    assert_eq!(world.withdraw(MEMBERS[0], proposal).value, refused);
    assert_eq!(world.cancel(MEMBERS[0], proposal).value, refused);
    assert_eq!(world.minted(), 0);
    // It is proposed and approved again, by those who are left.
    let again = calls([world.mint(1)]);
    let again = world.propose(MEMBERS[0], again).value.unwrap().unwrap();
    world.approve_by(again, 2..5);
    world.chain.advance(GRAVE.delay);
    assert_eq!(world.execute(again).value, Ok(Ok(())));
}

#[test]
fn every_change_of_the_constitution_begins_an_era() {
    let mint = World::new().mint(1);
    let list = Action::List {
        target: mint.target,
        selector: mint.selector,
        routine: true,
    };
    for change in [list, amend_to(&[], &[], TERMS)] {
        let (mut world, proposal) = World::ready();
        assert_eq!(world.carry(change).value, Ok(Ok(())));
        assert_eq!(world.constitution().era, 1);
        assert_eq!(world.phase(proposal), Phase::Superseded);
    }
    let (mut world, proposal) = World::ready();
    let mint = world.mint(1);
    assert_eq!(world.carry(calls([mint])).value, Ok(Ok(())));
    assert_eq!(world.constitution().era, 0);
    assert_eq!(world.phase(proposal), Phase::Executable);
}

#[test]
fn of_two_amendments_that_were_approved_only_the_first_comes() {
    let mut world = World::new();
    for member in [6, 7] {
        let proposed = world.propose(MEMBERS[0], amend(&[], &[account(member)]));
        let proposal = proposed.value.unwrap().unwrap();
        world.approve_by(proposal, 1..4);
    }
    world.at(allive_simulator::START + CONSTITUTIONAL.delay);
    assert_eq!(world.execute(1).value, Ok(Ok(())));
    let refused = world.execute(0).value;
    assert_eq!(refused, Ok(Err(CouncilError::Superseded)));
    assert_eq!(world.constitution().members.len(), 6);
}

#[test]
fn a_message_is_listed_as_routine_and_taken_off_the_list() {
    let mut world = World::new();
    let mint = world.mint(1);
    let list = |routine| Action::List {
        target: mint.target.clone(),
        selector: mint.selector,
        routine,
    };
    let refused = Ok(Err(CouncilError::ListedSo));
    assert_eq!(world.propose(MEMBERS[0], list(false)).value, refused);
    for (era, routine) in [(1, true), (2, false)] {
        let answer = world.carry(list(routine));
        let event = RoutineChanged {
            era,
            target: mint.target.clone(),
            selector: mint.selector,
            routine,
        };
        world.assert_said(&answer, event);
        let is_routine = world.contract();
        let is_routine = is_routine.is_routine(mint.target.clone(), mint.selector);
        assert_eq!(world.get(is_routine), routine);
        let again = world.propose(MEMBERS[0], list(routine)).value;
        assert_eq!(again, refused);
    }
}
