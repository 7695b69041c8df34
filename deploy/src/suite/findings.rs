//! What `allive status` finds: what the address book says, beside what the chain answers.

use crate::table::table;
use allive_calls::Failure;
use anyhow::Result;

/// What stands in the place of an answer that this version of a contract does not give.
const NOT_KNOWN: &str = "not known to this code";

/// One row for each thing that was compared.
#[derive(Default)]
pub struct Findings(Vec<[String; 3]>);

impl Findings {
    /// Something that book and chain must agree on.
    pub fn compare(&mut self, what: &str, book: &str, chain: String) {
        let verdict = if book == chain {
            "same".to_owned()
        } else if chain == NOT_KNOWN {
            chain
        } else {
            format!("DIFFERS: the chain says {chain}")
        };
        self.0.push([what.to_owned(), book.to_owned(), verdict]);
    }

    /// Something that only the chain knows.
    pub fn tell(&mut self, what: &str, chain: String) {
        self.0.push([what.to_owned(), chain, "now".into()]);
    }

    /// How many things differ.
    pub fn differences(&self) -> usize {
        self.0
            .iter()
            .filter(|[_, _, verdict]| verdict.starts_with("DIFFERS"))
            .count()
    }

    /// The table.
    pub fn table(&self) -> String {
        let mut rows = table(&["what", "book", "chain"], 3);
        for row in &self.0 {
            rows.add_row(row);
        }
        rows.to_string()
    }
}

/// An answer, or that the contract has no such message: later code may have lost it.
pub fn known(answer: Result<String>) -> Result<String> {
    match answer {
        Err(error) if error.downcast_ref() == Some(&Failure::NotUnderstood) => {
            Ok(NOT_KNOWN.to_owned())
        }
        other => other,
    }
}

/// `yes` or `no`.
pub fn yes(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}
