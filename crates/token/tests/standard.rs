//! What this crate repeats of the standard is what the crate `psp22` says.

use allive_token::{standard, TokenError};
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

type Ours = ink::contract_ref!(allive_token::standard::PSP22, DefaultEnvironment);
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
fn messages_are_those_of_the_standard_to_the_byte() {
    let ours = {
        use standard::PSP22;
        let mut token = Ours::from(account(1));
        [
            input(token.call().balance_of(account(2))),
            input(token.call_mut().transfer(account(2), VALUE, vec![])),
            input(
                token
                    .call_mut()
                    .transfer_from(account(2), account(3), VALUE, vec![]),
            ),
        ]
    };
    let theirs = {
        use psp22::PSP22;
        let mut token = Theirs::from(account(1));
        [
            input(token.call().balance_of(account(2))),
            input(token.call_mut().transfer(account(2), VALUE, vec![])),
            input(
                token
                    .call_mut()
                    .transfer_from(account(2), account(3), VALUE, vec![]),
            ),
        ]
    };
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
