//! What this crate repeats of the standard is what the crate `psp22` says.

use allive_psp22_interface::{standard, TokenError};
use ink::{
    codegen::TraitCallBuilder,
    env::{
        call::{
            utils::{ReturnType, Set},
            Call, CallBuilder, ExecutionInput,
        },
        DefaultEnvironment,
    },
    primitives::AccountId,
    scale::{Decode, Encode},
};

type Theirs = ink::contract_ref!(psp22::PSP22, DefaultEnvironment);
type Message<Args, R> = CallBuilder<
    DefaultEnvironment,
    Set<Call<DefaultEnvironment>>,
    Set<ExecutionInput<Args>>,
    Set<ReturnType<R>>,
>;

const VALUE: u128 = 12_345;

fn account(byte: u8) -> AccountId {
    AccountId::from([byte; 32])
}

fn input<Args: Encode, R>(message: Message<Args, R>) -> Vec<u8> {
    message.params().exec_input().encode()
}

#[test]
fn messages_are_those_of_the_standard() {
    use psp22::PSP22;
    let token = Theirs::from(account(1));
    let mut paying = Theirs::from(account(1));
    let (to, from, no_data) = (account(2), account(3), Vec::<u8>::new());
    let theirs = [
        input(token.call().balance_of(to)),
        input(paying.call_mut().transfer(to, VALUE, vec![])),
        input(paying.call_mut().transfer_from(from, to, VALUE, vec![])),
    ];
    let ours = [
        (standard::BALANCE_OF, to).encode(),
        (standard::TRANSFER, to, VALUE, &no_data).encode(),
        (standard::TRANSFER_FROM, from, to, VALUE, &no_data).encode(),
    ];
    assert_eq!(ours, theirs);
}

#[test]
fn every_error_of_the_standard_arrives_with_its_meaning() {
    use psp22::PSP22Error::*;
    for (error, meaning) in [
        (Custom("Paused".into()), TokenError::Refused),
        (Custom(String::new()), TokenError::Refused),
        (InsufficientBalance, TokenError::InsufficientBalance),
        (InsufficientAllowance, TokenError::InsufficientAllowance),
        (ZeroRecipientAddress, TokenError::Refused),
        (ZeroSenderAddress, TokenError::Refused),
        (SafeTransferCheckFailed("no".into()), TokenError::Refused),
    ] {
        let bytes = error.encode();
        let read = standard::PSP22Error::decode(&mut &bytes[..]).unwrap();
        assert_eq!(read.encode(), bytes);
        assert_eq!(TokenError::from(read), meaning, "{error:?}");
    }
    assert!(standard::PSP22Error::decode(&mut &[6][..]).is_err());
}
