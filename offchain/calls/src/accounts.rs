//! Public development keys, for chains on which nothing has value.

use ink::primitives::AccountId;
use sp_core::{ecdsa, hashing::keccak_256, sr25519, Pair};
use std::sync::LazyLock;

/// The development accounts of Substrate, each with an sr25519 key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Keyring {
    Alice,
    Bob,
    Charlie,
    Dave,
    Eve,
    Ferdie,
    One,
    Two,
}

impl Keyring {
    /// Every account of the ring.
    pub const fn all() -> [Self; 8] {
        [
            Self::Alice,
            Self::Bob,
            Self::Charlie,
            Self::Dave,
            Self::Eve,
            Self::Ferdie,
            Self::One,
            Self::Two,
        ]
    }

    /// The account.
    pub fn account(self) -> AccountId {
        AccountId::from(self.pair().public().0)
    }

    /// The account's sr25519 signature of `message`.
    pub fn sign(self, message: &[u8]) -> [u8; 64] {
        self.pair().sign(message).0
    }

    /// The key pair. It is derived once, since that takes two thousand rounds of hashing.
    fn pair(self) -> &'static sr25519::Pair {
        static PAIRS: LazyLock<[sr25519::Pair; 8]> = LazyLock::new(|| Keyring::all().map(derive));
        let [alice, bob, charlie, dave, eve, ferdie, one, two] = &*PAIRS;
        match self {
            Self::Alice => alice,
            Self::Bob => bob,
            Self::Charlie => charlie,
            Self::Dave => dave,
            Self::Eve => eve,
            Self::Ferdie => ferdie,
            Self::One => one,
            Self::Two => two,
        }
    }
}

fn derive(key: Keyring) -> sr25519::Pair {
    match sr25519::Pair::from_string(&format!("//{key:?}"), None) {
        Ok(pair) => pair,
        Err(error) => unreachable!("a development key derives from a fixed phrase: {error:?}"),
    }
}

/// A secp256k1 key, as Ethereum wallets and Substrate's ECDSA accounts hold one.
pub struct EthereumKey(ecdsa::Pair);

impl EthereumKey {
    /// The key of this seed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(ecdsa::Pair::from_seed(&seed))
    }

    /// The Substrate account of this key: BLAKE2b-256 of the compressed public key.
    pub fn account(&self) -> AccountId {
        AccountId::from(sp_core::blake2_256(&self.0.public().0))
    }

    /// The Substrate signature of `message`: over its BLAKE2b-256 hash.
    pub fn sign(&self, message: &[u8]) -> [u8; 65] {
        self.0.sign(message).0
    }

    /// The Ethereum address of this key.
    pub fn address(&self) -> [u8; 20] {
        let hash = [7; 32];
        let signature = self.0.sign_prehashed(&hash).0;
        let mut address = [0; 20];
        if let Ok(key) = sp_io::crypto::secp256k1_ecdsa_recover(&signature, &hash) {
            address.copy_from_slice(&keccak_256(&key)[12..]);
        }
        address
    }

    /// The signature of `text` as Ethereum wallets make it (EIP-191, `personal_sign`).
    pub fn sign_personal(&self, text: &[u8]) -> [u8; 65] {
        let mut bytes = format!("\x19Ethereum Signed Message:\n{}", text.len()).into_bytes();
        bytes.extend_from_slice(text);
        let mut signature = self.0.sign_prehashed(&keccak_256(&bytes)).0;
        signature[64] += 27;
        signature
    }
}
