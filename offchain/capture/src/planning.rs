//! Goes through a document, event by event.

mod commissioning;
mod custody;
mod declaring;
mod ending;
mod packing;
mod remembering;
mod sensing;
mod transforming;
mod unpacking;
mod warning;

use self::remembering::named;
use crate::{
    meaning::{meaning, Meaning},
    reached::shows,
    who::{actor, Actor},
    world::{Stop, World},
    Deed, Fault, Kept, Ledger, Note, Plan, Problem, Report, Step, Told, Unanswered,
};
use allive_epcis::{
    document::Thing,
    identifiers::{Gln, Sscc},
    Document, Event, EventHash,
};
use allive_olife_id_interface::IdentityId;
use provenance::{Action, ContainerId, LotId};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What tells events apart: the hash, and whether it is a declaration.
pub type EventKey = (EventHash, bool);

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Something in the document would be refused.
    #[error(transparent)]
    Faults(#[from] Report),
    /// The chain did not answer.
    #[error("the chain did not answer")]
    Unanswered(#[from] Unanswered),
}

/// Plans what the events of a document ask of the chain. Of events that were `sent` before, nothing
/// is planned: the ledger shows what they did. `pending` is what was begun of an event and is still
/// to be sent as it is.
///
/// # Errors
/// [`PlanError::Faults`] with everything that the contract would refuse; `Unanswered`.
pub fn plan(
    document: &Document,
    told: &Told,
    ledger: &mut dyn Ledger,
    sent: &HashSet<EventKey>,
    pending: &[(usize, IdentityId, Action)],
) -> Result<Plan, PlanError> {
    let world = World::new(ledger)?;
    let mut planner = Planner::new(document, told, world);
    for (event, by, action) in pending {
        planner.event = *event;
        match planner.world.apply(*by, action) {
            Ok(()) => (),
            Err(Stop::Chain(error)) => return Err(error.into()),
            Err(Stop::Fault(problem)) => {
                planner.note(String::new(), problem);
                let events = document.events.get(*event);
                planner
                    .broken
                    .extend(events.into_iter().flat_map(named).cloned());
            }
        }
    }
    let mut rest = document.events.as_slice();
    while !rest.is_empty() {
        let (events, behind) = rest.split_at(planner.together(rest, sent).min(rest.len()));
        planner.take_in(events, sent)?;
        rest = behind;
    }
    planner.finish()
}

pub struct Planner<'p> {
    pub told: &'p Told,
    pub world: World<'p>,
    pub containers: HashMap<Sscc, ContainerId>,
    /// What the document says to be in a container.
    pub inside: HashMap<Sscc, BTreeMap<Thing, Option<u64>>>,
    /// The lots of which files are at hand.
    pub lots_found: HashMap<usize, LotId>,
    /// Which event commissions a lot, and how many of its packs are named.
    pub commissioned: BTreeMap<LotId, (usize, u64)>,
    /// Names of events in this document.
    pub names: HashMap<&'p str, EventHash>,
    /// Whether the event is one of others: it is compared with the ledger, and changes nothing.
    pub is_of_others: bool,
    /// Whether the ledger shows what others tell.
    shown: bool,
    /// What others tell could be compared.
    compared: bool,
    pub event: usize,
    pub annulled: HashMap<EventHash, usize>,
    /// Things of events that are wrong: what follows from that is not said again.
    broken: HashSet<Thing>,
    deed: Deed,
    plan: Plan,
    faults: Vec<Fault>,
}

impl<'p> Planner<'p> {
    fn new(document: &'p Document, told: &'p Told, world: World<'p>) -> Self {
        let events = || document.events.iter();
        let annulled = events()
            .filter(|event| event.is_declaration())
            .map(|event| (event.hash, event.index));
        let names = events().filter_map(|event| Some((event.id.as_deref()?, event.hash)));
        Self {
            told,
            world,
            containers: HashMap::new(),
            inside: HashMap::new(),
            lots_found: HashMap::new(),
            commissioned: BTreeMap::new(),
            names: names.collect(),
            is_of_others: false,
            shown: true,
            compared: false,
            event: 0,
            annulled: annulled.collect(),
            broken: HashSet::new(),
            deed: Deed::default(),
            plan: Plan::default(),
            faults: Vec::new(),
        }
    }

    /// How many events at the beginning of these are carried out together.
    fn together(&self, events: &[Event], sent: &HashSet<EventKey>) -> usize {
        let own_packer = |event: &Event| {
            let is_plain = meaning(event) == Meaning::Pack
                && event.sensors.is_empty()
                && !self.annulled.contains_key(&event.hash)
                && !sent.contains(&(event.hash, event.is_declaration()));
            match actor(event, Meaning::Pack, &self.told.parties) {
                Some(Actor::Known(party)) if party.own && is_plain => Some(party.identity),
                _ => None,
            }
        };
        match events.first().and_then(own_packer) {
            Some(packer) => packing::in_a_row(events, |event| own_packer(event) == Some(packer)),
            None => 1,
        }
    }

    fn take_in(&mut self, events: &'p [Event], sent: &HashSet<EventKey>) -> Result<(), Unanswered> {
        let Some(first) = events.first() else {
            return Ok(());
        };
        for event in events {
            self.plan.kept.push(Kept {
                event: event.index,
                hash: event.hash,
                is_declaration: event.is_declaration(),
                extensions: event.extensions.clone(),
            });
        }
        self.event = first.index;
        self.is_of_others = false;
        self.deed = Deed {
            events: events.iter().map(|event| event.index).collect(),
            ..Deed::default()
        };
        let known = self.faults.len();
        if sent.contains(&(first.hash, first.is_declaration())) {
            self.say(Note::Sent);
        } else {
            match self.carry_out(first, events) {
                Ok(()) => (),
                Err(Stop::Chain(error)) => return Err(error),
                Err(Stop::Fault(problem)) => self.note(String::new(), problem),
            }
        }
        for event in events {
            self.remember(event);
        }
        self.sift(events, known);
        let deed = std::mem::take(&mut self.deed);
        self.plan.deeds.push(deed);
        Ok(())
    }

    fn carry_out(&mut self, event: &'p Event, all: &'p [Event]) -> Result<(), Stop> {
        let by = self.annulled.get(&event.hash).copied();
        if let Some(by) = by.filter(|_| !event.is_declaration()) {
            self.say(Note::Declared { by });
            return Ok(());
        }
        let meaning = meaning(event);
        let told = self.told;
        match (meaning, actor(event, meaning, &told.parties)) {
            (Meaning::Nothing(_), _) => (),
            (_, None) => return Err(Problem::NoParty.into()),
            (_, Some(Actor::Stranger(gln))) => self.of_stranger(gln),
            (_, Some(Actor::Known(party))) => {
                self.is_of_others = !party.own;
                (self.shown, self.compared) = (true, false);
                self.act(event, all, meaning, party)?;
                if self.is_of_others {
                    self.deed.steps.clear();
                    let shown = self.shown && self.compared;
                    let party = party.name.clone();
                    self.say(Note::Others { party, shown });
                    self.is_of_others = false;
                }
            }
        }
        self.sense(event)?;
        if let Meaning::Nothing(why) = meaning {
            if self.deed.steps.is_empty() && self.deed.notes.is_empty() {
                self.say(Note::KeptByHash { why });
            }
        }
        Ok(())
    }

    fn act(
        &mut self,
        event: &'p Event,
        all: &'p [Event],
        meaning: Meaning,
        party: &'p crate::Party,
    ) -> Result<(), Stop> {
        match meaning {
            Meaning::Commission => self.commission(event, party),
            Meaning::Pack => self.pack(all, party),
            Meaning::Unpack => self.unpack(event, party),
            Meaning::Ship => self.ship(event, party),
            Meaning::CallBack => self.call_back(event, party),
            Meaning::Receive => self.receive(event, party),
            Meaning::Refuse => self.refuse(event, party),
            Meaning::Dispense => self.dispense(event, party, false),
            Meaning::DispensePart => self.dispense(event, party, true),
            Meaning::Retire(end) => self.retire(event, party, end),
            Meaning::Raise(alert) => self.raise(event, party, alert),
            Meaning::Suspect => self.suspect(event, party),
            Meaning::Transform => self.transform(event, party),
            Meaning::DeclareError => self.declare_error(event, party),
            Meaning::Nothing(_) => Ok(()),
        }
    }

    fn of_stranger(&mut self, gln: Gln) {
        self.say(Note::Others {
            party: format!("GLN {gln}"),
            shown: false,
        });
    }

    /// Notes what is wrong. Of what others tell, that the ledger does not show it.
    pub fn note(&mut self, field: String, problem: Problem) {
        if self.is_of_others {
            self.shown = false;
            return;
        }
        self.faults.push(Fault {
            event: self.event,
            field,
            problem,
        });
    }

    /// What was found, or nothing and a note of why.
    pub fn or_note<T>(&mut self, field: &str, found: Result<T, Stop>) -> Result<Option<T>, Stop> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(Stop::Fault(problem)) => {
                self.note(field.to_owned(), problem);
                Ok(None)
            }
            Err(stop) => Err(stop),
        }
    }

    pub fn say(&mut self, note: Note) {
        if !self.deed.notes.contains(&note) {
            self.deed.notes.push(note);
        }
    }

    /// Adds a step that was carried out on the copy.
    pub fn push(&mut self, by: IdentityId, action: Action) {
        let told = self.told;
        let words = self.world.words(&action, &told.parties);
        self.deed.steps.push(Step { by, action, words });
    }

    /// Plans an action, unless the chain shows that it was done. Returns whether it can be done.
    pub fn does(&mut self, field: &str, by: IdentityId, action: Action) -> Result<bool, Stop> {
        if self.is_there(by, &action)? {
            return Ok(true);
        }
        // In words before it is done: what it names may be gone afterwards.
        let told = self.told;
        let words = self.world.words(&action, &told.parties);
        let done = self.world.apply(by, &action);
        let is_done = self.or_note(field, done)?.is_some();
        if is_done {
            self.deed.steps.push(Step { by, action, words });
        }
        Ok(is_done)
    }

    /// Whether the chain shows it. What others tell is never more than compared.
    pub fn is_there(&mut self, by: IdentityId, action: &Action) -> Result<bool, Stop> {
        // Somebody hands out several parts of a pack, and refuses what was never shipped.
        let is_told_apart = !matches!(action, Action::DispensePart { .. } | Action::Refuse { .. });
        let shown = shows(&mut self.world, by, action)?;
        if self.is_of_others {
            self.compared = true;
            self.shown &= shown == Some(true);
            return Ok(true);
        }
        let is_there = is_told_apart && shown == Some(true);
        if is_there {
            self.say(Note::There);
        }
        Ok(is_there)
    }

    fn finish(mut self) -> Result<Plan, PlanError> {
        if !self.faults.is_empty() {
            return Err(Report::new(self.faults).into());
        }
        for (lot, (event, named)) in std::mem::take(&mut self.commissioned) {
            let count = self.world.lot(lot)?.map_or(0, |lot| lot.count);
            let is_later = |deed: &Deed| deed.events.first().is_some_and(|first| *first > event);
            let place = self.plan.deeds.partition_point(|deed| !is_later(deed));
            let deed = self.plan.deeds.get_mut(place.saturating_sub(1));
            if let Some(deed) = deed.filter(|_| named > 0 && named < count) {
                deed.notes.push(Note::Commissions { named, count });
            }
        }
        Ok(self.plan)
    }
}
