"""What a user's program imports of the toolkit is typed, and no more than it asks for."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files

import pytest
from tests.generator.project import Project

PROGRAM = """
import json, sys
{}
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""


def imported(project: Project, program: str) -> set[str]:
    """The packages that a program has imported at its end."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM.format(program)],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(run.stdout))


@pytest.mark.parametrize(
    "program",
    [
        "import recordsmith; recordsmith.validator('Point').validate({'x': 1})",
        "from recordsmith.testing import assert_valid; assert_valid({'x': 1}, 'Point')",
    ],
)
def test_a_verdict_needs_neither_hypothesis_nor_pytest_nor_models(
    project: Project, program: str
) -> None:
    found = imported(project, program)

    assert (
        found & {"hypothesis", "pytest", "pydantic", "datamodel_code_generator", "click"} == set()
    )


def test_the_package_alone_imports_nothing_slow(project: Project) -> None:
    found = imported(project, "import recordsmith")

    assert found & {"jsonschema_rs", "referencing", "attrs"} == set()


def test_type_checkers_may_believe_the_annotations() -> None:
    assert files("recordsmith").joinpath("py.typed").is_file()
