//! What talks to a chain: accounts, queries, deployments, the address book. What needs a node is
//! left out of a build without the feature `node`.

pub mod accounts;
pub mod book;
pub mod deployment;
#[cfg(test)]
pub mod local;
pub mod packs;
pub mod queries;

#[cfg(feature = "node")]
pub mod arguments;
#[cfg(feature = "node")]
pub mod bundle;
#[cfg(feature = "node")]
pub mod connection;
#[cfg(feature = "node")]
pub mod decision;
#[cfg(feature = "node")]
pub mod facts;
#[cfg(feature = "node")]
pub mod keys;
#[cfg(feature = "node")]
pub mod layout;
#[cfg(feature = "node")]
pub mod plan;
#[cfg(feature = "node")]
mod rehearsal;
#[cfg(feature = "node")]
pub mod session;
