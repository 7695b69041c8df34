//! Words that a pharmacist knows.

use crate::{Goods, Standing};
use allive_access::Timestamp;
use allive_epcis::{identifiers::Gln, Timestamp as Utc};
use allive_olife_id_interface::IdentityId;
use provenance::{
    Alert, Bound, Cold, End, Lot, LotId, Outside, ProductName, Side, State, Transformation, MINUTE,
};
use std::collections::BTreeMap;

/// What somebody is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// By people.
    pub name: Option<String>,
    /// By GS1.
    pub gln: Option<Gln>,
}

/// What identities are called. One that is not in the list is called by its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(pub BTreeMap<IdentityId, Party>);

impl Names {
    /// What people call an identity.
    pub fn of(&self, identity: IdentityId) -> String {
        let party = self.0.get(&identity);
        match party.and_then(|party| party.name.clone()) {
            Some(name) => name,
            None => format!("identity {identity}"),
        }
    }

    /// The GLN of an identity, if it has one.
    pub fn gln(&self, identity: IdentityId) -> Option<&Gln> {
        self.0.get(&identity)?.gln.as_ref()
    }
}

/// A state.
pub fn state(state: State) -> &'static str {
    match state {
        State::Ended(end) => ended(end),
        State::Recalled(alert) => alerted(alert),
        State::Stolen => alerted(Alert::Stolen),
        State::Illegitimate => alerted(Alert::Illegitimate),
        State::RecalledUpstream => "something it was made of is recalled",
        State::Expired => "expired",
        State::Quarantined => "quarantined",
        State::InTransit => "on its way",
        State::PartlyDispensed => ended(End::PartlyDispensed),
        State::Genuine => "genuine",
    }
}

/// A state, and why something is quarantined.
pub fn standing(standing: &Standing) -> String {
    let said = state(standing.state);
    let why = match (standing.state, standing.cold) {
        (State::Quarantined, _) if standing.suspected => "suspected".to_owned(),
        (State::Quarantined, Cold::Excursion(bound)) => format!("{} for too long", outside(bound)),
        (State::Quarantined, Cold::Silent(_)) => "its logger is silent".to_owned(),
        _ => return said.to_owned(),
    };
    format!("{said}: {why}")
}

/// An alert, as a state.
pub fn alerted(alert: Alert) -> &'static str {
    match alert {
        Alert::Withdrawn => "withdrawn",
        Alert::RecallOne => "recalled, class I",
        Alert::RecallTwo => "recalled, class II",
        Alert::RecallThree => "recalled, class III",
        Alert::Stolen => "stolen",
        Alert::Illegitimate => "illegitimate",
    }
}

/// An alert, as a thing.
pub(crate) fn alert(alert: Alert) -> &'static str {
    match alert {
        Alert::Withdrawn => "withdrawal",
        Alert::RecallOne => "recall, class I,",
        Alert::RecallTwo => "recall, class II,",
        Alert::RecallThree => "recall, class III,",
        Alert::Stolen => "theft",
        Alert::Illegitimate => "verdict of illegitimate",
    }
}

/// An end.
pub fn ended(end: End) -> &'static str {
    match end {
        End::Destroyed => "destroyed",
        End::Dispensed => "dispensed",
        End::Sample => "given as a sample",
        End::Exported => "exported",
        End::Transformed => "something else was made of it",
        End::PartlyDispensed => "opened, and a part of it dispensed",
    }
}

/// What is made of what.
pub(crate) fn kind(kind: Transformation) -> &'static str {
    match kind {
        Transformation::BloodProcessing => "blood processing",
        Transformation::Making => "making",
        Transformation::Repackaging => "repackaging",
        Transformation::Compounding => "compounding",
    }
}

/// On the wrong side of a bound: `above 8 °C`.
pub fn outside(bound: Bound) -> String {
    let side = match bound.side {
        Side::Above => "above",
        Side::Below => "below",
    };
    format!("{side} {}", degrees(bound.hundredths))
}

/// Hundredths of a degree: `8 °C`, `-0.5 °C`.
fn degrees(hundredths: i16) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let all = hundredths.unsigned_abs();
    let (whole, part) = (all / 100, all % 100);
    let text = format!("{sign}{whole}.{part:02}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text} °C")
}

/// Times outside of bounds: `above 8 °C for 65 min`.
pub(crate) fn times(all: &[Outside]) -> String {
    let each = all
        .iter()
        .map(|it| format!("{} for {}", outside(it.bound), span(it.time)));
    each.collect::<Vec<_>>().join(", ")
}

/// A span of time, in minutes and seconds.
fn span(time: Timestamp) -> String {
    let seconds = time.div_ceil(1_000);
    match (time / MINUTE, seconds % 60) {
        (0, _) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// A moment in UTC, to the minute: `2026-03-02 08:00`.
pub fn minute(time: Timestamp) -> String {
    let text = utc(time).to_string();
    text.get(..16).unwrap_or_default().replace('T', " ")
}

pub(crate) fn utc(time: Timestamp) -> Utc {
    Utc(i64::try_from(time).unwrap_or(i64::MAX))
}

/// So many packs.
pub(crate) fn packs(count: u64) -> String {
    if count == 1 {
        return "1 pack".to_owned();
    }
    let digits = count.to_string();
    let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    let groups = groups.into_iter().map(String::from_utf8_lossy);
    format!("{} packs", groups.collect::<Vec<_>>().join(","))
}

/// A product.
pub fn product(name: &ProductName) -> String {
    match name {
        ProductName::Gtin(number) => format!("GTIN {number:014}"),
        ProductName::Blood { code, .. } => format!("blood {}", String::from_utf8_lossy(code)),
        ProductName::Order { number, .. } => format!("order {number}"),
    }
}

/// A lot, as far as it is known.
pub fn lot(lots: &BTreeMap<LotId, Lot>, id: &LotId) -> String {
    let Some(lot) = lots.get(id) else {
        return format!("lot {}", hex::encode(id));
    };
    let code = String::from_utf8_lossy(&lot.code);
    match &lot.product {
        ProductName::Blood { code: product, .. } => {
            format!("donation {code}, {}", String::from_utf8_lossy(product))
        }
        ProductName::Order { number, .. } => format!("order {number}, {code}"),
        ProductName::Gtin(_) => format!("lot {code}"),
    }
}

/// Goods, where they are not the subject's own packs.
pub(crate) fn goods(lots: &BTreeMap<LotId, Lot>, goods: &Goods) -> String {
    match goods {
        Goods::Container(container) => format!("container {:018}", container.sscc),
        Goods::Run { run, length } => {
            let name = lot(lots, &run.lot);
            // A bag, or an order, has a number of its own.
            let is_one = lots
                .get(&run.lot)
                .is_some_and(|lot| lot.count == 1 && !matches!(lot.product, ProductName::Gtin(_)));
            match is_one {
                true => name,
                false => format!("{} of {name}", packs(*length)),
            }
        }
    }
}
