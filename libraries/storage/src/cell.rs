use core::ops::{Deref, DerefMut};
use ink::{
    prelude::boxed::Box,
    scale::{Decode, Encode, EncodeLike, Error, Input, Output},
};

/// A large value behind a pointer, in a cell or as an argument. Encoded and described as the value
/// itself.
///
/// Compiled to Wasm, a value of many fields is copied eight bytes at a time wherever it is handed
/// on. Here a pointer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<T>(Box<T>);

impl<T> Cell<T> {
    /// The value itself.
    pub fn into_inner(self) -> T {
        *self.0
    }
}

impl<T> Deref for Cell<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Cell<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Cell<T> {
    fn from(value: T) -> Self {
        Self(Box::new(value))
    }
}

impl<T: Encode> Encode for Cell<T> {
    fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
        self.0.encode_to(output);
    }
}

impl<T: Encode> EncodeLike for Cell<T> {}

impl<T: Decode> Decode for Cell<T> {
    #[inline(never)]
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        Ok(Self(Box::<T>::decode(input)?))
    }
}

#[cfg(feature = "std")]
impl<T: ink::scale_info::TypeInfo + 'static> ink::scale_info::TypeInfo for Cell<T> {
    type Identity = T::Identity;

    fn type_info() -> ink::scale_info::Type {
        T::type_info()
    }
}

#[cfg(feature = "std")]
impl<T: ink::storage::traits::StorageLayout> ink::storage::traits::StorageLayout for Cell<T> {
    fn layout(key: &ink::primitives::Key) -> ink::metadata::layout::Layout {
        T::layout(key)
    }
}
