//! The order of fields, and how they are joined.

use super::{
    node::Node,
    value::{canonical, canonical_time},
};

/// What is said about an event and not by it.
pub const ABOUT_THE_EVENT: [&str; 4] = ["recordTime", "eventID", "type", "errorDeclaration"];

/// A field, and the order of the fields in it. Without such an order only its text counts.
pub struct Field {
    name: &'static str,
    inner: Option<&'static [Field]>,
}

const fn plain(name: &'static str) -> Field {
    Field { name, inner: None }
}

const fn with(name: &'static str, inner: &'static [Field]) -> Field {
    Field {
        name,
        inner: Some(inner),
    }
}

const EPCS: &[Field] = &[plain("epc")];
const QUANTITIES: &[Field] = &[with(
    "quantityElement",
    &[plain("epcClass"), plain("quantity"), plain("uom")],
)];
const ID: &[Field] = &[plain("id")];

/// The order of an event's fields. Lists of transactions, sources and destinations, `ilmd` and
/// extensions come behind these, sorted by name.
pub const EVENT: &[Field] = &[
    plain("eventTime"),
    plain("eventTimeZoneOffset"),
    plain("certificationInfo"),
    plain("parentID"),
    with("epcList", EPCS),
    with("inputEPCList", EPCS),
    with("childEPCs", EPCS),
    with("quantityList", QUANTITIES),
    with("childQuantityList", QUANTITIES),
    with("inputQuantityList", QUANTITIES),
    with("outputEPCList", EPCS),
    with("outputQuantityList", QUANTITIES),
    plain("action"),
    plain("transformationID"),
    plain("bizStep"),
    plain("disposition"),
    with("persistentDisposition", &[plain("set"), plain("unset")]),
    with("readPoint", ID),
    with("bizLocation", ID),
    with("sensorElementList", SENSOR_ELEMENTS),
];

const SENSOR_ELEMENTS: &[Field] = &[with(
    "sensorElement",
    &[
        with(
            "sensorMetadata",
            &[
                plain("time"),
                plain("startTime"),
                plain("endTime"),
                plain("deviceID"),
                plain("deviceMetadata"),
                plain("rawData"),
                plain("dataProcessingMethod"),
                plain("bizRules"),
            ],
        ),
        with(
            "sensorReport",
            &[
                plain("type"),
                plain("exception"),
                plain("deviceID"),
                plain("deviceMetadata"),
                plain("rawData"),
                plain("dataProcessingMethod"),
                plain("time"),
                plain("microorganism"),
                plain("chemicalSubstance"),
                plain("value"),
                plain("component"),
                plain("stringValue"),
                plain("booleanValue"),
                plain("hexBinaryValue"),
                plain("uriValue"),
                plain("minValue"),
                plain("maxValue"),
                plain("meanValue"),
                plain("sDev"),
                plain("percRank"),
                plain("percValue"),
                plain("uom"),
                plain("coordinateReferenceSystem"),
            ],
        ),
    ],
)];

/// Joins the fields that have an order, and takes them out. What is left over of a field, such as
/// an extension inside it, stays.
pub fn ordered(nodes: &mut Vec<Node>, order: &[Field]) -> String {
    let extensions = take_extensions(nodes);
    let mut text = String::new();
    for field in order {
        let mut parts = Vec::new();
        for node in nodes.iter_mut().filter(|node| node.name == field.name) {
            let part = ordered_one(node, field);
            if !part.is_empty() {
                parts.push(part);
            }
        }
        nodes.retain(|node| node.name != field.name || !node.children.is_empty());
        parts.sort_unstable();
        text.extend(parts);
    }
    text.push_str(&sorted(&extensions));
    text
}

fn ordered_one(node: &mut Node, field: &Field) -> String {
    let inner = match field.inner {
        Some(order) => ordered(&mut node.children, order),
        None => String::new(),
    };
    let own = node.text.trim_matches(is_space);
    let own = if own.is_empty() {
        String::new()
    } else if is_time(field.name) {
        format!("={}", canonical_time(own))
    } else {
        format!("={}", canonical(own))
    };
    if own.is_empty() && inner.is_empty() {
        return String::new();
    }
    format!("{}{own}{inner}", field.name)
}

fn is_time(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("time") && !name.contains("offset")
}

/// White space as Python has it: that of Unicode, and four separators of ASCII.
fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

/// Takes the extensions out of a field that has other members too; they follow these. Only names
/// whose namespace ends with a slash are found. An event's own extensions are not taken.
fn take_extensions(nodes: &mut Vec<Node>) -> Vec<Node> {
    let of_an_event = nodes
        .iter()
        .any(|node| node.name.contains("eventTime") || node.name.contains("action"));
    if nodes.len() <= 1 || of_an_event {
        return Vec::new();
    }
    let all = std::mem::take(nodes);
    let (extensions, others) = all
        .into_iter()
        .partition(|node| node.name.contains('{') && node.name.contains("/}"));
    *nodes = others;
    extensions
}

/// Joins fields that have no order: each with what is in it, sorted.
pub fn sorted(nodes: &[Node]) -> String {
    let mut parts: Vec<_> = nodes.iter().map(sorted_one).collect();
    parts.sort_unstable();
    parts.concat()
}

fn sorted_one(node: &Node) -> String {
    let text = node.text.trim_matches(is_space);
    let own = if text.is_empty() {
        String::new()
    } else {
        format!("={}", canonical(text))
    };
    let inner = if node.in_order {
        node.children.iter().map(sorted_one).collect()
    } else {
        sorted(&node.children)
    };
    format!("{}{own}{inner}", node.name)
}
