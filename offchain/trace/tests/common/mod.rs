//! Facts as they happen one after the other, and whose they are.
#![allow(dead_code, clippy::unwrap_used)]

use allive_epcis::identifiers::Sscc;
use allive_olife_id_interface::{IdentityId, Topic};
use allive_trace::*;
use provenance::*;
use std::collections::BTreeMap;

/// 2026-01-01T00:00:00Z.
pub const START: u64 = 1_767_225_600_000;
pub const HOUR: u64 = 60 * MINUTE;
/// The contract's time to give notice.
pub const NOTIFY: u64 = 24 * HOUR;

pub const MAKER: IdentityId = 1;
pub const PHARMACY: IdentityId = 2;
pub const HOSPITAL: IdentityId = 3;
pub const AUTHORITY: IdentityId = 4;
pub const LOGGER: IdentityId = 5;
pub const SERVICE: IdentityId = 6;

pub const FACTORY: u64 = 9_506_000_000_015;
pub const SHOP: u64 = 9_506_000_000_022;
pub const WARD: u64 = 9_506_000_000_039;

pub const MEDICINE: LotId = [1; 16];
pub const VACCINE: LotId = [2; 16];
pub const DONATION: LotId = [3; 16];
pub const CELLS: LotId = [4; 16];
pub const PLASMA: LotId = [5; 16];

pub const GTIN: ProductName = ProductName::Gtin(9_506_000_134_352);
pub const HEAT: Bound = Bound {
    hundredths: 800,
    side: Side::Above,
};
const REASON: Reason = [9; 32];

/// What happened until now.
pub struct Told {
    pub facts: Vec<Recorded>,
    pub now: u64,
    pub lots: BTreeMap<LotId, Lot>,
}

pub fn blood(code: &[u8; 8]) -> ProductName {
    ProductName::Blood {
        service: SERVICE,
        code: *code,
    }
}

fn lot(product: ProductName, maker: IdentityId, code: &[u8], count: u64) -> Lot {
    Lot {
        product,
        maker,
        code: code.to_vec(),
        expiry: Some(u32::try_from(START / DAY).unwrap() + 100),
        count,
        serials: None,
        storage: Storage::default(),
        ancestors: Vec::new(),
        level: 0,
        alerts: Alerts::default(),
    }
}

impl Told {
    /// Nothing has happened. The chain would answer about these lots.
    pub fn new() -> Self {
        let mut vaccine = lot(GTIN, MAKER, b"V-1", 50);
        vaccine.storage = Storage {
            limits: vec![Limit {
                bound: HEAT,
                minutes: 60,
            }],
            longest_gap: 30,
        };
        let lots = [
            (MEDICINE, lot(GTIN, MAKER, b"M/1", 100)),
            (VACCINE, vaccine),
            (
                DONATION,
                lot(blood(b"E0791V00"), SERVICE, b"G123498654321H", 1),
            ),
            (
                CELLS,
                lot(blood(b"E0226V00"), SERVICE, b"G123498654321H", 1),
            ),
            (
                PLASMA,
                lot(blood(b"E0701V00"), SERVICE, b"G123498654321H", 1),
            ),
        ];
        Self {
            facts: Vec::new(),
            now: START,
            lots: lots.into(),
        }
    }

    /// The maker has the lot of medicine.
    pub fn commissioned() -> Self {
        let mut told = Self::new();
        told.commission(MEDICINE);
        told
    }

    pub fn pass(&mut self, time: u64) -> &mut Self {
        self.now += time;
        self
    }

    /// A fact, a minute later.
    pub fn say(&mut self, fact: Fact) -> &mut Self {
        self.now += MINUTE;
        let index = u32::try_from(self.facts.len()).unwrap();
        let at = Moment {
            time: self.now,
            block: (self.now - START) / 6_000,
            index,
        };
        self.facts.push(Recorded { at, fact });
        self
    }

    pub fn commission(&mut self, lot: LotId) -> &mut Self {
        let known = self.lots[&lot].clone();
        let (product, maker, site) = (known.product, known.maker, FACTORY);
        self.say(Fact::ProductChanged {
            name: product.clone(),
            product: Product {
                owner: maker,
                former: Vec::new(),
                pending: None,
                terms: ProductTerms {
                    class: Class::Medicine,
                    storage: known.storage,
                    shelf_life: None,
                },
                alerts: Alerts::default(),
            },
        });
        self.say(Fact::Commissioned {
            lot,
            product,
            maker,
            site,
        })
    }

    pub fn ship(&mut self, unit: UnitId, to: IdentityId) -> &mut Self {
        let until = self.now + 24 * HOUR;
        self.say(Fact::Shipped {
            unit,
            holder: MAKER,
            role: Topic::MANUFACTURER,
            to,
            until,
        })
    }

    pub fn receive(
        &mut self,
        unit: UnitId,
        holder: IdentityId,
        role: Topic,
        site: u64,
    ) -> &mut Self {
        self.say(Fact::Received {
            unit,
            holder,
            role,
            site,
        })
    }

    /// The first 40 packs are with the pharmacy.
    pub fn delivered() -> Self {
        let mut told = Self::commissioned();
        let run = run(MEDICINE, 0);
        told.say(Fact::Split { run, rest: 40 });
        told.ship(unit(MEDICINE, 0), PHARMACY);
        told.receive(unit(MEDICINE, 0), PHARMACY, Topic::PHARMACY, SHOP);
        told
    }

    pub fn dispense(&mut self, index: u64) -> &mut Self {
        self.say(Fact::Dispensed {
            pack: pack(index),
            dispenser: Dispenser {
                by: PHARMACY,
                site: SHOP,
            },
            role: Topic::PHARMACY,
            prescription: None,
        })
    }

    pub fn raise(&mut self, target: Target, alert: Alert) -> &mut Self {
        let (by, capacity) = (AUTHORITY, Capacity::Authority);
        self.say(Fact::AlertRaised {
            target,
            alert,
            by,
            capacity,
            reason: REASON,
        })
    }

    pub fn suspect(&mut self, unit: UnitId, by: IdentityId) -> &mut Self {
        self.say(Fact::Suspected {
            unit,
            by,
            capacity: Capacity::Custodian,
            reason: REASON,
        })
    }

    pub fn clear(&mut self, unit: UnitId, by: IdentityId) -> &mut Self {
        let reason = REASON;
        self.say(Fact::Cleared { unit, by, reason })
    }

    /// The vaccine is measured from now on.
    pub fn watched() -> Self {
        let mut told = Self::new();
        told.commission(VACCINE);
        let logger = NewLogger {
            by: LOGGER,
            bounds: vec![HEAT],
            longest_gap: 30,
        };
        told.say(Fact::LoggerChanged {
            unit: unit(VACCINE, 0),
            holder: MAKER,
            logger: Some(logger),
        });
        told
    }

    /// A window from the last moment until now.
    pub fn report(&mut self, length: u64, outside: u64) -> &mut Self {
        self.pass(length);
        let time = outside;
        let outside = vec![Outside { bound: HEAT, time }];
        let from = self.now - length;
        self.say(Fact::WindowReported {
            unit: unit(VACCINE, 0),
            logger: LOGGER,
            window: Window {
                from,
                until: from + length,
                outside,
                digest: [0xd1; 32],
            },
        })
    }

    pub fn release(&mut self, time: u64) -> &mut Self {
        self.say(Fact::Released {
            unit: unit(VACCINE, 0),
            by: MAKER,
            capacity: Capacity::Maker,
            written_off: vec![Outside { bound: HEAT, time }],
            reason: REASON,
        })
    }

    /// A donation was made red cells and plasma.
    pub fn separated() -> Self {
        let mut told = Self::new();
        told.commission(DONATION);
        for lot in [CELLS, PLASMA] {
            told.commission(lot);
        }
        told.say(Fact::Transformed {
            inputs: vec![run(DONATION, 0)],
            outputs: vec![CELLS, PLASMA],
            kind: Transformation::BloodProcessing,
            by: SERVICE,
            site: FACTORY,
        });
        told
    }

    pub fn trace(&self, subject: Subject) -> Trace {
        self.tried(subject)
            .unwrap_or_else(|error| panic!("{error}"))
    }

    pub fn tried(&self, subject: Subject) -> Result<Trace, TraceError> {
        Trace::of(&self.facts, &self.lots, NOTIFY, subject, self.now)
    }
}

pub fn run(lot: LotId, first: u64) -> RunId {
    RunId { lot, first }
}

pub fn unit(lot: LotId, first: u64) -> UnitId {
    UnitId::Run(run(lot, first))
}

pub fn pack(index: u64) -> PackId {
    let lot = MEDICINE;
    PackId { lot, index }
}

/// A container of the maker.
pub fn case(number: u64) -> ContainerId {
    let digits = format!("3950600000000{number:04}");
    let sscc = Sscc::with_check_digit(&digits).unwrap();
    ContainerId {
        packer: MAKER,
        sscc: sscc.as_str().parse().unwrap(),
    }
}

pub fn boxed(number: u64) -> UnitId {
    UnitId::Container(case(number))
}
