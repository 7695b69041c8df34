//! What both halves of the code ask of the chain.

use ink::{
    env::{DefaultEnvironment, Event},
    primitives::{AccountId, Hash},
    storage::traits::Storable,
};

/// The time of this block, in milliseconds since the Unix epoch.
#[inline(never)]
pub fn now() -> u64 {
    ink::env::block_timestamp::<DefaultEnvironment>()
}

/// Who sent the message.
pub fn caller() -> AccountId {
    ink::env::caller::<DefaultEnvironment>()
}

/// The factory.
pub fn this() -> AccountId {
    ink::env::account_id::<DefaultEnvironment>()
}

/// Says what happened.
pub fn emit(event: impl Event) {
    ink::env::emit_event::<DefaultEnvironment, _>(event);
}

/// Stores the root cell of a contract that is being created.
pub fn begin(root: &impl Storable) {
    ink::env::set_contract_storage(&ROOT, root);
}

/// Where ink! keeps the root cell.
const ROOT: u32 = 0;

/// Has the chain keep a code for as long as this contract is there. The constructor fails if there
/// is no such code.
pub fn keep(code: &Hash) {
    ink::env::lock_delegate_dependency::<DefaultEnvironment>(code);
}

/// Hands the message on as it came to `code`, which works on what this contract stores and holds.
/// Its answer is the answer.
#[cfg(not(feature = "std"))]
#[inline(never)]
pub fn hand_on(code: &Hash) -> ! {
    use pallet_contracts_uapi::{CallFlags, HostFn, HostFnImpl};

    let flags = CallFlags::FORWARD_INPUT.union(CallFlags::TAIL_CALL);
    let _ = HostFnImpl::delegate_call(flags, code.as_ref(), &[], None);
    unreachable!("the chain ends the message, unless that code trapped: so does this")
}

/// Compiled natively, for metadata and for the rules, there is no chain.
#[cfg(feature = "std")]
pub fn hand_on(_: &Hash) -> ! {
    unreachable!("no message is sent natively")
}
