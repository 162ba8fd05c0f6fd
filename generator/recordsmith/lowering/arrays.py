"""Arrays: lists of one type, and tuples where nothing but these items may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from recordsmith.ir import Bounds, List, Never, Tuple, Type
from recordsmith.lowering.facets import Facet
from recordsmith.lowering.lost import Lost
from recordsmith.lowering.scalars import lengths
from recordsmith.places import Place

TypeOf: TypeAlias = "Callable[[list[Place], str], Type]"
"""The type of the values that all of some schemas accept."""
Join: TypeAlias = "Callable[[list[Type]], Type]"

SPECIAL = frozenset(("contains", "maxContains", "minContains", "unevaluatedItems", "uniqueItems"))
"""The keywords of arrays that no type carries."""


def array(facets: list[Facet], hint: str, lost: Lost, type_of: TypeOf, union: Join) -> Type:
    """A list or a tuple."""
    least, most = lengths(facets, "minItems", "maxItems")
    listed = [len(facet["prefixItems"]) for facet in facets if "prefixItems" in facet]
    rest = type_of(_rest(facets), f"{hint} item")
    for facet in facets:
        lost.add(facet, *(SPECIAL & facet.written.keys()))
    if not listed:
        return List(rest, Bounds(min_items=least, max_items=most))
    count = max(listed) if most is None else min(max(listed), most)
    first = [type_of(_at(facets, index), f"{hint} {index + 1}") for index in range(count)]
    is_closed = isinstance(rest, Never) or most == count
    if is_closed:
        most = count
    if least == most == count:
        return Tuple(tuple(first))
    for facet in facets:
        lost.add(facet, *({"items", "prefixItems"} & facet.written.keys()))
    items = union(first if is_closed else [*first, rest])
    return List(items, Bounds(min_items=least, max_items=most))


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
