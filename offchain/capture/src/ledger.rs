//! What the chain shows now, however it is asked.

use allive_access::Timestamp;
use allive_olife_id_interface::{IdentityId, Topic};
use blake2::{digest::consts::U16, Blake2b, Digest};
use provenance::{lot_key, Cell, Lot, LotId, Product, ProductName, RunId, Terms, UnitId, Word};
use std::error::Error;

/// The chain did not answer.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Unanswered(#[from] pub Box<dyn Error + Send + Sync>);

/// The contract, as its queries show it. Each is free.
///
/// # Errors
/// [`Unanswered`], each of them.
#[allow(clippy::missing_errors_doc)] // Said once above.
pub trait Ledger {
    /// Whether there is a chain at all. Without one only that is planned which begins in the
    /// document.
    fn sees(&self) -> bool {
        true
    }

    /// The time of the latest block.
    fn now(&mut self) -> Result<Timestamp, Unanswered>;

    /// How long things last.
    fn terms(&mut self) -> Result<Terms, Unanswered>;

    /// A product.
    fn product(&mut self, name: &ProductName) -> Result<Option<Product>, Unanswered>;

    /// A lot.
    fn lot(&mut self, id: LotId) -> Result<Option<Lot>, Unanswered>;

    /// A run or a container.
    fn unit(&mut self, id: UnitId) -> Result<Option<Cell>, Unanswered>;

    /// Which of 256 packs were dispensed.
    fn word(&mut self, lot: LotId, number: u64) -> Result<Option<Word>, Unanswered>;

    /// Whether a role is attested of a party whose key is at hand. Of others it need not know.
    fn attested(&mut self, party: IdentityId, role: Topic) -> Result<bool, Unanswered>;

    /// Whether the key at hand acts for its party about what that holds in this role: a delegate
    /// must be one for the role.
    fn acts(&mut self, party: IdentityId, role: Topic) -> Result<bool, Unanswered>;

    /// How many packs the run has that begins there.
    fn length(&mut self, run: RunId) -> Result<Option<u64>, Unanswered> {
        Ok(match self.unit(UnitId::Run(run))? {
            Some(Cell::Run(run)) => Some(run.length),
            _ => None,
        })
    }
}

/// The key of the lot of this maker with this code, as the contract computes it.
pub fn lot_id(product: &ProductName, maker: IdentityId, code: &[u8]) -> LotId {
    Blake2b::<U16>::digest(lot_key(product, maker, code)).into()
}

/// No chain: what begins in the document can be planned, as if nothing spoke against it.
#[derive(Clone, Copy, Debug)]
pub struct NoChain {
    /// The time of this machine.
    pub now: Timestamp,
}

impl Ledger for NoChain {
    fn sees(&self) -> bool {
        false
    }

    fn now(&mut self) -> Result<Timestamp, Unanswered> {
        Ok(self.now)
    }

    fn terms(&mut self) -> Result<Terms, Unanswered> {
        Ok(Terms {
            longest_transit: Terms::LONGEST,
            lowering_delay: Terms::LONGEST,
            undo: Terms::LONGEST,
            notify: Terms::LONGEST,
        })
    }

    fn product(&mut self, _: &ProductName) -> Result<Option<Product>, Unanswered> {
        Ok(None)
    }

    fn lot(&mut self, _: LotId) -> Result<Option<Lot>, Unanswered> {
        Ok(None)
    }

    fn unit(&mut self, _: UnitId) -> Result<Option<Cell>, Unanswered> {
        Ok(None)
    }

    fn word(&mut self, _: LotId, _: u64) -> Result<Option<Word>, Unanswered> {
        Ok(None)
    }

    fn attested(&mut self, _: IdentityId, _: Topic) -> Result<bool, Unanswered> {
        Ok(true)
    }

    fn acts(&mut self, _: IdentityId, _: Topic) -> Result<bool, Unanswered> {
        Ok(true)
    }
}
