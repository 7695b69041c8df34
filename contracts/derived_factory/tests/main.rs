//! The factory of derived tokens as release Wasm on the embedded chain, one module for what belongs
//! together, and its rules as plain Rust. README.md beside the contract says which test proves
//! which rule.

mod actors;
mod identities;
mod stored_state;
mod world;

mod act_for;
mod buy;
mod claim;
mod credit;
mod exhaustive;
mod funding;
mod governance;
mod hostile;
mod inherit;
mod invariants;
mod life;
mod life_rules;
mod model;
mod new;
mod operator;
mod order;
mod phase_matrix;
mod price;
mod redeem;
mod register;
mod reward;
mod rules;
mod value;
