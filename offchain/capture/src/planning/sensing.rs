//! What sensors say.

use super::Planner;
use crate::{
    meaning::Meaning,
    readings::{has_temperatures, windowed},
    who::{actor, Actor},
    world::Stop,
    Note, Problem,
};
use allive_epcis::Event;
use provenance::{Action, Place, UnitId, Watch};
use std::collections::BTreeSet;

const FIELD: &str = "sensorElementList";

impl<'p> Planner<'p> {
    /// Reports what was measured of the units of an event, each by its logger.
    pub fn sense(&mut self, event: &'p Event) -> Result<(), Stop> {
        let is_annulled = self.annulled.contains_key(&event.hash);
        let is_of_things = !event.things.is_empty() || !event.quantities.is_empty();
        if is_annulled || !is_of_things || !has_temperatures(event) {
            return Ok(());
        }
        let who = actor(event, Meaning::Nothing(""), &self.told.parties);
        let is_own = matches!(who, Some(Actor::Known(party)) if party.own);
        self.is_of_others = !is_own;
        let named = self.named(event);
        self.is_of_others = false;
        let mut units = BTreeSet::new();
        for named in named?.unwrap_or_default() {
            let unit = self.unit_of(&named.what);
            match unit {
                Ok(Some(unit)) => units.insert(unit),
                Ok(None) => continue,
                Err(Stop::Fault(problem)) if is_own => {
                    self.note(named.field, problem);
                    continue;
                }
                Err(Stop::Fault(_)) => continue,
                Err(stop) => return Err(stop),
            };
        }
        let mut watched = BTreeSet::new();
        for unit in units {
            match self.watched(unit)? {
                Some((unit, watch)) if watched.insert(unit) => self.report(event, unit, &watch)?,
                Some(_) => (),
                None if is_own => self.note(FIELD.to_owned(), Problem::NotWatched),
                None => (),
            }
        }
        Ok(())
    }

    fn report(&mut self, event: &Event, unit: UnitId, watch: &Watch) -> Result<(), Stop> {
        let Some(logger) = watch.logger else {
            return Ok(());
        };
        let party = self.told.parties.with(logger.by);
        if !party.is_some_and(|party| party.own) {
            let party = self.told.parties.name(logger.by);
            self.say(Note::Others {
                party,
                shown: false,
            });
            return Ok(());
        }
        let window = windowed(event, watch).map_err(Problem::from);
        let window = self.or_note(FIELD, window.map_err(Stop::from))?.flatten();
        if let Some(window) = window {
            let window = window.into();
            self.does(FIELD, logger.by, Action::Report { unit, window })?;
        }
        Ok(())
    }

    /// The unit of which a logger measures this one: itself, or a container above.
    fn watched(&mut self, unit: UnitId) -> Result<Option<(UnitId, Watch)>, Stop> {
        let mut at = unit;
        loop {
            let Some(cell) = self.world.cell(at)? else {
                return Ok(None);
            };
            let watch = cell.unit().watch.as_ref();
            if let Some(watch) = watch.filter(|watch| watch.logger.is_some()) {
                return Ok(Some((at, Watch::clone(watch))));
            }
            match cell.unit().place {
                Place::Inside(container) => at = UnitId::Container(container),
                Place::Free(_) => return Ok(None),
            }
        }
    }
}
