"""Acts in bounds: what a schema makes of a process that has little time and memory.

`python -m tests.security.limited <family>` runs each case of a family in a child of its own, and
prints how it ended, a line of JSON a case.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).parents[2]
SECONDS = 20
"""Of computing; of waiting, four times as many: others may use the machine too."""
BYTES = 2 << 30

Act: TypeAlias = Callable[[], str]
"""Tries something; tells what is wrong, or nothing."""


def complaints_of(family: str, timeout: float = 600) -> dict[str, str]:
    """What is wrong with the cases of a family, by name."""
    program = [sys.executable, "-m", "tests.security.limited", family]
    ended = subprocess.run(program, cwd=ROOT, capture_output=True, timeout=timeout, check=False)
    told = dict(json.loads(line) for line in ended.stdout.splitlines())
    if ended.returncode or not told:
        raise AssertionError(ended.stderr.decode())
    return {name: complaint for name, complaint in told.items() if complaint}


def tell(acts: Mapping[str, Act]) -> None:
    """Print of each act what is wrong with it."""
    for name, act in acts.items():
        print(json.dumps([name, _complaint(act)]), flush=True)  # noqa: T201 - it is the answer


def _complaint(act: Act) -> str:
    """What is wrong with an act, done by a child within the limits."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _do(act, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return told if status == 0 else f"{told} ended by {_name_of(status)}"


def _name_of(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"exit code {status}"


def _do(act: Act, pipe: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    signal.alarm(SECONDS * 4)  # nobody handles it: it ends even what never returns to Python
    try:
        told = act()
    except BaseException:  # noqa: BLE001 - whatever it is, it is a complaint
        told = "".join(traceback.format_exc().splitlines(keepends=True)[-8:])
    os.write(pipe, told.encode("utf-8", "backslashreplace")[:60_000])
    os._exit(0)


def families() -> Mapping[str, Callable[[], Mapping[str, Act]]]:
    """The families of cases."""
    from tests.security import extremes  # late: a module of cases imports this one

    return extremes.FAMILIES


def main(family: str) -> Any:
    from recordsmith import model

    model({"type": "array", "items": {"not": {"minLength": 1}}})  # what is read late is read once
    tell(families()[family]())


if __name__ == "__main__":
    main(sys.argv[1])
