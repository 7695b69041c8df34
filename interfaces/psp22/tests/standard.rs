//! What this crate repeats of the standard is what the crate `psp22` says.

use allive_psp22_interface::{PSP22Error, TokenError, PSP22 as _};
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
    scale::{DecodeAll, Encode},
    scale_info::{MetaType, PortableRegistry, Registry, TypeDef, TypeInfo},
};
use psp22::PSP22 as _;

type Ours = ink::contract_ref!(allive_psp22_interface::PSP22, DefaultEnvironment);
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

macro_rules! sent_to {
    ($token:ty) => {{
        let (to, from) = (account(2), account(3));
        let asked = <$token>::from(account(1));
        let mut paying = <$token>::from(account(1));
        [
            input(asked.call().balance_of(to)),
            input(paying.call_mut().transfer(to, VALUE, vec![7])),
            input(paying.call_mut().transfer_from(from, to, VALUE, vec![7])),
        ]
    }};
}

#[test]
fn messages_are_those_of_the_standard() {
    assert_eq!(sent_to!(Ours), sent_to!(Theirs));
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
        let read = PSP22Error::decode_all(&mut &bytes[..]).unwrap();
        assert_eq!(read.encode(), bytes);
        assert_eq!(TokenError::from(read), meaning, "{error:?}");
    }
    assert!(PSP22Error::decode_all(&mut &[6][..]).is_err());
}

/// Variants, their places and what they carry, as metadata has them.
fn described<T: TypeInfo + 'static>() -> Vec<(String, u8, Vec<String>)> {
    let mut registry = Registry::new();
    let id = registry.register_type(&MetaType::new::<T>()).id;
    let types = PortableRegistry::from(registry);
    let Some(TypeDef::Variant(variants)) = types.resolve(id).map(|found| &found.type_def) else {
        panic!("not an enum")
    };
    let variants = variants.variants.iter();
    let described = variants.map(|variant| {
        let fields = variant.fields.iter();
        let fields = fields.map(|field| format!("{:?}", types.resolve(field.ty.id)));
        (variant.name.clone(), variant.index, fields.collect())
    });
    described.collect()
}

#[test]
fn metadata_describe_the_error_of_the_standard() {
    assert_eq!(described::<PSP22Error>(), described::<psp22::PSP22Error>());
}
