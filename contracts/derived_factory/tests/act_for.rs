//! What a user signs and somebody else submits.

use crate::{identities::*, world::*};
use allive_access::{AccessError, Pausable, NOBODY};
use allive_calls::{at, EthereumKey, Keyring};
use allive_requests::{RequestError, Signature, LONGEST};
use allive_simulator::START;
use derived_factory::*;
use ink::primitives::AccountId;

const DEADLINE: u64 = START + 50_000;

fn request(by: Keyring, action: Action, nonce: u64) -> Request {
    Request {
        signer: by.account().into(),
        action,
        nonce,
        deadline: DEADLINE,
    }
}

/// Somebody submits what this key signed.
fn submit(world: &mut World, by: Keyring, request: Request) -> Receipt<Answer<()>> {
    let message = request.message(&requests(&world.factory));
    let signature = Signature::Sr25519(by.sign(message.wrapped()));
    let act_for = world.contract().act_for(request.into(), signature);
    world.send(STRANGER, act_for)
}

fn does(world: &mut World, action: Action, nonce: u64) -> Answer<()> {
    let answer = submit(world, USER, request(USER, action, nonce));
    answer.value.unwrap()
}

fn buy(paid: u128) -> Action {
    Action::Buy {
        dapp: WELL,
        paid,
        min_tokens: 0,
        min_backing: 0,
    }
}

fn withdraw(to: AccountId, at_most: u128) -> Action {
    let to = to.into();
    Action::Withdraw { to, at_most }
}

/// The submitter has ALV and allows it, as everybody does, and none of it moves.
#[test]
fn a_signed_request_does_what_the_message_of_its_signer_does_and_the_signer_pays() {
    let mut world = World::new();
    assert_eq!(does(&mut world, Action::Deposit { amount: 30 }, 0), Ok(()));
    assert_eq!(credited(&mut world, USER), 30);
    // The credit first, then the allowance.
    assert_eq!(does(&mut world, buy(100), 1), Ok(()));
    assert_eq!(credited(&mut world, USER), 0);
    assert_eq!(world.holds(USER), WEALTH - 100);
    assert_eq!(units_of(&mut world, WELL, USER), 10);
    let redeem = Action::Redeem {
        dapp: WELL,
        tokens: 4,
        min_credit: 20,
    };
    assert_eq!(does(&mut world, redeem, 2), Ok(()));
    assert_eq!(credited(&mut world, USER), 20);
    let convert = Action::Convert {
        from: WELL,
        tokens: 6,
        min_credit: 30,
        to: CARE,
        min_tokens: 0,
        min_backing: 0,
    };
    assert_eq!(does(&mut world, convert, 3), Ok(()));
    assert_eq!(units_of(&mut world, WELL, USER), 0);
    assert!(units_of(&mut world, CARE, USER) > 0);
    let stake = money_of(&mut world, WELL).stake;
    let fund = Action::Fund {
        dapp: WELL,
        fund: Fund::Stake,
        amount: 25,
    };
    assert_eq!(does(&mut world, fund, 4), Ok(()));
    assert_eq!(money_of(&mut world, WELL).stake, stake + 25);
    assert_eq!(world.holds(STRANGER), WEALTH);
    assert_eq!(credited(&mut world, STRANGER), 0);
}

#[test]
fn a_signed_withdrawal_pays_whom_it_names_and_nobody_has_that_of_another() {
    let mut world = World::new();
    world.done(USER, world.contract().deposit(70));
    let withdraw = |to: AccountId| withdraw(to, 70);
    let to = OTHER.account();
    let forged = submit(&mut world, STRANGER, request(USER, withdraw(to), 0));
    assert_eq!(forged.value, Ok(Err(RequestError::BadSignature.into())));
    let own = submit(&mut world, STRANGER, request(STRANGER, withdraw(to), 0));
    assert_eq!(own.value, Ok(Err(FactoryError::NothingToDo)));
    let to_nobody = does(&mut world, withdraw(NOBODY), 0);
    assert_eq!(to_nobody, Err(AccessError::ZeroAccount.into()));
    let answer = submit(&mut world, USER, request(USER, withdraw(to), 0));
    let withdrawn = CreditWithdrawn {
        account: USER.account().into(),
        to: to.into(),
        amount: 70,
    };
    assert_eq!(world.event(&answer), (withdrawn, vec![]));
    assert_eq!(world.holds(OTHER), WEALTH + 70);
}

/// Whoever holds an old signature has no more of the credit paid out than its signer meant.
#[test]
fn a_signed_withdrawal_pays_no_more_than_it_names_and_the_rest_stays() {
    let mut world = World::new();
    let to = OTHER.account();
    world.done(USER, world.contract().deposit(70));
    let signed = request(USER, withdraw(to, 70), 0);
    world.advance(1);
    world.done(USER, world.contract().deposit(900));
    let answer = submit(&mut world, USER, signed);
    let withdrawn = CreditWithdrawn {
        account: USER.account().into(),
        to: to.into(),
        amount: 70,
    };
    assert_eq!(world.event(&answer), (withdrawn, vec![]));
    assert_eq!(world.holds(OTHER), WEALTH + 70);
    assert_eq!(credited(&mut world, USER), 900);
    let nothing = does(&mut world, withdraw(to, 0), 1);
    assert_eq!(nothing, Err(FactoryError::NothingToDo));
    // What there is, if that is less.
    assert_eq!(does(&mut world, withdraw(to, 901), 1), Ok(()));
    assert_eq!(world.holds(OTHER), WEALTH + 970);
    assert_eq!(credited(&mut world, USER), 0);
    let nothing = does(&mut world, withdraw(to, 901), 2);
    assert_eq!(nothing, Err(FactoryError::NothingToDo));
}

#[test]
fn inheriting_can_be_signed() {
    let mut world = with_identities();
    world.done(USER, world.contract().deposit(70));
    recover(&mut world, USERS, HEIR.account());
    let action = || Action::Inherit {
        holding: Holding::Credit(USER.account().into()),
    };
    let deadline = world.now() + 1;
    let signed = |by| Request {
        deadline,
        ..request(by, action(), 0)
    };
    let refused = submit(&mut world, STRANGER, signed(STRANGER)).value;
    assert!(matches!(refused, Ok(Err(FactoryError::NotHeir(_)))));
    assert_eq!(submit(&mut world, HEIR, signed(HEIR)).value, Ok(Ok(())));
    assert_eq!(credited(&mut world, HEIR), 70);
}

#[test]
fn a_request_is_good_once_until_its_deadline_and_unless_it_is_cancelled() {
    let mut world = World::new();
    for nonce in [u64::MAX, 0, 128, 127] {
        assert_eq!(does(&mut world, buy(10), nonce), Ok(()));
        let again = does(&mut world, buy(10), nonce);
        assert_eq!(again, Err(RequestError::NonceUsed.into()));
    }
    world.done(USER, world.contract().cancel(5));
    assert_eq!(does(&mut world, Action::Cancel, 6), Ok(()));
    for nonce in [5, 6] {
        let cancelled = does(&mut world, buy(10), nonce);
        assert_eq!(cancelled, Err(RequestError::NonceUsed.into()));
    }
    // What was refused can be submitted again.
    let dear = does(&mut world, buy(u128::MAX), 7);
    assert!(dear.is_err());
    assert_eq!(does(&mut world, buy(10), 7), Ok(()));
    let far = Request {
        deadline: world.now() + LONGEST + 1,
        ..request(USER, buy(10), 8)
    };
    let far = submit(&mut world, USER, far).value;
    assert_eq!(far, Ok(Err(RequestError::DeadlineTooFar.into())));
    world.at(DEADLINE);
    let beat = world.contract().heartbeat(WELL);
    world.done(WELL_OPERATOR, beat);
    assert_eq!(does(&mut world, buy(10), 8), Ok(()));
    world.at(DEADLINE + 1);
    assert_eq!(
        does(&mut world, buy(10), 9),
        Err(RequestError::Expired.into())
    );
}

#[test]
fn a_pause_and_the_limits_of_an_order_hold_for_what_is_signed() {
    let mut world = World::new();
    let limited = |min_tokens, min_backing| Action::Buy {
        dapp: WELL,
        paid: 100,
        min_tokens,
        min_backing,
    };
    let few = does(&mut world, limited(11, 0), 0);
    assert_eq!(few, Err(FactoryError::TooLittle));
    let weak = does(&mut world, limited(10, 1_000), 0);
    assert_eq!(weak, Err(FactoryError::TooLittleBacking));
    assert_eq!(does(&mut world, limited(10, 0), 0), Ok(()));
    let pause = at::<DerivedFactory>(world.factory).pause();
    world.done(ADMIN, pause);
    let paused = does(&mut world, buy(10), 1);
    assert_eq!(paused, Err(AccessError::Paused.into()));
    let redeem = Action::Redeem {
        dapp: WELL,
        tokens: 10,
        min_credit: 0,
    };
    assert_eq!(does(&mut world, redeem, 1), Ok(()), "an exit");
}

/// A voucher is none of the requests of its signer, nor the other way round.
#[test]
fn a_voucher_is_no_request_and_both_share_their_nonces() {
    let mut world = World::new();
    world.done(OTHER, world.fund(WELL, Fund::Prepaid, 100));
    let voucher = Voucher {
        signer: WELL_OPERATOR.account().into(),
        action: Gift {
            dapp: WELL,
            to: USER.account().into(),
            tokens: 1,
        },
        nonce: 3,
        deadline: DEADLINE,
    };
    let cancel = request(WELL_OPERATOR, Action::Cancel, 3);
    assert_eq!(submit(&mut world, WELL_OPERATOR, cancel).value, Ok(Ok(())));
    let message = voucher.message(&vouchers(&world.factory));
    let signature = Signature::Sr25519(WELL_OPERATOR.sign(message.wrapped()));
    let redeem = world.contract().redeem_voucher(voucher.into(), signature);
    let refused = world.refused(STRANGER, redeem);
    assert_eq!(refused, RequestError::NonceUsed.into());
}

#[test]
fn nobody_signs() {
    let mut world = World::new();
    let mut constant = [0; 64];
    constant[63] = 0x80;
    let request = Request {
        signer: NOBODY.into(),
        ..request(USER, Action::Cancel, 0)
    };
    let constant = Signature::Sr25519(constant);
    let act_for = world.contract().act_for(request.into(), constant);
    let refused = world.refused(STRANGER, act_for);
    assert_eq!(refused, RequestError::BadSignature.into());
}

#[test]
fn an_ethereum_wallet_shows_each_action_in_words_and_signs_for_the_account_of_its_key() {
    let mut world = World::new();
    let wallet = EthereumKey::from_seed([7; 32]);
    let account = hex::encode(OTHER.account());
    for (action, said) in [
        (
            Action::Deposit { amount: 5 },
            "deposit 0.00000005 ALV".to_owned(),
        ),
        (
            buy(100),
            "pay up to 0.00000100 ALV for at least 0 units of DAPP 0, behind which at least \
             0.00000000 ALV stand"
                .into(),
        ),
        (
            Action::Redeem {
                dapp: 1,
                tokens: 4,
                min_credit: 20,
            },
            "redeem 4 units of DAPP 1 for at least 0.00000020 ALV".into(),
        ),
        (
            Action::Convert {
                from: 1,
                tokens: 4,
                min_credit: 20,
                to: 0,
                min_tokens: 2,
                min_backing: 10,
            },
            "redeem 4 units of DAPP 1 for at least 0.00000020 ALV, and buy at least 2 units of \
             DAPP 0, behind which at least 0.00000010 ALV stand"
                .into(),
        ),
        (
            withdraw(OTHER.account(), 1_250_000_000),
            format!("withdraw up to 12.50000000 ALV from the credit, and pay it to 0x{account}"),
        ),
        (
            Action::Inherit {
                holding: Holding::Dapp(1),
            },
            "inherit DAPP 1".into(),
        ),
        (
            Action::Inherit {
                holding: Holding::Credit(OTHER.account().into()),
            },
            format!("inherit the credit of 0x{account}"),
        ),
        (
            Action::Fund {
                dapp: 1,
                fund: Fund::Prepaid,
                amount: 7,
            },
            "give 0.00000007 ALV to the prepaid ALV of DAPP 1".into(),
        ),
        (
            Action::Fund {
                dapp: 1,
                fund: Fund::Stake,
                amount: 7,
            },
            "give 0.00000007 ALV to the stake of DAPP 1".into(),
        ),
        (Action::Cancel, "cancel the request with this nonce".into()),
    ] {
        let shown = Request {
            signer: wallet.account().into(),
            ..request(USER, action, 0)
        };
        let text = shown.text(&requests(&world.factory));
        let asked = world.contract().request_text(shown.into());
        assert_eq!(world.get(asked), text);
        let text = String::from_utf8(text).unwrap();
        let line = text.lines().next().unwrap();
        assert_eq!(line, format!("Derived tokens: {said}"));
    }
    let cancel = Request {
        signer: wallet.account().into(),
        ..request(USER, Action::Cancel, 0)
    };
    let text = cancel.text(&requests(&world.factory));
    let signature = Signature::Eip191(wallet.sign_personal(&text));
    let act_for = world.contract().act_for(cancel.into(), signature);
    world.done(STRANGER, act_for);
}
