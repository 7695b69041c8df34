//! Observes which contracts a call reaches, and how deep it goes.

use pallet_contracts::{
    debug::{CallInterceptor, CallSpan, ExecResult, ExportedFunction, Tracing},
    ExecReturnValue,
};
use sp_runtime::AccountId32;
use std::{cell::RefCell, collections::BTreeSet};

/// What was seen since the last [`take`].
#[derive(Default)]
pub struct Seen {
    open: u32,
    /// The deepest nesting.
    pub deepest: u32,
    /// Every contract that ran.
    pub contracts: BTreeSet<AccountId32>,
}

thread_local! {
    static SEEN: RefCell<Seen> = RefCell::default();
}

/// Hands over what was seen, and begins anew.
pub fn take() -> Seen {
    SEEN.with_borrow_mut(std::mem::take)
}

/// The observer that the embedded runtime reports each frame to.
pub enum FrameCounter {}

/// One running frame.
pub struct Frame(());

impl<T> Tracing<T> for FrameCounter
where
    T: pallet_contracts::Config + frame_system::Config<AccountId = AccountId32>,
{
    type CallSpan = Frame;

    fn new_call_span(contract: &AccountId32, _: ExportedFunction, _: &[u8]) -> Frame {
        SEEN.with_borrow_mut(|seen| {
            seen.open += 1;
            seen.deepest = seen.deepest.max(seen.open);
            seen.contracts.insert(contract.clone());
        });
        Frame(())
    }
}

impl CallSpan for Frame {
    fn after_call(self, _: &ExecReturnValue) {}
}

impl Drop for Frame {
    // Not in `after_call`, which a trap skips.
    fn drop(&mut self) {
        SEEN.with_borrow_mut(|seen| seen.open = seen.open.saturating_sub(1));
    }
}

impl<T> CallInterceptor<T> for FrameCounter
where
    T: pallet_contracts::Config + frame_system::Config<AccountId = AccountId32>,
{
    fn intercept_call(_: &AccountId32, _: &ExportedFunction, _: &[u8]) -> Option<ExecResult> {
        None
    }
}
