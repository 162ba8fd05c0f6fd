"""Enumerations: schemas whose values have names."""

from __future__ import annotations

from typing import Any

from recordsmith.drafts import ANNOTATIONS
from recordsmith.ir import Enumeration, Member, Name, ScalarKind, Source
from recordsmith.lowering.keywords import documentation
from recordsmith.naming import pascal_case
from recordsmith.places import Place

_KINDS = {str: ScalarKind.STRING, int: ScalarKind.INTEGER}
_TYPES = {"string": str, "integer": int}
_NAMES = "x-enum-varnames"


def has_named_members(schema: dict[str, Any]) -> bool:
    """Whether the schema lists constants in branches that may name them."""
    branches = _branches(schema)
    if branches is None or not _is_plain(schema, {"type", "oneOf", "anyOf", "x-unknown-member"}):
        return False
    named = any("title" in branch for branch in branches)
    return (named or "type" in schema) and _are_members(branches, schema)


def is_enumeration(schema: dict[str, Any]) -> bool:
    """Whether a schema that has a name of its own lists values that can be members."""
    if has_named_members(schema):
        return True
    values = schema.get("enum")
    if not isinstance(values, list) or not _is_plain(schema, {"type", "enum", _NAMES}):
        return False
    return _are_members([{"const": value} for value in values], schema)


def _are_members(branches: list[dict[str, Any]], schema: dict[str, Any]) -> bool:
    """Whether the values are of one kind, and each has a name of its own."""
    values = [branch["const"] for branch in branches]
    names = [_name(branch, index, schema) for index, branch in enumerate(branches)]
    are_distinct = len(set(names)) == len(names) and len(set(map(repr, values))) == len(values)
    return are_distinct and _kind(values, schema) is not None and all(map(str.isidentifier, names))


def enumeration(name: Name, place: Place) -> Enumeration:
    """The enumeration at a place that is one."""
    schema = place.schema
    branches = _branches(schema) or [{"const": value} for value in schema["enum"]]
    members = [_member(branch, index, schema) for index, branch in enumerate(branches)]
    return Enumeration(
        name=name,
        source=Source(str(place.document.path), place.at.pointer),
        kind=_kind([member.value for member in members], schema) or ScalarKind.STRING,
        members=tuple(members),
        documentation=documentation(schema),
    )


def _is_plain(schema: dict[str, Any], reading: set[str]) -> bool:
    """Whether nothing but these keywords asserts anything."""
    return all(
        key in reading or key in ANNOTATIONS or key.startswith("x-") or not _may_assert(key)
        for key in schema
    )


def _may_assert(keyword: str) -> bool:
    return keyword not in ("markdownDescription", "enumDescriptions", "markdownEnumDescriptions")


def _branches(schema: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The members of an enum as `const` schemas; None where it is none."""
    branches = schema.get("oneOf") or schema.get("anyOf", [])
    if "anyOf" in schema:
        if "x-unknown-member" not in schema or not branches or not _is_open_end(branches[-1]):
            return None
        branches = branches[:-1]
    named = all(_is_member(branch) for branch in branches)
    return branches if branches and named else None


def _is_member(branch: Any) -> bool:
    return (
        isinstance(branch, dict)
        and "const" in branch
        and all(key in ANNOTATIONS or key in ("const", "type") for key in branch)
    )


def _is_open_end(branch: Any) -> bool:
    words = ("type", "title", "description", "$comment")
    return isinstance(branch, dict) and branch.get("type") == "string" and set(branch) <= {*words}


def _kind(values: list[Any], schema: dict[str, Any]) -> ScalarKind | None:
    """The one kind of all values; None where they differ, or are none that an enum can have."""
    kinds = {type(value) for value in values}
    if len(kinds) != 1 or not all(map(_is_readable, values)):
        return None
    found = kinds.pop()
    declared = schema.get("type")
    if declared is not None and _TYPES.get(declared if isinstance(declared, str) else "") != found:
        return None
    return _KINDS.get(found)


def _is_readable(value: Any) -> bool:
    """Whether pydantic can look the value up among others, as it cannot the largest integers."""
    return not isinstance(value, int) or abs(value) < 2**63


def _member(branch: dict[str, Any], index: int, schema: dict[str, Any]) -> Member:
    value = branch["const"]
    return Member(
        name=_name(branch, index, schema), value=value, documentation=documentation(branch)
    )


def _name(branch: dict[str, Any], index: int, schema: dict[str, Any]) -> str:
    """The member's title, if it is a word; or what its title or its value spells."""
    given = schema.get(_NAMES, ())
    if isinstance(given, list) and index < len(given) and isinstance(given[index], str):
        return str(given[index])
    title = branch.get("title", "")
    if title.isidentifier():
        return str(title)
    return pascal_case(title) or pascal_case(str(branch["const"]))
