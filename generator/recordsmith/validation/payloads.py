"""Payloads: the records of a file that is one JSON value or JSON Lines, one at a time."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain, dropwhile, filterfalse, islice
from typing import Any, BinaryIO, TypeAlias

from recordsmith.positions import line_and_column, locate
from recordsmith.problems import Location, Problem
from recordsmith.strict_json import AmbiguousJsonError, NotJsonError, parse

_Line: TypeAlias = tuple[int, bytes]
"""A line's number and its bytes, line feed included."""

_SAMPLE = 100
"""How many lines tell broken JSON Lines from a broken document."""
_CHUNK = 1 << 16
"""The bytes to have, at least, before looking again whether a document can still become one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One record of a file, or the place where one should be."""

    file: str
    line: int
    """Where the text starts."""
    text: str
    value: Any = None
    readable: bool = True
    faults: tuple[Problem, ...] = ()
    """What is wrong with the text; none with the value, which a schema judges."""

    def locate(self, pointer: str) -> Location:
        """Where the value at `pointer` stands in the file."""
        line, column = locate(self.text, pointer)
        return Location(self.file, pointer, self.line + line - 1, column)


def payloads(file: BinaryIO, name: str) -> Iterator[Payload]:
    """The records of a file, which the user knows as `name`; what cannot be read has its faults.

    The content decides.  If the first line that is not blank is a JSON value, every line is a
    record: a file of one line is a document and JSON Lines alike.  Otherwise the file is one
    document, if it reads as one.  A file that is neither counts as JSON Lines if half of its first
    lines are values, and as a document with one fault if not.  JSON Lines are read line by line.
    """
    lines = dropwhile(_is_blank, enumerate(file, 1))
    opening = _opening(lines)
    if _are_records(opening):
        for number, raw in filterfalse(_is_blank, chain(opening, lines)):
            yield _payload(name, number, raw)
    elif opening:
        yield _payload(name, opening[0][0], b"".join(raw for _, raw in opening))


def _is_blank(line: _Line) -> bool:
    return not line[1].strip(b" \t\r\n")


class _State(Enum):
    WHOLE = "a value"
    UNFINISHED = "a value, if more follows"
    AMBIGUOUS = "a value to lenient parsers"
    BROKEN = "no value, whatever follows"


def _opening(lines: Iterator[_Line]) -> list[_Line]:
    """The first lines, up to where they show what the file is; for a document, all of them."""
    found: list[_Line] = []
    size, due = 0, 1
    for number, raw in lines:
        found.append((number, raw))
        size += len(raw)
        if size < due:
            continue
        state = _state(b"".join(raw for _, raw in found))
        if state is _State.WHOLE and len(found) == 1:
            break
        if state in (_State.AMBIGUOUS, _State.BROKEN):
            return found + list(islice(lines, max(0, _SAMPLE - len(found))))
        due = max(2 * size, _CHUNK)
    return found


def _are_records(opening: list[_Line]) -> bool:
    """Whether at least half of the first lines are values; an ambiguous record counts."""
    sample = [raw for _, raw in filterfalse(_is_blank, opening[:_SAMPLE])]
    values = [raw for raw in sample if _is_value(raw)]
    return 0 < len(sample) <= 2 * len(values)


def _is_value(raw: bytes) -> bool:
    state = _state(raw)
    return state is _State.WHOLE or (
        state is _State.AMBIGUOUS and raw.lstrip().startswith((b"{", b"["))
    )


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


def _payload(name: str, line: int, raw: bytes) -> Payload:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        sentence = f"the byte 0x{raw[error.start]:02X} is not UTF-8"
        fault = _fault(name, line, (before, len(before)), "not-utf-8", sentence)
        return Payload(file=name, line=line, text=before, readable=False, faults=(fault,))
    faults: tuple[Problem, ...] = ()
    if text.startswith("\ufeff"):
        sentence = "a byte order mark is not JSON; save the file without one"
        faults = (_fault(name, line, (text, 0), "not-json", sentence),)
        text = text[1:]
    try:
        return Payload(file=name, line=line, text=text, value=parse(text), faults=faults)
    except NotJsonError as error:
        offset = min(error.offset, len(text.rstrip()))
        fault = _fault(name, line, (text, offset), error.rule, error.sentence)
        return Payload(file=name, line=line, text=text, readable=False, faults=(*faults, fault))


def _fault(name: str, line: int, place: tuple[str, int], rule: str, sentence: str) -> Problem:
    """A problem at `place`, an offset in a text that starts at `line` of the file."""
    down, column = line_and_column(*place)
    return Problem(Location(name, "", line + down - 1, column), rule, sentence)
