//! Tables and numbers, as people read them.

use allive_trace::Row;
use comfy_table::{presets::UTF8_FULL_CONDENSED, CellAlignment, Table};
use std::time::Duration;

/// The units of one ALV.
pub const ALV: u128 = 100_000_000;

/// An empty table; columns from the `figures`th on are numbers.
pub fn table(header: &[&str], figures: usize) -> Table {
    let mut table = Table::new();
    table
        .load_preset(UTF8_FULL_CONDENSED)
        .set_header(header.iter().copied());
    for column in table.column_iter_mut().skip(figures) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// The life of a pack.
pub fn life(rows: &[Row]) -> Table {
    let mut shown = table(&["when, UTC", "what", "who", "GLN", "then it was"], 5);
    for row in rows {
        shown.add_row([&row.when, &row.what, &row.who, &row.place, &row.state]);
    }
    shown
}

/// A number with its digits in groups of three.
pub fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// An amount of ALV.
pub fn alv(units: u128) -> String {
    format!("{}.{:08}", grouped(units / ALV), units % ALV)
}

/// A duration.
pub fn duration(milliseconds: u64) -> String {
    humantime::format_duration(Duration::from_millis(milliseconds)).to_string()
}
