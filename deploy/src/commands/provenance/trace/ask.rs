//! What events do not say, and the chain answers.

use crate::chain::queries::{Queries, TypedQueries};
use allive_calls::at;
use allive_trace::{concerned, Recorded, Subject};
use anyhow::Result;
use ink::primitives::AccountId;
use provenance::{Lot, LotId, Provenance};
use std::collections::BTreeMap;

/// The lots of a life: code, expiry, count and storage.
///
/// # Errors
/// If the chain does not answer.
pub fn lots<Q: Queries>(
    queries: &Q,
    contract: AccountId,
    facts: &[Recorded],
    subject: &Subject,
) -> Result<BTreeMap<LotId, Lot>> {
    let mut lots = BTreeMap::new();
    for id in concerned(facts, subject) {
        let lot = queries.get(at::<Provenance>(contract).lot(id))?;
        lots.extend(lot.map(|lot| (id, lot)));
    }
    Ok(lots)
}
