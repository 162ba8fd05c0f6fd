"""Kinds: the JSON types that a schema takes, and whether two schemas have no value in common."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from recordsmith.catalog import Catalog, Place
from recordsmith.lowering.facets import Facet, read

ALL = frozenset(("array", "boolean", "null", "number", "object", "string"))
"""Integers are numbers."""

_DEEPEST = 8
"""References and choices to look through."""


def named(types: Any) -> frozenset[str]:
    """The kinds that the value of `type` names."""
    listed = [types] if isinstance(types, str) else types
    return frozenset("number" if one == "integer" else one for one in listed)


def kind_of(value: Any) -> str:
    """The kind of a JSON value."""
    match value:
        case bool():
            return "boolean"
        case None:
            return "null"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"
        case _:
            return "number"


def values_of(facet: Facet) -> list[Any] | None:
    """The values that `const` and `enum` allow; None where there is neither."""
    if "enum" not in facet:
        return [facet["const"]] if "const" in facet else None
    listed = list(facet["enum"])
    return [one for one in listed if _is_same(one, facet["const"])] if "const" in facet else listed


def _is_same(one: Any, other: Any) -> bool:
    return kind_of(one) == kind_of(other) and bool(one == other)


class Kinds:
    """Answers for the schemas of a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def of(self, place: Place, depth: int = 0) -> frozenset[str]:
        """The kinds of which a value may be valid; all, where it is hard to tell."""
        if place.schema is False:
            return frozenset()
        if not isinstance(place.schema, dict) or depth > _DEEPEST:
            return ALL
        facet = read(place)
        found = named(facet["type"]) if "type" in facet else ALL
        values = values_of(facet)
        if values is not None:
            found &= {kind_of(value) for value in values}
        for branch in self._all_of(facet):
            found &= self.of(branch, depth + 1)
        for keyword in ("anyOf", "oneOf"):
            if keyword in facet:
                branches = (self.of(one, depth + 1) for one in facet.branches(keyword))
                found &= frozenset().union(*branches)
        return found

    def _all_of(self, facet: Facet) -> Iterable[Place]:
        if "$ref" in facet:
            target = self._catalog.resolve(facet["$ref"], facet.place)
            if target is not None:
                yield target
        if "allOf" in facet:
            yield from facet.branches("allOf")

    def are_apart(self, places: list[Place]) -> bool:
        """Whether no value is certainly valid by two of the schemas."""
        return all(self._are_apart(one, other) for one, other in combinations(places, 2))

    def _are_apart(self, one: Place, other: Place) -> bool:
        common = self.of(one) & self.of(other)
        if not common:
            return True
        if common != {"object"}:
            return False
        tags, others = self._tags(one), self._tags(other)
        return any(tags[name].isdisjoint(others[name]) for name in tags.keys() & others.keys())

    def _tags(self, place: Place, depth: int = 0) -> dict[str, set[str]]:
        """The strings that a required property may be, for each of which the schema tells."""
        if not isinstance(place.schema, dict) or depth > _DEEPEST:
            return {}
        facet = read(place)
        found: dict[str, set[str]] = {}
        for name in {*facet.get("required", ())} & {*facet.get("properties", ())}:
            inner = facet.at("properties", name)
            values = values_of(read(inner)) if isinstance(inner.schema, dict) else None
            if values is not None and all(isinstance(value, str) for value in values):
                found[name] = set(values)
        for branch in self._all_of(facet):
            found |= self._tags(branch, depth + 1)
        return found
