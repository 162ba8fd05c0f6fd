"""What a schema says of itself is held against it, at its own place."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from recordsmith.catalog import Catalog
from recordsmith.problems import ProblemsFound
from recordsmith.validation import Validator
from recordsmith.validation.examining import examine


def _examined(catalog: Catalog) -> list[tuple[str, str]]:
    return [(problem.at.pointer, problem.rule) for problem in examine(catalog, "assert")]


@pytest.fixture
def examined(catalog_of: Callable[..., Catalog]) -> Callable[[Any], list[tuple[str, str]]]:
    """The pointers and rules of what is wrong with one schema."""
    return lambda schema: _examined(catalog_of({"Thing": schema}))


def test_the_schemas_of_this_project_mean_what_they_say(flagship: Catalog) -> None:
    assert list(examine(flagship)) == []


def test_the_schemas_of_this_project_are_examined_in_no_time(flagship: Catalog) -> None:
    def measured() -> float:
        start = time.perf_counter()
        list(examine(flagship))
        return time.perf_counter() - start

    assert min(measured() for _ in range(3)) < 0.1


NUMBER = {"type": "integer"}


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ({**NUMBER, "examples": [1, "2"]}, ("/examples/1", "example")),
        ({**NUMBER, "default": "2"}, ("/default", "default")),
        ({"properties": {"a": {**NUMBER, "default": None}}}, ("/properties/a/default", "default")),
        (
            {"properties": {"a": NUMBER}, "examples": [{"a": 1}, {"a": "b"}]},
            ("/examples/1/a", "example"),
        ),
        ({"items": {"allOf": [{"default": 1, "not": {}}]}}, ("/items/allOf/0/default", "default")),
        ({"$defs": {"a/b": {**NUMBER, "default": ""}}}, ("/$defs/a~1b/default", "default")),
        ({"$defs": {"% ü": {**NUMBER, "default": ""}}}, ("/$defs/% ü/default", "default")),
        ({"patternProperties": {"^a": {**NUMBER, "default": ""}}},
         ("/patternProperties/^a/default", "default")),
        ({"properties": {"default": {**NUMBER, "default": ""}}},
         ("/properties/default/default", "default")),
        ({"$ref": "#/$defs/n", "default": "", "$defs": {"n": NUMBER}}, ("/default", "default")),
        ({"format": "date-time", "examples": ["2024-0+-16T04:40:17Z"]}, ("/examples/0", "example")),
        (
            {
                "type": "object",
                "properties": {"id": {"type": "string"}},
                "x-sentinel": {
                    "absent": {"description": "", "value": {"id": 5}, "identified_by": ["id"]}
                },
            },
            ("/x-sentinel/absent/value/id", "sentinel"),
        ),
    ],
)  # fmt: skip
def test_a_claim_that_its_own_schema_refuses_is_a_problem_at_its_place(
    examined: Callable[[Any], Any], schema: Any, problem: tuple[str, str]
) -> None:
    assert examined(schema) == [problem]


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"default": {"type": "integer"}, "examples": {"type": "boolean"}}},
        {"properties": {"default": False, "examples": True}},
        {"const": {"type": "integer", "default": "a"}},
        {"enum": [{"type": "integer", "default": "a"}]},
        {"examples": [{"type": "integer", "default": "a", "examples": ["a"]}]},
        {"default": {"type": "integer", "default": "a"}},
        {"$defs": {"default": {"type": "integer"}, "examples": {"type": "integer"}}},
        {"x-ours": {"type": "integer", "default": "a"}},
        {"dependentRequired": {"default": ["examples"]}},
    ],
)
def test_data_and_names_that_look_like_claims_are_none(
    examined: Callable[[Any], Any], schema: Any
) -> None:
    assert examined(schema) == []


def test_a_claim_below_a_pattern_that_is_spelt_anew_is_judged(
    examined: Callable[[Any], Any],
) -> None:
    claims = {"type": "integer", "default": 1, "examples": ["x"]}

    assert examined({"patternProperties": {r"^[\w-.]$": claims}}) == [
        (r"/patternProperties/^[\w-.]$/examples/0", "example")
    ]


def test_the_sentence_says_what_is_wrong_with_the_claim(catalog_of: Callable[..., Catalog]) -> None:
    catalog = catalog_of({"a/Size": {"type": "integer", "default": "big"}})

    (problem,) = examine(catalog)

    assert str(problem) == (
        "schemas/a/Size.schema.json#/default: warning: the default is refused by its own schema:"
        ' "big" is not an integer [default]'
    )


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ({"not": {"$ref": "nowhere.json"}, "default": 1}, ("/not/$ref", "unresolvable-ref")),
        ({"items": {"$ref": "#/$defs/no"}, "default": []}, ("/items/$ref", "unresolvable-ref")),
        ({"items": {"$ref": "#no"}, "default": []}, ("/items/$ref", "unresolvable-ref")),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_used_is_a_problem(
    examined: Callable[[Any], Any], schema: Any, problem: tuple[str, str]
) -> None:
    assert set(examined(schema)) == {problem}


def test_a_validator_of_a_schema_that_cannot_be_used_is_refused_with_the_reason(
    catalog_of: Callable[..., Catalog],
) -> None:
    catalog = catalog_of({"Thing": {"items": {"$ref": "nowhere.json"}}})

    with pytest.raises(ProblemsFound) as found:
        Validator(catalog, catalog.documents[0])

    assert [problem.at.pointer for problem in found.value.problems] == ["/items/$ref"]


class _Server(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: Any) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a server that remembers what it is asked."""
    _Server.asked.clear()
    with HTTPServer(("127.0.0.1", 0), _Server) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_nothing_is_fetched_ever(catalog_of: Callable[..., Catalog], server: str) -> None:
    catalog = catalog_of(
        {
            "One": {"$ref": f"{server}/one.json", "default": 1},
            "Two": {"$id": f"{server}/two.json", "default": 1, "items": {"$ref": "three.json"}},
        }
    )

    with pytest.raises(ProblemsFound) as found:
        Validator(catalog, catalog.documents[0])

    assert {problem.rule for problem in found.value.problems} == {"unresolvable-ref"}
    assert _examined(catalog) == [
        ("/$ref", "unresolvable-ref"),
        ("/items/$ref", "unresolvable-ref"),
    ]
    assert _Server.asked == []


def test_documents_without_an_id_refer_to_each_other_by_their_files(
    catalog_of: Callable[..., Catalog],
) -> None:
    catalog = catalog_of(
        {
            "a/One two": {
                "items": {"$ref": "../b/Three.schema.json#/$defs/n"},
                "default": ["x"],
                "$defs": {"m": NUMBER},
            },
            "b/Three": {"$defs": {"n": {"$ref": "../a/One%20two.schema.json#/$defs/m"}}},
            "c/Four": {"$ref": "../a/One%20two.schema.json", "examples": [[1], ["a"]]},
        }
    )

    assert _examined(catalog) == [("/default/0", "default"), ("/examples/1/0", "example")]
