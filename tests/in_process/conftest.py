"""What all tests of the in-process validator ask for: a project around the current folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # the modules of tests/ are imported as tests.*

from tests.generator.project import POINT, Project, project_of  # noqa: E402


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project of one record, and the current folder."""
    monkeypatch.chdir(tmp_path)
    return project_of(tmp_path, {"schemas/Point.schema.json": POINT})
