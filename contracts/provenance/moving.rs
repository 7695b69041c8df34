//! Holders: runs, containers and custody.

use crate::{
    acting::Actor, Cell, Container, ContainerId, Custody, End, Place, Provenance, ProvenanceError,
    Raised, Run, RunId, Step, Unit, UnitId, CUSTODIANS, MAX_UNITS,
};
use allive_access::Timestamp;
use allive_olife_id_interface::{IdentityId, Topic};
use ink::{codegen::Env as _, prelude::vec::Vec};

impl Provenance {
    #[inline(never)]
    pub(crate) fn split(
        &mut self,
        actor: &Actor,
        id: RunId,
        length: u64,
    ) -> Result<(), ProvenanceError> {
        let mut run = self.run(id)?;
        self.only_holder(actor, run.unit.custody()?)?;
        let (rest, cell) = run.split(id, length, self.env().block_timestamp())?;
        self.keep(UnitId::Run(id), Cell::Run(run));
        self.keep(UnitId::Run(rest), Cell::Run(cell));
        let rest = rest.first;
        self.trace(Step::RunSplit { run: id, rest });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn join(&mut self, actor: &Actor, id: RunId) -> Result<(), ProvenanceError> {
        let mut run = self.run(id)?;
        self.only_holder(actor, run.unit.custody()?)?;
        let first = id.first.saturating_add(run.length);
        let next = RunId { first, ..id };
        run.join(&self.run(next)?, self.env().block_timestamp())?;
        self.keep(UnitId::Run(id), Cell::Run(run));
        self.units.remove(UnitId::Run(next));
        self.trace(Step::RunsJoined {
            run: id,
            next: first,
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn pack(
        &mut self,
        actor: &Actor,
        id: ContainerId,
        units: Vec<UnitId>,
    ) -> Result<(), ProvenanceError> {
        let now = self.env().block_timestamp();
        let first = only_some(&units)?;
        let mut container = match self.container(id) {
            Ok(container) => container,
            Err(_) => Container::begin(id, self.cell(first)?.unit(), now)?,
        };
        self.only_holder(actor, container.unit.custody()?)?;
        for unit in &units {
            // The container itself would be written over below.
            if *unit == UnitId::Container(id) {
                return Err(ProvenanceError::Inside);
            }
            let mut cell = self.cell(unit)?;
            let height = cell.height();
            container.pack(id, cell.unit_mut(), height, now)?;
            self.keep(*unit, cell);
        }
        self.keep(UnitId::Container(id), Cell::Container(container));
        self.trace(Step::Packed {
            container: id,
            units,
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn unpack(
        &mut self,
        actor: &Actor,
        id: ContainerId,
        units: Vec<UnitId>,
    ) -> Result<(), ProvenanceError> {
        let now = self.env().block_timestamp();
        only_some(&units)?;
        let mut container = self.container(id)?;
        self.only_holder(actor, container.unit.custody()?)?;
        for unit in &units {
            let mut cell = self.cell(unit)?;
            container.unpack(id, cell.unit_mut(), now)?;
            self.keep(*unit, cell);
        }
        let key = UnitId::Container(id);
        if container.children == 0 {
            self.units.remove(key);
        } else {
            self.keep(key, Cell::Container(container));
        }
        self.trace(Step::Unpacked {
            container: id,
            units,
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn ship(
        &mut self,
        actor: &Actor,
        unit: UnitId,
        to: IdentityId,
        until: Timestamp,
    ) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&unit)?;
        let custody = cell.unit_mut().live()?;
        let holder = self.only_holder(actor, custody)?;
        let now = self.env().block_timestamp();
        custody.ship(to, until, now, self.setup.terms.longest_transit)?;
        let role = custody.role;
        self.keep(unit, cell);
        self.trace(Step::Shipped {
            unit,
            holder,
            role,
            to,
            until,
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn receive(
        &mut self,
        actor: &Actor,
        unit: UnitId,
        role: Topic,
        site: u64,
    ) -> Result<(), ProvenanceError> {
        if role.bit() & CUSTODIANS == 0 {
            return Err(ProvenanceError::BadRole);
        }
        let mut cell = self.cell(&unit)?;
        let custody = cell.unit_mut().live()?;
        let holder = self.attested(actor, role)?;
        custody.receive(holder, role, site, self.env().block_timestamp())?;
        self.keep(unit, cell);
        self.trace(Step::Received {
            unit,
            holder,
            role,
            site,
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn refuse(&mut self, actor: &Actor, unit: UnitId) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&unit)?;
        let custody = cell.unit_mut().live()?;
        let by = self.identity(actor, CUSTODIANS)?;
        custody.refuse(by, self.env().block_timestamp())?;
        self.keep(unit, cell);
        self.trace(Step::Refused { unit, by });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn call_back(&mut self, actor: &Actor, unit: UnitId) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&unit)?;
        let custody = cell.unit_mut().live()?;
        let holder = self.only_holder(actor, custody)?;
        custody.call_back(self.env().block_timestamp())?;
        self.keep(unit, cell);
        self.trace(Step::CalledBack { unit, holder });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn move_to(
        &mut self,
        actor: &Actor,
        unit: UnitId,
        site: u64,
    ) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&unit)?;
        let custody = cell.unit_mut().live()?;
        let holder = self.only_holder(actor, custody)?;
        custody.move_to(site, self.env().block_timestamp())?;
        self.keep(unit, cell);
        self.trace(Step::Moved { unit, holder, site });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn retire(
        &mut self,
        actor: &Actor,
        unit: UnitId,
        end: End,
    ) -> Result<(), ProvenanceError> {
        // Whoever says so names what was made of it, or proves which pack was opened.
        if matches!(end, End::Transformed | End::PartlyDispensed) {
            return Err(ProvenanceError::BadEnd);
        }
        let mut cell = self.cell(&unit)?;
        let custody = *cell.unit().custody()?;
        let by = self.only_holder(actor, &custody)?;
        cell.unit_mut().retire(end, self.env().block_timestamp())?;
        self.keep(unit, cell);
        self.trace(Step::UnitRetired {
            unit,
            end,
            by,
            site: custody.site,
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn restore(&mut self, actor: &Actor, unit: UnitId) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&unit)?;
        let by = self.only_holder(actor, cell.unit().custody()?)?;
        let now = self.env().block_timestamp();
        let said = self.said_of_lot(&unit, now)?;
        let restored = cell.unit_mut();
        restored.restore(said, now, self.setup.terms.undo)?;
        self.keep(unit, cell);
        self.trace(Step::UnitRestored { unit, by });
        Ok(())
    }

    /// What is said of the lot of a run, and of its product. A lot that has expired cannot be
    /// brought back, just as one that was withdrawn. What is in a container keeps its own state.
    fn said_of_lot(&self, unit: &UnitId, now: Timestamp) -> Result<Raised, ProvenanceError> {
        let UnitId::Run(run) = unit else {
            return Ok(Raised::default());
        };
        let lot = self.known_lot(&run.lot)?;
        if lot.has_expired(now) {
            return Err(ProvenanceError::Final);
        }
        let product = self.known_product(&lot.product)?;
        Ok(lot.alerts.raised.and(product.alerts.raised))
    }

    /// Where something is: the custody of the outermost container above it. Calls `seen` with each
    /// of these containers.
    pub(crate) fn outermost(&self, unit: &Unit, mut seen: impl FnMut(&Unit)) -> Custody {
        let mut place = unit.place;
        loop {
            match place {
                Place::Free(custody) => return custody,
                Place::Inside(container) => match self.container(container) {
                    Ok(above) => {
                        seen(&above.unit);
                        place = above.unit.place;
                    }
                    Err(_) => unreachable!("a container lasts until its last child leaves it"),
                },
            }
        }
    }

    pub(crate) fn cell(&self, unit: &UnitId) -> Result<Cell, ProvenanceError> {
        self.units.get(unit).ok_or(ProvenanceError::UnknownUnit)
    }

    pub(crate) fn run(&self, id: RunId) -> Result<Run, ProvenanceError> {
        match self.cell(&UnitId::Run(id))? {
            Cell::Run(run) => Ok(run),
            Cell::Container(_) => Err(ProvenanceError::UnknownUnit),
        }
    }

    fn container(&self, id: ContainerId) -> Result<Container, ProvenanceError> {
        match self.cell(&UnitId::Container(id))? {
            Cell::Container(container) => Ok(container),
            Cell::Run(_) => Err(ProvenanceError::UnknownUnit),
        }
    }

    pub(crate) fn keep(&mut self, unit: UnitId, cell: Cell) {
        self.units.insert(unit, &cell);
    }
}

/// The first unit, if there are not too many.
fn only_some(units: &[UnitId]) -> Result<&UnitId, ProvenanceError> {
    let first = units.first().filter(|_| units.len() <= MAX_UNITS);
    first.ok_or(ProvenanceError::BadUnits)
}
