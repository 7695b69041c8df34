//! A key is lost, the guardians recover its identity, and the new key carries over what the Nexus
//! keeps: with Olife ID itself.

use crate::world::*;
use allive_calls::at;
use allive_olife_id_interface::{IdentityId, NotHeir};
use allive_support::recovery::{self, Step};
use ink::primitives::AccountId;
use olife_id::{Action, OlifeId};
use olife_nexus::*;

/// The guardian of the person.
const GUARDIAN: AccountId = ADMIN;
/// The key that takes the place of the lost one.
const RENEWED: AccountId = STRANGER;
const DELAY: u64 = 100;
const SETTLING: u64 = 200;

// The identities, in the order in which they are created.
const KEEPER: IdentityId = 0;
const PERSON: IdentityId = 1;

/// A patient with a guardian; a record of hers, of which the grantee bought three uses and made
/// one; a record of the grantee's, of which she bought two.
fn world() -> World {
    let mut world = with_alv();
    world.deploy_olife_id(ADMIN, [DELAY, SETTLING]);
    let mut world = funded(world);
    act(&mut world, vec![(GUARDIAN, recovery::create(&[]))]);
    act(&mut world, vec![(PATIENT, recovery::create(&[KEEPER]))]);
    let sold = open(&mut world, PATIENT, terms());
    world.done(GRANTEE, world.contract().buy(sold, 3, ANY_PRICE));
    world.done(GRANTEE, world.contract().use_record(sold, REQUEST));
    let grantee = PATIENT;
    let bought = open(&mut world, GRANTEE, GrantTerms { grantee, ..terms() });
    world.give(PATIENT, 100);
    world.allow(PATIENT, world.nexus, 100);
    world.done(PATIENT, world.contract().buy(bought, 2, ANY_PRICE));
    world.advance(1);
    world
}

fn act(world: &mut World, steps: Vec<Step>) {
    for step in steps {
        recovery::take(&mut world.chain, world.identities, step);
    }
}

/// The new key shall be the only one, by the word of a key.
fn announce() -> Action {
    recovery::announce(RENEWED, &[KEEPER])
}

fn settle(world: &mut World) {
    let settle = at::<OlifeId>(world.identities).settle(PERSON);
    world.done(ADMIN, settle);
}

/// The guardian agrees on the new key, which agrees.
fn recover(world: &mut World) {
    act(world, recovery::by_guardians(&[GUARDIAN], PERSON, RENEWED));
}

/// All that the Nexus keeps for the patient's key: a record, the grant on it, what she bought of
/// the grantee's, and what she earned.
fn hers() -> [Holding; 4] {
    [
        Holding::Record(0),
        Holding::Grant(0),
        Holding::Purchase(1),
        Holding::Credit(PATIENT.into()),
    ]
}

#[track_caller]
fn assert_refused(world: &mut World, by: AccountId, why: NotHeir) {
    for holding in hers() {
        let answer = world.refused(by, world.contract().inherit(holding.clone()));
        assert_eq!(answer, why.into(), "{holding:?}");
    }
}

#[test]
fn after_a_recovery_everything_is_carried_over_and_the_old_key_can_do_nothing_with_it() {
    let mut world = world();
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    recover(&mut world);
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    world.advance(DELAY - 1);
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    world.advance(1);
    settle(&mut world);
    // The thief has been quicker with two uses of what she had sold, and with what she had bought.
    world.done(GRANTEE, world.contract().use_record(0, REQUEST));
    world.done(PATIENT, world.contract().use_record(1, REQUEST));

    let owed = stored_state(&mut world).owed;
    for holding in hers() {
        world.done(RENEWED, world.contract().inherit(holding));
    }
    assert_eq!(stored_state(&mut world).owed, owed);
    assert_refused_everything(&mut world);

    assert_eq!(world.done(RENEWED, world.contract().offer(0, terms())), 2);
    assert_eq!(
        world.done(RENEWED, world.contract().use_record(1, REQUEST)),
        0
    );
    assert_eq!(
        world.done(GRANTEE, world.contract().use_record(0, REQUEST)),
        0
    );
    assert_eq!(
        world.done(RENEWED, world.contract().withdraw(RENEWED.into())),
        3 * PRICE
    );
    world.done(RENEWED, world.contract().revoke(0));
    let record = record_of(&mut world, 0).unwrap();
    assert_eq!(record.committer(), PATIENT);
    // Tokens at the lost account are not recovered.
    assert_eq!(world.holds(PATIENT), 100 - 2 * PRICE);
}

/// What the old key could do before, it cannot now.
fn assert_refused_everything(world: &mut World) {
    let thief = PATIENT;
    let not_owner = NexusError::NotOwner;
    assert_eq!(
        world.refused(thief, world.contract().offer(0, terms())),
        not_owner.clone()
    );
    assert_eq!(world.refused(thief, world.contract().revoke(0)), not_owner);
    let not_grantee = NexusError::NotGrantee;
    assert_eq!(
        world.refused(thief, world.contract().use_record(1, REQUEST)),
        not_grantee.clone()
    );
    assert_eq!(
        world.refused(thief, world.contract().buy(1, 1, ANY_PRICE)),
        not_grantee
    );
    assert_eq!(
        world.refused(thief, world.contract().withdraw(thief.into())),
        NexusError::NothingOwed
    );
    for (holding, why) in hers().into_iter().zip([
        NexusError::NotHeir(NotHeir::NotSuccessor),
        NexusError::NotHeir(NotHeir::NotSuccessor),
        NexusError::NotHeir(NotHeir::NotSuccessor),
        NexusError::NothingOwed,
    ]) {
        assert_eq!(world.refused(thief, world.contract().inherit(holding)), why);
    }
}

/// A thief who holds the key wins nothing by a recovery that was cancelled, nor do the guardians.
#[test]
fn while_the_old_key_is_a_key_nobody_inherits_from_it() {
    let mut world = world();
    recover(&mut world);
    act(&mut world, vec![(PATIENT, Action::Cancel)]);
    world.advance(SETTLING);
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    assert_refused(&mut world, GUARDIAN, NotHeir::NotSuccessor);
    assert_eq!(world.done(PATIENT, world.contract().offer(0, terms())), 2);
    assert_eq!(
        world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
        PRICE
    );
}

#[test]
fn who_changes_her_key_by_her_own_word_takes_everything_along() {
    let mut world = world();
    let consent = recovery::consent(PERSON);
    act(&mut world, vec![(PATIENT, announce()), (RENEWED, consent)]);
    world.advance(SETTLING);
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    settle(&mut world);
    for holding in hers() {
        world.done(RENEWED, world.contract().inherit(holding));
    }
    assert_refused_everything(&mut world);
}

#[test]
fn a_frozen_identity_inherits_when_it_is_thawed() {
    let mut world = world();
    recover(&mut world);
    world.advance(DELAY);
    settle(&mut world);
    act(&mut world, vec![(RENEWED, Action::Freeze)]);
    assert_refused(&mut world, RENEWED, NotHeir::NotSuccessor);
    act(&mut world, vec![(RENEWED, announce())]);
    world.advance(SETTLING);
    settle(&mut world);
    for holding in hers() {
        world.done(RENEWED, world.contract().inherit(holding));
    }
}

#[test]
fn what_comes_to_a_key_after_it_left_stays_with_it() {
    let mut world = world();
    recover(&mut world);
    world.advance(DELAY);
    settle(&mut world);
    // A record that the thief registers, and what somebody offers to it.
    let own = open(&mut world, PATIENT, terms());
    let grantee = PATIENT;
    let offered = open(&mut world, GRANTEE, GrantTerms { grantee, ..terms() });
    let record = grant_of(&mut world, own).unwrap().record;
    for holding in [
        Holding::Record(record),
        Holding::Grant(own),
        Holding::Purchase(offered),
    ] {
        let answer = world.refused(RENEWED, world.contract().inherit(holding));
        assert_eq!(answer, NotHeir::CameLater.into());
    }
}

/// In whatever order payments and heirs come, also in the very block in which the key left.
#[test]
fn what_is_paid_in_the_block_in_which_the_key_left_goes_to_whom_it_belongs() {
    let mut world = world();
    recover(&mut world);
    world.advance(DELAY);
    settle(&mut world);
    let earned = Holding::Credit(PATIENT.into());
    let inherit = |world: &World| world.contract().inherit(earned.clone());
    world.done(RENEWED, inherit(&world));
    // A use of what she sold before, and a refund of what she bought before.
    world.done(GRANTEE, world.contract().use_record(0, REQUEST));
    world.done(RENEWED, inherit(&world));
    world.done(GRANTEE, world.contract().revoke(1));
    world.done(RENEWED, inherit(&world));
    world.done(RENEWED, world.contract().inherit(Holding::Grant(0)));
    world.done(GRANTEE, world.contract().use_record(0, REQUEST));
    let nothing = world.refused(RENEWED, inherit(&world));
    assert_eq!(nothing, NexusError::NothingOwed);
    // What the old key sells from now on is its own.
    let own = open(&mut world, PATIENT, terms());
    world.done(GRANTEE, world.contract().buy(own, 1, ANY_PRICE));
    world.done(GRANTEE, world.contract().use_record(own, REQUEST));
    let later = world.refused(RENEWED, inherit(&world));
    assert_eq!(later, NotHeir::CameLater.into());
    for (by, amount) in [(RENEWED, 5 * PRICE), (PATIENT, PRICE)] {
        let withdraw = world.contract().withdraw(by.into());
        assert_eq!(world.done(by, withdraw), amount);
    }
    assert_eq!(stored_state(&mut world).owed, 0);
}
