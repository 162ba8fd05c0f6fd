"""However odd a schema is: it is refused where it stands, or its models judge as it does."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from pydantic import TypeAdapter, ValidationError
from tests.generator.project import Project
from tests.golden.judge import Judge

from recordsmith.problems import ProblemsFound

HERE = Path(__file__).parent
ODD_SCHEMAS = json.loads((HERE / "odd_schemas.json").read_text("utf-8"))
ANY_KEYWORDS = json.loads((HERE / "any_keywords.json").read_text("utf-8"))
ODD_NAMES = json.loads((HERE / "odd_names.json").read_text("utf-8"))

Verdict: TypeAlias = Callable[[dict[str, Any], list[Any]], list[str]]

NUMBERS = count()
FORMATS = '[tool.recordsmith]\nformats = "assert"\n'
TEXT = {"type": "string"}
OTHERS = {
    "label": TEXT,
    "count": {"type": "integer"},
    "few": {"type": "integer", "maximum": 3, "default": 1},
    "ratio": {"type": "number"},
    "flag": {"type": "boolean"},
    "texts": {"type": "array", "items": TEXT, "default": []},
    "when": {"type": "string", "format": "date-time", "default": "2024-01-02T03:04:05Z"},
    "anything": True,
    "kind": {"const": "k"},
}
"""Properties of every sort, which an odd name may get into the way of."""


@pytest.fixture
def judged(project_with: Callable[..., Project], monkeypatch: pytest.MonkeyPatch) -> Verdict:
    """Says of which payloads for `Holder` the schemas and their models judge otherwise."""

    def found(schemas: dict[str, Any], payloads: list[Any]) -> list[str]:
        package = f"odd_{next(NUMBERS)}"
        settings = f'{FORMATS}[tool.recordsmith.python]\npackage = "{package}"\n'
        files = {f"schemas/{path}.schema.json": json.dumps(schemas[path]) for path in schemas}
        project = project_with({"pyproject.toml": settings, **files})
        project.generate()
        monkeypatch.syspath_prepend(str(project.root / "generated/python"))
        holder = importlib.import_module(f"{package}.records").Holder
        return list(_differing(Judge(project.root / "schemas"), holder, payloads))

    return found


@pytest.fixture
def disagreements(judged: Verdict) -> Verdict:
    """The same; a project that is refused at places in its schemas has none."""

    def found(schemas: dict[str, Any], payloads: list[Any]) -> list[str]:
        try:
            return judged(schemas, payloads)
        except ProblemsFound as refusal:
            files = {f"schemas/{path}.schema.json" for path in schemas}
            problems = (one for one in refusal.problems if one.rule != "path-collision")
            return sorted({problem.at.file for problem in problems} - files)

    return found


def _differing(judge: Judge, holder: Any, payloads: list[Any]) -> Iterator[str]:
    adapter = TypeAdapter(holder)
    for payload in payloads:
        verdict = judge.accepts("Holder", payload)
        try:
            value = adapter.validate_json(json.dumps(payload))
        except ValidationError:
            if verdict:
                yield f"the model refuses {payload}"
            continue
        if not verdict:
            yield f"the model accepts {payload}"
        elif not judge.accepts("Holder", json.loads(adapter.dump_json(value))):
            yield f"the model emits what the schema refuses for {payload}"


def holding(schema: Any, **keywords: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"value": schema}, **keywords}


def held(values: list[Any]) -> list[Any]:
    return [{"value": value} for value in values] + [{}]


@pytest.mark.parametrize("odd", ODD_SCHEMAS, ids=[odd["name"] for odd in ODD_SCHEMAS])
def test_an_odd_schema_is_refused_or_judges_as_its_model_does(
    disagreements: Verdict, odd: dict[str, Any]
) -> None:
    holder = holding(odd["holder"], **{"$defs": odd.get("defs", {})})
    found = disagreements({"Holder": holder, **odd.get("schemas", {})}, held(odd["values"]))

    assert found == []


@pytest.mark.parametrize("any_", ANY_KEYWORDS, ids=[any_["name"] for any_ in ANY_KEYWORDS])
def test_a_schema_of_any_keywords_is_taken_and_judges_as_its_model_does(
    judged: Verdict, any_: dict[str, Any]
) -> None:
    holder = holding(any_["holder"], **{"$defs": any_.get("defs", {})})
    found = judged({"Holder": holder, **any_.get("schemas", {})}, held(any_["values"]))

    assert found == []


@pytest.mark.parametrize("name", ODD_NAMES["properties"], ids=ascii)
def test_a_property_may_have_any_name(disagreements: Verdict, name: str) -> None:
    sound = {"label": "a", "count": 1, "ratio": 0.5, "flag": True, "texts": ["a"], "kind": "k"}
    right = [{}, sound, {**sound, name: "a", "when": "2024-01-02T03:04:05Z", "anything": [None]}]
    wrong = [{name: ["a"]}, *({other: {}} for other in OTHERS)]
    holder = {"type": "object", "properties": {name: TEXT, **OTHERS}}
    found = disagreements({"Holder": holder}, [*right, *wrong])

    assert found == []


@pytest.mark.parametrize("title", ODD_NAMES["titles"], ids=ascii)
def test_a_type_may_have_any_title(disagreements: Verdict, title: str) -> None:
    odd = {"title": title, "type": "object", "properties": OTHERS}
    holder = holding({"$ref": "Odd.schema.json"})
    found = disagreements({"Holder": holder, "Odd": odd}, held([{"label": "a"}, {"label": 1}, 1]))

    assert found == []


@pytest.mark.parametrize("name", ODD_NAMES["files"], ids=ascii)
def test_a_schema_file_may_have_any_name(disagreements: Verdict, name: str) -> None:
    odd = {"$id": "http://golden.example/odd", "type": "object", "properties": {"a": TEXT}}
    holder = holding({"$ref": "http://golden.example/odd"})
    found = disagreements({"Holder": holder, name: odd}, held([{"a": "a"}, {"a": 1}, 1]))

    assert found == []


@pytest.mark.parametrize("kind", ["string", "integer"])
@pytest.mark.parametrize("name", ODD_NAMES["members"], ids=ascii)
def test_a_member_may_have_any_name(disagreements: Verdict, name: str, kind: str) -> None:
    values: list[Any] = ["a", "b"] if kind == "string" else [1, 2]
    members = [{"const": values[0], "title": name}, {"const": values[1], "title": "Other"}]
    odd = {"type": kind, "oneOf": members}
    holder = holding({"$ref": "Odd.schema.json", "default": values[0]})
    found = disagreements({"Holder": holder, "Odd": odd}, held([*values, "z", 3, None]))

    assert found == []


@pytest.mark.parametrize("name", ODD_NAMES["sentinels"])
def test_a_sentinel_may_have_any_name(disagreements: Verdict, name: str) -> None:
    special = {"description": "A special one.", "value": {"a": "x"}, "identified_by": ["a"]}
    odd = {"type": "object", "properties": {"a": TEXT}, "x-sentinel": {name: special}}
    holder = holding({"$ref": "Odd.schema.json"})
    found = disagreements({"Holder": holder, "Odd": odd}, held([{"a": "x"}, {"a": 1}]))

    assert found == []


@pytest.mark.parametrize("depth", [20, 100, 200, 900])
def test_lists_may_be_nested_deeply(disagreements: Verdict, depth: int) -> None:
    schema: Any = TEXT
    value: Any = "a"
    for _ in range(depth):
        schema, value = {"type": "array", "items": schema}, [value]
    found = disagreements({"Holder": holding(schema)}, held([value]) if depth < 100 else [{}])

    assert found == []


@pytest.mark.parametrize("depth", [20, 60, 200])
def test_records_may_be_nested_deeply(disagreements: Verdict, depth: int) -> None:
    schema: Any = TEXT
    for _ in range(depth):
        schema = holding(schema)
    found = disagreements({"Holder": schema}, [{}, {"value": {"value": 1}}])

    assert found == []


def test_a_reference_may_lead_to_a_reference_many_times(disagreements: Verdict) -> None:
    steps = {f"s{n}": {"$ref": f"#/$defs/s{n + 1}"} for n in range(1500)}
    holder = holding({"$ref": "#/$defs/s0"}, **{"$defs": {**steps, "s1500": TEXT}})
    found = disagreements({"Holder": holder}, [{}])

    assert found == []


def test_many_records_may_hold_one_another(disagreements: Verdict) -> None:
    chain = {f"R{n}": holding({"$ref": f"R{n + 1}.schema.json"}) for n in range(200)}
    holder = holding({"$ref": "R0.schema.json"})
    found = disagreements({"Holder": holder, **chain, "R200": holding(TEXT)}, [{}, {"value": 1}])

    assert found == []
