"""Splitting: valid and invalid records apart, byte for byte, in files that appear whole or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recordsmith.validation.appearing import Appearing
from recordsmith.validation.chunks import Chunk, Source
from recordsmith.validation.unreadable import BrokenInputError

_BLOCK = 1 << 20


class SplitError(Exception):
    """One of the files cannot be written; the text says which, and why."""


class Split:
    """Two files that are being written; until `commit`, nothing stands where they are to be.

    All that writes raises `SplitError`.
    """

    def __init__(self, good: Path, bad: Path) -> None:
        self._good = _Part(good)
        try:
            self._bad = _Part(bad)
        except SplitError:
            self._good.discard()
            raise

    def add(self, chunk: Chunk, refused: list[tuple[int, int]]) -> None:
        """The lines of a chunk, of which those at some bytes are refused.

        Raises `BrokenInputError` where they are not all to be had any more.
        """
        source, size = chunk.open(), len(chunk)
        try:
            position = 0
            for start, end in refused:
                behind = min(end + 1, size)  # with its line feed, if it has one
                self._copy(source, self._good, start - position)
                self._copy(source, self._bad, behind - start)
                position = behind
            self._copy(source, self._good, size - position)
        finally:
            source.close()

    def _copy(self, source: Source, part: _Part, size: int) -> None:
        """Put so many bytes, whole lines, into a part."""
        if not size:
            return
        part.begin_line()
        room = memoryview(bytearray(min(size, _BLOCK)))
        while size:
            count = source.readinto(room[:size])
            if not count:
                sentence = "it became shorter before its records were written apart"
                raise BrokenInputError(part.name, sentence)
            part.write(room[:count])
            size -= count

    def commit(self) -> None:
        """Put both files where they are to be: all that may fail for want of room comes first."""
        parts = self._good, self._bad
        for part in parts:
            part.finish()
        for part in parts:
            part.show()
        for part in parts:
            part.place()

    def discard(self) -> None:
        """Leave nothing behind."""
        for part in (self._good, self._bad):
            part.discard()


class _Part:
    """The lines of one of the files."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._last = b"\n"
        with self._telling():
            self._file = Appearing(path)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SplitError(f"{self.name}: {error.strerror or error}") from error

    def begin_line(self) -> None:
        """End the line before, where it has no line feed: it was the last of its file."""
        if self._last != b"\n":
            self.write(b"\n")

    def write(self, raw: memoryview | bytes) -> None:
        """Some bytes more."""
        with self._telling():
            self._file.write(raw)
        self._last = bytes(raw[-1:])

    def finish(self) -> None:
        with self._telling():
            self._file.finish()

    def show(self) -> None:
        with self._telling():
            self._file.name()

    def place(self) -> None:
        with self._telling():
            self._file.place()

    def discard(self) -> None:
        self._file.discard()
