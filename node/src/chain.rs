//! What the chain is called, and what it begins with.

use contracts_node_runtime::{
    AccountId, Balance, BalancesConfig, RuntimeGenesisConfig, SudoConfig, WASM_BINARY,
};
use sc_service::{ChainSpec, ChainType, GenericChainSpec, NoExtension};
use sp_core::{
    sr25519::Pair,
    storage::{well_known_keys::CODE, Storage},
    Pair as _,
};
use sp_keyring::AccountKeyring;
use sp_runtime::BuildStorage;

/// A million units of twelve decimals: more than a test spends.
const ENDOWMENT: Balance = 1_000_000_000_000_000_000;

/// What `system_chainType` answers. Tools for deployment treat the three differently.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Type {
    Development,
    Local,
    Live,
}

pub fn spec(kind: Type) -> Result<GenericChainSpec, String> {
    let (name, id, kind) = match kind {
        Type::Development => ("Development", "dev", ChainType::Development),
        Type::Local => ("Local", "local", ChainType::Local),
        Type::Live => ("Live stand-in", "live", ChainType::Live),
    };
    let wasm = WASM_BINARY.ok_or("the runtime was built without its Wasm (SKIP_WASM_BUILD)")?;
    let mut spec = GenericChainSpec::builder(wasm, NoExtension::None)
        .with_name(name)
        .with_id(id)
        .with_chain_type(kind)
        .build();
    // Left to itself, the specification would translate the Wasm only to ask it for this, and the
    // start would take twice as long.
    spec.set_storage(genesis(id, wasm)?);
    Ok(spec)
}

/// The well-known accounts are rich and Alice is sudo. One account more, named after the chain,
/// gives each type a genesis hash of its own.
fn genesis(id: &str, wasm: &[u8]) -> Result<Storage, String> {
    let own = Pair::from_string(&format!("//{id}"), None).map_err(|error| error.to_string())?;
    let own: AccountId = own.public().into();
    let accounts = AccountKeyring::iter()
        .map(AccountKeyring::to_account_id)
        .chain([own]);
    let mut storage = RuntimeGenesisConfig {
        balances: BalancesConfig {
            balances: accounts.map(|who| (who, ENDOWMENT)).collect(),
        },
        sudo: SudoConfig {
            key: Some(AccountKeyring::Alice.to_account_id()),
        },
        ..Default::default()
    }
    .build_storage()?;
    storage.top.insert(CODE.to_vec(), wasm.to_vec());
    Ok(storage)
}
