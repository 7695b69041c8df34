//! The contracts of a supply chain, and all that was heard of them.

use super::tables::Lives;
use crate::demo::{
    actor::Actor::{self, Clinic, Foundation, Group, Maker},
    journal::Journal,
};
use allive_calls::{at, Chain, Event, Typed};
use allive_olife_id_interface::{IdentityId, IdentityRegistry};
use allive_trace::{concerned, read, Moment, Names, Recorded, Subject, Trace};
use anyhow::{ensure, Context, Result};
use ink::primitives::AccountId;
use olife_id::OlifeId;
use provenance::{
    Action, Answer, Claim, LotId, NewLot, Outcome, Provenance, ProvenanceError, RunId, State,
    UnitId,
};

/// The contracts, and what they told.
pub struct Supply<'j, 'c, C> {
    pub journal: &'j mut Journal<'c, C>,
    pub identities: AccountId,
    pub provenance: AccountId,
    /// Every event of provenance that is a part of somebody's life.
    pub facts: Vec<Recorded>,
    /// How often somebody verified a pack.
    pub verified: usize,
}

impl<C: Chain> Supply<'_, '_, C> {
    /// Somebody does something, which must be done.
    pub fn accept(
        &mut self,
        by: Actor,
        what: &str,
        action: Action,
    ) -> Result<(Outcome, Vec<Event>)> {
        let act = at::<Provenance>(self.provenance).act(None, action.into());
        let (outcome, events) = self.journal.accept(by, what, act)?;
        let time = self.journal.chain.now();
        let own = events
            .iter()
            .filter(|event| event.contract == self.provenance);
        for fact in own.filter_map(read) {
            let index = u32::try_from(self.facts.len())?;
            let block = 0;
            let at = Moment { time, block, index };
            self.facts.push(Recorded { at, fact });
        }
        Ok((outcome, events))
    }

    /// Somebody tries something, which must be refused.
    pub fn refuse(
        &mut self,
        by: Actor,
        what: &str,
        action: Action,
        error: ProvenanceError,
    ) -> Result<()> {
        let act = at::<Provenance>(self.provenance).act(None, action.into());
        self.journal.refuse(by, what, act, error)
    }

    pub fn identity(&mut self, actor: Actor) -> Result<IdentityId> {
        let asks = at::<OlifeId>(self.identities).identity_of(actor.account().into());
        let identity = self.journal.chain.get(asks);
        identity.context("an actor has no identity")
    }

    /// The lot that somebody makes.
    pub fn lot(&mut self, maker: Actor, lot: NewLot) -> Result<LotId> {
        let maker = self.identity(maker)?;
        let asks = at::<Provenance>(self.provenance).lot_id(lot.product, maker, lot.code);
        Ok(self.journal.chain.get(asks))
    }

    /// A maker ships a run to the pharmacy.
    pub fn ship(&mut self, run: RunId, days: u64) -> Result<()> {
        let until = self.journal.chain.now() + days * provenance::DAY;
        let (unit, to) = (UnitId::Run(run), self.identity(Clinic)?);
        let ship = Action::Ship { unit, to, until };
        self.accept(Maker, "ship them to the pharmacy", ship)?;
        Ok(())
    }

    /// What anybody is told of a pack must be this.
    pub fn verify(&mut self, claim: Claim, expected: State) -> Result<()> {
        let verify = at::<Provenance>(self.provenance).verify(claim.into());
        let answer = self.journal.chain.get(verify);
        let Answer::Known(known) = answer else {
            anyhow::bail!("a pack is not known: {answer:?}");
        };
        ensure!(
            known.state == expected,
            "expected {expected:?}, and verified {:?}",
            known.state
        );
        self.verified += 1;
        Ok(())
    }

    /// Tells a life out of the events. Its last state must be what anybody is told.
    pub fn tell(
        &mut self,
        lives: &mut Lives,
        title: &str,
        subject: Subject,
        claim: Claim,
    ) -> Result<()> {
        let contract = at::<Provenance>(self.provenance);
        let mut lots = std::collections::BTreeMap::new();
        for id in concerned(&self.facts, &subject) {
            let lot = self.journal.chain.get(contract.lot(id));
            lots.extend(lot.map(|lot| (id, lot)));
        }
        let notify = self.journal.chain.get(contract.terms()).notify;
        let now = self.journal.chain.now();
        let trace = Trace::of(&self.facts, &lots, notify, subject, now)?;
        let standing = trace.standing.context("what was traced is not there")?;
        self.verify(claim, standing.state)?;
        lives.add(title, &trace, &self.names()?);
        Ok(())
    }

    fn names(&mut self) -> Result<Names> {
        let mut names = Names::default();
        for actor in [Maker, Clinic, Group, Foundation] {
            let party = allive_trace::words::Party {
                name: Some(actor.name().to_owned()),
                gln: None,
            };
            names.0.insert(self.identity(actor)?, party);
        }
        Ok(names)
    }
}
