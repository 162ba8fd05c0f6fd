"""Records: an object's fields, its base class, and its guard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from recordsmith.behaviours import BEHAVIOURS
from recordsmith.ir import Definition, Field, Name, Record, Source
from recordsmith.lowering import objects
from recordsmith.lowering.facets import Facet
from recordsmith.lowering.joining import ANYTHING
from recordsmith.lowering.keywords import documentation
from recordsmith.lowering.lost import Lost
from recordsmith.naming import listed
from recordsmith.places import Place
from recordsmith.problems import Problems


class Context(objects.Context, Protocol):
    """What the reading of a record needs of the whole lowering."""

    problems: Problems

    def target(self, place: Place, keyword: str) -> Place | None:
        """The place that the reference in `keyword` leads to; None, and a problem, if nowhere."""

    def name_of(self, place: Place, hint: str) -> Name:
        """The name of the definition at `place`."""

    def is_named(self, place: Place) -> bool:
        """Whether the schema is a definition."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A record that has a name and waits to be lowered."""

    name: Name
    facets: tuple[Facet, ...]
    lost: tuple[tuple[Facet, frozenset[str]], ...]
    """What is known already that the fields do not express."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A type of several schemas that has a name and waits to be lowered."""

    name: Name
    facets: tuple[Facet, ...]


def record(pending: Pending, place: Place, context: Context) -> tuple[Record, Lost]:
    """The record without its guard, and what is to be guarded; `place` is where it stands."""
    facets = list(pending.facets)
    lost = Lost([(facet, set(keywords)) for facet, keywords in pending.lost])
    for facet in facets:
        lost.add(facet, *(objects.SPECIAL & facet.written.keys()))
    found = objects.extras(facets, pending.name.type, lost, context)
    fields = tuple(objects.fields(facets, pending.name.type, context))
    base = _extended(place, context) if "x-extends" in place.schema else None
    made = Record(
        name=pending.name,
        source=Source(str(place.document.path), place.at.pointer),
        fields=fields,
        base=base,
        closed=found.is_closed,
        extras=found.type,
        documentation=documentation(place.schema),
    )
    return made, _less_explained(lost, place)


def _less_explained(lost: Lost, place: Place) -> Lost:
    """Less the assertions that a behaviour names: its methods enforce them."""
    for keyword, behaviour in BEHAVIOURS.items():
        if keyword in place.schema:
            for facet, keywords in lost.of:
                if facet.place.schema is place.schema:
                    keywords.difference_update(behaviour.explains)
    return lost


def with_room(record_: Record) -> Record:
    """The record; a guarded one keeps the properties that are no fields, as its guard sees them."""
    if record_.guards and not record_.closed and record_.extras is None:
        return replace(record_, extras=ANYTHING)
    return record_


def with_room_below(definitions: list[Definition]) -> list[Definition]:
    """The definitions; a record that extends one which keeps all properties keeps them too."""
    by_name = {one.name: one for one in definitions}

    def keeps(name: Name | None) -> bool:
        seen: set[Name] = set()
        while name is not None and name not in seen:
            seen.add(name)
            record_ = by_name[name]
            if not isinstance(record_, Record):
                return False
            if record_.guards and record_.extras == ANYTHING:
                return True
            name = record_.base
        return False

    return [
        replace(one, extras=ANYTHING)
        if isinstance(one, Record) and one.extras is None and not one.closed and keeps(one.base)
        else one
        for one in definitions
    ]


def base_of(place: Place, context: Context) -> Place | None:
    """The record that a schema refers to as the one thing that it is besides its own."""
    schema = place.schema
    found = [place] if "$ref" in schema and not place.draft.ref_stands_alone else []
    if "allOf" in schema:
        branches = (place / "allOf" / index for index in range(len(schema["allOf"])))
        found += [one for one in branches if isinstance(one.schema, dict) and "$ref" in one.schema]
    targets = [target for one in found if (target := context.target(one, "$ref")) is not None]
    if len(targets) != 1 or not isinstance(targets[0].schema, dict):
        return None
    return targets[0] if context.is_named(targets[0]) else None


def can_inherit(child: Record, base: Record, facets: list[Facet], bases: list[Facet]) -> bool:
    """Whether a class that extends the base's says just what the facets say."""
    inherited = {facet.key for facet in bases}
    own = [facet for facet in facets if facet.key not in inherited]
    is_open = not (base.closed or base.extras or child.closed or child.extras)
    fields = {field.name: field for field in child.fields}
    is_same = all(_is_alike(fields.get(field.name), field) for field in base.fields)
    return is_open and is_same and bool(own) and not _are_recast(own, base)


def _is_alike(field: Field | None, inherited: Field) -> bool:
    return field == inherited


def _are_recast(own: list[Facet], base: Record) -> bool:
    names = {field.name for field in base.fields}
    return any(name in names for facet in own for name in facet.get("properties", ()))


def _extended(place: Place, context: Context) -> Name | None:
    """The record that `x-extends` names: each of its properties is referred to here."""
    base = context.target(place, "x-extends")
    if base is None:
        return None
    if not (isinstance(base.schema, dict) and "properties" in base.schema):
        context.problems.add(place.at / "x-extends", "extends", "only a record can be extended")
        return None
    missing = list(_missing(place, base, context))
    if missing or set(base.schema.get("required", ())) - set(place.schema.get("required", ())):
        sentence = (
            f"refer to each property of `{base.at.file}` with `$ref`"
            f" (missing: {listed(missing)}), and require what it requires"
        )
        context.problems.add(place.at / "x-extends", "extends", sentence)
    return context.name_of(base, "")


def _missing(place: Place, base: Place, context: Context) -> Iterator[str]:
    """The properties of the base that this record does not refer to."""
    own: dict[str, Any] = place.schema.get("properties", {})
    for key, schema in base.schema["properties"].items():
        refers = isinstance(own.get(key), dict) and "$ref" in own[key]
        target = context.target(place / "properties" / key, "$ref") if refers else None
        if target is None or target.schema is not schema:
            yield key
