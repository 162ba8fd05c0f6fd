"""Payloads: the records of a file, one at a time; what the file is decides how it is read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from recordsmith.validation.documents import named_documents
from recordsmith.validation.opening import Opening, Shape, is_blank, opening_of
from recordsmith.validation.texts import LARGEST, Payload, Start, json_payload, line_payload
from recordsmith.validation.unreadable import BrokenInputError

__all__ = ["LARGEST", "Documents", "Lines", "Payload", "line_payload", "payloads", "recognise"]


@dataclass(frozen=True, slots=True)
class Lines:
    """A file of JSON Lines: the bytes that were taken to see it, and where the others are."""

    head: bytes
    rest: BinaryIO


@dataclass(frozen=True, slots=True)
class Documents:
    """A file of anything else: its records, read as they are taken."""

    payloads: Iterator[Payload]


def recognise(stream: BinaryIO, name: str, *, takes_arrays: bool = True) -> Lines | Documents:
    """Tell what a file is that the user knows as `name`.

    It is YAML or TOML by the suffix of its name.  Otherwise the content decides.  If the first
    line that is not blank is a JSON value, every line is a record: a file of one line is a document
    and JSON Lines alike.  Otherwise the file is one document, if it reads as one.  A file that is
    neither counts as JSON Lines if half of its first lines are values, and as a document with one
    fault if not.

    A document that is an array, on one line or on several, is one record if `takes_arrays`;
    otherwise its elements are the records.
    """
    named = named_documents(stream, name, takes_arrays=takes_arrays)
    if named is not None:
        return Documents(named)
    opening = opening_of(stream, takes_arrays=takes_arrays)
    match opening.shape:
        case Shape.LINES:
            return Lines(bytes(opening.blank) + opening.raw, stream)
        case Shape.DOCUMENT:
            return Documents(_document(opening, stream, name))
        case Shape.ARRAY:
            from recordsmith.validation.documents.arrays import elements

            return Documents(elements(opening.raw, stream, name, opening.line))


def payloads(file: BinaryIO, name: str, *, takes_arrays: bool = True) -> Iterator[Payload]:
    """The records of a file, which the user knows as `name`; what cannot be read has its faults.

    The file is read as they are taken.
    """
    match recognise(file, name, takes_arrays=takes_arrays):
        case Lines(head, rest):
            yield from _of_lines(head, rest, name)
        case Documents(found):
            yield from found


def _of_lines(head: bytes, rest: BinaryIO, name: str) -> Iterator[Payload]:
    records = 0
    for line, raw in enumerate(_lines(head, rest), 1):
        if not is_blank(raw):
            records += 1
            yield line_payload(name, raw, line=line, number=records)


def _lines(head: bytes, rest: BinaryIO) -> Iterator[bytes]:
    """The lines; of one that is too large, as much as shows that."""
    for raw in chain(io.BytesIO(head), iter(lambda: rest.readline(LARGEST + 1), b"")):
        line = raw
        if not line.endswith(b"\n") and len(line) <= LARGEST:
            line += rest.readline(LARGEST + 1 - len(line))
        yield line
        while not line.endswith(b"\n") and (line := rest.readline(LARGEST)):
            pass


def _document(opening: Opening, stream: BinaryIO, name: str) -> Iterator[Payload]:
    """The one record; of one that the stream breaks off in nothing is told but that."""
    payload = json_payload(Start(name, 1, opening.line), opening.raw)
    try:
        stream.read(1)
    except BrokenInputError:
        if payload.readable:
            yield payload
        raise
    yield payload
