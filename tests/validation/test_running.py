"""Running: a file that goes, or becomes shorter, is told of; the others are judged all the same."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from recordsmith.validation import Validator
from recordsmith.validation.chunks import Chunk, Held, Overlong, Range
from recordsmith.validation.inputs import expand
from recordsmith.validation.judging import MANY, BySchema, Judge
from recordsmith.validation.lines import cut
from recordsmith.validation.payloads import recognise
from recordsmith.validation.processes import Processes
from recordsmith.validation.running import Piece, run
from recordsmith.validation.texts import LARGEST
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
    monkeypatch.setattr("recordsmith.validation.chunks.Window.readinto", _fail)

    with pytest.raises(BrokenInputError, match="it cannot be read on: Stale file handle"):
        source.readinto(memoryview(bytearray(2)))
    source.close()


def _fail(*_: object) -> int:
    import errno

    raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))


@ALL_WORKERS
def test_of_very_many_invalid_records_few_are_told_together(
    judge: Judge, tmp_path: Path, new: NewWorkers
) -> None:
    """What a piece tells is held in memory; all of it comes, in order, and nothing twice."""
    file = tmp_path / "a.jsonl"
    lines = [b"{}", b'{"x": 1}', b"", b'{"x": "1", "y": ""}', b"{", b'{"x": 2} '] * 5_000
    file.write_bytes(b"\n".join(lines))
    with closing(new(judge)) as workers:
        pieces = list(_pieces(judge, workers, file))

    problems = [problem for piece in pieces for problem in piece.outcome.problems]
    told = [(one.at.line, one.record) for one in problems]
    expected = [at for at in range(1, 30_001) if at % 6 in (1, 4, 5)]
    assert told == [(at, at - (at + 3) // 6) for at in expected]
    assert max(len(piece.outcome.problems) for piece in pieces) == MANY
    assert sum(piece.outcome.records for piece in pieces) == 25_000
    assert sum(piece.outcome.lines for piece in pieces) == 30_000 - 1
    assert _refused(pieces) == [lines[at - 1] for at in expected]


def _refused(pieces: list[Piece]) -> list[bytes]:
    found = []
    for piece in pieces:
        assert piece.chunk is not None
        raw = bytearray(len(piece.chunk))
        with closing(piece.chunk.open()) as source:
            assert source.readinto(memoryview(raw)) == len(raw) == piece.outcome.bytes
        found += [bytes(raw[start:end]) for start, end in piece.outcome.refused]
    return found


@ALL_WORKERS
@pytest.mark.parametrize("enough", [1, 2, 3])
def test_a_piece_ends_with_the_record_that_has_problems_enough(
    judge: Judge, tmp_path: Path, new: NewWorkers, enough: int
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"x": 1}\n\n{}\n{"x": 1}\n{}\n{}')
    with closing(new(judge)) as workers:
        pieces = list(run(expand([str(file)]), judge, workers, enough))

    ends = {1: [2, 2, 1], 2: [4, 1], 3: [5]}[enough]
    assert [piece.outcome.records for piece in pieces] == ends
    assert [one.at.line for piece in pieces for one in piece.outcome.problems] == [3, 5, 6]


def test_a_part_of_a_document_ends_with_the_record_that_has_problems_enough(
    validator_of: Callable[[Any], Validator], tmp_path: Path
) -> None:
    judge = BySchema(validator_of({"type": "object", "required": ["x"]}))
    file = tmp_path / "a.json"
    file.write_bytes(b'[\n{"x": 1},\n{},\n{"x": 1},\n{}\n]')

    pieces = run(expand([str(file)]), judge, Here(judge), 1)

    assert [piece.outcome.records for piece in pieces] == [2, 2]


@pytest.mark.parametrize("start", [0, 1, 7, 20])
@pytest.mark.parametrize("size", [1, 5, 1_000])
def test_a_chunk_is_cut_behind_lines(tmp_path: Path, start: int, size: int) -> None:
    raw = b"a\nbb\n\nccc\n" + b"d" * 100_000 + b"\nee\nf"
    (tmp_path / "a").write_bytes(b"before\n" + raw + b"\nbehind")
    chunks = Held(raw), Range(str(tmp_path / "a"), 7, 7 + len(raw))

    for chunk in chunks:
        cut_ = [_read(part) for part in cut(chunk, start, size)]
        assert b"".join(cut_) == raw[start:]
        assert all(part.endswith(b"\n") for part in cut_[:-1])
        assert all(len(part) >= size for part in cut_[:-1])
        assert all(part[size - 1 : -1].count(b"\n") == 0 for part in cut_)


def _read(chunk: Chunk) -> bytes:
    raw = memoryview(bytearray(len(chunk)))
    with closing(chunk.open()) as source:
        filled = 0
        while count := source.readinto(raw[filled:]):
            filled += count
    return bytes(raw[:filled])


@pytest.mark.parametrize("ending", [b"", b'\n{}\n\n{"x": 1}'])
@pytest.mark.parametrize("filling", [b" ", b"x"])
def test_a_line_of_a_stream_that_is_too_large_is_not_kept(
    judge: Judge, tmp_path: Path, filling: bytes, ending: bytes
) -> None:
    raw = b'{"x": 1}\n' + filling * (LARGEST + 200_000) + ending
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", 1) as file:
        file.write(raw)

    pieces = list(_pieces(judge, Here(judge), tmp_path / "a.jsonl.gz"))

    expected = [("too-large", 2, 2), *([("required", 3, 3)] if ending else [])]
    problems = [one for piece in pieces for one in piece.outcome.problems]
    assert [(one.rule, one.at.line, one.record) for one in problems] == expected
    assert sum(piece.outcome.records for piece in pieces) == 2 + 2 * bool(ending)
    assert sum(piece.outcome.bytes for piece in pieces) == len(raw)
    (large,) = [piece for piece in pieces if piece.outcome.unjudged]
    assert isinstance(large.chunk, Overlong)
    assert all(len(piece.chunk or b"") < LARGEST for piece in pieces if piece is not large)
