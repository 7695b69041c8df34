//! What the node adds to Substrate's parts, tried on running nodes.
//!
//! `scripts/node build` runs this before it keeps a binary.

mod running;
mod transfer;

use running::{Folder, Node};
use serde_json::{json, Value};

const MONTH: u64 = 30 * 24 * 3600 * 1000;
/// Pallet-timestamp's, in milliseconds.
const MINIMUM_PERIOD: u64 = 5;

#[test]
fn a_sealed_block_is_final_at_once() {
    let node = Node::start(&[]);
    node.call("engine_createBlock", json!([true, true]));
    assert_eq!(node.finalized(), 1);
}

#[test]
fn the_clock_advances_by_months_and_queries_see_it() {
    let node = Node::start(&[]);
    node.call("engine_createBlock", json!([true, true]));
    let before = node.time(&Value::Null);

    let after = node
        .call("clock_advance", json!([3 * MONTH]))
        .as_u64()
        .unwrap();

    assert!((3 * MONTH..3 * MONTH + 60_000).contains(&(after - before)));
    assert_eq!(node.time(&Value::Null), after);
    assert!(node.call("clock_now", json!([])).as_u64().unwrap() >= after);
    assert_eq!(node.finalized(), 2);
}

#[test]
fn time_grows_between_blocks_of_the_same_millisecond() {
    let node = Node::start(&[]);
    let blocks = node.batch(&vec![("engine_createBlock", json!([true, true])); 50]);

    let times: Vec<_> = blocks
        .iter()
        .map(|block| node.time(&block["hash"]))
        .collect();

    assert!(
        times
            .windows(2)
            .all(|pair| pair[1] >= pair[0] + MINIMUM_PERIOD),
        "{times:?}"
    );
    assert_eq!(node.finalized(), 50);
}

#[test]
fn transactions_that_come_at_once_are_all_sealed() {
    let node = Node::start(&[]);
    let genesis = node.call("chain_getBlockHash", json!([0]));
    // The other way round, so that each waits for those behind it.
    let transfers: Vec<_> = (0..50)
        .rev()
        .map(|nonce| {
            (
                "author_submitExtrinsic",
                json!([transfer::signed(nonce, &genesis)]),
            )
        })
        .collect();

    node.batch(&transfers);

    while node.call("author_pendingExtrinsics", json!([])) != json!([]) {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(
        node.call("system_accountNextIndex", json!([transfer::SENDER])),
        50
    );
    assert_eq!(node.finalized(), node.height(&Value::Null));
}

#[test]
fn a_live_chain_says_so_and_begins_with_another_block() {
    let genesis = |flags: &[&str], kind: &str| {
        let node = Node::start(flags);
        assert_eq!(node.call("system_chainType", json!([])), kind);
        node.call("chain_getBlockHash", json!([0]))
    };
    let development = genesis(&[], "Development");
    let local = genesis(&["--chain-type", "local"], "Local");
    let live = genesis(&["--chain-type", "live"], "Live");
    assert!(development != live && development != local && local != live);
}

#[test]
fn a_chain_that_was_kept_goes_on_at_its_time() {
    let folder = Folder::new("kept");
    let flags = ["--base-path", folder.0.to_str().unwrap()];
    let node = Node::start(&flags);
    let stopped = node.call("clock_advance", json!([MONTH])).as_u64().unwrap();
    node.stop();

    let node = Node::start(&flags);

    assert_eq!((node.finalized(), node.time(&Value::Null)), (1, stopped));
    let resumed = node.call("clock_advance", json!([1000])).as_u64().unwrap();
    assert!((1000..60_000).contains(&(resumed - stopped)));
}
