//! Olife ID beside another contract: who has an identity, and how another key takes the place of
//! its own. For tests, scenarios and measurements on any chain.

use allive_calls::{at, Chain, Typed};
use allive_olife_id_interface::IdentityId;
use allive_psp22_interface::Psp22Client;
use ink::primitives::AccountId;
use olife_id::{Action, Control, Guardians, Held, IdentityTerms, Key, OlifeId, Setup, ALL};

/// Who does what.
pub type Step = (AccountId, Action);

/// What Olife ID begins with. A recovery takes `delay`, what a key announces `settling`.
pub fn setup(
    alv: AccountId,
    forfeits_to: AccountId,
    [delay, settling]: [u64; 2],
    chain: [u8; 32],
) -> Setup {
    Setup {
        terms: IdentityTerms {
            delay,
            contest: delay,
            settling,
            unbonding: settling,
            notice: settling,
            fade: settling,
            bond: 10,
        },
        pause: allive_access::PauseTerms {
            duration: delay,
            cooldown: delay,
        },
        alv: Psp22Client::at(alv),
        forfeits_to: forfeits_to.into(),
        chain,
    }
}

/// A key for every purpose.
pub fn held(key: AccountId) -> Held {
    Held {
        key: Key::Account(key.into()),
        purposes: ALL,
    }
}

/// All of these together can recover an identity.
pub fn guarded(guardians: &[IdentityId]) -> Guardians {
    Guardians {
        list: guardians.to_vec(),
        threshold: guardians.len() as u8,
    }
}

/// The caller gets an identity, which all of these guard together.
pub fn create(guardians: &[IdentityId]) -> Action {
    let guardians = guarded(guardians);
    Action::Create { guardians }
}

/// The caller agrees to be a key of an identity.
pub fn consent(identity: IdentityId) -> Action {
    Action::Consent {
        identity,
        purposes: ALL,
    }
}

/// A guardian wants this key for an identity, and no other.
pub fn recover(identity: IdentityId, key: AccountId) -> Action {
    Action::Recover {
        identity,
        keys: vec![held(key)],
    }
}

/// A key of an identity names its only key and its guardians from now on.
pub fn announce(key: AccountId, guardians: &[IdentityId]) -> Action {
    Action::Announce {
        control: Some(Control {
            keys: vec![held(key)],
            guardians: guarded(guardians),
        }),
    }
}

/// Guardians give an identity another key, which agrees. It comes when the delay is over.
pub fn by_guardians(guardians: &[AccountId], identity: IdentityId, key: AccountId) -> Vec<Step> {
    let wanted = guardians
        .iter()
        .map(|guardian| (*guardian, recover(identity, key)));
    wanted.chain([(key, consent(identity))]).collect()
}

/// The only key of an identity leaves it to another, which agrees. It comes when it has settled.
pub fn by_its_key(old: AccountId, identity: IdentityId, new: AccountId) -> Vec<Step> {
    vec![(old, announce(new, &[])), (new, consent(identity))]
}

/// Whoever has a key does what the step says, which must succeed.
///
/// # Panics
/// If it is refused.
#[track_caller]
pub fn take<C: Chain>(chain: &mut C, id: AccountId, (by, action): Step) -> IdentityId {
    let act = at::<OlifeId>(id).act(action);
    match chain.send(by, act).value {
        Ok(Ok(identity)) => identity,
        other => panic!("refused: {other:?}"),
    }
}

/// All of these steps are taken, time passes, and the new key is the only one.
///
/// # Panics
/// If a step is refused.
#[track_caller]
pub fn complete<C: Chain>(
    chain: &mut C,
    id: AccountId,
    identity: IdentityId,
    steps: Vec<Step>,
    wait: u64,
) {
    let key = steps.last().map(|(key, _)| *key);
    for step in steps {
        take(chain, id, step);
    }
    chain.advance(wait);
    let by = key.expect("the last step is that of the new key");
    let settled = chain.send(by, at::<OlifeId>(id).settle(identity)).value;
    assert_eq!(settled, Ok(Ok(())));
}
