"""`action.yml`: the steps of the GitHub Action run in a shell, whatever the inputs hold."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.generator.project import COMMAND, Project

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")

HOSTILE = [
    "$(touch hacked)",
    "`touch hacked`",
    '"; touch hacked; "',
    "'; touch hacked #",
    "*",
    "-x",
]

PYTHON = """#!/bin/sh
echo "$@" >> "$RUNNER_TEMP/said"
if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi
"""


def step(project: Project, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step as a runner does, with the inputs that a user gives."""
    given = {key: str(one.get("default", "")) for key, one in ACTION["inputs"].items()}
    given |= {key.replace("_", "-"): value for key, value in inputs.items()}
    values = {f"inputs.{key}": value for key, value in given.items()}
    values["github.action_path"] = str(ROOT)
    values["steps.python.outputs.python-path"] = str(project.root / "python")

    def filled(text: str) -> str:
        return EXPRESSION.sub(lambda found: values[found[1]], text)

    wanted = STEPS[name]
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", wanted["run"]],
        cwd=project.root / filled(wanted.get("working-directory", ".")),
        env={
            **os.environ,
            **{key: filled(value) for key, value in wanted["env"].items()},
            "GITHUB_OUTPUT": str(project.root / "output"),
            "RUNNER_TEMP": str(project.root / "temp"),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def outputs(project: Project) -> dict[str, str]:
    """The outputs of the action, once its steps have run."""
    told = (project.root / "output").read_text(encoding="utf-8").splitlines()
    values = {f"steps.judge.outputs.{one.split('=', 1)[0]}": one.split("=", 1)[1] for one in told}
    return {
        name: EXPRESSION.sub(lambda found: values.get(found[1], ""), one["value"])
        for name, one in ACTION["outputs"].items()
    }


@pytest.fixture
def installed(project: Project) -> Project:
    """A project on a runner on which the command is installed."""
    folder = project.root / "temp/recordsmith/bin"
    folder.mkdir(parents=True)
    (folder / "recordsmith").symlink_to(COMMAND)
    project.write("good.json", '{"x": 1}')
    project.write("bad.json", '{"x": "a"}')
    return project


def test_it_is_a_composite_action_that_tells_what_it_takes() -> None:
    assert {"name", "description", "inputs", "runs"} <= ACTION.keys()
    assert ACTION["runs"]["using"] == "composite"
    assert [*ACTION["inputs"]] == [
        "type",
        "files",
        "format",
        "version",
        "working-directory",
        "args",
    ]
    assert all(one["description"] for one in ACTION["inputs"].values())
    assert [*ACTION["outputs"]] == ["exit-code", "report"]
    assert all(one["description"] for one in ACTION["outputs"].values())
    assert all("uses" in one or one["shell"] == "bash" for one in STEPS.values())


def test_no_input_is_written_into_a_program() -> None:
    programs = [one["run"] for one in STEPS.values() if "run" in one]

    assert programs
    assert [program for program in programs if "${{" in program] == []


def test_valid_files_pass(installed: Project) -> None:
    ran = step(installed, "Judge", type="Point", files="good.json\n")

    assert (ran.returncode, ran.stderr) == (0, "1 record, all valid.\n")


def test_a_fault_is_annotated_and_fails(installed: Project) -> None:
    ran = step(installed, "Judge", type="Point", files="good.json\nbad.json\n\n")

    assert ran.returncode == 1
    assert ran.stdout.startswith("::error file=bad.json,line=1,col=7,title=type::")


@pytest.mark.parametrize(("file", "code"), [("good.json", "0"), ("bad.json", "1")])
def test_the_report_is_a_file_too_for_the_steps_behind(
    installed: Project, file: str, code: str
) -> None:
    ran = step(installed, "Judge", type="Point", files=file, format="sarif")
    told = outputs(installed)

    assert told["exit-code"] == code
    assert Path(told["report"]).read_text(encoding="utf-8") == ran.stdout
    assert '"version": "2.1.0"' in ran.stdout


def test_each_use_in_a_job_has_a_report_of_its_own(installed: Project) -> None:
    step(installed, "Judge", type="Point", files="bad.json")
    first = outputs(installed)["report"]
    step(installed, "Judge", type="Point", files="good.json")

    assert outputs(installed)["report"] != first
    assert "title=type" in Path(first).read_text(encoding="utf-8")


def test_words_are_globs_and_options_are_passed_on(installed: Project) -> None:
    ran = step(
        installed, "Judge", type="Point", files="*.json", format="json", args="--max-errors\n0"
    )

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("2 records: 1 invalid")


def test_without_a_type_a_record_names_its_schema(installed: Project) -> None:
    installed.write("own.json", '{"$schema": "schemas/Point.schema.json", "x": null}')
    ran = step(installed, "Judge", files="own.json")

    assert (ran.returncode, "title=type::" in ran.stdout) == (1, True)


def test_the_folder_may_be_another(installed: Project) -> None:
    installed.write("deep/er.json", '{"x": 1}')

    assert (
        step(installed, "Judge", type="Point", files="er.json", working_directory="deep").returncode
        == 0
    )


def test_without_files_nothing_waits_for_input(installed: Project) -> None:
    ran = step(installed, "Judge", type="Point", files="\n")

    assert (ran.returncode, ran.stdout) == (2, "::error title=recordsmith::`files` names none\n")
    assert outputs(installed) == {"exit-code": "2", "report": ""}


@pytest.mark.parametrize("word", HOSTILE)
@pytest.mark.parametrize("name", ["type", "files", "format", "args"])
def test_an_input_is_never_a_program(installed: Project, name: str, word: str) -> None:
    given = {"type": "Point", "files": "good.json", name: word}
    step(installed, "Judge", **given)

    assert not (installed.root / "hacked").exists()


@pytest.mark.parametrize(
    ("version", "wanted"),
    [
        ("", f"{ROOT}[zstd]"),
        ("0.1.0", "recordsmith[zstd]==0.1.0"),
        ("$(id)", "recordsmith[zstd]==$(id)"),
    ],
)
def test_what_is_installed_is_the_action_or_the_version_asked_for(
    project: Project, version: str, wanted: str
) -> None:
    project.write("python", PYTHON).chmod(0o755)
    project.write("temp/.keep", "")
    ran = step(project, "Install recordsmith", version=version)

    assert ran.returncode == 0, ran.stderr
    said = (project.root / "temp/said").read_text(encoding="utf-8").splitlines()
    assert said == [
        f"-m venv {project.root}/temp/recordsmith",
        f"-m pip install --quiet --disable-pip-version-check {wanted}",
    ]
