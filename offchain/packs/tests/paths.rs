//! The file of paths, against the tree that has all its levels.

use allive_merkle::{leaf, verify, Hash, Software, Tree};
use allive_packs::{file_length, Cid, Paths, PathsError, PathsWriter, BLOCK};
use std::io::Cursor;

fn leaves(count: u64) -> Vec<Hash> {
    (0..count)
        .map(|index| leaf::<Software>(b"allive/test     ", &index.to_be_bytes()))
        .collect()
}

fn file(count: u64) -> (Vec<u8>, Hash, Cid) {
    let mut file = Vec::new();
    let mut writer = PathsWriter::new(&mut file);
    for leaf in leaves(count) {
        writer.push(leaf).unwrap();
    }
    let (root, cid) = writer.finish().unwrap();
    (file, root, cid)
}

const COUNTS: [u64; 14] = [
    1, 2, 3, 255, 256, 257, 511, 512, 513, 768, 1_000, 2_304, 5_121, 70_001,
];

#[test]
fn the_path_of_every_pack_is_that_of_the_tree() {
    for count in COUNTS {
        let leaves = leaves(count);
        let tree = Tree::build(leaves.clone()).unwrap();
        let (file, root, _) = file(count);
        assert_eq!(root, tree.root());
        let mut paths = Paths::open(Cursor::new(&file), root, count).unwrap();
        let step = if count > 10_000 { 997 } else { 1 };
        let ends = [count - 1, count / 2];
        for index in (0..count).step_by(step).chain(ends) {
            let proof = paths.proof(index).unwrap();
            assert_eq!(
                Some(proof.path.clone()),
                tree.proof(index),
                "{index} of {count}"
            );
            assert_eq!(proof.leaf, leaves[usize::try_from(index).unwrap()]);
            assert!(verify::<Software>(
                &root,
                index,
                count,
                &proof.leaf,
                &proof.path
            ));
        }
        let error = paths.proof(count).unwrap_err();
        assert!(matches!(error, PathsError::NoSuchPack { .. }));
    }
}

#[test]
fn the_file_has_32_bytes_a_pack_and_less_than_one_in_a_hundred_more() {
    for count in COUNTS {
        assert_eq!(u64::try_from(file(count).0.len()), Ok(file_length(count)));
    }
    assert_eq!(file_length(1), 64);
    assert_eq!(file_length(256), 257 * 32);
    assert_eq!(file_length(257), (257 + 2 + 1) * 32);
    assert_eq!(file_length(1_000_000), 32_250_208);
    assert_eq!(file_length(1 << 32), ((1 << 32) + (1 << 25) - 1) * 32);
}

#[test]
fn the_identifier_is_that_of_the_whole_file() {
    for count in COUNTS {
        let (file, _, cid) = file(count);
        assert_eq!(Cid::of(&mut file.as_slice()).unwrap(), cid);
    }
}

/// A reader that counts, as a mirror would bill it.
struct Counted<'f>(Cursor<&'f [u8]>, usize);

impl std::io::Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(buffer)?;
        self.1 += read;
        Ok(read)
    }
}

impl std::io::Seek for Counted<'_> {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_path_is_read_from_one_block_and_one_hash_of_each_level_above() {
    let count = 70_001;
    let (file, root, _) = file(count);
    let mut counted = Counted(Cursor::new(&file), 0);
    Paths::open(&mut counted, root, count)
        .unwrap()
        .proof(12_345)
        .unwrap();
    let hashes = 1 + usize::try_from(BLOCK).unwrap() + 9;
    assert_eq!(counted.1, hashes * 32);
}

#[test]
fn the_file_of_another_lot_is_known_as_such() {
    let (whole, root, _) = file(300);
    let open = |bytes: &[u8], root, count| {
        let opened = Paths::open(Cursor::new(bytes.to_vec()), root, count);
        opened.map(drop)
    };
    open(&whole, root, 300).unwrap();
    for (bytes, root, count) in [
        (&whole[..], [1; 32], 300),
        (&whole[..], root, 299),
        (&whole[..], root, 301),
        (&whole[..], root, 0),
        (&whole[..whole.len() - 32], root, 300),
        (&whole[..whole.len() - 1], root, 300),
        (&[whole.as_slice(), &[0]].concat(), root, 300),
        (&[], root, 300),
        (&[], root, 0),
    ] {
        assert!(matches!(
            open(bytes, root, count),
            Err(PathsError::OtherLot)
        ));
    }
}

#[test]
fn a_changed_file_gives_no_path_that_it_touches() {
    let (whole, root, _) = file(1_000);
    for place in [0, 32 * 5 + 3, 32 * 300, 32 * 1_000, 32 * 1_003] {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        let mut paths = Paths::open(Cursor::new(changed), root, 1_000).unwrap();
        let mut damaged = 0;
        for index in (0..1_000).step_by(5) {
            match paths.proof(index) {
                Ok(proof) => assert!(verify::<Software>(
                    &root,
                    index,
                    1_000,
                    &proof.leaf,
                    &proof.path
                )),
                Err(PathsError::Damaged { index: found }) => {
                    assert_eq!(found, index);
                    damaged += 1;
                }
                Err(error) => panic!("{error}"),
            }
        }
        assert!(damaged > 0, "{place}");
    }
}

#[test]
fn a_lot_without_packs_has_no_file() {
    let writer = PathsWriter::new(Vec::new());
    assert!(matches!(writer.finish(), Err(PathsError::Empty)));
}
