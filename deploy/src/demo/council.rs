//! The chapter of the council: whatever an admin may do is handed to it. It pauses at once in an emergency, and
//! decides about new code. Who deployed all has no say any more.

use super::{
    ground::{create, one, DAY, HOUR},
    handed_over::{HandedOver, Kept, Right},
    journal::{Actor, Journal},
};
use crate::{
    batch::call,
    table::{alv, ALV},
};
use allive_access::{
    AccessControl, AccessError, Account, Migration, Ownable, OwnershipChanged, Pausable,
    UpgradeError, Upgradeable, Upgraded,
};
use allive_calls::{at, psp22, Chain, Code, Event, Typed};
use alv::{Alv, MINTER, PAUSER};
use anyhow::{ensure, Context, Result};
use council::{
    Action, Bar, Call, Council, CouncilError, CouncilRef, EmergencyPaused, EmergencyTerms, Failure,
    ProposalExecuted, ProposalId, Terms,
};
use derived_factory::{DappId, DerivedFactory, FactoryError, Rules};
use ink::{
    codegen::ContractCallBuilder,
    primitives::{AccountId, Hash},
};
use nexus_next::NexusNext;
use olife_id::{IdError, OlifeId};
use olife_nexus::{Grant, GrantId, OlifeNexus, Purpose, Record, RecordId};
use psp22::{PSP22Error, PSP22};
use scale::Encode;
use Actor::{Clinic, Foundation, Group, Patient, Renewed, Stranger};

const MEMBERS: [Actor; 3] = [Patient, Group, Clinic];
const TERMS: Terms = Terms {
    routine: Bar {
        threshold: 2,
        delay: 0,
    },
    grave: Bar {
        threshold: 2,
        delay: 2 * DAY,
    },
    constitutional: Bar {
        threshold: 3,
        delay: 14 * DAY,
    },
    lifetime: 60 * DAY,
    emergency: EmergencyTerms {
        threshold: 2,
        window: HOUR,
        cooldown: 7 * DAY,
    },
};
const LEAST_DELAY: u64 = DAY;
/// How long the Nexus announces new code.
const NOTICE: u64 = 30 * DAY;
const MIGRATE: Migration = ink::selector_bytes!("migrate");
/// The second that registered.
const CLINIC: DappId = 1;

/// Where the chapter plays.
#[derive(Clone, Copy)]
pub struct Stage {
    pub council: AccountId,
    pub alv: AccountId,
    pub identities: AccountId,
    pub nexus: AccountId,
    pub factory: AccountId,
}

/// Creates the council.
pub fn deploy<C: Chain>(chain: &mut C, code: &Code) -> Result<AccountId> {
    let members = MEMBERS.iter().map(|member| member.account().into());
    create(
        chain,
        code,
        CouncilRef::new(members.collect(), TERMS, LEAST_DELAY),
    )
}

/// Plays the chapter. Returns what is to be told at the end.
///
/// # Errors
/// At the first step that does not end as it must, or if something of the Nexus is lost on the way.
pub fn play<C: Chain>(journal: &mut Journal<C>, stage: Stage, next: &Code) -> Result<HandedOver> {
    let mut chapter = Chapter { journal, stage };
    let before = chapter.holders()?;
    chapter.hand_over()?;
    let after = chapter.holders()?;
    let refusals = chapter.refuse_the_foundation(next.hash().into())?;
    chapter.pause()?;
    let kept = chapter.upgrade(next)?;
    let rights = before.into_iter().zip(after).zip(refusals);
    Ok(HandedOver {
        members: MEMBERS.len(),
        rights: rights
            .map(|(((right, before), (_, after)), refused)| Right {
                right,
                before,
                after,
                refused,
            })
            .collect(),
        kept,
    })
}

/// What the Nexus stores.
#[derive(Debug, PartialEq, Eq)]
struct State {
    records: Vec<Record>,
    grant: Option<Grant>,
    credits: [u128; 2],
    owed: u128,
    owner: Option<AccountId>,
}

struct Chapter<'j, 'c, C> {
    journal: &'j mut Journal<'c, C>,
    stage: Stage,
}

impl<C: Chain> Chapter<'_, '_, C> {
    fn council(&self) -> <Council as ContractCallBuilder>::Type {
        at::<Council>(self.stage.council)
    }

    /// Each right that there is in the suite, and who has it.
    fn holders(&mut self) -> Result<[(&'static str, &'static str); 5]> {
        let Stage {
            alv,
            identities,
            nexus,
            factory,
            ..
        } = self.stage;
        let chain = &mut *self.journal.chain;
        let owners = [
            chain.get(at::<Alv>(alv).owner()),
            chain.get(at::<OlifeId>(identities).owner()),
            chain.get(at::<OlifeNexus>(nexus).owner()),
            chain.get(at::<DerivedFactory>(factory).owner()),
        ];
        let mut pauses =
            |account: AccountId| chain.get(at::<Alv>(alv).has_role(PAUSER, account.into()));
        let pausers = [Foundation.account(), self.stage.council].map(|account| {
            let holds = pauses(account);
            holds.then_some(account)
        });
        let pauser = match pausers {
            [Some(account), None] | [None, Some(account)] => Some(account.into()),
            _ => None,
        };
        let [token, identities, registry, vault] = owners;
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
        ])
    }

    fn name(&self, account: Option<Account>) -> Result<&'static str> {
        let account = account.context("nobody, or both, have a right")?;
        if *account == self.stage.council {
            return Ok("council");
        }
        let mut actors = Actor::ALL.iter();
        let actor = actors.find(|actor| actor.account() == *account);
        Ok(actor.context("a right is with a stranger")?.name())
    }

    /// The foundation offers, the members accept all of it in one batch, and a stranger carries it out.
    fn hand_over(&mut self) -> Result<()> {
        self.journal
            .chapter("The foundation hands all that an admin may do to a council");
        let Stage {
            alv,
            identities,
            nexus,
            factory,
            council,
        } = self.stage;
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
            ])
        };
        let by_stranger = self.council().propose(Action::Calls(accept()?).into());
        self.journal.refuse(
            Stranger,
            "propose to accept",
            by_stranger,
            CouncilError::NotMember,
        )?;
        let proposal = self.propose(Patient, "to accept all four", accept()?)?;
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
            owners.collect::<Vec<_>>() == [council; 4],
            "not every contract says that the council owns it"
        );
        Ok(())
    }

    /// Returns for each right how the foundation is refused.
    fn refuse_the_foundation(&mut self, next: Hash) -> Result<[String; 5]> {
        self.journal.chapter("The foundation has no say any more");
        let Stage {
            alv,
            identities,
            nexus,
            factory,
            ..
        } = self.stage;
        let not_owner = AccessError::CallerIsNotOwner;
        let mint = at::<Alv>(alv).grant_role(MINTER, Foundation.account().into());
        self.journal
            .refuse(Foundation, "make itself a minter", mint, not_owner)?;
        let pause = at::<Alv>(alv).pause();
        let missing = AccessError::MissingRole;
        self.journal
            .refuse(Foundation, "pause ALV", pause, missing)?;
        let approve = at::<OlifeId>(identities).approve_issuer(0, None);
        self.journal.refuse(
            Foundation,
            "withdraw its approval of an issuer",
            approve,
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
            factory().announce_rules(Some(rules)),
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
        Ok([
            format!("{not_owner:?}"),
            format!("{missing:?}"),
            format!("{not_owner:?}"),
            format!("{not_upgrader:?}"),
            format!("{not_owner:?}"),
        ])
    }

    /// Two members pause ALV at once. What vaults owe is paid all the same, and it ends by itself.
    fn pause(&mut self) -> Result<()> {
        self.journal
            .chapter("An emergency: two members pause ALV, at once");
        let Stage {
            alv: token,
            factory,
            council,
            ..
        } = self.stage;
        let pause = || at::<Council>(council).emergency_pause(token.into());
        self.journal.refuse(
            Stranger,
            "ask for a pause of ALV",
            pause(),
            CouncilError::NotMember,
        )?;
        let (enough, _) = self
            .journal
            .accept(Group, "ask for a pause of ALV", pause())?;
        ensure!(!enough, "one member alone paused ALV");
        let (enough, events) = self
            .journal
            .accept(Clinic, "ask for a pause of ALV", pause())?;
        let _: EmergencyPaused = one(&events)?;
        ensure!(enough, "two members did not pause ALV");

        let transfer = || psp22(token).transfer(Group.account(), ALV, vec![]);
        let what = format!("transfer {} ALV", alv(ALV));
        let paused = PSP22Error::Custom("Paused".into());
        self.journal.refuse(Patient, &what, transfer(), paused)?;
        let redeem = at::<DerivedFactory>(factory).redeem(CLINIC, 100.into(), 0.into());
        self.journal.accept(Group, "redeem 1.00 CLIN", redeem)?;
        let withdraw = at::<DerivedFactory>(factory).withdraw();
        self.journal
            .accept(Group, "withdraw what it redeemed", withdraw)?;
        self.journal.refuse(
            Patient,
            "ask for another pause",
            pause(),
            CouncilError::CoolingDown,
        )?;
        self.journal
            .pass(72 * HOUR, "72 hours pass: the pause ends by itself");
        self.journal.accept(Patient, &what, transfer())?;
        Ok(())
    }

    /// New code is announced by one decision, and comes, with its migration, by another.
    fn upgrade(&mut self, next: &Code) -> Result<Vec<Kept>> {
        self.journal
            .chapter("The council has new code take over the Nexus");
        let nexus = self.stage.nexus;
        let grant = self.offer()?;
        let before = self.state(grant);
        let code = self.journal.chain.upload(Stranger.account(), &next.wasm);

        let announce = call(at::<OlifeNexus>(nexus).announce_upgrade(code, Some(MIGRATE)))?;
        let proposal = self.propose(Patient, "to announce the code", vec![announce])?;
        self.approve(Group, proposal)?;
        self.journal.pass(2 * DAY, "2 days pass");
        self.execute(proposal, "carry that out")?;

        let replace = call(at::<OlifeNexus>(nexus).set_code_hash(code))?;
        let proposal = self.propose(
            Group,
            "to put the code in place, and migrate",
            vec![replace],
        )?;
        self.approve(Clinic, proposal)?;
        self.journal.pass(2 * DAY, "2 days pass");
        let failure = Failure::Refused;
        let execute = self.council().execute(proposal);
        self.journal.refuse(
            Stranger,
            "carry that out before the notice is over",
            execute,
            CouncilError::CallFailed { index: 0, failure },
        )?;
        self.journal
            .pass(NOTICE - 2 * DAY, "28 days pass: the notice is over");
        let events = self.execute(proposal, "carry that out: nothing was spent")?;
        let upgraded: Upgraded = one(&events)?;
        ensure!(upgraded.code_hash == code, "other code came");

        let chain = &mut *self.journal.chain;
        let new = || at::<NexusNext>(nexus);
        ensure!(chain.get(new().version()) == 2, "the old code answers");
        let found = chain.get(new().found());
        ensure!(found == Some(grant + 1), "the migration did not run");
        self.kept(before, grant)
    }

    /// She offers once more, so that something is pending when the code comes.
    fn offer(&mut self) -> Result<GrantId> {
        let terms = olife_nexus::Terms {
            grantee: Group.account(),
            purpose: Purpose::Research,
            price: ALV,
            uses: 3,
            expires: self.journal.chain.now() + 100 * DAY,
        };
        let offer = at::<OlifeNexus>(self.stage.nexus).offer(0, terms);
        let (grant, _) = self.journal.accept(
            Renewed,
            "offer 3 uses of her first record for 100 days",
            offer,
        )?;
        Ok(grant)
    }

    /// What the old code says is stored.
    fn state(&mut self, grant: GrantId) -> State {
        let chain = &mut *self.journal.chain;
        let old = || at::<OlifeNexus>(self.stage.nexus);
        State {
            records: all(|id| Some(chain.get(old().record(id))?.into_inner())),
            grant: chain
                .get(old().grant(grant))
                .map(|grant| grant.into_inner()),
            credits: [Renewed, Group].map(|actor| chain.get(old().credit_of(actor.account()))),
            owed: chain.get(old().owed()),
            owner: chain.get(old().owner()).map(|owner| *owner),
        }
    }

    /// What the new code says is stored, compared part by part.
    fn kept(&mut self, before: State, grant: GrantId) -> Result<Vec<Kept>> {
        let chain = &mut *self.journal.chain;
        let new = || at::<NexusNext>(self.stage.nexus);
        let governance = chain.get(new().governance());
        let after = State {
            records: all(|id| Some(chain.get(new().record(id))?.into_inner())),
            grant: chain
                .get(new().grant(grant))
                .map(|grant| grant.into_inner()),
            credits: [Renewed, Group].map(|actor| chain.get(new().credit_of(actor.account()))),
            owed: chain.get(new().owed()),
            owner: governance.map(|governance| *governance.ownership.owner),
        };
        ensure!(
            !before.records.is_empty() && before.grant.is_some(),
            "there was nothing to be kept"
        );
        let kept = vec![
            Kept::new(
                &format!("{} records", before.records.len()),
                &before.records.encode(),
                &after.records.encode(),
            ),
            Kept::new(
                "the open grant",
                &before.grant.encode(),
                &after.grant.encode(),
            ),
            Kept::new(
                "credits, and what is owed",
                &(before.credits, before.owed).encode(),
                &(after.credits, after.owed).encode(),
            ),
            Kept::new(
                "the owner: the council",
                &before.owner.encode(),
                &after.owner.encode(),
            ),
        ];
        ensure!(before == after, "something of the Nexus was lost");
        Ok(kept)
    }

    fn propose(&mut self, by: Actor, what: &str, calls: Vec<Call>) -> Result<ProposalId> {
        let propose = self.council().propose(Action::Calls(calls).into());
        let (proposal, _) = self
            .journal
            .accept(by, &format!("propose {what}"), propose)?;
        Ok(proposal)
    }

    fn approve(&mut self, by: Actor, proposal: ProposalId) -> Result<()> {
        let approve = self.council().approve(proposal);
        self.journal.accept(by, "approve", approve)?;
        Ok(())
    }

    /// A stranger carries out what was decided.
    fn execute(&mut self, proposal: ProposalId, what: &str) -> Result<Vec<Event>> {
        let execute = self.council().execute(proposal);
        let (_, events) = self.journal.accept(Stranger, what, execute)?;
        let told: ProposalExecuted = one(&events)?;
        ensure!(told.proposal == proposal, "another proposal was executed");
        Ok(events)
    }
}

/// What lies at the numbers from 0 on.
fn all(get: impl FnMut(RecordId) -> Option<Record>) -> Vec<Record> {
    (0..).map_while(get).collect()
}
