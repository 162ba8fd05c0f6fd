"""Streams: standard input, output and error, of which each may be closed, and none be UTF-8."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper


def prepare() -> None:
    """See to it that whatever is written can be.

    What is closed is replaced by what takes all, so that no file gets its number; what an encoding
    does not have is spelt by escapes.  A closed input stays one, which is told where it is read.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free
    sys.stdout = _writable(sys.stdout, 1)
    sys.stderr = _writable(sys.stderr, 2)


def _writable(stream: object, number: int) -> TextIOWrapper:
    if not isinstance(stream, TextIOWrapper):
        return open(number, "w", encoding="utf-8", closefd=False)
    stream.reconfigure(errors="backslashreplace")
    return stream


def tell(sentence: str) -> None:
    """Write the sentence to standard error past all buffers, if that can be done."""
    with suppress(OSError):
        os.write(2, f"{sentence}\n".encode(errors="backslashreplace"))
