//! Requests that a member signed and somebody else submits.

use crate::world::*;
use allive_calls::{EthereumKey, Keyring};
use allive_requests::{Domain, RequestError, Signature};
use allive_simulator::START;
use council::*;
use ink::primitives::AccountId;
use CouncilError::{NotMember, OtherAction, OtherEra, OtherPause, OutOfTime, OutOfTurn};
use RequestError::{BadSignature, DeadlineTooFar, Expired, NonceUsed};

const ALICE: Keyring = Keyring::Alice;
const BOB: Keyring = Keyring::Bob;
const CHARLIE: Keyring = Keyring::Charlie;
const DAVE: Keyring = Keyring::Dave;
const EVE: Keyring = Keyring::Eve;

/// For a pause in the first era, before any other, at the start.
fn ask(target: AccountId) -> SignedAction {
    ask_at(START, target, 0)
}

fn ask_at(asked: u64, target: AccountId, cooled: u64) -> SignedAction {
    SignedAction::EmergencyPause {
        era: 0,
        asked,
        target: target.into(),
        cooled,
    }
}

/// As signed at the start.
fn propose(era: u32, action: Action) -> SignedAction {
    let action = action.into();
    SignedAction::Propose {
        era,
        asked: START,
        action,
    }
}

fn pay(amount: u128) -> Action {
    Action::Pay {
        to: STRANGER.into(),
        amount,
    }
}

/// A council of keys with a grave proposal of the first member's, and what it does.
fn proposed_by_key() -> (World, Action) {
    let mut world = of_keys();
    let action = calls([world.mint(1)]);
    let request = request(ALICE, propose(0, action.clone()), 1_000);
    world.done(STRANGER, world.signed(&request));
    (world, action)
}

/// A stranger submits what this member signs now.
fn submit(world: &mut World, by: Keyring, action: SignedAction, nonce: u64) -> Answer<()> {
    world.answer(STRANGER, world.signed(&request(by, action, nonce)))
}

/// Members sign, the stranger submits, until the constitution is another.
fn amend_signed(world: &mut World, era: u32, remove: &[AccountId], add: &[AccountId]) {
    let proposal = world.get(world.contract().proposal_count());
    let action = amend_to(remove, add, TERMS);
    let now = world.now();
    let mut send = |by: Keyring, action| {
        let request = Request {
            deadline: now,
            ..request(by, action, proposal + 5_000)
        };
        world.done(STRANGER, world.signed(&request));
    };
    send(ALICE, propose(era, action.clone()));
    for by in [BOB, CHARLIE, DAVE] {
        let SignedAction::Vote {
            vote,
            proposal,
            seen,
            ..
        } = vote(Vote::Approve, proposal, action.clone(), 0)
        else {
            unreachable!()
        };
        let vote = SignedAction::Vote {
            era,
            vote,
            proposal,
            seen,
        };
        send(by, vote);
    }
    world.advance(CONSTITUTIONAL.delay);
    world.done(STRANGER, world.contract().execute(proposal));
}

#[test]
fn a_signed_request_does_what_the_message_of_its_signer_does() {
    let mut world = of_keys();
    let action = calls([world.mint(1)]);
    let request = request(DAVE, propose(0, action.clone()), 7);
    let answer = world.send(STRANGER, world.signed(&request));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 1));
    let event = Proposed {
        proposal: 0,
        proposer: DAVE.account().into(),
        class: Class::Grave,
        expires: EXPIRES,
    };
    world.assert_emitted(&answer, event);
    assert_eq!(standing(&mut world, 0).approvals, 0b1000);
    let say = |what, votes| vote(what, 0, action.clone(), votes);
    for (by, what, votes, approvals, objections) in [
        (EVE, Vote::Approve, 0, 0b1_1000, 0),
        (BOB, Vote::Object, 0, 0b1_1000, 0b10),
        (EVE, Vote::Withdraw, 1, 0b1000, 0b10),
        (BOB, Vote::Approve, 1, 0b1010, 0),
        (CHARLIE, Vote::Approve, 0, 0b1110, 0),
    ] {
        assert_eq!(
            submit(&mut world, by, say(what, votes), votes.into()),
            Ok(())
        );
        let stored = standing(&mut world, 0);
        assert_eq!(
            (stored.approvals, stored.objections),
            (approvals, objections)
        );
    }
    assert_eq!(standing(&mut world, 0).votes, [0, 2, 1, 1, 2]);
    world.at(READY);
    world.done(STRANGER, world.contract().execute(0));
    assert_eq!(world.holds(STRANGER), 1);
}

#[test]
fn enough_signatures_pause_at_once() {
    let mut world = of_keys();
    let target = pausable(&mut world);
    assert_eq!(submit(&mut world, EVE, ask(target), 0), Ok(()));
    let again = submit(&mut world, EVE, ask(target), 1);
    assert_eq!(again, Err(CouncilError::SaidAlready));
    let answer = world.send(STRANGER, world.signed(&request(BOB, ask(target), 0)));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 2));
    let paused = EmergencyPaused {
        target: target.into(),
        cooled: START + EMERGENCY.cooldown,
    };
    world.assert_emitted(&answer, paused);
}

/// ALV that the council may pause.
fn pausable(world: &mut World) -> AccountId {
    use allive_access::{AccessControl, PauseTerms};
    let terms = PauseTerms {
        duration: 1,
        cooldown: 1,
    };
    let new = alv::AlvRef::new(1, 1, terms, GENESIS);
    let alv = world.create(STRANGER, "alv", new).unwrap().address;
    let grant = allive_calls::at::<alv::Alv>(alv).grant_role(alv::PAUSER, world.council.into());
    world.done(STRANGER, grant);
    alv
}

/// After a reorganisation of the chain, the number of a proposal can mean another one.
#[test]
fn a_signed_vote_counts_only_for_the_action_that_its_signer_saw() {
    let (mut world, action) = proposed_by_key();
    let wrong = [
        calls([world.mint(2)]),
        calls([world.mint(1), world.mint(1)]),
        pay(1),
    ];
    for (nonce, by, what, votes) in [
        (0, BOB, Vote::Approve, 0),
        (1, CHARLIE, Vote::Object, 0),
        (2, ALICE, Vote::Withdraw, 1),
    ] {
        for wrong in wrong.clone() {
            let refused = submit(&mut world, by, vote(what, 0, wrong, votes), nonce);
            assert_eq!(refused, Err(OtherAction));
        }
        let right = vote(what, 0, action.clone(), votes);
        assert_eq!(submit(&mut world, by, right, nonce), Ok(()));
    }
    let unknown = submit(&mut world, BOB, vote(Vote::Approve, 1, action, 0), 4);
    assert_eq!(unknown, Err(CouncilError::UnknownProposal));
}

#[test]
fn what_was_signed_in_another_era_does_not_count() {
    let mut world = of_keys();
    let eve = EVE.account();
    let target = world.target;
    // She is removed, and comes back; then the terms are changed again.
    amend_signed(&mut world, 0, &[eve], &[]);
    let deadline = START + 10_000;
    let signed_at = |action, nonce| Request {
        deadline,
        ..request(EVE, action, nonce)
    };
    let refused = world.refused(STRANGER, world.signed(&signed_at(propose(0, pay(1)), 0)));
    assert_eq!(refused, OtherEra);
    // Nor is she a member in the new one.
    let refused = world.refused(STRANGER, world.signed(&signed_at(propose(1, pay(1)), 0)));
    assert_eq!(refused, NotMember);
    amend_signed(&mut world, 1, &[], &[eve]);
    for (nonce, era) in [0, 1, 3].into_iter().enumerate() {
        let mut actions = vec![propose(era, pay(1)), ask(target)];
        for what in [Vote::Approve, Vote::Withdraw, Vote::Object] {
            actions.push(vote(what, 0, amend_to(&[eve], &[], TERMS), 0));
        }
        for mut action in actions {
            match &mut action {
                SignedAction::Vote { era: named, .. }
                | SignedAction::EmergencyPause { era: named, .. } => *named = era,
                SignedAction::Propose { .. } | SignedAction::CancelRequest => (),
            }
            let old = signed_at(action, nonce as u64);
            assert_eq!(world.refused(STRANGER, world.signed(&old)), OtherEra);
        }
    }
    world.done(STRANGER, world.signed(&signed_at(propose(2, pay(1)), 0)));
}

#[test]
fn a_former_member_and_anybody_else_can_still_cancel_a_request() {
    let mut world = of_keys();
    // The first has coins of the chain, and is a member no more.
    amend_signed(&mut world, 0, &[ALICE.account()], &[]);
    let now = world.now();
    let signed_at = |by, action, nonce| Request {
        deadline: now,
        ..request(by, action, nonce)
    };
    world.done(ALICE, world.contract().cancel_request(130));
    let cancel = signed_at(ALICE, SignedAction::CancelRequest, 131);
    world.done(STRANGER, world.signed(&cancel));
    let cancel = signed_at(Keyring::Two, SignedAction::CancelRequest, 5);
    world.done(STRANGER, world.signed(&cancel));
    let used = world.contract().used_nonces(ALICE.account().into(), 1);
    assert_eq!(world.get(used), 0b1100);
    for nonce in [130, 131] {
        let refused = world.refused(ALICE, world.contract().cancel_request(nonce));
        assert_eq!(refused, NonceUsed.into());
        let again = signed_at(ALICE, SignedAction::CancelRequest, nonce);
        let refused = world.refused(STRANGER, world.signed(&again));
        assert_eq!(refused, NonceUsed.into());
    }
}

#[test]
fn an_approval_that_was_withdrawn_does_not_come_back_by_an_older_signature() {
    let (mut world, action) = proposed_by_key();
    let alice = ALICE.account();
    let old = request(ALICE, vote(Vote::Approve, 0, action.clone(), 1), 0);
    let older = request(ALICE, vote(Vote::Approve, 0, action.clone(), 0), 1);
    world.done(alice, world.contract().withdraw_approval(0));
    assert_eq!(world.refused(STRANGER, world.signed(&older)), OutOfTurn);
    // She approves again, by herself, and withdraws again.
    world.done(alice, world.contract().approve(0));
    world.done(alice, world.contract().withdraw_approval(0));
    assert_eq!(world.refused(STRANGER, world.signed(&old)), OutOfTurn);
    assert_eq!(standing(&mut world, 0).approvals, 0);
    let votes = world.contract().votes(0, alice.into());
    assert_eq!(world.get(votes), 4);
    let new = request(ALICE, vote(Vote::Approve, 0, action, 4), 2);
    world.done(STRANGER, world.signed(&new));
    assert_eq!(standing(&mut world, 0).approvals, 1);
}

#[test]
fn an_older_signature_neither_objects_nor_withdraws_what_was_approved_since() {
    let (mut world, action) = proposed_by_key();
    let alice = ALICE.account();
    let say = |what, votes| request(ALICE, vote(what, 0, action.clone(), votes), votes.into());
    let object = say(Vote::Object, 1);
    let withdraw = say(Vote::Withdraw, 1);
    world.done(alice, world.contract().withdraw_approval(0));
    let early = say(Vote::Object, 2);
    world.done(alice, world.contract().approve(0));
    for old in [object, withdraw, early] {
        assert_eq!(world.refused(STRANGER, world.signed(&old)), OutOfTurn);
    }
    assert_eq!(standing(&mut world, 0).approvals, 1);
}

#[test]
fn signed_votes_of_a_member_count_in_the_order_in_which_they_were_signed() {
    let (mut world, action) = proposed_by_key();
    let say = |what, votes| request(BOB, vote(what, 0, action.clone(), votes), votes.into());
    let [first, second, third] = [
        say(Vote::Approve, 0),
        say(Vote::Withdraw, 1),
        say(Vote::Object, 2),
    ];
    for early in [&third, &second] {
        assert_eq!(world.refused(STRANGER, world.signed(early)), OutOfTurn);
    }
    for next in [&first, &second, &third] {
        world.done(STRANGER, world.signed(next));
    }
    // Of two that were signed as the next one, one counts.
    let say = |nonce| request(CHARLIE, vote(Vote::Approve, 0, action.clone(), 0), nonce);
    world.done(STRANGER, world.signed(&say(0)));
    assert_eq!(world.refused(STRANGER, world.signed(&say(1))), OutOfTurn);
    // The votes of one member void nothing of another's.
    assert_eq!(standing(&mut world, 0).votes, [1, 3, 1]);
    let nobody = world.contract().votes(0, STRANGER.into());
    assert_eq!(world.get(nobody), 0);
}

/// However far its deadline is, nobody keeps it for a later emergency.
#[test]
fn a_signed_request_for_a_pause_counts_within_the_window_after_it_was_signed() {
    let mut world = of_keys();
    let target = world.target;
    let deadline = START + YEAR;
    let asked_at = |asked, nonce| Request {
        deadline,
        ..request(EVE, ask_at(asked, target, 0), nonce)
    };
    let end = START + EMERGENCY.window;
    let early = world.refused(STRANGER, world.signed(&asked_at(START + 1, 0)));
    assert_eq!(early, OutOfTime, "signed later than now");
    world.done(STRANGER, world.signed(&asked_at(START, 1)));
    world.at(end - 1);
    let again = world.refused(STRANGER, world.signed(&asked_at(START, 2)));
    assert_eq!(again, CouncilError::SaidAlready, "it would count");
    for moment in [end, end + EMERGENCY.window, deadline - 1] {
        world.at(moment);
        let late = world.refused(STRANGER, world.signed(&asked_at(START, 2)));
        assert_eq!(late, OutOfTime);
    }
}

/// A signed proposal is also an approval. Kept back, it would come when its signer thinks
/// otherwise.
#[test]
fn a_signed_proposal_expires_as_if_it_had_been_made_when_it_was_signed() {
    let mut world = of_keys();
    let deadline = START + YEAR;
    let asked_at = |asked, nonce| {
        let action = SignedAction::Propose {
            era: 0,
            asked,
            action: pay(1).into(),
        };
        Request {
            deadline,
            ..request(EVE, action, nonce)
        }
    };
    let early = world.refused(STRANGER, world.signed(&asked_at(START + 1, 0)));
    assert_eq!(early, OutOfTime, "signed later than now");
    world.at(START + LIFETIME - 1);
    world.done(STRANGER, world.signed(&asked_at(START, 0)));
    assert_eq!(standing(&mut world, 0).expires, START + LIFETIME);
    for moment in [START + LIFETIME, deadline] {
        world.at(moment);
        assert_eq!(phase(&mut world, 0), Phase::Expired);
        let late = world.refused(STRANGER, world.signed(&asked_at(START, 1)));
        assert_eq!(late, OutOfTime);
    }
}

#[test]
fn what_was_signed_for_one_pause_does_not_count_for_the_next() {
    let mut terms = TERMS;
    terms.emergency.window = 1_000;
    terms.emergency.cooldown = 10;
    let mut world = of_keys_with(terms);
    let target = pausable(&mut world);
    let deadline = START + 500;
    let ask_after = |by, cooled, nonce| Request {
        deadline,
        ..request(by, ask_at(START, target, cooled), nonce)
    };
    let unused = ask_after(CHARLIE, 0, 0);
    for by in [ALICE, BOB] {
        world.done(STRANGER, world.signed(&ask_after(by, 0, 0)));
    }
    // In the cooldown and after it.
    let cooled = START + 10;
    for moment in [START, cooled] {
        world.at(moment);
        assert_eq!(world.refused(STRANGER, world.signed(&unused)), OtherPause);
    }
    let early = ask_after(CHARLIE, cooled + 1, 0);
    assert_eq!(world.refused(STRANGER, world.signed(&early)), OtherPause);
    for by in [CHARLIE, ALICE] {
        world.done(STRANGER, world.signed(&ask_after(by, cooled, 1)));
    }
    let state = world.get(world.contract().emergency(target.into()));
    assert_eq!(state.cooled, cooled + 10);
}

#[test]
fn a_signer_may_do_what_its_own_message_may_and_no_more() {
    let (mut world, action) = proposed_by_key();
    let outsider = Keyring::Two;
    let (target, own) = (world.target, world.council);
    for (by, asked, error) in [
        (outsider, propose(0, pay(1)), NotMember),
        (
            outsider,
            vote(Vote::Approve, 0, action.clone(), 0),
            NotMember,
        ),
        (outsider, ask(target), NotMember),
        (BOB, propose(0, calls([])), CouncilError::BadCallCount),
        (BOB, ask(own), CouncilError::CallsItself),
        (
            ALICE,
            vote(Vote::Approve, 0, action.clone(), 1),
            CouncilError::SaidAlready,
        ),
        (
            BOB,
            vote(Vote::Withdraw, 0, action.clone(), 0),
            CouncilError::NotSaid,
        ),
    ] {
        assert_eq!(submit(&mut world, by, asked, 77), Err(error));
    }
    // What was refused left its nonce, and who submits has no right of its own.
    assert_eq!(submit(&mut world, BOB, propose(0, pay(1)), 77), Ok(()));
    let approve = world.contract().approve(0);
    assert_eq!(world.refused(STRANGER, approve), NotMember);
}

#[test]
fn a_request_is_good_once_until_its_deadline_for_its_signer_contract_and_chain() {
    let (mut world, action) = proposed_by_key();
    let again = submit(&mut world, ALICE, propose(0, action.clone()), 1_000);
    assert_eq!(again, Err(NonceUsed.into()));
    // The same proposal with another nonce is another proposal.
    assert_eq!(
        submit(&mut world, ALICE, propose(0, action.clone()), 1),
        Ok(())
    );
    assert_eq!(world.get(world.contract().proposal_count()), 2);

    let approve = request(BOB, vote(Vote::Approve, 0, action.clone(), 0), 0);
    let signed = |by: Keyring, request: &Request, domain: &Domain| {
        let message = request.message(domain);
        Signature::Sr25519(by.sign(message.raw()))
    };
    let domain = world.domain();
    let elsewhere = STRANGER;
    let altered = Request {
        nonce: 1,
        ..approve.clone()
    };
    for forged in [
        signed(EVE, &approve, &domain),
        signed(BOB, &altered, &domain),
        signed(
            BOB,
            &approve,
            &Domain {
                contract: &elsewhere,
                ..domain
            },
        ),
        signed(
            BOB,
            &approve,
            &Domain {
                chain: &[9; 32],
                ..domain
            },
        ),
        signed(
            BOB,
            &approve,
            &Domain {
                purpose: b"allive/nexus/v1 ",
                ..domain
            },
        ),
    ] {
        let refused = world.answer(STRANGER, world.act_for(&approve, forged));
        assert_eq!(refused, Err(BadSignature.into()));
    }
    world.at(approve.deadline + 1);
    let late = world.refused(STRANGER, world.signed(&approve));
    assert_eq!(late, Expired.into());
    let far = Request {
        deadline: world.now() + YEAR + 1,
        ..approve.clone()
    };
    let refused = world.refused(STRANGER, world.signed(&far));
    assert_eq!(refused, DeadlineTooFar.into());
    let in_time = Request {
        deadline: world.now(),
        ..approve
    };
    world.done(STRANGER, world.signed(&in_time));
}

#[test]
fn an_ethereum_wallet_signs_for_the_member_of_its_key() {
    let wallet = EthereumKey::from_seed([7; 32]);
    let members = [ALICE.account(), BOB.account(), wallet.account()];
    let mut terms = TERMS;
    terms.constitutional.threshold = 3;
    let mut world = World::begin(&[STRANGER]);
    let council = world.create(STRANGER, "council", constructor(&members, terms));
    world.deploy_hostile(STRANGER);
    let (council, target) = (council.unwrap().address, world.alv);
    let mut world = world.about(Deployed { council, target });
    let proposed = Request {
        signer: wallet.account().into(),
        ..request(ALICE, propose(0, pay(3)), 0)
    };
    let text = proposed.text(&world.domain());
    let asked = world.contract().request_text(proposed.clone().into());
    assert_eq!(world.get(asked), text);
    let by_text = |text: &[u8]| Signature::Eip191(wallet.sign_personal(text));
    let altered = Request {
        nonce: 1,
        ..proposed.clone()
    };
    let refused = world.refused(STRANGER, world.act_for(&altered, by_text(&text)));
    assert_eq!(refused, BadSignature.into());
    world.done(STRANGER, world.act_for(&proposed, by_text(&text)));
    assert_eq!(standing(&mut world, 0).proposer, wallet.account().into());

    // The longest text, and the largest action.
    let mut call = world.mint(1);
    call.arguments = vec![7; MAX_SHOWN];
    let many = vec![call.clone(); MAX_CALLS];
    call.arguments.resize(MAX_BYTES - 62, 7);
    for (nonce, batch) in [(1, many), (2, vec![call])] {
        let request = Request {
            signer: wallet.account().into(),
            ..request(ALICE, propose(0, calls(batch)), nonce)
        };
        let text = request.text(&world.domain());
        world.done(STRANGER, world.act_for(&request, by_text(&text)));
    }
}

/// A batch of the largest size, and the longest texts of one.
#[test]
fn the_largest_action_can_be_signed_and_its_words_be_read() {
    let mut world = of_keys();
    let mut large = world.mint(1);
    large.arguments.resize(MAX_BYTES - 62, 7);
    let large = calls([large]);
    assert_eq!(
        submit(&mut world, ALICE, propose(0, large.clone()), 0),
        Ok(())
    );
    for by in [BOB, CHARLIE] {
        let approve = vote(Vote::Approve, 0, large.clone(), 0);
        let request = request(by, approve, 0);
        let text = world.contract().request_text(request.clone().into());
        assert_eq!(world.get(text), request.text(&world.domain()));
        world.done(STRANGER, world.signed(&request));
    }
    world.at(READY);
    world.done(STRANGER, world.contract().execute(0));

    let mut call = world.mint(1);
    call.arguments = vec![7; MAX_SHOWN];
    (call.value, call.min_ref_time) = (u128::MAX, u64::MAX);
    let many = |from: u8| (from..from + 32).map(account).collect::<Vec<_>>();
    let mut terms = TERMS;
    terms.lifetime = u64::MAX;
    terms.emergency.window = u64::MAX;
    for action in [
        calls(vec![call; MAX_CALLS]),
        amend_to(&many(1), &many(33), terms),
    ] {
        let request = request(BOB, vote(Vote::Approve, u64::MAX, action, u32::MAX), 0);
        let expected = request.text(&world.domain());
        assert!(expected.len() < 12_000, "{}", expected.len());
        let text = world.contract().request_text(request.into());
        assert_eq!(world.get(text), expected);
    }
}

#[test]
fn each_action_is_said_in_words() {
    let hex = |bytes: &[u8]| format!("0x{}", hex::encode(bytes));
    let shown = |id: AccountId| hex(id.as_ref());
    let (bob, eve) = (shown(account(0xb0)), shown(account(0xe0)));
    let call = |arguments: Vec<u8>, value, min_ref_time| Call {
        target: account(0xb0).into(),
        selector: [1, 2, 3, 4],
        arguments,
        value,
        min_ref_time,
    };
    let message = format!("message 0x01020304 of contract {bob}");
    let long = vec![5; MAX_SHOWN + 1];
    let hash = hex(&blake2_256(&long));
    let (minute, hour, day) = (60_000, 3_600_000, 86_400_000);
    let terms = CouncilTerms {
        routine: Bar {
            threshold: 1,
            delay: 0,
        },
        grave: Bar {
            threshold: 3,
            delay: 2 * day + 3 * hour + 4 * minute + 5_006,
        },
        constitutional: Bar {
            threshold: 4,
            delay: 7 * day,
        },
        lifetime: 30 * day,
        emergency: EmergencyTerms {
            threshold: 2,
            window: hour,
            cooldown: 24 * hour + 1,
        },
    };
    let list = |routine| Action::List {
        target: account(0xb0).into(),
        selector: [1, 2, 3, 4],
        routine,
    };
    let of_terms = "terms: routine 1 of the members, delay 0 ms; grave 3 of the members, delay \
                    2 d 3 h 4 min 5 s 6 ms; constitutional 4 of the members, delay 7 d; a proposal \
                    lasts 30 d; emergency 2 of the members within 1 h, cooldown 1 d 1 ms";
    let actions = [
        (
            calls([call(vec![9, 8], 0, 0)]),
            format!("call {message} with arguments 0x0908"),
        ),
        (
            calls([call(vec![], 5, 6), call(long, 0, 0)]),
            format!(
                "call {message} with arguments 0x, paying 5 of the coin's smallest units, with at \
                 least 6 of ref_time; then call {message} with arguments of hash {hash}"
            ),
        ),
        (
            Action::Pay {
                to: account(0xe0).into(),
                amount: 60,
            },
            format!("pay 60 of the coin's smallest units to {eve}"),
        ),
        (
            amend_to(&[account(0xb0)], &[account(0xe0)], terms),
            format!("remove member {bob}, add member {eve}, {of_terms}"),
        ),
        (amend_to(&[], &[], terms), of_terms.to_owned()),
        (
            list(true),
            format!("add to the routine messages: {message}"),
        ),
        (
            list(false),
            format!("remove from the routine messages: {message}"),
        ),
    ];
    let start = "2026-01-01 00:00:00.000 UTC"; // START
    let mut said = vec![
        (
            ask(account(0xb0)),
            format!("pause in an emergency contract {bob} in era 0, asked {start}"),
        ),
        (
            SignedAction::EmergencyPause {
                era: 3,
                asked: 1_795_780_800_001,
                target: account(0xb0).into(),
                cooled: 1_795_780_800_000,
            },
            format!(
                "pause in an emergency contract {bob} in era 3, asked 2026-11-27 12:00:00.001 UTC, \
                 whose last cooldown is until 2026-11-27 12:00:00.000 UTC"
            ),
        ),
        (
            SignedAction::CancelRequest,
            "cancel the request with this nonce".to_owned(),
        ),
    ];
    for (action, words) in actions {
        said.push((
            propose(2, action.clone()),
            format!("propose and approve in era 2, asked {start}: {words}"),
        ));
        for (what, verb) in [
            (Vote::Approve, "approve"),
            (Vote::Withdraw, "withdraw the approval of"),
            (Vote::Object, "object to"),
        ] {
            said.push((
                vote(what, 4, action.clone(), 1),
                format!("{verb} proposal 4 of era 0, earlier votes 1: {words}"),
            ));
        }
    }
    let contract = STRANGER;
    let domain = Domain {
        purpose: &PURPOSE,
        chain: &GENESIS,
        contract: &contract,
    };
    for (action, words) in said {
        let text = request(BOB, action, 0).text(&domain);
        let text = String::from_utf8(text).unwrap();
        let line = text.lines().next().unwrap();
        assert_eq!(line, format!("Council: {words}"));
    }
}

fn blake2_256(bytes: &[u8]) -> [u8; 32] {
    use ink::env::hash::{Blake2x256, CryptoHash};
    let mut digest = [0; 32];
    Blake2x256::hash(bytes, &mut digest);
    digest
}
