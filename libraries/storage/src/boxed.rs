use core::ops::{Deref, DerefMut};
use ink::{
    prelude::boxed::Box,
    scale::{Decode, Encode, EncodeLike, Error, Input, Output},
};

/// A value behind a pointer, as an argument or in storage. Encoded and described as the value
/// itself.
///
/// In Wasm, an [`AccountId`](ink::primitives::AccountId) is copied eight bytes at a time wherever
/// it is passed, and each message that takes one has its own code to decode it. A `Boxed` passes a
/// pointer, and one function decodes it. `docs/decisions/0011-plain-unless-measured.md` says where
/// that is worth it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boxed<T>(Box<T>);

impl<T> Boxed<T> {
    /// The value itself.
    pub fn into_inner(self) -> T {
        *self.0
    }
}

impl<T> Deref for Boxed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Boxed<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Boxed<T> {
    #[inline]
    fn from(value: T) -> Self {
        Self(Box::new(value))
    }
}

impl<T: Encode> Encode for Boxed<T> {
    fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
        self.0.encode_to(output);
    }
}

impl<T: Encode> EncodeLike for Boxed<T> {}

impl<T: Decode> Decode for Boxed<T> {
    #[inline(never)]
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        Ok(Self(Box::<T>::decode(input)?))
    }
}

#[cfg(feature = "std")]
impl<T: ink::scale_info::TypeInfo + 'static> ink::scale_info::TypeInfo for Boxed<T> {
    type Identity = T::Identity;

    fn type_info() -> ink::scale_info::Type {
        T::type_info()
    }
}

#[cfg(feature = "std")]
impl<T: ink::storage::traits::StorageLayout> ink::storage::traits::StorageLayout for Boxed<T> {
    fn layout(key: &ink::primitives::Key) -> ink::metadata::layout::Layout {
        T::layout(key)
    }
}
