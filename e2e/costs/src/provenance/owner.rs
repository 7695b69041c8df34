//! The messages of the owner.

use super::stage::{Place, ISSUER};
use crate::meter::Meter;
use allive_access::{Ownable, Upgradeable};
use allive_calls::{Chain, Typed};
use ink::primitives::Hash as CodeHash;
use provenance::DAY;

/// The owner's messages. The code is replaced by itself, so that it answers the next message, too.
pub(super) fn govern(meter: &mut Meter, place: Place) {
    let owner = ISSUER.account();
    let contract = || place.contract();
    let code_hash: CodeHash = meter.chain.code_hash(place.provenance);
    meter.query("owner", |chain| chain.ask(owner, contract().owner()));
    meter.query("pending_owner", |chain| {
        chain.ask(owner, contract().pending_owner())
    });
    meter.message("transfer_ownership", |chain, _| {
        chain.send(owner, contract().transfer_ownership(Some(owner.into())))
    });
    meter.message("accept_ownership", |chain, _| {
        let offer = contract().transfer_ownership(Some(owner.into()));
        assert_eq!(chain.send(owner, offer).value, Ok(Ok(())));
        chain.send(owner, contract().accept_ownership())
    });
    let announce = || contract().announce_upgrade(code_hash, None);
    meter.message("announce_upgrade", |chain, _| chain.send(owner, announce()));
    meter.query("announced_upgrade", |chain| {
        chain.ask(owner, contract().announced_upgrade())
    });
    meter.query("upgrade_notice", |chain| {
        chain.ask(owner, contract().upgrade_notice())
    });
    meter.message("cancel_upgrade", |chain, _| {
        assert_eq!(chain.send(owner, announce()).value, Ok(Ok(())));
        chain.send(owner, contract().cancel_upgrade())
    });
    meter.message("set_code_hash", |chain, _| {
        assert_eq!(chain.send(owner, announce()).value, Ok(Ok(())));
        chain.advance(DAY);
        chain.send(owner, contract().set_code_hash(code_hash))
    });
}
