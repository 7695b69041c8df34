//! The chain, as a plan asks it.

use crate::chain::queries::{Queries, TypedQueries};
use allive_calls::{at, Message};
use allive_capture::{Ledger, Parties, Unanswered};
use allive_olife_id_interface::{IdentityId, IdentityRegistry, Standing, Topic, Topics};
use anyhow::{bail, Result};
use ink::primitives::AccountId;
use olife_id::OlifeId;
use provenance::{
    Cell, Lot, LotId, Outcome, Product, ProductName, Provenance, ProvenanceError, Terms, UnitId,
    Word,
};
use scale::Encode;
use std::collections::BTreeMap;

/// How a party acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account that signs.
    pub account: AccountId,
    /// The organisation for which it is a delegate; none if it acts for its own identity.
    pub organisation: Option<IdentityId>,
}

/// The contract of provenance on a chain, and who acts there.
pub struct OnChain<'q> {
    pub queries: &'q dyn Queries,
    pub contract: AccountId,
    identities: AccountId,
    actors: BTreeMap<IdentityId, Actor>,
    standings: BTreeMap<(IdentityId, Topic), Option<Standing>>,
}

impl<'q> OnChain<'q> {
    /// The contract, and whoever acts by these accounts.
    ///
    /// # Errors
    /// If an account does not act for its party.
    pub fn new(
        queries: &'q dyn Queries,
        contract: AccountId,
        parties: &Parties,
        accounts: &BTreeMap<IdentityId, AccountId>,
    ) -> Result<Self> {
        let identities = queries.get(at::<Provenance>(contract).identities())?;
        let mut chain = Self {
            queries,
            contract,
            identities,
            actors: BTreeMap::new(),
            standings: BTreeMap::new(),
        };
        for (party, account) in accounts {
            let actor = chain.actor(*party, *account, parties)?;
            chain.actors.insert(*party, actor);
        }
        Ok(chain)
    }

    fn actor(&self, party: IdentityId, account: AccountId, parties: &Parties) -> Result<Actor> {
        let registry = || at::<OlifeId>(self.identities);
        let own = self.queries.get(registry().standing(account.into(), 0))?;
        if own.is_some_and(|standing| standing.identity == party) {
            let organisation = None;
            return Ok(Actor {
                account,
                organisation,
            });
        }
        let roles = parties.with(party).map_or(0, |party| {
            party.roles.iter().fold(0, |all, role| all | role.bit())
        });
        let asked = registry().standing_as(account.into(), party, roles);
        if self.queries.get(asked)?.is_some() {
            let organisation = Some(party);
            return Ok(Actor {
                account,
                organisation,
            });
        }
        let acts_for = match own {
            Some(standing) => format!("acts for identity {}", standing.identity),
            None => "acts for nobody".to_owned(),
        };
        bail!(
            "the key of {} is that of {}, which {acts_for}, and not for identity {party}",
            parties.name(party),
            self.queries.address(&account)
        )
    }

    /// How a party acts, if it acts here.
    pub fn acting(&self, party: IdentityId) -> Option<Actor> {
        self.actors.get(&party).copied()
    }

    /// The message of an action.
    pub fn message(
        &self,
        actor: Actor,
        action: provenance::Action,
    ) -> Message<impl Encode, Result<Outcome, ProvenanceError>> {
        at::<Provenance>(self.contract).act(actor.organisation, action.into())
    }

    fn standing(&mut self, party: IdentityId, role: Topic) -> Result<Option<Standing>, Unanswered> {
        if let Some(known) = self.standings.get(&(party, role)) {
            return Ok(*known);
        }
        let Some(Actor {
            account,
            organisation,
        }) = self.acting(party)
        else {
            return Ok(None);
        };
        let (registry, topics): (_, Topics) = (at::<OlifeId>(self.identities), role.bit());
        let standing = match organisation {
            None => self.queries.get(registry.standing(account.into(), topics)),
            Some(of) => self
                .queries
                .get(registry.standing_as(account.into(), of, topics)),
        };
        let standing = standing.map_err(unanswered)?;
        self.standings.insert((party, role), standing);
        Ok(standing)
    }
}

fn unanswered(error: anyhow::Error) -> Unanswered {
    Unanswered(error.into())
}

impl Ledger for OnChain<'_> {
    fn now(&mut self) -> Result<u64, Unanswered> {
        self.queries.now().map_err(unanswered)
    }

    fn terms(&mut self) -> Result<Terms, Unanswered> {
        let asked = at::<Provenance>(self.contract).terms();
        self.queries.get(asked).map_err(unanswered)
    }

    fn product(&mut self, name: &ProductName) -> Result<Option<Product>, Unanswered> {
        let asked = at::<Provenance>(self.contract).product(name.clone());
        self.queries.get(asked).map_err(unanswered)
    }

    fn lot(&mut self, id: LotId) -> Result<Option<Lot>, Unanswered> {
        let asked = at::<Provenance>(self.contract).lot(id);
        self.queries.get(asked).map_err(unanswered)
    }

    fn unit(&mut self, id: UnitId) -> Result<Option<Cell>, Unanswered> {
        let asked = at::<Provenance>(self.contract).unit(id);
        self.queries.get(asked).map_err(unanswered)
    }

    fn word(&mut self, lot: LotId, number: u64) -> Result<Option<Word>, Unanswered> {
        let asked = at::<Provenance>(self.contract).word(lot, number);
        self.queries.get(asked).map_err(unanswered)
    }

    fn attested(&mut self, party: IdentityId, role: Topic) -> Result<bool, Unanswered> {
        let standing = self.standing(party, role)?;
        Ok(standing.is_some_and(|standing| standing.held != 0))
    }

    fn acts(&mut self, party: IdentityId, role: Topic) -> Result<bool, Unanswered> {
        match self.acting(party) {
            Some(actor) if actor.organisation.is_some() => {
                Ok(self.standing(party, role)?.is_some())
            }
            _ => Ok(true),
        }
    }
}
