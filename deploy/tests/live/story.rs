//! The story of `allive demo`, on a node.

use crate::ground::{allive, Said, TestNode};

#[test]
fn the_story_plays_on_a_node_as_on_the_embedded_chain() {
    let node = TestNode::start();
    // Twice on one chain: the second story stands beside the first.
    for _ in 0..2 {
        let said = Said::of(&mut allive(&["demo", "--url", &node.url])).succeeds();
        let verdict = said.lines().last().unwrap();
        assert!(
            verdict.starts_with("VERDICT: passed. 188 calls, 56 of them refused"),
            "{verdict}"
        );
    }
}

#[test]
fn the_story_is_not_played_where_there_is_real_money() {
    let node = TestNode::with(&["--chain-type", "live"]);
    Said::of(&mut allive(&["demo", "--url", &node.url])).refuses(&["no development chain"]);
}
