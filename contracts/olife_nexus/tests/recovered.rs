//! A key is lost, the guardians recover its identity, and the new key carries over what the Nexus keeps: with
//! Olife ID itself.

use crate::world::*;
use allive_access::PauseTerms;
use allive_calls::{at, psp22, Chain, Typed};
use allive_olife_id_interface::{IdentityId, NotHeir};
use allive_psp22_interface::Token;
use allive_simulator::{EmbeddedChain, GENESIS};
use ink::primitives::AccountId;
use olife_id::{
    Action, Control, Guardians, Held, Key, OlifeId, OlifeIdRef, Setup, Terms as IdTerms, ALL,
};
use olife_nexus::*;
use psp22::PSP22;

/// The guardian of the person.
const GUARDIAN: Actor = ADMIN;
/// The key that takes the place of the lost one.
const RENEWED: Actor = STRANGER;
const DELAY: u64 = 100;
const SETTLING: u64 = 200;

// The identities, in the order in which they are created.
const KEEPER: IdentityId = 0;
const PERSON: IdentityId = 1;

/// A patient with a guardian; a record of hers, of which the grantee bought three uses and made one; a record
/// of the grantee's, of which she bought two.
fn world() -> World {
    let mut world = World::asking(deploy);
    act(&mut world, ADMIN, create(&[]));
    act(&mut world, PATIENT, create(&[KEEPER]));
    let sold = world.open(PATIENT, terms());
    world.buy(GRANTEE, sold, 3).value.unwrap().unwrap();
    world.use_record(GRANTEE, sold).value.unwrap().unwrap();
    let grantee = PATIENT.account();
    let bought = world.open(GRANTEE, Terms { grantee, ..terms() });
    let token = world.token;
    world
        .tell(ADMIN, psp22(token).transfer(grantee, 100, vec![]))
        .unwrap();
    world
        .tell(PATIENT, psp22(token).approve(world.nexus, 100))
        .unwrap();
    world.buy(PATIENT, bought, 2).value.unwrap().unwrap();
    world.chain.advance(1);
    world
}

fn deploy(chain: &mut EmbeddedChain, alv: AccountId) -> AccountId {
    let setup = Setup {
        terms: IdTerms {
            delay: DELAY,
            contest: 150,
            settling: SETTLING,
            unbonding: 300,
            notice: 1,
            fade: 1,
            bond: 1,
        },
        pause: PauseTerms {
            duration: 1,
            cooldown: 1,
        },
        alv: Token::at(alv),
        forfeits_to: ADMIN.account().into(),
        chain: GENESIS,
    };
    let new = OlifeIdRef::new(setup.into());
    chain
        .create(ADMIN.account(), &code("olife_id"), new, b"")
        .unwrap()
        .unwrap()
        .address
}

fn create(guardians: &[IdentityId]) -> Action {
    Action::Create {
        guardians: Guardians {
            list: guardians.to_vec().into(),
            threshold: guardians.len() as u8,
        },
    }
}

fn held(key: Actor) -> Held {
    Held {
        key: Key::Account(key.account().into()),
        purposes: ALL,
    }
}

/// The new key shall be the only one, by the word of a key.
fn announce() -> Action {
    Action::Announce {
        control: Some(Control {
            keys: vec![held(RENEWED)].into(),
            guardians: Guardians {
                list: vec![KEEPER].into(),
                threshold: 1,
            },
        }),
    }
}

fn act(world: &mut World, by: Actor, action: Action) {
    let act = at::<OlifeId>(world.identities).act(action.into());
    world.tell(by, act).unwrap();
}

fn settle(world: &mut World) {
    let settle = at::<OlifeId>(world.identities).settle(PERSON);
    world.tell(ADMIN, settle).unwrap();
}

/// The guardian agrees on the new key, which agrees.
fn recover(world: &mut World) {
    let keys = vec![held(RENEWED)].into();
    act(
        world,
        GUARDIAN,
        Action::Recover {
            identity: PERSON,
            keys,
        },
    );
    act(
        world,
        RENEWED,
        Action::Consent {
            identity: PERSON,
            purposes: olife_id::ALL,
        },
    );
}

/// All that the Nexus keeps for the patient's key: a record, the grant on it, what she bought of the grantee's,
/// and what she earned.
fn hers() -> [Holding; 4] {
    [
        Holding::Record(0),
        Holding::Grant(0),
        Holding::Purchase(1),
        Holding::Credit(PATIENT.account().into()),
    ]
}

#[track_caller]
fn assert_refused(world: &mut World, by: Actor, why: NotHeir) {
    for holding in hers() {
        let answer = world.inherit(by, holding.clone()).value;
        assert_eq!(answer, Ok(Err(why.into())), "{holding:?}");
    }
}

#[test]
fn after_a_recovery_everything_is_carried_over_and_the_old_key_can_do_nothing_with_it() {
    let mut world = world();
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    recover(&mut world);
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    world.chain.advance(DELAY - 1);
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    world.chain.advance(1);
    settle(&mut world);
    // The thief has been quicker with two uses of what she had sold, and with what she had bought.
    world.use_record(GRANTEE, 0).value.unwrap().unwrap();
    world.use_record(PATIENT, 1).value.unwrap().unwrap();

    let owed = world.books().owed;
    for holding in hers() {
        assert_eq!(world.inherit(RENEWED, holding).value, Ok(Ok(())));
    }
    assert_eq!(world.books().owed, owed);
    assert_refused_everything(&mut world);

    assert_eq!(world.offer(RENEWED, 0, terms()).value, Ok(Ok(2)));
    assert_eq!(world.use_record(RENEWED, 1).value, Ok(Ok(0)));
    assert_eq!(world.use_record(GRANTEE, 0).value, Ok(Ok(0)));
    assert_eq!(world.withdraw(RENEWED).value, Ok(Ok(3 * PRICE)));
    assert_eq!(world.revoke(RENEWED, 0).value, Ok(Ok(())));
    let record = world.record(0).unwrap();
    assert_eq!(record.committer(), PATIENT.account());
    // Tokens at the lost account are not recovered.
    assert_eq!(world.holds(PATIENT.account()), 100 - 2 * PRICE);
}

/// What the old key could do before, it cannot now.
fn assert_refused_everything(world: &mut World) {
    let thief = PATIENT;
    let not_owner = NexusError::NotOwner;
    assert_eq!(
        world.offer(thief, 0, terms()).value,
        Ok(Err(not_owner.clone()))
    );
    assert_eq!(world.revoke(thief, 0).value, Ok(Err(not_owner)));
    let not_grantee = NexusError::NotGrantee;
    assert_eq!(
        world.use_record(thief, 1).value,
        Ok(Err(not_grantee.clone()))
    );
    assert_eq!(world.buy(thief, 1, 1).value, Ok(Err(not_grantee)));
    assert_eq!(
        world.withdraw(thief).value,
        Ok(Err(NexusError::NothingOwed))
    );
    for (holding, why) in hers().into_iter().zip([
        NexusError::NotHeir(NotHeir::NotSuccessor),
        NexusError::NotHeir(NotHeir::NotSuccessor),
        NexusError::NotHeir(NotHeir::NotSuccessor),
        NexusError::NothingOwed,
    ]) {
        assert_eq!(world.inherit(thief, holding).value, Ok(Err(why)));
    }
}

/// A thief who holds the key wins nothing by a recovery that was cancelled, nor do the guardians.
#[test]
fn while_the_old_key_is_a_key_nobody_inherits_from_it() {
    let mut world = world();
    recover(&mut world);
    act(&mut world, PATIENT, Action::Cancel);
    world.chain.advance(SETTLING);
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    assert_refused(&mut world, GUARDIAN, NotHeir::NotSuccessor);
    assert_eq!(world.offer(PATIENT, 0, terms()).value, Ok(Ok(2)));
    assert_eq!(world.withdraw(PATIENT).value, Ok(Ok(PRICE)));
}

#[test]
fn who_changes_her_key_by_her_own_word_takes_everything_along() {
    let mut world = world();
    act(&mut world, PATIENT, announce());
    act(
        &mut world,
        RENEWED,
        Action::Consent {
            identity: PERSON,
            purposes: olife_id::ALL,
        },
    );
    world.chain.advance(SETTLING);
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    settle(&mut world);
    for holding in hers() {
        assert_eq!(world.inherit(RENEWED, holding).value, Ok(Ok(())));
    }
    assert_refused_everything(&mut world);
}

#[test]
fn a_frozen_identity_inherits_when_it_is_thawed() {
    let mut world = world();
    recover(&mut world);
    world.chain.advance(DELAY);
    settle(&mut world);
    act(&mut world, RENEWED, Action::Freeze);
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    act(&mut world, RENEWED, announce());
    world.chain.advance(SETTLING);
    settle(&mut world);
    for holding in hers() {
        assert_eq!(world.inherit(RENEWED, holding).value, Ok(Ok(())));
    }
}

#[test]
fn what_comes_to_a_key_after_it_left_stays_with_it() {
    let mut world = world();
    recover(&mut world);
    world.chain.advance(DELAY);
    settle(&mut world);
    // A record that the thief registers, and what somebody offers to it.
    let own = world.open(PATIENT, terms());
    let grantee = PATIENT.account();
    let offered = world.open(GRANTEE, Terms { grantee, ..terms() });
    let record = world.grant(own).unwrap().record;
    for holding in [
        Holding::Record(record),
        Holding::Grant(own),
        Holding::Purchase(offered),
    ] {
        let answer = world.inherit(RENEWED, holding).value;
        assert_eq!(answer, Ok(Err(NotHeir::CameLater.into())));
    }
}
