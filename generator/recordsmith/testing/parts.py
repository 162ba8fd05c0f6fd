"""Parts: what several schemas that all hold say of a value's members, items and properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from recordsmith.catalog import Place
from recordsmith.testing.reading import listed

_SUBTLE = ("contains", "dependencies", "dependentSchemas", "if", "not", "oneOf", "uniqueItems")


def members(flat: list[Place]) -> list[Any] | None:
    """The values of which one is to be; None where it may be any."""
    listed_ = [
        [one.schema["const"]] if "const" in one.schema else one.schema["enum"]
        for one in flat
        if {"const", "enum"} & one.schema.keys()
    ]
    if not listed_:
        return None
    return [one for one in listed_[0] if all(one in others for others in listed_[1:])]


def is_subtle(place: Place) -> bool:
    """Whether a schema has words of which only the validator knows what they refuse."""
    return not place.schema.keys().isdisjoint(_SUBTLE)


def asks(place: Place) -> bool:
    """Whether a schema asks for anything."""
    return any(map(place.draft.asserts, place.schema))


def numbers_of(flat: list[Place], keyword: str) -> list[int]:
    """What the schemas say of a keyword that takes a whole number."""
    return [int(place.schema[keyword]) for place in flat if keyword in place.schema]


def ends(flat: list[Place]) -> Iterator[int]:
    """How many items an array may have where its schema lists them all."""
    for place in flat:
        first, rest = _first(place)
        closed = place.schema.get("unevaluatedItems") is False and rest is None
        if closed or (rest and rest.schema is False):
            yield len(first)


def _first(place: Place) -> tuple[list[Place], Place | None]:
    """The schemas of an array's first items, and that of the others."""
    items = place.schema.get("items")
    if isinstance(items, list):
        rest = place / "additionalItems" if "additionalItems" in place.schema else None
        return listed(place, "items"), rest
    return listed(place, "prefixItems"), None if items is None else place / "items"


def items(flat: list[Place], index: int) -> Iterator[Place]:
    """What holds of an item."""
    for place in flat:
        first, rest = _first(place)
        if index < len(first):
            yield first[index]
        elif rest:
            yield rest


def declared(place: Place) -> list[str]:
    """The properties that a schema knows by name."""
    return list(place.schema.get("properties", ()))


def properties(place: Place, name: str, flat: list[Place]) -> Iterator[Place]:
    """What holds of a property."""
    found = [place / "properties" / name] if name in declared(place) else []
    for pattern in place.schema.get("patternProperties", ()):
        found += [place / "patternProperties" / pattern] if _is_in(pattern, name) else []
    if not found and "additionalProperties" in place.schema:
        found.append(place / "additionalProperties")
    is_known = any(name in declared(one) for one in flat)
    if not found and not is_known and "unevaluatedProperties" in place.schema:
        found.append(place / "unevaluatedProperties")
    yield from found


def _is_in(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text, re.ASCII) is not None
    except re.error:
        return False


def dependents(flat: list[Place], made: dict[str, Any]) -> Iterator[str]:
    """The properties that those that are there need beside them."""
    needs: dict[str, list[str]] = {}
    for place in flat:
        for keyword in ("dependentRequired", "dependencies"):
            for name, names in place.schema.get(keyword, {}).items():
                if isinstance(names, list):
                    needs.setdefault(name, []).extend(names)
    waiting = list(made)
    while waiting:
        for name in needs.get(waiting.pop(), ()):
            if name not in made:
                yield name
                waiting.append(name)
