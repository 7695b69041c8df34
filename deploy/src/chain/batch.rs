//! Messages as a council sends them.

use allive_calls::{parts, Message};
use anyhow::{Context, Result};
use council::Call;
use scale::Encode;

/// A message as a call of a council's, without coins. No contract of the suite survives a lack of gas, so that
/// none has to be left for it.
pub fn call<Args: Encode, R>(message: Message<Args, R>) -> Result<Call> {
    let (target, input) = parts(message);
    let (selector, arguments) = input
        .split_first_chunk()
        .context("a message has a selector")?;
    Ok(Call {
        target: target.into(),
        selector: *selector,
        arguments: arguments.to_vec(),
        value: 0.into(),
        min_ref_time: 0,
    })
}
