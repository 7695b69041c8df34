use ink::env::{event::state::HasRemainingTopics, Event};

/// Emits an event that has no topic but its signature.
///
/// ink! compiles the emission anew for each type of event. Here all events share one piece of code.
/// An event with further topics, or without a signature, does not compile:
///
/// ```
/// use allive_storage::emit;
///
/// #[ink::event]
/// struct Counted {
///     count: u64,
/// }
///
/// emit(&Counted { count: 5 });
/// ```
///
/// ```compile_fail,E0271
/// use allive_storage::emit;
///
/// #[ink::event]
/// struct Counted {
///     #[ink(topic)]
///     count: u64,
/// }
///
/// emit(&Counted { count: 5 });
/// ```
pub fn emit<E: Event<RemainingTopics = [HasRemainingTopics; 1]>>(event: &E) {
    if let Some(signature) = &E::SIGNATURE_TOPIC {
        deposit(signature, &event.encode());
    }
}

#[cfg(not(feature = "std"))]
#[inline(never)]
fn deposit(signature: &[u8; 32], data: &[u8]) {
    use pallet_contracts_uapi::{HostFn, HostFnImpl};
    // A list of one topic.
    let mut topics = ink::prelude::vec![4];
    topics.extend_from_slice(signature);
    HostFnImpl::deposit_event(&topics, data);
}

/// In a native build, for metadata and unit tests, there is no chain.
#[cfg(feature = "std")]
fn deposit(_: &[u8; 32], _: &[u8]) {}
