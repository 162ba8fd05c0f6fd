"""Wording: from the engine's tree of errors to violations, each at the value that is at fault.

Where every alternative of an `anyOf` or `oneOf` failed, the one that came closest is explained.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jsonschema_rs import ValidationError, ValidationErrorKind

from recordsmith.catalog import Catalog, Document, Place
from recordsmith.phrases import shown
from recordsmith.problems import Location
from recordsmith.validation import rules, sentences

_CHOICES = (ValidationErrorKind.AnyOf, ValidationErrorKind.OneOfNotValid)
_UNEXPECTED = (
    ValidationErrorKind.AdditionalProperties,
    ValidationErrorKind.UnevaluatedProperties,
)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong with a value."""

    pointer: str
    """Where, in the value."""
    rule: str
    """The behaviour, or else the keyword, that asks for it."""
    sentence: str
    asserted_at: Location
    """The keyword, in the schemas."""
    value: str = ""
    """What stands there, as JSON, cut short; empty where something is missing."""


class Wording:
    """Explains the errors that come from the schemas of a catalog."""

    def __init__(self, catalog: Catalog, document: Document) -> None:
        self.top = document.at
        self._catalog = catalog
        self._document = document
        self._carriers: dict[str, Place] = {}

    def violations(self, errors: list[ValidationError]) -> list[Violation]:
        """Each error once, without those that only follow from another."""
        found: dict[tuple[str, str], Violation] = {}
        for error in errors:
            for violation in self._explained(error, errors):
                found.setdefault((violation.pointer, violation.sentence), violation)
        return list(found.values())

    def _explained(
        self, error: ValidationError, errors: list[ValidationError]
    ) -> Iterator[Violation]:
        place = self._carrier(error)
        schema = place.schema if isinstance(place.schema, dict) else {}
        value: Any = error.instance
        behaviour = rules.behaviour_naming(sentences.keyword(error), schema)
        if behaviour:
            if not _follows(error, errors, rules.compared(schema, behaviour)):
                sentence = rules.broken(schema, behaviour, value)
                yield _violation(error, place, behaviour.removeprefix("x-"), sentence)
        elif sentences.is_about_membership(schema, error):
            yield _violation(error, place, "enum", sentences.not_a_member(schema, value))
        elif isinstance(error.kind, _CHOICES):
            yield from self._closest(error, error.kind.context, place)
        elif isinstance(error.kind, _UNEXPECTED):
            for name in error.kind.unexpected:
                sentence = sentences.unexpected(schema, name)
                yield _violation(error, place, error.kind.name, sentence, (name,))
        else:
            sentence = sentences.plain(schema, error)
            yield _violation(error, place, sentences.keyword(error), sentence)

    def _carrier(self, error: ValidationError) -> Place:
        """The schema that holds the keyword that failed; the whole where that is elsewhere."""
        location = (error.absolute_keyword_location or "").rpartition("/")[0]
        if location not in self._carriers:
            found = self._catalog.resolve(location, self._document.top)
            self._carriers[location] = found or self._document.top
        return self._carriers[location]

    def _closest(
        self, error: ValidationError, branches: list[list[ValidationError]], place: Place
    ) -> Iterator[Violation]:
        here = error.instance_path
        distances = [_distance(branch, here) for branch in branches]
        closest = [
            branch
            for branch, distance in zip(branches, distances, strict=True)
            if distance == min(distances)
        ]
        if min(distances)[0]:
            sentence = sentences.mistyped(error.instance, self._alternatives(error, place))
            yield _violation(error, place, error.kind.name, sentence)
        elif len(closest) == 1:
            yield from self.violations(closest[0])
        else:
            reasons = [self.violations(branch)[0].sentence for branch in closest]
            sentence = sentences.no_alternative(reasons)
            yield _violation(error, place, error.kind.name, sentence)

    def _alternatives(self, error: ValidationError, place: Place) -> list[dict[str, Any]]:
        """The schemas of a choice, as far as they are objects; references are followed once."""
        found = []
        for schema in place.schema.get(error.kind.name, ()):
            reference = schema.get("$ref") if isinstance(schema, dict) else None
            target = self._catalog.resolve(reference, place) if reference else None
            found.append(target.schema if target else schema)
        return [schema for schema in found if isinstance(schema, dict)]


def _violation(
    error: ValidationError,
    place: Place,
    rule: str,
    sentence: str,
    below: tuple[str, ...] = (),
) -> Violation:
    at = Location("")
    for token in (*error.instance_path, *below):
        at /= token
    asserted_at = place.at / error.evaluation_path[-1]
    return Violation(at.pointer, rule, sentence, asserted_at, _value(error, below))


def _value(error: ValidationError, below: tuple[str, ...]) -> str:
    """The value that is at fault, or the property of it."""
    if isinstance(error.kind, ValidationErrorKind.Required):
        return ""
    value: Any = error.instance
    for name in below:
        value = value[name]
    return shown(value)


def _follows(error: ValidationError, errors: list[ValidationError], names: list[str]) -> bool:
    """Whether another error is about one of the properties that a behaviour is about."""
    concerned = [[*error.instance_path, name] for name in names]
    depth = len(error.instance_path) + 1
    return any(other.instance_path[:depth] in concerned for other in errors)


def _distance(branch: list[ValidationError], here: list[str | int]) -> tuple[bool, int, int]:
    """How far a value is from an alternative: another type, another tag, how many errors."""
    tags = (ValidationErrorKind.Constant, ValidationErrorKind.Enum)
    near = [error for error in branch if len(error.instance_path) <= len(here) + 1]
    mistagged = sum(isinstance(error.kind, tags) for error in near)
    return any(is_mistyped(error, here) for error in branch), mistagged, len(branch)


def is_mistyped(error: ValidationError, here: list[str | int]) -> bool:
    """Whether the value itself, and not a part of it, has a type that the schema never takes."""
    if error.instance_path != here:
        return False
    if isinstance(error.kind, _CHOICES):
        return all(_distance(branch, here)[0] for branch in error.kind.context)
    return isinstance(error.kind, ValidationErrorKind.Type)
