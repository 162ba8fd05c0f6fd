"""What a project may set, it gets: names of types, spelling of attributes, unknown properties."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from tests.generator.project import Project

from recordsmith.catalog import load
from recordsmith.problems import ProblemsFound
from recordsmith.scaffold import scaffold
from recordsmith.sources import sources_of

ProjectWith = Callable[[Mapping[str, str]], Project]

ORDER = """{
  "title": "Order",
  "type": "object",
  "properties": {
    "id": { "type": "string", "minLength": 1 },
    "address": { "title": "Where", "type": "object", "properties": { "zip": { "type": "string" } }
    },
    "payment": {
      "type": "object",
      "properties": { "amount": { "type": "number" } },
      "oneOf": [
        { "properties": { "card": { "type": "string" } }, "required": ["card"] },
        { "properties": { "iban": { "type": "string" } }, "required": ["iban"] }
      ]
    },
    "status": { "$ref": "#/$defs/st" }
  },
  "$defs": { "st": { "enum": ["open", "sent"] } }
}"""

CAMEL = """{
  "title": "Camel",
  "type": "object",
  "properties": {
    "firstName": { "type": "string", "default": "x" },
    "HTTPPort": { "type": "integer" },
    "class": { "type": "string" },
    "$odd-one": { "type": "string" },
    "kindOf": {
      "oneOf": [{ "$ref": "#/$defs/CatLike" }, { "$ref": "#/$defs/DogLike" }]
    }
  },
  "required": ["HTTPPort"],
  "x-selector": ["firstName", "class"],
  "anyOf": [
    {
      "required": ["firstName"],
      "properties": { "firstName": { "type": "string", "minLength": 1 } }
    },
    { "required": ["class"], "properties": { "class": { "type": "string", "minLength": 1 } } }
  ],
  "$defs": {
    "CatLike": {
      "type": "object",
      "properties": { "typeName": { "const": "cat" } },
      "required": ["typeName"]
    },
    "DogLike": {
      "type": "object",
      "properties": { "typeName": { "const": "dog" }, "bigDog": { "type": "boolean" } },
      "required": ["typeName"],
      "dependentRequired": { "bigDog": ["tailLength"] }
    }
  }
}"""


def project_of_orders(project_with: ProjectWith, names: Mapping[str, str]) -> Project:
    listed = "".join(f'"{key}" = "{name}"\n' for key, name in names.items())
    settings = f"[tool.recordsmith.names]\n{listed}"
    return project_with({"pyproject.toml": settings, "schemas/shop/Order.schema.json": ORDER})


def test_a_type_is_called_what_the_user_calls_it(project_with: ProjectWith) -> None:
    names = {
        "shop/Order.schema.json": "Purchase",
        "shop/Order.schema.json#/properties/id": "PurchaseId",
        "shop/Order.schema.json#/properties/address": "Address",
        "shop/Order.schema.json#/properties/payment": "Payment",
        "shop/Order.schema.json#/properties/payment/oneOf/0": "CardPayment",
        "shop/Order.schema.json#/$defs/st": "State",
    }
    project = project_of_orders(project_with, names)
    project.generate()
    run = project.python(
        "from records.shop import *\n"
        'text = \'{"id":"1","address":{"zip":"1"},"payment":{"card":"1"},"status":"open"}\'\n'
        "parts = dict(address=Address(zip='1'), payment=CardPayment(card='1'))\n"
        "order = Purchase(id='1', status=State('open'), **parts)\n"
        "assert Purchase.model_validate_json(text) == order\n"
        "assert all([Payment, PurchaseId, PaymentWithIban])\n"
    )

    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize(
    ("key", "name", "says"),
    [
        ("shop/Ordr.schema.json", "A", "did you mean `shop/Order.schema.json`?"),
        ("Order.schema.json", "A", "there is no schema `Order.schema.json`"),
        ("shop/Order.schema.json#/properties/adress", "A", "did you mean `/properties/address`?"),
        ("shop/Order.schema.json#/properties", "A", "there is no schema at `/properties`"),
        ("shop/Order.schema.json#/properties/address", "St", "take another"),
        ("shop/Order.schema.json#/properties/address", "Order", "take another"),
        ("shop/Order.schema.json", "an order", "write it like `AnOrder`"),
        ("shop/Order.schema.json", "", "write it like `Type`"),
    ],
)
def test_a_name_that_names_nothing_is_a_problem(
    project_with: ProjectWith, key: str, name: str, says: str
) -> None:
    project = project_of_orders(project_with, {key: name})
    with pytest.raises(ProblemsFound) as found:
        project.generate()

    (problem,) = found.value.problems
    assert problem.rule == "config"
    assert problem.at.pointer.startswith("/tool/recordsmith/names/")
    assert says in problem.sentence


def test_attributes_are_in_snake_case_if_the_user_wants_it(project_with: ProjectWith) -> None:
    settings = '[tool.recordsmith.python]\nattributes = "snake_case"\n'
    files = {"pyproject.toml": settings, "schemas/Camel.schema.json": CAMEL}
    project = project_with(files)
    project.generate()
    run = project.python("""
import pytest
from pydantic import ValidationError
from records.records import Camel, CatLike, DogLike

text = '{"firstName":"a","HTTPPort":1,"class":"b","$odd-one":"c","kindOf":{"typeName":"cat"}}'
camel = Camel.model_validate_json(text)
assert (camel.first_name, camel.http_port, camel.class_, camel.odd_one) == ("a", 1, "b", "c")
assert camel.kind_of == CatLike(type_name="cat")
assert camel.model_dump_json() == text
assert Camel(first_name="a", http_port=1) == Camel(firstName="a", HTTPPort=1)
for refused in ('{"first_name":"a","http_port":1}', '{"firstName":"","HTTPPort":1}'):
    with pytest.raises(ValidationError):
        Camel.model_validate_json(refused)
with pytest.raises(ValidationError):
    DogLike(type_name="dog", big_dog=True)
""")

    assert (run.returncode, run.stderr) == (0, "")


def test_two_properties_that_are_one_in_snake_case_stay_two(project_with: ProjectWith) -> None:
    settings = '[tool.recordsmith.python]\nattributes = "snake_case"\n'
    schema = '{ "type": "object", "properties": { "aB": {}, "a_b": {}, "AB": {}, "a-b": {} } }'
    project = project_with({"pyproject.toml": settings, "schemas/T.schema.json": schema})
    project.generate()
    run = project.python("""
from records.records import T

t = T.model_validate_json('{"aB": "1", "a_b": "2", "AB": "3", "a-b": "4"}')
assert t.a_b == "2" and len(T.model_fields) == 4
assert t.model_dump(by_alias=True) == {"aB": "1", "a_b": "2", "AB": "3", "a-b": "4"}
""")

    assert (run.returncode, run.stderr) == (0, "")


def test_unknown_properties_are_kept_if_the_user_wants_it(project_with: ProjectWith) -> None:
    settings = '[tool.recordsmith.python]\nunknown_properties = "keep"\n'
    closed = '{ "type": "object", "additionalProperties": false, "properties": { "a": {} } }'
    files = {
        "pyproject.toml": settings,
        "schemas/Camel.schema.json": CAMEL,
        "schemas/Closed.schema.json": closed,
    }
    project = project_with(files)
    project.generate()
    run = project.python("""
import pytest
from pydantic import ValidationError
from records.records import Camel, Closed

text = '{"firstName":"a","HTTPPort":1,"other":[1,{"x":null}],"class_":2}'
camel = Camel.model_validate_json(text)
assert camel.other == [1, {"x": None}]
assert camel.model_extra == {"other": [1, {"x": None}], "class_": 2}
assert camel.model_dump_json(exclude_unset=True) == text
with pytest.raises(ValidationError):
    Closed.model_validate_json('{"b": 1}')
""")

    assert (run.returncode, run.stderr) == (0, "")


def test_unknown_properties_are_ignored_otherwise(project_with: ProjectWith) -> None:
    project = project_with({"schemas/Camel.schema.json": CAMEL})
    project.generate()
    run = project.python("""
from records.records import Camel

camel = Camel.model_validate_json('{"firstName":"a","HTTPPort":1,"other":1}')
assert camel.model_dump_json(exclude_unset=True) == '{"firstName":"a","HTTPPort":1}'
""")

    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ('attributes = "camelCase"', "as-written, snake_case"),
        ('unknown_properties = "forbid"', "ignore, keep"),
    ],
)
def test_another_word_is_a_problem(project_with: ProjectWith, setting: str, says: str) -> None:
    project = project_with({"pyproject.toml": f"[tool.recordsmith.python]\n{setting}\n"})
    with pytest.raises(ProblemsFound) as found:
        project.generate()

    assert [says in problem.sentence for problem in found.value.problems] == [True]


@pytest.mark.parametrize("files", ["**/*.yaml", "*.schema.json", "other/**/*.json"])
def test_a_new_schema_that_would_not_be_found_is_not_written(
    project_with: ProjectWith, files: str
) -> None:
    project = project_with({"pyproject.toml": f'[tool.recordsmith]\nfiles = ["{files}"]\n'})
    before = project.snapshot()
    with pytest.raises(ProblemsFound) as found:
        scaffold(project.config, "record", "billing.Invoice")

    assert [problem.rule for problem in found.value.problems] == ["new"]
    assert project.snapshot() == before


def test_a_new_schema_is_found_by_any_glob_that_fits(project_with: ProjectWith) -> None:
    settings = '[tool.recordsmith]\nfiles = ["a/*.json", "**/*.json"]\n'
    project = project_with({"pyproject.toml": settings})
    scaffold(project.config, "record", "billing.Invoice")

    assert [str(one.path) for one in load(sources_of(project.config)).documents] == [
        "billing/Invoice.schema.json"
    ]
