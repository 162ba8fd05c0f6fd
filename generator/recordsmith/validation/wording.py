"""Wording: from the engine's tree of errors to violations, each at the value that is at fault.

Where every alternative of an `anyOf` or `oneOf` failed, the one that came closest is explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from jsonschema_rs import ValidationError, ValidationErrorKind

from recordsmith.catalog import Catalog, Document
from recordsmith.phrases import shown
from recordsmith.problems import escaped, pointer_of, unescaped
from recordsmith.validation import rules, sentences
from recordsmith.validation.assertions import Assertion, Assertions
from recordsmith.validation.empty_keys import put_back
from recordsmith.validation.violations import CHOICES, DIGITS, Violation, is_mistyped, key_of

_NUMBERED = re.compile(r"/[0-9]")
_TAGS = (ValidationErrorKind.Constant, ValidationErrorKind.Enum)
_MISSING = ValidationErrorKind.Required
_NOTHING = ValidationErrorKind.FalseSchema
_UNEXPECTED = (
    ValidationErrorKind.AdditionalProperties,
    ValidationErrorKind.UnevaluatedProperties,
)


class Wording:
    """Explains the errors that come from the schemas of a catalog."""

    def __init__(self, catalog: Catalog, document: Document) -> None:
        self._assertions = Assertions(catalog, document)

    def violations(self, errors: Sequence[ValidationError], judged: Any) -> list[Violation]:
        """Each error of a value once, without those that only follow from another."""
        put_back(errors, judged)
        told = self._told(errors, judged)
        return [_spelt(one, judged) if _NUMBERED.search(one.pointer) else one for one in told]

    def _told(self, errors: Sequence[ValidationError], judged: Any) -> list[Violation]:
        """Each error once, with keys as the engine has them."""
        told = [one for error in errors for one in self._explained(error, errors, judged)]
        if len(told) == 1:
            return told
        found: dict[tuple[str, str], Violation] = {}
        for violation in told:
            found.setdefault((violation.pointer, violation.sentence), violation)
        return list(found.values())

    def _explained(
        self, error: ValidationError, errors: Iterable[ValidationError], judged: Any
    ) -> Iterator[Violation]:
        assertion = self._assertions.of(error)
        kind = error.kind
        if isinstance(kind, _MISSING):
            sentence = sentences.missing(assertion, error.instance, kind.property)
            yield Violation(_pointer(error), assertion.keyword, sentence, assertion.at)
        elif assertion.behaviour:
            yield from _by_behaviour(assertion.behaviour, assertion, error, errors)
        elif assertion.members:
            value = shown(error.instance)
            sentence = sentences.not_a_member(assertion, error.instance, value)
            rule = "type" if assertion.keyword == "type" else "enum"
            yield Violation(_pointer(error), rule, sentence, assertion.at, value)
        elif isinstance(kind, CHOICES):
            yield from self._closest(error, kind.context, assertion, judged)
        elif isinstance(kind, _UNEXPECTED):
            yield from _unexpected(error, assertion, error.instance, kind.unexpected)
        elif isinstance(kind, _NOTHING) and assertion.keyword == "additionalProperties":
            holder = _at(judged, error.instance_path)
            names = holder if isinstance(holder, dict) else ()
            yield from _unexpected(error, assertion, holder, names)
        else:
            value = shown(error.instance)
            sentence = sentences.plain(assertion, error, value)
            yield Violation(_pointer(error), assertion.keyword, sentence, assertion.at, value)

    def _closest(
        self,
        error: ValidationError,
        branches: list[list[ValidationError]],
        assertion: Assertion,
        judged: Any,
    ) -> Iterator[Violation]:
        here = error.instance_path
        distances = [self._distance(branch, here) for branch in branches]
        least = min(distances)
        closest = [branches[at] for at, distance in enumerate(distances) if distance == least]
        if least[0]:
            alternatives = self._assertions.alternatives(assertion)
            value = shown(error.instance)
            sentence = sentences.mistyped(value, alternatives)
            yield Violation(_pointer(error), assertion.keyword, sentence, assertion.at, value)
        elif len(closest) == 1:
            yield from self._told(closest[0], judged)
        else:
            reasons = [self._told(branch, judged)[0].sentence for branch in closest]
            sentence = sentences.no_alternative(reasons)
            yield _violation(error, assertion, assertion.keyword, sentence)

    def _distance(
        self, branch: Sequence[ValidationError], here: list[str | int]
    ) -> tuple[bool, int, int]:
        """How far a value is from an alternative: another type, another tag, how many errors."""
        if any(is_mistyped(error, here) for error in branch):
            return True, 0, 0
        near = [error for error in branch if len(error.instance_path) <= len(here) + 1]
        return False, sum(map(self._is_about_tag, near)), len(branch)

    def _is_about_tag(self, error: ValidationError) -> bool:
        return isinstance(error.kind, _TAGS) or (
            isinstance(error.kind, CHOICES) and bool(self._assertions.of(error).members)
        )


def _by_behaviour(
    behaviour: str,
    assertion: Assertion,
    error: ValidationError,
    errors: Iterable[ValidationError],
) -> Iterator[Violation]:
    schema = assertion.schema
    if not _follows(error, errors, rules.compared(schema, behaviour)):
        sentence = rules.broken(schema, behaviour, error.instance)
        yield _violation(error, assertion, behaviour.removeprefix("x-"), sentence)


def _follows(
    error: ValidationError, errors: Iterable[ValidationError], names: Iterable[str]
) -> bool:
    """Whether another error is about one of the properties that a behaviour is about."""
    concerned = [[*error.instance_path, name] for name in names]
    depth = len(error.instance_path) + 1
    return any(other.instance_path[:depth] in concerned for other in errors)


def _unexpected(
    error: ValidationError, assertion: Assertion, holder: Any, names: Iterable[str]
) -> Iterator[Violation]:
    """A violation for each property of `holder` that may not be there."""
    for name in names:
        yield Violation(
            f"{_pointer(error)}/{escaped(name)}",
            assertion.keyword,
            sentences.unexpected(assertion.schema, name),
            assertion.at,
            shown(holder[name]),
        )


def _violation(error: ValidationError, assertion: Assertion, rule: str, sentence: str) -> Violation:
    return Violation(_pointer(error), rule, sentence, assertion.at, shown(error.instance))


def _pointer(error: ValidationError) -> str:
    return pointer_of(error.instance_path)


def _at(value: Any, tokens: Iterable[str | int]) -> Any:
    """What stands in a value where tokens lead."""
    for token in tokens:
        value = value[key_of(value, token)]
    return value


def _spelt(violation: Violation, judged: Any) -> Violation:
    """The violation with the keys of its pointer as the value has them."""
    spelt = ""
    for token in violation.pointer.split("/")[1:]:
        name = unescaped(token)
        is_number = DIGITS.fullmatch(name) and not (isinstance(judged, dict) and name in judged)
        try:
            key = key_of(judged, int(name) if is_number else name)
            spelt += f"/{escaped(str(key))}"
            judged = judged[key]
        except (LookupError, TypeError):
            return violation
    return violation if spelt == violation.pointer else replace(violation, pointer=spelt)
