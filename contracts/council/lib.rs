//! The council: a multisig with a timelock. Its members decide together, M of N, which messages it
//! sends to the contracts that it owns.
//!
//! README.md beside this file is the specification.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod action;
mod constitution;
mod deciding;
mod emergency;
mod error;
mod events;
mod executing;
mod proposal;
mod signed;
mod state;
mod words;

pub use self::council::{Council, CouncilRef, ProposalId};
pub use action::{check, needed, Action, Amendment, Call, Selector, MAX_BYTES, MAX_CALLS};
pub use allive_call::Failure;
pub use constitution::{
    Actor, Bar, Class, Constitution, CouncilTerms, EmergencyTerms, Members, MAX_MEMBERS, YEAR,
};
pub use emergency::{Emergency, Meant};
pub use error::CouncilError;
pub use events::*;
pub use proposal::{Phase, Proposal, Standing, State, Vote};
pub use signed::{Request, Seen, SignedAction, PURPOSE};
pub use state::CouncilState;
pub use words::MAX_SHOWN;

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod council {
    use crate::*;
    use allive_access::Account;
    use allive_requests::{ChainId, Domain, Nonces, Signature};
    use allive_storage::{finish, present, Boxed, Root, Tracked};
    use ink::{
        prelude::vec::Vec,
        storage::{traits::ManualKey, Lazy, Mapping},
    };

    /// The number of a proposal, counted from 0.
    pub type ProposalId = u64;

    // ---- Storage ----

    const CONSTITUTION: u32 = u32::from_be_bytes(*b"CONS");
    const STANDINGS: u32 = u32::from_be_bytes(*b"STND");
    const ACTIONS: u32 = u32::from_be_bytes(*b"ACTN");
    const ROUTINES: u32 = u32::from_be_bytes(*b"ROUT");
    const EMERGENCIES: u32 = u32::from_be_bytes(*b"EMER");

    #[ink(storage)]
    pub struct Council {
        pub(crate) state: Tracked<CouncilState>,
        pub(crate) constitution: Lazy<Constitution, ManualKey<CONSTITUTION>>,
        pub(crate) standings: Mapping<ProposalId, Standing, ManualKey<STANDINGS>>,
        /// The actions of proposals. They have cells of their own, since they may be large and only
        /// `execute` reads them.
        pub(crate) actions: Mapping<ProposalId, Action, ManualKey<ACTIONS>>,
        pub(crate) routines: Mapping<(Account, Selector), (), ManualKey<ROUTINES>>,
        pub(crate) emergencies: Mapping<Account, Emergency, ManualKey<EMERGENCIES>>,
        pub(crate) nonces: Nonces,
    }

    impl Root for Council {
        type Inline = CouncilState;

        fn inline(&self) -> &Tracked<CouncilState> {
            &self.state
        }
    }

    // ---- Constructor ----

    impl Council {
        /// Deployer: creates a council of these members. The delay of grave actions can never be
        /// shorter than `least_delay` milliseconds, whatever the members decide. `chain` is the
        /// genesis hash of the chain, which signed requests bind.
        ///
        /// # Errors
        /// `BadMembers`, `UnsoundTerms`.
        #[ink(constructor)]
        pub fn new(
            members: Vec<Account>,
            terms: CouncilTerms,
            least_delay: Timestamp,
            chain: ChainId,
        ) -> Result<Self, CouncilError> {
            let mut council = Self {
                state: Tracked::new(CouncilState {
                    proposal_count: 0,
                    chain,
                }),
                constitution: Lazy::new(),
                standings: Mapping::new(),
                actions: Mapping::new(),
                routines: Mapping::new(),
                emergencies: Mapping::new(),
                nonces: Nonces::default(),
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
            let by = self.caller()?;
            let now = self.env().block_timestamp();
            let proposal = self.propose_by(&by, &action, now)?;
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
            let by = self.caller()?;
            self.vote_by(&by, proposal, Vote::Approve, None)?;
            finish(self, ())
        }

        /// Member: withdraws an approval. If too few approvals are left, the delay ends; it begins
        /// anew when there are enough again. The proposal is cancelled if enough object to cancel,
        /// and as many as approve then; or if its proposer objects, and nobody approves any more.
        ///
        /// # Errors
        /// `NotMember`, `UnknownProposal`, `Executed`, `Cancelled`, `Superseded`, `Expired`,
        /// `NotSaid`.
        #[ink(message)]
        #[inline(never)]
        pub fn withdraw_approval(&mut self, proposal: ProposalId) -> Result<(), CouncilError> {
            let by = self.caller()?;
            self.vote_by(&by, proposal, Vote::Withdraw, None)?;
            finish(self, ())
        }

        /// Member: objects, which replaces an approval. The proposer cancels the proposal alone
        /// while no other member approves. Otherwise objections cancel it when they reach its
        /// threshold and are as many as the approvals, or when the proposer objects and nobody
        /// approves any more.
        ///
        /// # Errors
        /// `NotMember`, `UnknownProposal`, `Executed`, `Cancelled`, `Superseded`, `Expired`,
        /// `SaidAlready`.
        #[ink(message)]
        #[inline(never)]
        pub fn cancel(&mut self, proposal: ProposalId) -> Result<(), CouncilError> {
            let by = self.caller()?;
            self.vote_by(&by, proposal, Vote::Object, None)?;
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
            let by = self.caller()?;
            let enough = self.pause_by(&by, target, None)?;
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
            let action = self.action(proposal)?;
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

    // ---- Signed requests ----

    impl Council {
        /// Anybody: carries out a request that `request.signer` signed, as if the signer had sent
        /// the message. The caller pays the fee. Events tell what the message answers.
        ///
        /// # Errors
        /// `Request(Expired)`, `Request(DeadlineTooFar)`, `Request(BadSignature)`,
        /// `Request(NonceUsed)`, `OtherEra`, then those of the message. Besides, a vote can be
        /// refused with `OtherAction` and `OutOfTurn`, a proposal with `OutOfTime`, and a request
        /// for a pause with `OutOfTime` and `OtherPause`.
        #[ink(message)]
        #[inline(never)]
        pub fn act_for(
            &mut self,
            request: Boxed<Request>,
            signature: Signature,
        ) -> Result<(), CouncilError> {
            let this = self.env().account_id();
            let domain = domain(&self.state.chain, &this);
            let now = self.env().block_timestamp();
            self.nonces.accept(&request, &signature, &domain, now)?;
            self.act(&request)?;
            finish(self, ())
        }

        /// Anybody: uses a nonce up, so that no request of the caller with this nonce is carried
        /// out any more. A former member can do this, too.
        ///
        /// # Errors
        /// `Request(NonceUsed)`.
        #[ink(message)]
        #[inline(never)]
        pub fn cancel_request(&mut self, nonce: u64) -> Result<(), CouncilError> {
            self.nonces.take(&self.env().caller().into(), nonce)?;
            finish(self, ())
        }

        /// The nonces from `128 * cell` on that `signer` used, a bit for each: the lowest bit is
        /// for the lowest nonce.
        #[ink(message)]
        #[inline(never)]
        pub fn used_nonces(&self, signer: Account, cell: u64) -> u128 {
            self.nonces.cell(&signer, cell)
        }

        /// The text that an Ethereum wallet signs for this request, see [`allive_requests`].
        #[ink(message)]
        #[inline(never)]
        pub fn request_text(&self, request: Boxed<Request>) -> Vec<u8> {
            request.text(&domain(&self.state.chain, &self.env().account_id()))
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

        /// The genesis hash of the chain, which signed requests bind.
        #[ink(message)]
        #[inline(never)]
        pub fn chain(&self) -> ChainId {
            self.state.chain
        }

        /// How many proposals were made. Their numbers are below this.
        #[ink(message)]
        #[inline(never)]
        pub fn proposal_count(&self) -> ProposalId {
            self.state.proposal_count
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

        /// How many times `member` has voted on a proposal, which its next signed vote names. Zero
        /// if the proposal is of an earlier era or does not exist, or for somebody else.
        #[ink(message)]
        #[inline(never)]
        pub fn votes(&self, proposal: ProposalId, member: Account) -> u32 {
            let constitution = self.constitution();
            let standing = self.standings.get(proposal);
            let current = standing.filter(|standing| standing.era == constitution.era);
            match (current, constitution.bit(&member)) {
                (Some(standing), Ok(bit)) => standing.votes_of(bit),
                _ => 0,
            }
        }

        /// Who has asked for a pause of `target`, and from when on the next is possible.
        #[ink(message)]
        #[inline(never)]
        pub fn emergency(&self, target: Account) -> Emergency {
            self.emergencies.get(target).unwrap_or_default()
        }
    }

    /// What binds a signed request to this contract.
    fn domain<'a>(chain: &'a ChainId, contract: &'a AccountId) -> Domain<'a> {
        Domain {
            purpose: &PURPOSE,
            chain,
            contract,
        }
    }
}
