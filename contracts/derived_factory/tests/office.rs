//! The factory's code is in two halves. To everybody it is one contract.

use crate::world::*;
use allive_calls::{at, parts, Chain, Typed};
use allive_simulator::EmbeddedChain;
use allive_support::interface;
use derived_factory::*;
use derived_office::{DerivedOffice, DerivedOfficeRef, OfficeError};
use std::collections::BTreeSet;

/// What the constructor hands on to.
const OPEN: [u8; 4] = ink::selector_bytes!("DerivedFactory::new");

#[test]
fn what_the_office_does_is_what_the_factory_promises() {
    let told = |messages: Vec<serde_json::Value>| -> BTreeSet<String> {
        messages.iter().map(ToString::to_string).collect()
    };
    let promised = told(interface::messages("derived_factory"));
    let done = told(interface::messages("derived_office"));
    let own: Vec<_> = done.difference(&promised).collect();
    assert_eq!(own.len(), 1, "{own:?}");
    assert!(
        own[0].contains(&hex::encode(OPEN)),
        "only the constructor's"
    );
    let here: Vec<_> = promised.difference(&done).collect();
    let names = ["convert", "on_received", "redeem", "withdraw"];
    assert_eq!(here.len(), names.len(), "{here:?}");
    for (message, name) in here.iter().zip(names) {
        assert!(message.contains(name), "{message}");
    }
    let events = |name| told(interface::events(name));
    assert_eq!(events("derived_factory"), events("derived_office"));
}

#[test]
fn there_is_no_office_by_itself() {
    let mut chain = EmbeddedChain::new();
    let new = DerivedOfficeRef::new();
    let created = chain.create(ADMIN.account(), &code("derived_office"), new, b"");
    assert_eq!(
        created.unwrap().unwrap_err(),
        OfficeError::NoContractOfItsOwn
    );
}

#[test]
fn nobody_opens_a_factory_again() {
    let mut world = World::new();
    let charter = Charter {
        remainder_to: STRANGER.account().into(),
        ..charter()
    };
    let codes = codes(&mut world.chain);
    let open = at::<DerivedOffice>(world.factory).open(world.alv, codes, charter.into());
    let (factory, input) = parts(open);
    let before = world.books();
    for by in [ADMIN, STRANGER] {
        let outcome = world.chain.call(by.account(), factory, input.clone());
        assert!(outcome.result.map_or(true, |returned| returned.reverted));
        assert_eq!(world.books(), before);
    }
}

/// Its uploader might, once nobody needs it: the chain refunds a deposit for that.
#[test]
fn nobody_removes_the_code_of_the_office_while_there_is_a_factory() {
    let mut chain = EmbeddedChain::new();
    let office = codes(&mut chain).office;
    assert!(chain.remove_code(ADMIN.account(), office));

    let mut world = World::new();
    assert!(!world.chain.remove_code(ADMIN.account(), office));
    let beat = world.office().heartbeat(WELL);
    world.done(WELL_OPERATOR, beat);
}

#[test]
fn where_the_office_is_not_there_is_no_factory() {
    let mut chain = EmbeddedChain::new();
    let codes = codes(&mut chain);
    assert!(chain.remove_code(ADMIN.account(), codes.office));

    let new = DerivedFactoryRef::new(account(7), codes, charter().into());
    let created = chain.create(ADMIN.account(), &code("derived_factory"), new, b"");
    assert!(created.is_err());
}
