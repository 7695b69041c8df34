//! No state is without a way out. At the end of a world everybody brings what is left to an end or
//! to somebody else, by messages that are allowed to them.
//!
//! In every second world the authorities help: they settle alarms, lower every alert, clear and
//! release, and what nobody dispensed or ended is genuine again. In the others nobody but holders
//! does anything. In every fourth one of these holders was found to be false.

use super::Walk;
use crate::world::*;
use ::false_id::{FalseId, Known as Attested};
use allive_calls::at;
use ink::primitives::AccountId;
use provenance::*;

const ALL_ALERTS: [Alert; 6] = [
    Alert::Stolen,
    Alert::RecallOne,
    Alert::RecallTwo,
    Alert::RecallThree,
    Alert::Withdrawn,
    Alert::Illegitimate,
];

impl Walk<'_> {
    pub fn leave(&mut self) {
        let with_authorities = self.number % 2 == 0;
        if self.number % 4 == 3 {
            self.redirect_from(WHOLESALER, PHARMACY);
        }
        self.call_back();
        self.unpack_all(with_authorities);
        if with_authorities {
            self.settle_alarms();
            self.clear();
            self.release();
            self.lower_alerts();
            self.expect_genuine();
        }
        self.end_all();
        let units = self.state.units.values();
        let alive = units.filter(|cell| {
            let unit = cell.unit();
            let is_inside = matches!(unit.place, Place::Inside(_));
            unit.retired.is_none() && !is_inside
        });
        assert_eq!(alive.count(), 0, "nothing is stuck");
    }

    /// Does what must be allowed.
    fn must(&mut self, by: AccountId, action: Action) {
        let answer = self.take(by, action);
        assert_eq!(answer, Ok(Outcome::Done), "there is no way out");
    }

    /// What is by itself and has not ended, with its custody.
    fn alive(&self) -> Vec<(UnitId, Custody)> {
        let units = self.state.units.iter();
        let alive = units.filter_map(|(id, cell)| match cell.unit() {
            Unit {
                place: Place::Free(custody),
                retired: None,
                ..
            } => Some((*id, *custody)),
            _ => None,
        });
        alive.collect()
    }

    /// A holder cannot act any more. Whatever it has goes to another.
    fn redirect_from(&mut self, holder: AccountId, to: AccountId) {
        let nobody = Attested::default();
        for key in [holder, key_of(holder).account()] {
            let know = at::<FalseId>(self.world.identities).know(key, nobody.clone());
            self.world.tell(ADMIN, know);
        }
        // What was on its way to or from it has lapsed by then.
        self.world.advance(TRANSIT + DELAY);
        let until = self.world.now() + DELAY + 1;
        let all = self.alive().into_iter();
        let its = all.filter(|(_, custody)| custody.holder == id(holder));
        let its: Vec<UnitId> = its.map(|(unit, _)| unit).collect();
        for unit in &its {
            let redirect = Action::Redirect {
                unit: *unit,
                to: id(to),
                until,
                reason: REASON,
            };
            self.must(AUTHORITY, redirect);
        }
        self.world.advance(DELAY);
        for unit in its {
            self.must(to, receive(unit, to));
        }
    }

    fn call_back(&mut self) {
        let now = self.world.now();
        for (unit, custody) in self.alive() {
            if custody.transit(now).is_some() {
                let holder = super::model::who(custody.holder);
                self.must(holder, Action::CallBack { unit });
            }
        }
    }

    /// Whatever can leave its container does so.
    fn unpack_all(&mut self, with_authorities: bool) {
        let mut left_as_they_are = Vec::new();
        loop {
            let units = self.state.units.iter();
            let mut inside = units.filter_map(|(unit, cell)| match cell.unit().place {
                Place::Inside(above) => Some((*unit, above)),
                Place::Free(_) => None,
            });
            let next = inside.find(|(_, above)| {
                let container = self.state.units[&UnitId::Container(*above)].unit();
                let is_alive = container.retired.is_none() && container.custody().is_ok();
                is_alive && !left_as_they_are.contains(above)
            });
            let Some((unit, above)) = next else { break };
            if !self.unpacked(unit, above, with_authorities) {
                left_as_they_are.push(above);
            }
        }
    }

    /// Unpacks a unit, which may have too many bounds for that.
    fn unpacked(&mut self, unit: UnitId, above: ContainerId, with_authorities: bool) -> bool {
        let container = UnitId::Container(above);
        let holder = super::model::who(self.state.custody(container).holder);
        let unpack = || unpack(above, &[unit]);
        if self.tried(holder, unpack()) {
            return true;
        }
        if self.logger(container) {
            self.must(holder, unwatch(container));
            if self.tried(holder, unpack()) {
                return true;
            }
        }
        if !with_authorities {
            return false;
        }
        self.release_of(container);
        self.must(holder, unpack());
        true
    }

    /// Whether it could be unpacked. Nothing but too many bounds is against it.
    fn tried(&mut self, holder: AccountId, unpack: Action) -> bool {
        match self.take(holder, unpack) {
            Ok(_) => true,
            Err(error) => {
                assert_eq!(error, ProvenanceError::TooManyBounds);
                false
            }
        }
    }

    fn logger(&self, unit: UnitId) -> bool {
        let watch = self.state.units[&unit].unit().watch.as_ref();
        watch.is_some_and(|watch| watch.logger.is_some())
    }

    fn settle_alarms(&mut self) {
        let (as_authority, reason) = (true, REASON);
        for ((lot, index), alarm) in self.state.alarms.clone() {
            let pack = PackId { lot, index };
            let settle = |escalate| Action::Settle {
                pack,
                as_authority,
                escalate,
                reason,
            };
            if alarm.phase != Phase::Escalated {
                self.must(AUTHORITY, settle(true));
            }
            self.must(AUTHORITY, settle(false));
        }
    }

    fn clear(&mut self) {
        for (unit, cell) in self.state.units.clone() {
            if !cell.unit().suspected_by.is_empty() {
                let (as_authority, reason) = (true, REASON);
                let clear = Action::Clear {
                    unit,
                    as_authority,
                    reason,
                };
                self.must(AUTHORITY, clear);
            }
        }
    }

    /// Nobody measures any more, and what was counted is written off.
    fn release(&mut self) {
        for (unit, custody) in self.alive() {
            if self.logger(unit) {
                self.must(super::model::who(custody.holder), unwatch(unit));
            }
        }
        for unit in self.state.units.keys().copied().collect::<Vec<_>>() {
            self.release_of(unit);
        }
    }

    fn release_of(&mut self, unit: UnitId) {
        let watch = self.state.units[&unit].unit().watch.as_ref();
        let tallies = watch.into_iter().flat_map(|watch| watch.tallies.iter());
        let counted = tallies.filter(|tally| tally.outside > 0);
        let counted: Vec<_> = counted.map(|tally| (tally.bound, tally.outside)).collect();
        if !counted.is_empty() {
            self.must(AUTHORITY, release(unit, Capacity::Authority, &counted));
        }
    }

    /// One proposes, and another lowers after the delay: one alert of each target at a time.
    fn lower_alerts(&mut self) {
        loop {
            let lots = self.state.lots.iter();
            let lots = lots.map(|(lot, it)| (Target::Lot(*lot), it.alerts.raised));
            let units = self.state.units.iter();
            let units = units.map(|(id, it)| (Target::Unit(*id), it.unit().alerts.raised));
            let all = lots.chain(units).filter_map(|(target, raised)| {
                let mut all = ALL_ALERTS.into_iter();
                Some((target, all.find(|alert| raised.has(*alert))?))
            });
            let all: Vec<_> = all.collect();
            if all.is_empty() {
                return;
            }
            for (target, alert) in &all {
                let propose = Action::ProposeLowering {
                    target: target.clone(),
                    alert: *alert,
                    capacity: Capacity::Authority,
                    reason: REASON,
                };
                self.must(AUTHORITY, propose);
            }
            self.world.advance(DELAY);
            for (target, alert) in all {
                self.must(SECOND, Action::Lower { target, alert });
            }
        }
    }

    /// Nothing is said any more of what nobody dispensed or ended.
    fn expect_genuine(&mut self) {
        for index in 0..COUNT {
            let piece = self.model.pieces[index as usize];
            let run = self.state.run_of(index);
            let ended = self.state.path(index).into_iter();
            let mut ended = ended.filter(|it| self.state.units[it].unit().retired.is_some());
            if piece.is_left() && !piece.opened && ended.next().is_none() {
                let known = verify(&mut self.world, claim(index, run.first)).unwrap();
                assert_eq!(known.state, State::Genuine, "{index}");
            }
        }
    }

    /// Each holder destroys what it has, every second unit after it went to another; and also what
    /// is left of opened packs.
    fn end_all(&mut self) {
        for (place, (unit, custody)) in self.alive().into_iter().enumerate() {
            let mut holder = super::model::who(custody.holder);
            if place % 2 == 0 {
                let mut others = [PHARMACY, MAKER].into_iter();
                let to = others.find(|other| *other != holder).unwrap();
                let until = self.world.now() + 1;
                self.must(holder, ship(unit, to, until));
                self.must(to, receive(unit, to));
                holder = to;
            }
            let end = End::Destroyed;
            self.must(holder, Action::Retire { unit, end });
        }
        for (unit, cell) in self.state.units.clone() {
            let retired = cell.unit().retired;
            if let Some(retired) = retired.filter(|it| it.end == End::PartlyDispensed) {
                let by = super::model::who(retired.by);
                let is_false = self.number % 4 == 3 && by == WHOLESALER;
                if !is_false {
                    let end = End::Destroyed;
                    self.must(by, Action::Retire { unit, end });
                }
            }
        }
    }
}
