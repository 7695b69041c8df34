//! Measures messages, each at its second call: the first one pays for cells that do not exist yet.

use allive_calls::Receipt;
use allive_simulator::EmbeddedChain;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt::Debug};

/// How many contracts deep any message may go. Chains allow as few as five, and a caller may be a
/// contract itself.
pub const FRAMES: u32 = 4;

/// What one call of a message costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Picoseconds on the reference machine.
    pub ref_time: u64,
    /// Bytes of proof.
    pub proof_size: u64,
    /// Storage items added, of all contracts in the call.
    pub deposit_items: i64,
    /// Storage bytes added, of all contracts in the call.
    pub deposit_bytes: i64,
}

/// A measure for each message, by its name without that of its trait.
pub type Measures = BTreeMap<String, Measure>;

/// A chain whose calls are measured.
pub struct Meter {
    /// The chain.
    pub chain: EmbeddedChain,
    measures: Measures,
}

impl Meter {
    /// Nothing measured yet.
    pub fn new(chain: EmbeddedChain) -> Self {
        Self {
            chain,
            measures: Measures::new(),
        }
    }

    /// Measures a message that can refuse. `call` is called with 0 and with 1, may prepare what it
    /// needs, and returns the receipt of the message itself.
    ///
    /// # Panics
    /// If the message is refused: a refusal is no measure. If it goes deeper than [`FRAMES`].
    pub fn message<R: Debug, E: Debug>(
        &mut self,
        name: &str,
        mut call: impl FnMut(&mut EmbeddedChain, u8) -> Receipt<Result<R, E>>,
    ) {
        for turn in 0..2 {
            let receipt = call(&mut self.chain, turn);
            assert!(
                matches!(receipt.value, Ok(Ok(_))),
                "{name}, call {turn}, was refused: {:?}",
                receipt.value
            );
            self.keep(name, &receipt);
        }
    }

    /// Measures a message that only answers.
    ///
    /// # Panics
    /// If it does not answer, or goes deeper than [`FRAMES`].
    pub fn query<R: Debug>(
        &mut self,
        name: &str,
        call: impl FnOnce(&mut EmbeddedChain) -> Receipt<R>,
    ) {
        let receipt = call(&mut self.chain);
        assert!(
            receipt.value.is_ok(),
            "{name} did not answer: {:?}",
            receipt.value
        );
        self.keep(name, &receipt);
    }

    /// What was measured.
    pub fn measures(self) -> Measures {
        self.measures
    }

    fn keep<R>(&mut self, name: &str, receipt: &Receipt<R>) {
        let frames = receipt.frames;
        assert!(frames <= FRAMES, "{name} goes {frames} contracts deep");
        let measure = Measure {
            ref_time: receipt.gas.ref_time,
            proof_size: receipt.gas.proof_size,
            deposit_items: receipt.deposit.items,
            deposit_bytes: receipt.deposit.bytes,
        };
        self.measures.insert(name.to_owned(), measure);
    }
}
