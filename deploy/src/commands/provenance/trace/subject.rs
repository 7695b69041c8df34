//! Whose life is asked for, and how the chain names it.

use crate::chain::{packs::OnChain, queries::Queries};
use allive_epcis::identifiers::{Gtin, Serial, Sscc};
use allive_packs::{check, product, PackLabel, Registry, Verdict};
use allive_trace::Subject;
use anyhow::{bail, Context, Result};
use ink::primitives::AccountId;
use provenance::{ContainerId, Lot, LotId, NewLot, PackId, ProductName};
use std::{fs::File, path::PathBuf, str::FromStr};

#[derive(clap::Args)]
#[group(id = "subject")]
pub struct Args {
    /// The label of a pack as scanned, with FNC1 as 0x1D; in brackets; or as a Digital Link
    #[arg(
        required_unless_present_any = ["product", "sscc"],
        conflicts_with_all = ["product", "lot", "index", "sscc", "packer"]
    )]
    label: Option<String>,
    /// The file of paths of the lot, which proves the label
    #[arg(long, value_name = "FILE", requires = "label")]
    paths: Option<PathBuf>,
    /// A product: a GTIN, blood:<service>:<code>, or order:<laboratory>:<number>
    #[arg(
        long,
        value_name = "PRODUCT",
        requires = "lot",
        conflicts_with = "sscc"
    )]
    product: Option<Product>,
    /// The code of its lot; of blood the donation number with its check character
    #[arg(long, value_name = "CODE", requires = "product")]
    lot: Option<String>,
    /// Which pack of the lot, from 0; without it, the whole lot
    #[arg(long, value_name = "NUMBER", requires = "lot")]
    index: Option<u64>,
    /// A container
    #[arg(long, value_name = "SSCC", requires = "packer")]
    sscc: Option<Sscc>,
    /// The identity that packed the container first
    #[arg(long, value_name = "IDENTITY", requires = "sscc")]
    packer: Option<u64>,
}

/// A product by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product(ProductName);

impl FromStr for Product {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts: Vec<&str> = text.split(':').collect();
        Ok(Self(match parts[..] {
            ["blood", service, code] => ProductName::Blood {
                service: service.parse().context("the number of the blood service")?,
                code: code
                    .as_bytes()
                    .try_into()
                    .context("a product code of ISBT 128 has eight characters")?,
            },
            ["order", laboratory, number] => ProductName::Order {
                laboratory: laboratory.parse().context("the number of the laboratory")?,
                number: number.parse().context("the number of the order")?,
            },
            [gtin] => product(&gtin.parse::<Gtin>()?),
            _ => {
                bail!("no product: a GTIN, blood:<service>:<code>, or order:<laboratory>:<number>")
            }
        }))
    }
}

/// What was asked for, as it was named.
#[derive(Debug)]
pub enum Named {
    /// By the label of a pack.
    Label {
        label: PackLabel,
        paths: Option<PathBuf>,
        proved: bool,
    },
    /// By the code of a lot, and perhaps an index.
    Lot {
        product: ProductName,
        code: String,
        index: Option<u64>,
    },
    /// By the number of a container, and who packed it.
    Container(ContainerId),
}

impl Args {
    /// What is asked for.
    ///
    /// # Errors
    /// If the label is none.
    pub fn read(&self) -> Result<Named> {
        if let Some(text) = &self.label {
            return Ok(Named::Label {
                label: PackLabel::read(text)?,
                paths: self.paths.clone(),
                proved: self.paths.is_some(),
            });
        }
        match (&self.product, &self.lot, &self.sscc, self.packer) {
            (Some(Product(product)), Some(code), ..) => Ok(Named::Lot {
                product: product.clone(),
                code: code.clone(),
                index: self.index,
            }),
            (.., Some(sscc), Some(packer)) => Ok(Named::Container(ContainerId {
                packer,
                sscc: sscc.as_str().parse()?,
            })),
            _ => bail!("name a label, --product and --lot, or --sscc and --packer"),
        }
    }
}

impl Named {
    /// The serial, if it is known.
    pub fn serial(&self) -> Option<Serial> {
        match self {
            Self::Label { label, .. } => Some(label.serial.clone()),
            _ => None,
        }
    }

    /// How the chain names it.
    ///
    /// # Errors
    /// If there is no such product or lot; if the label does not fit the paths.
    pub fn find<Q: Queries>(&self, queries: &Q, contract: AccountId) -> Result<Subject> {
        let mut chain = OnChain { queries, contract };
        match self {
            Self::Container(container) => Ok(Subject::Container(*container)),
            Self::Lot {
                product,
                code,
                index,
            } => {
                let (lot, _) = find_lot(&mut chain, product, code)?;
                Ok(match index {
                    Some(index) => Subject::Pack(PackId { lot, index: *index }),
                    None => Subject::Lot(lot),
                })
            }
            Self::Label { label, paths, .. } => {
                let (id, lot) = find_lot(&mut chain, &product(&label.gtin), label.lot.as_str())?;
                if let Some(path) = paths {
                    let place = || path.display().to_string();
                    prove(label, lot, File::open(path).with_context(place)?).with_context(place)?;
                }
                let index = label.index.into();
                Ok(Subject::Pack(PackId { lot: id, index }))
            }
        }
    }
}

/// The lot of this code, by any maker of the product.
fn find_lot<Q: Queries>(
    chain: &mut OnChain<'_, Q>,
    name: &ProductName,
    code: &str,
) -> Result<(LotId, Lot)> {
    let product = chain.product(name)?;
    let product = product.context("the chain knows no such product")?;
    for maker in product.makers() {
        if let Some(found) = chain.lot(name, maker, code.as_bytes())? {
            return Ok(found);
        }
    }
    bail!("the chain knows no lot {code} of this product")
}

/// Holds a label against the paths of its lot.
fn prove(label: &PackLabel, lot: Lot, paths: File) -> Result<()> {
    let lot = NewLot {
        product: lot.product,
        code: lot.code,
        expiry: lot.expiry,
        count: lot.count,
        serials: lot.serials,
    };
    match check(label, &lot, Some(paths), super::super::this_year()?) {
        Verdict::Fits(_) => Ok(()),
        Verdict::DoesNotFit(mismatch) => bail!("the label does not fit: {mismatch:?}"),
        Verdict::NoProof(Some(error)) => Err(error).context("the label is not proved"),
        Verdict::NoProof(None) => bail!("the label is not proved"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::local::Printed;

    fn named(printed: &Printed, index: u32, paths: Option<PathBuf>) -> Named {
        Named::Label {
            label: printed.files.label(index).unwrap(),
            proved: paths.is_some(),
            paths,
        }
    }

    #[test]
    fn a_pack_is_found_by_its_label_and_by_product_lot_and_index_alike() {
        let printed = Printed::new();
        let lot = printed.lot;
        let pack = Subject::Pack(PackId { lot, index: 500 });
        let find = |named: &Named| named.find(&printed.local, printed.contract);
        let paths = Some(printed.files.paths.clone());
        let by_label = named(&printed, 500, paths);
        assert_eq!(find(&by_label).unwrap(), pack);
        assert_eq!(find(&named(&printed, 500, None)).unwrap(), pack);
        let by_lot = |code: &str, index| Named::Lot {
            product: ProductName::Gtin(9_506_000_134_352),
            code: code.into(),
            index,
        };
        assert_eq!(find(&by_lot("LOT-1", Some(500))).unwrap(), pack);
        assert_eq!(find(&by_lot("LOT-1", None)).unwrap(), Subject::Lot(lot));
        let said = find(&by_lot("LOT-2", None)).unwrap_err().to_string();
        assert!(said.contains("no lot LOT-2"), "{said}");
        assert!(by_label.serial().is_some() && by_lot("LOT-1", None).serial().is_none());
    }

    #[test]
    fn a_label_that_the_paths_do_not_prove_is_refused() {
        let printed = Printed::new();
        let paths = Some(printed.files.paths.clone());
        let Named::Label { mut label, .. } = named(&printed, 500, None) else {
            panic!()
        };
        label.serial = printed.files.label(501).unwrap().serial;
        let copied = Named::Label {
            label,
            paths,
            proved: true,
        };
        let said = copied.find(&printed.local, printed.contract).unwrap_err();
        let said = format!("{said:#}");
        assert!(said.contains("the label does not fit: Serial"), "{said}");
        let elsewhere = Some(printed.files.labels.clone());
        let other = named(&printed, 500, elsewhere);
        let said = other.find(&printed.local, printed.contract).unwrap_err();
        assert!(
            format!("{said:#}").contains("the label is not proved"),
            "{said:#}"
        );
    }

    #[test]
    fn a_product_is_named_by_gtin_blood_or_order() {
        let read = |text: &str| text.parse::<Product>().map(|product| product.0);
        let gtin = ProductName::Gtin(9_506_000_134_352);
        assert_eq!(read("9506000134352").unwrap(), gtin);
        assert_eq!(read("09506000134352").unwrap(), gtin);
        let (service, code) = (3, *b"E0791V00");
        assert_eq!(
            read("blood:3:E0791V00").unwrap(),
            ProductName::Blood { service, code }
        );
        let (laboratory, number) = (4, 7);
        assert_eq!(
            read("order:4:7").unwrap(),
            ProductName::Order { laboratory, number }
        );
        for (text, words) in [
            ("9506000134353", "check digit"),
            ("blood:x:E0791V00", "blood service"),
            ("blood:3:E0791", "eight characters"),
            ("order:4:x", "number of the order"),
            ("wine:3", "no product"),
        ] {
            let said = format!("{:#}", read(text).unwrap_err());
            assert!(said.contains(words), "{text}: {said}");
        }
    }
}
