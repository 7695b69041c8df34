//! What the contracts of the suite do differently from plain ink!, because measurements justify it:
//! a root cell that is written only when it changed ([`Tracked`], [`finish`]), and values behind a
//! pointer ([`Boxed`]). And one reading that is stricter than ink!'s: [`present`].

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod boxed;
mod present;
mod tracked;

pub use boxed::Boxed;
pub use present::present;
pub use tracked::{finish, Root, Tracked};
