"""Placing: where the values at some pointers in a record stand in its file.

The entries of a long history are found in one scan of the text, and not each from its start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from json import JSONDecoder

from recordsmith.positions import line_and_column, locate
from recordsmith.problems import Location, escaped
from recordsmith.validation import Payload
from recordsmith.validation.texts import Start

Tokens = tuple[str | int, ...]

_FEW = 8
"""So many scans are no matter."""
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = JSONDecoder(strict=False)


def pointer_of(tokens: Tokens) -> str:
    """The JSON Pointer of tokens."""
    return "".join(f"/{escaped(str(token))}" for token in tokens)


def places(payload: Payload, wanted: Iterable[Tokens], entries: str) -> dict[Tokens, Location]:
    """The place of each; most of them are of `entries`, a property that is a list."""
    listed = list(dict.fromkeys(wanted))
    indexes = {tokens[1] for tokens in listed if len(tokens) > 1 and tokens[0] == entries}
    found: dict[Tokens, Location] = {}
    if len(indexes) > _FEW and payload.finder is locate:
        start = Start(payload.file, payload.number, payload.line, payload.column)
        for index, offset in _offsets(payload.text, pointer_of((entries,))):
            if index in indexes:
                tokens = (entries, index)
                inside = line_and_column(payload.text, offset)
                found[tokens] = start.place(inside, pointer_of(tokens))
                indexes.remove(index)
            if not indexes:
                break
    return {one: found.get(one) or payload.locate(pointer_of(one)) for one in listed}


def _offsets(text: str, pointer: str) -> Iterator[tuple[int, int]]:
    """The index and the offset of each item of the array at a pointer, which is not empty."""
    at = _after_space(text, _offset(text, *locate(text, pointer)) + 1)
    index = 0
    while True:
        yield index, at
        _, at = _DECODER.raw_decode(text, at)
        at = _after_space(text, at)
        if text[at] != ",":
            return
        at = _after_space(text, at + 1)
        index += 1


def _offset(text: str, line: int, column: int) -> int:
    """The offset of a line and a column, both from 1."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def _after_space(text: str, offset: int) -> int:
    space = _SPACE.match(text, offset)
    return space.end() if space else offset
