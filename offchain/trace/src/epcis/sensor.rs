//! What a logger reported, as a `sensorElementList`.
//!
//! The chain knows for how long goods were outside of a bound, and the hash of the readings, but no
//! temperature. So a report is of a time.

use crate::words;
use provenance::{Bound, Side, Window};
use serde_json::{json, Value};

/// Milliseconds, by UN/CEFACT Recommendation 20.
const MILLISECONDS: &str = "C26";

pub fn elements(window: &Window, measured: &[Bound], device: String) -> Value {
    let reports = measured.iter().map(|bound| {
        let mut all = window.outside.iter();
        let outside = all.find(|outside| outside.bound == *bound);
        let time = outside.map_or(0, |outside| outside.time);
        let side = match bound.side {
            Side::Above => "above",
            Side::Below => "below",
        };
        let hundredths = bound.hundredths;
        let mut report = json!({
            "type": "Time",
            "value": time,
            "uom": MILLISECONDS,
            "dataProcessingMethod": format!("urn:allive:outside:{side}:{hundredths}"),
        });
        if let (true, Value::Object(report)) = (time > 0, &mut report) {
            report.insert("exception".into(), "ALARM_CONDITION".into());
        }
        report
    });
    let reports: Vec<_> = reports.collect();
    json!([{
        "sensorMetadata": {
            "startTime": words::utc(window.from).to_string(),
            "endTime": words::utc(window.until).to_string(),
            "deviceID": device,
            "rawData": format!("ni:///sha-256;{}", hex::encode(window.digest)),
        },
        "sensorReport": reports,
    }])
}
