//! What identities are called, out of a file.

use allive_trace::{words::Party, Names};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, path::Path};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Option<String>,
    gln: Option<String>,
}

/// Reads the file.
///
/// # Errors
/// What is wrong with it, and where.
pub fn parties(path: &Path) -> Result<Names> {
    let place = || path.display().to_string();
    let text = fs::read_to_string(path).with_context(place)?;
    read(&text).with_context(place)
}

fn read(text: &str) -> Result<Names> {
    let written: BTreeMap<String, Written> = toml::from_str(text)?;
    let mut names = Names::default();
    for (number, Written { name, gln }) in written {
        let identity = number
            .parse()
            .with_context(|| format!("[{number}] is not the number of an identity"))?;
        let gln = gln.map(|gln| gln.parse()).transpose();
        let gln = gln.with_context(|| format!("gln of [{number}]"))?;
        names.0.insert(identity, Party { name, gln });
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_have_the_names_and_glns_of_the_file() {
        let names = read("[7]\nname = \"Vita\"\n[8]\ngln = \"9506000000015\"\n").unwrap();
        assert_eq!(
            (names.of(7), names.of(8)),
            ("Vita".into(), "identity 8".into())
        );
        assert_eq!(names.gln(8).unwrap().as_str(), "9506000000015");
        assert_eq!(names.gln(7), None);
    }

    #[test]
    fn what_is_wrong_with_the_file_is_named() {
        for (text, words) in [
            ("[x]\n", "[x] is not the number"),
            ("[7]\ngln = \"9506000000016\"\n", "gln of [7]"),
            ("[7]\ntitle = \"Vita\"\n", "unknown field `title`"),
        ] {
            let said = format!("{:#}", read(text).unwrap_err());
            assert!(said.contains(words), "{said}");
        }
    }
}
