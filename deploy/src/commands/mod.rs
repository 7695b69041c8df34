//! A file for each subcommand. What talks to a chain over RPC is left out of a build without the
//! feature `node`.

pub mod build;
pub mod demo;
pub mod locks;
pub mod provenance;
pub mod snapshot;

#[cfg(feature = "node")]
pub mod did;
#[cfg(feature = "node")]
pub mod handover;
#[cfg(feature = "node")]
pub mod status;
#[cfg(feature = "node")]
pub mod up;
#[cfg(feature = "node")]
pub mod upgrade;
#[cfg(feature = "node")]
pub mod verify;
