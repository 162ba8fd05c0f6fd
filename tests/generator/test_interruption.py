"""However a run ends, every file is the old one or the new one, and the next run repairs."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.generator.project import COMMAND, Project

from recordsmith import artifacts


class _InterruptedError(BaseException):
    """Stands for Ctrl-C, which is no `Exception` either."""


def _fails_at(turn: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, that raises instead of doing its work the `turn`th time."""
    turns: Iterator[int] = iter(range(turn))

    def failing(*arguments: Any) -> Any:
        if next(turns, None) is None:
            raise _InterruptedError
        return function(*arguments)

    return failing


@pytest.mark.parametrize("turn", [0, 1, 5])
@pytest.mark.parametrize("step", ["_stage", "_place"])
def test_an_interrupted_run_leaves_whole_files_and_the_next_repairs(
    stale: Project, monkeypatch: pytest.MonkeyPatch, step: str, turn: int
) -> None:
    old = stale.generated()
    new = {str(one.path): one.text.encode() for one in stale.render()}
    monkeypatch.setattr(artifacts, step, _fails_at(turn, getattr(artifacts, step)))
    with pytest.raises(_InterruptedError):
        stale.generate()

    left = stale.generated()
    assert [path for path in left if left[path] not in (old.get(path), new.get(path))] == []
    monkeypatch.undo()
    stale.generate()
    assert stale.generated() == new


KILLED = """
import os, signal, sys
from recordsmith import artifacts
from recordsmith.cli.group import main

place = artifacts._place
turns = iter(range(3))

def killed(*arguments):
    if next(turns, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)
    place(*arguments)

artifacts._place = killed
sys.argv = ["recordsmith", "generate"]
main()
"""


def test_a_killed_run_leaves_whole_files_and_the_next_repairs(stale: Project) -> None:
    old = stale.generated()
    new = {str(one.path): one.text.encode() for one in stale.render()}
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=stale.root, check=False)
    assert killed.returncode == -signal.SIGKILL
    left = {path: text for path, text in stale.generated().items() if ".recordsmith" not in path}

    assert [path for path in left if left[path] not in (old.get(path), new.get(path))] == []
    assert stale.run("check").returncode == 1
    run = stale.run("generate")
    assert run.returncode == 0, run.stdout
    assert stale.generated() == new


def test_ctrl_c_is_told_in_a_sentence_and_leaves_the_files_as_they_were(stale: Project) -> None:
    before = stale.snapshot()
    program = (
        "import sys; from recordsmith import pipeline; from recordsmith.cli.group import main\n"
        "def wait(*_): print('ready', flush=True); import time; time.sleep(60)\n"
        "pipeline.lower = wait; sys.argv = ['recordsmith', 'generate']; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=stale.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == "ready\n"
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=20)

    assert running.returncode == 130
    assert told.strip().startswith("Interrupted")
    assert "Traceback" not in told
    assert stale.snapshot() == before


def test_two_runs_at_once_leave_what_one_leaves(stale: Project) -> None:
    new = {str(one.path): one.text.encode() for one in stale.render()}
    runs = [
        subprocess.Popen([COMMAND, "generate"], cwd=stale.root, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [run.communicate(timeout=60)[1] for run in runs]

    assert [run.returncode for run in runs] == [0, 0], told
    assert stale.generated() == new
