use crate::{Action, Bar, Class, CouncilError, Members};
use allive_access::{Account, Timestamp};
use ink::prelude::vec::Vec;

/// A member's vote on a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Vote {
    /// The member approves, which replaces an objection.
    Approve,
    /// The member withdraws an approval.
    Withdraw,
    /// The member objects, which replaces an approval.
    Object,
}

/// What messages made of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum State {
    /// It was neither executed nor cancelled.
    Pending,
    /// It was executed.
    Executed,
    /// It was cancelled.
    Cancelled,
}

/// The phase of a proposal at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Phase {
    /// It lacks approvals.
    Open,
    /// It has enough approvals, and its delay is not over.
    Waiting,
    /// Anybody may execute it.
    Executable,
    /// It was executed.
    Executed,
    /// It was cancelled.
    Cancelled,
    /// The constitution has changed since it was made.
    Superseded,
    /// It has expired.
    Expired,
}

/// A proposal without its action. The action has a cell of its own, since it may be large and only
/// `execute` reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Standing {
    /// Who proposed it.
    pub proposer: Account,
    /// Its class.
    pub class: Class,
    /// The era in which it was made. The members and terms of that era apply.
    pub era: u32,
    /// Who approves.
    pub approvals: Members,
    /// Who objects. No member is in both.
    pub objections: Members,
    /// The moment from which on it can be executed. Set while enough members approve.
    pub ready: Option<Timestamp>,
    /// The moment from which on it cannot be executed any more.
    pub expires: Timestamp,
    /// Whether it was executed or cancelled.
    pub state: State,
    /// How many times each member has voted, in the order of the members. The list ends with the
    /// last member who voted.
    pub votes: Vec<u32>,
}

impl Standing {
    /// The phase of the proposal now, in this era.
    pub fn phase(&self, era: u32, now: Timestamp) -> Phase {
        match self.state {
            State::Executed => Phase::Executed,
            State::Cancelled => Phase::Cancelled,
            State::Pending if self.era != era => Phase::Superseded,
            State::Pending if now >= self.expires => Phase::Expired,
            State::Pending => match self.ready {
                None => Phase::Open,
                Some(ready) if now < ready => Phase::Waiting,
                Some(_) => Phase::Executable,
            },
        }
    }

    /// Refuses a proposal on which nobody can vote any more.
    ///
    /// # Errors
    /// `Executed`, `Cancelled`, `Superseded`, `Expired`.
    pub fn only_pending(&self, era: u32, now: Timestamp) -> Result<(), CouncilError> {
        match self.phase(era, now) {
            Phase::Executed => Err(CouncilError::Executed),
            Phase::Cancelled => Err(CouncilError::Cancelled),
            Phase::Superseded => Err(CouncilError::Superseded),
            Phase::Expired => Err(CouncilError::Expired),
            Phase::Open | Phase::Waiting | Phase::Executable => Ok(()),
        }
    }

    /// A member approves. This replaces an objection.
    ///
    /// # Errors
    /// `SaidAlready`.
    pub fn approve(
        &mut self,
        member: Members,
        bar: &Bar,
        now: Timestamp,
    ) -> Result<(), CouncilError> {
        if self.approvals & member != 0 {
            return Err(CouncilError::SaidAlready);
        }
        self.approvals |= member;
        self.objections &= !member;
        self.count(member, bar, now);
        Ok(())
    }

    /// A member withdraws an approval. That cancels the proposal if then as many object as approve,
    /// and enough to cancel; or if its proposer objects and nobody approves any more.
    ///
    /// # Errors
    /// `NotSaid`.
    pub fn withdraw(
        &mut self,
        member: Members,
        proposer: Members,
        bar: &Bar,
        now: Timestamp,
    ) -> Result<(), CouncilError> {
        if self.approvals & member == 0 {
            return Err(CouncilError::NotSaid);
        }
        self.approvals &= !member;
        self.count(member, bar, now);
        self.take_back(proposer);
        Ok(())
    }

    /// A member objects, which replaces an approval. That cancels the proposal if nobody approves
    /// any more and its proposer objects; or if as many object as approve, and enough to cancel.
    ///
    /// # Errors
    /// `SaidAlready`.
    pub fn object(
        &mut self,
        member: Members,
        proposer: Members,
        bar: &Bar,
        now: Timestamp,
    ) -> Result<(), CouncilError> {
        if self.objections & member != 0 {
            return Err(CouncilError::SaidAlready);
        }
        self.objections |= member;
        self.approvals &= !member;
        self.count(member, bar, now);
        self.take_back(proposer);
        Ok(())
    }

    /// Marks the proposal as executed.
    ///
    /// # Errors
    /// As [`only_pending`](Self::only_pending); `NotApproved`, `TooEarly`.
    pub fn execute(&mut self, era: u32, now: Timestamp) -> Result<(), CouncilError> {
        self.only_pending(era, now)?;
        match self.ready {
            None => Err(CouncilError::NotApproved),
            Some(ready) if now < ready => Err(CouncilError::TooEarly),
            Some(_) => {
                self.state = State::Executed;
                Ok(())
            }
        }
    }

    /// How many times a member has voted.
    pub fn votes_of(&self, member: Members) -> u32 {
        let votes = self.votes.get(place(member));
        votes.copied().unwrap_or_default()
    }

    /// Refuses a signed vote if its signer has voted another number of times than it says.
    ///
    /// # Errors
    /// `OutOfTurn`.
    pub fn only_after(&self, member: Members, votes: u32) -> Result<(), CouncilError> {
        if self.votes_of(member) != votes {
            return Err(CouncilError::OutOfTurn);
        }
        Ok(())
    }

    /// Cancels if the proposer objects and nobody approves.
    fn take_back(&mut self, proposer: Members) {
        if self.approvals == 0 && self.objections & proposer != 0 {
            self.state = State::Cancelled;
        }
    }

    /// Counts a vote of `member`. Sets `ready` when the approvals reach the threshold, and clears
    /// it when they fall below. Cancels when the objections reach the threshold and are no fewer
    /// than the approvals.
    fn count(&mut self, member: Members, bar: &Bar, now: Timestamp) {
        let place = place(member);
        if self.votes.len() <= place {
            self.votes.resize(place.saturating_add(1), 0);
        }
        if let Some(votes) = self.votes.get_mut(place) {
            // Cannot overflow: there is no time for 2^32 messages.
            *votes = votes.saturating_add(1);
        }
        if are_enough(self.objections, bar.threshold)
            && self.objections.count_ones() >= self.approvals.count_ones()
        {
            self.state = State::Cancelled;
        }
        if !are_enough(self.approvals, bar.threshold) {
            self.ready = None;
        } else if self.ready.is_none() {
            self.ready = Some(now.saturating_add(bar.delay));
        }
    }
}

/// The place of a member in the list, from 0.
const fn place(member: Members) -> usize {
    member.trailing_zeros() as usize
}

/// Whether these are at least `threshold` members.
pub(crate) fn are_enough(members: Members, threshold: u8) -> bool {
    members.count_ones() >= u32::from(threshold)
}

/// A proposal in full.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Proposal {
    /// Its votes and its state.
    pub standing: Standing,
    /// What it does.
    pub action: Action,
}
