//! Replacing the code: announced, after its notice, with its migration in one step.

use crate::world::*;
use allive_access::{
    AnnouncedUpgrade, Migration, Ownable, UpgradeChanged, UpgradeError, Upgradeable, Upgraded,
    Upgrades,
};
use allive_calls::{at, shape, Chain, Failure, Typed};
use allive_simulator::START;
use ink::primitives::Hash;
use nexus_next::{MigrationError, NexusNext};
use olife_nexus::*;
use serde_json::Value;

/// Of what is announced at `START`.
const READY: u64 = START + NOTICE;
const LAPSES: u64 = START + 2 * NOTICE;

const MIGRATE: Migration = ink::selector_bytes!("migrate");

/// A Nexus with a grant that is partly used, and one of which all was refunded; and the hash of the
/// next version, which lies on the chain.
fn busy() -> (World, Hash) {
    let (mut world, grant) = bought(3);
    world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    let revoked = open(&mut world, PATIENT, terms());
    world.done(GRANTEE, world.contract().buy(revoked, 1, ANY_PRICE));
    world.done(PATIENT, world.contract().revoke(revoked));
    let next = world.chain.upload(STRANGER, &code("nexus_next").wasm);
    (world, next)
}

/// The same, and the next version is announced and ready.
fn ready(migration: Option<Migration>) -> (World, Hash) {
    let (mut world, next) = busy();
    world.done(ADMIN, world.contract().announce_upgrade(next, migration));
    world.at(READY);
    (world, next)
}

/// Which code runs, and whether the next version answers.
fn runs(world: &mut World) -> (Hash, bool) {
    let version = at::<NexusNext>(world.nexus).version();
    let answer = world.chain.ask(STRANGER, version).value;
    assert!(matches!(answer, Ok(2) | Err(Failure::NotUnderstood)));
    (world.chain.code_hash(world.nexus), answer.is_ok())
}

#[test]
fn the_owner_announces_an_upgrade_and_takes_it_back_in_sight_of_everybody() {
    let mut world = World::new();
    let (code_hash, migration) = ([1; 32].into(), Some(MIGRATE));
    let announced = Some(AnnouncedUpgrade {
        code_hash,
        migration,
        ready: READY,
        lapses: LAPSES,
    });
    let answer = world.send(
        ADMIN,
        world.contract().announce_upgrade(code_hash, migration),
    );
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 1));
    assert_eq!(answer.events.len(), 1);
    let event = UpgradeChanged { announced };
    assert_eq!(world.events(&answer), [(event, vec![])]);
    assert_eq!((answer.deposit.items, answer.deposit.bytes), (0, 53));
    assert_eq!(world.get(world.contract().announced_upgrade()), announced);

    let answer = world.send(ADMIN, world.contract().cancel_upgrade());
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 1));
    let event = UpgradeChanged { announced: None };
    assert_eq!(world.events(&answer), [(event, vec![])]);
    assert_eq!(answer.deposit.bytes, -53);
    assert_eq!(world.get(world.contract().announced_upgrade()), None);
    let again = world.refused(ADMIN, world.contract().cancel_upgrade());
    assert_eq!(again, UpgradeError::NotAnnounced);
}

#[test]
fn nobody_but_the_owner_announces_cancels_or_upgrades() {
    let (mut world, next) = busy();
    world.done(ADMIN, world.contract().announce_upgrade(next, None));
    let refused = UpgradeError::CallerIsNotOwner;
    for moment in [START, READY, LAPSES] {
        world.at(moment);
        for other in [PATIENT, GRANTEE, STRANGER] {
            assert_eq!(
                world.refused(other, world.contract().announce_upgrade(next, None)),
                refused
            );
            assert_eq!(
                world.refused(other, world.contract().cancel_upgrade()),
                refused
            );
            assert_eq!(
                world.refused(other, world.contract().set_code_hash(next)),
                refused
            );
        }
    }
}

#[test]
fn an_upgrade_comes_from_the_end_of_its_notice_until_it_lapses() {
    for (moment, right) in [
        (START, Err(UpgradeError::TooEarly)),
        (READY - 1, Err(UpgradeError::TooEarly)),
        (READY, Ok(())),
        (LAPSES - 1, Ok(())),
        (LAPSES, Err(UpgradeError::Lapsed)),
        (LAPSES + Upgrades::LONGEST_NOTICE, Err(UpgradeError::Lapsed)),
    ] {
        let (mut world, next) = busy();
        let old = runs(&mut world);
        world.done(ADMIN, world.contract().announce_upgrade(next, None));
        world.at(moment);
        assert_eq!(
            world.answer(ADMIN, world.contract().set_code_hash(next)),
            right,
            "at {moment}"
        );
        let right = if right.is_ok() { (next, true) } else { old };
        assert_eq!(runs(&mut world), right, "at {moment}");
    }
}

#[test]
fn only_the_announced_code_comes() {
    let (mut world, next) = busy();
    let refused = UpgradeError::NotAnnounced;
    assert_eq!(
        world.refused(ADMIN, world.contract().set_code_hash(next)),
        refused
    );
    let own = world.chain.code_hash(world.nexus);
    world.done(ADMIN, world.contract().announce_upgrade(own, None));
    world.at(READY);
    assert_eq!(
        world.refused(ADMIN, world.contract().set_code_hash(next)),
        refused
    );
    world.done(ADMIN, world.contract().set_code_hash(own));
    assert_eq!(
        world.refused(ADMIN, world.contract().set_code_hash(own)),
        refused,
        "used up"
    );
    assert_eq!(world.get(world.contract().announced_upgrade()), None);
}

#[test]
fn announcing_again_replaces_the_announcement_and_begins_the_notice_anew() {
    let (mut world, next) = busy();
    let own = world.chain.code_hash(world.nexus);
    world.done(ADMIN, world.contract().announce_upgrade(own, None));
    world.at(READY - 1);
    world.done(ADMIN, world.contract().announce_upgrade(next, None));
    world.at(READY);
    let refused = world.refused(ADMIN, world.contract().set_code_hash(own));
    assert_eq!(refused, UpgradeError::NotAnnounced);
    let refused = world.refused(ADMIN, world.contract().set_code_hash(next));
    assert_eq!(refused, UpgradeError::TooEarly);
    // Also the same code, of which only the migration changes.
    world.done(
        ADMIN,
        world.contract().announce_upgrade(next, Some(MIGRATE)),
    );
    world.at(READY + NOTICE - 1);
    let refused = world.refused(ADMIN, world.contract().set_code_hash(next));
    assert_eq!(refused, UpgradeError::TooEarly);
    world.at(READY + NOTICE);
    world.longest /= 2;
    world.done(ADMIN, world.contract().set_code_hash(next));
    assert_eq!(runs(&mut world), (next, true));
}

#[test]
fn an_announcement_that_was_cancelled_does_not_come() {
    let (mut world, next) = ready(None);
    world.done(ADMIN, world.contract().cancel_upgrade());
    let refused = world.refused(ADMIN, world.contract().set_code_hash(next));
    assert_eq!(refused, UpgradeError::NotAnnounced);
}

#[test]
fn an_announcement_that_lapsed_can_be_seen_and_taken_back_and_made_anew() {
    let (mut world, next) = busy();
    world.done(ADMIN, world.contract().announce_upgrade(next, None));
    world.at(LAPSES);
    assert_eq!(
        world
            .get(world.contract().announced_upgrade())
            .unwrap()
            .lapses,
        LAPSES
    );
    world.done(ADMIN, world.contract().cancel_upgrade());
    world.done(ADMIN, world.contract().announce_upgrade(next, None));
    world.at(LAPSES + NOTICE);
    world.done(ADMIN, world.contract().set_code_hash(next));
}

/// The chain runs the new code in the call that the old code makes to its own contract: only the
/// new one has a migration. What that stored is there afterwards, in its new cell and in the root,
/// which the old code holds in memory, as it was, until it ends.
#[test]
fn the_new_code_takes_over_the_whole_state_and_migrates_it_in_the_same_step() {
    let (mut world, next) = ready(Some(MIGRATE));
    let (stored, held) = (stored_state(&mut world), world.holds(world.nexus));
    let records: Vec<_> = (0..3).map(|record| record_of(&mut world, record)).collect();
    let grants: Vec<_> = (0..3).map(|grant| grant_of(&mut world, grant)).collect();
    let credits = ACTORS.map(|actor| world.get(world.contract().credit_of(actor)));
    assert_eq!((stored.owed, held, credits), (40, 40, [0, 10, 10, 0]));

    world.longest = LONGEST / 2;
    let answer = world.send(ADMIN, world.contract().set_code_hash(next));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 2));
    assert_eq!(answer.events.len(), 1);
    let event = Upgraded { code_hash: next };
    assert_eq!(world.events(&answer), [(event, vec![])]);
    assert_eq!(runs(&mut world), (next, true));

    let nexus = world.nexus;
    let ask = || at::<NexusNext>(nexus);
    assert_eq!(
        world.get(ask().found()),
        Some(2),
        "what the migration found"
    );
    let root = (world.alv, world.identities, LONGEST / 2, 2, 2);
    assert_eq!(world.get(ask().root()), root, "which the migration changed");
    for (number, (record, grant)) in (0..).zip(records.into_iter().zip(grants)) {
        assert_eq!(world.get(ask().record(number)), record);
        assert_eq!(world.get(ask().grant(number)), grant);
    }
    let carried = ACTORS.map(|actor| world.get(ask().credit_of(actor)));
    assert_eq!(carried, credits);
    assert_eq!(world.get(ask().owed()), 40);
    assert_eq!(world.holds(world.nexus), held);
    let mut governance = stored.governance.unwrap();
    governance.upgrades.announced = None;
    assert_eq!(world.get(ask().governance()), Some(governance));
    let old = at::<OlifeNexus>(nexus).use_record(0, REQUEST);
    let answer = world.chain.send(GRANTEE, old).value;
    assert_eq!(
        answer,
        Err(Failure::NotUnderstood),
        "a message of the old code"
    );
}

#[test]
fn without_a_migration_nothing_changes_but_the_code() {
    let (mut world, next) = ready(None);
    let mut stored = stored_state(&mut world);
    let answer = world.send(ADMIN, world.contract().set_code_hash(next));
    assert_eq!((&answer.value, answer.frames), (&Ok(Ok(())), 1));
    assert_eq!(runs(&mut world), (next, true));
    stored.governance.as_mut().unwrap().upgrades.announced = None;
    assert_eq!(stored_state(&mut world), stored);
    assert_eq!(world.get(at::<NexusNext>(world.nexus).found()), None);
}

/// `World::act` holds cells and code against what they were.
#[test]
fn a_migration_that_fails_changes_nothing_not_even_the_code() {
    let unsuitable = [
        ("it returns an error", ink::selector_bytes!("fail")),
        (
            "it says no more than that",
            ink::selector_bytes!("fail_silently"),
        ),
        ("it traps", ink::selector_bytes!("trap")),
        ("it answers something else", ink::selector_bytes!("version")),
        ("it wants arguments", ink::selector_bytes!("record")),
        (
            "it is of the old code",
            ink::selector_bytes!("Upgradeable::cancel_upgrade"),
        ),
        ("there is none", [0; 4]),
    ];
    for (why, migration) in unsuitable {
        let (mut world, next) = ready(Some(migration));
        let (before, announced) = (
            runs(&mut world),
            world.get(world.contract().announced_upgrade()),
        );
        let refused = world.refused(ADMIN, world.contract().set_code_hash(next));
        assert_eq!(refused, UpgradeError::MigrationFailed, "{why}");
        assert_eq!(runs(&mut world), before, "{why}");
        assert_eq!(
            world.get(world.contract().announced_upgrade()),
            announced,
            "{why}"
        );
        assert_eq!(
            world.done(GRANTEE, world.contract().use_record(0, REQUEST)),
            1,
            "{why}"
        );
        // It can be tried again until it lapses, or be replaced.
        world.done(
            ADMIN,
            world.contract().announce_upgrade(next, Some(MIGRATE)),
        );
        world.at(READY + NOTICE);
        world.longest /= 2;
        assert_eq!(
            world.answer(ADMIN, world.contract().set_code_hash(next)),
            Ok(()),
            "{why}"
        );
    }
}

#[test]
fn nobody_but_the_contract_itself_migrates_and_only_once() {
    let (mut world, next) = ready(None);
    world.done(ADMIN, world.contract().set_code_hash(next));
    for anybody in ACTORS {
        let refused = world.refused(anybody, at::<NexusNext>(world.nexus).migrate());
        assert_eq!(refused, MigrationError::NotByItself);
    }

    let (mut world, next) = ready(Some(MIGRATE));
    let nexus = world.nexus;
    world.chain.write_cell(nexus, b"TXEN", &0_u64.to_le_bytes());
    let refused = world.refused(ADMIN, world.contract().set_code_hash(next));
    assert_eq!(refused, UpgradeError::MigrationFailed);
}

/// What the contract stores of the upgrade is stored before the migration, and not again after.
#[test]
fn what_a_migration_stores_about_the_owner_stays() {
    let mut world = World::new();
    let nexus = world.nexus;
    let own = world.chain.code_hash(nexus);
    let offer = at::<OlifeNexus>(nexus).transfer_ownership(Some(nexus.into()));
    world.done(ADMIN, offer);
    let accept = ink::selector_bytes!("Ownable::accept_ownership");
    world.done(ADMIN, world.contract().announce_upgrade(own, Some(accept)));
    world.at(READY);
    world.done(ADMIN, world.contract().set_code_hash(own));
    let owner = world.get(at::<OlifeNexus>(nexus).owner());
    assert_eq!(owner.map(|account| *account), Some(nexus));
    assert_eq!(world.get(world.contract().announced_upgrade()), None);
}

#[test]
fn code_that_is_not_on_the_chain_does_not_come() {
    let (mut world, next) = busy();
    let absent = Hash::from([1; 32]);
    world.done(
        ADMIN,
        world.contract().announce_upgrade(absent, Some(MIGRATE)),
    );
    world.at(READY);
    let before = runs(&mut world);
    let refused = world.refused(ADMIN, world.contract().set_code_hash(absent));
    assert_eq!(refused, UpgradeError::UnknownCode);
    assert_eq!(runs(&mut world), before);
    assert_ne!(before.0, next);
}

#[test]
fn code_may_be_uploaded_after_it_was_announced() {
    let (_, next) = busy();
    let mut world = World::new();
    world.done(ADMIN, world.contract().announce_upgrade(next, None));
    world.at(READY);
    let refused = world.refused(ADMIN, world.contract().set_code_hash(next));
    assert_eq!(refused, UpgradeError::UnknownCode);
    world.chain.upload(STRANGER, &code("nexus_next").wasm);
    world.done(ADMIN, world.contract().set_code_hash(next));
}

/// The longest exit is one transaction, or two: settle or revoke, then withdraw.
#[test]
fn everybody_can_leave_with_all_their_money_between_announcement_and_upgrade() {
    for moment in [START, READY - 1, READY, LAPSES - 1] {
        let (mut world, next) = busy();
        world.done(ADMIN, world.contract().announce_upgrade(next, None));
        world.at(moment);
        assert_eq!(
            world.answer(GRANTEE, world.contract().settle(0)),
            Ok(()),
            "at {moment}"
        );
        for actor in [PATIENT, GRANTEE] {
            let paid = world.send(actor, world.contract().withdraw(actor.into()));
            assert!(matches!(paid.value, Ok(Ok(_))), "{actor:?} at {moment}");
        }
        assert_eq!(stored_state(&mut world).owed, 0);
        assert_eq!(world.holds(world.nexus), 0);
    }
}

#[test]
fn the_grantees_way_out_closes_when_the_upgrade_has_come() {
    let (mut world, _) = busy();
    let own = world.chain.code_hash(world.nexus);
    world.done(ADMIN, world.contract().announce_upgrade(own, None));
    world.at(READY);
    world.done(ADMIN, world.contract().set_code_hash(own));
    let refused = world.refused(GRANTEE, world.contract().settle(0));
    assert_eq!(refused, NexusError::NotExpired);
    assert_eq!(
        world.done(GRANTEE, world.contract().use_record(0, REQUEST)),
        1
    );
}

/// The rule for whoever writes a next version: cells keep key and type, the root its fields in
/// order; what is new has a cell of its own.
#[test]
fn the_next_version_keeps_every_cell_and_adds_one_of_its_own() {
    let [old, new] = ["olife_nexus", "nexus_next"].map(|name| {
        let shape = shape::of(&code(name).metadata);
        shape["storage"].as_object().unwrap().clone()
    });
    for (field, cell) in &old {
        assert_eq!(new.get(field), Some(cell), "{field}");
    }
    let added: Vec<_> = new
        .keys()
        .filter(|field| !old.contains_key(*field))
        .collect();
    assert_eq!(added, ["found"]);
    let root = |name| {
        let metadata: Value = serde_json::from_str(&code(name).metadata).unwrap();
        let fields = &metadata["storage"]["root"]["layout"]["struct"]["fields"];
        let names = fields
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["name"].clone());
        names.collect::<Vec<_>>()
    };
    let (old, new) = (root("olife_nexus"), root("nexus_next"));
    assert_eq!(new[..old.len()], old, "in this order");
}

#[test]
fn tools_find_the_message_under_the_name_and_selector_that_they_know() {
    let shape = shape::of(&code("olife_nexus").metadata);
    let message = shape["messages"]["Upgradeable::set_code_hash"]
        .as_str()
        .unwrap();
    let selector = ink::selector_bytes!("Upgradeable::set_code_hash");
    let selector = hex::encode(selector);
    assert!(message.starts_with(&format!("0x{selector} mutates (new_code_hash: ")));
}
