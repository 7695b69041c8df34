//! Inheriting what is kept for a former key, by what a registry says that can be told anything.

use crate::world::*;
use ::false_id::{FalseId, Mode};
use allive_access::Upgradeable;
use allive_calls::{at, parts, Deposit, Receipt};
use allive_olife_id_interface::NotHeir;
use allive_simulator::START;
use ink::primitives::AccountId;
use olife_nexus::*;

/// Who follows a former key, as far as the registry is told.
const HEIR: AccountId = STRANGER;
/// When the former key left. All that the worlds of these tests begin with came to it at `START`.
const LEFT: u64 = START + 50;

/// Of record 0, which is the patient's, grant 0 with three uses bought, of which one is made: so
/// that there is something of each kind. It is the moment at which the patient's key and the
/// grantee's left, for the heir's.
fn left() -> World {
    let (mut world, grant) = bought(3);
    world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    world.at(LEFT);
    for former in [PATIENT, GRANTEE] {
        world.follow(HEIR, former, Some(LEFT));
    }
    world
}

fn credit(of: AccountId) -> Holding {
    Holding::Credit(of.into())
}

/// One of each kind.
fn holdings() -> [Holding; 4] {
    [
        Holding::Record(0),
        Holding::Grant(0),
        Holding::Purchase(0),
        credit(PATIENT),
    ]
}

/// For whom a holding of the worlds of these tests is kept at first.
fn former(holding: &Holding) -> AccountId {
    match holding {
        Holding::Purchase(_) => GRANTEE,
        _ => PATIENT,
    }
}

fn refused(why: NotHeir) -> Result<(), NexusError> {
    Err(NexusError::NotHeir(why))
}

/// What must succeed, and says what it did, and nothing else.
#[track_caller]
fn inherits(
    world: &mut World,
    heir: AccountId,
    holding: Holding,
    former: AccountId,
) -> Receipt<Result<(), NexusError>> {
    let receipt = world.receipt(heir, world.contract().inherit(holding.clone()));
    let event = Inherited {
        holding,
        former,
        heir,
    };
    assert_eq!(world.events(&receipt), [(event, vec![])]);
    receipt
}

fn credits(world: &mut World, of: AccountId) -> Option<Credit> {
    stored_state(world).credits.remove(&of)
}

#[test]
fn a_record_passes_to_the_heir_and_is_then_the_heirs_to_offer() {
    let mut world = left();
    let (mut stored, balances) = (stored_state(&mut world), balances_of(&mut world));
    let answer = inherits(&mut world, HEIR, Holding::Record(0), PATIENT);
    assert_eq!(answer.frames, 2);
    let record = stored.records.get_mut(&0).unwrap();
    record.owner = HEIR;
    record.since = LEFT;
    record.committed_by = Some(PATIENT);
    assert_eq!(record.committer(), PATIENT);
    assert_eq!(stored_state(&mut world), stored, "and nothing else changed");
    assert_eq!(balances_of(&mut world), balances);
    let refused = world.refused(PATIENT, world.contract().offer(0, terms()));
    assert_eq!(refused, NexusError::NotOwner);
    assert_eq!(world.done(HEIR, world.contract().offer(0, terms())), 1);
    let offered = grant_of(&mut world, 1).unwrap();
    assert_eq!(
        (
            offered.patient,
            offered.patient_since,
            offered.grantee_since
        ),
        (HEIR, LEFT, LEFT)
    );
}

#[test]
fn a_grant_passes_to_the_heir_who_earns_by_it_and_revokes_it() {
    let mut world = left();
    let mut stored = stored_state(&mut world);
    let answer = inherits(&mut world, HEIR, Holding::Grant(0), PATIENT);
    assert_eq!((answer.frames, answer.deposit), (2, Deposit::default()));
    let grant = stored.grants.get_mut(&0).unwrap();
    (grant.patient, grant.patient_since) = (HEIR, LEFT);
    assert_eq!(stored_state(&mut world), stored, "and nothing else changed");
    world.done(GRANTEE, world.contract().use_record(0, REQUEST));
    assert_eq!(world.get(world.contract().credit_of(HEIR)), PRICE);
    assert_eq!(
        world.get(world.contract().credit_of(PATIENT)),
        PRICE,
        "what was there"
    );
    let refused = world.refused(PATIENT, world.contract().revoke(0));
    assert_eq!(refused, NexusError::NotOwner);
    world.done(HEIR, world.contract().revoke(0));
    assert_eq!(world.get(world.contract().credit_of(GRANTEE)), PRICE);
}

#[test]
fn what_a_grantee_bought_passes_to_the_heir_and_the_money_stays() {
    let mut world = left();
    let (mut stored, balances) = (stored_state(&mut world), balances_of(&mut world));
    let answer = inherits(&mut world, HEIR, Holding::Purchase(0), GRANTEE);
    assert_eq!((answer.frames, answer.deposit), (2, Deposit::default()));
    let grant = stored.grants.get_mut(&0).unwrap();
    (grant.grantee, grant.grantee_since) = (HEIR, LEFT);
    assert_eq!(stored_state(&mut world), stored, "and nothing else changed");
    assert_eq!(balances_of(&mut world), balances);
    let refused = NexusError::NotGrantee;
    assert_eq!(
        world.refused(GRANTEE, world.contract().use_record(0, REQUEST)),
        refused
    );
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(0, 1, ANY_PRICE)),
        NexusError::NotGrantee
    );
    assert_eq!(world.done(HEIR, world.contract().use_record(0, REQUEST)), 1);
    world.done(PATIENT, world.contract().revoke(0));
    assert_eq!(
        [
            world.get(world.contract().credit_of(GRANTEE)),
            world.get(world.contract().credit_of(HEIR))
        ],
        [0, PRICE]
    );
}

#[test]
fn a_credit_passes_to_the_heir_and_is_paid_to_nobody_else() {
    let mut world = left();
    let mut stored = stored_state(&mut world);
    let answer = inherits(&mut world, HEIR, credit(PATIENT), PATIENT);
    assert_eq!(answer.frames, 2);
    let inherited = Credit {
        amount: PRICE,
        began: LEFT,
        later: vec![],
    };
    let emptied = [(PATIENT, Credit::default()), (HEIR, inherited)];
    stored.credits.extend(emptied);
    assert_eq!(stored_state(&mut world), stored, "and nothing else changed");
    let refused = world.refused(PATIENT, world.contract().withdraw(PATIENT.into()));
    assert_eq!(refused, NexusError::NothingOwed);
    assert_eq!(
        world.done(HEIR, world.contract().withdraw(HEIR.into())),
        PRICE
    );
    assert_eq!(world.holds(HEIR), PRICE);
}

#[test]
fn what_came_before_the_key_left_is_inherited_and_nothing_of_that_moment_or_later() {
    for holding in holdings() {
        for (since, right) in [
            (None, refused(NotHeir::NotSuccessor)),
            (Some(0), refused(NotHeir::CameLater)),
            (Some(START - 1), refused(NotHeir::CameLater)),
            (Some(START), refused(NotHeir::CameLater)),
            (Some(START + 1), Ok(())),
            (Some(u64::MAX), Ok(())),
        ] {
            let mut world = left();
            world.follow(HEIR, former(&holding), since);
            let answer = world.answer(HEIR, world.contract().inherit(holding.clone()));
            assert_eq!(answer, right, "{holding:?}, left at {since:?}");
        }
    }
}

#[test]
fn nobody_but_who_follows_inherits() {
    let mut world = left();
    for holding in holdings() {
        for other in [ADMIN, PATIENT, GRANTEE] {
            let answer = world.refused(other, world.contract().inherit(holding.clone()));
            assert_eq!(
                answer,
                NexusError::NotHeir(NotHeir::NotSuccessor),
                "{other:?}"
            );
        }
    }
}

#[test]
fn what_is_not_there_is_not_asked_about() {
    let mut world = left();
    world.tell(ADMIN, at::<FalseId>(world.identities).behave(Mode::Traps));
    for (holding, why) in [
        (Holding::Record(1), NexusError::UnknownRecord),
        (Holding::Record(u64::MAX), NexusError::UnknownRecord),
        (Holding::Grant(1), NexusError::UnknownGrant),
        (Holding::Purchase(1), NexusError::UnknownGrant),
        (credit(GRANTEE), NexusError::NothingOwed),
        (credit(ADMIN), NexusError::NothingOwed),
    ] {
        let answer = world.send(HEIR, world.contract().inherit(holding));
        assert_eq!((answer.value, answer.frames), (Ok(Err(why)), 1));
    }
}

#[test]
fn what_was_revoked_or_paid_out_is_not_there_any_more() {
    let mut world = left();
    world.done(PATIENT, world.contract().revoke(0));
    world.done(PATIENT, world.contract().withdraw(PATIENT.into()));
    for (holding, why) in [
        (Holding::Grant(0), NexusError::UnknownGrant),
        (Holding::Purchase(0), NexusError::UnknownGrant),
        (credit(PATIENT), NexusError::NothingOwed),
    ] {
        assert_eq!(world.refused(HEIR, world.contract().inherit(holding)), why);
    }
    inherits(&mut world, HEIR, credit(GRANTEE), GRANTEE);
    assert_eq!(
        world.done(HEIR, world.contract().withdraw(HEIR.into())),
        2 * PRICE
    );
}

#[test]
fn without_an_answer_nothing_is_inherited() {
    let mut modes = vec![Mode::Traps];
    for bytes in [
        vec![],
        vec![0],
        vec![0, 1, 0],
        vec![0, 2],
        vec![0, 0, 0],
        vec![0, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9],
        vec![1, 1],
        vec![0xff; 1_000],
    ] {
        modes.push(Mode::Answers {
            bytes,
            reverted: false,
        });
    }
    // That the message was not understood, and that it failed.
    modes.push(Mode::Answers {
        bytes: vec![1, 1],
        reverted: true,
    });
    let mut world = left();
    for mode in modes {
        let behave = at::<FalseId>(world.identities).behave(mode.clone());
        world.tell(ADMIN, behave);
        for holding in holdings() {
            let answer = world.refused(HEIR, world.contract().inherit(holding));
            assert_eq!(answer, NexusError::NotHeir(NotHeir::NoAnswer), "{mode:?}");
        }
    }
    world.tell(ADMIN, at::<FalseId>(world.identities).behave(Mode::Honest));
    for holding in holdings() {
        inherits(&mut world, HEIR, holding.clone(), former(&holding));
    }
}

#[test]
fn where_olife_id_is_no_contract_nothing_is_inherited_and_all_else_works() {
    let mut world = with_alv();
    world.identities = AccountId::from([8; 32]);
    let mut world = funded(world);
    let grant = open(&mut world, PATIENT, terms());
    world.done(GRANTEE, world.contract().buy(grant, 3, ANY_PRICE));
    world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    for holding in holdings() {
        let answer = world.refused(HEIR, world.contract().inherit(holding));
        assert_eq!(answer, NexusError::NotHeir(NotHeir::NoAnswer));
    }
    world.done(PATIENT, world.contract().revoke(grant));
    assert_eq!(
        world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
        PRICE
    );
    assert_eq!(
        world.done(GRANTEE, world.contract().withdraw(GRANTEE.into())),
        2 * PRICE
    );
}

#[test]
fn an_olife_id_that_calls_the_nexus_back_is_stopped() {
    let mut world = left();
    let nexus = world.nexus;
    let nexus = || at::<OlifeNexus>(nexus);
    for message in [
        parts(nexus().inherit(credit(PATIENT))).1,
        parts(nexus().withdraw(PATIENT.into())).1,
        parts(nexus().owed()).1,
    ] {
        let behave = at::<FalseId>(world.identities).behave(Mode::Reenters {
            target: world.nexus,
            input: message,
        });
        world.tell(ADMIN, behave);
        for holding in holdings() {
            let answer = world.refused(HEIR, world.contract().inherit(holding));
            assert_eq!(answer, NexusError::NotHeir(NotHeir::NoAnswer));
        }
    }
}

#[test]
fn what_was_inherited_is_not_inherited_again() {
    let mut world = left();
    for holding in holdings() {
        inherits(&mut world, HEIR, holding.clone(), former(&holding));
        let again = world.answer(HEIR, world.contract().inherit(holding.clone()));
        let right = match holding {
            Holding::Credit(_) => Err(NexusError::NothingOwed),
            _ => refused(NotHeir::NotSuccessor),
        };
        assert_eq!(again, right, "{holding:?}");
    }
}

/// So that a key which inherits in its last block keeps nothing from the next heir.
#[test]
fn what_an_heir_inherited_counts_since_the_former_key_left() {
    for holding in holdings() {
        for (since, right) in [
            (LEFT - 1, refused(NotHeir::CameLater)),
            (LEFT, refused(NotHeir::CameLater)),
            (LEFT + 1, Ok(())),
        ] {
            let mut world = left();
            world.at(LEFT + 20);
            inherits(&mut world, HEIR, holding.clone(), former(&holding));
            world.follow(ADMIN, HEIR, Some(since));
            let second = match &holding {
                Holding::Credit(_) => credit(HEIR),
                other => other.clone(),
            };
            let answer = world.answer(ADMIN, world.contract().inherit(second));
            assert_eq!(answer, right, "{holding:?}, left at {since}");
        }
    }
}

#[test]
fn the_commitment_names_who_registered_the_record_through_all_moves() {
    let mut world = left();
    inherits(&mut world, HEIR, Holding::Record(0), PATIENT);
    for (heir, former) in [(ADMIN, HEIR), (PATIENT, ADMIN), (HEIR, PATIENT)] {
        let now = world.now();
        world.at(now + 1);
        world.follow(heir, former, Some(now + 1));
        inherits(&mut world, heir, Holding::Record(0), former);
        let record = record_of(&mut world, 0).unwrap();
        assert_eq!(record.owner, heir);
        assert_eq!(record.committer(), PATIENT);
        assert_eq!(record.commitment, COMMITMENT);
    }
}

/// No honest registry says so.
#[test]
fn who_follows_itself_gains_and_loses_nothing() {
    let mut world = left();
    world.follow(PATIENT, PATIENT, Some(LEFT));
    let (owed, balances) = (stored_state(&mut world).owed, balances_of(&mut world));
    for holding in [Holding::Record(0), Holding::Grant(0), credit(PATIENT)] {
        inherits(&mut world, PATIENT, holding, PATIENT);
    }
    assert_eq!(
        (stored_state(&mut world).owed, balances_of(&mut world)),
        (owed, balances)
    );
    assert_eq!(world.get(world.contract().credit_of(PATIENT)), PRICE);
    assert_eq!(record_of(&mut world, 0).unwrap().committer(), PATIENT);
}

/// Between the recovery and the inheritance the thief still acts at the Nexus.
#[test]
fn what_a_thief_offers_after_the_key_left_is_inherited_and_revoked() {
    let mut world = left();
    world.at(LEFT + 10);
    world.done(PATIENT, world.contract().offer(0, terms()));
    let offered = grant_of(&mut world, 1).unwrap();
    assert_eq!(
        (offered.patient_since, offered.grantee_since),
        (START, LEFT + 10)
    );
    inherits(&mut world, HEIR, Holding::Grant(1), PATIENT);
    world.done(HEIR, world.contract().revoke(1));
}

#[test]
fn what_was_offered_to_a_key_after_it_left_is_not_inherited() {
    let mut world = left();
    world.done(PATIENT, world.contract().offer(0, terms()));
    let answer = world.refused(HEIR, world.contract().inherit(Holding::Purchase(1)));
    assert_eq!(answer, NexusError::NotHeir(NotHeir::CameLater));
}

/// What is earned between the recovery and the inheritance of the grant is not stuck at the lost
/// key.
#[test]
fn a_credit_goes_back_to_when_the_grant_came_that_it_comes_from() {
    let mut world = left();
    world.done(PATIENT, world.contract().withdraw(PATIENT.into()));
    world.at(LEFT + 10);
    world.done(GRANTEE, world.contract().use_record(0, REQUEST));
    let earned = Credit {
        amount: PRICE,
        began: START,
        later: vec![],
    };
    assert_eq!(credits(&mut world, PATIENT), Some(earned.clone()));
    inherits(&mut world, HEIR, credit(PATIENT), PATIENT);
    // So is what is refunded to a grantee.
    world.done(PATIENT, world.contract().revoke(0));
    assert_eq!(credits(&mut world, GRANTEE), Some(earned));
    inherits(&mut world, HEIR, credit(GRANTEE), GRANTEE);
    assert_eq!(
        world.done(HEIR, world.contract().withdraw(HEIR.into())),
        2 * PRICE
    );
}

#[test]
fn a_use_goes_back_to_the_record_and_a_refund_to_the_offer() {
    let mut world = World::new();
    let record = world.done(PATIENT, world.register(POINTER.to_vec()));
    world.at(START + 10);
    let grant = world.done(PATIENT, world.contract().offer(record, terms()));
    world.at(START + 20);
    world.done(GRANTEE, world.contract().buy(grant, 2, ANY_PRICE));
    world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    world.done(PATIENT, world.contract().revoke(grant));
    let began = [PATIENT, GRANTEE].map(|of| credits(&mut world, of).unwrap().began);
    assert_eq!(began, [START, START + 10]);
}

/// Else anybody with a use that was bought long ago could make all that the key earns later pass to
/// the identity that it left.
#[test]
fn of_a_credit_only_what_goes_back_to_before_the_key_left_is_inherited() {
    for (earlier, right) in [(false, refused(NotHeir::CameLater)), (true, Ok(()))] {
        let mut world = left();
        if !earlier {
            world.done(PATIENT, world.contract().withdraw(PATIENT.into()));
        }
        // The key registers a record after it left, and earns by it.
        let later = open(&mut world, PATIENT, terms());
        world.done(GRANTEE, world.contract().buy(later, 1, ANY_PRICE));
        world.done(GRANTEE, world.contract().use_record(later, REQUEST));
        // A use of the old grant, which comes last, does not mix with that.
        if earlier {
            world.done(GRANTEE, world.contract().use_record(0, REQUEST));
        }
        let began = if earlier { START } else { LEFT };
        assert_eq!(credits(&mut world, PATIENT).unwrap().began, began);
        assert_eq!(
            world.answer(HEIR, world.contract().inherit(credit(PATIENT))),
            right
        );
        let later = Credit {
            amount: PRICE,
            began: LEFT,
            later: vec![],
        };
        assert_eq!(credits(&mut world, PATIENT), Some(later));
        let inherited = if earlier { 2 * PRICE } else { 0 };
        assert_eq!(world.get(world.contract().credit_of(HEIR)), inherited);
        assert_eq!(
            world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
            PRICE
        );
    }
}

#[test]
fn what_an_heir_has_already_stays_and_keeps_its_beginning() {
    let mut world = left();
    world.follow(GRANTEE, PATIENT, Some(LEFT));
    world.done(PATIENT, world.contract().revoke(0));
    let own = credits(&mut world, GRANTEE).unwrap();
    assert_eq!((own.amount, own.began), (2 * PRICE, START));
    let answer = inherits(&mut world, GRANTEE, credit(PATIENT), PATIENT);
    // A part of its own, since it counts from another moment.
    assert_eq!((answer.deposit.items, answer.deposit.bytes), (0, 24));
    let both = credits(&mut world, GRANTEE).unwrap();
    assert_eq!((both.amount, both.began), (3 * PRICE, START));
}

#[test]
fn neither_a_pause_of_alv_nor_an_announced_upgrade_stops_an_heir() {
    let mut world = left();
    world.pause_alv();
    let announced = world.send(
        ADMIN,
        world.contract().announce_upgrade([1; 32].into(), None),
    );
    announced.value.unwrap().unwrap();
    for holding in holdings() {
        inherits(&mut world, HEIR, holding.clone(), former(&holding));
    }
}

#[test]
fn an_heir_pays_for_the_bytes_of_the_registrant_and_for_a_first_credit() {
    let mut world = left();
    let moved = inherits(&mut world, HEIR, Holding::Record(0), PATIENT).deposit;
    assert_eq!((moved.items, moved.bytes), (0, 32));
    let first = inherits(&mut world, HEIR, credit(PATIENT), PATIENT).deposit;
    assert_eq!(first.items, 1);
    let now = world.now();
    world.at(now + 1);
    world.follow(ADMIN, HEIR, Some(now + 1));
    let again = inherits(&mut world, ADMIN, Holding::Record(0), HEIR).deposit;
    assert_eq!(again, Deposit::default());
    // The deposit of a grant goes to who closes it: the heir, who did not pay it.
    inherits(&mut world, HEIR, Holding::Grant(0), PATIENT);
    let before = world.coins(HEIR);
    world.done(HEIR, world.contract().revoke(0));
    assert!(world.coins(HEIR) > before);
}

#[test]
fn an_olife_id_that_says_yes_to_everybody_moves_money_and_makes_none() {
    let mut world = left();
    for (heir, former) in [(ADMIN, PATIENT), (STRANGER, ADMIN), (PATIENT, STRANGER)] {
        let now = world.now();
        world.at(now + 1);
        world.follow(heir, former, Some(now + 1));
        inherits(&mut world, heir, credit(former), former);
    }
    assert_eq!(world.get(world.contract().credit_of(PATIENT)), PRICE);
    assert_eq!(stored_state(&mut world).owed, 3 * PRICE);
    assert_eq!(
        world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
        PRICE
    );
    assert_eq!(world.holds(world.nexus), 2 * PRICE);
}
