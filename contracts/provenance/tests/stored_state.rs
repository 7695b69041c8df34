//! Everything that the contract stores, read past its messages, and what must hold of it.

use crate::world::{lot_id, new_lot, MAKER};
use allive_simulator::GENESIS;
use allive_support::stored::StoredCells;
use ink::primitives::AccountId;
use provenance::*;
use std::{collections::BTreeMap, sync::LazyLock};

/// Olife ID, terms, chain.
type RootCell = (AccountId, Terms, [u8; 32]);

#[derive(Clone, Debug)]
pub struct StoredState {
    pub lots: BTreeMap<LotId, Lot>,
    pub units: BTreeMap<UnitId, Cell>,
    pub words: BTreeMap<(LotId, u64), Word>,
    pub alarms: BTreeMap<(LotId, u64), Alarm>,
    pub prescriptions: BTreeMap<PrescriptionId, Prescription>,
}

/// The one lot of the maker, which most tests are about.
pub fn the_lot() -> LotId {
    static LOT: LazyLock<LotId> = LazyLock::new(|| lot_id(&new_lot(), MAKER));
    *LOT
}

impl StoredState {
    pub fn of(mut cells: StoredCells) -> Self {
        let (_, _, chain): RootCell = cells.root();
        assert_eq!(chain, GENESIS);
        let governance: Option<Governance> = cells.cell(b"GOVN");
        assert!(governance.is_some());
        cells.entries::<(AccountId, u64), u128, Vec<_>>(b"NONC");
        cells.entries::<ProductName, Product, Vec<_>>(b"PROD");
        cells.entries::<(LotId, u64), [u8; 32], Vec<_>>(b"CONF");
        cells.entries::<ProductName, Progress, Vec<_>>(b"PROG");
        // What the next version adds.
        cells.cell::<u64>(b"NEXT");
        cells.entries::<LotId, u64, Vec<_>>(b"ASKD");
        Self {
            lots: cells.entries(b"LOTS"),
            units: cells.entries(b"UNIT"),
            words: cells.entries(b"WORD"),
            alarms: cells.entries(b"ALRM"),
            prescriptions: cells.entries(b"PRES"),
        }
    }

    /// Every pack is in exactly one run, and every container has exactly the children that say so.
    pub fn check(&self) {
        for (id, lot) in &self.lots {
            let mut next = 0;
            for (unit, cell) in &self.units {
                let (UnitId::Run(run), Cell::Run(content)) = (unit, cell) else {
                    continue;
                };
                if run.lot == *id {
                    assert_eq!(run.first, next, "runs overlap, or leave a gap");
                    assert!(content.length > 0, "an empty run");
                    next += content.length;
                }
            }
            assert_eq!(next, lot.count, "the runs are not the lot");
        }
        for (unit, cell) in &self.units {
            match (unit, cell) {
                (UnitId::Run(run), Cell::Run(_)) => assert!(self.lots.contains_key(&run.lot)),
                (UnitId::Container(id), Cell::Container(container)) => {
                    let children = self.children(*id);
                    assert_eq!(children.len(), container.children as usize);
                    assert!(!children.is_empty(), "an empty container");
                    let highest = children.iter().map(|child| child.height()).max();
                    assert!(container.height > highest.unwrap());
                    assert!(container.height <= MAX_HEIGHT);
                }
                _ => panic!("{unit:?} is {cell:?}"),
            }
            if let Place::Inside(container) = cell.unit().place {
                assert!(self.units.contains_key(&UnitId::Container(container)));
                assert_eq!(cell.unit().retired, None, "something ended inside");
            }
            let unit = cell.unit();
            let is_condemned = unit.alerts.raised.has(Alert::Illegitimate);
            assert_eq!(
                unit.verdict.is_some(),
                is_condemned,
                "a verdict and its alert"
            );
            if let Some(watch) = &unit.watch {
                let tallies = &watch.tallies;
                assert!(!tallies.is_empty() && tallies.len() <= MAX_BOUNDS);
                let has_logger = watch.logger.is_some();
                assert_eq!(tallies.iter().any(|tally| tally.measured), has_logger);
                assert!(tallies.iter().all(|it| it.measured || it.outside > 0));
            }
        }
    }

    /// The pieces of the one lot that are in a unit, not those of lots that were made of it.
    pub fn pieces(&self, unit: UnitId) -> Vec<u64> {
        match (unit, &self.units[&unit]) {
            (UnitId::Run(run), _) if run.lot != the_lot() => Vec::new(),
            (UnitId::Run(run), Cell::Run(content)) => {
                (run.first..run.first + content.length).collect()
            }
            (UnitId::Container(id), _) => {
                let all = self.units.iter();
                let inside = all.filter(|(_, cell)| cell.unit().place == Place::Inside(id));
                inside.flat_map(|(unit, _)| self.pieces(*unit)).collect()
            }
            _ => panic!("{unit:?}"),
        }
    }

    /// The run of a piece of that lot.
    pub fn run_of(&self, index: u64) -> RunId {
        let mut all = self.units.iter();
        let run = all.find_map(|(unit, cell)| match (unit, cell) {
            (UnitId::Run(id), Cell::Run(run)) => {
                let is_its = id.lot == the_lot() && run.has(*id, index);
                is_its.then_some(*id)
            }
            _ => None,
        });
        run.unwrap()
    }

    /// The run of a piece of that lot, and all containers in which it is, outwards.
    pub fn path(&self, index: u64) -> Vec<UnitId> {
        let mut path = vec![UnitId::Run(self.run_of(index))];
        while let Some(Place::Inside(above)) = path.last().map(|unit| self.units[unit].unit().place)
        {
            path.push(UnitId::Container(above));
        }
        path
    }

    /// The custody of a unit, also of one in containers.
    pub fn custody(&self, unit: UnitId) -> Custody {
        match self.units[&unit].unit().place {
            Place::Free(custody) => custody,
            Place::Inside(above) => self.custody(UnitId::Container(above)),
        }
    }

    fn children(&self, container: ContainerId) -> Vec<&Cell> {
        let all = self.units.values();
        all.filter(|cell| cell.unit().place == Place::Inside(container))
            .collect()
    }
}
