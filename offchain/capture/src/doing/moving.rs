//! Runs, containers and custody.

use crate::world::{Stop, World};
use allive_access::Timestamp;
use allive_olife_id_interface::{IdentityId, Topic};
use provenance::{
    Cell, Container, ContainerId, End, ProvenanceError, RunId, UnitId, CUSTODIANS, MAX_UNITS,
};

impl World<'_> {
    pub(super) fn split(&mut self, by: IdentityId, id: RunId, length: u64) -> Result<(), Stop> {
        let mut run = self.known_run(id)?;
        let custody = *run.unit.custody()?;
        self.only(by, &custody)?;
        let (rest, cell) = run.split(id, length, self.now)?;
        self.keep(UnitId::Run(id), Some(Cell::Run(run)));
        self.keep(UnitId::Run(rest), Some(Cell::Run(cell)));
        Ok(())
    }

    pub(super) fn pack(
        &mut self,
        by: IdentityId,
        id: ContainerId,
        units: &[UnitId],
    ) -> Result<(), Stop> {
        let now = self.now;
        let first = units.first().filter(|_| units.len() <= MAX_UNITS);
        let first = *first.ok_or(ProvenanceError::BadUnits)?;
        let mut container = match self.cell(UnitId::Container(id))? {
            Some(Cell::Container(container)) => container,
            _ => Container::begin(id, self.known_cell(first)?.unit(), now)?,
        };
        let custody = *container.unit.custody()?;
        self.only(by, &custody)?;
        let mut packed = Vec::with_capacity(units.len());
        for unit in units {
            if *unit == UnitId::Container(id) {
                return Err(ProvenanceError::Inside.into());
            }
            let mut cell = self.known_cell(*unit)?;
            let height = cell.height();
            container.pack(id, cell.unit_mut(), height, now)?;
            packed.push((*unit, cell));
        }
        for (unit, cell) in packed {
            self.keep(unit, Some(cell));
        }
        self.keep(UnitId::Container(id), Some(Cell::Container(container)));
        Ok(())
    }

    pub(super) fn unpack(
        &mut self,
        by: IdentityId,
        id: ContainerId,
        units: &[UnitId],
    ) -> Result<(), Stop> {
        let key = UnitId::Container(id);
        if units.is_empty() || units.len() > MAX_UNITS {
            return Err(ProvenanceError::BadUnits.into());
        }
        let Cell::Container(mut container) = self.known_cell(key)? else {
            return Err(ProvenanceError::UnknownUnit.into());
        };
        let custody = *container.unit.custody()?;
        self.only(by, &custody)?;
        let mut unpacked = Vec::with_capacity(units.len());
        for unit in units {
            let mut cell = self.known_cell(*unit)?;
            container.unpack(id, cell.unit_mut(), self.now)?;
            unpacked.push((*unit, cell));
        }
        for (unit, cell) in unpacked {
            self.keep(unit, Some(cell));
        }
        let left = (container.children > 0).then_some(Cell::Container(container));
        self.keep(key, left);
        Ok(())
    }

    pub(super) fn ship(
        &mut self,
        by: IdentityId,
        unit: UnitId,
        to: IdentityId,
        until: Timestamp,
    ) -> Result<(), Stop> {
        let mut cell = self.known_cell(unit)?;
        let custody = *cell.unit_mut().live()?;
        self.only(by, &custody)?;
        let (now, longest) = (self.now, self.terms.longest_transit);
        self.change(unit, |cell| {
            cell.unit_mut().live()?.ship(to, until, now, longest)
        })
    }

    pub(super) fn receive(
        &mut self,
        by: IdentityId,
        unit: UnitId,
        role: Topic,
        site: u64,
    ) -> Result<(), Stop> {
        if role.bit() & CUSTODIANS == 0 {
            return Err(ProvenanceError::BadRole.into());
        }
        self.known_cell(unit)?.unit_mut().live()?;
        self.attested(by, role)?;
        let now = self.now;
        self.change(unit, |cell| {
            cell.unit_mut().live()?.receive(by, role, site, now)
        })
    }

    pub(super) fn retire(&mut self, by: IdentityId, unit: UnitId, end: End) -> Result<(), Stop> {
        if matches!(end, End::Transformed | End::PartlyDispensed) {
            return Err(ProvenanceError::BadEnd.into());
        }
        self.only_holder(by, unit)?;
        let now = self.now;
        self.change(unit, |cell| cell.unit_mut().retire(end, now))
    }
}
