//! GS1 Digital Links, taken apart.

use super::{percent, IdentifierError};

/// The host of the canonical form.
pub(super) const CANONICAL: &str = "https://id.gs1.org";

/// A web address that carries a key of GS1 in its path.
pub(super) struct Link<'u> {
    /// The application identifier of the key: `00`, `01`, `414` or `417`.
    pub ai: &'static str,
    /// The key, as written.
    pub key: &'u str,
    /// What makes the key finer, and the attributes of the query: application identifier and value
    /// without percent signs, in the order in which they stand.
    pub rest: Vec<(&'u str, String)>,
}

/// A key by its number, or by the name that older links have.
fn key_ai(segment: &str) -> Option<&'static str> {
    match segment {
        "00" | "sscc" => Some("00"),
        "01" | "gtin" => Some("01"),
        "414" | "gln" => Some("414"),
        "417" | "party" => Some("417"),
        _ => None,
    }
}

fn qualifier_ai(segment: &str) -> &str {
    match segment {
        "cpv" => "22",
        "lot" => "10",
        "ser" => "21",
        "glnx" => "254",
        other => other,
    }
}

/// Whether a text has the length and the digits of a key, whatever its check digit.
fn looks_like(ai: &str, key: &str) -> bool {
    let length = match ai {
        "00" => key.len() == 18,
        "01" => matches!(key.len(), 8 | 12 | 13 | 14),
        _ => key.len() == 13,
    };
    length && key.bytes().all(|byte| byte.is_ascii_digit())
}

impl<'u> Link<'u> {
    /// Takes a web address apart. `None` if it carries no key known here. On the canonical host
    /// whatever stands behind the number of a key is that key; on another host, where any path may
    /// have such a number, only what has its digits.
    pub fn parse(uri: &'u str) -> Option<Result<Self, IdentifierError>> {
        let address = uri
            .strip_prefix("https://")
            .or_else(|| uri.strip_prefix("http://"))?;
        let address = address.split('#').next().unwrap_or_default();
        let (address, query) = address.split_once('?').unwrap_or((address, ""));
        let (host, path) = address.split_once('/')?;
        let segments: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        let place = segments.windows(2).position(|pair| match pair {
            [ai, key] => key_ai(ai).is_some_and(|ai| host == "id.gs1.org" || looks_like(ai, key)),
            _ => false,
        })?;
        let (ai, key, behind) = match segments.get(place..)? {
            [ai, key, behind @ ..] => (key_ai(ai)?, *key, behind),
            _ => return None,
        };
        let pairs = behind
            .chunks(2)
            .filter_map(|pair| match pair {
                [name, value] => Some((*name, *value)),
                _ => None,
            })
            .chain(query.split(['&', ';']).filter_map(|it| it.split_once('=')));
        let mut rest = Vec::new();
        for (name, value) in pairs {
            match percent::decode(value) {
                Ok(value) => rest.push((qualifier_ai(name), value)),
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok(Self { ai, key, rest }))
    }

    /// The value of an application identifier.
    pub fn value(&self, ai: &str) -> Option<&str> {
        self.rest
            .iter()
            .find(|(name, _)| *name == ai)
            .map(|(_, value)| value.as_str())
    }
}
