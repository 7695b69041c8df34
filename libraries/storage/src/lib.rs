//! What the contracts of the suite do differently from plain ink!, because measurements justify it:
//! a root cell that is written only when it changed ([`Tracked`], [`finish`]), values behind a
//! pointer ([`Boxed`]), and events that share one piece of code ([`emit`]).

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod boxed;
mod emit;
mod tracked;

pub use boxed::Boxed;
pub use emit::emit;
pub use tracked::{finish, Root, Tracked};
