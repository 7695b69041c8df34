//! The patient's identity: created, attested, and with something that is kept for it.

use crate::{
    demo::{
        actor::Actor::{self, Clinic, Foundation, Group, Patient},
        journal::{one, Journal},
    },
    suite::values::DAY,
    table::ALV,
};
use allive_calls::{at, Chain};
use allive_olife_id_interface::{IdentityId, Points, Topic};
use alv::{Alv, PSP22Payable};
use anyhow::{ensure, Result};
use derived_factory::{Deposited, Order};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};
use olife_id::{Action, Guardians, IdError, OlifeId};
use scale::Encode;

/// How long a recovery waits.
pub const DELAY: u64 = 7 * DAY;
/// What the patient pays to the factory.
pub const PAID_IN: u128 = 2 * ALV;
/// What the foundation gives whom it knows, of 100 points.
pub const WEIGHT: Points = 60;

// The identities, in the order in which they are created.
const ANCHOR: IdentityId = 0;
pub const GUARDIANS: [IdentityId; 2] = [1, 2];
pub const PERSON: IdentityId = 3;

/// The patient, and the contracts that know her.
pub struct Person<'j, 'c, C> {
    pub journal: &'j mut Journal<'c, C>,
    pub genesis: [u8; 32],
    pub identities: AccountId,
    pub alv: AccountId,
    /// It keeps something for her.
    pub factory: AccountId,
}

impl<C: Chain> Person<'_, '_, C> {
    /// Olife ID.
    pub fn contract(&self) -> <OlifeId as ContractCallBuilder>::Type {
        at::<OlifeId>(self.identities)
    }

    /// Somebody acts with an identity. Returns its number.
    pub fn act(&mut self, by: Actor, what: &str, action: Action) -> Result<IdentityId> {
        let act = self.contract().act(action);
        Ok(self.journal.accept(by, what, act)?.0)
    }

    /// Everybody has a number. The patient's can be recovered by two others.
    pub fn create(&mut self) -> Result<()> {
        self.journal
            .chapter("Olife ID: everybody has an identity, which is no key");
        let what = "create an identity";
        for (by, expected) in [(Foundation, ANCHOR), (Group, 1), (Clinic, 2)] {
            let guardians = Guardians::default();
            let number = self.act(by, what, Action::Create { guardians })?;
            ensure!(number == expected, "{what}: {number}, not {expected}");
        }
        let guardians = Guardians {
            list: GUARDIANS.to_vec(),
            threshold: 2,
        };
        let what = "create an identity that the other two recover";
        let number = self.act(Patient, what, Action::Create { guardians })?;
        ensure!(number == PERSON, "{what}: {number}, not {PERSON}");
        Ok(())
    }

    /// The foundation knows the patient, and attests her role.
    pub fn attest(&mut self) -> Result<()> {
        self.journal
            .chapter("An anchor knows her, and attests that she is a patient");
        let expires = self.journal.chain.now() + 365 * DAY;
        let attest = |topic, weight| Action::Attest {
            subject: PERSON,
            topic,
            // A commitment: what was seen stays with who saw it.
            value: [0x5e; 32],
            weight,
            // Now.
            issued: None,
            expires,
        };
        let known = || attest(Topic::KNOWN, WEIGHT);
        let not_approved = self.contract().act(known());
        self.journal.refuse(
            Group,
            "attest that it knows her",
            not_approved,
            IdError::NotIssuer,
        )?;
        let topics = Topic::KNOWN.bit() | Topic::PATIENT.bit();
        let approve = self.contract().approve_issuer(ANCHOR, topics, 100);
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
        let role = attest(Topic::PATIENT, 0);
        self.act(Foundation, "attest that she is a patient", role)?;
        Ok(())
    }

    /// What she will buy tokens for.
    pub fn pay_in(&mut self) -> Result<()> {
        let order = None::<Order>.encode();
        let pay = at::<Alv>(self.alv).transfer_and_call(self.factory.into(), PAID_IN, order);
        let what = "pay 2 ALV to the factory, to buy tokens for later";
        let (_, events) = self.journal.accept(Patient, what, pay)?;
        let told: Deposited = one(&events)?;
        ensure!(told.amount == PAID_IN, "{} were credited", told.amount);
        Ok(())
    }
}
