"""Waiting: when a record that has not come to an end counts as stuck.

Where that hangs on the newest time in the input, which is known at the end, what is not certain yet
waits in a file, so that memory stays flat.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from tempfile import TemporaryFile
from typing import BinaryIO, Protocol, cast

from recordsmith.audit.instants import Instant
from recordsmith.problems import Problem


class Patience(Protocol):
    """Decides who has waited too long."""

    def see(self, at: Instant) -> None:
        """Take note of a time."""
        ...

    def is_over(self, since: Instant) -> bool | None:
        """Whether what has not got on since then is stuck; None where that is to be seen."""
        ...

    def put_off(self, since: Instant, problem: Problem, *, is_alone: bool) -> None:
        """Keep a problem that may turn out to be none; whether the record has no other."""
        ...

    def left(self) -> Iterator[tuple[Problem, bool]]:
        """The problems, of those put off, that turned out to be some, and what was said of them."""
        ...


class Never:
    """Nobody is stuck."""

    def see(self, at: Instant) -> None:
        """Nothing hangs on it."""

    def is_over(self, since: Instant) -> bool | None:  # noqa: ARG002 - the protocol's
        """No."""
        return False

    def put_off(self, since: Instant, problem: Problem, *, is_alone: bool) -> None:
        """Nothing is."""

    def left(self) -> Iterator[tuple[Problem, bool]]:
        """None."""
        return iter(())


class Until(Never):
    """Stuck is what has not got on since a point in time."""

    def __init__(self, limit: Instant) -> None:
        self._limit = limit

    def is_over(self, since: Instant) -> bool:
        """At once."""
        return since < self._limit


class For:
    """Stuck is what has not got on for a while before the newest time in the input."""

    def __init__(self, length: timedelta) -> None:
        self._length = length
        self._limit: Instant | None = None
        self._newest: Instant | None = None
        self._file: BinaryIO | None = None

    def see(self, at: Instant) -> None:
        """The newest time moves the limit."""
        if self._newest is None or at > self._newest:
            self._newest = at
            with suppress(OverflowError):  # so long ago there are no times
                self._limit = (at[0] - self._length, at[1])

    def is_over(self, since: Instant) -> bool | None:
        """What comes later can only move the limit on."""
        return True if self._limit is not None and since < self._limit else None

    def put_off(self, since: Instant, problem: Problem, *, is_alone: bool) -> None:
        """In a file that nobody else sees."""
        if self._file is None:
            self._file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - `left` closes it
        pickle.dump((since, problem, is_alone), self._file)

    def left(self) -> Iterator[tuple[Problem, bool]]:
        """In the order that they came in."""
        if self._file is None:
            return
        with self._file as file:
            file.seek(0)
            with suppress(EOFError):
                while True:
                    since, problem, is_alone = pickle.load(file)  # noqa: S301 - it is our own
                    if self.is_over(since):
                        yield problem, is_alone
        self._file = None
