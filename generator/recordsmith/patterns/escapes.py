"""Escapes: what a backslash makes of what follows it, within brackets or without."""

from __future__ import annotations

import re
from typing import Literal, cast

from recordsmith.patterns.cursor import Cursor
from recordsmith.patterns.properties import is_property
from recordsmith.patterns.syntax import Character, Flags, Property, Shorthand

_CODE = re.compile(
    r"""
    u\{0*(?P<point>[0-9A-Fa-f]{1,6})\}
    | u(?P<pair>[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2})
    | u(?P<unit>[0-9A-Fa-f]{4})
    | x(?P<byte>[0-9A-Fa-f]{2})
    | c(?P<control>[A-Za-z])
    | (?P<letter>[fnrtv])
    | (?P<null>0(?![0-9]))
    | (?P<itself>[^0-9bBcdDkpPsSuwWx])
    """,
    re.VERBOSE,
)
"""Annex B lets a backslash stand before any character that means nothing else."""
_LETTERS = {"f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09, "v": 0x0B}
_SHORTHAND = re.compile(r"[dswDSW]")
_PROPERTY = re.compile(r"([pP])(?:\{([A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?)\})?")
_LAST = 0x10FFFF


def escape(cursor: Cursor, flags: Flags) -> Character | Shorthand | Property:
    """The escape whose backslash is just taken.  Raises `NotAPatternError`."""
    start = cursor.at - 1
    if found := cursor.scan(_SHORTHAND):
        letter = cast("Literal['d', 's', 'w']", found[0].lower())
        return Shorthand(letter, found[0].isupper(), flags.ignore_case)
    if found := cursor.scan(_PROPERTY):
        if not (found[2] and is_property(found[2])):
            raise cursor.error(f"`\\{found[0]}` is no property that is known", start)
        return Property(found[2], found[1] == "P", flags.ignore_case)
    found = cursor.scan(_CODE)
    code = _code(found) if found else None
    if code is None:
        raise cursor.error(f"`{cursor.text[start : start + 2]}` starts no escape", start)
    return Character(code, cursor.text[start : cursor.at], flags.ignore_case)


def _code(found: re.Match[str]) -> int | None:
    """The code point that is meant, if there is one."""
    digits = found[found.lastgroup or 0]
    match found.lastgroup:
        case "point" | "unit" | "byte":
            code = int(digits, 16)
            return code if code <= _LAST else None
        case "pair":
            high, low = (int(unit, 16) for unit in digits.split(r"\u"))
            return 0x10000 + (high - 0xD800 << 10) + (low - 0xDC00)
        case "control":
            return ord(digits) % 32
        case "letter":
            return _LETTERS[digits]
        case "null":
            return 0
        case _:
            return ord(digits)
