//! What does not stand in the list is not shown, whatever is made up.

mod common;

use allive_merkle::{leaf, node, verify, Domain, Software, Tree};
use common::{leaves, DOMAIN};
use proptest::{collection::vec, prelude::*, sample::Index};

/// A list of up to 300 entries and a place in it.
fn place() -> impl Strategy<Value = (u64, u64)> {
    (1u64..300).prop_flat_map(|count| (0..count, Just(count)))
}

proptest! {
    #[test]
    fn one_flipped_bit_anywhere_fails((index, count) in place(), byte: Index, bit in 0u32..8) {
        let leaves = leaves(count);
        let tree = Tree::build(leaves.clone()).unwrap();
        let mut parts = vec![tree.root(), leaves[index as usize]];
        parts.extend(tree.proof(index).unwrap());
        prop_assert!(verify::<Software>(&parts[0], index, count, &parts[1], &parts[2..]));

        let at = byte.index(parts.len() * 32);
        parts[at / 32][at % 32] ^= 1 << bit;
        prop_assert!(!verify::<Software>(&parts[0], index, count, &parts[1], &parts[2..]));
    }

    #[test]
    fn made_up_proofs_fail_and_never_panic(
        root: [u8; 32],
        index: u64,
        count: u64,
        small: bool,
        entry: [u8; 32],
        proof in vec(any::<[u8; 32]>(), 0..80),
    ) {
        let (index, count) = if small { (index % 9, count % 9) } else { (index, count) };
        prop_assert!(!verify::<Software>(&root, index, count, &entry, &proof));
    }

    #[test]
    fn data_of_another_domain_fails((index, count) in place(), byte in 0usize..16, bit in 0u32..8) {
        let leaves = leaves(count);
        let tree = Tree::build(leaves).unwrap();
        let proof = tree.proof(index).unwrap();
        let mut other: Domain = *DOMAIN;
        other[byte] ^= 1 << bit;

        let data = index.to_le_bytes();
        let shown = |domain| {
            let leaf = leaf::<Software>(domain, &data);
            verify::<Software>(&tree.root(), index, count, &leaf, &proof)
        };
        prop_assert!(shown(DOMAIN));
        prop_assert!(!shown(&other));
    }
}

#[test]
fn a_node_in_place_of_a_leaf_fails() {
    for count in 2..=64 {
        let leaves = leaves(count);
        let tree = Tree::build(leaves.clone()).unwrap();
        for index in (0..count - 1).step_by(2) {
            let place = index as usize;
            let inner = node::<Software>(&leaves[place], &leaves[place + 1]);
            let proof = tree.proof(index).unwrap();
            for at in [index, index / 2, index + 1] {
                for proof in [&proof[..], &proof[1..]] {
                    let shown = verify::<Software>(&tree.root(), at, count, &inner, proof);
                    assert!(!shown, "node over {index} of {count} as leaf {at}");
                }
            }
        }
    }
}

#[test]
fn no_data_hashes_to_a_node_even_if_the_domain_is_chosen_for_it() {
    let children = leaves(2);
    let inner = node::<Software>(&children[0], &children[1]);
    let bytes = children.concat();
    let (domain, data) = bytes.split_first_chunk().unwrap();
    assert_ne!(leaf::<Software>(domain, data), inner);
    assert_ne!(leaf::<Software>(DOMAIN, &bytes), inner);
}

#[test]
fn a_hundred_thousand_leaves_are_proved_in_17_steps() {
    let count = 100_003;
    let leaves = leaves(count);
    let tree = Tree::build(leaves.clone()).unwrap();
    assert_eq!(tree.count(), count);
    // Spread over the list by a step that shares no factor with its length.
    for index in (0..100u64)
        .map(|turn| turn * 61_803 % count)
        .chain([count - 1])
    {
        let proof = tree.proof(index).unwrap();
        assert!(proof.len() <= 17);
        let leaf = &leaves[index as usize];
        assert!(verify::<Software>(&tree.root(), index, count, leaf, &proof));
    }
}
