//! The list that `transfer_many` takes: a `Vec<(AccountId, u128)>` that is read where it lies.

use allive_access::Account;
use ink::{
    prelude::{vec, vec::Vec},
    scale::{Compact, Decode, Encode, EncodeLike, Error, Input, Output},
};

/// Whom to pay, and how much.
type Payment = (Account, u128);

/// Bytes of a payment: 32 name the account, 16 the amount.
const PAYMENT: usize = 48;

/// Up to 255 payments; a longer list cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payments {
    count: u8,
    bytes: Vec<u8>,
}

impl Payments {
    /// How many there are.
    pub fn count(&self) -> u8 {
        self.count
    }

    /// One after another.
    pub fn iter(&self) -> impl Iterator<Item = Payment> + '_ {
        self.bytes
            .chunks_exact(PAYMENT)
            .filter_map(|mut bytes| Payment::decode(&mut bytes).ok())
    }
}

impl Decode for Payments {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        let Compact(count) = Compact::<u8>::decode(input)?;
        let mut bytes = vec![0; usize::from(count).saturating_mul(PAYMENT)];
        input.read(&mut bytes)?;
        Ok(Self { count, bytes })
    }
}

impl Encode for Payments {
    fn encode_to<T: Output + ?Sized>(&self, dest: &mut T) {
        Compact(self.count).encode_to(dest);
        dest.write(&self.bytes);
    }
}

impl EncodeLike for Payments {}

#[cfg(feature = "std")]
impl ink::scale_info::TypeInfo for Payments {
    type Identity = Vec<Payment>;

    fn type_info() -> ink::scale_info::Type {
        Self::Identity::type_info()
    }
}
