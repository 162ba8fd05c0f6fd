"""Check: judge the records of a file; what is wrong with each is a problem at its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from recordsmith.problems import Location, Problem
from recordsmith.validation.payloads import Payload, payloads
from recordsmith.validation.validator import Validator
from recordsmith.validation.violations import Violation

MOST = 100
"""The violations of one record to report; nobody reads more."""
LARGE = 1 << 17
"""Characters of a record that may have very many."""
_SHAPES = frozenset(
    {
        "additionalProperties",
        "anyOf",
        "dependencies",
        "dependentRequired",
        "dependentSchemas",
        "false",
        "items",
        "oneOf",
        "patternProperties",
        "prefixItems",
        "properties",
        "required",
        "type",
        "unevaluatedProperties",
    }
)
"""Rules of what is there at all, and of which type."""
_spelt = lru_cache(maxsize=1_024)(str)
"""A place in the schemas; many violations are asserted there."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one record."""

    line: int
    """Where the record starts."""
    problems: tuple[Problem, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether nothing is wrong with the record, nor with how it is written."""
        return not self.problems


def check(validator: Validator, file: BinaryIO, name: str) -> Iterator[Verdict]:
    """Judge each record of a file, JSON or JSON Lines, that the user knows as `name`.

    The records are read as the verdicts are taken.
    """
    for payload in payloads(file, name):
        yield Verdict(payload.line, tuple(judged(validator, payload)))


def judged(validator: Validator, payload: Payload) -> list[Problem]:
    """All that is wrong with a record, the best first."""
    problems = [*payload.faults]
    if payload.readable:
        violations, are_all = _violations(validator, payload)
        if violations:
            problems += _told(violations, payload)
            problems += _more(payload, len(violations) - MOST, are_all=are_all)
    return problems


def _violations(validator: Validator, payload: Payload) -> tuple[Sequence[Violation], bool]:
    """What is wrong with a record, and whether that is all."""
    if len(payload.text) < LARGE:
        return validator.violations(payload.value), True
    from recordsmith.validation import sparing

    return sparing.violations(validator, payload.value, len(payload.text), MOST)


def _more(payload: Payload, count: int, *, are_all: bool) -> Iterator[Problem]:
    """That there are more violations than are told."""
    if count > 0:
        number = f"{count:,}" if are_all else f"at least {count:,}"
        sentence = f"{number} more violations in this record are not shown"
    elif not are_all:
        sentence = "the record is large; what else may be wrong with it is not shown"
    else:
        return
    yield Problem(payload.locate(""), "more", sentence, record=payload.number)


def _told(violations: Sequence[Violation], payload: Payload) -> list[Problem]:
    """The best violations as problems at their places."""
    if len(violations) == 1:
        (only,) = violations
        return [_problem(only, payload.places([only.pointer])[only.pointer], payload.number)]
    best = sorted(violations, key=_weight)[:MOST]
    places = payload.places([violation.pointer for violation in best])
    told = [_problem(violation, places[violation.pointer], payload.number) for violation in best]
    pairs = zip(best, told, strict=True)
    return [one for _, one in sorted(pairs, key=lambda pair: (_weight(pair[0]), pair[1]))]


def _weight(violation: Violation) -> tuple[int, bool]:
    """What sorts the violations of a record, the best first; of equal ones the text has the order.

    What is wrong with a whole explains more than what is wrong deep within it: the record may be
    one of another kind.  So does what is missing, or of another type, at equal depth.
    """
    return violation.pointer.count("/"), violation.rule not in _SHAPES


def _problem(violation: Violation, at: Location, record: int) -> Problem:
    value, asserted = violation.value, _spelt(violation.asserted_at)
    return Problem(at, violation.rule, violation.sentence, "error", record, value, asserted)
