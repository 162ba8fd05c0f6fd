"""Workers: chunks are judged in this process or in others, and come out in the order they went in.

A process that dies takes nothing with it: what it had not finished is judged again.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Protocol

from recordsmith.problems import Location, Problem
from recordsmith.validation.judging import Judge, Outcome
from recordsmith.validation.lines import Chunk

_AHEAD = 2
"""Chunks a worker that wait for it, so that it does not wait for them."""
_MOST_DEATHS = 2
_FEW = 4 * 2**20
"""Bytes that are judged by the time that a schema is compiled and processes are started."""


@dataclass(frozen=True, slots=True)
class Task:
    """A chunk of a file that the user knows as `name`."""

    name: str
    chunk: Chunk


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
    """The tasks and what came of them; only so many are held as keep the workers busy."""
    waiting: deque[tuple[Task, Handle]] = deque()
    for task in tasks:
        waiting.append((task, workers.submit(task)))
        if len(waiting) > _AHEAD * workers.count:
            first, handle = waiting.popleft()
            yield first, handle.result()
    for first, handle in waiting:
        yield first, handle.result()


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
        return _Done(self._judge.judge(task.name, task.chunk))

    def close(self) -> None:
        """There is nothing to end."""


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Processes:
    """Processes beside this one."""

    reads_urls = False

    def __init__(self, judge: Judge, count: int) -> None:
        self.count = count
        self._judge = judge
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        forks = "fork" in multiprocessing.get_all_start_methods() and os.uname().sysname == "Linux"
        context = multiprocessing.get_context("fork" if forks else "spawn")
        return ProcessPoolExecutor(self.count, context, _prepare, (self._judge,))

    def submit(self, task: Task) -> Handle:
        """Have a process judge the task."""
        return _Attempt(self, task, self._try(task))

    def _try(self, task: Task) -> Future[Outcome]:
        try:
            return self._pool.submit(_judge, task)
        except BrokenProcessPool:
            self.renew(self._pool)
            return self._pool.submit(_judge, task)

    def again(self, task: Task, broken: ProcessPoolExecutor) -> Future[Outcome]:
        """Judge a task again whose process died."""
        self.renew(broken)
        return self._try(task)

    def renew(self, broken: ProcessPoolExecutor) -> None:
        """Start processes in the place of those that died."""
        if self._pool is broken:
            broken.shutdown(wait=False, cancel_futures=True)
            self._pool = self._new_pool()

    @property
    def pool(self) -> ProcessPoolExecutor:
        """The processes at work."""
        return self._pool

    def close(self) -> None:
        """End the processes, whatever they do."""
        processes = list((self._pool._processes or {}).values())  # noqa: SLF001 - no other name
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()


class _Attempt:
    """A task that is with a process."""

    def __init__(self, processes: Processes, task: Task, future: Future[Outcome]) -> None:
        self._processes = processes
        self._task = task
        self._future = future
        self._pool = processes.pool

    def result(self) -> Outcome:
        for _ in range(_MOST_DEATHS):
            try:
                return self._future.result()
            except BrokenProcessPool:
                self._future = self._processes.again(self._task, self._pool)
                self._pool = self._processes.pool
        try:
            return self._future.result()
        except BrokenProcessPool:
            return _unjudged(self._task)


def _unjudged(task: Task) -> Outcome:
    sentence = (
        f"the process that was to judge the {len(task.chunk):,} bytes from here died three times;"
        " none of their records was judged"
    )
    problem = Problem(Location(task.name, "", 1, 1), "unjudged", sentence)
    return Outcome(bytes=len(task.chunk), problems=[problem], unjudged=len(task.chunk))


class Growing:
    """First the process that reports; as soon as there is much to judge, what is fast at it."""

    reads_urls = False

    def __init__(self, judge: Judge, *, count: int, compiles: bool, at_once: bool) -> None:
        self._judge = judge
        self._wanted = count
        self._compiles = compiles
        self._workers: Workers = Here(judge)
        self._left: int | None = 0 if at_once else _FEW

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
        return self._workers.submit(task)

    def _grow(self) -> None:
        if self._compiles:
            self._judge.compile()
        if self._wanted > 1:
            self._workers = Processes(self._judge, self._wanted)

    def close(self) -> None:
        """Judge no more."""
        self._workers.close()


_JUDGES: list[Judge] = []
"""That of this process, if it is a worker."""


def _prepare(judge: Judge) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that reports
    _JUDGES[:] = [judge]


def _judge(task: Task) -> Outcome:
    return _JUDGES[0].judge(task.name, task.chunk)
