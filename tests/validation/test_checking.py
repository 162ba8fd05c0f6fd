"""Every fault is a problem at its line, its column and its pointer."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
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


LARGE = """
import io, sys
sys.path.insert(0, sys.argv[1])
from conftest import _catalog
from pathlib import Path
from recordsmith.validation import Validator, check
catalog = _catalog(Path(sys.argv[2]), {"Thing": {"items": {"type": "string"}}})
validator = Validator(catalog, catalog.documents[0])
text = f"[{'1,' * int(sys.argv[3])}1]"
((*_, last),) = (one.problems for one in check(validator, io.BytesIO(text.encode()), "f"))
with open("/proc/self/status") as status:  # `getrusage` counts what the parent took, too
    peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
print(peak, last.sentence, sep=":")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_very_many_faults_in_one_record_take_no_memory(tmp_path: Path) -> None:
    """The engine would take three gigabytes to tell all of them."""
    run = subprocess.run(
        [sys.executable, "-c", LARGE, Path(__file__).parent, tmp_path, "1900000"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    kilobytes, _, sentence = run.stdout.strip().partition(":")
    assert int(kilobytes) < 256 * 1024
    assert sentence == "at least 19,899 more violations in this record are not shown"


def test_of_a_large_record_nothing_is_said_that_is_not_so(
    validator_of: Callable[..., Validator],
) -> None:
    """Its beginning has too few items, and none that is a string; the whole has both."""
    numbers = {"items": {"type": "number"}, "minItems": 90_000, "contains": {"type": "string"}}
    validator = validator_of({"properties": {"a": {"items": numbers}}, "required": ["b"]})
    record = {"a": [[0] * 10, [0.5] * 90_000 + ["x", "y"]], "b": 1}

    problems = _checked(validator, json.dumps(record))

    assert [problem.partition(": ")[2] for problem in problems] == [
        "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0] has no item that is a string [contains]",
        "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0] has 10 items, fewer than the minimum of 90000 [minItems]",
        '"x" is not a number [type]',
        '"y" is not a number [type]',
    ]


def test_of_a_large_record_the_beginning_is_told_as_it_is(
    validator_of: Callable[..., Validator],
) -> None:
    numbers = {"items": {"type": "number"}, "minItems": 90_000}
    validator = validator_of({"properties": {"a": {"items": numbers}}, "required": ["b"]})

    problems = _checked(validator, json.dumps({"a": [[0.5] * 40, ["x"] * 90_000], "b": 1}))

    assert problems[0].endswith("has 40 items, fewer than the minimum of 90000 [minItems]")
    assert all(
        each.endswith(f'#/a/1/{n}: "x" is not a number [type]')
        for n, each in enumerate(problems[1:-1])
    )
    assert problems[-1].endswith("more violations in this record are not shown [more]")


def test_nothing_of_a_hostile_file_is_a_traceback(logs: Validator) -> None:
    contents: list[Any] = [b"\x00" * 9, bytes(range(256)), b"[" * 9999, b'"\\ud800"', b"\r\r\r{"]

    verdicts = [list(check(logs, io.BytesIO(content), "f")) for content in contents]

    assert all(len(found) == 1 and not found[0].is_valid for found in verdicts)


@pytest.mark.parametrize(
    ("record", "place", "rule"),
    [
        ({"x": 1, "a": [0] * 600_000, "z": "no"}, "1:1800022#/z", "[type]"),
        ({"x": "no", "a": [0] * 600_000, "z": "no"}, "1:7#/x", "[type]"),
        ({"x": 1, "a": ["y" * 2_000_000]}, "1:1", "[required]"),
        ({"a": "y" * 2_000_000, "z": "no"}, "1:2000016#/z", "[type]"),
        ({"x": 1, "z": 1, "one": [1, "y" * 2_000_000]}, "1:25#/one", "[oneOf]"),
    ],
    ids=["behind the beginning", "in the beginning", "missing", "a long string", "a long part"],
)
def test_of_a_heavy_record_one_thing_is_told_that_is_so(
    validator_of: Callable[..., Validator], record: dict[str, Any], place: str, rule: str
) -> None:
    number = {"type": "number"}
    choice = {"oneOf": [{"maxItems": 1}, {"items": number}]}
    properties = {"x": number, "z": number, "one": choice}
    validator = validator_of({"properties": properties, "required": ["z"]})

    told, more = _checked(validator, json.dumps(record))

    assert told.startswith(f"logs.jsonl:{place}: ")
    assert told.endswith(rule)
    sentence = "the record is large; what else may be wrong with it is not shown [more]"
    assert more == f"logs.jsonl:1:1: {sentence}"
