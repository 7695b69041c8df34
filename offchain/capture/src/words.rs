//! Steps in words.

use crate::{fault::moment, world::World, Parties};
use provenance::{Action, Alert, Cell, Claim, End, LotId, RunId, Target, Transformation, UnitId};

impl World<'_> {
    /// An action, as people read it.
    pub fn words(&mut self, action: &Action, parties: &Parties) -> String {
        match action {
            Action::Commission { lot, .. } => {
                let code = String::from_utf8_lossy(&lot.code);
                let what = if lot.serials.is_some() {
                    "packs"
                } else {
                    "pieces"
                };
                format!("commission lot {code}: {} {what}", lot.count)
            }
            Action::Split { run, length } => {
                let rest = run.first.saturating_add(*length);
                format!("split {} before pack {rest}", self.lot_words(run.lot))
            }
            Action::Pack { container, units } => {
                format!("pack into {}: {}", sscc(container.sscc), self.list(units))
            }
            Action::Unpack { container, units } => {
                format!("unpack from {}: {}", sscc(container.sscc), self.list(units))
            }
            Action::Ship { unit, to, until } => format!(
                "ship {} to {}, to be received until {}",
                self.unit_words(unit),
                parties.name(*to),
                moment(*until)
            ),
            Action::Receive { unit, .. } => format!("receive {}", self.unit_words(unit)),
            Action::Refuse { unit } => format!("refuse {}", self.unit_words(unit)),
            Action::CallBack { unit } => format!("call back {}", self.unit_words(unit)),
            Action::Retire { unit, end } => {
                let how = match end {
                    End::Destroyed => "destroyed",
                    End::Dispensed => "dispensed as a whole",
                    End::Sample => "a sample",
                    End::Exported => "exported",
                    End::Transformed | End::PartlyDispensed => "ended",
                };
                format!("end {}: {how}", self.unit_words(unit))
            }
            Action::Dispense { claim, .. } => format!("dispense {}", claimed(claim)),
            Action::DispensePart { claim, .. } => format!("dispense a part of {}", claimed(claim)),
            Action::Raise { target, alert, .. } => {
                let of = match target {
                    Target::Product(_) => "all lots of the product".to_owned(),
                    Target::Lot(lot) => self.lot_words(*lot),
                    Target::Unit(unit) => self.unit_words(unit),
                };
                format!("raise `{}` of {of}", alert_words(*alert))
            }
            Action::Suspect { unit, .. } => format!("suspect {}", self.unit_words(unit)),
            Action::Report { unit, window } => {
                let minutes: Vec<String> = window
                    .outside
                    .iter()
                    .map(|it| it.time.div_ceil(60_000).to_string())
                    .collect();
                let outside = match minutes.is_empty() {
                    true => "nothing outside of its bounds".to_owned(),
                    false => format!("{} minutes outside", minutes.join(" and ")),
                };
                format!(
                    "report {} from {} to {}: {outside}",
                    self.unit_words(unit),
                    moment(window.from),
                    moment(window.until)
                )
            }
            Action::Transform {
                inputs,
                outputs,
                kind,
            } => {
                let kind = match kind {
                    Transformation::BloodProcessing => "process blood",
                    Transformation::Making => "make",
                    Transformation::Repackaging => "pack anew",
                    Transformation::Compounding => "compound",
                };
                let codes: Vec<_> = outputs
                    .iter()
                    .map(|lot| String::from_utf8_lossy(&lot.code).into_owned())
                    .collect();
                let inputs: Vec<UnitId> = inputs.iter().copied().map(UnitId::Run).collect();
                format!("{kind}: {} become {}", self.list(&inputs), codes.join(", "))
            }
            Action::DeclareError { declaration } => {
                format!(
                    "declare that event {} was wrong",
                    hex::encode(declaration.event)
                )
            }
            other => format!("{other:?}"),
        }
    }

    /// A unit, as people read it.
    pub fn unit_words(&mut self, unit: &UnitId) -> String {
        match unit {
            UnitId::Container(container) => sscc(container.sscc),
            UnitId::Run(run) => self.run_words(*run),
        }
    }

    fn run_words(&mut self, run: RunId) -> String {
        let length = match self.cell(UnitId::Run(run)) {
            Ok(Some(Cell::Run(cell))) => cell.length,
            _ => 1,
        };
        let has_serials = match self.lot(run.lot) {
            Ok(Some(lot)) => lot.serials.is_some(),
            _ => true,
        };
        let lot = self.lot_words(run.lot);
        let last = run.first.saturating_add(length).saturating_sub(1);
        match length {
            _ if !has_serials => format!("{length} pieces of {lot}"),
            1 => format!("pack {} of {lot}", run.first),
            _ => format!("packs {} to {last} of {lot}", run.first),
        }
    }

    fn lot_words(&mut self, lot: LotId) -> String {
        match self.lot(lot) {
            Ok(Some(lot)) => format!("lot {}", String::from_utf8_lossy(&lot.code)),
            _ => format!("lot {}", hex::encode(lot)),
        }
    }

    fn list(&mut self, units: &[UnitId]) -> String {
        match units {
            [one] => self.unit_words(one),
            [first, second] => {
                let (first, second) = (self.unit_words(first), self.unit_words(second));
                format!("{first} and {second}")
            }
            many => format!("{} units", many.len()),
        }
    }
}

fn sscc(number: u64) -> String {
    format!("container {number:018}")
}

fn claimed(claim: &Claim) -> String {
    let code = String::from_utf8_lossy(&claim.code);
    format!("pack {} of lot {code}", claim.index)
}

fn alert_words(alert: Alert) -> &'static str {
    match alert {
        Alert::Stolen => "stolen",
        Alert::RecallOne => "recalled, class I",
        Alert::RecallTwo => "recalled, class II",
        Alert::RecallThree => "recalled, class III",
        Alert::Withdrawn => "withdrawn",
        Alert::Illegitimate => "illegitimate",
    }
}
