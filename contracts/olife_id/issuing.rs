//! What issuers attest, whom subjects refuse, and whom the owner approves.

use crate::{
    only_recent, IdError, Identity, Issuer, IssuerChanged, OlifeId, Slot, Truth, TruthChanged,
};
use allive_olife_id_interface::{IdentityId, Points, Timestamp, Topic, Topics};
use ink::codegen::Env as _;

impl OlifeId {
    #[inline(never)]
    pub(crate) fn attest(
        &mut self,
        subject: IdentityId,
        topic: Topic,
        new: Slot,
    ) -> Result<(), IdError> {
        self.only_unpaused()?;
        let issuer = self.registry.issuers.get(new.issuer).unwrap_or_default();
        // That is attested of two identities, by a mandate.
        if topic == Topic::REPRESENTATIVE || !issuer.may_attest(topic) {
            return Err(IdError::NotIssuer);
        }
        if new.issuer == subject {
            return Err(IdError::Itself);
        }
        let attested = self.registry.identity(subject)?;
        if attested.truth == Truth::False {
            return Err(IdError::Challenged);
        }
        let now = self.now();
        only_recent(new.issued, now)?;
        // What was signed while the issuer was not approved does not come in when it is again.
        if !issuer.counts(topic, new.issued) {
            return Err(IdError::Outdated);
        }
        let settled = self.settled(&attested);
        let mut class = self.registry.class(subject, topic);
        class.attest(
            new,
            now,
            settled,
            |slot| issuer.counts(topic, slot.stored),
            |class, slot| self.registry.can_go(class, slot, topic, settled, now),
        )?;
        self.registry.classes.insert((subject, topic), &class);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn revoke(
        &mut self,
        issuer: IdentityId,
        subject: IdentityId,
        topic: Topic,
        issued: Option<Timestamp>,
    ) -> Result<(), IdError> {
        let attested = self.registry.identity(subject)?;
        let now = self.now();
        let issued = issued.unwrap_or(now);
        only_recent(issued, now)?;
        let settled = self.settled(&attested);
        let may_come = self.registry.may_attest(issuer, topic);
        let mut class = self.registry.class(subject, topic);
        class.revoke(issuer, issued, now, may_come, |class, slot| {
            self.registry.can_go(class, slot, topic, settled, now)
        })?;
        self.registry.classes.insert((subject, topic), &class);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn refuse(
        &mut self,
        identity: IdentityId,
        acting: &Identity,
        topic: Topic,
        issuer: IdentityId,
        refused: bool,
    ) -> Result<(), IdError> {
        // A number that is no topic has no attestations. And whoever keeps a child's key must
        // refuse neither a court nor that the child is of age.
        if topic.bit() == 0 || [Topic::REPRESENTATIVE, Topic::ADULT].contains(&topic) {
            return Err(IdError::NothingToDo);
        }
        let settled = self.settled(acting);
        let mut class = self.registry.class(identity, topic);
        class.refuse(issuer, refused, settled, self.now())?;
        self.registry.classes.insert((identity, topic), &class);
        Ok(())
    }

    /// The moment since which an identity must have refused an issuer for the refusal to have
    /// settled. During a recovery that does not move: the key that refuses may be the thief's.
    fn settled(&self, identity: &Identity) -> Timestamp {
        let (now, terms) = (self.now(), self.setup().terms);
        let at = identity.recovering_since(now, &terms).unwrap_or(now);
        at.saturating_sub(terms.settling)
    }

    #[inline(never)]
    pub(crate) fn approve(
        &mut self,
        issuer: IdentityId,
        topics: Topics,
        ceiling: Points,
    ) -> Result<(), IdError> {
        if self.registry.identity(issuer)?.truth == Truth::False {
            return Err(IdError::Challenged);
        }
        let mut approved = self.registry.issuers.get(issuer).unwrap_or_default();
        approved.approve(topics, ceiling, self.now())?;
        self.issuer_changed(issuer, approved);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn end_approval(
        &mut self,
        issuer: IdentityId,
        honest_until: Option<Timestamp>,
    ) -> Result<(), IdError> {
        let now = self.now();
        if honest_until.is_some_and(|moment| moment > now) {
            return Err(IdError::InFuture);
        }
        let mut approved = self.registry.issuers.get(issuer).unwrap_or_default();
        approved.withdraw(honest_until.unwrap_or_default(), now)?;
        self.issuer_changed(issuer, approved);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn restore(
        &mut self,
        issuer: IdentityId,
        honest_until: Timestamp,
    ) -> Result<(), IdError> {
        let now = self.now();
        if honest_until > now {
            return Err(IdError::InFuture);
        }
        let mut approved = self.registry.issuers.get(issuer).unwrap_or_default();
        approved.restore(honest_until, now)?;
        self.issuer_changed(issuer, approved);
        Ok(())
    }

    fn issuer_changed(&mut self, issuer: IdentityId, approved: Issuer) {
        self.registry.issuers.insert(issuer, &approved);
        let approved = Some(approved);
        self.env().emit_event(IssuerChanged { issuer, approved });
    }

    /// Stores an identity that was accused, acquitted or proved false.
    #[inline(never)]
    pub(crate) fn truth_changed(&mut self, identity: IdentityId, ruled: Identity) {
        if ruled.truth == Truth::False {
            self.disgrace(identity);
        }
        self.registry.save(identity, &ruled);
        self.env().emit_event(TruthChanged {
            identity,
            truth: ruled.truth,
        });
    }

    /// A false identity is no issuer, and its vouches give no points. What others attested of it
    /// stays: it may be under recovery.
    fn disgrace(&mut self, identity: IdentityId) {
        if self.registry.issuers.take(identity).is_some() {
            let (issuer, approved) = (identity, None);
            self.env().emit_event(IssuerChanged { issuer, approved });
        }
        if let Some(mut purse) = self.registry.purses.get(identity) {
            purse.is_false = true;
            self.registry.purses.insert(identity, &purse);
        }
    }
}
