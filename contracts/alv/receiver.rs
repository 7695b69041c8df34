//! How ALV tells a contract what was paid to it.

use ink::{
    prelude::{vec, vec::Vec},
    primitives::AccountId,
    scale::{Compact, Decode, Encode, EncodeLike, Error, Input, Output},
};

/// What a payer has to say to the contract that it pays: up to 255 bytes, behind room for what ALV
/// says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(Vec<u8>);

/// What ALV says: selector, payer, amount.
const HEAD: usize = 4 + 32 + 16;

/// `on_received(from: AccountId, value: u128, ...) -> Result<_, _>`: what ERC-1363 calls
/// `onTransferReceived`. Further arguments are the payer's note.
pub const ON_RECEIVED: [u8; 4] = ink::selector_bytes!("PSP22Receiver::on_received");

/// Says to `receiver` that `from` paid it `value`. Whether it accepted.
#[cfg(not(feature = "std"))]
pub fn announce(receiver: &AccountId, from: &AccountId, value: u128, note: Note) -> bool {
    use pallet_contracts_uapi::{CallFlags, HostFn, HostFnImpl};

    let mut input = note.0;
    let (selector, rest) = input.split_at_mut(4);
    let (payer, rest) = rest.split_at_mut(32);
    let (amount, _) = rest.split_at_mut(16);
    selector.copy_from_slice(&ON_RECEIVED);
    payer.copy_from_slice(from.as_ref());
    amount.copy_from_slice(&value.to_le_bytes());
    let called = HostFnImpl::call_v2(
        CallFlags::empty(),
        receiver.as_ref(),
        0,
        0,
        None,
        &[0; 16],
        &input,
        None,
    );
    called.is_ok()
}

/// Compiled natively, for metadata and for the rules, there is no chain.
#[cfg(feature = "std")]
pub fn announce(_: &AccountId, _: &AccountId, _: u128, _: Note) -> bool {
    false
}

impl Decode for Note {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        let Compact(length) = Compact::<u8>::decode(input)?;
        let mut bytes = vec![0; usize::from(length).saturating_add(HEAD)];
        input.read(bytes.split_at_mut(HEAD).1)?;
        Ok(Self(bytes))
    }
}

impl Encode for Note {
    fn encode_to<T: Output + ?Sized>(&self, dest: &mut T) {
        self.0.split_at(HEAD).1.encode_to(dest);
    }
}

impl EncodeLike for Note {}

impl From<Vec<u8>> for Note {
    fn from(said: Vec<u8>) -> Self {
        let mut bytes = vec![0; HEAD];
        bytes.extend(said);
        Self(bytes)
    }
}

#[cfg(feature = "std")]
impl ink::scale_info::TypeInfo for Note {
    type Identity = Vec<u8>;

    fn type_info() -> ink::scale_info::Type {
        Self::Identity::type_info()
    }
}
