//! What things are called in EPCIS.

use super::Options;
use crate::{concern::Range, Goods, Subject, Trace};
use allive_epcis::identifiers::{Epc, Gln, Gtin, Lot as LotCode, Sscc};
use allive_olife_id_interface::IdentityId;
use percent_encoding::{utf8_percent_encode, AsciiSet, NON_ALPHANUMERIC};
use provenance::{ContainerId, LotId, PackId, ProductName};
use serde_json::{json, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What may not stand in the last part of a URN.
const CODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Things by themselves, and classes with how much of each.
#[derive(Default)]
pub struct Named {
    pub things: Vec<String>,
    pub amounts: Vec<Value>,
}

/// Gives names, and knows which things have ended: those are named no more, but by their class.
pub struct Namer<'t> {
    trace: &'t Trace,
    options: &'t Options<'t>,
    /// The pack whose serial is known, and its name.
    pack: Option<(PackId, String)>,
    ended: BTreeSet<String>,
    /// Who packed the container of a number. Another's has a name of the project.
    packers: BTreeMap<u64, IdentityId>,
}

impl<'t> Namer<'t> {
    pub fn new(trace: &'t Trace, options: &'t Options<'t>) -> Self {
        let pack = match (trace.subject, &options.serial) {
            (Subject::Pack(pack), Some(serial)) => {
                let lot = trace.lots.get(&pack.lot);
                let gtin = lot.and_then(|lot| gtin(&lot.product));
                gtin.map(|gtin| (pack, Epc::Sgtin(gtin, serial.clone()).to_string()))
            }
            _ => None,
        };
        Self {
            trace,
            options,
            pack,
            ended: BTreeSet::new(),
            packers: BTreeMap::new(),
        }
    }

    /// An identity: the party of its GLN, or its own name.
    pub fn party(&self, identity: IdentityId) -> String {
        match self.options.names.gln(identity) {
            Some(gln) => Epc::Pgln(*gln).to_string(),
            None => format!("{}{identity}", self.options.identity),
        }
    }

    /// A place; none for 0.
    pub fn place(&self, site: u64) -> Option<String> {
        let gln: Gln = format!("{site:013}").parse().ok()?;
        (site > 0).then(|| Epc::Sgln(gln, None).to_string())
    }

    /// The pack whose serial is known, if it is one of these and has not ended.
    fn serial(&self, packs: &Range) -> Option<String> {
        let (pack, name) = self.pack.as_ref()?;
        (packs.has(pack) && !self.ended.contains(name)).then(|| name.clone())
    }

    /// Some packs of a lot.
    pub fn packs(&self, lot: LotId, first: u64, count: u64) -> Named {
        let range = Range {
            lot,
            first,
            end: first.saturating_add(count),
        };
        match self.serial(&range) {
            Some(name) => Named {
                things: vec![name],
                ..Named::default()
            },
            None => Named {
                amounts: vec![json!({ "epcClass": self.class(&lot), "quantity": count })],
                ..Named::default()
            },
        }
    }

    pub fn goods(&mut self, goods: &Goods) -> Named {
        match goods {
            Goods::Run { run, length } => self.packs(run.lot, run.first, *length),
            Goods::Container(container) => Named {
                things: vec![self.container(*container)],
                ..Named::default()
            },
        }
    }

    pub fn all(&mut self, all: &[Goods]) -> Named {
        let mut named = Named::default();
        for goods in all {
            let Named { things, amounts } = self.goods(goods);
            named.things.extend(things);
            named.amounts.extend(amounts);
        }
        named
    }

    /// What is said of a whole lot: the class, and the pack whose serial is known.
    pub fn whole(&self, lot: LotId) -> Named {
        let range = Range {
            lot,
            first: 0,
            end: u64::MAX,
        };
        Named {
            things: self.serial(&range).into_iter().collect(),
            amounts: vec![json!({ "epcClass": self.class(&lot) })],
        }
    }

    /// What is said of a product.
    pub fn product(&self, name: &ProductName) -> Named {
        let class = match name {
            ProductName::Gtin(_) => gtin(name).map(|gtin| Epc::Gtin(gtin).to_string()),
            other => Some(urn(other)),
        };
        let range = self.pack.as_ref().map(|(pack, _)| pack.lot);
        let of_it = |lot: &LotId| {
            let lot = self.trace.lots.get(lot);
            lot.is_some_and(|lot| lot.product == *name)
        };
        let pack = range.filter(of_it).map(|lot| self.whole(lot).things);
        Named {
            things: pack.unwrap_or_default(),
            amounts: class
                .map(|class| json!({ "epcClass": class }))
                .into_iter()
                .collect(),
        }
    }

    /// A lot as a class.
    pub fn class(&self, id: &LotId) -> String {
        let unknown = || format!("urn:allive:lot:{}", hex::encode(id));
        let Some(lot) = self.trace.lots.get(id) else {
            return unknown();
        };
        let code = String::from_utf8_lossy(&lot.code);
        match &lot.product {
            ProductName::Gtin(_) => {
                let code = code.parse::<LotCode>().ok();
                let class = gtin(&lot.product).zip(code);
                class.map_or_else(unknown, |(gtin, code)| Epc::Lgtin(gtin, code).to_string())
            }
            other => format!("{}:{}", urn(other), utf8_percent_encode(&code, CODED)),
        }
    }

    /// A container, by its SSCC. One that ended, or whose number another used in this life, has a
    /// name of the project.
    pub fn container(&mut self, id: ContainerId) -> String {
        let packer = *self.packers.entry(id.sscc).or_insert(id.packer);
        let sscc: Option<Sscc> = format!("{:018}", id.sscc).parse().ok();
        let name = sscc.map(|sscc| Epc::Sscc(sscc).to_string());
        let usable = name.filter(|name| packer == id.packer && !self.ended.contains(name));
        usable.unwrap_or_else(|| format!("urn:allive:container:{}:{:018}", id.packer, id.sscc))
    }

    /// These have ended. Returns those that lived.
    pub fn end(&mut self, things: &[String]) -> Vec<String> {
        let fresh = things
            .iter()
            .filter(|thing| self.ended.insert((*thing).clone()));
        fresh.cloned().collect()
    }

    /// These have not ended after all.
    pub fn lives_again(&mut self, things: &[String]) {
        for thing in things {
            self.ended.remove(thing);
        }
    }

    /// The pack whose serial is known, if it lives: it ends with the container that it is in.
    pub fn own_pack(&self) -> Option<String> {
        let (pack, _) = self.pack.as_ref()?;
        self.serial(&Range {
            lot: pack.lot,
            first: pack.index,
            end: pack.index.saturating_add(1),
        })
    }

    pub fn lot(&self, id: &LotId) -> Option<&'t provenance::Lot> {
        self.trace.lots.get(id)
    }
}

fn gtin(name: &ProductName) -> Option<Gtin> {
    match name {
        ProductName::Gtin(number) => format!("{number:014}").parse().ok(),
        _ => None,
    }
}

/// A product without a key of GS1.
fn urn(name: &ProductName) -> String {
    match name {
        ProductName::Gtin(number) => format!("urn:allive:gtin:{number:014}"),
        ProductName::Blood { service, code } => {
            format!(
                "urn:allive:blood:{service}:{}",
                String::from_utf8_lossy(code)
            )
        }
        ProductName::Order { laboratory, number } => {
            format!("urn:allive:order:{laboratory}:{number}")
        }
    }
}
