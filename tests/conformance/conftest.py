"""What all conformance tests ask: the judge, and the subjects."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # the modules beside this one are imported as tests.conformance.*

from tests.conformance.judge import Judge  # noqa: E402
from tests.conformance.subjects import Subject, discover  # noqa: E402

SCHEMAS = ROOT / "schemas"
SUBJECTS = {subject.name: subject for subject in discover(SCHEMAS)}
BUDGET = os.environ.get("RECORDSMITH_FUZZ_EXAMPLES")

settings.register_profile(
    "conformance",
    max_examples=int(BUDGET or 150),
    derandomize=BUDGET is None,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge(SCHEMAS)


@pytest.fixture(scope="session")
def subjects() -> dict[str, Subject]:
    """Every type of the schemas by its name."""
    return SUBJECTS


@pytest.fixture(scope="session", params=SUBJECTS.values(), ids=str)
def subject(request: pytest.FixtureRequest) -> Subject:
    """Each type of the schemas in turn."""
    return request.param
