"""Remote lines: JSON Lines behind a URL in ranges, which whoever judges them reads by himself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from recordsmith.validation.chunks import Source, Told, Window
from recordsmith.validation.compression import HEAD, kind_of
from recordsmith.validation.lines import spans
from recordsmith.validation.unreadable import BrokenInputError

_RANGE = 16 * 2**20


@dataclass(frozen=True, slots=True)
class RemoteRange:
    """Whole lines of a file that fsspec opens."""

    url: str
    start: int
    end: int

    def open(self) -> Source:
        """The bytes.  Raises `BrokenInputError`, and so does reading from them."""
        with _telling(self.url):
            system, path = _system(self.url)
            window = Window(system.open(path, "rb"), self.start, self.end)
            return Told(window, partial(_telling, self.url))

    def part(self, start: int, end: int) -> RemoteRange:
        """Some of the bytes."""
        return RemoteRange(self.url, self.start + start, self.start + end)

    def __len__(self) -> int:
        return self.end - self.start


@contextmanager
def _telling(url: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # each file system has its own
        words = str(error).strip() or type(error).__name__
        raise BrokenInputError(url, f"it cannot be read on: {words}") from error


def remote_ranges(url: str, size: int = _RANGE) -> Iterator[RemoteRange] | None:
    """The file in ranges; None where it is compressed, or gives no parts of itself."""
    with _telling(url):
        system, path = _system(url)
        whole = system.info(path).get("size")
        if not whole or not _gives_parts(system, path, whole):
            return None
        if kind_of(_part(system, path, 0, HEAD)) is not None:
            return None

    def read(start: int, end: int) -> bytes:
        with _telling(url):
            return _part(system, path, start, end)

    return (RemoteRange(url, start, end) for start, end in spans(read, whole, size))


def _gives_parts(system: Any, path: str, whole: int) -> bool:
    """Whether the last byte comes alone; where all do, no more than the first are read."""
    try:
        with system.open(path, "rb") as file:
            file.seek(whole - 1)
            return len(file.read(2)) == 1
    except (ValueError, OSError, NotImplementedError):
        return False


def _part(system: Any, path: str, start: int, end: int) -> bytes:
    return bytes(system.cat_file(path, start=start, end=end))


def _system(url: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    system, path = url_to_fs(url)
    return system, str(path)
