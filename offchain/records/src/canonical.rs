//! Canonical bytes: RFC 8785, the JSON Canonicalization Scheme.
//!
//! Two texts that mean the same JSON have to commit to the same hash, so what
//! is hashed is not the text but its canonical form: no white space, keys in the
//! order of their UTF-16 code units, the shortest escapes, numbers as ECMAScript
//! prints them.
//!
//! # What happens to decimals
//!
//! FHIR's `decimal` keeps the digits as written: `1.50` states one more
//! significant digit than `1.5`. RFC 8785 knows only the double that a number
//! denotes and prints its shortest form:
//!
//! | in the bundle | committed |
//! |---|---|
//! | `1.50`, `1.5`, `15e-1` | `1.5` |
//! | `36.60` | `36.6` |
//! | `98.0` | `98` |
//! | `-0.0` | `0` |
//! | `0.123456789012345678` | `0.12345678901234568` |
//! | `9007199254740993` | `9007199254740992` |
//! | `1e21` and larger | `1e+21` |
//!
//! So two texts that differ only in trailing zeros or beyond double precision
//! commit to the same value, and **FHIR's significant-digits precision is not
//! committed**. Who must prove the precision of a measurement states it in an
//! element of its own. Numbers whose double would be infinite, or zero though
//! they are not, are refused ([`JsonError::NumberOutOfRange`](crate::JsonError)).
//!
//! Strings are committed as they are, without Unicode normalisation: `é` as one
//! character and as two are different texts.

use serde_json::Value;

use crate::json::{self, JsonError};

/// The canonical form of a value.
///
/// # Errors
/// None for a value that [`json::parse`] returned; the signature is that of the
/// serialiser behind it.
pub fn to_string(value: &Value) -> Result<String, serde_json::Error> {
    serde_json_canonicalizer::to_string(value)
}

/// Reads a text and tells whether it is its own canonical form: `Ok(None)` if it
/// is JSON, but spelt otherwise.
///
/// # Errors
/// What [`json::parse`] refuses.
pub fn parse_exact(text: &str) -> Result<Option<Value>, JsonError> {
    let value = json::parse(text.as_bytes(), json::MAX_DEPTH)?;
    let same = to_string(&value).is_ok_and(|canonical| canonical == text);
    Ok(same.then_some(value))
}
