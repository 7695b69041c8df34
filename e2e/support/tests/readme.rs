//! README.md of each contract names the tests that prove its rules: they exist, and there are few
//! that it does not name.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A test, and the names of the folders and the file that it lies in.
struct Test {
    name: String,
    places: Vec<String>,
}

#[test]
fn every_test_that_a_specification_names_exists() {
    let elsewhere: Vec<Test> = ["libraries", "interfaces", "offchain", "e2e"]
        .iter()
        .flat_map(|folder| tests_in(&root().join(folder)))
        .collect();
    for contract in contracts() {
        let own = tests_in(&contract);
        for name in quoted(&contract) {
            let (place, test) = match name.rsplit_once("::") {
                Some((place, test)) => (Some(place), test),
                None => (None, name.as_str()),
            };
            let lies_here = own
                .iter()
                .any(|test| place.is_some_and(|place| test.is_in(place)));
            // `World::send` and the like are no tests. Names of tests are sentences.
            if !lies_here && test.matches('_').count() < 3 {
                continue;
            }
            let is_it =
                |known: &Test| known.name == test && place.is_none_or(|place| known.is_in(place));
            let found = own.iter().any(is_it) || !lies_here && elsewhere.iter().any(is_it);
            assert!(found, "{} names {name}", contract.display());
        }
    }
}

/// In the tables of rules nothing but names of tests stands between backticks.
#[test]
fn every_rule_of_a_specification_names_a_test_that_exists() {
    let elsewhere: Vec<Test> = ["libraries", "interfaces", "offchain", "e2e", "deploy"]
        .iter()
        .flat_map(|folder| tests_in(&root().join(folder)))
        .collect();
    for contract in contracts() {
        let own = tests_in(&contract);
        let rules = rules(&contract);
        assert!(rules.len() >= 10, "{}: {rules:?}", contract.display());
        for (rule, proof) in rules {
            let names: Vec<&str> = proof.split('`').skip(1).step_by(2).collect();
            assert!(!names.is_empty(), "{}: {rule}", contract.display());
            for name in names {
                let (place, test) = name.rsplit_once("::").unwrap_or(("", name));
                let is_it =
                    |known: &Test| known.name == test && (place.is_empty() || known.is_in(place));
                assert!(
                    own.iter().chain(&elsewhere).any(is_it),
                    "{}: {rule}: there is no test {name}",
                    contract.display()
                );
            }
        }
    }
}

#[test]
fn a_specification_names_most_of_the_tests_of_its_contract() {
    for contract in contracts() {
        let quoted = quoted(&contract);
        let named: BTreeSet<&str> = quoted
            .iter()
            .map(|name| name.rsplit("::").next().unwrap_or(name))
            .collect();
        let tests = tests_in(&contract.join("tests"));
        let count = tests
            .iter()
            .filter(|test| named.contains(&*test.name))
            .count();
        assert!(
            !tests.is_empty() && 10 * count >= 7 * tests.len(),
            "{} names {count} of {} tests",
            contract.display(),
            tests.len()
        );
    }
}

impl Test {
    fn is_in(&self, place: &str) -> bool {
        self.places.iter().any(|name| name == place)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folders of all contracts that have tests.
fn contracts() -> Vec<PathBuf> {
    let contracts = entries(&root().join("contracts"));
    let tested: Vec<_> = contracts
        .filter(|path| path.join("tests").is_dir())
        .collect();
    assert!(tested.len() >= 7, "{tested:?}");
    tested
}

/// The rows of all tables whose last column is of tests: the rule, and its proof.
fn rules(contract: &Path) -> Vec<(String, String)> {
    let readme = fs::read_to_string(contract.join("README.md")).unwrap();
    let mut rules = Vec::new();
    let mut is_of_rules = false;
    for line in readme.lines() {
        let cells = line
            .strip_prefix("| ")
            .and_then(|line| line.strip_suffix(" |"))
            .and_then(|line| line.rsplit_once(" | "));
        match cells {
            Some((_, "test" | "proved by")) => is_of_rules = true,
            Some((rule, proof)) if is_of_rules => rules.push((rule.to_owned(), proof.to_owned())),
            _ if line.starts_with("|--") => (),
            _ => is_of_rules = false,
        }
    }
    rules
}

/// What README.md puts between backticks and may be the name of a test.
fn quoted(contract: &Path) -> Vec<String> {
    let readme = fs::read_to_string(contract.join("README.md")).unwrap();
    let quotes = readme.split('`').skip(1).step_by(2);
    let names = quotes.filter(|quote| {
        let parts = quote.split("::");
        parts.into_iter().all(|part| {
            let mut letters = part.chars();
            letters
                .next()
                .is_some_and(|first| first.is_ascii_lowercase())
                && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
    });
    names.map(str::to_owned).collect()
}

/// The tests in all Rust files of a folder.
fn tests_in(folder: &Path) -> Vec<Test> {
    let mut tests = Vec::new();
    collect(folder, &mut Vec::new(), &mut tests);
    tests
}

fn collect(path: &Path, places: &mut Vec<String>, tests: &mut Vec<Test>) {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    if path.is_dir() {
        for entry in entries(path) {
            places.push(name.clone());
            collect(&entry, places, tests);
            places.pop();
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        let mut places = places.clone();
        places.push(name);
        let names = names_of_tests(&fs::read_to_string(path).unwrap());
        tests.extend(names.into_iter().map(|name| Test {
            name,
            places: places.clone(),
        }));
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path())
}

/// The functions that follow upon `#[test]` or `#[ink::test]`, with other attributes and comments
/// between.
fn names_of_tests(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        if ["#[test]", "#[ink::test]"].contains(&line) {
            is_test = true;
        } else if let Some((name, _)) = line
            .strip_prefix("fn ")
            .and_then(|rest| rest.split_once('('))
        {
            if is_test {
                names.push(name.to_owned());
            }
            is_test = false;
        } else if !line.starts_with("#[") && !line.starts_with("//") {
            is_test = false;
        }
    }
    names
}
