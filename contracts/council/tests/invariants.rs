//! Random actions by members and a stranger, sent or signed, held against a model in other words
//! after each step.

use crate::world::*;
use ::hostile::Hostile;
use allive_calls::{at, Keyring};
use allive_requests::RequestError;
use allive_support::acting::Dice;
use council::*;
use ink::primitives::AccountId;
use std::collections::{BTreeMap, BTreeSet};

const STEPS: u32 = 1_800;

/// What a proposal of the model does.
#[derive(Clone)]
enum Deed {
    Mint,
    Trap,
    Amend(Vec<AccountId>, CouncilTerms),
}

struct Model {
    members: Vec<AccountId>,
    terms: CouncilTerms,
    era: u32,
    proposals: Vec<Proposed>,
    /// Who asks for a pause of the target since when, in which era.
    asked: Option<(BTreeSet<AccountId>, u64, u32)>,
    minted: u128,
    nonces: BTreeSet<(AccountId, u64)>,
}

/// What somebody signed, and what the model makes of it.
#[derive(Clone)]
struct Slip {
    request: Request,
    deed: Option<Deed>,
}

struct Proposed {
    by: AccountId,
    action: Action,
    /// All votes, of whoever has voted.
    votes: Vec<AccountId>,
    deed: Deed,
    era: u32,
    bar: Bar,
    yes: BTreeSet<AccountId>,
    no: BTreeSet<AccountId>,
    enough_since: Option<u64>,
    ends: u64,
    outcome: Option<Phase>,
}

impl Proposed {
    fn phase(&self, era: u32, now: u64) -> Phase {
        let since = self.enough_since;
        match self.outcome {
            Some(outcome) => outcome,
            None if era > self.era => Phase::Superseded,
            None if now >= self.ends => Phase::Expired,
            None if since.is_none() => Phase::Open,
            None if since.is_some_and(|since| now - since < self.bar.delay) => Phase::Waiting,
            None => Phase::Executable,
        }
    }

    fn recount(&mut self, now: u64) {
        let enough = self.yes.len() >= usize::from(self.bar.threshold);
        self.enough_since = enough.then(|| self.enough_since.unwrap_or(now));
    }
}

fn closed(phase: Phase) -> Result<(), CouncilError> {
    match phase {
        Phase::Executed => Err(CouncilError::Executed),
        Phase::Cancelled => Err(CouncilError::Cancelled),
        Phase::Superseded => Err(CouncilError::Superseded),
        Phase::Expired => Err(CouncilError::Expired),
        _ => Ok(()),
    }
}

impl Model {
    fn say(&mut self, by: AccountId, number: u64, word: u64, now: u64) -> Result<(), CouncilError> {
        if !self.members.contains(&by) {
            return Err(CouncilError::NotMember);
        }
        let proposal = self.proposals.get_mut(number as usize);
        let proposal = proposal.ok_or(CouncilError::UnknownProposal)?;
        closed(proposal.phase(self.era, now))?;
        match word {
            0 if !proposal.yes.insert(by) => return Err(CouncilError::SaidAlready),
            0 => drop(proposal.no.remove(&by)),
            1 if !proposal.yes.remove(&by) => return Err(CouncilError::NotSaid),
            1 => (),
            _ if !proposal.no.insert(by) => return Err(CouncilError::SaidAlready),
            _ => drop(proposal.yes.remove(&by)),
        }
        if proposal.no.contains(&proposal.by) && proposal.yes.is_empty() {
            proposal.outcome = Some(Phase::Cancelled);
        }
        proposal.votes.push(by);
        let [yes, no] = [&proposal.yes, &proposal.no].map(BTreeSet::len);
        if no >= usize::from(proposal.bar.threshold) && no >= yes {
            proposal.outcome = Some(Phase::Cancelled);
        }
        proposal.recount(now);
        Ok(())
    }

    fn execute(&mut self, number: u64, now: u64) -> Result<(), CouncilError> {
        let proposal = self.proposals.get_mut(number as usize);
        let proposal = proposal.ok_or(CouncilError::UnknownProposal)?;
        let phase = proposal.phase(self.era, now);
        closed(phase)?;
        match (phase, &proposal.deed) {
            (Phase::Open, _) => return Err(CouncilError::NotApproved),
            (Phase::Waiting, _) => return Err(CouncilError::TooEarly),
            (_, Deed::Mint) => self.minted += 2,
            (_, Deed::Trap) => {
                let failure = Failure::Refused;
                return Err(CouncilError::CallFailed { index: 1, failure });
            }
            (_, Deed::Amend(members, terms)) => {
                (self.members, self.terms) = (members.clone(), *terms);
                self.era += 1;
            }
        }
        proposal.outcome = Some(Phase::Executed);
        Ok(())
    }

    /// The target cannot be paused, so that the one who would be enough is refused.
    fn pause(&mut self, by: AccountId, now: u64) -> Result<bool, CouncilError> {
        if !self.members.contains(&by) {
            return Err(CouncilError::NotMember);
        }
        let (window, era) = (self.terms.emergency.window, self.era);
        let mut asked = match self.asked.clone() {
            Some(asked) if asked.2 == era && now - asked.1 < window => asked,
            _ => (BTreeSet::new(), now, era),
        };
        if !asked.0.insert(by) {
            return Err(CouncilError::SaidAlready);
        }
        if asked.0.len() >= usize::from(self.terms.emergency.threshold) {
            let failure = Failure::Refused;
            return Err(CouncilError::CallFailed { index: 0, failure });
        }
        self.asked = Some(asked);
        Ok(false)
    }
}

impl Model {
    /// What a signed request is refused for beyond what its signer's own message is.
    fn only_signed(&self, request: &Request, now: u64) -> Result<(), CouncilError> {
        let by = *request.signer;
        if now > request.deadline {
            return Err(RequestError::Expired.into());
        }
        if self.nonces.contains(&(by, request.nonce)) {
            return Err(RequestError::NonceUsed.into());
        }
        let (SignedAction::Propose { era, .. }
        | SignedAction::Vote { era, .. }
        | SignedAction::EmergencyPause { era, .. }) = &request.action
        else {
            return Ok(());
        };
        if *era != self.era {
            return Err(CouncilError::OtherEra);
        }
        if !self.members.contains(&by) {
            return Err(CouncilError::NotMember);
        }
        match &request.action {
            SignedAction::Vote { proposal, seen, .. } => {
                let proposal = self.proposals.get(*proposal as usize);
                let proposal = proposal.ok_or(CouncilError::UnknownProposal)?;
                closed(proposal.phase(self.era, now))?;
                let votes = proposal.votes.iter().filter(|voter| **voter == by);
                if *seen.action != proposal.action {
                    return Err(CouncilError::OtherAction);
                }
                if votes.count() != seen.votes as usize {
                    return Err(CouncilError::OutOfTurn);
                }
            }
            SignedAction::EmergencyPause { asked, cooled, .. } => {
                let window = self.terms.emergency.window;
                if !(*asked..asked + window).contains(&now) {
                    return Err(CouncilError::OutOfTime);
                }
                // The target cannot be paused, so that there was no pause.
                if *cooled != 0 {
                    return Err(CouncilError::OtherPause);
                }
            }
            SignedAction::Propose { asked, .. } => {
                if !(*asked..asked + LIFETIME).contains(&now) {
                    return Err(CouncilError::OutOfTime);
                }
            }
            SignedAction::CancelRequest => (),
        }
        Ok(())
    }

    fn submit(&mut self, slip: &Slip, now: u64) -> Result<(), CouncilError> {
        self.only_signed(&slip.request, now)?;
        let by = *slip.request.signer;
        match (&slip.request.action, &slip.deed) {
            (SignedAction::Propose { asked, action, .. }, Some(deed)) => {
                let (deed, action) = (deed.clone(), (**action).clone());
                propose(self, by, deed, action, (*asked, now))?;
            }
            (SignedAction::Vote { vote, proposal, .. }, _) => {
                self.say(by, *proposal, word(*vote), now)?;
            }
            (SignedAction::EmergencyPause { .. }, _) => drop(self.pause(by, now)?),
            _ => (),
        }
        self.nonces.insert((by, slip.request.nonce));
        Ok(())
    }

    /// Something that may be signed now: mostly as it must be.
    fn slip(&self, world: &World, by: Keyring, number: u64, dice: &mut Dice, now: u64) -> Slip {
        let mut deed = None;
        let right = |dice: &mut Dice| dice.roll(12) > 0;
        let era = match right(dice) {
            true => self.era,
            false => self.era.saturating_sub(1),
        };
        // Mostly now.
        let asked = |dice: &mut Dice, span| match dice.roll(6) {
            0 => now - dice.roll(span + 10),
            1 => now + dice.roll(2),
            _ => now,
        };
        let action = match dice.roll(10) {
            0 => {
                let (chosen, action) = self::deed(world, self, dice);
                deed = Some(chosen);
                SignedAction::Propose {
                    era,
                    asked: asked(dice, LIFETIME),
                    action: action.into(),
                }
            }
            1 => SignedAction::EmergencyPause {
                era,
                asked: asked(dice, EMERGENCY.window),
                target: world.target.into(),
                cooled: u64::from(!right(dice)),
            },
            2 => SignedAction::CancelRequest,
            roll => {
                let of = |place: u64| self.proposals.get(place as usize);
                let seen = of(number).map(|it| it.action.clone());
                let other = of(number.saturating_sub(1)).map(|it| it.action.clone());
                let pay = Action::Pay {
                    to: STRANGER.into(),
                    amount: 1,
                };
                let action = if right(dice) { seen } else { other };
                let votes = of(number).map_or(0, |it| {
                    let mine = it.votes.iter().filter(|voter| **voter == by.account());
                    mine.count() as u32
                });
                let vote = match roll {
                    3 => Vote::Withdraw,
                    4 => Vote::Object,
                    _ => Vote::Approve,
                };
                SignedAction::Vote {
                    era,
                    vote,
                    proposal: number,
                    seen: Seen {
                        action: action.unwrap_or(pay).into(),
                        votes: votes + u32::from(!right(dice)),
                    },
                }
            }
        };
        let request = Request {
            deadline: now + dice.roll(LIFETIME / 2),
            ..request(by, action, dice.roll(400))
        };
        Slip { request, deed }
    }
}

fn word(vote: Vote) -> u64 {
    match vote {
        Vote::Approve => 0,
        Vote::Withdraw => 1,
        Vote::Object => 2,
    }
}

fn terms_for(members: usize) -> CouncilTerms {
    let mut terms = TERMS;
    let members = members as u8;
    terms.grave.threshold = members / 2 + 1;
    terms.constitutional.threshold = members / 2 + 1;
    terms
}

fn run(seed: u64) {
    let mut world = of_keys();
    let mut dice = Dice(seed);
    let mut model = Model {
        members: KEYS.map(Keyring::account).to_vec(),
        terms: TERMS,
        era: 0,
        proposals: vec![],
        asked: None,
        minted: 0,
        nonces: BTreeSet::new(),
    };
    let parties = Keyring::all().map(Keyring::account);
    for party in &parties {
        world.chain.endow(*party);
    }
    let mut seen = BTreeMap::new();
    // What was signed. Some of it is submitted much later, or twice.
    let mut slips: Vec<Slip> = vec![];
    for step in 0..STEPS {
        let now = world.now();
        // Mostly members, mostly about what is young.
        let by = match dice.roll(5) {
            0 => parties[dice.roll(8) as usize],
            _ => model.members[dice.roll(model.members.len() as u64) as usize],
        };
        let newest = model.proposals.len() as u64;
        let mut number = newest.saturating_sub(dice.roll(4));
        let kind = dice.roll(26);
        world.watched = step % 10 == 0;
        if (11..18).contains(&kind) {
            // Chance alone seldom finds what is ready.
            let ready = |proposal: &Proposed| proposal.phase(model.era, now) == Phase::Executable;
            let found = model.proposals.iter().rposition(ready);
            number = found.map_or(number, |found| found as u64);
        }
        let outcome = match kind {
            0 => {
                let (deed, action) = deed(&world, &model, &mut dice);
                let expected = propose(&mut model, by, deed, action.clone(), (now, now));
                let answer = world.answer(by, world.propose(action));
                assert_eq!(answer, expected, "seed {seed}, step {step}: propose");
                answer.map(|_| ())
            }
            1..=6 => {
                let expected = model.say(by, number, 0, now);
                let answer = world.answer(by, world.contract().approve(number));
                assert_eq!(answer, expected, "seed {seed}, step {step}: approve");
                answer
            }
            7 => {
                let expected = model.say(by, number, 1, now);
                let answer = world.answer(by, world.contract().withdraw_approval(number));
                assert_eq!(answer, expected, "seed {seed}, step {step}: withdraw");
                answer
            }
            8 => {
                let expected = model.say(by, number, 2, now);
                let answer = world.answer(by, world.contract().cancel(number));
                assert_eq!(answer, expected, "seed {seed}, step {step}: cancel");
                answer
            }
            9..=12 => {
                let expected = model.execute(number, now);
                let answer = world.answer(STRANGER, world.contract().execute(number));
                assert_eq!(answer, expected, "seed {seed}, step {step}: execute");
                answer
            }
            13 => {
                let target = world.target;
                let expected = model.pause(by, now);
                let answer = world.answer(by, world.pause(target));
                assert_eq!(answer, expected, "seed {seed}, step {step}: pause");
                answer.map(|_| ())
            }
            18..=24 => {
                let is_party = |key: &Keyring| key.account() == by;
                let key = Keyring::all().into_iter().find(is_party).unwrap();
                let slip = model.slip(&world, key, number, &mut dice, now);
                slips.push(slip.clone());
                // At once, or something of the last that were signed.
                let slip = match dice.roll(3) {
                    0 => {
                        let back = dice.roll(10.min(slips.len() as u64)) as usize;
                        slips[slips.len() - 1 - back].clone()
                    }
                    _ => slip,
                };
                let expected = model.submit(&slip, now);
                let answer = world.answer(STRANGER, world.signed(&slip.request));
                let said = &slip.request;
                assert_eq!(answer, expected, "seed {seed}, step {step}: {said:?}");
                answer
            }
            25 => {
                let nonce = dice.roll(400);
                let expected = match model.nonces.insert((by, nonce)) {
                    true => Ok(()),
                    false => Err(RequestError::NonceUsed.into()),
                };
                let answer = world.answer(by, world.contract().cancel_request(nonce));
                assert_eq!(answer, expected, "seed {seed}, step {step}: cancel_request");
                answer
            }
            _ => {
                world.advance(dice.roll(40));
                Ok(())
            }
        };
        *seen.entry((kind, outcome.is_ok())).or_insert(0) += 1;
        if let Err(error) = outcome {
            *seen
                .entry((100 + u64::from(error_number(error)), false))
                .or_insert(0) += 1;
        }
        compare(&mut world, &model, number);
    }
    assert_eq!(world.holds(STRANGER), model.minted);
    for number in 0..model.proposals.len() as u64 {
        compare(&mut world, &model, number);
    }
    // A run that only ever gets refused proves nothing.
    for kind in [0, 1, 7, 8, 11, 13, 18, 25] {
        assert!(seen.contains_key(&(kind, true)), "never {kind}: {seen:?}");
    }
    for error in [
        RequestError::NonceUsed.into(),
        CouncilError::OtherEra,
        CouncilError::OtherAction,
        CouncilError::OutOfTurn,
        CouncilError::OtherPause,
    ] {
        let kind = 100 + u64::from(error_number(error));
        assert!(seen.contains_key(&(kind, false)), "never {error:?}");
    }
    assert!(model.era > 1 && model.minted > 2, "{}", model.era);
    assert!(seen.len() > 30, "{seen:?}");
}

fn error_number(error: CouncilError) -> u8 {
    scale::Encode::encode(&error)[0]
}

fn deed(world: &World, model: &Model, dice: &mut Dice) -> (Deed, Action) {
    match dice.roll(6) {
        0 => {
            // Somebody of the seven comes or goes.
            let party = Keyring::all()[dice.roll(7) as usize].account();
            let mut members = model.members.clone();
            let (remove, add) = match members.iter().position(|member| *member == party) {
                Some(place) => (vec![members.remove(place)], vec![]),
                None => {
                    members.push(party);
                    (vec![], vec![party])
                }
            };
            let terms = terms_for(members.len());
            let action = amend_to(&remove, &add, terms);
            (Deed::Amend(members, terms), action)
        }
        1 => {
            let mut bad = world.mint(1);
            bad.selector = [9; 4];
            (Deed::Trap, calls([world.mint(1), bad]))
        }
        _ => (Deed::Mint, calls([world.mint(1), world.mint(1)])),
    }
}

fn propose(
    model: &mut Model,
    by: AccountId,
    deed: Deed,
    action: Action,
    (asked, now): (u64, u64),
) -> Result<ProposalId, CouncilError> {
    if !model.members.contains(&by) {
        return Err(CouncilError::NotMember);
    }
    let bar = match &deed {
        Deed::Amend(members, terms) => {
            let few = members.is_empty();
            if few {
                return Err(CouncilError::BadMembers);
            }
            if usize::from(terms.routine.threshold) > members.len() {
                return Err(CouncilError::UnsoundTerms);
            }
            model.terms.constitutional
        }
        _ => model.terms.grave,
    };
    let mut proposed = Proposed {
        by,
        action,
        votes: vec![by],
        deed,
        era: model.era,
        bar,
        yes: [by].into(),
        no: BTreeSet::new(),
        enough_since: None,
        ends: asked + LIFETIME,
        outcome: None,
    };
    proposed.recount(now);
    model.proposals.push(proposed);
    Ok(model.proposals.len() as u64 - 1)
}

/// The queries about a proposal, and who is a member.
fn compare(world: &mut World, model: &Model, number: u64) {
    let now = world.now();
    let contract = world.contract();
    let proposal = model.proposals.get(number as usize);
    let phase = proposal.map(|proposal| proposal.phase(model.era, now));
    assert_eq!(world.get(contract.phase(number)), phase);
    let approvals = world.get(contract.approvals(number));
    let approvals: BTreeSet<_> = approvals.iter().map(|member| **member).collect();
    let current = proposal.filter(|proposal| proposal.era == model.era);
    let expected = current.map(|proposal| proposal.yes.clone());
    assert_eq!(approvals, expected.unwrap_or_default());
}

#[test]
fn random_actions_do_what_the_model_says() {
    std::thread::scope(|threads| {
        for seed in 1..=2 {
            threads.spawn(move || run(seed));
        }
    });
}

#[test]
fn the_target_of_the_model_counts_what_was_done() {
    let mut world = World::new();
    let batch = calls([world.mint(1), world.mint(1)]);
    carry_out(&mut world, batch);
    let held = at::<Hostile>(world.target).held(STRANGER);
    assert_eq!(world.get(held), 2);
}
