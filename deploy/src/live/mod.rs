//! What the tool does on a chain over RPC: deploy, compare, verify, upgrade.

mod accounts;
mod book;
mod config;
mod factory;
mod keys;
mod plan;
mod site;
pub mod status;
mod suite;
pub mod up;
pub mod upgrade;
pub mod verify;
