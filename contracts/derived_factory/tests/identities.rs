//! Olife ID beside the factory: who has an identity, and whose keys are recovered.

use crate::world::*;
use allive_calls::{at, Chain, Typed};
use allive_olife_id_interface::IdentityId;
use allive_psp22_interface::Psp22Client;
use allive_simulator::EmbeddedChain;
use ink::primitives::AccountId;
use olife_id::{Action, Control, Guardians, Held, Key, OlifeId, OlifeIdRef, Setup, ALL};

/// How long a recovery waits.
pub const DELAY: u64 = 100;
/// How long keys wait that a key announced.
pub const SETTLING: u64 = 200;
const TERMS: olife_id::IdentityTerms = olife_id::IdentityTerms {
    delay: DELAY,
    contest: 150,
    settling: SETTLING,
    unbonding: 300,
    notice: 400,
    fade: 1_000,
    bond: 10,
};
/// Whom two recover, each with an identity: 0 and 1.
pub const GUARDS: [AccountId; 2] = [account(11), account(12)];
/// The identity of the operator of `WELL`.
pub const OPERATORS: IdentityId = 2;
/// That of the user.
pub const USERS: IdentityId = 3;

impl World {
    /// As [`World::new`], and Olife ID knows the guards, and the operator of `WELL` and the user,
    /// whom they recover.
    pub fn with_identities() -> Self {
        let mut world = Self::beside(SUPPLY, WEALTH, create_olife_id).registered();
        for guard in GUARDS {
            world.chain.endow(guard);
            world.join(guard, &[], 0);
        }
        for (person, identity) in [(WELL_OPERATOR, OPERATORS), (USER, USERS)] {
            assert_eq!(world.join(person.account(), &[0, 1], 2), identity);
        }
        world
    }

    /// What an identity does by one of its keys, which must succeed.
    pub fn act(&mut self, by: AccountId, action: Action) -> IdentityId {
        let act = at::<OlifeId>(self.identities).act(action.into());
        self.chain.send(by, act).value.unwrap().unwrap()
    }

    /// An account gets an identity.
    pub fn join(&mut self, by: AccountId, guardians: &[IdentityId], threshold: u8) -> IdentityId {
        let guardians = Guardians {
            list: guardians.to_vec().into(),
            threshold,
        };
        self.act(by, Action::Create { guardians })
    }

    /// Guardians want this key and no other, which agrees. It waits.
    pub fn propose(&mut self, identity: IdentityId, key: AccountId) {
        for guard in GUARDS {
            let keys = vec![held(key)].into();
            self.act(guard, Action::Recover { identity, keys });
        }
        self.act(
            key,
            Action::Consent {
                identity,
                purposes: olife_id::ALL,
            },
        );
    }

    /// What was proposed or announced comes, now.
    pub fn settle(&mut self, identity: IdentityId) {
        let settle = at::<OlifeId>(self.identities).settle(identity);
        let settled = self.chain.send(STRANGER.account(), settle);
        settled.value.unwrap().unwrap();
    }

    /// Guardians recover an identity to a key. The key that was lost left at the moment that is
    /// now.
    pub fn recover(&mut self, identity: IdentityId, key: AccountId) {
        self.propose(identity, key);
        self.chain.advance(DELAY);
        self.settle(identity);
    }

    /// `old`, the only key of an identity, leaves it to `new` by its own word: now.
    pub fn replace(&mut self, identity: IdentityId, old: AccountId, new: AccountId) {
        let control = Control {
            keys: vec![held(new)].into(),
            guardians: Guardians {
                list: vec![].into(),
                threshold: 0,
            },
        };
        let control = Some(control);
        self.act(old, Action::Announce { control });
        self.act(
            new,
            Action::Consent {
                identity,
                purposes: olife_id::ALL,
            },
        );
        self.chain.advance(SETTLING);
        self.settle(identity);
    }
}

fn held(key: AccountId) -> Held {
    Held {
        key: Key::Account(key.into()),
        purposes: ALL,
    }
}

/// Olife ID, where nobody has an identity yet.
pub fn create_olife_id(chain: &mut EmbeddedChain, alv: AccountId) -> AccountId {
    let setup = Setup {
        terms: TERMS,
        pause: PAUSE_TERMS,
        alv: Psp22Client::at(alv),
        forfeits_to: REMAINDER.into(),
        chain: allive_simulator::GENESIS,
    };
    create(chain, "olife_id", OlifeIdRef::new(setup.into()))
}
