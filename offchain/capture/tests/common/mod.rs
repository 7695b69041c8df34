//! A chain of maps, a lot of packs, and events.

#![allow(dead_code)] // Each test uses a part of it.

use allive_capture::{lot_id, plan, Fault, Ledger, Plan, PlanError, Problem, ToldFile, Unanswered};
use allive_epcis::{identifiers::Sscc, Document, DocumentError, Limits};
use allive_olife_id_interface::{IdentityId, Topic};
use allive_packs::{product, Batch, LotSecret, Serials};
pub use provenance::DAY;
use provenance::*;
use serde_json::{json, Value};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

pub const MAKER: IdentityId = 3;
pub const PHARMACY: IdentityId = 4;
pub const STRANGER: IdentityId = 5;
pub const LOGGER: IdentityId = 6;
pub const AUTHORITY: IdentityId = 7;

pub const GTIN: &str = "09521141000502";
pub const MASKS: &str = "09521141000601";
/// 2026-04-01T00:00:00Z
pub const NOW: u64 = 1_775_001_600_000;
pub const FACTORY: u64 = 9521141000014;
pub const SHOP: u64 = 9521468000032;

/// What the contract would answer.
#[derive(Default)]
pub struct Chain {
    pub products: Vec<(ProductName, Product)>,
    pub lots: BTreeMap<LotId, Lot>,
    pub units: BTreeMap<UnitId, Cell>,
    pub words: BTreeMap<(LotId, u64), Word>,
    pub lost_roles: Vec<(IdentityId, Topic)>,
    /// How often it was asked.
    pub asked: u64,
}

impl Ledger for Chain {
    fn now(&mut self) -> Result<u64, Unanswered> {
        Ok(NOW)
    }

    fn terms(&mut self) -> Result<Terms, Unanswered> {
        Ok(Terms {
            longest_transit: 30 * DAY,
            lowering_delay: DAY,
            undo: 10 * DAY,
            notify: DAY,
        })
    }

    fn product(&mut self, name: &ProductName) -> Result<Option<Product>, Unanswered> {
        self.asked += 1;
        let found = self.products.iter().find(|(other, _)| other == name);
        Ok(found.map(|(_, product)| product.clone()))
    }

    fn lot(&mut self, id: LotId) -> Result<Option<Lot>, Unanswered> {
        self.asked += 1;
        Ok(self.lots.get(&id).cloned())
    }

    fn unit(&mut self, id: UnitId) -> Result<Option<Cell>, Unanswered> {
        self.asked += 1;
        Ok(self.units.get(&id).cloned())
    }

    fn word(&mut self, lot: LotId, number: u64) -> Result<Option<Word>, Unanswered> {
        self.asked += 1;
        Ok(self.words.get(&(lot, number)).cloned())
    }

    fn attested(&mut self, party: IdentityId, role: Topic) -> Result<bool, Unanswered> {
        Ok(!self.lost_roles.contains(&(party, role)))
    }

    fn acts(&mut self, party: IdentityId, role: Topic) -> Result<bool, Unanswered> {
        self.attested(party, role)
    }
}

/// A maker's folder with a lot of packs, and whom it knows.
pub struct Ground {
    pub folder: tempfile::TempDir,
    pub serials: Vec<String>,
    pub chain: Chain,
    pub told: ToldFile,
}

pub const PARTIES: &str = r#"
deadline = "7days"
recall = "II"
reason = "0x1111111111111111111111111111111111111111111111111111111111111111"

[[party]]
name = "Vita"
identity = 3
roles = ["manufacturer"]
glns = ["9521141000007", "9521141000014"]
own = true

[[party]]
name = "Pharmacy Ann"
identity = 4
roles = ["pharmacy"]
glns = ["9521468000001", "9521468000032"]
own = true

[[party]]
name = "Other"
identity = 5
roles = ["wholesaler"]
glns = ["9521357000006", "9521357000075"]

[[party]]
name = "Logger"
identity = 6
roles = ["logger"]
own = true

[[party]]
name = "Agency"
identity = 7
roles = ["authority"]
glns = ["9521999000006"]
own = true
"#;

impl Ground {
    /// A lot of so many packs, and one of masks without serials; both products are registered.
    pub fn new(count: u64) -> Self {
        Self::with(count, "")
    }

    /// The same, and more is told.
    pub fn with(count: u64, more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let serials = write_lot(folder.path(), "v42", GTIN, "V42", count);
        let text = format!("{PARTIES}\n[[lot]]\nfolder = \"v42\"\n{more}");
        let told = ToldFile::parse(&text, folder.path()).unwrap();
        let mut chain = Chain::default();
        for gtin in [GTIN, MASKS] {
            chain
                .products
                .push((product(&gtin.parse().unwrap()), of(MAKER)));
        }
        Self {
            folder,
            serials,
            chain,
            told,
        }
    }

    /// The lot is on the chain, and all of it with this party.
    pub fn lot_with(&mut self, holder: IdentityId, role: Topic, site: u64) -> LotId {
        let new = self.told.told.lots.new_lot(0).unwrap();
        self.commissioned(new, holder, role, site)
    }

    pub fn commissioned(
        &mut self,
        new: NewLot,
        holder: IdentityId,
        role: Topic,
        site: u64,
    ) -> LotId {
        let id = lot_id(&new.product, MAKER, &new.code);
        let lot = Lot::commission(&of(MAKER), MAKER, new, NOW).unwrap();
        let custody = Custody::new(holder, role, site, NOW - DAY).unwrap();
        let run = Run {
            length: lot.count,
            unit: Unit::of(custody).into(),
        };
        self.chain
            .units
            .insert(UnitId::Run(RunId { lot: id, first: 0 }), Cell::Run(run));
        self.chain.lots.insert(id, lot);
        id
    }

    /// Changes a unit on the chain.
    pub fn change(&mut self, id: UnitId, change: impl FnOnce(&mut Unit)) {
        change(self.chain.units.get_mut(&id).unwrap().unit_mut());
    }

    /// The pack of this index.
    pub fn pack(&self, index: usize) -> String {
        format!(
            "https://id.gs1.org/01/{GTIN}/21/{}",
            self.serials[index].replace('/', "%2F")
        )
    }

    pub fn packs(&self, indexes: impl IntoIterator<Item = usize>) -> Vec<String> {
        indexes.into_iter().map(|index| self.pack(index)).collect()
    }

    pub fn plan(&mut self, events: &[Value]) -> Result<Plan, PlanError> {
        let document = read(events);
        plan(
            &document,
            &self.told.told,
            &mut self.chain,
            &HashSet::new(),
            &[],
        )
    }

    #[track_caller]
    pub fn planned(&mut self, events: &[Value]) -> Plan {
        match self.plan(events) {
            Ok(plan) => plan,
            Err(error) => panic!("{error}"),
        }
    }

    /// The actions of a plan.
    #[track_caller]
    pub fn actions(&mut self, events: &[Value]) -> Vec<(IdentityId, Action)> {
        let plan = self.planned(events);
        plan.steps()
            .map(|step| (step.by, step.action.clone()))
            .collect()
    }

    /// What is wrong, as people read it.
    #[track_caller]
    pub fn faults(&mut self, events: &[Value]) -> Vec<Fault> {
        match self.plan(events) {
            Err(PlanError::Faults(report)) => report.faults().to_vec(),
            Err(error) => panic!("{error}"),
            Ok(plan) => panic!("no fault, but {:#?}", plan.steps().collect::<Vec<_>>()),
        }
    }

    /// There is one thing wrong: this.
    #[track_caller]
    pub fn is_wrong(&mut self, events: &[Value], event: usize, field: &str, problem: Problem) {
        let field = field.to_owned();
        assert_eq!(
            self.faults(events),
            [Fault {
                event,
                field,
                problem
            }]
        );
    }

    pub fn lot(&self) -> LotId {
        lot_id(&product(&GTIN.parse().unwrap()), MAKER, b"V42")
    }

    pub fn run(&self, first: u64) -> RunId {
        RunId {
            lot: self.lot(),
            first,
        }
    }

    pub fn unit(&self, first: u64) -> UnitId {
        UnitId::Run(self.run(first))
    }
}

/// The files of a lot. Returns its serials.
pub fn write_lot(folder: &Path, name: &str, gtin: &str, lot: &str, count: u64) -> Vec<String> {
    let batch = Batch {
        gtin: gtin.parse().unwrap(),
        lot: lot.parse().unwrap(),
        expiry: Some("2027-03-31".parse().unwrap()),
    };
    let secret = LotSecret::read_or_make(&folder.join(format!("{name}.secret"))).unwrap();
    let serials = Serials::random(&secret.keys(&batch.gtin, &batch.lot), count).unwrap();
    batch
        .write(&serials, &secret, &folder.join(name), |_| ())
        .unwrap();
    serials.iter().map(str::to_owned).collect()
}

pub fn of(owner: IdentityId) -> Product {
    let terms = ProductTerms {
        class: Class::Medicine,
        storage: Storage::default(),
        shelf_life: None,
    };
    Product::register(&ProductName::Gtin(9521141000502), owner, terms).unwrap()
}

pub fn document(events: &[Value]) -> Value {
    json!({
        "@context": [
            "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
            { "ex": "https://vocabulary.example.org/" }
        ],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-03-31T18:00:00Z",
        "epcisBody": { "eventList": events }
    })
}

#[track_caller]
pub fn read(events: &[Value]) -> Document {
    let text = document(events).to_string();
    match Document::from_slice(text.as_bytes(), &Limits::default()) {
        Ok(document) => document,
        Err(DocumentError::Faults(report)) => panic!("{report}"),
        Err(error) => panic!("{error}"),
    }
}

/// An event at this GLN.
pub fn at(gln: &str, kind: &str, action: &str, step: &str, more: Value) -> Value {
    let mut event = json!({
        "type": kind,
        "eventTime": "2026-03-02T08:00:00Z",
        "eventTimeZoneOffset": "+01:00",
        "bizStep": step,
        "readPoint": { "id": format!("https://id.gs1.org/414/{gln}") },
    });
    if !action.is_empty() {
        event["action"] = json!(action);
    }
    for (name, value) in more.as_object().unwrap() {
        event[name] = value.clone();
    }
    event
}

pub const FACTORY_GLN: &str = "9521141000014";
pub const SHOP_GLN: &str = "9521468000032";
pub const OTHER_GLN: &str = "9521357000075";

pub fn commission(epcs: Vec<String>) -> Value {
    at(
        FACTORY_GLN,
        "ObjectEvent",
        "ADD",
        "commissioning",
        json!({ "epcList": epcs }),
    )
}

pub fn observe(gln: &str, step: &str, epcs: Vec<String>) -> Value {
    at(
        gln,
        "ObjectEvent",
        "OBSERVE",
        step,
        json!({ "epcList": epcs }),
    )
}

pub fn ship(epcs: Vec<String>, to: &str) -> Value {
    let to = json!([{ "type": "possessing_party", "destination": format!("https://id.gs1.org/417/{to}") }]);
    at(
        FACTORY_GLN,
        "ObjectEvent",
        "OBSERVE",
        "shipping",
        json!({ "epcList": epcs, "destinationList": to }),
    )
}

pub fn receive(epcs: Vec<String>) -> Value {
    observe(SHOP_GLN, "receiving", epcs)
}

pub fn pack(gln: &str, sscc: &str, epcs: Vec<String>) -> Value {
    at(
        gln,
        "AggregationEvent",
        "ADD",
        "packing",
        json!({ "parentID": sscc, "childEPCs": epcs }),
    )
}

pub fn unpack(gln: &str, sscc: &str, epcs: Vec<String>) -> Value {
    at(
        gln,
        "AggregationEvent",
        "DELETE",
        "unpacking",
        json!({ "parentID": sscc, "childEPCs": epcs }),
    )
}

/// The SSCC of this number.
pub fn sscc(number: u64) -> String {
    let digits = format!("0952114100{number:07}");
    let check = allive_epcis::identifiers::check_digit(&digits).unwrap();
    format!("https://id.gs1.org/00/{digits}{check}")
}

/// The same as the chain has it.
pub fn container(number: u64, packer: IdentityId) -> ContainerId {
    let text = sscc(number);
    let digits = text.rsplit('/').next().unwrap();
    ContainerId {
        packer,
        sscc: digits.parse().unwrap(),
    }
}

pub fn with(mut event: Value, name: &str, value: Value) -> Value {
    event[name] = value;
    event
}

/// With all of the lot at the maker's.
pub fn at_maker(count: u64) -> Ground {
    let mut ground = Ground::new(count);
    ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
    ground
}

/// With all of the lot at the pharmacy's.
pub fn at_pharmacy(count: u64) -> Ground {
    let mut ground = Ground::new(count);
    ground.lot_with(PHARMACY, Topic::PHARMACY, SHOP);
    ground
}

pub fn dispense(epcs: Vec<String>) -> Value {
    at(
        SHOP_GLN,
        "ObjectEvent",
        "DELETE",
        "dispensing",
        json!({ "epcList": epcs }),
    )
}

pub fn number(text: &str) -> Sscc {
    text.rsplit('/').next().unwrap().parse().unwrap()
}

/// A container on the chain.
pub fn put(ground: &mut Ground, id: ContainerId, height: u8, inside: Option<ContainerId>) {
    let custody = Custody::new(MAKER, Topic::MANUFACTURER, FACTORY, NOW - DAY).unwrap();
    let mut unit = Unit::of(custody);
    if let Some(above) = inside {
        unit.place = Place::Inside(above);
    }
    let container = Container {
        unit: unit.into(),
        children: 1,
        height,
    };
    ground
        .chain
        .units
        .insert(UnitId::Container(id), Cell::Container(container));
}
