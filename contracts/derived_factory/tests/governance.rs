//! The protocol's rules, the pause, and the owner.

use crate::world::*;
use allive_access::{
    AccessError, Announced, NoticeError, Ownable, OwnershipChanged, Pausable, PauseChanged,
};
use allive_calls::{at, Keyring};
use allive_simulator::START;
use allive_support::Topics;
use derived_factory::*;

const STRICT: Rules = Rules {
    min_cover: 9_000,
    stake_share: 2_000,
    min_stake: 500,
};

fn announce(world: &mut World, rules: Option<Rules>) -> Receipt<Answer<()>> {
    let message = world.contract().announce_rules(rules.map(Into::into));
    world.send(ADMIN, message)
}

fn change(world: &mut World) -> Receipt<Answer<()>> {
    let message = world.contract().change_rules();
    world.send(ADMIN, message)
}

fn rules_changed(rules: Rules, next: Option<Announced<Rules>>) -> (RulesChanged, Topics) {
    (RulesChanged { rules, next }, vec![])
}

#[test]
fn rules_are_announced_and_come_after_their_notice() {
    let mut world = World::new();
    let answer = announce(&mut world, Some(STRICT));
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 1));
    let next = Announced {
        value: STRICT,
        ready: START + NOTICE,
        lapses: START + 2 * NOTICE,
    };
    assert_eq!(world.event(&answer), rules_changed(RULES, Some(next)));
    world.advance(NOTICE - 1);
    let early = FactoryError::Notice(NoticeError::TooEarly);
    assert_eq!(change(&mut world).value, Ok(Err(early)));
    world.advance(1);
    let answer = change(&mut world);
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 1));
    assert_eq!(world.event(&answer), rules_changed(STRICT, None));
    let governance = stored_state(&mut world).governance.unwrap();
    assert_eq!((governance.rules, governance.next_rules), (STRICT, None));
    let none = FactoryError::Notice(NoticeError::NotAnnounced);
    assert_eq!(change(&mut world).value, Ok(Err(none)));
}

#[test]
fn rules_come_until_their_announcement_lapses() {
    for (after, right) in [
        (2 * NOTICE - 1, Ok(())),
        (2 * NOTICE, Err(NoticeError::Lapsed.into())),
    ] {
        let mut world = World::new();
        announce(&mut world, Some(STRICT));
        world.advance(after);
        assert_eq!(change(&mut world).value, Ok(right));
    }
}

#[test]
fn an_announcement_of_rules_can_be_replaced_or_taken_back() {
    let mut world = World::new();
    announce(&mut world, Some(STRICT));
    world.advance(NOTICE);
    announce(&mut world, Some(RULES));
    let early = FactoryError::Notice(NoticeError::TooEarly);
    assert_eq!(change(&mut world).value, Ok(Err(early)));
    let answer = announce(&mut world, None);
    assert_eq!(world.event(&answer), rules_changed(RULES, None));
    world.advance(NOTICE);
    let none = FactoryError::Notice(NoticeError::NotAnnounced);
    assert_eq!(change(&mut world).value, Ok(Err(none)));
}

#[test]
fn unsound_rules_are_not_announced() {
    let mut world = World::new();
    for rules in [
        Rules {
            min_cover: 1_999,
            ..RULES
        },
        Rules {
            stake_share: 499,
            ..RULES
        },
        Rules {
            min_stake: 0,
            ..RULES
        },
    ] {
        let refused = announce(&mut world, Some(rules)).value;
        assert_eq!(refused, Ok(Err(FactoryError::UnsoundRules)));
    }
}

#[test]
fn new_rules_hold_for_whoever_registers_after_them_and_for_nobody_else() {
    let mut world = World::new();
    let before = dapp_of(&mut world, CARE).terms;
    announce(&mut world, Some(STRICT));
    world.advance(NOTICE);
    let announced = world.send(OTHER, world.register(care(), 100)).value;
    assert_eq!(announced, Ok(Ok(2)), "not yet");
    change(&mut world);
    let refused = world.refused(OTHER, world.register(care(), 500));
    assert_eq!(refused, FactoryError::CoverTooLow);
    let refused = world.refused(OTHER, world.register(well(), 499));
    assert_eq!(refused, FactoryError::StakeTooSmall);
    assert_eq!(world.done(OTHER, world.register(well(), 500)), 3);
    assert_eq!(dapp_of(&mut world, 3).terms.stake_share, 2_000);
    assert_eq!(dapp_of(&mut world, CARE).terms, before);
    assert_eq!(
        world.done(USER, world.buy(CARE, 14_285 * CARE_PRICE)),
        14_285
    );
}

#[test]
fn a_pause_begins_ends_by_itself_and_cannot_be_repeated_at_once() {
    let mut world = World::new();
    let factory = world.factory;
    let factory = || at::<DerivedFactory>(factory);
    let send = |world: &mut World, by: Keyring| world.send(by, factory().pause());
    let stranger = send(&mut world, STRANGER).value;
    assert_eq!(stranger, Ok(Err(AccessError::CallerIsNotOwner)));
    let answer = send(&mut world, ADMIN);
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 1));
    let (event, topics) = world.event::<PauseChanged, _>(&answer);
    assert_eq!((event.until, topics), (START + PAUSE, vec![]));
    assert!(world.get(factory().paused()));
    assert_eq!(world.get(factory().paused_until()), START + PAUSE);
    world.at(START + PAUSE - 1);
    let paused = FactoryError::Access(AccessError::Paused);
    assert_eq!(world.refused(USER, world.buy(WELL, PRICE)), paused);
    world.at(START + PAUSE);
    assert!(!world.get(factory().paused()));
    assert_eq!(world.done(USER, world.buy(WELL, PRICE)), 1);
    let again = Ok(Err(AccessError::PauseTooSoon));
    assert_eq!(send(&mut world, ADMIN).value, again);
    world.at(START + 2 * PAUSE - 1);
    assert_eq!(send(&mut world, ADMIN).value, again);
    world.at(START + 2 * PAUSE);
    assert_eq!(send(&mut world, ADMIN).value, Ok(Ok(())));
}

#[test]
fn the_owner_ends_a_pause_before_its_time() {
    let mut world = World::new();
    let factory = world.factory;
    let factory = || at::<DerivedFactory>(factory);
    let not_paused = AccessError::NotPaused;
    assert_eq!(world.refused(ADMIN, factory().unpause()), not_paused);
    world.done(ADMIN, factory().pause());
    world.advance(3);
    let answer = world.send(ADMIN, factory().unpause());
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 1));
    let (event, topics) = world.event::<PauseChanged, _>(&answer);
    assert_eq!((event.until, topics), (START + 3, vec![]));
    assert_eq!(world.done(USER, world.buy(WELL, PRICE)), 1);
}

#[test]
fn the_factory_changes_hands_in_two_steps() {
    let mut world = World::new();
    let factory = world.factory;
    let factory = || at::<DerivedFactory>(factory);
    let offer = factory().transfer_ownership(Some(OTHER.account().into()));
    let answer = world.send(ADMIN, offer);
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 1));
    let said = |world: &World, answer| {
        let (event, topics) = world.event::<OwnershipChanged, _>(answer);
        assert_eq!(topics, [[0; 32]; 0]);
        (*event.owner, event.pending.map(|pending| *pending))
    };
    let other = OTHER.account();
    assert_eq!(said(&world, &answer), (ADMIN.account(), Some(other)));
    assert_eq!(world.get(factory().owner()), Some(ADMIN.account().into()));
    assert_eq!(world.get(factory().pending_owner()), Some(other.into()));
    let refused = world.refused(STRANGER, factory().accept_ownership());
    assert_eq!(refused, AccessError::CallerIsNotPendingOwner);
    let answer = world.send(other, factory().accept_ownership());
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 1));
    assert_eq!(said(&world, &answer), (other, None));
    assert_eq!(world.get(factory().owner()), Some(other.into()));
    let refused = world.refused(ADMIN, factory().pause());
    assert_eq!(refused, AccessError::CallerIsNotOwner);
    world.done(OTHER, world.contract().accuse(WELL, [1; 32].into()));
}

#[test]
fn an_offer_of_ownership_can_be_taken_back() {
    let mut world = World::new();
    let factory = world.factory;
    let factory = || at::<DerivedFactory>(factory);
    for candidate in [Some(OTHER.account().into()), None] {
        let offer = factory().transfer_ownership(candidate);
        world.done(ADMIN, offer);
    }
    let refused = world.refused(OTHER, factory().accept_ownership());
    assert_eq!(refused, AccessError::CallerIsNotPendingOwner);
}

/// What the messages of owner and pause leave as it is: the number of DAPPs lies in the same cell.
#[test]
fn governing_touches_no_dapp_and_no_money() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    let before = stored_state(&mut world);
    let factory = world.factory;
    let factory = || at::<DerivedFactory>(factory);
    world.done(ADMIN, factory().pause());
    world.done(ADMIN, factory().unpause());
    let offer = factory().transfer_ownership(Some(OTHER.account().into()));
    world.done(ADMIN, offer);
    announce(&mut world, Some(STRICT));
    let after = StoredState {
        governance: before.governance.clone(),
        ..stored_state(&mut world)
    };
    assert_eq!(after, before);
}

/// Like a query, each of them is a question about what the cells hold.
#[test]
fn the_queries_say_what_the_cells_hold() {
    let mut world = World::new();
    world.done(USER, world.buy(WELL, 1_000));
    world.done(USER, world.redeem(WELL, 10));
    let stored = stored_state(&mut world);
    let factory = world.factory;
    let factory = || at::<DerivedFactory>(factory);
    for (number, dapp) in &stored.dapps {
        let answer = world.get(factory().dapp(*number)).unwrap();
        assert_eq!(&answer.into_inner(), dapp);
        let token = **dapp.token.address();
        assert_eq!(world.get(factory().dapp_of(token.into())), Some(*number));
    }
    assert_eq!(world.get(factory().dapp_count()), 2);
    assert_eq!(world.get(factory().credit_of(USER.account().into())), 50);
    let terms = world.get(factory().terms()).into_inner();
    assert_eq!(Some(terms), stored.governance);
}
