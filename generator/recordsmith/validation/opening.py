"""Opening: the first lines of a file of JSON, which tell whether each line is a record."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import BinaryIO, TypeAlias

from recordsmith.strict_json import (
    BLANK,
    AmbiguousJsonError,
    NotJsonError,
    has_too_many_values,
    is_of_control,
    parse,
)
from recordsmith.validation.texts import LARGEST
from recordsmith.validation.unreadable import BrokenInputError

_SAMPLE = 100
"""How many lines tell broken JSON Lines from a broken document."""
_CHUNK = 1 << 16
"""The bytes to have, at least, before looking again whether a document can still become one."""
_WINDOW = 1 << 20
"""The bytes that tell an array of records from records that are arrays."""
_MOST_BLANK = 8 * _WINDOW
"""Behind more that is blank, each line is a record."""

_PAIRS = b"{}", b"[]"
_STARTS = b"{", b"["
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*\[")

_Take: TypeAlias = Callable[[int], bytes]
"""What takes some bytes, or a line; nothing at the end, and where the stream breaks off."""


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
    lines: list[bytes | bytearray] = field(default_factory=list)
    """The next, as far as they tell something; the last may be several."""

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
        if len(opening.blank) >= _MOST_BLANK:
            opening.lines.append(first)
            return opening
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


def is_blank(raw: bytes | bytearray) -> bool:
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
    if len(lines[0]) > _WINDOW and not holds and _are_alike(lines, take):
        return Shape.LINES
    state = _first_telling(lines, take, holds=holds)
    if len(lines) == 1 and (state is _State.WHOLE or len(lines[0]) > LARGEST):
        are_records = not holds or _has_more(lines, take)
    elif holds and state is _State.UNFINISHED:
        are_records = False
    else:
        while state is not _State.UNFINISHED and _may_grow(lines) and (raw := take(LARGEST)):
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


def _first_telling(lines: list[bytes | bytearray], take: _Take, *, holds: bool) -> _State:
    """Take lines until what they are together tells what the file is, or there are no more."""
    most = _WINDOW if holds else LARGEST
    size, due = sum(map(len, lines)), 0
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
        _add(lines, raw)
        size += len(raw)
    return _state(b"".join(lines)) if holds and size <= most else _State.UNFINISHED


def _add(lines: list[bytes | bytearray], raw: bytes) -> None:
    """Keep a line; what is no part of the sample is kept as one, for lines may be very many."""
    if len(lines) < _SAMPLE:
        lines.append(raw)
    elif len(lines) == _SAMPLE:
        lines.append(bytearray(raw))
    else:
        lines[-1] += raw


def _are_alike(lines: list[bytes | bytearray], take: _Take) -> bool:
    """Whether a large line ends as it starts, and another that follows it starts so, too.

    To read it would take many times its room.
    """
    ends = _ends(lines[0])
    return ends in _PAIRS and (not _has_more(lines, take) or _ends(lines[-1])[:1] == ends[:1])


def _ends(raw: bytes | bytearray) -> bytes:
    """The first byte and the last, without the space around."""
    return bytes(raw[:_CHUNK].lstrip()[:1] + raw[-_CHUNK:].rstrip()[-1:])


def _may_grow(lines: list[bytes | bytearray]) -> bool:
    """Whether more lines may be taken to see what most of them are."""
    return len(lines) < _SAMPLE and sum(map(len, lines)) < LARGEST


def _has_more(lines: list[bytes | bytearray], take: _Take) -> bool:
    """Whether another line has a value; lines are taken up to there."""
    while raw := take(_WINDOW):
        lines.append(raw)
        if not is_blank(raw):
            return True
    return False


def _are_records(lines: list[bytes | bytearray], *, holds: bool) -> bool:
    """Whether at least half of the first lines are values; an ambiguous record counts.

    Or at least half of the others start as the first does, and no document goes on so behind it.
    """
    sample = [raw for raw in lines[:_SAMPLE] if not is_blank(raw)]
    values = [raw for raw in sample if _is_value(raw)]
    if len(sample) > holds and len(sample) <= 2 * len(values):
        return True
    first, *others = sample
    alike = [raw for raw in others if raw[:1] == first[:1]]
    goes_on = first[:1] not in _STARTS or _state(first + first[:1]) is _State.UNFINISHED
    return not goes_on and 0 < len(others) <= 2 * len(alike)


def _is_value(raw: bytes | bytearray) -> bool:
    state = _state(raw)
    return state is _State.WHOLE or (state is _State.AMBIGUOUS and _is_closed(raw))


def _is_closed(raw: bytes | bytearray) -> bool:
    """Whether these are brackets that match, and nothing else."""
    from recordsmith.validation.documents.structure import Structure

    text = raw.decode("utf-8").removeprefix("\ufeff").strip()
    return text[0] in "{[" and Structure().end(text, 0) == len(text)


def _state(raw: bytes | bytearray) -> _State:
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        if has_too_many_values(text):
            return _State.WHOLE if _ends(raw) in _PAIRS else _State.UNFINISHED
        parse(text)
    except AmbiguousJsonError:
        return _State.AMBIGUOUS
    except NotJsonError as error:
        at_end = error.offset >= len(text.rstrip(BLANK)) and not is_of_control(error.sentence)
        return _State.UNFINISHED if at_end else _State.BROKEN
    except UnicodeDecodeError:
        return _State.BROKEN
    return _State.WHOLE
