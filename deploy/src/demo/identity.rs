//! The chapter of Olife ID: somebody is known and holds a role, loses her key, and is the same by another one.

use super::{
    ground::{create, one, DAY, HOUR},
    journal::{Actor, Journal},
};
use crate::table::{table, ALV};
use allive_access::PauseTerms;
use allive_calls::{at, Chain, Code, Typed};
use allive_olife_id_interface::{IdentityId, IdentityRegistry, NotHeir, Points, Topic};
use allive_psp22_interface::Token;
use allive_signatures::{Message, Signature};
use alv::Alv;
use anyhow::{ensure, Context, Result};
use derived_factory::{Deposited, DerivedFactory, FactoryError, Holding, Inherited, Order};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};
use olife_id::{
    Action, Content, ControlChanged, Guardians, Held, IdError, Issuer, Key, OlifeId, OlifeIdRef,
    Place, Request, Setup, Terms, ALL, PURPOSE,
};
use scale::Encode;
use Actor::{Clinic, Foundation, Group, Patient, Renewed, Stranger};

/// How long a recovery waits.
const DELAY: u64 = 7 * DAY;
const TERMS: Terms = Terms {
    delay: DELAY,
    contest: 14 * DAY,
    settling: 28 * DAY,
    unbonding: 14 * DAY,
    notice: 14 * DAY,
    fade: 365 * DAY,
    bond: ALV,
};
/// What the patient pays to the factory.
const PAID_IN: u128 = 2 * ALV;
/// What the foundation gives whom it knows, of 100 points.
const WEIGHT: Points = 60;

// The identities, in the order in which they are created.
const ANCHOR: IdentityId = 0;
const GUARDIANS: [IdentityId; 2] = [1, 2];
const PERSON: IdentityId = 3;

/// Creates Olife ID.
pub fn deploy<C: Chain>(
    chain: &mut C,
    code: &Code,
    alv: AccountId,
    genesis: [u8; 32],
) -> Result<AccountId> {
    let setup = Setup {
        terms: TERMS,
        pause: PauseTerms {
            duration: 72 * HOUR,
            cooldown: 72 * HOUR,
        },
        alv: Token::at(alv),
        forfeits_to: Foundation.account().into(),
        chain: genesis,
    };
    create(chain, code, OlifeIdRef::new(setup.into()))
}

/// What a key of the patient's is taken for by whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    identity: Option<IdentityId>,
    is_patient: bool,
    trust: Points,
}

const NOBODY: Standing = Standing {
    identity: None,
    is_patient: false,
    trust: 0,
};
const HERSELF: Standing = Standing {
    identity: Some(PERSON),
    is_patient: true,
    trust: WEIGHT,
};

/// What others say of both of the patient's keys, at three moments.
pub struct Recovered(Vec<(&'static str, [Standing; 2])>);

/// Where the chapter plays.
#[derive(Clone, Copy)]
pub struct Stage {
    pub contract: AccountId,
    pub alv: AccountId,
    /// It keeps something for the patient.
    pub factory: AccountId,
    pub genesis: [u8; 32],
}

/// Plays the chapter. Returns what is to be told at the end.
///
/// # Errors
/// At the first step that does not end as it must.
pub fn play<C: Chain>(journal: &mut Journal<C>, stage: Stage) -> Result<Recovered> {
    let mut chapter = Chapter { journal, stage };
    chapter.create()?;
    chapter.attest()?;
    chapter.pay_in()?;
    let mut standings = vec![("before", chapter.standings([HERSELF, NOBODY])?)];
    chapter.lose()?;
    standings.push((
        "while guardians recover",
        chapter.standings([NOBODY, NOBODY])?,
    ));
    chapter.recover()?;
    standings.push(("after", chapter.standings([NOBODY, HERSELF])?));
    chapter.inherit()?;
    Ok(Recovered(standings))
}

struct Chapter<'j, 'c, C> {
    journal: &'j mut Journal<'c, C>,
    stage: Stage,
}

impl<C: Chain> Chapter<'_, '_, C> {
    fn contract(&self) -> <OlifeId as ContractCallBuilder>::Type {
        at::<OlifeId>(self.stage.contract)
    }

    fn act(&mut self, by: Actor, what: &str, action: Action) -> Result<IdentityId> {
        let act = self.contract().act(action.into());
        Ok(self.journal.accept(by, what, act)?.0)
    }

    /// Everybody has a number. The patient's can be recovered by two others.
    fn create(&mut self) -> Result<()> {
        self.journal
            .chapter("Olife ID: everybody has an identity, which is no key");
        let what = "create an identity";
        for (by, expected) in [(Foundation, ANCHOR), (Group, 1), (Clinic, 2)] {
            let guardians = Guardians::default();
            let number = self.act(by, what, Action::Create { guardians })?;
            ensure!(number == expected, "{what}: {number}, not {expected}");
        }
        let guardians = Guardians {
            list: GUARDIANS.to_vec().into(),
            threshold: 2,
        };
        let what = "create an identity that the other two recover";
        let number = self.act(Patient, what, Action::Create { guardians })?;
        ensure!(number == PERSON, "{what}: {number}, not {PERSON}");
        Ok(())
    }

    /// The foundation knows the patient, and attests her role.
    fn attest(&mut self) -> Result<()> {
        self.journal
            .chapter("An anchor knows her, and attests that she is a patient");
        let expires = self.journal.chain.now() + 365 * DAY;
        let attest = |topic, weight| Action::Attest {
            subject: PERSON,
            topic,
            // A commitment: what was seen stays with who saw it.
            value: [0x5e; 32].into(),
            weight,
            expires,
        };
        let known = || attest(Topic::Known, WEIGHT);
        let not_approved = self.contract().act(known().into());
        self.journal.refuse(
            Group,
            "attest that it knows her",
            not_approved,
            IdError::NotIssuer,
        )?;
        let approved = Issuer {
            topics: Topic::Known.bit() | Topic::Patient.bit(),
            ceiling: 100,
        };
        let approve = self.contract().approve_issuer(ANCHOR, Some(approved));
        self.journal.accept(
            Foundation,
            "approve itself as an anchor, of 100 points",
            approve,
        )?;
        self.act(
            Foundation,
            &format!("attest that it knows her, {WEIGHT} points"),
            known(),
        )?;
        let role = attest(Topic::Patient, 0);
        self.act(Foundation, "attest that she is a patient", role)?;
        Ok(())
    }

    /// What she will buy tokens for.
    fn pay_in(&mut self) -> Result<()> {
        let Stage { alv, factory, .. } = self.stage;
        let order = None::<Order>.encode().into();
        let pay = at::<Alv>(alv).transfer_and_call(factory.into(), PAID_IN.into(), order);
        let what = "pay 2 ALV to the factory, to buy tokens for later";
        let (_, events) = self.journal.accept(Patient, what, pay)?;
        let told: Deposited = one(&events)?;
        ensure!(told.amount == PAID_IN, "{} were credited", told.amount);
        Ok(())
    }

    /// Her key is lost. Both guardians name another, and the identity is frozen meanwhile.
    fn lose(&mut self) -> Result<()> {
        self.journal
            .chapter("She loses her key; her guardians agree on another");
        let recover = |key: Actor| Action::Recover {
            identity: PERSON,
            keys: vec![Held {
                key: Key::Account(key.account().into()),
                purposes: ALL,
            }]
            .into(),
        };
        let by_stranger = self.contract().act(recover(Stranger).into());
        self.journal
            .refuse(Stranger, "recover her itself", by_stranger, IdError::NotKey)?;
        let by_anchor = self.contract().act(recover(Stranger).into());
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

    /// Her new key agrees by a signature, and has no need of coins; a stranger settles when it is due.
    fn recover(&mut self) -> Result<()> {
        let Stage {
            contract, genesis, ..
        } = self.stage;
        let deadline = self.journal.chain.now() + DAY;
        let request = Request {
            identity: None,
            key: Key::Account(Renewed.account().into()),
            action: Action::Consent {
                identity: PERSON,
                purposes: olife_id::ALL,
            }
            .into(),
            nonce: 0,
            deadline,
        };
        let message = Message::new(&PURPOSE, &genesis, &contract, &request);
        let wrapped = message.wrapped().context("too long to be signed")?;
        let signature = Signature::Sr25519(Renewed.key().sign(wrapped));
        let agree = self.contract().act_for(request.into(), signature);
        self.journal
            .accept(Stranger, "submit what her new key signed: it agrees", agree)?;

        let settle = || at::<OlifeId>(contract).settle(PERSON);
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
        let cancel = self.contract().act(Action::Cancel.into());
        self.journal
            .refuse(Patient, "cancel with her old key", cancel, IdError::NotKey)?;
        let follows = self
            .contract()
            .successor_since(Renewed.account().into(), Patient.account().into());
        ensure!(
            self.journal.chain.get(follows).is_some(),
            "no contract could tell that one key follows the other"
        );
        let place = Place::Identity(PERSON);
        let found = self.journal.chain.get(self.contract().look(place.into()));
        let Some(Content::Identity(identity)) = found.and_then(|found| found.open()) else {
            anyhow::bail!("the identity is gone");
        };
        ensure!(
            identity.version == 1 && identity.control.guardians.list[..] == GUARDIANS,
            "a recovery changed more than keys"
        );
        Ok(())
    }

    /// The factory asks Olife ID, and gives the new key what it kept for the old one.
    fn inherit(&mut self) -> Result<()> {
        self.journal
            .chapter("Her new key has what a contract kept for her old one");
        let factory = self.stage.factory;
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
        let withdraw = || at::<DerivedFactory>(factory).withdraw();
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

    /// What another contract would be told about the old key and the new one.
    fn standings(&mut self, expected: [Standing; 2]) -> Result<[Standing; 2]> {
        let contract = || at::<OlifeId>(self.stage.contract);
        let chain = &mut *self.journal.chain;
        let standings = [Patient, Renewed].map(|key| {
            let account = || key.account().into();
            Standing {
                identity: chain.get(contract().identity_of(account())),
                is_patient: chain.get(contract().has_role(account(), Topic::Patient)),
                trust: chain.get(contract().trust(account())),
            }
        });
        ensure!(standings == expected, "{standings:?}, not {expected:?}");
        Ok(standings)
    }
}

impl Recovered {
    /// The table.
    pub fn tell(&self) {
        println!("\nWhat other contracts are told of the patient's keys");
        let header = ["when", "key", "identity", "holds the role", "trust"];
        let mut rows = table(&header, 4);
        for (when, standings) in &self.0 {
            for (key, standing) in ["old", "new"].into_iter().zip(standings) {
                rows.add_row([
                    (*when).to_owned(),
                    key.to_owned(),
                    standing
                        .identity
                        .map_or("none".to_owned(), |number| number.to_string()),
                    if standing.is_patient { "yes" } else { "no" }.to_owned(),
                    standing.trust.to_string(),
                ]);
            }
        }
        println!("{rows}");
    }
}
