"""YAML feed: the text of a stream, one document after another, as PyYAML asks for it.

`---` at the start of a line begins a document, wherever it stands, and `...` ends one; so what is
wrong with one document leaves the next as it is.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

from recordsmith.validation.documents.spots import Place
from recordsmith.validation.texts import LARGEST

_PIECE = 1 << 14
_BEGIN = re.compile(r"---(?=[ \t\r\n]|$)")
_END = re.compile(r"\.\.\.(?=[ \t\r\n]|$)")
_BEFORE = re.compile(r"[ \t]*(?:#|\r?$)|%")
"""What may stand before a document."""
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff"
    r"\U0010fff0-\U0010fff2]"
)
"""What YAML has not, and three characters that stand for others below."""
_BREAKS = dict(zip("\x85\u2028\u2029", "\U0010fff0\U0010fff1\U0010fff2", strict=True))
"""What YAML 1.2 takes for no line break, and what it is to PyYAML."""
_HIDE = str.maketrans(_BREAKS)
_SHOW = str.maketrans({hidden: shown for shown, hidden in _BREAKS.items()})


@dataclass(frozen=True, slots=True)
class Cease:
    """Why a document is not fed to its end; at line 0 it is about the record as a whole."""

    place: Place
    rule: str
    sentence: str


class Feed:
    """The documents of a stream, of which one is read at a time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._held = ""
        self._starts_line = True
        self._has_begun = False
        self._is_over = True
        self._size = 0
        self._row, self._left = 1, 0
        self.line = 0
        """The lines before the document."""
        self.end: Place = 1, 1
        """Behind the last of it that was read and is no blank."""
        self.cease: Cease | None = None
        self._hides = False

    def begin(self) -> bool:
        """Go to the next document; False if there is none."""
        while self._next():
            pass
        self.line += self._row - 1
        self._row, self._left, self.end = 1, 0, (1, 1)
        self._size, self.cease = 0, None
        self._has_begun = self._is_over = False
        self._held = self._held or self._take()
        return bool(self._held)

    def begin_record(self) -> None:
        """Count anew what must not be too large."""
        self._size = 0

    def read(self, _: int) -> str:
        """Some more of the document; empty at its end, and where it ceases."""
        if self.cease:
            return ""
        row, left = self._row, self._left
        piece = self._next()
        self._size += len(piece) if piece.isascii() else len(piece.encode("utf-8", "replace"))
        if self._size > LARGEST:
            sentence = f"the record is larger than {LARGEST >> 20} MiB; it was not judged"
            self.cease = Cease((0, 0), "too-large", sentence)
            return ""
        if found := _FORBIDDEN.search(piece):
            self.cease = Cease((row, left + found.start() + 1), *_forbidden(found[0]))
            piece = piece[: found.start()]
        if good := piece.rstrip():
            self.end = row, left + len(good) + 1
        return self._hidden(piece)

    def shown(self, scalar: str) -> str:
        """A scalar as it was before it was fed."""
        return scalar.translate(_SHOW) if self._hides and not scalar.isascii() else scalar

    def _hidden(self, piece: str) -> str:
        if piece.isascii() or not any(sign in piece for sign in _BREAKS):
            return piece
        self._hides = True
        return piece.translate(_HIDE)

    def _next(self) -> str:
        """A line of the document, or as much of it; empty at its end."""
        if self._is_over:
            return ""
        piece = self._held or self._take()
        if self._starts_line and not self._belongs(piece):
            self._held, self._is_over = piece, True
            return ""
        self._held = ""
        if self._starts_line and not self._has_begun and _END.match(piece):
            self._row += 1  # PyYAML does not take the end of no document
            return ""
        self._is_over |= not piece
        self._starts_line = piece.endswith("\n") or not piece
        self._row += piece.endswith("\n")
        self._left = 0 if self._starts_line else self._left + len(piece)
        return piece

    def _belongs(self, piece: str) -> bool:
        """Whether what starts a line is of this document, and not the start of another."""
        if _BEGIN.match(piece):
            if self._has_begun:
                return False
            self._has_begun = True
        elif _END.match(piece):
            self._is_over = True
        elif not _BEFORE.match(piece):
            self._has_begun = True
        return True

    def _take(self) -> str:
        while raw := self._stream.readline(_PIECE):
            if piece := self._decoder.decode(raw):
                return piece
        return self._decoder.decode(b"", final=True)


def _forbidden(sign: str) -> tuple[str, str]:
    """The rule that a character breaks, and a sentence about it."""
    if "\udc80" <= sign <= "\udcff":
        return "not-utf-8", f"the byte 0x{ord(sign) - 0xDC00:02X} is not UTF-8"
    return "not-yaml", f"the character U+{ord(sign):04X} is not allowed in YAML"
