//! The arguments of a constructor, by name, as a contract's metadata tells them.

use super::{accounts, deployment::PlannedContract};
use anyhow::{bail, Result};
use contract_transcode::{ContractMessageTranscoder, Tuple, Value};
use ink::primitives::AccountId;
use std::collections::BTreeMap;

/// The prefix of addresses that are not of one chain's form, as the library writes them.
const ANY_CHAIN: u16 = 42;

/// The name of the constructor, and its arguments by name.
pub fn constructor(
    planned: &PlannedContract,
) -> Result<(String, BTreeMap<String, serde_json::Value>)> {
    let metadata = serde_json::from_str(&planned.code.metadata)?;
    let decoded = ContractMessageTranscoder::new(metadata)
        .decode_contract_constructor(&mut &planned.input[..])?;
    let Value::Map(map) = decoded else {
        bail!("{}: a constructor without a name", planned.code.name);
    };
    let arguments = map
        .iter()
        .map(|(name, value)| (name.to_string(), json(value)));
    Ok((map.ident().unwrap_or_default(), arguments.collect()))
}

/// A decoded value as JSON. Numbers are text, since JSON's end at 53 bits for many readers; bytes
/// are hexadecimal digits.
fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Map(map) => {
            let fields = map
                .iter()
                .map(|(name, value)| (name.to_string(), json(value)));
            fields.collect::<serde_json::Map<_, _>>().into()
        }
        Value::Seq(items) => {
            let items = items.elems();
            match items.iter().map(byte).collect::<Option<Vec<u8>>>() {
                Some(bytes) => accounts::hex(&bytes).into(),
                None => items.iter().map(json).collect::<Vec<_>>().into(),
            }
        }
        Value::Tuple(tuple) => match account(tuple) {
            Some(account) => accounts::address(&account, ANY_CHAIN).into(),
            None => value.to_string().into(),
        },
        other => other.to_string().into(),
    }
}

/// An account of a list: the library writes an address only where an account stands alone.
fn account(tuple: &Tuple) -> Option<AccountId> {
    let mut parts = tuple.values();
    let (Some(Value::Seq(bytes)), None) = (parts.next(), parts.next()) else {
        return None;
    };
    let bytes: Option<Vec<u8>> = bytes.elems().iter().map(byte).collect();
    let bytes = <[u8; 32]>::try_from(bytes?).ok()?;
    (tuple.ident()? == "AccountId").then_some(bytes.into())
}

fn byte(value: &Value) -> Option<u8> {
    match value {
        Value::UInt(number) => u8::try_from(*number).ok(),
        _ => None,
    }
}
