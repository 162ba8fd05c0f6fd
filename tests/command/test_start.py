"""The command starts quickly: what a run does not need it does not import."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.generator.project import Project

HEAVY = {
    "datamodel_code_generator",
    "jinja2",
    "jsonschema_rs",
    "pydantic",
    "pydantic_core",
    "referencing",
    "ruff",
}

PROGRAM = """
import json, sys
from recordsmith.cli.group import main

try:
    main(sys.argv[1:], prog_name="recordsmith")
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def imported(project: Project, *words: str) -> set[str]:
    """The modules that a run of the command has imported."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return set(json.loads(run.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["generate", "--help"],
        ["explain", "--help"],
        ["validate", "-h"],
        ["audit", "-h"],
        ["completion", "fish"],
        ["init"],
    ],
    ids=" ".join,
)
def test_help_imports_nothing_heavy(project: Project, words: list[str]) -> None:
    assert imported(project, *words) & HEAVY == set()


def test_generating_with_nothing_to_do_imports_nothing_heavy(generated: Project) -> None:
    assert imported(generated, "generate") & HEAVY == set()


def test_explaining_what_is_fresh_imports_nothing_heavy(generated: Project) -> None:
    assert imported(generated, "explain", "Point") & HEAVY == set()


def test_generating_with_something_to_do_imports_what_it_needs(project: Project) -> None:
    assert imported(project, "generate") & HEAVY >= {"jinja2", "referencing"}


def test_starting_a_schema_needs_no_printer_of_models(project: Project) -> None:
    heavy = imported(project, "new", "record", "billing.Invoice") & HEAVY

    assert heavy & {"datamodel_code_generator", "jinja2", "pydantic", "ruff"} == set()


def test_judging_a_small_file_imports_no_more_than_judges_it(project: Project) -> None:
    project.write("good.json", '{"x": 1, "y": 2}')

    found = imported(project, "validate", "Point", "good.json")

    others = {
        *("recordsmith.cli.audit", "recordsmith.ir", "recordsmith.lowering"),
        *("recordsmith.validation.wording", "recordsmith.validation.processes"),
        *("asyncio", "fsspec", "secrets", "wasmtime", "yaml"),
    }
    assert found & others == set()
    assert found & (HEAVY - {"jsonschema_rs", "referencing"}) == set()
    assert found >= {"jsonschema_rs", "recordsmith.validation.checking"}
