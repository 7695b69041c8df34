//! The life of one subject, told entry by entry.

mod draft;

use crate::{
    concern::Range,
    timers::{Timer, Timers},
    About, Entry, Fact, Goods, History, Recorded, Standing, Subject, TraceError, What, Whose,
};
use allive_access::Timestamp;
use draft::{Concern, Draft};
use provenance::{Cold, Lot, LotId, PackId, RunId, State, Target, UnitId};
use std::collections::BTreeMap;

/// The life of a subject.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Whose.
    pub subject: Subject,
    /// Its entries, in the order of time.
    pub entries: Vec<Entry>,
    /// What the chain answers about the lots that it names.
    pub lots: BTreeMap<LotId, Lot>,
    /// Every declaration that an event of EPCIS was wrong, whatever it is about.
    pub declarations: Vec<Recorded>,
    /// What everybody would be told of the subject now; see [`Entry::standing`].
    pub standing: Option<Standing>,
    /// Until when it is told.
    pub now: Timestamp,
}

impl Trace {
    /// Tells the life of a subject until now.
    ///
    /// `facts` are all of the contract, from its beginning on. `lots` is what the chain answers
    /// about the lots that [`concerned`](crate::concerned) names, and `notify` that of the
    /// contract's terms.
    ///
    /// # Errors
    /// [`TraceError`].
    pub fn of(
        facts: &[Recorded],
        lots: &BTreeMap<LotId, Lot>,
        notify: Timestamp,
        subject: Subject,
        now: Timestamp,
    ) -> Result<Self, TraceError> {
        let mut whole = History::new(lots.clone(), notify);
        let mut last = None;
        for next in facts {
            if last.replace(next.at).is_some_and(|last| last > next.at) {
                return Err(TraceError::OutOfOrder { at: next.at });
            }
            whole.add(next)?;
        }
        let own = own_range(&whole, &subject, facts)?;
        let upstream = own.map(|own| whole.ancestors(&own.lot)).unwrap_or_default();
        let made = whole.lots.iter().filter(|(_, lot)| !lot.made_of.is_empty());
        let mut teller = Teller {
            history: History::new(lots.clone(), notify),
            subject,
            own,
            upstream,
            made: made.map(|(id, _)| *id).collect(),
            timers: Timers::default(),
            entries: Vec::new(),
        };
        for next in facts {
            teller.pass(next.at.time);
            teller.tell(next)?;
        }
        teller.pass(now);
        let is_declared = |next: &&Recorded| matches!(next.fact, Fact::ErrorDeclared { .. });
        Ok(Self {
            subject,
            standing: teller.standing(now),
            entries: teller.entries,
            lots: lots.clone(),
            declarations: facts.iter().filter(is_declared).cloned().collect(),
            now,
        })
    }
}

/// The packs whose life is told; none for a container.
fn own_range(
    history: &History,
    subject: &Subject,
    facts: &[Recorded],
) -> Result<Option<Range>, TraceError> {
    let (lot, index) = match subject {
        Subject::Pack(pack) => (pack.lot, Some(pack.index)),
        Subject::Lot(lot) => (*lot, None),
        Subject::Container(container) => {
            let packs = |next: &Recorded| matches!(&next.fact, Fact::Packed { container: other, .. } if other == container);
            if facts.iter().any(packs) {
                return Ok(None);
            }
            return Err(TraceError::UnknownContainer {
                container: *container,
            });
        }
    };
    let known = history
        .lots
        .get(&lot)
        .ok_or(TraceError::UnknownLot { lot })?;
    let given = known
        .given
        .as_ref()
        .ok_or(TraceError::LotNotGiven { lot })?;
    let count = given.count;
    let (first, end) = match index {
        Some(index) if index < count => (index, index.saturating_add(1)),
        Some(index) => return Err(TraceError::NoSuchPack { index, count }),
        None => (0, count),
    };
    Ok(Some(Range { lot, first, end }))
}

struct Teller {
    history: History,
    subject: Subject,
    /// The packs of the subject; none for a container.
    own: Option<Range>,
    /// That of which they were made.
    upstream: Vec<Range>,
    /// Lots that came out of a transformation.
    made: Vec<LotId>,
    timers: Timers,
    entries: Vec<Entry>,
}

impl Teller {
    /// Tells the next fact, if it concerns the subject.
    fn tell(&mut self, next: &Recorded) -> Result<(), TraceError> {
        let draft = self.draft(&next.fact);
        self.history.add(next)?;
        self.timers.note(&next.fact, &self.history);
        if let Some(mut draft) = draft {
            self.complete(&mut draft.what, &next.fact);
            self.keep(draft, next.at.time, Some(next.at));
        }
        Ok(())
    }

    /// Tells what came by itself until now.
    fn pass(&mut self, now: Timestamp) {
        while let Some((time, timer)) = self.timers.due(now) {
            if !timer.holds(&self.history) {
                continue;
            }
            let Some(draft) = self.by_itself(timer) else {
                continue;
            };
            let standing = self.standing(time);
            let matters = match draft.what {
                // Only where its bounds are limits of the lot.
                What::Silent { .. } => {
                    standing.is_some_and(|it| matches!(it.cold, Cold::Silent(_)))
                }
                // What has ended does not expire.
                What::Expired => standing.is_none_or(|it| !matches!(it.state, State::Ended(_))),
                _ => true,
            };
            if matters {
                self.keep(draft, time, None);
            }
        }
    }

    fn by_itself(&self, timer: Timer) -> Option<Draft> {
        match timer {
            Timer::Lapse { unit, to, .. } => {
                let holder = self.history.custody(&unit)?.holder;
                let what = What::Lapsed { to, holder };
                Some(self.of_unit(&unit)?.tells(what))
            }
            Timer::Silent { unit, since } => {
                Some(self.of_unit(&unit)?.tells(What::Silent { since }))
            }
            Timer::Expired { lot } => {
                let whose = self.whose_lot(&lot).filter(|whose| *whose == Whose::Own)?;
                let about = About::Lot(lot);
                Some(Concern { whose, about }.tells(What::Expired))
            }
        }
    }

    fn keep(&mut self, draft: Draft, time: Timestamp, event: Option<crate::Moment>) {
        let standing = self
            .standing(time)
            .or_else(|| self.standing_of(draft.whose, time));
        self.entries.push(Entry {
            time,
            event,
            whose: draft.whose,
            about: draft.about,
            what: draft.what,
            by: draft.by,
            site: draft.site,
            standing,
        });
    }

    fn standing(&self, now: Timestamp) -> Option<Standing> {
        match &self.subject {
            Subject::Pack(pack) => self.history.standing(pack, now),
            Subject::Container(container) => self.history.container_standing(*container, now),
            Subject::Lot(lot) => self.lot_standing(*lot, now),
        }
    }

    /// Of that of which the subject is made later on.
    fn standing_of(&self, whose: Whose, now: Timestamp) -> Option<Standing> {
        match whose {
            Whose::Upstream(lot) => self.lot_standing(lot, now),
            Whose::Own => None,
        }
    }

    /// Of a lot that is one run.
    fn lot_standing(&self, lot: LotId, now: Timestamp) -> Option<Standing> {
        let mut runs = self.history.runs_of(lot);
        match (runs.next(), runs.next()) {
            (Some((run, _)), None) => self.history.run_standing(run, false, now),
            _ => None,
        }
    }

    /// Whether a unit is the subject, or has something of it in it, or is around it; or the same of
    /// that of which it was made.
    fn of_unit(&self, unit: &UnitId) -> Option<Concern> {
        let about = About::Goods(self.history.goods(unit));
        if let Subject::Container(container) = self.subject {
            let whose = Whose::Own;
            let concerns = self.is_around(unit, UnitId::Container(container));
            return concerns.then_some(Concern { whose, about });
        }
        let whose = self.ranges().find_map(|(whose, range)| {
            let found = range.within(&self.history, unit);
            (!found.is_empty()).then_some(whose)
        })?;
        Some(Concern { whose, about })
    }

    /// Whether a unit is another one, or a container above it.
    fn is_around(&self, unit: &UnitId, inner: UnitId) -> bool {
        if *unit == inner {
            return true;
        }
        let Some(cell) = self.history.units().get(&inner) else {
            return false;
        };
        let mut found = false;
        self.history.outermost(cell.unit(), |id, _| {
            found |= *unit == UnitId::Container(id);
        });
        found
    }

    fn whose_lot(&self, lot: &LotId) -> Option<Whose> {
        let mut ranges = self.ranges();
        ranges.find_map(|(whose, range)| (range.lot == *lot).then_some(whose))
    }

    /// The packs of the subject, then those of which it was made.
    fn ranges(&self) -> impl Iterator<Item = (Whose, &Range)> {
        let own = self.own.iter().map(|range| (Whose::Own, range));
        let upstream = self.upstream.iter();
        own.chain(upstream.map(|range| (Whose::Upstream(range.lot), range)))
    }

    fn of_target(&self, target: &Target) -> Option<Concern> {
        match target {
            Target::Unit(unit) => self.of_unit(unit),
            Target::Lot(lot) => {
                let whose = self.whose_lot(lot)?;
                let about = About::Lot(*lot);
                Some(Concern { whose, about })
            }
            Target::Product(name) => {
                let whose = self.ranges().find_map(|(whose, range)| {
                    let lot = self.history.lots.get(&range.lot)?;
                    (lot.product == *name).then_some(whose)
                })?;
                let about = About::Product(name.clone());
                Some(Concern { whose, about })
            }
        }
    }

    fn of_pack(&self, pack: &PackId) -> Option<Concern> {
        let mut ranges = self.ranges();
        let whose = ranges.find_map(|(whose, range)| range.has(pack).then_some(whose))?;
        let about = About::Pack(*pack);
        Some(Concern { whose, about })
    }

    fn goods_of(&self, runs: &[RunId]) -> Vec<Goods> {
        let runs = runs.iter().map(|run| UnitId::Run(*run));
        runs.map(|unit| self.history.goods(&unit)).collect()
    }
}
