"""Positions: the line and column at which a JSON Pointer's value stands in a JSON text.

Only a problem needs one, so a text is scanned then, and not when it is loaded.
"""

from __future__ import annotations

import re
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]

from recordsmith.problems import unescaped

_SPACE = re.compile(r"[ \t\r\n]*")
_KEY = re.compile(r'"((?:[^"\\]|\\.)*+)"[ \t\r\n]*:[ \t\r\n]*', re.DOTALL)
_SCALARS = re.compile(r'(?:"(?:[^"\\]|\\.)*+"|[^"\[\]{},\s]++)[ \t\r\n]*', re.DOTALL)
"""A value that holds no others, and the space behind it."""
_DECODER = JSONDecoder(strict=False)


def locate(text: str, pointer: str) -> tuple[int, int]:
    """The line and column, from 1, of the value at `pointer`, or of its nearest ancestor.

    `text` is JSON in which no key stands twice.
    """
    offset = _after_space(text, 0)
    for token in pointer.split("/")[1:]:
        found = _child(text, offset, unescaped(token))
        if found is None:
            break
        offset = found
    return line_and_column(text, offset)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column, from 1, of the character at `offset`."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _after_space(text: str, offset: int) -> int:
    space = _SPACE.match(text, offset)
    return space.end() if space else offset


def _child(text: str, offset: int, token: str) -> int | None:
    """The offset of the member `token` of the object or array that starts at `offset`."""
    is_object = text[offset : offset + 1] == "{"
    if not is_object and text[offset : offset + 1] != "[":
        return None
    index = 0
    at = _after_space(text, offset + 1)
    while text[at] not in "}]":
        if is_object:
            member = _KEY.match(text, at)
            if member is None:
                return None
            at = member.end()
            if _is_key(member[1], token):
                return at
        elif str(index) == token:
            return at
        at = _behind(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)
        index += 1
    return None


def _is_key(written: str, token: str) -> bool:
    if "\\" not in written:
        return written == token
    key: str = scanstring(f'{written}"', 0, False)[0]
    return key == token


def _behind(text: str, offset: int) -> int:
    """Behind the value at `offset` and the space that follows."""
    scalar = _SCALARS.match(text, offset)
    if scalar:
        return scalar.end()
    return _after_space(text, _DECODER.raw_decode(text, offset)[1])
