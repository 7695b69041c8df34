//! Progress of what takes long.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar with a text beside it, such as `{pos} of {len}`.
pub fn bar(length: u64, text: &str) -> ProgressBar {
    let progress = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template(&format!("{{bar:30}} {text} ({{eta}} left)")) {
        progress.set_style(style);
    }
    progress
}
