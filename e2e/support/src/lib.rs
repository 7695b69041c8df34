//! What tests of contracts share.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod acting;
pub mod filler;
pub mod interface;
pub mod recovery;
pub mod standard;
pub mod stored;
pub mod tokens;
pub mod walks;
mod world;

pub use world::{account, code, Cells, Subject, Topics, World};
