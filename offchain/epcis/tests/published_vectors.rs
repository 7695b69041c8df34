//! Hashes of CBV 2.0 that others have published.
//!
//! The events and their hashes are those of the test suite of `epcis-event-hash-generator` (its
//! example for the rounding of time stamps).

use allive_epcis::{event_hash, Context};
use serde_json::{json, Value};

fn hash(event: &Value) -> String {
    event_hash(event.as_object().unwrap(), &Context::default()).to_string()
}

fn name(digits: &str) -> String {
    format!("ni:///sha-256;{digits}?ver=CBV2.0")
}

#[test]
fn a_half_millisecond_rounds_up() {
    let shipped = json!({
        "type": "ObjectEvent",
        "eventTime": "2023-02-02T11:04:03.1415Z",
        "eventTimeZoneOffset": "+01:00",
        "epcList": ["https://id.gs1.de/00/040123451111111110"],
        "action": "OBSERVE",
        "bizStep": "shipping",
        "disposition": "in_transit",
        "readPoint": { "id": "https://id.gs1.de/414/4012345000115" },
    });
    assert_eq!(
        hash(&shipped),
        name("af7658e711574363633f20b3dadc7bc4c13c6f612cf96d95e03c421c0e58f3c6")
    );
}

#[test]
fn less_than_half_a_millisecond_is_dropped() {
    let transported = json!({
        "type": "ObjectEvent",
        "eventTime": "2023-02-02T11:04:03.1414Z",
        "eventTimeZoneOffset": "+01:00",
        "epcList": ["https://id.gs1.de/00/040123451111111110"],
        "action": "OBSERVE",
        "bizStep": "transporting",
        "readPoint": { "id": "geo:50.947573340894124,6.922120147375441" },
    });
    assert_eq!(
        hash(&transported),
        name("0550df44527332c1fe417c5837fe61b9e71eaa93307b88519dac549bf2d4dcf9")
    );
}

#[test]
fn certificates_sensors_and_coordinates_are_hashed() {
    let received = json!({
        "type": "ObjectEvent",
        "eventTime": "2023-02-12T11:04:03.1415Z",
        "eventTimeZoneOffset": "+01:00",
        "certificationInfo": "https://accreditation-council.example.org/certificate/ABC12345",
        "epcList": ["https://id.gs1.de/01/04012345999990/21/XYZ-1234"],
        "action": "OBSERVE",
        "bizStep": "receiving",
        "disposition": "in_progress",
        "readPoint": { "id": "https://id.gs1.de/414/4012345000115" },
        "sensorElementList": [{
            "sensorMetadata": {
                "time": "2023-02-12T11:04:03.1007Z",
                "bizRules": "https://id.example.com/253/4012345000054987",
            },
            "sensorReport": [{
                "type": "Dimensionless",
                "exception": "ALARM_CONDITION",
                "coordinateReferenceSystem": "http://www.opengis.net/def/crs/EPSG/0/27700",
            }],
        }],
    });
    assert_eq!(
        hash(&received),
        name("589e6268daac257cff0a64ae0f525abcc3ff90bc7832171270fd9260e9c481c8")
    );
}
