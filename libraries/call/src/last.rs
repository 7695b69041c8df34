use ink::scale::{Decode, Encode, EncodeLike, Error, Input, Output};

/// The last argument of a message. Encoded and described as the value itself; it cannot be decoded
/// where bytes follow, so that ink! refuses the call.
///
/// ```
/// use allive_call::Last;
/// use ink::scale::Decode;
///
/// assert_eq!(Last::<u8>::decode(&mut &[7][..]), Ok(Last(7)));
/// assert!(Last::<u8>::decode(&mut &[7, 0][..]).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last<T>(pub T);

impl<T> From<T> for Last<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Encode> Encode for Last<T> {
    fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
        self.0.encode_to(output);
    }
}

impl<T: Encode> EncodeLike for Last<T> {}

impl<T: Decode> Decode for Last<T> {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        let value = T::decode(input)?;
        match input.remaining_len()? {
            Some(0) => Ok(Self(value)),
            _ => Err("bytes after the last argument".into()),
        }
    }
}

#[cfg(feature = "std")]
impl<T: ink::scale_info::TypeInfo + 'static> ink::scale_info::TypeInfo for Last<T> {
    type Identity = T::Identity;

    fn type_info() -> ink::scale_info::Type {
        T::type_info()
    }
}
