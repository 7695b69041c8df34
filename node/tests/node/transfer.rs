//! A signed transfer, made with the runtime's own types.

use contracts_node_runtime::{
    BalancesCall, Runtime, RuntimeCall, SignedExtra, SignedPayload, UncheckedExtrinsic, VERSION,
};
use frame_system as system;
use pallet_transaction_payment::ChargeTransactionPayment;
use scale::Encode;
use serde_json::Value;
use sp_core::{Bytes, H256};
use sp_keyring::AccountKeyring::{Alice, Bob};
use sp_runtime::generic::Era;

/// Alice.
pub const SENDER: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

/// A little from Alice to Bob.
pub fn signed(nonce: u32, genesis: &Value) -> Bytes {
    let genesis: H256 = genesis.as_str().unwrap().parse().unwrap();
    let call: RuntimeCall = BalancesCall::transfer_keep_alive {
        dest: Bob.to_account_id().into(),
        value: 1,
    }
    .into();
    let extra: SignedExtra = (
        system::CheckNonZeroSender::<Runtime>::new(),
        system::CheckSpecVersion::<Runtime>::new(),
        system::CheckTxVersion::<Runtime>::new(),
        system::CheckGenesis::<Runtime>::new(),
        system::CheckEra::<Runtime>::from(Era::Immortal),
        system::CheckNonce::<Runtime>::from(nonce),
        system::CheckWeight::<Runtime>::new(),
        ChargeTransactionPayment::<Runtime>::from(0),
    );
    let (version, format) = (VERSION.spec_version, VERSION.transaction_version);
    let implied = ((), version, format, genesis, genesis, (), (), ());
    let payload = SignedPayload::from_raw(call.clone(), extra.clone(), implied);
    let signature = payload.using_encoded(|bytes| Alice.sign(bytes));
    let sender = Alice.to_account_id().into();
    let signed = UncheckedExtrinsic::new_signed(call, sender, signature.into(), extra);
    signed.encode().into()
}
