//! The council has new code take over the Nexus, which loses nothing of what it stores.

use super::{members::Members, rights::MIGRATE, tables::Kept};
use crate::{
    demo::{
        actor::Actor::{Clinic, Group, Patient, Renewed, Stranger},
        journal::one,
        olife_nexus::NOTICE,
    },
    suite::{council::call, values::DAY},
    table::ALV,
};
use allive_access::{Ownable, Upgradeable, Upgraded};
use allive_calls::{at, Chain, Code, Typed};
use anyhow::{ensure, Result};
use council::{CouncilError, Failure};
use ink::primitives::AccountId;
use nexus_next::NexusNext;
use olife_nexus::{Grant, GrantId, OlifeNexus, Purpose, Record, RecordId};
use scale::Encode;

/// What the Nexus stores.
#[derive(Debug, PartialEq, Eq)]
struct State {
    records: Vec<Record>,
    grant: Option<Grant>,
    credits: [u128; 2],
    owed: u128,
    owner: Option<AccountId>,
}

impl<C: Chain> Members<'_, '_, C> {
    /// New code is announced by one decision, and comes, with its migration, by another.
    pub fn upgrade(&mut self, next: &Code) -> Result<Vec<Kept>> {
        self.journal
            .chapter("The council has new code take over the Nexus");
        let nexus = self.nexus;
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
        let terms = olife_nexus::GrantTerms {
            grantee: Group.account(),
            purpose: Purpose::Research,
            price: ALV,
            uses: 3,
            expires: self.journal.chain.now() + 100 * DAY,
        };
        let offer = at::<OlifeNexus>(self.nexus).offer(0, terms);
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
        let old = || at::<OlifeNexus>(self.nexus);
        State {
            records: all(|id| chain.get(old().record(id))),
            grant: chain.get(old().grant(grant)),
            credits: [Renewed, Group].map(|actor| chain.get(old().credit_of(actor.account()))),
            owed: chain.get(old().owed()),
            owner: chain.get(old().owner()).map(|owner| *owner),
        }
    }

    /// What the new code says is stored, compared part by part.
    fn kept(&mut self, before: State, grant: GrantId) -> Result<Vec<Kept>> {
        let chain = &mut *self.journal.chain;
        let new = || at::<NexusNext>(self.nexus);
        let governance = chain.get(new().governance());
        let after = State {
            records: all(|id| chain.get(new().record(id))),
            grant: chain.get(new().grant(grant)),
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
}

/// What lies at the numbers from 0 on.
fn all(get: impl FnMut(RecordId) -> Option<Record>) -> Vec<Record> {
    (0..).map_while(get).collect()
}
