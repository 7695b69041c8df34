#!/usr/bin/env python3
"""Validate DID documents by DID Core 1.0, with the packages pydid and PyLD.

    validate.py [FILE ...]       without arguments: every document beside this file

pydid holds a document against the data model of DID Core. PyLD expands it by
the contexts that it names, out of contexts/: whatever no context defines is
refused, and nothing is fetched.

Prints one line a file and, last, "N passed, M failed"; exits 1 if any failed.
Before the first file it makes sure that broken documents are refused.
"""

import copy
import json
import sys
from pathlib import Path

from pyld import jsonld
from pydid import DIDDocument

HERE = Path(__file__).resolve().parent
DID_CORE = "https://www.w3.org/ns/did/v1"
RECOVERY = "https://w3id.org/security/suites/secp256k1recovery-2020/v2"
CONTEXTS = {
    DID_CORE: "did-v1.jsonld",
    "https://w3id.org/security/suites/blockchain-2021/v1": "blockchain-2021-v1.jsonld",
    RECOVERY: "secp256k1recovery-2020-v2.jsonld",
}
RELATIONS = (
    "authentication",
    "assertionMethod",
    "keyAgreement",
    "capabilityInvocation",
    "capabilityDelegation",
)


def load_context(url, _options=None):
    if url not in CONTEXTS:
        raise ValueError(f"the context {url} is not known here")
    context = json.loads((HERE / "contexts" / CONTEXTS[url]).read_bytes())
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": context,
    }


def without_repeats(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise ValueError("a name is given twice")
    return dict(pairs)


def check_model(document):
    """By pydid. It completes what common documents leave out: then what it
    read differs from what was written."""
    parsed = DIDDocument.deserialize(document)
    if parsed.serialize() != document:
        raise ValueError("pydid reads something else than what is written")
    ids = [method["id"] for method in document.get("verificationMethod", ())]
    if len(set(ids)) < len(ids):
        raise ValueError("two verification methods have the same id")
    for relation in RELATIONS:
        references = document.get(relation, [])
        if len(set(references)) < len(references):
            raise ValueError(f"{relation} names a key twice")
        for reference in references:
            parsed.dereference(reference)


def absolute(value):
    if ":" not in value:
        raise ValueError(f"no context defines `{value}`")


def check_types(value):
    if isinstance(value, dict) and "@value" not in value:
        for name in value.get("@type", []):
            absolute(name)
        for key, item in value.items():
            if not key.startswith("@"):
                absolute(key)
            check_types(item)
    elif isinstance(value, list):
        for item in value:
            check_types(item)


def refuse_dropped(name):
    raise ValueError(f"no context defines `{name}`")


def check_meaning(document):
    """By PyLD: every word of the document is one that a context defines."""
    context = document.get("@context")
    if not isinstance(context, list) or context[:1] != [DID_CORE]:
        raise ValueError(f"@context does not begin with {DID_CORE}")
    if not all(isinstance(it, str) for it in context):
        raise ValueError("a context of the document's own")
    expanded = jsonld.expand(
        document,
        {"documentLoader": load_context},
        on_property_dropped=refuse_dropped,
    )
    # A document with an id alone says nothing: it expands to nothing.
    if len(document) > 2 and len(expanded) != 1:
        raise ValueError("it expands to several nodes, or to none")
    check_types(expanded)


def check(text):
    document = json.loads(text, object_pairs_hook=without_repeats)
    check_model(document)
    check_meaning(document)
    return len(document.get("verificationMethod", []))


DID = "did:example:123"
KEY = f"{DID}#key"
SOUND = {
    "@context": [DID_CORE, RECOVERY],
    "id": DID,
    "verificationMethod": [
        {
            "id": KEY,
            "type": "EcdsaSecp256k1RecoveryMethod2020",
            "controller": DID,
            "blockchainAccountId": "eip155:1:0x89a932207c485f85226d86f7cd486a89a24fcc12",
        }
    ],
    "authentication": [KEY],
}


def without_id(document):
    del document["id"]


def with_an_id_that_is_no_did(document):
    document["id"] = "urn:example:123"


def without_a_context(document):
    del document["@context"]


def with_a_context_of_an_unknown_suite(document):
    document["@context"].append("https://example.org/suite/v1")


def without_the_context_of_its_suite(document):
    document["@context"].remove(RECOVERY)


def with_an_undefined_word(document):
    document["colour"] = "blue"


def with_an_undefined_word_in_a_key(document):
    document["verificationMethod"][0]["colour"] = "blue"


def with_a_key_of_an_undefined_type(document):
    document["verificationMethod"][0]["type"] = "Divination2021"


def with_a_key_without_an_id(document):
    del document["verificationMethod"][0]["id"]


def with_a_key_without_a_controller(document):
    del document["verificationMethod"][0]["controller"]


def with_a_key_that_shows_nothing(document):
    del document["verificationMethod"][0]["blockchainAccountId"]


def with_a_key_that_shows_two_things(document):
    document["verificationMethod"][0]["publicKeyJwk"] = {"kty": "EC"}


def with_a_key_listed_twice(document):
    document["verificationMethod"] *= 2


def with_a_key_named_twice(document):
    document["authentication"] *= 2


def with_a_name_of_no_key(document):
    document["authentication"] = [f"{DID}#other"]


def with_a_purpose_that_is_no_list(document):
    document["authentication"] = KEY


BREAKS = (
    without_id,
    with_an_id_that_is_no_did,
    without_a_context,
    with_a_context_of_an_unknown_suite,
    without_the_context_of_its_suite,
    with_an_undefined_word,
    with_an_undefined_word_in_a_key,
    with_a_key_of_an_undefined_type,
    with_a_key_without_an_id,
    with_a_key_without_a_controller,
    with_a_key_that_shows_nothing,
    with_a_key_that_shows_two_things,
    with_a_key_listed_twice,
    with_a_key_named_twice,
    with_a_name_of_no_key,
    with_a_purpose_that_is_no_list,
)


def check_validator():
    """Return what is wrong with the validators themselves, or None."""
    try:
        check(json.dumps(SOUND))
    except Exception as error:
        return f"a sound document is refused: {error}"
    for break_it in BREAKS:
        broken = copy.deepcopy(SOUND)
        break_it(broken)
        try:
            check(json.dumps(broken))
        # pydid raises ValueErrors and errors of its own, PyLD others: any
        # refusal will do here.
        except Exception:
            continue
        return f"a document {break_it.__name__.replace('_', ' ')} is accepted"
    return None


def main(arguments):
    fault = check_validator()
    if fault:
        print(fault, file=sys.stderr)
        return 2
    paths = [Path(name) for name in arguments] or sorted(HERE.glob("*.json"))
    passed = failed = 0
    for path in paths:
        try:
            count = check(path.read_bytes())
        except Exception as error:
            failed += 1
            print(f"FAIL {path.name}: {' '.join(str(error).split())}")
        else:
            passed += 1
            print(f"ok   {path.name}: {count} keys")
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
