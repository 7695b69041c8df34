//! The factory and its tokens on a node: bought and redeemed, closed and claimed, refused.

extern crate allive_ink_e2e as ink_e2e;

use allive_access::PauseTerms;
use allive_derived_token_interface::{DerivedToken as _, Label};
use allive_olife_id_interface::OlifeIdClient;
use alv::{Alv, AlvRef, PSP22};
use derived_factory::{
    Charter, DappId, DerivedFactory, DerivedFactoryRef, Durations, FactoryError, Phase, Profile,
    Rules, TokensIssued,
};
use derived_token::{DerivedToken, DerivedTokenError, DerivedTokenRef, PSP22Metadata};
use ink::{
    env::{DefaultEnvironment, Event},
    primitives::AccountId,
};
use ink_e2e::{
    account_id, alice, bob, charlie, create_call_builder, eve, AccountKeyring, Client,
    ContractsBackend, PolkadotConfig,
};
use scale::Decode;

type E2EResult<T> = Result<T, Box<dyn std::error::Error>>;

/// The operator of a DAPP, whose key is `bob()`.
const OPERATOR: AccountKeyring = AccountKeyring::Bob;
/// Who buys, with the key `charlie()`.
const USER: AccountKeyring = AccountKeyring::Charlie;

const DAY: u64 = 24 * 3_600_000;
const MONEY: u128 = 10_000;
const STAKE: u128 = 1_000;
const PRICE: u128 = 10;
const RULES: Rules = Rules {
    min_cover: 5_000,
    stake_share: 1_000,
    min_stake: STAKE,
};
const DURATIONS: Durations = Durations {
    silence: 30 * DAY,
    answer: 7 * DAY,
    unbonding: 45 * DAY,
    notice: 14 * DAY,
    claims: 365 * DAY,
};
/// What vouchers would bind; none is sent here.
const CHAIN: [u8; 32] = [0; 32];

#[ink_e2e::test]
async fn units_are_bought_and_redeemed() -> E2EResult<()> {
    let market = open(&mut client).await?;
    let mut factory = create_call_builder::<DerivedFactory>(market.factory);
    let token = create_call_builder::<DerivedToken>(market.token);
    let dapp = market.dapp;

    let symbol = client.call(&eve(), &token.token_symbol()).dry_run().await?;
    assert_eq!(symbol.return_value(), Some("WELL".into()));
    let buy = factory.buy(dapp, 105, 10, 0);
    let bought = client.call(&charlie(), &buy).submit().await?;
    let emitted = bought.contract_emitted_events()?;
    let of_factory = emitted
        .iter()
        .filter(|it| it.event.contract == market.factory);
    let issued = of_factory.last().expect("the factory says what it issued");
    assert_eq!(
        issued.topics[0],
        TokensIssued::SIGNATURE_TOPIC.unwrap().into()
    );
    assert_eq!(
        TokensIssued::decode(&mut &issued.event.data[..])?,
        TokensIssued {
            dapp,
            payer: Some(account_id(USER).into()),
            to: account_id(USER).into(),
            tokens: 10,
            paid: 100,
            paid_in: 0,
        }
    );
    assert_eq!(bought.return_value(), Ok(10));
    let balance_of = token.balance_of(account_id(USER).into());
    let balance = client.call(&eve(), &balance_of).dry_run().await?;
    assert_eq!(balance.return_value(), 10);

    let redeem = factory.redeem(dapp, 4, 20);
    let redeemed = client.call(&charlie(), &redeem).submit().await?;
    assert_eq!(redeemed.return_value(), Ok(20));
    let withdraw = factory.withdraw(account_id(USER).into());
    let withdrawn = client.call(&charlie(), &withdraw).submit().await?;
    assert_eq!(withdrawn.return_value(), Ok(20));
    let again = client.call(&charlie(), &withdraw).dry_run().await?;
    assert_eq!(again.return_value(), Err(FactoryError::NothingToDo));
    Ok(())
}

#[ink_e2e::test]
async fn holders_of_a_dapp_that_closes_are_made_whole_by_whoever_asks() -> E2EResult<()> {
    let market = open(&mut client).await?;
    let mut factory = create_call_builder::<DerivedFactory>(market.factory);
    let alv = create_call_builder::<Alv>(market.alv);
    let dapp = market.dapp;
    let buy = factory.buy(dapp, 500, 50, 0);
    client.call(&charlie(), &buy).submit().await?;

    let claim = factory.claim(dapp, account_id(USER).into());
    let early = client.call(&eve(), &claim).dry_run().await?;
    assert_eq!(
        early.return_value(),
        Err(FactoryError::WrongPhase(Phase::Live))
    );
    let close = factory.close(dapp);
    let refused = client.call(&eve(), &close).dry_run().await?;
    assert_eq!(refused.return_value(), Err(FactoryError::NotOperator));
    client.call(&bob(), &close).submit().await?;
    let claimed = client.call(&eve(), &claim).submit().await?;
    assert_eq!(claimed.return_value(), Ok(500));
    let balance_of = alv.balance_of(account_id(USER).into());
    let balance = client.call(&eve(), &balance_of).dry_run().await?;
    assert_eq!(balance.return_value(), MONEY - STAKE, "all that she had");
    // Sent all the same, a second claim costs a fee and changes nothing.
    let sent = client.call(&eve(), &claim).submit().await;
    assert!(matches!(sent, Err(ink_e2e::Error::CallExtrinsic(_))));
    Ok(())
}

#[ink_e2e::test]
async fn without_enough_stake_no_dapp_registers() -> E2EResult<()> {
    let market = open(&mut client).await?;
    let mut factory = create_call_builder::<DerivedFactory>(market.factory);
    let register = factory.register(profile().into(), STAKE - 1);
    let refused = client.call(&bob(), &register).dry_run().await?;
    assert_eq!(refused.return_value(), Err(FactoryError::StakeTooSmall));
    Ok(())
}

#[ink_e2e::test]
async fn a_token_obeys_who_created_it_and_nobody_else() -> E2EResult<()> {
    let mut constructor = DerivedTokenRef::new("Wellness".into(), "WELL".into(), 2);
    let created = client
        .instantiate("derived_token", &alice(), &mut constructor)
        .submit()
        .await?;
    let mut token = created.call_builder::<DerivedToken>();

    let mint = token.mint(account_id(USER).into(), 5);
    let refused = client.call(&charlie(), &mint).dry_run().await?;
    assert_eq!(
        refused.return_value(),
        Err(DerivedTokenError::NotFactory.into())
    );
    client.call(&alice(), &mint).submit().await?;
    let freeze = token.freeze();
    let refused = client.call(&charlie(), &freeze).dry_run().await?;
    assert_eq!(
        refused.return_value(),
        Err(DerivedTokenError::NotFactory.into())
    );
    client.call(&alice(), &freeze).submit().await?;
    let refused = client.call(&alice(), &mint).dry_run().await?;
    assert_eq!(
        refused.return_value(),
        Err(DerivedTokenError::Frozen.into())
    );
    let supply = client.call(&eve(), &token.total_supply()).dry_run().await?;
    assert_eq!(supply.return_value(), 5);
    Ok(())
}

/// ALV, of which the operator and the user have some, and a factory with one DAPP.
struct Market {
    alv: AccountId,
    factory: AccountId,
    token: AccountId,
    dapp: DappId,
}

async fn open(client: &mut Client<PolkadotConfig, DefaultEnvironment>) -> E2EResult<Market> {
    let pause = PauseTerms {
        duration: DAY,
        cooldown: DAY,
    };
    let mut constructor = AlvRef::new(MONEY, MONEY, pause, CHAIN);
    let created = client
        .instantiate("alv", &charlie(), &mut constructor)
        .submit()
        .await?;
    let mut alv = created.call_builder::<Alv>();
    let token = client.upload("derived_token", &alice()).submit().await?;

    let mut constructor = DerivedFactoryRef::new(
        created.account_id,
        token.code_hash,
        Charter {
            remainder_to: account_id(AccountKeyring::Ferdie).into(),
            rules: RULES,
            durations: DURATIONS,
            pause,
            chain: CHAIN,
            // Nobody lost a key.
            identities: OlifeIdClient::at(account_id(AccountKeyring::Ferdie).into()),
        }
        .into(),
    );
    let vault = client
        .instantiate("derived_factory", &alice(), &mut constructor)
        .submit()
        .await?;
    let mut factory = vault.call_builder::<DerivedFactory>();

    let stake = alv.transfer(account_id(OPERATOR).into(), STAKE, vec![]);
    client.call(&charlie(), &stake).submit().await?;
    let allow = alv.approve(vault.account_id.into(), MONEY);
    client.call(&bob(), &allow).submit().await?;
    client.call(&charlie(), &allow).submit().await?;
    let register = factory.register(profile().into(), STAKE);
    let registered = client.call(&bob(), &register).submit().await?;
    let dapp = registered.return_value().expect("the profile is sound");
    let cell = client.call(&eve(), &factory.dapp(dapp)).dry_run().await?;
    let cell = cell.return_value().expect("the DAPP has registered");
    Ok(Market {
        alv: created.account_id,
        factory: vault.account_id,
        token: **cell.into_inner().token.address(),
        dapp,
    })
}

/// Keeps half of its price to redeem its token, and covers its holders in full.
fn profile() -> Profile {
    Profile {
        label: Label {
            name: "Wellness".into(),
            symbol: "WELL".into(),
            decimals: 2,
        },
        price: PRICE,
        cap: 1_000,
        reserve_share: 5_000,
        cover: 10_000,
        treasury: account_id(OPERATOR).into(),
    }
}
