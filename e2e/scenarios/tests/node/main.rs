//! The scenarios on a development node whose clock can be moved, at `ALLIVE_NODE_URL`.
//!
//! One test, since all of it shares the clock of the node and the accounts that act.

mod comparison;
mod recorded;

use ::psp22::PSP22;
use allive_access::PauseTerms;
use allive_calls::{psp22, Chain, Code, Keyring, Receipt, Typed};
use allive_rpc::NodeChain;
use allive_simulator::EmbeddedChain;
use alv::AlvRef;
use comparison::{alike, assert_alike};
use ink::primitives::AccountId;
use recorded::{Names, Recorded};
use std::{env, time::Instant};

#[test]
fn a_node_does_what_the_embedded_chain_does() {
    let url = env::var("ALLIVE_NODE_URL")
        .expect("ALLIVE_NODE_URL names a development node, as in ws://127.0.0.1:9944");
    let names = Names::read().unwrap();
    let mut embedded = Recorded::new(EmbeddedChain::new(), &names);
    let mut node = Recorded::new(NodeChain::connect(&url).unwrap(), &names);
    let kind = node.chain.node().kind().clone();
    assert!(
        kind.is_development,
        "`{}` is no development chain",
        kind.name
    );
    let on_the_node = allive_scenarios::all::<Recorded<NodeChain>>();
    let here = allive_scenarios::all::<Recorded<EmbeddedChain>>();
    for ((name, on_the_node), (_, here)) in on_the_node.into_iter().zip(here) {
        let begun = Instant::now();
        on_the_node(&mut node, kind.genesis);
        println!("{name}: {:.1} s", begun.elapsed().as_secs_f32());
        here(&mut embedded, kind.genesis);
        let steps = [&embedded.taken, &node.taken].map(|taken| taken.iter().map(|it| &it.name));
        let [here, on_the_node] = steps.map(Iterator::collect::<Vec<_>>);
        assert_eq!(here, on_the_node, "{name} takes other steps on the node");
    }
    assert_alike(&embedded.taken, &node.taken);

    let mut node = node.chain;
    let here = {
        let mut chain = EmbeddedChain::new();
        let alv = deploy(&mut chain, kind.genesis);
        transfers(&mut chain, alv)
    };
    let alv = deploy(&mut node, kind.genesis);
    // Another connection, which does not know what was stored before.
    let there = transfers(&mut NodeChain::connect(&url).unwrap(), alv);
    for (number, (here, there)) in here.iter().zip(&there).enumerate() {
        println!(
            "transfer {number}: {:?}, on the node {:?}; {:?}",
            here.gas, there.gas, there.deposit
        );
        assert_eq!(here.value, there.value);
        assert_eq!(here.deposit, there.deposit);
        assert_eq!(facts(here), facts(there));
        assert!(alike(here.gas, there.gas));
    }
}

fn deploy<C: Chain>(chain: &mut C, genesis: [u8; 32]) -> AccountId {
    chain.advance(1);
    let pause = PauseTerms {
        duration: 1,
        cooldown: 1,
    };
    let salt = chain.now().to_le_bytes();
    let code = Code::read("alv").unwrap();
    let constructor = AlvRef::new(1_000, 1_000, pause, genesis);
    let created = chain.create(Keyring::Alice.account(), &code, constructor, &salt);
    created.unwrap().unwrap().address
}

/// A transfer that makes a cell, one to a cell that exists, one that empties a cell, one too
/// large, and one of what is no token.
fn transfers<C: Chain>(
    chain: &mut C,
    alv: AccountId,
) -> [Receipt<Result<(), ::psp22::PSP22Error>>; 5] {
    let [alice, bob, ..] = Keyring::all().map(Keyring::account);
    [
        (alice, alv, bob, 10),
        (alice, alv, bob, 10),
        (bob, alv, alice, 20),
        (bob, alv, alice, 1),
        (alice, bob, bob, 1),
    ]
    .map(|(from, token, to, value)| chain.send(from, psp22(token).transfer(to, value, vec![])))
}

/// What was said, but by whom: the contracts have different addresses.
fn facts<R>(receipt: &Receipt<R>) -> Vec<(&Vec<[u8; 32]>, &Vec<u8>)> {
    let events = receipt.events.iter();
    events.map(|event| (&event.topics, &event.data)).collect()
}
