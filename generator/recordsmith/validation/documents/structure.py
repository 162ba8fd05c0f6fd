"""Structure: how far a JSON value goes, by its brackets and its strings alone.

So the end is found of a value that is not read, be it broken, nested too deeply or too large.
"""

from __future__ import annotations

import re

_IN_STRING = re.compile(r'["\\\n]')
_OUTSIDE = re.compile(r'["{}\[\]]')
_BEHIND_WORD = re.compile(r'[,\]\[{"\n]')
_PAIR = {"}": ord("{"), "]": ord("[")}
_DEEPEST = 1 << 20
"""Levels; what is below is only counted."""


class Structure:
    """Goes along a value, which may come in pieces.

    A bracket closes the nearest one of its kind, and all that was opened after that.  A string
    that does not end on its line ends there.
    """

    def __init__(self) -> None:
        self.seen = 0
        """The characters of the value that were gone along."""
        self._open = bytearray()
        self._count = dict.fromkeys(_PAIR.values(), 0)
        self._below = 0
        self._in_string = False
        self._is_word: bool | None = None

    def end(self, text: str, start: int) -> int | None:
        """Behind the value that starts at `start` and goes on in `text`; None if it does not end.

        In the next call `text` is to have more of it.
        """
        if self._is_word is None:
            self._is_word = text[start] not in '{["'
            self.seen = int(self._is_word)
        at = start + self.seen
        if self._is_word:
            found = _BEHIND_WORD.search(text, at)
            self.seen = max(at, len(text)) - start
            return found.start() if found else None
        while found := (_IN_STRING if self._in_string else _OUTSIDE).search(text, at):
            at = found.end()
            end = self._in(found[0], at) if self._in_string else self._out(found[0], at)
            if end is not None:
                return end
            at += found[0] == "\\"
        self.seen = max(at, len(text)) - start
        return None

    def forget(self, count: int) -> None:
        """Take so many characters for gone from the front of the text."""
        self.seen -= count

    def _in(self, sign: str, at: int) -> int | None:
        if sign != "\\":
            self._in_string = False
            if not self._open:
                return at
        return None

    def _out(self, sign: str, at: int) -> int | None:
        if sign == '"':
            self._in_string = True
        elif sign in "{[":
            self._push(ord(sign))
        elif self._below:
            self._below -= 1
        else:
            return self._pop(_PAIR[sign], at)
        return None

    def _push(self, sign: int) -> None:
        if len(self._open) < _DEEPEST:
            self._open.append(sign)
            self._count[sign] += 1
        else:
            self._below += 1

    def _pop(self, sign: int, at: int) -> int | None:
        if not self._count[sign]:
            return at - 1 if sign == _PAIR["]"] else None
        while self._open[-1] != sign:
            self._count[self._open.pop()] -= 1
        self._count[self._open.pop()] -= 1
        return None if self._open else at
