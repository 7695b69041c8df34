//! Types on top of bytes: messages and constructors as the contract's own reference declares them.

use crate::{Chain, Code, Deposit, Event, Failure, Gas, Keyring, Outcome, Returned};
use ink::{
    codegen::{ContractCallBuilder, TraitCallBuilder},
    env::{
        call::{
            utils::{ReturnType, Set, Unset},
            Call, CallBuilder, ConstructorReturnType, CreateBuilder, ExecutionInput, FromAccountId,
            LimitParamsV2,
        },
        DefaultEnvironment,
    },
    primitives::{AccountId, Clear, Hash, LangError},
};
use scale::{Decode, Encode};

type Env = DefaultEnvironment;

/// A message to a contract, as its reference builds it.
pub type Message<Args, R> =
    CallBuilder<Env, Set<Call<Env>>, Set<ExecutionInput<Args>>, Set<ReturnType<R>>>;

/// A constructor, as the reference of the contract builds it.
pub type Constructor<Ref, Args, R> = CreateBuilder<
    Env,
    Ref,
    Unset<Hash>,
    Set<LimitParamsV2<Env>>,
    Unset<u128>,
    Set<ExecutionInput<Args>>,
    Unset<ink::env::call::state::Salt>,
    Set<ReturnType<R>>,
>;

/// The messages of the contract at `address`: `at::<Alv>(alv).transfer(…)`.
pub fn at<Ref>(address: AccountId) -> <Ref as ContractCallBuilder>::Type
where
    Ref: ContractCallBuilder,
    <Ref as ContractCallBuilder>::Type: FromAccountId<Env>,
{
    <<Ref as ContractCallBuilder>::Type as FromAccountId<Env>>::from_account_id(address)
}

/// The messages of whatever token lies at `address`, by the standard's own trait.
pub fn psp22(address: AccountId) -> <Psp22 as TraitCallBuilder>::Builder {
    FromAccountId::<Env>::from_account_id(address)
}

type Psp22 = ink::contract_ref!(psp22::PSP22, DefaultEnvironment);

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt<R> {
    /// What the message returned; its own errors are inside `R`.
    pub value: Result<R, Failure>,
    /// The events of all contracts in it, in order.
    pub events: Vec<Event>,
    /// What it took to execute.
    pub gas: Gas,
    /// What it added to the storage of all contracts in it.
    pub deposit: Deposit,
    /// How many contracts deep it went.
    pub frames: u32,
}

impl<R> Receipt<R> {
    /// The events of type `E` among all, in order.
    pub fn events_of<E: ink::env::Event + Decode>(&self) -> Vec<E> {
        self.events.iter().filter_map(Event::decode).collect()
    }
}

/// A contract that was created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Its address.
    pub address: AccountId,
    /// The events of its constructor.
    pub events: Vec<Event>,
    /// What the constructor took to execute.
    pub gas: Gas,
    /// What it stored.
    pub deposit: Deposit,
}

/// Typed access to any [`Chain`].
pub trait Typed: Chain {
    /// Creates a contract. The inner error is the constructor's own.
    ///
    /// # Errors
    /// What stopped the constructor, if it did not return by itself.
    fn create<Ref, Args, R>(
        &mut self,
        caller: AccountId,
        code: &Code,
        constructor: Constructor<Ref, Args, R>,
        salt: &[u8],
    ) -> Result<Result<Created, <R as ConstructorReturnType<Ref>>::Error>, Failure>
    where
        Args: Encode,
        Ref: FromAccountId<Env>,
        R: ConstructorReturnType<Ref>,
        <R as ConstructorReturnType<Ref>>::Error: Decode,
    {
        let outcome = self.instantiate(caller, &code.wasm, constructor_input(constructor), salt);
        let created: Result<(), <R as ConstructorReturnType<Ref>>::Error> = read(outcome.result)?;
        Ok(created.map(|()| Created {
            address: outcome.contract,
            events: outcome.events,
            gas: outcome.gas,
            deposit: outcome.deposit,
        }))
    }

    /// Sends a message in a transaction by `caller`.
    fn send<Args: Encode, R: Decode>(
        &mut self,
        caller: AccountId,
        message: Message<Args, R>,
    ) -> Receipt<R> {
        let (contract, input) = parts(message);
        receipt(self.call(caller, contract, input))
    }

    /// What [`send`](Self::send) would do; changes nothing.
    fn ask<Args: Encode, R: Decode>(
        &mut self,
        caller: AccountId,
        message: Message<Args, R>,
    ) -> Receipt<R> {
        let (contract, input) = parts(message);
        receipt(self.dry_run(caller, contract, input))
    }

    /// The answer to a query that cannot fail.
    ///
    /// # Panics
    /// If the chain could not run it.
    fn get<Args: Encode, R: Decode>(&mut self, message: Message<Args, R>) -> R {
        let (contract, input) = parts(message);
        // Some account must be able to pay, even for what is then undone.
        let caller = Keyring::Ferdie.account();
        match receipt(self.dry_run(caller, contract, input)).value {
            Ok(value) => value,
            Err(failure) => panic!("the query was not answered: {failure}"),
        }
    }
}

impl<C: Chain + ?Sized> Typed for C {}

/// A constructor and its arguments on the wire.
pub fn constructor_input<Ref, Args, R>(constructor: Constructor<Ref, Args, R>) -> Vec<u8>
where
    Args: Encode,
    Ref: FromAccountId<Env>,
{
    constructor
        .endowment(0)
        .code_hash(Hash::CLEAR_HASH)
        .salt_bytes(Vec::<u8>::new())
        .params()
        .exec_input()
        .encode()
}

/// A message on the wire: the contract that it is for, and the message with its arguments.
pub fn parts<Args: Encode, R>(message: Message<Args, R>) -> (AccountId, Vec<u8>) {
    let params = message.params();
    (*params.callee(), params.exec_input().encode())
}

fn receipt<R: Decode>(outcome: Outcome) -> Receipt<R> {
    Receipt {
        value: read(outcome.result),
        events: outcome.events,
        gas: outcome.gas,
        deposit: outcome.deposit,
        frames: outcome.frames,
    }
}

/// What was returned, as the type that the message declares.
///
/// # Errors
/// What kept the message from returning, or from being understood.
pub fn read<R: Decode>(result: Result<Returned, Failure>) -> Result<R, Failure> {
    let data = result?.data;
    let undecodable = |_| Failure::Undecodable(hex::encode(&data));
    Result::<R, LangError>::decode(&mut &data[..])
        .map_err(undecodable)?
        .map_err(|_| Failure::NotUnderstood)
}
