use core::ops::{Deref, DerefMut};
use ink::{
    prelude::vec::Vec,
    scale::{Decode, Encode, EncodeLike, Error, Input, Output},
};

/// A short list: of at most [`LONGEST`](Self::LONGEST) values. Encoded and described as the vector
/// that it is.
///
/// A vector that may be of any length is read in chunks, which takes twice the code, anew for each
/// type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T>(Vec<T>);

impl<T> List<T> {
    /// How many values it can have: as many as the first byte of a vector can say. A longer one
    /// cannot be read back, so that whoever makes one must have a bound of its own.
    pub const LONGEST: usize = 63;
}

impl<T> List<T> {
    /// Takes one out that is so, if there is one; the last takes its place. Returns whether there
    /// was.
    pub fn take_out(&mut self, is_it: impl FnMut(&T) -> bool) -> bool {
        let place = self.0.iter().position(is_it);
        if let Some(place) = place {
            self.0.swap_remove(place);
        }
        place.is_some()
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for List<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<T: Encode> Encode for List<T> {
    fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
        let length = u8::try_from(self.0.len().saturating_mul(4));
        output.push_byte(length.unwrap_or(u8::MAX));
        for value in &self.0 {
            value.encode_to(output);
        }
    }
}

impl<T: Encode> EncodeLike for List<T> {}

/// Apart, so that it is compiled once for all values.
#[inline(never)]
fn length<I: Input>(input: &mut I) -> Result<u8, Error> {
    let length = input.read_byte()?;
    if length & 3 != 0 {
        return Err("too long".into());
    }
    Ok(length >> 2)
}

impl<T: Decode> Decode for List<T> {
    #[inline(never)]
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        let length = length(input)?;
        let mut values = Vec::with_capacity(length.into());
        for _ in 0..length {
            values.push(T::decode(input)?);
        }
        Ok(Self(values))
    }
}

#[cfg(feature = "std")]
impl<T: ink::scale_info::TypeInfo + 'static> ink::scale_info::TypeInfo for List<T> {
    type Identity = Vec<T>;

    fn type_info() -> ink::scale_info::Type {
        Vec::<T>::type_info()
    }
}

#[cfg(feature = "std")]
impl<T: ink::scale_info::TypeInfo + 'static> ink::storage::traits::StorageLayout for List<T> {
    fn layout(key: &ink::primitives::Key) -> ink::metadata::layout::Layout {
        use ink::metadata::layout::{Layout, LayoutKey, LeafLayout};
        Layout::Leaf(LeafLayout::from_key::<Self>(LayoutKey::from(key)))
    }
}
