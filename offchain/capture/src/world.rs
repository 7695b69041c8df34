//! A copy of what the ledger shows, on which events are carried out before anything is sent.

use crate::{Ledger, Problem, Unanswered};
use allive_access::Timestamp;
use allive_olife_id_interface::IdentityId;
use provenance::{
    Cell, ContainerId, Lot, LotId, Place, Product, ProductName, ProvenanceError, Run, RunId, Terms,
    UnitId, Word,
};
use scale::Encode;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Why an event is not carried out.
#[derive(Debug)]
pub enum Stop {
    /// The chain did not answer: nothing can be said of any event.
    Chain(Unanswered),
    /// Something is wrong with the event.
    Fault(Problem),
}

impl From<Unanswered> for Stop {
    fn from(error: Unanswered) -> Self {
        Self::Chain(error)
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Fault(problem)
    }
}

impl From<ProvenanceError> for Stop {
    fn from(error: ProvenanceError) -> Self {
        Self::Fault(error.into())
    }
}

/// Where runs without serials are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// With somebody who can do something with it.
    With(IdentityId),
    /// On its way to somebody.
    To(IdentityId),
    /// In a container.
    In(ContainerId),
}

/// The runs of a lot, as far as they were asked for.
#[derive(Default)]
struct Layout {
    /// First pack → how many packs.
    runs: BTreeMap<u64, u64>,
    /// The runs before this pack are known.
    known: u64,
    /// How many packs and first pack, by where they are; only where that was asked for.
    spots: Option<BTreeMap<Spot, BTreeSet<(u64, u64)>>>,
}

/// What the ledger shows, changed by what the events before did.
pub struct World<'l> {
    pub ledger: &'l mut dyn Ledger,
    pub now: Timestamp,
    pub terms: Terms,
    /// By the name in SCALE.
    products: HashMap<Vec<u8>, Option<Product>>,
    lots: HashMap<LotId, Option<Lot>>,
    units: BTreeMap<UnitId, Option<Cell>>,
    words: HashMap<(LotId, u64), Word>,
    layouts: HashMap<LotId, Layout>,
    /// How often the ledger was asked for a unit.
    pub asked: u64,
}

impl<'l> World<'l> {
    pub fn new(ledger: &'l mut dyn Ledger) -> Result<Self, Unanswered> {
        Ok(Self {
            now: ledger.now()?,
            terms: ledger.terms()?,
            ledger,
            products: HashMap::new(),
            lots: HashMap::new(),
            units: BTreeMap::new(),
            words: HashMap::new(),
            layouts: HashMap::new(),
            asked: 0,
        })
    }

    pub fn product(&mut self, name: &ProductName) -> Result<Option<Product>, Unanswered> {
        let key = name.encode();
        if let Some(known) = self.products.get(&key) {
            return Ok(known.clone());
        }
        let product = self.ledger.product(name)?;
        self.products.insert(key, product.clone());
        Ok(product)
    }

    pub fn known_product(&mut self, name: &ProductName) -> Result<Product, Stop> {
        let product = self.product(name)?;
        Ok(product.ok_or(ProvenanceError::UnknownProduct)?)
    }

    pub fn lot(&mut self, id: LotId) -> Result<Option<Lot>, Unanswered> {
        if let Some(known) = self.lots.get(&id) {
            return Ok(known.clone());
        }
        let lot = self.ledger.lot(id)?;
        self.lots.insert(id, lot.clone());
        Ok(lot)
    }

    /// Whether there is such a lot. A lot is not copied for that.
    pub fn has_lot(&mut self, id: LotId) -> Result<bool, Unanswered> {
        if let Some(known) = self.lots.get(&id) {
            return Ok(known.is_some());
        }
        Ok(self.lot(id)?.is_some())
    }

    pub fn known_lot(&mut self, id: LotId) -> Result<Lot, Stop> {
        Ok(self.lot(id)?.ok_or(ProvenanceError::UnknownLot)?)
    }

    pub fn set_product(&mut self, name: &ProductName, product: Product) {
        self.products.insert(name.encode(), Some(product));
    }

    pub fn set_lot(&mut self, id: LotId, lot: Lot) {
        self.lots.insert(id, Some(lot));
    }

    /// Begins a lot that the ledger does not have, with one run.
    pub fn begin_lot(&mut self, id: LotId, lot: Lot, run: Run) {
        self.layouts.insert(
            id,
            Layout {
                runs: [(0, run.length)].into(),
                known: run.length,
                spots: None,
            },
        );
        self.lots.insert(id, Some(lot));
        let first = UnitId::Run(RunId { lot: id, first: 0 });
        self.units.insert(first, Some(Cell::Run(run)));
    }

    pub fn cell(&mut self, id: UnitId) -> Result<Option<Cell>, Unanswered> {
        if let Some(known) = self.units.get(&id) {
            return Ok(known.clone());
        }
        self.asked = self.asked.saturating_add(1);
        let cell = self.ledger.unit(id)?;
        self.units.insert(id, cell.clone());
        Ok(cell)
    }

    pub fn known_cell(&mut self, id: UnitId) -> Result<Cell, Stop> {
        match self.cell(id)? {
            Some(cell) => Ok(cell),
            None if self.ledger.sees() => Err(ProvenanceError::UnknownUnit.into()),
            None => Err(Problem::NeedsChain.into()),
        }
    }

    pub fn known_run(&mut self, id: RunId) -> Result<Run, Stop> {
        match self.known_cell(UnitId::Run(id))? {
            Cell::Run(run) => Ok(run),
            Cell::Container(_) => Err(ProvenanceError::UnknownUnit.into()),
        }
    }

    /// Keeps the new state of a unit, or that it is gone.
    pub fn keep(&mut self, id: UnitId, cell: Option<Cell>) {
        if let UnitId::Run(run) = id {
            let before = self.units.get(&id).cloned().flatten();
            let now = self.now;
            if let Some(layout) = self.layouts.get_mut(&run.lot) {
                match &cell {
                    Some(Cell::Run(kept)) => layout.runs.insert(run.first, kept.length),
                    _ => layout.runs.remove(&run.first),
                };
                if let Some(spots) = &mut layout.spots {
                    if let Some((spot, key)) = before.as_ref().and_then(|it| spot(run, it, now)) {
                        spots.entry(spot).or_default().remove(&key);
                    }
                    if let Some((spot, key)) = cell.as_ref().and_then(|it| spot(run, it, now)) {
                        spots.entry(spot).or_default().insert(key);
                    }
                }
            }
        }
        self.units.insert(id, cell);
    }

    pub fn word(&mut self, lot: LotId, number: u64) -> Result<Word, Unanswered> {
        if let Some(known) = self.words.get(&(lot, number)) {
            return Ok(known.clone());
        }
        let word = self.ledger.word(lot, number)?.unwrap_or_default();
        self.words.insert((lot, number), word.clone());
        Ok(word)
    }

    pub fn set_word(&mut self, lot: LotId, number: u64, word: Word) {
        self.words.insert((lot, number), word);
    }

    /// The run with this pack of a lot, and how many packs it has.
    pub fn run_with(&mut self, lot: LotId, index: u64) -> Result<(RunId, u64), Stop> {
        self.learn(lot, Some(index))?;
        let layout = self.layouts.get(&lot);
        let before = layout.and_then(|layout| layout.runs.range(..=index).next_back());
        match before {
            Some((first, length)) if index < first.saturating_add(*length) => {
                Ok((RunId { lot, first: *first }, *length))
            }
            _ if !self.ledger.sees() => Err(Problem::NeedsChain.into()),
            _ => Err(ProvenanceError::UnknownUnit.into()),
        }
    }

    /// Runs of a lot at a spot: those of which just so many pieces can be taken. The last of them
    /// may have more. Returns also how many pieces there are.
    pub fn runs_at(
        &mut self,
        lot: LotId,
        spot: Spot,
        wanted: u64,
    ) -> Result<(Vec<(RunId, u64)>, u64), Stop> {
        self.learn(lot, None)?;
        self.learn_spots(lot)?;
        let spots = self
            .layouts
            .get(&lot)
            .and_then(|layout| layout.spots.as_ref());
        let Some(runs) = spots.and_then(|spots| spots.get(&spot)) else {
            return Ok((Vec::new(), 0));
        };
        let of = |(length, first): &(u64, u64)| (RunId { lot, first: *first }, *length);
        // The smallest that has enough; or else the largest ones.
        if let Some(enough) = runs.range((wanted, 0)..).next() {
            return Ok((vec![of(enough)], enough.0));
        }
        let (mut taken, mut sum) = (Vec::new(), 0_u64);
        for run in runs.iter().rev() {
            if sum >= wanted {
                break;
            }
            sum = sum.saturating_add(run.0);
            taken.push(of(run));
        }
        Ok((taken, sum))
    }

    /// Asks for the runs of a lot, one after the other, as far as that of this pack, or all. Each
    /// is asked for once.
    fn learn(&mut self, lot: LotId, index: Option<u64>) -> Result<(), Unanswered> {
        let mut known = self.layouts.get(&lot).map_or(0, |layout| layout.known);
        while index.is_none_or(|index| known <= index) {
            let run = RunId { lot, first: known };
            let cell = self.cell(UnitId::Run(run))?;
            let Some(Cell::Run(run)) =
                cell.filter(|cell| !matches!(cell, Cell::Run(run) if run.length == 0))
            else {
                break;
            };
            let layout = self.layouts.entry(lot).or_default();
            layout.runs.insert(known, run.length);
            known = known.saturating_add(run.length);
            layout.known = known;
        }
        Ok(())
    }

    fn learn_spots(&mut self, lot: LotId) -> Result<(), Unanswered> {
        let Some(layout) = self
            .layouts
            .get(&lot)
            .filter(|layout| layout.spots.is_none())
        else {
            return Ok(());
        };
        let firsts: Vec<u64> = layout.runs.keys().copied().collect();
        let mut spots: BTreeMap<Spot, BTreeSet<(u64, u64)>> = BTreeMap::new();
        for first in firsts {
            let id = RunId { lot, first };
            let cell = self.cell(UnitId::Run(id))?;
            if let Some((spot, key)) = cell.as_ref().and_then(|cell| spot(id, cell, self.now)) {
                spots.entry(spot).or_default().insert(key);
            }
        }
        if let Some(layout) = self.layouts.get_mut(&lot) {
            layout.spots = Some(spots);
        }
        Ok(())
    }

    /// The outermost container around a place, and who has it; the containers on the way.
    pub fn outermost(
        &mut self,
        cell: &Cell,
        mut seen: impl FnMut(&Cell),
    ) -> Result<provenance::Custody, Stop> {
        let mut place = cell.unit().place;
        loop {
            match place {
                Place::Free(custody) => return Ok(custody),
                Place::Inside(container) => {
                    let above = self.known_cell(UnitId::Container(container))?;
                    seen(&above);
                    place = above.unit().place;
                }
            }
        }
    }
}

/// Where a run is looked for; nowhere if it has ended.
fn spot(id: RunId, cell: &Cell, now: Timestamp) -> Option<(Spot, (u64, u64))> {
    let Cell::Run(run) = cell else {
        return None;
    };
    if run.unit.retired.is_some() {
        return None;
    }
    let spot = match &run.unit.place {
        Place::Inside(container) => Spot::In(*container),
        Place::Free(custody) => match custody.transit(now) {
            Some(shipment) => Spot::To(shipment.to),
            None => Spot::With(custody.holder),
        },
    };
    Some((spot, (run.length, id.first)))
}
