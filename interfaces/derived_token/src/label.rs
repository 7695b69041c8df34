use ink::{
    prelude::{vec, vec::Vec},
    scale::{Compact, Decode, Encode, EncodeLike, Error, Input, Output},
};

/// A `String` of at most 255 bytes that is passed on unchanged. It is not checked to be UTF-8. A
/// longer one cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(Vec<u8>);

impl Text {
    /// How many bytes it has.
    pub fn length(&self) -> usize {
        self.0.len()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl Decode for Text {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        let Compact(length) = Compact::<u8>::decode(input)?;
        let mut bytes = vec![0; length.into()];
        input.read(&mut bytes)?;
        Ok(Self(bytes))
    }
}

impl Encode for Text {
    fn encode_to<T: Output + ?Sized>(&self, dest: &mut T) {
        self.0.encode_to(dest);
    }
}

impl EncodeLike for Text {}

#[cfg(feature = "std")]
impl ink::scale_info::TypeInfo for Text {
    type Identity = String;

    fn type_info() -> ink::scale_info::Type {
        Self::Identity::type_info()
    }
}

#[cfg(feature = "std")]
impl ink::storage::traits::StorageLayout for Text {
    fn layout(key: &ink::primitives::Key) -> ink::metadata::layout::Layout {
        String::layout(key)
    }
}

/// What a derived token is called. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Label {
    /// Its name.
    pub name: Text,
    /// Its symbol.
    pub symbol: Text,
    /// How many digits of an amount come after the decimal point.
    pub decimals: u8,
}
