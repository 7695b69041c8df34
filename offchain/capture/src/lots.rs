//! Lots with serials: which pack a serial is, and what proves it.

use allive_epcis::identifiers::{Gtin, Lot, Serial};
use allive_packs::{
    product, Cid, Files, LabelError, LotFile, LotFileError, PackLabel, Paths, PathsError,
};
use provenance::{Claim, NewLot, Proof};
use std::{
    cell::RefCell,
    collections::HashMap,
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

/// A pack whose label is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// Which lot of those that were told.
    pub lot: usize,
    /// Which pack of it, from 0.
    pub index: u64,
    /// The salt of its label.
    pub salt: [u8; 16],
}

/// Why the files of a lot are not used.
#[derive(Debug, thiserror::Error)]
pub enum LotError {
    /// What the system said.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// What is wrong with `lot.json`.
    #[error("{}: {error}", path.display())]
    Lot {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: LotFileError,
    },
    /// The paths are of another lot, or were changed.
    #[error("{}: these are not the paths of lot {lot}", path.display())]
    OtherPaths {
        /// The file.
        path: PathBuf,
        /// The lot.
        lot: Lot,
    },
    /// A line of labels is no label of the lot.
    #[error("{}, line {line}: {why}", path.display())]
    Label {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// The same lot twice.
    #[error("{}: lot {lot} of {gtin} is named twice", path.display())]
    Twice {
        /// The file.
        path: PathBuf,
        /// The product.
        gtin: Gtin,
        /// The lot.
        lot: Lot,
    },
}

#[derive(Debug)]
struct Known {
    file: LotFile,
    paths: RefCell<File>,
}

/// The lots that a user has files of.
#[derive(Debug, Default)]
pub struct Lots {
    all: Vec<Known>,
    by_code: HashMap<(Gtin, Lot), usize>,
    packs: HashMap<(Gtin, Serial), Labelled>,
}

impl Lots {
    /// A folder that `allive provenance pack` made.
    ///
    /// # Errors
    /// [`LotError`].
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), LotError> {
        let files = Files::of(folder);
        let lot = self.add(&files.lot, &files.paths)?;
        let path = &files.labels;
        let table = csv::Reader::from_path(path).map_err(|error| LotError::Io {
            path: path.clone(),
            error: io::Error::other(error),
        })?;
        // The first line has the names of the columns.
        for (line, row) in (2..).zip(table.into_records()) {
            let row = row.map_err(|error| wrong(path, line, &error))?;
            self.add_label(lot, row.get(2).unwrap_or_default(), path, line)?;
        }
        Ok(())
    }

    /// What whoever did not make the lot has: what is published of it, and labels as scanned, one a
    /// line.
    ///
    /// # Errors
    /// [`LotError`].
    pub fn add_scanned(&mut self, lot: &Path, paths: &Path, labels: &Path) -> Result<(), LotError> {
        let lot = self.add(lot, paths)?;
        let file = File::open(labels).map_err(at(labels))?;
        for (line, text) in (1..).zip(BufReader::new(file).lines()) {
            let text = text.map_err(at(labels))?;
            if !text.trim().is_empty() {
                self.add_label(lot, text.trim_end(), labels, line)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, lot: &Path, paths: &Path) -> Result<usize, LotError> {
        let file = LotFile::read(lot).map_err(|error| LotError::Lot {
            path: lot.into(),
            error,
        })?;
        let mut source = File::open(paths).map_err(at(paths))?;
        // Once for all: afterwards every leaf in it is known to be of this lot.
        let cid = Cid::of(&mut source).map_err(at(paths))?;
        let opened = Paths::open(&mut source, file.root, file.count);
        if cid != file.paths || opened.is_err() {
            return Err(LotError::OtherPaths {
                path: paths.into(),
                lot: file.lot,
            });
        }
        let place = self.all.len();
        let key = (file.gtin, file.lot.clone());
        if self.by_code.insert(key, place).is_some() {
            return Err(LotError::Twice {
                path: lot.into(),
                gtin: file.gtin,
                lot: file.lot,
            });
        }
        self.all.push(Known {
            file,
            paths: source.into(),
        });
        Ok(place)
    }

    fn add_label(
        &mut self,
        lot: usize,
        text: &str,
        path: &Path,
        line: usize,
    ) -> Result<(), LotError> {
        let label = PackLabel::read(text).map_err(|error: LabelError| wrong(path, line, &error))?;
        let Some(known) = self.all.get(lot) else {
            return Ok(());
        };
        if (label.gtin, &label.lot) != (known.file.gtin, &known.file.lot) {
            let other = format!("the label is of lot {} of {}", label.lot, label.gtin);
            return Err(wrong(path, line, &other));
        }
        if self.leaf(lot, label.index.into()).map_err(at(path))? != label.leaf() {
            let other = format!(
                "no pack of lot {} has serial {} and this proof",
                label.lot, label.serial
            );
            return Err(wrong(path, line, &other));
        }
        let labelled = Labelled {
            lot,
            index: label.index.into(),
            salt: label.salt,
        };
        let before = self
            .packs
            .insert((label.gtin, label.serial.clone()), labelled);
        match before.filter(|before| *before != labelled) {
            Some(_) => {
                let twice = format!(
                    "serial {} of {} is that of two packs",
                    label.serial, label.gtin
                );
                Err(wrong(path, line, &twice))
            }
            None => Ok(()),
        }
    }

    /// The leaf of a pack; nothing but zeros behind the last.
    fn leaf(&self, lot: usize, index: u64) -> io::Result<[u8; 32]> {
        let mut leaf = [0; 32];
        if let Some(known) = self.all.get(lot).filter(|known| index < known.file.count) {
            let mut paths = known.paths.borrow_mut();
            paths.seek(SeekFrom::Start(index.saturating_mul(32)))?;
            paths.read_exact(&mut leaf)?;
        }
        Ok(leaf)
    }

    /// The pack with this serial.
    pub fn pack(&self, gtin: &Gtin, serial: &Serial) -> Option<Labelled> {
        self.packs.get(&(*gtin, serial.clone())).copied()
    }

    /// The lot with this code.
    pub fn of(&self, gtin: &Gtin, code: &Lot) -> Option<usize> {
        self.by_code.get(&(*gtin, code.clone())).copied()
    }

    /// What was told of a lot.
    pub fn file(&self, lot: usize) -> Option<&LotFile> {
        self.all.get(lot).map(|known| &known.file)
    }

    /// What a lot is commissioned with.
    pub fn new_lot(&self, lot: usize) -> Option<NewLot> {
        self.file(lot).map(LotFile::new_lot)
    }

    /// What a label proves, for the run that begins at `first`.
    ///
    /// # Errors
    /// [`PathsError`], if the file of paths was changed since it was opened.
    pub fn claim(&self, pack: &Labelled, serial: &Serial, first: u64) -> Result<Claim, PathsError> {
        let known = self.all.get(pack.lot).ok_or(PathsError::OtherLot)?;
        let file = &known.file;
        let mut source = known.paths.borrow_mut();
        let proof = Paths::open(&mut *source, file.root, file.count)?.proof(pack.index)?;
        Ok(Claim {
            product: product(&file.gtin),
            code: file.lot.as_str().into(),
            expiry: file.new_lot().expiry,
            index: pack.index,
            first,
            proof: Some(Proof {
                serial: serial.as_str().into(),
                salt: pack.salt,
                path: proof.path,
            }),
        })
    }
}

fn at(path: &Path) -> impl Fn(io::Error) -> LotError + '_ {
    move |error| LotError::Io {
        path: path.into(),
        error,
    }
}

fn wrong(path: &Path, line: usize, why: &impl ToString) -> LotError {
    LotError::Label {
        path: path.into(),
        line,
        why: why.to_string(),
    }
}
