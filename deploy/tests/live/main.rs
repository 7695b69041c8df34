//! `allive` against real nodes, each test with one of its own. Run by `make test-node`, which names
//! the node's binary in ALLIVE_NODE.

mod book;
mod did;
mod ground;
mod handover;
mod import;
mod input;
mod keys;
mod packs;
mod resume;
mod story;
mod up;
mod upgrade;
