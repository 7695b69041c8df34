//! A strict JSON reader: what it accepts has exactly one meaning.
//!
//! RFC 8785 canonicalises I-JSON (RFC 7493), in which an object has no key
//! twice. Common parsers keep the last of two equal keys, some the first: two
//! readers of one text could then see two records. The same holds for numbers
//! that a double cannot hold and for escapes that are half a character. All of
//! it is refused here, with its place.
//!
//! Lines and columns count from 1, columns in bytes.

use std::{cell::RefCell, fmt};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use thiserror::Error;

use crate::lexical::{first_fault, Fault, FaultKind, NUMBER_TOKEN};

/// The deepest nesting that can be asked for; `serde_json` itself stops behind it.
pub const MAX_DEPTH: usize = 127;

/// Why a text is not JSON of one meaning.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonError {
    /// The bytes are not UTF-8.
    #[error("not UTF-8 at byte {offset}")]
    NotUtf8 {
        /// Offset of the first bad byte, from 0.
        offset: usize,
    },
    /// The text starts with a byte order mark, which RFC 8259 forbids to send.
    #[error("a byte order mark before the JSON text; save it as UTF-8 without one")]
    ByteOrderMark,
    /// The text breaks the grammar of JSON.
    #[error("not JSON at line {line}, column {column}: {reason}")]
    Syntax {
        /// Line of the fault.
        line: usize,
        /// Column of the fault.
        column: usize,
        /// The parser's words.
        reason: String,
    },
    /// An object has a key twice.
    #[error(
        "`{path}` is given twice in one object; the second time at line {line}, column {column}"
    )]
    DuplicateKey {
        /// Where in the document, such as `entry[3].resource.status`.
        path: String,
        /// Line on which the second key ends.
        line: usize,
        /// Column at which the second key ends.
        column: usize,
    },
    /// Arrays and objects are nested deeper than the limit.
    #[error("nested deeper than {limit} levels at line {line}, column {column}")]
    TooDeep {
        /// The limit in force.
        limit: usize,
        /// Line on which the limit is crossed.
        line: usize,
        /// Column at which the limit is crossed.
        column: usize,
    },
    /// A number is too large for a double, or so small that it would become zero.
    #[error("the number at line {line}, column {column} does not fit a double")]
    NumberOutOfRange {
        /// Line of the number.
        line: usize,
        /// Column of the number.
        column: usize,
    },
    /// A string escapes one half of a surrogate pair.
    #[error("the string at line {line}, column {column} escapes half a surrogate pair")]
    LoneSurrogate {
        /// Line on which the string starts.
        line: usize,
        /// Column at which the string starts.
        column: usize,
    },
    /// A string equals the marker by which the JSON library tells numbers apart,
    /// and could pass for a number.
    #[error("the string at line {line}, column {column} is reserved by the JSON library")]
    ReservedText {
        /// Line on which the string starts.
        line: usize,
        /// Column at which the string starts.
        column: usize,
    },
}

impl From<Fault> for JsonError {
    fn from(Fault { line, column, kind }: Fault) -> Self {
        match kind {
            FaultKind::Number => Self::NumberOutOfRange { line, column },
            FaultKind::Surrogate => Self::LoneSurrogate { line, column },
            FaultKind::Reserved => Self::ReservedText { line, column },
        }
    }
}

/// Reads one JSON value.
///
/// `max_depth` is how deep arrays and objects may be nested, at most
/// [`MAX_DEPTH`]; a lone scalar has depth 0.
pub fn parse(bytes: &[u8], max_depth: usize) -> Result<Value, JsonError> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return Err(JsonError::ByteOrderMark);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| JsonError::NotUtf8 {
        offset: error.valid_up_to(),
    })?;
    let state = State {
        max_depth: max_depth.min(MAX_DEPTH),
        refusal: RefCell::new(None),
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Node {
        state: &state,
        path: &Path::Root,
        depth: 0,
    }
    .deserialize(&mut deserializer)
    .and_then(|value| deserializer.end().map(|()| value));
    let fault = first_fault(text);
    match (parsed, fault) {
        (Ok(value), None) => Ok(value),
        (Ok(_), Some(fault)) => Err(fault.into()),
        (Err(error), fault) => {
            let (line, column) = (error.line(), error.column());
            // Behind the place where the parser gave up the text means nothing.
            let fault = fault.filter(|fault| (fault.line, fault.column) <= (line, column));
            Err(match (fault, state.refusal.into_inner()) {
                (Some(fault), _) => fault.into(),
                (None, Some(Refusal::DuplicateKey(path))) => {
                    JsonError::DuplicateKey { path, line, column }
                }
                (None, Some(Refusal::TooDeep)) => JsonError::TooDeep {
                    limit: state.max_depth,
                    line,
                    column,
                },
                (None, None) => JsonError::Syntax {
                    line,
                    column,
                    reason: without_place(&error),
                },
            })
        }
    }
}

/// The parser appends the place to its message; the error names it already.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rsplit_once(" at line ") {
        Some((reason, _)) => reason.to_owned(),
        None => message,
    }
}

/// What the visitor refused. It travels beside serde's error, which carries
/// text only.
enum Refusal {
    DuplicateKey(String),
    TooDeep,
}

struct State {
    max_depth: usize,
    refusal: RefCell<Option<Refusal>>,
}

/// The way to a value, kept on the stack: it is spelt out for an error only.
enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
            Self::Key(parent, key) => {
                let plain = !key.is_empty()
                    && key
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                match (plain, parent) {
                    (false, _) => write!(f, "{parent}[{key:?}]"),
                    (true, Self::Root) => f.write_str(key),
                    (true, _) => write!(f, "{parent}.{key}"),
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Node<'p> {
    state: &'p State,
    path: &'p Path<'p>,
    depth: usize,
}

impl Node<'_> {
    fn refuse<E: serde::de::Error>(&self, refusal: Refusal) -> E {
        *self.state.refusal.borrow_mut() = Some(refusal);
        E::custom("refused")
    }

    fn enter<E: serde::de::Error>(&self) -> Result<usize, E> {
        if self.depth < self.state.max_depth {
            Ok(self.depth + 1)
        } else {
            Err(self.refuse(Refusal::TooDeep))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let depth = self.enter()?;
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(Node {
            path: &Path::Index(self.path, array.len()),
            depth,
            ..self
        })? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        let mut depth = None;
        while let Some(key) = members.next_key::<String>()? {
            if key == NUMBER_TOKEN {
                // A number in disguise. A key of that name in the text itself is
                // refused by the lexical pass, whatever is returned here.
                let text = members.next_value::<String>()?;
                return number(&text);
            }
            let depth = match depth {
                Some(depth) => depth,
                None => *depth.insert(self.enter()?),
            };
            let path = Path::Key(self.path, &key);
            if object.contains_key(&key) {
                return Err(self.refuse(Refusal::DuplicateKey(path.to_string())));
            }
            let value = members.next_value_seed(Node {
                path: &path,
                depth,
                ..self
            })?;
            object.insert(key, value);
        }
        if depth.is_none() {
            self.enter()?;
        }
        Ok(Value::Object(object))
    }
}

/// Reads a number as `serde_json` does without `arbitrary_precision`.
fn number<E: serde::de::Error>(text: &str) -> Result<Value, E> {
    if let Ok(value) = text.parse::<u64>() {
        return Ok(Value::Number(value.into()));
    }
    if let Ok(value) = text.parse::<i64>() {
        return Ok(Value::Number(value.into()));
    }
    text.parse::<f64>()
        .ok()
        .and_then(Number::from_f64)
        .map(Value::Number)
        .ok_or_else(|| E::custom("number out of range"))
}
