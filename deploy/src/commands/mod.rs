//! What the tool does on a chain over RPC: deploy, compare, verify, upgrade, hand over, resolve.

mod accounts;
mod book;
mod config;
mod council;
mod decision;
pub mod did;
mod factory;
mod hand;
pub mod handover;
mod identity;
mod keys;
mod plan;
mod site;
pub mod status;
mod suite;
pub mod up;
pub mod upgrade;
pub mod verify;
