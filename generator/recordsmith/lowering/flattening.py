"""Flatten: all that a schema asks for as a whole, its references and its `allOf` followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from recordsmith.catalog import Catalog
from recordsmith.lowering.facets import Facet, read
from recordsmith.lowering.guards import Guards
from recordsmith.places import Place
from recordsmith.problems import Problems

REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")

_WHOLE = (*REFERENCES, "allOf")
"""The keywords for what a schema is as a whole."""

_Step: TypeAlias = Place | Facet


class Flattening:
    """Finds the facets of schemas; those of each are found once."""

    def __init__(self, catalog: Catalog, guards: Guards, problems: Problems) -> None:
        self._catalog = catalog
        self._guards = guards
        self._problems = problems
        self._known: dict[int, list[Facet] | None] = {}

    def flatten(self, place: Place) -> list[Facet] | None:
        """The assertions of a schema and of all that it refers to as a whole; None for `false`."""
        if isinstance(place.schema, bool):
            return [] if place.schema else None
        key = id(place.schema)
        if key not in self._known:
            self._known[key] = self._flattened(place)
        return self._known[key]

    def target(self, place: Place, keyword: str) -> Place | None:
        """The place that the reference in `keyword` leads to; None, and a problem, if nowhere."""
        reference = place.schema[keyword]
        target = self._catalog.resolve(reference, place)
        if target is None or not isinstance(target.schema, dict | bool):
            sentence = f"`{reference}` leads to no schema below the root; nothing else is read"
            self._problems.add(place.at / keyword, "unresolvable-ref", sentence)
            return None
        return target

    def _flattened(self, start: Place) -> list[Facet] | None:
        """What is referred to comes first; what leads back to itself asks for nothing more."""
        own = read(start)
        if own.written and own.written.keys().isdisjoint((*_WHOLE, "not")):
            return [own]  # as nearly all are
        facets: list[Facet] = []
        waiting: list[_Step] = [start]
        seen: set[int] = set()
        while waiting:
            step = waiting.pop()
            if isinstance(step, Facet):
                facets.append(step)
            elif step.schema is False or _refuses_all(step):
                return None
            elif step.schema is not True and id(step.schema) not in seen:
                seen.add(id(step.schema))
                waiting += reversed(list(self._steps(step)))
        return unique(facets)

    def _steps(self, place: Place) -> Iterator[_Step]:
        """What a schema is as a whole, and then what it says itself."""
        own = read(place)
        if self._guards.is_dynamic(place):
            yield own
            return
        for keyword in REFERENCES:
            target = self.target(place, keyword) if keyword in own else None
            if target is not None:
                yield target
        if "allOf" in own:
            yield from own.branches("allOf")
        rest = own.without(_WHOLE)
        if rest.written:
            yield rest


def _refuses_all(place: Place) -> bool:
    """Whether a schema is `not` of everything."""
    refused = place.schema.get("not", False) if isinstance(place.schema, dict) else False
    return (refused is True or refused == {}) and "not" in read(place)


def unique(facets: Iterable[Facet]) -> list[Facet]:
    """Each facet once: schemas that refer to one thing on many ways stay small."""
    return list({facet.key: facet for facet in facets}.values())


def reference_of(place: Place, refining: frozenset[str]) -> tuple[Place, list[Facet]] | None:
    """The one reference that a schema is, and the facets beside it that leave its type as it is.

    None where the schema is no reference, or says more than the `refining` keywords do.
    """
    if place.schema.keys().isdisjoint(_WHOLE):
        return None
    own = read(place)
    if len(own.written) == 1 and not own.written.keys().isdisjoint(REFERENCES):
        return place, []
    branches = own.branches("allOf") if "allOf" in own else []
    parts = [read(one) for one in branches if isinstance(one.schema, dict)]
    referring = [part for part in parts if set(part.written) == {"$ref"}]
    places = [place] * ("$ref" in own) + [part.place for part in referring]
    beside = [own.without(("$ref", "allOf")), *(one for one in parts if one not in referring)]
    said = [facet for facet in beside if facet.written]
    if len(places) != 1 or len(parts) != len(branches):
        return None
    return (places[0], said) if all(one.written.keys() <= refining for one in said) else None
