//! Who acts: an identity by its own key, or by a delegate.

use crate::{Custody, Provenance, ProvenanceError};
use allive_olife_id_interface::{IdentityId, NoAnswer, Standing, Topic, Topics};
use ink::primitives::AccountId;

/// Whoever carries out an action.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Actor {
    /// The account that sent the message, or signed the request.
    pub account: AccountId,
    /// The organisation for which it acts. None if it acts for its own identity.
    pub organisation: Option<IdentityId>,
}

impl Provenance {
    /// The identity that acts. A delegate must be one for any of the `roles`; its own key needs no
    /// role, and no cell is read for one.
    pub(crate) fn identity(
        &self,
        actor: &Actor,
        roles: Topics,
    ) -> Result<IdentityId, ProvenanceError> {
        let (identity, _) = match actor.organisation {
            None => self.standing(actor, 0)?,
            Some(_) => self.standing(actor, roles)?,
        };
        Ok(identity)
    }

    /// The identity that acts, of which this role is attested.
    pub(crate) fn attested(
        &self,
        actor: &Actor,
        role: Topic,
    ) -> Result<IdentityId, ProvenanceError> {
        let (identity, held) = self.standing(actor, role.bit())?;
        if held == 0 {
            return Err(ProvenanceError::NotAttested);
        }
        Ok(identity)
    }

    /// The holder, if it is who acts. It may have lost its role: what it has must not be stuck. A
    /// delegate acts in the role in which the holder received it.
    pub(crate) fn only_holder(
        &self,
        actor: &Actor,
        custody: &Custody,
    ) -> Result<IdentityId, ProvenanceError> {
        let identity = self.identity(actor, custody.role.bit())?;
        if identity == custody.holder {
            Ok(identity)
        } else {
            Err(ProvenanceError::NotHolder)
        }
    }

    #[inline(never)]
    fn standing(
        &self,
        actor: &Actor,
        topics: Topics,
    ) -> Result<(IdentityId, Topics), ProvenanceError> {
        let account = &actor.account;
        let standing = match actor.organisation {
            None => self.setup.identities.standing(account, topics)?,
            Some(organisation) => self.standing_as(account, organisation, topics)?,
        };
        let standing = standing.ok_or(ProvenanceError::NoStanding)?;
        Ok((standing.identity, standing.held))
    }

    #[inline(never)] // So that it is not compiled where nobody is a delegate.
    fn standing_as(
        &self,
        account: &AccountId,
        organisation: IdentityId,
        topics: Topics,
    ) -> Result<Option<Standing>, NoAnswer> {
        let identities = &self.setup.identities;
        identities.standing_as(account, organisation, topics)
    }
}
