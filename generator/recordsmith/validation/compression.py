"""Compression: gzip, bzip2, xz and zstd, told by their first bytes, decompressed as a stream.

Members and frames that follow one another are one stream, as the tools that write them have it.
Memory stays flat, whatever the bytes grow to.  Of a stream that is cut short or broken what came
before is had: of gzip all of it, of the others all but a block.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Protocol, TypeAlias

HEAD = 10
"""The bytes that tell how a stream is compressed."""
BLOCK = 1 << 16
"""The bytes to handle at a time."""
_STEP = 1 << 6
_PIECE = 1 << 10
"""What zstd is handed at a time: no call bounds its output, and this grows to 32 MiB at most."""
_MOST_XZ = 1 << 28
"""The memory that an xz stream may ask for; the strongest preset asks for a quarter of it."""

_MAGIC = {
    "gzip": (b"\x1f\x8b",),
    "bzip2": tuple(
        b"BZh%d" % level + block
        for level in range(1, 10)
        for block in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")
    ),
    "xz": (b"\xfd7zXZ\0",),
    "zstd": (b"\x28\xb5\x2f\xfd", *(bytes([low]) + b"\x2a\x4d\x18" for low in range(0x50, 0x60))),
}
_PADDED = ("gzip", "xz")
"""Where zeros may follow."""


class BrokenStreamError(ValueError):
    """The compressed bytes are not what their first ones promise."""


class Member(Protocol):
    """A compressed stream by itself; the decompressors of Python's library are such."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Some more of what the bytes so far grow to."""
        ...

    @property
    def eof(self) -> bool:
        """Whether the stream's end was met."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether it takes more bytes to make more."""
        ...

    @property
    def unused_data(self) -> bytes:
        """The bytes behind the end."""
        ...


_Begin: TypeAlias = Callable[[], Member]


def kind_of(head: bytes) -> str | None:
    """How what begins with `head` is compressed, if it is."""
    return next((kind for kind, magic in _MAGIC.items() if head.startswith(magic)), None)


def decompressed(kind: str, head: bytes, read: Callable[[], bytes]) -> Iterator[bytes]:
    """What `head`, and the bytes that `read` gives until there are none, grow to.

    Raises `BrokenStreamError`, and `ImportError` where `kind` takes a package that is not there.
    """
    begin = reader_of(kind)
    raw = head
    while raw:
        member = begin()
        while not member.eof:
            if not raw and member.needs_input and not (raw := read()):
                raise BrokenStreamError("end in the middle; something is missing")
            yield _grown(member, raw)
            raw = b""
        raw = member.unused_data or read()
        while kind in _PADDED and raw and not (raw := raw.lstrip(b"\0")):
            raw = read()


def _grown(member: Member, raw: bytes) -> bytes:
    try:
        return member.decompress(raw, BLOCK)
    except Exception as error:  # each library has its own
        raise BrokenStreamError(f"are broken from here on: {error}") from error


def reader_of(kind: str) -> _Begin:
    """What makes a decompressor.  Raises `ImportError`."""
    match kind:
        case "gzip":
            return _Gzip
        case "bzip2":
            import bz2

            return bz2.BZ2Decompressor
        case "xz":
            import lzma

            return lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, _MOST_XZ)
        case _:
            return _zstd()


class _Gzip:
    """A member of a gzip file; of one that breaks, each byte before that is had."""

    def __init__(self) -> None:
        import zlib

        self._error = zlib.error
        self._broken: Exception | None = None
        self._member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self.needs_input = True

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if self._broken:
            raise self._broken
        raw = self._member.unconsumed_tail + data
        before = self._member.copy()
        try:
            grown = self._member.decompress(raw, max_length)
        except self._error as error:
            self._broken = error
            grown = b"".join(self._each(before, raw))
        self.needs_input = not (
            self._broken or self._member.unconsumed_tail or len(grown) == max_length
        )
        return grown

    def _each(self, member: Any, raw: bytes) -> Iterator[bytes]:
        """The bytes before the break, one by one."""
        with suppress(self._error):
            for at in range(0, len(raw), _STEP):
                piece = raw[at : at + _STEP]
                while byte := member.decompress(piece, 1):
                    yield byte
                    piece = member.unconsumed_tail

    @property
    def eof(self) -> bool:
        return self._member.eof

    @property
    def unused_data(self) -> bytes:
        return self._member.unused_data


def _zstd() -> _Begin:
    try:
        own: _Begin = importlib.import_module("compression.zstd").ZstdDecompressor
    except ImportError:
        library = importlib.import_module("zstandard")
        return lambda: _Frame(library.ZstdDecompressor().decompressobj())
    return own


class _Frame:
    """A frame of a zstd file, read by the package `zstandard`."""

    def __init__(self, frame: Any) -> None:
        self._frame = frame
        self._raw = b""
        self._at = 0

    def decompress(self, data: bytes, _: int) -> bytes:
        if data:
            self._raw, self._at = self._raw[self._at :] + data, 0
        piece = self._raw[self._at : self._at + _PIECE]
        self._at += len(piece)
        grown: bytes = self._frame.decompress(piece)
        return grown

    @property
    def eof(self) -> bool:
        return bool(self._frame.eof)

    @property
    def needs_input(self) -> bool:
        return self._at == len(self._raw)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._frame.unused_data) + self._raw[self._at :]
