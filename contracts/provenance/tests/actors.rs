//! Who acts, and with what.

use allive_merkle::{leaf, Software, Tree};
use allive_olife_id_interface::{IdentityId, Topic};
use allive_simulator::START;
use allive_support::account;
use ink::primitives::AccountId;
use provenance::*;
use std::sync::LazyLock;

/// Deploys everything, and owns it. Has no identity.
pub const ADMIN: AccountId = account(0xad);
/// Has no identity.
pub const STRANGER: AccountId = account(0xda);

pub const MAKER: AccountId = account(1);
pub const RIVAL: AccountId = account(2);
pub const WHOLESALER: AccountId = account(3);
pub const CARRIER: AccountId = account(4);
pub const PHARMACY: AccountId = account(5);
pub const AUTHORITY: AccountId = account(6);
pub const SECOND: AccountId = account(7);
pub const BLOOD_SERVICE: AccountId = account(8);
pub const LABORATORY: AccountId = account(9);
pub const PATIENT: AccountId = account(10);
/// A device that measures a shipment, and another.
pub const LOGGER: AccountId = account(11);
pub const SPARE: AccountId = account(12);

/// Everybody who has an identity, and the one role of each.
pub const ROLES: [(AccountId, Topic); 12] = [
    (MAKER, Topic::MANUFACTURER),
    (RIVAL, Topic::MANUFACTURER),
    (WHOLESALER, Topic::WHOLESALER),
    (CARRIER, Topic::CARRIER),
    (PHARMACY, Topic::PHARMACY),
    (AUTHORITY, Topic::AUTHORITY),
    (SECOND, Topic::AUTHORITY),
    (BLOOD_SERVICE, Topic::BLOOD_SERVICE),
    (LABORATORY, Topic::LABORATORY),
    (PATIENT, Topic::PATIENT),
    (LOGGER, Topic::LOGGER),
    (SPARE, Topic::LOGGER),
];

/// The identity of an actor.
pub fn id(of: AccountId) -> IdentityId {
    100 + u64::from(of.0[0])
}

pub const TRANSIT: u64 = 1_000;
pub const DELAY: u64 = 100;
pub const UNDO: u64 = 500;
pub const NOTIFY: u64 = 240;
pub const NOTICE: u64 = 50;
pub const TERMS: Terms = Terms {
    longest_transit: TRANSIT,
    lowering_delay: DELAY,
    undo: UNDO,
    notify: NOTIFY,
};

/// What most shipments are given.
pub const UNTIL: u64 = START + 200;
pub const REASON: Reason = [0x9e; 32];
pub const COUNT: u64 = 10;

/// The number of these digits and their check digit.
pub fn checked(digits: u64) -> u64 {
    let all = (0..10).map(|check| digits * 10 + check);
    all.clone()
        .find(|number| digits::has_check_digit(*number, 18))
        .unwrap()
}

pub fn gtin() -> ProductName {
    ProductName::Gtin(9_506_000_134_352)
}

pub fn blood() -> ProductName {
    ProductName::Blood {
        service: id(BLOOD_SERVICE),
        code: *b"E0791V00",
    }
}

pub fn order() -> ProductName {
    ProductName::Order {
        laboratory: id(LABORATORY),
        number: 7,
    }
}

pub fn site(number: u64) -> u64 {
    checked(950_600_000_000 + number)
}

/// A container that an actor packs.
pub fn case(packer: AccountId, number: u64) -> ContainerId {
    ContainerId {
        packer: id(packer),
        sscc: checked(19_506_000_000_000_000 + number),
    }
}

pub fn container(packer: AccountId, number: u64) -> UnitId {
    UnitId::Container(case(packer, number))
}

/// The day on which the tests begin.
pub fn today() -> Day {
    u32::try_from(START / DAY).unwrap()
}

pub fn product_terms(class: Class) -> ProductTerms {
    ProductTerms {
        class,
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
        shelf_life: Some(100),
    }
}

pub const SALT: [u8; 16] = [7; 16];

/// The serial of a pack.
pub fn serial(index: u64) -> Vec<u8> {
    format!("SN{}", index * 7_919 + 13).into_bytes()
}

/// The tree over the serials of the lot.
pub fn tree() -> &'static Tree {
    static TREE: LazyLock<Tree> = LazyLock::new(|| {
        let leaves = (0..COUNT).map(|index| {
            let data = pack_data(&gtin(), &serial(index), index, &SALT);
            leaf::<Software>(&PACK_DOMAIN, &data)
        });
        Tree::build(leaves.collect()).unwrap()
    });
    &TREE
}

/// Ten packs with serials.
pub fn new_lot() -> NewLot {
    NewLot {
        product: gtin(),
        code: b"LOT-1".to_vec(),
        expiry: Some(today() + 10),
        count: COUNT,
        serials: Some(Serials {
            root: tree().root(),
            paths: vec![1; 36],
        }),
    }
}
