//! Every message of the Nexus.

use crate::{
    filler::{holder, Filler},
    meter::{Measures, Meter},
};
use ::psp22::PSP22;
use allive_testkit::{at, psp22, Chain, Code, EmbeddedChain, Keyring, Typed, START};
use ink::primitives::AccountId;
use olife_nexus::{Grant, GrantId, Kind, OlifeNexus, OlifeNexusRef, Purpose, Record, Terms};

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
    meter.measures()
}

/// Creates a Nexus.
///
/// # Panics
/// If its constructor fails.
pub fn deploy(chain: &mut EmbeddedChain, code: &Code, alv: AccountId) -> AccountId {
    let constructor = OlifeNexusRef::new(alv, 24 * HOUR);
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
