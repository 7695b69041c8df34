//! Products, lots and labels.

use allive_merkle::{leaf, node, Hash, Software};
use allive_simulator::START;
use provenance::{
    digits::has_check_digit, pack_data, salt_of, Action, Claim, Class, Day, NewLot, ProductName,
    ProductTerms, Proof, Serials, Storage, DAY, PACK_DOMAIN,
};

pub(super) const LEVELS: usize = 20;
pub(super) const PACKS: u64 = 1 << LEVELS;

/// Lies hidden on a pack.
pub(super) const SECRET: [u8; 16] = [7; 16];

pub(super) fn register(name: ProductName) -> Action {
    let terms = terms().into();
    Action::Register { name, terms }
}

pub(super) fn terms() -> ProductTerms {
    ProductTerms {
        class: Class::Medicine,
        storage: Storage::default(),
        shelf_life: Some(1_000),
    }
}

pub(super) fn commission(lot: NewLot) -> Action {
    Action::Commission {
        lot: lot.into(),
        site: site(1),
    }
}

pub(super) fn expiry() -> Option<Day> {
    Day::try_from(START / DAY + 900).ok()
}

/// A lot of 2^20 packs, of which the first two can be proved.
pub(super) fn serial_lot(code: &[u8]) -> NewLot {
    let (leaves, path) = tree();
    let mut root = node::<Software>(&leaves[0], &leaves[1]);
    for sibling in path.iter().skip(1) {
        root = node::<Software>(&root, sibling);
    }
    let paths = vec![7; 36];
    NewLot {
        product: gtin(0),
        code: code.to_vec(),
        expiry: expiry(),
        count: PACKS,
        serials: Some(Serials { root, paths }),
    }
}

pub(super) fn bulk_lot(code: &[u8]) -> NewLot {
    NewLot {
        serials: None,
        ..serial_lot(code)
    }
}

pub(super) fn serial(index: u64) -> Vec<u8> {
    format!("SERIAL-OF-20-BYTES-{index}").into_bytes()
}

/// The first two leaves, and the path of the first but for its sibling, which is the second.
pub(super) fn tree() -> ([Hash; 2], [Hash; LEVELS]) {
    let leaves = [0, 1].map(|index| {
        let data = pack_data(
            &gtin(0),
            &serial(index),
            index,
            &salt_of::<Software>(&SECRET),
        );
        leaf::<Software>(&PACK_DOMAIN, &data)
    });
    let mut path = [[3; 32]; LEVELS];
    path[0] = leaves[1];
    (leaves, path)
}

pub(super) fn claim(code: &[u8], index: u64) -> Claim {
    let (leaves, mut path) = tree();
    path[0] = leaves[usize::from(index == 0)];
    Claim {
        product: gtin(0),
        code: code.to_vec(),
        expiry: expiry(),
        index,
        first: 0,
        proof: Some(Proof {
            serial: serial(index),
            salt: salt_of::<Software>(&SECRET),
            path: path.to_vec(),
        }),
    }
}

/// The number of these digits and their check digit.
pub(super) fn checked(digits: u64) -> u64 {
    let all = digits * 10..digits * 10 + 10;
    all.into_iter()
        .find(|number| has_check_digit(*number, 18))
        .unwrap_or_default()
}

pub(super) fn gtin(number: u64) -> ProductName {
    ProductName::Gtin(checked(950_600_013_435 + number))
}

pub(super) fn site(number: u64) -> u64 {
    checked(950_600_000_000 + number)
}
