//! What the maker knows of its medicine: the serial and the salt of every pack, and the tree over
//! them.

use allive_merkle::{leaf, Software, Tree};
use anyhow::{Context, Result};
use provenance::{
    pack_data, Claim, Class, Day, NewLot, ProductName, ProductTerms, Proof, Serials, Storage, DAY,
    PACK_DOMAIN,
};
use sha2::{Digest, Sha256};

/// How many packs the lot has.
pub const COUNT: u64 = 1_000;
/// So many of them go to the pharmacy: the first ones.
pub const SHIPPED: u64 = 100;
/// The pack that the patient buys.
pub const PACK: u64 = 42;

const GTIN: ProductName = ProductName::Gtin(9_506_000_134_352);
const CODE: &[u8] = b"ALLIVE-1";
/// In days.
const SHELF_LIFE: u16 = 730;

/// A lot, as its maker knows it.
pub struct Medicine {
    tree: Tree,
    expiry: Day,
}

impl Medicine {
    /// A lot that is made now.
    ///
    /// # Errors
    /// If this is no time of a chain.
    pub fn new(now: u64) -> Result<Self> {
        let leaves = (0..COUNT).map(|index| {
            let data = pack_data(&GTIN, &serial(index), index, &salt(index));
            leaf::<Software>(&PACK_DOMAIN, &data)
        });
        let today = Day::try_from(now / DAY).context("the time of the chain is too late")?;
        Ok(Self {
            tree: Tree::build(leaves.collect())?,
            expiry: today + Day::from(SHELF_LIFE) - 1,
        })
    }

    /// Its product.
    pub fn product(&self) -> ProductName {
        GTIN
    }

    /// What holds for the lots of the product.
    pub fn terms(&self) -> ProductTerms {
        ProductTerms {
            class: Class::Medicine,
            storage: Storage::default(),
            shelf_life: Some(SHELF_LIFE),
        }
    }

    /// What the chain is told of the lot.
    pub fn lot(&self) -> NewLot {
        NewLot {
            product: GTIN,
            code: CODE.to_vec(),
            expiry: Some(self.expiry),
            count: COUNT,
            serials: Some(Serials {
                root: self.tree.root(),
                // Of the file of paths, which anybody may keep.
                paths: [&[0x01, 0x55, 0x12, 0x20][..], &self.tree.root()].concat(),
            }),
        }
    }

    /// What the label of a pack says, and its path.
    pub fn claim(&self, index: u64) -> Claim {
        let proof = self.tree.proof(index).map(|path| Proof {
            serial: serial(index),
            salt: salt(index),
            path,
        });
        Claim {
            product: GTIN,
            code: CODE.to_vec(),
            expiry: Some(self.expiry),
            index,
            first: 0,
            proof,
        }
    }
}

fn secret(what: &str, index: u64) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(what);
    hash.update(index.to_le_bytes());
    hash.finalize().into()
}

/// Sixteen characters that nobody guesses.
fn serial(index: u64) -> Vec<u8> {
    hex::encode_upper(&secret("serial", index)[..8]).into_bytes()
}

fn salt(index: u64) -> [u8; 16] {
    let mut salt = [0; 16];
    salt.copy_from_slice(&secret("salt", index)[..16]);
    salt
}
