//! Prints what the pallet asks for, as the table of `docs/costs.md`.

#![forbid(unsafe_code)]

fn main() {
    let (_, table) = allive_costs::prices::table();
    print!("{table}");
}
