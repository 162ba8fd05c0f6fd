"""Definitions: records, enums and named types."""

from __future__ import annotations

from typing import Any, Protocol

from recordsmith.catalog import Place
from recordsmith.ir import (
    Alias,
    Default,
    Definition,
    Enumeration,
    Field,
    Member,
    Name,
    Record,
    ScalarKind,
    Source,
)
from recordsmith.lowering.keywords import Keywords, documentation
from recordsmith.lowering.types import Context, lower_type, read_type, without_null
from recordsmith.naming import listed, pascal_case
from recordsmith.problems import Location

_KINDS = {"string": ScalarKind.STRING, "integer": ScalarKind.INTEGER}
_PYTHON_KINDS: dict[ScalarKind, type] = {ScalarKind.STRING: str, ScalarKind.INTEGER: int}


class DefinitionContext(Context, Protocol):
    """What the reading of a definition needs of the whole lowering."""

    def target(self, keywords: Keywords, keyword: str) -> Place | None:
        """The place that the reference in `keyword` leads to; None, and a problem, if nowhere."""

    def name_of(self, place: Place, hint: str) -> Name:
        """The name of the definition at `place`."""


def is_definition(schema: dict[str, Any]) -> bool:
    """Whether a nested schema is a type of its own: a record, an enum, or a form of string."""
    return _is_record(schema) or _is_enumeration(schema) or _is_wire_string(schema)


def _is_wire_string(schema: dict[str, Any]) -> bool:
    """Whether a string stands for a value that languages have a type of their own for."""
    is_patterned = "pattern" in schema and schema.get("format") == "date-time"
    return schema.get("type") == "string" and ("x-format" in schema or is_patterned)


def _is_record(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "object" and "properties" in schema


def _is_enumeration(schema: dict[str, Any]) -> bool:
    return _kind(schema) is not None and _branches(schema) is not None


def _kind(schema: dict[str, Any]) -> ScalarKind | None:
    named = schema.get("type")
    return _KINDS.get(named) if isinstance(named, str) else None


def _branches(schema: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The members of an enum as `const` schemas; None where it is none."""
    branches = schema.get("oneOf") or schema.get("anyOf", [])
    if "anyOf" in schema and branches and _is_open_end(branches[-1]):
        branches = branches[:-1]
    named = all(isinstance(branch, dict) and "const" in branch for branch in branches)
    return branches if branches and named else None


def _is_open_end(branch: Any) -> bool:
    words = ("type", "title", "description", "$comment")
    return isinstance(branch, dict) and branch.get("type") == "string" and set(branch) <= {*words}


def lower_definition(name: Name, keywords: Keywords, context: DefinitionContext) -> Definition:
    """The structure of the definition, without its behaviours; `keywords` holds what is left."""
    schema = keywords.place.schema
    if _is_record(schema):
        return _record(name, keywords, context)
    if _is_enumeration(schema):
        return _enumeration(name, keywords)
    if _kind(schema) and "enum" in schema:
        return _plain_enumeration(name, keywords)
    return _alias(name, keywords, context)


def _source(place: Place) -> Source:
    return Source(str(place.document.path), place.at.pointer)


def _record(name: Name, keywords: Keywords, context: DefinitionContext) -> Record:
    place = keywords.place
    keywords.take("type")
    required = keywords.take("required", [])
    properties = keywords.take("properties")
    for undeclared in sorted(set(required) - set(properties)):
        sentence = f"`{undeclared}` is required but is no property; declare it"
        keywords.report("required", "unsupported-keyword", sentence)
    fields = tuple(
        _field(place / "properties" / key, key, key in required, f"{name.type} {key}", context)
        for key in properties
    )
    return Record(
        name=name,
        source=_source(place),
        fields=fields,
        base=_base(keywords, context) if "x-extends" in keywords else None,
        closed=_is_closed(keywords),
        documentation=documentation(place.schema),
    )


def _field(place: Place, name: str, required: bool, hint: str, context: DefinitionContext) -> Field:
    type_, nullable = without_null(lower_type(place, hint, context))
    schema = _described(place, context)
    return Field(
        name=name,
        type=type_,
        required=required,
        nullable=nullable,
        default=Default(schema["default"]) if "default" in schema else None,
        documentation=documentation(schema),
    )


def _described(place: Place, context: DefinitionContext) -> dict[str, Any]:
    """The property's annotations, after those of the properties that it refers to in turn."""
    found: dict[str, Any] = {}
    seen: set[int] = set()
    here: Place | None = place
    while here is not None and isinstance(here.schema, dict) and id(here.schema) not in seen:
        seen.add(id(here.schema))
        found = {**here.schema, **found}
        refers = "/properties/" in here.schema.get("$ref", "")
        here = context.target(Keywords(here, context.problems), "$ref") if refers else None
    return found


def _is_closed(keywords: Keywords) -> bool:
    """Whether `additionalProperties` is false; a schema in its place stays unread."""
    if keywords.place.schema.get("additionalProperties", True) in (True, False):
        return keywords.take("additionalProperties", True) is False
    return False


def _base(keywords: Keywords, context: DefinitionContext) -> Name | None:
    """The record that this one extends: each of its properties is referred to here."""
    place = keywords.place
    base = context.target(keywords, "x-extends")
    if base is None:
        return None
    if not _is_record(base.schema):
        keywords.report("x-extends", "extends", "only a record can be extended")
        return None
    missing = [key for key in base.schema["properties"] if not _refers(place, base, key, context)]
    if missing or set(base.schema.get("required", ())) - set(place.schema.get("required", ())):
        sentence = (
            f"refer to each property of `{base.at.file}` with `$ref`"
            f" (missing: {listed(missing)}), and require what it requires"
        )
        keywords.report("x-extends", "extends", sentence)
    return context.name_of(base, "")


def _refers(place: Place, base: Place, key: str, context: DefinitionContext) -> bool:
    own = place.schema["properties"].get(key)
    if not isinstance(own, dict) or "$ref" not in own:
        return False
    target = context.target(Keywords(place / "properties" / key, context.problems), "$ref")
    return target is not None and target.schema is base.schema["properties"][key]


def _enumeration(name: Name, keywords: Keywords) -> Enumeration:
    place = keywords.place
    kind = _KINDS[keywords.take("type")]
    keyword = "oneOf" if "oneOf" in keywords else "anyOf"
    keywords.take(keyword)
    if keyword == "anyOf" and "x-unknown-member" not in keywords:
        sentence = "an enum that takes any string wants `x-unknown-member`; a closed one is `oneOf`"
        keywords.report("anyOf", "unknown-member-assertion", sentence)
    branches = [place / keyword / index for index in range(len(_branches(place.schema) or ()))]
    for branch in branches:
        named = Keywords(branch, keywords.problems)
        named.take("const")
        named.close()
    members = [_member(branch.at, branch.schema, kind, keywords) for branch in branches]
    return _of_members(name, kind, members, keywords)


def _plain_enumeration(name: Name, keywords: Keywords) -> Enumeration:
    """An `enum` at the top of a document: its values name its members."""
    kind = _KINDS[keywords.take("type")]
    at = keywords.place.at / "enum"
    values = enumerate(keywords.take("enum"))
    members = [_member(at / index, {"const": value}, kind, keywords) for index, value in values]
    return _of_members(name, kind, members, keywords)


def _member(at: Location, schema: dict[str, Any], kind: ScalarKind, keywords: Keywords) -> Member:
    value = schema["const"]
    if type(value) is not _PYTHON_KINDS[kind]:
        keywords.problems.add(at, "enum-member", f"the value is to be of type {kind.value}")
    name = schema.get("title", "") or pascal_case(str(value))
    if not name.isidentifier():
        sentence = f"`{name}` cannot name a member; write `const` and `title` in a `oneOf`"
        keywords.problems.add(at, "enum-member", sentence)
    return Member(name=name, value=value, documentation=documentation(schema))


def _of_members(
    name: Name, kind: ScalarKind, members: list[Member], keywords: Keywords
) -> Enumeration:
    _check_members(members, keywords)
    return Enumeration(
        name=name,
        source=_source(keywords.place),
        kind=kind,
        members=tuple(members),
        documentation=documentation(keywords.place.schema),
    )


def _check_members(members: list[Member], keywords: Keywords) -> None:
    for what in ("name", "value"):
        found = [getattr(member, what) for member in members]
        for twice in sorted({str(one) for one in found if found.count(one) > 1}):
            sentence = f"two members have the {what} `{twice}`"
            keywords.problems.add(keywords.place.at, "enum-member", sentence)


def _alias(name: Name, keywords: Keywords, context: DefinitionContext) -> Alias:
    return Alias(
        name=name,
        source=_source(keywords.place),
        type=read_type(keywords, name.type, context),
        documentation=documentation(keywords.place.schema),
    )
