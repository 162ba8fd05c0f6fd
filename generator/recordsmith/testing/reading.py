"""Reading: what a value is to fit, taken apart: the schemas that all hold of it, and their kinds.

An approximation, and on purpose: whether a value fits the validator tells.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from recordsmith.catalog import Catalog, Place
from recordsmith.lowering.listing import type_name

KINDS = ("null", "boolean", "integer", "number", "string", "array", "object")
"""The kinds of values; a `number` is one that is not whole, unless a schema asks for it."""

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_CHOICES = ("anyOf", "oneOf")
_DEEPEST = 12


class ImpossibleError(Exception):
    """No value fits what was chosen so far."""


class Reader:
    """Reads the schemas of a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._heights: dict[int, float] = {}

    def flat(
        self, draw: st.DrawFn, places: Sequence[Place], *, low: bool, seen: frozenset[int]
    ) -> Iterator[Place]:
        """The objects that hold of a value, with one branch of each choice; of `low` ones."""
        for place in places:
            if place.schema is False:
                raise ImpossibleError
            if not isinstance(place.schema, dict) or id(place.schema) in seen:
                continue
            if not _stands_alone(place):
                yield place
            parts = [*self.certain(place), *self._chosen(draw, place, places, low=low)]
            yield from self.flat(draw, parts, low=low, seen=seen | {id(place.schema)})

    def certain(self, place: Place) -> Iterator[Place]:
        """The schemas that hold of a value wherever this one does."""
        for keyword in _REFERENCES:
            reference = place.schema.get(keyword)
            target = self._catalog.resolve(reference, place) if _is_text(reference) else None
            if target:
                yield target
        if not _stands_alone(place):
            yield from listed(place, "allOf")

    def _chosen(
        self, draw: st.DrawFn, place: Place, places: Sequence[Place], *, low: bool
    ) -> Iterator[Place]:
        if _stands_alone(place):
            return
        for keyword in _CHOICES:
            if keyword in place.schema:
                branches = listed(place, keyword)
                chosen = self._branch(draw, branches, (*places, place), low=low)
                yield chosen
                yield from _excluded(place, chosen, branches if keyword == "oneOf" else [])
        if "if" in place.schema:
            word = draw(st.sampled_from(["then", "else"]))
            if word == "then":
                yield place / "if"
            if word in place.schema:
                yield place / word
        for keyword in ("dependentSchemas", "dependencies"):
            for name, schema in place.schema.get(keyword, {}).items():
                if isinstance(schema, dict) and draw(st.booleans()):
                    yield place / keyword / name
                    yield replace(place, schema={"required": [name]})

    def _branch(
        self, draw: st.DrawFn, branches: list[Place], beside: Sequence[Place], *, low: bool
    ) -> Place:
        kinds = self.common_kinds(beside)
        open_ = [one for one in branches if kinds & self.kinds(one)]
        if low:
            open_.sort(key=self.height)
            open_ = open_[:1]
        if not open_:
            raise ImpossibleError
        return draw(st.sampled_from(open_))

    def common_kinds(self, places: Sequence[Place], depth: int = 0) -> frozenset[str]:
        """The kinds of the values that may fit all places."""
        return frozenset(KINDS).intersection(*(self.kinds(one, depth) for one in places))

    def kinds(self, place: Place, depth: int = 0) -> frozenset[str]:
        """The kinds of the values that may fit."""
        schema = place.schema
        if schema is False:
            return frozenset()
        if not isinstance(schema, dict) or depth > _DEEPEST:
            return frozenset(KINDS)
        found = frozenset(KINDS) if _stands_alone(place) else _own_kinds(schema)
        found &= self.common_kinds([*self.certain(place)], depth + 1)
        for keyword in () if _stands_alone(place) else _CHOICES:
            if keyword in schema:
                branches = listed(place, keyword)
                found &= frozenset().union(*(self.kinds(one, depth + 1) for one in branches))
        return found

    def height(self, place: Place, going: frozenset[int] = frozenset()) -> float:
        """How many levels the lowest value has that fits; infinity where none is found."""
        key = id(place.schema)
        if not isinstance(place.schema, dict):
            return math.inf if place.schema is False else 0
        if key in going:
            return math.inf
        if key not in self._heights:
            found = self._measured(place, going | {key})
            if math.isinf(found) and going:
                return found  # only seen from where the search came
            self._heights[key] = found
        return self._heights[key]

    def _measured(self, place: Place, going: frozenset[int]) -> float:
        schema = place.schema
        together = [self.height(one, going) for one in self.certain(place)]
        for keyword in () if _stands_alone(place) else _CHOICES:
            branches = [self.height(one, going) for one in listed(place, keyword)]
            together += [min(branches)] if branches else []
        if self.kinds(place) <= {"array", "object"} and not {"const", "enum"} & schema.keys():
            parts = [place / "properties" / name for name in _needed(schema)]
            if schema.get("minItems") and isinstance(schema.get("items"), dict):
                parts.append(place / "items")
            together += [1 + self.height(one, going) for one in parts]
        return max(together, default=0)


def listed(place: Place, keyword: str) -> list[Place]:
    """The schemas in a list, if there is one."""
    schemas = place.schema.get(keyword)
    inner = place / keyword if isinstance(schemas, list) else None
    return [inner / index for index in range(len(inner.schema))] if inner else []


def _excluded(place: Place, chosen: Place, branches: list[Place]) -> Iterator[Place]:
    """What keeps an object from fitting other branches too: of each, one property less."""
    known = [*place.schema.get("required", ())]
    known += _names(chosen.schema)
    for other in branches:
        names = other.schema.get("required", ()) if isinstance(other.schema, dict) else ()
        free = [name for name in names if name not in known]
        if free and other.schema is not chosen.schema:
            yield replace(place, schema={"properties": {free[0]: False}})


def _names(schema: Any) -> list[str]:
    """The properties of which a schema speaks."""
    if not isinstance(schema, dict):
        return []
    return [*schema.get("properties", ()), *schema.get("required", ())]


def _needed(schema: dict[str, Any]) -> list[str]:
    """The properties that a value has, as far as they are declared."""
    required = schema.get("required", [])
    return [name for name in schema.get("properties", {}) if name in required]


def _own_kinds(schema: dict[str, Any]) -> frozenset[str]:
    """The kinds that a schema's own words leave."""
    found = _typed(schema.get("type", list(KINDS)))
    match schema.get("not"):
        case {"type": types, **rest} if not rest:
            found -= _typed(types)
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if isinstance(values, list):
        found &= {type_name(one) for one in values}
    return found


def _typed(types: str | list[str]) -> frozenset[str]:
    named = {types} if isinstance(types, str) else set(types)
    return frozenset(named | {"integer"} if "number" in named else named)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _stands_alone(place: Place) -> bool:
    """Whether only the schema's reference counts."""
    return place.draft.ref_stands_alone and "$ref" in place.schema
