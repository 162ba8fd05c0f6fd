"""Listing: the values of an `enum` or a `const`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import jsonschema_rs

from recordsmith.ir import Json, JsonScalar, List, Literal, Map, Scalar, ScalarKind, Type
from recordsmith.lowering.facets import Facet
from recordsmith.lowering.joining import ANYTHING, NULL
from recordsmith.lowering.lost import Lost
from recordsmith.lowering.scalars import NUMERIC, TEXTUAL

_LARGEST = 2**63
_BOUNDING = (NUMERIC | TEXTUAL) - {"format"}
_TELLING = _BOUNDING | {"enum", "const"}
"""What tells which values there are."""


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


def listed(values: list[Json], types: list[str], facets: list[Facet], lost: Lost) -> list[Type]:
    """The types of the values of an `enum` or a `const` that the other keywords let pass."""
    fitting = [value for value in values if admits(types, value) and _passes(value, facets)]
    members = list(dict.fromkeys(_types(fitting)))
    is_exact = all(isinstance(one, Literal) or one == NULL for one in members)
    for facet in facets:
        if not is_exact:
            lost.add(facet, *(_TELLING & facet.written.keys()))
        if "type" in facet and not facet.place.draft.takes_whole_floats and "integer" in types:
            lost.add(facet, "type")
    return members


def _types(values: list[Json]) -> Iterator[Type]:
    """The type of each value; one for all that a `Literal` can hold."""
    whole = [_whole(value) for value in values]
    exact = [value for value in whole if _is_literal(value)]
    if exact:
        yield Literal(tuple(_unique(exact)))
    for value in whole:
        match value:
            case float():
                yield Scalar(ScalarKind.NUMBER)
            case int() if not _is_literal(value):
                yield Scalar(ScalarKind.INTEGER)
            case list():
                yield List(ANYTHING)
            case dict():
                yield Map(ANYTHING)
            case None:
                yield NULL


def _is_literal(value: Json) -> bool:
    """Whether a `Literal` can hold the value: pydantic reads no larger integer among several."""
    return isinstance(value, str) or (isinstance(value, int) and abs(value) < _LARGEST)


def common(facets: list[Facet]) -> list[Json]:
    """The values that all `enum` and `const` of the facets list, in the order of the first."""
    lists = [facet["enum"] for facet in facets if "enum" in facet]
    lists += [[facet["const"]] for facet in facets if "const" in facet]
    keys = [{identity(value) for value in values} for values in lists]
    return [value for value in lists[0] if all(identity(value) in known for known in keys)]


def identity(value: Json) -> str:
    """A text that is the same for values that JSON Schema calls equal."""
    match value:
        case list():
            return f"[{','.join(map(identity, value))}]"
        case dict():
            pairs = (f"{key!r}:{identity(value[key])}" for key in sorted(value))
            return f"{{{','.join(pairs)}}}"
        case _:
            return f"{type_name(value)[:3]}:{_whole(value)!r}"


def _unique(values: Iterable[JsonScalar]) -> Iterator[JsonScalar]:
    seen: set[str] = set()
    for value in values:
        if identity(value) not in seen:
            seen.add(identity(value))
            yield value


def _whole(value: Any) -> Any:
    """`1.0` as the integer that it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _passes(value: Json, facets: list[Facet]) -> bool:
    """Whether the bounds of the facets let a listed value pass."""
    return all(_is_within(value, facet) for facet in facets)


def _is_within(value: Json, facet: Facet) -> bool:
    bounds = {key: kept for key, kept in facet.place.schema.items() if key in _BOUNDING}
    if _BOUNDING.isdisjoint(facet.written):
        return True
    try:
        return bool(getattr(jsonschema_rs, facet.place.draft.engine)(bounds).is_valid(value))
    except ValueError:
        return True  # a pattern that is none is reported elsewhere
