//! Typed calls to release Wasm: the ground that every test, measurement and demonstration of the
//! suite stands on.
//!
//! A scenario is written against [`Chain`]. [`EmbeddedChain`] is the backend that needs no node:
//! the real `pallet-contracts` in this process. What a scenario says stays the same on any backend:
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
mod embedded;
mod frames;
pub mod shape;
mod typed;

pub use accounts::{EthereumKey, Keyring};
pub use artifacts::{artifacts, contract_address, ArtifactError, Code};
pub use chain::{Chain, Deposit, Event, Failure, Gas, Outcome, Returned};
pub use embedded::{EmbeddedChain, GENESIS, START};
pub use typed::{
    at, constructor_input, parts, psp22, read, Constructor, Created, Message, Receipt, Typed,
};
