//! Texts that mean the same commit to the same bytes, and to which.

use std::fmt::Write;

use allive_records::{canonical, json, JsonError};
use proptest::prelude::*;
use serde_json::{Map, Value};

fn canonical(text: &str) -> String {
    canonical::to_string(&json::parse(text.as_bytes(), 100).unwrap()).unwrap()
}

#[test]
fn decimals_commit_to_the_shortest_form_of_the_nearest_double() {
    let cases = [
        ("1.50", "1.5"),
        ("1.5", "1.5"),
        ("15e-1", "1.5"),
        ("36.60", "36.6"),
        ("98.0", "98"),
        ("100", "100"),
        ("2.14e2", "214"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("0.1", "0.1"),
        // FHIR allows 18 digits, a double tells about 16 apart.
        ("0.123456789012345678", "0.12345678901234568"),
        ("0.123456789012345679", "0.12345678901234568"),
        ("123456789012345678", "123456789012345680"),
        ("9007199254740992", "9007199254740992"),
        ("9007199254740993", "9007199254740992"),
        ("-9007199254740993", "-9007199254740992"),
        ("18446744073709551616", "18446744073709552000"),
        // The edges at which ECMAScript changes to an exponent.
        ("100000000000000000000", "100000000000000000000"),
        ("1000000000000000000000", "1e+21"),
        ("0.000001", "0.000001"),
        ("0.0000001", "1e-7"),
        ("5e-324", "5e-324"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"),
    ];
    for (text, expected) in cases {
        assert_eq!(canonical(text), expected, "{text}");
        assert_eq!(canonical(&format!("[{text}]")), format!("[{expected}]"));
    }
}

#[test]
fn the_digits_that_fhir_calls_significant_are_not_committed() {
    assert_eq!(
        canonical(r#"{"valueQuantity":{"value":1.50}}"#),
        canonical(r#"{"valueQuantity":{"value":1.5}}"#)
    );
    assert_ne!(
        canonical(r#"{"valueQuantity":{"value":"1.50"}}"#),
        canonical(r#"{"valueQuantity":{"value":"1.5"}}"#)
    );
}

/// Samples of the appendix, given there as the bits of the double.
#[test]
fn numbers_are_printed_as_in_appendix_b_of_rfc_8785() {
    let cases = [
        (0x0000000000000001_u64, "5e-324"),
        (0x7fefffffffffffff, "1.7976931348623157e+308"),
        (0x4340000000000000, "9007199254740992"),
        (0x4430000000000000, "295147905179352830000"),
        (0x44b52d02c7e14af5, "9.999999999999997e+22"),
        (0x44b52d02c7e14af6, "1e+23"),
        (0x444b1ae4d6e2ef4e, "999999999999999700000"),
        (0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"),
        (0x41b3de4355555557, "333333333.33333343"),
        (0xbecbf647612f3696, "-0.0000033333333333333333"),
    ];
    for (bits, expected) in cases {
        let text = format!("{:e}", f64::from_bits(bits));
        assert_eq!(canonical(&text), expected);
    }
}

#[test]
fn keys_are_ordered_by_utf16_code_units() {
    // U+20BB7 sorts before U+FB33 in UTF-16 and behind it in UTF-8.
    assert_eq!(
        canonical("{\"\u{FB33}\":1,\"\u{20BB7}\":2,\"b\":3,\"B\":4}"),
        "{\"B\":4,\"b\":3,\"\u{20BB7}\":2,\"\u{FB33}\":1}"
    );
}

#[test]
fn strings_are_spelt_with_the_shortest_escapes_and_not_normalised() {
    assert_eq!(
        canonical(r#""\u67f3\/\u0041\u001F\u0008\u000a\"\\""#),
        r#""柳/A\u001f\b\n\"\\""#
    );
    assert_eq!(canonical(r#""\ud84c\udfb4""#), "\"\u{233B4}\"");
    assert_ne!(canonical("\"\u{e9}\""), canonical("\"e\u{301}\""));
}

#[test]
fn a_text_is_exact_only_if_it_is_its_own_canonical_form() {
    let exact = |text| canonical::parse_exact(text).unwrap().is_some();
    assert!(exact(r#"{"a":1.5,"b":[]}"#));
    for other in [
        r#"{"a":1.50,"b":[]}"#,
        r#"{"b":[],"a":1.5}"#,
        r#"{"a": 1.5,"b":[]}"#,
        r#"{"\u0061":1.5,"b":[]}"#,
        "{\"a\":1.5,\"b\":[]}\n",
    ] {
        assert!(!exact(other), "{other}");
    }
    assert!(matches!(
        canonical::parse_exact(r#"{"a":1,"a":1}"#),
        Err(JsonError::DuplicateKey { .. })
    ));
}

fn any_json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO)
            .prop_map(Value::from),
        any::<String>().prop_map(Value::String),
        "[\\x00-\\x20\"\\\\/\\x7f柳𬱖]{0,6}".prop_map(Value::String),
    ];
    scalar.prop_recursive(5, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::hash_map(any::<String>(), inner, 0..6)
                .prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

fn choose(seed: &mut u64, of: u64) -> u64 {
    *seed = seed
        .wrapping_mul(6364136223846793005)
        .wrapping_add(1442695040888963407);
    (*seed >> 33) % of
}

/// Writes a value in one of its many spellings; the seed decides which.
fn spell(value: &Value, seed: &mut u64, out: &mut String) {
    out.push_str(["", " ", "\n", "\t\r\n"][choose(seed, 4) as usize]);
    match value {
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                spell(item, seed, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            for last in (1..members.len()).rev() {
                members.swap(last, choose(seed, last as u64 + 1) as usize);
            }
            out.push('{');
            for (index, (key, member)) in members.into_iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                spell(&Value::String(key.clone()), seed, out);
                out.push(':');
                spell(member, seed, out);
            }
            out.push('}');
        }
        Value::String(text) if choose(seed, 3) == 0 => {
            out.push('"');
            for unit in text.encode_utf16() {
                write!(out, "\\u{unit:04X}").unwrap();
            }
            out.push('"');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
    out.push_str(["", " "][choose(seed, 2) as usize]);
}

fn spelt(value: &Value, mut seed: u64) -> String {
    let mut text = String::new();
    spell(value, &mut seed, &mut text);
    text
}

proptest! {
    #[test]
    fn every_spelling_of_a_value_has_one_canonical_form(
        value in any_json(), one: u64, other: u64,
    ) {
        prop_assert_eq!(canonical(&spelt(&value, one)), canonical(&spelt(&value, other)));
    }

    #[test]
    fn the_canonical_form_is_its_own(value in any_json(), seed: u64) {
        let text = canonical(&spelt(&value, seed));
        prop_assert!(canonical::parse_exact(&text).unwrap().is_some());
    }

    #[test]
    fn reading_bytes_of_any_kind_does_not_panic(bytes: Vec<u8>, text: String) {
        let _ = json::parse(&bytes, 100);
        let _ = json::parse(text.as_bytes(), 100);
        let _ = json::parse(format!("[\"{text}\", 1e{text}").as_bytes(), 100);
    }

    #[test]
    fn a_text_cut_short_is_refused_with_a_place_inside_it(value in any_json(), seed: u64, cut: prop::sample::Index) {
        let text = format!("[{}]", spelt(&value, seed));
        let cut = (0..=cut.index(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap();
        let lines = text[..cut].split('\n').count();
        match json::parse(&text.as_bytes()[..cut], 100) {
            Err(JsonError::Syntax { line, .. } | JsonError::LoneSurrogate { line, .. }) => {
                prop_assert!(line <= lines.max(1));
            }
            other => prop_assert!(false, "{other:?}"),
        }
    }
}
