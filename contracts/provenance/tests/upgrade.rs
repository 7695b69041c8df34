//! Replacing the code: announced, after its notice, with its migration in one step.

use crate::world::*;
use ::provenance_next::{MigrationError, ProvenanceNext};
use allive_access::{
    AnnouncedUpgrade, Migration, Ownable, UpgradeChanged, UpgradeError, Upgradeable, Upgraded,
    Upgrades,
};
use allive_calls::{at, shape, Chain, Failure, Typed};
use allive_olife_id_interface::Topic;
use allive_support::code;
use ink::primitives::Hash;
use provenance::*;

/// Of what is announced at `START`.
const READY: u64 = START + NOTICE;
const LAPSES: u64 = START + 2 * NOTICE;

const MIGRATE: Migration = ink::selector_bytes!("migrate");

/// A pharmacy has dispensed a pack, whose copied label raised an alarm; the maker is on the way to
/// lower a recall. And the hash of the next version, which lies on the chain.
fn busy() -> (World, RunId, Hash) {
    let (mut world, run) = delivered();
    let dispense = |role, number| Action::Dispense {
        claim: claim(2, 0).into(),
        role,
        site: site(number),
        prescription: None,
    };
    act(&mut world, PHARMACY, dispense(Topic::PHARMACY, 5));
    attest(&mut world, RIVAL, Topic::HOSPITAL.bit());
    act(&mut world, RIVAL, dispense(Topic::HOSPITAL, 6));
    let target = Target::Lot(run.lot);
    let (alert, capacity, reason) = (Alert::RecallOne, Capacity::Maker, REASON);
    act(&mut world, MAKER, raise(target.clone(), alert, capacity));
    let propose = Action::ProposeLowering {
        target,
        alert,
        capacity,
        reason,
    };
    act(&mut world, MAKER, propose);
    let next = world.chain.upload(STRANGER, &code("provenance_next").wasm);
    (world, run, next)
}

/// The same, and the next version is announced and ready.
fn ready(migration: Option<Migration>) -> (World, RunId, Hash) {
    let (mut world, run, next) = busy();
    let announce = world.contract().announce_upgrade(next, migration);
    world.done(ADMIN, announce);
    world.at(READY);
    (world, run, next)
}

/// Which code runs, and whether the next version answers.
fn runs(world: &mut World) -> (Hash, bool) {
    let version = at::<ProvenanceNext>(world.provenance).version();
    let answer = world.chain.ask(STRANGER, version).value;
    assert!(matches!(answer, Ok(2) | Err(Failure::NotUnderstood)));
    (world.chain.code_hash(world.provenance), answer.is_ok())
}

/// All cells but the one of owner and announcement.
fn cells(world: &mut World) -> Vec<(Vec<u8>, Vec<u8>)> {
    let governance = u32::from_be_bytes(*b"GOVN").to_le_bytes();
    let cells = world.chain.cells(world.provenance).into_iter();
    cells
        .filter(|(key, _)| !key[16..].starts_with(&governance))
        .collect()
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
    let announce = world.contract().announce_upgrade(code_hash, migration);
    let receipt = world.receipt(ADMIN, announce);
    let event = UpgradeChanged { announced };
    assert_eq!(world.events(&receipt), [(event, vec![])]);
    assert_eq!(world.get(world.contract().announced_upgrade()), announced);

    let receipt = world.receipt(ADMIN, world.contract().cancel_upgrade());
    let event = UpgradeChanged { announced: None };
    assert_eq!(world.events(&receipt), [(event, vec![])]);
    assert_eq!(world.get(world.contract().announced_upgrade()), None);
    let again = world.refused(ADMIN, world.contract().cancel_upgrade());
    assert_eq!(again, UpgradeError::NotAnnounced);
}

#[test]
fn nobody_but_the_owner_announces_cancels_or_upgrades() {
    let (mut world, _, next) = busy();
    world.done(ADMIN, world.contract().announce_upgrade(next, None));
    let refused = UpgradeError::CallerIsNotOwner;
    for moment in [START, READY, LAPSES] {
        world.at(moment);
        for other in [MAKER, AUTHORITY, STRANGER] {
            let announce = world.contract().announce_upgrade(next, None);
            assert_eq!(world.refused(other, announce), refused);
            let cancel = world.contract().cancel_upgrade();
            assert_eq!(world.refused(other, cancel), refused);
            let replace = world.contract().set_code_hash(next);
            assert_eq!(world.refused(other, replace), refused);
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
        let (mut world, _, next) = busy();
        let old = runs(&mut world);
        world.done(ADMIN, world.contract().announce_upgrade(next, None));
        world.at(moment);
        let replace = world.contract().set_code_hash(next);
        assert_eq!(world.answer(ADMIN, replace), right, "at {moment}");
        let right = if right.is_ok() { (next, true) } else { old };
        assert_eq!(runs(&mut world), right, "at {moment}");
    }
}

#[test]
fn only_the_announced_code_comes_and_once() {
    let (mut world, _, next) = busy();
    let refused = UpgradeError::NotAnnounced;
    let replace = |world: &World, code| world.contract().set_code_hash(code);
    assert_eq!(world.refused(ADMIN, replace(&world, next)), refused);
    let own = world.chain.code_hash(world.provenance);
    world.done(ADMIN, world.contract().announce_upgrade(own, None));
    world.at(READY);
    assert_eq!(world.refused(ADMIN, replace(&world, next)), refused);
    world.done(ADMIN, replace(&world, own));
    assert_eq!(world.refused(ADMIN, replace(&world, own)), refused);
    assert_eq!(world.get(world.contract().announced_upgrade()), None);
}

#[test]
fn announcing_again_replaces_the_announcement_and_begins_the_notice_anew() {
    let (mut world, _, next) = busy();
    let own = world.chain.code_hash(world.provenance);
    world.done(ADMIN, world.contract().announce_upgrade(own, None));
    world.at(READY - 1);
    world.done(ADMIN, world.contract().announce_upgrade(next, None));
    world.at(READY);
    let refused = world.refused(ADMIN, world.contract().set_code_hash(own));
    assert_eq!(refused, UpgradeError::NotAnnounced);
    let refused = world.refused(ADMIN, world.contract().set_code_hash(next));
    assert_eq!(refused, UpgradeError::TooEarly);
    world.at(READY - 1 + NOTICE);
    world.done(ADMIN, world.contract().set_code_hash(next));
}

/// The chain runs the new code in the call that the old code makes to its own contract: only the
/// new one has a migration. What that stored is there afterwards, in its new cell and in the root,
/// which the old code holds in memory, as it was, until it ends.
#[test]
fn the_new_code_takes_over_the_whole_state_and_migrates_it_in_the_same_step() {
    let (mut world, run, next) = ready(Some(MIGRATE));
    let (lot, unit) = (run.lot, UnitId::Run(run));
    let product = world.get(world.contract().product(gtin()));
    let kept = world.get(world.contract().lot(lot));
    let cell = world.get(world.contract().unit(unit));
    let word = world.get(world.contract().word(lot, 0));
    let alarm = world.get(world.contract().alarm(lot, 2));
    assert!(kept.as_ref().unwrap().alerts.lowering.is_some());
    assert!(alarm.is_some());

    let receipt = world.send(ADMIN, world.contract().set_code_hash(next));
    assert_eq!((&receipt.value, receipt.frames), (&Ok(Ok(())), 2));
    let event = Upgraded { code_hash: next };
    assert_eq!(world.events(&receipt), [(event, vec![])]);
    assert_eq!(runs(&mut world), (next, true));

    let provenance = world.provenance;
    let ask = || at::<ProvenanceNext>(provenance);
    assert_eq!(world.get(ask().found()), Some(UNDO), "what it found");
    let terms = Terms {
        undo: UNDO / 2,
        ..TERMS
    };
    let root = (world.identities, terms, GENESIS);
    assert_eq!(world.get(ask().root()), root, "which it changed");
    assert_eq!(world.get(ask().product(gtin())), product);
    assert_eq!(world.get(ask().lot(lot)), kept);
    assert_eq!(world.get(ask().unit(unit)), cell);
    assert_eq!(world.get(ask().word(lot, 0)), word);
    assert_eq!(world.get(ask().alarm(lot, 2)), alarm);
    let governance = world.get(ask().governance()).unwrap();
    assert_eq!(*governance.ownership.owner, ADMIN);
    assert_eq!(governance.upgrades.announced, None);
    let old = at::<Provenance>(provenance).prune(lot, 0);
    let answer = world.chain.send(STRANGER, old).value;
    assert_eq!(answer, Err(Failure::NotUnderstood), "a message of the old");
}

#[test]
fn without_a_migration_nothing_changes_but_the_code() {
    let (mut world, _, next) = ready(None);
    let before = cells(&mut world);
    let receipt = world.send(ADMIN, world.contract().set_code_hash(next));
    assert_eq!((&receipt.value, receipt.frames), (&Ok(Ok(())), 1));
    assert_eq!(runs(&mut world), (next, true));
    assert_eq!(cells(&mut world), before);
}

/// `World::refused` holds cells and code against what they were.
#[test]
fn a_migration_that_fails_changes_nothing_not_even_the_code() {
    for (why, migration) in [
        ("it returns an error", ink::selector_bytes!("fail")),
        ("it traps", ink::selector_bytes!("trap")),
        ("it answers something else", ink::selector_bytes!("version")),
        ("it wants arguments", ink::selector_bytes!("lot")),
        ("it is of the old code", ink::selector_bytes!("chain")),
        ("there is none", [0; 4]),
    ] {
        let (mut world, run, next) = ready(Some(migration));
        let before = runs(&mut world);
        let refused = world.refused(ADMIN, world.contract().set_code_hash(next));
        assert_eq!(refused, UpgradeError::MigrationFailed, "{why}");
        assert_eq!(runs(&mut world), before, "{why}");
        let unit = UnitId::Run(run);
        act(&mut world, PHARMACY, ship(unit, MAKER, READY + 1));
    }
}

#[test]
fn nobody_but_the_contract_itself_migrates() {
    let (mut world, _, next) = ready(None);
    world.done(ADMIN, world.contract().set_code_hash(next));
    for anybody in [ADMIN, MAKER, STRANGER] {
        let migrate = at::<ProvenanceNext>(world.provenance).migrate();
        assert_eq!(world.refused(anybody, migrate), MigrationError::NotByItself);
    }
}

/// What the contract stores of the upgrade is stored before the migration, and not again after.
#[test]
fn what_a_migration_stores_about_the_owner_stays() {
    let mut world = World::new();
    let provenance = world.provenance;
    let own = world.chain.code_hash(provenance);
    let offer = world.contract().transfer_ownership(Some(provenance.into()));
    world.done(ADMIN, offer);
    let accept = ink::selector_bytes!("Ownable::accept_ownership");
    world.done(ADMIN, world.contract().announce_upgrade(own, Some(accept)));
    world.at(READY);
    world.done(ADMIN, world.contract().set_code_hash(own));
    let owner = world.get(world.contract().owner());
    assert_eq!(owner.map(|account| *account), Some(provenance));
    assert_eq!(world.get(world.contract().announced_upgrade()), None);
}

#[test]
fn code_that_is_not_on_the_chain_does_not_come() {
    let (mut world, ..) = busy();
    let absent = Hash::from([1; 32]);
    world.done(ADMIN, world.contract().announce_upgrade(absent, None));
    world.at(READY);
    let before = runs(&mut world);
    let refused = world.refused(ADMIN, world.contract().set_code_hash(absent));
    assert_eq!(refused, UpgradeError::UnknownCode);
    assert_eq!(runs(&mut world), before);
}

#[test]
fn what_was_on_its_way_is_received_by_the_new_code() {
    let (mut world, run) = commissioned();
    let own = world.chain.code_hash(world.provenance);
    world.done(ADMIN, world.contract().announce_upgrade(own, None));
    let unit = UnitId::Run(run);
    act(&mut world, MAKER, ship(unit, PHARMACY, UNTIL));
    world.at(READY);
    world.done(ADMIN, world.contract().set_code_hash(own));
    act(&mut world, PHARMACY, receive(unit, PHARMACY));
    assert_eq!(custody(&mut world, unit).holder, id(PHARMACY));
}

/// The rule for whoever writes a next version: cells keep key and type; what is new has a cell of
/// its own.
#[test]
fn the_next_version_reads_cells_under_their_keys_and_adds_one_of_its_own() {
    let [old, new] = ["provenance", "provenance_next"].map(|name| {
        let shape = shape::of(&code(name).metadata);
        shape["storage"].as_object().unwrap().clone()
    });
    let added = new
        .iter()
        .filter(|(field, cell)| old.get(*field) != Some(cell));
    let added: Vec<_> = added.map(|(field, _)| field).collect();
    assert_eq!(added, ["found"]);
}
