"""Examine: what the schemas say of themselves, judged by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from jsonschema_rs import Registry

from recordsmith.behaviours import Sentinel
from recordsmith.catalog import Catalog, Place
from recordsmith.problems import Location, Problem, ProblemsFound
from recordsmith.subschemas import subschemas
from recordsmith.validation.usability import broken_patterns
from recordsmith.validation.validator import Validator, registered


def examine(catalog: Catalog) -> Iterator[Problem]:
    """A problem for each example, default and sentinel that its own schema refuses.

    And for each pattern that is none, lest it be found when a payload meets it.
    """
    places = [each.place for document in catalog.documents for each in subschemas(document)]
    for place in places:
        yield from broken_patterns(place)
    try:
        registry = registered(catalog)
        for place in places:
            yield from _refused(catalog, place, registry)
    except ProblemsFound as found:
        yield from found.problems


def _refused(catalog: Catalog, place: Place, registry: Registry) -> Iterator[Problem]:
    claims = list(_claims(place))
    if not claims:
        return
    validator = Validator(catalog, place.document, quote(place.at.pointer), registry)
    for rule, at, value in claims:
        if not validator.is_valid(value):
            for violation in validator.violations(value):
                where = Location(at.file, at.pointer + violation.pointer)
                sentence = f"the {rule} is refused by its own schema: {violation.sentence}"
                yield Problem(where, rule, sentence)


def _claims(place: Place) -> Iterator[tuple[str, Location, Any]]:
    """The values that the schema itself says are valid: rule, place and value."""
    for index, example in enumerate(place.schema.get("examples", ())):
        yield "example", place.at / "examples" / index, example
    if "default" in place.schema:
        yield "default", place.at / "default", place.schema["default"]
    for name, special in place.schema.get(Sentinel.keyword, {}).items():
        yield "sentinel", place.at / Sentinel.keyword / name / "value", special["value"]
