//! What sensors said.

use super::{event::Extension, fault::Problem, fields::Fields, reading::keep, thing::Word};
use crate::{
    vocabulary::{ALERTS, COMPONENTS, MEASUREMENTS},
    Timestamp,
};

/// What one sensor, or several together, said of one time.
#[derive(Clone, Debug, PartialEq)]
pub struct SensorElement {
    /// The moment of all its reports that name none.
    pub time: Option<Timestamp>,
    /// The beginning of the span of its reports.
    pub start: Option<Timestamp>,
    /// The end of that span.
    pub end: Option<Timestamp>,
    /// The sensor.
    pub device: Option<String>,
    /// What is measured.
    pub reports: Vec<SensorReport>,
}

/// One measurement.
#[derive(Clone, Debug, PartialEq)]
pub struct SensorReport {
    /// What is measured.
    pub kind: Word,
    /// What the sensor warns of.
    pub exception: Option<Word>,
    /// The sensor, if it is another than that of the element.
    pub device: Option<String>,
    /// The moment, if it is another than that of the element.
    pub time: Option<Timestamp>,
    /// The value.
    pub value: Option<f64>,
    /// The least value of a span.
    pub min: Option<f64>,
    /// The greatest value of a span.
    pub max: Option<f64>,
    /// The mean value of a span.
    pub mean: Option<f64>,
    /// The unit, by UN/CEFACT Recommendation 20.
    pub unit: Option<String>,
}

pub fn read(fields: &Fields<'_>, extensions: &mut Vec<Extension>) -> Vec<SensorElement> {
    fields.objects("sensorElementList", |element| {
        keep(&element, &["sensorMetadata", "sensorReport"], extensions);
        let (mut time, mut start, mut end, mut device) = (None, None, None, None);
        element.inner("sensorMetadata", |metadata| {
            keep(
                &metadata,
                &[
                    "time",
                    "startTime",
                    "endTime",
                    "deviceID",
                    "deviceMetadata",
                    "rawData",
                    "dataProcessingMethod",
                    "bizRules",
                ],
                extensions,
            );
            time = metadata.time("time");
            start = metadata.time("startTime");
            end = metadata.time("endTime");
            device = metadata.uri("deviceID");
            for name in [
                "deviceMetadata",
                "rawData",
                "dataProcessingMethod",
                "bizRules",
            ] {
                metadata.uri(name);
            }
            if let (Some(start), Some(end)) = (start, end) {
                if end < start {
                    metadata.fault("endTime", Problem::EndsBeforeItBegins { end });
                }
            }
        });
        element.required("sensorReport");
        element.not_empty("sensorReport");
        Some(SensorElement {
            time,
            start,
            end,
            device,
            reports: element.objects("sensorReport", |report| read_report(&report, extensions)),
        })
    })
}

const URIS: [&str; 8] = [
    "deviceMetadata",
    "rawData",
    "dataProcessingMethod",
    "microorganism",
    "chemicalSubstance",
    "coordinateReferenceSystem",
    "uriValue",
    "deviceID",
];
const NUMBERS: [&str; 7] = [
    "value",
    "minValue",
    "maxValue",
    "meanValue",
    "sDev",
    "percRank",
    "percValue",
];
const OTHERS: [&str; 8] = [
    "type",
    "exception",
    "time",
    "component",
    "stringValue",
    "booleanValue",
    "hexBinaryValue",
    "uom",
];

fn read_report(fields: &Fields<'_>, extensions: &mut Vec<Extension>) -> Option<SensorReport> {
    let known: Vec<&str> = URIS
        .iter()
        .chain(&NUMBERS)
        .chain(&OTHERS)
        .copied()
        .collect();
    keep(fields, &known, extensions);
    fields.required("type");
    for name in URIS {
        if name != "deviceID" {
            fields.uri(name);
        }
    }
    for name in ["sDev", "percRank", "percValue"] {
        fields.number(name);
    }
    fields.word("component", &COMPONENTS);
    fields.text("stringValue");
    fields.boolean("booleanValue");
    if let Some(text) = fields.text("hexBinaryValue") {
        if text.is_empty() || !text.bytes().all(|it| it.is_ascii_hexdigit()) {
            fields.fault(
                "hexBinaryValue",
                Problem::NotHex {
                    text: text.to_owned(),
                },
            );
        }
    }
    let kind = fields.word("type", &MEASUREMENTS);
    let exception = fields.word("exception", &ALERTS);
    let report = SensorReport {
        exception,
        device: fields.uri("deviceID"),
        time: fields.time("time"),
        value: fields.number("value"),
        min: fields.number("minValue"),
        max: fields.number("maxValue"),
        mean: fields.number("meanValue"),
        unit: fields.text("uom").map(str::to_owned),
        kind: kind?,
    };
    Some(report)
}
