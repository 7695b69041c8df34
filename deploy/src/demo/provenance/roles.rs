//! Who may do what in a supply chain, and where.

use super::supply::Supply;
use crate::{
    demo::actor::Actor::{self, Clinic, Foundation, Group, Maker},
    suite::values::DAY,
};
use allive_calls::{at, Chain};
use allive_olife_id_interface::{IdentityId, Topic};
use anyhow::Result;
use olife_id::{Guardians, OlifeId};

/// The foundation, which attests roles.
const ISSUER: IdentityId = 0;

/// Who says that somebody has a role, who has it, and what that is.
const ROLES: [(Actor, Actor, Topic, &str); 7] = [
    (Foundation, Maker, Topic::MANUFACTURER, "a manufacturer"),
    (Foundation, Maker, Topic::LOGGER, "a logger of temperatures"),
    (Foundation, Maker, Topic::QUALITY, "responsible for quality"),
    (Foundation, Clinic, Topic::PHARMACY, "a pharmacy"),
    (Foundation, Group, Topic::HOSPITAL, "a hospital"),
    (Foundation, Group, Topic::BLOOD_SERVICE, "a blood service"),
    // Nobody attests itself.
    (Group, Foundation, Topic::AUTHORITY, "an authority"),
];

// Places, each by its GLN.
pub const FACTORY: u64 = 9_506_000_000_015;
pub const PHARMACY: u64 = 9_506_000_000_022;
pub const HOSPITAL: u64 = 9_506_000_000_039;

impl<C: Chain> Supply<'_, '_, C> {
    /// The maker gets an identity, and everybody its roles.
    pub fn attest(&mut self) -> Result<()> {
        self.journal
            .chapter("Provenance: whoever makes, keeps or dispenses medicines has a role");
        let mut identities = at::<OlifeId>(self.identities);
        let guardians = Guardians::default();
        let create = identities.act(olife_id::Action::Create { guardians });
        self.journal.accept(Maker, "create an identity", create)?;
        let topics = |issuer: Actor| {
            let of = ROLES.iter().filter(move |(by, ..)| *by == issuer);
            of.fold(0, |all, (_, _, role, _)| all | role.bit())
        };
        let known = Topic::KNOWN.bit() | Topic::PATIENT.bit();
        let approve = identities.approve_issuer(ISSUER, topics(Foundation) | known, 100);
        let what = "approve itself for the roles of a supply chain";
        self.journal.accept(Foundation, what, approve)?;
        let hospital = self.identity(Group)?;
        let approve = identities.approve_issuer(hospital, topics(Group), 0);
        let what = "approve the research group for authorities";
        self.journal.accept(Foundation, what, approve)?;
        let expires = self.journal.chain.now() + 365 * DAY;
        for (issuer, actor, topic, name) in ROLES {
            let attest = identities.act(olife_id::Action::Attest {
                subject: self.identity(actor)?,
                topic,
                value: [0x5e; 32],
                weight: 0,
                issued: None,
                expires,
            });
            let what = format!("attest that the {} is {name}", actor.name());
            self.journal.accept(issuer, &what, attest)?;
        }
        Ok(())
    }
}
