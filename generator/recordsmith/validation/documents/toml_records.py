"""TOML records: a file is one record; its dates and times are strings, as RFC 3339 has them.

What TOML forbids is `not-toml`; `nan` and `inf` are `not-json`.  An empty file is an empty record.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from recordsmith.positions import line_and_column
from recordsmith.problems import Problem, escaped
from recordsmith.validation.documents.spots import Place, Spot
from recordsmith.validation.documents.toml_spots import spots
from recordsmith.validation.texts import LARGEST, Payload, Start, mark_fault, text_of

_MOST_BITS = 14_280
"""What Python reads and writes in decimal."""
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class _StrangeError(ValueError):
    """JSON has no such value: its pointer, and why."""

    def __init__(self, pointer: str, sentence: str) -> None:
        self.pointer = pointer
        self.sentence = sentence
        super().__init__(sentence)


def records(stream: BinaryIO, name: str) -> Iterator[Payload]:
    """The one record of a stream that the user knows as `name`.  What that raises comes through."""
    start = Start(name)
    raw = b""
    while len(raw) <= LARGEST and (more := stream.read(LARGEST + 1 - len(raw))):
        raw += more
    yield start.too_large() if len(raw) > LARGEST else _payload(start, raw)


def _payload(start: Start, raw: bytes) -> Payload:
    text, fault = text_of(start, raw)
    if fault:
        return start.unreadable(text, (fault,))
    faults: tuple[Problem, ...] = ()
    if text.startswith("\ufeff"):
        text, faults = text[1:], (mark_fault(start, "TOML"),)
    try:
        value = _plain(tomllib.loads(text), "")
    except _StrangeError as error:
        fault = start.fault(_Finder()(text, error.pointer), "not-json", error.sentence)
    except RecursionError:
        fault = start.fault((1, 1), "too-deep", "the value is nested too deeply")
    except ValueError as error:
        fault = start.fault(*_syntax_fault(text, error))
    else:
        return replace(start.readable(text, value, faults), finder=_Finder())
    return start.unreadable(text, (*faults, fault))


class _Finder:
    """Finds where values stand; reads the text for that once."""

    def __init__(self) -> None:
        self._root: Spot | None = None

    def __call__(self, text: str, pointer: str) -> Place:
        if self._root is None:
            self._root = spots(text)
        return self._root.at(pointer)


def _plain(value: Any, pointer: str) -> Any:
    """The value with nothing but what JSON has.  Raises `_StrangeError`."""
    match value:
        case dict():
            return {key: _plain(part, f"{pointer}/{escaped(key)}") for key, part in value.items()}
        case list():
            return [_plain(part, f"{pointer}/{index}") for index, part in enumerate(value)]
        case dt.datetime() | dt.date() | dt.time():
            return _written(value)
        case float() if not math.isfinite(value):
            raise _StrangeError(
                pointer, "the number is not finite, or too large; JSON has none such"
            )
        case int() if value.bit_length() > _MOST_BITS:
            raise _StrangeError(pointer, "the number is too large to be read")
        case _:
            return value


def _written(value: dt.datetime | dt.date | dt.time) -> str:
    """As RFC 3339 writes it; the offset of UTC is `Z`."""
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _syntax_fault(text: str, error: ValueError) -> tuple[Place, str, str]:
    """The place, the rule and the sentence of what `tomllib` raises."""
    told = str(error)
    found = _PLACE.search(told)
    if not found:  # it is Python's refusal of a number
        return (1, 1), "not-json", "a number is too large to be read"
    place = line_and_column(text, len(text.rstrip()))
    if found[1]:
        place = min(place, (int(found[1]), int(found[2])))
    return place, "not-toml", f"the text is not TOML: {told[: found.start()]}"
