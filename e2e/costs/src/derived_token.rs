//! Every message of a derived token.

use super::psp22::standard;
use crate::meter::{Measures, Meter};
use ::derived_token::{DerivedToken, DerivedTokenRef, PSP22Payable};
use allive_calls::{at, Code, Keyring, Typed};
use allive_derived_token_interface::DerivedToken as _;
use allive_simulator::EmbeddedChain;
use allive_support::filler::{holder, Filler};
use hostile::HostileRef;
use ink::primitives::AccountId;
use scale::Encode;

const SUPPLY: u128 = 1_000_000;

/// The messages whose costs users feel.
pub const HOT: crate::Hot = &[
    ("transfer", ""),
    ("transfer_from", ""),
    ("approve", ""),
    ("transfer_and_call", "to a small contract"),
    ("mint", ""),
];

/// Measures every message beside `others` holders and allowances. Alice stands for the factory.
///
/// # Panics
/// If a message is refused.
pub fn measure(code: &Code, others: u32) -> Measures {
    let [alice, bob, charlie, ..] = Keyring::all().map(Keyring::account);
    let mut chain = EmbeddedChain::new();
    let address = deploy(&mut chain, code, alice, b"");
    fill(&mut chain, code, address, others);
    let token = || at::<DerivedToken>(address);
    let minted = chain.send(alice, token().mint(alice.into(), SUPPLY));
    assert_eq!(minted.value, Ok(Ok(())), "nothing was minted");
    let mut meter = Meter::new(chain);
    standard(&mut meter, address);

    let receiver = match Code::read("hostile")
        .map(|code| meter.chain.create(alice, &code, HostileRef::new(), b""))
    {
        Ok(Ok(Ok(created))) => created.address,
        other => panic!("no receiver: {other:?}"),
    };
    meter.message("transfer_and_call", |chain, _| {
        let note = vec![0_u8; 24].encode();
        chain.send(alice, token().transfer_and_call(receiver.into(), 10, note))
    });
    meter.query("factory", |chain| chain.ask(alice, token().factory()));
    meter.query("is_frozen", |chain| chain.ask(alice, token().is_frozen()));
    meter.message("mint", |chain, _| {
        chain.send(alice, token().mint(bob.into(), 10))
    });
    meter.message("burn", |chain, _| {
        chain.send(alice, token().burn(bob.into(), 1))
    });
    meter.message("burn_all", |chain, _| {
        let minted = chain.send(alice, token().mint(charlie.into(), 10));
        assert_eq!(minted.value, Ok(Ok(())));
        chain.send(alice, token().burn_all(charlie.into()))
    });
    meter.message("freeze", |chain, turn| {
        // A token freezes once.
        let another = deploy(chain, code, alice, &[turn]);
        chain.send(alice, at::<DerivedToken>(another).freeze())
    });
    meter.measures()
}

/// Creates a derived token of which `factory` is the factory, with no units in being.
///
/// # Panics
/// If its constructor fails.
pub fn deploy(
    chain: &mut EmbeddedChain,
    code: &Code,
    factory: AccountId,
    salt: &[u8],
) -> AccountId {
    let constructor = DerivedTokenRef::new("Care points".into(), "CARE".into(), 8);
    match chain.create(factory, code, constructor, salt) {
        Ok(Ok(created)) => created.address,
        other => panic!("the derived token was not created: {other:?}"),
    }
}

/// As if `count` others had been minted one unit each, and had allowed it.
pub fn fill(chain: &mut EmbeddedChain, code: &Code, token: AccountId, count: u32) {
    let mut filler = Filler::new(chain, token, code);
    filler.root(|(_, supply, _): &mut (AccountId, u128, bool)| *supply += u128::from(count));
    for number in 0..count {
        let (owner, spender) = (holder(number), holder(count + number));
        filler.entry("balances", owner, 1_u128);
        filler.entry("allowances", (owner, spender), 1_u128);
    }
}
