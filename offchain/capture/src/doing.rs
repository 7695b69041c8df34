//! Carries actions out on the copy, by the contract's own rules.

mod dispensing;
mod making;
mod moving;
mod warning;

use crate::world::{Stop, World};
use allive_olife_id_interface::{IdentityId, Topic};
use provenance::{Action, Cell, Custody, NewLot, Place, ProvenanceError, UnitId};

impl World<'_> {
    /// Carries out an action of a party, or says why the contract would refuse it.
    pub fn apply(&mut self, by: IdentityId, action: &Action) -> Result<(), Stop> {
        match action {
            Action::Commission { lot, site } => self.commission(by, lot, *site),
            Action::Split { run, length } => self.split(by, *run, *length),
            Action::Pack { container, units } => self.pack(by, *container, units),
            Action::Unpack { container, units } => self.unpack(by, *container, units),
            Action::Ship { unit, to, until } => self.ship(by, *unit, *to, *until),
            Action::Receive { unit, role, site } => self.receive(by, *unit, *role, *site),
            Action::Refuse { unit } => {
                let now = self.now;
                self.change(*unit, |cell| cell.unit_mut().live()?.refuse(by, now))
            }
            Action::CallBack { unit } => {
                let now = self.now;
                self.only_holder(by, *unit)?;
                self.change(*unit, |cell| cell.unit_mut().live()?.call_back(now))
            }
            Action::Retire { unit, end } => self.retire(by, *unit, *end),
            Action::Dispense {
                claim, role, site, ..
            } => self.dispense(by, claim, *role, *site, false),
            Action::DispensePart {
                claim, role, site, ..
            } => self.dispense(by, claim, *role, *site, true),
            Action::Raise {
                target,
                alert,
                capacity,
                ..
            } => self.raise(by, target, *alert, *capacity),
            Action::Suspect { unit, capacity, .. } => {
                self.concerned(by, *unit, *capacity)?;
                self.change(*unit, |cell| cell.unit_mut().suspect(by))
            }
            Action::Report { unit, window } => {
                self.known_cell(*unit)?;
                self.attested(by, Topic::LOGGER)?;
                let now = self.now;
                self.change(*unit, |cell| {
                    cell.unit_mut().watch_mut().report(by, window, now)
                })
            }
            Action::Transform {
                inputs,
                outputs,
                kind,
            } => {
                let outputs: Vec<&NewLot> = outputs.iter().map(|output| &**output).collect();
                self.transform(by, inputs, &outputs, *kind)
            }
            Action::DeclareError { declaration } => Ok(declaration.check()?),
            // Nothing else is planned.
            _ => Ok(()),
        }
    }

    fn change(
        &mut self,
        id: UnitId,
        change: impl FnOnce(&mut Cell) -> Result<(), ProvenanceError>,
    ) -> Result<(), Stop> {
        let mut cell = self.known_cell(id)?;
        change(&mut cell)?;
        self.keep(id, Some(cell));
        Ok(())
    }

    fn attested(&mut self, by: IdentityId, role: Topic) -> Result<(), Stop> {
        match self.ledger.attested(by, role)? {
            true => Ok(()),
            false => Err(ProvenanceError::NotAttested.into()),
        }
    }

    /// Refuses whoever does not have what this custody is of.
    fn only(&mut self, by: IdentityId, custody: &Custody) -> Result<(), Stop> {
        if !self.ledger.acts(by, custody.role)? {
            return Err(ProvenanceError::NoStanding.into());
        }
        if custody.holder == by {
            Ok(())
        } else {
            Err(ProvenanceError::NotHolder.into())
        }
    }

    fn only_holder(&mut self, by: IdentityId, unit: UnitId) -> Result<(), Stop> {
        let cell = self.known_cell(unit)?;
        let custody = *cell.unit().custody()?;
        self.only(by, &custody)
    }

    /// Whether somebody has a unit by itself, not on its way, so that it can be split or packed.
    pub fn has_at_hand(&mut self, by: IdentityId, cell: &Cell) -> bool {
        match &cell.unit().place {
            Place::Free(custody) => {
                custody.holder == by
                    && custody.transit(self.now).is_none()
                    && cell.unit().retired.is_none()
            }
            Place::Inside(_) => false,
        }
    }
}
