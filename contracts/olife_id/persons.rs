//! What a person does: keys, guardians and recovery.

use crate::{
    check_keys, only_somebodys, Acted, Action, Change, Control, ControlChanged, Digest, Guardians,
    Held, IdError, Identity, Keys, OlifeId, Purposes, RecoveryChanged, Slot, Truth, ALL,
};
use allive_access::only_somebody;
use allive_olife_id_interface::{IdentityId, Key, Timestamp};
use ink::{codegen::Env as _, env::hash::Blake2x256};

impl OlifeId {
    /// The common path of `act` and `act_for`. `named` is the identity in a signed request.
    #[inline(never)]
    pub(crate) fn perform(
        &mut self,
        key: Key,
        named: Option<Option<IdentityId>>,
        action: Action,
    ) -> Result<IdentityId, IdError> {
        let own = self.registry.keys.get(&key).map(|link| link.identity);
        if named.is_some_and(|named| named != own) {
            return Err(IdError::NotKey);
        }
        let identity = match (&action, own) {
            (Action::Create { guardians }, None) => self.create(&key, guardians)?,
            (Action::Consent { identity, purposes }, None) => {
                self.consent(*identity, &key, *purposes)?
            }
            (Action::Create { .. } | Action::Consent { .. }, Some(_)) => {
                return Err(IdError::KeyTaken)
            }
            (_, None) => return Err(IdError::NotKey),
            (Action::CancelRequest, _) if named.is_none() => return Err(IdError::NothingToDo),
            (_, Some(identity)) => {
                self.act_as(identity, &key, &action)?;
                identity
            }
        };
        self.env().emit_event(Acted {
            identity,
            done: (key, action),
        });
        Ok(identity)
    }

    #[inline(never)]
    fn create(&mut self, key: &Key, guardians: &Guardians) -> Result<IdentityId, IdError> {
        self.only_unpaused()?;
        only_somebodys(key)?;
        let identity = self.state.identity_count;
        self.registry.only_free(identity, key)?;
        guardians.check(identity, identity)?;
        // Cannot overflow: there is no time for 2^64 messages.
        self.state.change().identity_count = identity.saturating_add(1);
        let control = Control {
            keys: ink::prelude::vec![Held {
                key: key.clone(),
                purposes: ALL,
            }],
            guardians: guardians.clone(),
        };
        let created = Identity::new(control, self.now());
        self.registry.save(identity, &created);
        Ok(identity)
    }

    #[inline(never)]
    fn consent(
        &mut self,
        identity: IdentityId,
        key: &Key,
        purposes: Purposes,
    ) -> Result<IdentityId, IdError> {
        let mut awaiting = self.registry.identity(identity)?;
        self.registry.only_free(identity, key)?;
        awaiting.consent(Held {
            key: key.clone(),
            purposes,
        })?;
        self.registry.identities.insert(identity, &awaiting);
        Ok(identity)
    }

    #[inline(never)]
    fn act_as(&mut self, identity: IdentityId, key: &Key, action: &Action) -> Result<(), IdError> {
        let acting = self.registry.identity(identity)?;
        let (needed, when_frozen) = action.needs();
        if crate::purposes(&acting.control.keys, key) & needed == 0 {
            return Err(IdError::NotForThat);
        }
        if acting.is_frozen() && !when_frozen {
            return Err(IdError::Frozen);
        }
        match action {
            // Only keys without identity do these; `perform` handles them.
            Action::Create { .. } | Action::Consent { .. } => Ok(()),
            Action::Announce { control } => self.announce(identity, acting, control.as_ref()),
            Action::Freeze => self.freeze(identity, acting),
            Action::Cancel { begun } => self.cancel(identity, acting, *begun),
            Action::Leave => self.leave(identity, acting, key),
            Action::Recover {
                identity: ward,
                keys,
            } => self.recover(identity, *ward, keys),
            Action::Attest {
                subject,
                topic,
                value,
                weight,
                issued,
                expires,
            } => {
                let new = self.word(identity, *value, *issued, *expires);
                let weight = *weight;
                self.attest(*subject, *topic, Slot { weight, ..new })
            }
            Action::Revoke {
                subject,
                topic,
                issued,
            } => self.revoke(identity, *subject, *topic, *issued),
            Action::Refuse {
                topic,
                issuer,
                refused,
            } => self.refuse(identity, &acting, *topic, *issuer, *refused),
            Action::Vouch { .. } if acting.truth == Truth::False => Err(IdError::Challenged),
            Action::Vouch { subject, points } => self.vouch(identity, *subject, *points),
            Action::Accept { voucher, accepted } => self.accept(identity, *voucher, *accepted),
            Action::Unvouch { subject } => self.unvouch(identity, *subject),
            Action::Appoint {
                delegate,
                topics,
                issued,
                expires,
            } => self.appoint((identity, &acting), *delegate, *topics, *issued, *expires),
            Action::Dismiss { delegate, issued } => self.dismiss(identity, *delegate, *issued),
            Action::DismissAll { since, until } => {
                self.dismiss_all(identity, acting, *since, *until)
            }
            Action::Decline {
                organisation,
                declined,
                issued,
            } => self.decline(identity, *organisation, *declined, *issued),
            Action::Mandate {
                pair,
                scope,
                value,
                issued,
                expires,
            } => {
                let new = self.word(identity, *value, *issued, *expires);
                self.mandate(*pair, *scope, new)
            }
            Action::EndMandate { pair, issued } => {
                self.end_mandate((identity, &acting), *pair, *issued)
            }
            Action::Renounce { principal, issued } => self.renounce(identity, *principal, *issued),
            Action::Withdraw { to, at_most } => {
                only_somebody(to)?;
                self.withdraw(identity, to, *at_most)
            }
            // `act_for` used the nonce up; `act` has none.
            Action::CancelRequest => Ok(()),
        }
    }

    /// What an issuer says at this moment, without a weight.
    fn word(
        &self,
        issuer: IdentityId,
        value: Digest,
        issued: Option<Timestamp>,
        expires: Timestamp,
    ) -> Slot {
        let now = self.now();
        Slot {
            issuer,
            value,
            weight: 0,
            issued: issued.unwrap_or(now),
            stored: now,
            since: now,
            expires,
        }
    }

    #[inline(never)]
    fn announce(
        &mut self,
        identity: IdentityId,
        mut acting: Identity,
        control: Option<&Control>,
    ) -> Result<(), IdError> {
        if let Some(control) = control {
            control.check(identity, self.state.identity_count)?;
        }
        acting.announce(control.cloned(), self.now(), &self.setup().terms)?;
        self.registry.save(identity, &acting);
        Ok(())
    }

    #[inline(never)]
    fn freeze(&mut self, identity: IdentityId, mut acting: Identity) -> Result<(), IdError> {
        acting.freeze()?;
        self.registry.save(identity, &acting);
        Ok(())
    }

    #[inline(never)]
    fn cancel(
        &mut self,
        identity: IdentityId,
        mut acting: Identity,
        begun: Option<Timestamp>,
    ) -> Result<(), IdError> {
        let stands = self.anchor_stands(identity, &acting);
        acting.cancel(begun, stands, self.now())?;
        self.registry.save(identity, &acting);
        self.recovery_changed(identity, acting);
        Ok(())
    }

    #[inline(never)]
    fn leave(
        &mut self,
        identity: IdentityId,
        mut acting: Identity,
        key: &Key,
    ) -> Result<(), IdError> {
        let change = acting.leave(key, self.now())?;
        self.control_changed(identity, acting, &change)
    }

    #[inline(never)]
    fn recover(&mut self, voter: IdentityId, ward: IdentityId, keys: &Keys) -> Result<(), IdError> {
        let mut recovered = self.registry.identity(ward)?;
        check_keys(keys)?;
        let (now, terms) = (self.now(), self.setup().terms);
        let (begun, settling) = (recovered.recovery.begun, terms.settling);
        let registry = &self.registry;
        let is_anchor = |identity| registry.is_anchor_of(identity, ward, begun, settling, now);
        let digest = self.env().hash_encoded::<Blake2x256, _>(keys);
        let agreed = recovered.vote(voter, is_anchor, keys.clone(), digest, now, &terms)?;
        self.registry.save(ward, &recovered);
        if agreed {
            self.recovery_changed(ward, recovered);
        }
        Ok(())
    }

    /// Whether an anchor that agreed to the recovery of an identity is an anchor still.
    pub(crate) fn anchor_stands(&self, number: IdentityId, identity: &Identity) -> bool {
        let settling = self.setup().terms.settling;
        let registry = &self.registry;
        registry.anchor_stands(number, identity, settling, self.now())
    }

    /// Stores an identity whose keys or guardians changed.
    ///
    /// # Errors
    /// `KeyTaken`.
    pub(crate) fn control_changed(
        &mut self,
        identity: IdentityId,
        changed: Identity,
        change: &Change,
    ) -> Result<(), IdError> {
        let now = self.now();
        self.registry
            .save_changed(identity, &changed, change, now)?;
        self.env().emit_event(ControlChanged {
            identity,
            version: changed.version,
            recovered: change.recovered,
            control: changed.control,
        });
        Ok(())
    }

    fn recovery_changed(&self, identity: IdentityId, changed: Identity) {
        self.env().emit_event(RecoveryChanged {
            identity,
            recovery: changed.recovery,
        });
    }
}
