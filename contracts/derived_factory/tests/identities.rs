//! Olife ID beside the factory: who has an identity, and whose keys are recovered.

use crate::world::*;
use allive_calls::at;
use allive_olife_id_interface::IdentityId;
use allive_support::recovery::{self, by_guardians, by_its_key, complete, take};
use ink::primitives::AccountId;
use olife_id::{Action, OlifeId};

/// How long a recovery waits.
pub const DELAY: u64 = 100;
/// How long keys wait that a key announced.
pub const SETTLING: u64 = 200;
/// Whom two recover, each with an identity: 0 and 1.
pub const GUARDS: [AccountId; 2] = [account(11), account(12)];
/// The identity of the operator of `WELL`.
pub const OPERATORS: IdentityId = 2;
/// That of the user.
pub const USERS: IdentityId = 3;

/// As [`World::new`], and Olife ID knows the guards, and the operator of `WELL` and the user,
/// whom they recover.
pub fn with_identities() -> World {
    let mut world = with_alv(SUPPLY);
    world.deploy_olife_id(ADMIN, [DELAY, SETTLING]);
    let mut world = registered(founded(world, WEALTH));
    for guard in GUARDS {
        world.chain.endow(guard);
        join(&mut world, guard, &[]);
    }
    for (person, identity) in [(WELL_OPERATOR, OPERATORS), (USER, USERS)] {
        assert_eq!(join(&mut world, person.account(), &[0, 1]), identity);
    }
    world
}

/// What an identity does by one of its keys, which must succeed.
#[track_caller]
pub fn act(world: &mut World, by: AccountId, action: Action) -> IdentityId {
    take(&mut world.chain, world.identities, (by, action))
}

/// An account gets an identity, which all of these guard together.
#[track_caller]
pub fn join(world: &mut World, by: AccountId, guardians: &[IdentityId]) -> IdentityId {
    act(world, by, recovery::create(guardians))
}

/// Guardians want this key and no other, which agrees. It waits.
#[track_caller]
pub fn propose(world: &mut World, identity: IdentityId, key: AccountId) {
    for (by, action) in by_guardians(&GUARDS, identity, key) {
        act(world, by, action);
    }
}

/// What was proposed or announced comes, now.
#[track_caller]
pub fn settle(world: &mut World, identity: IdentityId) {
    let settle = at::<OlifeId>(world.identities).settle(identity);
    world.done(STRANGER, settle);
}

/// Guardians recover an identity to a key. The key that was lost left at the moment that is now.
#[track_caller]
pub fn recover(world: &mut World, identity: IdentityId, key: AccountId) {
    let steps = by_guardians(&GUARDS, identity, key);
    complete(&mut world.chain, world.identities, identity, steps, DELAY);
}

/// `old`, the only key of an identity, leaves it to `new` by its own word: now.
#[track_caller]
pub fn replace(world: &mut World, identity: IdentityId, old: AccountId, new: AccountId) {
    let steps = by_its_key(old, identity, new);
    complete(
        &mut world.chain,
        world.identities,
        identity,
        steps,
        SETTLING,
    );
}
