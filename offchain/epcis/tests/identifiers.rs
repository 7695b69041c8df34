//! Keys, labels and codes, read and written.

use allive_epcis::identifiers::{
    check_digit, mod37_2, CompanyPrefix, Date, DonationNumber, ElementString, Epc, Expiry, Gln,
    Gtin, IdentifierError, Label, Lot, Serial, Sscc, FNC1,
};
use proptest::prelude::*;

fn epc(uri: &str) -> Epc {
    uri.parse().unwrap_or_else(|error| panic!("{uri}: {error}"))
}

fn company(prefix: &str) -> CompanyPrefix {
    prefix.parse().unwrap()
}

#[test]
fn shorter_gtins_are_padded_to_fourteen_digits() {
    for (written, held) in [
        ("96385074", "00000096385074"),
        ("614141000036", "00614141000036"),
        ("4012345999990", "04012345999990"),
        ("10614141073402", "10614141073402"),
    ] {
        assert_eq!(written.parse::<Gtin>().unwrap().as_str(), held);
    }
}

#[test]
fn a_gtin_of_another_length_is_refused() {
    for written in ["", "7", "12345678901", "123456789012345"] {
        assert!(matches!(
            written.parse::<Gtin>(),
            Err(IdentifierError::Length { kind: "GTIN", .. })
        ));
    }
}

#[test]
fn a_wrong_check_digit_names_the_right_one() {
    assert_eq!(
        "4012345999991".parse::<Gtin>(),
        Err(IdentifierError::CheckDigit {
            kind: "GTIN",
            text: "4012345999991".into(),
            expected: '0',
            found: '1',
        })
    );
    assert!(matches!(
        "040123450000001110".parse::<Sscc>(),
        Err(IdentifierError::CheckDigit { expected: '2', .. })
    ));
    assert!(matches!(
        "4012345000114".parse::<Gln>(),
        Err(IdentifierError::CheckDigit { expected: '5', .. })
    ));
}

#[test]
fn a_letter_in_a_key_is_named_with_its_place() {
    assert_eq!(
        "40123459999O0".parse::<Gtin>(),
        Err(IdentifierError::Character {
            kind: "GTIN",
            character: 'O',
            position: 12
        })
    );
    // Digits of other scripts are no digits here.
    assert!("４０12345999990".parse::<Gtin>().is_err());
}

#[test]
fn urns_become_digital_links_and_come_back_under_their_prefix() {
    for (urn, link, prefix) in [
        (
            "urn:epc:id:sgtin:4012345.011111.9876",
            "https://id.gs1.org/01/04012345111118/21/9876",
            "4012345",
        ),
        (
            "urn:epc:id:sgtin:614141.1007340.a%2Fb",
            "https://id.gs1.org/01/16141410073404/21/a%2Fb",
            "614141",
        ),
        (
            "urn:epc:class:lgtin:4054739.099914.2016(7)",
            "https://id.gs1.org/01/04054739999148/10/2016%287%29",
            "4054739",
        ),
        (
            "urn:epc:idpat:sgtin:4012345.066666.*",
            "https://id.gs1.org/01/04012345666663",
            "4012345",
        ),
        (
            "urn:epc:id:sscc:4012345.0000000111",
            "https://id.gs1.org/00/040123450000001112",
            "4012345",
        ),
        (
            "urn:epc:id:sgln:4012345.00011.0",
            "https://id.gs1.org/414/4012345000115",
            "4012345",
        ),
        (
            "urn:epc:id:sgln:4012345.00011.987",
            "https://id.gs1.org/414/4012345000115/254/987",
            "4012345",
        ),
        (
            "urn:epc:id:sgln:401234512345..0",
            "https://id.gs1.org/414/4012345123456",
            "401234512345",
        ),
        (
            "urn:epc:id:pgln:4012345.00000",
            "https://id.gs1.org/417/4012345000009",
            "4012345",
        ),
    ] {
        let read = epc(urn);
        assert_eq!(read.to_string(), link);
        assert_eq!(epc(link), read);
        assert_eq!(read.urn(&company(prefix)).unwrap(), urn);
    }
}

#[test]
fn a_urn_is_refused_under_another_companys_prefix() {
    let pack = epc("https://id.gs1.org/01/04012345111118/21/9876");
    assert!(matches!(
        pack.urn(&company("4012346")),
        Err(IdentifierError::ForeignPrefix { .. })
    ));
    for prefix in ["12345", "1234567890123", "40123x5"] {
        assert!(prefix.parse::<CompanyPrefix>().is_err());
    }
}

#[test]
fn a_link_on_any_host_is_the_same_thing() {
    let pack = epc("https://id.gs1.org/01/04012345111118/21/9876");
    for link in [
        "https://brand.example/01/4012345111118/21/9876",
        "http://brand.example:8080/some/path/01/04012345111118/10/L1/21/9876?17=271231#top",
        "https://brand.example/gtin/04012345111118/cpv/2A/lot/L1/ser/9876/",
    ] {
        assert_eq!(epc(link), pack);
    }
    // A path that only looks like one names nothing here.
    for address in ["https://shop.example/orders/01/77", "https://shop.example/"] {
        assert!(matches!(
            address.parse::<Epc>(),
            Err(IdentifierError::UnknownForm { .. })
        ));
    }
    assert!(matches!(
        "https://id.gs1.org/01/77".parse::<Epc>(),
        Err(IdentifierError::Length { .. })
    ));
    assert!(matches!(
        "https://brand.example/01/04012345111119".parse::<Epc>(),
        Err(IdentifierError::CheckDigit { .. })
    ));
}

#[test]
fn a_broken_urn_names_what_is_wrong() {
    for urn in [
        "urn:epc:id:sgtin:40123.0011111.1",
        "urn:epc:id:sgtin:4012345.01111.1",
        "urn:epc:id:sscc:4012345.000000011",
        "urn:epc:id:sgln:4012345.0001x.0",
    ] {
        assert!(
            matches!(urn.parse::<Epc>(), Err(IdentifierError::UrnDigits { .. })),
            "{urn}"
        );
    }
    for urn in [
        "urn:uuid:1",
        "urn:epc:id:giai:4000001.111",
        "urn:epc:id:sgtin",
    ] {
        assert!(matches!(
            urn.parse::<Epc>(),
            Err(IdentifierError::UnknownForm { .. })
        ));
    }
    assert!(matches!(
        "urn:epc:id:sgtin:4012345.011111.".parse::<Epc>(),
        Err(IdentifierError::Length { kind: "serial", .. })
    ));
    assert!(matches!(
        "urn:epc:id:sgtin:4012345.011111.%2".parse::<Epc>(),
        Err(IdentifierError::Percent { .. })
    ));
}

#[test]
fn serials_and_lots_have_at_most_twenty_characters_of_set_82() {
    assert!("a".repeat(20).parse::<Serial>().is_ok());
    assert!(matches!(
        "a".repeat(21).parse::<Lot>(),
        Err(IdentifierError::Length { found: 21, .. })
    ));
    assert!("".parse::<Serial>().is_err());
    for wrong in ["a b", "ä", "#1", "a\u{1d}b", "[1]", "a~b", "`"] {
        assert!(
            matches!(
                wrong.parse::<Serial>(),
                Err(IdentifierError::Character { .. })
            ),
            "{wrong}"
        );
    }
}

#[test]
fn a_label_is_read_as_scanned_and_in_brackets() {
    let scanned = "]d201040123459999901727123110L1\u{1d}21S1\u{1d}91c2FsdA";
    let label = Label::parse(scanned).unwrap();
    assert_eq!(label.gtin.as_str(), "04012345999990");
    assert_eq!(label.expiry.unwrap().to_string(), "271231");
    assert_eq!(label.lot.as_ref().unwrap().as_str(), "L1");
    assert_eq!(label.serial.as_ref().unwrap().as_str(), "S1");
    assert_eq!(label.company.as_deref(), Some("c2FsdA"));
    let elements = label.elements().unwrap();
    assert_eq!(format!("]d2{}", elements.scanned()), scanned);
    assert_eq!(
        elements.to_string(),
        "(01)04012345999990(17)271231(10)L1(21)S1(91)c2FsdA"
    );
    for text in [
        elements.to_string(),
        elements.scanned(),
        format!("{FNC1}{}\r\n", elements.scanned()),
        "(21)S1 (10)L1 (17)271231 (91)c2FsdA (01)04012345999990".to_owned(),
        label.digital_link(),
    ] {
        assert_eq!(Label::parse(&text).unwrap(), label, "{text}");
    }
    assert_eq!(
        label.epc().to_string(),
        "https://id.gs1.org/01/04012345999990/21/S1"
    );
}

#[test]
fn a_bracket_inside_a_value_survives() {
    let mut elements = ElementString::default();
    elements.push("01", "04012345999990").unwrap();
    elements.push("21", "a(10)b").unwrap();
    assert_eq!(elements.to_string(), r"(01)04012345999990(21)a\(10)b");
    assert_eq!(
        ElementString::parse(&elements.to_string()).unwrap(),
        elements
    );
    assert_eq!(ElementString::parse(&elements.scanned()).unwrap(), elements);
}

#[test]
fn a_broken_label_names_what_is_wrong() {
    use IdentifierError as E;
    for (text, wrong) in [
        ("", E::Empty),
        ("(88)1", E::UnknownAi { rest: "88".into() }),
        (
            "880401",
            E::UnknownAi {
                rest: "880401".into(),
            },
        ),
        (
            "010401234",
            E::ShortValue {
                ai: "01",
                found: 7,
                needed: 14,
            },
        ),
        ("10L1\u{1d}10L2", E::Twice { ai: "10" }),
        ("10L1", E::Missing { ai: "01" }),
        (
            "(01)04012345999990(21)",
            E::ValueLength {
                ai: "21",
                found: 0,
                limit: 20,
            },
        ),
        (
            "0104012345999990172713",
            E::ShortValue {
                ai: "17",
                found: 4,
                needed: 6,
            },
        ),
        (
            "010401234599999017271301",
            E::Date {
                text: "271301".into(),
            },
        ),
        (
            "(01)04012345999990(10)L 1",
            E::Character {
                kind: "10",
                character: ' ',
                position: 2,
            },
        ),
    ] {
        assert_eq!(Label::parse(text), Err(wrong), "{text:?}");
    }
    assert!(matches!(
        Label::parse("(01)04012345999991"),
        Err(E::CheckDigit { .. })
    ));
}

#[test]
fn a_day_of_00_is_the_last_of_the_month() {
    for (text, year, day) in [
        ("280200", 2026, "2028-02-29"),
        ("270200", 2026, "2027-02-28"),
        ("261100", 2026, "2026-11-30"),
        ("261215", 2026, "2026-12-15"),
    ] {
        let date = text.parse::<Expiry>().unwrap().seen_from(year).unwrap();
        assert_eq!(date.to_string(), day);
    }
    for text in ["271301", "270001", "270230", "27010", "2701011", "27x101"] {
        assert!(text.parse::<Expiry>().is_err(), "{text}");
    }
    let leap: Expiry = "270229".parse().unwrap();
    assert!(leap.seen_from(2026).is_err());
}

#[test]
fn the_century_is_the_nearest_by_the_window_of_gs1() {
    let seen = |yy: &str, from| {
        let expiry: Expiry = format!("{yy}0101").parse().unwrap();
        expiry.seen_from(from).unwrap().year
    };
    assert_eq!(seen("76", 2026), 2076);
    assert_eq!(seen("77", 2026), 1977);
    assert_eq!(seen("00", 2026), 2000);
    assert_eq!(seen("25", 2074), 2025);
    assert_eq!(seen("24", 2074), 2124);
    assert_eq!(seen("49", 2099), 2149);
    assert_eq!(seen("50", 2099), 2050);
    assert_eq!(seen("99", 2001), 1999);
}

#[test]
fn what_expires_on_a_day_is_good_through_it() {
    let date = Date {
        year: 1970,
        month: 1,
        day: 1,
    };
    assert_eq!((date.days(), date.end_ms()), (0, 86_400_000));
    let date = Date {
        year: 2026,
        month: 11,
        day: 27,
    };
    assert_eq!(date.days(), 20_784);
    assert_eq!(Expiry::from(date).to_string(), "261127");
}

#[test]
fn a_donation_number_is_checked_by_mod_37_2() {
    assert_eq!(mod37_2("G123498654321"), Some('H'));
    for text in [
        "G1234 98 654321 H",
        "G1234 98 654321 00 H",
        "G123498654321H",
    ] {
        let donation: DonationNumber = text.parse().unwrap();
        assert_eq!(donation.number(), "G123498654321");
    }
    assert_eq!(
        "G1234 98 654312 00 H".parse::<DonationNumber>(),
        Err(IdentifierError::CheckDigit {
            kind: "donation number",
            text: "G123498654312".into(),
            expected: mod37_2("G123498654312").unwrap(),
            found: 'H',
        })
    );
    let scanned = DonationNumber::from_scan("=G12349865432100").unwrap();
    assert_eq!(scanned.to_string(), "G1234 98 654321 00 H");
    assert_eq!(scanned.scanned(), "=G12349865432100");
}

#[test]
fn flags_from_60_check_the_donation_number() {
    // H is 17 in the alphabet of the check character.
    assert!(DonationNumber::from_scan("=G12349865432177").is_ok());
    assert!(matches!(
        DonationNumber::from_scan("=G12349865432178"),
        Err(IdentifierError::CheckDigit { expected: 'H', .. })
    ));
    for wrong in [
        "=O12349865432100",
        "=0123498654321 0",
        "=G1234986543210",
        "=GG234X8654321x0",
    ] {
        assert!(DonationNumber::from_scan(wrong).is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn one_changed_digit_is_always_found(
        digits in "[0-9]{17}", place in 0usize..18, other in 0u8..10
    ) {
        let sscc = Sscc::with_check_digit(&digits).unwrap();
        let mut bytes = sscc.as_str().as_bytes().to_vec();
        let changed = bytes[place] != b'0' + other;
        bytes[place] = b'0' + other;
        let text = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(text.parse::<Sscc>().is_err(), changed);
        prop_assert_eq!(check_digit(&digits), sscc.as_str().chars().last());
    }

    #[test]
    fn every_serial_survives_every_spelling(
        digits in "[0-9]{13}", length in 6usize..=12,
        serial in r#"[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}"#,
        lot in r#"[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}"#,
    ) {
        let gtin = Gtin::with_check_digit(&digits).unwrap();
        let company = company(&digits[1..=length]);
        let label = Label {
            gtin,
            expiry: None,
            lot: Some(lot.parse().unwrap()),
            serial: Some(serial.parse().unwrap()),
            company: Some(lot.clone()),
        };
        let pack = label.epc();
        prop_assert_eq!(&epc(&pack.to_string()), &pack);
        prop_assert_eq!(&epc(&pack.urn(&company).unwrap()), &pack);
        let elements = label.elements().unwrap();
        prop_assert_eq!(&Label::parse(&elements.scanned()).unwrap(), &label);
        prop_assert_eq!(&Label::parse(&elements.to_string()).unwrap(), &label);
        prop_assert_eq!(&Label::parse(&label.digital_link()).unwrap(), &label);
    }

    #[test]
    fn one_changed_character_of_a_donation_number_is_always_found(
        number in "[A-NP-Z1-9][A-NP-Z0-9][0-9]{11}", place in 2usize..13, other in 0u8..10
    ) {
        let check = mod37_2(&number).unwrap();
        let mut bytes = number.clone().into_bytes();
        let changed = bytes[place] != b'0' + other;
        bytes[place] = b'0' + other;
        let text = format!("{}{check}", String::from_utf8(bytes).unwrap());
        prop_assert_eq!(text.parse::<DonationNumber>().is_err(), changed);
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in ".{0,60}") {
        let _ = Label::parse(&text);
        let _ = text.parse::<Epc>();
        let _ = text.parse::<DonationNumber>();
        let _ = DonationNumber::from_scan(&text);
        let _ = text.parse::<Expiry>();
    }
}
