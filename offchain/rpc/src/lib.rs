//! A chain with `pallet-contracts`, over RPC.
//!
//! [`Node`] answers what a deployer asks: what the chain is and allows, what a transaction would
//! cost, what became of it. It blocks; its caller needs no runtime. [`NodeChain`] puts the test
//! kit's trait on top, so that a scenario for the embedded chain runs on a node as it is.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod backend;
mod calls;
mod error;
mod keys;
mod node;
mod state;
mod trial;

pub use backend::NodeChain;
pub use calls::Transaction;
pub use error::NodeError;
pub use keys::{is_development_account, key, Key, KeyError};
pub use node::{ChainKind, Limits, Node, Sent};
pub use state::ContractInfo;
pub use trial::Trial;
