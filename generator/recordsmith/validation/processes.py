"""Processes: workers beside this process.  What one that dies had not finished is judged again."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from threading import Thread

from recordsmith.validation.judging import Judge, Outcome
from recordsmith.validation.workers import Handle, Task, judged, unjudged

_MOST_DEATHS = 2


class Processes:
    """Processes beside this one."""

    reads_urls = False

    def __init__(self, judge: Judge, count: int) -> None:
        self.count = count
        self._judge = judge
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
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
            size = f"{len(self._task.chunk):,}"
            why = f"the process that was to judge the {size} bytes from here died three times"
            return unjudged(self._task, why)


_JUDGES: list[Judge] = []
"""That of this process, if it is a worker."""


def _prepare(judge: Judge) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that reports
    _JUDGES[:] = [judge]
    Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End when the process that reports is no more, however it ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _judge(task: Task) -> Outcome:
    return judged(_JUDGES[0], task)
