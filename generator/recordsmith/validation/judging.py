"""Judging: chunks of JSON Lines, by an engine that is quick and, in doubt, by the exact one."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import get_ident
from typing import TYPE_CHECKING, Any

from recordsmith.problems import Problem
from recordsmith.validation.checking import LARGE, MOST, judged
from recordsmith.validation.chunks import Chunk, Overlong, Source
from recordsmith.validation.engines import Doubt, Doubtful, Engine
from recordsmith.validation.texts import LARGEST, Payload, Start, line_payload, member_payload
from recordsmith.validation.validator import Validator

if TYPE_CHECKING:
    from recordsmith.validation.compiled.module import Loaded

_BLOCK = 1 << 19
"""Bytes to judge at once: few enough to stay in the cache."""
_TAIL = 1 << 12
MANY = 2_000
"""Problems that are told of together; with more, the rest of a chunk is a chunk of its own."""


@dataclass(slots=True)
class Outcome:
    """What came of a chunk; lines and records count from 0 where the chunk starts."""

    bytes: int = 0
    lines: int = 0
    records: int = 0
    problems: list[Problem] = field(default_factory=list)
    refused: list[tuple[int, int]] = field(default_factory=list)
    """For each invalid record, its first byte and the one behind it, without the line feed."""
    unjudged: int = 0
    """Bytes of which nothing is known."""
    rest: int = 0
    """Bytes behind these that are still to be judged: there are problems enough already."""

    @property
    def invalid(self) -> int:
        """How many records are invalid."""
        return len(self.refused)


class Judge(ABC):
    """Judges chunks.  It can be handed to another process."""

    def __init__(self) -> None:
        self._loaded: Loaded | None = None
        self._engines: dict[tuple[int, int], Engine] = {}

    @property
    @abstractmethod
    def takes_arrays(self) -> bool:
        """Whether an array may be a record; if not, it holds records."""

    @abstractmethod
    def problems(self, payload: Payload) -> Sequence[Problem]:
        """What is wrong with a record."""

    def compile(self) -> None:
        """Be faster from now on, where that can be."""
        return  # where nothing is known of the schema, nothing can be

    def judge(self, name: str, chunk: Chunk, enough: int = MANY) -> Outcome:
        """What is wrong with the records of a chunk of the file that the user knows as `name`.

        The record with which there are problems enough is the last that is judged.
        """
        if isinstance(chunk, Overlong):
            return _too_large(name, chunk)
        source = chunk.open()
        try:
            run = _Run(self, self._own_engine(), name, enough)
            outcome = run.run(source)
        finally:
            source.close()
        outcome.rest = len(chunk) - outcome.bytes if run.is_enough else 0
        return outcome

    def _own_engine(self) -> Engine:
        """The engine of this thread of this process."""
        key = os.getpid(), get_ident()
        if key not in self._engines:
            self._engines[key] = engine_of(self._loaded)
        return self._engines[key]


class BySchema(Judge):
    """Judges all records by one schema."""

    def __init__(self, validator: Validator, loaded: Loaded | None = None) -> None:
        super().__init__()
        self._validator = validator
        self._loaded = loaded
        self._parts = {"": validator}

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process needs what both engines are made of."""
        return BySchema, (self._validator, self._loaded)

    @cached_property
    def takes_arrays(self) -> bool:
        """Whether the schema may accept an array."""
        return not self._validator.never_takes([])

    def problems(self, payload: Payload) -> Sequence[Problem]:
        """What the exact engine says; of a part of a record it is asked by what is said of that."""
        part = payload.within
        if part not in self._parts:
            self._parts[part] = self._validator.of_property(part)
        return judged(self._parts[part], payload)

    def compile(self) -> None:
        """Have the compiled schema tell what is certainly valid."""
        self._loaded = compiled(self._validator)
        self._engines.clear()


def compiled(validator: Validator) -> Loaded | None:
    """The validator's schema, compiled; None where it is too large, or wasmtime not at home."""
    try:
        from recordsmith.validation.compiled.module import loaded
    except (ImportError, OSError, RuntimeError):
        return None
    return loaded(validator.catalog, validator.document, validator.formats)


def engine_of(loaded: Loaded | None) -> Engine:
    """The engine that runs a compiled schema; one that doubts all, where there is none."""
    if loaded is None:
        return Doubtful()
    from recordsmith.validation.compiled.module import started

    return started(loaded) or Doubtful()


def _too_large(name: str, line: Overlong) -> Outcome:
    """What there is to say of a line that nobody has."""
    size = len(line)
    problems = [*Start(name).too_large().faults]
    return Outcome(size, 1, 1, problems, [(0, size)], unjudged=size)


class _Run:
    """The judging of one chunk."""

    def __init__(self, judge: Judge, engine: Engine, name: str, enough: int) -> None:
        self.judge = judge
        self.engine = engine
        self.name = name
        self.enough = enough
        self.outcome = Outcome()

    @property
    def is_enough(self) -> bool:
        """Whether no more is to be judged."""
        return len(self.outcome.problems) >= self.enough

    def run(self, source: Source) -> Outcome:
        size, filled = _BLOCK, 0
        while True:
            room = self.engine.room(size + 1)
            count = source.readinto(room[filled:size])
            filled += count
            cut = _behind_last_line(room, filled)
            if not count:
                self._last(room, filled)
                return self.outcome
            if cut:
                left = bytes(room[cut:filled])
                self._judge(room, cut)
                if self.is_enough:
                    return self.outcome
                room[: len(left)] = left
                filled = len(left)
            elif filled == size and size < LARGEST:
                size = min(2 * size, LARGEST)
            elif filled == size:
                filled = self._pass_over(room[:size], source)

    def _last(self, room: memoryview, filled: int) -> None:
        """Judge a line that does not end in a line feed."""
        if filled:
            room[filled] = ord("\n")
            self._judge(room, filled + 1)
            self.outcome.bytes -= 1
            self.outcome.lines -= 1

    def _judge(self, room: memoryview, size: int) -> None:
        outcome = self.outcome
        found = self.engine.judge(size)
        for doubt in found.doubts:
            if problems := self._problems(doubt, bytes(room[doubt.start : doubt.end])):
                outcome.problems += problems
                outcome.refused.append((outcome.bytes + doubt.start, outcome.bytes + doubt.end))
                if self.is_enough:
                    self._pass(doubt.end + 1, doubt.line + 1, doubt.record + 1)
                    return
        self._pass(size, found.lines, found.records)

    def _pass(self, size: int, lines: int, records: int) -> None:
        """Take so much for judged."""
        self.outcome.bytes += size
        self.outcome.lines += lines
        self.outcome.records += records

    def _problems(self, doubt: Doubt, raw: bytes) -> Sequence[Problem]:
        """What is wrong with a line; of a record that is not large, only a member is judged."""
        line = self.outcome.lines + doubt.line + 1
        number = self.outcome.records + doubt.record + 1
        if doubt.member and len(raw) < LARGE:
            at = doubt.member - doubt.start
            part = member_payload(self.name, raw, at, line=line, number=number)
            problems = self.judge.problems(part)
            if len(problems) <= MOST:
                return problems
        whole = line_payload(self.name, raw, line=line, number=number, is_json=doubt.is_json)
        return self.judge.problems(whole)

    def _pass_over(self, room: memoryview, source: Source) -> int:
        """Refuse a line that is too long; the bytes of the next that are in the room then."""
        outcome = self.outcome
        start = outcome.bytes
        outcome.bytes += len(room)
        behind, count = b"", len(room)
        while count and not behind:
            count = source.readinto(room)
            feed = bytes(room[:count])
            behind = feed[feed.find(b"\n") :] if b"\n" in feed else b""
            outcome.bytes += count - len(behind)
        outcome.lines += 1
        outcome.records += 1
        outcome.problems += Start(self.name, outcome.records, outcome.lines).too_large().faults
        outcome.refused.append((start, outcome.bytes))
        outcome.bytes += bool(behind)
        behind = behind[1:]
        room[: len(behind)] = behind
        return len(behind)


def _behind_last_line(room: memoryview, filled: int) -> int:
    """Behind the last line feed; 0 where there is none."""
    low = filled
    while low:
        high, low = low, max(0, low - _TAIL)
        found = bytes(room[low:high]).rfind(b"\n")
        if found >= 0:
            return low + found + 1
    return 0
