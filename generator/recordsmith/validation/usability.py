"""Usability: what keeps an engine from using the schemas at all."""

from __future__ import annotations

from collections.abc import Iterator

from jsonschema_rs import Draft202012Validator, Registry, ValidationError

from recordsmith.catalog import Catalog, Place
from recordsmith.problems import Location, Problem
from recordsmith.subschemas import dangling, subschemas


def obstacles(catalog: Catalog) -> Iterator[Problem]:
    """A problem for each reference, `$id` and pattern that the engine stumbles at."""
    yield from dangling(catalog)
    yield from _misnamed(catalog)
    for document in catalog.documents:
        for subschema in subschemas(document):
            yield from broken_patterns(subschema.place)


def _misnamed(catalog: Catalog) -> Iterator[Problem]:
    for document in catalog.documents:
        try:
            Registry([(document.uri, True)])
        except ValueError:
            sentence = f"`{document.uri}` is not a URI"
            yield Problem(document.at / "$id", "invalid-id", sentence)


def broken_patterns(place: Place) -> Iterator[Problem]:
    """A problem for each regular expression of the schema that is none."""
    for at, pattern in _patterns(place):
        try:
            Draft202012Validator({"pattern": pattern})
        except ValidationError:
            sentence = f"`{pattern}` is not a regular expression of ECMA-262"
            yield Problem(at, "invalid-pattern", sentence)


def _patterns(place: Place) -> Iterator[tuple[Location, str]]:
    if "pattern" in place.schema:
        yield place.at / "pattern", place.schema["pattern"]
    for pattern in place.schema.get("patternProperties", {}):
        yield place.at / "patternProperties" / pattern, pattern
