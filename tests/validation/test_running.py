"""Running: a file that goes, or becomes shorter, is told of; the others are judged all the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from recordsmith.validation import Validator
from recordsmith.validation.inputs import expand
from recordsmith.validation.judging import BySchema, Judge
from recordsmith.validation.lines import Range
from recordsmith.validation.payloads import recognise
from recordsmith.validation.processes import Processes
from recordsmith.validation.running import Piece, run
from recordsmith.validation.unreadable import BrokenInputError
from recordsmith.validation.workers import Here, Workers

LINE = b'{"x": 1, "filler": "' + b"-" * 1_000 + b'"}\n'
COUNT = 50_000
SIZE = COUNT * len(LINE)
GONE = "it is no longer there"

NewWorkers: TypeAlias = Callable[[Judge], Workers]


@pytest.fixture
def judge(validator_of: Callable[[Any], Validator]) -> Judge:
    return BySchema(validator_of({"properties": {"x": {"type": "number"}}, "required": ["x"]}))


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of many ranges."""
    file = tmp_path / "a.jsonl"
    file.write_bytes(LINE * COUNT)
    return file


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A file with one record, which is invalid."""
    file = tmp_path / "b.jsonl"
    file.write_bytes(b"{}")
    return file


def _pieces(judge: Judge, workers: Workers, *files: Path) -> Iterator[Piece]:
    return run(expand([str(file) for file in files]), judge, workers)


def _told(pieces: list[Piece]) -> list[tuple[str, str, str]]:
    problems = [problem for piece in pieces for problem in piece.outcome.problems]
    return [(Path(one.at.file).name, one.rule, one.sentence) for one in problems]


B = ("b.jsonl", "required", "`x` is missing")

ALL_WORKERS = pytest.mark.parametrize(
    "new", [Here, lambda judge: Processes(judge, 3)], ids=["here", "processes"]
)


def test_a_file_that_goes_before_its_turn_is_one_problem(
    judge: Judge, large: Path, small: Path
) -> None:
    gone = small.with_name("gone.jsonl")
    gone.write_bytes(b"{}")
    pieces = _pieces(judge, Here(judge), large, gone, small)
    first = next(pieces)
    gone.unlink()

    rest = list(pieces)

    assert _told([first, *rest]) == [("gone.jsonl", "unreadable", GONE), B]
    assert sum(piece.outcome.records for piece in rest) == COUNT - first.outcome.records + 1


@ALL_WORKERS
def test_a_file_that_goes_while_it_is_read_is_one_problem(
    judge: Judge, large: Path, small: Path, new: NewWorkers
) -> None:
    with closing(new(judge)) as workers:
        pieces = _pieces(judge, workers, large, small)
        first = next(pieces)
        large.unlink()
        rest = list(pieces)

    assert _told([first, *rest]) == [("a.jsonl", "unreadable", GONE), B]
    assert rest[-2].outcome.unjudged == SIZE - _bytes([first, *rest[:-2]])


def _bytes(pieces: list[Piece]) -> int:
    return sum(piece.outcome.bytes for piece in pieces)


@ALL_WORKERS
def test_a_file_that_becomes_shorter_while_it_is_read_is_one_problem(
    judge: Judge, large: Path, small: Path, new: NewWorkers
) -> None:
    left = COUNT - 10_000
    with closing(new(judge)) as workers:
        pieces = _pieces(judge, workers, large, small)
        first = next(pieces)
        os.truncate(large, left * len(LINE))
        rest = list(pieces)

    lost = SIZE - left * len(LINE)
    sentence = f"it became shorter while it was read; {lost:,} bytes that it had were not judged"
    assert _told([first, *rest]) == [("a.jsonl", "unreadable", sentence), B]
    assert [piece.outcome.unjudged for piece in rest if piece.outcome.unjudged] == [lost]
    assert sum(piece.outcome.records for piece in [first, *rest]) == left + 1


def test_a_file_that_starts_anew_while_it_is_read_is_not_judged_from_its_middle(
    judge: Judge, large: Path
) -> None:
    """Its lines would be others than those that are told."""
    pieces = _pieces(judge, Here(judge), large)
    first = next(pieces)
    os.truncate(large, 0)
    second = next(pieces)
    large.write_bytes(b"{}\n" * SIZE)

    assert list(pieces) == []
    assert _told([first, second])[0][1] == "unreadable"
    assert second.outcome.unjudged == SIZE - first.outcome.bytes


def test_a_file_that_is_emptied_once_it_is_opened_is_a_problem(
    judge: Judge, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def emptying(*given: Any, **options: Any) -> Any:
        found = recognise(*given, **options)
        os.truncate(large, 0)
        return found

    monkeypatch.setattr("recordsmith.validation.running.recognise", emptying)

    pieces = list(_pieces(judge, Here(judge), large))

    assert [rule for _, rule, _ in _told(pieces)] == ["unreadable"]
    assert pieces[-1].outcome.unjudged >= len(LINE)


def test_what_the_system_cannot_read_on_is_told_as_of_any_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"1\n")
    source = Range(str(tmp_path / "a"), 0, 2).open()
    monkeypatch.setattr("recordsmith.validation.lines.Window.readinto", _fail)

    with pytest.raises(BrokenInputError, match="it cannot be read on: Stale file handle"):
        source.readinto(memoryview(bytearray(2)))
    source.close()


def _fail(*_: object) -> int:
    import errno

    raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
