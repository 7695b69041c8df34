//! What the contracts of the suite do otherwise than plain ink!, because a measure speaks for it: a
//! root cell that is written only when it changed ([`Tracked`], [`finish`]), values behind a
//! pointer ([`Boxed`]), and events that all go one way ([`emit`]).

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod boxed;
mod emit;
mod tracked;
mod unread;

pub use boxed::Boxed;
pub use boxed::Boxed as Cell;
pub use emit::emit;
pub use tracked::{finish, Root, Tracked};
pub use unread::Unread;

use ink::scale::Encode;

/// Answers the caller with success and ends the message, leaving the root cell as it was stored.
///
/// Only for the end of a message of which every change has been written: mappings and lazy cells
/// write at once, fields of the root do not. An error needs no such care, since it undoes all.
///
/// Where contracts are tested natively there is no message to end, and `answer` is returned.
#[inline]
pub fn root_unchanged<T: Encode, E: Encode>(answer: T) -> Result<T, E> {
    #[cfg(not(feature = "std"))]
    ink::env::return_value::<ink::MessageResult<Result<T, E>>>(
        ink::env::ReturnFlags::empty(),
        &Ok(Ok(answer)),
    );
    #[cfg(feature = "std")]
    Ok(answer)
}
