//! Rewards that an operator gives, and vouchers that it signs.

use crate::world::*;
use allive_access::{AccessError, Pausable};
use allive_calls::{at, Deposit, EthereumKey, Keyring};
use allive_requests::{Domain, Message, Purpose, RequestError, Signature};
use allive_simulator::START;
use derived_factory::*;
use ink::primitives::AccountId;

const END: u64 = START + 5_000;

/// With so much prepaid for `WELL`.
fn prepaid(amount: u128) -> World {
    let mut world = World::new();
    world.done(WELL_OPERATOR, world.fund(WELL, Fund::Prepaid, amount));
    world
}

fn reward(world: &mut World, tokens: u128) -> Receipt<Answer<()>> {
    let to = USER.account().into();
    let message = world.contract().reward(WELL, to, tokens);
    world.send(WELL_OPERATOR, message)
}

fn gift() -> Gift {
    Gift {
        dapp: WELL,
        to: USER.account().into(),
        tokens: 4,
    }
}

fn voucher(nonce: u64) -> Voucher {
    Voucher {
        signer: WELL_OPERATOR.account().into(),
        action: gift(),
        nonce,
        deadline: END,
    }
}

fn voucher_by(signer: AccountId, nonce: u64) -> Voucher {
    Voucher {
        signer: signer.into(),
        ..voucher(nonce)
    }
}

/// What the signer signs, for this chain and this factory.
fn message(world: &World, voucher: &Voucher) -> Message {
    voucher.message(&vouchers(&world.factory))
}

fn signed(message: &Message, by: Keyring) -> Signature {
    Signature::Sr25519(by.sign(message.wrapped()))
}

fn submit(world: &mut World, voucher: Voucher, signature: Signature) -> Receipt<Answer<()>> {
    let message = world.contract().redeem_voucher(voucher.into(), signature);
    world.send(STRANGER, message)
}

/// Submits a voucher that the operator of `WELL` signed.
fn redeem(world: &mut World, voucher: Voucher) -> Receipt<Answer<()>> {
    let signature = signed(&message(world, &voucher), WELL_OPERATOR);
    submit(world, voucher, signature)
}

/// Four units for the user, paid for by the DAPP.
fn given(world: &mut World, answer: &Receipt<Answer<()>>) {
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 2));
    let issued = TokensIssued {
        dapp: WELL,
        payer: None,
        to: USER.account().into(),
        tokens: 4,
        paid: 40,
        paid_in: 0,
    };
    assert_eq!(world.event(answer), (issued, vec![]));
    let dapp = dapp_of(world, WELL);
    let money = Money {
        reserve: 20,
        stake: STAKE,
        prepaid: 60,
        proceeds: 20,
        raised: 40,
        ..Money::default()
    };
    assert_eq!((dapp.supply, dapp.peak, dapp.money), (4, PRICE, money));
    assert_eq!(units_of(world, WELL, USER), 4);
    assert_eq!(world.holds(USER), WEALTH);
}

#[test]
fn a_reward_is_paid_for_out_of_what_the_dapp_prepaid() {
    let mut world = prepaid(100);
    let answer = reward(&mut world, 4);
    given(&mut world, &answer);
    assert_eq!(
        reward(&mut world, 7).value,
        Ok(Err(FactoryError::TooLittleThere))
    );
    assert_eq!(reward(&mut world, 6).value, Ok(Ok(())), "to the last unit");
    assert_eq!(
        reward(&mut world, 0).value,
        Ok(Err(FactoryError::NothingToDo))
    );
    let mut redeemed = world.send(USER, world.redeem(WELL, 10));
    assert_eq!(redeemed.value, Ok(Ok(50)));
    redeemed = world.send(USER, world.redeem(WELL, 1));
    assert!(redeemed.value.unwrap().is_err());
}

#[test]
fn a_reward_keeps_the_cap_the_cover_and_the_share_of_stake() {
    let mut world = prepaid(500_000);
    world.done(CARE_OPERATOR, world.fund(CARE, Fund::Prepaid, 500_000));
    let refused = reward(&mut world, 2_001).value;
    assert_eq!(refused, Ok(Err(FactoryError::Uncovered)));
    assert_eq!(reward(&mut world, 2_000).value, Ok(Ok(())));
    let reward = |world: &World, dapp, tokens: u128| {
        let to = USER.account().into();
        world.contract().reward(dapp, to, tokens)
    };
    let refused = world.refused(CARE_OPERATOR, reward(&world, CARE, 14_286));
    assert_eq!(refused, FactoryError::Understaked);
    world.done(CARE_OPERATOR, reward(&world, CARE, 14_285));
    let refused = world.refused(CARE_OPERATOR, reward(&world, CARE, CAP));
    assert_eq!(refused, FactoryError::CapExceeded);
}

/// A DAPP that covers half of ten has 1,000 prepaid. It gives 100 units to itself, and closes.
#[test]
fn a_reward_takes_nothing_from_those_who_hold() {
    let mut world = World::new();
    let profile = Profile {
        cover: 5_000,
        ..well()
    };
    let dapp = world.done(WELL_OPERATOR, world.register(profile, 200));
    world.done(USER, world.buy(dapp, 1_000));
    world.done(WELL_OPERATOR, world.fund(dapp, Fund::Prepaid, 1_000));
    let own = WELL_OPERATOR.account();
    let reward = world.contract().reward(dapp, own.into(), 100);
    world.done(WELL_OPERATOR, reward);
    // Nothing of it can leave before a failure but the part of the reserve that is its own.
    let withdraw = world.contract().withdraw_proceeds(dapp, 201);
    let refused = world.refused(WELL_OPERATOR, withdraw);
    assert_eq!(refused, FactoryError::WouldDilute);
    world.done(WELL_OPERATOR, world.redeem(dapp, 50));
    world.done(WELL_OPERATOR, world.contract().close(dapp));
    let claim = world.claim(dapp, USER.account());
    assert_eq!(world.done(STRANGER, claim), 1_000, "as without it");
}

#[test]
fn without_a_signer_no_voucher_is_good() {
    let mut world = prepaid(1_000);
    let appoint = world.contract().appoint(WELL, TREASURY.into(), None, None);
    world.done(WELL_OPERATOR, appoint);
    let void = Ok(Err(FactoryError::NotSigner));
    assert_eq!(redeem(&mut world, voucher(1)).value, void);
    let bad = Ok(Err(RequestError::BadSignature.into()));
    for constant in [Signature::Sr25519([0; 64]), Signature::Ecdsa([0; 65])] {
        assert_eq!(submit(&mut world, voucher(1), constant).value, bad);
    }
}

#[test]
fn a_reward_is_refused_for_the_first_of_several_reasons() {
    let mut world = prepaid(10);
    let reward = |world: &World, dapp, tokens: u128| {
        let to = USER.account().into();
        world.contract().reward(dapp, to, tokens)
    };
    let pause = at::<DerivedFactory>(world.factory).pause();
    world.done(ADMIN, pause);
    let refused = world.refused(STRANGER, reward(&world, 9, 0));
    assert_eq!(refused, AccessError::Paused.into());
    world.advance(PAUSE);
    world.done(ADMIN, world.contract().accuse(CARE, [1; 32].into()));
    for (by, dapp, tokens, why) in [
        (STRANGER, 9, 0, FactoryError::UnknownDapp),
        (WELL_OPERATOR, CARE, 0, FactoryError::NotOperator),
        (
            CARE_OPERATOR,
            CARE,
            0,
            FactoryError::WrongPhase(Phase::Accused),
        ),
        (WELL_OPERATOR, WELL, 0, FactoryError::NothingToDo),
        (WELL_OPERATOR, WELL, u128::MAX, FactoryError::CapExceeded),
        (WELL_OPERATOR, WELL, CAP, FactoryError::Uncovered),
        (WELL_OPERATOR, WELL, 2, FactoryError::TooLittleThere),
    ] {
        assert_eq!(world.refused(by, reward(&world, dapp, tokens)), why);
    }
}

#[test]
fn anybody_submits_a_voucher_and_who_is_named_in_it_gets_the_tokens() {
    let mut world = prepaid(100);
    let answer = redeem(&mut world, voucher(5));
    given(&mut world, &answer);
    for (who, cell, used) in [
        (WELL_OPERATOR, 0, 1 << 5),
        (WELL_OPERATOR, 1, 0),
        (CARE_OPERATOR, 0, 0),
    ] {
        let asked = at::<DerivedFactory>(world.factory).used_nonces(who.account().into(), cell);
        assert_eq!(world.get(asked), used);
    }
}

#[test]
fn the_message_is_accepted_wrapped_and_raw_under_sr25519_and_ecdsa() {
    let mut world = prepaid(1_000);
    let key = EthereumKey::from_seed([7; 32]);
    let as_signer = |world: &mut World, signer: AccountId| {
        let appoint = world
            .contract()
            .appoint(WELL, TREASURY.into(), Some(signer.into()), None);
        world.done(WELL_OPERATOR, appoint);
    };
    let text = message(&world, &voucher(0));
    let raw = Signature::Sr25519(WELL_OPERATOR.sign(text.raw()));
    assert_eq!(submit(&mut world, voucher(0), raw).value, Ok(Ok(())));
    assert_eq!(redeem(&mut world, voucher(1)).value, Ok(Ok(())));
    as_signer(&mut world, key.account());
    for (number, wrapped) in [(2, true), (3, false)] {
        let voucher = voucher_by(key.account(), number);
        let text = message(&world, &voucher);
        let bytes = if wrapped { text.wrapped() } else { text.raw() };
        let signature = Signature::Ecdsa(key.sign(bytes));
        let answer = submit(&mut world, voucher, signature);
        assert_eq!(answer.value, Ok(Ok(())));
    }
    let shown = voucher_by(key.account(), 4);
    let text = shown.text(&vouchers(&world.factory));
    let asked = world.contract().voucher_text(shown.clone().into());
    assert_eq!(world.get(asked), text);
    let said = format!(
        "Derived tokens: give 4 units of DAPP 0 to 0x{}\nnonce: 4\n",
        hex::encode(USER.account())
    );
    assert!(text.starts_with(said.as_bytes()));
    let signature = Signature::Eip191(key.sign_personal(&text));
    assert_eq!(submit(&mut world, shown, signature).value, Ok(Ok(())));
    assert_eq!(units_of(&mut world, WELL, USER), 20);
}

#[test]
fn a_voucher_is_good_once_whoever_submits_it() {
    let mut world = prepaid(1_000);
    assert_eq!(redeem(&mut world, voucher(5)).value, Ok(Ok(())));
    let again = redeem(&mut world, voucher(5)).value;
    assert_eq!(again, Ok(Err(RequestError::NonceUsed.into())));
    let other = Voucher {
        action: Gift {
            to: OTHER.account().into(),
            tokens: 1,
            ..gift()
        },
        ..voucher(5)
    };
    let same_number = redeem(&mut world, other).value;
    assert_eq!(same_number, Ok(Err(RequestError::NonceUsed.into())));
}

#[test]
fn neighbours_share_a_cell_and_are_good_once_each() {
    let mut world = prepaid(100_000);
    let numbers = [0, 1, 64, 126, 127, 128, 129, 255, 256, u64::MAX];
    for number in numbers {
        let answer = redeem(&mut world, voucher(number));
        assert_eq!(answer.value, Ok(Ok(())), "{number}");
        // The first of each cell; the very first stores the user's cell in the token, too.
        let new = i64::from([0, 128, 256, u64::MAX].contains(&number));
        let holder = i64::from(number == 0);
        assert_eq!(answer.deposit.items, new + holder, "{number}");
    }
    for number in numbers {
        let again = redeem(&mut world, voucher(number)).value;
        assert_eq!(again, Ok(Err(RequestError::NonceUsed.into())), "{number}");
    }
    let cells = stored_state(&mut world).nonces;
    let bits: u32 = cells.values().map(|bits| bits.count_ones()).sum();
    assert_eq!((cells.len(), bits), (4, 10));
    assert_eq!(redeem(&mut world, voucher(2)).deposit, Deposit::default());
}

#[test]
fn a_voucher_is_good_until_its_last_moment_included() {
    for (moment, right) in [
        (END - 1, Ok(())),
        (END, Ok(())),
        (END + 1, Err(RequestError::Expired.into())),
    ] {
        let mut world = prepaid(100);
        world.at(moment);
        assert_eq!(redeem(&mut world, voucher(1)).value, Ok(right));
    }
}

#[test]
fn a_voucher_that_was_changed_or_signed_for_another_purpose_place_or_by_another_is_refused() {
    let mut world = prepaid(1_000);
    let bad = Ok(Err(RequestError::BadSignature.into()));
    let good = signed(&message(&world, &voucher(1)), WELL_OPERATOR);
    let gives = |action| Voucher {
        action,
        ..voucher(1)
    };
    for changed in [
        voucher(2),
        voucher_by(CARE_OPERATOR.account(), 1),
        gives(Gift {
            to: STRANGER.account().into(),
            ..gift()
        }),
        gives(Gift {
            tokens: 5,
            ..gift()
        }),
        gives(Gift {
            dapp: CARE,
            ..gift()
        }),
        Voucher {
            deadline: END + 1,
            ..voucher(1)
        },
    ] {
        let answer = submit(&mut world, changed.clone(), good.clone());
        assert_eq!(answer.value, bad, "{changed:?}");
    }
    let purpose: Purpose = *b"allive/request/1";
    let (factory, alv) = (world.factory, world.alv);
    let here = vouchers(&factory);
    for elsewhere in [
        Domain {
            purpose: &purpose,
            ..here
        },
        requests(&factory),
        Domain {
            chain: &[7; 32],
            ..here
        },
        vouchers(&alv),
    ] {
        let signature = signed(&voucher(1).message(&elsewhere), WELL_OPERATOR);
        assert_eq!(submit(&mut world, voucher(1), signature).value, bad);
    }
    for other in [ADMIN, CARE_OPERATOR, USER, STRANGER] {
        let signature = signed(&message(&world, &voucher(1)), other);
        assert_eq!(submit(&mut world, voucher(1), signature).value, bad);
    }
    for garbage in [Signature::Sr25519([0; 64]), Signature::Ecdsa([0; 65])] {
        assert_eq!(submit(&mut world, voucher(1), garbage).value, bad);
    }
    assert_eq!(submit(&mut world, voucher(1), good).value, Ok(Ok(())));
}

#[test]
fn another_signer_voids_the_vouchers_of_the_one_before() {
    let mut world = prepaid(1_000);
    let appoint = |world: &World, signer: Keyring| {
        let signer = signer.account().into();
        world
            .contract()
            .appoint(WELL, TREASURY.into(), Some(signer), None)
    };
    world.done(WELL_OPERATOR, appoint(&world, OTHER));
    let void = redeem(&mut world, voucher(1)).value;
    assert_eq!(void, Ok(Err(FactoryError::NotSigner)));
    let by_other = voucher_by(OTHER.account(), 1);
    let signature = signed(&message(&world, &by_other), OTHER);
    let answer = submit(&mut world, by_other, signature);
    assert_eq!(answer.value, Ok(Ok(())));
    world.done(WELL_OPERATOR, appoint(&world, WELL_OPERATOR));
    assert_eq!(redeem(&mut world, voucher(2)).value, Ok(Ok(())));
}

#[test]
fn a_voucher_that_is_not_prepaid_or_covered_can_be_redeemed_later() {
    let mut world = prepaid(39);
    let short = redeem(&mut world, voucher(1)).value;
    assert_eq!(short, Ok(Err(FactoryError::TooLittleThere)));
    let large = Voucher {
        action: Gift {
            tokens: 2_001,
            ..gift()
        },
        ..voucher(2)
    };
    world.done(OTHER, world.fund(WELL, Fund::Prepaid, 100_000));
    let uncovered = redeem(&mut world, large.clone()).value;
    assert_eq!(uncovered, Ok(Err(FactoryError::Uncovered)));
    let capped = Voucher {
        action: Gift {
            tokens: CAP + 1,
            ..gift()
        },
        ..voucher(3)
    };
    let capped = redeem(&mut world, capped).value;
    assert_eq!(capped, Ok(Err(FactoryError::CapExceeded)));
    let nothing = Voucher {
        action: Gift {
            tokens: 0,
            ..gift()
        },
        ..voucher(3)
    };
    let nothing = redeem(&mut world, nothing).value;
    assert_eq!(nothing, Ok(Err(FactoryError::NothingToDo)));
    world.done(OTHER, world.fund(WELL, Fund::Stake, 5));
    assert_eq!(redeem(&mut world, large).value, Ok(Ok(())));
}

#[test]
fn a_voucher_costs_the_price_of_the_day_it_is_redeemed() {
    let mut world = prepaid(100);
    reprice(&mut world, 20);
    let answer = redeem(&mut world, voucher(1));
    assert_eq!(world.event::<TokensIssued, _>(&answer).0.paid, 80);
    assert_eq!(money_of(&mut world, WELL).prepaid, 20);
}

#[test]
fn a_voucher_is_refused_for_the_first_of_several_reasons() {
    let mut world = prepaid(100);
    redeem(&mut world, voucher(1));
    world.done(CARE_OPERATOR, world.contract().close(CARE));
    let nobody_gives = |dapp, nonce, deadline| Voucher {
        signer: STRANGER.account().into(),
        action: Gift {
            dapp,
            tokens: 0,
            ..gift()
        },
        nonce,
        deadline,
    };
    let nothing = Signature::Sr25519([0; 64]);
    world.at(END);
    for (voucher, why) in [
        (nobody_gives(9, 0, END - 1), RequestError::Expired),
        (nobody_gives(9, 0, u64::MAX), RequestError::DeadlineTooFar),
        (nobody_gives(9, 0, END), RequestError::BadSignature),
    ] {
        let refused = submit(&mut world, voucher, nothing.clone()).value;
        assert_eq!(refused, Ok(Err(why.into())));
    }
    world.done(STRANGER, world.contract().cancel(7));
    for (dapp, nonce, why) in [
        (9, 7, RequestError::NonceUsed.into()),
        (9, 0, FactoryError::UnknownDapp),
        (CARE, 0, FactoryError::WrongPhase(Phase::Failed)),
        (WELL, 0, FactoryError::NotSigner),
    ] {
        let voucher = nobody_gives(dapp, nonce, END);
        let signature = signed(&message(&world, &voucher), STRANGER);
        let refused = submit(&mut world, voucher, signature).value;
        assert_eq!(refused, Ok(Err(why)));
    }
}

#[test]
fn a_signer_cancels_a_voucher() {
    let mut world = prepaid(1_000);
    // Another's word has no effect on it.
    for who in [STRANGER, WELL_OPERATOR] {
        world.done(who, world.contract().cancel(1));
    }
    let refused = redeem(&mut world, voucher(1)).value;
    assert_eq!(refused, Ok(Err(RequestError::NonceUsed.into())));
    assert_eq!(redeem(&mut world, voucher(2)).value, Ok(Ok(())));
}

/// Who signs for two DAPPs counts through: a voucher of one is none of the other.
#[test]
fn vouchers_of_one_signer_for_two_dapps_share_their_nonces() {
    let mut world = prepaid(1_000);
    let signer = WELL_OPERATOR.account();
    let appoint = world
        .contract()
        .appoint(CARE, TREASURY.into(), Some(signer.into()), None);
    world.done(CARE_OPERATOR, appoint);
    world.done(CARE_OPERATOR, world.fund(CARE, Fund::Prepaid, 1_000));
    assert_eq!(redeem(&mut world, voucher(1)).value, Ok(Ok(())));
    let of_care = |nonce| Voucher {
        action: Gift {
            dapp: CARE,
            ..gift()
        },
        ..voucher(nonce)
    };
    let refused = redeem(&mut world, of_care(1)).value;
    assert_eq!(refused, Ok(Err(RequestError::NonceUsed.into())));
    assert_eq!(redeem(&mut world, of_care(2)).value, Ok(Ok(())));
}
