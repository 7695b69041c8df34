//! A chain with `pallet-contracts`, over RPC.
//!
//! [`Node`] serves deployments: it reads the chain's identity and limits, dry-runs and sends
//! transactions, and reports their results. It blocks, so its caller needs no async runtime.
//! [`NodeChain`] implements the trait `Chain` on top, so a scenario for the embedded chain runs on
//! a node unchanged.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod backend;
mod calls;
mod error;
mod history;
mod keys;
mod node;
mod state;
mod trial;

pub use backend::NodeChain;
pub use calls::Transaction;
pub use error::NodeError;
pub use history::Told;
pub use keys::{is_development_account, key, Key, KeyError};
pub use node::{ChainKind, Limits, Node, Sent};
pub use state::ContractInfo;
pub use trial::Trial;
