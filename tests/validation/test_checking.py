"""Every fault is a problem at its line, its column and its pointer."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from recordsmith.catalog import Catalog
from recordsmith.validation import Validator, check, named

LOG = '{"log": "é", "process": "action", "timestamp": "2024-01-02T03:04:05Z"}'


@pytest.fixture(scope="module")
def logs(flagship: Catalog) -> Validator:
    return Validator(flagship, named(flagship, "LogRecord"))


def _checked(validator: Validator, content: str) -> list[str]:
    verdicts = check(validator, io.BytesIO(content.encode("utf-8")), "logs.jsonl")
    return [str(problem) for verdict in verdicts for problem in verdict.problems]


def test_a_fault_in_json_lines_is_located_in_the_file(logs: Validator) -> None:
    bad = LOG.replace("action", "Action")

    (problem,) = _checked(logs, f"{LOG}\r\n\n{bad}\n{LOG}\n")

    assert problem.startswith('logs.jsonl:3:25#/process: "Action" is not an ExecutorContainer;')


def test_a_fault_in_a_document_is_located_in_the_file(logs: Validator) -> None:
    document = json.dumps({**json.loads(LOG), "partial_id": 5}, indent=2, ensure_ascii=False)

    problems = _checked(logs, f"\n{document}\n")

    assert problems == ["logs.jsonl:6:17#/partial_id: 5 is not a string or null [type]"]


def test_the_faults_of_a_record_are_reported_the_best_first(logs: Validator) -> None:
    """A whole before its parts, what is missing or mistyped before the rest, then as they stand."""
    problems = _checked(logs, '{"timestamp": "now", "process": "setup", "partial_id": 5}')

    assert [problem.partition(": ")[0] for problem in problems] == [
        "logs.jsonl:1:1",
        "logs.jsonl:1:56#/partial_id",
        "logs.jsonl:1:15#/timestamp",
    ]


def test_the_best_of_very_many_faults_are_reported(
    validator_of: Callable[..., Validator],
) -> None:
    validator = validator_of({"properties": {"a": {"items": {"minimum": 1}}}, "required": ["b"]})

    problems = _checked(validator, json.dumps({"a": [0] * 1_000}))

    assert problems[0] == "logs.jsonl:1:1: `b` is missing [required]"


def test_a_problem_tells_the_record_the_value_and_the_keyword(logs: Validator) -> None:
    content = f"{LOG}\n\n{LOG.replace('action', 'Action')}\n"

    *_, verdict = check(logs, io.BytesIO(content.encode()), "logs.jsonl")

    (problem,) = verdict.problems
    assert (problem.record, problem.value) == (2, '"Action"')
    assert problem.asserted.endswith("/ExecutorContainer.schema.json#/oneOf")


def test_all_places_of_a_record_are_found_together(
    validator_of: Callable[..., Validator],
) -> None:
    validator = validator_of({"additionalProperties": {"items": {"type": "string"}}})

    problems = _checked(validator, '\n{\n"a": ["1", 2],\n "\\u0061b": [3, [4], "a"]}')

    assert [problem.partition(": ")[0] for problem in problems] == [
        "logs.jsonl:3:12#/a/1",
        "logs.jsonl:4:14#/ab/0",
        "logs.jsonl:4:17#/ab/1",
    ]


def test_every_record_has_a_verdict(logs: Validator) -> None:
    content = f"{LOG}\n{{}}\n{{\n{LOG}\n"

    verdicts = list(check(logs, io.BytesIO(content.encode()), "logs.jsonl"))

    assert [(verdict.line, verdict.is_valid) for verdict in verdicts] == [
        (1, True),
        (2, False),
        (3, False),
        (4, True),
    ]


def test_a_record_after_a_byte_order_mark_is_judged_too(logs: Validator) -> None:
    problems = _checked(logs, "\ufeff{}")

    assert [problem.rpartition("[")[2] for problem in problems] == ["not-json]", *["required]"] * 3]


def test_a_record_with_very_many_faults_is_reported_in_part(
    validator_of: Callable[..., Validator],
) -> None:
    validator = validator_of({"items": {"type": "string"}})

    problems = _checked(validator, json.dumps([1] * 1_000))

    assert len(problems) == 101
    assert problems[-1] == "logs.jsonl:1:1: 900 more violations in this record are not shown [more]"


def test_nothing_of_a_hostile_file_is_a_traceback(logs: Validator) -> None:
    contents: list[Any] = [b"\x00" * 9, bytes(range(256)), b"[" * 9999, b'"\\ud800"', b"\r\r\r{"]

    verdicts = [list(check(logs, io.BytesIO(content), "f")) for content in contents]

    assert all(len(found) == 1 and not found[0].is_valid for found in verdicts)
