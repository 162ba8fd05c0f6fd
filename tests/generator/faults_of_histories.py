"""Faults of histories: properties that are not there, or are not what a history is made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.generator.faults import Fault, fault, faults
from tests.generator.faults_of_lifecycles import lifecycle, status
from tests.generator.project import Content

STATE = {"$ref": "State.schema.json"}
TIME = {"type": "string", "format": "date-time"}
ENTRY = {"type": "object", "properties": {"to": STATE, "at": TIME}, "required": ["to", "at"]}
BESIDE: Mapping[str, Content] = {
    "schemas/State.schema.json": status(lifecycle()),
    "schemas/Other.schema.json": status(lifecycle()),
    "schemas/Plain.schema.json": '{ "type": "string", "oneOf": [{ "const": "a" }] }',
}


def entry(**properties: Any) -> dict[str, Any]:
    """An array of entries of which some properties are others."""
    return {
        "type": "array",
        "items": {**ENTRY, "properties": {"to": STATE, "at": TIME} | properties},
    }


def history(names: Mapping[str, str], **properties: Any) -> str:
    """A record whose history has some properties of other names, and whose properties are others.

    A mark stands before the first of the names, or else before the whole.
    """
    sound = {"entries": "log", "state": "to", "time": "at"}
    known = {"log": entry(), "now": STATE, "made": TIME, **properties}
    told = json.dumps({"x-history": {**sound, **names}, "type": "object", "properties": known})
    for key, name in names.items():
        return told.replace(f'"{key}": "{name}"', f'"{key}": ▶"{name}"')
    return told


def wrong(name: str, key: str, rule: str, says: str, text: str) -> Fault:
    """A fault of what `key` names."""
    return fault(name, text, rule, f"/x-history/{key}", says, BESIDE)


FAULTS_OF_HISTORIES = [
    fault(
        "a history of an enum",
        '{ "type": "string", "enum": ["a"], "x-history":'
        ' ▶{ "entries": "log", "state": "to", "time": "at" } }',
        "misplaced-keyword",
        "/x-history",
        "goes with a record",
    ),
    wrong(
        "a history in no property",
        "entries",
        "history-field",
        "`logs` is no property; did you mean `log`?",
        history({"entries": "logs"}),
    ),
    faults(
        "a history of which nothing is there",
        '{ "x-history": { "entries": ▶"l", "state": "to", "time": "at", "last": ▶"n", "id": ▶"i",'
        ' "created": ▶"c" }, "type": "object", "properties": { "a": {} } }',
        *(
            ("history-field", f"/x-history/{key}", "there are `a`")
            for key in ("entries", "last", "id", "created")
        ),
    ),
    wrong(
        "a history that is no array",
        "entries",
        "history-entries",
        "an array whose items are records",
        history({"entries": "now"}),
    ),
    wrong(
        "a history of words",
        "entries",
        "history-entries",
        "`words` is to be an array",
        history({"entries": "words"}, words={"type": "array", "items": {"type": "string"}}),
    ),
    wrong(
        "an entry without such a state",
        "state",
        "history-field",
        "an entry has no property `too`; did you mean `to`?",
        history({"state": "too"}),
    ),
    wrong(
        "an entry without such a time",
        "time",
        "history-field",
        "an entry has no property `when`; it has `to` and `at`",
        history({"time": "when"}),
    ),
    wrong(
        "an entry whose state may be absent",
        "state",
        "history-required",
        "require it",
        history({"state": "was"}, log=entry(was=STATE)),
    ),
    wrong(
        "an entry whose time may be null",
        "time",
        "history-required",
        "not null",
        history({"time": "at"}, log=entry(at={"anyOf": [TIME, {"type": "null"}]})),
    ),
    wrong(
        "states that are words",
        "state",
        "history-state",
        "an enum with `x-lifecycle`",
        history({"state": "to"}, log=entry(to={"type": "string"})),
    ),
    wrong(
        "states without a lifecycle",
        "state",
        "history-state",
        "an enum with `x-lifecycle`",
        history({"state": "to"}, log=entry(to={"$ref": "Plain.schema.json"})),
    ),
    wrong(
        "times that are numbers",
        "time",
        "history-time",
        "`at` is to be a time",
        history({"time": "at"}, log=entry(at={"type": "number"})),
    ),
    wrong(
        "times that are days",
        "time",
        "history-time",
        "a string of `format` `date-time`",
        history({"time": "at"}, log=entry(at={"type": "string", "format": "date"})),
    ),
    wrong(
        "a record that was made in no time",
        "created",
        "history-time",
        "`made` is to be a time",
        history({"created": "made"}, made={"type": "string"}),
    ),
    wrong(
        "a last state of another enum",
        "last",
        "history-last",
        "`now` is to be of the enum that the entries' states are of: `State`",
        history({"last": "now"}, now={"$ref": "Other.schema.json"}),
    ),
]
