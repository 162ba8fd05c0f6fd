"""Workers: chunks are judged in this process or in others, and come out in the order they went in.

The modules of those in other processes, and on other machines, take long to import.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from recordsmith.problems import Location, Problem
from recordsmith.validation.chunks import Chunk, Held
from recordsmith.validation.engines import FEW
from recordsmith.validation.judging import MANY, Judge, Outcome
from recordsmith.validation.lines import cut
from recordsmith.validation.unreadable import BrokenInputError

_AHEAD = 2
"""Chunks a worker that wait for it, so that it does not wait for them."""
_HEAVY = 16 * 2**20
"""Bytes in memory that take too much of it on their way to another process."""


@dataclass(frozen=True, slots=True)
class Task:
    """A chunk of a file that the user knows as `name`."""

    name: str
    chunk: Chunk
    enough: int = MANY
    """Problems after which the rest of the chunk is to wait for its turn."""


def unjudged(task: Task, why: str) -> Outcome:
    """That nothing is known of a task's records, which is a problem where they start."""
    sentence = f"{why}; none of their records was judged"
    problem = Problem(Location(task.name, "", 1, 1), "unjudged", sentence)
    size = len(task.chunk)
    return Outcome(bytes=size, problems=[problem], unjudged=size)


def judged(judge: Judge, task: Task) -> Outcome:
    """What came of a task; if its bytes cannot be had, that this is so."""
    try:
        return judge.judge(task.name, task.chunk, task.enough)
    except BrokenInputError as error:
        problem = Problem(Location(task.name), "unreadable", error.sentence)
        return Outcome(problems=[problem], unjudged=len(task.chunk))


class Handle(Protocol):
    """What will come of a task."""

    def result(self) -> Outcome:
        """The outcome, as soon as it is there."""
        ...


class Workers(Protocol):
    """What judges tasks."""

    @property
    def count(self) -> int:
        """The processes beside this one."""
        ...

    @property
    def reads_urls(self) -> bool:
        """Whether what is behind a URL is better read by them than here."""
        ...

    def submit(self, task: Task) -> Handle:
        """Judge a task when its turn comes."""
        ...

    def close(self) -> None:
        """Judge no more."""
        ...


def in_order(workers: Workers, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
    """The tasks and what came of them; only so many are held as keep the workers busy.

    Raises `BrokenInputError` where `tasks` does, once all before it is told.
    """
    waiting: deque[tuple[Task, Handle]] = deque()
    broken: BrokenInputError | None = None
    try:
        for task in tasks:
            waiting.append((task, workers.submit(task)))
            if len(waiting) > _AHEAD * workers.count:
                yield from _whole(workers, *waiting.popleft())
    except BrokenInputError as error:
        broken = error
    for first, handle in waiting:
        yield from _whole(workers, first, handle)
    if broken:
        raise broken


def _whole(workers: Workers, task: Task, handle: Handle) -> Iterator[tuple[Task, Outcome]]:
    """What came of a task, in parts where that is much."""
    outcome = handle.result()
    if not outcome.rest:
        yield task, outcome
        return
    judged = len(task.chunk) - outcome.rest
    yield replace(task, chunk=task.chunk.part(0, judged)), outcome
    rest = cut(task.chunk, judged, judged)
    yield from in_order(workers, (replace(task, chunk=part) for part in rest))


@dataclass(frozen=True, slots=True)
class _Done:
    outcome: Outcome

    def result(self) -> Outcome:
        return self.outcome


class Here:
    """The process that reports."""

    count = 0
    reads_urls = False

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def submit(self, task: Task) -> Handle:
        """Judge the task at once."""
        return _Done(judged(self._judge, task))

    def close(self) -> None:
        """There is nothing to end."""


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Growing:
    """First the process that reports; as soon as there is much to judge, what is fast at it."""

    reads_urls = False

    def __init__(self, judge: Judge, *, count: int, compiles: bool, at_once: bool) -> None:
        self._judge = judge
        self._wanted = count
        self._compiles = compiles
        self._workers: Workers = Here(judge)
        self._left: int | None = 0 if at_once else FEW

    @property
    def count(self) -> int:
        """The processes beside this one."""
        return self._workers.count

    def submit(self, task: Task) -> Handle:
        """Judge the task when its turn comes."""
        if self._left is not None and self._left <= 0:
            self._left = None
            self._grow()
        elif self._left is not None:
            self._left -= len(task.chunk)
        if isinstance(task.chunk, Held) and len(task.chunk) > _HEAVY:
            return Here(self._judge).submit(task)
        return self._workers.submit(task)

    def _grow(self) -> None:
        if self._compiles:
            self._judge.compile()
        if self._wanted > 1:
            from recordsmith.validation.processes import Processes

            self._workers = Processes(self._judge, self._wanted)

    def close(self) -> None:
        """Judge no more."""
        self._workers.close()
