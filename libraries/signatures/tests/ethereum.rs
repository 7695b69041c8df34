use allive_signatures::ethereum::{personal_hash, text};
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
