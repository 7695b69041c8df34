//! What the lives of other contracts need of Olife ID: that a key is lost, and another follows it.

use super::stage::{code, Stage, DAY};
use allive_calls::{at, Chain};
use allive_olife_id_interface::IdentityId;
use allive_support::recovery;
use ink::primitives::AccountId;
use olife_id::{Action, OlifeId, OlifeIdRef};

/// How long a recovery waits.
pub const DELAY: u64 = 2 * DAY;

/// Creates Olife ID.
pub fn deploy<C: Chain>(stage: &mut Stage<C>, alv: AccountId, owner: AccountId) -> AccountId {
    let setup = recovery::setup(alv, owner, [DELAY, 2 * DELAY], stage.genesis);
    let new = OlifeIdRef::new(setup);
    stage.create(owner, &code("olife_id"), new).address
}

/// An identity, which these others recover together.
pub fn create<C: Chain>(
    stage: &mut Stage<C>,
    id: AccountId,
    key: AccountId,
    guardians: &[IdentityId],
) -> IdentityId {
    act(stage, id, key, recovery::create(guardians))
}

/// A guardian asks for a new key, which agrees. Returns when it can take the place of the others.
pub fn recover<C: Chain>(
    stage: &mut Stage<C>,
    id: AccountId,
    identity: IdentityId,
    guardian: AccountId,
    key: AccountId,
) -> u64 {
    act(stage, id, guardian, recovery::recover(identity, key));
    let ready = stage.chain.now() + DELAY;
    act(stage, id, key, recovery::consent(identity));
    ready
}

fn act<C: Chain>(stage: &mut Stage<C>, id: AccountId, by: AccountId, action: Action) -> IdentityId {
    stage.accept(by, at::<OlifeId>(id).act(action)).0
}
