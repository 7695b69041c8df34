//! The transactions of a deployment.

use ink::primitives::AccountId;
use subxt::{
    ext::scale_encode::EncodeAsType,
    tx::DefaultPayload,
    utils::{AccountId32, MultiAddress},
};

/// A transaction to `pallet-contracts`.
#[derive(Clone, Debug)]
pub enum Transaction {
    /// Puts code on the chain.
    Upload {
        /// Release Wasm.
        code: Vec<u8>,
    },
    /// Creates a contract from code that is on the chain.
    Instantiate {
        /// Hash of the code.
        code_hash: [u8; 32],
        /// Constructor and arguments.
        input: Vec<u8>,
        /// The salt, which distinguishes contracts of one deployer, code and input.
        salt: Vec<u8>,
    },
    /// Puts code on the chain where it is not yet, and creates a contract from it.
    InstantiateWithCode {
        /// Release Wasm.
        code: Vec<u8>,
        /// Constructor and arguments.
        input: Vec<u8>,
        /// The salt, which distinguishes contracts of one deployer, code and input.
        salt: Vec<u8>,
    },
    /// Calls a contract.
    Call {
        /// The contract.
        contract: AccountId,
        /// Message and arguments.
        input: Vec<u8>,
    },
}

/// Weight, as the pallet's calls encode it.
#[derive(Clone, Copy, EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub(crate) struct Weight {
    #[codec(compact)]
    pub ref_time: u64,
    #[codec(compact)]
    pub proof_size: u64,
}

// Fields are matched by their names with what the chain's metadata says.

#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub(crate) struct Upload {
    code: Vec<u8>,
    storage_deposit_limit: Option<Compact>,
    determinism: Determinism,
}

#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub(crate) struct Instantiate {
    #[codec(compact)]
    value: u128,
    gas_limit: Weight,
    storage_deposit_limit: Option<Compact>,
    code_hash: [u8; 32],
    data: Vec<u8>,
    salt: Vec<u8>,
}

#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub(crate) struct InstantiateWithCode {
    #[codec(compact)]
    value: u128,
    gas_limit: Weight,
    storage_deposit_limit: Option<Compact>,
    code: Vec<u8>,
    data: Vec<u8>,
    salt: Vec<u8>,
}

#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub(crate) struct Give {
    dest: MultiAddress<AccountId32, ()>,
    #[codec(compact)]
    value: u128,
}

#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub(crate) struct Call {
    dest: MultiAddress<AccountId32, ()>,
    #[codec(compact)]
    value: u128,
    gas_limit: Weight,
    storage_deposit_limit: Option<Compact>,
    data: Vec<u8>,
}

/// A number that is encoded compactly inside an `Option`.
type Compact = subxt::ext::codec::Compact<u128>;

#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
enum Determinism {
    Enforced,
}

/// A payload of each kind.
pub(crate) enum Payload {
    Upload(DefaultPayload<Upload>),
    Instantiate(DefaultPayload<Instantiate>),
    InstantiateWithCode(DefaultPayload<InstantiateWithCode>),
    Give(DefaultPayload<Give>),
    Call(DefaultPayload<Call>),
}

impl Payload {
    /// A transfer of the chain's coin.
    pub(crate) fn give(to: &AccountId, coins: u128) -> Self {
        let give = Give {
            dest: address(to),
            value: coins,
        };
        Self::Give(DefaultPayload::new("Balances", "transfer_keep_alive", give))
    }

    /// The transaction with the limits that its trial showed to be enough.
    pub(crate) fn new(transaction: &Transaction, gas_limit: Weight, deposit_limit: u128) -> Self {
        let storage_deposit_limit = Some(subxt::ext::codec::Compact(deposit_limit));
        match transaction.clone() {
            Transaction::Upload { code } => Self::Upload(DefaultPayload::new(
                "Contracts",
                "upload_code",
                Upload {
                    code,
                    storage_deposit_limit,
                    determinism: Determinism::Enforced,
                },
            )),
            Transaction::Instantiate {
                code_hash,
                input,
                salt,
            } => Self::Instantiate(DefaultPayload::new(
                "Contracts",
                "instantiate",
                Instantiate {
                    value: 0,
                    gas_limit,
                    storage_deposit_limit,
                    code_hash,
                    data: input,
                    salt,
                },
            )),
            Transaction::InstantiateWithCode { code, input, salt } => {
                Self::InstantiateWithCode(DefaultPayload::new(
                    "Contracts",
                    "instantiate_with_code",
                    InstantiateWithCode {
                        value: 0,
                        gas_limit,
                        storage_deposit_limit,
                        code,
                        data: input,
                        salt,
                    },
                ))
            }
            Transaction::Call { contract, input } => Self::Call(DefaultPayload::new(
                "Contracts",
                "call",
                Call {
                    dest: address(&contract),
                    value: 0,
                    gas_limit,
                    storage_deposit_limit,
                    data: input,
                },
            )),
        }
    }
}

impl subxt::tx::Payload for Payload {
    fn encode_call_data_to(
        &self,
        metadata: &subxt::Metadata,
        out: &mut Vec<u8>,
    ) -> Result<(), subxt::ext::subxt_core::Error> {
        match self {
            Self::Upload(payload) => payload.encode_call_data_to(metadata, out),
            Self::Instantiate(payload) => payload.encode_call_data_to(metadata, out),
            Self::InstantiateWithCode(payload) => payload.encode_call_data_to(metadata, out),
            Self::Give(payload) => payload.encode_call_data_to(metadata, out),
            Self::Call(payload) => payload.encode_call_data_to(metadata, out),
        }
    }
}

fn address(account: &AccountId) -> MultiAddress<AccountId32, ()> {
    MultiAddress::Id(AccountId32(*account.as_ref()))
}
