//! The council: members decide together, M of N, what an admin may do to the contracts that they
//! own.
//!
//! README.md beside this file is the specification.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod action;
mod constitution;
mod emergency;
mod error;
mod events;
mod host;
mod proposal;

pub use self::council::{Council, CouncilRef, ProposalId};
pub use action::{check, needed, Action, Amendment, Call, Selector, MAX_BYTES, MAX_CALLS};
pub use constitution::{
    Bar, Class, Constitution, EmergencyTerms, Members, Terms, Timestamp, MAX_MEMBERS, YEAR,
};
pub use emergency::Emergency;
pub use error::{CouncilError, Failure};
pub use events::*;
pub use proposal::{Phase, Proposal, Standing, State};

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod council {
    use crate::*;
    use allive_access::Account;
    use allive_storage::{root_unchanged, Cell};
    use ink::{
        prelude::vec::Vec,
        storage::{traits::ManualKey, Lazy, Mapping},
    };

    /// The number of a proposal, counted from 0.
    pub type ProposalId = u64;

    /// The one message that an emergency can send, that of `allive_access::Pausable`.
    const PAUSE: Selector = ink::selector_bytes!("Pausable::pause");

    /// The root cell, which ink! reads for each message, holds one number. Only `propose` changes
    /// it; the other messages end with [`root_unchanged`].
    #[ink(storage)]
    pub struct Council {
        proposal_count: ProposalId,
        constitution: Lazy<Cell<Constitution>, ManualKey<0x434f_4e53>>,
        standings: Mapping<ProposalId, Cell<Standing>, ManualKey<0x5354_4e44>>,
        actions: Mapping<ProposalId, Cell<Action>, ManualKey<0x4143_544e>>,
        routines: Mapping<(Account, Selector), (), ManualKey<0x524f_5554>>,
        emergencies: Mapping<Account, Emergency, ManualKey<0x454d_4552>>,
    }

    impl Council {
        /// A council of these members. What is grave can never wait for less than `least_delay`
        /// milliseconds, whatever the members decide.
        ///
        /// # Errors
        /// `BadMembers`, `UnsoundTerms`.
        #[ink(constructor)]
        pub fn new(
            members: Vec<Account>,
            terms: Terms,
            least_delay: Timestamp,
        ) -> Result<Self, CouncilError> {
            let mut council = Self {
                proposal_count: 0,
                constitution: Lazy::new(),
                standings: Mapping::new(),
                actions: Mapping::new(),
                routines: Mapping::new(),
                emergencies: Mapping::new(),
            };
            let constitution = Constitution::new(members, terms, least_delay)?;
            council.establish(constitution.into());
            Ok(council)
        }

        /// Proposes an action, and approves it. Returns its number. Members only.
        ///
        /// # Errors
        /// `NotMember`; for calls `BadCallCount`, `TooLarge`, `CallsItself`; for an amendment
        /// `BadMembers`, `UnsoundTerms`; for the list `ListedSo`.
        #[ink(message)]
        pub fn propose(&mut self, action: Cell<Action>) -> Result<ProposalId, CouncilError> {
            let constitution = self.constitution();
            let member = Account::from(self.env().caller());
            let bit = constitution.bit(&member)?;
            let class = self.class_of(&action, &constitution)?;
            let now = self.now();
            let mut standing = Cell::from(Standing {
                proposer: member.clone(),
                class,
                era: constitution.era,
                approvals: 0,
                objections: 0,
                ready: None,
                expires: now.saturating_add(constitution.terms.lifetime),
                state: State::Pending,
            });
            standing.approve(bit, constitution.terms.bar(class), now)?;
            let proposal = self.proposal_count;
            // Cannot overflow: there is no time for 2^64 messages.
            self.proposal_count = proposal.saturating_add(1);
            self.actions.insert(proposal, &action);
            self.env().emit_event(Proposed {
                proposal,
                proposer: member.clone(),
                class,
                expires: standing.expires,
            });
            self.voted(proposal, &standing, member);
            Ok(proposal)
        }

        /// Approves a proposal, in place of an objection. The delay begins when enough members do.
        /// Members only.
        ///
        /// # Errors
        /// `NotMember`, `UnknownProposal`, `Executed`, `Cancelled`, `Superseded`, `Expired`,
        /// `SaidAlready`.
        #[ink(message)]
        pub fn approve(&mut self, proposal: ProposalId) -> Result<(), CouncilError> {
            self.say(proposal, Word::Approve)
        }

        /// Takes an approval back. When too few are left, the delay ends, and begins anew when
        /// there are enough again. Members only.
        ///
        /// # Errors
        /// `NotMember`, `UnknownProposal`, `Executed`, `Cancelled`, `Superseded`, `Expired`,
        /// `NotSaid`.
        #[ink(message)]
        pub fn withdraw_approval(&mut self, proposal: ProposalId) -> Result<(), CouncilError> {
            self.say(proposal, Word::Withdraw)
        }

        /// Cancels a proposal of the caller's. Any other member objects, in place of an approval,
        /// and as many as could approve the proposal cancel it together. Members only.
        ///
        /// # Errors
        /// `NotMember`, `UnknownProposal`, `Executed`, `Cancelled`, `Superseded`, `Expired`,
        /// `SaidAlready`.
        #[ink(message)]
        pub fn cancel(&mut self, proposal: ProposalId) -> Result<(), CouncilError> {
            self.say(proposal, Word::Object)
        }

        /// Does what was proposed: all of it, or nothing, and then it can be tried again. Anyone.
        ///
        /// # Errors
        /// `UnknownProposal`, `Executed`, `Cancelled`, `Superseded`, `Expired`, `NotApproved`,
        /// `TooEarly`; for calls `TooLittleGas`, `CallFailed`; for a payment `NotPaid`.
        #[ink(message)]
        pub fn execute(&mut self, proposal: ProposalId) -> Result<(), CouncilError> {
            let mut standing = self.known(proposal)?;
            let constitution = self.constitution();
            standing.execute(constitution.era, self.now())?;
            self.standings.insert(proposal, &standing);
            let action = self.action(proposal)?;
            self.carry_out(action, constitution)?;
            self.env().emit_event(ProposalExecuted { proposal });
            root_unchanged(())
        }

        /// Asks that `target` be paused at once, by `Pausable::pause` and nothing else. Returns
        /// whether enough members asked, so that it is paused now. Members only.
        ///
        /// # Errors
        /// `NotMember`, `CallsItself`, `CoolingDown`, `SaidAlready`, `CallFailed`.
        #[ink(message)]
        pub fn emergency_pause(&mut self, target: Account) -> Result<bool, CouncilError> {
            let constitution = self.constitution();
            let member = Account::from(self.env().caller());
            let bit = constitution.bit(&member)?;
            if *target == self.env().account_id() {
                return Err(CouncilError::CallsItself);
            }
            let mut emergency = self.emergency(target.clone());
            let terms = &constitution.terms.emergency;
            let enough = emergency.ask(bit, constitution.era, terms, self.now())?;
            self.emergencies.insert(&target, &emergency);
            self.env().emit_event(EmergencyCalled {
                target: target.clone(),
                member,
            });
            if enough {
                host::call(&target, PAUSE, &[], 0)
                    .map_err(|failure| CouncilError::CallFailed { index: 0, failure })?;
                let cooled = emergency.cooled;
                self.env().emit_event(EmergencyPaused { target, cooled });
            }
            root_unchanged(enough)
        }

        /// Gives the council the coins that come with the message. Anyone; a plain transfer does,
        /// too.
        ///
        /// # Errors
        /// None.
        #[ink(message, payable)]
        pub fn deposit(&mut self) -> Result<(), CouncilError> {
            let from = self.env().caller().into();
            let amount = self.env().transferred_value().into();
            self.env().emit_event(Deposited { from, amount });
            root_unchanged(())
        }

        // ---- What front ends ask ----

        /// Members, thresholds and times.
        #[ink(message)]
        pub fn constitution(&self) -> Cell<Constitution> {
            match self.constitution.get() {
                Some(constitution) => constitution,
                None => unreachable!("the constructor wrote it, and nothing removes it"),
            }
        }

        /// Whether the constitution lists this message as routine.
        #[ink(message)]
        pub fn is_routine(&self, target: Account, selector: Selector) -> bool {
            self.routines.contains((target, selector))
        }

        /// How many proposals were made; their numbers are below this.
        #[ink(message)]
        pub fn proposal_count(&self) -> ProposalId {
            self.proposal_count
        }

        /// A proposal, if there is one of this number.
        #[ink(message)]
        pub fn proposal(&self, proposal: ProposalId) -> Option<Proposal> {
            Some(Proposal {
                standing: self.standings.get(proposal)?,
                action: self.actions.get(proposal)?,
            })
        }

        /// Where a proposal stands now, if there is one of this number.
        #[ink(message)]
        pub fn phase(&self, proposal: ProposalId) -> Option<Phase> {
            let standing = self.standings.get(proposal)?;
            Some(standing.phase(self.constitution().era, self.now()))
        }

        /// Who approves a proposal. Nobody if it is of an earlier era, or there is none of this
        /// number.
        #[ink(message)]
        pub fn approvals(&self, proposal: ProposalId) -> Vec<Account> {
            let constitution = self.constitution();
            let standing = self.standings.get(proposal);
            let current = standing.filter(|standing| standing.era == constitution.era);
            let approvals = current.map_or(0, |standing| standing.approvals);
            constitution.members_of(approvals)
        }

        /// Who asks for a pause of `target`, and from when on the next may come.
        #[ink(message)]
        pub fn emergency(&self, target: Account) -> Emergency {
            self.emergencies.get(target).unwrap_or_default()
        }

        fn now(&self) -> Timestamp {
            self.env().block_timestamp()
        }

        fn known(&self, proposal: ProposalId) -> Result<Cell<Standing>, CouncilError> {
            let standing = self.standings.get(proposal);
            standing.ok_or(CouncilError::UnknownProposal)
        }

        fn action(&self, proposal: ProposalId) -> Result<Cell<Action>, CouncilError> {
            let action = self.actions.get(proposal);
            action.ok_or(CouncilError::UnknownProposal)
        }

        /// How grave an action is: as the gravest of its calls. Refuses what could never be
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
                        *call.value == 0 && self.routines.contains((&call.target, call.selector))
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

        fn say(&mut self, proposal: ProposalId, word: Word) -> Result<(), CouncilError> {
            let constitution = self.constitution();
            let member = Account::from(self.env().caller());
            let bit = constitution.bit(&member)?;
            let mut standing = self.known(proposal)?;
            let now = self.now();
            standing.only_pending(constitution.era, now)?;
            let bar = constitution.terms.bar(standing.class);
            let is_proposer = standing.proposer == member;
            match word {
                Word::Approve => standing.approve(bit, bar, now),
                Word::Withdraw => standing.withdraw(bit, bar, now),
                Word::Object => standing.object(bit, is_proposer, bar, now),
            }?;
            self.voted(proposal, &standing, member);
            if standing.state == State::Cancelled {
                self.env().emit_event(ProposalCancelled { proposal });
            }
            root_unchanged(())
        }

        fn voted(&mut self, proposal: ProposalId, standing: &Cell<Standing>, member: Account) {
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
            action: Cell<Action>,
            mut constitution: Cell<Constitution>,
        ) -> Result<(), CouncilError> {
            match action.into_inner() {
                Action::Calls(calls) => self.call_all(&calls)?,
                Action::Pay { to, amount } => self
                    .env()
                    .transfer(*to, *amount)
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

        /// Before each call, what it and all that follow must find is left: whatever the first
        /// ones take, none is sent with less.
        fn call_all(&self, calls: &[Call]) -> Result<(), CouncilError> {
            let mut rest = calls;
            let mut index = 0_u8;
            while let Some((call, others)) = rest.split_first() {
                if self.env().gas_left() < needed(rest) {
                    return Err(CouncilError::TooLittleGas);
                }
                host::call(&call.target, call.selector, &call.arguments, *call.value)
                    .map_err(|failure| CouncilError::CallFailed { index, failure })?;
                rest = others;
                index = index.saturating_add(1);
            }
            Ok(())
        }

        fn establish(&mut self, constitution: Cell<Constitution>) {
            self.constitution.set(&constitution);
            let Constitution {
                era,
                members,
                terms,
                ..
            } = constitution.into_inner();
            self.env().emit_event(ConstitutionChanged {
                era,
                members,
                terms,
            });
        }
    }

    /// What a member says about a proposal.
    enum Word {
        Approve,
        Withdraw,
        Object,
    }
}
