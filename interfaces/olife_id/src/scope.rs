//! What a representative may do.

/// What a representative may do for a principal, as the bits of a number. The list is closed: for
/// another bit there is no representative. No bit says why there is a mandate.
pub type Scope = u8;

/// Decisions about care: treatment, and who treats.
pub const CARE: Scope = 1;
/// Consent to the use of data: records, grants, revocations.
pub const DATA: Scope = 2;
/// Money: buying, selling, paying, and receiving payments for the principal.
pub const MONEY: Scope = 4;
/// Everything.
pub const ALL: Scope = CARE | DATA | MONEY;
