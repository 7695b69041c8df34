//! Makes everything that a lot needs, in one folder.

use crate::{
    hidden_text, pack_leaf, product, secret::private, LabelError, LastDay, LotFile, LotFileError,
    LotSecret, PackLabel, PathsError, PathsWriter, Serials,
};
use allive_epcis::identifiers::{Gtin, IdentifierError, Lot};
use allive_merkle::Software;
use provenance::{salt_of, MAX_COUNT};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// A lot that is to be packed.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The product.
    pub gtin: Gtin,
    /// The code of the lot.
    pub lot: Lot,
    /// The last day of use.
    pub expiry: Option<LastDay>,
}

/// The files of a lot.
#[derive(Clone, Debug)]
pub struct Files {
    /// The file of paths, for everybody.
    pub paths: PathBuf,
    /// What the line prints on each pack: index, serial, element string and, hidden, a secret.
    /// Nobody else may have it.
    pub labels: PathBuf,
    /// What `Commission` takes, for everybody.
    pub lot: PathBuf,
}

impl Files {
    /// Those of a folder.
    pub fn of(folder: &Path) -> Self {
        Self {
            paths: folder.join("paths"),
            labels: folder.join("labels.csv"),
            lot: folder.join("lot.json"),
        }
    }

    /// The label of a pack, out of those that the line prints.
    ///
    /// # Errors
    /// [`BatchError::NoSuchLabel`], and what is wrong with the table or the label.
    pub fn label(&self, index: u32) -> Result<PackLabel, BatchError> {
        let mut table = csv::Reader::from_path(&self.labels)?;
        let row = table
            .records()
            .nth(usize::try_from(index).unwrap_or(usize::MAX))
            .ok_or(BatchError::NoSuchLabel { index })??;
        let label = PackLabel::read(row.get(2).unwrap_or_default())?;
        if label.index == index {
            Ok(label)
        } else {
            Err(BatchError::NoSuchLabel { index })
        }
    }
}

/// Why the files of a lot were not made.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// The folder is there. What is printed must never be made anew.
    #[error("{} is there already: name a new folder", path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// A folder of this name is where files are made.
    #[error(
        "{} is there: another run makes this lot, or one was broken off; then delete it",
        path.display()
    )]
    Unfinished {
        /// The folder.
        path: PathBuf,
    },
    /// A lot has 1 to 2^32 packs.
    #[error("a lot has 1 to {MAX_COUNT} packs, not {count}")]
    Count {
        /// How many it would have.
        count: u64,
    },
    /// What the system said.
    #[error("{}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The table of labels cannot be read or written.
    #[error("the table of labels cannot be read or written")]
    Csv(#[from] csv::Error),
    /// The table of labels has no such pack, or another one in its place.
    #[error("there is no label of pack {index}; packs are counted from 0")]
    NoSuchLabel {
        /// The pack.
        index: u32,
    },
    /// What the table has is no label.
    #[error(transparent)]
    Label(#[from] LabelError),
    /// The paths cannot be written.
    #[error(transparent)]
    Paths(#[from] PathsError),
    /// `lot.json` cannot be written.
    #[error("lot.json")]
    Lot(#[from] LotFileError),
    /// A serial cannot stand on a label.
    #[error("pack {index}")]
    Serial {
        /// The pack.
        index: u64,
        /// What is wrong with it.
        #[source]
        error: IdentifierError,
    },
}

impl Batch {
    /// Refuses a number of packs that no lot has.
    ///
    /// # Errors
    /// [`BatchError::Count`].
    pub fn check_count(count: u64) -> Result<(), BatchError> {
        if count == 0 || count > MAX_COUNT {
            return Err(BatchError::Count { count });
        }
        Ok(())
    }

    /// Refuses a folder that is there.
    ///
    /// # Errors
    /// [`BatchError::Exists`].
    pub fn only_new(folder: &Path) -> Result<(), BatchError> {
        if folder.symlink_metadata().is_ok() {
            return Err(BatchError::Exists {
                path: folder.into(),
            });
        }
        Ok(())
    }

    /// Makes the files of the lot in a new `folder`: all, or none. They are made in a folder beside
    /// it, with `.partial` behind its name, which then gets its name.
    ///
    /// `progress` is told how many packs are done, from time to time.
    ///
    /// # Errors
    /// [`BatchError`].
    pub fn write(
        &self,
        serials: &Serials,
        secret: &LotSecret,
        folder: &Path,
        mut progress: impl FnMut(u64),
    ) -> Result<LotFile, BatchError> {
        Self::check_count(serials.count())?;
        Self::only_new(folder)?;
        let partial = partial(folder);
        fs::create_dir(&partial).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => BatchError::Unfinished {
                path: partial.clone(),
            },
            _ => at(&partial)(error),
        })?;
        let written = self
            .write_files(serials, secret, &Files::of(&partial), &mut progress)
            .and_then(|lot| {
                fs::rename(&partial, folder).map_err(at(folder))?;
                Ok(lot)
            });
        if written.is_err() {
            // The error that stopped it says more.
            let _ = fs::remove_dir_all(&partial);
        }
        written
    }

    fn write_files(
        &self,
        serials: &Serials,
        secret: &LotSecret,
        files: &Files,
        progress: &mut dyn FnMut(u64),
    ) -> Result<LotFile, BatchError> {
        let keys = secret.keys(&self.gtin, &self.lot);
        let name = product(&self.gtin);
        let expiry = self.expiry.map(LastDay::on_label);
        let file = File::create_new(&files.paths).map_err(at(&files.paths))?;
        let mut paths = PathsWriter::new(BufWriter::with_capacity(1 << 16, file));
        let file = private(&files.labels).map_err(at(&files.labels))?;
        let mut labels = csv::Writer::from_writer(BufWriter::with_capacity(1 << 16, file));
        labels.write_record(["index", "serial", "element_string", "hidden"])?;
        for (index, serial) in (0_u32..=u32::MAX).zip(serials.iter()) {
            let hidden = keys.hidden(index.into());
            let salt = salt_of::<Software>(&hidden);
            paths.push(pack_leaf(&name, serial, index.into(), &salt))?;
            let label = PackLabel {
                gtin: self.gtin,
                expiry,
                lot: self.lot.clone(),
                serial: serial.parse().map_err(|error| BatchError::Serial {
                    index: index.into(),
                    error,
                })?,
                index,
                salt,
            };
            let hidden = hidden_text(&hidden);
            labels.write_record([&index.to_string(), serial, &label.element_string(), &hidden])?;
            if index % 4096 == 0 {
                progress(index.into());
            }
        }
        labels.flush().map_err(at(&files.labels))?;
        let (root, cid) = paths.finish()?;
        let lot = LotFile {
            gtin: self.gtin,
            lot: self.lot.clone(),
            expiry: self.expiry,
            count: serials.count(),
            root,
            paths: cid,
        };
        let mut file = File::create_new(&files.lot).map_err(at(&files.lot))?;
        file.write_all(lot.to_json()?.as_bytes())
            .map_err(at(&files.lot))?;
        Ok(lot)
    }
}

/// Where the files are made.
fn partial(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    name.push(".partial");
    folder.with_file_name(name)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> BatchError + '_ {
    move |error| BatchError::Io {
        path: path.into(),
        error,
    }
}
