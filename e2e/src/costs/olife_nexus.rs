//! Every message of the Nexus.

use crate::{
    filler::{holder, Filler},
    meter::{Measures, Meter},
};
use ::psp22::PSP22;
use allive_access::{Ownable, Upgradeable};
use allive_testkit::{at, psp22, Chain, Code, EmbeddedChain, Keyring, Typed, START};
use ink::{
    codegen::ContractCallBuilder,
    primitives::{AccountId, Hash},
};
use olife_nexus::{Grant, GrantId, Kind, OlifeNexus, OlifeNexusRef, Purpose, Record, Terms};

type Messages = <OlifeNexus as ContractCallBuilder>::Type;

const HOUR: u64 = 3_600_000;
const PRICE: u128 = 10;

/// Measures every message beside `others` records, grants and credits.
///
/// # Panics
/// If a message is refused.
pub fn measure(code: &Code, others: u32) -> Measures {
    let [patient, grantee, ..] = Keyring::all().map(Keyring::account);
    let mut chain = EmbeddedChain::new();
    let alv = super::alv::deploy(&mut chain, grantee);
    let nexus = deploy(&mut chain, code, alv);
    fill(&mut chain, code, nexus, others);
    let held = psp22(alv).transfer(nexus, 2 * PRICE * u128::from(others), vec![]);
    assert_eq!(
        chain.send(grantee, held).value,
        Ok(Ok(())),
        "what is owed was not given"
    );
    let approve = psp22(alv).approve(nexus, 1_000);
    assert_eq!(
        chain.send(grantee, approve).value,
        Ok(Ok(())),
        "the grantee could not approve"
    );

    let code_hash = chain.code_hash(nexus);
    let first = GrantId::from(others);
    let offer = Terms {
        grantee,
        purpose: Purpose::Research,
        price: PRICE,
        uses: 4,
        expires: START + HOUR,
    };
    let mut meter = Meter::new(chain);
    let nexus = || at::<OlifeNexus>(nexus);
    meter.message("register", |chain, turn| {
        chain.send(
            patient,
            nexus().register([turn; 32], Kind::Fhir, vec![turn; 36]),
        )
    });
    meter.message("offer", |chain, _| {
        chain.send(patient, nexus().offer(first, offer.clone()))
    });
    meter.message("buy", |chain, _| {
        chain.send(grantee, nexus().buy(first, 2, PRICE))
    });
    meter.message("use_record", |chain, turn| {
        chain.send(grantee, nexus().use_record(first, [turn; 32]))
    });
    meter.message("withdraw", |chain, turn| {
        if turn == 1 {
            assert!(chain
                .send(grantee, nexus().use_record(first, [2; 32]))
                .value
                .is_ok());
        }
        chain.send(patient, nexus().withdraw(patient))
    });
    meter.query("record", |chain| chain.ask(patient, nexus().record(first)));
    meter.query("grant", |chain| chain.ask(patient, nexus().grant(first)));
    meter.query("record_count", |chain| {
        chain.ask(patient, nexus().record_count())
    });
    meter.query("grant_count", |chain| {
        chain.ask(patient, nexus().grant_count())
    });
    meter.query("credit_of", |chain| {
        chain.ask(patient, nexus().credit_of(patient))
    });
    meter.query("owed", |chain| chain.ask(patient, nexus().owed()));
    meter.query("alv", |chain| chain.ask(patient, nexus().alv()));
    meter.query("longest_term", |chain| {
        chain.ask(patient, nexus().longest_term())
    });
    // Ending a grant needs one that is bought from, each time: the two offers, then two more.
    let second = first + 1;
    meter.message("revoke", |chain, turn| {
        let grant = first + GrantId::from(turn);
        if grant == second {
            assert!(chain
                .send(grantee, nexus().buy(second, 1, PRICE))
                .value
                .is_ok());
        }
        chain.send(patient, nexus().revoke(grant))
    });
    for _ in 0..2 {
        let offered = meter
            .chain
            .send(patient, nexus().offer(first, offer.clone()));
        let Ok(Ok(grant)) = offered.value else {
            panic!("not offered: {:?}", offered.value)
        };
        assert!(meter
            .chain
            .send(grantee, nexus().buy(grant, 1, PRICE))
            .value
            .is_ok());
    }
    meter.chain.advance(HOUR);
    meter.message("settle", |chain, turn| {
        chain.send(grantee, nexus().settle(second + 1 + GrantId::from(turn)))
    });
    govern(&mut meter, nexus, grantee, code_hash);
    meter.measures()
}

/// The owner's messages. The code is replaced by itself, so that it answers the next message, too.
fn govern(meter: &mut Meter, nexus: impl Fn() -> Messages, other: AccountId, code_hash: Hash) {
    let owner = Keyring::Alice.account();
    meter.query("owner", |chain| chain.ask(other, nexus().owner()));
    meter.query("pending_owner", |chain| {
        chain.ask(other, nexus().pending_owner())
    });
    meter.message("transfer_ownership", |chain, _| {
        chain.send(owner, nexus().transfer_ownership(Some(owner.into())))
    });
    meter.message("accept_ownership", |chain, _| {
        let offer = nexus().transfer_ownership(Some(owner.into()));
        assert_eq!(chain.send(owner, offer).value, Ok(Ok(())));
        chain.send(owner, nexus().accept_ownership())
    });
    let announce = || nexus().announce_upgrade(code_hash, None);
    meter.message("announce_upgrade", |chain, _| chain.send(owner, announce()));
    meter.query("announced_upgrade", |chain| {
        chain.ask(other, nexus().announced_upgrade())
    });
    meter.query("upgrade_notice", |chain| {
        chain.ask(other, nexus().upgrade_notice())
    });
    meter.message("cancel_upgrade", |chain, _| {
        assert_eq!(chain.send(owner, announce()).value, Ok(Ok(())));
        chain.send(owner, nexus().cancel_upgrade())
    });
    meter.message("set_code_hash", |chain, _| {
        assert_eq!(chain.send(owner, announce()).value, Ok(Ok(())));
        chain.advance(HOUR);
        chain.send(owner, nexus().set_code_hash(code_hash))
    });
}

/// Creates a Nexus.
///
/// # Panics
/// If its constructor fails.
pub fn deploy(chain: &mut EmbeddedChain, code: &Code, alv: AccountId) -> AccountId {
    let constructor = OlifeNexusRef::new(alv, 24 * HOUR, HOUR);
    match chain.create(Keyring::Alice.account(), code, constructor, b"") {
        Ok(Ok(created)) => created.address,
        other => panic!("the Nexus was not created: {other:?}"),
    }
}

/// As if `count` patients had each registered a record and offered it to a grantee of theirs, who
/// bought two of three uses and made one. What is owed for it, 20 units each, must be
/// given to the Nexus besides.
pub fn fill(chain: &mut EmbeddedChain, code: &Code, nexus: AccountId, count: u32) {
    let mut filler = Filler::new(chain, nexus, code);
    for number in 0..count {
        let (patient, grantee) = (holder(number), holder(count + number));
        let id = u64::from(number);
        let record = Record {
            owner: patient,
            commitment: [7; 32],
            kind: Kind::Fhir,
            pointer: vec![7; 36],
        };
        filler.entry("records", id, record);
        let grant = Grant {
            record: id,
            patient,
            grantee,
            purpose: Purpose::Research,
            price: PRICE,
            expires: START + HOUR,
            for_sale: 1,
            bought: 1,
            used: 1,
        };
        filler.entry("grants", id, grant);
        filler.entry("credits", patient, PRICE);
    }
    if count > 0 {
        filler.cell("owed", 2 * PRICE * u128::from(count));
        filler.root::<(AccountId, u64, u64, u64)>(|(_, _, records, grants)| {
            (*records, *grants) = (count.into(), count.into());
        });
    }
}
