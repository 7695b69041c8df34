//! What is known of each piece, whatever becomes of runs and containers: who has it, what is said
//! of it, and how it ended. It says what must hold, not how the contract comes to it.

use super::measured::Measured;
use crate::world::*;
use allive_merkle::Software;
use ink::primitives::AccountId;
use provenance::*;
use std::collections::BTreeMap;

/// Who has goods at one time or another.
pub const HOLDERS: [AccountId; 3] = [MAKER, PHARMACY, WHOLESALER];

/// Fills of the one prescription.
pub const FILLS: u8 = 6;

/// To what the one prescription commits.
pub const COMMITMENT: [u8; 32] = [0xc0; 32];

/// The secret that opens the fill after so many.
pub fn secret(number: u8) -> [u8; 32] {
    (number..200).fold([0x5e; 32], |secret, _| lock_of::<Software>(&secret))
}

/// What the random maker makes of packs: the lots of these codes, one after the other.
pub fn boxes(number: usize) -> NewLot {
    NewLot {
        code: format!("BOX-{number}").into_bytes(),
        count: 3,
        serials: None,
        ..new_lot()
    }
}

/// Whose identity that is, of those who act.
pub fn who(identity: u64) -> AccountId {
    let all = ROLES.map(|(account, _)| account).into_iter();
    let mut all = all.filter(|account| id(*account) == identity);
    all.next().unwrap()
}

/// What is known of a piece.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub holder: AccountId,
    /// What was said of its run or of a container in which it was.
    pub raised: Raised,
    /// Who dispensed it.
    pub dispensed: Option<u64>,
    /// Whether that was on the prescription.
    filled: bool,
    /// Whether a part of it was dispensed.
    pub opened: bool,
    pub transformed: bool,
    pub destroyed: bool,
}

pub struct Model {
    pub pieces: Vec<Piece>,
    /// What is said of the lot.
    pub lot: Raised,
    /// The last that was proposed to be lowered of the lot, by whom and when.
    proposed: Option<(Alert, AccountId, u64)>,
    /// Of which pieces each of the [`boxes`] was made.
    pub made: Vec<Vec<u64>>,
    /// Of which pieces an alarm was raised, and how far each is.
    pub alarms: BTreeMap<u64, Alarm>,
    /// How many fills were used, and how many of these given back.
    pub used: u8,
    given_back: u8,
    pub measured: Measured,
}

impl Model {
    /// The maker has all of the lot.
    pub fn new() -> Self {
        let piece = Piece {
            holder: MAKER,
            raised: Raised(0),
            dispensed: None,
            filled: false,
            opened: false,
            transformed: false,
            destroyed: false,
        };
        Self {
            pieces: vec![piece; COUNT as usize],
            lot: Raised(0),
            proposed: None,
            made: Vec::new(),
            alarms: BTreeMap::new(),
            used: 0,
            given_back: 0,
            measured: Measured::new(),
        }
    }

    /// How many fills the prescription must have.
    pub fn fills(&self) -> u8 {
        FILLS + self.given_back - self.used
    }

    /// Whether an action must be done or must be refused, where that is known.
    pub fn must(&self, by: AccountId, action: &Action, now: u64) -> Option<bool> {
        let lot = Target::Lot(the_lot());
        match action {
            Action::Raise { target, .. } if *target == lot => Some(true),
            Action::ProposeLowering { target, alert, .. } if *target == lot => {
                Some(self.lot.has(*alert))
            }
            // Another authority than who proposed it, one delay later, before two.
            Action::Lower { target, alert } if *target == lot => {
                let may = self.proposed.is_some_and(|(of, proposer, when)| {
                    let waited = now - when;
                    of == *alert && proposer != by && (DELAY..2 * DELAY).contains(&waited)
                });
                Some(may && by != MAKER)
            }
            Action::Explain { pack, .. } => Some(self.alarms.get(&pack.index).is_some_and(|it| {
                let concerns = [it.first.by, it.second.by].contains(&id(by));
                concerns && it.phase == Phase::Raised
            })),
            Action::Settle {
                pack,
                as_authority,
                escalate,
                ..
            } => {
                let may = match as_authority {
                    true => [AUTHORITY, SECOND].contains(&by),
                    false => by == MAKER,
                };
                let alarm = self.alarms.get(&pack.index);
                let is_due = alarm.is_some_and(|it| match escalate {
                    true => it.phase != Phase::Escalated,
                    false => {
                        let concerns = [it.first.by, it.second.by].contains(&id(by));
                        let explained = it.phase == Phase::Explained;
                        let escalated = it.phase == Phase::Escalated && *as_authority;
                        !concerns && (explained || escalated)
                    }
                });
                Some(may && is_due)
            }
            _ => None,
        }
    }

    /// An action was refused.
    pub fn refused(&self, by: AccountId, action: &Action, error: ProvenanceError) {
        let (Action::Dispense { claim, .. } | Action::DispensePart { claim, .. }) = action else {
            return;
        };
        // Only who dispensed it is told so; where that is forgotten, who has it.
        if error == ProvenanceError::NotActive(State::Ended(End::Dispensed)) {
            let piece = self.pieces[claim.index as usize];
            let own = piece.dispensed == Some(id(by)) || piece.holder == by;
            assert!(own, "no alarm about {piece:?}");
        }
    }

    /// An action was done, where the state was `old` and is `new`.
    pub fn done(
        &mut self,
        by: AccountId,
        action: &Action,
        outcome: Outcome,
        (old, new): (&StoredState, &StoredState),
        now: u64,
    ) {
        self.measured.done(old, action, now);
        match action {
            Action::Dispense { claim, .. } | Action::DispensePart { claim, .. }
                if outcome == Outcome::Alarm =>
            {
                self.alarm(by, claim.index, old, new);
            }
            Action::Receive { unit, .. } => self.of(old, *unit, |piece| piece.holder = by),
            Action::Pack { container, units } => {
                let container = old.units.get(&UnitId::Container(*container));
                let above = container.map_or(Raised(0), |it| it.unit().alerts.raised);
                for unit in units {
                    self.of(old, *unit, |piece| piece.raised = piece.raised.and(above));
                }
            }
            Action::Dispense {
                claim,
                prescription,
                ..
            } => {
                let piece = &mut self.pieces[claim.index as usize];
                assert!(piece.is_left() && piece.holder == by, "{piece:?}");
                piece.dispensed = Some(id(by));
                piece.filled = prescription.is_some();
                self.used += u8::from(piece.filled);
            }
            Action::DispensePart {
                claim,
                prescription,
                ..
            } => {
                let piece = &mut self.pieces[claim.index as usize];
                assert!(piece.is_left() && piece.holder == by, "{piece:?}");
                piece.opened = true;
                self.used += u8::from(prescription.is_some());
            }
            Action::UndoDispense { index, .. } => {
                let piece = &mut self.pieces[*index as usize];
                assert_eq!(piece.dispensed, Some(id(by)), "undone by another");
                piece.dispensed = None;
                self.given_back += u8::from(piece.filled);
                piece.filled = false;
            }
            Action::Transform { inputs, .. } => self.transform(by, inputs, old),
            Action::Retire {
                unit,
                end: End::Destroyed,
            } => self.of(old, *unit, |piece| piece.destroyed = true),
            Action::Raise { target, alert, .. } => self.raise(old, target, *alert),
            Action::Condemn { unit, .. } => {
                self.raise(old, &Target::Unit(*unit), Alert::Illegitimate);
            }
            Action::ProposeLowering {
                target: Target::Lot(_),
                alert,
                ..
            } => self.proposed = Some((*alert, by, now)),
            Action::Lower { target, alert } => self.lower(new, target, *alert),
            Action::Explain { pack, .. } => self.phase(pack, Phase::Explained),
            Action::Settle { pack, escalate, .. } => {
                let phase = [Phase::Closed, Phase::Escalated][usize::from(*escalate)];
                self.phase(pack, phase);
            }
            _ => (),
        }
    }

    /// Somebody wanted to dispense a piece that another had dispensed, or that was stolen or ended.
    fn alarm(&mut self, by: AccountId, index: u64, old: &StoredState, new: &StoredState) {
        let alarm = new.alarms[&(the_lot(), index)];
        let piece = self.pieces[index as usize];
        let run = old.units[&UnitId::Run(old.run_of(index))].unit();
        let ended = run.retired.map(|it| it.by);
        let may_be_first = [Some(id(piece.holder)), piece.dispensed, ended];
        assert!(may_be_first.contains(&Some(alarm.first.by)), "{alarm:?}");
        assert_ne!(alarm.first.by, alarm.second.by, "an alarm about oneself");
        let earlier = self.alarms.get(&index).map_or(0, |it| it.times);
        let right = (id(by), earlier + 1, Phase::Raised);
        assert_eq!((alarm.second.by, alarm.times, alarm.phase), right);
        self.alarms.insert(index, alarm);
    }

    fn phase(&mut self, pack: &PackId, phase: Phase) {
        self.alarms.get_mut(&pack.index).unwrap().phase = phase;
    }

    fn transform(&mut self, by: AccountId, inputs: &[RunId], old: &StoredState) {
        let all = inputs.iter().map(|run| old.pieces(UnitId::Run(*run)));
        let all: Vec<u64> = all.flatten().collect();
        for index in &all {
            let piece = &mut self.pieces[*index as usize];
            let is_warned = piece.raised.and(self.lot) != Raised(0);
            let whole = piece.is_left() && !piece.opened && !is_warned;
            assert!(whole && piece.holder == by, "{piece:?}");
            piece.transformed = true;
        }
        self.made.push(all);
    }

    fn raise(&mut self, state: &StoredState, target: &Target, alert: Alert) {
        match target {
            Target::Lot(_) => {
                self.lot = with(self.lot, alert);
                self.proposed = self.proposed.filter(|(of, ..)| *of != alert);
            }
            Target::Unit(unit) => {
                self.of(state, *unit, |piece| {
                    piece.raised = with(piece.raised, alert)
                });
            }
            Target::Product(_) => panic!("nobody says anything of the product"),
        }
    }

    /// An alert of a unit is lowered. A unit above or below may have the same.
    fn lower(&mut self, state: &StoredState, target: &Target, alert: Alert) {
        let bit = with(Raised(0), alert).0;
        let Target::Unit(unit) = target else {
            self.lot.0 &= !bit;
            self.proposed = None;
            return;
        };
        for index in state.pieces(*unit) {
            let others = state.path(index).into_iter().filter(|other| other != unit);
            let still = others.map(|other| state.units[&other].unit().alerts.raised);
            if !still.into_iter().any(|raised| raised.has(alert)) {
                self.pieces[index as usize].raised.0 &= !bit;
            }
        }
    }

    fn of(&mut self, state: &StoredState, unit: UnitId, change: impl Fn(&mut Piece)) {
        for index in state.pieces(unit) {
            change(&mut self.pieces[index as usize]);
        }
    }
}

impl Piece {
    /// Whether it can still be dispensed or made into something.
    pub fn is_left(&self) -> bool {
        self.dispensed.is_none() && !self.transformed && !self.destroyed
    }
}

/// The alerts of a set, and this one.
fn with(set: Raised, alert: Alert) -> Raised {
    let mut alerts = Alerts {
        raised: set,
        lowering: None,
    };
    // `Condemn` alone raises that something is illegitimate, but it is an alert as all others.
    alerts.raise(alert);
    alerts.raised
}
