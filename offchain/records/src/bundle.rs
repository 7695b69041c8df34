//! Reading a FHIR bundle into entries that can be committed.
//!
//! Each entry is committed as a whole, with its `fullUrl` and `resource`, in canonical form. The
//! bundle's own id, type and timestamp are packaging and are not committed.
//!
//! This is not a validator of FHIR. It checks only what a commitment needs: the text has one
//! meaning, and every entry can be distinguished from the others.

use std::{
    collections::HashMap,
    fmt,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};
use thiserror::Error;

use crate::{
    canonical,
    json::{self, JsonError},
};

/// Limits on the size of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of the text in bytes. Expect a multiple of it in memory while the
    /// bundle is read.
    pub max_bytes: u64,
    /// Number of entries.
    pub max_entries: usize,
    /// Nesting of arrays and objects, the bundle itself included; at most
    /// [`json::MAX_DEPTH`].
    pub max_depth: usize,
}

impl Default for Limits {
    /// 64 MiB, a million entries, 100 levels.
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_entries: 1_000_000,
            max_depth: 100,
        }
    }
}

/// Why a bundle cannot be committed. Entries are counted from 0, as in the JSON
/// array.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BundleError {
    /// The file cannot be read.
    #[error("cannot read {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// The text is larger than the limit.
    #[error("{bytes} bytes are more than the limit of {limit}")]
    TooLarge {
        /// Size found; at least that many, if the source did not tell its size.
        bytes: u64,
        /// The limit in force.
        limit: u64,
    },
    /// The text is not JSON of one meaning.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The document is JSON, but not an object.
    #[error("the document is {found}, not an object")]
    NotAnObject {
        /// The kind of JSON value found.
        found: &'static str,
    },
    /// The document is not a Bundle.
    #[error("resourceType is {}, not Bundle", found.as_deref().map_or("missing".to_owned(), |name| format!("{name:?}")))]
    NotABundle {
        /// The resourceType found, if there is one.
        found: Option<String>,
    },
    /// `entry` is missing or an empty array.
    #[error("the bundle has no entries")]
    NoEntries,
    /// More entries than the limit.
    #[error("{entries} entries are more than the limit of {limit}")]
    TooManyEntries {
        /// Entries found.
        entries: usize,
        /// The limit in force.
        limit: usize,
    },
    /// A value is of another JSON type than FHIR gives it.
    #[error("`{path}` is {found}, not {expected}")]
    WrongType {
        /// Where in the document, such as `entry[3].fullUrl`.
        path: String,
        /// What FHIR has there.
        expected: &'static str,
        /// The kind of JSON value found.
        found: &'static str,
    },
    /// An entry carries no resource, as a deletion in a transaction does.
    #[error("entry {index} has no resource")]
    NoResource {
        /// The entry.
        index: usize,
    },
    /// A resource does not say what it is.
    #[error("the resource of entry {index} has no resourceType")]
    NoResourceType {
        /// The entry.
        index: usize,
    },
    /// An entry has neither a fullUrl nor a resource id: nothing could refer to
    /// it, and a repetition of it would go unseen.
    #[error("entry {index} has neither a fullUrl nor a resource id")]
    NoIdentity {
        /// The entry.
        index: usize,
    },
    /// Two entries bear one identity: the same resourceType and id, or the same
    /// fullUrl. Several versions of one resource (a history) count as such too,
    /// since a grant could not tell them apart.
    #[error("entries {first} and {second} are both {identity:?}")]
    DuplicateIdentity {
        /// The earlier entry.
        first: usize,
        /// The later entry.
        second: usize,
        /// What they share, such as `Patient/17` or a fullUrl.
        identity: String,
    },
    /// The canonical form of an entry could not be written.
    #[error("entry {index} has no canonical form")]
    Canonical {
        /// The entry.
        index: usize,
        /// What the serialiser said.
        source: serde_json::Error,
    },
}

/// One entry of a bundle.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    resource_type: String,
    id: Option<String>,
    full_url: Option<String>,
    canonical: String,
}

impl Entry {
    /// The type of its resource, such as `Observation`.
    pub fn resource_type(&self) -> &str {
        &self.resource_type
    }

    /// The id of its resource.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Its fullUrl.
    pub fn full_url(&self) -> Option<&str> {
        self.full_url.as_deref()
    }

    /// The bytes that are committed: the whole entry by RFC 8785.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }
}

/// Without the content: debug output ends up in logs.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").finish_non_exhaustive()
    }
}

/// A bundle that was read and checked; it has at least one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    entries: Vec<Entry>,
}

impl Bundle {
    /// Reads a bundle from memory.
    ///
    /// # Errors
    /// Every [`BundleError`] but `Io`.
    pub fn from_slice(bytes: &[u8], limits: &Limits) -> Result<Self, BundleError> {
        check_size(bytes.len() as u64, limits)?;
        if bytes.trim_ascii().is_empty() {
            return Err(BundleError::Empty);
        }
        let mut document = match json::parse(bytes, limits.max_depth)? {
            Value::Object(document) => document,
            other => {
                return Err(BundleError::NotAnObject {
                    found: kind(&other),
                })
            }
        };
        match text(&document, "resourceType", || "resourceType".into())? {
            Some("Bundle") => (),
            found => {
                return Err(BundleError::NotABundle {
                    found: found.map(str::to_owned),
                })
            }
        }
        let items = match document.remove("entry") {
            None => return Err(BundleError::NoEntries),
            Some(Value::Array(items)) => items,
            Some(other) => return Err(wrong_type("entry".into(), "an array", &other)),
        };
        if items.is_empty() {
            return Err(BundleError::NoEntries);
        }
        if items.len() > limits.max_entries {
            return Err(BundleError::TooManyEntries {
                entries: items.len(),
                limit: limits.max_entries,
            });
        }
        let entries = items
            .into_iter()
            .enumerate()
            .map(|(index, item)| entry(index, item))
            .collect::<Result<Vec<_>, _>>()?;
        check_identities(&entries)?;
        Ok(Self { entries })
    }

    /// Reads a bundle from a file. A file that is too large is refused by its
    /// size, before any of it is read.
    ///
    /// # Errors
    /// Every [`BundleError`].
    pub fn from_path(path: impl AsRef<Path>, limits: &Limits) -> Result<Self, BundleError> {
        let path = path.as_ref();
        let io = |source| BundleError::Io {
            path: path.to_owned(),
            source,
        };
        let file = File::open(path).map_err(io)?;
        check_size(file.metadata().map_err(io)?.len(), limits)?;
        let mut bytes = Vec::new();
        // A pipe tells no size, and a file may grow while it is read.
        file.take(limits.max_bytes.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(io)?;
        Self::from_slice(&bytes, limits)
    }

    /// The entries, in the order of the bundle.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

fn check_size(bytes: u64, limits: &Limits) -> Result<(), BundleError> {
    if bytes > limits.max_bytes {
        return Err(BundleError::TooLarge {
            bytes,
            limit: limits.max_bytes,
        });
    }
    Ok(())
}

fn entry(index: usize, item: Value) -> Result<Entry, BundleError> {
    let Value::Object(members) = &item else {
        return Err(wrong_type(format!("entry[{index}]"), "an object", &item));
    };
    let resource = match members.get("resource") {
        None => return Err(BundleError::NoResource { index }),
        Some(Value::Object(resource)) => resource,
        Some(other) => {
            let path = format!("entry[{index}].resource");
            return Err(wrong_type(path, "an object", other));
        }
    };
    let of_resource = |key| text(resource, key, || format!("entry[{index}].resource.{key}"));
    let resource_type = of_resource("resourceType")?
        .ok_or(BundleError::NoResourceType { index })?
        .to_owned();
    let id = of_resource("id")?.map(str::to_owned);
    let full_url =
        text(members, "fullUrl", || format!("entry[{index}].fullUrl"))?.map(str::to_owned);
    if id.is_none() && full_url.is_none() {
        return Err(BundleError::NoIdentity { index });
    }
    let canonical =
        canonical::to_string(&item).map_err(|source| BundleError::Canonical { index, source })?;
    Ok(Entry {
        resource_type,
        id,
        full_url,
        canonical,
    })
}

fn check_identities(entries: &[Entry]) -> Result<(), BundleError> {
    let mut by_id = HashMap::new();
    let mut by_url = HashMap::new();
    for (second, entry) in entries.iter().enumerate() {
        let kind = entry.resource_type();
        let id = entry.id().and_then(|id| by_id.insert((kind, id), second));
        let url = entry.full_url().and_then(|url| by_url.insert(url, second));
        let found = id
            .map(|first| (first, format!("{kind}/{}", entry.id().unwrap_or_default())))
            .or_else(|| url.map(|first| (first, entry.full_url().unwrap_or_default().to_owned())));
        if let Some((first, identity)) = found {
            return Err(BundleError::DuplicateIdentity {
                first,
                second,
                identity,
            });
        }
    }
    Ok(())
}

/// A member that FHIR has as a string. An empty one, which FHIR forbids, names
/// nothing and counts as absent.
fn text<'v>(
    members: &'v Map<String, Value>,
    key: &str,
    path: impl FnOnce() -> String,
) -> Result<Option<&'v str>, BundleError> {
    match members.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
        Some(other) => Err(wrong_type(path(), "a string", other)),
    }
}

fn wrong_type(path: String, expected: &'static str, found: &Value) -> BundleError {
    BundleError::WrongType {
        path,
        expected,
        found: kind(found),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
