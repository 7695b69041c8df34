//! Keys that sign transactions.

use ink::primitives::AccountId;
use std::str::FromStr;
use subxt_signer::{sr25519::Keypair, ExposeSecret, SecretUri, DEV_PHRASE};

/// A key, and whether it is a public development key.
#[derive(Clone)]
pub struct Key {
    pair: Keypair,
    development: bool,
}

/// The text is not a secret. The error does not repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a phrase, a seed, or a derivation path.
    #[error(
        "the key is neither a phrase of BIP-39, nor 0x and 64 hexadecimal digits, nor //Alice and the like, \
         each with or without a derivation path"
    )]
    Unreadable,
}

/// Reads a secret URI: `<phrase or 0x seed>[//hard][/soft][///password]`.
///
/// # Errors
/// [`KeyError::Unreadable`].
pub fn key(secret: &str) -> Result<Key, KeyError> {
    let secret = secret.trim();
    // The library would take nothing at all for the phrase that everybody knows.
    if secret.is_empty() {
        return Err(KeyError::Unreadable);
    }
    let uri = SecretUri::from_str(secret).map_err(|_| KeyError::Unreadable)?;
    let pair = Keypair::from_uri(&uri).map_err(|_| KeyError::Unreadable)?;
    let development =
        uri.phrase.expose_secret() == DEV_PHRASE || is_development_account(&account(&pair));
    Ok(Key { pair, development })
}

/// Whether the account is one of Substrate's development accounts: a seed in hexadecimal tells no
/// phrase, so that the account itself is looked at as well.
pub fn is_development_account(account_id: &AccountId) -> bool {
    use subxt_signer::sr25519::dev;
    let known = [
        dev::alice(),
        dev::bob(),
        dev::charlie(),
        dev::dave(),
        dev::eve(),
        dev::ferdie(),
    ];
    known.iter().any(|pair| account(pair) == *account_id)
}

impl Key {
    /// The account that the key signs for.
    pub fn account(&self) -> AccountId {
        account(&self.pair)
    }

    /// Whether the key comes from the public development phrase.
    pub fn is_development(&self) -> bool {
        self.development
    }

    pub(crate) fn pair(&self) -> &Keypair {
        &self.pair
    }
}

fn account(pair: &Keypair) -> AccountId {
    AccountId::from(pair.public_key().0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use allive_calls::Keyring;

    #[test]
    fn a_development_key_is_known_by_its_phrase_and_by_its_account() {
        for secret in ["//Alice", "//Deployer", "//Alice//stash"] {
            assert!(key(secret).unwrap().is_development(), "{secret}");
        }
        // The seed of //Alice, as `subkey inspect //Alice` prints it.
        let seed = "0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a";
        let alice = key(seed).unwrap();
        assert_eq!(alice.account(), Keyring::Alice.account());
        assert!(alice.is_development());
    }

    #[test]
    fn any_other_key_is_not() {
        let seed = format!("0x{}", "5a".repeat(32));
        assert!(!key(&seed).unwrap().is_development());
        let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        assert!(!key(phrase).unwrap().is_development());
        assert!(!key(&format!("{phrase}//Alice")).unwrap().is_development());
    }

    #[test]
    fn what_is_no_key_is_refused_and_not_repeated() {
        for secret in ["", "correct horse", "0x1234", "Alice"] {
            let refusal = key(secret).err().unwrap();
            assert_eq!(refusal, KeyError::Unreadable);
            assert!(secret.is_empty() || !refusal.to_string().contains("correct"));
        }
    }
}
