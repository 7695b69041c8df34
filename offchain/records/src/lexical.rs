//! What a JSON parser lets pass, or reports in prose only: looked for in the
//! text itself.
//!
//! A parser turns `1e-400` into zero without a word, and what it does with a
//! number's text depends on features of `serde_json` that any crate of the same
//! build may switch on. So the text is walked a second time, token by token.

/// The key under which `serde_json`, built with its feature
/// `arbitrary_precision`, hands a number over. Cargo unifies features, so a
/// dependency of some other crate decides whether that happens here.
pub(crate) const NUMBER_TOKEN: &str = "$serde_json::private::Number";

/// A fault and where its token begins.
pub(crate) struct Fault {
    pub line: usize,
    pub column: usize,
    pub kind: FaultKind,
}

pub(crate) enum FaultKind {
    Number,
    Surrogate,
    Reserved,
}

/// The first fault of the text, which need not be valid JSON.
pub(crate) fn first_fault(text: &str) -> Option<Fault> {
    let bytes = text.as_bytes();
    let mut line = 1;
    let mut line_start = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        let (length, kind) = match byte {
            b'"' => string(rest),
            b'-' | b'0'..=b'9' => number(rest),
            _ => (1, None),
        };
        if let Some(kind) = kind {
            return Some(Fault {
                line,
                column: at - line_start + 1,
                kind,
            });
        }
        if byte == b'\n' {
            line += 1;
            line_start = at + 1;
        }
        at += length;
    }
    None
}

/// Length and fault of the number at the start of the text.
fn number(text: &str) -> (usize, Option<FaultKind>) {
    let length = text
        .bytes()
        .position(|byte| !matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
        .unwrap_or(text.len());
    let token = text.get(..length).unwrap_or_default();
    let lost = token.parse::<f64>().is_ok_and(|value| {
        let digits = token.split(['e', 'E']).next().unwrap_or_default();
        let vanished = value == 0.0 && digits.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
        value.is_infinite() || vanished
    });
    (length.max(1), lost.then_some(FaultKind::Number))
}

/// Length and fault of the string at the start of the text.
fn string(text: &str) -> (usize, Option<FaultKind>) {
    let bytes = text.as_bytes();
    let mut at = 1;
    let mut escaped = false;
    loop {
        match bytes.get(at) {
            None => return (text.len(), None),
            Some(b'"') => break,
            Some(b'\\') => {
                escaped = true;
                match code_unit(bytes, at) {
                    Some(0xD800..=0xDBFF) => {
                        if !matches!(code_unit(bytes, at + 6), Some(0xDC00..=0xDFFF)) {
                            return (1, Some(FaultKind::Surrogate));
                        }
                        at += 12;
                    }
                    Some(0xDC00..=0xDFFF) => return (1, Some(FaultKind::Surrogate)),
                    Some(_) => at += 6,
                    None => at += 2,
                }
            }
            Some(_) => at += 1,
        }
    }
    let length = at + 1;
    let token = text.get(..length).unwrap_or_default();
    let reserved = if escaped {
        serde_json::from_str::<String>(token).is_ok_and(|plain| plain == NUMBER_TOKEN)
    } else {
        token.trim_matches('"') == NUMBER_TOKEN
    };
    (length, reserved.then_some(FaultKind::Reserved))
}

/// The UTF-16 code unit of the escape `\uXXXX` at the given place.
fn code_unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..)?.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0u16, |unit, &digit| {
        let value = char::from(digit).to_digit(16)?;
        Some((unit << 4) | u16::try_from(value).ok()?)
    })
}
