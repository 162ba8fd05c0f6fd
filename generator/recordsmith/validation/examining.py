"""Examine: what the schemas say of themselves, judged by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from recordsmith.behaviours import Sentinel
from recordsmith.catalog import Catalog, Place
from recordsmith.drafts import FormatPolicy
from recordsmith.problems import Location, Problem, ProblemsFound
from recordsmith.validation.validator import Validator


def examine(catalog: Catalog, formats: FormatPolicy = "dialect") -> Iterator[Problem]:
    """A problem for each example, default and sentinel that its own schema refuses."""
    places = [place for document in catalog.documents for place in document.schemas]
    try:
        for place in places:
            yield from _refused(catalog, place, formats)
    except ProblemsFound as found:
        yield from found.problems


def _refused(catalog: Catalog, place: Place, formats: FormatPolicy) -> Iterator[Problem]:
    claims = list(_claims(place))
    if not claims:
        return
    validator = Validator(catalog, place.document, place.at.pointer, formats)
    for rule, at, value in claims:
        if not validator.is_valid(value):
            for violation in validator.violations(value):
                where = Location(at.file, at.pointer + violation.pointer)
                sentence = f"the {rule} is refused by its own schema: {violation.sentence}"
                problem = Problem(where, rule, sentence)
                yield problem if rule == "sentinel" else replace(problem, severity="warning")


def _claims(place: Place) -> Iterator[tuple[str, Location, Any]]:
    """The values that the schema itself says are valid: rule, place and value."""
    examples = place.schema.get("examples", ())
    for index, example in enumerate(examples if isinstance(examples, list) else ()):
        yield "example", place.at / "examples" / index, example
    if "default" in place.schema:
        yield "default", place.at / "default", place.schema["default"]
    for name, special in place.schema.get(Sentinel.keyword, {}).items():
        yield "sentinel", place.at / Sentinel.keyword / name / "value", special["value"]
