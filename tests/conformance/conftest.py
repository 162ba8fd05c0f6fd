"""What all conformance tests ask: the judge, and the subjects."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # the modules beside this one are imported as tests.conformance.*

from tests.conformance.judge import Judge  # noqa: E402
from tests.conformance.subjects import Subject, discover  # noqa: E402

SCHEMAS = ROOT / "schemas"
SUBJECTS = list(discover(SCHEMAS))


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge(SCHEMAS)


@pytest.fixture(scope="session")
def subjects() -> dict[str, Subject]:
    """Every type of the schemas by its name."""
    return {subject.name: subject for subject in SUBJECTS}


@pytest.fixture(scope="session", params=SUBJECTS, ids=str)
def subject(request: pytest.FixtureRequest) -> Subject:
    """Each type of the schemas in turn."""
    assert isinstance(request.param, Subject)
    return request.param
