"""Payloads: the records of a file that is one JSON value or JSON Lines, one at a time."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain, islice
from typing import Any, BinaryIO

from recordsmith.positions import line_and_column, locate
from recordsmith.problems import Location, Problem
from recordsmith.validation.strict_json import AmbiguousJsonError, NotJsonError, parse

_BLANK = b" \t\r\n"
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
    lines = enumerate(file, 1)
    opening = _opening(lines)
    if _are_records(opening):
        for number, raw in chain(opening, lines):
            if raw.strip(_BLANK):
                yield _payload(name, number, raw)
    elif _written(opening):
        yield _payload(name, 1, b"".join(raw for _, raw in opening))


class _State(Enum):
    WHOLE = "a value"
    UNFINISHED = "a value, if more follows"
    AMBIGUOUS = "a value to lenient parsers"
    BROKEN = "no value, whatever follows"


def _opening(lines: Iterator[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """The first lines, up to where they show what the file is; for a document, all of them."""
    found: list[tuple[int, bytes]] = []
    size, due = 0, 1
    for number, raw in lines:
        found.append((number, raw))
        size += len(raw)
        if size < due or not _written(found):
            continue
        state = _state(b"".join(raw for _, raw in found))
        if state is _State.WHOLE and due == 1:
            break
        if state in (_State.AMBIGUOUS, _State.BROKEN):
            return found + list(islice(lines, max(0, _SAMPLE - len(found))))
        due = max(2 * size, _CHUNK)
    return found


def _written(lines: Iterable[tuple[int, bytes]]) -> list[bytes]:
    return [raw for _, raw in lines if raw.strip(_BLANK)]


def _are_records(opening: list[tuple[int, bytes]]) -> bool:
    """Whether at least half of the first lines are values, ambiguous or not."""
    sample = _written(opening)[:_SAMPLE]
    values = [raw for raw in sample if _state(raw) in (_State.WHOLE, _State.AMBIGUOUS)]
    return 0 < len(sample) <= 2 * len(values)


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
    faults = ()
    if text.startswith("\ufeff"):
        sentence = "a byte order mark is not JSON; save the file without one"
        faults = (_fault(name, line, (text, 0), "not-json", sentence),)
        text = text[1:]
    try:
        return Payload(file=name, line=line, text=text, value=parse(text), faults=faults)
    except NotJsonError as error:
        fault = _fault(name, line, (text, error.offset), error.rule, error.sentence)
        return Payload(
            file=name, line=line, text=text, readable=False, faults=(*faults, fault)
        )


def _fault(name: str, line: int, place: tuple[str, int], rule: str, sentence: str) -> Problem:
    """A problem at `place`, an offset in a text that starts at `line` of the file."""
    down, column = line_and_column(*place)
    return Problem(Location(name, "", line + down - 1, column), rule, sentence)
