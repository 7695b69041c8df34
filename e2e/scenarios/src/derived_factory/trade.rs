//! What users buy, redeem, convert and are given.

use super::*;
use crate::stage::MINUTE;
use allive_calls::Keyring;
use allive_derived_token_interface::DerivedToken as _;
use allive_psp22_interface::TokenError;
use allive_requests::{Domain, RequestError, Signature};
use alv::{Alv, PSP22Payable};
use derived_factory::{DappAppointed, Flow, Fund, Gift, Order, Source, Voucher, VOUCHER};
use derived_token::{DerivedToken, DerivedTokenError, PSP22Metadata};

/// Two tokens are sold, handed on and redeemed; between them stands ALV; what is credited is paid
/// out to whom it belongs.
pub fn tokens_are_bought_redeemed_and_converted<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut town = Town::empty(chain, genesis);
    let (user, other, stranger) = (town.user, town.other, town.stranger);
    let [operator, _] = town.operators;
    let factory = town.factory;
    let contract = || at::<DerivedFactory>(factory);

    let register = |profile: Profile, stake: u128| contract().register(profile.into(), stake);
    let bare = Profile {
        cover: RULES.min_cover - 1,
        ..well()
    };
    for (profile, stake, error) in [
        (bare, STAKE, FactoryError::CoverTooLow),
        (well(), STAKE - 1, FactoryError::StakeTooSmall),
        (well(), STAKE, token(TokenError::InsufficientAllowance)),
    ] {
        town.refuse(operator, register(profile, stake), error);
    }
    for (operator, profile) in town.operators.into_iter().zip([well(), care()]) {
        town.register(operator, profile);
    }
    assert_eq!(town.stage.chain.get(contract().dapp_count()), 2);
    let [well, care] = [WELL, CARE].map(|dapp| town.token(dapp));
    let named = town
        .stage
        .chain
        .get(at::<DerivedToken>(well).token_symbol());
    assert_eq!(named, Some("WELL".into()));
    town.accounts([STAKED, STAKED, 0, 0], [0, 0, 2 * STAKE]);

    let buy = |dapp, paid: u128, least: u128| contract().buy(dapp, paid, least, 0);
    let backed = contract().buy(WELL, 100, 0, 51);
    town.refuse(user, backed, FactoryError::TooLittleBacking);
    for (message, error) in [
        (buy(9, 100, 0), FactoryError::UnknownDapp),
        (buy(WELL, PRICE - 1, 0), FactoryError::NothingToDo),
        (buy(WELL, 105, 11), FactoryError::TooLittle),
        (buy(WELL, (CAP + 1) * PRICE, 0), FactoryError::CapExceeded),
        (buy(WELL, 201 * PRICE, 0), FactoryError::Uncovered),
        (buy(WELL, 100, 10), token(TokenError::InsufficientAllowance)),
    ] {
        town.refuse(user, message, error);
    }
    town.buy(user, WELL, 10, PRICE);
    let money = Money {
        reserve: 50,
        stake: STAKE,
        proceeds: 50,
        raised: 100,
        ..Money::default()
    };
    assert_eq!(town.money(WELL), money);
    town.accounts([STAKED, STAKED, -100, 0], [0, 0, 2 * STAKE + 100]);

    // Nobody but the factory brings units into being, or takes them.
    let mint = at::<DerivedToken>(well).mint(stranger.into(), 1);
    town.refuse(stranger, mint, DerivedTokenError::NotFactory.into());
    let burn = at::<DerivedToken>(well).burn(user.into(), 1);
    town.refuse(stranger, burn, DerivedTokenError::NotFactory.into());

    let redeem = |tokens: u128, least: u128| contract().redeem(WELL, tokens, least);
    town.refuse(user, redeem(4, 21), FactoryError::TooLittle);
    let nobody_s = token(TokenError::InsufficientBalance);
    town.refuse(other, redeem(1, 0), nobody_s.clone());
    town.refuse(user, redeem(11, 0), nobody_s);
    town.redeem(user, WELL, 4, 20);

    let convert = |least: u128| contract().convert(WELL, 6, 30, CARE, least, 0);
    town.refuse(user, convert(5), FactoryError::TooLittle);
    let (bought, events) = town.accept(user, convert(4));
    assert_eq!(
        bought, 4,
        "thirty for six units; what was credited before stays"
    );
    let mut legs = town.redeemed(WELL, user, 6, 30).to_vec();
    legs.extend(town.issued(CARE, Some(user), user, 4, 28));
    assert_eq!(events, legs);
    town.holders(WELL, []);
    let (_, events) = town.accept(user, psp22(care).transfer(other, 3, vec![]));
    assert_eq!(events, [paid(care, user, other, 3)]);
    town.holders(CARE, [(user, 1), (other, 3)]);
    town.accounts([STAKED, STAKED, -100, 0], [0, 0, 2 * STAKE + 100]);

    let credit = contract().credit_of(user.into());
    assert_eq!(town.stage.chain.get(credit), 22);
    town.withdraw(user, 22);
    for nobody in [user, stranger] {
        town.refuse(
            nobody,
            contract().withdraw(nobody.into()),
            FactoryError::NothingToDo,
        );
    }

    // What was deposited pays without another call to ALV.
    town.allow(other, 70);
    let (_, events) = town.accept(other, contract().deposit(70));
    assert_eq!(events, town.collected(other, 70));
    let (bought, events) = town.accept(other, buy(CARE, 70, 10));
    assert_eq!(bought, 10);
    assert_eq!(events, town.issued(CARE, Some(other), other, 10, 70));
    town.redeem(other, CARE, 13, 91);
    town.withdraw(other, 91);

    // Paid and ordered in one message to ALV. The unit that is too little for another is credit.
    let order = Some(Order {
        dapp: CARE,
        min_tokens: 2,
        min_backing: 14,
    });
    let pay = at::<Alv>(town.alv).transfer_and_call(factory.into(), 15, order.encode());
    let ((), events) = town.accept(other, pay);
    let issued = TokensIssued {
        dapp: CARE,
        payer: Some(other.into()),
        to: other.into(),
        tokens: 2,
        paid: 14,
        paid_in: 15,
    };
    let expected = [
        paid(town.alv, other, factory, 15),
        paid(care, None, other, 2),
        said(factory, issued),
    ];
    assert_eq!(events, expected);
    town.redeem(other, CARE, 2, 14);
    town.withdraw(other, 15);
    town.accounts([STAKED, STAKED, -78, 21], [0, 0, 2 * STAKE + 57]);

    let proceeds = |amount: u128| contract().withdraw_proceeds(WELL, amount);
    town.refuse(stranger, proceeds(50), FactoryError::NotOperator);
    town.refuse(operator, proceeds(51), FactoryError::TooLittleThere);
    let (_, events) = town.accept(operator, proceeds(50));
    let expected = [
        paid(town.alv, factory, TREASURY, 50),
        town.moved(WELL, Flow::ProceedsWithdrawn, 50, TREASURY),
    ];
    assert_eq!(events, expected);
    town.accounts([STAKED, STAKED, -78, 21], [50, 0, 2 * STAKE + 7]);
}

/// Rewards and vouchers come out of what was prepaid for them, a voucher once, in its time, by the
/// signature of whom the operator names. What is asked back waits.
pub fn a_dapp_gives_away_what_it_prepaid<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut town = Town::open(chain, genesis);
    let (user, other, stranger) = (town.user, town.other, town.stranger);
    let [operator, _] = town.operators;
    let factory = town.factory;
    let contract = || at::<DerivedFactory>(factory);

    // Anybody may prepay; it is the DAPP's then.
    town.allow(other, 200);
    let fund = contract().fund(WELL, Fund::Prepaid, 200);
    let (_, events) = town.accept(other, fund);
    let mut expected = town.collected(other, 200);
    expected.push(town.moved(WELL, Flow::Prepaid, 200, other));
    assert_eq!(events, expected);
    let reward = |tokens: u128| contract().reward(WELL, user.into(), tokens);
    town.refuse(stranger, reward(3), FactoryError::NotOperator);
    town.refuse(operator, reward(21), FactoryError::TooLittleThere);
    let (_, events) = town.accept(operator, reward(3));
    assert_eq!(events, town.issued(WELL, None, user, 3, 30));

    let expires = town.stage.chain.now() + HOUR;
    let gift = |tokens| Gift {
        dapp: WELL,
        to: user.into(),
        tokens,
    };
    let voucher = |signer: Keyring, nonce| Voucher {
        signer: signer.account().into(),
        action: gift(5),
        nonce,
        deadline: expires,
    };
    let sign = |voucher: &Voucher, by: Keyring, chain: &ChainId| {
        let message = voucher.message(&Domain {
            purpose: &VOUCHER,
            chain,
            contract: &factory,
        });
        Signature::Sr25519(by.sign(message.wrapped()))
    };
    let submit = |signer: Keyring, nonce| {
        let voucher = voucher(signer, nonce);
        let signature = sign(&voucher, signer, &genesis);
        contract().redeem_voucher(voucher.into(), signature)
    };
    let (_, events) = town.accept(stranger, submit(Keyring::Bob, 7));
    assert_eq!(events, town.issued(WELL, None, user, 5, 50));
    let used = contract().used_nonces(operator.into(), 0);
    assert_eq!(town.stage.chain.get(used), 1 << 7);
    let bob = || voucher(Keyring::Bob, 8);
    let dearer = Voucher {
        action: gift(6),
        ..bob()
    };
    let shown = |voucher: Voucher, by, chain| {
        let signature = sign(&bob(), by, chain);
        contract().redeem_voucher(voucher.into(), signature)
    };
    let bad = RequestError::BadSignature;
    for (message, error) in [
        (submit(Keyring::Bob, 7), RequestError::NonceUsed.into()),
        (submit(Keyring::Ferdie, 8), FactoryError::NotSigner),
        (shown(bob(), Keyring::Ferdie, &genesis), bad.into()),
        (shown(bob(), Keyring::Bob, &[0x5a; 32]), bad.into()),
        (shown(dearer, Keyring::Bob, &genesis), bad.into()),
    ] {
        town.refuse(stranger, message, error);
    }

    // Another signer voids what the one before signed.
    let appoint = contract().appoint(WELL, TREASURY.into(), Some(other.into()), None);
    let (_, events) = town.accept(operator, appoint);
    let appointed = DappAppointed {
        dapp: WELL,
        operator: operator.into(),
        pending: None,
        treasury: TREASURY.into(),
        signer: Some(other.into()),
    };
    assert_eq!(events, [said(factory, appointed)]);
    let void = submit(Keyring::Bob, 8);
    town.refuse(stranger, void, FactoryError::NotSigner);
    let (_, events) = town.accept(user, submit(Keyring::Eve, 8));
    assert_eq!(events, town.issued(WELL, None, user, 5, 50));
    town.stage.wait_until(expires + 1);
    let late = submit(Keyring::Eve, 9);
    town.refuse(user, late, RequestError::Expired.into());
    town.holders(WELL, [(user, 13)]);

    // The rest is the DAPP's own, and paid at once.
    let prepaid = |amount: u128| contract().withdraw_prepaid(WELL, amount);
    town.refuse(stranger, prepaid(70), FactoryError::NotOperator);
    town.refuse(operator, prepaid(71), FactoryError::TooLittleThere);
    let (_, events) = town.accept(operator, prepaid(70));
    let expected = [
        paid(town.alv, factory, operator, 70),
        town.moved(WELL, Flow::PrepaidWithdrawn, 70, operator),
    ];
    assert_eq!(events, expected);

    // Stake is asked back, waits, and is the operator's.
    let unbond = contract().unbond(WELL, Source::Stake, 30);
    let (_, events) = town.accept(operator, unbond);
    assert_eq!(
        events,
        [town.moved(WELL, Flow::StakeUnbonding, 30, operator)]
    );
    let ready = town.money(WELL).stake_unbonding.ready;
    let release = || contract().release(WELL, Source::Stake);
    town.refuse(operator, release(), FactoryError::TooEarly);
    town.stage.wait_until(ready - SILENCE + HOUR);
    town.beat(WELL);
    town.stage.wait_until(ready - 10 * MINUTE);
    town.refuse(operator, release(), FactoryError::TooEarly);
    town.stage.wait_until(ready);
    let (_, events) = town.accept(operator, release());
    let expected = [
        paid(town.alv, factory, operator, 30),
        town.moved(WELL, Flow::StakeReleased, 30, operator),
    ];
    assert_eq!(events, expected);
    town.refuse(operator, release(), FactoryError::NothingToDo);
    let money = Money {
        reserve: 65,
        stake: STAKE - 30,
        proceeds: 65,
        raised: 130,
        ..Money::default()
    };
    assert_eq!(town.money(WELL), money);
    town.accounts([STAKED + 100, STAKED, 0, -200], [0, 0, 2 * STAKE + 100]);
}
