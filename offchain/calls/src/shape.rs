//! The parts of a contract on which others depend: its cells, selectors and events.

use serde_json::{json, Map, Value};

/// The shape of a contract, from its metadata.
///
/// # Panics
/// If the metadata is not JSON.
pub fn of(metadata: &str) -> Value {
    let metadata: Value = match serde_json::from_str(metadata) {
        Ok(metadata) => metadata,
        Err(error) => panic!("metadata that is not JSON: {error}"),
    };
    let types = Types(&metadata["types"]);
    let mut cells = Map::new();
    types.cells(
        "",
        &metadata["storage"]["root"]["layout"],
        "root",
        &mut cells,
    );
    json!({
        "storage": cells,
        "constructors": types.calls(&metadata["spec"]["constructors"]),
        "messages": types.calls(&metadata["spec"]["messages"]),
        "events": types.events(&metadata["spec"]["events"]),
    })
}

/// The names of all messages, without those of their traits.
pub fn message_names(metadata: &str) -> Vec<String> {
    let shape = of(metadata);
    let names = shape["messages"].as_object().into_iter().flatten();
    names
        .map(|(label, _)| label.rsplit("::").next().unwrap_or(label).to_owned())
        .collect()
}

struct Types<'m>(&'m Value);

impl Types<'_> {
    /// Every stored value: path → cell and type.
    fn cells(&self, path: &str, layout: &Value, cell: &str, cells: &mut Map<String, Value>) {
        let Some((kind, layout)) = layout.as_object().and_then(|object| object.iter().next())
        else {
            return;
        };
        match kind.as_str() {
            // A cell of its own: its type says all that is in it.
            "root" => {
                let key = layout["root_key"].as_str().unwrap_or_default();
                cells.insert(
                    path.to_owned(),
                    json!(format!("{key} {}", self.name(&layout["ty"]))),
                );
            }
            "struct" => {
                for field in layout["fields"].as_array().into_iter().flatten() {
                    let name = field["name"].as_str().unwrap_or_default();
                    let path = if path.is_empty() {
                        name.to_owned()
                    } else {
                        format!("{path}.{name}")
                    };
                    self.cells(&path, &field["layout"], cell, cells);
                }
            }
            "leaf" => {
                cells.insert(
                    path.to_owned(),
                    json!(format!("{cell} {}", self.name(&layout["ty"]))),
                );
            }
            other => {
                cells.insert(path.to_owned(), json!(format!("{cell} {other}")));
            }
        }
    }

    fn calls(&self, calls: &Value) -> Map<String, Value> {
        let calls = calls.as_array().into_iter().flatten();
        calls
            .map(|call| {
                let arguments: Vec<String> = self.arguments(&call["args"]);
                let mutates = if call["mutates"] == true {
                    " mutates"
                } else {
                    ""
                };
                let signature = format!(
                    "{}{mutates} ({}) -> {}",
                    call["selector"].as_str().unwrap_or_default(),
                    arguments.join(", "),
                    self.name(&call["returnType"]["type"])
                );
                (
                    call["label"].as_str().unwrap_or_default().to_owned(),
                    json!(signature),
                )
            })
            .collect()
    }

    fn events(&self, events: &Value) -> Map<String, Value> {
        let events = events.as_array().into_iter().flatten();
        events
            .map(|event| {
                let signature = json!({
                    "topic": event["signature_topic"],
                    "fields": self.arguments(&event["args"]),
                });
                (
                    event["label"].as_str().unwrap_or_default().to_owned(),
                    signature,
                )
            })
            .collect()
    }

    fn arguments(&self, arguments: &Value) -> Vec<String> {
        let arguments = arguments.as_array().into_iter().flatten();
        arguments
            .map(|argument| {
                let indexed = if argument["indexed"] == true {
                    " (topic)"
                } else {
                    ""
                };
                let label = argument["label"].as_str().unwrap_or_default();
                format!("{label}: {}{indexed}", self.name(&argument["type"]["type"]))
            })
            .collect()
    }

    fn definition(&self, id: &Value) -> &Value {
        let types = self.0.as_array().into_iter().flatten();
        let found = types.into_iter().find(|candidate| candidate["id"] == *id);
        found.map_or(&Value::Null, |found| &found["type"])
    }

    /// A type written out, down to the order of fields and variants that its encoding follows.
    fn name(&self, id: &Value) -> String {
        let found = self.definition(id);
        let definition = &found["def"];
        let path = found["path"]
            .as_array()
            .and_then(|path| path.last())
            .and_then(Value::as_str);
        let parameters: Vec<String> = found["params"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|parameter| !parameter["type"].is_null())
            .map(|parameter| self.name(&parameter["type"]))
            .collect();
        match path {
            Some("AccountId") => return "AccountId".into(),
            Some("LangError") => return "LangError".into(),
            Some(name @ ("Option" | "Result")) => {
                return format!("{name}<{}>", parameters.join(", "))
            }
            // The last parameter is the storage key, which stands beside it already.
            Some("Mapping") => return format!("Mapping<{}, {}>", parameters[0], parameters[1]),
            Some("Lazy") => return format!("Lazy<{}>", parameters[0]),
            _ => {}
        }
        let fields = |fields: &Value| -> String {
            let fields = fields.as_array().into_iter().flatten();
            let written: Vec<String> = fields
                .map(|field| match field["name"].as_str() {
                    Some(name) => format!("{name}: {}", self.name(&field["type"])),
                    None => self.name(&field["type"]),
                })
                .collect();
            written.join(", ")
        };
        if let Some(primitive) = definition["primitive"].as_str() {
            primitive.to_owned()
        } else if definition["array"].is_object() {
            format!(
                "[{}; {}]",
                self.name(&definition["array"]["type"]),
                definition["array"]["len"]
            )
        } else if definition["sequence"].is_object() {
            format!("Vec<{}>", self.name(&definition["sequence"]["type"]))
        } else if let Some(members) = definition["tuple"].as_array() {
            let members: Vec<String> = members.iter().map(|member| self.name(member)).collect();
            format!("({})", members.join(", "))
        } else if definition["composite"].is_object() {
            format!(
                "{} {{ {} }}",
                path.unwrap_or("struct"),
                fields(&definition["composite"]["fields"])
            )
        } else {
            let variants = definition["variant"]["variants"]
                .as_array()
                .into_iter()
                .flatten();
            let variants: Vec<String> = variants
                .map(|variant| {
                    let name = variant["name"].as_str().unwrap_or_default();
                    let content = fields(&variant["fields"]);
                    let content = if content.is_empty() {
                        content
                    } else {
                        format!("({content})")
                    };
                    format!("{name}{content}={}", variant["index"])
                })
                .collect();
            format!("{} {{ {} }}", path.unwrap_or("enum"), variants.join(" | "))
        }
    }
}
