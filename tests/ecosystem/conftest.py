"""What the tests of the files for other tools ask for: a project, of which nothing is generated."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # the modules of tests/ are imported as tests.*

from tests.generator.project import POINT, Project, project_of  # noqa: E402


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of one record."""
    return project_of(tmp_path / "project", {"schemas/Point.schema.json": POINT})
