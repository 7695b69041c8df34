//! The file of paths: the hashes by which every pack of a lot is proved.

use crate::Cid;
use allive_merkle::{node, verify, Hash, Software, Tree};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Seek, SeekFrom, Write};

/// How many leaves a reader hashes for one path.
pub const BLOCK: u64 = 1 << BLOCK_LEVEL;

/// The level of the tree at which a node covers a block.
const BLOCK_LEVEL: u32 = 8;

const HASH: u64 = 32;

/// Why there is no path.
#[derive(Debug, thiserror::Error)]
pub enum PathsError {
    /// What the reader or writer said.
    #[error("the paths cannot be read or written")]
    Io(#[from] io::Error),
    /// The file is of another lot, or was changed: another length, or another root.
    #[error("these are not the paths of this lot")]
    OtherLot,
    /// What the file holds at this place does not lead to the root: it was changed.
    #[error("the path of pack {index} does not lead to the root: the file was changed")]
    Damaged {
        /// The pack.
        index: u64,
    },
    /// The lot has fewer packs.
    #[error("the lot has no pack {index}: it has {count}")]
    NoSuchPack {
        /// The pack.
        index: u64,
        /// How many there are.
        count: u64,
    },
    /// Nothing was written.
    #[error("a lot has at least one pack")]
    Empty,
}

/// Writes the file of paths, leaf by leaf.
///
/// # The format
///
/// The file consists of hashes of 32 bytes and of nothing else. It begins with the leaves, in the
/// order of the packs. Behind them are the nodes of the tree from level 8 on: first, from left to
/// right, the nodes that cover 256 leaves each, then those that cover 512, and so on up to the
/// root, which is last. A level of an odd number of nodes lifts its last one, so that a level above
/// `n` nodes has `n / 2` rounded up. From the number of packs, which the chain has, everybody
/// computes where each hash is.
///
/// So the path of a pack is read from the 256 leaves around it, 8 KiB, and from one hash of each
/// level above. The levels between are hashed by the reader. All levels would double the file, and
/// the leaves alone would have to be hashed all of them. A million packs are 32.3 MB.
///
/// Without the salt of a pack, which only its label has, nobody learns a serial from its leaf.
pub struct PathsWriter<W> {
    file: W,
    hasher: Sha256,
    /// The leaves of the block that has begun.
    block: Vec<Hash>,
    /// The nodes of the blocks: 125 kB a million packs.
    blocks: Vec<Hash>,
}

impl<W: Write> PathsWriter<W> {
    /// Begins a file. Give a writer that buffers.
    pub fn new(file: W) -> Self {
        Self {
            file,
            hasher: Sha256::new(),
            block: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// Adds the leaf of the next pack.
    ///
    /// # Errors
    /// [`PathsError::Io`].
    pub fn push(&mut self, leaf: Hash) -> Result<(), PathsError> {
        self.write(&leaf)?;
        self.block.push(leaf);
        if u64::try_from(self.block.len()) == Ok(BLOCK) {
            self.end_block();
        }
        Ok(())
    }

    /// Writes the levels above. Returns the root and the identifier of the file.
    ///
    /// # Errors
    /// [`PathsError::Empty`], [`PathsError::Io`].
    pub fn finish(mut self) -> Result<(Hash, Cid), PathsError> {
        self.end_block();
        let mut level = std::mem::take(&mut self.blocks);
        loop {
            for node in &level {
                self.write(node)?;
            }
            level = match level.as_slice() {
                [] => return Err(PathsError::Empty),
                [root] => {
                    self.file.flush()?;
                    return Ok((*root, Cid::of_sha256(self.hasher.finalize().into())));
                }
                nodes => above(nodes),
            };
        }
    }

    fn write(&mut self, hash: &Hash) -> io::Result<()> {
        self.hasher.update(hash);
        self.file.write_all(hash)
    }

    fn end_block(&mut self) {
        if let Ok(tree) = Tree::build(std::mem::take(&mut self.block)) {
            self.blocks.push(tree.root());
        }
    }
}

/// The level above some nodes.
fn above(nodes: &[Hash]) -> Vec<Hash> {
    let pairs = nodes.chunks(2);
    pairs
        .filter_map(|pair| match pair {
            [left, right] => Some(node::<Software>(left, right)),
            [last] => Some(*last),
            _ => None,
        })
        .collect()
}

/// How many bytes the file of a lot of so many packs has.
pub fn file_length(count: u64) -> u64 {
    let above = levels(count).map(|(_, nodes)| nodes);
    above.fold(count, u64::saturating_add).saturating_mul(HASH)
}

/// Where each level from that of the blocks on begins, in hashes from the start of the file, and
/// how many nodes it has.
fn levels(count: u64) -> impl Iterator<Item = (u64, u64)> {
    let mut next = Some((count, count.div_ceil(BLOCK)));
    std::iter::from_fn(move || {
        let (begin, nodes) = next?;
        next = (nodes > 1).then(|| (begin.saturating_add(nodes), nodes.div_ceil(2)));
        Some((begin, nodes))
    })
}

/// What a file of paths says of a pack. It leads to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathProof {
    /// The leaf.
    pub leaf: Hash,
    /// The siblings from the leaf up.
    pub path: Vec<Hash>,
}

/// A file of paths, or whatever is read like one: a mirror of it needs only to give parts.
pub struct Paths<R> {
    source: R,
    root: Hash,
    count: u64,
}

impl<R: Read + Seek> Paths<R> {
    /// Opens the file of the lot that has this root and so many packs.
    ///
    /// # Errors
    /// [`PathsError::OtherLot`], [`PathsError::Io`].
    pub fn open(mut source: R, root: Hash, count: u64) -> Result<Self, PathsError> {
        let length = source.seek(SeekFrom::End(0))?;
        if count == 0 || length != file_length(count) {
            return Err(PathsError::OtherLot);
        }
        let mut paths = Self {
            source,
            root,
            count,
        };
        let last = (length / HASH).saturating_sub(1);
        if paths.hashes(last, 1)? != [root] {
            return Err(PathsError::OtherLot);
        }
        Ok(paths)
    }

    /// The leaf of a pack, and its path to the root. Both were checked against the root.
    ///
    /// # Errors
    /// [`PathsError::NoSuchPack`], [`PathsError::Damaged`], [`PathsError::Io`].
    pub fn proof(&mut self, index: u64) -> Result<PathProof, PathsError> {
        let count = self.count;
        if index >= count {
            return Err(PathsError::NoSuchPack { index, count });
        }
        let damaged = || PathsError::Damaged { index };
        let within = index % BLOCK;
        let begin = index.saturating_sub(within);
        let leaves = self.hashes(begin, BLOCK.min(count.saturating_sub(begin)))?;
        let leaf = usize::try_from(within)
            .ok()
            .and_then(|place| leaves.get(place).copied());
        let leaf = leaf.ok_or_else(damaged)?;
        let tree = Tree::build(leaves).map_err(|_| damaged())?;
        let mut path = tree.proof(within).ok_or_else(damaged)?;

        let mut place = index / BLOCK;
        for (begin, nodes) in levels(count) {
            let sibling = place ^ 1;
            if sibling < nodes {
                path.extend(self.hashes(begin.saturating_add(sibling), 1)?);
            }
            place >>= 1;
        }
        if !verify::<Software>(&self.root, index, count, &leaf, &path) {
            return Err(damaged());
        }
        Ok(PathProof { leaf, path })
    }

    fn hashes(&mut self, begin: u64, count: u64) -> io::Result<Vec<Hash>> {
        self.source
            .seek(SeekFrom::Start(begin.saturating_mul(HASH)))?;
        (0..count)
            .map(|_| {
                let mut hash = Hash::default();
                self.source.read_exact(&mut hash)?;
                Ok(hash)
            })
            .collect()
    }
}
