"""Faults of the `x-` keywords on records, beside the assertions that they name."""

from __future__ import annotations

import json
from typing import Any

from tests.generator.faults import Expected, Fault, fault, faults

BASE = "schemas/Base.schema.json"


def record(keywords: str, properties: str = '"a": { "type": "string" }') -> str:
    return f'{{ {keywords}, "type": "object", "properties": {{ {properties} }} }}'


def sentinel(**parts: Any) -> str:
    """The text of a sound sentinel in which some parts are others."""
    sound = {"description": "None.", "value": {"a": "x"}, "identified_by": ["a"]}
    return json.dumps({"none": {**sound, **parts}})


SIZED = '{ "required": ["a"], "properties": { "a": { "type": "string", "minLength": 1 } } }'
PAIR = '"k": { "type": "integer", "default": 1 }, "v": { "type": "integer", "default": 1 }'
ROW = '{ "properties": { "k": { "const": 1 }, "v": { "enum": [1, 2] } } }'
OPEN = '[{ "const": "a" }, { "const": "b" }, { "type": "string" }]'

SELECTORS = [
    fault(
        "a selector of an enum",
        '{ "type": "string", "enum": ["a"], "x-selector": ▶["a"] }',
        "misplaced-keyword",
        "/x-selector",
        "goes with a record",
    ),
    fault(
        "a selector of no property",
        record(f'"x-selector": ▶["aa"], "anyOf": [{SIZED}]'),
        "selector-field",
        "/x-selector",
        "`aa` is no property",
    ),
    fault(
        "a selector of what cannot be empty",
        record('"x-selector": ▶["a"], "anyOf": [{}]', '"a": { "type": "integer" }'),
        "selector-type",
        "/x-selector",
        "`a` has no emptiness",
    ),
    fault(
        "a selector without its assertion",
        record('"x-selector": ▶["a"]'),
        "selector-assertion",
        "/x-selector",
        SIZED[2:-2].replace("{ ", "{").replace(" }", "}"),
    ),
    fault(
        "a selector beside another assertion",
        record('"x-selector": ▶["a"], "anyOf": [{ "required": ["a"] }]'),
        "selector-assertion",
        "/x-selector",
        "write beside it the assertion",
    ),
]

COMPATIBLES = [
    fault(
        "a table of an unknown property",
        record(f'"x-compatible": ▶{{ "key": "kk", "value": "v" }}, "anyOf": [{ROW}]', PAIR),
        "compatible-field",
        "/x-compatible",
        "`kk` is no property",
    ),
    fault(
        "a table of a property without a default",
        record(
            f'"x-compatible": ▶{{ "key": "k", "value": "v" }}, "anyOf": [{ROW}]',
            PAIR.replace('"v": { "type": "integer", "default": 1 }', '"v": { "type": "integer" }'),
        ),
        "compatible-field",
        "/x-compatible",
        "`v` is to be an integer or a string, required or with a default",
    ),
    fault(
        "a row that is none",
        record(f'"x-compatible": {{ "key": "k", "value": "v" }}, "anyOf": [{ROW}, ▶{{}}]', PAIR),
        "compatible-assertion",
        "/anyOf/1",
        "a branch is to be the properties `k` with `const` and `v` with `enum`",
    ),
    fault(
        "a row that forgets the default",
        record(
            '"x-compatible": { "key": "k", "value": "v" }, "anyOf": [▶{ "properties":'
            ' { "k": { "const": 2 }, "v": { "enum": [1] } } }]',
            PAIR,
        ),
        "compatible-assertion",
        "/anyOf/0",
        'absent counts as the default, so `required` is to be ["k"]',
    ),
    fault(
        "two rows for one value",
        record(f'"x-compatible": {{ "key": "k", "value": "v" }}, "anyOf": [{ROW}, ▶{ROW}]', PAIR),
        "compatible-assertion",
        "/anyOf/1",
        "",
    ),
    fault(
        "a table without rows",
        record('"x-compatible": ▶{ "key": "k", "value": "v" }', PAIR),
        "compatible-assertion",
        "/x-compatible",
        "",
    ),
]

SENTINELS = [
    fault(
        "a sentinel of an unknown property",
        record(f'"x-sentinel": {sentinel(value={"a": "x", "b": 1})}'.replace('{"a":', '▶{"a":')),
        "sentinel-field",
        "/x-sentinel/none/value",
        "`b` is no property",
    ),
    faults(
        "a sentinel that is told by an unknown property",
        record(f'"x-sentinel": {sentinel(identified_by=["c"])}')
        .replace('{"a":', '▶{"a":')
        .replace('["c"]', '▶["c"]'),
        ("sentinel-value", "/x-sentinel/none/value", "say what `c` is"),
        ("sentinel-field", "/x-sentinel/none/identified_by", "`c` is no property"),
    ),
    fault(
        "a sentinel that is told by what it does not say",
        record(f'"x-sentinel": {sentinel(value={})}'.replace("{}", "▶{}")),
        "sentinel-value",
        "/x-sentinel/none/value",
        "say what `a` is",
    ),
    fault(
        "a sentinel that the record refuses",
        record(f'"x-sentinel": {sentinel(value={"a": 1})}'.replace("1", "▶1")),
        "sentinel",
        "/x-sentinel/none/value/a",
        "refused by its own schema",
    ),
    fault(
        "a sentinel called like a property",
        "▶" + record(f'"x-sentinel": {sentinel()}'.replace('"none"', '"a"')),
        "member-collision",
        "",
        "`a`",
    ),
]

OTHERS = [
    fault(
        "an open enum whose stand-in is no member",
        f'{{ "type": "string", "anyOf": {OPEN}, "x-unknown-member": ▶"Other" }}',
        "unknown-member",
        "/x-unknown-member",
        "`Other` is no member",
    ),
    fault(
        "a closed enum with a stand-in",
        '{ "type": "string", "enum": ["a"], "x-unknown-member": ▶"A" }',
        "unknown-member-assertion",
        "/x-unknown-member",
        "the enum is closed",
    ),
    fault(
        "a stand-in of a record",
        record('"x-unknown-member": ▶"A"'),
        "misplaced-keyword",
        "/x-unknown-member",
        "an enum of strings",
    ),
    fault(
        "a base that is no record",
        record('"x-extends": ▶"Base.schema.json"'),
        "extends",
        "/x-extends",
        "only a record",
        {BASE: '{ "type": "string" }'},
    ),
    fault(
        "a base whose properties are not referred to",
        record('"x-extends": ▶"Base.schema.json"'),
        "extends",
        "/x-extends",
        "missing: `b`",
        {BASE: '{ "type": "object", "properties": { "b": {} } }'},
    ),
    fault(
        "a base that requires more",
        record(
            '"x-extends": ▶"Base.schema.json"', '"b": { "$ref": "Base.schema.json#/properties/b" }'
        ),
        "extends",
        "/x-extends",
        "require what it requires",
        {BASE: '{ "type": "object", "properties": { "b": {} }, "required": ["b"] }'},
    ),
    fault(
        "a base that is not there",
        record('"x-extends": ▶"Base.schema.json"'),
        "unresolvable-ref",
        "/x-extends",
        "`Base.schema.json`",
    ),
    fault(
        "a record that extends itself",
        '{ "x-extends": ▶"#", "type": "object", "properties": {} }',
        "extends",
        "/x-extends",
        "",
    ),
    Fault(
        name="two records that extend each other",
        files={
            path: f'{{ "x-extends": ▶"{other}.schema.json", "type": "object", "properties": {{}} }}'
            for path, other in ((BASE, "Thing"), ("schemas/Thing.schema.json", "Base"))
        },
        problems=(
            Expected(rule="extends", pointer="/x-extends", says=""),
            Expected(rule="extends", pointer="/x-extends", says=""),
        ),
    ),
]

FAULTS_OF_BEHAVIOURS = [*SELECTORS, *COMPATIBLES, *SENTINELS, *OTHERS]
