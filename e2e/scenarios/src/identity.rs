//! What the lives of other contracts need of Olife ID: that a key is lost, and another follows it.

use super::stage::{code, Stage, DAY};
use allive_access::PauseTerms;
use allive_calls::{at, Chain};
use allive_olife_id_interface::IdentityId;
use allive_psp22_interface::Token;
use ink::primitives::AccountId;
use olife_id::{Action, Guardians, Held, IdentityTerms, Key, OlifeId, OlifeIdRef, Setup, ALL};

/// How long a recovery waits.
pub const DELAY: u64 = 2 * DAY;

/// Creates Olife ID.
pub fn deploy<C: Chain>(stage: &mut Stage<C>, alv: AccountId, owner: AccountId) -> AccountId {
    let setup = Setup {
        terms: IdentityTerms {
            delay: DELAY,
            contest: DELAY,
            settling: 2 * DELAY,
            unbonding: 2 * DELAY,
            notice: DAY,
            fade: DAY,
            bond: 1,
        },
        pause: PauseTerms {
            duration: DAY,
            cooldown: DAY,
        },
        alv: Token::at(alv),
        forfeits_to: owner.into(),
        chain: stage.genesis,
    };
    let new = OlifeIdRef::new(setup.into());
    stage.create(owner, &code("olife_id"), new).address
}

/// An identity, which these others recover by themselves.
pub fn create<C: Chain>(
    stage: &mut Stage<C>,
    id: AccountId,
    key: AccountId,
    guardians: &[IdentityId],
) -> IdentityId {
    let guardians = Guardians {
        list: guardians.to_vec().into(),
        threshold: u8::from(!guardians.is_empty()),
    };
    let create = at::<OlifeId>(id).act(Action::Create { guardians }.into());
    stage.accept(key, create).0
}

/// A guardian asks for a new key, which agrees. Returns when it can take the place of the others.
pub fn recover<C: Chain>(
    stage: &mut Stage<C>,
    id: AccountId,
    identity: IdentityId,
    guardian: AccountId,
    key: AccountId,
) -> u64 {
    let keys = vec![Held {
        key: Key::Account(key.into()),
        purposes: ALL,
    }];
    let keys = keys.into();
    let recover = at::<OlifeId>(id).act(Action::Recover { identity, keys }.into());
    stage.accept(guardian, recover);
    let ready = stage.chain.now() + DELAY;
    let consent = at::<OlifeId>(id).act(
        Action::Consent {
            identity,
            purposes: olife_id::ALL,
        }
        .into(),
    );
    stage.accept(key, consent);
    ready
}
