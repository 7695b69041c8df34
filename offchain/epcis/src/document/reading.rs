//! Reading an event.

use std::collections::{HashMap, HashSet};

use allive_records::canonical;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{
    event::{
        Action, Attribute, ErrorDeclaration, Event, EventKind, Extension, PersistentDisposition,
        Quantity, Typed,
    },
    fault::Problem,
    fields::{Fields, Path, Reader},
    sensor,
    thing::{Thing, Word},
};
use crate::{
    event_hash,
    vocabulary::{
        Vocabulary, BIZ_STEPS, DISPOSITIONS, ERROR_REASONS, PARTY_TYPES, TRANSACTION_TYPES,
    },
    Timestamp,
};

const KINDS: &str =
    "ObjectEvent, AggregationEvent, TransactionEvent, TransformationEvent, AssociationEvent";

/// The fields that every kind of event has.
const COMMON: [&str; 17] = [
    "@context",
    "type",
    "eventTime",
    "recordTime",
    "eventTimeZoneOffset",
    "eventID",
    "certificationInfo",
    "errorDeclaration",
    "bizStep",
    "disposition",
    "persistentDisposition",
    "readPoint",
    "bizLocation",
    "bizTransactionList",
    "sourceList",
    "destinationList",
    "sensorElementList",
];

/// The fields that a kind of event has besides those.
fn own_fields(kind: EventKind) -> &'static [&'static str] {
    match kind {
        EventKind::Object => &["action", "epcList", "quantityList", "ilmd"],
        EventKind::Aggregation | EventKind::Association => {
            &["action", "parentID", "childEPCs", "childQuantityList"]
        }
        EventKind::Transaction => &["action", "parentID", "epcList", "quantityList"],
        EventKind::Transformation => &[
            "inputEPCList",
            "inputQuantityList",
            "outputEPCList",
            "outputQuantityList",
            "transformationID",
            "ilmd",
        ],
    }
}

/// Reads an event. `None` if what is missing or wrong leaves no event; its faults are noted, as are
/// those of an event that is returned.
pub fn read(reader: &Reader, index: usize, map: &Map<String, Value>) -> Option<Event> {
    let root = Path::Root;
    let fields = Fields {
        reader,
        map,
        path: root,
    };
    let kind = kind(&fields)?;
    let mut extensions = Vec::new();
    let mut known = COMMON.to_vec();
    known.extend(own_fields(kind));
    fields.others(&known, |name, value| {
        extensions.push(extension(reader, &root, name, value));
    });

    let time = fields
        .required("eventTime")
        .and_then(|_| fields.time("eventTime"));
    let offset = fields
        .required("eventTimeZoneOffset")
        .and_then(|_| offset(&fields));
    let record_time = fields.time("recordTime");
    if let (Some(event), Some(earlier)) = (time, record_time) {
        if earlier < event {
            fields.fault("recordTime", Problem::BeforeTheEvent { earlier, event });
        }
    }
    let hash = event_hash(map, &reader.context);
    let id = fields.uri("eventID");
    let error = fields
        .inner("errorDeclaration", |inner| {
            declaration(inner, time, &mut extensions)
        })
        .flatten();
    let action = match kind {
        EventKind::Transformation => None,
        _ => fields.required("action").and_then(|_| action(&fields)),
    };
    let (things, quantities) = match kind {
        EventKind::Object | EventKind::Transaction => ("epcList", "quantityList"),
        _ => ("childEPCs", "childQuantityList"),
    };
    let transforms = kind == EventKind::Transformation;
    let event = Event {
        index,
        kind,
        hash,
        id,
        // Without these no event is returned, but whatever else is wrong with it is noted first.
        time: time.unwrap_or(Timestamp(0)),
        offset_minutes: offset.unwrap_or_default(),
        record_time,
        error,
        action,
        biz_step: fields.word("bizStep", &BIZ_STEPS),
        disposition: fields.word("disposition", &DISPOSITIONS),
        persistent_disposition: persistent_disposition(&fields),
        parent: parent(&fields),
        things: if transforms {
            Vec::new()
        } else {
            fields.things(things)
        },
        quantities: if transforms {
            Vec::new()
        } else {
            amounts(&fields, quantities)
        },
        inputs: fields.things("inputEPCList"),
        input_quantities: amounts(&fields, "inputQuantityList"),
        outputs: fields.things("outputEPCList"),
        output_quantities: amounts(&fields, "outputQuantityList"),
        transformation_id: fields.uri("transformationID"),
        read_point: place(&fields, "readPoint", &mut extensions),
        biz_location: place(&fields, "bizLocation", &mut extensions),
        transactions: typed(
            &fields,
            "bizTransactionList",
            "bizTransaction",
            &TRANSACTION_TYPES,
        ),
        sources: typed(&fields, "sourceList", "source", &PARTY_TYPES),
        destinations: typed(&fields, "destinationList", "destination", &PARTY_TYPES),
        sensors: sensor::read(&fields, &mut extensions),
        certificates: certificates(&fields),
        ilmd: attributes(&fields),
        extensions,
    };
    check_subject(&fields, &event);
    time.and(offset).map(|_| event)
}

fn kind(fields: &Fields<'_>) -> Option<EventKind> {
    fields.required("type")?;
    let name = fields.text("type")?;
    let kind = EventKind::of(name);
    if kind.is_none() {
        fields.fault(
            "type",
            Problem::UnknownType {
                found: name.to_owned(),
                known: KINDS,
            },
        );
    }
    kind
}

fn offset(fields: &Fields<'_>) -> Option<i64> {
    let text = fields.text("eventTimeZoneOffset")?;
    let minutes = (text.len() == 6)
        .then(|| crate::time::offset_minutes(text))
        .flatten()
        .filter(|minutes| (-840..=840).contains(minutes));
    if minutes.is_none() {
        fields.fault(
            "eventTimeZoneOffset",
            Problem::NotAnOffset {
                text: text.to_owned(),
            },
        );
    }
    minutes
}

fn action(fields: &Fields<'_>) -> Option<Action> {
    let text = fields.text("action")?;
    let action = Action::of(text);
    if action.is_none() {
        fields.fault(
            "action",
            Problem::NotAnAction {
                text: text.to_owned(),
            },
        );
    }
    action
}

fn parent(fields: &Fields<'_>) -> Option<Thing> {
    let parent = fields.thing("parentID")?;
    if parent.is_class() {
        fields.fault("parentID", Problem::Class);
        return None;
    }
    Some(parent)
}

fn amounts(fields: &Fields<'_>, name: &str) -> Vec<Quantity> {
    fields.objects(name, |item| {
        item.only(&["epcClass", "quantity", "uom"]);
        item.required("epcClass")?;
        let class = item.thing("epcClass");
        if matches!(&class, Some(Thing::Epc(epc)) if !epc.is_class()) {
            item.fault("epcClass", Problem::NotAClass);
        }
        let amount = item.number("quantity");
        if amount.is_some_and(|it| it <= 0.0) {
            item.fault("quantity", Problem::NotPositive);
        }
        let unit = item.text("uom");
        if let Some(text) = unit {
            let fits = matches!(text.len(), 2 | 3)
                && text
                    .bytes()
                    .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
            if !fits {
                item.fault(
                    "uom",
                    Problem::NotAUnit {
                        text: text.to_owned(),
                    },
                );
            }
        }
        Some(Quantity {
            class: class?,
            amount,
            unit: unit.map(str::to_owned),
        })
    })
}

fn typed(fields: &Fields<'_>, list: &str, name: &str, words: &Vocabulary) -> Vec<Typed> {
    fields.objects(list, |item| {
        item.only(&["type", name]);
        // Only a transaction goes without saying what it is.
        if name != "bizTransaction" {
            item.required("type");
        }
        item.required(name);
        let kind = item.word("type", words);
        let id = item.thing(name)?;
        Some(Typed { kind, id })
    })
}

fn persistent_disposition(fields: &Fields<'_>) -> PersistentDisposition {
    fields
        .inner("persistentDisposition", |inner| {
            inner.only(&["set", "unset"]);
            if !inner.has("set") && !inner.has("unset") {
                inner.fault_here(Problem::Empty);
            }
            let words = |name| {
                inner.not_empty(name);
                let mut places: HashMap<Word, usize> = HashMap::new();
                let mut place = 0usize;
                inner.list(name, |value, path| {
                    let here = place;
                    place = place.saturating_add(1);
                    let word = inner.reader.word(value, &DISPOSITIONS, path)?;
                    match places.get(&word) {
                        Some(&first) => inner.reader.fault(path, Problem::Twice { first }),
                        None => drop(places.insert(word.clone(), here)),
                    }
                    Some(word)
                })
            };
            PersistentDisposition {
                set: words("set"),
                unset: words("unset"),
            }
        })
        .unwrap_or_default()
}

fn place(fields: &Fields<'_>, name: &str, extensions: &mut Vec<Extension>) -> Option<Thing> {
    fields
        .inner(name, |inner| {
            keep(&inner, &["id"], extensions);
            inner.required("id")?;
            inner.thing("id")
        })
        .flatten()
}

fn certificates(fields: &Fields<'_>) -> Vec<String> {
    match fields.get("certificationInfo") {
        Some(Value::Array(_)) => fields.list("certificationInfo", |value, path| {
            fields.reader.uri(value, path)
        }),
        Some(_) => fields.uri("certificationInfo").into_iter().collect(),
        None => Vec::new(),
    }
}

fn declaration(
    fields: Fields<'_>,
    event: Option<Timestamp>,
    extensions: &mut Vec<Extension>,
) -> Option<ErrorDeclaration> {
    keep(
        &fields,
        &["declarationTime", "reason", "correctiveEventIDs"],
        extensions,
    );
    fields.required("declarationTime");
    let time = fields.time("declarationTime");
    if let (Some(earlier), Some(event)) = (time, event) {
        if earlier < event {
            fields.fault(
                "declarationTime",
                Problem::BeforeTheEvent { earlier, event },
            );
        }
    }
    let reason = fields.word("reason", &ERROR_REASONS);
    let corrective_events = fields.list("correctiveEventIDs", |value, path| {
        fields.reader.uri(value, path)
    });
    Some(ErrorDeclaration {
        time: time?,
        reason,
        corrective_events,
    })
}

fn attributes(fields: &Fields<'_>) -> Vec<Attribute> {
    let mut attributes = Vec::new();
    fields.inner("ilmd", |inner| {
        let keep = |name: &str, value: &Value| {
            attributes.push(Attribute {
                name: inner.reader.context.expand(name).into_owned(),
                text: value.as_str().map(str::to_owned),
                hash: hash(value),
            });
        };
        inner.others(&[], keep);
    });
    attributes
}

/// Keeps the extensions of an object, and notes members that are neither these nor extensions.
pub fn keep(fields: &Fields<'_>, known: &[&str], extensions: &mut Vec<Extension>) {
    fields.others(known, |name, value| {
        extensions.push(extension(fields.reader, &fields.path, name, value));
    });
}

fn extension(reader: &Reader, path: &Path<'_>, name: &str, value: &Value) -> Extension {
    Extension {
        field: Path::Key(path, name).to_string(),
        name: reader.context.expand(name).into_owned(),
        hash: hash(value),
    }
}

fn hash(value: &Value) -> [u8; 32] {
    // Nothing that was read from JSON is without a canonical form.
    let text = canonical::to_string(value).unwrap_or_default();
    Sha256::digest(text.as_bytes()).into()
}

/// Notes an event that is about nothing, or lacks what its kind and action need.
fn check_subject(fields: &Fields<'_>, event: &Event) {
    let listed = |name: &str| {
        fields
            .get(name)
            .and_then(Value::as_array)
            .is_some_and(|list| !list.is_empty())
    };
    let about_nothing = match event.kind {
        EventKind::Object => {
            let place = listed("sensorElementList") && fields.has("readPoint");
            !listed("epcList") && !listed("quantityList") && !place
        }
        EventKind::Transaction => {
            // A list that is there and empty leaves the parent.
            let parent = fields.has("parentID") && fields.has("epcList");
            let listed = listed("epcList") || listed("quantityList");
            !parent && !listed && event.action != Some(Action::Delete)
        }
        EventKind::Aggregation | EventKind::Association => {
            !listed("childEPCs")
                && !listed("childQuantityList")
                && event.action != Some(Action::Delete)
        }
        EventKind::Transformation => {
            let inputs = listed("inputEPCList") || listed("inputQuantityList");
            let outputs = listed("outputEPCList") || listed("outputQuantityList");
            match event.transformation_id {
                Some(_) => !inputs && !outputs,
                None => !inputs || !outputs,
            }
        }
    };
    if about_nothing {
        fields.fault_here(Problem::AboutNothing);
    }
    match (event.kind, event.action) {
        (EventKind::Object, Some(action @ (Action::Observe | Action::Delete)))
            if fields.has("ilmd") =>
        {
            let action = action.as_str();
            fields.fault("ilmd", Problem::NotWithAction { action });
        }
        (EventKind::Association, _)
        | (EventKind::Aggregation, Some(Action::Add | Action::Delete)) => {
            fields.required("parentID");
        }
        (EventKind::Transaction, _) => {
            fields.required("bizTransactionList");
            fields.not_empty("bizTransactionList");
        }
        _ => (),
    }
    if let Some(parent) = &event.parent {
        if event.things.contains(parent) && event.kind != EventKind::Transaction {
            let thing = parent.to_string();
            fields.fault("parentID", Problem::InsideItself { thing });
        }
    }
    let inputs: HashSet<&Thing> = event
        .inputs
        .iter()
        .chain(event.input_quantities.iter().map(|it| &it.class))
        .collect();
    let list = Path::Key(&fields.path, "outputEPCList");
    for (place, output) in event.outputs.iter().enumerate() {
        if inputs.contains(output) {
            fields
                .reader
                .fault(&Path::Index(&list, place), Problem::OutputIsInput);
        }
    }
    let list = Path::Key(&fields.path, "outputQuantityList");
    for (place, output) in event.output_quantities.iter().enumerate() {
        if inputs.contains(&output.class) {
            fields
                .reader
                .fault(&Path::Index(&list, place), Problem::OutputIsInput);
        }
    }
}
