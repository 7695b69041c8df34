//! Olife ID on a node: roles are attested and end at once, and a lost key is replaced by guardians.

extern crate allive_ink_e2e as ink_e2e;

use allive_access::PauseTerms;
use allive_olife_id_interface::{IdentityId, IdentityRegistry, Topic};
use allive_psp22_interface::Psp22Client;
use allive_requests::{Domain, RequestError, Signature};
use ink::{env::DefaultEnvironment, primitives::AccountId};
use ink_e2e::{
    account_id, alice, bob, charlie, create_call_builder, eve, AccountKeyring, Client,
    ContractsBackend, PolkadotConfig,
};
use olife_id::{
    Action, Guardians, Held, IdError, IdentityTerms, Key, OlifeId, OlifeIdRef, Query, Request,
    Setup, SignedAction, Stored, ALL, PURPOSE,
};

type E2EResult<T> = Result<T, Box<dyn std::error::Error>>;
type Node = Client<PolkadotConfig, DefaultEnvironment>;

/// Owns the contract, and is its anchor, with the key `alice()`.
const ANCHOR: IdentityId = 0;
/// Recovers the person, with the key `bob()`.
const GUARDIAN: IdentityId = 1;
/// Has the key `charlie()` until it is lost.
const PERSON: IdentityId = 2;
/// The person's next key, which never calls: it signs, and others submit.
const NEXT: AccountKeyring = AccountKeyring::Dave;

const DAY: u64 = 24 * 3_600_000;
/// What signatures bind here. The node has another one, of which the contract is not told.
const CHAIN: [u8; 32] = [7; 32];

#[ink_e2e::test]
async fn a_role_is_attested_and_ends_when_its_issuer_is_approved_no_more() -> E2EResult<()> {
    let id = open(&mut client).await?;
    let mut contract = create_call_builder::<OlifeId>(id);
    // The node's clock may be ahead of this machine's.
    let query = contract.stored(Query::Identity(PERSON));
    let found = client.call(&eve(), &query).dry_run().await?.return_value();
    let Some(Stored::Identity(person)) = found else {
        panic!("no person");
    };
    let attest = Action::Attest {
        subject: PERSON,
        topic: Topic::CLINICIAN,
        value: [5; 32],
        weight: 0,
        issued: None,
        expires: person.updated + DAY,
    };
    let attest = contract.act(attest);
    let refused = client.call(&alice(), &attest).dry_run().await?;
    assert_eq!(refused.return_value(), Err(IdError::NotIssuer));
    let approve = contract.approve_issuer(ANCHOR, Topic::CLINICIAN.bit(), 0);
    client.call(&alice(), &approve).submit().await?;
    client.call(&alice(), &attest).submit().await?;

    let asks = contract.has_role(account_id(AccountKeyring::Charlie).into(), Topic::CLINICIAN);
    let holds = client.call(&eve(), &asks).dry_run().await?;
    assert!(holds.return_value());
    let end = contract.withdraw_approval(ANCHOR, None);
    client.call(&alice(), &end).submit().await?;
    let holds = client.call(&eve(), &asks).dry_run().await?;
    assert!(!holds.return_value());
    Ok(())
}

#[ink_e2e::test]
async fn a_lost_key_is_replaced_by_guardians_and_the_next_one_only_signs() -> E2EResult<()> {
    let id = open(&mut client).await?;
    let mut contract = create_call_builder::<OlifeId>(id);
    let next = account_id(NEXT);
    let recover = Action::Recover {
        identity: PERSON,
        keys: vec![Held {
            key: Key::Account(next.into()),
            purposes: ALL,
        }],
    };
    let recover = contract.act(recover);
    let refused = client.call(&eve(), &recover).dry_run().await?;
    assert_eq!(refused.return_value(), Err(IdError::NotKey));
    client.call(&bob(), &recover).submit().await?;
    let settle = contract.settle(PERSON);
    let refused = client.call(&eve(), &settle).dry_run().await?;
    // Tried at the time of the last block.
    assert_eq!(refused.return_value(), Err(IdError::TooEarly));

    let asks = contract.stored(Query::Identity(PERSON));
    let told = client.call(&eve(), &asks).dry_run().await?;
    let Some(Stored::Identity(person)) = told.return_value() else {
        panic!("there is no such identity");
    };
    let turns = person.recovery.turns;
    let request = Request {
        signer: Key::Account(next.into()),
        action: SignedAction {
            identity: None,
            action: Action::Consent {
                identity: PERSON,
                purposes: olife_id::ALL,
            },
        },
        nonce: 0,
        // By the chain's clock, which may be ahead of this machine's.
        deadline: turns + 3_600_000,
    };
    let message = request.message(&Domain {
        purpose: &PURPOSE,
        chain: &CHAIN,
        contract: &id,
    });
    let signature = Signature::Sr25519(NEXT.sign(message.wrapped()).0);
    let submit = contract.act_for(request.clone(), signature.clone());
    client.call(&eve(), &submit).submit().await?;
    let again = client.call(&eve(), &submit).dry_run().await?;
    assert_eq!(again.return_value(), Err(RequestError::NonceUsed.into()));
    client.call(&eve(), &settle).submit().await?;

    for (key, identity) in [
        (NEXT, Some(PERSON)),
        (AccountKeyring::Charlie, None),
        (AccountKeyring::Bob, Some(GUARDIAN)),
    ] {
        let asks = contract.identity_of(account_id(key).into());
        let told = client.call(&eve(), &asks).dry_run().await?;
        assert_eq!(told.return_value(), identity);
    }
    let cancel = contract.act(Action::Cancel { begun: None });
    let refused = client.call(&charlie(), &cancel).dry_run().await?;
    assert_eq!(refused.return_value(), Err(IdError::NotKey));
    Ok(())
}

/// Olife ID with an anchor, a guardian and a person. What waits is over by the next block.
async fn open(client: &mut Node) -> E2EResult<AccountId> {
    let terms = IdentityTerms {
        delay: 1,
        contest: 1,
        settling: 2,
        unbonding: 2,
        notice: 1,
        fade: DAY,
        bond: 1,
    };
    let pause = PauseTerms {
        duration: DAY,
        cooldown: DAY,
    };
    let owner = account_id(AccountKeyring::Alice);
    let setup = Setup {
        terms,
        pause,
        // No bond is paid here.
        alv: Psp22Client::at(owner),
        forfeits_to: owner.into(),
        chain: CHAIN,
    };
    let mut constructor = OlifeIdRef::new(setup);
    let created = client
        .instantiate("olife_id", &alice(), &mut constructor)
        .submit()
        .await?;
    let mut contract = create_call_builder::<OlifeId>(created.account_id);
    let alone = Guardians::default();
    let guarded = Guardians {
        list: vec![GUARDIAN],
        threshold: 1,
    };
    for (key, guardians) in [
        (alice(), alone.clone()),
        (bob(), alone),
        (charlie(), guarded),
    ] {
        let create = contract.act(Action::Create { guardians });
        client.call(&key, &create).submit().await?;
    }
    Ok(created.account_id)
}
