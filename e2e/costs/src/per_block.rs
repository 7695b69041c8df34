//! How many transactions of one message fit into one block.
//!
//! A block has room for transactions in two resources: time, and on a parachain bytes of proof.
//! Each transaction takes, of both,
//!
//! - what its message was measured to take;
//! - what `pallet-contracts` charges for the transaction around the message (its weight `call`);
//! - what every transaction takes, whatever it does: its signature, its nonce and its fee
//!   ([`ExtrinsicBaseWeight`]).
//!
//! What an empty block takes ([`BlockExecutionWeight`](constants::BlockExecutionWeight)) lies in
//! the quarter that is not for transactions. Not counted are the bytes of the transaction itself,
//! some 200 of proof, which grow with its arguments. A chain reserves the gas that a transaction
//! allows until it has run, so the counts hold where callers allow no more than a dry run asked
//! for.

use crate::meter::Measure;
use allive_calls::Gas;
use frame_support::weights::constants::{self, ExtrinsicBaseWeight};
use pallet_contracts::weights::WeightInfo;
use serde::{Deserialize, Serialize};

/// Time for one block: 2 s of 6.
const TIME: u64 = 2 * constants::WEIGHT_REF_TIME_PER_SECOND;
/// Proof of one block of a parachain: 5 MiB.
const PROOF: u64 = 5 * 1024 * 1024;

/// What transactions may take of a block of a solo chain, which has no proof.
pub const SOLO: Gas = Gas {
    ref_time: TIME / 4 * 3,
    proof_size: u64::MAX,
};

/// What transactions may take of a block of a parachain.
pub const PARACHAIN: Gas = Gas {
    ref_time: TIME / 4 * 3,
    proof_size: PROOF / 4 * 3,
};

/// How many transactions of one message fit into one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerBlock {
    /// Of a solo chain: 1.5 s.
    pub solo: u64,
    /// Of a parachain: 1.5 s and 3.75 MiB of proof, whichever ends first.
    pub parachain: u64,
}

/// How many transactions of a message that was measured so fit into one block.
pub fn per_block(message: Measure) -> PerBlock {
    let around = transaction();
    let each = Gas {
        ref_time: around.ref_time + message.ref_time,
        proof_size: around.proof_size + message.proof_size,
    };
    PerBlock {
        solo: fit(SOLO, each),
        parachain: fit(PARACHAIN, each),
    }
}

/// What a transaction takes besides its message.
pub fn transaction() -> Gas {
    // The pallet's published weights, with the prices of RocksDB for reads and writes.
    let weight = <() as WeightInfo>::call().saturating_add(ExtrinsicBaseWeight::get());
    Gas {
        ref_time: weight.ref_time(),
        proof_size: weight.proof_size(),
    }
}

/// How many of `each` find room, by the resource that ends first.
pub fn fit(room: Gas, each: Gas) -> u64 {
    let of = |room: u64, each: u64| room.checked_div(each).unwrap_or(u64::MAX);
    of(room.ref_time, each.ref_time).min(of(room.proof_size, each.proof_size))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gas(ref_time: u64, proof_size: u64) -> Gas {
        Gas {
            ref_time,
            proof_size,
        }
    }

    #[test]
    fn as_many_fit_as_the_scarcer_resource_allows() {
        assert_eq!(fit(gas(100, 1_000), gas(10, 10)), 10, "time ends first");
        assert_eq!(fit(gas(1_000, 100), gas(10, 10)), 10, "proof ends first");
        assert_eq!(fit(gas(100, 100), gas(34, 1)), 2, "none is split");
        assert_eq!(fit(gas(100, 100), gas(101, 0)), 0);
        assert_eq!(fit(gas(100, 100), gas(0, 50)), 2, "no time is no limit");
    }

    #[test]
    fn a_block_has_room_for_three_quarters_of_two_seconds_and_of_five_mebibytes() {
        assert_eq!(SOLO.ref_time, 1_500_000_000_000);
        assert_eq!(PARACHAIN, gas(1_500_000_000_000, 3_932_160));
        let empty = constants::BlockExecutionWeight::get();
        assert!(empty.ref_time() < TIME - SOLO.ref_time);
    }

    #[test]
    fn a_transaction_takes_more_than_its_message() {
        // Six reads, two writes and what the pallet does between them; signature, nonce and fee.
        assert_eq!(
            transaction(),
            gas(168_582_000 + 350_000_000 + 107_074_000, 4_291)
        );
        let message = Measure {
            ref_time: 374_344_000,
            proof_size: 4_291,
            deposit_items: 0,
            deposit_bytes: 0,
        };
        let counts = PerBlock {
            solo: 1_500,
            parachain: 458,
        };
        assert_eq!(per_block(message), counts);
    }
}
