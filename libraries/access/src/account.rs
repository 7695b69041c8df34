use core::ops::Deref;
use ink::{
    prelude::boxed::Box,
    primitives::AccountId,
    scale::{Decode, Encode, EncodeLike, Error, Input, Output},
};

/// A value behind a pointer. Encoded and described as the value itself.
///
/// Compiled to Wasm, a contract copies an [`AccountId`] or a `u128` by hand, eight bytes at a time,
/// wherever it hands one on, and decodes it anew for each message. A pointer is one instruction,
/// and its decoding one function: over the messages of a token that is a third of the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arg<T>(Box<T>);

/// An [`AccountId`] as an argument or in a cell.
pub type Account = Arg<AccountId>;

/// An amount of tokens as an argument, in the smallest unit.
pub type Amount = Arg<u128>;

impl<T> Deref for Arg<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Arg<T> {
    #[inline]
    fn from(value: T) -> Self {
        Self(Box::new(value))
    }
}

impl<T: Encode> Encode for Arg<T> {
    fn encode_to<O: Output + ?Sized>(&self, dest: &mut O) {
        self.0.encode_to(dest);
    }
}

impl<T: Encode> EncodeLike for Arg<T> {}

impl<T: Decode> Decode for Arg<T> {
    #[inline(never)]
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        Ok(Self(Box::<T>::decode(input)?))
    }
}

#[cfg(feature = "std")]
impl<T: ink::scale_info::TypeInfo + 'static> ink::scale_info::TypeInfo for Arg<T> {
    type Identity = T::Identity;

    fn type_info() -> ink::scale_info::Type {
        T::type_info()
    }
}

#[cfg(feature = "std")]
impl<T: ink::storage::traits::StorageLayout> ink::storage::traits::StorageLayout for Arg<T> {
    fn layout(key: &ink::primitives::Key) -> ink::metadata::layout::Layout {
        T::layout(key)
    }
}
