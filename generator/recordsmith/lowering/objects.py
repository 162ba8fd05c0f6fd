"""Objects: the fields of a record, and what becomes of the properties that are no fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from recordsmith.ir import Bounds, Default, Field, Map, Matching, Never, Type
from recordsmith.lowering.branching import Cases, branching
from recordsmith.lowering.facets import Facet
from recordsmith.lowering.joining import ANYTHING, NEVER, without_null
from recordsmith.lowering.keywords import documentation
from recordsmith.lowering.lost import Lost
from recordsmith.lowering.scalars import lengths
from recordsmith.patterns import matches, matches_all
from recordsmith.places import Place
from recordsmith.readable import linear

SPECIAL = frozenset(
    (
        *("dependencies", "dependentRequired", "dependentSchemas", "maxProperties"),
        *("minProperties", "propertyNames", "unevaluatedProperties"),
    )
)
"""The keywords of records that no type carries."""


class Context(Protocol):
    """What the reading of an object needs of the whole lowering."""

    def type_of(self, places: list[Place], hint: str) -> Type:
        """The type of the values that all of some schemas accept."""

    def union(self, types: list[Type]) -> Type:
        """The type of the values of any of the types."""

    def flatten(self, place: Place) -> list[Facet] | None:
        """The facets of a place; None where it is `false`."""

    def accepts(self, place: Place, value: Any) -> bool:
        """Whether the schema at a place accepts a value."""

    def described(self, place: Place) -> dict[str, Any]:
        """The annotations of a property, after those that it refers to."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What becomes of the properties that are no fields."""

    is_closed: bool
    type: Type | None
    """None where any value will do."""


def mapping(facets: list[Facet], hint: str, lost: Lost, context: Context) -> Map | Matching:
    """A map: an object without known properties."""
    for facet in facets:
        bounding = {"maxProperties", "minProperties"}
        lost.add(facet, *((SPECIAL - bounding | {"required"}) & facet.written.keys()))
    least, most = lengths(facets, "minProperties", "maxProperties")
    matching = _matching(facets, hint, context)
    if matching is not None:
        for facet in facets:
            untold = {"minProperties", "maxProperties"}
            if len(_patterns(facet)) > 1:
                untold.add("patternProperties")
            lost.add(facet, *(untold & facet.written.keys()))
        return matching
    found = extras(facets, hint, lost, context)
    if found.is_closed:
        return Map(NEVER, Bounds(min_properties=least))
    bounds = Bounds(min_properties=least, max_properties=most)
    return Map(found.type or ANYTHING, bounds)


def _matching(facets: list[Facet], hint: str, context: Context) -> Matching | None:
    """A map of which only the values of some keys are told; None where it is another."""
    concerned = [one for one in facets if "additionalProperties" in one or _patterns(one)]
    if len(concerned) != 1 or "additionalProperties" in concerned[0]:
        return None
    (facet,) = concerned
    patterns = [linear(one) for one in _patterns(facet)]
    if None in patterns or _says_one_thing(facet):
        return None
    places = [facet.at("patternProperties", one) for one in _patterns(facet)]
    type_ = context.union([context.type_of([one], f"{hint} value") for one in places])
    if type_ in (ANYTHING, NEVER):
        return None
    pattern = "|".join(f"(?:{one})" for one in patterns) if len(patterns) > 1 else patterns[0]
    return Matching(Map(type_), str(pattern))


def fields(facets: list[Facet], owner: str, context: Context) -> Iterator[Field]:
    """The properties that the facets declare or require, and those that they have in some cases."""
    declared = dict.fromkeys(name for facet in facets for name in facet.get("properties", ()))
    required = dict.fromkeys(name for facet in facets for name in facet.get("required", ()))
    for name in declared | required:
        places = [place for facet in facets for place in applying(facet, name)]
        type_ = context.type_of(places, f"{owner} {name}")
        yield _field(name, type_, places, context, is_required=name in required)
    for name, cases in branching(facets, context.flatten).items():
        if name not in declared and name not in required:
            yield from _in_some_cases(name, cases, facets, owner, context)


def _in_some_cases(
    name: str, cases: Cases, facets: list[Facet], owner: str, context: Context
) -> Iterator[Field]:
    """A property that only branches declare, unless the object may not have it at all."""
    places = [place for facet in facets for place in applying(facet, name)]
    hint = f"{owner} {name}"
    type_ = context.type_of(places, hint)
    if not places and cases.are_all:
        type_ = context.union([context.type_of([one], hint) for one in cases.places])
    if not isinstance(type_, Never):
        told = [*places, *cases.places]
        yield replace(_field(name, type_, told, context, is_required=False), default=None)


def _field(
    name: str, type_: Type, places: list[Place], context: Context, *, is_required: bool
) -> Field:
    type_, nullable = without_null(type_)
    told = [context.described(place) for place in places if isinstance(place.schema, dict)]
    documented = next((one for one in told if one.get("description")), told[0] if told else {})
    given = [one["default"] for one in told if "default" in one]
    defaults = [one for one in given if all(context.accepts(place, one) for place in places)]
    return Field(
        name=name,
        type=type_,
        required=is_required,
        nullable=nullable,
        default=Default(defaults[0]) if defaults else None,
        documentation=documentation(documented),
    )


def applying(facet: Facet, name: str) -> list[Place]:
    """The schemas of the facet that the value of the property is to fit."""
    found = [facet.at("properties", name)] if name in facet.get("properties", ()) else []
    if "patternProperties" in facet:
        patterns = [one for one in facet["patternProperties"] if _matches(one, name)]
        found += [facet.at("patternProperties", pattern) for pattern in patterns]
    if not found and "additionalProperties" in facet:
        found = [facet.at("additionalProperties")]
    return found


def _matches(pattern: str, name: str) -> bool:
    try:
        return matches(pattern, name)
    except ValueError:
        return False  # a pattern that is none is reported elsewhere


def extras(facets: list[Facet], hint: str, lost: Lost, context: Context) -> Extras:
    """What the facets say of the properties that none of them declares."""
    concerned = [one for one in facets if "additionalProperties" in one or _patterns(one)]
    if all(_says_one_thing(one) for one in concerned):
        places = [place for one in concerned for place in _of_any_name(one)]
        type_ = context.type_of(places, f"{hint} value") if places else None
        is_closed = isinstance(type_, Never)
        return Extras(is_closed, None if is_closed or type_ == ANYTHING else type_)
    for facet in concerned:
        lost.add(facet, *({"additionalProperties", "patternProperties"} & facet.written.keys()))
    types = [_of_patterns(facet, hint, context) for facet in concerned]
    known = [one for one in types if one not in (ANYTHING, NEVER)]
    return Extras(is_closed=False, type=known[0] if known else ANYTHING)


def _patterns(facet: Facet) -> list[str]:
    return [*facet.get("patternProperties", ())]


def _says_one_thing(facet: Facet) -> bool:
    """Whether the facet asks for the same, whatever a property is called."""
    return all(map(_matches_all, _patterns(facet)))


def _matches_all(pattern: str) -> bool:
    try:
        return matches_all(pattern)
    except ValueError:
        return False  # a pattern that is none is reported elsewhere


def _of_any_name(facet: Facet) -> list[Place]:
    """The schemas for all properties that no name declares."""
    found = [facet.at("patternProperties", one) for one in _patterns(facet)]
    return found or [facet.at("additionalProperties")]


def _of_patterns(facet: Facet, hint: str, context: Context) -> Type:
    """A type for all properties that no name declares, whichever pattern they match."""
    places = [facet.at("patternProperties", one) for one in _patterns(facet)]
    if not _says_one_thing(facet):
        if "additionalProperties" not in facet:
            return ANYTHING
        places.append(facet.at("additionalProperties"))
    types = [context.type_of([place], f"{hint} value") for place in places]
    return context.union([one for one in types if not isinstance(one, Never)])
