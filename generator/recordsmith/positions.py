"""Positions: the lines and columns at which JSON Pointers' values stand in a JSON text.

Only a problem needs one, so a text is scanned then, and not when it is loaded; and no more of it
than must be.  No key of an object stands twice in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]
from typing import TypeAlias, cast

from recordsmith.problems import unescaped

_INSIDE = r'[^"\\]*+(?:\\.[^"\\]*+)*+'
"""What stands between the quotes of a string."""
_SPACE = r"[ \t\r\n]*+"
_SCALAR = rf'(?:"{_INSIDE}"|[^"\[\]{{}}, \t\r\n]++)'
"""A value that holds no others."""
_BEFORE = r"[ \t\r\n,]*+"
_MEMBER = re.compile(rf'{_BEFORE}"({_INSIDE})"{_SPACE}:{_SPACE}({_SCALAR})?', re.DOTALL)
"""A key, and its value, if that is a scalar."""
_ITEM = re.compile(rf"{_BEFORE}({_SCALAR})?", re.DOTALL)
_INDEX = re.compile(r"[0-9]{1,9}")
_COLON = re.compile(rf"{_SPACE}:{_SPACE}")
_scan = JSONDecoder(strict=False).scan_once  # type: ignore[attr-defined] # it has one

_Wanted: TypeAlias = "dict[str, _Wanted]"
"""Tokens, and what is wanted below them."""


def locate(text: str, pointer: str) -> tuple[int, int]:
    """The line and column, from 1, of the value at `pointer`, or of its nearest ancestor."""
    found = {"": _top(text)}
    _find(text, "", _tree([pointer]), found)
    return line_and_column(text, found[_nearest(pointer, found)])


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column, from 1, of the character at `offset`."""
    feed = text.rfind("\n", 0, offset)
    return (1, offset + 1) if feed < 0 else (text.count("\n", 0, offset) + 1, offset - feed)


def offsets(text: str, pointers: Iterable[str]) -> dict[str, int]:
    """The offsets, from 0, of the values at pointers, each of which leads to one.

    One scan finds what cannot be seen without.
    """
    found: dict[str, int] = {}
    hidden: dict[str, list[str]] = {}
    for pointer in pointers:
        if pointer not in found:
            start = _seen(text, pointer, found)
            if start != pointer:
                hidden.setdefault(start, []).append(pointer)
    for start, below in hidden.items():
        _find(text, start, _tree(pointer[len(start) :] for pointer in below), found)
        found.update({pointer: found[_nearest(pointer, found)] for pointer in below})
    return found


def _seen(text: str, pointer: str, found: dict[str, int]) -> str:
    """The pointer, or one to an ancestor, whose value is found without a scan.

    A key that is a plain word, and stands once in a text that spells no letter by an escape, stands
    where the pointer leads.
    """
    start = pointer
    while start:
        parent, _, token = start.rpartition("/")
        if token.isidentifier() and token.isascii():
            key = f'"{token}"'
            at = text.find(key)
            behind = at + len(key)
            if at >= 0 and text.find(key, behind) < 0:
                colon = _COLON.match(text, behind)
                if colon and not ("\\" in text and "\\u" in text):
                    found[start] = colon.end()
                    return start
        start = parent
    found[""] = _top(text)
    return ""


def _top(text: str) -> int:
    return len(text) - len(text.lstrip(" \t\r\n"))


def _tree(pointers: Iterable[str]) -> _Wanted:
    tree: _Wanted = {}
    for pointer in pointers:
        below = tree
        for token in pointer.split("/")[1:]:
            below = below.setdefault(token, {})
    return tree


def _nearest(pointer: str, found: dict[str, int]) -> str:
    while pointer not in found:
        pointer = pointer.rpartition("/")[0]
    return pointer


def _find(text: str, pointer: str, wanted: _Wanted, found: dict[str, int]) -> None:
    """Find what is wanted below the value at `pointer`, which is found."""
    at = found[pointer]
    opening = text[at : at + 1] if wanted else ""
    match opening:
        case "{":
            _find_members(text, pointer, wanted, found)
        case "[":
            _find_items(text, pointer, wanted, found)


def _find_members(text: str, pointer: str, wanted: _Wanted, found: dict[str, int]) -> None:
    at, left = found[pointer] + 1, len(wanted)
    named = {unescaped(token): token for token in wanted}
    match = _MEMBER.match
    while member := match(text, at):
        at = member.end()
        key, scalar = member.groups()
        token = named.get(key if "\\" not in key else _key(key))
        if token is not None:
            below = f"{pointer}/{token}"
            found[below] = at - len(scalar or "")
            _find(text, below, wanted[token], found)
            left -= 1
            if not left:
                return
        if scalar is None:
            at = _scan(text, at)[1]


def _find_items(text: str, pointer: str, wanted: _Wanted, found: dict[str, int]) -> None:
    at = found[pointer] + 1
    index = 0
    last = max((int(token) for token in wanted if _INDEX.fullmatch(token)), default=-1)
    while index <= last:
        item = cast("re.Match[str]", _ITEM.match(text, at))
        is_scalar = item[1] is not None
        at = item.end()
        if not is_scalar and text[at : at + 1] not in ("{", "["):
            return
        token = str(index)
        if token in wanted:
            below = f"{pointer}/{token}"
            found[below] = item.start(1) if is_scalar else at
            _find(text, below, wanted[token], found)
        if not is_scalar:
            at = _scan(text, at)[1]
        index += 1


def _key(written: str) -> str:
    key: str = scanstring(f'{written}"', 0, False)[0]
    return key
