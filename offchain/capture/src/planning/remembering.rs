//! What later events depend on: what is in containers, and what is wrong already.

use super::Planner;
use crate::finding::{count, lists};
use allive_epcis::{
    document::{Action, Thing},
    identifiers::Epc,
    Event,
};

impl Planner<'_> {
    /// Forgets faults that follow from those of an earlier event.
    pub(super) fn sift(&mut self, events: &[Event], known: usize) {
        if self.faults.len() == known {
            return;
        }
        let follows = events
            .iter()
            .flat_map(named)
            .any(|thing| self.broken.contains(thing));
        let mut place = 0_usize;
        self.faults.retain(|fault| {
            place = place.saturating_add(1);
            place <= known || !follows || !fault.problem.may_follow()
        });
        self.broken.extend(events.iter().flat_map(named).cloned());
    }

    /// Keeps in mind what the document says to be in a container.
    pub(super) fn remember(&mut self, event: &Event) {
        let Some(Thing::Epc(Epc::Sscc(sscc))) = &event.parent else {
            return;
        };
        let is_annulled = event.is_declaration() || self.annulled.contains_key(&event.hash);
        if is_annulled || lists(event).0 != "childEPCs" {
            return;
        }
        let children = event.things.iter().map(|thing| (thing, None));
        let pieces = event.quantities.iter().map(|quantity| {
            let count = count(quantity).unwrap_or_default();
            (&quantity.class, Some(count))
        });
        let children = children.chain(pieces);
        match event.action {
            Some(Action::Add) => {
                let inside = self.inside.entry(*sscc).or_default();
                for (child, count) in children {
                    let before = inside.get(child).copied().flatten();
                    let count = count.map(|count| count.saturating_add(before.unwrap_or_default()));
                    inside.insert(child.clone(), count);
                }
            }
            Some(Action::Delete) if event.things.is_empty() && event.quantities.is_empty() => {
                self.inside.remove(sscc);
            }
            Some(Action::Delete) => {
                let inside = self.inside.entry(*sscc).or_default();
                for (child, count) in children {
                    let before = inside.get(child).copied().flatten();
                    let left = before
                        .zip(count)
                        .map(|(all, gone)| all.saturating_sub(gone));
                    match left.filter(|left| *left > 0) {
                        Some(left) => inside.insert(child.clone(), Some(left)),
                        None => inside.remove(child),
                    };
                }
            }
            _ => (),
        }
    }
}

/// Everything that an event names.
pub fn named(event: &Event) -> impl Iterator<Item = &Thing> {
    let classes = event.quantities.iter().chain(&event.input_quantities);
    let things = event.things.iter().chain(&event.parent);
    let things = things.chain(&event.inputs).chain(&event.outputs);
    let classes = classes.chain(&event.output_quantities);
    things.chain(classes.map(|quantity| &quantity.class))
}
