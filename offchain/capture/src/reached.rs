//! Whether the chain shows that an action was carried out.

use crate::{lot_id, world::World, Ledger, Unanswered};
use allive_access::Timestamp;
use allive_olife_id_interface::IdentityId;
use provenance::{
    place, Action, Cell, Custody, Lot, LotId, NewLot, Place, Product, ProductName, RunId, Target,
    Unit, UnitId, Word,
};

/// What can be looked at: the chain, or the copy of it.
pub trait View {
    /// The moment from which it is looked at.
    fn moment(&mut self) -> Result<Timestamp, Unanswered>;
    fn view_product(&mut self, name: &ProductName) -> Result<Option<Product>, Unanswered>;
    fn view_lot(&mut self, id: LotId) -> Result<Option<Lot>, Unanswered>;
    fn view_unit(&mut self, id: UnitId) -> Result<Option<Cell>, Unanswered>;
    fn view_word(&mut self, lot: LotId, number: u64) -> Result<Word, Unanswered>;
}

struct Chain<'l>(&'l mut dyn Ledger);

impl View for Chain<'_> {
    fn moment(&mut self) -> Result<Timestamp, Unanswered> {
        self.0.now()
    }

    fn view_product(&mut self, name: &ProductName) -> Result<Option<Product>, Unanswered> {
        self.0.product(name)
    }

    fn view_lot(&mut self, id: LotId) -> Result<Option<Lot>, Unanswered> {
        self.0.lot(id)
    }

    fn view_unit(&mut self, id: UnitId) -> Result<Option<Cell>, Unanswered> {
        self.0.unit(id)
    }

    fn view_word(&mut self, lot: LotId, number: u64) -> Result<Word, Unanswered> {
        Ok(self.0.word(lot, number)?.unwrap_or_default())
    }
}

impl View for World<'_> {
    fn moment(&mut self) -> Result<Timestamp, Unanswered> {
        Ok(self.now)
    }

    fn view_product(&mut self, name: &ProductName) -> Result<Option<Product>, Unanswered> {
        self.product(name)
    }

    fn view_lot(&mut self, id: LotId) -> Result<Option<Lot>, Unanswered> {
        self.lot(id)
    }

    fn view_unit(&mut self, id: UnitId) -> Result<Option<Cell>, Unanswered> {
        self.cell(id)
    }

    fn view_word(&mut self, lot: LotId, number: u64) -> Result<Word, Unanswered> {
        self.word(lot, number)
    }
}

/// Whether the chain shows what a party wanted by an action: for who sent it and does not know
/// whether it arrived. None if the chain does not keep it, as with an error declaration.
///
/// # Errors
/// [`Unanswered`].
pub fn reached(
    ledger: &mut dyn Ledger,
    by: IdentityId,
    action: &Action,
) -> Result<Option<bool>, Unanswered> {
    shows(&mut Chain(ledger), by, action)
}

/// The same of any view.
pub fn shows(
    view: &mut dyn View,
    by: IdentityId,
    action: &Action,
) -> Result<Option<bool>, Unanswered> {
    let now = view.moment()?;
    Ok(Some(match action {
        Action::Commission { lot, .. } => {
            let id = lot_id(&lot.product, by, &lot.code);
            view.view_lot(id)?.is_some_and(|kept| is_same(&kept, lot))
        }
        Action::Split { run, length } => {
            let rest = RunId {
                first: run.first.saturating_add(*length),
                ..*run
            };
            let front = view.view_unit(UnitId::Run(*run))?;
            matches!(front, Some(Cell::Run(front)) if front.length == *length)
                && view.view_unit(UnitId::Run(rest))?.is_some()
        }
        Action::Pack { container, units } => {
            all(view, units, |unit| unit.place == Place::Inside(*container))?
        }
        Action::Unpack { units, .. } => all(view, units, |unit| {
            free(unit).is_some_and(|custody| custody.holder == by)
        })?,
        Action::Ship { unit, to, .. } => custody(view, *unit)?.is_some_and(|custody| {
            let shipped = custody.transit(now).map(|shipment| shipment.to);
            custody.holder == by && shipped == Some(*to)
        }),
        Action::Receive { unit, site, .. } => custody(view, *unit)?.is_some_and(|custody| {
            (custody.holder, custody.site) == (by, *site) && custody.transit(now).is_none()
        }),
        Action::Refuse { unit } => custody(view, *unit)?.is_some_and(|custody| {
            let shipped = custody.transit(now).map(|shipment| shipment.to);
            custody.holder != by && shipped != Some(by)
        }),
        Action::CallBack { unit } => custody(view, *unit)?
            .is_some_and(|custody| custody.holder == by && custody.transit(now).is_none()),
        Action::Retire { unit, end } => all(view, &[*unit], |unit| {
            unit.retired.is_some_and(|it| (it.end, it.by) == (*end, by))
        })?,
        Action::Dispense { claim, .. } => {
            let Some(product) = view.view_product(&claim.product)? else {
                return Ok(Some(false));
            };
            let mut lot = None;
            for maker in product.makers() {
                let id = lot_id(&claim.product, maker, &claim.code);
                if view.view_lot(id)?.is_some() {
                    lot = Some(id);
                    break;
                }
            }
            let Some(lot) = lot else {
                return Ok(Some(false));
            };
            let (number, bit) = place(claim.index);
            let word = view.view_word(lot, number)?;
            let run = UnitId::Run(RunId {
                lot,
                first: claim.first,
            });
            match word.dispenser(bit) {
                _ if !word.has(bit) => false,
                Some(recent) => recent.dispenser.by == by,
                // It is forgotten who it was: whoever has the run.
                None => custody(view, run)?.is_some_and(|custody| custody.holder == by),
            }
        }
        Action::Raise { target, alert, .. } => {
            let alerts = match target {
                Target::Product(name) => view.view_product(name)?.map(|it| it.alerts),
                Target::Lot(lot) => view.view_lot(*lot)?.map(|it| it.alerts),
                Target::Unit(unit) => view.view_unit(*unit)?.map(|it| it.unit().alerts),
            };
            alerts.is_some_and(|alerts| alerts.raised.has(*alert))
        }
        Action::Suspect { unit, .. } => {
            all(view, &[*unit], |unit| unit.suspected_by.contains(&by))?
        }
        Action::Report { unit, window } => all(view, &[*unit], |unit| {
            let logger = unit.watch.as_ref().and_then(|watch| watch.logger);
            logger.is_some_and(|logger| logger.by == by && logger.until >= window.until)
        })?,
        Action::Transform { outputs, .. } => {
            let mut made = !outputs.is_empty();
            for new in outputs {
                let id = lot_id(&new.product, by, &new.code);
                made = made && view.view_lot(id)?.is_some_and(|kept| is_same(&kept, new));
            }
            made
        }
        _ => return Ok(None),
    }))
}

/// Whether a lot on the chain is the one that was to be commissioned.
pub fn is_same(kept: &Lot, new: &NewLot) -> bool {
    (kept.count, kept.expiry, &kept.serials) == (new.count, new.expiry, &new.serials)
}

fn all(
    view: &mut dyn View,
    units: &[UnitId],
    holds: impl Fn(&Unit) -> bool,
) -> Result<bool, Unanswered> {
    for unit in units {
        match view.view_unit(*unit)? {
            Some(cell) if holds(cell.unit()) => (),
            _ => return Ok(false),
        }
    }
    Ok(!units.is_empty())
}

fn custody(view: &mut dyn View, unit: UnitId) -> Result<Option<Custody>, Unanswered> {
    let cell = view.view_unit(unit)?;
    Ok(cell.as_ref().and_then(|cell| free(cell.unit()).copied()))
}

fn free(unit: &Unit) -> Option<&Custody> {
    match &unit.place {
        Place::Free(custody) => Some(custody),
        Place::Inside(_) => None,
    }
}
