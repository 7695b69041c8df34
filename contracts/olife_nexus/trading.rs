//! What messages do, sent or signed: records, grants, uses and credits.

use crate::*;
use allive_access::{only_somebody, Account, Timestamp};
use ink::{codegen::Env as _, prelude::vec::Vec, primitives::AccountId};

type Balance = u128;

impl OlifeNexus {
    /// Carries out what somebody signed, by the bodies of the messages.
    #[inline(never)]
    pub(crate) fn act(&mut self, by: &AccountId, action: Action) -> Result<(), NexusError> {
        match action {
            Action::Register {
                commitment,
                kind,
                pointer,
            } => self.register_by(by, commitment, kind, pointer).map(drop),
            Action::Offer {
                record,
                commitment,
                terms,
            } => self.offer_by(by, record, Some(commitment), terms).map(drop),
            Action::Revoke { grant } => self.revoke_by(by, grant),
            Action::Buy {
                grant,
                uses,
                max_price,
            } => self.buy_by(by, grant, uses, max_price),
            Action::UseRecord { grant, request } => self.use_by(by, grant, request).map(drop),
            Action::Settle { grant } => self.settle_by(by, grant),
            Action::Withdraw { to, at_most } => self.withdraw_by(by, to, at_most).map(drop),
            Action::Inherit { holding } => self.inherit_by(by, holding),
            Action::Cancel => Ok(()),
        }
    }

    #[inline(never)]
    pub(crate) fn register_by(
        &mut self,
        by: &AccountId,
        commitment: [u8; 32],
        kind: Kind,
        pointer: Vec<u8>,
    ) -> Result<RecordId, NexusError> {
        let now = self.env().block_timestamp();
        let new = Record::new(*by, commitment, kind, pointer, now)?;
        let record = self.state.record_count;
        // Cannot overflow, nor can that of grants: there is no time for 2^64 messages.
        self.state.change().record_count = record.saturating_add(1);
        self.records.insert(record, &new);
        self.env().emit_event(RecordRegistered {
            record,
            commitment,
            kind,
        });
        Ok(record)
    }

    #[inline(never)]
    pub(crate) fn offer_by(
        &mut self,
        by: &AccountId,
        record: RecordId,
        commitment: Option<[u8; 32]>,
        terms: GrantTerms,
    ) -> Result<GrantId, NexusError> {
        let opened = self.record(record).ok_or(NexusError::UnknownRecord)?;
        if opened.owner != *by {
            return Err(NexusError::NotOwner);
        }
        if commitment.is_some_and(|signed| signed != opened.commitment) {
            return Err(NexusError::OtherRecord);
        }
        if only_somebody(&terms.grantee).is_err() {
            return Err(NexusError::ZeroAccount);
        }
        let now = self.env().block_timestamp();
        let offered = Grant::offer(record, &opened, terms, now, self.state.longest_term)?;
        let grant = self.state.grant_count;
        self.state.change().grant_count = grant.saturating_add(1);
        self.grants.insert(grant, &offered);
        self.env().emit_event(GrantOffered {
            grant,
            grantee: offered.grantee,
            record,
            purpose: offered.purpose,
            price: offered.price,
            uses: offered.for_sale,
            expires: offered.expires,
        });
        Ok(grant)
    }

    #[inline(never)]
    pub(crate) fn revoke_by(&mut self, by: &AccountId, grant: GrantId) -> Result<(), NexusError> {
        let mut revoked = self.known(grant)?;
        if revoked.patient != *by {
            return Err(NexusError::NotOwner);
        }
        self.grants.remove(grant);
        self.refund(grant, &mut revoked)?;
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn buy_by(
        &mut self,
        by: &AccountId,
        grant: GrantId,
        uses: u32,
        max_price: Balance,
    ) -> Result<(), NexusError> {
        let mut bought = self.known(grant)?;
        let paid = bought.buy(by, uses, max_price, self.env().block_timestamp())?;
        self.grants.insert(grant, &bought);
        if paid > 0 {
            let this = self.env().account_id();
            self.owed.collect(&self.state.token, &this, by, paid)?;
        }
        self.env().emit_event(UsesBought { grant, uses, paid });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn use_by(
        &mut self,
        by: &AccountId,
        grant: GrantId,
        request: [u8; 32],
    ) -> Result<u32, NexusError> {
        let mut used = self.known(grant)?;
        let charged = used.take_use(by, self.env().block_timestamp())?;
        self.grants.insert(grant, &used);
        self.credits
            .add(&used.patient, charged, used.patient_since)?;
        self.env().emit_event(RecordUsed {
            grant,
            record: used.record,
            number: used.used,
            request,
            charged,
        });
        Ok(used.bought)
    }

    #[inline(never)]
    pub(crate) fn settle_by(&mut self, by: &AccountId, grant: GrantId) -> Result<(), NexusError> {
        let mut settled = self.known(grant)?;
        let now = self.env().block_timestamp();
        let upgrade_is_announced = || self.governance().upgrades.is_announced(now);
        settled.may_settle(by, now, upgrade_is_announced)?;
        if settled.bought == 0 {
            return Err(NexusError::NothingOwed);
        }
        self.refund(grant, &mut settled)?;
        self.grants.insert(grant, &settled);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn withdraw_by(
        &mut self,
        by: &AccountId,
        to: Account,
        at_most: Balance,
    ) -> Result<Balance, NexusError> {
        if only_somebody(&to).is_err() {
            return Err(NexusError::ZeroAccount);
        }
        let amount = self.credits.withdraw(by, at_most)?;
        self.owed.pay(&self.state.token, &to, amount)?;
        self.env().emit_event(CreditWithdrawn {
            account: *by,
            to: *to,
            amount,
        });
        Ok(amount)
    }

    #[inline(never)]
    pub(crate) fn inherit_by(
        &mut self,
        by: &AccountId,
        holding: Holding,
    ) -> Result<(), NexusError> {
        let former = match &holding {
            Holding::Record(record) => self.inherit_record(by, *record)?,
            Holding::Grant(grant) => {
                let mut kept = self.known(*grant)?;
                let former = self.follow(by, &mut kept.patient, &mut kept.patient_since)?;
                self.grants.insert(grant, &kept);
                former
            }
            Holding::Purchase(grant) => {
                let mut kept = self.known(*grant)?;
                let former = self.follow(by, &mut kept.grantee, &mut kept.grantee_since)?;
                self.grants.insert(grant, &kept);
                former
            }
            Holding::Credit(former) => {
                let heirs = &self.state.identities;
                self.credits.inherit(heirs, by, former)?;
                **former
            }
        };
        self.env().emit_event(Inherited {
            holding,
            former,
            heir: *by,
        });
        Ok(())
    }

    fn known(&self, grant: GrantId) -> Result<Grant, NexusError> {
        self.grants.get(grant).ok_or(NexusError::UnknownGrant)
    }

    fn refund(&mut self, grant: GrantId, closed: &mut Grant) -> Result<(), NexusError> {
        let refunded = closed.close()?;
        self.credits
            .add(&closed.grantee, refunded, closed.grantee_since)?;
        self.env().emit_event(GrantClosed { grant, refunded });
        Ok(())
    }

    fn inherit_record(
        &mut self,
        heir: &AccountId,
        record: RecordId,
    ) -> Result<AccountId, NexusError> {
        let mut kept = self.record(record).ok_or(NexusError::UnknownRecord)?;
        let committer = kept.committer();
        let former = self.follow(heir, &mut kept.owner, &mut kept.since)?;
        kept.committed_by = Some(committer);
        self.records.insert(record, &kept);
        Ok(former)
    }

    /// Puts `heir` in the place of an account whose successor it is, since the moment at which
    /// that account left the identity. Returns that account.
    fn follow(
        &self,
        heir: &AccountId,
        account: &mut AccountId,
        since: &mut Timestamp,
    ) -> Result<AccountId, NexusError> {
        *since = self.state.identities.inherits(heir, account, *since)?;
        Ok(core::mem::replace(account, *heir))
    }
}
