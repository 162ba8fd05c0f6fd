"""A Dask cluster of two workers with a thread each: it tells its address, and ends with its input.

It is a program of its own, so that its threads and its warnings are none of the tests'.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

import distributed


def main() -> None:
    library: Any = distributed
    with (
        library.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=":0",
            silence_logs=logging.CRITICAL,
        ) as cluster,
        library.Client(cluster) as client,
    ):
        for _ in sys.stdin:  # each line asks who is there
            pids = client.run(os.getpid).values()
            print(cluster.scheduler_address, *sorted(pids), flush=True)  # noqa: T201 - it answers


if __name__ == "__main__":
    main()
