//! The cold chain: who names loggers, what these report, and who answers for an excursion.

use crate::{
    acting::Actor, Bound, Capacity, LoggerNamed, Outside, Provenance, ProvenanceError, Reason,
    Released, UnitId, WatchEnded, Window, WindowReported,
};
use allive_olife_id_interface::{IdentityId, Topic};
use allive_storage::Boxed;
use ink::{codegen::Env as _, prelude::vec::Vec};

impl Provenance {
    #[inline(never)]
    pub(crate) fn watch(
        &mut self,
        actor: &Actor,
        id: UnitId,
        logger: IdentityId,
        bounds: Vec<Bound>,
        longest_gap: u32,
    ) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&id)?;
        let unit = cell.unit_mut();
        let holder = self.only_holder(actor, unit.live()?)?;
        let mut watch = unit.watched();
        watch.name(logger, &bounds, longest_gap, self.env().block_timestamp())?;
        unit.keep_watch(watch);
        self.keep(id, cell);
        self.env().emit_event(LoggerNamed {
            unit: id,
            holder,
            logger,
            bounds,
            longest_gap,
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn unwatch(&mut self, actor: &Actor, id: UnitId) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&id)?;
        let unit = cell.unit_mut();
        let holder = self.only_holder(actor, unit.live()?)?;
        let mut watch = unit.watched();
        if watch.logger.is_none() {
            return Err(ProvenanceError::NotLogger);
        }
        watch.end(self.env().block_timestamp());
        unit.keep_watch(watch);
        self.keep(id, cell);
        self.env().emit_event(WatchEnded { unit: id, holder });
        Ok(())
    }

    /// A logger goes on wherever its unit is: in a container, on its way, or after its end, which
    /// can be undone.
    #[inline(never)]
    pub(crate) fn report(
        &mut self,
        actor: &Actor,
        id: UnitId,
        window: Boxed<Window>,
    ) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&id)?;
        let logger = self.attested(actor, Topic::LOGGER)?;
        let unit = cell.unit_mut();
        let mut watch = unit.watched();
        watch.report(logger, &window, self.env().block_timestamp())?;
        unit.keep_watch(watch);
        self.keep(id, cell);
        self.env().emit_event(WindowReported {
            unit: id,
            logger,
            window: window.into_inner(),
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn release(
        &mut self,
        actor: &Actor,
        id: UnitId,
        capacity: Capacity,
        written_off: Vec<Outside>,
        reason: Reason,
    ) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&id)?;
        let (by, owner) = match capacity {
            Capacity::Authority => (self.attested(actor, Topic::AUTHORITY)?, None),
            Capacity::Maker => {
                let (maker, _) = self.maker_of_unit(&id)?;
                (self.attested(actor, Topic::QUALITY)?, Some(maker))
            }
            Capacity::Custodian => {
                let custody = self.outermost(cell.unit(), |_| ());
                (self.attested(actor, Topic::QUALITY)?, Some(custody.holder))
            }
        };
        if owner.is_some_and(|owner| owner != by) {
            return Err(match capacity {
                Capacity::Maker => ProvenanceError::NotMaker,
                _ => ProvenanceError::NotHolder,
            });
        }
        let unit = cell.unit_mut();
        let mut watch = unit.watched();
        watch.write_off(&written_off)?;
        unit.keep_watch(watch);
        self.keep(id, cell);
        self.env().emit_event(Released {
            unit: id,
            by,
            capacity,
            written_off,
            reason,
        });
        Ok(())
    }
}
