//! Custody, dispensing, alerts and the cold chain.

use super::Draft;
use crate::{trace::Teller, Fact, What};
use allive_olife_id_interface::Topic;
use provenance::{Capacity, Phase, Target, UnitId};

impl Teller {
    pub(super) fn moving(&self, fact: &Fact) -> Option<Draft> {
        let unit = match fact {
            Fact::Shipped { unit, .. }
            | Fact::Redirected { unit, .. }
            | Fact::Received { unit, .. }
            | Fact::Refused { unit, .. }
            | Fact::CalledBack { unit, .. }
            | Fact::Moved { unit, .. }
            | Fact::Retired { unit, .. }
            | Fact::Restored { unit, .. } => unit,
            _ => return None,
        };
        let draft = self.of_unit(unit)?;
        let custody = self.history.custody(unit)?;
        let (holder, role) = (custody.holder, custody.role);
        Some(match fact {
            Fact::Shipped { to, until, .. } => draft
                .tells(What::Shipped {
                    from: holder,
                    to: *to,
                    until: *until,
                    ready: None,
                })
                .by_holder(&custody),
            Fact::Redirected {
                by,
                to,
                ready,
                until,
                ..
            } => draft
                .tells(What::Shipped {
                    from: holder,
                    to: *to,
                    until: *until,
                    ready: Some(*ready),
                })
                .by(*by)
                .role(Topic::AUTHORITY)
                .at(custody.site),
            Fact::Received {
                holder: by,
                role,
                site,
                ..
            } => draft
                .tells(What::Received { from: holder })
                .by(*by)
                .role(*role)
                .at(*site),
            Fact::Refused { by, .. } => draft.tells(What::Refused { holder }).by(*by),
            Fact::CalledBack { .. } => draft.tells(What::CalledBack).by_holder(&custody),
            Fact::Moved { site, .. } => draft.tells(What::Moved).by(holder).role(role).at(*site),
            Fact::Retired { end, .. } => draft.tells(What::Ended(*end)).by_holder(&custody),
            _ => draft.tells(What::Restored).by_holder(&custody),
        })
    }

    pub(super) fn dispensing(&self, fact: &Fact) -> Option<Draft> {
        Some(match fact {
            Fact::Dispensed {
                pack,
                dispenser,
                role,
                prescription,
            }
            | Fact::PartDispensed {
                pack,
                dispenser,
                role,
                prescription,
            } => {
                let prescribed = prescription.is_some();
                let what = match fact {
                    Fact::Dispensed { .. } => What::Dispensed { prescribed },
                    _ => What::PartDispensed { prescribed },
                };
                let draft = self.of_pack(pack)?.tells(what);
                draft.by(dispenser.by).role(*role).at(dispenser.site)
            }
            Fact::DispensingUndone { pack, by } => {
                let (run, _) = self.history.run_of(pack.lot, pack.index)?;
                let custody = self.history.custody(&UnitId::Run(run))?;
                let draft = self.of_pack(pack)?.tells(What::DispensingUndone);
                draft.by(*by).role(custody.role).at(custody.site)
            }
            Fact::Confirmed { pack } => self.of_pack(pack)?.tells(What::Confirmed),
            Fact::AlarmChanged {
                pack, alarm, by, ..
            } => {
                let site = match alarm.phase {
                    Phase::Raised => alarm.second.site,
                    _ => 0,
                };
                self.of_pack(pack)?
                    .tells(What::Alarm(*alarm))
                    .by(*by)
                    .at(site)
            }
            _ => return None,
        })
    }

    pub(super) fn warning(&self, fact: &Fact) -> Option<Draft> {
        let target = match fact {
            Fact::AlertRaised { target, .. }
            | Fact::LoweringProposed { target, .. }
            | Fact::AlertLowered { target, .. }
            | Fact::Acknowledged { target, .. } => target.clone(),
            Fact::Suspected { unit, .. } | Fact::Cleared { unit, .. } => Target::Unit(*unit),
            _ => return None,
        };
        let draft = self.of_target(&target)?;
        Some(match fact {
            Fact::AlertRaised {
                alert,
                by,
                capacity,
                ..
            } => draft
                .tells(What::Raised(*alert))
                .by(*by)
                .capacity(*capacity),
            Fact::LoweringProposed {
                alert,
                by,
                capacity,
                ready,
                ..
            } => {
                let (alert, ready) = (*alert, *ready);
                let what = What::LoweringProposed { alert, ready };
                draft.tells(what).by(*by).capacity(*capacity)
            }
            Fact::AlertLowered { alert, by, .. } => {
                let (alert, others) = (*alert, false);
                let what = What::Lowered { alert, others };
                draft.tells(what).by(*by).capacity(Capacity::Authority)
            }
            Fact::Acknowledged { by, .. } => draft.tells(What::Acknowledged).by(*by),
            Fact::Suspected { by, capacity, .. } => {
                draft.tells(What::Suspected).by(*by).capacity(*capacity)
            }
            Fact::Cleared { by, .. } => draft.tells(What::Cleared).by(*by),
            _ => return None,
        })
    }

    pub(super) fn watching(&self, fact: &Fact) -> Option<Draft> {
        Some(match fact {
            Fact::LoggerChanged { unit, logger, .. } => {
                let custody = self.history.custody(unit)?;
                let what = What::LoggerNamed(logger.clone());
                self.of_unit(unit)?.tells(what).by_holder(&custody)
            }
            Fact::WindowReported {
                unit,
                logger,
                window,
            } => {
                let what = What::Reported {
                    window: window.clone(),
                    measured: Vec::new(),
                };
                let draft = self.of_unit(unit)?.tells(what);
                draft.by(*logger).role(Topic::LOGGER)
            }
            Fact::Released {
                unit,
                by,
                capacity,
                written_off,
                ..
            } => {
                let role = match capacity {
                    Capacity::Authority => Topic::AUTHORITY,
                    _ => Topic::QUALITY,
                };
                let draft = self.of_unit(unit)?;
                let draft = draft.tells(What::Released(written_off.clone()));
                draft.by(*by).role(role).capacity(*capacity)
            }
            _ => return None,
        })
    }
}
