//! ALV on a node: created, transferred, refused, paused.

extern crate allive_ink_e2e as ink_e2e;

use allive_access::{AccessControl, Pausable, PauseTerms};
use alv::{Alv, AlvError, AlvRef, PAUSER, PSP22, VAULT};
use ink::{env::Event, primitives::AccountId};
use ink_e2e::{account_id, alice, bob, charlie, AccountKeyring, ContractsBackend};
use psp22::{PSP22Error, Transfer};
use scale::Decode;

type E2EResult<T> = Result<T, Box<dyn std::error::Error>>;

const SUPPLY: u128 = 1_000_000;
const CAP: u128 = 2_000_000;
const TERMS: PauseTerms = PauseTerms {
    duration: PauseTerms::LONGEST,
    cooldown: PauseTerms::LONGEST,
};
/// What signed requests would bind; none is sent here.
const CHAIN: [u8; 32] = [0; 32];

const ALICE: AccountKeyring = AccountKeyring::Alice;
const BOB: AccountKeyring = AccountKeyring::Bob;
const CHARLIE: AccountKeyring = AccountKeyring::Charlie;

#[ink_e2e::test]
async fn whoever_creates_the_token_holds_the_supply() -> E2EResult<()> {
    let mut constructor = AlvRef::new(SUPPLY, CAP, TERMS, CHAIN);
    let contract = client
        .instantiate("alv", &alice(), &mut constructor)
        .submit()
        .await?;
    let alv = contract.call_builder::<Alv>();

    let total_supply = client.call(&bob(), &alv.total_supply()).dry_run().await?;
    assert_eq!(total_supply.return_value(), SUPPLY);
    let cap = client.call(&bob(), &alv.cap()).dry_run().await?;
    assert_eq!(cap.return_value(), CAP);
    let balance_of = alv.balance_of(account_id(ALICE).into());
    let balance = client.call(&bob(), &balance_of).dry_run().await?;
    assert_eq!(balance.return_value(), SUPPLY);
    Ok(())
}

#[ink_e2e::test]
async fn a_supply_above_the_cap_is_refused() -> E2EResult<()> {
    let mut constructor = AlvRef::new(CAP + 1, CAP, TERMS, CHAIN);
    let refused = client
        .instantiate("alv", &alice(), &mut constructor)
        .dry_run()
        .await?;

    assert_eq!(
        refused.constructor_result::<Result<(), AlvError>>(),
        Ok(Err(AlvError::CapExceeded))
    );
    Ok(())
}

#[ink_e2e::test]
async fn a_transfer_moves_the_money_and_emits_its_event() -> E2EResult<()> {
    let mut constructor = AlvRef::new(SUPPLY, CAP, TERMS, CHAIN);
    let contract = client
        .instantiate("alv", &alice(), &mut constructor)
        .submit()
        .await?;
    let mut alv = contract.call_builder::<Alv>();

    let transfer = alv.transfer(account_id(BOB).into(), 1_000, vec![]);
    let transferred = client.call(&alice(), &transfer).submit().await?;

    let [emitted] = &transferred.contract_emitted_events()?[..] else {
        panic!("a transfer emits one event")
    };
    assert_eq!(emitted.event.contract, contract.account_id);
    assert_eq!(
        emitted.topics,
        [
            Transfer::SIGNATURE_TOPIC.unwrap(),
            topic(account_id(ALICE)),
            topic(account_id(BOB))
        ]
        .map(Into::into)
    );
    let event = Transfer::decode(&mut &emitted.event.data[..])?;
    assert_eq!(event.from, Some(account_id(ALICE)));
    assert_eq!(event.to, Some(account_id(BOB)));
    assert_eq!(event.value, 1_000);

    for (account, expected) in [(ALICE, SUPPLY - 1_000), (BOB, 1_000)] {
        let balance_of = alv.balance_of(account_id(account).into());
        let balance = client.call(&alice(), &balance_of).dry_run().await?;
        assert_eq!(balance.return_value(), expected);
    }
    Ok(())
}

#[ink_e2e::test]
async fn nobody_pays_more_than_there_is() -> E2EResult<()> {
    let mut constructor = AlvRef::new(SUPPLY, CAP, TERMS, CHAIN);
    let contract = client
        .instantiate("alv", &alice(), &mut constructor)
        .submit()
        .await?;
    let mut alv = contract.call_builder::<Alv>();

    let transfer = alv.transfer(account_id(BOB).into(), SUPPLY + 1, vec![]);
    let refused = client.call(&alice(), &transfer).dry_run().await?;
    assert_eq!(refused.return_value(), Err(PSP22Error::InsufficientBalance));
    // Sent all the same, it costs a fee and changes nothing.
    let sent = client.call(&alice(), &transfer).submit().await;
    assert!(matches!(sent, Err(ink_e2e::Error::CallExtrinsic(_))));

    let balance_of = alv.balance_of(account_id(BOB).into());
    let balance = client.call(&alice(), &balance_of).dry_run().await?;
    assert_eq!(balance.return_value(), 0);
    Ok(())
}

#[ink_e2e::test]
async fn a_pause_blocks_transfers_but_not_those_of_a_vault() -> E2EResult<()> {
    let mut constructor = AlvRef::new(SUPPLY, CAP, TERMS, CHAIN);
    let contract = client
        .instantiate("alv", &alice(), &mut constructor)
        .submit()
        .await?;
    let mut alv = contract.call_builder::<Alv>();

    // Bob stands for a contract of the suite that holds the money of others.
    let fill = alv.transfer(account_id(BOB).into(), 1_000, vec![]);
    client.call(&alice(), &fill).submit().await?;
    let grant = alv.grant_role(VAULT, account_id(BOB).into());
    client.call(&alice(), &grant).submit().await?;
    let grant = alv.grant_role(PAUSER, account_id(CHARLIE).into());
    client.call(&alice(), &grant).submit().await?;
    client.call(&charlie(), &alv.pause()).submit().await?;

    let transfer = alv.transfer(account_id(CHARLIE).into(), 10, vec![]);
    let refused = client.call(&alice(), &transfer).dry_run().await?;
    assert_eq!(
        refused.return_value(),
        Err(PSP22Error::Custom("Paused".into()))
    );
    client.call(&bob(), &transfer).submit().await?;
    client.call(&charlie(), &alv.unpause()).submit().await?;
    client.call(&alice(), &transfer).submit().await?;

    let balance_of = alv.balance_of(account_id(CHARLIE).into());
    let balance = client.call(&alice(), &balance_of).dry_run().await?;
    assert_eq!(balance.return_value(), 20);
    Ok(())
}

fn topic(account: AccountId) -> [u8; 32] {
    *account.as_ref()
}
