"""Disjointness: whether a value can fit two branches of a choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from recordsmith.lowering.facets import Facet
from recordsmith.lowering.listing import common, identity
from recordsmith.lowering.unions import JsonTypes, tags_of

_OBJECT = frozenset(("object",))
_MOST = 300
"""Branches; the pairs of more are too many to be looked at."""


@dataclass(frozen=True, slots=True)
class _Traits:
    """What may tell a branch from others."""

    types: frozenset[str]
    values: frozenset[str] | None
    """The values that it lists; None where it lists none."""
    tags: Mapping[str, frozenset[str]]
    """The properties that it requires to have one of a few values, and these."""

    def are_apart_from(self, other: _Traits) -> bool:
        """Whether no value fits both."""
        shared = self.types & other.types
        if not shared:
            return True
        if self.values is not None and other.values is not None:
            return self.values.isdisjoint(other.values)
        names = self.tags.keys() & other.tags.keys() if shared == _OBJECT else ()
        return any(self.tags[name].isdisjoint(other.tags[name]) for name in names)


def are_disjoint(branches: list[list[Facet] | None], json_types: JsonTypes) -> bool:
    """Whether no value fits two of the branches; False where that cannot be told."""
    told = [_traits(facets, json_types) for facets in branches if facets is not None]
    if _are_told_by_values(told) or _are_told_by_a_tag(told):
        return True
    return len(told) <= _MOST and all(
        one.are_apart_from(other) for one, other in combinations(told, 2)
    )


def _traits(facets: list[Facet], json_types: JsonTypes) -> _Traits:
    listing = [facet for facet in facets if "enum" in facet or "const" in facet]
    return _Traits(
        json_types.of(facets),
        frozenset(map(identity, common(listing))) if listing else None,
        {name: frozenset(map(identity, values)) for name, values in tags_of(facets).items()},
    )


def _are_told_by_values(told: list[_Traits]) -> bool:
    values = [one.values for one in told if one.values is not None]
    return len(values) == len(told) and _is_none_twice(values)


def _are_told_by_a_tag(told: list[_Traits]) -> bool:
    if not told or any(one.types != _OBJECT for one in told):
        return False
    names = frozenset.intersection(*(frozenset(one.tags) for one in told))
    return any(_is_none_twice(one.tags[name] for one in told) for name in names)


def _is_none_twice(sets: Iterable[frozenset[str]]) -> bool:
    listed = [value for one in sets for value in one]
    return len(set(listed)) == len(listed)
