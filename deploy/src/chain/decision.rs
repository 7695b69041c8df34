//! The council as the one who acts: a batch of calls is proposed, approved, waits, and is carried
//! out, each step by whoever runs the command next. The council's own storage says which is next.

use super::{
    accounts,
    connection::Connection,
    queries::{Queries, TypedQueries},
    session::Session,
};
use crate::table::duration;
use allive_calls::{at, parts};
use allive_rpc::Sent;
use anyhow::{bail, Context, Result};
use council::{Action, Call, Constitution, Council, Phase, ProposalId, Standing};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};
use std::{thread, time::Duration};

/// Calls that a council is to make together.
pub struct Decision {
    council: AccountId,
    what: String,
    calls: Vec<Call>,
}

/// The proposal of a decision.
struct Pending {
    id: ProposalId,
    standing: Standing,
    phase: Phase,
    constitution: Constitution,
}

impl Decision {
    /// What the calls do is said in `what`.
    pub fn new(council: AccountId, what: &str, calls: Vec<Call>) -> Self {
        Self {
            council,
            what: what.to_owned(),
            calls,
        }
    }

    /// Proposes, or approves, as the key may. Returns whether enough members approve.
    ///
    /// # Errors
    /// If it is not proposed, and the key is no member's.
    pub fn agree(&self, session: &mut Session) -> Result<bool> {
        Ok(self.agreed(session)?.is_some())
    }

    /// The same, and carries it out when its delay is over. Returns nothing while others have to
    /// act, or time has to pass.
    ///
    /// # Errors
    /// As [`agree`](Self::agree); if a call would fail.
    pub fn carry_out(&self, session: &mut Session, wait: bool) -> Result<Option<Sent>> {
        let Some(pending) = self.agreed(session)? else {
            return Ok(None);
        };
        let ready = pending.standing.ready.unwrap_or_default();
        let what = format!("proposal {} is approved: {}", pending.id, self.what);
        if !await_moment(session.connection, ready, &what, wait)? {
            return Ok(None);
        }
        let step = format!("council: {}, carried out", self.what);
        let sent = session.call(&step, self.contract().execute(pending.id))?;
        Ok(Some(sent))
    }

    fn contract(&self) -> <Council as ContractCallBuilder>::Type {
        at::<Council>(self.council)
    }

    /// The proposal, if enough members approve it, at last.
    fn agreed(&self, session: &mut Session) -> Result<Option<Pending>> {
        let account = session.key.account();
        let mut pending = self.pending(session.connection)?;
        if pending.is_none() {
            self.propose(session, &account)?;
            pending = self.pending(session.connection)?;
        }
        let mut pending = pending.context("the proposal does not show on the chain")?;
        if pending.phase == Phase::Open && self.may_approve(&pending, &account) {
            let step = format!("council: {}, approved", self.what);
            session.call(&step, self.contract().approve(pending.id))?;
            let approved = self.pending(session.connection)?;
            pending = approved.context("the proposal is gone")?;
        }
        if pending.phase != Phase::Open {
            return Ok(Some(pending));
        }
        let bar = pending.constitution.terms.bar(pending.standing.class);
        println!(
            "proposal {} of the council, {}: {} of {} members approve; another runs the same command",
            pending.id,
            self.what,
            pending.standing.approvals.count_ones(),
            bar.threshold
        );
        Ok(None)
    }

    fn propose(&self, session: &mut Session, account: &AccountId) -> Result<()> {
        let propose = || {
            let action = Action::Calls(self.calls.clone());
            self.contract().propose(action)
        };
        let constitution = session.connection.get(self.contract().constitution())?;
        if constitution.bit(account).is_err() {
            let (council, input) = parts(propose());
            bail!(
                "{} is for the council to decide, and the key is no member's: a member runs this command, or calls {} \
                 with the input {}",
                self.what,
                session.connection.address(&council),
                accounts::hex(&input)
            );
        }
        let step = format!("council: {}, proposed", self.what);
        session.call(&step, propose())?;
        Ok(())
    }

    fn may_approve(&self, pending: &Pending, account: &AccountId) -> bool {
        let bit = pending.constitution.bit(account);
        bit.is_ok_and(|bit| pending.standing.approvals & bit == 0)
    }

    /// The last proposal of exactly these calls that can still be carried out.
    fn pending(&self, connection: &Connection) -> Result<Option<Pending>> {
        let constitution = connection.get(self.contract().constitution())?;
        let now = connection.node.now()?;
        for id in (0..connection.get(self.contract().proposal_count())?).rev() {
            let Some(proposal) = connection.get(self.contract().proposal(id))? else {
                break;
            };
            let standing = proposal.standing;
            // Those before are as old, or older.
            if standing.era != constitution.era || now >= standing.expires {
                break;
            }
            let phase = standing.phase(constitution.era, now);
            let is_pending = matches!(phase, Phase::Open | Phase::Waiting | Phase::Executable);
            let is_this = matches!(&proposal.action, Action::Calls(calls) if *calls == self.calls);
            if is_pending && is_this {
                return Ok(Some(Pending {
                    id,
                    standing,
                    phase,
                    constitution,
                }));
            }
        }
        Ok(None)
    }
}

/// Whether a moment has come, at last if it is to be waited for.
pub fn await_moment(connection: &Connection, ready: u64, what: &str, wait: bool) -> Result<bool> {
    loop {
        let now = connection.node.now()?;
        if now >= ready {
            return Ok(true);
        }
        let left = duration(ready - now);
        if !wait {
            println!("{what}: it can come in {left}; run the same command then");
            return Ok(false);
        }
        println!("{what}: it can come in {left}; waiting");
        thread::sleep(Duration::from_millis((ready - now).clamp(1_000, 60_000)));
        // A chain that makes blocks only for transactions would stand still.
        if connection.node.kind().is_development {
            let _ = connection.node.advance_clock(0);
        }
    }
}
