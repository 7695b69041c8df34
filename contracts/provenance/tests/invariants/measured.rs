//! What random sequences know of the temperature of each piece, whatever becomes of runs and
//! containers; and the random actions of holders and loggers.

use crate::world::*;
use allive_support::acting::Dice;
use ink::primitives::AccountId;
use provenance::*;

/// The lot has limits for the first two. All are more than one watch can have.
const BOUNDS: [Bound; 10] = {
    let mut bounds = [FROST; 10];
    bounds[1] = HEAT;
    let mut place = 2;
    while place < bounds.len() {
        bounds[place] = Bound {
            hundredths: 1_000 + place as i16,
            side: Side::Above,
        };
        place += 1;
    }
    bounds
};
const LOGGERS: [AccountId; 2] = [LOGGER, SPARE];

/// How long each piece was outside of each of [`BOUNDS`].
pub struct Measured {
    pieces: Vec<[u64; BOUNDS.len()]>,
}

fn logger_of(state: &StoredState, unit: UnitId) -> Option<Logger> {
    state.units[&unit].unit().watch.as_ref()?.logger
}

fn measures(state: &StoredState, unit: UnitId, bound: Bound) -> bool {
    let watch = state.units[&unit].unit().watch.as_ref();
    watch.is_some_and(|watch| watch.measures(bound))
}

/// Whether a logger below a unit measures this bound of a piece.
fn is_covered(state: &StoredState, index: u64, unit: UnitId, bound: Bound) -> bool {
    let mut below = UnitId::Run(state.run_of(index));
    while below != unit {
        if measures(state, below, bound) {
            return true;
        }
        let Place::Inside(above) = state.units[&below].unit().place else {
            panic!("{index} is not in {unit:?}");
        };
        below = UnitId::Container(above);
    }
    false
}

impl Measured {
    pub fn new() -> Self {
        let pieces = vec![[0; BOUNDS.len()]; COUNT as usize];
        Self { pieces }
    }

    /// What an action that was done means for each piece, by what was stored before.
    pub fn done(&mut self, state: &StoredState, action: &Action, now: u64) {
        match action {
            Action::Watch { unit, .. } => self.gap(state, *unit, *unit, now),
            Action::Report { unit, window } => {
                self.gap(state, *unit, *unit, window.from);
                for outside in &window.outside {
                    self.count(state, *unit, outside.bound, outside.time as i64);
                }
            }
            Action::Release {
                unit, written_off, ..
            } => {
                for outside in written_off {
                    self.count(state, *unit, outside.bound, -(outside.time as i64));
                }
            }
            Action::Unpack { container, units } => {
                for unit in units {
                    if logger_of(state, *unit).is_some() {
                        self.gap(state, UnitId::Container(*container), *unit, now);
                    }
                }
            }
            _ => (),
        }
    }

    /// A gap of the logger of a unit counts for a part of that unit.
    fn gap(&mut self, state: &StoredState, unit: UnitId, part: UnitId, until: u64) {
        let Some(logger) = logger_of(state, unit) else {
            return;
        };
        let gap = until - logger.until;
        if gap <= u64::from(logger.longest_gap) * MINUTE {
            return;
        }
        for bound in BOUNDS {
            if measures(state, unit, bound) {
                self.count_in(state, unit, part, bound, gap as i64);
            }
        }
    }

    fn count(&mut self, state: &StoredState, unit: UnitId, bound: Bound, time: i64) {
        self.count_in(state, unit, unit, bound, time);
    }

    fn count_in(
        &mut self,
        state: &StoredState,
        unit: UnitId,
        part: UnitId,
        bound: Bound,
        time: i64,
    ) {
        let place = BOUNDS.iter().position(|it| *it == bound).unwrap();
        for index in state.pieces(part) {
            if !is_covered(state, index, unit, bound) {
                let counted = &mut self.pieces[index as usize][place];
                *counted = counted.checked_add_signed(time).unwrap();
            }
        }
    }

    /// What is stored of a piece that is in no container is what is known here.
    pub fn compare(&self, state: &StoredState, index: u64) {
        let run = state.units[&UnitId::Run(state.run_of(index))].unit();
        if run.custody().is_err() {
            return;
        }
        let own = |bound| {
            let tallies = run.watch.iter().flat_map(|watch| watch.tallies.iter());
            let own = tallies.filter(|tally| tally.bound == bound);
            own.map(|tally| tally.outside).sum::<u64>()
        };
        let known = &self.pieces[index as usize];
        assert_eq!(&BOUNDS.map(own), known, "how long {index} was outside");
    }

    /// The contract answers so. It must never freeze, and may be warm for longer than any walk.
    pub fn compare_answer(&self, index: u64, known: &Known) {
        let frost = self.pieces[index as usize][0];
        let is_excursion = known.cold == Cold::Excursion(FROST);
        assert_eq!(is_excursion, frost > 0, "{index}: {known:?}, {frost}");
    }
}

/// A unit is measured, or somebody answers for it; and who does that, if it is not the holder.
pub fn any_measuring(
    dice: &mut Dice,
    state: &StoredState,
    unit: UnitId,
    now: u64,
) -> (Option<AccountId>, Action) {
    let watch = state.units[&unit].unit().watch.as_ref();
    let logger = watch.and_then(|watch| watch.logger);
    match (dice.roll(8), logger) {
        (0, Some(_)) => (None, unwatch(unit)),
        (1..=5, Some(logger)) => {
            let by = LOGGERS
                .into_iter()
                .find(|own| id(*own) == logger.by)
                .unwrap();
            let from = logger.until.max(logger.named) + dice.roll(2) * dice.roll(5);
            let until = from + dice.roll(1 + now.saturating_sub(from));
            let time = dice.roll(1 + until - from);
            let measured = watch.into_iter().flat_map(|watch| watch.tallies.iter());
            let measured: Vec<_> = measured.filter(|tally| tally.measured).collect();
            // Freezing seldom, because that is seldom forgiven.
            let bound = match dice.roll(8) {
                0 => BOUNDS[dice.roll(BOUNDS.len() as u64) as usize],
                1 => FROST,
                _ => measured[dice.roll(measured.len() as u64) as usize].bound,
            };
            let outside = match dice.roll(2) {
                0 if bound != FROST || dice.roll(3) == 0 => vec![(bound, time)],
                _ => vec![],
            };
            (Some(by), report(unit, from, until, &outside))
        }
        (6, _) if watch.is_some() => {
            let tallies = watch.into_iter().flat_map(|watch| watch.tallies.iter());
            let all = tallies.filter(|tally| tally.outside > 0);
            let all: Vec<_> = all.map(|tally| (tally.bound, tally.outside)).collect();
            let action = release(unit, Capacity::Authority, &all);
            (Some(AUTHORITY), action)
        }
        _ => {
            let bounds = match dice.roll(4) {
                0 => BOUNDS[..2].to_vec(),
                1 => BOUNDS[..1].to_vec(),
                2 => BOUNDS[1..2].to_vec(),
                // Up to one too many, from anywhere in the list.
                _ => {
                    let [from, count] = [dice.roll(10), 1 + dice.roll(9)];
                    let all = BOUNDS.iter().cycle().skip(from as usize);
                    all.take(count as usize).copied().collect()
                }
            };
            let logger = LOGGERS[dice.roll(2) as usize];
            let gap = u32::from(dice.roll(12) > 0);
            (None, measure(unit, logger, &bounds, gap))
        }
    }
}
