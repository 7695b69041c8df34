//! What the chapter of the council comes to, in tables.

use crate::table::table;
use sha2::{Digest, Sha256};

/// Who may do what, before and after.
pub struct HandedOver {
    pub members: usize,
    pub rights: Vec<Right>,
    /// What new code found of the state of the Nexus.
    pub kept: Vec<Kept>,
}

/// One right of an admin.
pub struct Right {
    pub right: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    /// What who had it before is told now.
    pub refused: String,
}

/// Part of a state, as old and as new code read it.
pub struct Kept {
    what: String,
    before: String,
    after: String,
}

impl Kept {
    /// Part of a state in SCALE.
    pub fn new(what: &str, before: &[u8], after: &[u8]) -> Self {
        let [before, after] = [before, after].map(|bytes| {
            let hash = Sha256::digest(bytes);
            format!("0x{}…", hex::encode(&hash[..8]))
        });
        Self {
            what: what.to_owned(),
            before,
            after,
        }
    }
}

impl HandedOver {
    /// How many rights the council has that others had.
    pub fn count(&self) -> usize {
        let moved = self.rights.iter().filter(|right| {
            let Right { before, after, .. } = right;
            before != after && *after == "council"
        });
        moved.count()
    }

    /// The tables.
    pub fn tell(&self) {
        println!("\nThe rights of an admin");
        let header = ["right", "before", "after", "the foundation now"];
        let mut rows = table(&header, 4);
        for right in &self.rights {
            let refused = format!("refused: {}", right.refused);
            rows.add_row([right.right, right.before, right.after, &refused]);
        }
        println!("{rows}");

        println!("\nThe Nexus before and after its upgrade (SHA-256 of what it stores)");
        let mut rows = table(&["what", "old code", "new code", ""], 4);
        for kept in &self.kept {
            let verdict = if kept.before == kept.after {
                "same"
            } else {
                "DIFFERS"
            };
            rows.add_row([&kept.what, &kept.before, &kept.after, verdict]);
        }
        println!("{rows}");
    }
}
