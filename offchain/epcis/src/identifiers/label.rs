//! The label of a pack.

use super::{
    link::{Link, CANONICAL},
    percent, ElementString, Epc, Expiry, Gtin, IdentifierError, Lot, Serial,
};

/// What the code on a pack says: product, expiry, lot, serial, and what its company adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The product: AI 01.
    pub gtin: Gtin,
    /// The expiry: AI 17.
    pub expiry: Option<Expiry>,
    /// The lot: AI 10.
    pub lot: Option<Lot>,
    /// The serial: AI 21.
    pub serial: Option<Serial>,
    /// What the company adds: AI 91, of 1 to 90 characters.
    pub company: Option<String>,
}

impl Label {
    /// Reads a label as scanned, in brackets, or as a GS1 Digital Link. Other application
    /// identifiers may be there too.
    ///
    /// # Errors
    /// `Missing` without a GTIN; otherwise what is wrong with a value.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        match Link::parse(text.trim()) {
            Some(link) => Self::from_link(&link?),
            None => Self::from_elements(&ElementString::parse(text)?),
        }
    }

    fn from_link(link: &Link<'_>) -> Result<Self, IdentifierError> {
        if link.ai != "01" {
            return Err(IdentifierError::Missing { ai: "01" });
        }
        let mut elements = ElementString::default();
        elements.push("01", link.key.parse::<Gtin>()?.as_str())?;
        for (ai, value) in &link.rest {
            // A query may carry what has nothing to do with GS1.
            if matches!(*ai, "10" | "17" | "21" | "91") {
                elements.push(ai, value)?;
            }
        }
        Self::from_elements(&elements)
    }

    /// Picks the data of a label out of an element string.
    ///
    /// # Errors
    /// `Missing` without a GTIN; otherwise what is wrong with a value.
    pub fn from_elements(elements: &ElementString) -> Result<Self, IdentifierError> {
        Ok(Self {
            gtin: elements
                .get("01")
                .ok_or(IdentifierError::Missing { ai: "01" })?
                .parse()?,
            expiry: elements.get("17").map(str::parse).transpose()?,
            lot: elements.get("10").map(str::parse).transpose()?,
            serial: elements.get("21").map(str::parse).transpose()?,
            company: elements.get("91").map(str::to_owned),
        })
    }

    /// The element string, in the order 01, 17, 10, 21, 91.
    ///
    /// # Errors
    /// What is wrong with `company`; the other values were checked when they were made.
    pub fn elements(&self) -> Result<ElementString, IdentifierError> {
        let mut elements = ElementString::default();
        elements.push("01", self.gtin.as_str())?;
        if let Some(expiry) = &self.expiry {
            elements.push("17", &expiry.to_string())?;
        }
        if let Some(lot) = &self.lot {
            elements.push("10", lot.as_str())?;
        }
        if let Some(serial) = &self.serial {
            elements.push("21", serial.as_str())?;
        }
        if let Some(company) = &self.company {
            elements.push("91", company)?;
        }
        Ok(elements)
    }

    /// What its events call it: the item if there is a serial, else the lot, else the product.
    pub fn epc(&self) -> Epc {
        match (&self.serial, &self.lot) {
            (Some(serial), _) => Epc::Sgtin(self.gtin, serial.clone()),
            (None, Some(lot)) => Epc::Lgtin(self.gtin, lot.clone()),
            (None, None) => Epc::Gtin(self.gtin),
        }
    }

    /// All of it as one GS1 Digital Link: lot and serial in the path, the rest in the query.
    pub fn digital_link(&self) -> String {
        let mut link = format!("{CANONICAL}/01/{}", self.gtin);
        if let Some(lot) = &self.lot {
            link.push_str("/10/");
            link.push_str(&percent::encode_for_link(lot.as_str()));
        }
        if let Some(serial) = &self.serial {
            link.push_str("/21/");
            link.push_str(&percent::encode_for_link(serial.as_str()));
        }
        let mut mark = '?';
        if let Some(expiry) = &self.expiry {
            link.push_str(&format!("{mark}17={expiry}"));
            mark = '&';
        }
        if let Some(company) = &self.company {
            link.push_str(&format!("{mark}91={}", percent::encode_in_query(company)));
        }
        link
    }
}
