"""The fixture `recordsmith`, and its assertions, in the tests of a user."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.generator.project import Project

from recordsmith import testing

TESTS = """
import pytest

def test_valid(recordsmith):
    recordsmith.assert_valid(b'{"x": 1}', "Point")
    recordsmith.assert_valid({"x": 1}, "Point")
    recordsmith.validator("Point").validate({"x": 1})

def test_invalid(recordsmith):
    recordsmith.assert_invalid({"x": None}, "Point")
    problems = recordsmith.assert_invalid({}, "Point", rule="required")
    assert [problem.at.pointer for problem in problems] == [""]
"""

FAILING = """
def test_it(recordsmith):
    recordsmith.assert_valid(b'{"x": "a", "y": null}', "Point")
"""

SHOWN = """\
AssertionError: not valid as Point: 2 problems
payload:1:7#/x: "a" is not a number [type]
    record 1 · schemas/Point.schema.json#/properties/x/type
payload:1:17#/y: null is not a number [type]
    record 1 · schemas/Point.schema.json#/properties/y/type
"""


def run(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the tests of a project as their author does."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "pytest", "-p", "no:cacheprovider", *words],
        cwd=project.root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_tests_of_a_project_have_its_types(project: Project) -> None:
    project.write("tests/test_it.py", TESTS)
    ran = run(project)

    assert (ran.returncode, "2 passed" in ran.stdout) == (0, True), ran.stdout


def test_a_failure_lists_the_problems_as_the_command_does(project: Project) -> None:
    project.write("tests/test_it.py", FAILING)
    ran = run(project)

    assert SHOWN in ran.stdout.replace("E       ", "")
    assert "test_it.py:3: AssertionError" in ran.stdout
    assert "asserting.py" not in ran.stdout


def test_the_project_may_be_a_folder_below(project: Project) -> None:
    project.write("pyproject.toml", "[tool.pytest.ini_options]\nrecordsmith_project = 'inner'\n")
    project.write("inner/pyproject.toml", "[tool.recordsmith]\n")
    project.write("inner/schemas/Point.schema.json", '{"required": ["x"]}')
    project.write("tests/test_it.py", TESTS.replace('{"x": None}', "{}"))
    ran = run(project)

    assert (ran.returncode, "2 passed" in ran.stdout) == (0, True), ran.stdout


def test_without_a_project_there_are_files(project: Project) -> None:
    project.write("pyproject.toml", "[tool.pytest.ini_options]\n")
    project.write("tests/test_it.py", TESTS.replace('"Point"', '"schemas/Point.schema.json"'))
    ran = run(project)

    assert (ran.returncode, "2 passed" in ran.stdout) == (0, True), ran.stdout


def test_a_run_that_asks_for_nothing_imports_nothing(project: Project) -> None:
    project.write("conftest.py", "")
    project.write(
        "test_it.py",
        "import json, sys\ndef test_it():\n"
        "    names = sorted(one for one in sys.modules if one.startswith('recordsmith'))\n"
        "    open('names', 'w').write(json.dumps(names))\n",
    )
    run(project)

    assert json.loads((project.root / "names").read_text(encoding="utf-8")) == [
        "recordsmith",
        "recordsmith.pytest_plugin",
    ]


def test_what_is_valid_passes_and_what_is_not_does_not(project: Project) -> None:
    del project
    testing.assert_valid('{"x": 1}', "Point")
    with pytest.raises(AssertionError, match="not valid as Point: 1 problem\n"):
        testing.assert_valid("{}", "Point")


def test_what_is_to_be_invalid_is_so_for_the_right_rule(project: Project) -> None:
    del project
    (problem,) = testing.assert_invalid({}, "Point", "required")

    assert problem.rule == "required"
    with pytest.raises(AssertionError, match="valid as Point, and was to be invalid"):
        testing.assert_invalid({"x": 1}, "Point")
    with pytest.raises(AssertionError, match=r"not invalid by \[type\], but by:\npayload: "):
        testing.assert_invalid({}, "Point", "type")
