//! Calls and answers of any bytes.

use ink::{
    env::{
        call::{build_call, ExecutionInput, Selector},
        CallFlags, DefaultEnvironment, ReturnFlags,
    },
    prelude::vec::Vec,
    primitives::AccountId,
    scale::{Decode, Encode, Error, Input, Output},
};

/// Bytes that are encoded as they are, without a length, and decoded from all that there is.
struct Raw(Vec<u8>);

impl Encode for Raw {
    fn encode_to<T: Output + ?Sized>(&self, to: &mut T) {
        to.write(&self.0);
    }
}

impl Decode for Raw {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        let mut bytes = Vec::new();
        while let Ok(byte) = input.read_byte() {
            bytes.push(byte);
        }
        Ok(Self(bytes))
    }
}

/// Calls a message, selector and arguments as one string of bytes; it may call back. What was
/// returned, without ink!'s first byte; `None` if the callee trapped.
pub fn call(target: AccountId, input: Vec<u8>) -> Option<Vec<u8>> {
    let (selector, arguments) = input.split_first_chunk::<4>()?;
    let message = ExecutionInput::new(Selector::new(*selector)).push_arg(Raw(arguments.to_vec()));
    build_call::<DefaultEnvironment>()
        .call(target)
        .call_flags(CallFlags::ALLOW_REENTRY)
        .exec_input(message)
        .returns::<Raw>()
        .try_invoke()
        .ok()?
        .ok()
        .map(|raw| raw.0)
}

/// Ends the running message with this answer.
pub fn answer(flags: ReturnFlags, bytes: Vec<u8>) -> ! {
    ink::env::return_value(flags, &Raw(bytes))
}
