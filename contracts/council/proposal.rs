use crate::{Action, Bar, Class, CouncilError, Members};
use allive_access::{Account, Timestamp};

/// What became of a proposal by a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum State {
    /// Nothing yet.
    Pending,
    /// It was executed.
    Executed,
    /// It was cancelled.
    Cancelled,
}

/// Where a proposal stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Phase {
    /// It lacks approvals.
    Open,
    /// It is approved, and its delay is not over.
    Waiting,
    /// Anyone may execute it.
    Executable,
    /// It was executed.
    Executed,
    /// It was cancelled.
    Cancelled,
    /// The constitution has changed since it was made.
    Superseded,
    /// Its time is over.
    Expired,
}

/// A proposal without what it does, which lies in a cell of its own: that may be large, and only
/// its execution reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Standing {
    /// Who proposed it.
    pub proposer: Account,
    /// How grave it is.
    pub class: Class,
    /// The era in which it was made, and whose members and terms it goes by.
    pub era: u32,
    /// Who approves.
    pub approvals: Members,
    /// Who wants it cancelled. Nobody does both.
    pub objections: Members,
    /// From when on it can be executed, since enough members approve.
    pub ready: Option<Timestamp>,
    /// From when on it cannot any more.
    pub expires: Timestamp,
    /// What became of it.
    pub state: State,
}

impl Standing {
    /// Where the proposal stands now, in this era.
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

    /// Refuses a proposal about which nothing can be said any more.
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

    /// A member approves, and objects no longer.
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
        self.count(bar, now);
        Ok(())
    }

    /// A member approves no longer.
    ///
    /// # Errors
    /// `NotSaid`.
    pub fn withdraw(
        &mut self,
        member: Members,
        bar: &Bar,
        now: Timestamp,
    ) -> Result<(), CouncilError> {
        if self.approvals & member == 0 {
            return Err(CouncilError::NotSaid);
        }
        self.approvals &= !member;
        self.count(bar, now);
        Ok(())
    }

    /// The proposer cancels; any other member objects, and approves no longer. As many as could
    /// approve cancel together.
    ///
    /// # Errors
    /// `SaidAlready`.
    pub fn object(
        &mut self,
        member: Members,
        is_proposer: bool,
        bar: &Bar,
        now: Timestamp,
    ) -> Result<(), CouncilError> {
        if self.objections & member != 0 {
            return Err(CouncilError::SaidAlready);
        }
        self.objections |= member;
        self.approvals &= !member;
        self.count(bar, now);
        if is_proposer || are_enough(self.objections, bar.threshold) {
            self.state = State::Cancelled;
        }
        Ok(())
    }

    /// Uses the proposal up.
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

    /// The delay counts from the approval that made them enough, and anew when they were too few
    /// since.
    fn count(&mut self, bar: &Bar, now: Timestamp) {
        if !are_enough(self.approvals, bar.threshold) {
            self.ready = None;
        } else if self.ready.is_none() {
            self.ready = Some(now.saturating_add(bar.delay));
        }
    }
}

/// Whether these are as many members as that.
pub(crate) fn are_enough(members: Members, threshold: u8) -> bool {
    members.count_ones() >= u32::from(threshold)
}

/// A proposal in full.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct Proposal {
    /// Where it stands.
    pub standing: Standing,
    /// What it does.
    pub action: Action,
}
