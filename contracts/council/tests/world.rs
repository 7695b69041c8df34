//! A chain with a council of five and a contract that does what it is told to.

use ::hostile::{Hostile, HostileRef, Mode};
use allive_calls::{at, parts, psp22, Chain, Code, Constructor, Event, Message, Receipt, Typed};
use allive_simulator::{EmbeddedChain, START};
use council::*;
use ink::{
    codegen::ContractCallBuilder,
    env::{
        call::{ConstructorReturnType, FromAccountId},
        DefaultEnvironment,
    },
    primitives::AccountId,
};
use psp22::PSP22;
use scale::{Decode, Encode};
use std::fmt::Debug;

pub const MEMBERS: [AccountId; 5] = [account(1), account(2), account(3), account(4), account(5)];
pub const STRANGER: AccountId = account(0x99);

pub const ROUTINE: Bar = Bar {
    threshold: 2,
    delay: 0,
};
pub const GRAVE: Bar = Bar {
    threshold: 3,
    delay: 100,
};
pub const CONSTITUTIONAL: Bar = Bar {
    threshold: 4,
    delay: 200,
};
pub const LIFETIME: u64 = 1_000;
pub const EXPIRES: u64 = START + LIFETIME;
pub const EMERGENCY: EmergencyTerms = EmergencyTerms {
    threshold: 2,
    window: 50,
    cooldown: 500,
};
pub const TERMS: Terms = Terms {
    routine: ROUTINE,
    grave: GRAVE,
    constitutional: CONSTITUTIONAL,
    lifetime: LIFETIME,
    emergency: EMERGENCY,
};
pub const LEAST_DELAY: u64 = 60;

/// When a grave proposal that was approved at `START` can be executed.
pub const READY: u64 = START + 100;

pub type Answer<R> = Receipt<Result<R, CouncilError>>;

pub struct World {
    pub chain: EmbeddedChain,
    pub council: AccountId,
    /// The hostile contract; its `mint` is what proposals call.
    pub target: AccountId,
    /// Whether each refusal is looked at for what it changed, which takes long where much is stored.
    pub watched: bool,
}

impl World {
    pub fn new() -> Self {
        let mut chain = EmbeddedChain::new();
        for party in MEMBERS.into_iter().chain([STRANGER]) {
            chain.endow(party);
        }
        let council = create(&mut chain, "council", constructor(&MEMBERS, TERMS));
        let target = create(&mut chain, "hostile", HostileRef::new());
        Self {
            chain,
            council,
            target,
            watched: true,
        }
    }

    /// The same, with a grave proposal of the first member's that gives `STRANGER` a unit.
    pub fn proposed() -> (Self, ProposalId) {
        let mut world = Self::new();
        let mint = world.mint(1);
        let proposal = world.propose(MEMBERS[0], calls([mint])).value;
        (world, proposal.unwrap().unwrap())
    }

    /// The same, and approved at `START`.
    pub fn approved() -> (Self, ProposalId) {
        let (mut world, proposal) = Self::proposed();
        world.approve_by(proposal, 1..3);
        (world, proposal)
    }

    /// The same, and its delay is over.
    pub fn ready() -> (Self, ProposalId) {
        let (mut world, proposal) = Self::approved();
        world.at(READY);
        (world, proposal)
    }

    pub fn contract(&self) -> <Council as ContractCallBuilder>::Type {
        at::<Council>(self.council)
    }

    /// A call that gives `STRANGER` units of the target.
    pub fn mint(&self, value: u128) -> Call {
        call(at::<Hostile>(self.target).mint(STRANGER, value))
    }

    /// Units that calls gave to `STRANGER`: whether and how often a batch happened.
    pub fn minted(&mut self) -> u128 {
        let held = at::<Hostile>(self.target).held(STRANGER);
        self.get(held)
    }

    /// A payment by the target, which then behaves as it was told to.
    pub fn transfer(&self) -> Call {
        call(psp22(self.target).transfer(STRANGER, 0, vec![]))
    }

    pub fn behave(&mut self, mode: Mode) {
        let behave = at::<Hostile>(self.target).behave(mode);
        self.chain.send(STRANGER, behave).value.unwrap();
    }

    /// Sends a message of the council. What is refused changed no cell of council or target, moved
    /// no coin, and said nothing.
    pub fn act<Args: Encode, R: Decode + Debug>(
        &mut self,
        by: AccountId,
        message: Message<Args, Result<R, CouncilError>>,
    ) -> Answer<R> {
        let before = self.watched.then(|| self.stored());
        let answer = self.chain.send(by, message);
        if !matches!(answer.value, Ok(Ok(_))) {
            let after = before.is_some().then(|| self.stored());
            assert_eq!(before, after, "refused, and yet changed");
            assert_eq!(answer.events, [], "refused, and yet said");
        }
        assert!(answer.frames <= 5, "{} frames", answer.frames);
        answer
    }

    /// One more contract like the target.
    pub fn another(&mut self, salt: &[u8]) -> AccountId {
        let new = HostileRef::new();
        let created = self.chain.create(STRANGER, &code("hostile"), new, salt);
        created.unwrap().unwrap().address
    }

    fn stored(&mut self) -> impl PartialEq + Debug + use<> {
        let cells = [self.council, self.target].map(|contract| self.chain.cells(contract));
        (cells, self.chain.balance(self.council))
    }

    pub fn get<Args: Encode, R: Decode>(&mut self, message: Message<Args, R>) -> R {
        self.chain.ask(STRANGER, message).value.unwrap()
    }

    pub fn propose(&mut self, by: AccountId, action: Action) -> Answer<ProposalId> {
        let message = self.contract().propose(action.into());
        self.act(by, message)
    }

    pub fn approve(&mut self, by: AccountId, proposal: ProposalId) -> Answer<()> {
        let message = self.contract().approve(proposal);
        self.act(by, message)
    }

    pub fn withdraw(&mut self, by: AccountId, proposal: ProposalId) -> Answer<()> {
        let message = self.contract().withdraw_approval(proposal);
        self.act(by, message)
    }

    pub fn cancel(&mut self, by: AccountId, proposal: ProposalId) -> Answer<()> {
        let message = self.contract().cancel(proposal);
        self.act(by, message)
    }

    pub fn execute(&mut self, proposal: ProposalId) -> Answer<()> {
        let message = self.contract().execute(proposal);
        self.act(STRANGER, message)
    }

    pub fn pause(&mut self, by: AccountId, target: AccountId) -> Answer<bool> {
        let message = self.contract().emergency_pause(target.into());
        self.act(by, message)
    }

    pub fn approve_by(&mut self, proposal: ProposalId, members: std::ops::Range<usize>) {
        for member in &MEMBERS[members] {
            self.approve(*member, proposal).value.unwrap().unwrap();
        }
    }

    /// Proposes, approves by all that it takes, waits, and executes.
    pub fn carry(&mut self, action: Action) -> Answer<()> {
        let proposal = self.propose(MEMBERS[0], action).value.unwrap().unwrap();
        self.approve_by(proposal, 1..4);
        self.chain.advance(CONSTITUTIONAL.delay);
        self.execute(proposal)
    }

    pub fn phase(&mut self, proposal: ProposalId) -> Phase {
        let phase = self.contract().phase(proposal);
        self.get(phase).unwrap()
    }

    pub fn standing(&mut self, proposal: ProposalId) -> Standing {
        let proposal = self.contract().proposal(proposal);
        self.get(proposal).unwrap().standing.into_inner()
    }

    pub fn constitution(&mut self) -> Constitution {
        let constitution = self.contract().constitution();
        self.get(constitution).into_inner()
    }

    /// Of this type of events, the council said this one alone.
    #[track_caller]
    pub fn assert_said<E, R>(&self, receipt: &Receipt<R>, expected: E)
    where
        E: ink::env::Event + Decode + PartialEq + Debug,
    {
        let own = receipt.events.iter();
        let own = own.filter(|event| event.contract == self.council);
        let said: Vec<E> = own.filter_map(Event::decode).collect();
        assert_eq!(said, [expected]);
    }

    /// Lets time pass until `moment`.
    pub fn at(&mut self, moment: u64) {
        let passes = moment.checked_sub(self.chain.now());
        self.chain
            .advance(passes.expect("time does not run backwards"));
    }
}

pub fn constructor(
    members: &[AccountId],
    terms: Terms,
) -> Constructor<CouncilRef, impl Encode, Result<CouncilRef, CouncilError>> {
    let members = members.iter().map(|member| (*member).into()).collect();
    CouncilRef::new(members, terms, LEAST_DELAY)
}

/// What the message is on the wire, without coins or demands.
pub fn call<Args: Encode, R>(message: Message<Args, R>) -> Call {
    let (target, input) = parts(message);
    let (selector, arguments) = input.split_first_chunk().unwrap();
    Call {
        target: target.into(),
        selector: *selector,
        arguments: arguments.to_vec(),
        value: 0.into(),
        min_ref_time: 0,
    }
}

pub fn calls(calls: impl Into<Vec<Call>>) -> Action {
    Action::Calls(calls.into())
}

/// Who goes and who comes, at terms that are sound for four to six.
pub fn amend(remove: &[AccountId], add: &[AccountId]) -> Action {
    amend_to(remove, add, terms_of_six())
}

pub fn amend_to(remove: &[AccountId], add: &[AccountId], terms: Terms) -> Action {
    let [remove, add] = [remove, add].map(|list| list.iter().map(|id| (*id).into()).collect());
    Action::Amend(Amendment { remove, add, terms })
}

/// `TERMS` with a threshold that is a majority also of six.
pub fn terms_of_six() -> Terms {
    let mut terms = TERMS;
    terms.grave.threshold = 4;
    terms
}

pub fn create<Ref, Args, R>(
    chain: &mut EmbeddedChain,
    name: &str,
    constructor: Constructor<Ref, Args, R>,
) -> AccountId
where
    Args: Encode,
    Ref: FromAccountId<DefaultEnvironment>,
    R: ConstructorReturnType<Ref>,
    R::Error: Decode + Debug,
{
    let created = chain.create(MEMBERS[0], &code(name), constructor, b"");
    created.unwrap().unwrap().address
}

pub fn code(name: &str) -> Code {
    Code::read(name).unwrap()
}

pub const fn account(byte: u8) -> AccountId {
    AccountId([byte; 32])
}
