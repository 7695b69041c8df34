//! What the contract consists of, and that the tool's lists are its lists.

use crate::world::*;
use ::hostile::Mode;
use allive_calls::{parts, shape, Chain, Keyring};
use allive_holders::Snapshot;
use allive_support::code;
use ink::env::hash::{Blake2x256, CryptoHash};

fn selector(name: &str) -> Vec<u8> {
    let mut hash = [0; 32];
    Blake2x256::hash(name.as_bytes(), &mut hash);
    hash[..4].to_vec()
}

/// The chain tells the depth of calls, not their number. So: two deep; one event of the token's;
/// and a token that answers questions about balances with nothing does not fail the claim.
#[test]
fn a_claim_makes_one_frame() {
    let mut world = World::new();
    for index in [BOB, FIRST_OF_KEY_1] {
        let receipt = world.send(STRANGER, world.claim(index));
        assert_eq!(receipt.value, Ok(Ok(())));
        assert_eq!(receipt.frames, 2);
        let token = world.alv;
        let of_token = receipt.events.iter().filter(|e| e.contract == token);
        assert_eq!(of_token.count(), 1);
    }
    // What is refused before the payment calls nobody.
    assert_eq!(world.send(STRANGER, world.claim(BOB)).frames, 1);
    assert_eq!(
        world
            .send(
                STRANGER,
                world.claim_as(5, Claimant::Account([1; 32].into()))
            )
            .frames,
        1
    );

    let mut world = hostile();
    world.behave(Mode::AnswersBalances(vec![]));
    assert_eq!(
        world.send(STRANGER, world.claim(BOB)).value,
        Ok(Ok(())),
        "no balance was asked"
    );
    assert_eq!(world.holds(Keyring::Bob), 100, "one payment");
}

#[test]
fn there_are_no_messages_but_those_of_the_specification() {
    let code = code("alv_distributor");
    let mut names = shape::message_names(&code.metadata);
    names.sort();
    let specified = ["claim", "claimed_total", "is_claimed", "sweep", "terms"];
    assert_eq!(names, specified);
    let shape = shape::of(&code.metadata);
    let keys = |part: &str| -> Vec<String> {
        let part = shape[part].as_object().unwrap();
        part.keys().cloned().collect()
    };
    assert_eq!(keys("constructors"), ["new"]);
    let mut events = keys("events");
    events.sort();
    assert_eq!(events, ["Claimed", "Swept"]);

    // The code does not even import what would replace or remove the contract.
    let imports = |name: &str| {
        let mut windows = code.wasm.windows(name.len());
        windows.any(|window| window == name.as_bytes())
    };
    assert!(imports("seal_call") || imports("call"));
    for forbidden in ["set_code_hash", "terminate", "delegate_call", "instantiate"] {
        assert!(!imports(forbidden), "{forbidden}");
    }

    // Nobody, the deployer included, is understood when she says something else.
    let mut world = World::new();
    let before = world.state();
    for name in [
        "Ownable::owner",
        "Ownable::transfer_ownership",
        "Pausable::pause",
        "Upgradeable::set_code_hash",
        "set_code",
        "terminate",
        "withdraw",
    ] {
        let selector = selector(name);
        for sender in Keyring::all() {
            let to = world.distributor;
            let outcome = world.chain.call(sender.account(), to, selector.clone());
            let refused = outcome.result.map_or(true, |returned| returned.reverted);
            assert!(refused, "{name}");
        }
    }
    assert_eq!(world.state(), before);
    let cut = parts(world.claim(BOB)).1;
    let to = world.distributor;
    let outcome = world
        .chain
        .call(ADMIN.account(), to, cut[..cut.len() - 1].to_vec());
    assert!(outcome.result.map_or(true, |returned| returned.reverted));
    assert_eq!(world.state(), before);
}

/// A list as a person writes it; every holder is found in it, and paid.
#[test]
fn a_snapshot_of_the_tool_is_claimed() {
    let hex = |bytes: &[u8]| {
        let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        digits.concat()
    };
    let csv = format!(
        "account,amount\n0x{}, 2.5\n5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty,0.00000001\n\n0x{},3\n",
        hex(Keyring::Charlie.account().as_ref()),
        hex(&key(1).address()),
    );
    let snapshot = Snapshot::read(csv.as_bytes()).unwrap();
    let entries = snapshot.entries();
    let list = List::of(entries.iter().map(|e| (e.holder, e.amount)).collect());
    // The distributor is given the tool's root, count and total, not those of this test.
    assert_eq!(snapshot.root(), list.root());
    assert_eq!((snapshot.count(), snapshot.total()), (3, 550_000_001));
    let mut world = unfunded(list);
    world.terms = ClaimTerms {
        root: snapshot.root(),
        count: snapshot.count(),
        ..world.get(world.contract().terms())
    };
    let new = constructor(world.terms.clone());
    let created = world.create(ADMIN, "alv_distributor", new);
    world.distributor = created.unwrap().address;
    world.give(world.distributor, snapshot.total());
    for (index, entry) in (0..).zip(entries) {
        let proof = snapshot.proof(index).unwrap();
        let claimant = world.claimant(index);
        let answer = world.send(
            STRANGER,
            world.contract().claim(index, claimant, entry.amount, proof),
        );
        assert_eq!(answer.value, Ok(Ok(())), "{index}");
    }
    assert_eq!(world.holds(Keyring::Charlie), 250_000_000);
    assert_eq!(world.holds(Keyring::Bob), 1);
    assert_eq!(world.holds(DESTINATION), 300_000_000);
    assert_eq!(
        (
            world.holds(world.distributor),
            world.get(world.contract().claimed_total())
        ),
        (0, snapshot.total())
    );
}

#[test]
fn a_cell_that_cannot_be_decoded_traps() {
    let mut world = World::new();
    let distributor = world.distributor;
    world.done(STRANGER, world.claim(BOB));
    let claimed = world.contract().is_claimed(BOB);
    world.assert_undecodable_traps(distributor, b"CLMD", claimed);
    let terms = world.contract().terms();
    world.assert_undecodable_traps(distributor, &[0; 4], terms);
}
