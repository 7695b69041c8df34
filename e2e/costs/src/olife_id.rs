//! Every message of Olife ID, and every action of a person.

use crate::meter::{Measures, Meter};
use ::psp22::PSP22;
use allive_access::{Ownable, Pausable, PauseTerms};
use allive_calls::{at, psp22, Chain, Code, Keyring, Typed};
use allive_olife_id_interface::{scope, IdentityId, IdentityRegistry, Points, Topic};
use allive_psp22_interface::Psp22Client;
use allive_requests::{Domain, Signature};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use allive_support::{
    filler::{holder, Filler},
    recovery::{self, by_guardians, complete, create, guarded, held, take},
};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};
use olife_id::{
    trust::DAY, Action, Control, Delegation, Held, Identity, IdentityTerms, Issuer, Key, Link,
    OlifeId, OlifeIdRef, Pair, Query, Request, Setup, SignedAction, Slot, ALL, PURPOSE,
};

type Messages = <OlifeId as ContractCallBuilder>::Type;

const TERMS: IdentityTerms = IdentityTerms {
    delay: DAY,
    contest: DAY,
    settling: 2 * DAY,
    unbonding: 2 * DAY,
    notice: DAY,
    fade: 365 * DAY,
    bond: 10,
};

/// The messages whose costs users feel.
pub const HOT: crate::Hot = &[
    ("standing", "with one role"),
    ("standing_as", "with one role"),
    ("standing_for", "without a role"),
    ("attests", ""),
    ("has_role", ""),
    ("trust", "an anchor, a voucher"),
    ("act:create", ""),
    ("act:attest", ""),
    ("act_for", "a signed announcement of keys"),
    ("act:recover", ""),
    ("settle:recovery", ""),
];

/// Who is who, by the key of each.
#[derive(Clone, Copy)]
struct Cast {
    id: AccountId,
    /// The number of the owner's identity; those of the others follow.
    first: IdentityId,
}

/// Owner, anchor and issuer.
const OWNER: Keyring = Keyring::Alice;
/// Guardian, and friend.
const FRIEND: Keyring = Keyring::Bob;
const PERSON: Keyring = Keyring::Charlie;

impl Cast {
    fn contract(self) -> Messages {
        at::<OlifeId>(self.id)
    }

    fn number(self, who: Keyring) -> IdentityId {
        let place = [OWNER, FRIEND, PERSON].iter().position(|one| *one == who);
        self.first + place.unwrap_or_default() as IdentityId
    }

    fn done(self, chain: &mut EmbeddedChain, by: Keyring, action: Action) {
        let answer = chain.send(by.account(), self.contract().act(action));
        assert!(matches!(answer.value, Ok(Ok(_))), "{:?}", answer.value);
    }
}

/// Measures every message beside `others` identities, each with a role, and every action. The
/// person has one guardian and is known to an anchor.
///
/// # Panics
/// If a message is refused.
pub fn measure(code: &Code, others: u32) -> Measures {
    let mut chain = EmbeddedChain::new();
    let owner = OWNER.account();
    let alv = super::alv::deploy(&mut chain, owner);
    let id = deploy(&mut chain, code, alv);
    fill(&mut chain, code, id, others);
    let first = others.into();
    let cast = Cast { id, first };
    let approve = psp22(alv).approve(id, 1_000_000);
    assert_eq!(chain.send(owner, approve).value, Ok(Ok(())));
    cast.done(&mut chain, OWNER, create(&[]));
    cast.done(&mut chain, FRIEND, create(&[]));
    cast.done(&mut chain, PERSON, create(&[cast.number(FRIEND)]));

    let mut meter = Meter::new(chain);
    govern(&mut meter, cast);
    act(&mut meter, cast);
    stake(&mut meter, cast);
    ask(&mut meter, cast);
    recover(&mut meter, cast);
    judge(&mut meter, cast);
    meter.measures()
}

/// What the owner does.
fn govern(meter: &mut Meter, cast: Cast) {
    let owner = OWNER.account();
    meter.message("transfer_ownership", |chain, _| {
        let offer = cast.contract().transfer_ownership(Some(owner.into()));
        chain.send(owner, offer)
    });
    meter.message("accept_ownership", |chain, _| {
        let offer = cast.contract().transfer_ownership(Some(owner.into()));
        assert_eq!(chain.send(owner, offer).value, Ok(Ok(())));
        chain.send(owner, cast.contract().accept_ownership())
    });
    meter.message("pause", |chain, _| {
        chain.advance(30 * DAY);
        chain.send(owner, cast.contract().pause())
    });
    meter.message("unpause", |chain, turn| {
        if turn == 1 {
            chain.advance(30 * DAY);
            let pause = cast.contract().pause();
            assert_eq!(chain.send(owner, pause).value, Ok(Ok(())));
        }
        chain.send(owner, cast.contract().unpause())
    });
    meter.message("approve_issuer", |chain, turn| {
        chain.advance(u64::from(turn));
        let topics = Topic::KNOWN.bit() | Topic::CLINICIAN.bit() | Topic::REPRESENTATIVE.bit();
        let issuer = cast.number(OWNER);
        let approve = cast
            .contract()
            .approve_issuer(issuer, topics, 99 + Points::from(turn));
        chain.send(owner, approve)
    });
}

/// What persons do.
fn act(meter: &mut Meter, cast: Cast) {
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            chain.send(by.account(), cast.contract().act(action(turn)))
        });
    };
    let strangers = [Keyring::Dave, Keyring::Eve];
    one("announce", PERSON, &|_| announce(cast, &[PERSON]));
    for (name, topic, subject) in [
        ("attest", Topic::CLINICIAN, PERSON),
        ("attest:known", Topic::KNOWN, PERSON),
        ("attest:friend", Topic::KNOWN, FRIEND),
    ] {
        one(name, OWNER, &|_| attest(cast.number(subject), topic, 100));
    }
    one("refuse", PERSON, &|turn| Action::Refuse {
        topic: Topic::PATIENT,
        issuer: turn.into(),
        refused: true,
    });
    meter.message("act:revoke", |chain, _| {
        let subject = cast.number(PERSON);
        let topic = Topic::CLINICIAN;
        // What was revoked is attested anew only by what is issued later.
        chain.advance(1);
        cast.done(chain, OWNER, attest(subject, topic, 0));
        let revoke = Action::Revoke {
            subject,
            topic,
            issued: None,
        };
        chain.send(OWNER.account(), cast.contract().act(revoke))
    });
    meter.chain.advance(1);
    cast.done(
        &mut meter.chain,
        OWNER,
        attest(cast.number(PERSON), Topic::CLINICIAN, 0),
    );
    let delegate = cast.number(FRIEND);
    let pair = Pair {
        principal: cast.number(PERSON),
        representative: delegate,
    };
    let mut one = |name: &str, by: Keyring, action: &dyn Fn() -> Action| {
        meter.message(&format!("act:{name}"), |chain, _| {
            chain.advance(1);
            chain.send(by.account(), cast.contract().act(action()))
        });
    };
    let appoint = || Action::Appoint {
        delegate,
        topics: Topic::CLINICIAN.bit(),
        issued: None,
        expires: START + 3_000 * DAY,
    };
    let mandate = || Action::Mandate {
        pair,
        scope: scope::ALL,
        value: [7; 32],
        issued: None,
        expires: START + 3_000 * DAY,
    };
    let issued = None;
    one("dismiss", PERSON, &|| Action::Dismiss { delegate, issued });
    one("dismiss_all", PERSON, &|| Action::DismissAll {
        since: START,
        until: None,
    });
    one("appoint", PERSON, &appoint);
    one("end_mandate", OWNER, &|| Action::EndMandate {
        pair,
        issued,
    });
    one("renounce", FRIEND, &|| Action::Renounce {
        principal: pair.principal,
        issued,
    });
    one("mandate", OWNER, &mandate);
    meter.message("act:decline", |chain, turn| {
        let organisation = cast.number(OWNER);
        let declined = turn == 0;
        let decline = Action::Decline {
            organisation,
            declined,
            issued,
        };
        chain.send(FRIEND.account(), cast.contract().act(decline))
    });
    meter.message("act:create", |chain, turn| {
        let by = strangers[usize::from(turn)].account();
        chain.send(by, cast.contract().act(create(&[])))
    });
    meter.message("act_for", |chain, turn| {
        let request = request(cast, turn.into(), chain.now() + DAY);
        let message = request.message(&Domain {
            purpose: &PURPOSE,
            chain: &GENESIS,
            contract: &cast.id,
        });
        let signature = Signature::Sr25519(PERSON.sign(message.raw()));
        let submit = cast.contract().act_for(request, signature);
        chain.send(OWNER.account(), submit)
    });
    meter.message("cancel_request", |chain, turn| {
        let nonce = 10 + u64::from(turn);
        chain.send(PERSON.account(), cast.contract().cancel_request(nonce))
    });
}

/// What the person signs.
fn request(cast: Cast, nonce: u64, deadline: u64) -> Request {
    Request {
        signer: Key::Account(PERSON.account().into()),
        action: SignedAction {
            identity: Some(cast.number(PERSON)),
            action: announce(cast, &[PERSON]),
        },
        nonce,
        deadline,
    }
}

/// What is staked.
fn stake(meter: &mut Meter, cast: Cast) {
    let [owner, friend, person] = [OWNER, FRIEND, PERSON].map(Keyring::account);
    let [voucher, subject] = [FRIEND, PERSON].map(|who| cast.number(who));
    meter.message("deposit", |chain, _| {
        let deposit = cast.contract().deposit(voucher, 10_000);
        chain.send(owner, deposit)
    });
    meter.message("act:vouch", |chain, _| {
        let vouch = Action::Vouch {
            subject,
            points: 20,
        };
        chain.send(friend, cast.contract().act(vouch))
    });
    meter.message("act:accept", |chain, turn| {
        let accept = |accepted| Action::Accept { voucher, accepted };
        if turn == 1 {
            cast.done(chain, PERSON, accept(false));
        }
        chain.send(person, cast.contract().act(accept(true)))
    });
    meter.message("act:withdraw", |chain, turn| {
        if turn == 1 {
            let deposit = cast.contract().deposit(voucher, 10_000);
            assert_eq!(chain.send(owner, deposit).value, Ok(Ok(())));
        }
        let withdraw = Action::Withdraw {
            to: friend.into(),
            at_most: u128::MAX,
        };
        chain.send(friend, cast.contract().act(withdraw))
    });
}

fn ask(meter: &mut Meter, cast: Cast) {
    let person = PERSON.account();
    let subject = cast.number(PERSON);
    macro_rules! ask {
        ($($name:literal: $message:expr;)*) => {$(
            meter.query($name, |chain| chain.ask(person, $message));
        )*};
    }
    ask! {
        "identity_of": cast.contract().identity_of(person.into());
        "standing": cast.contract().standing(person.into(), Topic::CLINICIAN.bit());
        "standing_as": cast.contract().standing_as(
            FRIEND.account().into(), subject, Topic::CLINICIAN.bit());
        "standing_for": cast.contract().standing_for(FRIEND.account().into(), subject, scope::ALL, 0);
        "holds": cast.contract().holds(Key::Account(person.into()), Topic::CLINICIAN);
        "attests": cast.contract().attests(OWNER.account().into(), Topic::CLINICIAN);
        "has_role": cast.contract().has_role(person.into(), Topic::CLINICIAN);
        "trust": cast.contract().trust(person.into());
        "successor_since": cast.contract().successor_since(person.into(), person.into());
        "used_nonces": cast.contract().used_nonces(Key::Account(person.into()), 0);
        "request_text": cast.contract().request_text(request(cast, 0, START));
        "stored": cast.contract().stored(Query::Identity(subject));
        "identity_count": cast.contract().identity_count();
        "trust_of": cast.contract().trust_of(subject);
        "owner": cast.contract().owner();
        "pending_owner": cast.contract().pending_owner();
        "paused": cast.contract().paused();
        "paused_until": cast.contract().paused_until();
    }
}

/// How keys change.
fn recover(meter: &mut Meter, cast: Cast) {
    let [owner, friend, person] = [OWNER, FRIEND, PERSON].map(Keyring::account);
    let identity = cast.number(PERSON);
    let propose = move || recovery::recover(identity, person);
    meter.message("act:recover", |chain, _| {
        chain.send(friend, cast.contract().act(propose()))
    });
    meter.message("settle:recovery", |chain, turn| {
        if turn == 1 {
            cast.done(chain, FRIEND, propose());
        }
        chain.advance(DAY);
        chain.send(owner, cast.contract().settle(identity))
    });
    meter.message("act:cancel", |chain, _| {
        chain.advance(3 * DAY);
        cast.done(chain, FRIEND, propose());
        chain.send(person, cast.contract().act(Action::Cancel { begun: None }))
    });
    meter.message("act:consent", |chain, _| {
        cast.done(chain, PERSON, announce(cast, &[PERSON, Keyring::Ferdie]));
        let consent = recovery::consent(identity);
        let by = Keyring::Ferdie.account();
        let answer = chain.send(by, cast.contract().act(consent));
        cast.done(chain, PERSON, Action::Announce { control: None });
        answer
    });
    meter.message("act:freeze", |chain, turn| {
        if turn == 1 {
            cast.done(chain, PERSON, announce(cast, &[PERSON]));
            chain.advance(2 * DAY);
            let settle = cast.contract().settle(identity);
            assert_eq!(chain.send(owner, settle).value, Ok(Ok(())));
        }
        chain.send(person, cast.contract().act(Action::Freeze))
    });
    meter.message("settle", |chain, _| {
        cast.done(chain, PERSON, announce(cast, &[PERSON]));
        chain.advance(2 * DAY);
        chain.send(owner, cast.contract().settle(identity))
    });
    meter.message("act:leave", |chain, _| {
        let other = Keyring::Ferdie;
        cast.done(chain, PERSON, announce(cast, &[PERSON, other]));
        cast.done(chain, other, recovery::consent(identity));
        chain.advance(2 * DAY);
        let settle = cast.contract().settle(identity);
        assert_eq!(chain.send(owner, settle).value, Ok(Ok(())));
        chain.advance(1);
        chain.send(other.account(), cast.contract().act(Action::Leave))
    });
}

/// How an identity is proved false, and what follows.
fn judge(meter: &mut Meter, cast: Cast) {
    let owner = OWNER.account();
    let voucher = cast.number(FRIEND);
    let unvouch = Action::Unvouch {
        subject: cast.number(PERSON),
    };
    meter.message("act:unvouch", |chain, turn| {
        chain.advance(u64::from(turn) * 2 * DAY);
        chain.send(FRIEND.account(), cast.contract().act(unvouch.clone()))
    });
    // Two strangers who were vouched for.
    let strangers = [cast.first + 3, cast.first + 4];
    let deposit = cast.contract().deposit(voucher, 10_000);
    assert_eq!(meter.chain.send(owner, deposit).value, Ok(Ok(())));
    for subject in strangers {
        let points = 10;
        cast.done(&mut meter.chain, FRIEND, Action::Vouch { subject, points });
    }
    meter.message("accuse", |chain, turn| {
        let subject = strangers[usize::from(turn)];
        chain.send(owner, cast.contract().accuse(subject, [1; 32]))
    });
    meter.chain.advance(DAY);
    meter.message("condemn", |chain, turn| {
        let subject = strangers[usize::from(turn)];
        chain.send(owner, cast.contract().condemn(subject))
    });
    meter.message("forfeit", |chain, turn| {
        let subject = strangers[usize::from(turn)];
        chain.send(owner, cast.contract().forfeit(voucher, subject))
    });
    meter.message("acquit", |chain, turn| {
        let subject = cast.first + IdentityId::from(turn);
        let accuse = cast.contract().accuse(subject, [1; 32]);
        assert_eq!(chain.send(owner, accuse).value, Ok(Ok(())));
        chain.send(owner, cast.contract().acquit(subject))
    });
    meter.message("withdraw_approval", |chain, turn| {
        let issuer = cast.number(OWNER);
        let honest_until = Some(START + 1 - u64::from(turn));
        let withdraw = cast.contract().withdraw_approval(issuer, honest_until);
        chain.send(owner, withdraw)
    });
    meter.message("restore_attestations", |chain, turn| {
        let honest_until = START + 10 + u64::from(turn);
        let restore = cast
            .contract()
            .restore_attestations(cast.number(OWNER), honest_until);
        chain.send(owner, restore)
    });
}

fn announce(cast: Cast, keys: &[Keyring]) -> Action {
    let control = Control {
        keys: keys.iter().map(|key| held(key.account())).collect(),
        guardians: guarded(&[cast.number(FRIEND)]),
    };
    Action::Announce {
        control: Some(control),
    }
}

fn attest(subject: IdentityId, topic: Topic, weight: Points) -> Action {
    Action::Attest {
        subject,
        topic,
        value: [7; 32],
        weight,
        issued: None,
        expires: START + 3_000 * DAY,
    }
}

/// Creates Olife ID over `alv`; Alice owns it, and has what bonds are lost.
///
/// # Panics
/// If its constructor fails.
pub fn deploy(chain: &mut EmbeddedChain, code: &Code, alv: AccountId) -> AccountId {
    let owner = OWNER.account();
    let pause = PauseTerms {
        duration: DAY,
        cooldown: DAY,
    };
    let setup = Setup {
        terms: TERMS,
        pause,
        alv: Psp22Client::at(alv),
        forfeits_to: owner.into(),
        chain: GENESIS,
    };
    let new = OlifeIdRef::new(setup);
    match chain.create(owner, code, new, b"") {
        Ok(Ok(created)) => created.address,
        other => panic!("Olife ID was not created: {other:?}"),
    }
}

/// An identity whose only key was each of these in turn, the last of them now, by recoveries.
///
/// # Panics
/// If a message is refused.
pub fn replace<const N: usize>(
    chain: &mut EmbeddedChain,
    id: AccountId,
    guardian: Keyring,
    keys: [Keyring; N],
) {
    let [first, others @ ..] = &keys[..] else {
        return;
    };
    let guardians = [guardian.account()];
    let keeper = take(chain, id, (guardians[0], create(&[])));
    let identity = take(chain, id, (first.account(), create(&[keeper])));
    for key in others {
        let steps = by_guardians(&guardians, identity, key.account());
        complete(chain, id, identity, steps, DAY);
    }
}

/// As if `count` accounts had created an identity each at the start, and the last of them, an
/// approved issuer, had attested to every other that it is a patient, and had appointed it as its
/// delegate.
pub fn fill(chain: &mut EmbeddedChain, code: &Code, id: AccountId, count: u32) {
    let mut filler = Filler::new(chain, id, code);
    let Some(last) = count.checked_sub(1) else {
        return;
    };
    for number in 0..count {
        let identity = IdentityId::from(number);
        let key = Key::Account(holder(number).into());
        let purposes = ALL;
        filler.entry("keys", &key, Link { identity, purposes });
        let keys = vec![Held { key, purposes: ALL }];
        let control = Control {
            keys,
            guardians: guarded(&[]),
        };
        filler.entry("identities", identity, Identity::new(control, START));
        if number == last {
            continue;
        }
        let organisation = IdentityId::from(last);
        let delegation = Delegation {
            topics: Topic::PATIENT.bit(),
            issued: START,
            stored: START,
            expires: START + 3_000 * DAY,
            declined: false,
        };
        filler.entry("delegations", (organisation, identity), delegation);
        let class = olife_id::Class {
            slots: vec![Slot {
                issuer: last.into(),
                value: [7; 32],
                weight: 0,
                issued: START,
                stored: START,
                since: START,
                expires: START + 3_000 * DAY,
            }],
            refused: vec![],
        };
        filler.entry("classes", (identity, Topic::PATIENT), class);
    }
    let mut approved = Issuer::default();
    let patients = Topic::PATIENT.bit();
    assert_eq!(approved.approve(patients, 0, START), Ok(()));
    filler.entry("issuers", IdentityId::from(last), approved);
    filler.root::<(IdentityId, u64)>(|(identities, _)| *identities = count.into());
}
