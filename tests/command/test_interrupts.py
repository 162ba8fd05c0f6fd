"""Ctrl-C ends the command with 130 and a line, however early it comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from tests.generator.project import COMMAND, Project

FIRST = "click"
"""What is imported first by the command, and no longer by Python as it starts."""
IMPORTS = "import time:"
IN_WORKER = """
prepare = processes._prepare
processes._prepare = lambda judge: (interrupt(), prepare(judge))
"""


@pytest.mark.parametrize("delay", range(0, 301, 15))
def test_ctrl_c_is_a_line_and_no_traceback(project: Project, delay: int) -> None:
    process = _started(project, "validate", "Point", "-")
    time.sleep(delay / 1000)

    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=20)

    lines = [line for line in told.splitlines() if not line.startswith(IMPORTS)]
    assert (process.returncode, out) == (130, "")
    assert [line.startswith("Interrupted") for line in lines] == [True]


def _started(project: Project, *words: str) -> subprocess.Popen[str]:
    """The command, as soon as it is the command that imports."""
    process = subprocess.Popen(
        [COMMAND, *words],
        cwd=project.root,
        env={**os.environ, "PYTHONPROFILEIMPORTTIME": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    for line in process.stderr:
        if line.split("|")[-1].strip().startswith(FIRST):
            break
    return process


def test_an_interrupt_in_the_midst_of_an_import_breaks_no_module_in_another_language(
    project: Project,
) -> None:
    """What is raised while such a module imports one of Python is a panic of that module."""
    project.write("decimal.py", "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")

    path = os.pathsep.join([str(project.root), os.environ.get("PYTHONPATH", "")])

    run = project.run("validate", "Point", "-", environment={"PYTHONPATH": path})

    assert (run.returncode, run.stdout, run.stderr) == (130, "", "Interrupted.\n")


def test_who_starts_the_command_may_have_ctrl_c_ignored(project: Project) -> None:
    project.write("a.json", '{"x": 1}')
    program = f"trap '' INT; {COMMAND} validate Point - < a.json & sleep 0.1; kill -INT $!; wait $!"

    run = subprocess.run(
        ["bash", "-c", program], cwd=project.root, capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stderr) == (0, "1 record, all valid.\n")


@pytest.mark.skipif(not hasattr(os, "register_at_fork"), reason="this system has no fork")
@pytest.mark.parametrize(
    ("when", "ended"),
    [
        ("os.register_at_fork(before=interrupt)", (130, "Interrupted.\n")),
        (IN_WORKER, (0, "1,000,000 records, all valid.\n")),
    ],
    ids=["as a worker is started", "in a worker that has just begun"],
)
def test_an_interrupt_beside_workers_shows_no_traceback(
    project: Project, when: str, ended: tuple[int, str]
) -> None:
    """Python goes on after what is raised in a callback; and a worker is not to be interrupted."""
    project.write("a.jsonl", b'{"x": 1}\n' * 1_000_000)
    program = (
        "import os, signal, sys\n"
        "from recordsmith.cli import run\n"
        "from recordsmith.validation import processes\n"
        "def interrupt(): os.kill(os.getpid(), signal.SIGINT)\n"
        f"{when}\nrun()"
    )

    run = subprocess.run(
        [sys.executable, "-c", program, "validate", "Point", "a.jsonl", "--workers", "2"],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == ended
