"""Positions: the line and column at which a JSON Pointer's value stands in a JSON text.

Only a problem needs one, so a text is scanned then, and not when it is loaded.
"""

from __future__ import annotations

import re
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]

from recordsmith.problems import unescaped

_SPACE = re.compile(r"[ \t\r\n]*")
_SCALAR = r'(?:"(?:[^"\\]|\\.)*+"|[^"\[\]{},\s]++)'
"""A value that holds no others."""
_MEMBER = re.compile(
    rf'"((?:[^"\\]|\\.)*+)"[ \t\r\n]*:[ \t\r\n]*(?:{_SCALAR}[ \t\r\n]*(?:,[ \t\r\n]*)?)?', re.DOTALL
)
"""A key, and what follows it: all up to the next key, or a container."""
_ITEM = re.compile(rf"{_SCALAR}[ \t\r\n]*(?:,[ \t\r\n]*)?", re.DOTALL)
_NEXT = re.compile(r"[ \t\r\n]*(?:,[ \t\r\n]*)?")
_VALUE = re.compile(r'"(?:[^"\\]|\\.)*+"[ \t\r\n]*:[ \t\r\n]*', re.DOTALL)
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
    match text[offset : offset + 1]:
        case "{":
            return _property(text, _after_space(text, offset + 1), token)
        case "[" if token.isdecimal():
            return _item(text, _after_space(text, offset + 1), int(token))
        case _:
            return None


def _property(text: str, at: int, name: str) -> int | None:
    """The offset of the value of a property of the object whose first key is at `at`."""
    while member := _MEMBER.match(text, at):
        if _is_key(member[1], name):
            value = _VALUE.match(text, at)
            return value.end() if value else None
        at = _behind(text, member.end())
    return None


def _item(text: str, at: int, index: int) -> int | None:
    """The offset of an item of the array whose first item is at `at`."""
    for _ in range(index):
        scalar = _ITEM.match(text, at)
        at = scalar.end() if scalar else _behind(text, at)
        if text[at : at + 1] in ("]", ""):
            return None
    return None if text[at : at + 1] == "]" else at


def _is_key(written: str, token: str) -> bool:
    if "\\" not in written:
        return written == token
    key: str = scanstring(f'{written}"', 0, False)[0]
    return key == token


def _behind(text: str, at: int) -> int:
    """Behind a container that may start at `at`, and the comma that may follow it."""
    if text[at : at + 1] not in ("{", "["):
        return at
    found = _NEXT.match(text, _DECODER.raw_decode(text, at)[1])
    return found.end() if found else at
