//! What members decide: proposals, votes and requests for a pause, sent or signed.

use crate::{
    action, signed::only_within, Action, Actor, Class, Constitution, Council, CouncilError,
    EmergencyCalled, EmergencyPaused, Meant, ProposalCancelled, ProposalId, Proposed, Request,
    Seen, Selector, SignedAction, Standing, State, Vote, Voted,
};
use allive_access::{Account, Timestamp};
use allive_call::call;
use ink::{codegen::Env as _, prelude::vec::Vec};

/// The only message that an emergency can send: that of `allive_access::Pausable`.
const PAUSE: Selector = ink::selector_bytes!("Pausable::pause");

impl Council {
    /// The member who sent the message.
    pub(crate) fn caller(&self) -> Result<Actor, CouncilError> {
        self.constitution().actor(self.env().caller().into())
    }

    /// The member who signed a request in this era.
    fn signer(&self, signer: &Account, era: u32) -> Result<Actor, CouncilError> {
        let constitution = self.constitution();
        constitution.only_in(era)?;
        constitution.actor(signer.clone())
    }

    /// Carries out what somebody signed, by the bodies of the messages.
    #[inline(never)]
    pub(crate) fn act(&mut self, request: &Request) -> Result<(), CouncilError> {
        let signer = &request.signer;
        match &request.action {
            SignedAction::Propose { era, asked, action } => {
                let by = self.signer(signer, *era)?;
                let lifetime = by.constitution.terms.lifetime;
                only_within(*asked, lifetime, self.env().block_timestamp())?;
                self.propose_by(&by, action, *asked).map(drop)
            }
            SignedAction::Vote {
                era,
                vote,
                proposal,
                seen,
            } => {
                let by = self.signer(signer, *era)?;
                self.vote_by(&by, *proposal, *vote, Some(seen))
            }
            SignedAction::EmergencyPause {
                era,
                asked,
                target,
                cooled,
            } => {
                let by = self.signer(signer, *era)?;
                let meant = Meant {
                    cooled: *cooled,
                    asked: *asked,
                };
                self.pause_by(&by, target.clone(), Some(&meant)).map(drop)
            }
            SignedAction::CancelRequest => Ok(()),
        }
    }

    /// Makes a proposal that was asked for at this moment.
    #[inline(never)]
    pub(crate) fn propose_by(
        &mut self,
        by: &Actor,
        action: &Action,
        asked: Timestamp,
    ) -> Result<ProposalId, CouncilError> {
        let Actor {
            account,
            bit,
            constitution,
        } = by;
        let class = self.class_of(action, constitution)?;
        let now = self.env().block_timestamp();
        let mut standing = Standing {
            proposer: account.clone(),
            class,
            era: constitution.era,
            approvals: 0,
            objections: 0,
            ready: None,
            expires: asked.saturating_add(constitution.terms.lifetime),
            state: State::Pending,
            votes: Vec::new(),
        };
        standing.approve(*bit, constitution.terms.bar(class), now)?;
        let proposal = self.state.proposal_count;
        // Cannot overflow: there is no time for 2^64 messages.
        self.state.change().proposal_count = proposal.saturating_add(1);
        self.actions.insert(proposal, action);
        self.env().emit_event(Proposed {
            proposal,
            proposer: account.clone(),
            class,
            expires: standing.expires,
        });
        self.voted(proposal, &standing, account.clone());
        Ok(proposal)
    }

    #[inline(never)]
    pub(crate) fn vote_by(
        &mut self,
        by: &Actor,
        proposal: ProposalId,
        vote: Vote,
        seen: Option<&Seen>,
    ) -> Result<(), CouncilError> {
        let Actor {
            account,
            bit,
            constitution,
        } = by;
        let mut standing = self.standing(proposal)?;
        let now = self.env().block_timestamp();
        standing.only_pending(constitution.era, now)?;
        if let Some(Seen { action, votes }) = seen {
            if self.action(proposal)? != **action {
                return Err(CouncilError::OtherAction);
            }
            standing.only_after(*bit, *votes)?;
        }
        let bar = constitution.terms.bar(standing.class);
        let proposer = constitution.bit(&standing.proposer)?;
        match vote {
            Vote::Approve => standing.approve(*bit, bar, now),
            Vote::Withdraw => standing.withdraw(*bit, proposer, bar, now),
            Vote::Object => standing.object(*bit, proposer, bar, now),
        }?;
        self.voted(proposal, &standing, account.clone());
        if standing.state == State::Cancelled {
            self.env().emit_event(ProposalCancelled { proposal });
        }
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn pause_by(
        &mut self,
        by: &Actor,
        target: Account,
        meant: Option<&Meant>,
    ) -> Result<bool, CouncilError> {
        let Actor {
            account,
            bit,
            constitution,
        } = by;
        if *target == self.env().account_id() {
            return Err(CouncilError::CallsItself);
        }
        let mut emergency = self.emergency(target.clone());
        let terms = &constitution.terms.emergency;
        let now = self.env().block_timestamp();
        if let Some(meant) = meant {
            emergency.only_meant(meant, terms, now)?;
        }
        let enough = emergency.ask(*bit, constitution.era, terms, now)?;
        self.emergencies.insert(&target, &emergency);
        self.env().emit_event(EmergencyCalled {
            target: target.clone(),
            member: account.clone(),
        });
        if enough {
            call(&target, &PAUSE, 0)
                .map_err(|failure| CouncilError::CallFailed { index: 0, failure })?;
            let cooled = emergency.cooled;
            self.env().emit_event(EmergencyPaused { target, cooled });
        }
        Ok(enough)
    }

    pub(crate) fn standing(&self, proposal: ProposalId) -> Result<Standing, CouncilError> {
        let standing = self.standings.get(proposal);
        standing.ok_or(CouncilError::UnknownProposal)
    }

    pub(crate) fn action(&self, proposal: ProposalId) -> Result<Action, CouncilError> {
        let action = self.actions.get(proposal);
        action.ok_or(CouncilError::UnknownProposal)
    }

    fn voted(&mut self, proposal: ProposalId, standing: &Standing, member: Account) {
        self.standings.insert(proposal, standing);
        self.env().emit_event(Voted {
            proposal,
            member,
            approvals: standing.approvals,
            objections: standing.objections,
            ready: standing.ready,
        });
    }

    /// The class of an action: that of its gravest call. Refuses an action that could never be
    /// executed.
    fn class_of(
        &self,
        action: &Action,
        constitution: &Constitution,
    ) -> Result<Class, CouncilError> {
        match action {
            Action::Calls(calls) => {
                action::check(calls, &self.env().account_id())?;
                let routine = calls.iter().all(|call| {
                    call.value == 0 && self.routines.contains((&call.target, call.selector))
                });
                Ok(if routine {
                    Class::Routine
                } else {
                    Class::Grave
                })
            }
            Action::Pay { .. } => Ok(Class::Grave),
            Action::Amend(amendment) => {
                constitution.clone().amend(amendment)?;
                Ok(Class::Constitutional)
            }
            Action::List {
                target,
                selector,
                routine,
            } => {
                if self.routines.contains((target, selector)) == *routine {
                    return Err(CouncilError::ListedSo);
                }
                Ok(Class::Constitutional)
            }
        }
    }
}
