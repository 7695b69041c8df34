use crate::world::*;
use ::hostile::Hostile;
use allive_calls::{at, parts, Failure, Keyring};
use allive_signatures::ethereum;
use ink::primitives::AccountId;
use scale::Decode;
use DistributorError::{AlreadyClaimed, BadProof, BadSignature, Closed, PaysItself, PaysNobody};

#[test]
fn a_claim_pays_the_account_whoever_submits_it() {
    for submitter in Keyring::all() {
        let mut world = World::new();
        let owed = world.list.amount(CHARLIE);
        let before = Keyring::all().map(|ring| world.holds(ring));
        let held = world.holds(world.distributor);
        let claim = at::<AlvDistributor>(world.distributor).claim(
            CHARLIE,
            Claimant::Account(Keyring::Charlie.account()),
            owed,
            world.list.proof(CHARLIE),
        );
        world.done(submitter, claim);
        for (ring, before) in Keyring::all().into_iter().zip(before) {
            let paid = if ring == Keyring::Charlie { owed } else { 0 };
            let holds = world.holds(ring);
            assert_eq!(holds, before + paid, "{ring:?} by {submitter:?}");
        }
        assert_eq!(world.holds(world.distributor), held - owed);
        assert!(world.get(world.contract().is_claimed(CHARLIE)));
    }
}

#[test]
fn a_claim_pays_the_destination_that_the_owner_of_the_address_signed() {
    for submitter in Keyring::all() {
        let mut world = World::new();
        let (index, destination) = (FIRST_OF_KEY_1, Keyring::Charlie.account());
        let owed = world.list.amount(index);
        let before = Keyring::all().map(|ring| world.holds(ring));
        let claim = at::<AlvDistributor>(world.distributor).claim(
            index,
            world.signed(&key(1), destination),
            owed,
            world.list.proof(index),
        );
        world.done(submitter, claim);
        for (ring, before) in Keyring::all().into_iter().zip(before) {
            let paid = if ring.account() == destination {
                owed
            } else {
                0
            };
            let holds = world.holds(ring);
            assert_eq!(holds, before + paid, "{ring:?} by {submitter:?}");
        }
        assert_eq!(world.holds(world.distributor), world.list.total() - owed);
    }
}

#[test]
fn a_signature_that_is_not_the_owners_over_this_text_is_refused() {
    let mut world = World::new();
    let (owner, contract) = (key(1), world.distributor);
    let destination = DESTINATION.account();
    let other: AccountId = STRANGER.account();
    let good = owner.sign_personal(&destination_text(&destination, &GENESIS, &contract));
    let text = |statement, purpose| {
        owner.sign_personal(&ethereum::text(
            statement,
            &destination,
            purpose,
            &GENESIS,
            &contract,
        ))
    };
    assert_eq!(text("Pay my ALV to", &PURPOSE), good);
    let altered = |place: usize, by: u8| {
        let mut signature = good;
        signature[place] ^= by;
        signature
    };
    let of_v = |v: u8| {
        let mut signature = good;
        signature[64] = v;
        signature
    };
    let mut newline = destination_text(&destination, &GENESIS, &contract);
    newline.push(b'\n');

    let refused = [
        ("another key", {
            key(2).sign_personal(&destination_text(&destination, &GENESIS, &contract))
        }),
        ("another destination", {
            owner.sign_personal(&destination_text(&other, &GENESIS, &contract))
        }),
        ("another chain", {
            owner.sign_personal(&destination_text(&destination, &[0; 32], &contract))
        }),
        ("another contract", {
            owner.sign_personal(&destination_text(&destination, &GENESIS, &world.alv))
        }),
        (
            "another purpose",
            text("Pay my ALV to", b"allive/claim/v2 "),
        ),
        ("another statement", text("Pay my alv to", &PURPOSE)),
        ("a newline at the end", owner.sign_personal(&newline)),
        ("no EIP-191", {
            owner.sign(&destination_text(&destination, &GENESIS, &contract))
        }),
        ("nothing", [0; 65]),
        ("ones", [0xff; 65]),
        ("r altered", altered(0, 1)),
        ("s altered", altered(63, 1)),
        ("the other v", altered(64, 27 ^ 28)),
        ("v of 2", of_v(2)),
        ("v of 26", of_v(26)),
        ("v of 29", of_v(29)),
        ("v of 54 or 55", of_v(good[64] + 27)),
        ("v of 255", of_v(255)),
        ("r of zero", {
            let mut signature = good;
            signature[..32].fill(0);
            signature
        }),
        ("s of zero", {
            let mut signature = good;
            signature[32..64].fill(0);
            signature
        }),
    ];
    for (name, signature) in refused {
        let claimant = Claimant::Address {
            address: owner.address(),
            destination,
            signature,
        };
        let answer = world.refused(STRANGER, world.claim_as(FIRST_OF_KEY_1, claimant));
        assert_eq!(answer, BadSignature, "{name}");
    }
    // The good signature, with another destination put beside it.
    let redirected = Claimant::Address {
        address: owner.address(),
        destination: other,
        signature: good,
    };
    let answer = world.refused(STRANGER, world.claim_as(FIRST_OF_KEY_1, redirected));
    assert_eq!(answer, BadSignature);

    let claimant = Claimant::Address {
        address: owner.address(),
        destination,
        signature: good,
    };
    assert_eq!(
        world
            .send(STRANGER, world.claim_as(FIRST_OF_KEY_1, claimant))
            .value,
        Ok(Ok(())),
        "without any of these alterations"
    );
}

#[test]
fn both_recovery_ids_are_accepted() {
    let mut seen = Vec::new();
    // Both parities occur among a few destinations.
    for number in 1..17 {
        let mut world = World::new();
        let destination = AccountId::from([number; 32]);
        let claimant = world.signed(&key(1), destination);
        let Claimant::Address { mut signature, .. } = claimant else {
            unreachable!("it is an address's")
        };
        let v = signature[64];
        assert!([27, 28].contains(&v));
        if seen.contains(&v) {
            continue;
        }
        seen.push(v);
        assert_eq!(
            world
                .send(STRANGER, world.claim_as(FIRST_OF_KEY_1, claimant))
                .value,
            Ok(Ok(())),
            "v of {v}"
        );
        signature[64] -= 27;
        let short = Claimant::Address {
            address: key(1).address(),
            destination,
            signature,
        };
        assert_eq!(
            world
                .send(STRANGER, world.claim_as(SECOND_OF_KEY_1, short))
                .value,
            Ok(Ok(())),
            "v of {}",
            v - 27
        );
        assert_eq!(world.holds(destination), 1_007);
    }
    assert_eq!(seen.len(), 2, "{seen:?}");
}

#[test]
fn one_signature_serves_two_leaves_of_an_address() {
    let mut world = World::new();
    let claimant = world.signed(&key(1), DESTINATION.account());
    for index in [SECOND_OF_KEY_1, FIRST_OF_KEY_1] {
        let answer = world.send(STRANGER, world.claim_as(index, claimant.clone()));
        assert_eq!(answer.value, Ok(Ok(())));
    }
    assert_eq!(world.holds(DESTINATION), 1_007);
    // It serves no leaf of another address.
    let answer = world.refused(STRANGER, world.claim_as(OF_KEY_2, claimant));
    assert_eq!(answer, BadProof);
}

#[test]
fn a_leaf_is_paid_once() {
    let mut world = World::new();
    for index in [BOB, FIRST_OF_KEY_1, COUNT - 1] {
        world.done(STRANGER, world.claim(index));
        for _ in 0..2 {
            assert_eq!(world.refused(STRANGER, world.claim(index)), AlreadyClaimed);
        }
    }
    // By another signature, for another destination, by another proof.
    let elsewhere = world.signed(&key(1), STRANGER.account());
    let answer = world.refused(STRANGER, world.claim_as(FIRST_OF_KEY_1, elsewhere));
    assert_eq!(answer, AlreadyClaimed);
    let bob = world.claimant(BOB);
    let answer = world.send(STRANGER, world.contract().claim(BOB, bob, 1, vec![]));
    assert_eq!(answer.value, Ok(Err(AlreadyClaimed)));
    let paid = 100 + 1_000 + world.list.amount(COUNT - 1);
    assert_eq!(world.get(world.contract().claimed_total()), paid);

    // Nor twice in one transaction.
    let caller = world.deploy_accomplice();
    let twice =
        at::<Hostile>(caller).forward_twice(world.distributor, parts(world.claim(CHARLIE)).1);
    let (first, second) = world.tell(STRANGER, twice);
    let [first, second] = [first, second].map(|answer| {
        let bytes = answer.unwrap();
        Result::<(), DistributorError>::decode(&mut &bytes[..]).unwrap()
    });
    assert_eq!([first, second], [Ok(()), Err(AlreadyClaimed)]);
    assert_eq!(world.holds(Keyring::Charlie), 250);
    assert_eq!(
        world.holds(world.distributor),
        world.list.total() - paid - 250
    );
}

#[test]
fn leaves_of_one_cell_are_paid_apart() {
    let mut world = World::new();
    let mut paid = Vec::new();
    for index in [127, 128, 6, 126, 129, 5, 130, 7] {
        assert_eq!(
            world.send(STRANGER, world.claim(index)).value,
            Ok(Ok(())),
            "{index}"
        );
        paid.push(index);
        for other in (0..10).chain(120..140).chain(250..260) {
            assert_eq!(
                world.get(world.contract().is_claimed(other)),
                paid.contains(&other),
                "{other}"
            );
        }
    }
    assert!(!world.get(world.contract().is_claimed(u64::MAX)));
}

#[test]
fn a_proof_for_another_index_holder_or_amount_is_refused() {
    let mut world = World::new();
    let list = world.list.clone();
    let claimant = |index| world.claimant(index);
    let mut refused = Vec::new();
    for index in [BOB, CHARLIE, FIRST_OF_KEY_1, 64, COUNT - 2, COUNT - 1] {
        let (own, amount, proof) = (claimant(index), list.amount(index), list.proof(index));
        for other in [0, 1, 2, 3, 63, 65, 127, COUNT - 1] {
            if other != index {
                // Another index, with this one's proof or the other's; another's proof.
                refused.push((other, own.clone(), amount, proof.clone()));
                refused.push((other, own.clone(), amount, list.proof(other)));
                refused.push((index, own.clone(), amount, list.proof(other)));
                // Another holder, with her amount or this one's.
                if list.holder(other) != list.holder(index) {
                    refused.push((index, claimant(other), amount, proof.clone()));
                }
                refused.push((index, claimant(other), list.amount(other), proof.clone()));
            }
        }
        for wrong in [0, amount - 1, amount + 1, amount << 64, u128::MAX] {
            refused.push((index, own.clone(), wrong, proof.clone()));
        }
    }
    for (index, claimant, amount, proof) in refused {
        let answer = world.refused(
            STRANGER,
            world
                .contract()
                .claim(index, claimant.clone(), amount, proof),
        );
        assert_eq!(answer, BadProof, "{index} {claimant:?}");
    }
    for index in [BOB, CHARLIE, FIRST_OF_KEY_1, 64, COUNT - 2, COUNT - 1] {
        world.done(STRANGER, world.claim(index));
    }
}

#[test]
fn an_address_cannot_claim_the_leaf_of_an_account() {
    let address = key(1).address();
    // Accounts whose first, or last, bytes are those of the address.
    let mut before = [0; 32];
    before[..20].copy_from_slice(&address);
    let mut after = [0; 32];
    after[12..].copy_from_slice(&address);
    let list = List::of(vec![
        (Holder::Account(before.into()), 10),
        (Holder::Account(after.into()), 10),
        (Holder::Address(address), 10),
    ]);
    let mut world = of(list);
    for index in [0, 1] {
        let claimant = world.signed(&key(1), DESTINATION.account());
        let answer = world.refused(STRANGER, world.claim_as(index, claimant));
        assert_eq!(answer, BadProof);
    }
    for account in [before, after] {
        let answer = world.refused(
            STRANGER,
            world.claim_as(2, Claimant::Account(account.into())),
        );
        assert_eq!(answer, BadProof);
    }
    for index in 0..3 {
        world.done(STRANGER, world.claim(index));
    }
}

#[test]
fn a_malformed_proof_is_refused() {
    let mut world = World::new();
    let (amount, proof) = (world.list.amount(BOB), world.list.proof(BOB));
    let bob = world.claimant(BOB);
    for index in [COUNT, COUNT + 1, 256, u64::MAX - 1, u64::MAX] {
        for proof in [proof.clone(), vec![], world.list.proof(COUNT - 1)] {
            let answer = world.refused(
                STRANGER,
                world.contract().claim(index, bob.clone(), amount, proof),
            );
            assert_eq!(answer, BadProof, "{index}");
        }
    }
    let extended = |by: usize| [&proof[..], &vec![[0; 32]; by]].concat();
    let mut reversed = proof.clone();
    reversed.reverse();
    let mut altered = proof.clone();
    altered[3][31] ^= 1;
    let malformed = [
        vec![],
        proof[..1].to_vec(),
        proof[..proof.len() - 1].to_vec(),
        proof[1..].to_vec(),
        extended(1),
        extended(60),
        extended(480),
        vec![world.list.root()],
        vec![[0; 32]; 64],
        reversed,
        altered,
    ];
    for proof in malformed {
        let answer = world.refused(
            STRANGER,
            world
                .contract()
                .claim(BOB, bob.clone(), amount, proof.clone()),
        );
        assert_eq!(answer, BadProof, "{} long", proof.len());
    }
    // Above ink!'s buffer of 16 KiB the contract gets to say nothing, and nothing happens.
    let trapped = world.send(
        STRANGER,
        world.contract().claim(BOB, bob, amount, extended(600)),
    );
    assert!(matches!(trapped.value, Err(Failure::Dispatch(_))));
    world.done(STRANGER, world.claim(BOB));
}

#[test]
fn a_list_of_one_leaf_is_claimed_without_siblings() {
    let bob = Keyring::Bob.account();
    let mut world = of(List::of(vec![(Holder::Account(bob), 10)]));
    let claim = Claimant::Account(bob);
    for sibling in [[0; 32], world.list.root()] {
        let answer = world.refused(
            STRANGER,
            world.contract().claim(0, claim.clone(), 10, vec![sibling]),
        );
        assert_eq!(answer, BadProof);
    }
    let answer = world.refused(
        STRANGER,
        world.contract().claim(1, claim.clone(), 10, vec![]),
    );
    assert_eq!(answer, BadProof);
    world.done(STRANGER, world.contract().claim(0, claim, 10, vec![]));
    assert_eq!(world.holds(bob), 10);
    assert_eq!(world.holds(world.distributor), 0);
}

#[test]
fn a_claim_to_the_distributor_is_refused() {
    let mut world = World::new();
    let itself = world.signed(&key(1), world.distributor);
    let answer = world.refused(STRANGER, world.claim_as(FIRST_OF_KEY_1, itself));
    assert_eq!(answer, PaysItself);
    assert!(!world.get(world.contract().is_claimed(FIRST_OF_KEY_1)));
    world.done(STRANGER, world.claim(FIRST_OF_KEY_1));
}

#[test]
fn a_claim_to_nobody_is_refused() {
    let nobody = AccountId::from([0; 32]);
    let mut world = of(List::of(vec![
        (Holder::Account(nobody), 5),
        (Holder::Address(key(1).address()), 6),
    ]));
    for (index, claimant) in [
        (0, Claimant::Account(nobody)),
        (1, world.signed(&key(1), nobody)),
    ] {
        let answer = world.refused(STRANGER, world.claim_as(index, claimant));
        assert_eq!(answer, PaysNobody);
        assert!(!world.get(world.contract().is_claimed(index)));
    }
    let claimant = world.signed(&key(1), DESTINATION.account());
    world.done(STRANGER, world.claim_as(1, claimant));
}

#[test]
fn the_first_of_several_reasons_is_given() {
    let mut world = unfunded(List::small());
    let (amount, proof) = (world.list.amount(OF_KEY_2), world.list.proof(OF_KEY_2));
    let to_itself = world.signed(&key(2), world.distributor);
    let unsigned = Claimant::Address {
        address: key(2).address(),
        destination: world.distributor,
        signature: [0; 65],
    };
    let claim = |world: &mut World, claimant: &Claimant, proof: &[_]| {
        let answer = world.send(
            STRANGER,
            world
                .contract()
                .claim(OF_KEY_2, claimant.clone(), amount, proof.to_vec()),
        );
        answer.value.unwrap().unwrap_err()
    };
    assert_eq!(claim(&mut world, &to_itself, &proof), PaysItself);
    assert_eq!(claim(&mut world, &unsigned, &proof), BadSignature);
    assert_eq!(claim(&mut world, &unsigned, &[]), BadProof);
    world.give(world.distributor, amount);
    world.done(STRANGER, world.claim(OF_KEY_2));
    assert_eq!(claim(&mut world, &unsigned, &[]), AlreadyClaimed);
    world.at(DEADLINE + 1);
    assert_eq!(claim(&mut world, &unsigned, &[]), Closed);
}
