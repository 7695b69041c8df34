//! Events alone tell what is where: after every message of every test, the facts that
//! [`allive_trace`] reads out of them, replayed, are held against what the contract stores.

use crate::world::*;
use allive_calls::Event;
use allive_trace::{read, History, Moment, Recorded};
use provenance::*;
use std::collections::BTreeMap;

/// What is known from events, and from what the chain answers about lots.
#[derive(Clone)]
pub struct Replay {
    pub history: History,
    events: u32,
}

impl Default for Replay {
    fn default() -> Self {
        Self {
            history: History::new(BTreeMap::new(), NOTIFY),
            events: 0,
        }
    }
}

impl Replay {
    /// Adds what was heard since the last message. Then runs, containers and alerts are those that
    /// the contract stores.
    #[track_caller]
    pub fn check(&mut self, heard: &[(u64, Event)], state: &StoredState) {
        for (id, lot) in &state.lots {
            self.history.give(*id, lot.clone());
        }
        for (time, event) in heard {
            let Some(fact) = read(event) else { continue };
            self.events += 1;
            let at = Moment {
                time: *time,
                block: 0,
                index: self.events,
            };
            let added = self.history.add(&Recorded { at, fact });
            added.unwrap_or_else(|error| panic!("{error}: {event:?}"));
        }
        let replayed: BTreeMap<_, _> = self.history.units().iter().map(known).collect();
        let stored: BTreeMap<_, _> = state.units.iter().map(known).collect();
        assert_eq!(replayed, stored, "events tell something else");
        for (id, lot) in &state.lots {
            let raised = self.history.alerts(&Target::Lot(*id));
            assert_eq!(raised, Some(lot.alerts.raised));
        }
    }
}

/// A unit without what no event tells: whether who acknowledged was an authority, and so, of two
/// verdicts, which one is kept by what leaves a container.
fn known((unit, cell): (&UnitId, &Cell)) -> (UnitId, Cell) {
    let mut cell = cell.clone();
    cell.unit_mut().verdict = None;
    (*unit, cell)
}

/// What is known of a pack, as the replayed events have it, is what the chain answers.
#[track_caller]
pub fn compare(world: &mut World, claim: &Claim, known: &Known) {
    let pack = PackId {
        lot: known.lot,
        index: claim.index,
    };
    let now = world.now();
    let standing = world.replay.history.standing(&pack, now).unwrap();
    let told = (
        standing.state,
        standing.custody,
        standing.suspected,
        standing.cold,
    );
    assert_eq!(
        told,
        (known.state, known.custody, known.suspected, known.cold)
    );
}

#[test]
#[should_panic(expected = "events tell something else")]
fn an_event_that_was_not_heard_is_found_out() {
    let (mut world, run) = commissioned();
    let split = message(&world, None, Action::Split { run, length: 4 });
    world.tell(MAKER, split).unwrap();
    world.check();
}
