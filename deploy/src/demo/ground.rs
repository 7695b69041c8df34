//! What the chapters share.

use super::journal::Actor;
use allive_calls::{Chain, Code, Constructor, Event, Typed};
use anyhow::{bail, Result};
use ink::{
    env::{
        call::{ConstructorReturnType, FromAccountId},
        DefaultEnvironment,
    },
    primitives::AccountId,
};
use scale::{Decode, Encode};

/// Milliseconds.
pub const HOUR: u64 = 3_600_000;
/// Milliseconds.
pub const DAY: u64 = 24 * HOUR;

/// Creates a contract by the foundation, and says where it is.
pub fn create<C, Ref, Args, R>(
    chain: &mut C,
    code: &Code,
    constructor: Constructor<Ref, Args, R>,
) -> Result<AccountId>
where
    C: Chain,
    Args: Encode,
    Ref: FromAccountId<DefaultEnvironment>,
    R: ConstructorReturnType<Ref>,
    <R as ConstructorReturnType<Ref>>::Error: Decode + std::fmt::Debug,
{
    // The time tells this story from an earlier one on the same chain.
    let salt = chain.now().to_le_bytes();
    let created = match chain.create(Actor::Foundation.account(), code, constructor, &salt)? {
        Ok(created) => created,
        Err(error) => bail!("{} refused its constructor: {error:?}", code.name),
    };
    println!(
        "  {:<16} 0x{}  {:>6} bytes of Wasm",
        code.name,
        hex::encode(bytes(created.address)),
        code.wasm.len()
    );
    Ok(created.address)
}

/// The one event of type `E` among these.
pub fn one<E: ink::env::Event + Decode>(events: &[Event]) -> Result<E> {
    let mut found = events.iter().filter_map(Event::decode);
    match (found.next(), found.next()) {
        (Some(event), None) => Ok(event),
        _ => bail!("expected one event of its kind"),
    }
}

/// The bytes of an account.
pub fn bytes(account: AccountId) -> [u8; 32] {
    *AsRef::<[u8; 32]>::as_ref(&account)
}
