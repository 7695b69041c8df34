//! What the chapter of provenance comes to: lives, told out of events.

use crate::table::life;
use allive_trace::{timeline, Names, Row, Trace};

/// Lives, each with its title.
#[derive(Default)]
pub struct Lives {
    told: Vec<(String, Vec<Row>)>,
    /// How many events were heard.
    pub events: usize,
    /// How often somebody verified a pack.
    pub verified: usize,
}

impl Lives {
    /// Adds a life.
    pub fn add(&mut self, title: &str, trace: &Trace, names: &Names) {
        self.told.push((title.to_owned(), timeline(trace, names)));
    }

    /// A table for each.
    pub fn tell(&self) {
        for (title, rows) in &self.told {
            println!("\n{title}");
            println!("{}", life(rows));
        }
    }
}
