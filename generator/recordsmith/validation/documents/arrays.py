"""Arrays: the elements of a JSON array as records, read as they are taken.

What is wrong with one leaves the others as they are: its end is found by its brackets and, where
they do not match, by the next line on which an element starts as it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from json import JSONDecodeError, JSONDecoder
from typing import BinaryIO

from recordsmith.problems import Problem
from recordsmith.validation.documents.scroll import Scroll
from recordsmith.validation.documents.structure import Structure
from recordsmith.validation.texts import (
    LARGEST,
    Payload,
    Start,
    json_payload,
    mark_fault,
    text_payload,
)

_DECODER = JSONDecoder()
_BRACKETED = '{["'
_BEHIND_WORD = ",] \t\r\n"
_HERE = 1, 1
_NO_COMMA = "a comma is missing before this value"


def elements(head: bytes, rest: BinaryIO, name: str, line: int) -> Iterator[Payload]:
    """The elements of the array that starts on `line` with `head`, and goes on with `rest`.

    A comma too many, a comma that is missing, and the end where there is none, are faults at their
    place; behind the array nothing is read.
    """
    return _Array(Scroll(head, rest, line), name).elements()


class _Array:
    """The array that a text is."""

    def __init__(self, scroll: Scroll, name: str) -> None:
        self._scroll = scroll
        self._name = name
        self._number = 0
        self._behind = 1, 1
        """The line and the column behind what was read."""

    def elements(self) -> Iterator[Payload]:
        """The elements, and the places where one should be."""
        scroll = self._scroll
        marked = scroll.has_mark
        scroll.sign()
        self._step()
        for payload in self._inside():
            yield _with(payload, mark_fault(Start(self._name))) if marked else payload
            marked = False
        if marked:
            start = Start(self._name)
            yield start.unreadable("", (mark_fault(start),))

    def _inside(self) -> Iterator[Payload]:
        before = "["
        while (sign := self._scroll.sign()) not in ("", "]"):
            if sign != ",":
                payload = self._element()
                if not before and payload.readable:
                    fault = payload.start.fault(_HERE, "not-json", _NO_COMMA)
                    payload = _with(payload, fault)
                yield payload
                before = "" if payload.readable else "broken"
            else:
                if before in ("[", ","):
                    yield self._missing("a value is missing before this comma")
                self._step()
                before = ","
        yield from self._end(sign, before)

    def _end(self, sign: str, before: str) -> Iterator[Payload]:
        if not sign:
            if before != "broken":
                yield self._missing("the array is not closed", behind=True)
            return
        if before == ",":
            yield self._missing("a value is missing behind the last comma")
        self._step()
        if self._scroll.sign():
            yield self._missing("there is more behind the array; it was not judged")

    def _step(self) -> None:
        """Go behind a character."""
        self._scroll.advance(self._scroll.at + 1)
        self._behind = self._scroll.line, self._scroll.column

    def _start(self) -> Start:
        """Where the next element starts, which is here."""
        self._number += 1
        return Start(self._name, self._number, self._scroll.line, self._scroll.column)

    def _missing(self, sentence: str, *, behind: bool = False) -> Payload:
        start = self._start()
        if behind:
            start = replace(start, line=self._behind[0], column=self._behind[1])
        return start.unreadable("", (start.fault(_HERE, "not-json", sentence),))

    def _element(self) -> Payload:
        scroll, start = self._scroll, self._start()
        structure = Structure()
        end = self._quick_end() or self._slow_end(structure, start.column)
        if end is None:
            self._pass_over(structure)
            return start.too_large()
        text = scroll.text[scroll.at : end].rstrip(" \t\r\n")
        scroll.advance(scroll.at + len(text))
        self._behind = scroll.line, scroll.column
        if scroll.is_utf8(text):
            return text_payload(start, text)
        return json_payload(start, text.encode("utf-8", "surrogateescape"))

    def _quick_end(self) -> int | None:
        """Behind the element, if it is one that can be read and ends here."""
        text, at = self._scroll.text, self._scroll.at
        try:
            _, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        is_whole = text[at] in _BRACKETED or (end < len(text) and text[end] in _BEHIND_WORD)
        return end if is_whole else None

    def _slow_end(self, structure: Structure, column: int) -> int | None:
        """Behind the element, whatever it is; None if it is too large."""
        scroll = self._scroll
        while len(scroll.text) - scroll.at <= LARGEST:
            ends = structure.end(scroll.text, scroll.at), self._before_next_alike(column)
            known = [end for end in ends if end is not None]
            if known:
                return min(known)
            if not scroll.more():
                return len(scroll.text)
        return None

    def _before_next_alike(self, column: int) -> int | None:
        """Behind the element, if it is broken and the next one starts below it."""
        text, at = self._scroll.text, self._scroll.at
        offset = _break(text, at)
        if offset is None or text[at] not in _BRACKETED:
            return None
        below = re.compile(rf"\n[ \t]{{{column - 1}}}" + re.escape(text[at]))
        found = below.search(text, offset)
        if not found:
            return None
        return at + len(text[at : found.start()].rstrip(" \t\r\n").removesuffix(","))

    def _pass_over(self, structure: Structure) -> None:
        """Go behind an element without keeping it."""
        scroll = self._scroll
        while (end := structure.end(scroll.text, scroll.at)) is None:
            structure.forget(len(scroll.text) - scroll.at)
            scroll.advance(len(scroll.text))
            if not scroll.more():
                return
        scroll.advance(end)


def _break(text: str, at: int) -> int | None:
    """Behind what is good of the value at `at`, if it is broken or is cut short."""
    try:
        _DECODER.raw_decode(text, at)
    except JSONDecodeError as error:
        return max(at + 1, len(text[: error.pos].rstrip(" \t\r\n")))
    except (ValueError, RecursionError):
        return None
    return None


def _with(payload: Payload, fault: Problem) -> Payload:
    return replace(payload, faults=(fault, *payload.faults))
