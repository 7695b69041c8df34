use allive_signatures::ethereum::{personal_hash, recover, text};
use ink::primitives::AccountId;

#[test]
fn the_hash_is_that_of_personal_sign() {
    let hash = personal_hash(b"hello world");
    let hex = hash.map(|byte| format!("{byte:02x}")).concat();
    assert_eq!(
        hex,
        "d9eba16ed0ecae432b71fe008c98cc872bb4cc214d3220a36f365326cf807d68"
    );
}

#[test]
fn the_text_is_laid_out_for_a_reader() {
    let text = text(
        "I claim my ALV for",
        &AccountId([0x0a; 32]),
        b"allive/test/v1  ",
        &[0xbc; 32],
        &AccountId([0xf0; 32]),
    );
    let expected = format!(
        "I claim my ALV for 0x{}\npurpose: allive/test/v1  \nchain: 0x{}\ncontract: 0x{}",
        "0a".repeat(32),
        "bc".repeat(32),
        "f0".repeat(32)
    );
    assert_eq!(String::from_utf8(text).unwrap(), expected);
}

/// A point of the curve may have an abscissa above the order of the group. It is written as the
/// remainder, which is small, with a `v` of 2 or 3.
#[test]
fn v_is_0_1_27_or_28() {
    let mut recovered = 0;
    for r in 1..=20 {
        let mut signature = [0; 65];
        signature[31] = r;
        signature[63] = 1;
        for v in 0..=255 {
            signature[64] = v;
            let key = recover(&[7; 32], &signature);
            assert!(key.is_none() || [0, 1, 27, 28].contains(&v), "{v}");
            recovered += u8::from(key.is_some());
        }
    }
    assert!(recovered > 0);
}
