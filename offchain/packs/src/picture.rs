//! The picture of a label.

use crate::PackLabel;
use datamatrix::{DataMatrix, SymbolList};
use std::fmt::Write;

/// The empty modules around a symbol, which its standard wants at least one of.
const QUIET: usize = 2;

/// No picture can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The label is longer than the largest symbol.
    #[error("the label is too long for a DataMatrix")]
    TooLong,
}

/// The GS1 DataMatrix of a label as SVG, a unit for each module, with FNC1 first.
///
/// The symbol is square, ECC 200. Its separators are the character 0x1D, which GS1 allows in
/// place of a later FNC1.
///
/// # Errors
/// [`PictureError`].
pub fn svg(label: &PackLabel) -> Result<String, PictureError> {
    let text = label.element_string();
    let symbol = DataMatrix::encode_gs1(text.as_bytes(), SymbolList::default().enforce_square())
        .map_err(|_| PictureError::TooLong)?;
    let modules = symbol.bitmap();
    let width = modules.width().saturating_add(QUIET.saturating_mul(2));
    let height = modules.height().saturating_add(QUIET.saturating_mul(2));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" shape-rendering=\"crispEdges\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n<path d=\""
    );
    for (x, y) in modules.pixels() {
        let (x, y) = (x.saturating_add(QUIET), y.saturating_add(QUIET));
        // A text takes whatever is written to it.
        let _ = write!(out, "M{x} {y}h1v1h-1z");
    }
    out.push_str("\"/>\n</svg>\n");
    Ok(out)
}
