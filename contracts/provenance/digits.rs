//! Check digits and check characters of the identifiers that stand on labels.

/// Whether a number has at most so many digits and ends with its GS1 check digit: with weights 1
/// and 3 from the right, the sum is a multiple of ten. Zeros before a number change nothing. Zero
/// itself names nothing.
pub fn has_check_digit(number: u64, digits: u32) -> bool {
    let fits = 10_u64.checked_pow(digits).is_none_or(|end| number < end);
    let (mut rest, mut weight, mut sum) = (number, 1_u64, 0_u64);
    while rest > 0 {
        // At most 20 digits: the sum stays below 20 * 9 * 3.
        sum = sum.saturating_add(weight.saturating_mul(rest % 10));
        rest /= 10;
        weight = 4_u64.saturating_sub(weight);
    }
    number > 0 && fits && sum % 10 == 0
}

/// Whether this is a Global Location Number (13 digits).
pub fn is_gln(number: u64) -> bool {
    has_check_digit(number, 13)
}

/// Whether this is a Serial Shipping Container Code (18 digits).
pub fn is_sscc(number: u64) -> bool {
    has_check_digit(number, 18)
}

/// Whether a character is in character set 82 of GS1, of which lots and serials consist.
pub fn is_in_set_82(character: u8) -> bool {
    character.is_ascii_alphanumeric() || b"!\"%&'()*+,-./:;<=>?_".contains(&character)
}

/// Whether this is a code that a GS1 label can carry: 1 to 20 characters of set 82.
pub fn is_label_code(code: &[u8]) -> bool {
    (1..=20).contains(&code.len()) && code.iter().all(|character| is_in_set_82(*character))
}

/// The characters of ISO 7064, mod 37-2, in the order of their values.
const MOD_37: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";

/// Whether this is a donation number of ISBT 128 as people read it: 13 characters (where it was
/// collected, the year, a serial), and the check character of ISO 7064, mod 37-2. The letter O is
/// not used.
pub fn is_donation_number(code: &[u8]) -> bool {
    let Some((check, number)) = code.split_last() else {
        return false;
    };
    number.len() == 13
        && number.iter().enumerate().all(|(place, character)| {
            let letter = character.is_ascii_uppercase() && *character != b'O';
            match place {
                0 => letter || (b'1'..=b'9').contains(character),
                1 => letter || character.is_ascii_digit(),
                _ => character.is_ascii_digit(),
            }
        })
        && mod_37_2(number) == Some(*check)
}

/// The check character of ISO 7064, mod 37-2. None if something other than a digit or a capital
/// letter is among the characters.
fn mod_37_2(number: &[u8]) -> Option<u8> {
    let mut sum = 0_usize;
    for character in number {
        let value = MOD_37.iter().position(|other| other == character)?;
        sum = sum.saturating_add(value).saturating_mul(2) % 37;
    }
    let check = 38_usize.saturating_sub(sum) % 37;
    MOD_37.get(check).copied()
}
