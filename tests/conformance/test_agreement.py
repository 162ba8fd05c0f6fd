"""Model and schema agree on payloads that are made from the schemas, and then broken."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from tests.conformance.breaking import broken, spelled
from tests.conformance.judge import Judge
from tests.conformance.making import Maker
from tests.conformance.subjects import Subject, differences

BUDGET = os.environ.get("RECORDSMITH_FUZZ_EXAMPLES")
FUZZ = settings(
    max_examples=int(BUDGET or 150),
    derandomize=BUDGET is None,  # a raised budget goes where no run was before
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def maker(judge: Judge) -> Maker:
    return Maker(judge.documents)


def test_what_a_schema_accepts_its_model_accepts_keeps_and_emits(
    subject: Subject, judge: Judge, maker: Maker
) -> None:
    accepted = Counter[bool]()

    @FUZZ
    @given(spelled(maker.payloads(subject.uri)))
    def agree(text: str) -> None:
        accepted[judge.accepts(subject.uri, text)] += 1
        assert differences(subject, judge, text) == []

    agree()

    assert accepted[True] > accepted[False]


def test_what_a_schema_refuses_its_model_refuses(
    subject: Subject, judge: Judge, maker: Maker
) -> None:
    accepted = Counter[bool]()

    @FUZZ
    @given(spelled(broken(maker.payloads(subject.uri))))
    def agree(text: str) -> None:
        accepted[judge.accepts(subject.uri, text)] += 1
        assert differences(subject, judge, text) == []

    agree()

    assert accepted[False] > 0
