//! Asks the chain about a scanned label.

use crate::{check, first_of_run, product, PackLabel, PathsError, Verdict};
use allive_olife_id_interface::IdentityId;
use provenance::{Answer, Claim, Lot, LotId, Mismatch, NewLot, Product, ProductName, RunId};
use std::io::{Read, Seek};

/// The contract, however it is reached. Each is a query, which is free.
pub trait Registry {
    /// Why the chain did not answer.
    type Error;

    /// The product of this name.
    ///
    /// # Errors
    /// If the chain does not answer, as for all of these.
    fn product(&mut self, name: &ProductName) -> Result<Option<Product>, Self::Error>;

    /// The lot of a maker with this code.
    ///
    /// # Errors
    /// See [`product`](Self::product).
    fn lot(
        &mut self,
        name: &ProductName,
        maker: IdentityId,
        code: &[u8],
    ) -> Result<Option<(LotId, Lot)>, Self::Error>;

    /// How many packs the run has that begins there.
    ///
    /// # Errors
    /// See [`product`](Self::product).
    fn length(&mut self, run: RunId) -> Result<Option<u64>, Self::Error>;

    /// What the contract answers to a claim.
    ///
    /// # Errors
    /// See [`product`](Self::product).
    fn verify(&mut self, claim: Claim) -> Result<Answer, Self::Error>;
}

/// What is known of a pack.
#[derive(Debug)]
pub enum Asked {
    /// The answer of the contract, or the mismatch that it would answer.
    Answer(Answer),
    /// Nobody can say: the paths are not at hand, or are not those of this lot. This says nothing
    /// against the pack.
    NoProof(Option<PathsError>),
}

/// Asks whether the pack with this label is genuine, and where it is.
///
/// A label has no century: its date is read from `year`, that of today.
///
/// # Errors
/// If the chain does not answer.
pub fn ask<R: Registry>(
    registry: &mut R,
    label: &PackLabel,
    paths: Option<impl Read + Seek>,
    year: u16,
) -> Result<Asked, R::Error> {
    let unknown = |mismatch| Ok(Asked::Answer(Answer::Unknown(mismatch)));
    let name = product(&label.gtin);
    let Some(product) = registry.product(&name)? else {
        return unknown(Mismatch::Product);
    };
    let mut found = None;
    for maker in product.makers() {
        found = registry.lot(&name, maker, label.lot.as_str().as_bytes())?;
        if found.is_some() {
            break;
        }
    }
    let Some((id, lot)) = found else {
        return unknown(Mismatch::Lot);
    };
    let lot = NewLot {
        product: lot.product,
        code: lot.code,
        expiry: lot.expiry,
        count: lot.count,
        serials: lot.serials,
    };
    let mut claim = match check(label, &lot, paths, year) {
        Verdict::Fits(claim) => claim,
        Verdict::DoesNotFit(mismatch) => return unknown(mismatch),
        Verdict::NoProof(error) => return Ok(Asked::NoProof(error)),
    };
    let first = first_of_run(claim.index, |first| {
        registry.length(RunId { lot: id, first })
    })?;
    let Some(first) = first else {
        return unknown(Mismatch::Run);
    };
    claim.first = first;
    registry.verify(claim).map(Asked::Answer)
}
