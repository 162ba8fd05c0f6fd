"""Whatever form of the schemas an engine loads, and whichever engine, the verdict is one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema
import jsonschema_rs
import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT202012

Verdicts: TypeAlias = Callable[[Mapping[str, Any], list[tuple[str, Any]]], list[bool]]

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "validation" / "payloads.json").read_text("utf-8")
)
BASE = "https://published.example/"

PYTHON_READS_A_LINE_FEED_BEFORE_THE_DOLLAR = {"Timestamp: a line feed after"}
"""jsonschema searches with `re`, whose `$` also matches before a final line feed."""


def _rust(schemas: Mapping[str, Any], payloads: list[tuple[str, Any]]) -> list[bool]:
    registry = jsonschema_rs.Registry(list(schemas.items()))
    validators = {
        reference: jsonschema_rs.Draft202012Validator({"$ref": reference}, registry=registry)
        for reference, _ in payloads
    }
    return [validators[reference].is_valid(payload) for reference, payload in payloads]


def _python(schemas: Mapping[str, Any], payloads: list[tuple[str, Any]]) -> list[bool]:
    resources = [(uri, DRAFT202012.create_resource(schema)) for uri, schema in schemas.items()]
    registry: Registry[Any] = Registry().with_resources(resources).crawl()
    validators = {
        reference: jsonschema.Draft202012Validator({"$ref": reference}, registry=registry)
        for reference, _ in payloads
    }
    return [validators[reference].is_valid(payload) for reference, payload in payloads]


@pytest.fixture(params=["jsonschema-rs", "jsonschema", "Ajv"])
def engine(request: pytest.FixtureRequest) -> tuple[str, Verdicts]:
    """Each engine in turn, with its name."""
    engines = {"jsonschema-rs": _rust, "jsonschema": _python}
    ask = engines.get(request.param) or request.getfixturevalue("ajv")
    return request.param, ask


def _loaded(form: str, published: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The schemas of one form by URI, and the reference of each type."""
    singles = [schema for path, schema in published.items() if path.startswith("schemas/")]
    by_id = {schema["title"]: schema["$id"] for schema in singles}
    match form:
        case "single schemas":
            return {schema["$id"]: schema for schema in singles}, by_id
        case "compound bundle":
            return {f"{BASE}bundle": published["bundle.schema.json"]}, by_id
        case _:
            flat = {title: f"{BASE}flat#/$defs/{title}" for title in by_id}
            return {f"{BASE}flat": published["flat.schema.json"]}, flat


def _payload(case: dict[str, Any], published: Mapping[str, Any]) -> Any:
    if "payload" in case:
        return case["payload"]
    (example, *_) = published["flat.schema.json"]["$defs"][case["type"]]["examples"]
    changed = {**example, **case.get("with", {})}
    return {key: value for key, value in changed.items() if key not in case.get("without", ())}


@pytest.mark.parametrize("form", ["single schemas", "compound bundle", "flat bundle"])
def test_every_engine_judges_every_form_alike(
    published: Mapping[str, Any], engine: tuple[str, Verdicts], form: str
) -> None:
    name, ask = engine
    schemas, references = _loaded(form, published)
    payloads = [(references[case["type"]], _payload(case, published)) for case in CASES]

    verdicts = ask(schemas, payloads)

    differing = {
        f"{case['type']}: {case['description']}"
        for case, verdict in zip(CASES, verdicts, strict=True)
        if verdict is not case["valid"]
    }
    known = PYTHON_READS_A_LINE_FEED_BEFORE_THE_DOLLAR if name == "jsonschema" else set()
    assert differing == known


MEASURE = {
    "a/Length": {"properties": {"unit": {"$ref": "../b/unit%20name.schema.json#/$defs/short"}}},
    "b/unit name": {"$defs": {"short": {"$ref": "#/$defs/one%7Eof"}, "one~of": {"enum": ["m"]}}},
}


@pytest.mark.parametrize("form", ["bundle", "flat"])
def test_schemas_without_an_id_are_bundled_for_every_engine(
    published_of: Callable[..., Mapping[str, Any]], engine: tuple[str, Verdicts], form: str
) -> None:
    _, ask = engine
    bundle = published_of(MEASURE)[f"{form}.schema.json"]
    payloads = [(f"{BASE}it#/$defs/Length", {"unit": unit}) for unit in ("m", "ft")]

    verdicts = ask({f"{BASE}it": bundle}, payloads)

    assert verdicts == [True, False]
