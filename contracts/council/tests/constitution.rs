//! Changes of members, terms and the list of routine messages, and the eras that they begin.

use crate::world::*;
use council::*;

#[test]
fn members_come_and_go_by_a_constitutional_proposal() {
    let mut world = World::new();
    let answer = carry(&mut world, amend(&[MEMBERS[1]], &[STRANGER]));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 1));
    let members = [MEMBERS[0], MEMBERS[2], MEMBERS[3], MEMBERS[4], STRANGER];
    let members = members.map(Into::into).to_vec();
    let event = ConstitutionChanged {
        era: 1,
        members: members.clone(),
        terms: terms_of_six(),
    };
    world.assert_emitted(&answer, event);
    let expected = Constitution {
        members,
        terms: terms_of_six(),
        least_delay: LEAST_DELAY,
        era: 1,
    };
    assert_eq!(constitution(&mut world), expected);
    let pay = Action::Pay {
        to: STRANGER.into(),
        amount: 1.into(),
    };
    let refused = world.refused(MEMBERS[1], world.propose(pay.clone()));
    assert_eq!(refused, CouncilError::NotMember);
    assert_eq!(world.done(STRANGER, world.propose(pay)), 1);
    assert_eq!(standing(&mut world, 1).approvals, 0b1_0000);
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
        let refused = world.refused(MEMBERS[0], world.propose(amend(remove, add)));
        assert_eq!(refused, CouncilError::BadMembers);
    }
}

#[test]
fn terms_that_are_not_sound_for_the_new_members_cannot_be_proposed() {
    let mut world = World::new();
    let unsound = Ok(Err(CouncilError::UnsoundTerms));
    let add = amend_to(&[], &[STRANGER], TERMS);
    let refused = world.send(MEMBERS[0], world.propose(add)).value;
    assert_eq!(refused, unsound, "three of six");
    let remove = amend_to(&MEMBERS[..2], &[], TERMS);
    let refused = world.send(MEMBERS[0], world.propose(remove)).value;
    assert_eq!(refused, unsound, "four of three");
    let mut hasty = TERMS;
    hasty.grave.delay = LEAST_DELAY - 1;
    let refused = world
        .send(MEMBERS[0], world.propose(amend_to(&[], &[], hasty)))
        .value;
    assert_eq!(refused, unsound, "below the least delay");
    hasty.grave.delay = LEAST_DELAY;
    carry_out(&mut world, amend_to(&[], &[], hasty));
    assert_eq!(constitution(&mut world).terms, hasty);
}

#[test]
fn what_was_approved_before_a_member_was_removed_is_not_executed_after() {
    let (mut world, proposal) = ready();
    carry_out(&mut world, amend(&[MEMBERS[1]], &[]));
    assert_eq!(phase(&mut world, proposal), Phase::Superseded);
    let approvals = world.contract().approvals(proposal);
    assert_eq!(world.get(approvals), []);
    let refused = CouncilError::Superseded;
    assert_eq!(
        world.refused(STRANGER, world.contract().execute(proposal)),
        refused
    );
    assert_eq!(
        world.refused(MEMBERS[3], world.contract().approve(proposal)),
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
    assert_eq!(world.holds(STRANGER), 0);
    // It is proposed and approved again, by those who are left.
    let again = calls([world.mint(1)]);
    let again = world.done(MEMBERS[0], world.propose(again));
    approve_by(&mut world, again, 2..5);
    world.advance(GRAVE.delay);
    world.done(STRANGER, world.contract().execute(again));
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
        let (mut world, proposal) = ready();
        carry_out(&mut world, change);
        assert_eq!(constitution(&mut world).era, 1);
        assert_eq!(phase(&mut world, proposal), Phase::Superseded);
    }
    let (mut world, proposal) = ready();
    let mint = world.mint(1);
    carry_out(&mut world, calls([mint]));
    assert_eq!(constitution(&mut world).era, 0);
    assert_eq!(phase(&mut world, proposal), Phase::Executable);
}

#[test]
fn of_two_amendments_that_were_approved_only_the_first_comes() {
    let mut world = World::new();
    for member in [6, 7] {
        let proposal = world.done(MEMBERS[0], world.propose(amend(&[], &[account(member)])));
        approve_by(&mut world, proposal, 1..4);
    }
    world.at(allive_simulator::START + CONSTITUTIONAL.delay);
    world.done(STRANGER, world.contract().execute(1));
    let refused = world.refused(STRANGER, world.contract().execute(0));
    assert_eq!(refused, CouncilError::Superseded);
    assert_eq!(constitution(&mut world).members.len(), 6);
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
    assert_eq!(
        world.send(MEMBERS[0], world.propose(list(false))).value,
        refused
    );
    for (era, routine) in [(1, true), (2, false)] {
        let answer = carry(&mut world, list(routine));
        let event = RoutineChanged {
            era,
            target: mint.target.clone(),
            selector: mint.selector,
            routine,
        };
        world.assert_emitted(&answer, event);
        let is_routine = world.contract();
        let is_routine = is_routine.is_routine(mint.target.clone(), mint.selector);
        assert_eq!(world.get(is_routine), routine);
        let again = world.send(MEMBERS[0], world.propose(list(routine))).value;
        assert_eq!(again, refused);
    }
}
