"""Chunks: whole lines that can be handed to another process, and read there."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from recordsmith.validation.unreadable import GONE, BrokenInputError


@dataclass(frozen=True, slots=True)
class Range:
    """Whole lines of a file, which may become shorter, or go, before they are read."""

    path: str
    start: int
    end: int

    def open(self) -> Source:
        """The bytes.  Raises `BrokenInputError`, and so does reading from them."""
        with telling(self.path):
            file = Path(self.path).open("rb", buffering=0)  # noqa: SIM115 - who reads closes it
            return Told(Window(file, self.start, self.end), partial(telling, self.path))

    def part(self, start: int, end: int) -> Range:
        """Some of the bytes."""
        return Range(self.path, self.start + start, self.start + end)

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Held:
    """Whole lines that are in memory."""

    raw: bytes

    def open(self) -> Source:
        """The bytes."""
        return io.BytesIO(self.raw)

    def part(self, start: int, end: int) -> Held:
        """Some of the bytes."""
        return Held(self.raw[start:end])

    def __len__(self) -> int:
        return len(self.raw)


@dataclass(frozen=True, slots=True)
class Overlong:
    """A line of a stream that is larger than `LARGEST`, of which nothing is kept."""

    size: int

    def open(self) -> Source:
        """There is nothing to read."""
        raise io.UnsupportedOperation

    def part(self, start: int, end: int) -> Overlong:
        """Some of the bytes."""
        return Overlong(end - start)

    def __len__(self) -> int:
        return self.size


class Chunk(Protocol):
    """Whole lines; it can be handed to another process."""

    def open(self) -> Source:
        """The bytes."""
        ...

    def part(self, start: int, end: int) -> Chunk:
        """Some of the bytes."""
        ...

    def __len__(self) -> int: ...


class Source(Protocol):
    """What bytes are read from."""

    def readinto(self, room: memoryview, /) -> int:
        """Read some; the number of bytes, 0 at the end."""
        ...

    def close(self) -> None:
        """Read no more."""
        ...


class Window:
    """A part of a file."""

    def __init__(self, file: BinaryIO | io.FileIO, start: int, end: int) -> None:
        self._file: Any = file
        self._file.seek(start)
        self._left = end - start

    def readinto(self, room: memoryview, /) -> int:
        """Read some."""
        count: int = self._file.readinto(room[: self._left])
        self._left -= count
        return count

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class Told:
    """Bytes of which what goes wrong with them is told as of any input."""

    source: Source
    telling: Callable[[], AbstractContextManager[None]]

    def readinto(self, room: memoryview, /) -> int:
        """Read some.  Raises `BrokenInputError`."""
        with self.telling():
            return self.source.readinto(room)

    def close(self) -> None:
        """Read no more."""
        self.source.close()


@contextmanager
def telling(path: str) -> Iterator[None]:
    """Tell what goes wrong with a file of this machine as of any input."""
    try:
        yield
    except FileNotFoundError as error:
        raise BrokenInputError(path, GONE) from error
    except OSError as error:
        sentence = f"it cannot be read on: {error.strerror or error}"
        raise BrokenInputError(path, sentence) from error
