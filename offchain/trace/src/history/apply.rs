//! What each fact changes, by the rules of the contract.

use super::{History, KnownLot};
use crate::{concern::Range, Fact, Moment};
use allive_access::Timestamp;
use allive_olife_id_interface::IdentityId;
use provenance::{
    Alert, Alerts, Cell, Container, ContainerId, Custody, End, LotId, ProductName, ProvenanceError,
    Raised, Retired, Run, RunId, Target, Unit, UnitId, MAX_COUNT,
};
use scale::Encode;

type Rule<T = ()> = Result<T, ProvenanceError>;

impl History {
    pub(super) fn apply(&mut self, fact: &Fact, at: Moment) -> Rule {
        let now = at.time;
        match fact {
            Fact::ProductChanged { name, product } => {
                self.products.insert(name.encode(), product.alerts);
            }
            Fact::Commissioned {
                lot,
                product,
                maker,
                site,
            } => {
                let custody = Custody::new(*maker, product.role(), *site, now)?;
                self.begin(*lot, product, custody)?;
            }
            Fact::Split { run, rest } => {
                let length = rest
                    .checked_sub(run.first)
                    .ok_or(ProvenanceError::BadSplit)?;
                let (rest, cell) = self.run_mut(*run)?.split(*run, length, now)?;
                self.units.insert(UnitId::Run(rest), Cell::Run(cell));
            }
            Fact::Joined { run, next } => {
                let next = UnitId::Run(RunId {
                    first: *next,
                    ..*run
                });
                let Some(Cell::Run(gone)) = self.units.remove(&next) else {
                    return Err(ProvenanceError::UnknownUnit);
                };
                self.run_mut(*run)?.join(&gone, now)?;
            }
            Fact::Packed { container, units } => self.pack(*container, units, now)?,
            Fact::Unpacked { container, units } => self.unpack(*container, units, now)?,
            Fact::Shipped {
                unit, to, until, ..
            } => {
                // How long a shipment may take at most was checked on the chain.
                self.live(unit)?.ship(*to, *until, now, Timestamp::MAX)?;
            }
            Fact::Redirected {
                unit,
                to,
                ready,
                until,
                ..
            } => {
                let longest = Timestamp::MAX;
                self.live(unit)?
                    .redirect(*to, *until, *ready, now, longest)?;
            }
            Fact::Received {
                unit,
                holder,
                role,
                site,
            } => {
                self.live(unit)?.receive(*holder, *role, *site, now)?;
            }
            Fact::Refused { unit, by } => self.live(unit)?.refuse(*by, now)?,
            Fact::CalledBack { unit, .. } => self.live(unit)?.call_back(now)?,
            Fact::Moved { unit, site, .. } => self.live(unit)?.move_to(*site, now)?,
            Fact::Retired { unit, end, .. } => self.unit_mut(unit)?.retire(*end, now)?,
            Fact::Restored { unit, .. } => {
                // What the lot and the clock say against it was checked on the chain.
                self.unit_mut(unit)?
                    .restore(Raised::default(), now, Timestamp::MAX)?;
            }
            Fact::Dispensed { pack, .. } => {
                self.run_of(pack.lot, pack.index)
                    .ok_or(ProvenanceError::UnknownUnit)?;
                if !self.dispensed.insert((pack.lot, pack.index)) {
                    return Err(ProvenanceError::IsDispensed);
                }
            }
            Fact::PartDispensed {
                pack, dispenser, ..
            } => {
                let run = RunId {
                    lot: pack.lot,
                    first: pack.index,
                };
                self.unit_mut(&UnitId::Run(run))?.retired = Some(Retired {
                    end: End::PartlyDispensed,
                    by: dispenser.by,
                    site: dispenser.site,
                    at: now,
                });
            }
            Fact::DispensingUndone { pack, .. } => {
                if !self.dispensed.remove(&(pack.lot, pack.index)) {
                    return Err(ProvenanceError::NotDispensed);
                }
            }
            Fact::Transformed {
                inputs, outputs, ..
            } => self.transform(inputs, outputs, now)?,
            Fact::LoggerChanged { unit, logger, .. } => {
                let logger = logger.clone().map(Into::into);
                let unit = self.unit_mut(unit)?;
                unit.watch_mut().name(logger.as_ref(), now)?;
                unit.forget_empty_watch();
            }
            Fact::WindowReported {
                unit,
                logger,
                window,
            } => {
                self.unit_mut(unit)?
                    .watch_mut()
                    .report(*logger, window, now)?;
            }
            Fact::Released {
                unit, written_off, ..
            } => {
                let unit = self.unit_mut(unit)?;
                unit.watch_mut().write_off(written_off)?;
                unit.forget_empty_watch();
            }
            Fact::Suspected { unit, by, .. } => self.unit_mut(unit)?.suspect(*by)?,
            Fact::Cleared { unit, by, .. } => self.clear(unit, *by)?,
            Fact::AlertRaised { .. }
            | Fact::LoweringProposed { .. }
            | Fact::AlertLowered { .. } => {
                self.alert(fact, now)?;
            }
            Fact::Confirmed { .. }
            | Fact::AlarmChanged { .. }
            | Fact::Acknowledged { .. }
            | Fact::ErrorDeclared { .. } => (),
        }
        Ok(())
    }

    fn begin(&mut self, id: LotId, product: &ProductName, custody: Custody) -> Rule {
        let given = self.given.get(&id).cloned();
        let run = Run {
            length: given.as_ref().map_or(MAX_COUNT, |lot| lot.count),
            unit: Unit::of(custody).into(),
        };
        let lot = KnownLot {
            product: product.clone(),
            alerts: Alerts::default(),
            given,
            made_of: Vec::new(),
        };
        if self.lots.insert(id, lot).is_some() {
            return Err(ProvenanceError::LotExists);
        }
        let first = UnitId::Run(RunId { lot: id, first: 0 });
        self.units.insert(first, Cell::Run(run));
        Ok(())
    }

    fn pack(&mut self, id: ContainerId, units: &[UnitId], now: Timestamp) -> Rule {
        let key = UnitId::Container(id);
        let mut container = match self.units.remove(&key) {
            Some(Cell::Container(container)) => container,
            _ => {
                let first = units.first().ok_or(ProvenanceError::BadUnits)?;
                Container::begin(id, self.cell(first)?.unit(), now)?
            }
        };
        for unit in units {
            let cell = self.cell_mut(unit)?;
            let height = cell.height();
            container.pack(id, cell.unit_mut(), height, now)?;
            self.inside.entry(id).or_default().insert(*unit);
        }
        self.units.insert(key, Cell::Container(container));
        Ok(())
    }

    fn unpack(&mut self, id: ContainerId, units: &[UnitId], now: Timestamp) -> Rule {
        let key = UnitId::Container(id);
        let Some(Cell::Container(mut container)) = self.units.remove(&key) else {
            return Err(ProvenanceError::UnknownUnit);
        };
        for unit in units {
            container.unpack(id, self.cell_mut(unit)?.unit_mut(), now)?;
            self.inside.entry(id).or_default().remove(unit);
        }
        if container.children > 0 {
            self.units.insert(key, Cell::Container(container));
        }
        Ok(())
    }

    fn transform(&mut self, inputs: &[RunId], outputs: &[LotId], now: Timestamp) -> Rule {
        let mut made_of = Vec::new();
        for input in inputs {
            let run = self.run_mut(*input)?;
            run.unit.retire(End::Transformed, now)?;
            made_of.push(Range::of(*input, run.length));
        }
        for output in outputs {
            let lot = self
                .lots
                .get_mut(output)
                .ok_or(ProvenanceError::UnknownLot)?;
            lot.made_of.clone_from(&made_of);
        }
        Ok(())
    }

    /// The event does not say whether an authority cleared all. It did if it suspected nothing
    /// itself; otherwise only its own word is taken back here, which never makes a unit better than
    /// it is.
    fn clear(&mut self, unit: &UnitId, by: IdentityId) -> Rule {
        let unit = self.unit_mut(unit)?;
        let all = !unit.suspected_by.contains(&by);
        unit.clear(by, all)
    }

    fn alert(&mut self, fact: &Fact, now: Timestamp) -> Rule {
        let notify = self.notify;
        match fact {
            Fact::AlertRaised {
                target,
                alert: Alert::Illegitimate,
                by,
                capacity,
                ..
            } => {
                let Target::Unit(unit) = target else {
                    return Err(ProvenanceError::BadAlert);
                };
                let as_authority = *capacity == provenance::Capacity::Authority;
                let due = now.saturating_add(notify);
                self.unit_mut(unit)?.condemn(*by, as_authority, now, due)
            }
            Fact::AlertRaised { target, alert, .. } => self.change(target, |alerts| {
                alerts.raise(*alert);
                Ok(())
            }),
            Fact::LoweringProposed {
                target,
                alert,
                by,
                ready,
                ..
            } => {
                let delay = ready.saturating_sub(now);
                self.change(target, |alerts| alerts.propose(*alert, *by, now, delay))
            }
            Fact::AlertLowered { target, alert, by } => {
                self.change(target, |alerts| alerts.lower(*alert, *by, now))
            }
            _ => Ok(()),
        }
    }

    fn change(&mut self, target: &Target, change: impl FnOnce(&mut Alerts) -> Rule) -> Rule {
        match target {
            Target::Product(name) => {
                let alerts = self.products.get_mut(&name.encode());
                change(alerts.ok_or(ProvenanceError::UnknownProduct)?)
            }
            Target::Lot(lot) => {
                let lot = self.lots.get_mut(lot);
                change(&mut lot.ok_or(ProvenanceError::UnknownLot)?.alerts)
            }
            Target::Unit(unit) => {
                let unit = self.unit_mut(unit)?;
                let mut alerts = unit.alerts;
                change(&mut alerts)?;
                unit.set_alerts(alerts);
                Ok(())
            }
        }
    }

    fn cell(&self, unit: &UnitId) -> Rule<&Cell> {
        self.units.get(unit).ok_or(ProvenanceError::UnknownUnit)
    }

    fn cell_mut(&mut self, unit: &UnitId) -> Rule<&mut Cell> {
        self.units.get_mut(unit).ok_or(ProvenanceError::UnknownUnit)
    }

    fn unit_mut(&mut self, unit: &UnitId) -> Rule<&mut Unit> {
        self.cell_mut(unit).map(Cell::unit_mut)
    }

    fn live(&mut self, unit: &UnitId) -> Rule<&mut Custody> {
        self.unit_mut(unit)?.live()
    }

    fn run_mut(&mut self, run: RunId) -> Rule<&mut Run> {
        match self.cell_mut(&UnitId::Run(run))? {
            Cell::Run(run) => Ok(run),
            Cell::Container(_) => Err(ProvenanceError::UnknownUnit),
        }
    }
}
