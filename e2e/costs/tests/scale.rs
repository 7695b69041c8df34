//! Tier "scale": a state written straight to storage is the state that calls would have made.

use ::council::{Action, Council};
use ::derived_factory::{DerivedFactory, Fund};
use ::derived_token::DerivedToken;
use ::olife_id::OlifeId;
use ::olife_nexus::{GrantTerms, Kind, OlifeNexus, Purpose};
use ::psp22::PSP22;
use allive_calls::{at, psp22, Code, Keyring, Typed};
use allive_costs::{alv, council, derived_factory, derived_token, olife_id, olife_nexus};
use allive_derived_token_interface::DerivedToken as _;
use allive_olife_id_interface::{IdentityId, Topic};
use allive_simulator::{EmbeddedChain, START};
use allive_support::filler::holder;
use ink::primitives::AccountId;

const COUNT: u32 = 3;

#[test]
fn balances_written_to_storage_equal_balances_made_by_transfers() {
    let alice = Keyring::Alice.account();
    let code = Code::read("alv").unwrap();

    let mut called = EmbeddedChain::new();
    let token = alv::deploy(&mut called, alice);
    for number in 0..COUNT {
        let (owner, spender) = (holder(number), holder(COUNT + number));
        called.endow(owner);
        called
            .send(alice, psp22(token).transfer(owner, 1, vec![]))
            .value
            .unwrap()
            .unwrap();
        called
            .send(owner, psp22(token).approve(spender, 1))
            .value
            .unwrap()
            .unwrap();
    }
    let made: Vec<_> = called.cells(token).into_iter().collect();

    let mut written = EmbeddedChain::new();
    let token = alv::deploy(&mut written, alice);
    alv::fill(&mut written, &code, token, COUNT);
    let cells = written.cells(token);
    // The one cell that differs is that of Alice, who paid; nonces and roles are beside the point.
    let missing: Vec<_> = made
        .iter()
        .filter(|(key, value)| cells.get(key) != Some(value))
        .collect();
    assert_eq!(missing.len(), 1, "{missing:?}");
}

#[test]
fn holders_of_a_derived_token_written_to_storage_equal_those_made_by_calls() {
    let alice = Keyring::Alice.account();
    let code = Code::read("derived_token").unwrap();

    let mut called = EmbeddedChain::new();
    let token = derived_token::deploy(&mut called, &code, alice, b"");
    for number in 0..COUNT {
        let (owner, spender) = (holder(number), holder(COUNT + number));
        called.endow(owner);
        let mint = at::<DerivedToken>(token).mint(owner.into(), 1);
        called.send(alice, mint).value.unwrap().unwrap();
        let approve = psp22(token).approve(spender, 1);
        called.send(owner, approve).value.unwrap().unwrap();
    }

    let mut written = EmbeddedChain::new();
    let token = derived_token::deploy(&mut written, &code, alice, b"");
    derived_token::fill(&mut written, &code, token, COUNT);
    assert_eq!(called.cells(token), written.cells(token));
}

#[test]
fn records_grants_and_credits_written_to_storage_equal_those_made_by_calls() {
    let alice = Keyring::Alice.account();
    let code = Code::read("olife_nexus").unwrap();

    let mut called = EmbeddedChain::new();
    let token = alv::deploy(&mut called, alice);
    let nexus = olife_nexus::deploy(&mut called, &code, token, token);
    for number in 0..COUNT {
        let (patient, grantee) = (holder(number), holder(COUNT + number));
        called.endow(patient);
        called.endow(grantee);
        called
            .send(alice, psp22(token).transfer(grantee, 20, vec![]))
            .value
            .unwrap()
            .unwrap();
        called
            .send(grantee, psp22(token).approve(nexus, 20))
            .value
            .unwrap()
            .unwrap();
        let contract = || at::<OlifeNexus>(nexus);
        let register = contract().register([7; 32], Kind::Fhir, vec![7; 36]);
        let record = called.send(patient, register).value.unwrap().unwrap();
        let terms = GrantTerms {
            grantee,
            purpose: Purpose::Research,
            price: 10,
            uses: 3,
            expires: START + 3_600_000,
        };
        let grant = called
            .send(patient, contract().offer(record, terms))
            .value
            .unwrap()
            .unwrap();
        called
            .send(grantee, contract().buy(grant, 2, 10))
            .value
            .unwrap()
            .unwrap();
        called
            .send(grantee, contract().use_record(grant, [0; 32]))
            .value
            .unwrap()
            .unwrap();
    }

    let mut written = EmbeddedChain::new();
    let token = alv::deploy(&mut written, alice);
    let nexus = olife_nexus::deploy(&mut written, &code, token, token);
    olife_nexus::fill(&mut written, &code, nexus, COUNT);
    assert_eq!(called.cells(nexus), written.cells(nexus));
}

#[test]
fn dapps_credits_and_vouchers_written_to_storage_equal_those_made_by_calls() {
    let alice = Keyring::Alice.account();
    let code = Code::read("derived_factory").unwrap();
    let begin = |chain: &mut EmbeddedChain| -> (AccountId, AccountId) {
        let token = alv::deploy(chain, alice);
        let identities = derived_factory::identities(chain, token);
        let factory = derived_factory::deploy(chain, &code, [token, identities]);
        (token, factory)
    };

    let mut called = EmbeddedChain::new();
    let (token, factory) = begin(&mut called);
    let contract = || at::<DerivedFactory>(factory);
    let filled = derived_factory::FILLED;
    let profile = derived_factory::profile();
    let (price, treasury) = (profile.price, profile.treasury.clone());
    for number in 0..COUNT {
        let operator = holder(number);
        called.endow(operator);
        let pay = psp22(token).transfer(operator, filled, vec![]);
        called.send(alice, pay).value.unwrap().unwrap();
        let allow = psp22(token).approve(factory, filled);
        called.send(operator, allow).value.unwrap().unwrap();

        let stake = filled - price - 1;
        let register = contract().register(profile.clone().into(), stake);
        let dapp = called.send(operator, register).value.unwrap().unwrap();
        let signer = Keyring::Bob.account();
        let nonce = 128 + u64::from(number);
        let (voucher, signature) = derived_factory::voucher(factory, dapp, nonce, operator);
        let appoint = contract().appoint(dapp, treasury.clone(), Some(signer.into()), None);
        called.send(operator, appoint).value.unwrap().unwrap();
        let fund = contract().fund(dapp, Fund::Prepaid, price);
        called.send(operator, fund).value.unwrap().unwrap();
        let redeem = contract().redeem_voucher(voucher.into(), signature);
        called.send(operator, redeem).value.unwrap().unwrap();
        let deposit = contract().deposit(1);
        called.send(operator, deposit).value.unwrap().unwrap();
    }
    let holds: u128 = called.get(psp22(token).balance_of(factory));
    assert_eq!(holds, filled * u128::from(COUNT));

    let mut written = EmbeddedChain::new();
    let (_, factory) = begin(&mut written);
    derived_factory::fill(&mut written, &code, factory, COUNT);
    assert_eq!(called.cells(factory), written.cells(factory));
}

#[test]
fn proposals_and_emergencies_written_to_storage_equal_those_made_by_calls() {
    let alice = Keyring::Alice.account();
    let code = Code::read("council").unwrap();

    let mut called = EmbeddedChain::new();
    let address = council::deploy(&mut called, &code, b"");
    for number in 0..COUNT {
        let other = holder(number);
        let contract = || at::<Council>(address);
        let pay = Action::Pay {
            to: other.into(),
            amount: 1,
        };
        let propose = contract().propose(pay);
        called.send(alice, propose).value.unwrap().unwrap();
        let pause = contract().emergency_pause(other.into());
        called.send(alice, pause).value.unwrap().unwrap();
    }

    let mut written = EmbeddedChain::new();
    let address = council::deploy(&mut written, &code, b"");
    council::fill(&mut written, &code, address, COUNT);
    assert_eq!(called.cells(address), written.cells(address));
}

#[test]
fn identities_and_attestations_written_to_storage_equal_those_made_by_calls() {
    let alice = Keyring::Alice.account();
    let code = Code::read("olife_id").unwrap();
    let begin = |chain: &mut EmbeddedChain| -> AccountId {
        let token = alv::deploy(chain, alice);
        olife_id::deploy(chain, &code, token)
    };

    let mut called = EmbeddedChain::new();
    let id = begin(&mut called);
    let contract = || at::<OlifeId>(id);
    for number in 0..COUNT {
        called.endow(holder(number));
        let guardians = ::olife_id::Guardians::default();
        let create = ::olife_id::Action::Create { guardians };
        let create = contract().act(create);
        let created = called.send(holder(number), create).value.unwrap();
        assert_eq!(created, Ok(number.into()));
    }
    let last = COUNT - 1;
    let patients = Topic::PATIENT.bit();
    let approve = contract().approve_issuer(last.into(), patients, 0);
    called.send(alice, approve).value.unwrap().unwrap();
    for number in 0..last {
        let attest = ::olife_id::Action::Attest {
            subject: IdentityId::from(number),
            topic: Topic::PATIENT,
            value: [7; 32],
            weight: 0,
            issued: None,
            expires: START + 3_000 * ::olife_id::trust::DAY,
        };
        let attest = contract().act(attest);
        called.send(holder(last), attest).value.unwrap().unwrap();
        let appoint = ::olife_id::Action::Appoint {
            delegate: number.into(),
            topics: patients,
            issued: None,
            expires: START + 3_000 * ::olife_id::trust::DAY,
        };
        let appoint = contract().act(appoint);
        called.send(holder(last), appoint).value.unwrap().unwrap();
    }

    let mut written = EmbeddedChain::new();
    let id = begin(&mut written);
    olife_id::fill(&mut written, &code, id, COUNT);
    assert_eq!(called.cells(id), written.cells(id));
}
