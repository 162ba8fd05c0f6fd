"""Arrays: lists of one type, and tuples where nothing but these items may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from recordsmith.ir import Bounds, List, Never, Tuple, Type
from recordsmith.lowering.facets import Facet
from recordsmith.lowering.scalars import Lost
from recordsmith.places import Place

TypeOf: TypeAlias = "Callable[[list[Place], str], Type]"
"""The type of the values that all of some schemas accept."""
Join: TypeAlias = "Callable[[list[Type]], Type]"

SPECIAL = frozenset(("contains", "maxContains", "minContains", "unevaluatedItems", "uniqueItems"))
"""The keywords of arrays that no type carries."""


def array(facets: list[Facet], hint: str, lost: Lost, type_of: TypeOf, union: Join) -> Type:
    """A list or a tuple."""
    shortest, longest = _lengths(facets)
    for facet in facets:
        lost.add(facet, *(SPECIAL & facet.written.keys()))
    count = max((len(facet["prefixItems"]) for facet in facets if "prefixItems" in facet), default=0)
    rest = type_of(_rest(facets), f"{hint} item")
    if not count:
        return _list(rest, shortest, longest)
    first = [type_of(_at(facets, index), f"{hint} {index + 1}") for index in range(count)]
    if isinstance(rest, Never):
        longest = count if longest is None else min(longest, count)
    if shortest == longest == count:
        return Tuple(tuple(first))
    for facet in facets:
        lost.add(facet, *({"items", "prefixItems"} & facet.written.keys()))
    return List(
        union([*first, *([] if isinstance(rest, Never) else [rest])]),
        Bounds(min_items=shortest or None, max_items=longest),
    )


def _list(items: Type, shortest: int, longest: int | None) -> List:
    if isinstance(items, Never):
        return List(items, Bounds(min_items=shortest or None))
    return List(items, Bounds(min_items=shortest or None, max_items=longest))


def _lengths(facets: list[Facet]) -> tuple[int, int | None]:
    """The least and the greatest number of items."""
    least = max((int(facet["minItems"]) for facet in facets if "minItems" in facet), default=0)
    most = min((int(facet["maxItems"]) for facet in facets if "maxItems" in facet), default=None)
    return least, most


def _rest(facets: list[Facet]) -> list[Place]:
    return [facet.at("items") for facet in facets if "items" in facet]


def _at(facets: list[Facet], index: int) -> list[Place]:
    """The schemas that the item at an index is to fit."""
    found = []
    for facet in facets:
        if index < len(facet.get("prefixItems", ())):
            found.append(facet.at("prefixItems", index))
        elif "items" in facet:
            found.append(facet.at("items"))
    return found


