//! How cells are read, and which of them a message writes.
//!
//! After a message that takes `&mut self`, ink! writes the root cell back, whether it changed or
//! not. A write is a tenth of what a transfer of a token costs. A message whose changes all lie in
//! cells of their own can end before that.

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod cell;
mod list;
mod slim;
mod unread;

pub use cell::Cell;
pub use list::List;
pub use slim::{lying_at, pack, rest, say, Slim, SlimCell, Stored};
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
