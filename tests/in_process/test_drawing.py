"""`recordsmith.testing.payloads` draws values that a schema accepts, most at the first attempt."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck, Unsatisfiable
from tests.fuzz.schemas import Case, cases
from tests.generator.project import Project

import recordsmith
from recordsmith.testing import payloads
from recordsmith.testing.making import drawn

ROOT = Path(__file__).parents[2]
FLAGSHIP = sorted(file.name.partition(".")[0] for file in (ROOT / "schemas").rglob("*.schema.json"))
D4, D6, D7 = (f"http://json-schema.org/draft-0{number}/schema#" for number in (4, 6, 7))
D2019 = "https://json-schema.org/draft/2019-09/schema"
FORMATS = (
    *("date", "time", "date-time", "duration", "email", "idn-email", "hostname", "idn-hostname"),
    *("ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uri-template", "uuid"),
    *("json-pointer", "relative-json-pointer", "regex"),
)

SCHEMAS: dict[str, Any] = {
    "anything": True,
    "a tree": {
        "type": "object",
        "required": ["below"],
        "properties": {"below": {"type": "array", "items": {"$ref": "#"}}},
        "additionalProperties": False,
    },
    "a list with an end": {
        "type": "object",
        "required": ["next"],
        "properties": {"next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}},
    },
    "terms": {
        "oneOf": [
            {
                "type": "object",
                "required": ["+"],
                "properties": {"+": {"items": {"$ref": "#"}, "minItems": 2, "type": "array"}},
            },
            {"type": "object", "required": ["value"], "properties": {"value": {"type": "number"}}},
        ]
    },
    "a dynamic reference": {
        "$id": "http://a.example/tree",
        "$dynamicAnchor": "node",
        "type": "object",
        "properties": {"below": {"type": "array", "items": {"$dynamicRef": "#node"}}},
    },
    "a recursive reference": {
        "$schema": D2019,
        "type": "object",
        "properties": {"below": {"type": "array", "items": {"$recursiveRef": "#"}}},
    },
    "a condition": {
        "type": "object",
        "properties": {"kind": {"enum": ["x", "y"]}, "x": {"type": "integer"}},
        "required": ["kind"],
        "if": {"properties": {"kind": {"const": "x"}}},
        "then": {"required": ["x"]},
        "else": {"properties": {"x": False}},
    },
    "tags": {
        "oneOf": [
            {"properties": {"tag": {"const": one}, one: {"type": "string"}}, "required": ["tag"]}
            for one in "abc"
        ],
        "type": "object",
    },
    "exactly one of two": {
        "type": "object",
        "properties": {"a": True, "b": True},
        "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
    },
    "not": {"type": ["string", "integer"], "not": {"type": "string"}},
    "not a member": {"enum": [1, 2, 3], "not": {"const": 2}},
    "unlike items": {"type": "array", "items": {"type": "boolean"}, "uniqueItems": True},
    "contained": {"type": "array", "contains": {"const": 7}, "minContains": 2, "maxContains": 2},
    "first items": {"type": "array", "prefixItems": [{"type": "string"}, True], "items": False},
    "first items of old": {"$schema": D6, "items": [{"type": "string"}], "additionalItems": False},
    "beside a reference": {
        "$schema": D7,
        "$ref": "#/definitions/a",
        "type": "string",
        "definitions": {"a": {"type": "integer"}},
    },
    "exclusive bounds of old": {
        "$schema": D4,
        "type": "number",
        "minimum": 3,
        "exclusiveMinimum": True,
    },
    "dependencies of old": {
        "$schema": D7,
        "type": "object",
        "properties": {"a": {"type": "null"}, "c": {"type": "null"}},
        "dependencies": {"a": ["b"], "c": {"required": ["a"]}},
    },
    "dependents": {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "dependentRequired": {"a": ["b"]},
        "dependentSchemas": {"b": {"required": ["c"], "properties": {"c": {"type": "null"}}}},
    },
    "multiples": {"type": "number", "multipleOf": 0.01, "minimum": 0, "exclusiveMaximum": 1},
    "narrow": {"type": "integer", "exclusiveMinimum": 2, "exclusiveMaximum": 5},
    "large": {"type": "integer", "minimum": 1e30},
    "patterned names": {
        "type": "object",
        "patternProperties": {"^x-": {"type": "string"}},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "named names": {
        "type": "object",
        "propertyNames": {"pattern": "^[a-z]+$"},
        "additionalProperties": {"type": "integer"},
        "minProperties": 2,
        "maxProperties": 3,
    },
    "nothing unevaluated": {
        "type": "object",
        "allOf": [{"properties": {"a": {"type": "string"}}}],
        "properties": {"b": True},
        "unevaluatedProperties": False,
    },
    "a length": {"type": "string", "minLength": 3, "maxLength": 4},
    "no length": {"type": "string", "maxLength": 0},
    "a pattern of ECMA-262": {"type": "string", "pattern": "^(?<year>\\d{4})-\\p{L}+(?<!z)$"},
    "formats": {
        "type": "object",
        "properties": {name: {"type": "string", "format": name} for name in FORMATS},
        "required": [*FORMATS],
    },
}


def all_of(strategy: st.SearchStrategy[Any], act: Callable[[Any], None], count: int = 40) -> None:
    """Do something with values of a strategy."""

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(strategy)
    def run(value: Any) -> None:
        act(value)

    run()


@pytest.mark.parametrize("type_", FLAGSHIP)
def test_every_value_is_a_valid_payload(type_: str) -> None:
    validator = recordsmith.validator(type_, project=ROOT)
    all_of(payloads(type_, project=ROOT), lambda value: validator.validate(json.dumps(value)))


@pytest.mark.parametrize("type_", FLAGSHIP)
def test_none_is_drawn_in_vain_for_the_types_of_this_project(type_: str) -> None:
    validator = recordsmith.validator(type_, project=ROOT)
    all_of(drawn(validator), lambda value: validator.validate(json.dumps(value)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_most_values_are_valid_as_they_are_drawn(name: str) -> None:
    validator = recordsmith.validator(SCHEMAS[name], formats="assert")
    verdicts: list[bool] = []
    all_of(drawn(validator), lambda value: verdicts.append(validator.exact.is_valid(value)))

    assert verdicts.count(False) <= len(verdicts) / 10


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_value_is_valid(name: str) -> None:
    validator = recordsmith.validator(SCHEMAS[name], formats="assert")
    strategy = payloads(SCHEMAS[name], formats="assert")
    all_of(strategy, lambda value: validator.validate(json.dumps(value)))


@pytest.mark.parametrize(
    "schema", [False, {"items": {"$ref": "#"}, "type": "array", "minItems": 1}]
)
def test_where_nothing_is_valid_nothing_is_drawn(schema: Any) -> None:
    with pytest.raises((FailedHealthCheck, Unsatisfiable)):
        all_of(payloads(schema), lambda _value: None)


def test_references_between_documents_are_followed(project: Project) -> None:
    project.write(
        "schemas/One.schema.json", '{"title": "One", "$ref": "in/Two.schema.json#/$defs/a"}'
    )
    project.write(
        "schemas/in/Two.schema.json",
        '{"title": "Two", "$defs": {"a": {"type": "array", "items": {"$ref": "#/$defs/b"},'
        ' "minItems": 1}, "b": {"enum": [7]}}}',
    )
    values: list[Any] = []
    all_of(payloads("One"), values.append)

    assert {item for value in values for item in value} == {7}


def test_a_value_is_the_user_s_to_change() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"const": [1]}, "b": {"type": "integer"}},
        "required": ["a", "b"],
    }
    found: list[str] = []

    def change(value: Any) -> None:
        found.append(json.dumps(value["a"]))
        value["a"].append(2)

    all_of(payloads(schema), change)

    assert found == ["[1]"] * 40


def test_values_are_not_all_alike() -> None:
    found: list[str] = []
    strategy = payloads("InvocationRecord", project=ROOT)
    all_of(strategy, lambda value: found.append(json.dumps(value)))

    assert len(set(found)) > 30
    assert any('"status": [{' in one for one in found)
    assert any('"rich_input_data": {' in one for one in found)


@settings(max_examples=60, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
@given(cases(), st.data())
def test_no_schema_is_too_odd_to_draw_from(case: Case, data: st.DataObject) -> None:
    try:
        validator = recordsmith.validator(case.schema, formats="assert")
    except recordsmith.ProblemsFound:
        return
    data.draw(drawn(validator))
