"""TOML spots: where the values of a TOML text stand, which `tomllib` does not tell.

A value stands where it is written; a table at its header, or at the first key that leads through
it; an array of tables at its first header.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from typing import Any

from recordsmith.validation.documents.spots import Place, Spot

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*""")
_STRING = re.compile(
    r""" "{3}(?:[^\\]|\\.)*?"{3,5} | '{3}.*?'{3,5} | "(?:[^"\\]|\\.)*" | '[^']*' """,
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"[^,\]}\r\n#]*")


def spots(text: str) -> Spot:
    """Where the values of a text stand that `tomllib` reads."""
    return _Scan(text).root()


class _Scan:
    """A text, and how far it was gone through."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._feeds = [-1, *(found.start() for found in re.finditer("\n", text))]

    def root(self) -> Spot:
        """Where the whole stands."""
        root: dict[str, Spot] = {}
        table = root
        while self._skip():
            if self._sign() == "[":
                table = self._header(root)
            else:
                self._field(table)
        return Spot(place=(1, 1), parts=root)

    def _skip(self) -> str:
        """Go to the next character that is no blank and in no comment; empty at the end."""
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._sign()

    def _sign(self) -> str:
        return self._text[self._at : self._at + 1]

    def _place(self, offset: int) -> Place:
        line = bisect_left(self._feeds, offset)
        return line, offset - self._feeds[line - 1]

    def _header(self, root: dict[str, Spot]) -> dict[str, Spot]:
        """Go through a header; the table that it opens."""
        place = self._place(self._at)
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        *path, (last, _) = self._keys()
        self._at += brackets
        above = self._below(root, path)
        table: dict[str, Spot] = {}
        if brackets == 1:
            table = _parts(above[last]) if last in above else table
            above[last] = Spot(place=place, parts=table)
        else:
            items: Any = above.setdefault(last, Spot(place=place, parts=[])).parts
            items.append(Spot(place=place, parts=table))
        return table

    def _below(self, table: dict[str, Spot], path: list[tuple[str, int]]) -> dict[str, Spot]:
        """The table to which keys lead."""
        for key, offset in path:
            table = _parts(table.setdefault(key, Spot(place=self._place(offset), parts={})))
        return table

    def _field(self, table: dict[str, Spot]) -> None:
        """Go through a key and its value."""
        *path, (last, _) = self._keys()
        self._at += 1
        self._below(table, path)[last] = self._value()

    def _keys(self) -> list[tuple[str, int]]:
        """Go through a key; its parts, each with its offset."""
        keys = []
        while found := _KEY.match(self._text, self._at):
            keys.append((_unquoted(found[1]), found.start(1)))
            self._at = found.end()
            if self._sign() != ".":
                break
            self._at += 1
        return keys

    def _value(self) -> Spot:
        sign = self._skip()
        place = self._place(self._at)
        if sign not in ("[", "{"):
            found = (_STRING if sign in "\"'" else _WORD).match(self._text, self._at)
            self._at = found.end() if found else self._at
            return Spot(place=place)
        items: list[Spot] = []
        fields: dict[str, Spot] = {}
        self._at += 1
        while self._skip() not in ("]", "}"):
            if sign == "[":
                items.append(self._value())
            else:
                self._field(fields)
            self._at += self._skip() == ","
        self._at += 1
        return Spot(place=place, parts=items if sign == "[" else fields)


def _parts(spot: Spot) -> Any:
    """The fields of a table; of several, those of the last."""
    return _parts(spot.parts[-1]) if isinstance(spot.parts, list) else spot.parts


def _unquoted(key: str) -> str:
    if key[0] not in "\"'":
        return key
    name: str = tomllib.loads(f"key = {key}")["key"]
    return name
