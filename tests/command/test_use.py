"""The command as somebody meets it: help, version, exit codes and wrong use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.generator.project import Project

import recordsmith

COMMANDS = [
    *("audit", "check", "completion", "explain", "generate", "init", "new", "publish"),
    "validate",
]
EVERYWHERE = [[], *([command] for command in COMMANDS)]


@pytest.mark.parametrize("command", EVERYWHERE, ids=" ".join)
def test_help_fits_a_terminal_and_has_examples(nowhere: Project, command: list[str]) -> None:
    run = nowhere.run(*command, "--help", environment={"COLUMNS": "80"})

    assert (run.returncode, run.stderr) == (0, "")
    assert [line for line in run.stdout.splitlines() if len(line) > 80] == []
    assert f"Examples:\n    recordsmith {' '.join(command)}".strip() in run.stdout


def test_help_has_a_short_name(nowhere: Project) -> None:
    assert nowhere.run("-h").stdout == nowhere.run("--help").stdout


def test_help_lists_every_command_with_a_whole_sentence(nowhere: Project) -> None:
    run = nowhere.run("--help", environment={"COLUMNS": "80"})

    listed = run.stdout.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed] == COMMANDS
    assert [line for line in listed if line.endswith("...")] == []


def test_help_tells_the_exit_codes(nowhere: Project) -> None:
    run = nowhere.run("--help")

    told = " ".join(run.stdout.split())
    assert "Exit codes: 0 all is well, 1 problems were found, 2 wrong use, or the command" in told


def test_the_version_is_that_of_the_package(nowhere: Project) -> None:
    run = nowhere.run("--version")

    assert run.returncode == 0
    assert run.stdout == f"recordsmith, version {recordsmith.__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["nope"],
        ["--nope"],
        ["generate", "--nope"],
        ["generate", "extra"],
        ["check", "--format", "xml"],
        ["new", "record"],
        ["new", "table", "billing.Invoice"],
        ["completion"],
        ["completion", "ksh"],
        ["validate"],
        ["validate", "Nope"],
        ["explain", "Nope"],
        ["explain", "--format", "sarif"],
        ["init", "extra"],
        ["validate", "Point", "nope.json"],
        ["audit"],
        ["audit", "Nope"],
        ["audit", "Point"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_exit_code_2_and_a_hint(project: Project, words: list[str]) -> None:
    run = project.run(*words)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("Usage: recordsmith")
    assert "Error: " in run.stderr


def test_the_command_alone_shows_what_there_is(nowhere: Project) -> None:
    run = nowhere.run()

    assert run.returncode == 2
    assert all(command in run.stdout + run.stderr for command in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [["generate"], ["check"], ["publish"], ["explain"], ["new", "record", "A"], ["validate", "A"]],
    ids=" ".join,
)
def test_outside_any_project_the_command_says_what_a_project_is(
    nowhere: Project, words: list[str]
) -> None:
    run = nowhere.run(*words)

    assert (run.returncode, run.stdout) == (2, "")
    assert "pyproject.toml with a [tool.recordsmith] table" in run.stderr
    assert nowhere.snapshot() == {}


def test_a_project_is_found_from_its_subfolders(project: Project) -> None:
    project.write("src/deep/er/note.txt", "")
    project.write("src/pyproject.toml", '[project]\nname = "another"\n')
    run = project.run("generate", folder="src/deep/er")

    assert run.returncode == 0
    assert project.run("check").returncode == 0


@pytest.mark.parametrize("words", [["generate"], ["check"], ["publish"]], ids=" ".join)
def test_problems_are_exit_code_1(project: Project, words: list[str]) -> None:
    project.write("schemas/Point.schema.json", '{ "type": "strnig" }')
    run = project.run(*words)

    assert run.returncode == 1
    assert "schemas/Point.schema.json:1:11#/type" in run.stdout
    assert run.stderr == "1 problem found.\n"


@pytest.mark.parametrize("variable", ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM"])
def test_what_is_piped_has_no_colours(generated: Project, variable: str) -> None:
    generated.write("generated/python/records/records.py", "# edited\n")
    environment = {variable: "xterm-256color" if variable == "TERM" else "1"}
    runs = [generated.run(command, environment=environment) for command in ("check", "generate")]

    assert [run.returncode for run in runs] == [1, 1]
    assert [run for run in runs if "\x1b" in run.stdout + run.stderr] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_output_that_takes_no_more_is_told_in_a_sentence(project: Project) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [Path(sys.executable).with_name("recordsmith"), "generate"],
            cwd=project.root,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert run.returncode == 2
    assert run.stderr == "Cannot go on: [Errno 28] No space left on device\n"
