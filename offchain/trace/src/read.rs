//! Events as the chain has them, made facts. Nothing else knows how they look there.

use crate::Fact;
use allive_calls::Event;
use allive_storage::Boxed;
use provenance as on_chain;

/// What an event of provenance says. None for an event that is no part of the life of a pack, such
/// as one of ownership.
pub fn read(event: &Event) -> Option<Fact> {
    use on_chain::*;
    // Each has a topic of its own, so the order does not matter.
    macro_rules! one_of {
        ($($name:ident { $($field:ident),* $(,)? } => $fact:expr;)*) => {
            $(if let Some($name { $($field),* , .. }) = event.decode::<$name>() {
                return Some($fact);
            })*
        };
    }
    one_of! {
        ProductChanged { name, product } => Fact::ProductChanged { name, product };
        LotCommissioned { lot, product, maker, site } => Fact::Commissioned { lot, product, maker, site };
        RunSplit { run, rest } => Fact::Split { run, rest };
        RunsJoined { run, next } => Fact::Joined { run, next };
        Packed { container, units } => Fact::Packed { container, units };
        Unpacked { container, units } => Fact::Unpacked { container, units };
        Shipped { unit, holder, role, to, until } => Fact::Shipped { unit, holder, role, to, until };
        Redirected { unit, holder, by, to, ready, until } => Fact::Redirected { unit, holder, by, to, ready, until };
        Received { unit, holder, role, site } => Fact::Received { unit, holder, role, site };
        Refused { unit, by } => Fact::Refused { unit, by };
        CalledBack { unit, holder } => Fact::CalledBack { unit, holder };
        Moved { unit, holder, site } => Fact::Moved { unit, holder, site };
        UnitRetired { unit, end, by, site } => Fact::Retired { unit, end, by, site };
        UnitRestored { unit, by } => Fact::Restored { unit, by };
        PackDispensed { pack, dispenser, role, prescription } => Fact::Dispensed { pack, dispenser, role, prescription };
        PartDispensed { pack, dispenser, role, prescription } => Fact::PartDispensed { pack, dispenser, role, prescription };
        DispensingUndone { pack, by } => Fact::DispensingUndone { pack, by };
        PackConfirmed { pack } => Fact::Confirmed { pack };
        AlarmChanged { pack, alarm, by, reason } => Fact::AlarmChanged { pack, alarm, by, reason };
        AlertRaised { target, alert, by, capacity, reason } => Fact::AlertRaised { target, alert, by, capacity, reason };
        LoweringProposed { target, alert, by, capacity, ready } => Fact::LoweringProposed { target, alert, by, capacity, ready };
        AlertLowered { target, alert, by } => Fact::AlertLowered { target, alert, by };
        Acknowledged { target, by } => Fact::Acknowledged { target, by };
        Suspected { unit, by, capacity, reason } => Fact::Suspected { unit, by, capacity, reason };
        Cleared { unit, by, reason } => Fact::Cleared { unit, by, reason };
        Transformed { inputs, outputs, kind, by, site } => Fact::Transformed { inputs, outputs, kind, by, site };
        LoggerChanged { unit, holder, logger } => Fact::LoggerChanged { unit, holder, logger: logger.map(Boxed::into_inner) };
        WindowReported { unit, logger, window } => Fact::WindowReported { unit, logger, window: window.into_inner() };
        Released { unit, by, capacity, written_off, reason } => Fact::Released { unit, by, capacity, written_off, reason };
        ErrorDeclared { event, by, reason, corrected_by } => Fact::ErrorDeclared { event, by, reason, corrected_by };
    }
    None
}
