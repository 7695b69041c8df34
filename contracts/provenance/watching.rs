//! The cold chain: who names loggers, what these report, and who answers for an excursion.

use crate::{
    acting::Actor, Capacity, LoggerChanged, NewLogger, Outside, Provenance, ProvenanceError,
    Reason, Released, Step, UnitId, Window,
};
use allive_olife_id_interface::Topic;
use allive_storage::Boxed;
use ink::{codegen::Env as _, prelude::vec::Vec};

impl Provenance {
    #[inline(never)]
    pub(crate) fn watch(
        &mut self,
        actor: &Actor,
        id: UnitId,
        logger: Option<Boxed<NewLogger>>,
    ) -> Result<(), ProvenanceError> {
        let mut cell = self.cell(&id)?;
        let unit = cell.unit_mut();
        let holder = self.only_holder(actor, unit.live()?)?;
        let now = self.env().block_timestamp();
        unit.watch_mut().name(logger.as_ref(), now)?;
        unit.forget_empty_watch();
        self.keep(id, cell);
        let unit = id;
        self.env().emit_event(LoggerChanged {
            unit,
            holder,
            logger,
        });
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
        unit.watch_mut()
            .report(logger, &window, self.env().block_timestamp())?;
        self.keep(id, cell);
        self.trace(Step::WindowReported {
            unit: id,
            logger,
            window,
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
        let role = match capacity {
            Capacity::Authority => Topic::AUTHORITY,
            _ => Topic::QUALITY,
        };
        let by = self.attested(actor, role)?;
        match capacity {
            Capacity::Maker if self.maker_of_unit(&id)?.0 != by => {
                return Err(ProvenanceError::NotMaker)
            }
            Capacity::Custodian if self.outermost(cell.unit(), |_| ()).holder != by => {
                return Err(ProvenanceError::NotHolder)
            }
            _ => (),
        }
        let unit = cell.unit_mut();
        unit.watch_mut().write_off(&written_off)?;
        unit.forget_empty_watch();
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
