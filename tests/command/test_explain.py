"""`recordsmith explain` shows what of a type's schema its type says, and what its guard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.generator.project import POINT, Project, project_of

ORDER = """{
  "title": "Order",
  "description": "An order.",
  "type": "object",
  "properties": {
    "tags": { "type": "array", "items": { "type": "string" }, "uniqueItems": true },
    "status": { "$ref": "#/$defs/Status" },
    "address": {
      "type": "object",
      "properties": { "zip": { "type": "string" }, "street": { "type": "string" } },
      "dependentRequired": { "zip": ["street"] }
    }
  },
  "if": { "required": ["tags"] },
  "then": { "required": ["status"] },
  "$defs": {
    "Status": {
      "enum": ["open", "sent"],
      "x-lifecycle": {
        "initial": "Open",
        "path": ["Open", "Sent"],
        "transitions": { "Open": ["Sent"], "Sent": [] },
        "groups": { "terminal": ["Sent"] }
      }
    }
  }
}
"""


@pytest.fixture
def orders(tmp_path: Path) -> Project:
    """A project with guards, up to date."""
    files = {"schemas/billing/Order.schema.json": ORDER, "schemas/Point.schema.json": POINT}
    project = project_of(tmp_path, files)
    project.generate()
    return project


def explained(project: Project, type_: str) -> dict[str, Any]:
    run = project.run("explain", type_, "--format", "json")
    assert (run.returncode, run.stderr) == (0, "")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def rows(text: str) -> list[list[str]]:
    """The rows of the table."""
    return [line.split(maxsplit=3) for line in text.split("\n\n")[1].splitlines()]


def test_a_type_has_its_places_and_a_row_for_each_keyword(orders: Project) -> None:
    run = orders.run("explain", "Order")

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(
        "billing.Order\n"
        "  schema  schemas/billing/Order.schema.json:1:1\n"
        "  python  records.billing.Order\n"
    )
    assert rows(run.stdout) == [
        ["AT", "KEYWORD", "BY"],
        [".", "title", "annotation"],
        [".", "description", "annotation"],
        [".", "type", "type"],
        [".", "properties", "type"],
        ["/properties/tags", "type", "type"],
        ["/properties/tags", "items", "type"],
        ["/properties/tags/items", "type", "type"],
        ["/properties/tags", "uniqueItems", "guard", "true"],
        ["/properties/status", "$ref", "type"],
        [".", "if", "guard", '{"required": ["tags"]}'],
        [".", "then", "guard", '{"required": ["status"]}'],
    ]


def test_a_type_that_is_lifted_out_of_a_schema_has_a_name_too(orders: Project) -> None:
    run = orders.run("explain", "billing.OrderAddress")

    assert "schemas/billing/Order.schema.json:8:16#/properties/address\n" in run.stdout
    assert "records.billing.OrderAddress\n" in run.stdout
    assert [".", "dependentRequired", "guard", '{"zip": ["street"]}'] in rows(run.stdout)


def test_a_keyword_of_ours_is_a_behaviour(orders: Project) -> None:
    run = orders.run("explain", "Status")

    assert [".", "x-lifecycle", "behaviour"] in rows(run.stdout)


def test_for_programs_all_is_complete(orders: Project) -> None:
    found = explained(orders, "Order")

    keywords = {keyword["pointer"]: keyword for keyword in found.pop("keywords")}
    assert found == {
        "name": "billing.Order",
        "file": "schemas/billing/Order.schema.json",
        "line": 1,
        "column": 1,
        "pointer": "",
        "languages": {"python": "records.billing.Order"},
    }
    assert keywords["/properties/tags/uniqueItems"] == {
        "keyword": "uniqueItems",
        "pointer": "/properties/tags/uniqueItems",
        "by": "guard",
        "file": "schemas/billing/Order.schema.json",
        "line": 6,
        "column": 78,
        "value": True,
    }


def test_without_a_type_all_are_counted(orders: Project) -> None:
    run = orders.run("explain")

    assert (run.returncode, run.stderr) == (0, "")
    assert [line.split() for line in run.stdout.splitlines()] == [
        ["TYPE", "BY", "TYPE", "BY", "GUARD"],
        ["Point", "5", "0"],
        ["billing.Order", "6", "3"],
        ["billing.OrderAddress", "4", "1"],
        ["billing.Status", "1", "0"],
        [],
        ["4", "types:", "16", "keywords", "by", "type,", "4", "by", "guard."],
    ]


def test_without_a_type_programs_get_an_object_for_each(orders: Project) -> None:
    run = orders.run("explain", "--format", "json")

    assert json.loads(run.stdout.splitlines()[1]) == {
        "name": "billing.Order",
        "schema": "billing/Order.schema.json#",
        "languages": {"python": "records.billing.Order"},
        "type": 6,
        "guard": 3,
    }


@pytest.mark.parametrize("type_", ["Order", "OrderAddress", "Status", None])
def test_what_is_stale_is_explained_as_it_would_be(orders: Project, type_: str | None) -> None:
    words = ["explain", *([type_] if type_ else [])]
    fresh = orders.run(*words)
    orders.write("generated/MANIFEST.json", "{}")
    stale = orders.run(*words)

    assert stale.stdout == fresh.stdout
    assert orders.root.joinpath("generated/MANIFEST.json").read_text() == "{}"


@pytest.mark.parametrize(
    ("type_", "says"),
    [
        ("Ordr", "there is no type `Ordr`; did you mean `Order`?"),
        ("billing.Ordr", "did you mean `billing.Order`?"),
        ("Zebra", "there is no type `Zebra`"),
        ("", "there is no type ``"),
    ],
)
def test_an_unknown_type_is_wrong_use(orders: Project, type_: str, says: str) -> None:
    run = orders.run("explain", type_)

    assert (run.returncode, run.stdout) == (2, "")
    assert says in run.stderr


def test_a_name_that_two_types_have_wants_its_module(orders: Project) -> None:
    orders.write("schemas/Order.schema.json", POINT.replace("Point", "Order"))
    ambiguous, exact = orders.run("explain", "Order"), orders.run("explain", "billing.Order")

    assert ambiguous.returncode in (0, 2)  # `Order` is the whole name of one of them
    assert exact.stdout.startswith("billing.Order\n")


def test_problems_of_the_schemas_are_problems_here_too(orders: Project) -> None:
    orders.write("schemas/Point.schema.json", '{ "type": "strnig" }')
    run = orders.run("explain", "Order")

    assert run.returncode == 1
    assert "schemas/Point.schema.json:1:11#/type" in run.stdout


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_the_tables_fit_the_terminal(tmp_path: Path, columns: str) -> None:
    name = "aVeryLongPropertyNameIndeedThatGoesOnForQuiteAWhileAndMore"
    inner = f'{{ "type": "array", "uniqueItems": true, "items": {{ "enum": {["x" * 90]} }} }}'
    schema = f'{{ "properties": {{ "{name}": {inner} }}, "not": {{ "required": ["{name}"] }} }}'
    path = f"schemas/{'deep/' * 12}Type.schema.json"
    project = project_of(tmp_path, {path: schema.replace("'", '"')})
    runs = [
        project.run(*words, environment={"COLUMNS": columns})
        for words in (["explain"], ["explain", "Type"])
    ]

    assert [run.returncode for run in runs] == [0, 0]
    tables = "\n".join([runs[0].stdout, *runs[1].stdout.split("\n\n")[1:]])
    assert [line for line in tables.splitlines() if len(line) > int(columns)] == []
    assert "…" in tables


def test_places_are_shown_as_seen_from_here(orders: Project) -> None:
    run = orders.run("explain", "Order", folder="schemas/billing")

    assert "  schema  Order.schema.json:1:1\n" in run.stdout


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("recordsmith explain O", {"Order", "OrderAddress"}),
        ("recordsmith explain billing.S", {"billing.Status"}),
        ("recordsmith validate P", {"Point"}),
    ],
)
def test_a_shell_completes_the_names_of_types(
    orders: Project, words: str, completed: set[str]
) -> None:
    environment = {
        "_RECORDSMITH_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    run = orders.run(environment=environment)

    assert {line.partition(",")[2] for line in run.stdout.splitlines()} == completed
