"""Running: judge inputs from the first byte to the last, and tell what came of each piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recordsmith.phrases import counted
from recordsmith.problems import Location, Problem
from recordsmith.validation.chunks import Chunk
from recordsmith.validation.inputs import BrokenInputError, Input
from recordsmith.validation.judging import MANY, Judge, Outcome
from recordsmith.validation.lines import pieces, ranges
from recordsmith.validation.payloads import Documents, Lines, Payload, recognise
from recordsmith.validation.workers import Task, in_order

if TYPE_CHECKING:
    from recordsmith.validation.workers import Workers

_TOGETHER = 256
"""Records of a document that are told of together."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file, judged; its problems know their places in the file."""

    name: str
    outcome: Outcome
    chunk: Chunk | None = None
    """The bytes, where they are lines."""


def run(
    inputs: Iterable[Input], judge: Judge, workers: Workers, enough: int = MANY
) -> Iterator[Piece]:
    """Judge inputs, in their order; a piece ends with the record that has problems enough."""
    for one in inputs:
        yield from _judged(one, judge, workers, enough)


def _judged(one: Input, judge: Judge, workers: Workers, enough: int) -> Iterator[Piece]:
    try:
        with one.open() as stream:
            match recognise(stream, one.name, takes_arrays=judge.takes_arrays):
                case Lines(head, rest):
                    least = len(head)
                    chunks = _chunks(one, workers) or pieces(head, rest)
                    del head  # it may be large
                    tasks = (Task(one.name, each, enough) for each in chunks)
                    yield from _placed(in_order(workers, tasks), one, least)
                case Documents(payloads):
                    yield from _of_documents(one.name, payloads, judge, enough)
    except BrokenInputError as error:
        problem = Problem(Location(one.name), "unreadable", str(error))
        yield Piece(one.name, Outcome(problems=[problem]))


def _chunks(one: Input, workers: Workers) -> Iterator[Chunk] | None:
    """The file in parts that whoever judges them reads; None where it must be read here."""
    if one.path:
        return ranges(str(one.path.absolute()))
    if workers.reads_urls and "://" in one.name:
        from recordsmith.validation.remote_lines import remote_ranges

        return remote_ranges(one.name)
    return None


def _placed(judged: Iterable[tuple[Task, Outcome]], one: Input, least: int) -> Iterator[Piece]:
    """The outcomes of a file's chunks, with the lines and the records of the file.

    They end with the first that lacks bytes, for nobody knows on which lines the others are.  The
    file had `least` bytes when it was opened, or more.
    """
    lines = records = seen = 0
    for task, outcome in judged:
        if lines:
            outcome.problems = [_moved(problem, lines, records) for problem in outcome.problems]
        whole, seen = seen + len(task.chunk), seen + outcome.bytes
        if seen < whole:
            _lack(outcome, one.name, max(whole, one.size or 0) - seen)
        yield Piece(task.name, outcome, task.chunk)
        if seen < whole:
            return
        lines += outcome.lines
        records += outcome.records
    if seen < least:
        outcome = Outcome()
        _lack(outcome, one.name, least - seen)
        yield Piece(one.name, outcome)


def _lack(outcome: Outcome, name: str, size: int) -> None:
    """Tell of bytes that were there before; why they are not may be told already."""
    if not outcome.unjudged:
        sentence = (
            f"it became shorter while it was read; {counted(size, 'byte')} that it had"
            f" {'was' if size == 1 else 'were'} not judged"
        )
        outcome.problems.append(Problem(Location(name), "unreadable", sentence))
    outcome.unjudged = size


def _moved(problem: Problem, lines: int, records: int) -> Problem:
    at = problem.at
    place = Location(at.file, at.pointer, at.line and at.line + lines, at.column)
    return Problem(
        place,
        problem.rule,
        problem.sentence,
        problem.severity,
        problem.record + records,
        problem.value,
        problem.asserted,
    )


def _of_documents(
    name: str, payloads: Iterator[Payload], judge: Judge, enough: int
) -> Iterator[Piece]:
    outcome = Outcome()
    for payload in payloads:
        outcome.records += 1
        problems = judge.problems(payload)
        if problems:
            outcome.problems += problems
            outcome.refused.append((0, 0))
        if outcome.records == _TOGETHER or len(outcome.problems) >= enough:
            yield Piece(name, outcome)
            outcome = Outcome()
    if outcome.records:
        yield Piece(name, outcome)
