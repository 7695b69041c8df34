//! The constructor.

use crate::world::*;
use allive_access::{AccessError, Ownable, Ownership, Pausable, PauseTerms};
use allive_calls::at;
use allive_olife_id_interface::OlifeIdClient;
use allive_simulator::GENESIS;
use derived_factory::*;
use ink::primitives::AccountId;

const ALV: AccountId = account(0xa1);
/// Was never uploaded: the constructor does not ask for it.
const TOKEN_CODE: [u8; 32] = [0xc0; 32];

fn new(rules: Rules, durations: Durations, pause: PauseTerms) -> Result<Created, FactoryError> {
    chartered(Charter {
        rules,
        durations,
        pause,
        ..charter()
    })
}

fn chartered(charter: Charter) -> Result<Created, FactoryError> {
    let mut world = World::begin(&[]);
    let new = DerivedFactoryRef::new(ALV, TOKEN_CODE.into(), charter.into());
    let created = world.create(ADMIN, "derived_factory", new)?;
    assert_eq!(created.events, []);
    Ok((world, created.address))
}

type Created = (World, AccountId);

#[test]
fn begins_empty_with_what_was_fixed_and_its_deployer_as_owner() {
    let (mut world, factory) = new(RULES, DURATIONS, PAUSE_TERMS).unwrap();
    let factory = || at::<DerivedFactory>(factory);
    let governance = Governance {
        ownership: Ownership::new(ADMIN.account().into()),
        rules: RULES,
        next_rules: None,
        durations: DURATIONS,
        pause: PAUSE_TERMS,
        token_code: TOKEN_CODE.into(),
        remainder_to: REMAINDER.into(),
        chain: GENESIS,
        identities: OlifeIdClient::at(NO_IDENTITIES.into()),
    };
    assert_eq!(world.get(factory().terms()).into_inner(), governance);
    assert_eq!(world.get(factory().alv()), ALV);
    assert_eq!(world.get(factory().identities()), NO_IDENTITIES);
    assert_eq!(world.get(factory().owner()), Some(ADMIN.account().into()));
    assert_eq!(world.get(factory().pending_owner()), None);
    assert!(!world.get(factory().paused()));
    assert_eq!(world.get(factory().paused_until()), 0);
    assert_eq!(world.get(factory().dapp_count()), 0);
    assert_eq!(world.get(factory().dapp(0)), None);
    assert_eq!(world.get(factory().phase(0)), None);
    assert_eq!(world.get(factory().dapp_of(ALV.into())), None);
    assert_eq!(world.get(factory().credit_of(ADMIN.account().into())), 0);
    let used = factory().used_nonces(ADMIN.account().into(), 0);
    assert_eq!(world.get(used), 0);
}

#[test]
fn the_remainder_account_is_not_nobody() {
    let refused = chartered(Charter {
        remainder_to: NOBODY.into(),
        ..charter()
    });
    assert_eq!(refused.err(), Some(FactoryError::BadRemainder));
}

#[test]
fn rules_are_within_their_bounds_each_by_itself() {
    let with = |rules| new(rules, DURATIONS, PAUSE_TERMS).map(|_| ());
    let refused = Err(FactoryError::UnsoundRules);
    for (min_cover, sound) in [
        (0, false),
        (1_999, false),
        (2_000, true),
        (10_000, true),
        (10_001, false),
        (u16::MAX, false),
    ] {
        let right = if sound { Ok(()) } else { refused.clone() };
        assert_eq!(with(Rules { min_cover, ..RULES }), right, "{min_cover}");
    }
    for (stake_share, sound) in [
        (0, false),
        (499, false),
        (500, true),
        (10_000, true),
        (10_001, false),
    ] {
        let rules = Rules {
            stake_share,
            ..RULES
        };
        let right = if sound { Ok(()) } else { refused.clone() };
        assert_eq!(with(rules), right, "{stake_share}");
    }
    let most = 1_000_000 * 100_000_000;
    for (min_stake, sound) in [(0, false), (1, true), (most, true), (most + 1, false)] {
        let right = if sound { Ok(()) } else { refused.clone() };
        assert_eq!(with(Rules { min_stake, ..RULES }), right, "{min_stake}");
    }
}

#[test]
fn durations_are_within_their_bounds_each_by_itself() {
    let with = |durations| new(RULES, durations, PAUSE_TERMS).map(|_| ());
    let refused = Err(FactoryError::UnsoundDurations);
    let long = Durations {
        unbonding: Durations::LONGEST,
        ..DURATIONS
    };
    assert_eq!(with(long), Ok(()));
    for (durations, sound) in [
        (Durations { silence: 0, ..long }, false),
        (Durations { silence: 1, ..long }, true),
        (Durations { answer: 0, ..long }, false),
        (Durations { answer: 1, ..long }, true),
        (Durations { notice: 0, ..long }, false),
        (Durations { notice: 1, ..long }, true),
        (
            Durations {
                notice: Durations::LONGEST,
                ..long
            },
            true,
        ),
        (
            Durations {
                notice: Durations::LONGEST + 1,
                ..long
            },
            false,
        ),
        (Durations { claims: 0, ..long }, false),
        (Durations { claims: 1, ..long }, true),
        (
            Durations {
                claims: Durations::LONGEST,
                ..long
            },
            true,
        ),
        (
            Durations {
                claims: Durations::LONGEST + 1,
                ..long
            },
            false,
        ),
        (
            Durations {
                claims: u64::MAX,
                ..long
            },
            false,
        ),
        (
            Durations {
                unbonding: 0,
                ..long
            },
            false,
        ),
        (
            Durations {
                unbonding: Durations::LONGEST + 1,
                ..long
            },
            false,
        ),
        (
            Durations {
                silence: u64::MAX,
                ..long
            },
            false,
        ),
        (
            Durations {
                answer: u64::MAX,
                ..long
            },
            false,
        ),
    ] {
        let right = if sound { Ok(()) } else { refused.clone() };
        assert_eq!(with(durations), right, "{durations:?}");
    }
}

#[test]
fn unbonding_is_longer_than_a_silence_and_a_whole_accusation() {
    let with = |durations| new(RULES, durations, PAUSE_TERMS).map(|_| ());
    let window = SILENCE + 2 * ANSWER;
    for (unbonding, right) in [
        (window + 1, Ok(())),
        (window, Err(FactoryError::UnsoundDurations)),
        (SILENCE + 1, Err(FactoryError::UnsoundDurations)),
    ] {
        let durations = Durations {
            unbonding,
            ..DURATIONS
        };
        assert_eq!(with(durations), right, "{unbonding}");
    }
}

#[test]
fn a_pause_ends_and_leaves_as_much_time_without_one() {
    let unsound = Err(FactoryError::Access(AccessError::UnsoundPauseTerms));
    for (duration, cooldown, sound) in [
        (0, 0, false),
        (1, 0, false),
        (1, 1, true),
        (PauseTerms::LONGEST, PauseTerms::LONGEST, true),
        (PauseTerms::LONGEST + 1, u64::MAX, false),
    ] {
        let terms = PauseTerms { duration, cooldown };
        let right = if sound { Ok(()) } else { unsound.clone() };
        assert_eq!(new(RULES, DURATIONS, terms).map(|_| ()), right);
    }
}

#[test]
fn of_several_reasons_to_refuse_the_first_is_given() {
    let rules = Rules {
        min_stake: 0,
        ..RULES
    };
    let durations = Durations {
        notice: 0,
        ..DURATIONS
    };
    let pause = PauseTerms::default();
    let why = |rules, durations| new(rules, durations, pause).map(|_| ()).unwrap_err();
    assert_eq!(why(rules, durations), FactoryError::UnsoundRules);
    assert_eq!(why(RULES, durations), FactoryError::UnsoundDurations);
    let unsound = AccessError::UnsoundPauseTerms.into();
    assert_eq!(why(RULES, DURATIONS), unsound);
}
