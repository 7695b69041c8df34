//! Every message in every phase, by everybody, while this contract is paused and while ALV is: as
//! tables.

use crate::{identities::*, world::*};
use ::alv::Alv;
use allive_access::{AccessError, Ownable, Pausable};
use allive_calls::{at, parts, Chain, Keyring, Message};
use allive_olife_id_interface::NotHeir;
use allive_psp22_interface::TokenError;
use allive_requests::{Signature, LONGEST};
use allive_simulator::START;
use derived_factory::*;
use scale::{Decode, Encode};

/// Whether a message is carried out, or what is answered.
type Verdict = Result<(), FactoryError>;

/// A world in which every message of the table would succeed when its right caller sends it, were
/// `WELL` in the right phase.
fn stage() -> World {
    let mut world = with_identities();
    world.done(USER, world.buy(WELL, 1_000));
    world.done(USER, world.buy(CARE, 700));
    world.done(USER, world.contract().deposit(1_000));
    world.done(WELL_OPERATOR, world.fund(WELL, Fund::Prepaid, 1_000));
    let unbond = world.contract().unbond(WELL, Source::Stake, 10);
    world.done(WELL_OPERATOR, unbond);
    let us = || WELL_OPERATOR.account().into();
    let other = Some(OTHER.account().into());
    let appoint = world.contract().appoint(WELL, us(), Some(us()), other);
    world.done(WELL_OPERATOR, appoint);
    let candidate = Some(OTHER.account().into());
    let offer = at::<DerivedFactory>(world.factory).transfer_ownership(candidate);
    world.done(ADMIN, offer);
    world.done(WELL_OPERATOR, world.contract().deposit(10));
    recover(&mut world, OPERATORS, HEIR.account());
    wait_alive(&mut world, UNBONDING);
    // Silent at the moment at which prices, rules and decisions are due.
    world.advance(SILENCE - NOTICE);
    world.done(CARE_OPERATOR, world.contract().heartbeat(CARE));
    let announce = world.contract().announce_price(WELL, Some(PRICE));
    world.done(WELL_OPERATOR, announce);
    world.done(ADMIN, world.contract().announce_rules(Some(RULES.into())));
    world
}

fn live() -> World {
    let mut world = stage();
    world.done(WELL_OPERATOR, world.contract().heartbeat(WELL));
    world.advance(NOTICE);
    world
}

fn silent() -> World {
    let mut world = stage();
    world.advance(NOTICE);
    world
}

fn accused() -> World {
    let mut world = live();
    world.done(ADMIN, world.contract().accuse(WELL, [1; 32].into()));
    wait_alive(&mut world, ANSWER);
    world
}

fn failed() -> World {
    let mut world = live();
    world.done(WELL_OPERATOR, world.contract().close(WELL));
    world
}

/// What a message would do now.
fn verdict(world: &mut World, by: Keyring, input: &[u8]) -> Verdict {
    let outcome = world
        .chain
        .dry_run(by.account(), world.factory, input.to_vec());
    let data = outcome.result.unwrap().data;
    match data[..] {
        [0, 0, ..] => Ok(()),
        [0, 1, ref why @ ..] => {
            let mut rest = why;
            let error = if TRAITS.iter().any(|selector| input.starts_with(selector)) {
                AccessError::decode(&mut rest).unwrap().into()
            } else {
                FactoryError::decode(&mut rest).unwrap()
            };
            assert!(rest.is_empty());
            Err(error)
        }
        _ => panic!("not an answer: {data:?}"),
    }
}

/// Messages that answer with an `AccessError`.
const TRAITS: [[u8; 4]; 4] = [
    ink::selector_bytes!("Ownable::transfer_ownership"),
    ink::selector_bytes!("Ownable::accept_ownership"),
    ink::selector_bytes!("Pausable::pause"),
    ink::selector_bytes!("Pausable::unpause"),
];

fn input<Args: Encode, R>(message: Message<Args, R>) -> Vec<u8> {
    parts(message).1
}

/// Every message that can change something: its name, who may send it, and what is sent.
fn messages(world: &World) -> Vec<(&'static str, Keyring, Vec<u8>)> {
    let factory = || world.contract();
    let us = || WELL_OPERATOR.account().into();
    let user = || USER.account().into();
    let voucher = Voucher {
        signer: us(),
        action: Gift {
            dapp: WELL,
            to: user(),
            tokens: 1,
        },
        nonce: 0,
        deadline: START + LONGEST,
    };
    let text = voucher.message(&vouchers(&world.factory));
    let signature = Signature::Sr25519(WELL_OPERATOR.sign(text.raw()));
    let request = Request {
        signer: user(),
        action: derived_factory::Action::Cancel,
        nonce: 0,
        deadline: START + LONGEST,
    };
    let text = request.message(&requests(&world.factory));
    let signed = Signature::Sr25519(USER.sign(text.raw()));
    let own = || at::<DerivedFactory>(world.factory);
    vec![
        (
            "register",
            USER,
            input(factory().register(well().into(), 100)),
        ),
        ("heartbeat", WELL_OPERATOR, input(factory().heartbeat(WELL))),
        ("accept_dapp", OTHER, input(factory().accept_dapp(WELL))),
        (
            "appoint",
            WELL_OPERATOR,
            input(factory().appoint(WELL, us(), Some(us()), None)),
        ),
        (
            "announce_price",
            WELL_OPERATOR,
            input(factory().announce_price(WELL, Some(11))),
        ),
        (
            "change_price",
            WELL_OPERATOR,
            input(factory().change_price(WELL)),
        ),
        ("deposit", USER, input(factory().deposit(10))),
        ("buy", USER, input(factory().buy(WELL, 10, 0, 0))),
        ("redeem", USER, input(factory().redeem(WELL, 10, 0))),
        (
            "convert to",
            USER,
            input(factory().convert(CARE, 10, 0, WELL, 0, 0)),
        ),
        (
            "convert from",
            USER,
            input(factory().convert(WELL, 10, 0, CARE, 0, 0)),
        ),
        (
            "withdraw",
            USER,
            input(factory().withdraw(USER.account().into())),
        ),
        ("fund", USER, input(factory().fund(WELL, Fund::Stake, 10))),
        (
            "unbond",
            WELL_OPERATOR,
            input(factory().unbond(WELL, Source::Stake, 10)),
        ),
        (
            "release",
            WELL_OPERATOR,
            input(factory().release(WELL, Source::Stake)),
        ),
        (
            "withdraw_proceeds",
            WELL_OPERATOR,
            input(factory().withdraw_proceeds(WELL, 10)),
        ),
        (
            "withdraw_prepaid",
            WELL_OPERATOR,
            input(factory().withdraw_prepaid(WELL, 10)),
        ),
        (
            "reward",
            WELL_OPERATOR,
            input(factory().reward(WELL, user(), 10)),
        ),
        (
            "redeem_voucher",
            USER,
            input(factory().redeem_voucher(voucher.into(), signature)),
        ),
        (
            "act_for",
            OTHER,
            input(factory().act_for(request.into(), signed)),
        ),
        ("cancel", USER, input(factory().cancel(9))),
        ("close", WELL_OPERATOR, input(factory().close(WELL))),
        (
            "declare_silent",
            USER,
            input(factory().declare_silent(WELL)),
        ),
        (
            "accuse",
            ADMIN,
            input(factory().accuse(WELL, [1; 32].into())),
        ),
        (
            "answer",
            WELL_OPERATOR,
            input(factory().answer(WELL, [1; 32].into())),
        ),
        ("acquit", ADMIN, input(factory().acquit(WELL))),
        ("decide", ADMIN, input(factory().decide(WELL))),
        ("claim", USER, input(factory().claim(WELL, user()))),
        ("sweep", USER, input(factory().sweep(WELL))),
        (
            "inherit",
            HEIR,
            input(factory().inherit(Holding::Dapp(WELL))),
        ),
        (
            "inherit credit",
            HEIR,
            input(factory().inherit(Holding::Credit(us()))),
        ),
        (
            "announce_rules",
            ADMIN,
            input(factory().announce_rules(None)),
        ),
        ("change_rules", ADMIN, input(factory().change_rules())),
        (
            "transfer_ownership",
            ADMIN,
            input(own().transfer_ownership(None)),
        ),
        ("accept_ownership", OTHER, input(own().accept_ownership())),
        ("pause", ADMIN, input(own().pause())),
        ("unpause", ADMIN, input(own().unpause())),
    ]
}

/// In which phases of its DAPP each message is carried out: Live, Silent, Accused, Failed. In
/// others it is answered with `WrongPhase` of the phase.
const TABLE: [(&str, [bool; 4]); 31] = [
    ("register", [true, true, true, true]),
    ("heartbeat", [true, true, true, false]),
    ("accept_dapp", [true, true, true, true]),
    ("appoint", [true, true, true, true]),
    ("announce_price", [true, false, false, false]),
    ("change_price", [true, false, false, false]),
    ("deposit", [true, true, true, true]),
    ("buy", [true, false, false, false]),
    ("redeem", [true, true, true, false]),
    ("convert to", [true, false, false, false]),
    ("convert from", [true, true, true, false]),
    ("withdraw", [true, true, true, true]),
    ("fund", [true, true, true, false]),
    ("unbond", [true, false, false, false]),
    ("release", [true, false, false, false]),
    ("withdraw_proceeds", [true, false, false, false]),
    ("withdraw_prepaid", [true, true, true, true]),
    ("reward", [true, false, false, false]),
    ("redeem_voucher", [true, false, false, false]),
    ("act_for", [true, true, true, true]),
    ("cancel", [true, true, true, true]),
    ("close", [true, true, true, false]),
    ("declare_silent", [false, true, false, false]),
    ("accuse", [true, true, false, false]),
    ("answer", [false, false, true, false]),
    ("acquit", [false, false, true, false]),
    ("decide", [false, false, true, false]),
    ("claim", [false, false, false, true]),
    ("sweep", [false, false, false, true]),
    ("inherit", [true, true, true, true]),
    ("inherit credit", [true, true, true, true]),
];

#[test]
fn each_message_is_carried_out_in_its_phases_and_in_no_other() {
    let worlds: [(Phase, fn() -> World); 4] = [
        (Phase::Live, live),
        (Phase::Silent, silent),
        (Phase::Accused, accused),
        (Phase::Failed, failed),
    ];
    for (place, (phase, world)) in worlds.into_iter().enumerate() {
        let mut world = world();
        let query = at::<DerivedFactory>(world.factory).phase(WELL);
        assert_eq!(world.get(query), Some(phase));
        let messages = messages(&world);
        for (name, phases) in TABLE {
            let (_, by, input) = messages.iter().find(|(it, ..)| *it == name).unwrap();
            let mut right = match phases[place] {
                true => Ok(()),
                false => Err(FactoryError::WrongPhase(phase)),
            };
            if name == "sweep" && phase == Phase::Failed {
                right = Err(FactoryError::TooEarly);
            }
            assert_eq!(verdict(&mut world, *by, input), right, "{name}, {phase:?}");
        }
        let governing = messages.len() - TABLE.len();
        assert_eq!(governing, 6, "what is about no DAPP");
    }
}

#[test]
fn once_claims_have_ended_a_failed_dapp_is_swept() {
    let mut world = failed();
    world.advance(CLAIMS);
    for (name, by, input) in messages(&world) {
        match name {
            "claim" => {
                let late = Err(FactoryError::Expired);
                assert_eq!(verdict(&mut world, by, &input), late);
            }
            "sweep" => assert_eq!(verdict(&mut world, by, &input), Ok(())),
            _ => (),
        }
    }
}

/// What is answered to whoever may not send a message. `None`: anybody may.
fn only(name: &str) -> Option<FactoryError> {
    match name {
        "heartbeat" | "appoint" | "announce_price" | "change_price" | "unbond" | "release"
        | "withdraw_proceeds" | "withdraw_prepaid" | "reward" | "close" | "answer" => {
            Some(FactoryError::NotOperator)
        }
        "accept_dapp" => Some(FactoryError::NotPendingOperator),
        "accuse" | "acquit" | "decide" | "announce_rules" | "change_rules"
        | "transfer_ownership" | "pause" | "unpause" => Some(AccessError::CallerIsNotOwner.into()),
        "inherit" | "inherit credit" => Some(NotHeir::NotSuccessor.into()),
        "accept_ownership" => Some(AccessError::CallerIsNotPendingOwner.into()),
        _ => None,
    }
}

#[test]
fn each_message_obeys_its_role_and_nobody_else() {
    for world in [live, accused] {
        let mut world = world();
        for (name, right, input) in messages(&world) {
            let Some(why) = only(name) else { continue };
            for other in Keyring::all().into_iter().filter(|by| *by != right) {
                let refused = verdict(&mut world, other, &input);
                assert_eq!(refused, Err(why.clone()), "{name} by {other:?}");
            }
            assert_ne!(verdict(&mut world, right, &input), Err(why), "{name}");
        }
    }
}

#[test]
fn what_anybody_may_do_anybody_does() {
    let always = ["register", "deposit", "act_for", "cancel"];
    for (mut world, open) in [
        (live(), ["fund", "redeem_voucher"].as_slice()),
        (silent(), &["fund", "declare_silent"]),
        (failed(), &["claim"]),
    ] {
        for (name, _, input) in messages(&world) {
            if always.contains(&name) || open.contains(&name) {
                for by in Keyring::all() {
                    assert_eq!(verdict(&mut world, by, &input), Ok(()), "{name} by {by:?}");
                }
            }
        }
    }
}

#[test]
fn a_pause_stops_registration_purchases_and_rewards_and_nothing_else() {
    let stopped = ["register", "buy", "convert to", "convert from", "reward"];
    for world in [live, silent, accused, failed] {
        let mut world = world();
        let messages = messages(&world);
        let of = |world: &mut World| {
            let verdicts = messages.iter();
            verdicts
                .map(|(_, by, input)| verdict(world, *by, input))
                .collect::<Vec<_>>()
        };
        let before = of(&mut world);
        let pause = at::<DerivedFactory>(world.factory).pause();
        world.done(ADMIN, pause);
        let paused = of(&mut world);
        for ((name, ..), (before, paused)) in messages.iter().zip(before.into_iter().zip(paused)) {
            let right = match *name {
                // Redeeming comes first, and says so.
                "convert from" if before != Ok(()) => before,
                stops if stopped.contains(&stops) => Err(AccessError::Paused.into()),
                "pause" => Err(AccessError::PauseTooSoon.into()),
                "unpause" => Ok(()),
                _ => before,
            };
            assert_eq!(paused, right, "{name}");
        }
    }
}

/// Everything that is paid out of credit goes on, and every payout: the factory is a vault of ALV.
#[test]
fn while_alv_is_paused_nothing_is_taken_in_and_everything_paid_out() {
    for world in [live, silent, accused, failed] {
        let mut world = world();
        let messages = messages(&world);
        let of = |world: &mut World| {
            let verdicts = messages.iter();
            verdicts
                .map(|(_, by, input)| verdict(world, *by, input))
                .collect::<Vec<_>>()
        };
        let before = of(&mut world);
        let pause = at::<Alv>(world.alv).pause();
        world.done(ADMIN, pause);
        let paused = of(&mut world);
        for ((name, ..), (before, paused)) in messages.iter().zip(before.into_iter().zip(paused)) {
            let right = match *name {
                "deposit" => Err(TokenError::Refused.into()),
                _ => before,
            };
            assert_eq!(paused, right, "{name}");
        }
        for buyer in [OTHER, STRANGER] {
            let (_, _, buy) = messages.iter().find(|(name, ..)| *name == "fund").unwrap();
            let refused = verdict(&mut world, buyer, buy);
            assert!(refused.is_err(), "without credit");
        }
    }
}

/// Nothing is left out of the tables.
#[test]
fn nothing_can_be_changed_but_by_the_messages_of_the_tables() {
    let metadata: serde_json::Value =
        serde_json::from_str(&code("derived_factory").metadata).unwrap();
    let known = metadata["spec"]["messages"].as_array().unwrap();
    let changing = known.iter().filter(|message| message["mutates"] == true);
    let changing: std::collections::BTreeSet<_> = changing
        .map(|message| message["selector"].as_str().unwrap().to_owned())
        .collect();
    let world = World::new();
    let told = world
        .contract()
        .on_received(USER.account().into(), 1, None.into());
    // ALV alone sends this one: see `order`.
    let told = input(told);
    let sent = messages(&world)
        .into_iter()
        .map(|(_, _, input)| input)
        .chain([told]);
    let sent = sent.map(|input| format!("0x{}", hex::encode(&input[..4])));
    assert_eq!(changing, sent.collect());
    assert!(known.iter().all(|message| message["payable"] == false));
}
