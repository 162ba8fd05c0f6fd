"""The mission: what the published page says of the module, in `seed.json`, the module has.

The data file was written by hand from the page: classes with their bases, fields with type and
default (none means required; the page prints `None` for what a factory makes), members, methods,
and under `says` what the documentation must speak of.
"""

from __future__ import annotations

import ast
import datetime as dt
import enum
import inspect
import itertools
import json
import textwrap
import typing
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pydantic
import pytest
from pydantic_core import to_jsonable_python

import roboto_domain.actions.action_record
from roboto_domain.actions import invocation_record as module

PAGE: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("seed.json").read_text())
NAMES = MappingProxyType(
    vars(module)
    | {"pydantic": pydantic, "enum": enum, "datetime": dt, "typing": typing}
    | {"roboto_domain": roboto_domain, "int": int}
)
KINDS = {
    property: "property",
    classmethod: "classmethod",
    staticmethod: "staticmethod",
}


def facts(kind: str) -> list[Any]:
    """One parameter set for each fact of this kind: the class, the name and the fact."""
    return [
        pytest.param(getattr(module, owner, None), name, fact, id=f"{owner}.{name}")
        for owner, about in PAGE.items()
        for name, fact in about.get(kind, {}).items()
    ]


def spelled(**types: str) -> dict[str, Any]:
    """The types that the page spells, by their names."""
    holder = type("Holder", (), {"__annotations__": types})
    return typing.get_type_hints(holder, dict(NAMES))


def unspoken(says: list[str], text: str | None) -> list[str]:
    """What the text does not speak of, however it breaks its lines."""
    flat = " ".join((text or "").split()).lower()
    return [words for words in says if words.lower() not in flat]


def function_of(owner: type, name: str) -> Any:
    attribute = inspect.getattr_static(owner, name)
    if isinstance(attribute, property):
        return attribute.fget
    return inspect.unwrap(getattr(owner, name))


def attribute_docs(owner: type) -> dict[str, str]:
    """The strings that stand below the fields or members in the source."""
    (class_,) = ast.parse(textwrap.dedent(inspect.getsource(owner))).body
    assert isinstance(class_, ast.ClassDef)
    docs = {}
    for attribute, below in itertools.pairwise(class_.body):
        match attribute, below:
            case (
                ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(ast.Constant(str(text))),
            ):
                docs[name] = text
    return docs


@pytest.mark.parametrize("name", PAGE)
def test_a_class_of_the_page_has_its_bases_and_its_documentation(name: str) -> None:
    class_ = getattr(module, name)
    bases = spelled(**{base: base for base in PAGE[name]["bases"]})

    assert class_.__module__ == "roboto_domain.actions.invocation_record"
    assert class_.__bases__ == tuple(bases.values())
    assert unspoken(PAGE[name]["says"], class_.__doc__) == []


@pytest.mark.parametrize(("owner", "name", "fact"), facts("fields"))
def test_a_field_of_the_page_has_its_type(
    owner: type[pydantic.BaseModel], name: str, fact: dict[str, Any]
) -> None:
    hint = typing.get_type_hints(owner)[name]

    assert hint == spelled(hint=fact["type"])["hint"]


@pytest.mark.parametrize(("owner", "name", "fact"), facts("fields"))
def test_a_field_of_the_page_is_required_or_has_its_default(
    owner: type[pydantic.BaseModel], name: str, fact: dict[str, Any]
) -> None:
    field = owner.model_fields[name]

    assert field.is_required() is ("default" not in fact)
    if "default" in fact:
        default = field.get_default(call_default_factory=True, validated_data={})
        assert to_jsonable_python(default) == fact["default"]


@pytest.mark.parametrize(("owner", "name", "fact"), facts("fields"))
def test_a_field_of_the_page_is_documented(
    owner: type[pydantic.BaseModel], name: str, fact: dict[str, Any]
) -> None:
    (doc,) = [docs[name] for base in owner.__mro__[:-2] if name in (docs := attribute_docs(base))]

    assert doc.strip()
    assert unspoken(fact.get("says", []), doc) == []


@pytest.mark.parametrize("name", [name for name, about in PAGE.items() if "fields" in about])
def test_a_record_has_the_fields_of_the_page_and_no_others(name: str) -> None:
    fields = getattr(module, name).model_fields

    assert set(fields) == set(PAGE[name]["fields"])


@pytest.mark.parametrize("name", [name for name, about in PAGE.items() if "members" in about])
def test_an_enum_has_the_members_of_the_page_and_no_others(name: str) -> None:
    members = {member.name: member.value for member in getattr(module, name)}

    assert members == {member: fact["value"] for member, fact in PAGE[name]["members"].items()}


@pytest.mark.parametrize(("owner", "name", "fact"), facts("members"))
def test_a_member_of_the_page_is_documented(
    owner: type[enum.Enum], name: str, fact: dict[str, Any]
) -> None:
    docs = attribute_docs(owner)

    assert docs[name].strip()
    assert unspoken(fact.get("says", []), docs[name]) == []


@pytest.mark.parametrize(("owner", "name", "fact"), facts("methods"))
def test_a_method_of_the_page_is_of_its_kind(owner: type, name: str, fact: dict[str, Any]) -> None:
    attribute = inspect.getattr_static(owner, name)

    assert KINDS.get(type(attribute), "method") == fact["kind"]


@pytest.mark.parametrize(("owner", "name", "fact"), facts("methods"))
def test_a_method_of_the_page_has_its_parameters_and_its_return_type(
    owner: type, name: str, fact: dict[str, Any]
) -> None:
    function = function_of(owner, name)
    hints = typing.get_type_hints(function, dict(NAMES))
    names = [name for name in inspect.signature(function).parameters if name not in {"self", "cls"}]

    assert names == list(fact["parameters"])
    assert hints == spelled(**fact["parameters"], **{"return": fact["returns"]})


@pytest.mark.parametrize(("owner", "name", "fact"), facts("methods"))
def test_a_method_of_the_page_is_documented(owner: type, name: str, fact: dict[str, Any]) -> None:
    doc = function_of(owner, name).__doc__

    assert doc
    assert unspoken(fact.get("says", []), doc) == []
