//! Percent signs in URIs.

use super::IdentifierError;

/// What a Digital Link spells by its number, of the characters in set 82.
const IN_LINK: &str = "!\"%&()*+,/:<>?";
/// What an EPC URN spells by its number.
const IN_URN: &str = "\"%&/<>?#";
/// What the query of a Digital Link spells besides: what would end or part it.
const IN_QUERY: &str = "!\"%&()*+,/:<>?;=";

pub(super) fn encode_for_link(text: &str) -> String {
    encode(text, IN_LINK)
}

pub(super) fn encode_for_urn(text: &str) -> String {
    encode(text, IN_URN)
}

pub(super) fn encode_in_query(text: &str) -> String {
    encode(text, IN_QUERY)
}

fn encode(text: &str, spelt: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if spelt.contains(character) {
            out.push_str(&format!("%{:02X}", u32::from(character)));
        } else {
            out.push(character);
        }
    }
    out
}

pub(crate) fn decode(text: &str) -> Result<String, IdentifierError> {
    if !text.contains('%') {
        return Ok(text.to_owned());
    }
    let wrong = || IdentifierError::Percent {
        text: text.to_owned(),
    };
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        if first == b'%' {
            let pair = behind.get(..2).ok_or_else(wrong)?;
            out.extend(hex::decode(pair).map_err(|_| wrong())?);
            rest = behind.get(2..).unwrap_or_default();
        } else {
            out.push(first);
            rest = behind;
        }
    }
    String::from_utf8(out).map_err(|_| wrong())
}
