//! An event as a tree of names, texts and children, the form that JSON and XML have in common.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::{
    vocabulary::{
        Vocabulary, ALERTS, BIZ_STEPS, COMPONENTS, DISPOSITIONS, MEASUREMENTS, PARTY_TYPES,
        TRANSACTION_TYPES,
    },
    Context,
};

/// A name with a text, with children, or with both.
#[derive(Clone, Debug, Default)]
pub struct Node {
    pub name: String,
    pub text: String,
    pub children: Vec<Node>,
    /// Its children keep their order: a type goes before what it is the type of.
    pub in_order: bool,
}

/// Where a value stands, as far as that decides which words it can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Event,
    PersistentDisposition,
    Transaction,
    Party,
    SensorElement,
    SensorReport,
    Elsewhere,
}

impl Place {
    /// The place of what an object at this place has under a name.
    fn under(self, name: &str) -> Self {
        match (self, name) {
            (Self::Event, "persistentDisposition") => Self::PersistentDisposition,
            (Self::Event, "bizTransactionList") => Self::Transaction,
            (Self::Event, "sourceList" | "destinationList") => Self::Party,
            (Self::Event, "sensorElementList") => Self::SensorElement,
            (Self::SensorElement, "sensorReport") => Self::SensorReport,
            _ => Self::Elsewhere,
        }
    }

    /// The words that stand here under a name.
    fn words(self, name: &str) -> Option<&'static Vocabulary> {
        match (self, name) {
            (Self::Event, "bizStep") => Some(&BIZ_STEPS),
            (Self::Event, "disposition") | (Self::PersistentDisposition, "set" | "unset") => {
                Some(&DISPOSITIONS)
            }
            (Self::Transaction, "type") => Some(&TRANSACTION_TYPES),
            (Self::Party, "type") => Some(&PARTY_TYPES),
            (Self::SensorReport, "type") => Some(&MEASUREMENTS),
            (Self::SensorReport, "exception") => Some(&ALERTS),
            (Self::SensorReport, "component") => Some(&COMPONENTS),
            _ => None,
        }
    }
}

/// The fields of an event, in the form of the XML binding: each list once, with its members in it.
pub fn fields(event: &Map<String, Value>, context: &Context) -> Vec<Node> {
    grouped(members(event, Place::Event, context))
}

fn members(object: &Map<String, Value>, place: Place, context: &Context) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (name, value) in object {
        // The context has been read, and a comment says nothing.
        if matches!(
            name.as_str(),
            "@context" | "#text" | "comment" | "rdfs:comment"
        ) {
            continue;
        }
        let (under, words) = (place.under(name), place.words(name));
        let name = context.expand_name(name);
        let items = match value {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        for item in items {
            let mut node = node(item, under, words, context);
            node.name = name.clone().into_owned();
            nodes.push(node);
        }
    }
    nodes
}

fn node(value: &Value, place: Place, words: Option<&Vocabulary>, context: &Context) -> Node {
    let mut node = Node::default();
    match value {
        Value::Object(object) => {
            if let Some(Value::String(kind)) = object.get("type") {
                node.name.clone_from(kind);
            }
            if let Some(text) = object.get("#text") {
                node.text = scalar(text, None, context);
            }
            node.children = members(object, place, context);
        }
        Value::Array(items) => {
            node.children = items
                .iter()
                .map(|item| self::node(item, Place::Elsewhere, None, context))
                .collect();
        }
        scalar_value => node.text = scalar(scalar_value, words, context),
    }
    node
}

fn scalar(value: &Value, words: Option<&Vocabulary>, context: &Context) -> String {
    match value {
        Value::String(text) => words
            .and_then(|words| words.expand(text))
            .unwrap_or_else(|| context.expand(text).into_owned()),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Null => "None".to_owned(),
        Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// Puts the members of a list, which JSON leads to each bear the name of the list, under that name.
fn grouped(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    // Places in `out`, by name.
    let mut lists: HashMap<String, usize> = HashMap::new();
    for mut node in nodes {
        let member = match node.name.as_str() {
            "childEPCs" => Some("epc".to_owned()),
            name => name.strip_suffix("List").map(str::to_owned),
        };
        let Some(member) = member else {
            out.push(renamed(node));
            continue;
        };
        let list = std::mem::replace(&mut node.name, member);
        let typed = matches!(
            list.as_str(),
            "sourceList" | "destinationList" | "bizTransactionList"
        );
        let node = if typed { pair(node) } else { renamed(node) };
        match lists.get(&list).and_then(|place| out.get_mut(*place)) {
            Some(group) => group.children.push(node),
            None => {
                lists.insert(list.clone(), out.len());
                out.push(Node {
                    name: list,
                    children: vec![node],
                    ..Node::default()
                });
            }
        }
    }
    out
}

/// A transaction, source or destination: its type, if it has one, and then itself.
fn pair(node: Node) -> Node {
    let (mut children, others): (Vec<Node>, Vec<Node>) =
        node.children.into_iter().partition(|it| it.name == "type");
    children.extend(others.into_iter().filter(|it| it.name == node.name));
    Node {
        children,
        in_order: true,
        ..Node::default()
    }
}

/// The same inside, and the names that the XML binding has for some members.
fn renamed(mut node: Node) -> Node {
    node.children = grouped(std::mem::take(&mut node.children));
    let name = match node.name.as_str() {
        "inputEPC" | "outputEPC" => "epc",
        "inputQuantity" | "outputQuantity" | "childQuantity" => "quantityElement",
        "quantity" if !node.children.is_empty() => "quantityElement",
        _ => return node,
    };
    node.name = name.to_owned();
    node
}
