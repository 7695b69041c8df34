//! What a scanned label proves.

use crate::{day, product, PackLabel, Paths, PathsError};
use provenance::{Claim, Mismatch, NewLot, Proof};
use std::io::{Read, Seek};

/// What a label proves, before the chain is asked where the pack is and what is said of it.
#[derive(Debug)]
pub enum Verdict {
    /// It is the label of a pack of this lot. The contract verifies the claim, in which `first` is
    /// 0: that of a lot that was never split. [`first_of_run`] finds another.
    Fits(Claim),
    /// It is not, for this reason: the first that does not fit, in the order of the contract.
    DoesNotFit(Mismatch),
    /// Nobody can say: the paths are not at hand, or are not those of this lot. This says nothing
    /// against the pack.
    NoProof(Option<PathsError>),
}

/// Holds a label against a lot, as `lot.json` or the chain has it, and against the file of its
/// paths, or a mirror of it, if there is one at hand.
///
/// A label has no century: its date is read from `year`, that of today.
pub fn check(
    label: &PackLabel,
    lot: &NewLot,
    paths: Option<impl Read + Seek>,
    year: u16,
) -> Verdict {
    let name = product(&label.gtin);
    if name != lot.product {
        return Verdict::DoesNotFit(Mismatch::Product);
    }
    if label.lot.as_str().as_bytes() != lot.code {
        return Verdict::DoesNotFit(Mismatch::Lot);
    }
    let expiry = label.expiry.map(|expiry| {
        let date = expiry.seen_from(year).ok()?;
        day::number(date)
    });
    if expiry != lot.expiry.map(Some) {
        return Verdict::DoesNotFit(Mismatch::Expiry);
    }
    let index = u64::from(label.index);
    let Some(serials) = lot.serials.as_ref().filter(|_| index < lot.count) else {
        return Verdict::DoesNotFit(Mismatch::Serial);
    };
    let Some(paths) = paths else {
        return Verdict::NoProof(None);
    };
    let proof =
        Paths::open(paths, serials.root, lot.count).and_then(|mut paths| paths.proof(index));
    match proof {
        Err(error) => Verdict::NoProof(Some(error)),
        // The file leads to the root from another leaf, so this label is none of the maker's.
        Ok(proof) if proof.leaf != label.leaf() => Verdict::DoesNotFit(Mismatch::Serial),
        Ok(proof) => Verdict::Fits(Claim {
            product: name,
            code: lot.code.clone(),
            expiry: lot.expiry,
            index,
            first: 0,
            proof: Some(Proof {
                serial: label.serial.as_str().into(),
                salt: label.salt,
                path: proof.path,
            }),
        }),
    }
}

/// The first pack of the run in which a pack is; none if the chain has no such run.
///
/// `length` tells the length of the run of the lot that begins at a pack. Runs only come from
/// splitting, so behind each is the next one, and they are walked from the first pack on: one query
/// for each run before that of the pack. Who has an index of events asks that.
///
/// # Errors
/// Those of `length`.
pub fn first_of_run<E>(
    index: u64,
    mut length: impl FnMut(u64) -> Result<Option<u64>, E>,
) -> Result<Option<u64>, E> {
    let mut first = 0_u64;
    loop {
        let Some(packs) = length(first)?.filter(|packs| *packs > 0) else {
            return Ok(None);
        };
        let next = first.saturating_add(packs);
        if index < next {
            return Ok(Some(first));
        }
        if next == first {
            return Ok(None);
        }
        first = next;
    }
}
