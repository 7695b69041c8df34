use core::marker::PhantomData;
use ink::{
    env::Event,
    prelude::{vec, vec::Vec},
    scale::{Decode, Encode, EncodeLike, Error, Input, Output},
    storage::{
        traits::{Packed, StorageKey},
        Lazy, Mapping,
    },
};

/// One way into storage for the cells of all types, as bytes.
///
/// ink! compiles each read and each write anew for each type of key and value, and each encoding
/// for each place that it can go to. Here they go through one piece of code, to one place. The
/// cells are those that ink! would read and write, to the byte.
pub trait Slim<K: Encode, V> {
    /// What lies in the cell.
    fn read<Q: EncodeLike<K>>(&self, key: Q) -> Option<V>;
    /// What lies in the cell, as it lies there.
    fn stored<Q: EncodeLike<K>>(&self, key: Q) -> Option<Stored<V>>;
    /// Writes the cell.
    fn write<Q: EncodeLike<K>>(&mut self, key: Q, value: &V);
    /// Frees the cell.
    fn clear<Q: EncodeLike<K>>(&mut self, key: Q);
}

impl<K: Encode, V: Packed, S: StorageKey> Slim<K, V> for Mapping<K, V, S> {
    fn read<Q: EncodeLike<K>>(&self, key: Q) -> Option<V> {
        open(get(&pack(&(S::KEY, key)))?)
    }

    fn stored<Q: EncodeLike<K>>(&self, key: Q) -> Option<Stored<V>> {
        Some(Stored(get(&pack(&(S::KEY, key)))?, PhantomData))
    }

    fn write<Q: EncodeLike<K>>(&mut self, key: Q, value: &V) {
        set(pack(&(S::KEY, key)), pack(value));
    }

    fn clear<Q: EncodeLike<K>>(&mut self, key: Q) {
        free(pack(&(S::KEY, key)));
    }
}

/// The same for a cell without key.
pub trait SlimCell<V> {
    /// What lies in the cell.
    fn read(&self) -> Option<V>;
    /// What lies in the cell, as it lies there.
    fn stored(&self) -> Option<Stored<V>>;
    /// Writes the cell.
    fn write(&mut self, value: &V);
}

impl<V: Packed, S: StorageKey> SlimCell<V> for Lazy<V, S> {
    fn read(&self) -> Option<V> {
        open(get(&pack(&S::KEY))?)
    }

    fn stored(&self) -> Option<Stored<V>> {
        Some(Stored(get(&pack(&S::KEY))?, PhantomData))
    }

    fn write(&mut self, value: &V) {
        set(pack(&S::KEY), pack(value));
    }
}

/// A value as bytes: for an answer that need not be understood on the way. Encoded and described as
/// the value itself; decoded only from input that ends with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<T>(Bytes, PhantomData<T>);

impl<T> Stored<T> {
    /// A value that was [packed](pack).
    pub fn of(packed: Vec<u8>) -> Self {
        Self(Bytes(packed), PhantomData)
    }
}

impl<T: Decode> Stored<T> {
    /// The value.
    pub fn open(&self) -> Option<T> {
        T::decode(&mut &self.0 .0[..]).ok()
    }
}

impl<T> Encode for Stored<T> {
    fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
        output.write(&self.0 .0);
    }
}

impl<T> Decode for Stored<T> {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        Ok(Self(Bytes::decode(input)?, PhantomData))
    }
}

#[cfg(feature = "std")]
impl<T: ink::scale_info::TypeInfo + 'static> ink::scale_info::TypeInfo for Stored<T> {
    type Identity = T::Identity;

    fn type_info() -> ink::scale_info::Type {
        T::type_info()
    }
}

/// Emits an event that has no topic but its signature.
pub fn say<E: Event>(event: &E) {
    if let Some(signature) = &E::SIGNATURE_TOPIC {
        emit(signature, pack(event));
    }
}

#[cfg(not(feature = "std"))]
#[inline(never)]
fn emit(signature: &'static [u8; 32], data: Vec<u8>) {
    use pallet_contracts_uapi::{HostFn, HostFnImpl};
    // A list of one topic.
    let mut topics = vec![4];
    topics.extend_from_slice(signature);
    HostFnImpl::deposit_event(&topics, &data);
}

/// Compiled natively, for metadata and for the rules, there is no chain.
#[cfg(feature = "std")]
fn emit(_: &'static [u8; 32], _: Vec<u8>) {}

/// All bytes that are left of some input.
///
/// # Errors
/// That of the input.
#[inline(never)]
pub fn rest<I: Input>(input: &mut I) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![0; input.remaining_len()?.unwrap_or_default()];
    input.read(&mut bytes)?;
    Ok(bytes)
}

/// A value in SCALE. Every value goes this way, so that its encoding is compiled once.
pub fn pack<T: Encode>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.encode_to(&mut bytes);
    bytes
}

/// What lies in a cell of a mapping, as it lies there: the mapping's key, and then the cell's as
/// bytes.
pub fn lying_at(cells: u32, key: &[u8]) -> Option<Vec<u8>> {
    let mut place = pack(&cells);
    place.extend_from_slice(key);
    Some(get(&place)?.0)
}

fn open<T: Decode>(bytes: Bytes) -> Option<T> {
    T::decode(&mut &bytes.0[..]).ok()
}

#[inline(never)]
fn get(place: &[u8]) -> Option<Bytes> {
    ink::env::get_contract_storage(&Raw(place)).ok().flatten()
}

#[inline(never)]
fn set(place: Vec<u8>, value: Vec<u8>) {
    ink::env::set_contract_storage(&Raw(&place), &Bytes(value));
}

#[inline(never)]
fn free(place: Vec<u8>) {
    ink::env::clear_contract_storage(&Raw(&place));
}

/// The key of a cell.
struct Raw<'a>(&'a [u8]);

impl Encode for Raw<'_> {
    fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
        output.write(self.0);
    }
}

/// What lies in a cell, or an event, to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bytes(Vec<u8>);

impl Encode for Bytes {
    fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
        output.write(&self.0);
    }
}

impl Decode for Bytes {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        Ok(Self(rest(input)?))
    }
}
