//! The chapter of the distributor: who held the earlier token under an Ethereum key is paid 1:1.

use super::{
    actor::Actor::{Group, Stranger},
    deployment::Suite,
    journal::Journal,
};
use crate::{
    project,
    suite::{
        alv_distributor::{holders, Settings, NAME},
        values::{Who, DAY},
    },
};
use allive_calls::{at, Chain, EthereumKey};
use allive_holders::{Holder, Snapshot};
use alv_distributor::{destination_text, AlvDistributor, Claimant, DistributorError};
use anyhow::{Context, Result};

/// From the folder of the project.
const HOLDERS: &str = "data/holders.csv";
/// The key under which the group held the earlier token: that of an address in the list.
const GROUP_SEED: [u8; 32] = [0x42; 32];

/// What the story wants of the contract, at this time.
pub fn section(now: u64) -> Settings {
    Settings {
        holders: HOLDERS.into(),
        deadline: now + 365 * DAY,
        remainder_to: Who::Deployer,
    }
}

/// The claim of the research group.
pub struct Claim {
    holders: Snapshot,
}

impl Claim {
    /// Reads the list of holders.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read() -> Result<Self> {
        Ok(Self {
            holders: holders(&project::root()?.join(HOLDERS))?,
        })
    }

    /// The group signs where to be paid; anybody submits that, and can change nothing about it.
    ///
    /// # Errors
    /// At the first step that does not end as it must.
    pub fn play<C: Chain>(&self, journal: &mut Journal<C>, suite: &Suite) -> Result<()> {
        journal.chapter("The research group claims its ALV, 1:1");
        let distributor = suite.address(NAME)?;
        let key = EthereumKey::from_seed(GROUP_SEED);
        let address = key.address();
        let (index, entry) = (0_u64..)
            .zip(self.holders.entries())
            .find(|(_, entry)| entry.holder == Holder::Address(address))
            .context("the group is not on the list of holders")?;
        let proof = self.holders.proof(index);
        let proof = proof.context("no proof for a leaf of the list")?;
        let text = destination_text(&Group.account(), &suite.genesis, &distributor);
        let signature = key.sign_personal(&text);
        let claim = |destination| {
            let claimant = Claimant::Address {
                address,
                destination,
                signature,
            };
            at::<AlvDistributor>(distributor).claim(index, claimant, entry.amount, proof.clone())
        };
        journal.refuse(
            Stranger,
            "claim it for itself",
            claim(Stranger.account()),
            DistributorError::BadSignature,
        )?;
        let good = || claim(Group.account());
        journal.accept(Stranger, "submit what the group signed", good())?;
        journal.refuse(
            Group,
            "claim a second time",
            good(),
            DistributorError::AlreadyClaimed,
        )
    }
}
