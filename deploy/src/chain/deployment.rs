//! A deployment: the contracts that are to be, their addresses, and the calls that set them up.
//!
//! A contract's address follows from its deployer, code, constructor and salt. So all of it is
//! known before anything is sent, and can be carried out on any chain.

use super::{
    accounts,
    queries::{ownable, Queries, TypedQueries},
};
use allive_access::Ownable;
use allive_calls::{
    constructor_input, contract_address, parts, read, Chain, Code, Constructor, Message, Outcome,
    Returned,
};
use anyhow::{bail, ensure, Context, Result};
use ink::{
    env::{
        call::{ConstructorReturnType, FromAccountId},
        DefaultEnvironment,
    },
    primitives::AccountId,
};
use scale::{Decode, Encode};
use std::fmt::Debug;

/// All that is to be on the chain.
pub struct Deployment {
    pub deployer: AccountId,
    pub salt: Vec<u8>,
    /// In the order in which they are created.
    pub contracts: Vec<PlannedContract>,
    /// In the order in which they are made.
    pub setup_calls: Vec<SetupCall>,
}

impl Deployment {
    /// The codes that have no contract of their own.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        let contracts = self.contracts.iter();
        contracts.flat_map(|contract| contract.codes.iter().map(|planned| &planned.code))
    }
}

/// A contract that is to be created.
pub struct PlannedContract {
    pub code: Code,
    /// Codes that it names: to create other contracts from, for instance. They are uploaded before
    /// it is created.
    pub codes: Vec<PlannedCode>,
    /// Constructor and arguments.
    pub input: Vec<u8>,
    pub address: AccountId,
    refusal: Refusal,
}

/// A code that is to be uploaded.
pub struct PlannedCode {
    pub code: Code,
    /// What becomes of it, for people.
    pub purpose: &'static str,
}

impl PlannedContract {
    /// The contract of this code, by this constructor.
    pub fn new<Ref, Args, R>(
        code: Code,
        codes: Vec<PlannedCode>,
        constructor: Constructor<Ref, Args, R>,
        deployer: &AccountId,
        salt: &[u8],
    ) -> Self
    where
        Args: Encode,
        Ref: FromAccountId<DefaultEnvironment>,
        R: ConstructorReturnType<Ref>,
        <R as ConstructorReturnType<Ref>>::Error: Decode + Debug,
    {
        let input = constructor_input(constructor);
        let address = contract_address(deployer, &code.hash(), &input, salt);
        Self {
            code,
            codes,
            input,
            address,
            refusal: refusal::<(), <R as ConstructorReturnType<Ref>>::Error>,
        }
    }

    /// Creates the contract.
    ///
    /// # Errors
    /// By the constructor's own error, if it refuses; if the address is not the one that was
    /// planned.
    pub fn create<C: Chain>(
        &self,
        chain: &mut C,
        deployer: AccountId,
        salt: &[u8],
    ) -> Result<Outcome> {
        let outcome = chain.instantiate(deployer, &self.code.wasm, self.input.clone(), salt);
        let outcome = accepted(outcome, self.refusal)?;
        ensure!(
            outcome.contract == self.address,
            "it was created at another address than planned"
        );
        Ok(outcome)
    }
}

/// A call that sets contracts up, and how the chain shows that it was made.
pub struct SetupCall {
    /// What it does, as a plan says it.
    pub what: String,
    /// What its caller does by it, as a story says it: "give the distributor 5 ALV".
    pub deed: String,
    pub contract: AccountId,
    /// Message and arguments.
    pub input: Vec<u8>,
    refusal: Refusal,
    state: StateQuery,
}

/// Asks a chain what it shows of a setup call.
type StateQuery = Box<dyn Fn(&dyn Queries) -> Result<CallState>>;

/// What the chain shows of a setup call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallState {
    /// It was made.
    Made,
    /// It was not made.
    Missing,
    /// It was not made, and only the contract's owner can make it, who is no longer the deployer.
    LeftToOwner,
}

impl CallState {
    /// The state of a call that only the owner of the contract can make.
    pub fn of_owners_call(
        chain: &dyn Queries,
        contract: AccountId,
        deployer: AccountId,
        is_made: bool,
    ) -> Result<Self> {
        if is_made {
            return Ok(Self::Made);
        }
        let owner = chain.get(ownable(contract).owner())?;
        Ok(match owner {
            Some(owner) if *owner == deployer => Self::Missing,
            _ => Self::LeftToOwner,
        })
    }
}

impl SetupCall {
    /// A call of this message. `state` asks the chain whether it was made.
    pub fn new<Args, R, E>(
        what: String,
        deed: String,
        message: Message<Args, Result<R, E>>,
        state: impl Fn(&dyn Queries) -> Result<CallState> + 'static,
    ) -> Self
    where
        Args: Encode,
        R: Decode,
        E: Decode + Debug,
    {
        let (contract, input) = parts(message);
        Self {
            what,
            deed,
            contract,
            input,
            refusal: refusal::<R, E>,
            state: Box::new(state),
        }
    }

    /// What the chain shows of the call.
    pub fn state(&self, chain: &dyn Queries) -> Result<CallState> {
        (self.state)(chain).with_context(|| self.what.clone())
    }

    /// Makes the call.
    ///
    /// # Errors
    /// By the contract's own error, if it refuses.
    pub fn make<C: Chain>(&self, chain: &mut C, caller: AccountId) -> Result<Outcome> {
        let outcome = chain.call(caller, self.contract, self.input.clone());
        accepted(outcome, self.refusal)
    }

    /// What the bytes of a refusal say.
    pub fn refusal(&self, returned: &[u8]) -> String {
        (self.refusal)(returned)
    }
}

/// Says what the bytes of a refusal mean.
type Refusal = fn(&[u8]) -> String;

/// The name of the contract's error, or the bytes if they are none.
pub fn refusal<R: Decode, E: Decode + Debug>(returned: &[u8]) -> String {
    let result = Ok(Returned {
        reverted: true,
        data: returned.to_vec(),
    });
    match read::<Result<R, E>>(result) {
        Ok(Err(error)) => format!("{error:?}"),
        _ => accounts::hex(returned),
    }
}

fn accepted(outcome: Outcome, refusal: Refusal) -> Result<Outcome> {
    match &outcome.result {
        Ok(returned) if returned.reverted => {
            bail!("the contract would refuse: {}", refusal(&returned.data))
        }
        Ok(_) => Ok(outcome),
        Err(failure) => bail!("{failure}"),
    }
}
