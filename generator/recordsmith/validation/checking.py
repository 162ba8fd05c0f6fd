"""Check: judge the records of a file; what is wrong with each is a problem at its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from recordsmith.problems import Problem
from recordsmith.validation.payloads import Payload, payloads
from recordsmith.validation.validator import Validator

_MOST = 100
"""The violations of one record to report; finding the place of each takes a scan of its text."""


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
    """All that is wrong with a record; what is wrong with its text comes first."""
    problems = [*payload.faults]
    if payload.readable:
        problems += _violations(validator, payload)
    return problems


def _violations(validator: Validator, payload: Payload) -> Iterator[Problem]:
    violations = validator.violations(payload.value)
    found = [
        Problem(
            payload.locate(violation.pointer),
            violation.rule,
            violation.sentence,
            record=payload.number,
            value=violation.value,
            asserted=str(violation.asserted_at),
        )
        for violation in violations[:_MOST]
    ]
    yield from sorted(found, key=_weight) if len(found) > 1 else found
    if len(violations) > _MOST:
        sentence = f"{len(violations) - _MOST:,} more violations in this record are not shown"
        yield Problem(payload.locate(""), "more", sentence, record=payload.number)


def _weight(problem: Problem) -> tuple[int, int, int, Problem]:
    """What sorts the problems of a record, the best first.

    What is wrong with a whole explains more than what is wrong deep within it; of equal depth, the
    order is that of the text.
    """
    at = problem.at
    return at.pointer.count("/"), at.line, at.column, problem
