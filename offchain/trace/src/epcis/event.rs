//! One entry as an event.

use super::{
    names::{Named, Namer},
    sensor,
};
use crate::{words, About, Entry, Goods, What, Whose};
use allive_olife_id_interface::IdentityId;
use provenance::{Alert, Capacity, End, LotId, ProductName, Transformation, DAY};
use serde_json::{json, Map, Value};

/// A step of business and the state after it; empty where there is none.
type Words = (&'static str, &'static str);

/// An event as it will be written.
pub struct Written {
    pub fields: Map<String, Value>,
    /// If it is an end that can be undone: the things that end with it.
    pub ended: Option<Vec<String>>,
}

/// Step and disposition of what happened; none for what has no words in EPCIS.
pub fn words_of(what: &What) -> Option<Words> {
    Some(match what {
        What::Commissioned { .. } => ("commissioning", "active"),
        What::Transformed { kind, .. } => match kind {
            Transformation::Repackaging => ("repackaging", "active"),
            _ => ("commissioning", "active"),
        },
        What::Packed { .. } => ("packing", "in_progress"),
        What::Unpacked { .. } => ("unpacking", "in_progress"),
        What::Shipped { .. } => ("shipping", "in_transit"),
        What::Received { .. } => ("receiving", "in_progress"),
        What::Refused { .. } => ("receiving", "returned"),
        What::CalledBack | What::Lapsed { .. } => ("void_shipping", "in_progress"),
        What::Moved => ("storing", "in_progress"),
        What::Ended(End::Dispensed) | What::Dispensed { .. } => ("dispensing", "dispensed"),
        What::PartDispensed { .. } | What::Ended(End::PartlyDispensed) => {
            ("dispensing", "partially_dispensed")
        }
        What::Ended(End::Sample) => ("sampling", "unavailable"),
        What::Ended(End::Exported) => ("shipping", "urn:allive:disposition:exported"),
        What::Ended(End::Destroyed) => ("destroying", "destroyed"),
        // That is told by what was made of it.
        What::Ended(End::Transformed) => return None,
        What::Restored | What::DispensingUndone => ("", "active"),
        What::Raised(Alert::Stolen) => ("", "stolen"),
        What::Raised(Alert::Illegitimate) => ("holding", "non_sellable_other"),
        What::Raised(_) => ("", "recalled"),
        What::Lowered { .. } => ("", ""),
        What::Suspected => ("holding", "non_sellable_other"),
        What::Cleared | What::Released(_) => ("inspecting", "conformant"),
        What::Reported { .. } => ("sensor_reporting", ""),
        What::Split { .. }
        | What::Joined { .. }
        | What::Confirmed
        | What::Alarm(_)
        | What::LoweringProposed { .. }
        | What::Acknowledged
        | What::LoggerNamed(_)
        | What::Silent { .. }
        | What::Expired => return None,
    })
}

/// The fields of the event that an entry is.
pub fn fields(namer: &mut Namer<'_>, entry: &Entry) -> Option<Written> {
    let (step, disposition) = words_of(&entry.what)?;
    let mut fields = Map::new();
    let mut set = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    set("eventTime", words::utc(entry.time).to_string().into());
    set("eventTimeZoneOffset", "+00:00".into());
    for (name, word) in [("bizStep", step), ("disposition", disposition)] {
        if !word.is_empty() {
            set(name, word.into());
        }
    }
    if let Some(place) = namer.place(entry.site) {
        set("readPoint", json!({ "id": place }));
        let stays = !matches!(entry.what, What::Shipped { .. } | What::Ended(_));
        if stays {
            set("bizLocation", json!({ "id": place }));
        }
    }
    if let Some(at) = entry.event {
        set("allive:block", at.block.into());
        set("allive:event", at.index.into());
    }
    if let Some(by) = entry.by {
        set("allive:actor", namer.party(by.identity).into());
        if let Some(role) = by.role.and_then(|role| role.name()) {
            set("allive:role", role.into());
        }
        if let Some(capacity) = by.capacity {
            set("allive:capacity", spoken(capacity).into());
        }
    }
    if let Whose::Upstream(lot) = entry.whose {
        set("allive:upstream", namer.class(&lot).into());
    }
    for (name, value) in said(namer, entry) {
        set(name, value);
    }
    let ended = subject(namer, entry, &mut fields);
    Some(Written { fields, ended })
}

/// What an entry says besides.
fn said(namer: &Namer<'_>, entry: &Entry) -> Vec<(&'static str, Value)> {
    let party = |who: IdentityId| namer.party(who);
    let from_to = |from, to| {
        let kind = "possessing_party";
        vec![
            (
                "sourceList",
                json!([{ "type": kind, "source": party(from) }]),
            ),
            (
                "destinationList",
                json!([{ "type": kind, "destination": party(to) }]),
            ),
        ]
    };
    match &entry.what {
        What::Shipped {
            from, to, until, ..
        } => {
            let mut all = from_to(*from, *to);
            all.push(("allive:until", words::utc(*until).to_string().into()));
            all
        }
        What::Received { from } => match entry.by {
            Some(by) => from_to(*from, by.identity),
            None => Vec::new(),
        },
        What::Refused { holder } => match entry.by {
            Some(by) => from_to(by.identity, *holder),
            None => Vec::new(),
        },
        What::Lapsed { to, holder } => from_to(*to, *holder),
        What::Raised(alert) => {
            let mut all = vec![("allive:alert", words::alerted(*alert).into())];
            if let Some(word) = lasting(*alert) {
                all.push(("persistentDisposition", json!({ "set": [word] })));
            }
            all
        }
        What::Lowered { alert, others } => {
            let mut all = vec![("allive:lowered", words::alerted(*alert).into())];
            if let Some(word) = lasting(*alert).filter(|_| !others) {
                all.push(("persistentDisposition", json!({ "unset": [word] })));
            }
            all
        }
        What::Reported { window, measured } => {
            let device = entry.by.map(|by| party(by.identity)).unwrap_or_default();
            let elements = sensor::elements(window, measured, device);
            vec![("sensorElementList", elements)]
        }
        What::Released(off) => vec![("allive:released", words::times(off).into())],
        _ => Vec::new(),
    }
}

/// The state that an alert is until it is lowered.
fn lasting(alert: Alert) -> Option<&'static str> {
    match alert {
        Alert::Stolen => Some("stolen"),
        Alert::Illegitimate => Some("non_sellable_other"),
        _ => Some("recalled"),
    }
}

fn spoken(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Custodian => "custodian",
        Capacity::Maker => "maker",
        Capacity::Authority => "authority",
    }
}

/// Kind, action, and what the event is about. Returns the things that end with it, if it is an end
/// that can be undone.
fn subject(
    namer: &mut Namer<'_>,
    entry: &Entry,
    fields: &mut Map<String, Value>,
) -> Option<Vec<String>> {
    match &entry.what {
        What::Transformed {
            inputs, outputs, ..
        } => {
            transformed(namer, inputs, outputs, fields);
            return None;
        }
        What::Packed { container, goods }
        | What::Unpacked {
            container, goods, ..
        } => {
            let action = match entry.what {
                What::Packed { .. } => "ADD",
                _ => "DELETE",
            };
            let named = namer.all(goods);
            fields.insert("type".into(), "AggregationEvent".into());
            fields.insert("action".into(), action.into());
            fields.insert("parentID".into(), namer.container(*container).into());
            list(fields, "childEPCs", named.things);
            list(fields, "childQuantityList", named.amounts);
            return None;
        }
        _ => (),
    }
    let mut named = match &entry.about {
        About::Pack(pack) => namer.packs(pack.lot, pack.index, 1),
        About::Goods(goods) => namer.goods(goods),
        About::Lot(lot) => match entry.what {
            What::Commissioned { count } => namer.packs(*lot, 0, count),
            _ => namer.whole(*lot),
        },
        About::Product(name) => namer.product(name),
    };
    let ends = matches!(
        entry.what,
        What::Dispensed { .. } | What::Ended(End::Destroyed | End::Dispensed)
    );
    let action = match (&entry.what, ends) {
        (What::Commissioned { .. }, _) => "ADD",
        (_, true) => "DELETE",
        _ => "OBSERVE",
    };
    // What is in a container ends with it.
    if let (true, About::Goods(Goods::Container(_))) = (ends, &entry.about) {
        named.things.extend(namer.own_pack());
    }
    fields.insert("type".into(), "ObjectEvent".into());
    fields.insert("action".into(), action.into());
    if let (About::Lot(lot), "ADD") = (&entry.about, action) {
        if let Some(ilmd) = master_data(namer, lot) {
            fields.insert("ilmd".into(), ilmd);
        }
    }
    let ended = if ends {
        namer.end(&named.things)
    } else {
        Vec::new()
    };
    // The schema asks for this list, if it is empty.
    fields.insert("epcList".into(), named.things.into());
    list(fields, "quantityList", named.amounts);
    matches!(entry.what, What::Dispensed { .. } | What::Ended(_)).then_some(ended)
}

fn transformed(
    namer: &mut Namer<'_>,
    inputs: &[Goods],
    outputs: &[LotId],
    fields: &mut Map<String, Value>,
) {
    let consumed = namer.all(inputs);
    namer.end(&consumed.things);
    let mut made = Named::default();
    for lot in outputs {
        let Named { things, amounts } = match namer.lot(lot) {
            Some(known) => namer.packs(*lot, 0, known.count),
            None => namer.whole(*lot),
        };
        made.things.extend(things);
        made.amounts.extend(amounts);
    }
    fields.insert("type".into(), "TransformationEvent".into());
    list(fields, "inputEPCList", consumed.things);
    list(fields, "inputQuantityList", consumed.amounts);
    list(fields, "outputEPCList", made.things);
    list(fields, "outputQuantityList", made.amounts);
    if let [only] = outputs {
        if let Some(ilmd) = master_data(namer, only) {
            fields.insert("ilmd".into(), ilmd);
        }
    }
}

fn list<T: Into<Value>>(fields: &mut Map<String, Value>, name: &str, items: Vec<T>) {
    if !items.is_empty() {
        let items = items.into_iter().map(Into::into).collect();
        fields.insert(name.to_owned(), Value::Array(items));
    }
}

/// What the maker says of a lot.
fn master_data(namer: &Namer<'_>, lot: &LotId) -> Option<Value> {
    let lot = namer.lot(lot)?;
    let code = String::from_utf8_lossy(&lot.code);
    let mut ilmd = json!({ "cbvmda:lotNumber": code });
    if let Value::Object(ilmd) = &mut ilmd {
        if let ProductName::Blood { code, .. } = &lot.product {
            let code = String::from_utf8_lossy(code);
            ilmd.insert("allive:bloodProduct".into(), code.into());
        }
        if let Some(last) = lot.expiry {
            let day = words::utc(u64::from(last).saturating_mul(DAY)).to_string();
            let day = day.get(..10).unwrap_or_default();
            ilmd.insert("cbvmda:itemExpirationDate".into(), day.into());
        }
    }
    Some(ilmd)
}
