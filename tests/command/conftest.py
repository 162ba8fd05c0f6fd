"""What all tests of the command ask for: a project in a folder of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # the modules beside this one are imported as tests.command.*

from tests.generator.project import POINT, Project, project_of  # noqa: E402


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of one record, of which nothing is generated yet."""
    return project_of(tmp_path, {"schemas/Point.schema.json": POINT})


@pytest.fixture
def generated(project: Project) -> Project:
    """A project whose generated files are up to date."""
    project.generate()
    return project


@pytest.fixture
def nowhere(tmp_path: Path) -> Project:
    """A folder that is in no project."""
    return Project(tmp_path)
