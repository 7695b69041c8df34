#!/usr/bin/env python3
"""Write wearable-month.json: one month of an invented person's wearable.

The bundle exists to exercise tools on more than a thousand entries. Every
value follows from the constants below, so that the committed file can be
checked against this script instead of being reviewed line by line.

    generate_large.py            write the file
    generate_large.py --check    exit 1 unless the file equals the output
"""

import argparse
import json
import math
import sys
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

TARGET = Path(__file__).resolve().parent / "wearable-month.json"
NAMESPACE = uuid.UUID("6f0d7c0e-6b0a-4a52-9d55-6a3c5f1b7e21")
START = datetime(2025, 5, 1, tzinfo=timezone(timedelta(hours=8)))
DAYS = 31
AWAKE = range(7, 23)


def noise(*parts):
    """A number in [0, 1) that depends on nothing but its arguments.

    The random module promises no stable sequence across Python versions for
    most of its methods, uuid5 does.
    """
    name = "noise/" + "/".join(str(part) for part in parts)
    return uuid.uuid5(NAMESPACE, name).int % 10_000 / 10_000


def entry(name, resource):
    identifier = str(uuid.uuid5(NAMESPACE, name))
    kind = resource.pop("resourceType")
    return {
        "fullUrl": f"urn:uuid:{identifier}",
        "resource": {"resourceType": kind, "id": identifier, **resource},
    }


def heart_rate(day, hour):
    """Beats per minute, averaged over an hour, with one decimal."""
    rest = 52 if hour not in AWAKE else 66
    wave = 7 * math.sin(math.pi * (hour - 6) / 12)
    return round(rest + wave + 9 * noise("heart", day, hour), 1)


def steps(day, hour):
    busy = 900 if hour in (8, 12, 18) else 260
    return int(busy * (0.4 + noise("steps", day, hour)))


def observation(subject, device, coding, period, quantity, category):
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [
            {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                        "code": category,
                    }
                ]
            }
        ],
        "code": {"coding": [{"system": "http://loinc.org", **coding}]},
        "subject": {"reference": subject},
        "effectivePeriod": period,
        "valueQuantity": {"system": "http://unitsofmeasure.org", **quantity},
        "device": {"reference": device},
    }


def bundle():
    patient = entry(
        "patient",
        {
            "resourceType": "Patient",
            "name": [{"use": "official", "family": "Underbarrow", "given": ["Caspian"]}],
            "gender": "male",
            "birthDate": "1996-02-29",
        },
    )
    device = entry(
        "device",
        {
            "resourceType": "Device",
            "status": "active",
            "manufacturer": "Wrenfield Instruments (invented)",
            "deviceName": [{"name": "Wrenfield Band 2", "type": "user-friendly-name"}],
            "serialNumber": "EX-WB2-00042",
            "patient": {"reference": patient["fullUrl"]},
        },
    )
    entries = [patient, device]
    for day in range(DAYS):
        for hour in range(24):
            begin = START + timedelta(days=day, hours=hour)
            period = {
                "start": begin.isoformat(),
                "end": (begin + timedelta(hours=1)).isoformat(),
            }
            entries.append(
                entry(
                    f"heart/{day}/{hour}",
                    observation(
                        patient["fullUrl"],
                        device["fullUrl"],
                        {"code": "8867-4", "display": "Heart rate"},
                        period,
                        {"value": heart_rate(day, hour), "unit": "beats/minute", "code": "/min"},
                        "vital-signs",
                    ),
                )
            )
            if hour in AWAKE:
                entries.append(
                    entry(
                        f"steps/{day}/{hour}",
                        observation(
                            patient["fullUrl"],
                            device["fullUrl"],
                            {
                                "code": "55423-8",
                                "display": "Number of steps in unspecified time Pedometer",
                            },
                            period,
                            {"value": steps(day, hour), "unit": "steps", "code": "{steps}"},
                            "activity",
                        ),
                    )
                )
    return {
        "resourceType": "Bundle",
        "id": "wearable-month",
        "type": "collection",
        "timestamp": (START + timedelta(days=DAYS)).isoformat(),
        "entry": entries,
    }


def render(document):
    """One entry a line: compact, and a change still shows as a short diff."""
    head = {key: value for key, value in document.items() if key != "entry"}
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    lines = ",\n".join(json.dumps(item, **compact) for item in document["entry"])
    return json.dumps(head, **compact)[:-1] + ',"entry":[\n' + lines + "\n]}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    arguments = parser.parse_args()
    wanted = render(bundle()).encode("utf-8")
    if not arguments.check:
        TARGET.write_bytes(wanted)
        return 0
    if not TARGET.is_file() or TARGET.read_bytes() != wanted:
        print(f"{TARGET.name} differs from what generate_large.py writes", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
