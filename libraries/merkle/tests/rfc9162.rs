//! Roots and proofs are those of RFC 9162, for every small list.

mod common;

use allive_merkle::{leaf, node, verify, EmptyTree, Hash, Sha256, Software, Tree};
use common::{leaves, mth, path, sides, DOMAIN};

const SIZES: std::ops::RangeInclusive<u64> = 1..=130;

fn shown(root: &Hash, index: u64, count: u64, leaf: &Hash, proof: &[Hash]) -> bool {
    verify::<Software>(root, index, count, leaf, proof)
}

/// Calls `check` for every place of every list of 1 to 130 leaves.
fn everywhere(check: impl Fn(&Tree, u64, &Hash, Vec<Hash>)) {
    for count in SIZES {
        let leaves = leaves(count);
        let tree = Tree::build(leaves.clone()).unwrap();
        for (index, leaf) in (0..).zip(&leaves) {
            check(&tree, index, leaf, tree.proof(index).unwrap());
        }
    }
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

#[test]
fn roots_and_proofs_are_those_of_the_definition() {
    for count in SIZES {
        let leaves = leaves(count);
        let tree = Tree::build(leaves.clone()).unwrap();
        assert_eq!(tree.root(), mth(&leaves), "root of {count}");
        assert_eq!(tree.count(), count);
        for index in 0..count {
            let expected = path(index as usize, &leaves);
            assert_eq!(tree.proof(index), Some(expected), "{index} of {count}");
        }
    }
}

#[test]
fn roots_are_those_published_for_certificate_transparency() {
    // The test tree of the RFC 6962 implementations. Its leaves have no
    // domain; above them the trees are the same.
    let entries = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    for (count, root) in (1..).zip(roots) {
        let leaves = entries[..count]
            .iter()
            .map(|entry| Software::sha256(&[&[0], &hex(entry)]))
            .collect();
        assert_eq!(Tree::build(leaves).unwrap().root(), hex(root)[..]);
    }
}

#[test]
fn leaves_and_nodes_hash_their_prefix_domain_and_parts_in_order() {
    let data = b"entry";
    let bytes = [&[0][..], DOMAIN, data].concat();
    assert_eq!(leaf::<Software>(DOMAIN, data), Software::sha256(&[&bytes]));

    let (left, right) = ([7; 32], [9; 32]);
    let bytes = [&[1][..], &left, &right].concat();
    assert_eq!(node::<Software>(&left, &right), Software::sha256(&[&bytes]));
}

#[test]
fn every_place_of_every_small_list_verifies() {
    everywhere(|tree, index, leaf, proof| {
        assert!(shown(&tree.root(), index, tree.count(), leaf, &proof));
    });
}

#[test]
fn no_other_index_verifies() {
    for count in SIZES {
        let leaves = leaves(count);
        let tree = Tree::build(leaves.clone()).unwrap();
        // Each index on lists up to 40, what lies near it on longer ones.
        let step = if count <= 40 { 1 } else { 17 };
        for (index, leaf) in (0..).zip(&leaves) {
            let proof = tree.proof(index).unwrap();
            let near = [index ^ 1, index ^ 2, index / 2, index * 2, index + count];
            let outside = [count, count + 1, u64::MAX];
            for other in (0..count).step_by(step).chain(near).chain(outside) {
                assert_eq!(
                    shown(&tree.root(), other, count, leaf, &proof),
                    other == index,
                    "{index} of {count} as {other}"
                );
            }
        }
    }
}

#[test]
fn another_count_verifies_only_where_the_path_is_the_same() {
    for count in 1..=40 {
        let leaves = leaves(count);
        let tree = Tree::build(leaves.clone()).unwrap();
        for (index, leaf) in (0..).zip(&leaves) {
            let proof = tree.proof(index).unwrap();
            let path = sides(index as usize, count as usize);
            for other in 0..=70 {
                let same = index < other && sides(index as usize, other as usize) == path;
                assert_eq!(
                    shown(&tree.root(), index, other, leaf, &proof),
                    same,
                    "{index} of {count} as of {other}"
                );
            }
            assert!(!shown(&tree.root(), index, u64::MAX, leaf, &proof));
        }
    }
}

#[test]
fn index_and_count_together_can_be_forged_so_the_count_must_be_stored() {
    let leaves = leaves(5);
    let tree = Tree::build(leaves.clone()).unwrap();
    let proof = tree.proof(4).unwrap();
    assert!(shown(&tree.root(), 4, 5, &leaves[4], &proof));
    assert!(shown(&tree.root(), 1, 2, &leaves[4], &proof));
    assert!(shown(&tree.root(), 2, 3, &leaves[4], &proof));
}

#[test]
fn another_leaf_or_root_fails() {
    everywhere(|tree, index, leaf, proof| {
        let (root, count) = (tree.root(), tree.count());
        let stranger = leaves(count + 1).pop().unwrap();
        assert!(!shown(&root, index, count, &stranger, &proof));
        assert!(!shown(&stranger, index, count, leaf, &proof));
    });
}

#[test]
fn a_shorter_or_longer_proof_fails() {
    everywhere(|tree, index, leaf, proof| {
        let (root, count) = (tree.root(), tree.count());
        for length in 0..proof.len() {
            assert!(!shown(&root, index, count, leaf, &proof[..length]));
            assert!(!shown(&root, index, count, leaf, &proof[length + 1..]));
        }
        let longer = [&proof[..], &[root]].concat();
        assert!(!shown(&root, index, count, leaf, &longer));
        // Also when the superfluous sibling leads to the root claimed.
        for beyond in [node::<Software>(&root, &root), root] {
            assert!(!shown(&beyond, index, count, leaf, &longer));
        }
    });
}

#[test]
fn swapped_siblings_fail() {
    everywhere(|tree, index, leaf, proof| {
        for at in 1..proof.len() {
            let mut swapped = proof.clone();
            swapped.swap(at - 1, at);
            assert!(!shown(&tree.root(), index, tree.count(), leaf, &swapped));
        }
    });
}

#[test]
fn an_index_outside_the_list_fails() {
    let leaf = leaves(1)[0];
    assert!(shown(&leaf, 0, 1, &leaf, &[]));
    assert!(!shown(&leaf, 0, 0, &leaf, &[]));
    assert!(!shown(&leaf, 1, 1, &leaf, &[]));
    assert!(!shown(&leaf, u64::MAX, 0, &leaf, &[]));
    assert!(!shown(&leaf, u64::MAX, u64::MAX, &leaf, &[]));
}

#[test]
fn the_longest_list_takes_64_siblings_and_no_more() {
    let (leaf, proof) = (leaves(1)[0], leaves(65));
    let root = |siblings: &[Hash]| {
        siblings
            .iter()
            .fold(leaf, |hash, sibling| node::<Software>(&hash, sibling))
    };
    assert!(shown(&root(&proof[..64]), 0, u64::MAX, &leaf, &proof[..64]));
    assert!(!shown(&root(&proof), 0, u64::MAX, &leaf, &proof));
}

#[test]
fn a_proof_past_the_root_costs_no_hash() {
    struct Unreachable;
    impl Sha256 for Unreachable {
        fn sha256(_: &[&[u8]]) -> Hash {
            panic!("hashed past the root")
        }
    }
    let leaf = leaves(1)[0];
    assert!(!verify::<Unreachable>(&leaf, 0, 1, &leaf, &[leaf; 1_000]));
    assert!(!verify::<Unreachable>(&leaf, 1, 1, &leaf, &[leaf]));
}

#[test]
fn no_proof_is_made_outside_the_list() {
    let tree = Tree::build(leaves(5)).unwrap();
    assert!(tree.proof(4).is_some());
    assert_eq!(tree.proof(5), None);
    assert_eq!(tree.proof(u64::MAX), None);
}

#[test]
fn no_tree_is_built_of_nothing() {
    assert_eq!(Tree::build(Vec::new()).err(), Some(EmptyTree));
}
