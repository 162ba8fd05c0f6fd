"""Scalars: numbers, strings and listed values, from all facets that speak of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs

from recordsmith.drafts import Draft
from recordsmith.ir import (
    Bounds,
    Json,
    JsonScalar,
    List,
    Literal,
    Map,
    Never,
    Scalar,
    ScalarKind,
    Type,
    Union,
)
from recordsmith.lowering.facets import Facet
from recordsmith.patterns import NotAPatternError, for_linear_engine

ANYTHING = Scalar(ScalarKind.ANY)
NULL = Scalar(ScalarKind.NULL)
NEVER = Never()

NUMERIC = frozenset(
    ("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf")
)
TEXTUAL = frozenset(
    ("contentEncoding", "contentMediaType", "format", "maxLength", "minLength", "pattern")
)
_LARGEST_FLOAT = 2**53
"""Beyond it a float does not hold every integer."""

_KINDS = {
    "date-time": ScalarKind.DATE_TIME,
    "date": ScalarKind.DATE,
    "uuid": ScalarKind.UUID,
}
"""The formats that languages have a type of their own for."""


@dataclass(slots=True)
class Lost:
    """The keywords, by facet, that no type carries."""

    of: list[tuple[Facet, set[str]]] = field(default_factory=list)

    def add(self, facet: Facet, *keywords: str) -> None:
        """Keywords of a facet, by their names in 2020-12."""
        for known, lost in self.of:
            if known is facet:
                lost.update(keywords)
                return
        self.of.append((facet, set(keywords)))

    def take(self) -> list[tuple[Facet, frozenset[str]]]:
        """What was lost; from here on it is somebody else's."""
        taken = [(facet, frozenset(keywords)) for facet, keywords in self.of if keywords]
        self.of = []
        return taken


def union(members: Iterable[Type]) -> Type:
    """The union of `members`, without nesting and repetition, null last."""
    flat: dict[Type, None] = {}
    for member in members:
        is_plain = isinstance(member, Union) and member.discriminator is None
        flat |= dict.fromkeys(member.members if is_plain else (member,))
    kept = [member for member in flat if not isinstance(member, Never)]
    if ANYTHING in kept:
        return ANYTHING
    ordered = sorted(kept, key=lambda member: member == NULL)
    if len(ordered) < 2:
        return ordered[0] if ordered else NEVER
    return Union(tuple(ordered))


def without_null(type_: Type) -> tuple[Type, bool]:
    """The type without null, and whether null was among its values; null alone stays."""
    if type_ == NULL:
        return NULL, True
    if not isinstance(type_, Union) or NULL not in type_.members:
        return type_, False
    return union(member for member in type_.members if member != NULL), True


def type_name(value: Json) -> str:
    """The JSON type of a value; a float without fraction is an integer."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"


def admits(types: Iterable[str], value: Json) -> bool:
    """Whether the value is of one of the JSON types."""
    name = type_name(value)
    return name in types or (name == "integer" and "number" in types)


def number(kind: ScalarKind, facets: list[Facet], lost: Lost) -> Type:
    """An integer or a number within the bounds of all facets."""
    found: dict[str, int | float] = {}
    for facet in facets:
        for keyword in sorted(NUMERIC & facet.written.keys()):
            value = facet[keyword]
            if keyword == "multipleOf":
                if kind is not ScalarKind.INTEGER or value != int(value) or keyword in found:
                    lost.add(facet, keyword)
                else:
                    found[keyword] = int(value)
            elif kind is not ScalarKind.INTEGER and abs(value) > _LARGEST_FLOAT:
                lost.add(facet, keyword)
            else:
                _tighten(found, keyword, value)
    bounds = _of_integers(found) if kind is ScalarKind.INTEGER else found
    is_plain = any("type" in one and not one.place.draft.takes_whole_floats for one in facets)
    is_plain = is_plain and kind is ScalarKind.INTEGER
    return Scalar(
        ScalarKind.PLAIN_INTEGER if is_plain else kind,
        Bounds(
            minimum=bounds.get("minimum"),
            maximum=bounds.get("maximum"),
            exclusive_minimum=bounds.get("exclusiveMinimum"),
            exclusive_maximum=bounds.get("exclusiveMaximum"),
            multiple_of=bounds.get("multipleOf"),
        ),
    )


def _tighten(found: dict[str, int | float], keyword: str, value: float) -> None:
    tighter = max if keyword.lower().endswith("minimum") else min
    found[keyword] = tighter(found.get(keyword, value), value)


def _of_integers(found: Mapping[str, int | float]) -> dict[str, int | float]:
    """Bounds as integers: what lies between two of them is no integer."""
    bounds: dict[str, int | float] = {}
    for keyword, value in found.items():
        whole = value == math.floor(value)
        if whole:
            bounds[keyword] = int(value)
        elif keyword.lower().endswith("minimum"):
            _tighten(bounds, "minimum", math.ceil(value))
        else:
            _tighten(bounds, "maximum", math.floor(value))
    return bounds


def string(facets: list[Facet], lost: Lost, asserts_formats: Mapping[Draft, bool]) -> Scalar:
    """A string within the bounds of all facets, or the kind of value that it stands for."""
    lengths: dict[str, int] = {}
    kind, pattern = ScalarKind.STRING, None
    for facet in facets:
        for keyword in ("minLength", "maxLength"):
            if keyword in facet:
                tighter = max if keyword == "minLength" else min
                value = int(facet[keyword])
                lengths[keyword] = tighter(lengths.get(keyword, value), value)
        if "pattern" in facet:
            translated = _linear(facet["pattern"])
            if translated is None or pattern is not None:
                lost.add(facet, "pattern")
            else:
                pattern = translated
        lost.add(facet, *(one for one in facet.written if one.startswith("content")))
        if "format" in facet and is_checked(facet, asserts_formats):
            known = _KINDS.get(facet["format"])
            if known is None or kind not in (ScalarKind.STRING, known):
                lost.add(facet, "format")
            else:
                kind = known
    if kind is not ScalarKind.STRING:
        return _wire_string(kind, pattern, facets, lost)
    bounds = Bounds(
        min_length=lengths.get("minLength"), max_length=lengths.get("maxLength"), pattern=pattern
    )
    return Scalar(kind, bounds)


def _linear(pattern: str) -> str | None:
    """The pattern as pydantic's engine reads it; None where it cannot."""
    try:
        return for_linear_engine(pattern)
    except NotAPatternError:
        return None


def is_checked(facet: Facet, asserts_formats: Mapping[Draft, bool]) -> bool:
    """Whether the facet's format asserts anything."""
    draft = facet.place.draft
    return asserts_formats[draft] and facet["format"] in draft.formats


def _wire_string(kind: ScalarKind, pattern: str | None, facets: list[Facet], lost: Lost) -> Scalar:
    """A value that JSON carries as a string; its pattern may tell its form more closely."""
    is_form = kind is ScalarKind.DATE_TIME and pattern is not None
    for facet in facets:
        lost.add(facet, *({"minLength", "maxLength"} & facet.written.keys()))
        if "pattern" in facet and not is_form:
            lost.add(facet, "pattern")
    return Scalar(kind, Bounds(pattern=pattern) if is_form else Bounds())


def listed(values: list[Json], types: list[str], facets: list[Facet], lost: Lost) -> list[Type]:
    """The types of the values of an `enum` or a `const` that the other keywords let pass."""
    fitting = [value for value in values if admits(types, value) and _passes(value, facets)]
    members: dict[Type, None] = {}
    scalars = [_whole(value) for value in fitting if isinstance(value, str | int | float | None)]
    exact = [value for value in scalars if isinstance(value, str | int) and value is not None]
    if exact:
        members[Literal(tuple(_unique(exact)))] = None
    for value in scalars:
        if isinstance(value, float):
            members[Scalar(ScalarKind.NUMBER)] = None
    if None in scalars:
        members[NULL] = None
    for value in fitting:
        if isinstance(value, list):
            members[List(ANYTHING)] = None
        elif isinstance(value, dict):
            members[Map(ANYTHING)] = None
    for facet in facets:
        if "type" in facet and not facet.place.draft.takes_whole_floats and "integer" in types:
            lost.add(facet, "type")
    if any(not isinstance(one, Literal) and one != NULL for one in members):
        for facet in facets:
            lost.add(facet, *({"enum", "const"} & facet.written.keys()))
    return [*members]


def common(facets: list[Facet]) -> list[Json]:
    """The values that all `enum` and `const` of the facets list, in the order of the first."""
    lists = [facet["enum"] for facet in facets if "enum" in facet]
    lists += [[facet["const"]] for facet in facets if "const" in facet]
    keys = [{_identity(value) for value in values} for values in lists]
    return [value for value in lists[0] if all(_identity(value) in known for known in keys)]


def _identity(value: Json) -> str:
    """A text that is the same for values that JSON Schema calls equal."""
    match value:
        case list():
            return f"[{','.join(map(_identity, value))}]"
        case dict():
            pairs = (f"{key!r}:{_identity(value[key])}" for key in sorted(value))
            return f"{{{','.join(pairs)}}}"
        case _:
            return f"{type_name(value)[:3]}:{_whole(value)!r}"


def _unique(values: Iterable[JsonScalar]) -> Iterator[JsonScalar]:
    seen: set[str] = set()
    for value in values:
        if _identity(value) not in seen:
            seen.add(_identity(value))
            yield value


def _whole(value: Any) -> Any:
    """`1.0` as the integer that it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _passes(value: Json, facets: list[Facet]) -> bool:
    """Whether the bounds of the facets let a listed value pass."""
    return all(_is_within(value, facet) for facet in facets)


def _is_within(value: Json, facet: Facet) -> bool:
    bounding = (NUMERIC | TEXTUAL) - {"format"}
    bounds = {key: kept for key, kept in facet.place.schema.items() if key in bounding}
    if bounding.isdisjoint(facet.written):
        return True
    try:
        return bool(getattr(jsonschema_rs, facet.place.draft.engine)(bounds).is_valid(value))
    except ValueError:
        return True  # a pattern that is none is reported elsewhere
