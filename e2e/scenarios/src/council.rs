//! Lives of the council.

use super::{
    alv::{appoint, deploy, pay, SUPPLY},
    identity,
    stage::{actors, code, paid, said, Stage, DAY, HOUR, MINUTE},
};
use allive_access::{
    AccessControl, AccessError, Migration, Ownable, OwnershipChanged, Pausable, PauseChanged,
    UpgradeChanged, UpgradeError, Upgradeable, Upgraded,
};
use allive_calls::{at, parts, psp22, Chain, Event, Keyring, Message, Typed};
use allive_requests::{ChainId, Domain, Signature};
use alv::{Alv, MINTER, PAUSER};
use council::{
    Action, Amendment, Bar, Call, Class, Constitution, ConstitutionChanged, Council, CouncilError,
    CouncilRef, CouncilTerms, Deposited, EmergencyCalled, EmergencyPaused, EmergencyTerms, Failure,
    Phase, ProposalCancelled, ProposalExecuted, ProposalId, Proposed, Request, RoutineChanged,
    Seen, SignedAction, Standing, Vote, Voted, PURPOSE,
};
use ink::{
    codegen::ContractCallBuilder,
    primitives::{AccountId, Hash},
};
use nexus_next::{NexusNext, NexusNextRef};
use olife_nexus::{OlifeNexus, OlifeNexusRef};
use psp22::{PSP22Error, PSP22};
use scale::Encode;

const TERMS: CouncilTerms = CouncilTerms {
    routine: Bar {
        threshold: 2,
        delay: 0,
    },
    grave: Bar {
        threshold: 2,
        delay: HOUR,
    },
    constitutional: Bar {
        threshold: 3,
        delay: 2 * HOUR,
    },
    lifetime: 2 * DAY,
    emergency: EmergencyTerms {
        threshold: 2,
        window: 30 * MINUTE,
        cooldown: 5 * HOUR,
    },
};
const LEAST_DELAY: u64 = HOUR;
/// Of the Nexus. The council's delay passes in it.
const NOTICE: u64 = DAY;
const MIGRATE: Migration = ink::selector_bytes!("migrate");
/// What the council holds of ALV at first.
const TREASURE: u128 = 100;

/// ALV, and a council of three that has some.
struct Hall<'c, C> {
    stage: Stage<'c, C>,
    alv: AccountId,
    council: AccountId,
    genesis: ChainId,
    /// Owns ALV, and is no member.
    owner: AccountId,
    members: [AccountId; 3],
    stranger: AccountId,
    other: AccountId,
}

impl<'c, C: Chain> Hall<'c, C> {
    fn open(chain: &'c mut C, genesis: ChainId) -> Self {
        let mut stage = Stage::open(chain, genesis);
        let [owner, first, second, third, stranger, other, ..] = actors();
        let members = [first, second, third];
        let alv = deploy(&mut stage, owner);
        let constructor = CouncilRef::new(accounts(&members), TERMS, LEAST_DELAY, genesis);
        let created = stage.create(owner, &code("council"), constructor);
        let council = created.address;
        let established = ConstitutionChanged {
            era: 0,
            members: accounts(&members),
            terms: TERMS,
        };
        assert_eq!(created.events, [said(council, established)]);
        pay(&mut stage, alv, owner, council, TREASURE);
        Self {
            stage,
            alv,
            council,
            genesis,
            owner,
            members,
            stranger,
            other,
        }
    }

    /// The messages of the council.
    fn contract(&self) -> <Council as ContractCallBuilder>::Type {
        at::<Council>(self.council)
    }

    /// A call by which the council pays ALV to `other`.
    fn payment(&self, value: u128) -> Call {
        call(psp22(self.alv).transfer(self.other, value, vec![]))
    }

    fn standing(&mut self, proposal: ProposalId) -> Standing {
        match self.stage.chain.get(self.contract().proposal(proposal)) {
            Some(found) => found.standing,
            None => panic!("no proposal {proposal}"),
        }
    }

    fn phase(&mut self, proposal: ProposalId) -> Option<Phase> {
        self.stage.chain.get(self.contract().phase(proposal))
    }

    fn constitution(&mut self) -> Constitution {
        let constitution = self.contract().constitution();
        self.stage.chain.get(constitution)
    }

    /// A member proposes, and approves by it.
    fn propose(&mut self, by: AccountId, action: Action, class: Class) -> ProposalId {
        let before = self.stage.chain.now();
        let propose = self.contract().propose(action.clone());
        let (proposal, events) = self.stage.accept(by, propose);
        let after = self.stage.chain.now();
        let standing = self.standing(proposal);
        assert_eq!(standing.class, class);
        assert!((before + TERMS.lifetime..=after + TERMS.lifetime).contains(&standing.expires));
        let stored = self.stage.chain.get(self.contract().proposal(proposal));
        assert_eq!(stored.map(|it| it.action), Some(action));
        let proposed = Proposed {
            proposal,
            proposer: by.into(),
            class,
            expires: standing.expires,
        };
        let expected = [
            said(self.council, proposed),
            self.voted(proposal, by, &standing),
        ];
        assert_eq!(events, expected);
        proposal
    }

    /// What is said after a member's word about a proposal that stands so now.
    fn voted(&self, proposal: ProposalId, member: AccountId, standing: &Standing) -> Event {
        let voted = Voted {
            proposal,
            member: member.into(),
            approvals: standing.approvals,
            objections: standing.objections,
            ready: standing.ready,
        };
        said(self.council, voted)
    }

    /// These members approve. Returns the moment at which the proposal can be executed, if it can.
    fn approve(&mut self, proposal: ProposalId, members: &[AccountId]) -> Option<u64> {
        for member in members {
            let approve = self.contract().approve(proposal);
            let before = self.stage.chain.now();
            let ((), events) = self.stage.accept(*member, approve);
            let after = self.stage.chain.now();
            let standing = self.standing(proposal);
            assert_eq!(events, [self.voted(proposal, *member, &standing)]);
            let delay = TERMS.bar(standing.class).delay;
            let ready = standing.ready.unwrap_or(after + delay);
            assert!(ready <= after + delay, "{before}, {ready}, {after}");
        }
        self.standing(proposal).ready
    }

    /// A member signs that it approves a proposal, on which it voted so many times.
    fn signed_approval(
        &mut self,
        by: Keyring,
        proposal: ProposalId,
        votes: u32,
    ) -> Message<impl Encode, Result<(), CouncilError>> {
        let Some(found) = self.stage.chain.get(self.contract().proposal(proposal)) else {
            panic!("no proposal {proposal}")
        };
        let request = Request {
            signer: by.account().into(),
            action: SignedAction::Vote {
                era: found.standing.era,
                vote: Vote::Approve,
                proposal,
                seen: Seen {
                    action: found.action.into(),
                    votes,
                },
            },
            nonce: proposal,
            deadline: self.stage.chain.now() + HOUR,
        };
        let message = request.message(&Domain {
            purpose: &PURPOSE,
            chain: &self.genesis,
            contract: &self.council,
        });
        let signature = Signature::Sr25519(by.sign(message.wrapped()));
        self.contract().act_for(request.into(), signature)
    }

    /// A stranger carries a proposal out, which says this.
    fn execute(&mut self, proposal: ProposalId, mut expected: Vec<Event>) {
        let execute = self.contract().execute(proposal);
        let ((), events) = self.stage.accept(self.stranger, execute);
        expected.push(said(self.council, ProposalExecuted { proposal }));
        assert_eq!(events, expected);
        assert_eq!(self.phase(proposal), Some(Phase::Executed));
        let again = self.contract().execute(proposal);
        self.stage
            .refuse(self.stranger, again, CouncilError::Executed);
    }

    /// Proposes, approves by as many as it takes, waits and executes.
    fn carry(&mut self, action: Action, class: Class, expected: Vec<Event>) {
        let [first, others @ ..] = self.members;
        let proposal = self.propose(first, action, class);
        let more = usize::from(TERMS.bar(class).threshold - 1);
        match self.approve(proposal, &others[..more]) {
            Some(ready) => self.stage.wait_until(ready),
            None => panic!("enough members approve"),
        }
        self.execute(proposal, expected);
    }

    fn refuse_to_execute(&mut self, proposal: ProposalId, error: CouncilError) {
        let execute = self.contract().execute(proposal);
        self.stage.refuse(self.stranger, execute, error);
    }

    /// Asserts what council, `other` and the owner hold of ALV.
    fn holdings(&mut self, council: u128, other: u128) {
        let held = [
            (self.owner, SUPPLY - council - other),
            (self.council, council),
            (self.other, other),
        ];
        self.stage.holdings(self.alv, held);
    }
}

/// A decision takes enough members and its delay; then anybody carries it out: all of it, once.
/// What fails can be tried again.
pub fn members_decide_and_anybody_carries_it_out<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut hall = Hall::open(chain, genesis);
    let [first, second, third] = hall.members;
    let (alv, council, other, stranger) = (hall.alv, hall.council, hall.other, hall.stranger);
    let contract = || at::<Council>(council);

    let payment = hall.payment(60);
    let by_stranger = contract().propose(Action::Calls(vec![payment.clone()]));
    let not_member = CouncilError::NotMember;
    hall.stage.refuse(stranger, by_stranger, not_member);
    let proposal = hall.propose(first, Action::Calls(vec![payment]), Class::Grave);
    assert_eq!(hall.phase(proposal), Some(Phase::Open));
    hall.refuse_to_execute(proposal, CouncilError::NotApproved);
    hall.stage
        .refuse(stranger, contract().approve(proposal), not_member);
    let said_already = CouncilError::SaidAlready;
    hall.stage
        .refuse(first, contract().approve(proposal), said_already);
    assert!(hall.approve(proposal, &[second]).is_some());
    hall.refuse_to_execute(proposal, CouncilError::TooEarly);
    // One takes the word back, and the delay begins anew with the next.
    let withdraw = contract().withdraw_approval(proposal);
    let ((), events) = hall.stage.accept(second, withdraw);
    let standing = hall.standing(proposal);
    assert_eq!((standing.approvals, standing.ready), (1, None));
    assert_eq!(events, [hall.voted(proposal, second, &standing)]);
    // The third signs, and a stranger submits. Nothing that the second signed before its last vote
    // counts any more.
    let late = hall.signed_approval(Keyring::Charlie, proposal, 0);
    hall.stage.refuse(stranger, late, CouncilError::OutOfTurn);
    let signed = hall.signed_approval(Keyring::Dave, proposal, 0);
    let ((), events) = hall.stage.accept(stranger, signed);
    let standing = hall.standing(proposal);
    assert_eq!(events, [hall.voted(proposal, third, &standing)]);
    let ready = standing.ready.unwrap_or_default();
    hall.stage.wait_until(ready - 10 * MINUTE);
    hall.refuse_to_execute(proposal, CouncilError::TooEarly);
    hall.holdings(TREASURE, 0);
    hall.stage.wait_until(ready);
    hall.execute(proposal, vec![paid(alv, council, other, 60)]);
    hall.holdings(40, 60);
    let late = contract().approve(proposal);
    hall.stage.refuse(second, late, CouncilError::Executed);

    // Of two payments the second fails: neither happens. With more ALV, both do.
    let both = Action::Calls(vec![hall.payment(30), hall.payment(30)]);
    let proposal = hall.propose(second, both, Class::Grave);
    let ready = hall.approve(proposal, &[first]).unwrap_or_default();
    hall.stage.wait_until(ready);
    let failure = Failure::Refused;
    hall.refuse_to_execute(proposal, CouncilError::CallFailed { index: 1, failure });
    hall.holdings(40, 60);
    pay(&mut hall.stage, alv, hall.owner, council, 20);
    hall.execute(proposal, vec![paid(alv, council, other, 30); 2]);
    hall.holdings(0, 120);

    // What is cancelled, by who proposed it or by as many as could approve it, or not executed in
    // time, is over.
    let action = || Action::Pay {
        to: other.into(),
        amount: 1,
    };
    let own = hall.propose(third, action(), Class::Grave);
    let unwanted = hall.propose(third, action(), Class::Grave);
    for (member, proposal, is_last) in [
        (third, own, true),
        (first, unwanted, false),
        (second, unwanted, true),
    ] {
        let ((), events) = hall.stage.accept(member, contract().cancel(proposal));
        let standing = hall.standing(proposal);
        let mut expected = vec![hall.voted(proposal, member, &standing)];
        if is_last {
            expected.push(said(council, ProposalCancelled { proposal }));
        }
        assert_eq!(events, expected);
    }
    for proposal in [own, unwanted] {
        hall.refuse_to_execute(proposal, CouncilError::Cancelled);
    }
    let forgotten = hall.propose(first, action(), Class::Grave);
    hall.approve(forgotten, &[second]);
    let expires = hall.standing(forgotten).expires;
    hall.stage.wait_until(expires);
    hall.refuse_to_execute(forgotten, CouncilError::Expired);
    let ((), events) = hall.stage.accept(stranger, contract().deposit());
    let deposited = Deposited {
        from: stranger.into(),
        amount: 0,
    };
    assert_eq!(events, [said(council, deposited)]);
}

/// A member goes, another comes, and a message becomes routine. Each change ends what was pending.
pub fn members_and_terms_change_and_what_was_pending_ends<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut hall = Hall::open(chain, genesis);
    let [first, second, third] = hall.members;
    let (alv, council, other, stranger) = (hall.alv, hall.council, hall.other, hall.stranger);
    let contract = || at::<Council>(council);

    let payment = Action::Calls(vec![hall.payment(10)]);
    let pending = hall.propose(third, payment.clone(), Class::Grave);
    hall.approve(pending, &[first]);
    let replace = |remove: AccountId, add: AccountId, terms| {
        Action::Amend(Amendment {
            remove: vec![remove.into()],
            add: vec![add.into()],
            terms,
        })
    };
    let mut unsound = TERMS;
    unsound.grave.delay = LEAST_DELAY - 1;
    for (action, error) in [
        (replace(stranger, other, TERMS), CouncilError::BadMembers),
        (replace(third, first, TERMS), CouncilError::BadMembers),
        (replace(third, other, unsound), CouncilError::UnsoundTerms),
    ] {
        let propose = contract().propose(action);
        hall.stage.refuse(first, propose, error);
    }
    let members = [first, second, other];
    let changed = ConstitutionChanged {
        era: 1,
        members: accounts(&members),
        terms: TERMS,
    };
    let expected = vec![said(council, changed)];
    let amend = replace(third, other, TERMS);
    hall.carry(amend, Class::Constitutional, expected);
    hall.members = members;
    assert_eq!(hall.constitution().members, accounts(&members));
    hall.refuse_to_execute(pending, CouncilError::Superseded);
    let by_former = contract().propose(payment.clone());
    hall.stage.refuse(third, by_former, CouncilError::NotMember);
    hall.propose(other, payment, Class::Grave);

    let transfer = hall.payment(10);
    let list = Action::List {
        target: alv.into(),
        selector: transfer.selector,
        routine: true,
    };
    let listed = RoutineChanged {
        era: 2,
        target: alv.into(),
        selector: transfer.selector,
        routine: true,
    };
    hall.carry(list, Class::Constitutional, vec![said(council, listed)]);
    assert!(hall
        .stage
        .chain
        .get(contract().is_routine(alv.into(), transfer.selector)));
    let proposal = hall.propose(second, Action::Calls(vec![transfer]), Class::Routine);
    hall.approve(proposal, &[other]);
    hall.execute(proposal, vec![paid(alv, council, other, 10)]);
    hall.holdings(TREASURE - 10, 10);
}

/// ALV and the Nexus are offered and accepted, in one batch. Then who owned them is refused, and
/// new code comes by two decisions: one announces it, one has it take over.
pub fn owners_hand_over_and_new_code_comes_by_decision<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut hall = Hall::open(chain, genesis);
    let (alv, council, owner) = (hall.alv, hall.council, hall.owner);
    let identities = identity::deploy(&mut hall.stage, alv, owner);
    let constructor = OlifeNexusRef::new(alv, identities.into(), 30 * DAY, NOTICE, genesis);
    let created = hall.stage.create(owner, &code("olife_nexus"), constructor);
    let nexus = created.address;
    let next = code("nexus_next");
    hall.stage.create(
        hall.stranger,
        &next,
        NexusNextRef::new(alv, identities.into()),
    );
    let next = Hash::from(next.hash());

    let accept = || {
        Action::Calls(vec![
            call(at::<Alv>(alv).accept_ownership()),
            call(at::<OlifeNexus>(nexus).accept_ownership()),
        ])
    };
    let offers = [
        (alv, at::<Alv>(alv).transfer_ownership(Some(council.into()))),
        (
            nexus,
            at::<OlifeNexus>(nexus).transfer_ownership(Some(council.into())),
        ),
    ];
    for (contract, offer) in offers {
        let ((), events) = hall.stage.accept(owner, offer);
        assert_eq!(events, [owned(contract, owner, Some(council))]);
    }
    let expected = [alv, nexus].map(|contract| owned(contract, council, None));
    hall.carry(accept(), Class::Grave, expected.into());
    // There is nothing left to accept.
    let [first, second, _] = hall.members;
    let again = hall.propose(first, accept(), Class::Grave);
    let ready = hall.approve(again, &[second]).unwrap_or_default();
    hall.stage.wait_until(ready);
    let failure = Failure::Refused;
    hall.refuse_to_execute(again, CouncilError::CallFailed { index: 0, failure });

    let grant = at::<Alv>(alv).grant_role(MINTER, owner.into());
    hall.stage
        .refuse(owner, grant, AccessError::CallerIsNotOwner);
    let announce = || at::<OlifeNexus>(nexus).announce_upgrade(next, Some(MIGRATE));
    hall.stage
        .refuse(owner, announce(), UpgradeError::CallerIsNotOwner);

    let proposal = hall.propose(first, Action::Calls(vec![call(announce())]), Class::Grave);
    let ready = hall.approve(proposal, &[second]).unwrap_or_default();
    hall.stage.wait_until(ready);
    let execute = at::<Council>(council).execute(proposal);
    let ((), events) = hall.stage.accept(hall.stranger, execute);
    let query = at::<OlifeNexus>(nexus).announced_upgrade();
    let announced = hall.stage.chain.get(query);
    let expected = [
        said(nexus, UpgradeChanged { announced }),
        said(council, ProposalExecuted { proposal }),
    ];
    assert_eq!(events, expected);
    let notice_ends = announced.map_or(0, |announced| announced.ready);

    let replace = call(at::<OlifeNexus>(nexus).set_code_hash(next));
    let proposal = hall.propose(second, Action::Calls(vec![replace]), Class::Grave);
    let ready = hall.approve(proposal, &[first]).unwrap_or_default();
    hall.stage.wait_until(ready);
    hall.refuse_to_execute(proposal, CouncilError::CallFailed { index: 0, failure });
    hall.stage.wait_until(notice_ends);
    let code_hash = next;
    hall.execute(proposal, vec![said(nexus, Upgraded { code_hash })]);
    let new = || at::<NexusNext>(nexus);
    assert_eq!(hall.stage.chain.get(new().version()), 2);
    let found = hall.stage.chain.get(new().found());
    assert_eq!(found, Some(0), "the migration ran");
    let governance = hall.stage.chain.get(new().governance());
    let owner = governance.map(|governance| *governance.ownership.owner);
    assert_eq!(owner, Some(council));
}

/// Two of three pause ALV without delay. The pause ends by itself, and the next one waits.
pub fn two_members_pause_at_once_and_the_next_pause_waits<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut hall = Hall::open(chain, genesis);
    let [first, second, third] = hall.members;
    let (alv, council, owner) = (hall.alv, hall.council, hall.owner);
    let pause = |target: AccountId| at::<Council>(council).emergency_pause(target.into());
    let called = |member: AccountId| {
        let called = EmergencyCalled {
            target: alv.into(),
            member: member.into(),
        };
        said(council, called)
    };

    for (by, target, error) in [
        (hall.stranger, alv, CouncilError::NotMember),
        (owner, alv, CouncilError::NotMember),
        (first, council, CouncilError::CallsItself),
    ] {
        hall.stage.refuse(by, pause(target), error);
    }
    let (enough, events) = hall.stage.accept(first, pause(alv));
    assert_eq!((enough, events), (false, vec![called(first)]));
    hall.stage
        .refuse(first, pause(alv), CouncilError::SaidAlready);
    // Without the role the pause fails, and was not asked for.
    let failure = Failure::Refused;
    let failed = CouncilError::CallFailed { index: 0, failure };
    hall.stage.refuse(second, pause(alv), failed);
    appoint(&mut hall.stage, alv, owner, PAUSER, council);
    let (enough, events) = hall.stage.accept(second, pause(alv));
    let until = hall.stage.chain.get(at::<Alv>(alv).paused_until());
    let emergency = at::<Council>(council).emergency(alv.into());
    let cooled = hall.stage.chain.get(emergency).cooled;
    let paused = EmergencyPaused {
        target: alv.into(),
        cooled,
    };
    let expected = vec![
        called(second),
        said(alv, PauseChanged { until }),
        said(council, paused),
    ];
    assert_eq!((enough, events), (true, expected));
    let transfer = || psp22(alv).transfer(first, 1, vec![]);
    let refused = PSP22Error::Custom("Paused".into());
    hall.stage.refuse(owner, transfer(), refused);
    hall.stage
        .refuse(third, pause(alv), CouncilError::CoolingDown);
    hall.stage.wait_until(until);
    hall.stage.accept(owner, transfer());

    // Who asks alone is not joined when the window is over.
    hall.stage.wait_until(cooled);
    for member in [third, first] {
        let (enough, events) = hall.stage.accept(member, pause(alv));
        assert_eq!((enough, events), (false, vec![called(member)]));
        let now = hall.stage.chain.now();
        hall.stage.wait_until(now + TERMS.emergency.window);
    }
    assert!(!hall.stage.chain.get(at::<Alv>(alv).paused()));
}

fn accounts(members: &[AccountId]) -> Vec<allive_access::Account> {
    members.iter().map(|member| (*member).into()).collect()
}

fn owned(contract: AccountId, owner: AccountId, pending: Option<AccountId>) -> Event {
    let changed = OwnershipChanged {
        owner: owner.into(),
        pending: pending.map(Into::into),
    };
    said(contract, changed)
}

/// What the message is on the wire, without coins or demands.
fn call<Args: Encode, R>(message: Message<Args, R>) -> Call {
    let (target, input) = parts(message);
    let Some((selector, arguments)) = input.split_first_chunk() else {
        panic!("a message has a selector")
    };
    Call {
        target: target.into(),
        selector: *selector,
        arguments: arguments.to_vec(),
        value: 0,
        min_ref_time: 0,
    }
}
