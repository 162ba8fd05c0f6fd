"""Files of all kinds, read whole or only where their histories are: the same is told."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from tests.audit.archive import ARRIVING, LIMIT, archive

from recordsmith.audit import Auditor, Tally, certain, machine_of
from recordsmith.audit.instants import instant
from recordsmith.audit.running import Running
from recordsmith.audit.summary import summary
from recordsmith.audit.waiting import Until
from recordsmith.catalog import Sources, load
from recordsmith.index import named
from recordsmith.problems import Problem
from recordsmith.validation import Validator
from recordsmith.validation.inputs import expand

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def validator() -> Validator:
    catalog = load(Sources(root=ROOT / "schemas", shown="schemas"))
    return Validator(catalog, named(catalog, "InvocationRecord"), formats="assert")


def audited(validator: Validator, *words: Path) -> tuple[list[Problem], dict[str, Any]]:
    """The problems in files, and the summary."""
    limit = instant(LIMIT)
    assert limit is not None
    tally = Tally(machine_of(validator.catalog, validator.document, validator.formats))
    running = Running(validator, Auditor(tally, Until(limit)))
    problems = list(running.run(expand([str(word) for word in words])))
    return problems, summary(tally, "arrival")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the schema be compiled for the first record."""
    monkeypatch.setattr(certain, "FEW", -1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    text, ledger, refused = archive(3, 400, ARRIVING)
    assert len(ledger) > 100
    assert refused > 10
    file = tmp_path / "archive.jsonl"
    file.write_text(text, "utf-8")
    return file


def test_what_is_certain_is_told_as_what_is_not(
    validator: Validator, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = audited(validator, file)
    monkeypatch.setattr(certain, "FEW", -1)

    assert audited(validator, file) == exact


@pytest.mark.usefixtures("at_once")
def test_only_what_is_wrong_is_read_as_a_whole(
    validator: Validator, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Any] = []
    judge = validator.is_valid

    def judging(value: Any) -> bool:
        read.append(value)
        return judge(value)

    monkeypatch.setattr(validator, "is_valid", judging)
    _, told = audited(validator, file)

    assert told["invalid"] <= len(read) < told["invalid"] + 10


@pytest.mark.usefixtures("at_once")
def test_the_kind_of_file_makes_no_difference(
    validator: Validator, file: Path, tmp_path: Path
) -> None:
    lines = file.read_text("utf-8").split("\n")
    exact, told = audited(validator, file)
    packed, windows = tmp_path / "archive.jsonl.gz", tmp_path / "windows.jsonl"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    windows.write_text("\r\n".join(lines).rstrip(), "utf-8", newline="")

    for other in (packed, windows):
        problems, other_told = audited(validator, other)
        assert [(one.at.line, one.at.column, one.record) for one in problems] == [
            (one.at.line, one.at.column, one.record) for one in exact
        ]
        assert other_told == told


def test_an_array_of_records_is_read_one_by_one(
    validator: Validator, file: Path, tmp_path: Path
) -> None:
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    exact, told = audited(validator, file)
    array = tmp_path / "array.json"
    array.write_text("[\n" + ",\n".join(lines) + "\n]\n", "utf-8")
    problems, other_told = audited(validator, array)

    assert [(one.at.pointer, one.rule, one.record) for one in problems] == [
        (one.at.pointer, one.rule, one.record) for one in exact
    ]
    assert {one.at.column for one in problems} == {one.at.column for one in exact}
    assert other_told == told


def test_several_files_are_one_tally(validator: Validator, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(archive(4, 50, ARRIVING)[0], "utf-8")
    problems, told = audited(validator, file, other)

    assert told["records"] == 450
    assert {one.at.file for one in problems} == {str(file), str(other)}
    assert all(one.record <= 50 for one in problems if one.at.file == str(other))


ODD = [
    '{"status": [], "last_status": 0, "last_status": 5}',
    '{"status": NaN}',
    '{"status": "\\ud800"}',
    "[" * 1000,
    "null",
    "{",
]


@pytest.mark.parametrize("few", [-1, 10**9])
def test_what_is_no_record_is_counted_and_ends_nothing(
    validator: Validator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(certain, "FEW", few)
    good = (ROOT / "tests/payloads/invocation_records.jsonl").read_text("utf-8").splitlines()
    odd = [*ODD, f"\ufeff{good[-1]}"]
    lines = [part for pair in zip(good, [*odd, *odd], strict=False) for part in pair]
    file = tmp_path / "odd.jsonl"
    file.write_bytes("\n".join(lines).encode() + b'\n{"status": "\xff"}\n')
    _, told = audited(validator, file)

    assert (told["records"], told["invalid"]) == (29, 15)


def test_a_file_that_breaks_off_is_told_and_the_others_are_read(
    validator: Validator, file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jsonl.gz"
    broken.write_bytes(gzip.compress(file.read_bytes())[:-20])
    problems, told = audited(validator, broken, file)

    unreadable = [one for one in problems if one.rule == "unreadable"]
    assert [one.at.file for one in unreadable] == [str(broken)]
    assert told["findings"]["unreadable"] == 1
    assert told["records"] > 400


def test_a_record_is_one_document_too(validator: Validator, tmp_path: Path) -> None:
    first = json.loads(
        (ROOT / "tests/payloads/invocation_records.jsonl").read_text().split("\n")[0]
    )
    first["last_status"] = 5
    file = tmp_path / "record.json"
    file.write_text(json.dumps(first, indent=2), "utf-8")
    problems, _ = audited(validator, file)

    line = next(
        number
        for number, text in enumerate(file.read_text().splitlines(), 1)
        if '"last_status"' in text
    )
    assert [(one.at.line, one.at.column, one.rule) for one in problems] == [
        (line, len('  "last_status": ') + 1, "last-status")
    ]
