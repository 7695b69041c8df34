use ink::scale::{Decode, Encode, EncodeLike, Error, Input, Output};

/// An argument that a contract hands on without reading it. Encoded and described as the value
/// itself, which is there only where the message is made.
///
/// Since it is not decoded, whatever follows it cannot be either: a message that has one has others
/// after it at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread<T>(Option<T>);

impl<T> From<T> for Unread<T> {
    fn from(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T: Encode> Encode for Unread<T> {
    fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
        if let Some(value) = &self.0 {
            value.encode_to(output);
        }
    }
}

impl<T: Encode> EncodeLike for Unread<T> {}

impl<T> Decode for Unread<T> {
    fn decode<I: Input>(_: &mut I) -> Result<Self, Error> {
        Ok(Self(None))
    }
}

#[cfg(feature = "std")]
impl<T: ink::scale_info::TypeInfo + 'static> ink::scale_info::TypeInfo for Unread<T> {
    type Identity = T::Identity;

    fn type_info() -> ink::scale_info::Type {
        T::type_info()
    }
}
