//! What contracts told in blocks that are past.

use crate::{node, state, Node, NodeError};
use allive_calls::Event;
use ink::primitives::AccountId;
use scale::Decode;
use subxt::{config::PolkadotConfig, ext::subxt_core::events::Events, utils::H256};

/// What one contract told in one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Number of the block.
    pub block: u64,
    /// Its time, in milliseconds since the Unix epoch.
    pub time: u64,
    /// The events of the contract, each with its place among all events of the block.
    pub events: Vec<(u32, Event)>,
}

impl Node {
    /// Number of the latest final block.
    ///
    /// # Errors
    /// `Lost`, `Foreign`.
    pub fn last_block(&self) -> Result<u64, NodeError> {
        let header = self.wait(async {
            let at = self.rpc.chain_get_finalized_head().await?;
            self.rpc.chain_get_header(Some(at)).await
        })?;
        let header = header.ok_or_else(|| NodeError::Foreign("no final block".into()))?;
        Ok(header.number.into())
    }

    /// What a contract told in a block. None if that is nothing.
    ///
    /// # Errors
    /// `Pruned` if the node has forgotten the block, or its state; `Lost`, `Foreign`.
    pub fn told(&self, contract: &AccountId, block: u64) -> Result<Option<Told>, NodeError> {
        let at = self.block_hash(block)?;
        let account: &[u8] = contract.as_ref();
        let Some(bytes) = self.past(&state::value("System", "Events"), block, at)? else {
            return Ok(None);
        };
        // Most blocks tell of something else, and need not be decoded.
        if !bytes.windows(account.len()).any(|part| part == account) {
            return Ok(None);
        }
        let mut events = Vec::new();
        for event in Events::<PolkadotConfig>::decode_from(bytes, self.api.metadata()).iter() {
            let event = event.map_err(|error| NodeError::Foreign(error.to_string()))?;
            let told = node::emitted(&event).filter(|told| told.contract == *contract);
            events.extend(told.map(|told| (event.index(), told)));
        }
        if events.is_empty() {
            return Ok(None);
        }
        let time = self.past(&state::value("Timestamp", "Now"), block, at)?;
        let time = time.and_then(|time| u64::decode(&mut &time[..]).ok());
        let time = time.ok_or_else(|| NodeError::Foreign(format!("block {block} has no time")))?;
        Ok(Some(Told {
            block,
            time,
            events,
        }))
    }

    /// Number of the first block after which a contract was there. None if it is not there.
    ///
    /// # Errors
    /// `Pruned` if the node has forgotten the state of a block on the way; `Lost`, `Foreign`.
    pub fn created(&self, contract: &AccountId) -> Result<Option<u64>, NodeError> {
        let key = state::contract(contract);
        let is_there = |block| {
            let at = self.block_hash(block)?;
            Ok::<_, NodeError>(self.past(&key, block, at)?.is_some())
        };
        let (mut without, mut with) = (0, self.last_block()?);
        if !is_there(with)? {
            return Ok(None);
        }
        while with - without > 1 {
            let middle = without + (with - without) / 2;
            if is_there(middle)? {
                with = middle;
            } else {
                without = middle;
            }
        }
        Ok(Some(with))
    }

    fn block_hash(&self, block: u64) -> Result<H256, NodeError> {
        let hash = self.wait(self.rpc.chain_get_block_hash(Some(block.into())))?;
        hash.ok_or(NodeError::Pruned { block })
    }

    /// A value as of a block.
    fn past(&self, key: &[u8], block: u64, at: H256) -> Result<Option<Vec<u8>>, NodeError> {
        let reading = self.rpc.state_get_storage(key, Some(at));
        self.tokio
            .block_on(reading)
            .map_err(|error| NodeError::from_past(error, block))
    }
}
