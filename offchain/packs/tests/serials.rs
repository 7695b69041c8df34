//! Serials: random ones, and lists of makers.

mod common;

use allive_packs::{Duplicate, Guessable, LotSecret, Reason, Serials, SerialsError};
use common::{batch, keys, random, read, Random};

const DIGITS: &str = "0123456789";
const BASE_32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const ALPHANUMERIC: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn reason(serials: &[impl AsRef<str>]) -> Option<Reason> {
    guessable(serials).map(|found| found.reason)
}

fn guessable(serials: &[impl AsRef<str>]) -> Option<Guessable> {
    match read(serials) {
        Ok(_) => None,
        Err(SerialsError::Guessable(found)) => {
            let line = |line: u64| serials[usize::try_from(line - 1).unwrap()].as_ref();
            assert_eq!(found.serial, line(found.line));
            assert_eq!(found.other, line(found.other_line));
            assert!(found.chance >= 1e-4 && found.chance <= 1.0);
            Some(found)
        }
        Err(error) => panic!("{error}"),
    }
}

/// Shuffled, so that only the set can be looked at.
fn counter(numbers: impl Iterator<Item = u64>, text: impl Fn(u64) -> String) -> Vec<String> {
    let mut serials: Vec<_> = numbers.map(text).collect();
    Random(1).shuffle(&mut serials);
    serials
}

#[test]
fn random_serials_are_short_distinct_and_of_the_secret() {
    let serials = random(5_000);
    assert_eq!(serials, random(5_000));
    let mut texts: Vec<_> = serials.iter().map(String::from).collect();
    assert!(texts
        .iter()
        .all(|serial| serial.len() == 16
            && serial.chars().all(|character| BASE_32.contains(character))));
    assert_eq!(reason(&texts), None);
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), 5_000);
    let other = LotSecret::from_bytes([8; 32]).keys(&batch().gtin, &batch().lot);
    let other = Serials::random(&other, 5_000).unwrap();
    assert!(serials
        .iter()
        .zip(other.iter())
        .all(|(one, other)| one != other));
}

#[test]
fn a_list_is_read_in_its_order() {
    let list = "7KQ2XW5M3TRA4ZPC\r\nabc+1/x9\n00000000000000000001";
    let serials = Serials::read(list.as_bytes()).unwrap();
    let texts: Vec<_> = serials.iter().collect();
    assert_eq!(
        texts,
        ["7KQ2XW5M3TRA4ZPC", "abc+1/x9", "00000000000000000001"]
    );
    assert_eq!(serials.count(), 3);
}

#[test]
fn every_duplicate_is_named_with_both_lines() {
    let Err(SerialsError::Duplicates(found)) = read(&["B", "A", "A", "C", "B", "A"]) else {
        panic!();
    };
    let duplicate = |serial: &str, first, next| Duplicate {
        serial: serial.into(),
        first,
        next,
    };
    let all = [
        duplicate("B", 1, 5),
        duplicate("A", 2, 3),
        duplicate("A", 3, 6),
    ];
    assert_eq!(found, all);
    // Case and zeros count.
    assert!(!matches!(
        read(&["a7", "A7", "0A7"]),
        Err(SerialsError::Duplicates(_))
    ));
}

#[test]
fn a_line_that_is_no_serial_is_named() {
    for (line, text) in [
        (2, "7KQ2XW5M3TRA4ZPC\n\nX"),
        (1, " 7KQ2XW5M3TRA4ZPC"),
        (3, "A1\nB2\n123456789012345678901\n"),
        (1, "\u{feff}A1"),
        (1, "Ä"),
        (1, "A#1"),
    ] {
        let Err(SerialsError::NotASerial { line: found, .. }) = Serials::read(text.as_bytes())
        else {
            panic!("{text:?}");
        };
        assert_eq!(found, line, "{text:?}");
    }
    assert!(matches!(Serials::read(&b""[..]), Err(SerialsError::Empty)));
}

#[test]
fn a_counter_is_refused_however_it_is_dressed() {
    let steps = |step: u64, from: u64, count: u64| (0..count).map(move |n| from + n * step);
    let noise = |n: u64, length| Random(n * 77 + 5).text(ALPHANUMERIC, length);
    for (what, serials) in [
        ("plain", counter(steps(1, 1, 1_000), |n| format!("{n:012}"))),
        (
            "without zeros",
            counter(steps(1, 1, 3_000), |n| n.to_string()),
        ),
        (
            "a prefix",
            counter(steps(1, 1, 1_000), |n| format!("LOT7-{n:010}")),
        ),
        (
            "a suffix",
            counter(steps(1, 1, 1_000), |n| format!("{n:010}-EU")),
        ),
        (
            "both",
            counter(steps(1, 1, 1_000), |n| format!("AB{n:010}YZ")),
        ),
        (
            "parted",
            counter(steps(1, 1, 1_000), |n| {
                format!("{:05}-{:05}", n / 100, n % 100)
            }),
        ),
        (
            "steps of 7",
            counter(steps(7, 100, 1_000), |n| format!("{n:012}")),
        ),
        (
            "large steps",
            counter(steps(1_000_003, 17, 1_000), |n| format!("{n:014}")),
        ),
        (
            "steps with wrap",
            counter((0..1_000).map(|n| n * 618_033_989 % 1_000_000_007), |n| {
                format!("{n:010}")
            }),
        ),
        (
            "irregular steps",
            counter(
                (0..1_000).scan(1 << 40, |at, n| {
                    *at += 1 + Random(n).below(6_000);
                    Some(*at)
                }),
                |n| format!("{n:014}"),
            ),
        ),
        (
            "blocks",
            counter((0..1_000).map(|n| n / 100 * 7_777_777_777 + n % 100), |n| {
                format!("{n:014}")
            }),
        ),
        (
            "hexadecimal",
            counter(steps(1, 1 << 30, 1_000), |n| format!("{n:012x}")),
        ),
        (
            "base 32",
            counter(steps(1, 1 << 30, 1_000), |n| {
                let digit = |place: u64| {
                    BASE_32.as_bytes()[usize::try_from((n >> (5 * place)) % 32).unwrap()]
                };
                (0..12)
                    .rev()
                    .map(|place| char::from(digit(place)))
                    .collect()
            }),
        ),
        (
            "a check digit",
            counter(steps(1, 1, 1_000), |n| format!("{n:011}{}", n * 7 % 10)),
        ),
        (
            "random letters at the end",
            counter(steps(1, 1, 1_000), |n| format!("{n:010}{}", noise(n, 2))),
        ),
        (
            "a random letter at the front",
            counter(steps(1, 1, 1_000), |n| format!("{}{n:010}", noise(n, 1))),
        ),
        (
            "backwards digits",
            counter(steps(1, 0, 1_000), |n| {
                format!("{n:012}").chars().rev().collect()
            }),
        ),
        (
            "a tenth of the list",
            counter(0..1_000, |n| match n {
                0..100 => format!("{:014}", 5_000_000 + n),
                _ => Random(n).text(DIGITS, 14),
            }),
        ),
        ("six", counter(steps(1, 1, 6), |n| format!("{n:012}"))),
        ("three", counter(steps(5, 1, 3), |n| format!("{n:012}"))),
        ("two", counter(steps(1, 1, 2), |n| format!("{n:012}"))),
    ] {
        assert!(reason(&serials).is_some(), "{what}");
    }
    // In order, up and down.
    let mut serials: Vec<_> = (1..=100).map(|n| format!("{n:012}")).collect();
    assert_eq!(reason(&serials), Some(Reason::Step));
    serials.reverse();
    assert_eq!(reason(&serials), Some(Reason::Step));
}

/// Each way to guess finds what the others do not.
#[test]
fn the_reason_says_how_others_are_guessed() {
    let wide = |n: u64| n * 1_000_003;
    let letter = |n: u64, length| Random(n * 77 + 5).text(ALPHANUMERIC, length);
    let plain = counter((0..1_000).map(wide), |n| format!("{n:014}"));
    assert_eq!(reason(&plain), Some(Reason::Step));
    let end = counter((0..1_000).map(wide), |n| format!("{n:014}{}", letter(n, 2)));
    assert_eq!(reason(&end), Some(Reason::Step));
    let front = counter((0..1_000).map(wide), |n| format!("{}{n:014}", letter(n, 2)));
    assert_eq!(reason(&front), Some(Reason::Step));
    let both = counter((0..1_000).map(wide), |n| {
        format!("{}-{n:014}-{}", letter(n, 1), letter(n + 1, 1))
    });
    assert_eq!(reason(&both), Some(Reason::Step));
    // Three random digits hide no counter, also in a short list.
    let digits = counter((0..30).map(wide), |n| {
        format!("{n:014}{}", Random(n).text(DIGITS, 3))
    });
    assert_eq!(reason(&digits), Some(Reason::Step));
    // Three letters and digits cannot be guessed.
    let kept = counter((0..1_000).map(wide), |n| format!("{n:014}{}", letter(n, 3)));
    assert_eq!(reason(&kept), None);

    // Half of them are near each other, at irregular distances.
    let half_within = |distance: u64| {
        let mut last = 5_000_000_000;
        let mut serials = Vec::new();
        for n in 0..500 {
            let mut random = Random(n);
            last += 1 + random.below(2 * distance);
            serials.push(format!("{last:014}"));
            serials.push(random.text(DIGITS, 14));
        }
        serials
    };
    assert_eq!(reason(&half_within(500)), Some(Reason::Near));
    // At these they are as good as random.
    assert_eq!(reason(&half_within(100_000)), None);
}

#[test]
fn too_few_texts_of_a_form_are_refused() {
    let drawn = |alphabet: &str, length, count: u64| {
        let mut random = Random(9);
        let mut serials: Vec<_> = (0..count).map(|_| random.text(alphabet, length)).collect();
        serials.sort();
        serials.dedup();
        random.shuffle(&mut serials);
        serials
    };
    // 10 of 10,000, and 1,000 of a million: one guess in a thousand hits.
    assert_eq!(reason(&drawn(DIGITS, 4, 10)), Some(Reason::Few));
    assert_eq!(reason(&drawn(DIGITS, 6, 1_000)), Some(Reason::Few));
    // What is the same in all is no secret.
    let prefixed: Vec<_> = drawn(DIGITS, 6, 1_000)
        .iter()
        .map(|serial| format!("PREFIX-{serial}"))
        .collect();
    assert_eq!(reason(&prefixed), Some(Reason::Few));
    // Two letters, used everywhere, are not 26.
    assert_eq!(reason(&drawn("AB", 12, 1_000)), Some(Reason::Few));
    assert_eq!(reason(&["1234"]), Some(Reason::Few));
    assert_eq!(reason(&["123456"]), None);
    assert_eq!(reason(&drawn(DIGITS, 9, 1_000)), None);
}

#[test]
fn random_lists_are_not_refused() {
    for seed in 0..40 {
        let mut random = Random(seed);
        for (alphabet, length, count) in [
            (DIGITS, 9, 3),
            (DIGITS, 9, 50),
            (DIGITS, 9, 1_000),
            (DIGITS, 10, 10_000),
            (DIGITS, 12, 10_000),
            (ALPHANUMERIC, 8, 10_000),
            (BASE_32, 16, 2),
            (BASE_32, 16, 5_000),
            ("0123456789abcdef", 20, 1_000),
        ] {
            let mut serials: Vec<_> = (0..count).map(|_| random.text(alphabet, length)).collect();
            serials.sort();
            serials.dedup();
            let found = guessable(&serials);
            assert_eq!(found, None, "{seed}: {count} of {length} of {alphabet}");
        }
    }
}

/// Lists that are nearly too many for their form, where chance makes neighbours.
#[test]
fn a_large_random_list_of_few_digits_is_not_refused() {
    for seed in 0..4 {
        let mut random = Random(seed);
        let mut serials: Vec<_> = (0..100_000).map(|_| random.text(DIGITS, 10)).collect();
        serials.sort();
        serials.dedup();
        assert_eq!(guessable(&serials), None);
    }
}

#[test]
fn serials_are_looked_at_by_length() {
    // Two long lists of random texts, of different lengths, and a short counter among them.
    let mut random = Random(3);
    let mut serials: Vec<_> = (0..500)
        .flat_map(|_| [random.text(BASE_32, 16), random.text(BASE_32, 12)])
        .collect();
    assert_eq!(reason(&serials), None);
    serials.extend((0..20).map(|n| format!("{:014}", 90_000 + n)));
    let found = guessable(&serials).unwrap();
    assert!(found.line > 1_000 && found.reason == Reason::Step);
}

#[test]
fn the_secret_of_a_label_tells_nothing_of_the_next_one() {
    let keys = keys();
    let mut salts: Vec<_> = (0..1_000).map(|index| keys.salt(index)).collect();
    let bits: u32 = salts.iter().flatten().map(|byte| byte.count_ones()).sum();
    // 128,000 fair coins: six standard deviations.
    assert!((62_926..65_074).contains(&bits), "{bits}");
    salts.sort();
    salts.dedup();
    assert_eq!(salts.len(), 1_000);
}
