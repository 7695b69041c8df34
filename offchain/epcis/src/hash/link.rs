//! Identifiers of GS1 as canonical Digital Links, with the finest level only.
//!
//! This follows the reference text by text. It checks no check digit, so that an event with a
//! mistyped key has a hash too, and knows more kinds of keys than [`crate::identifiers`].

use crate::identifiers::{check_digit, is_cset39, is_cset82};

const HOST: &str = "https://id.gs1.org";

/// The canonical Digital Link of an EPC URN or of a Digital Link. `None` for every other text.
pub fn canonical(uri: &str) -> Option<String> {
    match uri.strip_prefix("urn:epc:") {
        Some(name) => from_urn(name),
        None if uri.contains('.') => from_link(uri),
        None => None,
    }
}

fn from_urn(name: &str) -> Option<String> {
    let (kind, rest) = name.split_once(':')?;
    let (scheme, body) = rest.split_once(':')?;
    let path = match (kind, scheme) {
        ("id", "sgtin") => {
            let (gtin, serial) = item(body)?;
            format!("01/{gtin}/21/{}", code(serial, 20)?)
        }
        ("id", "upui") => {
            let (gtin, serial) = item(body)?;
            format!("01/{gtin}/235/{}", code(serial, 28)?)
        }
        ("class", "lgtin") => {
            let (gtin, lot) = item(body)?;
            format!("01/{gtin}/10/{}", code(lot, 20)?)
        }
        ("id", "itip") => {
            let (gtin, rest) = item(body)?;
            let (piece, total, serial) = pieces(rest)?;
            format!("8006/{gtin}{piece}{total}/21/{}", code(serial, 20)?)
        }
        ("id", "sscc") => {
            let (prefix, reference) = whole(body, 17)?;
            let (extension, serial) = reference.split_at_checked(1)?;
            format!(
                "00/{}",
                with_check(&format!("{extension}{prefix}{serial}"))?
            )
        }
        ("id", "sgln") => {
            let (place, extension) = head(body, 12)?;
            let gln = with_check(&place)?;
            match (extension, code(extension, 20)?) {
                ("0", _) => format!("414/{gln}"),
                (_, extension) => format!("414/{gln}/254/{extension}"),
            }
        }
        ("id", "pgln") => format!("417/{}", joined(body, 12)?),
        ("id", "gsrn") => format!("8018/{}", joined(body, 17)?),
        ("id", "gsrnp") => format!("8017/{}", joined(body, 17)?),
        ("id", "gsin") => format!("402/{}", joined(body, 16)?),
        ("id", "grai") => {
            let (asset, serial) = head(body, 12)?;
            format!(
                "8003/{}{}",
                with_check(&format!("0{asset}"))?,
                code(serial, 16)?
            )
        }
        ("id", "gdti") => {
            let (document, serial) = head(body, 12)?;
            let serial = match serial {
                "" => String::new(),
                serial => code(serial, 19)?,
            };
            format!("253/{}{serial}", with_check(&document)?)
        }
        ("id", "sgcn") => {
            let (coupon, serial) = head(body, 12)?;
            format!("255/{}{}", with_check(&coupon)?, up_to_twelve(serial)?)
        }
        ("id", "giai") => format!("8004/{}", company_code(body)?),
        ("id", "ginc") => format!("401/{}", company_code(body)?),
        ("id", "cpi") => {
            let (part, serial) = body.rsplit_once('.')?;
            format!("8010/{}/8011/{}", component(part)?, up_to_twelve(serial)?)
        }
        ("idpat", "sgtin" | "upui") => match item(body)? {
            (gtin, "*") => format!("01/{gtin}"),
            _ => return None,
        },
        ("idpat", "itip") => {
            let (gtin, rest) = item(body)?;
            match pieces(rest)? {
                (piece, total, "*") => format!("8006/{gtin}{piece}{total}"),
                _ => return None,
            }
        }
        ("idpat", "grai") => format!("8003/{}", with_check(&format!("0{}", pattern(body)?))?),
        ("idpat", "gdti") => format!("253/{}", with_check(&pattern(body)?)?),
        ("idpat", "sgcn") => format!("255/{}", with_check(&pattern(body)?)?),
        ("idpat", "cpi") => format!("8010/{}", component(body.strip_suffix(".*")?)?),
        _ => return None,
    };
    Some(format!("{HOST}/{path}"))
}

fn digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

fn with_check(digits: &str) -> Option<String> {
    check_digit(digits).map(|check| format!("{digits}{check}"))
}

/// Prefix and reference, the dot between them taken out, which have so many digits together; and
/// what follows the second dot.
fn head(body: &str, total: usize) -> Option<(String, &str)> {
    let (prefix, rest) = body.split_once('.')?;
    let (reference, rest) = rest.split_once('.')?;
    Some((two(prefix, reference, total)?, rest))
}

fn two(prefix: &str, reference: &str, total: usize) -> Option<String> {
    let fits = (6..=12).contains(&prefix.len())
        && prefix.len().checked_add(reference.len()) == Some(total)
        && digits(prefix)
        && digits(reference);
    fits.then(|| format!("{prefix}{reference}"))
}

/// Prefix and reference with nothing behind them.
fn whole(body: &str, total: usize) -> Option<(&str, &str)> {
    let (prefix, reference) = body.split_once('.')?;
    two(prefix, reference, total)?;
    Some((prefix, reference))
}

fn joined(body: &str, total: usize) -> Option<String> {
    let (prefix, reference) = whole(body, total)?;
    with_check(&format!("{prefix}{reference}"))
}

fn pattern(body: &str) -> Option<String> {
    match head(body, 12)? {
        (key, "*") => Some(key),
        _ => None,
    }
}

/// The GTIN of an item, whose indicator digit stands before the item reference.
fn item(body: &str) -> Option<(String, &str)> {
    let (prefix, rest) = body.split_once('.')?;
    let (reference, rest) = rest.split_once('.')?;
    two(prefix, reference, 13)?;
    let (indicator, reference) = reference.split_at_checked(1)?;
    Some((
        with_check(&format!("{indicator}{prefix}{reference}"))?,
        rest,
    ))
}

/// Two numbers of two digits, and what follows.
fn pieces(text: &str) -> Option<(&str, &str, &str)> {
    let (piece, rest) = text.split_once('.')?;
    let (total, rest) = rest.split_once('.')?;
    let fits = piece.len() == 2 && total.len() == 2 && digits(piece) && digits(total);
    fits.then_some((piece, total, rest))
}

fn up_to_twelve(text: &str) -> Option<&str> {
    ((1..=12).contains(&text.len()) && digits(text)).then_some(text)
}

/// How many characters a part of a URN spells, if each of them is allowed.
fn spelt(text: &str, plain: impl Fn(char) -> bool, any: impl Fn(char) -> bool) -> Option<usize> {
    let mut count = 0usize;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '%' {
            let high = characters.next()?.to_digit(16)?;
            let low = characters.next()?.to_digit(16)?;
            let byte = u8::try_from(high.checked_mul(16)?.checked_add(low)?).ok()?;
            if !any(char::from(byte)) {
                return None;
            }
        } else if !plain(character) {
            return None;
        }
        count = count.checked_add(1)?;
    }
    Some(count)
}

/// A serial, a lot or a reference of set 82, with what a link spells by its number.
fn code(text: &str, limit: usize) -> Option<String> {
    let plain = |it| is_cset82(it) && !"\"%&/<>?".contains(it);
    let length = spelt(text, plain, is_cset82)?;
    if length == 0 || length > limit {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if "!()*+,:".contains(character) {
            out.push_str(&format!("%{:02X}", u32::from(character)));
        } else {
            out.push(character);
        }
    }
    Some(out)
}

/// A prefix and what its company adds, at most 30 characters together.
fn company_code(body: &str) -> Option<String> {
    let (prefix, reference) = body.split_once('.')?;
    let room = 30usize.checked_sub(prefix.len())?;
    let fits = (6..=12).contains(&prefix.len()) && digits(prefix);
    fits.then_some(())?;
    Some(format!("{prefix}{}", code(reference, room)?))
}

/// A component: a prefix and a reference of set 39, at most 30 characters together.
fn component(body: &str) -> Option<String> {
    let (prefix, reference) = body.split_once('.')?;
    let plain = |it| is_cset39(it) && it != '#' && it != '/';
    let length = spelt(reference, plain, is_cset39)?;
    let fits = (6..=12).contains(&prefix.len())
        && digits(prefix)
        && length > 0
        && prefix.len().checked_add(length)? <= 30;
    fits.then(|| format!("{prefix}{reference}"))
}

/// The number of a key, or of what makes a key finer, for the name that older links have.
fn number(name: &str) -> &str {
    match name {
        "gtin" => "01",
        "itip" => "8006",
        "cpid" => "8010",
        "gln" => "414",
        "party" => "417",
        "gsrnp" => "8017",
        "gsrn" => "8018",
        "gcn" => "255",
        "sscc" => "00",
        "gdti" => "253",
        "ginc" => "401",
        "gsin" => "402",
        "grai" => "8003",
        "giai" => "8004",
        "cpv" => "22",
        "lot" => "10",
        "ser" => "21",
        other => other,
    }
}

const KEYS: [&str; 14] = [
    "00", "01", "253", "255", "401", "402", "414", "417", "8003", "8004", "8006", "8010", "8017",
    "8018",
];

fn from_link(uri: &str) -> Option<String> {
    let address = uri
        .strip_prefix("https://")
        .or_else(|| uri.strip_prefix("http://"))?;
    let address = address.split('?').next()?;
    let (_host, path) = address.split_once('/')?;
    let segments: Vec<&str> = path.split('/').map(number).collect();
    let place = segments.windows(2).position(|pair| match pair {
        [ai, key] => KEYS.contains(ai) && key.len() > 4 && key.get(..4).is_some_and(digits),
        _ => false,
    })?;
    let (ai, key, mut rest) = match segments.get(place..)? {
        [ai, key, rest @ ..] => (*ai, *key, rest),
        _ => return None,
    };
    let item = matches!(ai, "01" | "8006");
    if item {
        // The variant of a product is not part of what it is.
        if let ["22", variant, finer @ ..] = rest {
            link_code(variant, 20)?;
            rest = finer;
        }
        // A serial is finer than a lot.
        if let ["10", lot, "21", serial] = rest {
            link_code(lot, 20)?;
            link_code(serial, 20)?;
            rest = rest.get(2..)?;
        }
    }
    let key = match ai {
        "01" if matches!(key.len(), 8 | 12 | 13) && digits(key) => format!("{key:0>14}"),
        _ => key.to_owned(),
    };
    let exactly = |length: usize| (key.len() == length && digits(&key)).then_some(());
    let then_code = |length: usize, limit: usize| {
        let (head, tail) = key.split_at_checked(length)?;
        digits(head).then_some(())?;
        link_code(tail, limit)
    };
    match (ai, rest) {
        ("00" | "8017" | "8018", []) => exactly(18),
        ("01", []) => exactly(14),
        ("01", ["21" | "10", code]) => exactly(14).and(link_code(code, 20)),
        ("01", ["235", code]) => exactly(14).and(link_code(code, 28)),
        ("253", []) => then_code(13, 17),
        ("255", []) => (key.len() >= 13 && key.len() <= 25 && digits(&key)).then_some(()),
        ("401" | "8004", []) => link_code(&key, 30),
        ("402", []) => exactly(17),
        ("414" | "417", []) => exactly(13),
        ("414", ["254", code]) => exactly(13).and(link_code(code, 20)),
        ("8003", []) => then_code(14, 16),
        ("8006", []) => exactly(18),
        ("8006", ["21" | "10", code]) => exactly(18).and(link_code(code, 20)),
        ("8010", []) => component_code(&key),
        ("8010", ["8011", serial]) => {
            (serial.len() <= 12 && digits(serial)).then_some(())?;
            component_code(&key)
        }
        _ => None,
    }?;
    let mut out = format!("{HOST}/{ai}/{key}");
    for segment in rest {
        out.push('/');
        out.push_str(segment);
    }
    Some(out)
}

/// Characters of set 82 that a link holds as they are.
fn link_code(text: &str, limit: usize) -> Option<()> {
    let plain = |it| is_cset82(it) && !"!%&()*+,/:".contains(it);
    (text.len() <= limit && text.chars().all(plain)).then_some(())
}

fn component_code(text: &str) -> Option<()> {
    (text.len() <= 30 && text.chars().all(is_cset39)).then_some(())
}
