//! Every message of the council.

use crate::meter::{Measures, Meter};
use ::council::{
    Action, Amendment, Bar, Call, Class, Council, CouncilError, CouncilRef, CouncilState,
    CouncilTerms, Emergency, EmergencyTerms, ProposalId, Request, Seen, SignedAction, Standing,
    State, Vote, PURPOSE,
};
use allive_calls::{at, parts, Chain, Code, Keyring, Receipt, Typed};
use allive_requests::{Domain, Signature};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use allive_support::filler::{holder, Filler};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};

const HOUR: u64 = 3_600_000;

const TERMS: CouncilTerms = {
    let bar = Bar {
        threshold: 2,
        delay: HOUR,
    };
    CouncilTerms {
        routine: bar,
        grave: bar,
        constitutional: bar,
        lifetime: 100 * HOUR,
        emergency: EmergencyTerms {
            threshold: 2,
            window: HOUR,
            cooldown: HOUR,
        },
    }
};

/// The messages whose costs users feel.
pub const HOT: crate::Hot = &[
    ("propose", "a batch of one call"),
    ("approve", ""),
    ("act_for:propose", "a signed proposal"),
    (
        "act_for:approve",
        "a signed approval of a batch of one call",
    ),
    ("execute", "a batch of one call"),
];

type Messages = <Council as ContractCallBuilder>::Type;

/// Measures every message beside `others` proposals, listed messages and emergencies. Three
/// members, of whom two decide; what they call is the deposit of another council.
///
/// # Panics
/// If a message is refused.
pub fn measure(code: &Code, others: u32) -> Measures {
    let [alice, bob, ..] = Keyring::all().map(Keyring::account);
    let mut chain = EmbeddedChain::new();
    let address = deploy(&mut chain, code, b"");
    let target = deploy(&mut chain, code, b"target");
    fill(&mut chain, code, address, others);
    let council = move || at::<Council>(address);
    let mut meter = Meter::new(chain);
    let deposit = move || Action::Calls(vec![call(at::<Council>(target).deposit())]);
    let propose = move |chain: &mut EmbeddedChain, action: Action| -> ProposalId {
        let proposed = chain.send(alice, council().propose(action));
        accepted(proposed.value)
    };
    let approved = move |chain: &mut EmbeddedChain, action: Action| -> ProposalId {
        let proposal = propose(chain, action);
        accepted(chain.send(bob, council().approve(proposal)).value);
        chain.advance(HOUR);
        proposal
    };

    meter.message("propose", |chain, _| {
        chain.send(alice, council().propose(deposit()))
    });
    meter.message("approve", |chain, _| {
        let proposal = propose(chain, deposit());
        chain.send(bob, council().approve(proposal))
    });
    meter.message("withdraw_approval", |chain, _| {
        let proposal = propose(chain, deposit());
        chain.send(alice, council().withdraw_approval(proposal))
    });
    meter.message("cancel", |chain, _| {
        let proposal = propose(chain, deposit());
        chain.send(alice, council().cancel(proposal))
    });
    meter.message("execute", |chain, _| {
        let proposal = approved(chain, deposit());
        chain.send(alice, council().execute(proposal))
    });
    meter.message("execute:pay", |chain, _| {
        // Nothing, so that the council needs no coins.
        let pay = Action::Pay {
            to: bob.into(),
            amount: 0,
        };
        let proposal = approved(chain, pay);
        chain.send(alice, council().execute(proposal))
    });
    meter.message("emergency_pause", |chain, turn| {
        let target = AccountId::from([turn; 32]);
        chain.send(alice, council().emergency_pause(target.into()))
    });
    meter.message("deposit", |chain, _| chain.send(alice, council().deposit()));
    queries(&mut meter, council, alice, target);
    signed(&mut meter, address, deposit, propose);
    meter.message("execute:amend", |chain, _| {
        let amend = Action::Amend(Amendment {
            remove: vec![],
            add: vec![],
            terms: TERMS,
        });
        let proposal = approved(chain, amend);
        chain.send(alice, council().execute(proposal))
    });
    meter.measures()
}

/// What members sign, and a stranger submits.
fn signed(
    meter: &mut Meter,
    address: AccountId,
    deposit: impl Fn() -> Action,
    propose: impl Fn(&mut EmbeddedChain, Action) -> ProposalId,
) {
    let council = || at::<Council>(address);
    let [alice, bob, ..] = Keyring::all();
    meter.message("act_for:propose", |chain, turn| {
        let propose = SignedAction::Propose {
            era: 0,
            asked: chain.now(),
            action: deposit().into(),
        };
        act_for(chain, address, alice, propose, turn.into())
    });
    for (name, by, vote, votes) in [
        ("act_for:approve", bob, Vote::Approve, 0),
        ("act_for:withdraw_approval", alice, Vote::Withdraw, 1),
        ("act_for:cancel", alice, Vote::Object, 1),
    ] {
        let first = if by == bob { 0 } else { 10 * (vote as u64 + 1) };
        meter.message(name, |chain, turn| {
            let vote = SignedAction::Vote {
                era: 0,
                vote,
                proposal: propose(chain, deposit()),
                seen: Seen {
                    action: deposit().into(),
                    votes,
                },
            };
            act_for(chain, address, by, vote, first + u64::from(turn))
        });
    }
    meter.message("act_for:emergency_pause", |chain, turn| {
        let ask = SignedAction::EmergencyPause {
            era: 0,
            asked: chain.now(),
            target: AccountId::from([turn + 100; 32]).into(),
            cooled: 0,
        };
        act_for(chain, address, alice, ask, u64::from(turn) + 50)
    });
    meter.message("cancel_request", |chain, turn| {
        let nonce = u64::from(turn) + 60;
        chain.send(alice.account(), council().cancel_request(nonce))
    });
    let member = alice.account();
    meter.query("used_nonces", |chain| {
        chain.ask(member, council().used_nonces(member.into(), 0))
    });
    meter.query("request_text", |chain| {
        let request = Request {
            signer: member.into(),
            action: SignedAction::CancelRequest,
            nonce: 9,
            deadline: START + HOUR,
        };
        chain.ask(member, council().request_text(request.into()))
    });
    meter.query("chain", |chain| chain.ask(member, council().chain()));
}

/// A member signs an action, and a stranger submits it.
fn act_for(
    chain: &mut EmbeddedChain,
    council: AccountId,
    by: Keyring,
    action: SignedAction,
    nonce: u64,
) -> Receipt<Result<(), CouncilError>> {
    let request = Request {
        signer: by.account().into(),
        action,
        nonce,
        deadline: chain.now() + HOUR,
    };
    let message = request.message(&Domain {
        purpose: &PURPOSE,
        chain: &GENESIS,
        contract: &council,
    });
    let signature = Signature::Sr25519(by.sign(message.wrapped()));
    let submitted = at::<Council>(council).act_for(request.into(), signature);
    chain.send(Keyring::Eve.account(), submitted)
}

fn queries(
    meter: &mut Meter,
    council: impl Fn() -> Messages,
    member: AccountId,
    target: AccountId,
) {
    // One of this script's own, so that what is read is of one size at every scale.
    let last = accepted(
        meter
            .chain
            .ask(member, council().proposal_count())
            .value
            .map(Ok::<_, ()>),
    ) - 1;
    meter.query("proposal", |chain| {
        chain.ask(member, council().proposal(last))
    });
    meter.query("phase", |chain| chain.ask(member, council().phase(last)));
    meter.query("votes", |chain| {
        chain.ask(member, council().votes(last, member.into()))
    });
    meter.query("approvals", |chain| {
        chain.ask(member, council().approvals(last))
    });
    meter.query("proposal_count", |chain| {
        chain.ask(member, council().proposal_count())
    });
    meter.query("constitution", |chain| {
        chain.ask(member, council().constitution())
    });
    meter.query("is_routine", |chain| {
        chain.ask(member, council().is_routine(target.into(), [0; 4]))
    });
    meter.query("emergency", |chain| {
        chain.ask(member, council().emergency(target.into()))
    });
}

fn accepted<T, E: std::fmt::Debug, F: std::fmt::Debug>(answer: Result<Result<T, E>, F>) -> T {
    match answer {
        Ok(Ok(value)) => value,
        Ok(Err(error)) => panic!("refused: {error:?}"),
        Err(failure) => panic!("failed: {failure:?}"),
    }
}

/// A message on the wire, as a call without coins.
pub fn call<Args: scale::Encode, R>(message: allive_calls::Message<Args, R>) -> Call {
    let (target, input) = parts(message);
    let (selector, arguments) = match input.split_first_chunk() {
        Some((selector, arguments)) => (*selector, arguments.to_vec()),
        None => panic!("a message without selector"),
    };
    Call {
        target: target.into(),
        selector,
        arguments,
        value: 0,
        min_ref_time: 0,
    }
}

/// Creates a council of three.
///
/// # Panics
/// If its constructor fails.
pub fn deploy(chain: &mut EmbeddedChain, code: &Code, salt: &[u8]) -> AccountId {
    let [alice, bob, charlie, ..] = Keyring::all().map(Keyring::account);
    let members = [alice, bob, charlie].map(Into::into).to_vec();
    let constructor = CouncilRef::new(members, TERMS, HOUR, GENESIS);
    match chain.create(alice, code, constructor, salt) {
        Ok(Ok(created)) => created.address,
        other => panic!("the council was not created: {other:?}"),
    }
}

/// As if Alice had proposed `count` payments at the start, and asked for a pause of as many
/// contracts.
pub fn fill(chain: &mut EmbeddedChain, code: &Code, council: AccountId, count: u32) {
    let alice = Keyring::Alice.account();
    let mut filler = Filler::new(chain, council, code);
    for number in 0..count {
        let other = holder(number);
        let id = ProposalId::from(number);
        filler.entry(
            "standings",
            id,
            Standing {
                proposer: alice.into(),
                class: Class::Grave,
                era: 0,
                approvals: 1,
                objections: 0,
                ready: None,
                expires: START + TERMS.lifetime,
                state: State::Pending,
                votes: vec![1],
            },
        );
        let pay = Action::Pay {
            to: other.into(),
            amount: 1,
        };
        filler.entry("actions", id, pay);
        let emergency = Emergency {
            members: 1,
            era: 0,
            open_until: START + HOUR,
            cooled: 0,
        };
        filler.entry("emergencies", other, emergency);
    }
    if count > 0 {
        filler.root::<CouncilState>(|state| state.proposal_count = count.into());
    }
}
