"""Cluster: chunks are tasks of a Dask cluster, which this project's only other machines are.

A worker that dies is no loss: the scheduler has its tasks done again, and each outcome is taken
from here once.
"""

from __future__ import annotations

import logging
import pickle
import signal
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from recordsmith import __version__
from recordsmith.validation.judging import Judge, Outcome
from recordsmith.validation.workers import Handle, Task, judged, unjudged, usable_processors

_PATIENCE = 5
"""Seconds in which a scheduler answers that is there."""
_JUDGES = 4
"""Those that a worker keeps for the next run."""


class ClusterError(Exception):
    """The cluster cannot be used; the text says why, and what to do."""


class Cluster:
    """Workers of a Dask cluster."""

    reads_urls = True

    def __init__(self, judge: Judge, address: str | None = None) -> None:
        """Meet the scheduler at the address, or the one that Dask's configuration names.

        Without either, a cluster is started on this machine.  Raises `ClusterError`.
        """
        raw = pickle.dumps(judge)
        self._client = _client(address)
        try:
            self._check_versions()
        except BaseException:
            self.close()
            raise
        # A task rather than scattered data: what is lost with a worker is made again.
        self._raw = self._client.submit(_same, raw, pure=False)

    def _check_versions(self) -> None:
        try:
            versions = self._client.run(_version)
        except Exception as error:
            raise ClusterError(f"the cluster's workers have no recordsmith: {error}") from error
        others = sorted({version for version in versions.values() if version != __version__})
        if others:
            raise ClusterError(
                f"the cluster's workers have recordsmith {', '.join(others)}; this is {__version__}"
            )

    @property
    def count(self) -> int:
        """Threads of the workers; 1 where there is none yet."""
        return sum(self._client.nthreads().values()) or 1

    def submit(self, task: Task) -> Handle:
        """Have a worker judge the task."""
        try:
            return _Awaited(task, self._client.submit(_judge, self._raw, task, pure=False))
        except RuntimeError as error:  # Dask's client has given up
            raise _lost(error) from error

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()


@dataclass(frozen=True, slots=True)
class _Awaited:
    """A task that is with the cluster."""

    task: Task
    future: Any

    def result(self) -> Outcome:
        from distributed.comm.core import CommClosedError
        from distributed.scheduler import KilledWorker

        try:
            outcome: Outcome = self.future.result()
        except KilledWorker:
            size = f"{len(self.task.chunk):,}"
            why = f"the cluster's workers died, one after the other, of the {size} bytes from here"
            return unjudged(self.task, why)
        except (CancelledError, CommClosedError) as error:
            raise _lost(error) from error
        return outcome


def _lost(error: Exception) -> ConnectionError:
    return ConnectionError(f"the cluster's scheduler is gone: {str(error).strip()}")


def _client(address: str | None) -> Any:
    try:
        library: Any = import_module("distributed")
    except ImportError:
        raise ClusterError("a cluster takes more: pip install 'recordsmith[dask]'") from None
    for name in ("distributed", "distributed.client"):  # what it logs, we tell in a sentence
        logging.getLogger(name).setLevel(logging.CRITICAL)
    address = address or library.dask.config.get("scheduler-address", None)
    try:
        if address is None:
            return _of_this_machine(library.Client)
        return library.Client(address, set_as_default=False, timeout=_PATIENCE)
    except (OSError, ValueError, TypeError) as error:
        sentence = f"there is no scheduler at {address}" if address else "no cluster can be started"
        raise ClusterError(f"{sentence}: {error}") from error


def _of_this_machine(client: Any) -> Any:
    """Start a cluster that says nothing, and whose processes take no Ctrl-C for theirs."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return client(
            set_as_default=False,
            n_workers=usable_processors(),
            threads_per_worker=1,
            dashboard_address=":0",
            silence_logs=logging.CRITICAL,
        )
    finally:
        signal.signal(signal.SIGINT, before)


def _version() -> str:
    return __version__


def _same(raw: bytes) -> bytes:
    return raw


@lru_cache(_JUDGES)
def _judge_of(raw: bytes) -> Judge:
    """The judge, made fast by the worker itself: code that is compiled is for one machine."""
    judge: Judge = pickle.loads(raw)  # noqa: S301 - who may send tasks may run anything
    judge.compile()
    return judge


def _judge(raw: bytes, task: Task) -> Outcome:
    return judged(_judge_of(raw), task)
