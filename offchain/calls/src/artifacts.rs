//! Contracts built by `make build`.

use ink::primitives::AccountId;
use scale::Encode;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// A built contract.
#[derive(Clone, Debug)]
pub struct Code {
    /// The name of the contract.
    pub name: String,
    /// Release Wasm.
    pub wasm: Vec<u8>,
    /// Metadata as front ends read it.
    pub metadata: String,
}

/// A contract was not built.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}; `make build` builds the contracts", path.display())]
pub struct ArtifactError {
    path: PathBuf,
    source: std::io::Error,
}

/// The folder of built contracts.
pub fn artifacts() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root.join(target).join("ink")
}

impl Code {
    /// Reads the contract of this name from [`artifacts`].
    ///
    /// # Errors
    /// [`ArtifactError`] if it was not built.
    pub fn read(name: &str) -> Result<Self, ArtifactError> {
        let path = |extension: &str| artifacts().join(format!("{name}.{extension}"));
        let wasm = path("wasm");
        let json = path("json");
        Ok(Self {
            name: name.to_owned(),
            wasm: fs::read(&wasm).map_err(|source| ArtifactError { path: wasm, source })?,
            metadata: fs::read_to_string(&json)
                .map_err(|source| ArtifactError { path: json, source })?,
        })
    }

    /// The hash by which a chain knows the code: BLAKE2b-256 of the Wasm.
    pub fn hash(&self) -> [u8; 32] {
        sp_core::blake2_256(&self.wasm)
    }
}

/// The account of the contract that `deployer` creates from this code, input and salt, before it is
/// created. The rule is that of `pallet-contracts` (`DefaultAddressGenerator`).
pub fn contract_address(
    deployer: &AccountId,
    code_hash: &[u8; 32],
    input: &[u8],
    salt: &[u8],
) -> AccountId {
    let parts = (b"contract_addr_v1", deployer, code_hash, input, salt);
    AccountId::from(parts.using_encoded(sp_core::blake2_256))
}
