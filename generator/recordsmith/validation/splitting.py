"""Splitting: valid and invalid records apart, byte for byte, in files that appear whole or not."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from recordsmith.validation.lines import Chunk, Source

_BLOCK = 1 << 20


class Split:
    """Two files that are being written; until `commit`, nothing stands where they are to be."""

    def __init__(self, good: Path, bad: Path) -> None:
        self._good = _Part(good)
        try:
            self._bad = _Part(bad)
        except OSError:
            self._good.discard()
            raise

    def add(self, chunk: Chunk, refused: list[tuple[int, int]]) -> None:
        """The lines of a chunk, of which those at some bytes are refused."""
        source = chunk.open()
        try:
            position = 0
            for start, end in refused:
                self._copy(source, self._good, start - position)
                self._copy(source, self._bad, end + 1 - start)  # and its line feed
                position = end + 1
            self._copy(source, self._good, len(chunk) - position)
        finally:
            source.close()

    def _copy(self, source: Source, part: _Part, size: int) -> None:
        """Put so many bytes, whole lines, into a part."""
        part.begin_line()
        room = memoryview(bytearray(max(1, min(size, _BLOCK))))
        while size > 0 and (count := source.readinto(room[:size])):
            part.write(room[:count])
            size -= count

    def commit(self) -> None:
        """Put both files where they are to be."""
        for part in (self._good, self._bad):
            part.finish()
        for part in (self._good, self._bad):
            part.place()

    def discard(self) -> None:
        """Leave nothing behind."""
        for part in (self._good, self._bad):
            part.discard()


class _Part:
    """A file beside the one that it is to become."""

    def __init__(self, path: Path) -> None:
        self._path = path
        handle, name = tempfile.mkstemp(".partial", f".{path.name}.", path.parent)
        self._partial = Path(name)
        self._file: BinaryIO = os.fdopen(handle, "wb", buffering=_BLOCK)
        self._last = b"\n"

    def begin_line(self) -> None:
        """End the line before, where it has no line feed: it was the last of its file."""
        if self._last != b"\n":
            self.write(b"\n")

    def write(self, raw: memoryview | bytes) -> None:
        """Some bytes more."""
        self._file.write(raw)
        self._last = bytes(raw[-1:])

    def finish(self) -> None:
        """Have all of it on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        self._partial.chmod(0o666 & ~umask)
        self._file.close()

    def place(self) -> None:
        self._partial.replace(self._path)

    def discard(self) -> None:
        with suppress(OSError):
            self._file.close()
        self._partial.unlink(missing_ok=True)
