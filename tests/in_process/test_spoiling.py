"""`recordsmith.testing.invalid_payloads` draws what a schema refuses, one change from valid."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis.errors import FailedHealthCheck, Unsatisfiable
from tests.in_process.test_drawing import FLAGSHIP, SCHEMAS, all_of

import recordsmith
from recordsmith.testing import invalid_payloads

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("type_", FLAGSHIP)
def test_every_value_is_an_invalid_payload(type_: str) -> None:
    found: list[str] = []
    strategy = invalid_payloads(type_, project=ROOT)
    all_of(strategy, lambda value: found.append(json.dumps(value, allow_nan=False)))
    validator = recordsmith.validator(type_, project=ROOT)

    assert [text for text in found if validator.is_valid(text)] == []
    assert len(set(found)) > 10


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name != "anything"])
def test_what_can_be_refused_is_found(name: str) -> None:
    validator = recordsmith.validator(SCHEMAS[name], formats="assert")

    def refused(value: Any) -> None:
        assert not validator.is_valid(json.dumps(value, allow_nan=False))

    all_of(invalid_payloads(SCHEMAS[name], formats="assert"), refused)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("InvocationRecord", {"required", "type"}), ("InvocationStatus", {"enum", "type"})],
)
def test_one_thing_is_wrong_of_many_that_can_be(subject: str, expected: set[str]) -> None:
    validator = recordsmith.validator(subject, project=ROOT)
    rules: Counter[str] = Counter()
    counts: list[int] = []

    def judge(value: Any) -> None:
        problems = [*validator.iter_errors(json.dumps(value))]
        rules.update({one.rule for one in problems})
        counts.append(len(problems))

    all_of(invalid_payloads(subject, project=ROOT), judge, 100)

    assert expected <= rules.keys()
    assert counts.count(1) > len(counts) / 2


@pytest.mark.parametrize("number", [0, 2**53, 2**70, -1.5, 1e308, 0.1])
def test_any_number_has_others_beside_it(number: float) -> None:
    schema = {"enum": [number]}
    found: set[str] = set()
    all_of(invalid_payloads(schema), lambda value: found.add(json.dumps(value, allow_nan=False)))

    assert found
    assert json.dumps(-number if number else 1) in found


def test_what_all_values_are_valid_for_is_refused_in_none() -> None:
    with pytest.raises((FailedHealthCheck, Unsatisfiable)):
        all_of(invalid_payloads(True), lambda _value: None)


def test_what_no_value_is_valid_for_is_refused_in_any() -> None:
    found: list[Any] = []
    all_of(invalid_payloads(False), found.append)

    assert len({type(value) for value in found}) > 3
