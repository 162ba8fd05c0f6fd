"""Texts: one record's bytes, read strictly, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from recordsmith.positions import line_and_column, locate, offsets
from recordsmith.problems import Location, Problem, escaped
from recordsmith.strict_json import (
    MOST_VALUES,
    NotJsonError,
    has_too_many_values,
    parse,
    read_certain,
    read_start,
)

LARGEST = 32 * 2**20
"""Bytes of a record; a larger one is not read, and not kept in memory."""

Finder: TypeAlias = Callable[[str, str], tuple[int, int]]
"""What finds the line and the column in a text of the value at a pointer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One record of a file, or the place where one should be."""

    file: str
    number: int = 1
    """The number of the record in its file, from 1."""
    line: int
    """Where the text starts."""
    column: int = 1
    text: str
    value: Any = None
    readable: bool = True
    faults: tuple[Problem, ...] = ()
    """What is wrong with the text; none with the value, which a schema judges."""
    finder: Finder = field(default=locate, repr=False)
    within: str = ""
    """The pointer to the value in the record, where the text is no more than that."""

    def locate(self, pointer: str) -> Location:
        """Where the part at `pointer` of the value stands in the file."""
        return self.start.place(self.finder(self.text, pointer), pointer)

    def places(self, pointers: Iterable[str]) -> dict[str, Location]:
        """Where the parts at pointers of the value stand in the file, each of which there is."""
        wanted = dict.fromkeys(pointers)
        if self.finder is not locate:
            return {pointer: self.locate(pointer) for pointer in wanted}
        start, text = self.start, self.text
        found = offsets(text, wanted)
        return {one: start.place(line_and_column(text, found[one]), one) for one in wanted}

    @property
    def start(self) -> Start:
        """Where the text starts."""
        return Start(self.file, self.number, self.line, self.column, self.within)


@dataclass(frozen=True, slots=True)
class Start:
    """Where the text of a record starts in its file."""

    file: str
    number: int = 1
    line: int = 1
    column: int = 1
    within: str = ""
    """The pointer in the record to the value of which this is the start."""

    def place(self, inside: tuple[int, int], pointer: str = "") -> Location:
        """The place in the file of a line and a column, from 1, in the text."""
        line, column = inside
        right = self.column - 1 if line == 1 else 0
        return Location(self.file, self.within + pointer, self.line + line - 1, column + right)

    def fault(self, inside: tuple[int, int], rule: str, sentence: str) -> Problem:
        """What is wrong at a line and a column in the text."""
        return Problem(self.place(inside), rule, sentence, record=self.number)

    def readable(self, text: str, value: Any, faults: tuple[Problem, ...] = ()) -> Payload:
        """The record, which was read."""
        return self._payload(text, value, faults, is_readable=True)

    def unreadable(self, text: str, faults: tuple[Problem, ...]) -> Payload:
        """The record, which cannot be read."""
        return self._payload(text, None, faults, is_readable=False)

    def _payload(
        self, text: str, value: Any, faults: tuple[Problem, ...], *, is_readable: bool
    ) -> Payload:
        return Payload(
            file=self.file,
            number=self.number,
            line=self.line,
            column=self.column,
            text=text,
            value=value,
            readable=is_readable,
            faults=faults,
            within=self.within,
        )

    def too_large(self, most: str = f"is larger than {LARGEST >> 20} MiB") -> Payload:
        """The record, which is larger than `LARGEST`, or has too much else."""
        sentence = f"the record {most}; it was not judged"
        return self.unreadable("", (self.fault((1, 1), "too-large", sentence),))


def line_payload(
    name: str, raw: bytes, *, line: int, number: int, is_json: bool = False
) -> Payload:
    """The record that stands on a line of JSON Lines; `is_json` where that is certain already."""
    if is_json and len(raw) < MOST_VALUES:
        text = raw.decode("utf-8")
        value = read_certain(text)
        return Payload(file=name, number=number, line=line, text=text, value=value)
    return json_payload(Start(name, number, line), raw)


def member_payload(name: str, raw: bytes, at: int, *, line: int, number: int) -> Payload:
    """The value at a byte of a record on a line: of a member, whose key is written without escapes.

    It is certain that the line is JSON.
    """
    before = raw[:at].decode("utf-8")
    text = raw[at:].decode("utf-8")
    value, end = read_start(text)
    quote = before.rfind('"')
    key = before[before.rfind('"', 0, quote) + 1 : quote]
    return Payload(
        file=name,
        number=number,
        line=line,
        column=len(before) + 1,
        text=text[:end],
        value=value,
        within=f"/{escaped(key)}",
    )


def json_payload(start: Start, raw: bytes) -> Payload:
    """The record that a JSON text is, given as bytes; a byte order mark in front is a fault."""
    if len(raw) > LARGEST:
        return start.too_large()
    text, fault = text_of(start, raw)
    if fault:
        return start.unreadable(text, (fault,))
    if text.startswith("\ufeff"):
        return text_payload(start, text[1:], (mark_fault(start),))
    return text_payload(start, text)


def text_of(start: Start, raw: bytes) -> tuple[str, Problem | None]:
    """The text, up to the first byte that is not UTF-8, and what is wrong with that."""
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        sentence = f"the byte 0x{raw[error.start]:02X} is not UTF-8"
        return before, start.fault(line_and_column(before, len(before)), "not-utf-8", sentence)


def mark_fault(start: Start, language: str = "JSON") -> Problem:
    """What is wrong with a byte order mark; it counts for no column."""
    sentence = f"a byte order mark is not {language}; save the file without one"
    return start.fault((1, 1), f"not-{language.lower()}", sentence)


def text_payload(start: Start, text: str, faults: tuple[Problem, ...] = ()) -> Payload:
    """The record that a JSON text is; `faults` are known of it already."""
    if is_too_large(text):
        return start.too_large()
    if has_too_many_values(text):
        return start.too_large(f"has more than {MOST_VALUES:,} values")
    try:
        return start.readable(text, parse(text), faults)
    except NotJsonError as error:
        place = line_and_column(text, error.offset)
        fault = start.fault(place, error.rule, error.sentence)
        return start.unreadable(text, (*faults, fault))


def is_too_large(text: str) -> bool:
    """Whether the text, as UTF-8, is larger than `LARGEST`."""
    return 4 * len(text) > LARGEST and len(text.encode("utf-8", "surrogateescape")) > LARGEST
