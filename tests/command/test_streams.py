"""Whatever the standard streams are, closed, full, unread or not UTF-8, no traceback is seen."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.generator.project import COMMAND, Project

FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
FAULTY = '{"x": "·…é"}\n'


def _shell(project: Project, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, in which $R is the command."""
    return subprocess.run(
        ["bash", "-c", f"R={COMMAND}; {line}"],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("report", ["text", "json", "summary", "github", "junit", "sarif"])
@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["ascii", "latin-1", "C"],
)
def test_an_output_in_another_encoding_is_written_with_escapes(
    project: Project, environment: dict[str, str], report: str
) -> None:
    project.write("a.jsonl", FAULTY)

    run = subprocess.run(
        [COMMAND, "validate", "Point", "a.jsonl", "--format", report],
        cwd=project.root,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (1, b"1 record: 1 invalid, 1 problem.\n")
    escape = {"junit": b"&#8230;"}.get(report, b"\\u2026")
    assert escape in run.stdout


def test_types_are_told_in_another_encoding(project: Project) -> None:
    project.write("schemas/Point.schema.json", '{"properties": {"…": {"type": "string"}}}')

    run = project.run("explain", "Point", environment={"PYTHONIOENCODING": "latin-1"})

    assert (run.returncode, run.stderr) == (0, "")
    assert "\\u2026" in run.stdout


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("$R validate Point a.jsonl >&-", 1, "1 record: 1 invalid, 1 problem.\n"),
        ("$R validate Point a.jsonl 2>&- >out", 1, ""),
        ("$R validate Point a.jsonl >&- 2>&-", 1, ""),
        ("$R validate Point a.jsonl <&- >out", 1, "1 record: 1 invalid, 1 problem.\n"),
        ("$R validate Point good.json >&- 2>&- <&-", 0, ""),
        ("$R --help >&-", 0, ""),
        ("$R nope 2>&-", 2, ""),
        ("$R generate >&- 2>&- <&-", 0, ""),
    ],
)
def test_a_closed_stream_takes_all(project: Project, line: str, code: int, told: str) -> None:
    project.write("a.jsonl", FAULTY)
    project.write("good.json", '{"x": 1}')

    run = _shell(project, line)

    assert (run.returncode, run.stdout, run.stderr) == (code, "", told)


def test_a_closed_input_cannot_be_judged(project: Project) -> None:
    run = _shell(project, "$R validate Point - <&-")

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.endswith("standard input is closed\n")


@pytest.mark.parametrize(
    "words",
    ["validate Point a.jsonl", "validate Point a.jsonl --format sarif", "--help", "explain"],
)
def test_an_output_that_nobody_reads_ends_the_command_quietly(project: Project, words: str) -> None:
    project.write("a.jsonl", FAULTY * 20_000)

    run = _shell(project, f"(sleep 0.2; $R {words}; echo $? >&2) | true")

    assert run.stderr == "141\n"


@FULL
@pytest.mark.parametrize(
    "words",
    [
        "validate Point a.jsonl",
        "validate Point a.jsonl --format junit",
        "explain",
        "--help",
        "completion bash",
        "new record A",
    ],
)
def test_a_full_output_is_told_in_a_sentence(project: Project, words: str) -> None:
    project.write("a.jsonl", FAULTY)

    run = _shell(project, f"$R {words} > /dev/full")

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "Cannot go on: [Errno 28] No space left on device\n"


@FULL
@pytest.mark.parametrize("words", ["validate Point a.jsonl", "nope", "validate Nope"])
def test_a_full_error_output_is_none_of_the_records(project: Project, words: str) -> None:
    project.write("a.jsonl", '{"x": 1}')

    assert _shell(project, f"$R {words} 2> /dev/full").returncode == 2
