//! What a transaction would do: the runtime's own dry run.

use crate::{error::NodeError, Transaction};
use allive_calls::{Failure, Gas, Returned};
use ink::primitives::AccountId;
use scale::{Compact, Decode, Encode, Input};
use subxt::{error::DispatchError, Metadata};

/// What a transaction would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The contract that it calls or would create; none for an upload.
    pub contract: Option<AccountId>,
    /// What would be returned. An upload returns nothing.
    pub result: Result<Returned, Failure>,
    /// What executing it takes.
    pub consumed: Gas,
    /// The limit that it needs: more than it takes in the end.
    pub required: Gas,
    /// What it would put on hold, in the chain's smallest unit; negative if it frees more.
    pub deposit: i128,
}

/// A call of the runtime's interface for contracts: function, and arguments in SCALE.
pub(crate) fn request(caller: &AccountId, transaction: &Transaction) -> (&'static str, Vec<u8>) {
    const VALUE: u128 = 0;
    const NO_GAS_LIMIT: Option<()> = None;
    const NO_DEPOSIT_LIMIT: Option<u128> = None;
    let caller = AsRef::<[u8; 32]>::as_ref(caller);
    match transaction {
        Transaction::Upload { code } => {
            const ENFORCED: u8 = 0;
            let arguments = (caller, code, NO_DEPOSIT_LIMIT, ENFORCED).encode();
            ("ContractsApi_upload_code", arguments)
        }
        Transaction::Instantiate {
            code_hash,
            input,
            salt,
        } => {
            let code = Code::Existing(*code_hash);
            let limits = (VALUE, NO_GAS_LIMIT, NO_DEPOSIT_LIMIT);
            (
                "ContractsApi_instantiate",
                (caller, limits, code, input, salt).encode(),
            )
        }
        Transaction::InstantiateWithCode { code, input, salt } => {
            let code = Code::Upload(code.clone());
            let limits = (VALUE, NO_GAS_LIMIT, NO_DEPOSIT_LIMIT);
            (
                "ContractsApi_instantiate",
                (caller, limits, code, input, salt).encode(),
            )
        }
        Transaction::Call { contract, input } => {
            let contract = AsRef::<[u8; 32]>::as_ref(contract);
            let limits = (VALUE, NO_GAS_LIMIT, NO_DEPOSIT_LIMIT);
            (
                "ContractsApi_call",
                (caller, contract, limits, input).encode(),
            )
        }
    }
}

/// Reads what the runtime answered to a [`request`].
pub(crate) fn answer(
    transaction: &Transaction,
    mut bytes: &[u8],
    metadata: &Metadata,
) -> Result<Trial, NodeError> {
    let foreign = |error: scale::Error| NodeError::Foreign(error.to_string());
    let trial = match transaction {
        Transaction::Upload { .. } => upload(&mut bytes, metadata),
        Transaction::Call { contract, .. } => execution(&mut bytes, metadata, |bytes| {
            Ok((*contract, returned(bytes)?))
        }),
        Transaction::Instantiate { .. } | Transaction::InstantiateWithCode { .. } => {
            execution(&mut bytes, metadata, |bytes| {
                let returned = returned(bytes)?;
                Ok((AccountId::from(<[u8; 32]>::decode(bytes)?), returned))
            })
        }
    };
    trial.map_err(foreign)
}

#[derive(Encode)]
enum Code {
    Upload(Vec<u8>),
    Existing([u8; 32]),
}

fn upload(bytes: &mut &[u8], metadata: &Metadata) -> Result<Trial, scale::Error> {
    let outcome = outcome(bytes, metadata, |bytes| {
        <([u8; 32], u128)>::decode(bytes).map(|(_, deposit)| deposit)
    })?;
    let (deposit, result) = match outcome {
        Ok(deposit) => {
            let nothing = Returned {
                reverted: false,
                data: Vec::new(),
            };
            (signed(deposit), Ok(nothing))
        }
        Err(failure) => (0, Err(failure)),
    };
    Ok(Trial {
        contract: None,
        result,
        consumed: Gas::default(),
        required: Gas::default(),
        deposit,
    })
}

fn execution(
    bytes: &mut &[u8],
    metadata: &Metadata,
    success: impl FnOnce(&mut &[u8]) -> Result<(AccountId, Returned), scale::Error>,
) -> Result<Trial, scale::Error> {
    let [consumed, required] = [gas(bytes)?, gas(bytes)?];
    let deposit = match (u8::decode(bytes)?, u128::decode(bytes)?) {
        (0, refund) => -signed(refund),
        (_, charge) => signed(charge),
    };
    let _debug_message = Vec::<u8>::decode(bytes)?;
    let (contract, result) = match outcome(bytes, metadata, success)? {
        Ok((contract, returned)) => (Some(contract), Ok(returned)),
        Err(failure) => (None, Err(failure)),
    };
    Ok(Trial {
        contract,
        result,
        consumed,
        required,
        deposit,
    })
}

/// A `Result` with the runtime's own error.
fn outcome<T>(
    bytes: &mut &[u8],
    metadata: &Metadata,
    success: impl FnOnce(&mut &[u8]) -> Result<T, scale::Error>,
) -> Result<Result<T, Failure>, scale::Error> {
    match u8::decode(bytes)? {
        0 => success(bytes).map(Ok),
        _ => Ok(Err(failure(bytes, metadata))),
    }
}

/// A `DispatchError`, by the name that the chain's metadata gives it.
pub(crate) fn failure(bytes: &[u8], metadata: &Metadata) -> Failure {
    let name = match DispatchError::decode_from(bytes, metadata.clone()) {
        Ok(DispatchError::Module(module)) => match module.details() {
            Ok(details) => details.variant.name.clone(),
            Err(_) => module.details_string(),
        },
        Ok(other) => format!("{other:?}"),
        Err(error) => error.to_string(),
    };
    Failure::Dispatch(name)
}

fn returned(bytes: &mut &[u8]) -> Result<Returned, scale::Error> {
    const REVERT: u32 = 1;
    let (flags, data) = <(u32, Vec<u8>)>::decode(bytes)?;
    Ok(Returned {
        reverted: flags & REVERT != 0,
        data,
    })
}

fn gas<I: Input>(bytes: &mut I) -> Result<Gas, scale::Error> {
    let Compact(ref_time) = Compact::<u64>::decode(bytes)?;
    let Compact(proof_size) = Compact::<u64>::decode(bytes)?;
    Ok(Gas {
        ref_time,
        proof_size,
    })
}

/// No chain has coins beyond the half of what 128 bits hold.
fn signed(amount: u128) -> i128 {
    i128::try_from(amount).unwrap_or(i128::MAX)
}
