"""Usability: what keeps an engine from using the schemas at all."""

from __future__ import annotations

from collections.abc import Iterator

from recordsmith.catalog import Catalog, Place
from recordsmith.patterns import NotAPatternError, parse
from recordsmith.problems import Location, Problem


def obstacles(catalog: Catalog) -> Iterator[Problem]:
    """A problem for each reference, `$id` and pattern that the engine stumbles at."""
    yield from _dangling(catalog)
    for document in catalog.documents:
        for place in document.schemas:
            yield from broken_patterns(place)


def _dangling(catalog: Catalog) -> Iterator[Problem]:
    """A problem for each `$ref` that leads nowhere."""
    for document in catalog.documents:
        for place in document.schemas:
            reference = place.schema.get("$ref")
            if isinstance(reference, str) and catalog.resolve(reference, place) is None:
                sentence = f"`{reference}` leads to no schema below the root; nothing else is read"
                yield Problem(place.at / "$ref", "unresolvable-ref", sentence)


def broken_patterns(place: Place) -> Iterator[Problem]:
    """A problem for each regular expression of the schema that is none."""
    for at, pattern in _patterns(place):
        try:
            parse(pattern)
        except NotAPatternError:
            sentence = f"`{pattern}` is not a regular expression of ECMA-262"
            yield Problem(at, "invalid-pattern", sentence)


def _patterns(place: Place) -> Iterator[tuple[Location, str]]:
    if "pattern" in place.schema:
        yield place.at / "pattern", place.schema["pattern"]
    for pattern in place.schema.get("patternProperties", {}):
        yield place.at / "patternProperties" / pattern, pattern
