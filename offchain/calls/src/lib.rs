//! Typed calls to built contracts. Every test, measurement and demonstration uses them.
//!
//! A scenario is written against [`Chain`], and runs on any backend that implements it: the
//! embedded chain of `offchain/simulator`, or a node through `offchain/rpc`.
//!
//! ```ignore
//! let mut chain = EmbeddedChain::new();
//! let alv = chain.create(alice, &code, AlvRef::new(supply, cap, terms, chain_id), b"salt")?;
//! let receipt = chain.send(alice, psp22(alv).transfer(bob, 5, vec![]));
//! assert_eq!(receipt.value, Ok(Ok(())));
//! ```

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod accounts;
mod artifacts;
mod chain;
pub mod shape;
mod typed;

pub use accounts::{EthereumKey, Keyring};
pub use artifacts::{artifacts, contract_address, ArtifactError, Code};
pub use chain::{Chain, Deposit, Event, Failure, Gas, Outcome, Returned};
pub use typed::{
    at, constructor_input, parts, psp22, read, Constructor, Created, Message, Receipt, Typed,
};
