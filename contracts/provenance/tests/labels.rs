//! A label that the tool printed, scanned by a patient.

use crate::world::*;
use allive_calls::at;
use allive_olife_id_interface::{IdentityId, Topic};
use allive_packs::{
    ask, check, read_hidden, Asked, Batch, LastDay, LotFile, LotSecret, PackLabel, Registry,
    Serials, Verdict,
};
use provenance::*;
use std::fs::{self, File};

const YEAR: u16 = 2026;

/// Whoever asks, without a server of the maker.
struct Patient<'w>(&'w mut World);

impl Registry for Patient<'_> {
    type Error = ();

    fn product(&mut self, name: &ProductName) -> Result<Option<Product>, ()> {
        Ok(self.0.get(self.0.contract().product(name.clone())))
    }

    fn lot(
        &mut self,
        name: &ProductName,
        maker: IdentityId,
        code: &[u8],
    ) -> Result<Option<(LotId, Lot)>, ()> {
        let asked = self.0.contract().lot_id(name.clone(), maker, code.into());
        let id = self.0.get(asked);
        Ok(self.0.get(self.0.contract().lot(id)).map(|lot| (id, lot)))
    }

    fn length(&mut self, run: RunId) -> Result<Option<u64>, ()> {
        Ok(match self.0.get(self.0.contract().unit(UnitId::Run(run))) {
            Some(Cell::Run(run)) => Some(run.length),
            _ => None,
        })
    }

    fn verify(&mut self, claim: Claim) -> Result<Answer, ()> {
        Ok(self.0.get(self.0.contract().verify(claim.into())))
    }
}

/// A lot of 600 packs that the tool made, on the chain and with the pharmacy, in three runs.
struct Printed {
    world: World,
    folder: tempfile::TempDir,
    labels: Vec<String>,
    /// What lies hidden on each pack.
    hidden: Vec<String>,
}

impl Printed {
    fn new() -> Self {
        let mut world = registered();
        let folder = tempfile::tempdir().unwrap();
        let batch = Batch {
            gtin: "09506000134352".parse().unwrap(),
            lot: "LOT-1".parse().unwrap(),
            expiry: Some(in_days(10)),
        };
        let secret = LotSecret::from_bytes([7; 32]);
        let serials = Serials::random(&secret.keys(&batch.gtin, &batch.lot), 600).unwrap();
        let path = folder.path().join("lot");
        let lot = batch.write(&serials, &secret, &path, |_| ()).unwrap();
        act(&mut world, MAKER, commission(lot.new_lot()));
        let run = RunId {
            lot: lot_id(&lot.new_lot(), MAKER),
            first: 0,
        };
        let rest = split(&mut world, MAKER, run, 100);
        split(&mut world, MAKER, rest, 400);
        pass(&mut world, UnitId::Run(rest), MAKER, PHARMACY);
        let table = fs::read_to_string(path.join("labels.csv")).unwrap();
        let column = |place| {
            let rows = table.lines().skip(1);
            rows.filter_map(move |row| row.split(',').nth(place).map(str::to_owned))
        };
        Self {
            world,
            labels: column(2).collect(),
            hidden: column(3).collect(),
            folder,
        }
    }

    fn scan(&mut self, label: &str) -> Answer {
        match self.ask(label, true) {
            Asked::Answer(answer) => answer,
            Asked::NoProof(error) => panic!("{error:?}"),
        }
    }

    fn ask(&mut self, label: &str, with_paths: bool) -> Asked {
        let label = PackLabel::read(label).unwrap();
        let paths = File::open(self.folder.path().join("lot/paths")).unwrap();
        let paths = with_paths.then_some(paths);
        ask(&mut Patient(&mut self.world), &label, paths, YEAR).unwrap()
    }
}

/// A day that the shelf life of the product allows, by the clock of the tests.
fn in_days(days: u32) -> LastDay {
    let months = (2020..2040).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let texts = months.flat_map(|(year, month)| {
        (1..=31).map(move |day| format!("{year:04}-{month:02}-{day:02}"))
    });
    let mut all = texts.filter_map(|text| text.parse::<LastDay>().ok());
    all.find(|last| last.number() == today() + days).unwrap()
}

#[test]
fn a_printed_label_is_answered_by_the_chain_alone_whichever_run_the_pack_is_in() {
    let mut printed = Printed::new();
    for (index, holder) in [
        (0, MAKER),
        (99, MAKER),
        (100, PHARMACY),
        (499, PHARMACY),
        (500, MAKER),
        (599, MAKER),
    ] {
        let label = format!("]d2{}", printed.labels[index]);
        let Answer::Known(known) = printed.scan(&label) else {
            panic!("{index}");
        };
        assert_eq!(known.state, State::Genuine);
        assert_eq!(known.custody.holder, id(holder));
    }
    let lot = Target::Lot(lot_id(&new_lot(), MAKER));
    act(
        &mut printed.world,
        MAKER,
        raise(lot, Alert::RecallOne, Capacity::Maker),
    );
    let label = printed.labels[7].clone();
    let Answer::Known(known) = printed.scan(&label) else {
        panic!();
    };
    assert_eq!(known.state, State::Recalled(Alert::RecallOne));
}

#[test]
fn a_label_that_was_made_up_is_answered_as_the_contract_would() {
    let mut printed = Printed::new();
    let good = PackLabel::read(&printed.labels[100]).unwrap();
    let mut check = |change: &dyn Fn(&mut PackLabel), right| {
        let mut label = good.clone();
        change(&mut label);
        assert_eq!(
            printed.scan(&label.element_string()),
            Answer::Unknown(right)
        );
    };
    check(
        &|label| label.gtin = "09506000134369".parse().unwrap(),
        Mismatch::Product,
    );
    check(&|label| label.lot = "LOT-2".parse().unwrap(), Mismatch::Lot);
    check(&|label| label.expiry = None, Mismatch::Expiry);
    check(
        &|label| label.serial = "7KQ2XW5M3TRA4ZPC".parse().unwrap(),
        Mismatch::Serial,
    );
    check(&|label| label.salt = [0; 16], Mismatch::Serial);
    check(&|label| label.index = 600, Mismatch::Serial);
}

#[test]
fn the_secret_that_lies_hidden_on_a_printed_pack_confirms_it() {
    let mut printed = Printed::new();
    let label = PackLabel::read(&printed.labels[123]).unwrap();
    let lot = LotFile::read(&printed.folder.path().join("lot/lot.json")).unwrap();
    let paths = File::open(printed.folder.path().join("lot/paths")).unwrap();
    let Verdict::Fits(claim) = check(&label, &lot.new_lot(), Some(paths), YEAR) else {
        panic!();
    };
    let claim = Claim {
        first: 100,
        ..claim
    };
    let world = &mut printed.world;
    let dispense = Action::Dispense {
        claim: claim.clone().into(),
        role: Topic::PHARMACY,
        site: site(5),
        prescription: None,
    };
    act(world, PHARMACY, dispense);
    let secret = read_hidden(&printed.hidden[123]).unwrap();
    let wrong = read_hidden(&printed.hidden[124]).unwrap();
    let confirm =
        |secret| at::<Provenance>(printed.world.provenance).confirm(claim.clone().into(), secret);
    let (right, wrong) = (confirm(secret), confirm(wrong));
    let world = &mut printed.world;
    let _: ProvenanceError = world.refused(STRANGER, wrong);
    world.done(STRANGER, right);
    let id = lot_id(&lot.new_lot(), MAKER);
    assert!(world.get(world.contract().confirmed(id, 123)));
}

#[test]
fn without_the_paths_there_is_no_proof_and_nothing_is_said_against_the_pack() {
    let mut printed = Printed::new();
    let label = printed.labels[100].clone();
    assert!(matches!(printed.ask(&label, false), Asked::NoProof(None)));
    let path = printed.folder.path().join("lot/paths");
    fs::write(&path, vec![0; 32]).unwrap();
    assert!(matches!(printed.ask(&label, true), Asked::NoProof(Some(_))));
}
