//! Electronic product codes, as events name things and places.

use std::{fmt, str::FromStr};

use super::{
    digits::only_digits,
    link::{Link, CANONICAL},
    percent, CompanyPrefix, Extension, Gln, Gtin, IdentifierError, Lot, Serial, Sscc,
};

/// A thing, a class of things, a place or a party, as EPCIS names it.
///
/// It is read from an EPC URN or a GS1 Digital Link ([`FromStr`]), and shown as the canonical
/// Digital Link, which needs no company prefix. Two texts that name the same are equal.
///
/// ```
/// use allive_epcis::identifiers::{CompanyPrefix, Epc};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let pack: Epc = "urn:epc:id:sgtin:4012345.011111.9876".parse()?;
/// assert_eq!(pack.to_string(), "https://id.gs1.org/01/04012345111118/21/9876");
/// let company: CompanyPrefix = "4012345".parse()?;
/// assert_eq!(pack.urn(&company)?, "urn:epc:id:sgtin:4012345.011111.9876");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Epc {
    /// One item: a GTIN and a serial.
    Sgtin(Gtin, Serial),
    /// A lot of items: a GTIN and a lot.
    Lgtin(Gtin, Lot),
    /// All items of a GTIN.
    Gtin(Gtin),
    /// One logistic unit.
    Sscc(Sscc),
    /// A place, perhaps a place inside it.
    Sgln(Gln, Option<Extension>),
    /// A party.
    Pgln(Gln),
}

impl Epc {
    /// Whether it names a class with a quantity, and not one thing.
    pub fn is_class(&self) -> bool {
        matches!(self, Self::Lgtin(..) | Self::Gtin(_))
    }

    /// Whether it names one thing that can be in a place or in a container.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Sgtin(..) | Self::Sscc(_))
    }

    /// The EPC URN, which shows where the company's prefix ends.
    ///
    /// # Errors
    /// `ForeignPrefix` if the key does not begin with the prefix.
    pub fn urn(&self, company: &CompanyPrefix) -> Result<String, IdentifierError> {
        let item = |gtin: &Gtin| {
            // The indicator digit goes before the item reference.
            let digits = gtin.as_str();
            let indicator = digits.get(..1).unwrap_or_default();
            let reference = company.strip(digits.get(1..13).unwrap_or_default())?;
            Ok(format!("{company}.{indicator}{reference}"))
        };
        let place = |gln: &Gln| {
            let reference = company.strip(gln.as_str().get(..12).unwrap_or_default())?;
            Ok(format!("{company}.{reference}"))
        };
        Ok(match self {
            Self::Sgtin(gtin, serial) => format!(
                "urn:epc:id:sgtin:{}.{}",
                item(gtin)?,
                percent::encode_for_urn(serial.as_str())
            ),
            Self::Lgtin(gtin, lot) => format!(
                "urn:epc:class:lgtin:{}.{}",
                item(gtin)?,
                percent::encode_for_urn(lot.as_str())
            ),
            Self::Gtin(gtin) => format!("urn:epc:idpat:sgtin:{}.*", item(gtin)?),
            Self::Sscc(sscc) => {
                let digits = sscc.as_str();
                let extension = digits.get(..1).unwrap_or_default();
                let reference = company.strip(digits.get(1..17).unwrap_or_default())?;
                format!("urn:epc:id:sscc:{company}.{extension}{reference}")
            }
            Self::Sgln(gln, extension) => format!(
                "urn:epc:id:sgln:{}.{}",
                place(gln)?,
                extension.as_ref().map_or("0".to_owned(), |extension| {
                    percent::encode_for_urn(extension.as_str())
                })
            ),
            Self::Pgln(gln) => format!("urn:epc:id:pgln:{}", place(gln)?),
        })
    }

    fn from_urn(urn: &str) -> Result<Self, IdentifierError> {
        let unknown = || IdentifierError::UnknownForm {
            uri: urn.to_owned(),
        };
        let rest = urn.strip_prefix("urn:epc:").ok_or_else(unknown)?;
        // A colon may stand in a serial, too.
        let (kind, rest) = rest.split_once(':').ok_or_else(unknown)?;
        let (scheme, body) = rest.split_once(':').ok_or_else(unknown)?;
        match (kind, scheme) {
            ("id", "sgtin") => {
                let (gtin, serial) = item("sgtin", body)?;
                Ok(Self::Sgtin(gtin, percent::decode(serial)?.parse()?))
            }
            ("class", "lgtin") => {
                let (gtin, lot) = item("lgtin", body)?;
                Ok(Self::Lgtin(gtin, percent::decode(lot)?.parse()?))
            }
            ("idpat", "sgtin") => match item("sgtin", body)? {
                (gtin, "*") => Ok(Self::Gtin(gtin)),
                _ => Err(unknown()),
            },
            ("id", "sscc") => {
                let (prefix, reference) = split("sscc", body, 17)?;
                let (extension, serial) = first_digit(reference);
                Sscc::with_check_digit(&format!("{extension}{prefix}{serial}")).map(Self::Sscc)
            }
            ("id", "sgln") => {
                let (place, extension) = body.rsplit_once('.').ok_or_else(unknown)?;
                let (prefix, reference) = split("sgln", place, 12)?;
                let gln = Gln::with_check_digit(&format!("{prefix}{reference}"))?;
                Ok(Self::Sgln(gln, inside(&percent::decode(extension)?)?))
            }
            ("id", "pgln") => {
                let (prefix, reference) = split("pgln", body, 12)?;
                Gln::with_check_digit(&format!("{prefix}{reference}")).map(Self::Pgln)
            }
            _ => Err(unknown()),
        }
    }

    fn from_link(link: &Link<'_>) -> Result<Self, IdentifierError> {
        Ok(match link.ai {
            "00" => Self::Sscc(link.key.parse()?),
            "417" => Self::Pgln(link.key.parse()?),
            "414" => Self::Sgln(link.key.parse()?, inside(link.value("254").unwrap_or("0"))?),
            _ => {
                let gtin = link.key.parse()?;
                match (link.value("21"), link.value("10")) {
                    (Some(serial), _) => Self::Sgtin(gtin, serial.parse()?),
                    (None, Some(lot)) => Self::Lgtin(gtin, lot.parse()?),
                    (None, None) => Self::Gtin(gtin),
                }
            }
        })
    }
}

/// Prefix and reference around the first dot, which have so many digits together.
fn split<'b>(
    scheme: &'static str,
    body: &'b str,
    total: usize,
) -> Result<(&'b str, &'b str), IdentifierError> {
    let wrong = || IdentifierError::UrnDigits {
        scheme,
        total,
        found: body.to_owned(),
    };
    let (prefix, reference) = body.split_once('.').ok_or_else(wrong)?;
    let fits = (6..=12).contains(&prefix.len())
        && prefix.len().saturating_add(reference.len()) == total
        && only_digits(scheme, prefix).is_ok()
        && only_digits(scheme, reference).is_ok();
    if fits {
        Ok((prefix, reference))
    } else {
        Err(wrong())
    }
}

/// The place inside a place. A URN says by `0` that there is none.
fn inside(extension: &str) -> Result<Option<Extension>, IdentifierError> {
    match extension {
        "0" => Ok(None),
        other => other.parse().map(Some),
    }
}

fn first_digit(reference: &str) -> (&str, &str) {
    reference.split_at_checked(1).unwrap_or((reference, ""))
}

/// The GTIN of prefix and item reference, and what stands behind the second dot.
fn item<'b>(scheme: &'static str, body: &'b str) -> Result<(Gtin, &'b str), IdentifierError> {
    let end = body
        .match_indices('.')
        .nth(1)
        .map_or(body.len(), |(place, _)| place);
    let (digits, rest) = body.split_at_checked(end).unwrap_or((body, ""));
    let (prefix, reference) = split(scheme, digits, 13)?;
    let (indicator, reference) = first_digit(reference);
    let gtin = Gtin::with_check_digit(&format!("{indicator}{prefix}{reference}"))?;
    Ok((gtin, rest.strip_prefix('.').unwrap_or_default()))
}

impl FromStr for Epc {
    type Err = IdentifierError;

    /// Reads an EPC URN (`sgtin`, `lgtin`, `sscc`, `sgln`, `pgln`, and the pattern of a whole GTIN)
    /// or a GS1 Digital Link on any host. In a link with lot and serial the serial counts.
    fn from_str(uri: &str) -> Result<Self, IdentifierError> {
        if uri.starts_with("urn:") {
            return Self::from_urn(uri);
        }
        match Link::parse(uri) {
            Some(link) => Self::from_link(&link?),
            None => Err(IdentifierError::UnknownForm {
                uri: uri.to_owned(),
            }),
        }
    }
}

impl fmt::Display for Epc {
    /// The canonical GS1 Digital Link.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spelt = |text: &str| percent::encode_for_link(text);
        match self {
            Self::Sgtin(gtin, serial) => {
                write!(f, "{CANONICAL}/01/{gtin}/21/{}", spelt(serial.as_str()))
            }
            Self::Lgtin(gtin, lot) => write!(f, "{CANONICAL}/01/{gtin}/10/{}", spelt(lot.as_str())),
            Self::Gtin(gtin) => write!(f, "{CANONICAL}/01/{gtin}"),
            Self::Sscc(sscc) => write!(f, "{CANONICAL}/00/{sscc}"),
            Self::Sgln(gln, None) => write!(f, "{CANONICAL}/414/{gln}"),
            Self::Sgln(gln, Some(extension)) => {
                let extension = spelt(extension.as_str());
                write!(f, "{CANONICAL}/414/{gln}/254/{extension}")
            }
            Self::Pgln(gln) => write!(f, "{CANONICAL}/417/{gln}"),
        }
    }
}
