"""`recordsmith completion` prints a script that its shell understands."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from tests.generator.project import Project


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script_for_every_shell(nowhere: Project, shell: str) -> None:
    run = nowhere.run("completion", shell)

    assert (run.returncode, run.stderr) == (0, "")
    assert f"_RECORDSMITH_COMPLETE={shell}_complete" in run.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_can_read_its_script(nowhere: Project, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    script = nowhere.run("completion", shell).stdout
    read = subprocess.run(
        [program, "-n"], input=script, capture_output=True, text=True, check=False
    )

    assert (read.returncode, read.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (
            "recordsmith ",
            {
                "audit",
                "check",
                "completion",
                "explain",
                "generate",
                "init",
                "new",
                "publish",
                "validate",
            },
        ),
        ("recordsmith ge", {"generate"}),
        ("recordsmith new ", {"record", "enum"}),
        ("recordsmith check --format s", {"sarif"}),
        ("recordsmith generate --fo", {"--force", "--format"}),
    ],
)
def test_words_are_completed(nowhere: Project, words: str, completed: set[str]) -> None:
    environment = {
        "_RECORDSMITH_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    run = nowhere.run(environment=environment)

    assert {line.partition(",")[2] for line in run.stdout.splitlines()} == completed
