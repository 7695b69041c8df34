//! Who does what: parties, by the GLNs that events name.

use allive_epcis::{
    document::Thing,
    identifiers::{Epc, Gln},
};
use allive_olife_id_interface::{IdentityId, Topic, Topics};
use std::collections::HashMap;

/// Somebody whom events name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its name, for people.
    pub name: String,
    /// Its identity.
    pub identity: IdentityId,
    /// Its roles. Where several fit, the first one is taken.
    pub roles: Vec<Topic>,
    /// Whether it acts here: its events are sent. Those of others are theirs to send.
    pub own: bool,
}

impl Party {
    /// The first of its roles that is one of these.
    pub fn role(&self, topics: Topics) -> Option<Topic> {
        let mut roles = self.roles.iter().copied();
        roles.find(|role| role.bit() & topics != 0)
    }
}

/// All whom a user names.
#[derive(Clone, Debug, Default)]
pub struct Parties {
    all: Vec<Party>,
    by_gln: HashMap<Gln, usize>,
    by_identity: HashMap<IdentityId, usize>,
}

impl Parties {
    /// Adds one, with the GLNs of itself and of its places.
    ///
    /// # Errors
    /// The GLN that is another party's already.
    pub fn add(&mut self, party: Party, glns: &[Gln]) -> Result<(), Gln> {
        let place = self.all.len();
        for gln in glns {
            let known = self.by_gln.insert(*gln, place);
            if known.is_some_and(|known| known != place) {
                return Err(*gln);
            }
        }
        self.by_identity.entry(party.identity).or_insert(place);
        self.all.push(party);
        Ok(())
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Party> {
        self.all.iter()
    }

    /// The one of this GLN.
    pub fn of(&self, gln: &Gln) -> Option<&Party> {
        self.all.get(*self.by_gln.get(gln)?)
    }

    /// The one with this identity.
    pub fn with(&self, identity: IdentityId) -> Option<&Party> {
        self.all.get(*self.by_identity.get(&identity)?)
    }

    /// The one of this name.
    pub fn named(&self, name: &str) -> Option<&Party> {
        self.all.iter().find(|party| party.name == name)
    }

    /// As people know the one with this identity.
    pub fn name(&self, identity: IdentityId) -> String {
        match self.with(identity) {
            Some(party) => party.name.clone(),
            None => format!("identity {identity}"),
        }
    }
}

/// The GLN of a place or a party.
pub fn gln(thing: &Thing) -> Option<&Gln> {
    match thing {
        Thing::Epc(Epc::Sgln(gln, _) | Epc::Pgln(gln)) => Some(gln),
        _ => None,
    }
}

/// A GLN as the chain has it.
pub fn site(gln: &Gln) -> u64 {
    // 13 digits.
    gln.as_str().parse().unwrap_or_default()
}
