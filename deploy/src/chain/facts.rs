//! Everything that a contract of provenance told, read from the blocks of a node.

use crate::progress;
use allive_rpc::Node;
use allive_trace::{read, Moment, Recorded};
use anyhow::Result;
use ink::primitives::AccountId;

/// The facts of the blocks `from` to `last`, both included.
///
/// # Errors
/// If the node has pruned one of them, or does not answer.
pub fn facts(node: &Node, contract: &AccountId, from: u64, last: u64) -> Result<Vec<Recorded>> {
    let mut facts = Vec::new();
    let count = (last + 1).saturating_sub(from);
    let bar = progress::bar(count, "block {pos} of {len}");
    for block in from..=last {
        if let Some(told) = node.told(contract, block)? {
            let time = told.time;
            let events = told.events.iter();
            facts.extend(events.filter_map(|(index, event)| {
                let (index, fact) = (*index, read(event)?);
                let at = Moment { time, block, index };
                Some(Recorded { at, fact })
            }));
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(facts)
}
