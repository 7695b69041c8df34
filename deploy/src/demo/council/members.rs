//! The members, and how they decide.

use crate::demo::{
    actor::Actor::{self, Clinic, Group, Patient, Stranger},
    journal::{one, Journal},
};
use allive_calls::{at, Chain, Event};
use anyhow::{ensure, Result};
use council::{Action, Call, Council, ProposalExecuted, ProposalId};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};

pub const MEMBERS: [Actor; 3] = [Patient, Group, Clinic];

/// The council, and the contracts that it takes over.
pub struct Members<'j, 'c, C> {
    pub journal: &'j mut Journal<'c, C>,
    pub council: AccountId,
    pub alv: AccountId,
    pub identities: AccountId,
    pub nexus: AccountId,
    pub factory: AccountId,
    pub provenance: AccountId,
}

impl<C: Chain> Members<'_, '_, C> {
    /// Their contract.
    pub fn council(&self) -> <Council as ContractCallBuilder>::Type {
        at::<Council>(self.council)
    }

    /// A member proposes calls.
    pub fn propose(&mut self, by: Actor, what: &str, calls: Vec<Call>) -> Result<ProposalId> {
        let propose = self.council().propose(Action::Calls(calls));
        let (proposal, _) = self
            .journal
            .accept(by, &format!("propose {what}"), propose)?;
        Ok(proposal)
    }

    /// A member approves.
    pub fn approve(&mut self, by: Actor, proposal: ProposalId) -> Result<()> {
        let approve = self.council().approve(proposal);
        self.journal.accept(by, "approve", approve)?;
        Ok(())
    }

    /// A stranger carries out what was decided.
    pub fn execute(&mut self, proposal: ProposalId, what: &str) -> Result<Vec<Event>> {
        let execute = self.council().execute(proposal);
        let (_, events) = self.journal.accept(Stranger, what, execute)?;
        let told: ProposalExecuted = one(&events)?;
        ensure!(told.proposal == proposal, "another proposal was executed");
        Ok(events)
    }
}
