//! The council as owner of the suite's contracts.

use crate::world::*;
use allive_access::{
    AccessControl, AccessError, Migration, Ownable, Pausable, PauseTerms, UpgradeError, Upgradeable,
};
use allive_calls::{at, Chain, Typed};
use allive_olife_id_interface::OlifeIdClient;
use allive_support::code;
use alv::{Alv, AlvRef};
use council::*;
use derived_factory::{Charter, DerivedFactory, DerivedFactoryRef, Durations, Rules};
use ink::primitives::AccountId;
use nexus_next::NexusNext;
use olife_nexus::{OlifeNexus, OlifeNexusRef};

const PAUSE: PauseTerms = PauseTerms {
    duration: 30,
    cooldown: 30,
};
const PAUSER: u32 = ink::selector_id!("PAUSER");
/// Of the Nexus. An upgrade can come for as long, and the council's delay must pass in it.
const NOTICE: u64 = 150;
const MIGRATE: Migration = ink::selector_bytes!("migrate");

struct Suite {
    world: World,
    alv: AccountId,
    nexus: AccountId,
    factory: AccountId,
}

/// Three contracts whose owner offers them to the council, which accepts all in one batch.
fn handed_over() -> Suite {
    let mut world = World::new();
    let owner = MEMBERS[0];
    let new = AlvRef::new(1_000, 1_000, PAUSE, GENESIS);
    let alv = world.create(owner, "alv", new).unwrap().address;
    let new = OlifeNexusRef::new(alv, account(0x1d).into(), 10_000, NOTICE, GENESIS);
    let nexus = world.create(owner, "olife_nexus", new).unwrap().address;
    let token_code = world.chain.upload(owner, &code("derived_token").wasm);
    let rules = Rules {
        min_cover: 5_000,
        stake_share: 1_000,
        min_stake: 100,
    };
    let durations = Durations {
        silence: 10_000,
        answer: 2_000,
        unbonding: 14_001,
        notice: 500,
        claims: 1_000_000,
    };
    let place = account(0x88).into();
    let new = DerivedFactoryRef::new(
        alv,
        token_code,
        Charter {
            remainder_to: place,
            rules,
            durations,
            pause: PAUSE,
            chain: GENESIS,
            // Nobody lost a key.
            identities: OlifeIdClient::at(account(0x88).into()),
        }
        .into(),
    );
    let factory = world.create(owner, "derived_factory", new);
    let factory = factory.unwrap().address;
    let council = Some(world.council.into());
    world.done(owner, at::<Alv>(alv).transfer_ownership(council.clone()));
    world.done(
        owner,
        at::<OlifeNexus>(nexus).transfer_ownership(council.clone()),
    );
    world.done(
        owner,
        at::<DerivedFactory>(factory).transfer_ownership(council),
    );
    let accepted = carry(
        &mut world,
        calls([
            call(at::<Alv>(alv).accept_ownership()),
            call(at::<OlifeNexus>(nexus).accept_ownership()),
            call(at::<DerivedFactory>(factory).accept_ownership()),
        ]),
    );
    assert_eq!(accepted.value, Ok(Ok(())));
    Suite {
        world,
        alv,
        nexus,
        factory,
    }
}

#[test]
fn the_council_accepts_ownership_of_token_nexus_and_factory_in_one_batch() {
    let mut suite = handed_over();
    let owners = [
        suite.world.get(at::<Alv>(suite.alv).owner()),
        suite.world.get(at::<OlifeNexus>(suite.nexus).owner()),
        suite.world.get(at::<DerivedFactory>(suite.factory).owner()),
    ];
    let council = Some(suite.world.council.into());
    assert_eq!(owners, [council.clone(), council.clone(), council]);
    // The first owner has nothing left to say.
    let grant = at::<Alv>(suite.alv).grant_role(PAUSER, MEMBERS[0].into());
    let refused = suite.world.refused(MEMBERS[0], grant);
    assert_eq!(refused, AccessError::CallerIsNotOwner);
}

#[test]
fn the_council_upgrades_the_nexus_announced_and_migrated_through_proposals() {
    let Suite {
        mut world, nexus, ..
    } = handed_over();
    let next = world.chain.upload(STRANGER, &code("nexus_next").wasm);
    let announce = at::<OlifeNexus>(nexus).announce_upgrade(next, Some(MIGRATE));
    let answer = carry(&mut world, calls([call(announce)]));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 2));
    let announced = world.get(at::<OlifeNexus>(nexus).announced_upgrade());
    let announced = announced.unwrap();

    // The members agree while the notice runs, and anyone carries it out when both are over.
    let upgrade = call(at::<OlifeNexus>(nexus).set_code_hash(next));
    let proposal = world.done(MEMBERS[2], world.propose(calls([upgrade])));
    approve_by(&mut world, proposal, 0..2);
    world.at(announced.ready - 1);
    assert_eq!(phase(&mut world, proposal), Phase::Executable);
    let failure = Failure::Refused;
    let early = CouncilError::CallFailed { index: 0, failure };
    assert_eq!(
        world.refused(STRANGER, world.contract().execute(proposal)),
        early
    );
    world.at(announced.ready);
    let answer = world.send(STRANGER, world.contract().execute(proposal));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 3));
    assert_eq!(world.chain.code_hash(nexus), next);
    let found = world.get(at::<NexusNext>(nexus).found());
    assert_eq!(found, Some(0), "it was migrated in the same step");
    // Nobody else could.
    let refused = UpgradeError::CallerIsNotOwner;
    let (mut other, next) = (handed_over(), next);
    let announce = at::<OlifeNexus>(other.nexus).announce_upgrade(next, None);
    assert_eq!(
        other.world.chain.send(MEMBERS[0], announce).value,
        Ok(Err(refused))
    );
}

#[test]
fn the_council_pauses_the_token_as_its_pauser_and_the_factory_as_its_owner() {
    let Suite {
        mut world,
        alv,
        factory,
        ..
    } = handed_over();
    // An owner of ALV is no pauser yet.
    world.done(MEMBERS[0], world.pause(alv));
    let failure = Failure::Refused;
    let refused = world.refused(MEMBERS[1], world.pause(alv));
    assert_eq!(refused, CouncilError::CallFailed { index: 0, failure });
    let grant = at::<Alv>(alv).grant_role(PAUSER, world.council.into());
    carry_out(&mut world, calls([call(grant)]));
    for contract in [alv, factory] {
        for (member, enough) in [(0, false), (1, true)] {
            let answer = world.send(MEMBERS[member], world.pause(contract));
            assert_eq!(answer.value, Ok(Ok(enough)));
        }
    }
    let now = world.now();
    assert!(world.get(at::<Alv>(alv).paused()));
    assert!(world.get(at::<DerivedFactory>(factory).paused()));
    world.at(now + PAUSE.duration);
    assert!(!world.get(at::<Alv>(alv).paused()));
    assert!(!world.get(at::<DerivedFactory>(factory).paused()));
}

#[test]
fn ending_a_pause_is_no_emergency_but_can_be_made_routine() {
    let Suite {
        mut world, factory, ..
    } = handed_over();
    let unpause = call(at::<DerivedFactory>(factory).unpause());
    let list = Action::List {
        target: unpause.target.clone(),
        selector: unpause.selector,
        routine: true,
    };
    carry_out(&mut world, list);
    for member in [0, 1] {
        let answer = world.send(MEMBERS[member], world.pause(factory));
        assert!(matches!(answer.value, Ok(Ok(_))));
    }
    let proposal = world.done(MEMBERS[0], world.propose(calls([unpause])));
    approve_by(&mut world, proposal, 1..2);
    world.done(STRANGER, world.contract().execute(proposal));
    assert!(!world.get(at::<DerivedFactory>(factory).paused()));
}
