//! A medicine, as its maker knows it.

use ::provenance::*;
use allive_merkle::{leaf, Software, Tree};
use allive_olife_id_interface::IdentityId;
use std::sync::LazyLock;

/// How many packs a lot has.
pub const COUNT: u64 = 10;

pub const GTIN: ProductName = ProductName::Gtin(9_506_000_134_352);

const SALT: [u8; 16] = [7; 16];
/// In days.
const SHELF_LIFE: u16 = 365;

pub fn terms() -> ProductTerms {
    ProductTerms {
        class: Class::Medicine,
        storage: Storage {
            limits: vec![Limit {
                bound: Bound {
                    hundredths: 800,
                    side: Side::Above,
                },
                minutes: 60,
            }],
            longest_gap: 30,
        },
        shelf_life: Some(SHELF_LIFE),
    }
}

/// A product of which nothing is said yet.
pub fn product(owner: IdentityId) -> Product {
    Product {
        owner,
        former: vec![],
        pending: None,
        terms: terms(),
        alerts: Alerts::default(),
    }
}

/// A lot that is commissioned on this day.
pub fn lot(code: &[u8], today: Day) -> NewLot {
    NewLot {
        product: GTIN,
        code: code.to_vec(),
        expiry: Some(today + 300),
        count: COUNT,
        serials: Some(Serials {
            root: tree().root(),
            paths: vec![1; 36],
        }),
    }
}

/// What the label of a pack says, which is in the run from `first` on.
pub fn claim(lot: &NewLot, index: u64, first: u64) -> Claim {
    Claim {
        product: GTIN,
        code: lot.code.clone(),
        expiry: lot.expiry,
        index,
        first,
        proof: tree().proof(index).map(|path| Proof {
            serial: serial(index),
            salt: SALT,
            path,
        }),
    }
}

/// The number of these digits and their check digit.
pub fn checked(digits: u64) -> u64 {
    let mut all = (0..10).map(|check| digits * 10 + check);
    let found = all.find(|number| digits::has_check_digit(*number, 18));
    found.expect("one of ten digits is right")
}

/// A place, by its GLN.
pub fn site(number: u64) -> u64 {
    checked(950_600_000_000 + number)
}

/// A container, by who packed it.
pub fn container(packer: IdentityId, number: u64) -> ContainerId {
    ContainerId {
        packer,
        sscc: checked(19_506_000_000_000_000 + number),
    }
}

fn serial(index: u64) -> Vec<u8> {
    format!("SN{}", index * 7_919 + 13).into_bytes()
}

fn tree() -> &'static Tree {
    static TREE: LazyLock<Tree> = LazyLock::new(|| {
        let leaves = (0..COUNT).map(|index| {
            let data = pack_data(&GTIN, &serial(index), index, &SALT);
            leaf::<Software>(&PACK_DOMAIN, &data)
        });
        Tree::build(leaves.collect()).expect("it has leaves")
    });
    &TREE
}
