//! What stands on a pack, a pallet or a bag of blood, read and written.
//!
//! A key is a type: [`Gtin`], [`Sscc`], [`Gln`] are checked when they are made, and a [`Serial`] or
//! a [`Lot`] holds only characters that a label can carry. [`Epc`] is a key with what makes it
//! single, in both spellings of EPCIS: the EPC URN and the GS1 Digital Link. [`Label`] is what a
//! scanner reads from a pack.
//!
//! # The length of a company prefix
//!
//! A URN shows where the company's prefix ends (`urn:epc:id:sgtin:4012345.011111.9876`), a Digital
//! Link does not. So a URN can always be read, and a Digital Link can always be written. To write a
//! URN the prefix must be given as a [`CompanyPrefix`], and a key of another company is refused.
//! What is compared or stored here is therefore the Digital Link.

mod codes;
mod date;
mod digits;
mod element_string;
mod epc;
mod error;
mod isbt;
mod label;
mod link;
pub(crate) mod percent;

pub use codes::{is_cset39, is_cset82, Extension, Lot, Serial};
pub(crate) use date::{days_from_civil, days_in_month};
pub use date::{Date, Expiry};
pub use digits::{check_digit, CompanyPrefix, Gln, Gtin, Sscc};
pub use element_string::{Ai, ElementString, FNC1};
pub use epc::Epc;
pub use error::IdentifierError;
pub use isbt::{mod37_2, DonationNumber};
pub use label::Label;
