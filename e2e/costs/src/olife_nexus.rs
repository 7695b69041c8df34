//! Every message of the Nexus.

use crate::meter::{Measures, Meter};
use ::psp22::PSP22;
use allive_access::{Ownable, Upgradeable};
use allive_calls::{at, psp22, Chain, Code, Keyring, Receipt, Typed};
use allive_requests::{Domain, Signature};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use allive_support::filler::{holder, Filler};
use ink::{
    codegen::ContractCallBuilder,
    primitives::{AccountId, Hash},
};
use olife_nexus::{
    Action, Credit, Grant, GrantId, GrantTerms, Holding, Kind, NexusError, OlifeNexus,
    OlifeNexusRef, Purpose, Record, Request, PURPOSE,
};

type Messages = <OlifeNexus as ContractCallBuilder>::Type;

const HOUR: u64 = 3_600_000;
const PRICE: u128 = 10;

/// The messages whose costs users feel.
pub const HOT: crate::Hot = &[
    ("register", ""),
    ("offer", ""),
    ("buy", "two uses, by allowance"),
    ("use_record", ""),
    ("act_for:use_record", "a signed use"),
    ("revoke", ""),
    ("settle", ""),
    ("withdraw", ""),
    ("inherit:record", "with what it asks Olife ID"),
];

/// Measures every message beside `others` records, grants and credits.
///
/// # Panics
/// If a message is refused.
pub fn measure(code: &Code, others: u32) -> Measures {
    let [patient, grantee, ..] = Keyring::all().map(Keyring::account);
    let mut chain = EmbeddedChain::new();
    let alv = super::alv::deploy(&mut chain, grantee);
    let id = identities(&mut chain, alv, others);
    let nexus = deploy(&mut chain, code, alv, id);
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
    let offer = GrantTerms {
        grantee,
        purpose: Purpose::Research,
        price: PRICE,
        uses: 9,
        expires: START + HOUR,
    };
    let mut meter = Meter::new(chain);
    let address = nexus;
    let nexus = || at::<OlifeNexus>(address);
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
    let more = nexus().buy(first, 2, PRICE);
    assert!(meter.chain.send(grantee, more).value.is_ok());
    meter.message("act_for:use_record", |chain, turn| {
        let action = Action::UseRecord {
            grant: first,
            request: [turn; 32],
        };
        act_for(chain, address, action, turn.into())
    });
    meter.message("cancel", |chain, turn| {
        chain.send(grantee, nexus().cancel(u64::from(turn) + 5))
    });
    meter.query("used_nonces", |chain| {
        chain.ask(grantee, nexus().used_nonces(grantee.into(), 0))
    });
    meter.query("request_text", |chain| {
        let request = Request {
            signer: grantee.into(),
            action: Action::Cancel,
            nonce: 9,
            deadline: START + HOUR,
        };
        chain.ask(grantee, nexus().request_text(request.into()))
    });
    meter.message("withdraw", |chain, turn| {
        if turn == 1 {
            assert!(chain
                .send(grantee, nexus().use_record(first, [2; 32]))
                .value
                .is_ok());
        }
        chain.send(patient, nexus().withdraw(patient.into()))
    });
    // What the patient earned last is for her heir.
    let more = nexus().buy(first, 1, PRICE);
    assert!(meter.chain.send(grantee, more).value.is_ok());
    let last = nexus().use_record(first, [3; 32]);
    assert!(meter.chain.send(grantee, last).value.is_ok());
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
    meter.query("identities", |chain| {
        chain.ask(patient, nexus().identities())
    });
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
    inherit(&mut meter, nexus, id, first);
    meter.measures()
}

/// The grantee signs an action, and a stranger submits it.
fn act_for(
    chain: &mut EmbeddedChain,
    nexus: AccountId,
    action: Action,
    nonce: u64,
) -> Receipt<Result<(), NexusError>> {
    let grantee = Keyring::Bob;
    let request = Request {
        signer: grantee.account().into(),
        action,
        nonce,
        deadline: chain.now() + HOUR,
    };
    let message = request.message(&Domain {
        purpose: &PURPOSE,
        chain: &GENESIS,
        contract: &nexus,
    });
    let signature = Signature::Sr25519(grantee.sign(message.wrapped()));
    let submitted = at::<OlifeNexus>(nexus).act_for(request.into(), signature);
    chain.send(Keyring::Eve.account(), submitted)
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

/// The patient and then the grantee lost the key of one identity, whose key is an heir's now.
fn inherit(meter: &mut Meter, nexus: impl Fn() -> Messages, id: AccountId, first: u64) {
    let [patient, grantee, guardian, heir, ..] = Keyring::all();
    super::olife_id::replace(&mut meter.chain, id, guardian, [patient, grantee, heir]);
    let mut one = |name: &str, holding: &dyn Fn(u64) -> Holding| {
        meter.message(&format!("inherit:{name}"), |chain, turn| {
            chain.send(heir.account(), nexus().inherit(holding(turn.into())))
        });
    };
    one("record", &|turn| Holding::Record(first + turn));
    // The two that were settled: the others are revoked.
    one("grant", &|turn| Holding::Grant(first + 2 + turn));
    one("purchase", &|turn| Holding::Purchase(first + 2 + turn));
    let formers = [patient, grantee].map(Keyring::account);
    one("credit", &|turn| {
        Holding::Credit(formers[usize::from(turn > 0)].into())
    });
}

/// Olife ID with as many others.
fn identities(chain: &mut EmbeddedChain, alv: AccountId, others: u32) -> AccountId {
    let code = match Code::read("olife_id") {
        Ok(code) => code,
        Err(error) => panic!("{error}"),
    };
    let id = super::olife_id::deploy(chain, &code, alv);
    super::olife_id::fill(chain, &code, id, others);
    id
}

/// Creates a Nexus.
///
/// # Panics
/// If its constructor fails.
pub fn deploy(
    chain: &mut EmbeddedChain,
    code: &Code,
    alv: AccountId,
    identities: AccountId,
) -> AccountId {
    let constructor = OlifeNexusRef::new(alv, identities.into(), 24 * HOUR, HOUR, GENESIS);
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
            since: START,
            committed_by: None,
            commitment: [7; 32],
            kind: Kind::Fhir,
            pointer: vec![7; 36],
        };
        filler.entry("records", id, record);
        let grant = Grant {
            record: id,
            patient,
            patient_since: START,
            grantee,
            grantee_since: START,
            purpose: Purpose::Research,
            price: PRICE,
            expires: START + HOUR,
            for_sale: 1,
            bought: 1,
            used: 1,
        };
        filler.entry("grants", id, grant);
        let credit = Credit {
            amount: PRICE,
            began: START,
            later: vec![],
        };
        filler.entry("cells", patient, credit);
    }
    if count > 0 {
        filler.cell("sum", 2 * PRICE * u128::from(count));
        filler.root::<([AccountId; 2], u64, u64, u64, [u8; 32])>(|(_, _, records, grants, _)| {
            (*records, *grants) = (count.into(), count.into());
        });
    }
}
