"""Positions: the line and column at which a JSON Pointer's value stands in a JSON text.

Only a problem needs one, so a text is scanned then, and not when it is loaded.
"""

from __future__ import annotations

import re
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]
from typing import Any

from recordsmith.problems import unescaped

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = JSONDecoder(strict=False)


def locate(text: str, pointer: str) -> tuple[int, int]:
    """The line and column, from 1, of the value at `pointer`, or of its nearest ancestor.

    `text` is JSON; of duplicate keys the last is meant, as for `json.loads`.
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
    opening = text[offset : offset + 1]
    if opening not in ("{", "["):
        return None
    found = None
    index = 0
    at = _after_space(text, offset + 1)
    while text[at] not in "}]":
        key: Any = str(index)
        if opening == "{":
            key, at = scanstring(text, at + 1)
            at = _after_space(text, _after_space(text, at) + 1)
        if key == token:
            found = at
        _, at = _DECODER.raw_decode(text, at)
        at = _after_space(text, at)
        at = _after_space(text, at + 1) if text[at] == "," else at
        index += 1
    return found
