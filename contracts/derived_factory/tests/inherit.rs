//! What an identity inherits of what the factory keeps for a key that it lost or left.

use crate::{identities::*, world::*};
use ::false_id::{FalseId, Mode};
use allive_calls::{at, parts, Chain, Keyring, Message as Call};
use allive_olife_id_interface::NotHeir;
use allive_requests::Signature;
use allive_simulator::START;
use allive_support::recovery::{by_its_key, take};
use derived_factory::*;
use ink::primitives::AccountId;
use olife_id::Action;
use scale::Encode;

const NOT_SUCCESSOR: FactoryError = FactoryError::NotHeir(NotHeir::NotSuccessor);
const CAME_LATER: FactoryError = FactoryError::NotHeir(NotHeir::CameLater);
const NO_ANSWER: FactoryError = FactoryError::NotHeir(NotHeir::NoAnswer);

fn inherit(world: &mut World, by: Keyring, holding: Holding) -> Receipt<Answer<()>> {
    let message = world.contract().inherit(holding);
    world.send(by, message)
}

fn inherits(world: &mut World, by: Keyring, holding: Holding) -> Result<(), FactoryError> {
    inherit(world, by, holding).value.unwrap()
}

fn input<Args: Encode, R>(message: Call<Args, R>) -> Vec<u8> {
    parts(message).1
}

fn credit_of(of: Keyring) -> Holding {
    Holding::Credit(of.account().into())
}

fn deposit(world: &mut World, by: Keyring, amount: u128) {
    world.done(by, world.contract().deposit(amount));
}

/// The operator of `WELL` lost its key, and was recovered to `HEIR`.
fn recovered() -> World {
    let mut world = with_identities();
    recover(&mut world, OPERATORS, HEIR.account());
    world
}

/// The operator's identity can settle now that `new` takes the place of `old`.
fn leaves(world: &mut World, old: Keyring, new: Keyring) {
    for step in by_its_key(old.account(), OPERATORS, new.account()) {
        take(&mut world.chain, world.identities, step);
    }
    world.advance(SETTLING);
}

fn appoint(world: &mut World, by: Keyring, to: [AccountId; 2], successor: Option<Keyring>) {
    let [treasury, signer] = to.map(Into::into);
    let successor = successor.map(|it| it.account().into());
    let appoint = world
        .contract()
        .appoint(WELL, treasury, Some(signer), successor);
    world.done(by, appoint);
}

#[test]
fn the_heir_of_a_lost_operator_runs_the_dapp_on() {
    let mut world = with_identities();
    world.done(USER, world.buy(WELL, 1_000));
    let unbond = world.contract().unbond(WELL, Source::Stake, 100);
    world.done(WELL_OPERATOR, unbond);
    // The key is lost. Nobody beats, and nobody inherits yet.
    let early = inherits(&mut world, HEIR, Holding::Dapp(WELL));
    assert_eq!(early, Err(NOT_SUCCESSOR));
    propose(&mut world, OPERATORS, HEIR.account());
    let waiting = inherits(&mut world, HEIR, Holding::Dapp(WELL));
    assert_eq!(waiting, Err(NOT_SUCCESSOR));
    world.advance(DELAY);
    settle(&mut world, OPERATORS);
    let before = dapp_of(&mut world, WELL);

    let answer = inherit(&mut world, HEIR, Holding::Dapp(WELL));
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 2));
    let account = |of: Keyring| of.account().into();
    let inherited = Inherited {
        holding: Holding::Dapp(WELL),
        former: account(WELL_OPERATOR),
        heir: account(HEIR),
    };
    assert_eq!(world.event(&answer), (inherited, vec![]));
    let appointed = DappAppointed {
        dapp: WELL,
        operator: account(HEIR),
        pending: None,
        treasury: TREASURY.into(),
        signer: Some(account(HEIR)),
    };
    assert_eq!(world.event(&answer), (appointed, vec![topic(WELL)]));
    let now = world.now();
    let dapp = dapp_of(&mut world, WELL);
    let expected = Dapp {
        operator: dapp.operator.clone(),
        signer: Some(account(HEIR)),
        since: now,
        ..before
    };
    assert_eq!(dapp, expected, "nothing else changed");
    assert_eq!(*dapp.operator.owner, HEIR.account());

    // In time, so that it never falls silent.
    world.at(dapp.life.alive_until - 1);
    world.done(HEIR, world.contract().heartbeat(WELL));
    world.advance(1);
    let silent = world.contract().declare_silent(WELL);
    let live = FactoryError::WrongPhase(Phase::Live);
    assert_eq!(world.refused(STRANGER, silent), live);
    world.at(dapp.money.stake_unbonding.ready);
    let holds = world.holds(HEIR);
    world.done(HEIR, world.contract().release(WELL, Source::Stake));
    assert_eq!(world.holds(HEIR), holds + 100);
    let proceeds = world.contract().withdraw_proceeds(WELL, 500);
    world.done(HEIR, proceeds);
    assert_eq!(world.holds(TREASURY), 500);
}

#[test]
fn the_former_key_can_do_nothing_with_what_was_inherited() {
    let mut world = recovered();
    // Until then it can: the factory knows nothing of the recovery.
    world.done(WELL_OPERATOR, world.contract().heartbeat(WELL));
    assert_eq!(inherits(&mut world, HEIR, Holding::Dapp(WELL)), Ok(()));
    let factory = || world.contract();
    let us = || WELL_OPERATOR.account().into();
    let messages = [
        input(factory().heartbeat(WELL)),
        input(factory().appoint(WELL, us(), Some(us()), Some(us()))),
        input(factory().announce_price(WELL, Some(1))),
        input(factory().change_price(WELL)),
        input(factory().unbond(WELL, Source::Stake, 1)),
        input(factory().release(WELL, Source::Stake)),
        input(factory().withdraw_proceeds(WELL, 1)),
        input(factory().withdraw_prepaid(WELL, 1)),
        input(factory().reward(WELL, us(), 1)),
        input(factory().close(WELL)),
        input(factory().answer(WELL, [1; 32].into())),
    ];
    for input in messages {
        let by = WELL_OPERATOR.account();
        let outcome = world.chain.call(by, world.factory, input);
        let not_operator: Result<(), _> = Err(FactoryError::NotOperator);
        let answer = Ok::<_, ()>(not_operator).encode();
        assert_eq!(outcome.result.unwrap().data, answer);
    }
    let back = inherits(&mut world, WELL_OPERATOR, Holding::Dapp(WELL));
    assert_eq!(back, Err(NOT_SUCCESSOR));
}

#[test]
fn a_dapp_that_fell_silent_meanwhile_lives_again_by_the_heirs_heartbeat() {
    let mut world = with_identities();
    world.advance(SILENCE);
    recover(&mut world, OPERATORS, HEIR.account());
    let query = |world: &mut World| {
        let phase = world.contract().phase(WELL);
        world.get(phase)
    };
    assert_eq!(inherits(&mut world, HEIR, Holding::Dapp(WELL)), Ok(()));
    assert_eq!(query(&mut world), Some(Phase::Silent), "no sign of life");
    world.done(HEIR, world.contract().heartbeat(WELL));
    assert_eq!(query(&mut world), Some(Phase::Live));
}

#[test]
fn treasury_and_signer_go_with_the_operator_where_they_were_the_operator() {
    let own = WELL_OPERATOR.account();
    let new = HEIR.account();
    for (before, after) in [
        ([own, own], [new, new]),
        ([TREASURY, own], [TREASURY, new]),
        ([own, OTHER.account()], [new, OTHER.account()]),
        ([TREASURY, OTHER.account()], [TREASURY, OTHER.account()]),
    ] {
        let mut world = with_identities();
        appoint(&mut world, WELL_OPERATOR, before, None);
        recover(&mut world, OPERATORS, new);
        assert_eq!(inherits(&mut world, HEIR, Holding::Dapp(WELL)), Ok(()));
        let dapp = dapp_of(&mut world, WELL);
        assert_eq!([*dapp.treasury, *dapp.signer.unwrap()], after);
    }
}

/// Whoever has the key could sign, for what the DAPP prepaid.
#[test]
fn vouchers_that_the_former_key_signs_are_void_and_those_of_the_heir_are_good() {
    let mut world = recovered();
    world.done(USER, world.fund(WELL, Fund::Prepaid, 1_000));
    let submit = |world: &mut World, nonce: u64, by: Keyring| {
        let voucher = Voucher {
            signer: by.account().into(),
            action: Gift {
                dapp: WELL,
                to: STRANGER.account().into(),
                tokens: 1,
            },
            nonce,
            deadline: world.now() + 1,
        };
        let message = voucher.message(&vouchers(&world.factory));
        let signature = Signature::Sr25519(by.sign(message.raw()));
        let submit = world.contract().redeem_voucher(voucher.into(), signature);
        world.answer(STRANGER, submit)
    };
    assert_eq!(submit(&mut world, 0, WELL_OPERATOR), Ok(()));
    assert_eq!(inherits(&mut world, HEIR, Holding::Dapp(WELL)), Ok(()));
    let bad = Err(FactoryError::NotSigner);
    assert_eq!(submit(&mut world, 1, WELL_OPERATOR), bad);
    assert_eq!(submit(&mut world, 1, HEIR), Ok(()));
}

#[test]
fn what_the_former_key_offered_is_offered_no_more() {
    let mut world = recovered();
    let keep = [TREASURY, WELL_OPERATOR.account()];
    appoint(&mut world, WELL_OPERATOR, keep, Some(STRANGER));
    assert_eq!(inherits(&mut world, HEIR, Holding::Dapp(WELL)), Ok(()));
    let accept = world.contract().accept_dapp(WELL);
    let not_pending = FactoryError::NotPendingOperator;
    assert_eq!(world.refused(STRANGER, accept), not_pending);
}

/// A right that was handed over is another's, whoever did it with the key.
#[test]
fn what_the_former_key_handed_over_before_is_not_inherited() {
    let mut world = recovered();
    let keep = [TREASURY, TREASURY];
    appoint(&mut world, WELL_OPERATOR, keep, Some(STRANGER));
    world.done(STRANGER, world.contract().accept_dapp(WELL));
    let late = inherits(&mut world, HEIR, Holding::Dapp(WELL));
    assert_eq!(late, Err(NOT_SUCCESSOR));
}

#[test]
fn a_dapp_that_came_to_the_key_when_it_left_or_later_is_the_keys() {
    let mut world = with_identities();
    let former = WELL_OPERATOR;
    propose(&mut world, OPERATORS, HEIR.account());
    world.advance(DELAY - 1);
    let register = |world: &mut World| {
        let registered = world.send(former, world.register(well(), STAKE));
        registered.value.unwrap().unwrap()
    };
    let earlier = register(&mut world);
    world.advance(1);
    settle(&mut world, OPERATORS);
    let then = register(&mut world);
    let keep = [TREASURY, TREASURY];
    for dapp in [earlier, CARE] {
        // Handed to the key at that very moment: it was not the key's before.
        let operator = if dapp == CARE { CARE_OPERATOR } else { former };
        let [treasury, signer] = keep.map(Into::into);
        let successor = Some(former.account().into());
        let appoint = world
            .contract()
            .appoint(dapp, treasury, Some(signer), successor);
        world.done(operator, appoint);
    }
    assert_eq!(inherits(&mut world, HEIR, Holding::Dapp(earlier)), Ok(()));
    world.done(former, world.contract().accept_dapp(CARE));
    world.advance(1);
    let later = register(&mut world);
    for dapp in [then, CARE, later] {
        let refused = inherits(&mut world, HEIR, Holding::Dapp(dapp));
        assert_eq!(refused, Err(CAME_LATER), "{dapp}");
    }
}

#[test]
fn a_credit_is_inherited_whole_and_added_to_the_heirs() {
    let mut world = with_identities();
    deposit(&mut world, USER, 70);
    deposit(&mut world, HEIR, 5);
    let early = inherits(&mut world, HEIR, credit_of(USER));
    assert_eq!(early, Err(NOT_SUCCESSOR));
    recover(&mut world, USERS, HEIR.account());
    // It is one credit, whoever pays into it later.
    deposit(&mut world, USER, 30);
    let before = stored_state(&mut world).held;

    let answer = inherit(&mut world, HEIR, credit_of(USER));
    assert_eq!((answer.value.clone(), answer.frames), (Ok(Ok(())), 2));
    let inherited = Inherited {
        holding: credit_of(USER),
        former: USER.account().into(),
        heir: HEIR.account().into(),
    };
    assert_eq!(world.events(&answer), [(inherited, vec![])]);
    assert_eq!(credited(&mut world, USER), 0);
    assert_eq!(credited(&mut world, HEIR), 105);
    assert_eq!(stored_state(&mut world).held, before);
    let withdraw = |world: &World| world.contract().withdraw(USER.account().into());
    let nothing = FactoryError::NothingToDo;
    assert_eq!(world.refused(USER, withdraw(&world)), nothing);
    let again = inherits(&mut world, HEIR, credit_of(USER));
    assert_eq!(again, Err(FactoryError::NothingToDo));
    assert_eq!(world.done(HEIR, withdraw(&world)), 105);
}

#[test]
fn a_credit_that_began_when_the_key_left_or_later_is_the_keys() {
    for (early, refused) in [(1, Ok(())), (0, Err(CAME_LATER))] {
        let mut world = with_identities();
        propose(&mut world, USERS, HEIR.account());
        world.advance(DELAY - early);
        deposit(&mut world, USER, 70);
        world.advance(early);
        settle(&mut world, USERS);
        assert_eq!(inherits(&mut world, HEIR, credit_of(USER)), refused);
    }
    let mut world = with_identities();
    deposit(&mut world, USER, 70);
    recover(&mut world, USERS, HEIR.account());
    world.done(USER, world.contract().withdraw(USER.account().into()));
    deposit(&mut world, USER, 70);
    let anew = inherits(&mut world, HEIR, credit_of(USER));
    assert_eq!(anew, Err(CAME_LATER), "an emptied credit begins anew");
}

#[test]
fn what_an_heir_has_already_counts_from_its_own_moment() {
    let mut world = with_identities();
    deposit(&mut world, USER, 70);
    recover(&mut world, USERS, HEIR.account());
    let left = world.now();
    world.advance(5);
    deposit(&mut world, HEIR, 30);
    assert_eq!(inherits(&mut world, HEIR, credit_of(USER)), Ok(()));
    world.advance(5);
    deposit(&mut world, HEIR, 1);
    let credits = stored_state(&mut world).credits;
    let own = allive_payments::Part {
        amount: 31,
        since: left + 5,
    };
    let both = Credit {
        amount: 101,
        began: left,
        later: vec![own],
    };
    assert_eq!(credits[&HEIR.account()], both);
    assert_eq!(credits[&USER.account()], Credit::default());
}

/// In whatever order payments and heirs come, also in the very block in which the key left.
#[test]
fn what_is_paid_in_the_block_in_which_the_key_left_goes_to_whom_it_belongs() {
    let mut world = with_identities();
    world.done(USER, world.buy(WELL, 100));
    deposit(&mut world, USER, 70);
    propose(&mut world, USERS, HEIR.account());
    world.advance(DELAY);
    settle(&mut world, USERS);
    deposit(&mut world, HEIR, 5);
    assert_eq!(inherits(&mut world, HEIR, credit_of(USER)), Ok(()));
    world.done(USER, world.redeem(WELL, 10));
    deposit(&mut world, HEIR, 1);
    let late = inherits(&mut world, HEIR, credit_of(USER));
    assert_eq!(late, Err(CAME_LATER));
    for (by, amount) in [(USER, 50), (HEIR, 76)] {
        let withdraw = world.contract().withdraw(by.account().into());
        assert_eq!(world.done(by, withdraw), amount);
    }
}

#[test]
fn nobody_inherits_but_a_key_of_the_identity_that_may_act() {
    let mut world = with_identities();
    deposit(&mut world, WELL_OPERATOR, 70);
    recover(&mut world, OPERATORS, HEIR.account());
    for holding in [Holding::Dapp(WELL), credit_of(WELL_OPERATOR)] {
        for other in Keyring::all().into_iter().filter(|by| *by != HEIR) {
            let refused = inherits(&mut world, other, holding.clone());
            assert_eq!(refused, Err(NOT_SUCCESSOR), "{other:?}");
        }
        // Nor what others have.
        for other in [Holding::Dapp(CARE), credit_of(OTHER)] {
            deposit(&mut world, OTHER, 1);
            assert_eq!(inherits(&mut world, HEIR, other), Err(NOT_SUCCESSOR));
        }
    }
    act(&mut world, HEIR.account(), Action::Freeze);
    let frozen = inherits(&mut world, HEIR, Holding::Dapp(WELL));
    assert_eq!(frozen, Err(NOT_SUCCESSOR));
}

#[test]
fn a_key_that_leaves_by_its_own_word_is_inherited_from_as_well() {
    let mut world = with_identities();
    deposit(&mut world, WELL_OPERATOR, 70);
    let [old, new] = [WELL_OPERATOR, HEIR].map(Keyring::account);
    replace(&mut world, OPERATORS, old, new);
    for holding in [Holding::Dapp(WELL), credit_of(WELL_OPERATOR)] {
        assert_eq!(inherits(&mut world, HEIR, holding), Ok(()));
    }
}

#[test]
fn who_is_recovered_again_inherits_from_the_heir() {
    let mut world = recovered();
    assert_eq!(inherits(&mut world, HEIR, Holding::Dapp(WELL)), Ok(()));
    recover(&mut world, OPERATORS, STRANGER.account());
    assert_eq!(inherits(&mut world, STRANGER, Holding::Dapp(WELL)), Ok(()));
    let back = inherits(&mut world, HEIR, Holding::Dapp(WELL));
    assert_eq!(back, Err(NOT_SUCCESSOR));
}

/// A key that left and came back is a key of its identity, and no former one.
#[test]
fn a_key_that_came_back_is_not_inherited_from() {
    let mut world = with_identities();
    let [own, other] = [WELL_OPERATOR, HEIR].map(Keyring::account);
    deposit(&mut world, WELL_OPERATOR, 70);
    replace(&mut world, OPERATORS, own, other);
    replace(&mut world, OPERATORS, other, own);
    let before = stored_state(&mut world);
    for holding in [credit_of(WELL_OPERATOR), Holding::Dapp(WELL)] {
        for by in [WELL_OPERATOR, HEIR] {
            let refused = inherits(&mut world, by, holding.clone());
            assert_eq!(refused, Err(NOT_SUCCESSOR));
        }
    }
    assert_eq!(stored_state(&mut world), before);
}

/// Another key of the identity, which a thief has, inherits in the very block in which it is
/// removed. The next heir inherits from it all the same.
#[test]
fn what_a_key_inherits_in_its_last_block_is_the_next_heirs() {
    let mut world = with_identities();
    deposit(&mut world, WELL_OPERATOR, 70);
    recover(&mut world, OPERATORS, HEIR.account());
    let left = world.now();
    leaves(&mut world, HEIR, STRANGER);
    for holding in [Holding::Dapp(WELL), credit_of(WELL_OPERATOR)] {
        assert_eq!(inherits(&mut world, HEIR, holding), Ok(()));
    }
    settle(&mut world, OPERATORS);
    for holding in [Holding::Dapp(WELL), credit_of(HEIR)] {
        assert_eq!(inherits(&mut world, STRANGER, holding), Ok(()));
    }
    let stored = stored_state(&mut world);
    let began = stored.credits[&STRANGER.account()].began;
    assert!(left < began && stored.dapps[&WELL].since == began);
}

/// Who runs a DAPP offers it to itself, and takes it over just before its key is replaced.
#[test]
fn an_operator_that_takes_over_from_itself_has_had_the_dapp_all_the_time() {
    let mut world = with_identities();
    let own = WELL_OPERATOR.account();
    leaves(&mut world, WELL_OPERATOR, HEIR);
    appoint(&mut world, WELL_OPERATOR, [own, own], Some(WELL_OPERATOR));
    world.done(WELL_OPERATOR, world.contract().accept_dapp(WELL));
    settle(&mut world, OPERATORS);
    assert_eq!(inherits(&mut world, HEIR, Holding::Dapp(WELL)), Ok(()));
}

/// The place for remainders must not come to run a DAPP.
#[test]
fn the_place_of_remainders_inherits_no_dapp() {
    let mut world = with_identities();
    world.chain.endow(REMAINDER);
    recover(&mut world, OPERATORS, REMAINDER);
    let inherit = world.contract().inherit(Holding::Dapp(WELL));
    let answer = world.refused(REMAINDER, inherit);
    assert_eq!(answer, FactoryError::BadTreasury);
    let operator = dapp_of(&mut world, WELL).operator.owner;
    assert_eq!(*operator, WELL_OPERATOR.account());
}

#[test]
fn where_nobody_answers_nobody_inherits() {
    // Nothing is there, an account is, a contract that knows no such question.
    let nowhere = World::new();
    let mut account = with_alv(SUPPLY);
    account.identities = HEIR.account();
    let account = registered(founded(account, WEALTH));
    let mut another = with_alv(SUPPLY);
    another.identities = another.alv;
    let another = registered(founded(another, WEALTH));
    for mut world in [nowhere, account, another] {
        deposit(&mut world, USER, 70);
        for holding in [Holding::Dapp(WELL), credit_of(USER)] {
            for by in [USER, HEIR] {
                let refused = inherits(&mut world, by, holding.clone());
                assert_eq!(refused, Err(NO_ANSWER));
            }
        }
    }
}

/// A world whose Olife ID does as it is told.
fn told() -> World {
    let mut world = with_alv(SUPPLY);
    world.deploy_false_id(ADMIN);
    registered(founded(world, WEALTH))
}

fn behave(world: &mut World, mode: Mode) {
    let behave = at::<FalseId>(world.identities).behave(mode);
    world.tell(ADMIN, behave);
}

fn say(world: &mut World, heir: Keyring, former: Keyring, since: u64) {
    let [heir, former] = [heir, former].map(Keyring::account);
    world.follow(heir, former, Some(since));
}

#[test]
fn an_answer_that_is_none_gives_nothing() {
    let mut world = told();
    deposit(&mut world, USER, 70);
    let yes = Some(START + 1).encode();
    let answers = |bytes: Vec<u8>, reverted| Mode::Answers { bytes, reverted };
    let reenters = Mode::Reenters {
        target: world.factory,
        input: input(world.contract().withdraw(USER.account().into())),
    };
    for mode in [
        Mode::Traps,
        answers(vec![], false),
        answers(yes.clone(), false),
        answers([&[0][..], &yes[..8]].concat(), false),
        answers([&[0][..], &yes, &[0]].concat(), false),
        answers(vec![1, 1], true),
        reenters,
    ] {
        behave(&mut world, mode.clone());
        for holding in [Holding::Dapp(WELL), credit_of(USER)] {
            let refused = inherits(&mut world, HEIR, holding);
            assert_eq!(refused, Err(NO_ANSWER), "{mode:?}");
        }
    }
    behave(&mut world, Mode::Honest);
    assert_eq!(
        inherits(&mut world, HEIR, credit_of(USER)),
        Err(NOT_SUCCESSOR)
    );
}

#[test]
fn an_olife_id_that_lies_moves_what_it_says_and_no_more() {
    let mut world = told();
    world.done(USER, world.buy(WELL, 1_000));
    deposit(&mut world, USER, 70);
    world.advance(1);
    // A stranger follows everybody, also whoever is paid last, and itself.
    let far = u64::MAX;
    for former in [WELL_OPERATOR, USER, STRANGER] {
        say(&mut world, STRANGER, former, far);
    }
    let before = stored_state(&mut world);
    for (holding, answer) in [
        (Holding::Dapp(WELL), Ok(())),
        (Holding::Dapp(WELL), Err(CAME_LATER)),
        (credit_of(USER), Ok(())),
        (credit_of(STRANGER), Err(CAME_LATER)),
    ] {
        assert_eq!(inherits(&mut world, STRANGER, holding), answer);
    }
    assert_eq!(credited(&mut world, STRANGER), 70);
    let mut after = stored_state(&mut world);
    assert_eq!(after.held, before.held);
    let (was, is) = (&before.dapps[&WELL], after.dapps.remove(&WELL).unwrap());
    let unchanged = Dapp {
        operator: was.operator.clone(),
        signer: was.signer.clone(),
        since: was.since,
        ..is
    };
    assert_eq!(unchanged, *was, "no money, no promise, no moment");
    assert_eq!(after.dapps[&CARE], before.dapps[&CARE]);
    assert_eq!(after.holders, before.holders);
}

#[test]
fn what_came_a_millisecond_before_the_key_left_is_inherited_and_nothing_later() {
    for (left, answer) in [
        (START - 1, Err(CAME_LATER)),
        (START, Err(CAME_LATER)),
        (START + 1, Ok(())),
    ] {
        let mut world = told();
        deposit(&mut world, USER, 70);
        for (former, holding) in [
            (USER, credit_of(USER)),
            (WELL_OPERATOR, Holding::Dapp(WELL)),
        ] {
            say(&mut world, HEIR, former, left);
            assert_eq!(inherits(&mut world, HEIR, holding), answer);
        }
    }
}

#[test]
fn of_several_reasons_to_refuse_the_first_is_given() {
    let mut world = World::new();
    for (holding, why) in [
        (Holding::Dapp(9), FactoryError::UnknownDapp),
        (Holding::Dapp(WELL), NO_ANSWER),
        (credit_of(USER), FactoryError::NothingToDo),
    ] {
        assert_eq!(inherits(&mut world, HEIR, holding), Err(why));
    }
    world.chain.endow(REMAINDER);
    let inherit = world.contract().inherit(Holding::Dapp(WELL));
    let answer = world.refused(REMAINDER, inherit);
    assert_eq!(answer, FactoryError::BadTreasury);
}

/// Whoever sends the message pays for what it stores: a first credit.
#[test]
fn inheriting_stores_nothing_but_a_first_credit() {
    let mut world = recovered();
    deposit(&mut world, USER, 70);
    recover(&mut world, USERS, OTHER.account());
    let dapp = inherit(&mut world, HEIR, Holding::Dapp(WELL));
    assert_eq!((dapp.deposit.items, dapp.deposit.bytes), (0, 0));
    let credit = inherit(&mut world, OTHER, credit_of(USER));
    assert_eq!(credit.deposit.items, 1);
}
