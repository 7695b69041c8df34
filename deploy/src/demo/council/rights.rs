//! The rights of an admin pass from the foundation to the council.

use super::members::Members;
use crate::{
    demo::actor::Actor::{self, Foundation, Group, Patient, Stranger},
    suite::{council::call, values::DAY},
    table::ALV,
};
use allive_access::{
    AccessControl, AccessError, Account, Migration, Ownable, OwnershipChanged, Pausable,
    UpgradeError, Upgradeable,
};
use allive_calls::{at, Chain, Typed};
use alv::{Alv, MINTER, PAUSER};
use anyhow::{ensure, Context, Result};
use council::{Action, Call, CouncilError};
use derived_factory::{DappId, DerivedFactory, FactoryError, Rules};
use ink::primitives::{AccountId, Hash};
use olife_id::{IdError, OlifeId};
use olife_nexus::OlifeNexus;
use provenance::Provenance;

/// What runs with new code of the Nexus.
pub const MIGRATE: Migration = ink::selector_bytes!("migrate");
/// The second DAPP that registered.
pub const CLINIC: DappId = 1;

impl<C: Chain> Members<'_, '_, C> {
    /// Each right that there is in the suite, and who has it.
    pub fn holders(&mut self) -> Result<[(&'static str, &'static str); 6]> {
        let Self {
            alv,
            identities,
            nexus,
            factory,
            provenance,
            ..
        } = *self;
        let chain = &mut *self.journal.chain;
        let owners = [
            chain.get(at::<Alv>(alv).owner()),
            chain.get(at::<OlifeId>(identities).owner()),
            chain.get(at::<OlifeNexus>(nexus).owner()),
            chain.get(at::<DerivedFactory>(factory).owner()),
            chain.get(at::<Provenance>(provenance).owner()),
        ];
        let mut pauses =
            |account: AccountId| chain.get(at::<Alv>(alv).has_role(PAUSER, account.into()));
        let pausers = [Foundation.account(), self.council].map(|account| {
            let holds = pauses(account);
            holds.then_some(account)
        });
        let pauser = match pausers {
            [Some(account), None] | [None, Some(account)] => Some(account.into()),
            _ => None,
        };
        let [token, identities, registry, vault, products] = owners;
        Ok([
            ("alv: owner, who gives roles", self.name(token)?),
            ("alv: PAUSER", self.name(pauser)?),
            (
                "olife_id: owner, who approves issuers",
                self.name(identities)?,
            ),
            (
                "olife_nexus: owner, who replaces code",
                self.name(registry)?,
            ),
            (
                "derived_factory: owner, who accuses and pauses",
                self.name(vault)?,
            ),
            ("provenance: owner, who replaces code", self.name(products)?),
        ])
    }

    fn name(&self, account: Option<Account>) -> Result<&'static str> {
        let account = account.context("nobody, or both, have a right")?;
        if *account == self.council {
            return Ok("council");
        }
        let mut actors = Actor::ALL.iter();
        let actor = actors.find(|actor| actor.account() == *account);
        Ok(actor.context("a right is with a stranger")?.name())
    }

    /// The foundation offers, the members accept all of it in one batch, and a stranger carries it
    /// out.
    pub fn take_over(&mut self) -> Result<()> {
        self.journal
            .chapter("The foundation hands all that an admin may do to a council");
        let Self {
            alv,
            identities,
            nexus,
            factory,
            provenance,
            council,
            ..
        } = *self;
        let grant = at::<Alv>(alv).grant_role(PAUSER, council.into());
        self.journal
            .accept(Foundation, "let the council pause ALV", grant)?;
        let renounce = at::<Alv>(alv).renounce_role(PAUSER);
        self.journal
            .accept(Foundation, "lay down its own right to pause", renounce)?;
        let heir = || Some(council.into());
        for (name, offer) in [
            ("ALV", at::<Alv>(alv).transfer_ownership(heir())),
            (
                "Olife ID",
                at::<OlifeId>(identities).transfer_ownership(heir()),
            ),
            (
                "the Nexus",
                at::<OlifeNexus>(nexus).transfer_ownership(heir()),
            ),
            (
                "the factory",
                at::<DerivedFactory>(factory).transfer_ownership(heir()),
            ),
            (
                "provenance",
                at::<Provenance>(provenance).transfer_ownership(heir()),
            ),
        ] {
            let what = format!("offer {name} to the council");
            self.journal.accept(Foundation, &what, offer)?;
        }

        let accept = || -> Result<Vec<Call>> {
            Ok(vec![
                call(at::<Alv>(alv).accept_ownership())?,
                call(at::<OlifeId>(identities).accept_ownership())?,
                call(at::<OlifeNexus>(nexus).accept_ownership())?,
                call(at::<DerivedFactory>(factory).accept_ownership())?,
                call(at::<Provenance>(provenance).accept_ownership())?,
            ])
        };
        let by_stranger = self.council().propose(Action::Calls(accept()?));
        self.journal.refuse(
            Stranger,
            "propose to accept",
            by_stranger,
            CouncilError::NotMember,
        )?;
        let proposal = self.propose(Patient, "to accept all five", accept()?)?;
        let execute = self.council().execute(proposal);
        self.journal.refuse(
            Stranger,
            "carry that out",
            execute,
            CouncilError::NotApproved,
        )?;
        self.approve(Group, proposal)?;
        let execute = self.council().execute(proposal);
        self.journal
            .refuse(Stranger, "carry that out", execute, CouncilError::TooEarly)?;
        self.journal.pass(2 * DAY, "2 days pass");
        let events = self.execute(proposal, "carry that out")?;
        let owners = events.iter().filter_map(|event| {
            let changed: OwnershipChanged = event.decode()?;
            Some(*changed.owner)
        });
        ensure!(
            owners.collect::<Vec<_>>() == [council; 5],
            "not every contract says that the council owns it"
        );
        Ok(())
    }

    /// Returns for each right how the foundation is refused.
    pub fn refuse_the_foundation(&mut self, next: Hash) -> Result<[String; 6]> {
        self.journal.chapter("The foundation has no say any more");
        let Self {
            alv,
            identities,
            nexus,
            factory,
            provenance,
            ..
        } = *self;
        let not_owner = AccessError::CallerIsNotOwner;
        let mint = at::<Alv>(alv).grant_role(MINTER, Foundation.account().into());
        self.journal
            .refuse(Foundation, "make itself a minter", mint, not_owner)?;
        let pause = at::<Alv>(alv).pause();
        let missing = AccessError::MissingRole;
        self.journal
            .refuse(Foundation, "pause ALV", pause, missing)?;
        let withdraw = at::<OlifeId>(identities).withdraw_approval(0, None);
        self.journal.refuse(
            Foundation,
            "withdraw its approval of an issuer",
            withdraw,
            IdError::from(not_owner),
        )?;
        let announce = at::<OlifeNexus>(nexus).announce_upgrade(next, Some(MIGRATE));
        let not_upgrader = UpgradeError::CallerIsNotOwner;
        self.journal.refuse(
            Foundation,
            "announce new code of the Nexus",
            announce,
            not_upgrader,
        )?;
        let rules = Rules {
            min_cover: 10_000,
            stake_share: 10_000,
            min_stake: ALV,
        };
        let factory = || at::<DerivedFactory>(factory);
        self.journal.refuse(
            Foundation,
            "announce rules of the factory",
            factory().announce_rules(Some(rules.into())),
            FactoryError::from(not_owner),
        )?;
        self.journal.refuse(
            Foundation,
            "accuse a DAPP",
            factory().accuse(CLINIC, [0; 32].into()),
            FactoryError::from(not_owner),
        )?;
        self.journal.refuse(
            Foundation,
            "pause the factory",
            factory().pause(),
            not_owner,
        )?;
        let announce = at::<Provenance>(provenance).announce_upgrade(next, None);
        self.journal.refuse(
            Foundation,
            "announce new code of provenance",
            announce,
            not_upgrader,
        )?;
        Ok([
            format!("{not_owner:?}"),
            format!("{missing:?}"),
            format!("{not_owner:?}"),
            format!("{not_upgrader:?}"),
            format!("{not_owner:?}"),
            format!("{not_upgrader:?}"),
        ])
    }
}
