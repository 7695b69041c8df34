//! What the events of a document say together: of each thing, one story.
//!
//! Events are taken in the order of the document, which is the order in which they would be carried
//! out. What happened before the document is not known: a thing may have begun, and may be in any
//! container, until an event says so. An event that is declared an error in the same document, and
//! the declaration, tell no story.

use std::collections::{HashMap, HashSet};

use super::{
    event::{Action, Event, EventKind},
    fault::{Fault, Problem},
    thing::Thing,
};
use crate::{EventHash, Timestamp};

/// How many containers can be in one another.
pub const MAX_LEVELS: usize = 4;

/// Notes what does not fit together.
pub fn check(events: &[Event]) -> Vec<Fault> {
    let mut faults = Vec::new();
    check_identity(events, &mut faults);
    let annulled: HashSet<EventHash> = events
        .iter()
        .filter(|event| event.is_declaration())
        .map(|event| event.hash)
        .collect();
    let mut story = Story {
        lives: HashMap::new(),
        faults,
    };
    for event in events.iter().filter(|it| !annulled.contains(&it.hash)) {
        story.tell(event);
    }
    story.faults
}

/// Notes events that are there twice, and names that two events have.
fn check_identity(events: &[Event], faults: &mut Vec<Fault>) {
    let mut by_hash: HashMap<(EventHash, bool), usize> = HashMap::new();
    let mut by_name: HashMap<&str, (usize, EventHash)> = HashMap::new();
    for event in events {
        let mut note = |field: &str, problem| {
            faults.push(Fault {
                event: Some(event.index),
                field: field.to_owned(),
                problem,
            });
        };
        let key = (event.hash, event.is_declaration());
        match by_hash.get(&key) {
            Some(&first) => note("", Problem::SameEvent { first }),
            None => {
                by_hash.insert(key, event.index);
            }
        }
        let Some(name) = event.id.as_deref() else {
            continue;
        };
        match by_name.get(name) {
            // A declaration has the name of the event that it is about.
            Some(&(first, hash)) if hash != event.hash => {
                note("eventID", Problem::SameName { first });
            }
            Some(_) => (),
            None => {
                by_name.insert(name, (event.index, event.hash));
            }
        }
    }
}

/// What is known of a thing.
#[derive(Default)]
struct Life<'e> {
    /// The last event that named it, by time.
    last: Option<(Timestamp, usize)>,
    /// The event that ended it.
    ended: Option<usize>,
    container: Container<'e>,
    /// What is in it.
    inside: HashSet<&'e Thing>,
    /// How many things of each height are in it.
    heights: [usize; MAX_LEVELS],
}

#[derive(Clone, Copy, Default)]
enum Container<'e> {
    /// Nothing was said.
    #[default]
    Unknown,
    /// It is in none.
    None,
    /// It is in this one since that event.
    In(&'e Thing, usize),
}

struct Story<'e> {
    lives: HashMap<&'e Thing, Life<'e>>,
    faults: Vec<Fault>,
}

impl<'e> Story<'e> {
    fn note(&mut self, event: &Event, field: String, problem: Problem) {
        self.faults.push(Fault {
            event: Some(event.index),
            field,
            problem,
        });
    }

    fn tell(&mut self, event: &'e Event) {
        let (things, begin, end) = match event.kind {
            EventKind::Object => (
                "epcList",
                event.action == Some(Action::Add),
                event.action == Some(Action::Delete),
            ),
            EventKind::Transaction => ("epcList", false, false),
            _ => ("childEPCs", false, false),
        };
        if let Some(parent) = &event.parent {
            self.name(event, parent, || "parentID".to_owned(), false, false);
        }
        for (place, thing) in event.things.iter().enumerate() {
            self.name(event, thing, || format!("{things}[{place}]"), begin, end);
        }
        for (place, thing) in event.inputs.iter().enumerate() {
            self.name(
                event,
                thing,
                || format!("inputEPCList[{place}]"),
                false,
                true,
            );
        }
        let inputs: HashSet<&Thing> = event.inputs.iter().collect();
        for (place, thing) in event.outputs.iter().enumerate() {
            // That has been noted of the event alone.
            if inputs.contains(thing) {
                continue;
            }
            self.name(
                event,
                thing,
                || format!("outputEPCList[{place}]"),
                true,
                false,
            );
        }
        if event.kind == EventKind::Aggregation {
            self.pack(event);
        }
    }

    /// An event names a thing, which may begin or end with it.
    fn name(
        &mut self,
        event: &Event,
        thing: &'e Thing,
        field: impl Fn() -> String,
        begins: bool,
        ends: bool,
    ) {
        let life = self.lives.entry(thing).or_default();
        let (last, ended) = (life.last, life.ended);
        if ends && ended.is_none() {
            life.ended = Some(event.index);
        }
        if last.is_none_or(|(time, _)| time <= event.time) {
            life.last = Some((event.time, event.index));
        }
        let name = || thing.to_string();
        let problem = match (ended, last) {
            (Some(first), _) => Problem::AfterItsEnd {
                thing: name(),
                first,
            },
            (None, Some((_, first))) if begins => Problem::BeforeItsBeginning {
                thing: name(),
                first,
            },
            (None, Some((time, first))) if time > event.time => Problem::OutOfOrder {
                thing: name(),
                first,
            },
            _ => return,
        };
        self.note(event, field(), problem);
    }

    fn pack(&mut self, event: &'e Event) {
        let Some(parent) = &event.parent else {
            return;
        };
        match event.action {
            Some(Action::Add) => {
                for (place, child) in event.things.iter().enumerate() {
                    if child != parent {
                        if let Err(problem) = self.put(event, child, parent) {
                            self.note(event, format!("childEPCs[{place}]"), problem);
                        }
                    }
                }
            }
            Some(Action::Delete) if event.things.is_empty() && event.quantities.is_empty() => {
                let life = self.lives.entry(parent).or_default();
                let all: Vec<&'e Thing> = life.inside.iter().copied().collect();
                for child in all {
                    self.take_out(child);
                }
            }
            Some(Action::Delete) => {
                for (place, child) in event.things.iter().enumerate() {
                    let elsewhere = self.lives.get(child).is_some_and(|life| {
                        !life.is_in(parent) && !matches!(life.container, Container::Unknown)
                    });
                    if elsewhere {
                        let container = parent.to_string();
                        self.note(
                            event,
                            format!("childEPCs[{place}]"),
                            Problem::NotInside { container },
                        );
                    } else {
                        self.take_out(child);
                    }
                }
            }
            _ => (),
        }
    }

    fn put(&mut self, event: &Event, child: &'e Thing, parent: &'e Thing) -> Result<(), Problem> {
        let life = self.lives.entry(child).or_default();
        if let Container::In(container, event) = life.container {
            return Err(Problem::StillInside {
                container: container.to_string(),
                event,
            });
        }
        let height = life.height(child);
        let mut above = 0usize;
        let mut at = parent;
        // The chain upwards is short: it was checked when it was made.
        loop {
            if at == child {
                return Err(Problem::InsideItself {
                    thing: child.to_string(),
                });
            }
            above = above.saturating_add(1);
            match self.lives.get(at).map(|life| life.container) {
                Some(Container::In(next, _)) => at = next,
                _ => break,
            }
        }
        let level = above.saturating_add(height);
        if level > MAX_LEVELS {
            return Err(Problem::TooDeep {
                level,
                limit: MAX_LEVELS,
            });
        }
        let life = self.lives.entry(child).or_default();
        life.container = Container::In(parent, event.index);
        self.lives.entry(parent).or_default().inside.insert(child);
        self.count(parent, None, Some(height));
        Ok(())
    }

    fn take_out(&mut self, child: &'e Thing) {
        let life = self.lives.entry(child).or_default();
        let height = life.height(child);
        let before = std::mem::replace(&mut life.container, Container::None);
        if let Container::In(parent, _) = before {
            self.lives.entry(parent).or_default().inside.remove(child);
            self.count(parent, Some(height), None);
        }
    }

    /// One of the things in a container is gone, or is new, or has another height. If that changes
    /// the height of the container, the one around it learns it, and so on.
    fn count(&mut self, container: &'e Thing, gone: Option<usize>, new: Option<usize>) {
        let (mut at, mut gone, mut new) = (container, gone, new);
        while let Some(life) = self.lives.get_mut(at) {
            let before = life.height(at);
            if let Some(count) = gone.and_then(|height| life.heights.get_mut(height)) {
                *count = count.saturating_sub(1);
            }
            if let Some(count) = new.and_then(|height| life.heights.get_mut(height)) {
                *count = count.saturating_add(1);
            }
            let after = life.height(at);
            match life.container {
                Container::In(next, _) if before != after => {
                    at = next;
                    (gone, new) = (Some(before), Some(after));
                }
                _ => return,
            }
        }
    }
}

impl Life<'_> {
    fn is_in(&self, parent: &Thing) -> bool {
        matches!(self.container, Container::In(container, _) if container == parent)
    }

    /// How many containers are in one another from this thing downwards, itself included: 0 for
    /// what is no container.
    fn height(&self, thing: &Thing) -> usize {
        let highest = self.heights.iter().rposition(|count| *count > 0);
        match highest {
            Some(height) => height.saturating_add(1),
            None => usize::from(thing.is_container()),
        }
    }
}
