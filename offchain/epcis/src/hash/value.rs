//! One spelling for each value.

use super::link;
use crate::Timestamp;

/// Names of CBV 1 and what stands for them since.
const URNS: [(&str, &str); 5] = [
    (
        "urn:epcglobal:cbv:bizstep:",
        "https://ref.gs1.org/cbv/BizStep-",
    ),
    ("urn:epcglobal:cbv:disp:", "https://ref.gs1.org/cbv/Disp-"),
    ("urn:epcglobal:cbv:btt:", "https://ref.gs1.org/cbv/BTT-"),
    ("urn:epcglobal:cbv:sdt:", "https://ref.gs1.org/cbv/SDT-"),
    ("urn:epcglobal:cbv:er:", "https://ref.gs1.org/cbv/ER-"),
];

/// The canonical form of a text without white space around it.
pub fn canonical(text: &str) -> String {
    if let Some(number) = number(text) {
        return number;
    }
    let mut out = text.to_owned();
    if out.contains("urn:epcglobal:cbv:") {
        for (urn, address) in URNS {
            out = out.replace(urn, address);
        }
    }
    link::canonical(&out).unwrap_or(out)
}

/// The canonical form of a time; what is none stays as it is.
pub fn canonical_time(text: &str) -> String {
    Timestamp::parse(text).map_or_else(|| text.to_owned(), |time| time.to_string())
}

/// The shortest form of a number in decimal digits, perhaps with an exponent. Like every number of
/// the reference it is a double: beyond 2^53 digits are lost.
fn number(text: &str) -> Option<String> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let plain = match mantissa.split_once('.') {
        Some((whole, "")) => digits(whole),
        Some((whole, part)) => (whole.is_empty() || digits(whole)) && digits(part),
        None => digits(mantissa),
    };
    let exponent = exponent.is_none_or(|it| digits(it.strip_prefix(['+', '-']).unwrap_or(it)));
    if !plain || !exponent {
        return None;
    }
    let value: f64 = text.parse().ok().filter(|it: &f64| it.is_finite())?;
    if value == 0.0 {
        return Some("0".to_owned());
    }
    if value.fract() == 0.0 {
        // With a precision every digit of the double is printed.
        return Some(format!("{value:.0}"));
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e')?;
    match exponent.parse::<i32>().ok()? {
        // A double that is no whole number has no positive exponent of 16 or more.
        -4.. => Some(value.to_string()),
        small => Some(format!("{mantissa}e-{:02}", small.unsigned_abs())),
    }
}
