//! Who loses a key, and what of it the next key has.

use super::*;
use allive_olife_id_interface::{IdentityId, NotHeir};
use derived_factory::{DappAppointed, Holding, Inherited};
use olife_id::{Action, Guardians, Held, Key, OlifeId, ALL};

/// An operator's key is lost, and a user's is stolen. Their guardians recover both to other keys,
/// which inherit the DAPP and the credit. The DAPP lives on by its new operator's heartbeat; the
/// thief comes too late.
pub fn an_operator_and_a_user_lose_their_keys<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut town = Town::open(chain, genesis);
    let (owner, user, stranger) = (town.owner, town.user, town.stranger);
    let [operator, guard] = town.operators;
    let [.., new_operator, new_user] = actors();
    let factory = town.factory;
    let contract = || at::<DerivedFactory>(factory);
    let inherit = |holding: &Holding| contract().inherit(holding.clone());
    let dapp = Holding::Dapp(WELL);
    let credit = Holding::Credit(user.into());

    town.buy(user, WELL, 10, PRICE);
    town.redeem(user, WELL, 4, 20);
    // The owner and the other operator recover whoever needs it.
    let none = || guardians(&[]);
    let guards = [owner, guard].map(|guard| town.create(guard, none()));
    let [operators, users] = [operator, user].map(|it| town.create(it, guardians(&guards)));

    let not_successor = || FactoryError::NotHeir(NotHeir::NotSuccessor);
    for (heir, holding) in [(new_operator, &dapp), (new_user, &credit)] {
        town.refuse(heir, inherit(holding), not_successor());
    }
    for (identity, key) in [(operators, new_operator), (users, new_user)] {
        for guard in [owner, guard] {
            let keys = vec![Held {
                key: Key::Account(key.into()),
                purposes: ALL,
            }];
            town.act(guard, Action::Recover { identity, keys });
        }
        town.act(
            key,
            Action::Consent {
                identity,
                purposes: olife_id::ALL,
            },
        );
    }
    let now = town.stage.chain.now();
    town.stage.wait_until(now + IDENTITY.delay);
    for identity in [operators, users] {
        let settle = at::<OlifeId>(town.identities).settle(identity);
        town.accept(stranger, settle);
    }

    for (other, holding) in [
        (stranger, &dapp),
        (new_user, &dapp),
        (new_operator, &credit),
    ] {
        town.refuse(other, inherit(holding), not_successor());
    }
    let (_, events) = town.accept(new_operator, inherit(&dapp));
    let inherited = |holding: &Holding, former: AccountId, heir: AccountId| Inherited {
        holding: holding.clone(),
        former: former.into(),
        heir: heir.into(),
    };
    let appointed = DappAppointed {
        dapp: WELL,
        operator: new_operator.into(),
        pending: None,
        treasury: TREASURY.into(),
        signer: Some(new_operator.into()),
    };
    let expected = [
        said(factory, inherited(&dapp, operator, new_operator)),
        said(factory, appointed),
    ];
    assert_eq!(events, expected);
    let (_, events) = town.accept(new_user, inherit(&credit));
    assert_eq!(events, [said(factory, inherited(&credit, user, new_user))]);

    // The former keys are nobody's here.
    town.refuse(
        user,
        contract().withdraw(user.into()),
        FactoryError::NothingToDo,
    );
    let beat = || contract().heartbeat(WELL);
    town.refuse(operator, beat(), FactoryError::NotOperator);
    town.withdraw(new_user, 20);
    assert_eq!(town.stage.held(town.alv, new_user), 20);

    // In time: a silence after the last sign of life of the former operator, the DAPP lives.
    let silent_from = town.dapp(WELL).life.alive_until;
    town.stage.wait_until(silent_from - HOUR);
    town.operators = [new_operator, guard];
    town.beat(WELL);
    town.stage.wait_until(silent_from);
    let declare = contract().declare_silent(WELL);
    town.refuse(stranger, declare, FactoryError::WrongPhase(Phase::Live));
    town.buy(user, WELL, 1, PRICE);
}

fn guardians(list: &[IdentityId]) -> Guardians {
    Guardians {
        list: list.to_vec(),
        threshold: u8::try_from(list.len()).unwrap_or_default(),
    }
}

impl<C: Chain> Town<'_, C> {
    /// What an identity does by one of its keys.
    fn act(&mut self, by: AccountId, action: Action) -> IdentityId {
        let act = at::<OlifeId>(self.identities).act(action);
        self.accept(by, act).0
    }

    fn create(&mut self, by: AccountId, guardians: Guardians) -> IdentityId {
        self.act(by, Action::Create { guardians })
    }
}
