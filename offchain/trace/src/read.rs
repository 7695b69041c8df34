//! Events as the chain has them, made facts. Nothing else knows how they look there.

use crate::Fact;
use allive_calls::Event;
use allive_storage::Boxed;
use provenance::{
    Acknowledged, AlarmChanged, AlertLowered, AlertRaised, Cleared, ErrorDeclared, LoggerChanged,
    LoweringProposed, ProductChanged, Redirected, Released, Step, Suspected, Traced,
};

/// What an event of provenance says. None for an event that is no part of the life of a pack, such
/// as one of ownership.
pub fn read(event: &Event) -> Option<Fact> {
    if let Some(Traced { step }) = event.decode() {
        return Some(taken(step));
    }
    // Each has a topic of its own, so the order does not matter.
    macro_rules! one_of {
        ($($name:ident { $($field:ident),* } => $fact:expr;)*) => {
            $(if let Some($name { $($field,)* .. }) = event.decode::<$name>() {
                return Some($fact);
            })*
        };
    }
    one_of! {
        ProductChanged { name, product } => Fact::ProductChanged { name, product };
        Redirected { unit, holder, by, to, ready, until } =>
            Fact::Redirected { unit, holder, by, to, ready, until };
        AlarmChanged { pack, alarm, by, reason } => Fact::AlarmChanged { pack, alarm, by, reason };
        AlertRaised { target, alert, by, capacity, reason } =>
            Fact::AlertRaised { target, alert, by, capacity, reason };
        LoweringProposed { target, alert, by, capacity, ready } =>
            Fact::LoweringProposed { target, alert, by, capacity, ready };
        AlertLowered { target, alert, by } => Fact::AlertLowered { target, alert, by };
        Acknowledged { target, by } => Fact::Acknowledged { target, by };
        Suspected { unit, by, capacity, reason } => Fact::Suspected { unit, by, capacity, reason };
        Cleared { unit, by, reason } => Fact::Cleared { unit, by, reason };
        LoggerChanged { unit, holder, logger } =>
            Fact::LoggerChanged { unit, holder, logger: logger.map(Boxed::into_inner) };
        Released { unit, by, capacity, written_off, reason } =>
            Fact::Released { unit, by, capacity, written_off, reason };
        ErrorDeclared { event, by, reason, corrected_by } =>
            Fact::ErrorDeclared { event, by, reason, corrected_by };
    }
    None
}

/// What a step of every day says.
fn taken(step: Step) -> Fact {
    macro_rules! same {
        ($($step:ident { $($field:ident),* } => $fact:ident;)*) => {
            match step {
                Step::WindowReported { unit, logger, window } => {
                    let window = window.into_inner();
                    Fact::WindowReported { unit, logger, window }
                }
                $(Step::$step { $($field),* } => Fact::$fact { $($field),* },)*
            }
        };
    }
    same! {
        LotCommissioned { lot, product, maker, site } => Commissioned;
        RunSplit { run, rest } => Split;
        RunsJoined { run, next } => Joined;
        Packed { container, units } => Packed;
        Unpacked { container, units } => Unpacked;
        Shipped { unit, holder, role, to, until } => Shipped;
        Received { unit, holder, role, site } => Received;
        Refused { unit, by } => Refused;
        CalledBack { unit, holder } => CalledBack;
        Moved { unit, holder, site } => Moved;
        UnitRetired { unit, end, by, site } => Retired;
        UnitRestored { unit, by } => Restored;
        PackDispensed { pack, dispenser, role, prescription } => Dispensed;
        PartDispensed { pack, dispenser, role, prescription } => PartDispensed;
        DispensingUndone { pack, by } => DispensingUndone;
        PackConfirmed { pack } => Confirmed;
        Transformed { inputs, outputs, kind, by, site } => Transformed;
    }
}
