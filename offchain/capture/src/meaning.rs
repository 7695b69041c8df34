//! What an event means for the chain, by its kind, action, step and disposition.

use allive_epcis::{
    document::{Action, EventKind, Word},
    Event,
};
use provenance::{Alert, End};

/// What an event means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Commission,
    Pack,
    Unpack,
    Ship,
    CallBack,
    Receive,
    /// Goods came, and are not taken.
    Refuse,
    Dispense,
    DispensePart,
    Retire(End),
    /// `None` if it is a recall, whose class is told elsewhere.
    Raise(Option<Alert>),
    Suspect,
    Transform,
    DeclareError,
    /// Nothing, for this reason.
    Nothing(&'static str),
}

/// What an event means. What its sensors say comes besides.
pub fn meaning(event: &Event) -> Meaning {
    use Meaning::Nothing;
    if event.is_declaration() {
        return Meaning::DeclareError;
    }
    match event.kind {
        EventKind::Transformation => Meaning::Transform,
        EventKind::Object => of_objects(event),
        EventKind::Aggregation => packing(event, true),
        EventKind::Association => match packing(event, false) {
            Nothing(_) => Nothing("something was tied to it, such as a logger"),
            packing => packing,
        },
        EventKind::Transaction => match packing(event, false) {
            Nothing(_) => Nothing("a business transaction moves no goods"),
            packing => packing,
        },
    }
}

/// A parent and children, which an aggregation always packs, and others only if their step says so.
fn packing(event: &Event, always: bool) -> Meaning {
    let says = |step| event.step() == Some(step);
    match event.action {
        _ if event.parent.is_none() => Meaning::Nothing("it names no parent"),
        Some(Action::Add) if always || says("packing") => Meaning::Pack,
        Some(Action::Delete) if always || says("unpacking") => Meaning::Unpack,
        _ => Meaning::Nothing("it was seen, and nothing was changed"),
    }
}

fn of_objects(event: &Event) -> Meaning {
    use Meaning::Nothing;
    let states = || {
        event
            .persistent_disposition
            .set
            .iter()
            .chain(&event.disposition)
    };
    let is = |state| states().any(|word| word.is(state));
    let own = |name| states().any(|word| ends_with(word, name));
    if event.things.is_empty() && event.quantities.is_empty() {
        return Nothing("a sensor told of a place");
    }
    if is("stolen") {
        return Meaning::Raise(Some(Alert::Stolen));
    }
    if is("recalled") {
        return Meaning::Raise(None);
    }
    if own("withdrawn") {
        return Meaning::Raise(Some(Alert::Withdrawn));
    }
    if !event.persistent_disposition.unset.is_empty() {
        return Nothing("two parties lower an alert after a delay, and no event does");
    }
    let adds = event.action == Some(Action::Add);
    match event.step() {
        Some("commissioning" | "creating_class_instance") if adds => Meaning::Commission,
        Some("shipping") if own("exported") => Meaning::Retire(End::Exported),
        Some("shipping") => Meaning::Ship,
        Some("void_shipping") => Meaning::CallBack,
        // The sender of a return has authorised it, and takes it.
        Some("receiving") if is("returned") && !is_authorised(event) => Meaning::Refuse,
        Some("receiving") => Meaning::Receive,
        Some("dispensing") if is("partially_dispensed") => Meaning::DispensePart,
        Some("dispensing") => Meaning::Dispense,
        Some("sampling") => Meaning::Retire(End::Sample),
        Some("destroying") => Meaning::Retire(End::Destroyed),
        Some("holding") if is("disposed") => {
            Nothing("it is kept to be destroyed, and not destroyed")
        }
        Some("holding") if is("expired") => Nothing("the chain knows the expiry of its lot"),
        Some("holding") if is("reserved") || is("damaged") => {
            Nothing("the chain has no such state")
        }
        Some("holding") => Meaning::Suspect,
        Some("decommissioning") => {
            Nothing("an identifier was taken off, and the pack is what it was")
        }
        Some("sensor_reporting") => Nothing("nothing but what sensors say"),
        _ if own("exported") => Meaning::Retire(End::Exported),
        _ => Nothing("the chain has no action for this step"),
    }
}

/// Whether a return was authorised by who gets it back.
fn is_authorised(event: &Event) -> bool {
    let mut kinds = event.transactions.iter().filter_map(|it| it.kind.as_ref());
    kinds.any(|kind| kind.is("rma"))
}

/// Whether the URI of a word of one's own ends with this name.
fn ends_with(word: &Word, name: &str) -> bool {
    let Word::Own(uri) = word else {
        return false;
    };
    last_name(uri) == name
}

/// The last part of a URI: behind the last of `/`, `#`, `:` and `-`.
pub fn last_name(uri: &str) -> &str {
    uri.rsplit(['/', '#', ':', '-']).next().unwrap_or(uri)
}
