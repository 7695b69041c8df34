//! The tables of `docs/costs.md`, made from the figures.

use crate::{
    meter::Measure,
    per_block::{per_block, PerBlock},
    snapshot::{root, Costs},
    SUITE,
};
use std::{fmt::Write, fs, io};

/// The page, from the root of the project.
pub const PAGE: &str = "docs/costs.md";

/// The page as it is committed.
///
/// # Errors
/// If it cannot be read.
pub fn read() -> io::Result<String> {
    fs::read_to_string(root().join(PAGE))
}

/// Writes the page.
///
/// # Errors
/// If it cannot be written.
pub fn write(page: &str) -> io::Result<()> {
    fs::write(root().join(PAGE), page)
}

/// The page with these tables between their marks, `<!-- NAME -->` and `<!-- end of NAME -->`.
///
/// # Panics
/// If the page has no such marks.
pub fn with_tables(page: &str, tables: &[(&str, String)]) -> String {
    let mut page = page.to_owned();
    for (name, table) in tables {
        let (begin, end) = (
            format!("<!-- {name} -->\n"),
            format!("<!-- end of {name} -->"),
        );
        let found = page.split_once(&begin).and_then(|(before, rest)| {
            let (_, after) = rest.split_once(&end)?;
            Some(format!("{before}{begin}\n{table}\n{end}{after}"))
        });
        page = match found {
            Some(page) => page,
            None => panic!("{PAGE} has no place for the table `{name}`"),
        };
    }
    page
}

/// What the committed figures say: what each hot message costs, and how large each contract is.
///
/// # Panics
/// If a hot message is not among the figures.
pub fn tables(costs: &Costs) -> Vec<(&'static str, String)> {
    vec![("messages", messages(costs)), ("sizes", sizes(costs))]
}

fn messages(costs: &Costs) -> String {
    let measured = |contract: &str, message: &str| {
        let contract = costs.contracts.get(contract);
        match contract.and_then(|contract| contract.messages.get(message)) {
            Some(measure) => *measure,
            None => panic!("`{message}` is hot, and was not measured"),
        }
    };
    let reference = costs.reference["psp22"].messages["transfer"];
    let alv = measured("alv", "transfer");
    let mut table = String::from(
        "| message | ref_time | proof | of ALV's transfer | of the reference's | solo chain | parachain |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    let mut row = |name: &str, measure: Measure| {
        let ratio = |to: Measure| measure.ref_time as f64 / to.ref_time as f64;
        let PerBlock { solo, parachain } = per_block(measure);
        let line = writeln!(
            table,
            "| {name} | {} | {} | {:.2} | {:.2} | {} | {} |",
            grouped(measure.ref_time),
            grouped(measure.proof_size),
            ratio(alv),
            ratio(reference),
            grouped(solo),
            grouped(parachain),
        );
        assert!(line.is_ok(), "a string takes all that is written to it");
    };
    row("`transfer` of the reference, `psp22` 2.0.0", reference);
    for (contract, _, hot) in SUITE {
        for (message, what) in *hot {
            let what = match *what {
                "" => String::new(),
                what => format!(" ({what})"),
            };
            let measure = measured(contract, message);
            row(&format!("{contract} `{message}`{what}"), measure);
        }
    }
    table
}

fn sizes(costs: &Costs) -> String {
    let rows = costs.reference.iter().chain(&costs.contracts);
    let rows = rows.map(|(name, contract)| {
        let name = if name == "psp22" {
            "the reference"
        } else {
            name
        };
        format!("| {name} | {} |\n", grouped(contract.wasm_bytes as u64))
    });
    let head = "| contract | bytes of Wasm |\n|---|--:|\n".to_owned();
    head + &rows.collect::<String>()
}

/// A number with a comma before each three digits.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_threes() {
        let shown = [0, 999, 1_000, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_table_takes_the_place_of_the_former_one_and_nothing_else_changes() {
        let page = "a\n<!-- x -->\n\nold\n\n<!-- end of x -->\nb\n";
        let new = with_tables(page, &[("x", "new\n".into())]);
        assert_eq!(new, "a\n<!-- x -->\n\nnew\n\n<!-- end of x -->\nb\n");
        assert_eq!(with_tables(&new, &[("x", "new\n".into())]), new);
    }

    #[test]
    #[should_panic(expected = "no place for the table `y`")]
    fn a_page_without_a_place_for_a_table_is_refused() {
        with_tables("a\n", &[("y", String::new())]);
    }
}
