//! The file in which a user says what is told beside a document.

use crate::{Item, LotError, Party, Told};
use allive_epcis::identifiers::{Gln, Gtin, Sscc};
use allive_olife_id_interface::{IdentityId, Topic};
use allive_packs::{product, LastDay};
use provenance::{Alert, ProductName};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fmt::Display,
    fs, io,
    path::{Path, PathBuf},
    str::FromStr,
};

/// A file that was read.
#[derive(Debug)]
pub struct ToldFile {
    /// What it says.
    pub told: Told,
    /// Whose events are sent, and where the keys are; none if it is the key of the command.
    pub keys: BTreeMap<IdentityId, Option<KeyName>>,
}

/// Where a key is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyName {
    /// A development key, such as `//Bob`, which everybody knows.
    Development(String),
    /// In a file.
    File(PathBuf),
}

/// What is wrong with the file.
#[derive(Debug, thiserror::Error)]
pub enum ToldError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is no TOML of this form.
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    /// A field is not what it should be.
    #[error("{field}: {why}")]
    Field {
        /// The field.
        field: String,
        /// What is wrong with it.
        why: String,
    },
    /// The files of a lot are not usable.
    #[error(transparent)]
    Lot(#[from] LotError),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    deadline: Option<String>,
    recall: Option<String>,
    reason: Option<String>,
    #[serde(default)]
    party: Vec<PartyEntry>,
    #[serde(default)]
    lot: Vec<LotEntry>,
    #[serde(default)]
    container: Vec<ContainerEntry>,
    #[serde(default)]
    item: Vec<ItemEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartyEntry {
    name: String,
    identity: IdentityId,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    glns: Vec<String>,
    #[serde(default)]
    own: bool,
    key: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LotEntry {
    folder: Option<PathBuf>,
    lot: Option<PathBuf>,
    paths: Option<PathBuf>,
    labels: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContainerEntry {
    sscc: String,
    packer: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemEntry {
    id: String,
    gtin: Option<String>,
    blood: Option<String>,
    order: Option<u32>,
    maker: Option<String>,
    lot: String,
    expiry: Option<String>,
}

/// Two weeks.
const DEADLINE: u64 = 14 * 24 * 3_600_000;

impl ToldFile {
    /// Reads a file. What it names lies beside it.
    ///
    /// # Errors
    /// [`ToldError`].
    pub fn read(path: &Path) -> Result<Self, ToldError> {
        let text = fs::read_to_string(path)?;
        Self::parse(&text, path.parent().unwrap_or(Path::new("")))
    }

    /// The same of a text, and the folder of what it names.
    ///
    /// # Errors
    /// [`ToldError`].
    pub fn parse(text: &str, folder: &Path) -> Result<Self, ToldError> {
        let file: File = toml::from_str(text)?;
        let mut told = Told {
            deadline: deadline(file.deadline.as_deref())?,
            recall: file.recall.as_deref().map(recall).transpose()?,
            reason: file.reason.as_deref().map(reason).transpose()?,
            ..Told::default()
        };
        let mut keys = BTreeMap::new();
        for entry in &file.party {
            let party = entry.party()?;
            if told.parties.named(&party.name).is_some() {
                return Err(wrong(
                    "party.name",
                    &format!("{} is there twice", party.name),
                ));
            }
            if party.own && keys.insert(party.identity, entry.key(folder)).is_some() {
                return Err(wrong("party.identity", &"two parties act for one identity"));
            }
            let glns: Vec<Gln> = entry
                .glns
                .iter()
                .map(|gln| read("party.glns", gln))
                .collect::<Result<_, _>>()?;
            told.parties
                .add(party, &glns)
                .map_err(|gln| wrong("party.glns", &format!("{gln} is that of two parties")))?;
        }
        for entry in &file.lot {
            entry.add_to(&mut told, folder)?;
        }
        for entry in &file.container {
            let sscc: Sscc = read("container.sscc", &entry.sscc)?;
            let packer = identity(&told, "container.packer", &entry.packer)?;
            told.packers.insert(sscc, packer);
        }
        for entry in &file.item {
            let item = entry.item(&told)?;
            told.items.insert(entry.id.clone(), item);
        }
        Ok(Self { told, keys })
    }
}

impl PartyEntry {
    fn party(&self) -> Result<Party, ToldError> {
        let roles = self.roles.iter().map(|name| {
            Topic::named(name).ok_or_else(|| {
                let names: Vec<&str> = Topic::NAMES.iter().map(|(_, name)| *name).collect();
                let why = format!("{name:?} is no role; these are: {}", names.join(", "));
                wrong("party.roles", &why)
            })
        });
        Ok(Party {
            name: self.name.clone(),
            identity: self.identity,
            roles: roles.collect::<Result<_, _>>()?,
            own: self.own || self.key.is_some(),
        })
    }

    fn key(&self, folder: &Path) -> Option<KeyName> {
        let key = self.key.as_deref()?;
        Some(match key.starts_with("//") {
            true => KeyName::Development(key.to_owned()),
            false => KeyName::File(folder.join(key)),
        })
    }
}

impl LotEntry {
    fn add_to(&self, told: &mut Told, folder: &Path) -> Result<(), ToldError> {
        let at = |path: &PathBuf| folder.join(path);
        match (&self.folder, &self.lot, &self.paths, &self.labels) {
            (Some(lot), None, None, None) => told.lots.add_folder(&at(lot))?,
            (None, Some(lot), Some(paths), Some(labels)) => {
                told.lots.add_scanned(&at(lot), &at(paths), &at(labels))?;
            }
            _ => {
                let why = "name either its folder, or all of lot, paths and labels";
                return Err(wrong("lot", &why));
            }
        }
        Ok(())
    }
}

impl ItemEntry {
    fn item(&self, told: &Told) -> Result<Item, ToldError> {
        let maker = || {
            let name = self.maker.as_deref();
            let name = name.ok_or_else(|| wrong("item.maker", &"is missing"))?;
            identity(told, "item.maker", name)
        };
        let name = match (&self.gtin, &self.blood, self.order) {
            (Some(gtin), None, None) => product(&read::<Gtin>("item.gtin", gtin)?),
            (None, Some(code), None) => ProductName::Blood {
                service: maker()?,
                code: code.as_bytes().try_into().map_err(|_| {
                    wrong("item.blood", &"a product code of ISBT 128 has 8 characters")
                })?,
            },
            (None, None, Some(number)) => ProductName::Order {
                laboratory: maker()?,
                number,
            },
            _ => return Err(wrong("item", &"it has one of gtin, blood and order")),
        };
        name.check()
            .map_err(|_| wrong("item", &"its name cannot stand on a label"))?;
        let expiry = self.expiry.as_deref();
        let expiry = expiry
            .map(|day| read::<LastDay>("item.expiry", day))
            .transpose()?;
        Ok(Item {
            product: name,
            code: self.lot.as_bytes().into(),
            expiry: expiry.map(LastDay::number),
        })
    }
}

fn identity(told: &Told, field: &str, name: &str) -> Result<IdentityId, ToldError> {
    let party = told.parties.named(name);
    let party = party.ok_or_else(|| wrong(field, &format!("no party is called {name}")))?;
    Ok(party.identity)
}

fn deadline(text: Option<&str>) -> Result<u64, ToldError> {
    let Some(text) = text else {
        return Ok(DEADLINE);
    };
    let time = humantime::parse_duration(text).map_err(|error| wrong("deadline", &error))?;
    u64::try_from(time.as_millis()).map_err(|error| wrong("deadline", &error))
}

fn recall(text: &str) -> Result<Alert, ToldError> {
    Ok(match text {
        "I" => Alert::RecallOne,
        "II" => Alert::RecallTwo,
        "III" => Alert::RecallThree,
        "withdrawn" => Alert::Withdrawn,
        other => {
            return Err(wrong(
                "recall",
                &format!("{other:?} is none of I, II, III, withdrawn"),
            ))
        }
    })
}

fn reason(text: &str) -> Result<[u8; 32], ToldError> {
    let mut bytes = [0; 32];
    let digits = text.strip_prefix("0x").unwrap_or_default();
    hex::decode_to_slice(digits, &mut bytes)
        .map_err(|_| wrong("reason", &"a commitment is 0x and 64 hexadecimal digits"))?;
    Ok(bytes)
}

fn read<T: FromStr>(field: &str, text: &str) -> Result<T, ToldError>
where
    T::Err: Display,
{
    text.parse().map_err(|error: T::Err| wrong(field, &error))
}

fn wrong(field: &str, why: &dyn Display) -> ToldError {
    ToldError::Field {
        field: field.to_owned(),
        why: why.to_string(),
    }
}
