//! How contracts ask Olife ID, and what they make of an answer that is none:
//! `allive_olife_id_interface::Identities`, called by a contract.

use crate::world::*;
use ::false_id::{FalseId, Known, Mode};
use allive_calls::{at, parts};
use allive_olife_id_interface::{IdentityId, NoAnswer, NotHeir, Points, Standing, Topic};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};

/// A contract that asks, and a registry that does what it is told to.
struct Asked {
    world: World,
    asker: AccountId,
    registry: AccountId,
}

type Answers = (
    Result<Option<IdentityId>, NoAnswer>,
    Result<bool, NoAnswer>,
    Result<Points, NoAnswer>,
    Result<Option<u64>, NoAnswer>,
);

/// Of `standing`, `holds` and `attests`.
type MoreAnswers = (
    Result<Option<Standing>, NoAnswer>,
    Result<bool, NoAnswer>,
    Result<Option<IdentityId>, NoAnswer>,
);

const NO_MORE_ANSWERS: MoreAnswers = (Err(NoAnswer), Err(NoAnswer), Err(NoAnswer));

const NO_ANSWER: Answers = (Err(NoAnswer), Err(NoAnswer), Err(NoAnswer), Err(NoAnswer));

const NOBODY_KNOWN: Answers = (Ok(None), Ok(false), Ok(0), Ok(None));

/// The role that is asked for.
const ROLE: Topic = Topic::CLINICIAN;

impl Asked {
    fn new() -> Self {
        let mut world = World::begin(&[OWNER, STRANGER]);
        world.deploy_false_id(OWNER);
        let registry = world.identities;
        Self::over(world, registry)
    }

    /// A contract that asks what lies there.
    fn over(mut world: World, registry: AccountId) -> Self {
        world.deploy_false_id(OWNER);
        Self {
            asker: world.identities,
            registry,
            world,
        }
    }

    fn registry(&self) -> <FalseId as ContractCallBuilder>::Type {
        at::<FalseId>(self.registry)
    }

    fn behave(&mut self, mode: Mode) {
        let behave = self.registry().behave(mode);
        self.world.tell(STRANGER, behave);
    }

    /// What a contract learns of `PERSON`, whom `SECOND` preceded, from whatever lies at `place`.
    fn ask(&mut self, place: AccountId) -> Answers {
        let asker = || at::<FalseId>(self.asker);
        let world = &mut self.world;
        (
            world.get(asker().ask_identity_of(place.into(), PERSON)),
            world.get(asker().ask_has_role(place.into(), PERSON, ROLE)),
            world.get(asker().ask_trust(place.into(), PERSON)),
            world.get(asker().ask_successor_since(place.into(), PERSON, SECOND)),
        )
    }

    /// The same, by the questions about several things, other keys, and issuers.
    fn ask_more(&mut self, place: AccountId) -> MoreAnswers {
        let asker = || at::<FalseId>(self.asker);
        let topics = ROLE.bit() | Topic::KNOWN.bit();
        let key = olife_id::Key::Account(PERSON.into());
        let world = &mut self.world;
        (
            world.get(asker().ask_standing(place.into(), PERSON, topics)),
            world.get(asker().ask_holds(place.into(), key, ROLE)),
            world.get(asker().ask_attests(place.into(), PERSON, ROLE)),
        )
    }

    /// Whether `PERSON` inherits what came to `SECOND` at that moment, and since when it has it.
    fn inherits(&mut self, came: u64) -> Result<u64, NotHeir> {
        let asker = at::<FalseId>(self.asker);
        let inherits = asker.ask_inherits(self.registry.into(), PERSON, SECOND, came);
        self.world.get(inherits)
    }
}

#[test]
fn an_honest_registry_is_understood() {
    let mut asked = Asked::new();
    let registry = asked.registry;
    assert_eq!(asked.ask(registry), NOBODY_KNOWN);
    assert_eq!(asked.ask_more(registry), (Ok(None), Ok(false), Ok(None)));
    let known = Known {
        identity: Some(u64::MAX),
        roles: ROLE.bit(),
        trust: u32::MAX,
    };
    let know = asked.registry().know(PERSON, known);
    asked.world.tell(STRANGER, know);
    let follow = asked.registry().follow(PERSON, SECOND, Some(u64::MAX));
    asked.world.tell(STRANGER, follow);
    let all = (
        Ok(Some(u64::MAX)),
        Ok(true),
        Ok(u32::MAX),
        Ok(Some(u64::MAX)),
    );
    assert_eq!(asked.ask(registry), all);
    let standing = Standing {
        identity: u64::MAX,
        held: ROLE.bit(),
        trust: u32::MAX,
    };
    let all = (Ok(Some(standing)), Ok(true), Ok(Some(u64::MAX)));
    assert_eq!(asked.ask_more(registry), all);
}

#[test]
fn olife_id_itself_is_understood() {
    let mut world = attested();
    world.done(ISSUER, world.act(attest(PERSON_ID, ROLE, 0, EXPIRES)));
    let registry = world.id;
    let mut asked = Asked::over(world, registry);
    let (id, role, trust, since) = asked.ask(asked.registry);
    assert_eq!(
        (id, role, trust, since),
        (Ok(Some(PERSON_ID)), Ok(true), Ok(CEILING), Ok(None))
    );
    assert_eq!(asked.inherits(0), Err(NotHeir::NotSuccessor));
    let standing = Standing {
        identity: PERSON_ID,
        held: ROLE.bit() | Topic::KNOWN.bit(),
        trust: CEILING,
    };
    let all = (Ok(Some(standing)), Ok(true), Ok(None));
    assert_eq!(asked.ask_more(asked.registry), all);
}

#[test]
fn where_no_contract_lies_there_is_no_answer() {
    let mut asked = Asked::new();
    let endowed = account(0x55);
    asked.world.chain.endow(endowed);
    for place in [endowed, account(0), account(0xff), OWNER] {
        assert_eq!(asked.ask(place), NO_ANSWER, "{place:?}");
        assert_eq!(asked.ask_more(place), NO_MORE_ANSWERS, "{place:?}");
    }
}

#[test]
fn a_contract_that_is_no_registry_gives_no_answer() {
    let world = empty();
    let registry = world.alv;
    let mut asked = Asked::over(world, registry);
    assert_eq!(asked.ask(asked.registry), NO_ANSWER);
    assert_eq!(asked.inherits(0), Err(NotHeir::NoAnswer));
}

#[test]
fn a_registry_that_traps_gives_no_answer() {
    let mut asked = Asked::new();
    asked.behave(Mode::Traps);
    assert_eq!(asked.ask(asked.registry), NO_ANSWER);
    assert_eq!(asked.ask_more(asked.registry), NO_MORE_ANSWERS);
    assert_eq!(asked.inherits(0), Err(NotHeir::NoAnswer));
}

/// ink! hands a contract what was returned, and not whether it was reverted: an error of a token is
/// returned so, too. Olife ID reverts nothing that can be read as an answer, and one of bad will
/// could say it as well.
#[test]
fn what_is_reverted_is_an_answer_if_it_means_something() {
    let mut asked = Asked::new();
    for (bytes, right) in [
        (vec![], NO_ANSWER),
        (vec![1, 1], NO_ANSWER),
        (vec![0, 9], NO_ANSWER),
        (vec![0, 0], (Ok(None), Ok(false), Err(NoAnswer), Ok(None))),
    ] {
        asked.behave(Mode::Answers {
            bytes: bytes.clone(),
            reverted: true,
        });
        assert_eq!(asked.ask(asked.registry), right, "{bytes:?}");
    }
}

/// The first byte is ink!'s own: whether the message was understood.
#[test]
fn an_answer_that_means_nothing_is_none() {
    let mut asked = Asked::new();
    let number = [0, 1, 9, 9, 9, 9, 9, 9, 9, 9];
    for bytes in [
        vec![],
        vec![0],
        // The message was not understood, or that byte is none.
        vec![1],
        vec![1, 1],
        vec![2, 0],
        vec![0xff; 1_000],
        // Neither none nor some; neither false nor true; too short for points.
        vec![0, 2],
        vec![0, 3, 9, 9, 9, 9, 9, 9, 9, 9],
        // Too short, and too long.
        number[..9].to_vec(),
        [&number[..], &[0]].concat(),
    ] {
        asked.behave(Mode::Answers {
            bytes: bytes.clone(),
            reverted: false,
        });
        assert_eq!(asked.ask(asked.registry), NO_ANSWER, "{bytes:?}");
        assert_eq!(asked.ask_more(asked.registry), NO_MORE_ANSWERS);
        assert_eq!(asked.inherits(0), Err(NotHeir::NoAnswer));
    }
}

/// What means something to one question means nothing to another.
#[test]
fn each_question_takes_answers_of_its_own_length_only() {
    let no = Err(NoAnswer);
    for (bytes, right) in [
        (vec![0, 0], (Ok(None), Ok(false), Err(NoAnswer), Ok(None))),
        (vec![0, 1], (Err(NoAnswer), Ok(true), Err(NoAnswer), no)),
        (
            vec![0, 1, 0, 0, 0],
            (Err(NoAnswer), Err(NoAnswer), Ok(1), Err(NoAnswer)),
        ),
        (
            vec![0, 1, 1, 0, 0, 0, 0, 0, 0, 0],
            (Ok(Some(1)), Err(NoAnswer), Err(NoAnswer), Ok(Some(1))),
        ),
    ] {
        let mut asked = Asked::new();
        asked.behave(Mode::Answers {
            bytes: bytes.clone(),
            reverted: false,
        });
        assert_eq!(asked.ask(asked.registry), right, "{bytes:?}");
    }
}

#[test]
fn what_came_before_the_key_left_is_inherited_and_nothing_of_that_moment_or_later() {
    let mut asked = Asked::new();
    assert_eq!(asked.inherits(0), Err(NotHeir::NotSuccessor));
    let follow = asked.registry().follow(PERSON, SECOND, Some(10));
    asked.world.tell(STRANGER, follow);
    for came in [0, 9] {
        assert_eq!(asked.inherits(came), Ok(10), "{came}");
    }
    for came in [10, 11, u64::MAX] {
        assert_eq!(asked.inherits(came), Err(NotHeir::CameLater), "{came}");
    }
    let follow = asked.registry().follow(PERSON, SECOND, Some(0));
    asked.world.tell(STRANGER, follow);
    assert_eq!(asked.inherits(0), Err(NotHeir::CameLater));
}

#[test]
fn a_registry_that_calls_back_is_not_let_in() {
    let mut asked = Asked::new();
    let question = at::<FalseId>(asked.asker).ask_trust(asked.registry.into(), PERSON);
    let (_, input) = parts(question);
    asked.behave(Mode::Reenters {
        target: asked.asker,
        input,
    });
    assert_eq!(asked.ask(asked.registry), NO_ANSWER);
}
