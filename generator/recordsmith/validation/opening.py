"""Opening: the first lines of a file of JSON, which tell whether each line is a record."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import BinaryIO, TypeAlias

from recordsmith.strict_json import AmbiguousJsonError, NotJsonError, parse
from recordsmith.validation.texts import LARGEST
from recordsmith.validation.unreadable import BrokenInputError

_SAMPLE = 100
"""How many lines tell broken JSON Lines from a broken document."""
_CHUNK = 1 << 16
"""The bytes to have, at least, before looking again whether a document can still become one."""
_WINDOW = 1 << 20
"""The bytes that tell an array of records from records that are arrays."""

_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*\[")

_Take: TypeAlias = Callable[[int], bytes]
"""What takes a line, or as much of it; nothing at the end, and where the stream breaks off."""


class Shape(Enum):
    """What a file is."""

    LINES = "a record on each line"
    DOCUMENT = "one value"
    ARRAY = "an array of records"


@dataclass(slots=True)
class Opening:
    """The bytes that were taken from a file to tell what it is."""

    shape: Shape = Shape.LINES
    blank: bytearray = field(default_factory=bytearray)
    """The lines without anything before the first."""
    lines: list[bytes] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The number of the first line that is not blank."""
        return self.blank.count(b"\n") + 1

    @property
    def raw(self) -> bytes:
        """What was taken, from that line on."""
        return b"".join(self.lines)


def opening_of(stream: BinaryIO, *, takes_arrays: bool) -> Opening:
    """Take as much of a file as tells what it is; an array is one record if `takes_arrays`.

    A stream that breaks off meanwhile does so again for who reads on.
    """
    opening = Opening()
    take = _taker(stream)
    first = take(_WINDOW)
    while first and is_blank(first):
        opening.blank += first
        first = take(_WINDOW)
    opening.lines.append(first)
    holds = not takes_arrays and _ARRAY.match(first) is not None
    if len(first) == _WINDOW and holds:
        opening.shape = Shape.ARRAY
    elif first:
        if not first.endswith(b"\n"):
            opening.lines[0] += take(LARGEST)
        opening.shape = _shape(opening, take, holds=holds)
    return opening


def is_blank(raw: bytes) -> bool:
    """Whether a line has no value, not even a broken one."""
    return not raw.strip(b" \t\r\n")


def _taker(stream: BinaryIO) -> _Take:
    def take(size: int) -> bytes:
        try:
            return stream.readline(size)
        except BrokenInputError:
            return b""

    return take


def _shape(opening: Opening, take: _Take, *, holds: bool) -> Shape:
    """What the file is that opens so; an array if it `holds` its records."""
    lines = opening.lines
    state = _first_telling(lines, take, holds=holds)
    if len(lines) == 1 and (state is _State.WHOLE or len(lines[0]) > LARGEST):
        are_records = not holds or _has_more(lines, take)
    elif holds and state is _State.UNFINISHED:
        are_records = False
    else:
        while state is not _State.UNFINISHED and len(lines) < _SAMPLE and (raw := take(LARGEST)):
            lines.append(raw)
        are_records = _are_records(lines, holds=holds) and _state(opening.raw) is not _State.WHOLE
    if are_records:
        return Shape.LINES
    return Shape.ARRAY if holds else Shape.DOCUMENT


class _State(Enum):
    WHOLE = "a value"
    UNFINISHED = "a value, if more follows"
    AMBIGUOUS = "a value to lenient parsers"
    BROKEN = "no value, whatever follows"


def _first_telling(lines: list[bytes], take: _Take, *, holds: bool) -> _State:
    """Take lines until what they are together tells what the file is, or there are no more."""
    most = _WINDOW if holds else LARGEST
    size, due = len(lines[0]), 0
    while size <= most:
        if size >= due:
            state, due = _state(b"".join(lines)), max(2 * size, _CHUNK)
            if state in (_State.AMBIGUOUS, _State.BROKEN):
                return state
            if state is _State.WHOLE and len(lines) == 1:
                return state
        raw = take(most + 1 - size)
        if not raw:
            break
        lines.append(raw)
        size += len(raw)
    return _state(b"".join(lines)) if holds and size <= most else _State.UNFINISHED


def _has_more(lines: list[bytes], take: _Take) -> bool:
    """Whether another line has a value; lines are taken up to there."""
    while raw := take(_WINDOW):
        lines.append(raw)
        if not is_blank(raw):
            return True
    return False


def _are_records(lines: list[bytes], *, holds: bool) -> bool:
    """Whether at least half of the first lines are values; an ambiguous record counts."""
    sample = [raw for raw in lines[:_SAMPLE] if not is_blank(raw)]
    values = [raw for raw in sample if _is_value(raw)]
    return len(sample) > holds and len(sample) <= 2 * len(values)


def _is_value(raw: bytes) -> bool:
    state = _state(raw)
    return state is _State.WHOLE or (state is _State.AMBIGUOUS and _is_closed(raw))


def _is_closed(raw: bytes) -> bool:
    """Whether these are brackets that match, and nothing else."""
    from recordsmith.validation.documents.structure import Structure

    text = raw.decode("utf-8").removeprefix("\ufeff").strip()
    return text[0] in "{[" and Structure().end(text, 0) == len(text)


def _state(raw: bytes) -> _State:
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        parse(text)
    except AmbiguousJsonError:
        return _State.AMBIGUOUS
    except NotJsonError as error:
        at_end = error.offset >= len(text.rstrip())
        return _State.UNFINISHED if at_end else _State.BROKEN
    except UnicodeDecodeError:
        return _State.BROKEN
    return _State.WHOLE
