//! What a maker knows of packs with serials: the serial and the salt of each, and the tree over
//! them.

use allive_merkle::{leaf, Software, Tree};
use anyhow::{Context, Result};
use provenance::{
    pack_data, Claim, Day, NewLot, ProductName, ProductTerms, Proof, Serials, DAY, PACK_DOMAIN,
};
use sha2::{Digest, Sha256};

/// A lot, as its maker knows it.
pub struct Goods {
    product: ProductName,
    terms: ProductTerms,
    code: &'static str,
    count: u64,
    expiry: Day,
    tree: Tree,
}

impl Goods {
    /// A lot that is made now, and lasts for the shelf life of its product.
    ///
    /// # Errors
    /// If this is no time of a chain.
    pub fn new(
        gtin: u64,
        terms: ProductTerms,
        code: &'static str,
        count: u64,
        now: u64,
    ) -> Result<Self> {
        let product = ProductName::Gtin(gtin);
        let leaves = (0..count).map(|index| {
            let data = pack_data(&product, &serial(code, index), index, &salt(code, index));
            leaf::<Software>(&PACK_DOMAIN, &data)
        });
        let tree = Tree::build(leaves.collect())?;
        Ok(Self {
            expiry: last_day(now, terms.shelf_life)?,
            product,
            terms,
            code,
            count,
            tree,
        })
    }

    /// Its product.
    pub fn product(&self) -> ProductName {
        self.product.clone()
    }

    /// What holds for the lots of the product.
    pub fn terms(&self) -> ProductTerms {
        self.terms.clone()
    }

    /// How many packs it has.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// What the chain is told of the lot.
    pub fn lot(&self) -> NewLot {
        NewLot {
            product: self.product(),
            code: self.code.into(),
            expiry: Some(self.expiry),
            count: self.count,
            serials: Some(Serials {
                root: self.tree.root(),
                // Of the file of paths, which anybody may keep.
                paths: [&[0x01, 0x55, 0x12, 0x20][..], &self.tree.root()].concat(),
            }),
        }
    }

    /// What the label of a pack says, and its path; the pack is in the run that begins at `first`.
    pub fn claim(&self, index: u64, first: u64) -> Claim {
        let proof = self.tree.proof(index).map(|path| Proof {
            serial: serial(self.code, index),
            salt: salt(self.code, index),
            path,
        });
        Claim {
            product: self.product(),
            code: self.code.into(),
            expiry: Some(self.expiry),
            index,
            first,
            proof,
        }
    }
}

/// The last day of what is made now and lasts so many days.
///
/// # Errors
/// If this is no time of a chain.
pub fn last_day(now: u64, shelf_life: Option<u16>) -> Result<Day> {
    let today = Day::try_from(now / DAY).context("the time of the chain is too late")?;
    Ok(today + Day::from(shelf_life.unwrap_or(1)) - 1)
}

fn secret(what: &str, code: &str, index: u64) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(what);
    hash.update(code);
    hash.update(index.to_le_bytes());
    hash.finalize().into()
}

/// Sixteen characters that nobody guesses.
fn serial(code: &str, index: u64) -> Vec<u8> {
    hex::encode_upper(&secret("serial", code, index)[..8]).into_bytes()
}

fn salt(code: &str, index: u64) -> [u8; 16] {
    let mut salt = [0; 16];
    salt.copy_from_slice(&secret("salt", code, index)[..16]);
    salt
}
