"""Judging: one payload that a program has at hand, as text or as a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Lock
from typing import Any, Final

from recordsmith.in_process.payloads import payload_of
from recordsmith.phrases import counted
from recordsmith.problems import Problem
from recordsmith.validation.checking import judged
from recordsmith.validation.validator import Validator


class InvalidPayload(ValueError):
    """A payload is not what the schema asks for."""

    def __init__(self, subject: str, problems: Iterable[Problem]) -> None:
        self.subject: Final = subject
        """What the payload was to be: a type, or the path of a schema."""
        self.problems: Final = tuple(problems)
        """All that is wrong, the best first."""
        super().__init__(subject, self.problems)

    def __str__(self) -> str:
        count = counted(len(self.problems), "problem")
        return f"not valid as {self.subject}: {count}\n{as_text(self.problems)}"


class PayloadValidator:
    """Judges payloads, one at a time; any number of threads may share it.

    `bytes` (and `bytearray`, `memoryview`) and `str` are JSON text, a `str` just as the UTF-8 that
    it is as bytes: of a duplicate key, a byte order mark or half a surrogate pair nothing is lost.
    Anything else is a value as `json.loads` gives it, of which no line is known; an object that
    JSON does not have, such as a date, a set or NaN, is a problem.  A tuple is an array.

    The payload is one value: an array is not taken apart into records, as a file's would be.
    """

    def __init__(self, validator: Validator, subject: str) -> None:
        self.exact: Final = validator
        """What judges values."""
        self.subject: Final = subject
        """What payloads are to be: a type, or the path of a schema."""
        self._lock = Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process makes it anew, of the same schemas."""
        return PayloadValidator, (self.exact, self.subject)

    def __repr__(self) -> str:
        return f"<validator of {self.subject}>"

    def is_valid(self, payload: object) -> bool:
        """Whether nothing is wrong with the payload."""
        read = payload_of(payload)
        return read.readable and not read.faults and self.exact.is_valid(read.value)

    def iter_errors(self, payload: object) -> Iterator[Problem]:
        """What is wrong with the payload, the best first, as `recordsmith validate` reports it.

        The file is called `payload`.
        """
        read = payload_of(payload)
        with self._lock:  # the wording looks references up, and remembers them
            problems = judged(self.exact, read)
        yield from problems

    def validate(self, payload: object) -> None:
        """Raise `InvalidPayload`, with all that is wrong, if anything is."""
        if not self.is_valid(payload):
            raise InvalidPayload(self.subject, self.iter_errors(payload))


def as_text(problems: Iterable[Problem]) -> str:
    """Problems as the command prints them."""
    from io import StringIO

    from recordsmith.validation.reports.text import Report

    out = StringIO()
    report = Report(out)
    for problem in problems:
        report.add(problem)
    return out.getvalue().rstrip("\n")
