//! Tokens that tests begin with.

use allive_access::{Account, PauseTerms};
use allive_calls::{Chain, Code, Keyring, Typed};
use allive_simulator::{EmbeddedChain, GENESIS};
use alv::AlvRef;
use ink::primitives::AccountId;
use scale::Encode;

const HOUR: u64 = 3_600_000;
const SUPPLY: u128 = 1_000_000_000;

/// What `transfer_many` takes, from plain values.
pub fn payments(plain: &[(AccountId, u128)]) -> Vec<(Account, u128)> {
    let payments = plain.iter().map(|(to, value)| ((*to).into(), *value));
    payments.collect()
}

/// Creates ALV with all of its supply in the hands of `creator`, who owns it.
///
/// # Panics
/// If it is not built, or its constructor fails.
pub fn deploy_alv(chain: &mut EmbeddedChain, creator: AccountId) -> AccountId {
    let pause = PauseTerms {
        duration: HOUR,
        cooldown: HOUR,
    };
    let constructor = AlvRef::new(SUPPLY, 2 * SUPPLY, pause, GENESIS);
    let code = match Code::read("alv") {
        Ok(code) => code,
        Err(error) => panic!("{error}"),
    };
    match chain.create(creator, &code, constructor, b"") {
        Ok(Ok(created)) => created.address,
        other => panic!("ALV was not created: {other:?}"),
    }
}

/// Creates the reference token, whose crate does not export a reference to it.
///
/// # Panics
/// If its constructor fails.
pub fn deploy_reference(chain: &mut EmbeddedChain, code: &Code, supply: u128) -> AccountId {
    let mut input = ink::selector_bytes!("new").to_vec();
    (supply, Some("ALLIVE"), Some("ALV"), 8_u8).encode_to(&mut input);
    let outcome = chain.instantiate(Keyring::Alice.account(), &code.wasm, input, b"");
    assert!(
        outcome.result.is_ok(),
        "the reference token was not created: {:?}",
        outcome.result
    );
    outcome.contract
}
