//! Readings of sensors, as a window of a logger: from when, until when, and how long outside of
//! which bound.

use allive_access::Timestamp;
use allive_epcis::{
    document::{SensorElement, SensorReport},
    Event,
};
use provenance::{Bound, Outside, Side, Watch, Window, MINUTE};

/// Why readings make no window.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadingFault {
    /// A temperature has a unit that is not one of temperature.
    #[error("a temperature is in CEL, FAH or KEL, not in {found:?}")]
    Unit {
        /// The unit.
        found: String,
    },
    /// Nothing says how long was measured.
    #[error("one moment is no window: tell a span (startTime, endTime), or two readings")]
    OneMoment,
    /// A span does not say what the watch asks for.
    #[error("a span says not its {wanted}, and the watch has such a bound")]
    HalfSpan {
        /// The field that is missing.
        wanted: &'static str,
    },
    /// A moment before 1970.
    #[error("a reading is from before 1970")]
    TooOld,
}

/// What a report says: the least and the greatest temperature of a span or of a moment, in
/// hundredths of a degree Celsius.
#[derive(Clone, Copy)]
struct Reading {
    from: Timestamp,
    until: Timestamp,
    least: Option<f64>,
    greatest: Option<f64>,
}

/// Whether an event has temperatures to report.
pub fn has_temperatures(event: &Event) -> bool {
    let mut reports = event.sensors.iter().flat_map(|element| &element.reports);
    reports.any(|report| is_temperature(report) && says_something(report))
}

/// The window of a watch that the readings of an event make. None if it has no temperatures.
///
/// What is not known counts as outside: a span of which only the extremes are told is outside as a
/// whole if one of them is; so is the time between two readings if one of them is; and what lies
/// between two readings that are further from each other than the longest gap is outside of every
/// bound. The digest is the hash of the event, of which the readings are a part.
///
/// # Errors
/// [`ReadingFault`].
pub fn windowed(event: &Event, watch: &Watch) -> Result<Option<Window>, ReadingFault> {
    let mut readings = Vec::new();
    for element in &event.sensors {
        for report in &element.reports {
            if is_temperature(report) && says_something(report) {
                readings.push(read(event, element, report)?);
            }
        }
    }
    readings.sort_by_key(|reading| (reading.from, reading.until));
    let Some(first) = readings.first() else {
        return Ok(None);
    };
    let from = first.from;
    let until = readings.iter().map(|reading| reading.until).max();
    let until = until.filter(|until| *until > from);
    let until = until.ok_or(ReadingFault::OneMoment)?;
    let gap = watch.logger.map_or(0, |logger| logger.longest_gap);
    let gap = u64::from(gap).saturating_mul(MINUTE);
    let mut outside = Vec::new();
    for tally in watch.tallies.iter().filter(|tally| tally.measured) {
        let time = time_outside(&readings, tally.bound, gap)?;
        if time > 0 {
            outside.push(Outside {
                bound: tally.bound,
                time,
            });
        }
    }
    Ok(Some(Window {
        from,
        until,
        outside,
        digest: event.hash.0,
    }))
}

/// How long readings in the order of their beginnings were outside of a bound.
fn time_outside(readings: &[Reading], bound: Bound, gap: u64) -> Result<u64, ReadingFault> {
    let mut spans: Vec<(Timestamp, Timestamp)> = Vec::new();
    let mut last: Option<(Timestamp, bool)> = None;
    for reading in readings {
        let is_outside = reading.is_outside(bound)?;
        if is_outside {
            spans.push((reading.from, reading.until));
        }
        if let Some((before, was_outside)) = last.filter(|(before, _)| reading.from > *before) {
            let is_gap = reading.from.saturating_sub(before) > gap;
            if is_gap || was_outside || is_outside {
                spans.push((before, reading.from));
            }
        }
        last = match last {
            // The one that ends last is the neighbour of the next.
            Some((before, _)) if before > reading.until => last,
            Some((before, was)) if before == reading.until => Some((before, was || is_outside)),
            _ => Some((reading.until, is_outside)),
        };
    }
    spans.sort_unstable();
    let (mut sum, mut counted) = (0_u64, 0_u64);
    for (from, until) in spans {
        let from = from.max(counted);
        sum = sum.saturating_add(until.saturating_sub(from));
        counted = counted.max(until);
    }
    Ok(sum)
}

impl Reading {
    fn is_outside(&self, bound: Bound) -> Result<bool, ReadingFault> {
        let limit = f64::from(bound.hundredths);
        let half = |wanted| ReadingFault::HalfSpan { wanted };
        Ok(match bound.side {
            Side::Above => self.greatest.ok_or(half("maxValue"))? > limit,
            Side::Below => self.least.ok_or(half("minValue"))? < limit,
        })
    }
}

fn is_temperature(report: &SensorReport) -> bool {
    report.kind.is("Temperature")
}

fn says_something(report: &SensorReport) -> bool {
    report.value.or(report.min).or(report.max).is_some()
}

fn read(
    event: &Event,
    element: &SensorElement,
    report: &SensorReport,
) -> Result<Reading, ReadingFault> {
    let moment = |time: allive_epcis::Timestamp| {
        Timestamp::try_from(time.0).map_err(|_| ReadingFault::TooOld)
    };
    let span = element
        .start
        .zip(element.end)
        .filter(|_| report.time.is_none());
    let (from, until) = match span {
        Some((start, end)) => (moment(start)?, moment(end)?),
        None => {
            let time = report.time.or(element.time).unwrap_or(event.time);
            let time = moment(time)?;
            (time, time)
        }
    };
    let unit = report.unit.as_deref().unwrap_or("CEL");
    let in_hundredths = |value: f64| {
        let celsius = match unit {
            "CEL" => value,
            "FAH" => (value - 32.0) * 5.0 / 9.0,
            "KEL" => value - 273.15,
            other => {
                let found = other.to_owned();
                return Err(ReadingFault::Unit { found });
            }
        };
        // What is written with two decimals must not be above a bound of the same digits.
        Ok((celsius * 1e6).round() / 1e4)
    };
    let value = |field: Option<f64>| field.or(report.value).map(in_hundredths).transpose();
    Ok(Reading {
        from,
        until,
        least: value(report.min)?,
        greatest: value(report.max)?,
    })
}
