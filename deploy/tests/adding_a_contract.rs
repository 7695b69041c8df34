//! `docs/adding-a-contract.md` lists the places that bear the name of a contract: every contract
//! stands in each of them, and in no other.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// No contract needs this one, and no tool treats it specially: what names it, names it because it
/// is a contract.
const PLAIN: &str = "alv_distributor";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of the table under a heading of the page, each cell without its backticks.
fn table(heading: &str) -> Vec<Vec<String>> {
    let page = read("docs/adding-a-contract.md");
    let section = page.split("\n## ").find(|part| part.starts_with(heading));
    let section = section.unwrap_or_else(|| panic!("the page has no heading `{heading}`"));
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cells = |row: &str| {
        let cells = row.trim_matches('|').split('|');
        cells
            .map(|cell| cell.trim().trim_matches('`').to_owned())
            .collect()
    };
    let rows: Vec<Vec<String>> = rows.map(cells).collect();
    assert!(!rows.is_empty(), "`{heading}` has no rows");
    rows
}

/// The places in which every contract stands, and those of a contract that `allive up` creates.
fn places() -> [Vec<String>; 2] {
    ["Every contract", "A contract that `allive up` creates"].map(|heading| {
        table(heading)
            .into_iter()
            .map(|row| row[0].clone())
            .collect()
    })
}

fn contracts() -> BTreeSet<String> {
    let folders = fs::read_dir(root().join("contracts")).unwrap();
    let folders = folders.map(|entry| entry.unwrap().path());
    let contracts = folders.filter(|folder| folder.join("Cargo.toml").is_file());
    contracts
        .map(|folder| folder.file_name().unwrap().to_string_lossy().into_owned())
        .collect()
}

/// A whole name, not a part of a longer one.
fn names(text: &str, name: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .any(|word| word == name)
}

/// What is missing of a contract at a place of the page.
fn missing(place: &str, contract: &str) -> Option<String> {
    let path = place.replace("<name>", contract);
    let is_there = if path == place {
        names(&read(place), contract)
    } else {
        let file = root().join(&path);
        file.exists() || file.with_extension("rs").exists()
    };
    (!is_there).then(|| format!("{contract}: {path}"))
}

#[test]
fn every_contract_stands_in_each_place_of_the_page() {
    let created_by_another = table("A contract that another one creates");
    let [every, created] = places();
    let mut absent = Vec::new();
    for contract in contracts() {
        let creator = created_by_another.iter().find(|row| row[0] == contract);
        absent.extend(every.iter().filter_map(|place| missing(place, &contract)));
        match creator {
            Some(row) => {
                let wiring = format!("deploy/src/suite/{}.rs", row[1]);
                absent.extend(missing(&wiring, &contract));
            }
            None => absent.extend(created.iter().filter_map(|place| missing(place, &contract))),
        }
    }
    assert!(absent.is_empty(), "missing:\n  {}", absent.join("\n  "));
}

#[test]
fn every_example_of_the_page_is_there() {
    for heading in ["Every contract", "A contract that `allive up` creates"] {
        for row in table(heading) {
            assert!(root().join(&row[2]).is_file(), "no {}", row[2]);
        }
    }
}

#[test]
fn nothing_else_names_a_contract() {
    let places: BTreeSet<PathBuf> = places()
        .concat()
        .iter()
        .map(|place| {
            let path = PathBuf::from(place.replace("<name>", PLAIN));
            let file = path.with_extension("rs");
            if root().join(&path).is_file() {
                path
            } else {
                file
            }
        })
        .collect();
    let mut found = BTreeSet::new();
    for folder in [
        "clients",
        "deploy",
        "e2e",
        "interfaces",
        "libraries",
        "node",
        "offchain",
        "scripts",
    ] {
        naming(Path::new(folder), &mut found);
    }
    let strays: Vec<_> = found
        .difference(&places)
        .filter(|path| !path.starts_with("clients/js/src"))
        .collect();
    assert!(
        strays.is_empty(),
        "{PLAIN} is named in {strays:?}, which the page does not list"
    );
}

/// Collects the files that name [`PLAIN`]; tests and prose may.
fn naming(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(root().join(folder)).unwrap() {
        let path = folder.join(entry.unwrap().file_name());
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_left_out = matches!(
            name.as_str(),
            "build" | "generated" | "node_modules" | "target" | "test" | "tests"
        );
        if root().join(&path).is_dir() {
            if !is_left_out {
                naming(&path, found);
            }
        } else if !name.ends_with(".md") && !name.ends_with(".lock") {
            let text = fs::read(root().join(&path)).unwrap();
            if names(&String::from_utf8_lossy(&text), PLAIN) {
                found.insert(path);
            }
        }
    }
}
