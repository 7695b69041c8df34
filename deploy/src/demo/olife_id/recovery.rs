//! Her key is lost; guardians name another, which takes its place and has what a contract kept for
//! it.

use super::person::{Person, DELAY, GUARDIANS, PAID_IN, PERSON};
use crate::{
    demo::{
        actor::Actor::{self, Clinic, Foundation, Group, Patient, Renewed, Stranger},
        journal::one,
    },
    suite::values::DAY,
};
use allive_calls::{at, Chain, Typed};
use allive_olife_id_interface::{IdentityRegistry, NotHeir};
use allive_requests::{Domain, Signature};
use anyhow::{bail, ensure, Result};
use derived_factory::{DerivedFactory, FactoryError, Holding, Inherited};
use olife_id::{
    Action, ControlChanged, Held, IdError, Key, OlifeId, Query, Request, SignedAction, Stored, ALL,
    PURPOSE,
};

impl<C: Chain> Person<'_, '_, C> {
    /// Her key is lost. Both guardians name another, and the identity is frozen meanwhile.
    pub fn lose(&mut self) -> Result<()> {
        self.journal
            .chapter("She loses her key; her guardians agree on another");
        let recover = |key: Actor| Action::Recover {
            identity: PERSON,
            keys: vec![Held {
                key: Key::Account(key.account().into()),
                purposes: ALL,
            }],
        };
        let by_stranger = self.contract().act(recover(Stranger));
        self.journal
            .refuse(Stranger, "recover her itself", by_stranger, IdError::NotKey)?;
        let by_anchor = self.contract().act(recover(Stranger));
        self.journal.refuse(
            Foundation,
            "recover her itself",
            by_anchor,
            IdError::NotGuardian,
        )?;
        for guardian in [Group, Clinic] {
            self.act(guardian, "vote for her new key", recover(Renewed))?;
        }
        Ok(())
    }

    /// Her new key agrees by a signature, and has no need of coins; a stranger settles when it is
    /// due.
    pub fn recover(&mut self) -> Result<()> {
        let deadline = self.journal.chain.now() + DAY;
        let request = Request {
            signer: Key::Account(Renewed.account().into()),
            action: SignedAction {
                identity: None,
                action: Action::Consent {
                    identity: PERSON,
                    purposes: olife_id::ALL,
                },
            },
            nonce: 0,
            deadline,
        };
        let message = request.message(&Domain {
            purpose: &PURPOSE,
            chain: &self.genesis,
            contract: &self.identities,
        });
        let signature = Signature::Sr25519(Renewed.key().sign(message.wrapped()));
        let agree = self.contract().act_for(request, signature);
        self.journal
            .accept(Stranger, "submit what her new key signed: it agrees", agree)?;

        let settle = || at::<OlifeId>(self.identities).settle(PERSON);
        let what = "settle the recovery";
        self.journal
            .refuse(Stranger, what, settle(), IdError::TooEarly)?;
        self.journal.pass(
            DELAY,
            "7 days pass, in which her old key could have cancelled",
        );
        let (_, events) = self.journal.accept(Stranger, what, settle())?;
        let changed: ControlChanged = one(&events)?;
        ensure!(
            changed.recovered && changed.identity == PERSON,
            "another identity was recovered"
        );
        let cancel = self.contract().act(Action::Cancel { begun: None });
        self.journal
            .refuse(Patient, "cancel with her old key", cancel, IdError::NotKey)?;
        let follows = self
            .contract()
            .successor_since(Renewed.account().into(), Patient.account().into());
        ensure!(
            self.journal.chain.get(follows).is_some(),
            "no contract could tell that one key follows the other"
        );
        let stored = self.contract().stored(Query::Identity(PERSON));
        let Some(Stored::Identity(identity)) = self.journal.chain.get(stored) else {
            bail!("the identity is gone");
        };
        ensure!(
            identity.version == 1 && identity.control.guardians.list[..] == GUARDIANS,
            "a recovery changed more than keys"
        );
        Ok(())
    }

    /// The factory asks Olife ID, and gives the new key what it kept for the old one.
    pub fn inherit(&mut self) -> Result<()> {
        self.journal
            .chapter("Her new key has what a contract kept for her old one");
        let factory = self.factory;
        let inherit = || {
            let credit = Holding::Credit(Patient.account().into());
            at::<DerivedFactory>(factory).inherit(credit)
        };
        self.journal.refuse(
            Stranger,
            "ask for her credit in the factory",
            inherit(),
            FactoryError::NotHeir(NotHeir::NotSuccessor),
        )?;
        let what = "ask for her credit in the factory";
        let (_, events) = self.journal.accept(Renewed, what, inherit())?;
        let told: Inherited = one(&events)?;
        ensure!(
            *told.heir == Renewed.account() && *told.former == Patient.account(),
            "somebody else inherited"
        );
        let withdraw = || at::<DerivedFactory>(factory).withdraw(Renewed.account().into());
        self.journal.refuse(
            Patient,
            "withdraw it with her old key",
            withdraw(),
            FactoryError::NothingToDo,
        )?;
        let (paid, _) = self
            .journal
            .accept(Renewed, "withdraw it with her new key", withdraw())?;
        ensure!(paid == PAID_IN, "{paid} were paid");
        Ok(())
    }
}
