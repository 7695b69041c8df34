//! What the test files share.
#![allow(dead_code)]

use allive_packs::{
    read_hidden, Batch, LotFile, LotSecret, PackKeys, PackLabel, Serials, SerialsError,
};
use std::{fs, path::Path};

/// Numbers that are the same on every run.
pub struct Random(pub u64);

impl Random {
    /// The next number, by SplitMix64.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    pub fn text(&mut self, alphabet: &str, length: usize) -> String {
        let characters = alphabet.as_bytes();
        let count = u64::try_from(characters.len()).unwrap();
        (0..length)
            .map(|_| char::from(characters[usize::try_from(self.below(count)).unwrap()]))
            .collect()
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for place in (1..list.len()).rev() {
            let other = self.below(u64::try_from(place).unwrap() + 1);
            list.swap(place, usize::try_from(other).unwrap());
        }
    }
}

pub fn batch() -> Batch {
    Batch {
        gtin: "09506000134352".parse().unwrap(),
        lot: "V42".parse().unwrap(),
        expiry: Some("2028-03".parse().unwrap()),
    }
}

pub fn secret() -> LotSecret {
    LotSecret::from_bytes([7; 32])
}

pub fn keys() -> PackKeys {
    secret().keys(&batch().gtin, &batch().lot)
}

pub fn random(count: u64) -> Serials {
    Serials::random(&keys(), count).unwrap()
}

pub fn read(serials: &[impl AsRef<str>]) -> Result<Serials, SerialsError> {
    let lines = serials
        .iter()
        .map(|serial| format!("{}\n", serial.as_ref()));
    Serials::read(lines.collect::<String>().as_bytes())
}

pub fn written(count: u64, folder: &Path) -> LotFile {
    batch()
        .write(&random(count), &secret(), folder, |_| ())
        .unwrap()
}

/// The labels that the line prints.
pub fn labels(folder: &Path) -> Vec<PackLabel> {
    let table = fs::read(folder.join("labels.csv")).unwrap();
    let mut table = csv::Reader::from_reader(table.as_slice());
    let headers: Vec<_> = table.headers().unwrap().iter().map(String::from).collect();
    assert_eq!(headers, ["index", "serial", "element_string", "hidden"]);
    let rows = (0_u32..).zip(table.records());
    rows.map(|(index, row)| {
        let row = row.unwrap();
        let label = PackLabel::read(&row[2]).unwrap();
        assert_eq!(row[0], index.to_string());
        assert_eq!(label.index, index);
        assert_eq!(row[1], *label.serial.as_str());
        assert!(label.hides(&read_hidden(&row[3]).unwrap()));
        label
    })
    .collect()
}
