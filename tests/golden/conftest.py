"""What the golden tests ask: each golden folder in turn, and the packages made from all of them."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # the modules beside this one are imported as tests.golden.*

from tests.golden.cases import CASES, Case  # noqa: E402


@pytest.fixture(params=CASES, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    """Each golden folder in turn."""
    assert isinstance(request.param, Case)
    return request.param


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like `generated/python` with the packages that the golden folders become."""
    folder = tmp_path_factory.mktemp("golden")
    for each in CASES:
        with suppress(Exception):  # its own tests tell
            each.place(folder)
    return folder / "generated/python"


@pytest.fixture
def package(case: Case, packages: Path) -> Path:
    """The folder of the package that the golden folder becomes."""
    case.artifacts()  # raises what kept it from being placed
    return packages / case.package
