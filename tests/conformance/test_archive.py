"""An archive of invocation records: what its maker says of a line, schema and model say too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conformance.judge import Judge
from tests.conformance.subjects import Subject, differences
from tests.payloads.make import SEED, records

COMMITTED = Path(__file__).parents[1] / "payloads" / "invocation_records.jsonl"
LINES = COMMITTED.read_bytes().splitlines()


@pytest.fixture(scope="module")
def record(subjects: dict[str, Subject]) -> Subject:
    return subjects["InvocationRecord"]


def test_schema_and_model_agree_on_every_line_of_an_archive(judge: Judge, record: Subject) -> None:
    archive = list(records(1000, seed=1, broken_share=0.25))

    verdicts = [judge.accepts(record.uri, line.decode()) for line, _ in archive]

    assert [record.accepts(line.decode()) for line, _ in archive] == verdicts
    assert [valid for _, valid in archive] == verdicts
    assert 150 < verdicts.count(False) < 350


def test_the_same_seed_makes_the_same_archive() -> None:
    one, same, other = (list(records(50, seed, broken_share=0.5)) for seed in (1, 1, 2))

    assert one == same
    assert one != other


def test_the_committed_archive_is_what_its_maker_writes() -> None:
    made = [line for line, _ in records(20, SEED, broken_share=0)]

    assert made == LINES


@pytest.mark.parametrize("line", LINES, ids=range(1, len(LINES) + 1))
def test_a_line_of_the_committed_archive_is_whole_and_valid(
    line: bytes, judge: Judge, record: Subject
) -> None:
    text = line.decode()

    assert judge.accepts(record.uri, text)
    assert differences(record, judge, text) == []
    assert json.loads(text).keys() == record.document["properties"].keys()
    assert 1000 <= len(line) <= 3000
