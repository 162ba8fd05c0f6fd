"""Decoding: the bytes of an input as they were before somebody compressed it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from recordsmith.validation.compression import (
    BLOCK,
    HEAD,
    BrokenStreamError,
    decompressed,
    kind_of,
    reader_of,
)
from recordsmith.validation.unreadable import BrokenInputError, InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_NEEDS_ZSTD = "it is compressed with zstd, which takes more: pip install 'recordsmith[zstd]'"


class Stream(io.BufferedReader):
    """Decompressed bytes; `BrokenInputError` comes behind the last one that could be read."""

    def __init__(
        self, pieces: Iterator[bytes], close: Callable[[], None], source: BinaryIO
    ) -> None:
        self.source = source
        """Where the bytes come from."""
        self._pieces = _Pieces(pieces, close)
        super().__init__(self._pieces, BLOCK)

    def read(self, size: int | None = -1, /) -> bytes:
        """Some bytes; all that are left, if `size` is less than 0."""
        return self._some(super().read(size), size)

    def read1(self, size: int = -1, /) -> bytes:
        """Those that are there."""
        return self._some(super().read1(size), size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """Those up to a line feed."""
        return self._some(super().readline(size), size)

    def readinto(self, room: WriteableBuffer, /) -> int:
        """Fill the room."""
        count = super().readinto(room)
        self._some(b" " * count, memoryview(room).nbytes)
        return count

    def _some(self, read: bytes, size: int | None) -> bytes:
        if not read and size != 0 and self._pieces.broken:
            raise self._pieces.broken
        return read


class _Pieces(io.RawIOBase):
    """An iterator as a file; it ends where the iterator fails."""

    def __init__(self, pieces: Iterator[bytes], close: Callable[[], None]) -> None:
        self._left = pieces
        self._close = close
        self._piece = memoryview(b"")
        self.broken: BrokenInputError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any, /) -> int:
        if not self._piece:
            self._piece = memoryview(self._next())
        count = min(len(self._piece), len(room))
        room[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count

    def _next(self) -> bytes:
        """The next piece that is not empty; empty at the end."""
        if self.broken:
            return b""
        try:
            return next(filter(None, self._left), b"")
        except BrokenInputError as error:
            self.broken = error
            return b""

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._close()


def decoded(source: BinaryIO, name: str, close: Callable[[], None] | None = None) -> Stream:
    """The bytes of `source`, which the user knows as `name`, decompressed if need be."""
    return Stream(_pieces(source, name), close or source.close, source)


def is_compressed(head: bytes, name: str) -> bool:
    """Whether what begins with `head` is.  Raises `InputError` where it cannot be read here."""
    kind = kind_of(head)
    try:
        return kind is not None and bool(reader_of(kind))
    except ImportError:
        raise InputError(name, _NEEDS_ZSTD) from None


def _pieces(source: BinaryIO, name: str) -> Iterator[bytes]:
    read = _reader(source, name)
    head = b""
    while len(head) < HEAD and (more := read()):
        head += more
    kind = kind_of(head)
    if kind is None:
        yield head
        while more := read():
            yield more
        return
    try:
        grown = filter(None, decompressed(kind, head, read))
        first = next(grown, b"")
        if inner := kind_of(first):
            raise BrokenInputError(name, _twice(kind, inner))
        yield first
        yield from grown
    except ImportError:
        raise BrokenInputError(name, _NEEDS_ZSTD) from None
    except BrokenStreamError as error:
        raise BrokenInputError(name, f"its {kind} data {error}") from error


def _twice(kind: str, inner: str) -> str:
    sentence = f"it is compressed twice: its {kind} data hold {inner} data"
    return f"{sentence}; decompress it once"


def _reader(source: BinaryIO, name: str) -> Callable[[], bytes]:
    """What reads some bytes; of a pipe, those that are there."""
    take: Callable[[int], bytes] = getattr(source, "read1", source.read)

    def read() -> bytes:
        try:
            return take(BLOCK)
        except Exception as error:  # each file system has its own
            reason = str(error).strip() or type(error).__name__
            raise BrokenInputError(name, f"it cannot be read on: {reason}") from error

    return read
