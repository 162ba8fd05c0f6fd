"""Branching: the properties that an object has in some cases only.

They are those of `then` and `else`, of the schemas that depend on a property, and of the branches
of a choice that is no type of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from recordsmith.lowering.facets import Facet
from recordsmith.lowering.unions import Flatten
from recordsmith.places import Place

KEYWORDS = frozenset(
    ("anyOf", "dependencies", "dependentSchemas", "else", "if", "oneOf", "then"),
)
_DEEPEST = 3
_MOST = 64
"""Properties; a record with more than these besides its own helps nobody."""


@dataclass(frozen=True, slots=True)
class Cases:
    """What the branches say of a property."""

    places: tuple[Place, ...] = ()
    are_all: bool = False
    """Whether its value is to fit one of the places; else it may be anything, too."""


def branching(facets: list[Facet], flatten: Flatten, depth: int = 0) -> dict[str, Cases]:
    """The properties that some branch declares or requires, in their order."""
    found: dict[str, Cases] = {}
    for branches in (one for facet in facets for one in _branches(facet)):
        told = [_of_branch(place, flatten, depth) for place in branches]
        possible = [branch for branch in told if branch is not None]
        for name in dict.fromkeys(name for branch in possible for name in branch):
            cases = _together([branch.get(name, Cases()) for branch in possible])
            if name not in found or (cases.are_all and not found[name].are_all):
                found[name] = cases
    return found if len(found) <= _MOST else {}


def _branches(facet: Facet) -> Iterator[list[Place | None]]:
    """Schemas one of which holds; None for one that says nothing."""
    if "then" in facet or "else" in facet:
        yield [facet.at(one) if one in facet else None for one in ("then", "else")]
    for keyword in ("anyOf", "oneOf"):
        if keyword in facet:
            yield [*facet.branches(keyword)]
    for keyword in ("dependencies", "dependentSchemas"):
        for name, schema in facet.get(keyword, {}).items():
            if isinstance(schema, dict):
                yield [facet.at(keyword, name), None]


def _of_branch(place: Place | None, flatten: Flatten, depth: int) -> dict[str, Cases] | None:
    """What a branch says of properties; None where no value fits it."""
    facets = [] if place is None else flatten(place)
    if facets is None:
        return None
    found = branching(facets, flatten, depth + 1) if depth < _DEEPEST else {}
    for facet in facets:
        found |= {name: found.get(name, Cases()) for name in facet.get("required", ())}
    for facet in facets:
        declared = facet.get("properties", ())
        found |= {name: Cases((facet.at("properties", name),), True) for name in declared}
    return found


def _together(told: list[Cases]) -> Cases:
    places = dict.fromkeys(place for one in told for place in one.places)
    return Cases(tuple(places), all(one.are_all for one in told))
