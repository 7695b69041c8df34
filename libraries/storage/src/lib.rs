//! What the contracts of the suite do otherwise than plain ink!, because a measure speaks for it: a
//! root cell that is written only when it changed ([`Tracked`], [`finish`]), values behind a
//! pointer ([`Boxed`]), and events that all go one way ([`emit`]).

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod boxed;
mod emit;
mod tracked;

pub use boxed::Boxed;
pub use emit::emit;
pub use tracked::{finish, Root, Tracked};
