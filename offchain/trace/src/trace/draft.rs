//! What a fact means for the subject, as it is before the fact.

mod happening;

use super::Teller;
use crate::{About, By, Fact, Goods, Subject, What, Whose};
use allive_olife_id_interface::{IdentityId, Topic};
use provenance::{Alert, Capacity, ContainerId, Custody, RunId, UnitId};

/// That something is of the subject, or of what it was made of.
pub(super) struct Concern {
    pub whose: Whose,
    pub about: About,
}

impl Concern {
    pub fn tells(self, what: What) -> Draft {
        let Self { whose, about } = self;
        Draft {
            whose,
            about,
            what,
            by: None,
            site: 0,
        }
    }
}

/// An entry that is being made.
pub(super) struct Draft {
    pub whose: Whose,
    pub about: About,
    pub what: What,
    pub by: Option<By>,
    pub site: u64,
}

impl Draft {
    fn by(self, identity: IdentityId) -> Self {
        let by = By {
            identity,
            role: None,
            capacity: None,
        };
        let by = Some(by);
        Self { by, ..self }
    }

    fn role(self, role: Topic) -> Self {
        let by = self.by.map(|by| By {
            role: Some(role),
            ..by
        });
        Self { by, ..self }
    }

    fn capacity(self, capacity: Capacity) -> Self {
        let by = self.by.map(|by| By {
            capacity: Some(capacity),
            ..by
        });
        Self { by, ..self }
    }

    fn at(self, site: u64) -> Self {
        Self { site, ..self }
    }

    /// By whoever has it, at its place.
    fn by_holder(self, custody: &Custody) -> Self {
        self.by(custody.holder).role(custody.role).at(custody.site)
    }
}

impl Teller {
    /// What a fact means for the subject; none if it does not concern it.
    pub(super) fn draft(&self, fact: &Fact) -> Option<Draft> {
        match fact {
            Fact::Commissioned { .. } | Fact::Transformed { .. } => self.beginning(fact),
            Fact::Split { .. } | Fact::Joined { .. } => self.parting(fact),
            Fact::Packed { container, units } | Fact::Unpacked { container, units } => {
                let (whose, goods) = self.packed(*container, units)?;
                let about = About::Goods(Goods::Container(*container));
                let (container, emptied) = (*container, false);
                let what = match fact {
                    Fact::Packed { .. } => What::Packed { container, goods },
                    _ => What::Unpacked {
                        container,
                        goods,
                        emptied,
                    },
                };
                let custody = self.history.custody(units.first()?)?;
                Some(Concern { whose, about }.tells(what).by_holder(&custody))
            }
            Fact::Shipped { .. }
            | Fact::Redirected { .. }
            | Fact::Received { .. }
            | Fact::Refused { .. }
            | Fact::CalledBack { .. }
            | Fact::Moved { .. }
            | Fact::Retired { .. }
            | Fact::Restored { .. } => self.moving(fact),
            Fact::Dispensed { .. }
            | Fact::PartDispensed { .. }
            | Fact::DispensingUndone { .. }
            | Fact::Confirmed { .. }
            | Fact::AlarmChanged { .. } => self.dispensing(fact),
            Fact::AlertRaised { .. }
            | Fact::LoweringProposed { .. }
            | Fact::AlertLowered { .. }
            | Fact::Acknowledged { .. }
            | Fact::Suspected { .. }
            | Fact::Cleared { .. } => self.warning(fact),
            Fact::LoggerChanged { .. } | Fact::WindowReported { .. } | Fact::Released { .. } => {
                self.watching(fact)
            }
            // A product by itself is nobody's life, and a declaration names an event of EPCIS.
            Fact::ProductChanged { .. } | Fact::ErrorDeclared { .. } => None,
        }
    }

    /// What can be told only after the fact.
    pub(super) fn complete(&self, what: &mut What, fact: &Fact) {
        match (what, fact) {
            (What::Joined { length }, Fact::Joined { run, .. }) => {
                *length = self.history.length(*run);
            }
            (
                What::Unpacked {
                    container, emptied, ..
                },
                _,
            ) => {
                let key = UnitId::Container(*container);
                *emptied = !self.history.units().contains_key(&key);
            }
            (What::Lowered { alert, others }, Fact::AlertLowered { target, .. }) => {
                let raised = self.history.alerts(target).unwrap_or_default();
                *others = *alert != Alert::Stolen && raised.recall().is_some();
            }
            (What::Reported { measured, .. }, Fact::WindowReported { unit, .. }) => {
                let cell = self.history.units().get(unit);
                let watch = cell.and_then(|cell| cell.unit().watch.as_ref());
                let tallies = watch.iter().flat_map(|watch| &watch.tallies);
                let tallies = tallies.filter(|tally| tally.measured);
                *measured = tallies.map(|tally| tally.bound).collect();
            }
            _ => (),
        }
    }

    fn beginning(&self, fact: &Fact) -> Option<Draft> {
        match fact {
            Fact::Commissioned {
                lot,
                product,
                maker,
                site,
            } => {
                // What came out of a transformation is told by that.
                let whose = self.whose_lot(lot).filter(|_| !self.made.contains(lot))?;
                let given = self.history.given(lot);
                let count = given.map_or(0, |lot| lot.count);
                let about = About::Lot(*lot);
                let draft = Concern { whose, about }.tells(What::Commissioned { count });
                Some(draft.by(*maker).role(product.role()).at(*site))
            }
            Fact::Transformed {
                inputs,
                outputs,
                kind,
                by,
                site,
            } => {
                let made = self.ranges().find_map(|(whose, range)| {
                    let is_made = outputs.contains(&range.lot);
                    is_made.then_some((whose, About::Lot(range.lot), false))
                });
                let used = || {
                    inputs.iter().find_map(|run| {
                        let draft = self.of_unit(&UnitId::Run(*run))?;
                        Some((draft.whose, draft.about, true))
                    })
                };
                let (whose, about, consumed) = made.or_else(used)?;
                let what = What::Transformed {
                    inputs: self.goods_of(inputs),
                    outputs: outputs.clone(),
                    kind: *kind,
                    consumed,
                };
                let draft = Concern { whose, about }.tells(what);
                Some(draft.by(*by).role(kind.role()).at(*site))
            }
            _ => None,
        }
    }

    fn parting(&self, fact: &Fact) -> Option<Draft> {
        let (run, what) = match fact {
            Fact::Split { run, rest } => {
                let length = rest.saturating_sub(run.first);
                (*run, What::Split { length })
            }
            Fact::Joined { run, .. } => (*run, What::Joined { length: 0 }),
            _ => return None,
        };
        let unit = UnitId::Run(run);
        let draft = match fact {
            Fact::Joined { next, .. } => {
                let next = UnitId::Run(RunId {
                    first: *next,
                    ..run
                });
                self.of_unit(&unit).or_else(|| self.of_unit(&next))
            }
            _ => self.of_unit(&unit),
        };
        let custody = self.history.custody(&unit)?;
        Some(draft?.tells(what).by_holder(&custody))
    }

    /// What of these units concerns the subject: all of them, if it is the container.
    fn packed(&self, container: ContainerId, units: &[UnitId]) -> Option<(Whose, Vec<Goods>)> {
        if let Subject::Container(subject) = self.subject {
            if container == subject {
                let all = units.iter().map(|unit| self.history.goods(unit));
                return Some((Whose::Own, all.collect()));
            }
            let subject = UnitId::Container(subject);
            let around = units.iter().filter(|unit| self.is_around(unit, subject));
            let goods: Vec<_> = around.map(|unit| self.history.goods(unit)).collect();
            return (!goods.is_empty()).then_some((Whose::Own, goods));
        }
        self.ranges().find_map(|(whose, range)| {
            let has_some = |unit: &&UnitId| !range.within(&self.history, unit).is_empty();
            let goods = units.iter().filter(has_some);
            let goods: Vec<_> = goods.map(|unit| self.history.goods(unit)).collect();
            (!goods.is_empty()).then_some((whose, goods))
        })
    }
}
