//! The Nexus on a node: the life of a grant, and strangers to it.

extern crate allive_ink_e2e as ink_e2e;

use allive_access::PauseTerms;
use allive_psp22_interface::TokenError;
use alv::{Alv, AlvRef, PSP22};
use ink::{
    env::{DefaultEnvironment, Event},
    primitives::AccountId,
};
use ink_e2e::{
    account_id, alice, bob, charlie, create_call_builder, eve, AccountKeyring, Client,
    ContractsBackend, PolkadotConfig,
};
use olife_nexus::{
    GrantId, GrantTerms, Kind, NexusError, OlifeNexus, OlifeNexusRef, Purpose, RecordUsed,
    LONGEST_TERM,
};
use scale::Decode;
use std::time::SystemTime;

type E2EResult<T> = Result<T, Box<dyn std::error::Error>>;

const PATIENT: AccountKeyring = AccountKeyring::Bob;
/// A research group, whose key is `charlie()`.
const GROUP: AccountKeyring = AccountKeyring::Charlie;

const DAY: u64 = 24 * 3_600_000;
const MONEY: u128 = 1_000;
const PRICE: u128 = 25;
const REQUEST: [u8; 32] = [7; 32];

#[ink_e2e::test]
async fn a_grant_is_bought_used_and_revoked() -> E2EResult<()> {
    let market = open(&mut client).await?;
    let mut alv = create_call_builder::<Alv>(market.alv);
    let mut nexus = create_call_builder::<OlifeNexus>(market.nexus);
    let grant = market.grant;

    // The group buys two of four uses.
    let approve = alv.approve(market.nexus.into(), MONEY);
    client.call(&charlie(), &approve).submit().await?;
    let buy = nexus.buy(grant, 2, PRICE);
    client.call(&charlie(), &buy).submit().await?;

    // It makes both, and each is logged.
    let use_record = nexus.use_record(grant, REQUEST);
    for number in 1..=2 {
        let used = client.call(&charlie(), &use_record).submit().await?;
        let [emitted] = &used.contract_emitted_events()?[..] else {
            panic!("a use emits one event")
        };
        assert_eq!(emitted.event.contract, market.nexus);
        assert_eq!(
            emitted.topics[0],
            RecordUsed::SIGNATURE_TOPIC.unwrap().into()
        );
        assert_eq!(
            RecordUsed::decode(&mut &emitted.event.data[..])?,
            RecordUsed {
                grant,
                record: 0,
                number,
                request: REQUEST,
                charged: PRICE,
            }
        );
        assert_eq!(used.return_value(), Ok(2 - number));
    }

    // There is no third.
    let refused = client.call(&charlie(), &use_record).dry_run().await?;
    assert_eq!(refused.return_value(), Err(NexusError::NoUsesLeft));
    let sent = client.call(&charlie(), &use_record).submit().await;
    assert!(matches!(sent, Err(ink_e2e::Error::CallExtrinsic(_))));

    // It buys that as well, but the patient revokes, and it is refunded.
    let buy = nexus.buy(grant, 1, PRICE);
    client.call(&charlie(), &buy).submit().await?;
    client.call(&bob(), &nexus.revoke(grant)).submit().await?;
    let refused = client.call(&charlie(), &use_record).dry_run().await?;
    assert_eq!(refused.return_value(), Err(NexusError::UnknownGrant));

    // Each is paid what is its own, and nothing is left.
    for (account, signer, credit, balance) in [
        (PATIENT, bob(), 2 * PRICE, 2 * PRICE),
        (GROUP, charlie(), PRICE, MONEY - 2 * PRICE),
    ] {
        let withdraw = nexus.withdraw(account_id(account).into());
        let paid = client.call(&signer, &withdraw).submit().await?;
        assert_eq!(paid.return_value(), Ok(credit));
        let again = client.call(&signer, &withdraw).dry_run().await?;
        assert_eq!(again.return_value(), Err(NexusError::NothingOwed));

        let balance_of = alv.balance_of(account_id(account).into());
        let held = client.call(&eve(), &balance_of).dry_run().await?;
        assert_eq!(held.return_value(), balance);
    }
    let owed = client.call(&eve(), &nexus.owed()).dry_run().await?;
    assert_eq!(owed.return_value(), 0);
    Ok(())
}

#[ink_e2e::test]
async fn a_stranger_can_do_nothing_with_a_record_or_a_grant() -> E2EResult<()> {
    let market = open(&mut client).await?;
    let mut nexus = create_call_builder::<OlifeNexus>(market.nexus);
    let grant = market.grant;

    let offer = nexus.offer(0, terms());
    let refused = client.call(&eve(), &offer).dry_run().await?;
    assert_eq!(refused.return_value(), Err(NexusError::NotOwner));

    let buy = nexus.buy(grant, 1, PRICE);
    let refused = client.call(&eve(), &buy).dry_run().await?;
    assert_eq!(refused.return_value(), Err(NexusError::NotGrantee));

    let use_record = nexus.use_record(grant, REQUEST);
    let refused = client.call(&eve(), &use_record).dry_run().await?;
    assert_eq!(refused.return_value(), Err(NexusError::NotGrantee));

    let revoke = nexus.revoke(grant);
    let refused = client.call(&eve(), &revoke).dry_run().await?;
    assert_eq!(refused.return_value(), Err(NexusError::NotOwner));
    let sent = client.call(&eve(), &revoke).submit().await;
    assert!(matches!(sent, Err(ink_e2e::Error::CallExtrinsic(_))));

    let kept = client.call(&eve(), &nexus.grant(grant)).dry_run().await?;
    let kept = kept.return_value().expect("the grant is still there");
    assert_eq!((kept.for_sale, kept.bought, kept.used), (4, 0, 0));
    Ok(())
}

#[ink_e2e::test]
async fn without_an_allowance_nothing_is_bought() -> E2EResult<()> {
    let market = open(&mut client).await?;
    let mut nexus = create_call_builder::<OlifeNexus>(market.nexus);

    let buy = nexus.buy(market.grant, 1, PRICE);
    let refused = client.call(&charlie(), &buy).dry_run().await?;
    assert_eq!(
        refused.return_value(),
        Err(NexusError::Token(TokenError::InsufficientAllowance))
    );
    Ok(())
}

/// ALV, of which a group has some, and a Nexus on which a patient offered that group a record.
struct Market {
    alv: AccountId,
    nexus: AccountId,
    grant: GrantId,
}

async fn open(client: &mut Client<PolkadotConfig, DefaultEnvironment>) -> E2EResult<Market> {
    let pause = PauseTerms {
        duration: DAY,
        cooldown: DAY,
    };
    // Signed requests would bind the chain; none is sent here.
    let mut constructor = AlvRef::new(MONEY, MONEY, pause, [0; 32]);
    let token = client
        .instantiate("alv", &charlie(), &mut constructor)
        .submit()
        .await?;

    // Nobody inherits here: who would be asked does not matter.
    let identities = token.account_id.into();
    let mut constructor =
        OlifeNexusRef::new(token.account_id, identities, LONGEST_TERM, DAY, [0; 32]);
    let registry = client
        .instantiate("olife_nexus", &alice(), &mut constructor)
        .submit()
        .await?;
    let mut nexus = registry.call_builder::<OlifeNexus>();

    let register = nexus.register([1; 32], Kind::Fhir, vec![2; 36]);
    let registered = client.call(&bob(), &register).submit().await?;
    let record = registered.return_value().expect("the record is sound");
    let offer = nexus.offer(record, terms());
    let offered = client.call(&bob(), &offer).submit().await?;
    Ok(Market {
        alv: token.account_id,
        nexus: registry.account_id,
        grant: offered.return_value().expect("the terms are sound"),
    })
}

/// Four uses. They end far from now, because the clock of a development node may be ahead.
fn terms() -> GrantTerms {
    let now = SystemTime::UNIX_EPOCH.elapsed().expect("it is after 1970");
    let year = 365 * DAY;
    GrantTerms {
        grantee: account_id(GROUP),
        purpose: Purpose::Research,
        price: PRICE,
        uses: 4,
        expires: now.as_millis() as u64 + year,
    }
}
