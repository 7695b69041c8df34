//! What the chapter of provenance comes to, in a table.

use crate::table::table;
use provenance::State;

/// What anybody was told of one pack, as it went from its maker to a patient.
#[derive(Default)]
pub struct Traced(Vec<[String; 4]>);

impl Traced {
    /// Adds what `verify` answers now.
    pub fn note(&mut self, when: &str, state: State, holder: &str, site: u64) {
        let state = format!("{state:?}");
        let row = [when, &state, holder, &site.to_string()];
        self.0.push(row.map(str::to_owned));
    }

    /// How many times it was verified.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The table.
    pub fn tell(&self) {
        println!("\nOne pack, as everybody can verify it");
        let mut rows = table(&["when it was", "state", "with", "at"], 4);
        for row in &self.0 {
            rows.add_row(row);
        }
        println!("{rows}");
    }
}
