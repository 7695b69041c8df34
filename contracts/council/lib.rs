//! The council: a multisig with a timelock. Its members decide together, M of N, which messages it
//! sends to the contracts that it owns.
//!
//! README.md beside this file is the specification.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod action;
mod constitution;
mod emergency;
mod error;
mod events;
mod proposal;

pub use self::council::{Council, CouncilRef, ProposalId};
pub use action::{check, needed, Action, Amendment, Call, Selector, MAX_BYTES, MAX_CALLS};
pub use allive_call::Failure;
pub use constitution::{
    Bar, Class, Constitution, CouncilTerms, EmergencyTerms, Members, MAX_MEMBERS, YEAR,
};
pub use emergency::Emergency;
pub use error::CouncilError;
pub use events::*;
pub use proposal::{Phase, Proposal, Standing, State};

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod council {
    use crate::*;
    use allive_access::Account;
    use allive_call::call;
    use allive_storage::{finish, present, Root, Tracked};
    use ink::{
        prelude::vec::Vec,
        storage::{traits::ManualKey, Lazy, Mapping},
    };

    /// The number of a proposal, counted from 0.
    pub type ProposalId = u64;

    /// The only message that an emergency can send: that of `allive_access::Pausable`.
    const PAUSE: Selector = ink::selector_bytes!("Pausable::pause");

    // ---- Storage ----

    const CONSTITUTION: u32 = u32::from_be_bytes(*b"CONS");
    const STANDINGS: u32 = u32::from_be_bytes(*b"STND");
    const ACTIONS: u32 = u32::from_be_bytes(*b"ACTN");
    const ROUTINES: u32 = u32::from_be_bytes(*b"ROUT");
    const EMERGENCIES: u32 = u32::from_be_bytes(*b"EMER");

    #[ink(storage)]
    pub struct Council {
        proposal_count: Tracked<ProposalId>,
        constitution: Lazy<Constitution, ManualKey<CONSTITUTION>>,
        standings: Mapping<ProposalId, Standing, ManualKey<STANDINGS>>,
        /// The actions of proposals. They have cells of their own, since they may be large and only
        /// `execute` reads them.
        actions: Mapping<ProposalId, Action, ManualKey<ACTIONS>>,
        routines: Mapping<(Account, Selector), (), ManualKey<ROUTINES>>,
        emergencies: Mapping<Account, Emergency, ManualKey<EMERGENCIES>>,
    }

    impl Root for Council {
        type Inline = ProposalId;

        fn inline(&self) -> &Tracked<ProposalId> {
            &self.proposal_count
        }
    }

    // ---- Constructor ----

    impl Council {
        /// Deployer: creates a council of these members. The delay of grave actions can never be
        /// shorter than `least_delay` milliseconds, whatever the members decide.
        ///
        /// # Errors
        /// `BadMembers`, `UnsoundTerms`.
        #[ink(constructor)]
        pub fn new(
            members: Vec<Account>,
            terms: CouncilTerms,
            least_delay: Timestamp,
        ) -> Result<Self, CouncilError> {
            let mut council = Self {
                proposal_count: Tracked::new(0),
                constitution: Lazy::new(),
                standings: Mapping::new(),
                actions: Mapping::new(),
                routines: Mapping::new(),
                emergencies: Mapping::new(),
            };
            let constitution = Constitution::new(members, terms, least_delay)?;
            council.establish(constitution);
            Ok(council)
        }
    }

    // ---- Members ----

    impl Council {
        /// Member: proposes an action, and approves it. Returns the number of the proposal.
        ///
        /// # Errors
        /// `NotMember`; for calls `BadCallCount`, `TooLarge`, `CallsItself`; for an amendment
        /// `BadMembers`, `UnsoundTerms`; for a listing `ListedSo`.
        #[ink(message)]
        #[inline(never)]
        pub fn propose(&mut self, action: Action) -> Result<ProposalId, CouncilError> {
            let constitution = self.constitution();
            let member = Account::from(self.env().caller());
            let bit = constitution.bit(&member)?;
            let class = self.class_of(&action, &constitution)?;
            let now = self.env().block_timestamp();
            let mut standing = Standing {
                proposer: member.clone(),
                class,
                era: constitution.era,
                approvals: 0,
                objections: 0,
                ready: None,
                expires: now.saturating_add(constitution.terms.lifetime),
                state: State::Pending,
            };
            standing.approve(bit, constitution.terms.bar(class), now)?;
            let proposal = *self.proposal_count;
            // Cannot overflow: there is no time for 2^64 messages.
            *self.proposal_count.change() = proposal.saturating_add(1);
            self.actions.insert(proposal, &action);
            self.env().emit_event(Proposed {
                proposal,
                proposer: member.clone(),
                class,
                expires: standing.expires,
            });
            self.voted(proposal, &standing, member);
            finish(self, proposal)
        }

        /// Member: approves a proposal. This replaces an objection. The delay begins when enough
        /// members have approved.
        ///
        /// # Errors
        /// `NotMember`, `UnknownProposal`, `Executed`, `Cancelled`, `Superseded`, `Expired`,
        /// `SaidAlready`.
        #[ink(message)]
        #[inline(never)]
        pub fn approve(&mut self, proposal: ProposalId) -> Result<(), CouncilError> {
            self.vote(proposal, Vote::Approve)?;
            finish(self, ())
        }

        /// Member: withdraws an approval. If too few approvals are left, the delay ends; it begins
        /// anew when there are enough again. If enough object to cancel, and as many as
        /// approve then, the proposal is cancelled.
        ///
        /// # Errors
        /// `NotMember`, `UnknownProposal`, `Executed`, `Cancelled`, `Superseded`, `Expired`,
        /// `NotSaid`.
        #[ink(message)]
        #[inline(never)]
        pub fn withdraw_approval(&mut self, proposal: ProposalId) -> Result<(), CouncilError> {
            self.vote(proposal, Vote::Withdraw)?;
            finish(self, ())
        }

        /// Member: objects, which replaces an approval. The proposer cancels the proposal alone
        /// while no other member approves. Otherwise objections cancel it when they reach its
        /// threshold and are as many as the approvals.
        ///
        /// # Errors
        /// `NotMember`, `UnknownProposal`, `Executed`, `Cancelled`, `Superseded`, `Expired`,
        /// `SaidAlready`.
        #[ink(message)]
        #[inline(never)]
        pub fn cancel(&mut self, proposal: ProposalId) -> Result<(), CouncilError> {
            self.vote(proposal, Vote::Object)?;
            finish(self, ())
        }

        /// Member: asks for an emergency pause of `target`. When enough members have asked, the
        /// council sends it `Pausable::pause`. Returns whether `target` is paused now.
        ///
        /// # Errors
        /// `NotMember`, `CallsItself`, `CoolingDown`, `SaidAlready`, `CallFailed`.
        #[ink(message)]
        #[inline(never)]
        pub fn emergency_pause(&mut self, target: Account) -> Result<bool, CouncilError> {
            let constitution = self.constitution();
            let member = Account::from(self.env().caller());
            let bit = constitution.bit(&member)?;
            if *target == self.env().account_id() {
                return Err(CouncilError::CallsItself);
            }
            let mut emergency = self.emergency(target.clone());
            let terms = &constitution.terms.emergency;
            let now = self.env().block_timestamp();
            let enough = emergency.ask(bit, constitution.era, terms, now)?;
            self.emergencies.insert(&target, &emergency);
            self.env().emit_event(EmergencyCalled {
                target: target.clone(),
                member,
            });
            if enough {
                call(&target, &PAUSE, 0)
                    .map_err(|failure| CouncilError::CallFailed { index: 0, failure })?;
                let cooled = emergency.cooled;
                self.env().emit_event(EmergencyPaused { target, cooled });
            }
            finish(self, enough)
        }
    }

    // ---- Anybody ----

    impl Council {
        /// Anybody: executes a proposal whose delay is over. If a part of it fails, everything is
        /// undone, and the proposal can be executed again.
        ///
        /// # Errors
        /// `UnknownProposal`, `Executed`, `Cancelled`, `Superseded`, `Expired`, `NotApproved`,
        /// `TooEarly`; for calls `TooLittleGas`, `CallFailed`; for a payment `NotPaid`.
        #[ink(message)]
        #[inline(never)]
        pub fn execute(&mut self, proposal: ProposalId) -> Result<(), CouncilError> {
            let mut standing = self.standing(proposal)?;
            let constitution = self.constitution();
            standing.execute(constitution.era, self.env().block_timestamp())?;
            self.standings.insert(proposal, &standing);
            let action = self.actions.get(proposal);
            let action = action.ok_or(CouncilError::UnknownProposal)?;
            self.carry_out(action, constitution)?;
            self.env().emit_event(ProposalExecuted { proposal });
            finish(self, ())
        }

        /// Anybody: deposits the coins that come with the message. A plain transfer works, too.
        ///
        /// # Errors
        /// None.
        #[ink(message, payable)]
        #[inline(never)]
        pub fn deposit(&mut self) -> Result<(), CouncilError> {
            let from = self.env().caller().into();
            let amount = self.env().transferred_value();
            self.env().emit_event(Deposited { from, amount });
            finish(self, ())
        }
    }

    // ---- Queries ----

    impl Council {
        /// Members, thresholds and times.
        #[ink(message)]
        #[inline(never)]
        pub fn constitution(&self) -> Constitution {
            present(self.constitution.get())
        }

        /// Whether the constitution lists this message as routine.
        #[ink(message)]
        #[inline(never)]
        pub fn is_routine(&self, target: Account, selector: Selector) -> bool {
            self.routines.contains((target, selector))
        }

        /// How many proposals were made. Their numbers are below this.
        #[ink(message)]
        #[inline(never)]
        pub fn proposal_count(&self) -> ProposalId {
            *self.proposal_count
        }

        /// A proposal, if there is one of this number.
        #[ink(message)]
        #[inline(never)]
        pub fn proposal(&self, proposal: ProposalId) -> Option<Proposal> {
            Some(Proposal {
                standing: self.standings.get(proposal)?,
                action: self.actions.get(proposal)?,
            })
        }

        /// The phase in which a proposal is now, if there is one of this number.
        #[ink(message)]
        #[inline(never)]
        pub fn phase(&self, proposal: ProposalId) -> Option<Phase> {
            let standing = self.standings.get(proposal)?;
            let now = self.env().block_timestamp();
            Some(standing.phase(self.constitution().era, now))
        }

        /// Who approves a proposal. Empty if the proposal is of an earlier era, or does not exist.
        #[ink(message)]
        #[inline(never)]
        pub fn approvals(&self, proposal: ProposalId) -> Vec<Account> {
            let constitution = self.constitution();
            let standing = self.standings.get(proposal);
            let current = standing.filter(|standing| standing.era == constitution.era);
            let approvals = current.map_or(0, |standing| standing.approvals);
            constitution.members_of(approvals)
        }

        /// Who has asked for a pause of `target`, and from when on the next is possible.
        #[ink(message)]
        #[inline(never)]
        pub fn emergency(&self, target: Account) -> Emergency {
            self.emergencies.get(target).unwrap_or_default()
        }
    }

    // ---- Helpers ----

    /// A member's vote on a proposal.
    enum Vote {
        Approve,
        Withdraw,
        Object,
    }

    #[ink(impl)]
    impl Council {
        fn standing(&self, proposal: ProposalId) -> Result<Standing, CouncilError> {
            let standing = self.standings.get(proposal);
            standing.ok_or(CouncilError::UnknownProposal)
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

        fn vote(&mut self, proposal: ProposalId, vote: Vote) -> Result<(), CouncilError> {
            let constitution = self.constitution();
            let member = Account::from(self.env().caller());
            let bit = constitution.bit(&member)?;
            let mut standing = self.standing(proposal)?;
            let now = self.env().block_timestamp();
            standing.only_pending(constitution.era, now)?;
            let bar = constitution.terms.bar(standing.class);
            let is_proposer = standing.proposer == member;
            match vote {
                Vote::Approve => standing.approve(bit, bar, now),
                Vote::Withdraw => standing.withdraw(bit, bar, now),
                Vote::Object => standing.object(bit, is_proposer, bar, now),
            }?;
            self.voted(proposal, &standing, member);
            if standing.state == State::Cancelled {
                self.env().emit_event(ProposalCancelled { proposal });
            }
            Ok(())
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

        fn carry_out(
            &mut self,
            action: Action,
            mut constitution: Constitution,
        ) -> Result<(), CouncilError> {
            match action {
                Action::Calls(calls) => self.call_all(&calls)?,
                Action::Pay { to, amount } => self
                    .env()
                    .transfer(*to, amount)
                    .map_err(|_| CouncilError::NotPaid)?,
                Action::Amend(amendment) => {
                    constitution.amend(&amendment)?;
                    self.establish(constitution);
                }
                Action::List {
                    target,
                    selector,
                    routine,
                } => {
                    if routine {
                        self.routines.insert((&target, selector), &());
                    } else {
                        self.routines.remove((&target, selector));
                    }
                    constitution.begin_era();
                    self.constitution.set(&constitution);
                    self.env().emit_event(RoutineChanged {
                        era: constitution.era,
                        target,
                        selector,
                        routine,
                    });
                }
            }
            Ok(())
        }

        /// Sends the calls in order. Before each one, the gas must suffice for it and all that
        /// follow, whatever the earlier ones used.
        fn call_all(&self, calls: &[Call]) -> Result<(), CouncilError> {
            let mut rest = calls;
            let mut index = 0_u8;
            while let Some((first, others)) = rest.split_first() {
                if self.env().gas_left() < needed(rest) {
                    return Err(CouncilError::TooLittleGas);
                }
                call(&first.target, &first.input(), first.value)
                    .map_err(|failure| CouncilError::CallFailed { index, failure })?;
                rest = others;
                index = index.saturating_add(1);
            }
            Ok(())
        }

        fn establish(&mut self, constitution: Constitution) {
            self.constitution.set(&constitution);
            let Constitution {
                era,
                members,
                terms,
                ..
            } = constitution;
            self.env().emit_event(ConstitutionChanged {
                era,
                members,
                terms,
            });
        }
    }
}
