"""What all tests of the generator ask for: projects made on the spot."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # the modules beside this one are imported as tests.generator.*

from tests.generator.project import POINT, Project, project_of  # noqa: E402


@pytest.fixture
def project_with(tmp_path: Path) -> Callable[..., Project]:
    """Makes a project of files, given by their paths."""
    return partial(project_of, tmp_path)


@pytest.fixture
def project(project_with: Callable[..., Project]) -> Project:
    """A project of one record, of which nothing is generated yet."""
    return project_with({"schemas/Point.schema.json": POINT})


@pytest.fixture
def generated(project: Project) -> Project:
    """A project whose generated files are up to date."""
    project.generate()
    return project


@pytest.fixture
def stale(generated: Project) -> Project:
    """A project whose generated files are older than its schemas."""
    generated.write("schemas/Point.schema.json", POINT.replace('"x"]', '"x", "y"]'))
    generated.write("schemas/shapes/Line.schema.json", POINT.replace("Point", "Line"))
    return generated
