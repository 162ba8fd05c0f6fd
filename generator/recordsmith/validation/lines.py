"""Lines: JSON Lines in ranges of whole lines, which need not be judged in turn."""

from __future__ import annotations

import os
import select
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from recordsmith.validation.chunks import Chunk, Held, Overlong, Range, telling
from recordsmith.validation.texts import LARGEST
from recordsmith.validation.unreadable import BrokenInputError

_RANGE = 8 * 2**20
"""Bytes that are worth handing to another process."""
_LOOK = 1 << 16


def ranges(path: str, size: int = _RANGE) -> Iterator[Range]:
    """The file in ranges of about `size` bytes.  Raises `BrokenInputError`."""
    with telling(path), Path(path).open("rb", buffering=0) as file:

        def read(start: int, end: int) -> bytes:
            file.seek(start)
            return file.read(end - start)

        for start, end in spans(read, os.fstat(file.fileno()).st_size, size):
            yield Range(path, start, end)


def spans(read: Callable[[int, int], bytes], whole: int, size: int) -> Iterator[tuple[int, int]]:
    """Where ranges of whole lines, of about `size` bytes of all there are, start and end.

    `read` gives the bytes from one place to another, or some of them.
    """
    start = 0
    while start < whole:
        end = _line_end(read, min(start + size, whole), whole)
        yield start, end
        start = end


def _line_end(read: Callable[[int, int], bytes], at: int, whole: int) -> int:
    """Behind the first line feed from the byte before `at` on; the file's end, if there is none."""
    low = at - 1
    while low < whole:
        block = read(low, min(low + _LOOK, whole))
        found = block.find(b"\n")
        if found >= 0:
            return low + found + 1
        low += len(block) or whole
    return whole


def cut(chunk: Chunk, start: int, size: int) -> Iterator[Chunk]:
    """What is behind `start` in a chunk, in chunks of about `size` bytes."""
    source = chunk.part(start, len(chunk)).open()
    room = memoryview(bytearray(_LOOK))
    at, due = start, start + size
    try:
        while count := source.readinto(room):
            block = bytes(room[:count])
            feed = block.find(b"\n", max(0, due - at - 1))
            while feed >= 0:
                yield chunk.part(start, at + feed + 1)
                start, due = at + feed + 1, at + feed + 1 + size
                feed = block.find(b"\n", max(0, due - at - 1))
            at += count
    finally:
        source.close()
    if start < len(chunk):
        yield chunk.part(start, len(chunk))


def pieces(head: bytes, rest: BinaryIO, size: int = _RANGE) -> Iterator[Held | Overlong]:
    """A stream, of which `head` is taken already, in pieces of about `size` bytes.

    Where no more is there yet, what came is handed on.  A line that is larger than `LARGEST` is
    not kept.  Raises `BrokenInputError` where the stream does, behind what was read.
    """
    held = bytearray(head)
    del head  # it may be large
    whole = held.rfind(b"\n") + 1
    take: Callable[[int], bytes] = getattr(rest, "read1", rest.read)
    broken: BrokenInputError | None = None
    while broken is None:
        if whole and (len(held) >= size or _is_idle(rest)):
            chunk = Held(bytes(memoryview(held)[:whole]))
            held = held[whole:]
            whole = 0
            yield chunk
        elif len(held) > LARGEST and not whole:
            passed = len(held)
            del held
            left, held, broken = _pass_over(take)
            yield Overlong(passed + left)
            whole = held.rfind(b"\n") + 1
        try:
            block = b"" if broken else take(_LOOK)
        except BrokenInputError as error:
            block, broken = b"", error
        if not block:
            break
        if b"\n" in block:
            whole = len(held) + block.rfind(b"\n") + 1
        held += block
    if held:
        yield Held(bytes(held))
    if broken:
        raise broken


def _is_idle(stream: BinaryIO) -> bool:
    """Whether who reads on would have to wait."""
    try:
        return not select.select([getattr(stream, "source", stream)], [], [], 0)[0]
    except (OSError, ValueError, TypeError):  # it is no file of the system
        return False


def _pass_over(take: Callable[[int], bytes]) -> tuple[int, bytearray, BrokenInputError | None]:
    """How many bytes a line has left, those behind it that came with it, and what ended it."""
    count = 0
    try:
        while block := take(_LOOK):
            line, feed, behind = block.partition(b"\n")
            count += len(line) + len(feed)
            if feed:
                return count, bytearray(behind), None
    except BrokenInputError as error:
        return count, bytearray(), error
    return count, bytearray(), None
