//! Inheriting what is kept for a former key, by what a registry says that can be told anything.

use crate::world::*;
use ::false_id::{FalseId, Mode};
use allive_calls::{at, Chain, Deposit};
use allive_olife_id_interface::NotHeir;
use allive_simulator::START;
use ink::primitives::AccountId;
use olife_nexus::*;

/// Who follows a former key, as far as the registry is told.
const HEIR: Actor = STRANGER;
/// When the former key left. All that the worlds of these tests begin with came to it at `START`.
const LEFT: u64 = START + 50;

/// Of record 0, which is the patient's, grant 0 with three uses bought, of which one is made: so that there is
/// something of each kind. It is the moment at which the patient's key and the grantee's left, for the heir's.
fn left() -> World {
    let (mut world, grant) = World::bought(3);
    world.use_record(GRANTEE, grant).value.unwrap().unwrap();
    world.at(LEFT);
    for former in [PATIENT, GRANTEE] {
        world.follow(HEIR, former, Some(LEFT));
    }
    world
}

fn credit(of: Actor) -> Holding {
    Holding::Credit(of.account().into())
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
fn former(holding: &Holding) -> Actor {
    match holding {
        Holding::Purchase(_) => GRANTEE,
        _ => PATIENT,
    }
}

fn refused(why: NotHeir) -> Result<Result<(), NexusError>, allive_calls::Failure> {
    Ok(Err(NexusError::NotHeir(why)))
}

impl World {
    /// What must succeed, and says what it did, and nothing else.
    #[track_caller]
    fn inherits(&mut self, heir: Actor, holding: Holding, former: Actor) -> Answer<()> {
        let answer = self.inherit(heir, holding.clone());
        assert_eq!(answer.value, Ok(Ok(())), "{holding:?}");
        let event = Inherited {
            holding,
            former: former.account(),
            heir: heir.account(),
        };
        assert_eq!(self.said(&answer), [(event, vec![])]);
        answer
    }

    fn credits(&mut self, of: Actor) -> Option<Credit> {
        self.books().credits.remove(&of.account())
    }
}

#[test]
fn a_record_passes_to_the_heir_and_is_then_the_heirs_to_offer() {
    let mut world = left();
    let (mut books, balances) = (world.books(), world.balances());
    let answer = world.inherits(HEIR, Holding::Record(0), PATIENT);
    assert_eq!(answer.frames, 2);
    let record = books.records.get_mut(&0).unwrap();
    record.owner = HEIR.account();
    record.since = LEFT;
    record.committed_by = Some(PATIENT.account());
    assert_eq!(record.committer(), PATIENT.account());
    assert_eq!(world.books(), books, "and nothing else changed");
    assert_eq!(world.balances(), balances);
    let refused = world.offer(PATIENT, 0, terms()).value;
    assert_eq!(refused, Ok(Err(NexusError::NotOwner)));
    assert_eq!(world.offer(HEIR, 0, terms()).value, Ok(Ok(1)));
    let offered = world.grant(1).unwrap();
    assert_eq!(
        (
            offered.patient,
            offered.patient_since,
            offered.grantee_since
        ),
        (HEIR.account(), LEFT, LEFT)
    );
}

#[test]
fn a_grant_passes_to_the_heir_who_earns_by_it_and_revokes_it() {
    let mut world = left();
    let mut books = world.books();
    let answer = world.inherits(HEIR, Holding::Grant(0), PATIENT);
    assert_eq!((answer.frames, answer.deposit), (2, Deposit::default()));
    let grant = books.grants.get_mut(&0).unwrap();
    (grant.patient, grant.patient_since) = (HEIR.account(), LEFT);
    assert_eq!(world.books(), books, "and nothing else changed");
    world.use_record(GRANTEE, 0).value.unwrap().unwrap();
    assert_eq!(world.credit(HEIR), PRICE);
    assert_eq!(world.credit(PATIENT), PRICE, "what was there");
    let refused = world.revoke(PATIENT, 0).value;
    assert_eq!(refused, Ok(Err(NexusError::NotOwner)));
    assert_eq!(world.revoke(HEIR, 0).value, Ok(Ok(())));
    assert_eq!(world.credit(GRANTEE), PRICE);
}

#[test]
fn what_a_grantee_bought_passes_to_the_heir_and_the_money_stays() {
    let mut world = left();
    let (mut books, balances) = (world.books(), world.balances());
    let answer = world.inherits(HEIR, Holding::Purchase(0), GRANTEE);
    assert_eq!((answer.frames, answer.deposit), (2, Deposit::default()));
    let grant = books.grants.get_mut(&0).unwrap();
    (grant.grantee, grant.grantee_since) = (HEIR.account(), LEFT);
    assert_eq!(world.books(), books, "and nothing else changed");
    assert_eq!(world.balances(), balances);
    let refused = Ok(Err(NexusError::NotGrantee));
    assert_eq!(world.use_record(GRANTEE, 0).value, refused);
    assert_eq!(
        world.buy(GRANTEE, 0, 1).value,
        Ok(Err(NexusError::NotGrantee))
    );
    assert_eq!(world.use_record(HEIR, 0).value, Ok(Ok(1)));
    world.revoke(PATIENT, 0).value.unwrap().unwrap();
    assert_eq!([world.credit(GRANTEE), world.credit(HEIR)], [0, PRICE]);
}

#[test]
fn a_credit_passes_to_the_heir_whole_and_is_paid_to_nobody_else() {
    let mut world = left();
    let mut books = world.books();
    let answer = world.inherits(HEIR, credit(PATIENT), PATIENT);
    assert_eq!(answer.frames, 2);
    let inherited = Credit {
        amount: PRICE,
        began: LEFT,
    };
    let emptied = [
        (PATIENT.account(), Credit::default()),
        (HEIR.account(), inherited),
    ];
    books.credits.extend(emptied);
    assert_eq!(world.books(), books, "and nothing else changed");
    let refused = world.withdraw(PATIENT).value;
    assert_eq!(refused, Ok(Err(NexusError::NothingOwed)));
    assert_eq!(world.withdraw(HEIR).value, Ok(Ok(PRICE)));
    assert_eq!(world.holds(HEIR.account()), PRICE);
}

#[test]
fn what_came_before_the_key_left_is_inherited_and_nothing_of_that_moment_or_later() {
    for holding in holdings() {
        for (since, right) in [
            (None, refused(NotHeir::NotSuccessor)),
            (Some(0), refused(NotHeir::CameLater)),
            (Some(START - 1), refused(NotHeir::CameLater)),
            (Some(START), refused(NotHeir::CameLater)),
            (Some(START + 1), Ok(Ok(()))),
            (Some(u64::MAX), Ok(Ok(()))),
        ] {
            let mut world = left();
            world.follow(HEIR, former(&holding), since);
            let answer = world.inherit(HEIR, holding.clone()).value;
            assert_eq!(answer, right, "{holding:?}, left at {since:?}");
        }
    }
}

#[test]
fn nobody_but_who_follows_inherits() {
    let mut world = left();
    for holding in holdings() {
        for other in [ADMIN, PATIENT, GRANTEE] {
            let answer = world.inherit(other, holding.clone()).value;
            assert_eq!(answer, refused(NotHeir::NotSuccessor), "{other:?}");
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
        let answer = world.inherit(HEIR, holding);
        assert_eq!((answer.value, answer.frames), (Ok(Err(why)), 1));
    }
}

#[test]
fn what_was_revoked_or_paid_out_is_not_there_any_more() {
    let mut world = left();
    world.revoke(PATIENT, 0).value.unwrap().unwrap();
    world.withdraw(PATIENT).value.unwrap().unwrap();
    for (holding, why) in [
        (Holding::Grant(0), NexusError::UnknownGrant),
        (Holding::Purchase(0), NexusError::UnknownGrant),
        (credit(PATIENT), NexusError::NothingOwed),
    ] {
        assert_eq!(world.inherit(HEIR, holding).value, Ok(Err(why)));
    }
    world.inherits(HEIR, credit(GRANTEE), GRANTEE);
    assert_eq!(world.withdraw(HEIR).value, Ok(Ok(2 * PRICE)));
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
            let answer = world.inherit(HEIR, holding).value;
            assert_eq!(answer, refused(NotHeir::NoAnswer), "{mode:?}");
        }
    }
    world.tell(ADMIN, at::<FalseId>(world.identities).behave(Mode::Honest));
    for holding in holdings() {
        world.inherits(HEIR, holding.clone(), former(&holding));
    }
}

#[test]
fn where_olife_id_is_no_contract_nothing_is_inherited_and_all_else_works() {
    let mut world = World::asking(|_, _| AccountId::from([8; 32]));
    let grant = world.open(PATIENT, terms());
    world.buy(GRANTEE, grant, 3).value.unwrap().unwrap();
    world.use_record(GRANTEE, grant).value.unwrap().unwrap();
    for holding in holdings() {
        let answer = world.inherit(HEIR, holding).value;
        assert_eq!(answer, refused(NotHeir::NoAnswer));
    }
    world.revoke(PATIENT, grant).value.unwrap().unwrap();
    assert_eq!(world.withdraw(PATIENT).value, Ok(Ok(PRICE)));
    assert_eq!(world.withdraw(GRANTEE).value, Ok(Ok(2 * PRICE)));
}

#[test]
fn an_olife_id_that_calls_the_nexus_back_is_stopped() {
    let mut world = left();
    let nexus = world.nexus;
    let nexus = || at::<OlifeNexus>(nexus);
    for message in [
        input(nexus().inherit(credit(PATIENT))),
        input(nexus().withdraw()),
        input(nexus().owed()),
    ] {
        let behave = at::<FalseId>(world.identities).behave(Mode::Reenters {
            target: world.nexus,
            input: message,
        });
        world.tell(ADMIN, behave);
        for holding in holdings() {
            let answer = world.inherit(HEIR, holding).value;
            assert_eq!(answer, refused(NotHeir::NoAnswer));
        }
    }
}

#[test]
fn what_was_inherited_is_not_inherited_again() {
    let mut world = left();
    for holding in holdings() {
        world.inherits(HEIR, holding.clone(), former(&holding));
        let again = world.inherit(HEIR, holding.clone()).value;
        let right = match holding {
            Holding::Credit(_) => Ok(Err(NexusError::NothingOwed)),
            _ => refused(NotHeir::NotSuccessor),
        };
        assert_eq!(again, right, "{holding:?}");
    }
}

/// Else the successor of a key that later joined another identity would inherit what it got there.
#[test]
fn what_an_heir_inherited_came_to_it_at_that_moment() {
    for holding in holdings() {
        for (since, right) in [
            (LEFT - 1, refused(NotHeir::CameLater)),
            (LEFT, refused(NotHeir::CameLater)),
            (LEFT + 1, Ok(Ok(()))),
        ] {
            let mut world = left();
            world.inherits(HEIR, holding.clone(), former(&holding));
            world.follow(ADMIN, HEIR, Some(since));
            let second = match &holding {
                Holding::Credit(_) => credit(HEIR),
                other => other.clone(),
            };
            let answer = world.inherit(ADMIN, second).value;
            assert_eq!(answer, right, "{holding:?}, left at {since}");
        }
    }
}

#[test]
fn the_commitment_names_who_registered_the_record_through_all_moves() {
    let mut world = left();
    world.inherits(HEIR, Holding::Record(0), PATIENT);
    for (heir, former) in [(ADMIN, HEIR), (PATIENT, ADMIN), (HEIR, PATIENT)] {
        let now = world.chain.now();
        world.at(now + 1);
        world.follow(heir, former, Some(now + 1));
        world.inherits(heir, Holding::Record(0), former);
        let record = world.record(0).unwrap();
        assert_eq!(record.owner, heir.account());
        assert_eq!(record.committer(), PATIENT.account());
        assert_eq!(record.commitment, COMMITMENT);
    }
}

/// No honest registry says so.
#[test]
fn who_follows_itself_gains_and_loses_nothing() {
    let mut world = left();
    world.follow(PATIENT, PATIENT, Some(LEFT));
    let (owed, balances) = (world.books().owed, world.balances());
    for holding in [Holding::Record(0), Holding::Grant(0), credit(PATIENT)] {
        world.inherits(PATIENT, holding, PATIENT);
    }
    assert_eq!((world.books().owed, world.balances()), (owed, balances));
    assert_eq!(world.credit(PATIENT), PRICE);
    assert_eq!(world.record(0).unwrap().committer(), PATIENT.account());
}

/// Between the recovery and the inheritance the thief still acts at the Nexus.
#[test]
fn what_a_thief_offers_after_the_key_left_is_inherited_and_revoked() {
    let mut world = left();
    world.at(LEFT + 10);
    world.offer(PATIENT, 0, terms()).value.unwrap().unwrap();
    let offered = world.grant(1).unwrap();
    assert_eq!(
        (offered.patient_since, offered.grantee_since),
        (START, LEFT + 10)
    );
    world.inherits(HEIR, Holding::Grant(1), PATIENT);
    assert_eq!(world.revoke(HEIR, 1).value, Ok(Ok(())));
}

#[test]
fn what_was_offered_to_a_key_after_it_left_is_not_inherited() {
    let mut world = left();
    world.offer(PATIENT, 0, terms()).value.unwrap().unwrap();
    let answer = world.inherit(HEIR, Holding::Purchase(1)).value;
    assert_eq!(answer, refused(NotHeir::CameLater));
}

/// What is earned between the recovery and the inheritance of the grant is not stuck at the lost key.
#[test]
fn a_credit_goes_back_to_when_the_grant_came_that_it_comes_from() {
    let mut world = left();
    world.withdraw(PATIENT).value.unwrap().unwrap();
    world.at(LEFT + 10);
    world.use_record(GRANTEE, 0).value.unwrap().unwrap();
    let earned = Credit {
        amount: PRICE,
        began: START,
    };
    assert_eq!(world.credits(PATIENT), Some(earned.clone()));
    world.inherits(HEIR, credit(PATIENT), PATIENT);
    // So is what is refunded to a grantee.
    world.revoke(PATIENT, 0).value.unwrap().unwrap();
    assert_eq!(world.credits(GRANTEE), Some(earned));
    world.inherits(HEIR, credit(GRANTEE), GRANTEE);
    assert_eq!(world.withdraw(HEIR).value, Ok(Ok(2 * PRICE)));
}

#[test]
fn a_use_goes_back_to_the_record_and_a_refund_to_the_offer() {
    let mut world = World::new();
    let record = world.register(PATIENT, POINTER.to_vec());
    let record = record.value.unwrap().unwrap();
    world.at(START + 10);
    let grant = world.offer(PATIENT, record, terms());
    let grant = grant.value.unwrap().unwrap();
    world.at(START + 20);
    world.buy(GRANTEE, grant, 2).value.unwrap().unwrap();
    world.use_record(GRANTEE, grant).value.unwrap().unwrap();
    world.revoke(PATIENT, grant).value.unwrap().unwrap();
    let began = [PATIENT, GRANTEE].map(|of| world.credits(of).unwrap().began);
    assert_eq!(began, [START, START + 10]);
}

#[test]
fn a_credit_of_what_came_later_is_not_inherited_unless_an_earlier_one_lies_there() {
    for (earlier, right) in [(false, refused(NotHeir::CameLater)), (true, Ok(Ok(())))] {
        let mut world = left();
        if !earlier {
            world.withdraw(PATIENT).value.unwrap().unwrap();
        }
        // The key registers a record after it left, and earns by it.
        let later = world.open(PATIENT, terms());
        world.buy(GRANTEE, later, 1).value.unwrap().unwrap();
        world.use_record(GRANTEE, later).value.unwrap().unwrap();
        let began = if earlier { START } else { LEFT };
        assert_eq!(world.credits(PATIENT).unwrap().began, began);
        assert_eq!(world.inherit(HEIR, credit(PATIENT)).value, right);
    }
}

#[test]
fn what_an_heir_has_already_stays_and_keeps_its_beginning() {
    let mut world = left();
    world.follow(GRANTEE, PATIENT, Some(LEFT));
    world.revoke(PATIENT, 0).value.unwrap().unwrap();
    let own = world.credits(GRANTEE).unwrap();
    assert_eq!((own.amount, own.began), (2 * PRICE, START));
    let answer = world.inherits(GRANTEE, credit(PATIENT), PATIENT);
    assert_eq!(answer.deposit, Deposit::default());
    let both = world.credits(GRANTEE).unwrap();
    assert_eq!((both.amount, both.began), (3 * PRICE, START));
}

#[test]
fn neither_a_pause_of_alv_nor_an_announced_upgrade_stops_an_heir() {
    let mut world = left();
    world.pause();
    let announced = world.announce(ADMIN, [1; 32].into(), None);
    announced.value.unwrap().unwrap();
    for holding in holdings() {
        world.inherits(HEIR, holding.clone(), former(&holding));
    }
}

#[test]
fn an_heir_pays_for_the_bytes_of_the_registrant_and_for_a_first_credit() {
    let mut world = left();
    let moved = world.inherits(HEIR, Holding::Record(0), PATIENT).deposit;
    assert_eq!((moved.items, moved.bytes), (0, 32));
    let first = world.inherits(HEIR, credit(PATIENT), PATIENT).deposit;
    assert_eq!(first.items, 1);
    let now = world.chain.now();
    world.at(now + 1);
    world.follow(ADMIN, HEIR, Some(now + 1));
    let again = world.inherits(ADMIN, Holding::Record(0), HEIR).deposit;
    assert_eq!(again, Deposit::default());
    // The deposit of a grant goes to who closes it: the heir, who did not pay it.
    world.inherits(HEIR, Holding::Grant(0), PATIENT);
    let before = world.chain.balance(HEIR.account());
    world.revoke(HEIR, 0).value.unwrap().unwrap();
    assert!(world.chain.balance(HEIR.account()) > before);
}

#[test]
fn an_olife_id_that_says_yes_to_everybody_moves_money_and_makes_none() {
    let mut world = left();
    for (heir, former) in [(ADMIN, PATIENT), (STRANGER, ADMIN), (PATIENT, STRANGER)] {
        let now = world.chain.now();
        world.at(now + 1);
        world.follow(heir, former, Some(u64::MAX));
        world.inherits(heir, credit(former), former);
    }
    assert_eq!(world.credit(PATIENT), PRICE);
    assert_eq!(world.books().owed, 3 * PRICE);
    assert_eq!(world.withdraw(PATIENT).value, Ok(Ok(PRICE)));
    assert_eq!(world.holds(world.nexus), 2 * PRICE);
}
