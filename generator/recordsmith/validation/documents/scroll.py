"""Scroll: a text that is read from the front, and forgotten behind."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from recordsmith.validation.texts import LARGEST

_BLOCK = 1 << 18
_SIGN = re.compile(r"[^ \t\r\n]")
_ESCAPED = re.compile("[\udc80-\udcff]")


class Scroll:
    """The text of a stream from where its reader is on; he knows the line and the column.

    A byte that is not UTF-8 is half of a surrogate pair, and one character to the columns.  What
    the stream raises comes through, and what was read before is kept.
    """

    def __init__(self, head: bytes, rest: BinaryIO, line: int) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._rest = rest
        self._has_escaped = False
        self.text = ""
        self.at = 0
        self.line = line
        self.column = 1
        self._add(head)
        self.has_mark = self.text.startswith("\ufeff")
        """Whether a byte order mark stood in front; it has no column."""
        self.text = self.text.removeprefix("\ufeff")

    def _add(self, raw: bytes) -> None:
        piece = self._decoder.decode(raw, final=not raw)
        self._has_escaped |= not piece.isascii() and _ESCAPED.search(piece) is not None
        self.text = self.text[self.at :] + piece
        self.at = 0

    def more(self) -> bool:
        """Read on; the reader is at 0 then.  False at the end."""
        size = len(self.text) - self.at
        missing = LARGEST + 1 - size
        raw = self._rest.read(max(_BLOCK, min(size, missing)))  # so it is copied a few times
        self._add(raw)
        return bool(raw) or len(self.text) > size

    def advance(self, to: int) -> None:
        """Go to an offset in the text."""
        feeds = self.text.count("\n", self.at, to)
        if feeds:
            self.line += feeds
            self.column = to - self.text.rfind("\n", self.at, to)
        else:
            self.column += to - self.at
        self.at = to

    def sign(self) -> str:
        """Go to the next character that is no blank; empty at the end."""
        while not (found := _SIGN.search(self.text, self.at)):
            self.advance(len(self.text))
            if not self.more():
                return ""
        self.advance(found.start())
        return found[0]

    def is_utf8(self, text: str) -> bool:
        """Whether a piece of the text was UTF-8."""
        return not self._has_escaped or not _ESCAPED.search(text)
