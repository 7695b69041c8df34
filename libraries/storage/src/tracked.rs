use core::ops::Deref;
use ink::scale::{Decode, Encode, EncodeLike, Error, Input, Output};

/// The inline fields of a contract's root cell. They are read as fields of `T`. They can be changed
/// only through [`change`](Self::change), which marks them as changed.
///
/// It is encoded and described as `T`. A decoded value counts as unchanged. A new value is not in
/// storage yet, and counts as changed.
#[derive(Debug, PartialEq, Eq)]
pub struct Tracked<T> {
    fields: T,
    changed: bool,
}

impl<T> Tracked<T> {
    /// Fields that are not in storage yet.
    pub const fn new(fields: T) -> Self {
        Self {
            fields,
            changed: true,
        }
    }

    /// Whether the fields may differ from what is stored.
    pub const fn is_changed(&self) -> bool {
        self.changed
    }

    /// The fields, to change them.
    pub fn change(&mut self) -> &mut T {
        self.changed = true;
        &mut self.fields
    }
}

impl<T> Deref for Tracked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.fields
    }
}

impl<T: Encode> Encode for Tracked<T> {
    fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
        self.fields.encode_to(output);
    }
}

impl<T: Encode> EncodeLike for Tracked<T> {}

impl<T: Decode> Decode for Tracked<T> {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        Ok(Self {
            fields: T::decode(input)?,
            changed: false,
        })
    }
}

#[cfg(feature = "std")]
impl<T: ink::scale_info::TypeInfo + 'static> ink::scale_info::TypeInfo for Tracked<T> {
    type Identity = T::Identity;

    fn type_info() -> ink::scale_info::Type {
        T::type_info()
    }
}

#[cfg(feature = "std")]
impl<T: ink::storage::traits::StorageLayout> ink::storage::traits::StorageLayout for Tracked<T> {
    fn layout(key: &ink::primitives::Key) -> ink::metadata::layout::Layout {
        T::layout(key)
    }
}

/// A contract of which every inline field is [`Tracked`].
///
/// Mappings and lazy cells are not inline: they are written when they change, and store nothing in
/// the root cell. [`finish`] does not compile for a contract that has another inline field.
pub trait Root {
    /// The inline fields.
    type Inline;

    /// The inline fields.
    fn inline(&self) -> &Tracked<Self::Inline>;
}

/// Ends a message with success. It must be the last expression of a message.
///
/// After a message that takes `&mut self`, ink! writes the root cell, whether it changed or not. A
/// write costs a tenth of a token transfer. `finish` does not write a root that did not change: the
/// message returns to its caller at once.
///
/// ```
/// # use allive_storage::{finish, Root, Tracked};
/// struct Counter {
///     count: Tracked<u64>,
/// }
/// # impl Root for Counter {
/// #     type Inline = u64;
/// #     fn inline(&self) -> &Tracked<u64> {
/// #         &self.count
/// #     }
/// # }
/// # let counter = Counter { count: Tracked::new(1) };
/// let answer: Result<u64, ()> = finish(&counter, 5);
/// assert_eq!(answer, Ok(5));
/// ```
///
/// A contract with an inline field that is not tracked does not compile:
///
/// ```compile_fail,E0080
/// # use allive_storage::{finish, Root, Tracked};
/// struct Counter {
///     count: Tracked<u64>,
///     forgotten: u64,
/// }
/// # impl Root for Counter {
/// #     type Inline = u64;
/// #     fn inline(&self) -> &Tracked<u64> {
/// #         &self.count
/// #     }
/// # }
/// # let counter = Counter { count: Tracked::new(1), forgotten: 2 };
/// let answer: Result<u64, ()> = finish(&counter, 5);
/// ```
#[inline]
pub fn finish<C: Root, T: Encode, E: Encode>(contract: &C, answer: T) -> Result<T, E> {
    const {
        assert!(
            size_of::<C>() == size_of::<Tracked<C::Inline>>(),
            "an inline field of the contract is not tracked"
        );
    }
    if contract.inline().is_changed() {
        return Ok(answer);
    }
    answer_now(answer)
}

/// Compiled to Wasm, the message ends here.
#[cfg(not(feature = "std"))]
fn answer_now<T: Encode, E: Encode>(answer: T) -> Result<T, E> {
    ink::env::return_value::<ink::MessageResult<Result<T, E>>>(
        ink::env::ReturnFlags::empty(),
        &Ok(Ok(answer)),
    )
}

/// Compiled natively, for the rules, there is no message to end.
#[cfg(feature = "std")]
fn answer_now<T, E>(answer: T) -> Result<T, E> {
    Ok(answer)
}
