"""Engines: what tells, of many lines at once, which are certainly valid records.

The lines that an engine doubts are judged by the one that knows all, `Validator`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

FEW = 4 * 2**20
"""Bytes that are judged by the time that a schema is compiled."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that is not certainly valid."""

    line: int
    """Its index, from 0."""
    record: int
    """The index of the record, from 0: blank lines are none."""
    start: int
    end: int
    """The bytes of the line, without its line feed."""
    is_json: bool = False
    """Whether the line certainly is JSON that all parsers read alike."""
    member: int = 0
    """Where the value starts of the only member of the record that is in doubt; 0 if unknown.

    If it is known, the record is valid if that value is, by what `properties` says of it.
    """


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of some lines."""

    lines: int
    records: int
    """The lines that are not blank."""
    doubts: list[Doubt]


class Engine(Protocol):
    """Judges lines that are read into its room.  Not to be shared between threads."""

    def room(self, size: int) -> memoryview:
        """So many bytes of memory for lines; what the last room held, it begins with."""
        ...

    def judge(self, size: int) -> Judged:
        """What is certain of so many bytes in the room: lines, each of which ends in a line feed.

        What stands behind them in the room is lost.
        """
        ...


class Doubtful:
    """The engine that doubts every record."""

    def __init__(self) -> None:
        self._room = bytearray()

    def room(self, size: int) -> memoryview:
        """The memory for lines."""
        if size > len(self._room):
            self._room = self._room + bytes(size - len(self._room))  # others may look at the old
        return memoryview(self._room)[:size]

    def judge(self, size: int) -> Judged:
        """All lines that are not blank."""
        lines = bytes(self._room[:size]).split(b"\n")[:-1]
        doubts: list[Doubt] = []
        start = 0
        for index, line in enumerate(lines):
            if line.strip(b" \t\r"):
                doubts.append(Doubt(index, len(doubts), start, start + len(line)))
            start += len(line) + 1
        return Judged(len(lines), len(doubts), doubts)
