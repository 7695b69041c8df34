//! What tests of contracts share.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod acting;
pub mod filler;
pub mod interface;
pub mod standard;
pub mod tokens;
