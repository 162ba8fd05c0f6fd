"""The manifest maps every definition to its types, and tells what enforces each keyword."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.generator.project import POINT, Project

from recordsmith.freshness import is_fresh

ProjectWith = Callable[[dict[str, str]], Project]

PAYMENT = """{
  "type": "object",
  "properties": { "amount": { "type": "number" } },
  "oneOf": [
    { "properties": { "card": { "type": "string" } }, "required": ["card"] },
    { "properties": { "iban": { "type": "string" } }, "required": ["iban"] }
  ]
}"""


def manifest(project: Project) -> dict[str, Any]:
    project.generate()
    text = (project.root / "generated/MANIFEST.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def definitions(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = manifest(project)["definitions"]
    return found


def test_a_definition_is_found_by_its_document_and_pointer(project: Project) -> None:
    found = definitions(project)

    assert found == {
        "Point.schema.json#": {
            "name": "Point",
            "python": "records.records.Point",
            "type": [
                "/properties",
                "/properties/x/type",
                "/properties/y/type",
                "/required",
                "/type",
            ],
            "guard": [],
        }
    }


def test_files_and_inputs_are_listed_with_their_digests(project: Project) -> None:
    found = manifest(project)

    assert [*found["inputs"]] == ["schemas/Point.schema.json"]
    assert set(found["files"]) | {"MANIFEST.json"} == set(project.generated())
    assert found["warnings"] == 0


def test_every_path_that_is_told_can_be_imported(project_with: ProjectWith) -> None:
    schemas = {
        "schemas/a/class.schema.json": '{ "$ref": "#/$defs/x", "$defs": { "x": {"enum": ["a"]} } }',
        "schemas/a-b/2nd.schema.json": PAYMENT,
        "schemas/str.schema.json": '{ "enum": ["a", "b"] }',
    }
    project = project_with(schemas)
    paths = sorted(one["python"] for one in definitions(project).values())
    program = "\n".join(f"import {path.rpartition('.')[0]}; {path}" for path in paths)
    run = project.python(program)

    assert (run.returncode, run.stderr) == (0, "")
    assert len(paths) > 4


def test_a_guarded_keyword_is_listed_as_such_and_nothing_below_it(
    project_with: ProjectWith,
) -> None:
    schema = """{
      "type": "object",
      "properties": { "a": { "type": "array", "uniqueItems": true } },
      "if": { "required": ["a"] },
      "then": { "minProperties": 2 }
    }"""
    found = definitions(project_with({"schemas/T.schema.json": schema}))["T.schema.json#"]

    assert found["type"] == ["/properties", "/properties/a/type", "/type"]
    assert found["guard"] == ["/if", "/properties/a/uniqueItems", "/then"]


def test_of_several_types_of_one_schema_each_stands_at_its_branch(
    project_with: ProjectWith,
) -> None:
    found = definitions(project_with({"schemas/Payment.schema.json": PAYMENT}))

    names = {key: entry["name"] for key, entry in found.items()}
    assert names == {
        "Payment.schema.json#": "Payment",
        "Payment.schema.json#/oneOf/0": "PaymentWithCard",
        "Payment.schema.json#/oneOf/1": "PaymentWithIban",
    }
    assert found["Payment.schema.json#/oneOf/0"]["type"] == [
        "#/properties",
        "#/properties/amount/type",
        "#/type",
        "/properties",
        "/properties/card/type",
        "/required",
    ]


def test_a_type_that_is_but_a_part_of_another_is_listed_too(project_with: ProjectWith) -> None:
    schema = '{ "properties": { "a": { "type": "string" } } }'
    found = definitions(project_with({"schemas/T.schema.json": schema}))

    assert {key: (entry["name"], entry.get("of")) for key, entry in found.items()} == {
        "T.schema.json#": ("T", None),
        "T.schema.json# TObject": ("TObject", "T.schema.json#"),
    }


def test_a_keyword_of_another_document_is_told_with_that(project_with: ProjectWith) -> None:
    base = '{ "$defs": { "short": { "type": "string" } }, "type": "object" }'
    inner = '"a": { "$ref": "Base.schema.json#/$defs/short" }'
    schema = f'{{ "type": "object", "properties": {{ {inner} }} }}'
    schemas = {"schemas/Base.schema.json": base, "schemas/T.schema.json": schema}
    found = definitions(project_with(schemas))["T.schema.json#"]

    assert "Base.schema.json#/$defs/short/type" in found["type"]
    assert "/properties/a/$ref" in found["type"]


@pytest.mark.parametrize(
    "schema",
    [
        '{ "not": { "type": "string" } }',
        '{ "type": "string", "pattern": "^(?=a)" }',
        '{ "type": "array", "contains": { "const": 1 } }',
        '{ "type": "array", "items": { "type": "integer" }, "unevaluatedItems": false }',
        '{ "type": "object", "propertyNames": { "maxLength": 3 }, "minProperties": 1 }',
        '{ "allOf": [{ "$ref": "#/$defs/a" }, { "minLength": 2 }], "$defs": { "a": {} } }',
        '{ "type": "integer", "minimum": 0, "uniqueItems": false }',
        '{ "enum": ["a", "b"] }',
        '{ "enum": ["a", 1, null] }',
        '{ "const": { "a": [1] } }',
        '{ "anyOf": [{ "type": "string" }, { "type": "object", "required": ["a"] }] }',
        '{ "type": "string", "format": "date-time" }',
        '{ "type": "object", "dependentSchemas": { "a": { "required": ["b"] } } }',
    ],
)
def test_no_assertion_at_the_top_of_a_schema_is_left_out(
    project_with: ProjectWith, schema: str
) -> None:
    found = definitions(project_with({"schemas/T.schema.json": schema}))

    told = {keyword for entry in found.values() for keyword in entry["type"] + entry["guard"]}
    asserting = json.loads(schema).keys() - {"$defs", "$dynamicAnchor"}
    assert {
        keyword for keyword in asserting if told.isdisjoint({f"/{keyword}", f"#/{keyword}"})
    } == set()


def test_a_format_that_only_annotates_is_enforced_by_nothing(project_with: ProjectWith) -> None:
    settings = '[tool.recordsmith]\nformats = "annotate"\n'
    schema = '{ "type": "string", "format": "date-time" }'
    project = project_with({"pyproject.toml": settings, "schemas/T.schema.json": schema})

    assert definitions(project)["T.schema.json#"]["type"] == ["/type"]


def test_a_list_of_the_manifest_stands_on_one_line(project: Project) -> None:
    project.generate()
    lines = (project.root / "generated/MANIFEST.json").read_text("utf-8").splitlines()

    assert [line for line in lines if line.lstrip().startswith('"/')] == []


SETTINGS = "[tool.recordsmith]\n"


@pytest.mark.parametrize(
    "settings",
    [
        'files = ["**/*.json"]',
        'dialect = "draft-07"',
        'formats = "annotate"',
        'names = { "Point.schema.json" = "Place" }',
        'python.attributes = "snake_case"',
        'python.unknown_properties = "keep"',
        'roots = { "https://example.com/" = "shared" }',
    ],
)
def test_a_change_of_a_setting_is_work(project_with: ProjectWith, settings: str) -> None:
    files = {"pyproject.toml": SETTINGS, "schemas/Point.schema.json": POINT, "shared/a": ""}
    project = project_with(files)
    project.generate()
    project.write("pyproject.toml", f"{SETTINGS}{settings}\n")

    assert not is_fresh(project.config)
    project.generate()
    assert is_fresh(project.config)


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ('files = ["**/*.json"]', "schemas/other.json"),
        ('roots = { "https://example.com/" = "shared" }', "shared/deep/other.json"),
    ],
)
def test_a_file_that_the_settings_let_in_is_an_input(
    project_with: ProjectWith, settings: str, path: str
) -> None:
    files = {
        "pyproject.toml": f"{SETTINGS}{settings}\n",
        "schemas/Point.schema.json": POINT,
        path: '{ "type": "string" }',
    }
    project = project_with(files)
    project.generate()
    assert is_fresh(project.config)
    project.write(path, '{ "type": "integer" }')

    assert not is_fresh(project.config)


def test_no_path_of_the_machine_is_in_the_manifest(
    project_with: ProjectWith,
) -> None:
    files = {
        "pyproject.toml": f'{SETTINGS}roots = {{ "https://example.com/x" = "shared" }}\n',
        "schemas/Point.schema.json": POINT,
        "shared/a.json": "{}",
    }
    project = project_with(files)
    found = manifest(project)

    assert "https://example.com/x/a.json" in found["inputs"]
    assert str(project.root) not in json.dumps(found)
