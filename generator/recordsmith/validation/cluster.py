"""Cluster: chunks are tasks of a Dask cluster, which this project's only other machines are.

A worker that dies is no loss: the scheduler has its tasks done again, and each outcome is taken
from here once.
"""

from __future__ import annotations

import pickle
from typing import Any

from recordsmith import __version__
from recordsmith.validation.judging import Judge, Outcome
from recordsmith.validation.workers import Handle, Task


class ClusterError(Exception):
    """The cluster cannot be used; the text says why, and what to do."""


class Cluster:
    """Workers of a Dask cluster."""

    reads_urls = True

    def __init__(self, judge: Judge, address: str | None = None) -> None:
        """Meet the scheduler at the address, or the one that Dask's configuration names.

        Without either, a cluster is started on this machine.  Raises `ClusterError`.
        """
        self._client = _client(address)
        judge.compile()
        try:
            versions = self._client.run(_version)
        except Exception as error:
            raise ClusterError(f"the cluster's workers have no recordsmith: {error}") from error
        others = sorted({version for version in versions.values() if version != __version__})
        if others:
            raise ClusterError(
                f"the cluster's workers have recordsmith {', '.join(others)}; this is {__version__}"
            )
        # A task rather than scattered data: what is lost with a worker is made again.
        self._judge = self._client.submit(pickle.loads, pickle.dumps(judge), pure=False)

    @property
    def count(self) -> int:
        """Threads of the workers; 1 where there is none yet."""
        return sum(self._client.nthreads().values()) or 1

    def submit(self, task: Task) -> Handle:
        """Have a worker judge the task."""
        handle: Handle = self._client.submit(_judge, self._judge, task, pure=False)
        return handle

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()


def _client(address: str | None) -> Any:
    try:
        from distributed import Client

        make: Any = Client
    except ImportError:
        raise ClusterError("a cluster takes more: pip install 'recordsmith[dask]'") from None
    try:
        return make(address, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(f"there is no scheduler at {address}: {error}") from error


def _version() -> str:
    return __version__


def _judge(judge: Any, task: Task) -> Outcome:
    found: Outcome = judge.judge(task.name, task.chunk)
    return found
