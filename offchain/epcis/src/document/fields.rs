//! The members of JSON objects, read with their path. What is wrong is noted, and reading goes on.

use std::{cell::RefCell, collections::HashMap, fmt, str::FromStr};

use serde_json::{Map, Value};

use super::{
    fault::{Fault, Problem},
    thing::{Thing, Word},
};
use crate::{
    identifiers::{Epc, IdentifierError},
    vocabulary::Vocabulary,
    Context, Timestamp,
};

/// The way to a value. It is spelt out for a fault only.
#[derive(Clone, Copy)]
pub enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
            Self::Key(Self::Root, key) => f.write_str(key),
            Self::Key(parent, key) => write!(f, "{parent}.{key}"),
        }
    }
}

/// What reads an event, or the document around the events.
pub struct Reader {
    pub event: Option<usize>,
    pub context: Context,
    faults: RefCell<Vec<Fault>>,
}

impl Reader {
    pub fn new(event: Option<usize>, context: Context) -> Self {
        Self {
            event,
            context,
            faults: RefCell::default(),
        }
    }

    pub fn fault(&self, path: &Path<'_>, problem: impl Into<Problem>) {
        self.faults.borrow_mut().push(Fault {
            event: self.event,
            field: path.to_string(),
            problem: problem.into(),
        });
    }

    pub fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    pub fn object<'v>(&self, value: &'v Value, path: &Path<'_>) -> Option<&'v Map<String, Value>> {
        self.typed(value.as_object(), "an object", value, path)
    }

    pub fn array<'v>(&self, value: &'v Value, path: &Path<'_>) -> Option<&'v [Value]> {
        self.typed(value.as_array().map(Vec::as_slice), "a list", value, path)
    }

    pub fn text<'v>(&self, value: &'v Value, path: &Path<'_>) -> Option<&'v str> {
        self.typed(value.as_str(), "a text", value, path)
    }

    pub fn typed<T>(
        &self,
        found: Option<T>,
        expected: &'static str,
        value: &Value,
        path: &Path<'_>,
    ) -> Option<T> {
        if found.is_none() {
            let found = kind(value);
            self.fault(path, Problem::WrongType { expected, found });
        }
        found
    }

    /// A URI, its prefix written out.
    pub fn uri(&self, value: &Value, path: &Path<'_>) -> Option<String> {
        let text = self.text(value, path)?;
        if !is_uri(text) {
            self.fault(
                path,
                Problem::NotAUri {
                    text: text.to_owned(),
                },
            );
            return None;
        }
        Some(self.context.expand(text).into_owned())
    }

    /// A thing, a class, a place or a party.
    pub fn thing(&self, value: &Value, path: &Path<'_>) -> Option<Thing> {
        let uri = self.uri(value, path)?;
        match Epc::from_str(&uri) {
            Ok(epc) => Some(Thing::Epc(epc)),
            Err(IdentifierError::UnknownForm { .. }) => Some(Thing::Uri(uri)),
            Err(error) => {
                self.fault(path, error);
                None
            }
        }
    }

    pub fn word(&self, value: &Value, list: &Vocabulary, path: &Path<'_>) -> Option<Word> {
        let text = self.text(value, path)?;
        let full = self.context.expand(text);
        if let Some(word) = list.word(&full) {
            return Some(Word::Standard(word));
        }
        // What lies in the list's own address space is no word of somebody else's.
        let taken = full.starts_with(list.address) || full.starts_with("urn:epcglobal:cbv:");
        if taken || !is_uri(text) {
            self.fault(
                path,
                Problem::NotAWord {
                    list: list.name,
                    text: text.to_owned(),
                },
            );
            return None;
        }
        Some(Word::Own(full.into_owned()))
    }

    pub fn time(&self, value: &Value, path: &Path<'_>) -> Option<Timestamp> {
        let text = self.text(value, path)?;
        let time = Timestamp::parse(text);
        if time.is_none() {
            self.fault(
                path,
                Problem::NotATime {
                    text: text.to_owned(),
                },
            );
        }
        time
    }
}

/// An object and the way to it.
#[derive(Clone, Copy)]
pub struct Fields<'r> {
    pub reader: &'r Reader,
    pub map: &'r Map<String, Value>,
    pub path: Path<'r>,
}

impl<'r> Fields<'r> {
    /// Notes a fault of a member.
    pub fn fault(&self, name: &str, problem: impl Into<Problem>) {
        self.reader.fault(&Path::Key(&self.path, name), problem);
    }

    /// Notes a fault of the object.
    pub fn fault_here(&self, problem: impl Into<Problem>) {
        self.reader.fault(&self.path, problem);
    }

    pub fn get(&self, name: &str) -> Option<&'r Value> {
        self.map.get(name)
    }

    pub fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// A member that must be there.
    pub fn required(&self, name: &str) -> Option<&'r Value> {
        let found = self.get(name);
        if found.is_none() {
            self.fault(name, Problem::Missing);
        }
        found
    }

    pub fn text(&self, name: &str) -> Option<&'r str> {
        self.reader
            .text(self.get(name)?, &Path::Key(&self.path, name))
    }

    pub fn uri(&self, name: &str) -> Option<String> {
        self.reader
            .uri(self.get(name)?, &Path::Key(&self.path, name))
    }

    pub fn thing(&self, name: &str) -> Option<Thing> {
        self.reader
            .thing(self.get(name)?, &Path::Key(&self.path, name))
    }

    pub fn word(&self, name: &str, list: &Vocabulary) -> Option<Word> {
        self.reader
            .word(self.get(name)?, list, &Path::Key(&self.path, name))
    }

    pub fn time(&self, name: &str) -> Option<Timestamp> {
        self.reader
            .time(self.get(name)?, &Path::Key(&self.path, name))
    }

    pub fn number(&self, name: &str) -> Option<f64> {
        let value = self.get(name)?;
        let path = Path::Key(&self.path, name);
        self.reader.typed(value.as_f64(), "a number", value, &path)
    }

    pub fn boolean(&self, name: &str) -> Option<bool> {
        let value = self.get(name)?;
        let path = Path::Key(&self.path, name);
        self.reader
            .typed(value.as_bool(), "true or false", value, &path)
    }

    /// An object inside; what reads it gets its fields.
    pub fn inner<T>(&self, name: &str, read: impl FnOnce(Fields<'_>) -> T) -> Option<T> {
        let path = Path::Key(&self.path, name);
        let map = self.reader.object(self.get(name)?, &path)?;
        Some(read(Fields {
            reader: self.reader,
            map,
            path,
        }))
    }

    /// A list, member by member. A member that cannot be read is left out, for its fault is noted.
    pub fn list<T>(
        &self,
        name: &str,
        mut read: impl FnMut(&'r Value, &Path<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.get(name) else {
            return Vec::new();
        };
        let path = Path::Key(&self.path, name);
        self.reader
            .array(value, &path)
            .into_iter()
            .flatten()
            .enumerate()
            .filter_map(|(index, item)| read(item, &Path::Index(&path, index)))
            .collect()
    }

    /// A list of objects.
    pub fn objects<T>(&self, name: &str, mut read: impl FnMut(Fields<'_>) -> Option<T>) -> Vec<T> {
        self.list(name, |value, path| {
            let map = self.reader.object(value, path)?;
            read(Fields {
                reader: self.reader,
                map,
                path: *path,
            })
        })
    }

    /// A list of things, none of them twice and none of them a class.
    pub fn things(&self, name: &str) -> Vec<Thing> {
        let mut first: HashMap<Thing, usize> = HashMap::new();
        let mut place = 0usize;
        self.list(name, |value, path| {
            let here = place;
            place = place.saturating_add(1);
            let thing = self.reader.thing(value, path)?;
            if thing.is_class() {
                self.reader.fault(path, Problem::Class);
                return None;
            }
            if let Some(&first) = first.get(&thing) {
                self.reader.fault(path, Problem::Twice { first });
                return None;
            }
            first.insert(thing.clone(), here);
            Some(thing)
        })
    }

    /// Notes a list that is there and has nothing in it.
    pub fn not_empty(&self, name: &str) {
        if self
            .get(name)
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
        {
            self.fault(name, Problem::Empty);
        }
    }

    /// Notes members that are not among these.
    pub fn only(&self, known: &[&str]) {
        for name in self.map.keys() {
            if !known.contains(&name.as_str()) {
                self.fault(name, Problem::UnknownField);
            }
        }
    }

    /// Gives away the members that are not among these and have a known prefix, and notes the rest.
    pub fn others(&self, known: &[&str], mut extension: impl FnMut(&str, &Value)) {
        for (name, value) in self.map {
            if known.contains(&name.as_str()) {
                continue;
            }
            let Some((prefix, rest)) = name.split_once(':') else {
                self.fault(name, Problem::UnknownField);
                continue;
            };
            let defined = self.reader.context.address(prefix).is_some()
                || rest.starts_with("//")
                || prefix == "urn";
            if defined && is_uri(name) {
                extension(name, value);
            } else {
                let prefix = prefix.to_owned();
                self.fault(name, Problem::UnknownPrefix { prefix });
            }
        }
    }
}

/// The JSON type of a value, for messages.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Whether a text is a URI by RFC 3986: a scheme, a colon, and characters that may stand in one.
pub fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme_fits = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'.' | b'-' | b'_'));
    let mut bytes = rest.bytes();
    let mut fits = scheme_fits && !rest.is_empty();
    while let (true, Some(byte)) = (fits, bytes.next()) {
        fits = match byte {
            b'%' => {
                let hex = |it: Option<u8>| it.is_some_and(|it| it.is_ascii_hexdigit());
                hex(bytes.next()) && hex(bytes.next())
            }
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => false,
            other => other.is_ascii_graphic(),
        };
    }
    fits
}
