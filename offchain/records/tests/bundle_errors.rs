//! Every refusal names its place.

mod common;

use allive_records::{Bundle, BundleError, JsonError, Limits};
use common::data;

fn refuse(bytes: impl AsRef<[u8]>) -> BundleError {
    Bundle::from_slice(bytes.as_ref(), &Limits::default()).unwrap_err()
}

fn refuse_json(bytes: impl AsRef<[u8]>) -> JsonError {
    match refuse(bytes) {
        BundleError::Json(error) => error,
        other => panic!("not a fault of JSON: {other}"),
    }
}

fn refuse_file(name: &str) -> BundleError {
    Bundle::from_path(data("malformed").join(name), &Limits::default()).unwrap_err()
}

/// A bundle around the text of its entries.
fn with_entries(entries: &str) -> String {
    format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{entries}]}}"#)
}

/// A bundle whose one resource has an extra member.
fn with_member(member: &str) -> String {
    with_entries(&format!(
        r#"{{"resource":{{"resourceType":"Basic","id":"b",{member}}}}}"#
    ))
}

#[test]
fn a_sound_bundle_is_read_with_its_identities() {
    let text = with_entries(
        r#"{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p"}},
           {"resource":{"resourceType":"Basic","id":"p"}}"#,
    );
    let bundle = Bundle::from_slice(text.as_bytes(), &Limits::default()).unwrap();
    let [patient, basic] = bundle.entries() else {
        panic!("two entries expected")
    };
    assert_eq!(patient.resource_type(), "Patient");
    assert_eq!(patient.id(), Some("p"));
    assert_eq!(patient.full_url(), Some("urn:uuid:1"));
    assert_eq!(basic.full_url(), None);
    assert_eq!(
        basic.canonical(),
        r#"{"resource":{"id":"p","resourceType":"Basic"}}"#
    );
}

#[test]
fn a_missing_file_is_named() {
    let error = refuse_file("there-is-no-such-file.json");
    assert!(matches!(error, BundleError::Io { .. }));
    assert!(error.to_string().contains("there-is-no-such-file.json"));
}

#[test]
fn an_empty_file_is_refused() {
    assert!(matches!(refuse_file("empty.json"), BundleError::Empty));
    assert!(matches!(refuse(" \r\n\t"), BundleError::Empty));
}

#[test]
fn text_that_is_not_json_names_line_and_column() {
    let BundleError::Json(JsonError::Syntax {
        line,
        column,
        reason,
    }) = refuse_file("not-json.json")
    else {
        panic!("a syntax error expected")
    };
    assert_eq!((line, column), (4, 3));
    assert!(
        !reason.contains("line"),
        "the place is named twice: {reason}"
    );
    assert!(matches!(
        refuse_json("{\"resourceType\":\n \"Bun"),
        JsonError::Syntax { line: 2, .. }
    ));
    assert!(matches!(
        refuse_json("{} {}"),
        JsonError::Syntax {
            line: 1,
            column: 4,
            ..
        }
    ));
}

#[test]
fn the_first_fault_is_reported_and_not_one_behind_it() {
    let text = "{\n\"a\": nonsense,\n\"b\": 1e999, \"c\": \"\\ud800\"}";
    assert!(matches!(
        refuse_json(text),
        JsonError::Syntax { line: 2, .. }
    ));
    let text = "{\n\"b\": 1e999,\n\"a\": nonsense}";
    assert!(matches!(
        refuse_json(text),
        JsonError::NumberOutOfRange { line: 2, column: 6 }
    ));
}

#[test]
fn bytes_that_are_not_utf8_name_the_offset() {
    assert_eq!(
        refuse_json(b"{\"a\":\"\xFF\"}"),
        JsonError::NotUtf8 { offset: 6 }
    );
}

#[test]
fn a_byte_order_mark_is_refused() {
    assert!(matches!(
        refuse_file("byte-order-mark.json"),
        BundleError::Json(JsonError::ByteOrderMark)
    ));
}

#[test]
fn a_document_that_is_no_object_is_refused() {
    assert_eq!(
        refuse("[1]").to_string(),
        "the document is an array, not an object"
    );
    assert!(matches!(
        refuse("7"),
        BundleError::NotAnObject { found: "a number" }
    ));
}

#[test]
fn another_resource_than_a_bundle_is_named() {
    assert_eq!(
        refuse_file("not-a-bundle.json").to_string(),
        "resourceType is \"Patient\", not Bundle"
    );
    assert_eq!(
        refuse("{}").to_string(),
        "resourceType is missing, not Bundle"
    );
}

#[test]
fn a_bundle_without_entries_is_refused() {
    assert!(matches!(
        refuse_file("no-entries.json"),
        BundleError::NoEntries
    ));
    assert!(matches!(
        refuse(r#"{"resourceType":"Bundle"}"#),
        BundleError::NoEntries
    ));
}

#[test]
fn an_entry_without_resource_is_counted() {
    assert!(matches!(
        refuse_file("entry-without-resource.json"),
        BundleError::NoResource { index: 1 }
    ));
}

#[test]
fn a_resource_without_type_is_counted() {
    let text =
        with_entries(r#"{"resource":{"resourceType":"Basic","id":"b"}},{"resource":{"id":"c"}}"#);
    assert!(matches!(
        refuse(text),
        BundleError::NoResourceType { index: 1 }
    ));
}

#[test]
fn an_entry_that_nothing_could_refer_to_is_counted() {
    for entry in [
        r#"{"resource":{"resourceType":"Basic"}}"#,
        r#"{"fullUrl":"","resource":{"resourceType":"Basic","id":""}}"#,
    ] {
        assert!(matches!(
            refuse(with_entries(entry)),
            BundleError::NoIdentity { index: 0 }
        ));
    }
}

#[test]
fn values_of_the_wrong_type_name_their_path() {
    let cases = [
        (
            r#"{"resourceType":1}"#.to_owned(),
            "`resourceType` is a number, not a string",
        ),
        (
            r#"{"resourceType":"Bundle","entry":{}}"#.to_owned(),
            "`entry` is an object, not an array",
        ),
        (with_entries("null"), "`entry[0]` is null, not an object"),
        (
            with_entries(r#"{"resource":"text"}"#),
            "`entry[0].resource` is a string, not an object",
        ),
        (
            with_entries(r#"{"resource":{"resourceType":true}}"#),
            "`entry[0].resource.resourceType` is a boolean, not a string",
        ),
        (
            with_entries(r#"{"resource":{"resourceType":"Basic","id":7}}"#),
            "`entry[0].resource.id` is a number, not a string",
        ),
        (
            with_entries(r#"{"fullUrl":[],"resource":{"resourceType":"Basic","id":"b"}}"#),
            "`entry[0].fullUrl` is an array, not a string",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(refuse(text).to_string(), message);
    }
}

#[test]
fn two_resources_of_one_type_and_id_name_both_entries() {
    assert_eq!(
        refuse_file("duplicate-ids.json").to_string(),
        "entries 0 and 2 are both \"Patient/twin\""
    );
}

#[test]
fn two_entries_of_one_full_url_name_both_entries() {
    let text = with_entries(
        r#"{"fullUrl":"urn:uuid:0","resource":{"resourceType":"Basic"}},
           {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Basic"}},
           {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient"}}"#,
    );
    let BundleError::DuplicateIdentity {
        first,
        second,
        identity,
    } = refuse(text)
    else {
        panic!("a duplicate expected")
    };
    assert_eq!((first, second, identity.as_str()), (1, 2, "urn:uuid:1"));
}

#[test]
fn a_key_given_twice_names_path_and_place() {
    let BundleError::Json(error) = refuse_file("duplicate-keys.json") else {
        panic!("a fault of JSON expected")
    };
    assert_eq!(
        error,
        JsonError::DuplicateKey {
            path: "entry[1].resource.status".into(),
            line: 16,
            column: 16,
        }
    );
}

#[test]
fn a_key_given_twice_is_seen_at_the_root_through_escapes_and_with_odd_names() {
    let path = |text: &str| match refuse_json(text) {
        JsonError::DuplicateKey { path, .. } => path,
        other => panic!("a duplicate key expected: {other}"),
    };
    assert_eq!(path(r#"{"a":1,"a":1}"#), "a");
    assert_eq!(path(r#"{"a":1,"\u0061":2}"#), "a");
    assert_eq!(path(r#"{"x":[0,{"a.b":1,"a.b":2}]}"#), r#"x[1]["a.b"]"#);
}

#[test]
fn a_number_that_no_double_holds_names_its_place() {
    let BundleError::Json(error) = refuse_file("number-out-of-range.json") else {
        panic!("a fault of JSON expected")
    };
    assert_eq!(
        error,
        JsonError::NumberOutOfRange {
            line: 11,
            column: 37
        }
    );
    for number in ["1e400", "-1e400", "1e-400", "-0.1e-999", "2e308"] {
        assert!(
            matches!(
                refuse_json(with_member(&format!(r#""n":{number}"#))),
                JsonError::NumberOutOfRange { line: 1, .. }
            ),
            "{number}"
        );
    }
    for number in [
        "0",
        "-0.0",
        "0e999",
        "0.00E-400",
        "5e-324",
        "1.7976931348623157e308",
    ] {
        let text = with_member(&format!(r#""n":{number},"s":"1e400""#));
        Bundle::from_slice(text.as_bytes(), &Limits::default()).unwrap();
    }
}

#[test]
fn half_a_surrogate_pair_names_its_place() {
    let BundleError::Json(error) = refuse_file("lone-surrogate.json") else {
        panic!("a fault of JSON expected")
    };
    assert_eq!(
        error,
        JsonError::LoneSurrogate {
            line: 9,
            column: 28
        }
    );
    for text in [
        r#""\ud800""#,
        r#""\udc00""#,
        r#""\udc00\ud800""#,
        r#""\ud800x""#,
        r#""\ud800\n""#,
    ] {
        assert!(
            matches!(
                refuse_json(with_member(&format!(r#""t":{text}"#))),
                JsonError::LoneSurrogate { line: 1, .. }
            ),
            "{text}"
        );
        assert!(
            matches!(
                refuse_json(with_member(&format!("{text}:1"))),
                JsonError::LoneSurrogate { line: 1, .. }
            ),
            "{text} as a key"
        );
    }
    let text = with_member(r#""t":"\ud83d\ude00 \\ud800""#);
    Bundle::from_slice(text.as_bytes(), &Limits::default()).unwrap();
}

#[test]
fn text_that_could_pass_for_a_number_is_refused() {
    for member in [
        r#""n":{"$serde_json::private::Number":"5"}"#,
        r#""n":{"\u0024serde_json::private::Number":"5"}"#,
        r#""n":{"a":1,"$serde_json::private::Number":5}"#,
    ] {
        assert!(
            matches!(
                refuse_json(with_member(member)),
                JsonError::ReservedText { line: 1, .. }
            ),
            "{member}"
        );
    }
}

#[test]
fn nesting_is_limited_exactly() {
    // The bundle, its array, the entry, the resource: four levels.
    let nested = |levels: usize| {
        let text = with_member(&format!(
            r#""n":{}{}"#,
            "[".repeat(levels),
            "]".repeat(levels)
        ));
        let limits = Limits {
            max_depth: 20,
            ..Limits::default()
        };
        Bundle::from_slice(text.as_bytes(), &limits)
    };
    nested(16).unwrap();
    assert!(matches!(
        nested(17).unwrap_err(),
        BundleError::Json(JsonError::TooDeep {
            limit: 20,
            line: 1,
            ..
        })
    ));
    let empty_object = Limits {
        max_depth: 4,
        ..Limits::default()
    };
    let text = with_member(r#""n":{}"#);
    assert!(Bundle::from_slice(text.as_bytes(), &empty_object).is_err());
    let objects = with_member(&format!(
        r#""n":{}1{}"#,
        r#"{"a":"#.repeat(200),
        "}".repeat(200)
    ));
    assert!(matches!(
        refuse_json(objects),
        JsonError::TooDeep { limit: 100, .. }
    ));
}

#[test]
fn a_limit_deeper_than_the_parser_goes_is_cut_to_what_it_can_do() {
    let bundle = |levels: usize| {
        let text = with_member(&format!(
            r#""n":{}{}"#,
            "[".repeat(levels),
            "]".repeat(levels)
        ));
        let limits = Limits {
            max_depth: usize::MAX,
            ..Limits::default()
        };
        Bundle::from_slice(text.as_bytes(), &limits)
    };
    bundle(123).unwrap();
    assert!(matches!(
        bundle(124).unwrap_err(),
        BundleError::Json(JsonError::TooDeep { limit: 127, .. } | JsonError::Syntax { .. })
    ));
    assert!(bundle(1_000_000).is_err());
}

#[test]
fn more_entries_than_the_limit_are_counted() {
    let entries: Vec<_> = (0..4)
        .map(|n| format!(r#"{{"resource":{{"resourceType":"Basic","id":"{n}"}}}}"#))
        .collect();
    let read = |max_entries| {
        let limits = Limits {
            max_entries,
            ..Limits::default()
        };
        Bundle::from_slice(with_entries(&entries.join(",")).as_bytes(), &limits)
    };
    read(4).unwrap();
    assert!(matches!(
        read(3).unwrap_err(),
        BundleError::TooManyEntries {
            entries: 4,
            limit: 3
        }
    ));
}

#[test]
fn a_text_of_exactly_the_limit_is_read_and_one_byte_more_is_not() {
    let text = with_member(r#""n":1"#);
    let bytes = text.len() as u64;
    let read = |max_bytes| {
        let limits = Limits {
            max_bytes,
            ..Limits::default()
        };
        Bundle::from_slice(text.as_bytes(), &limits)
    };
    read(bytes).unwrap();
    let BundleError::TooLarge {
        bytes: found,
        limit,
    } = read(bytes - 1).unwrap_err()
    else {
        panic!("a size error expected")
    };
    assert_eq!((found, limit), (bytes, bytes - 1));
}

#[test]
fn a_huge_file_is_refused_by_its_size_alone() {
    let file = tempfile::NamedTempFile::new().unwrap();
    // A sparse terabyte: reading it would neither fit nor end.
    file.as_file().set_len(1 << 40).unwrap();
    let error = Bundle::from_path(file.path(), &Limits::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "1099511627776 bytes are more than the limit of 67108864"
    );
}

#[test]
#[cfg(unix)]
fn a_source_without_a_size_is_read_to_the_limit_and_no_further() {
    let limits = Limits {
        max_bytes: 1000,
        ..Limits::default()
    };
    let error = Bundle::from_path("/dev/zero", &limits).unwrap_err();
    assert!(matches!(
        error,
        BundleError::TooLarge {
            bytes: 1001,
            limit: 1000
        }
    ));
}
