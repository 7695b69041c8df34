//! Collateral of bad will, requests that are shown again, strangers, and rings.

use crate::world::*;
use ::hostile::{Hostile, Mode};
use allive_access::Account;
use allive_calls::{at, parts, EthereumKey, Keyring, Message, Typed};
use allive_olife_id_interface::{IdentityId, IdentityRegistry, Points, Topic};
use allive_psp22_interface::TokenError;
use allive_requests::{Domain, RequestError, Signature};
use allive_simulator::{GENESIS, START};
use ink::primitives::AccountId;
use olife_id::{
    trust::{plus_anchor, score, share, DAY, PEERS_CAP},
    *,
};
use scale::Encode;

/// Answers of a token that are none, and what Olife ID makes of them.
fn bad_answers() -> Vec<(Mode, TokenError)> {
    let answers = [
        (vec![], TokenError::Broken),
        (vec![0], TokenError::Broken),
        (vec![2, 0], TokenError::Broken),
        (vec![0, 0, 0], TokenError::Broken),
        (vec![0xff; 1_000], TokenError::Broken),
        (vec![0, 1, 1], TokenError::InsufficientBalance),
        (vec![0, 1, 2], TokenError::InsufficientAllowance),
    ];
    let answers = answers.into_iter().flat_map(|(bytes, why)| {
        [false, true].map(|reverted| {
            let bytes = bytes.clone();
            (Mode::AnswersPayments { bytes, reverted }, why.clone())
        })
    });
    let mut modes = vec![
        (Mode::Refuses, TokenError::Refused),
        (Mode::Traps, TokenError::Broken),
    ];
    modes.extend(answers);
    modes
}

fn deposit(world: &mut World, amount: u128) -> Result<(), IdError> {
    let deposit = world.contract().deposit(PERSON_ID, amount);
    world.answer(OWNER, deposit)
}

fn withdraw() -> Action {
    Action::Withdraw { to: SECOND.into() }
}

fn forfeit(world: &mut World) -> Result<(), IdError> {
    let forfeit = world.contract().forfeit(FRIEND_ID, PERSON_ID);
    world.answer(STRANGER, forfeit)
}

/// A friend's bond of 200 is lost, and the friend has 800 left.
fn lost_bond() -> World {
    let mut world = hostile();
    world.done(FRIEND, world.act(vouch(20)));
    condemn(&mut world);
    world
}

#[test]
fn nothing_is_credited_for_collateral_that_does_not_arrive() {
    let mut world = hostile();
    let mut modes = vec![
        (Mode::KeepsFee, IdError::PaymentShort),
        (Mode::LiesAboutSuccess, IdError::PaymentShort),
        (Mode::LiesAboutBalance(0), IdError::PaymentShort),
        (Mode::LiesAboutBalance(1_099), IdError::PaymentShort),
        (
            Mode::AnswersBalances(vec![]),
            IdError::Token(TokenError::Broken),
        ),
        (
            Mode::AnswersBalances(vec![0xff; 18]),
            IdError::Token(TokenError::Broken),
        ),
    ];
    let bad = bad_answers().into_iter();
    modes.extend(bad.map(|(mode, why)| (mode, IdError::Token(why))));
    for (mode, why) in modes {
        world.behave(mode.clone());
        assert_eq!(deposit(&mut world, 100), Err(why), "{mode:?}");
    }
    world.behave(Mode::Honest);
    assert_eq!(deposit(&mut world, 100), Ok(()));
    assert_eq!(purse_of(&mut world, PERSON_ID).credit, 100);
    assert_eq!(all_held(&mut world), 1_100);
}

#[test]
fn a_payment_that_fails_leaves_purse_and_bond_where_they_were() {
    let mut world = lost_bond();
    for (mode, why) in bad_answers() {
        world.behave(mode.clone());
        let refused = world.refused(FRIEND, world.act(withdraw()));
        assert_eq!(refused, IdError::Token(why.clone()), "{mode:?}");
        assert_eq!(forfeit(&mut world), Err(IdError::Token(why)), "{mode:?}");
    }
    world.behave(Mode::Honest);
    world.done(FRIEND, world.act(withdraw()));
    assert_eq!(forfeit(&mut world), Ok(()));
    assert_eq!([SECOND, PLACE].map(|to| world.holds(to)), [800, 200]);
    assert_eq!(all_held(&mut world), 0);
}

#[test]
fn a_token_that_lies_about_a_payment_takes_from_nobody_else() {
    for mode in [
        Mode::KeepsFee,
        Mode::LiesAboutSuccess,
        Mode::LiesAboutBalance(0),
    ] {
        let mut world = lost_bond();
        assert_eq!(deposit(&mut world, 70), Ok(()));
        world.behave(mode);
        world.done(FRIEND, world.act(withdraw()));
        assert_eq!(forfeit(&mut world), Ok(()));
        assert_eq!(all_held(&mut world), 70);
        world.behave(Mode::Honest);
        // The person was proved false, and keeps its money.
        world.done(PERSON, world.act(withdraw()));
        assert_eq!(all_held(&mut world), 0);
    }
}

/// The only thing that a donation can do.
#[test]
fn a_donation_is_nobodys_and_can_cover_a_lie_but_nothing_that_is_owed() {
    let mut world = hostile();
    let id = world.id;
    world.give(id, 15);
    assert_eq!(all_held(&mut world), 1_000);
    world.behave(Mode::LiesAboutSuccess);
    assert_eq!(deposit(&mut world, 16), Err(IdError::PaymentShort));
    assert_eq!(deposit(&mut world, 15), Ok(()));
    assert_eq!(deposit(&mut world, 1), Err(IdError::PaymentShort));
    world.behave(Mode::Honest);
    for by in [FRIEND, PERSON] {
        world.done(by, world.act(withdraw()));
    }
    assert_eq!(all_held(&mut world), 0);
    assert_eq!([SECOND, id].map(|to| world.holds(to)), [1_015, 0]);
}

/// Another contract, which passes calls on, and whose failure a token survives. It is the key of an
/// identity that has money here.
fn detour(world: &mut World) -> AccountId {
    let detour = world.deploy_accomplice();
    let create = world.contract().act(new_identity());
    let (id, input) = parts(create);
    let forward = at::<Hostile>(detour).forward(id, input);
    let created = world.tell(STRANGER, forward);
    assert_eq!(created, Some((0_u8, NEXT).encode()));
    fund(world, NEXT, 500);
    detour
}

#[test]
fn a_token_cannot_call_back_while_it_pays() {
    let mut contract = at::<OlifeId>(World::new().id);
    let entrances = [
        input(contract.act(withdraw())),
        input(contract.act(new_identity())),
        input(contract.deposit(NEXT, 1)),
        input(contract.forfeit(FRIEND_ID, PERSON_ID)),
        input(contract.settle(PERSON_ID)),
        input(contract.stored(Query::Owed)),
        input(contract.identity_of(PERSON.into())),
    ];
    let mut world = lost_bond();
    let detour = detour(&mut world);
    let broken = IdError::Token(TokenError::Broken);
    for entrance in &entrances {
        let target = world.id;
        world.behave(Mode::Reenters {
            target,
            input: entrance.clone(),
            insists: false,
        });
        assert_eq!(deposit(&mut world, 30), Err(broken.clone()));
        assert_eq!(world.refused(FRIEND, world.act(withdraw())), broken);
        assert_eq!(forfeit(&mut world), Err(broken.clone()));
    }
    // By a detour, the token hears that it was not let in, and can go on.
    for entrance in &entrances {
        let mut world = lost_bond();
        assert_eq!(self::detour(&mut world), detour);
        let target = world.id;
        let (target, pass_on) = parts(at::<Hostile>(detour).forward(target, entrance.clone()));
        let reenters = |world: &mut World| {
            let input = pass_on.clone();
            world.behave(Mode::Reenters {
                target,
                input,
                insists: false,
            });
        };
        let turned_away = |world: &mut World| {
            let answer = world.get(at::<Hostile>(world.alv).answer());
            assert_eq!(answer, Some(None));
        };
        reenters(&mut world);
        assert_eq!(deposit(&mut world, 30), Ok(()));
        turned_away(&mut world);
        assert_eq!(all_held(&mut world), 1_530);
        reenters(&mut world);
        world.done(FRIEND, world.act(withdraw()));
        turned_away(&mut world);
        reenters(&mut world);
        assert_eq!(forfeit(&mut world), Ok(()));
        turned_away(&mut world);
        assert_eq!(all_held(&mut world), 530);
        assert_eq!(purse_of(&mut world, NEXT).credit, 500);
        assert_eq!([SECOND, PLACE].map(|to| world.holds(to)), [800, 200]);
    }
}

fn input<Args: Encode, R>(message: Message<Args, R>) -> Vec<u8> {
    parts(message).1
}

// ---- Replay ----

const SIGNER: Keyring = Keyring::Bob;

fn request(identity: Option<IdentityId>, key: Key, action: Action, nonce: u64) -> Request {
    Request {
        signer: key,
        action: SignedAction { identity, action },
        nonce,
        deadline: START + 1_000,
    }
}

fn signer() -> Key {
    Key::Account(SIGNER.account().into())
}

fn new_identity() -> Action {
    let guardians = Guardians::default();
    Action::Create { guardians }
}

#[test]
fn a_signed_request_counts_on_one_contract_of_one_chain_once() {
    let mut world = empty();
    let mut twin = |chain_id| {
        let mut setup = setup(world.alv, TERMS);
        setup.chain = chain_id;
        let new = OlifeIdRef::new(setup);
        world.create(OWNER, "olife_id", new).unwrap().address
    };
    let twins = [twin(GENESIS), twin([9; 32])];
    let creates = request(None, signer(), new_identity(), 3);
    let signature = world.signed(SIGNER, &creates);
    for twin in twins {
        let show = at::<OlifeId>(twin).act_for(creates.clone(), signature.clone());
        assert_eq!(
            world.refused(STRANGER, show),
            RequestError::BadSignature.into()
        );
    }
    // The very same contract on another chain.
    let id = world.id;
    let elsewhere = Domain {
        chain: &[9; 32],
        ..domain(&id)
    };
    let elsewhere = Signature::Sr25519(SIGNER.sign(creates.message(&elsewhere).wrapped()));
    let shown = world.refused(STRANGER, world.act_for(&creates, elsewhere));
    assert_eq!(shown, RequestError::BadSignature.into());
    // Twice in one transaction.
    let passer = world.deploy_accomplice();
    let show = world.contract().act_for(creates.clone(), signature.clone());
    let (id, shows) = parts(show);
    let twice = at::<Hostile>(passer).forward_twice(id, shows);
    let (first, second) = world.tell(STRANGER, twice);
    assert_eq!(first, Some((0_u8, 0_u64).encode()));
    assert_ne!(second, first);
    let count = world.contract().identity_count();
    assert_eq!(world.get(count), 1);
    let again = world.refused(STRANGER, world.act_for(&creates, signature));
    assert_eq!(again, RequestError::NonceUsed.into());
    assert!(is_used(&mut world, &creates));
}

#[test]
fn no_signature_counts_for_a_key_of_another_scheme() {
    let mut world = empty();
    let wallet = EthereumKey::from_seed([7; 32]);
    let address = wallet.address();
    let padded = |at: usize| {
        let mut bytes = [0; 32];
        bytes[at..at + 20].copy_from_slice(&address[..]);
        Account::from(AccountId(bytes))
    };
    let id = world.id;
    let keys = [
        signer(),
        Key::Account(wallet.account().into()),
        Key::Account(padded(0)),
        Key::Account(padded(12)),
        Key::Ethereum(address),
        Key::Hashed(SIGNER.account().0),
        Key::Hashed(wallet.account().0),
    ];
    for (place, key) in keys.into_iter().enumerate() {
        let creates = request(None, key, new_identity(), 0);
        let message = creates.message(&domain(&id));
        let by_sr25519 = SIGNER.sign(message.wrapped());
        let by_ecdsa = wallet.sign(message.wrapped());
        let mut cut = [0; 64];
        cut.copy_from_slice(&by_ecdsa[..64]);
        let mut long = [0; 65];
        long[..64].copy_from_slice(&by_sr25519[..]);
        let shown = [
            Signature::Sr25519(by_sr25519),
            Signature::Ecdsa(by_ecdsa),
            world.signed_by_wallet(&wallet, &creates),
            Signature::Sr25519(cut),
            Signature::Ecdsa(long),
        ];
        // Of all of them, each key has only its own. The account of an ECDSA key has two: a wallet
        // shows its key, whose account that is.
        let own = [&[0][..], &[1, 2], &[], &[], &[2], &[], &[]][place];
        for (turn, signature) in shown.into_iter().enumerate() {
            let answer = world.answer(STRANGER, world.act_for(&creates, signature));
            let expected = match own.iter().position(|own| *own == turn) {
                None => Err(RequestError::BadSignature.into()),
                Some(0) => Ok({
                    let count = world.contract().identity_count();
                    world.get(count)
                } - 1),
                Some(_) => Err(RequestError::NonceUsed.into()),
            };
            assert_eq!(answer, expected, "key {place}, signature {turn}");
        }
    }
}

// ---- Strangers ----

#[test]
fn strangers_fill_nothing_of_an_identity() {
    let mut world = with_friend();
    let before = the_person(&mut world);
    world.watched = false;
    for place in 0..20 {
        let key = account(0x60 + place);
        let stranger = create(&mut world, key, &[], 0);
        for (topic, _) in Topic::NAMES {
            let attested = attest(PERSON_ID, *topic, 100, EXPIRES);
            assert_eq!(world.refused(key, world.act(attested)), IdError::NotIssuer);
        }
        assert_eq!(
            world.refused(key, world.act(recover(key))),
            IdError::NotGuardian
        );
        let joins = account(0x90 + place);
        world.chain.endow(joins);
        assert_eq!(
            world.refused(joins, world.act(consent())),
            IdError::NotAwaited
        );
        // Those whom the anchor knows can vouch, and take nothing by it.
        world.done(ANCHOR, world.act(known(stranger, 10)));
        fund(&mut world, stranger, 100);
        world.done(key, world.act(vouch(10)));
    }
    assert_eq!(the_person(&mut world), before);
    assert_eq!(stored(&mut world, Query::Vouches(PERSON_ID)), None);
    for (topic, _) in &Topic::NAMES[1..] {
        assert_eq!(
            stored(&mut world, Query::Attestations(PERSON_ID, *topic)),
            None
        );
    }
    assert_eq!(world.get(world.trust(PERSON)), CEILING);
    // There is room for whom the person wants.
    world.done(FRIEND, world.act(vouch(20)));
    world.done(PERSON, world.act(accept(FRIEND_ID)));
    world.done(
        ISSUER,
        world.act(attest(PERSON_ID, Topic::CLINICIAN, 0, EXPIRES)),
    );
    assert!(world.get(world.has_role(PERSON, Topic::CLINICIAN)));
    assert_eq!(world.get(world.trust(PERSON)), CEILING + 20);
}

// ---- Rings ----

const RING: u8 = 100;
const REACH: usize = 8;

/// The key of a member.
fn member(place: usize) -> AccountId {
    let mut bytes = [0xee; 32];
    bytes[0] = (place % usize::from(RING)) as u8;
    AccountId(bytes)
}

fn number(place: usize) -> IdentityId {
    NEXT + (place % usize::from(RING)) as IdentityId
}

/// A hundred who vouch for eight others each, and accept all that is vouched for them.
#[test]
fn a_ring_of_a_hundred_gains_nothing_without_anchors_and_at_most_the_caps_with_them() {
    let mut world = World::new();
    world.watched = false;
    let places = 0..usize::from(RING);
    for place in places.clone() {
        create(&mut world, member(place), &[], 0);
        fund(&mut world, number(place), 10_000);
    }
    let vouch = |place: usize, step: usize, points| Action::Vouch {
        subject: number(place + step),
        points,
    };
    for place in places.clone() {
        let refused = world.refused(member(place), world.act(vouch(place, 1, 1)));
        assert_eq!(refused, IdError::BadPoints);
        assert_eq!(world.get(world.trust(member(place))), 0);
    }
    // Nobody else acts here, so that each message need not be looked at.
    let done = |world: &mut World, place, action: Action| {
        let act = world.contract().act(action);
        let answer = world.chain.send(member(place), act);
        assert!(matches!(answer.value, Ok(Ok(_))), "{:?}", answer.value);
    };
    // Each gets between 8 and 80 points of an anchor, and gives all that it has.
    let points = |place: usize| 1 + (place % usize::from(RING)) as Points % 10;
    let own = |place: usize| points(place) * REACH as Points;
    for place in places.clone() {
        world.done(ANCHOR, world.act(known(number(place), own(place))));
        for step in 1..=REACH {
            done(&mut world, place, vouch(place, step, points(place)));
            done(&mut world, place + step, accept(number(place)));
        }
    }
    let mut sum = 0;
    let mut all = 0;
    for place in places.clone() {
        let trust = world.get(world.trust(member(place)));
        let from = (1..=REACH).map(|step| points(place + usize::from(RING) - step));
        assert_eq!(trust, own(place) + from.sum::<Points>());
        assert!(trust - own(place) <= PEERS_CAP);
        let more = world.refused(member(place), world.act(vouch(place, REACH + 1, 1)));
        assert_eq!(more, IdError::BadPoints);
        sum += trust - own(place);
        all += own(place);
    }
    assert_eq!(sum, all, "they gave what they had, and no more");
    // Without the anchor, what they had staked gives nothing at once.
    withdraw_approval(&mut world, ANCHOR_ID, None);
    for place in places {
        assert_eq!(world.get(world.trust(member(place))), 0);
    }
}

/// The same by the rules alone, which the contract calls.
#[test]
fn a_ring_of_a_thousand_gains_nothing_without_anchors_and_at_most_the_caps_with_them() {
    const MEMBERS: usize = 1_000;
    let mut with_anchors = vec![];
    for weight in 0..=ANCHORED.len() {
        let anchored = |place: usize| {
            let ceilings = ANCHORED.iter().take(weight);
            ceilings.fold(0, |sum, ceiling| {
                plus_anchor(sum, (place % 97) as Points, *ceiling)
            })
        };
        // Each vouches for so many of the next as it can, with so many points as it can.
        let mut purses = vec![];
        let mut given = vec![vec![]; MEMBERS];
        for place in 0..MEMBERS {
            let credit = 1_000_000;
            let mut purse = Purse {
                credit,
                ..Purse::default()
            };
            for step in 1..MEMBERS {
                let points = VOUCH_CAP.min(anchored(place) - purse.given);
                let bond = purse.vouch(None, points, anchored(place), BOND, START);
                match bond {
                    Ok(bond) => given[(place + step) % MEMBERS].push((place, bond.points)),
                    Err(error) => {
                        assert_eq!(error, IdError::BadPoints);
                        break;
                    }
                }
            }
            purses.push(purse);
        }
        let mut gained = 0;
        for (place, vouches) in given.iter().enumerate() {
            let accepted = vouches.iter().take(MAX_VOUCHES);
            let shares = accepted.map(|(voucher, points)| {
                let given = purses[*voucher].given;
                // And if all anchors are gone afterwards.
                assert_eq!(share(*points, given, 0, 0, DAY), 0);
                share(*points, given, anchored(*voucher), 0, DAY)
            });
            let gain = score(anchored(place), shares.sum()) - anchored(place);
            assert!(gain <= PEERS_CAP.min(VOUCH_CAP * MAX_VOUCHES as Points));
            gained += gain;
        }
        let all: Points = (0..MEMBERS).map(anchored).sum();
        assert!(gained <= all, "no more than anchors gave");
        with_anchors.push(gained);
    }
    assert_eq!(with_anchors[0], 0, "exactly nothing");
    assert!(with_anchors[1] > 0);
}

const ANCHORED: [Points; 3] = [30, 60, 90];

/// Eight vouchers, and they and the person are known to sixteen anchors each.
#[test]
fn the_longest_question_about_trust_is_answered() {
    let mut world = World::new();
    world.watched = false;
    let anchors: Vec<_> = (0..MAX_SLOTS as u8)
        .map(|place| account(0x40 + place))
        .collect();
    for key in &anchors {
        let anchor = create(&mut world, *key, &[], 0);
        approve(&mut world, anchor, Topic::KNOWN, 50);
    }
    let know = |world: &mut World, subject| {
        for key in &anchors {
            world.done(*key, world.act(known(subject, 50)));
        }
    };
    know(&mut world, PERSON_ID);
    let question = |world: &mut World| {
        let trust = world.contract().trust(PERSON.into());
        let answer = world.chain.ask(STRANGER, trust);
        (answer.value.unwrap(), answer.gas)
    };
    let (alone, least) = question(&mut world);
    assert_eq!(alone, 800);
    for place in 0..MAX_VOUCHES as u8 {
        let key = account(0x60 + place);
        let voucher = create(&mut world, key, &[], 0);
        know(&mut world, voucher);
        fund(&mut world, voucher, 1_000);
        world.done(key, world.act(vouch(25)));
        world.done(PERSON, world.act(accept(voucher)));
    }
    let (all, most) = question(&mut world);
    assert_eq!(all, 1_000);
    println!("trust, of anchors alone: {least:?}; at worst: {most:?}");
    // Of a block's two seconds and five MiB of proof: a hundredth of the one, and two fifths of the
    // other.
    assert!(most.ref_time <= 20_000_000_000, "{most:?}");
    assert!(most.proof_size <= 5 * 1_024 * 1_024 * 2 / 5, "{most:?}");
}

#[test]
fn a_cell_that_cannot_be_decoded_traps() {
    let mut world = with_friend();
    let id = world.id;
    world.done(FRIEND, world.act(vouch(25)));
    for (field, query) in [
        (b"IDEN", Query::Identity(PERSON_ID)),
        (b"KEYS", Query::Key(Key::Account(PERSON.into()))),
        (b"CLAS", Query::Attestations(PERSON_ID, Topic::KNOWN)),
        (b"ISSU", Query::Issuer(ANCHOR_ID)),
        (b"BOND", Query::Bond(FRIEND_ID, PERSON_ID)),
        (b"PURS", Query::Purse(FRIEND_ID)),
        (b"OWED", Query::Owed),
        (b"SETU", Query::Setup),
    ] {
        let stored = world.contract().stored(query);
        world.assert_undecodable_traps(id, field, stored);
    }
    let count = world.contract().identity_count();
    world.assert_undecodable_traps(id, &[0; 4], count);
    // Nor does another contract learn anything from them.
    for field in [b"KEYS", b"CLAS", b"ISSU"] {
        let has_role = world.contract().has_role(PERSON.into(), Topic::KNOWN);
        world.assert_undecodable_traps(id, field, has_role);
    }
}
