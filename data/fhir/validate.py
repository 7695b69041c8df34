#!/usr/bin/env python3
"""Validate FHIR bundles against R4 (4.0.1) with the package fhir.resources.

    validate.py [FILE ...]       without arguments: every bundle beside this file

Prints one line a file and, last, "N passed, M failed"; exits 1 if any failed.
Before the first file it makes sure that the validator is one worth trusting:
that its default is 4.0.1 and that it refuses bundles which break R4.
"""

import copy
import json
import sys
from pathlib import Path

import fhir.resources
from fhir.resources.bundle import Bundle

HERE = Path(__file__).resolve().parent
RELEASE = "4.0.1"

SOUND = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {
            "fullUrl": "urn:uuid:0b4f5a0e-3f0e-4d62-8f5c-1d1f6a4f7c11",
            "resource": {
                "resourceType": "Observation",
                "id": "0b4f5a0e-3f0e-4d62-8f5c-1d1f6a4f7c11",
                "status": "final",
                "code": {"text": "a sound observation"},
            },
        }
    ],
}


def without_status(resource):
    del resource["status"]


def without_code(resource):
    del resource["code"]


def with_unknown_field(resource):
    resource["colour"] = "blue"


def with_text_for_number(resource):
    resource["valueQuantity"] = {"value": "warm"}


def with_two_values(resource):
    resource["valueString"] = "one"
    resource["valueInteger"] = 2


def with_unknown_type(resource):
    resource["resourceType"] = "Divination"


BREAKS = (
    without_status,
    without_code,
    with_unknown_field,
    with_text_for_number,
    with_two_values,
    with_unknown_type,
)


def check_validator():
    """Return what is wrong with the validator itself, or None."""
    found = fhir.resources.__fhir_version__
    if found != RELEASE:
        return f"fhir.resources validates {found} by default, not {RELEASE}"
    try:
        Bundle.parse_obj(copy.deepcopy(SOUND))
    except Exception as error:
        return f"fhir.resources refuses a sound bundle: {error}"
    for break_it in BREAKS:
        broken = copy.deepcopy(SOUND)
        break_it(broken["entry"][0]["resource"])
        try:
            Bundle.parse_obj(broken)
        # The package raises pydantic errors for most faults and bare
        # LookupError for an unknown resource type: any refusal will do here.
        except Exception:
            continue
        return f"fhir.resources accepts a resource {break_it.__name__.replace('_', ' ')}"
    return None


def references(value):
    if isinstance(value, dict):
        target = value.get("reference")
        if isinstance(target, str):
            yield target
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def check_identity(document):
    """What the suite asks of its samples beyond R4: every entry can be named,
    and no reference leads out of the bundle."""
    entries = document.get("entry") or []
    if not entries:
        raise ValueError("no entries")
    known = set()
    for index, item in enumerate(entries):
        full_url = item.get("fullUrl", "")
        if not full_url.startswith("urn:uuid:"):
            raise ValueError(f"entry {index}: fullUrl is not a urn:uuid")
        if not item.get("resource", {}).get("id"):
            raise ValueError(f"entry {index}: resource.id is missing")
        if full_url in known:
            raise ValueError(f"entry {index}: fullUrl occurs twice")
        known.add(full_url)
    for target in references(entries):
        if target not in known:
            raise ValueError(f"reference {target} leads out of the bundle")


def check_file(path):
    document = json.loads(path.read_bytes())
    parsed = Bundle.parse_obj(document)
    if parsed.type not in ("collection", "document"):
        raise ValueError(f"a bundle of type {parsed.type}")
    check_identity(document)
    return len(parsed.entry)


def main(arguments):
    fault = check_validator()
    if fault:
        print(fault, file=sys.stderr)
        return 2
    paths = [Path(name) for name in arguments] or sorted(HERE.glob("*.json"))
    passed = failed = 0
    for path in paths:
        try:
            count = check_file(path)
        except Exception as error:
            failed += 1
            print(f"FAIL {path.name}: {' '.join(str(error).split())}")
        else:
            passed += 1
            print(f"ok   {path.name}: {count} entries")
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
