//! What happens by itself when time passes. No event tells it.

use crate::{Fact, History};
use allive_access::Timestamp;
use allive_olife_id_interface::IdentityId;
use provenance::{Cell, Day, LotId, RunId, UnitId, DAY, MINUTE};
use std::collections::BTreeSet;

/// What happens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// A shipment to somebody lapses.
    Lapse {
        unit: UnitId,
        to: IdentityId,
        until: Timestamp,
    },
    /// The logger of a unit, whose last window ended then, has been silent for too long.
    Silent { unit: UnitId, since: Timestamp },
    /// The last day of a lot is over.
    Expired { lot: LotId },
}

/// What may happen by itself, in the order of time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timers(BTreeSet<(Timestamp, Timer)>);

impl Timers {
    /// Takes the next one that is due.
    pub fn due(&mut self, now: Timestamp) -> Option<(Timestamp, Timer)> {
        let next = self.0.first().copied().filter(|(time, _)| *time <= now)?;
        self.0.remove(&next);
        Some(next)
    }

    /// Notes what may follow from a fact that was added to the history.
    pub fn note(&mut self, fact: &Fact, history: &History) {
        match fact {
            Fact::Shipped {
                unit, to, until, ..
            }
            | Fact::Redirected {
                unit, to, until, ..
            } => {
                let (unit, to, until) = (*unit, *to, *until);
                let timer = Timer::Lapse { unit, to, until };
                self.0.insert((until.saturating_add(1), timer));
            }
            Fact::Commissioned { lot, .. } => {
                let given = history.lots.get(lot).and_then(|lot| lot.given.as_ref());
                if let Some(last) = given.and_then(|lot| lot.expiry) {
                    self.0.insert((end_of(last), Timer::Expired { lot: *lot }));
                }
            }
            Fact::LoggerChanged { unit, .. } | Fact::WindowReported { unit, .. } => {
                self.listen(unit, history);
            }
            // These take along the logger of what they leave.
            Fact::Split { run, rest } => {
                let rest = RunId {
                    first: *rest,
                    ..*run
                };
                self.listen(&UnitId::Run(rest), history);
            }
            Fact::Unpacked { units, .. } => {
                for unit in units {
                    self.listen(unit, history);
                }
            }
            _ => (),
        }
    }

    fn listen(&mut self, unit: &UnitId, history: &History) {
        let watch = history
            .units()
            .get(unit)
            .and_then(|cell| cell.unit().watch.as_ref());
        if let Some(logger) = watch.and_then(|watch| watch.logger) {
            let gap = Timestamp::from(logger.longest_gap).saturating_mul(MINUTE);
            let time = logger.until.saturating_add(gap).saturating_add(1);
            let (unit, since) = (*unit, logger.until);
            self.0.insert((time, Timer::Silent { unit, since }));
        }
    }
}

impl Timer {
    /// Whether it still happens: nobody received the shipment, the logger did not report.
    pub fn holds(&self, history: &History) -> bool {
        let cell = |unit| history.units().get(unit).map(Cell::unit);
        match self {
            Self::Lapse { unit, to, until } => {
                let custody = cell(unit).and_then(|unit| unit.custody().ok());
                let shipped = custody.and_then(|custody| custody.shipped);
                shipped.is_some_and(|it| (it.to, it.until) == (*to, *until))
            }
            Self::Silent { unit, since } => {
                let watch = cell(unit).and_then(|unit| unit.watch.as_ref());
                let logger = watch.and_then(|watch| watch.logger);
                logger.is_some_and(|logger| logger.until == *since)
            }
            Self::Expired { .. } => true,
        }
    }
}

/// The first moment after a day.
fn end_of(day: Day) -> Timestamp {
    Timestamp::from(day).saturating_add(1).saturating_mul(DAY)
}
