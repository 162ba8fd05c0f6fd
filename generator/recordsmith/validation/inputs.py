"""Inputs: the files that the user's words stand for, as streams of bytes.

A word is `-`, a path, a glob, or a URL that fsspec opens.  What is compressed is told by its first
bytes, whatever it is called.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from recordsmith.validation.compression import HEAD
from recordsmith.validation.decoding import decoded, is_compressed
from recordsmith.validation.unreadable import GONE, BrokenInputError, InputError

__all__ = ["BrokenInputError", "Input", "InputError", "expand"]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|.*::.*://")
_MAGIC = re.compile(r"[*?[]")


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read."""

    name: str
    """As the user knows it."""
    path: Path | None
    """Where it may be read in any order: it is a file on this machine, and not compressed."""
    size: int | None
    """Its bytes, as they are stored."""
    _open: Callable[[], BinaryIO] = field(repr=False)

    def open(self) -> BinaryIO:
        """Its bytes, decompressed.  Raises `BrokenInputError`, and so does reading from it."""
        return self._open()


def expand(words: Sequence[str]) -> list[Input]:
    """The files that the words stand for, each once, in their order; those of a glob are sorted.

    A word with `*`, `?` or `[` is a glob unless it is the name of a file; `**` is any folders, and
    a name that starts with a dot is matched by a dot only.  A folder is wrong use, for who names
    one seldom means each of its files; the error tells the glob.  Raises `InputError`.
    """
    found: dict[str, Input] = {}
    for word in words:
        for key, one in _inputs(word):
            found.setdefault(key, one)
    return list(found.values())


def _inputs(word: str) -> Iterator[tuple[str, Input]]:
    """The inputs of a word, each with what tells that it is another one's twin."""
    if word == "-":
        yield "-", _standard_input()
    elif _exists(word):
        yield _twin(word), _local(word)
    elif _URL.match(word):
        from recordsmith.validation.remote import find

        for each in find(word):
            yield each.name, Input(each.name, None, each.size, each.open)
    elif _MAGIC.search(word):
        yield from ((_twin(name), _local(name)) for name in _matches(word))
    else:
        raise InputError(word, "there is no such file")


def _exists(word: str) -> bool:
    try:
        os.lstat(word)
    except PermissionError:  # then it may
        return True
    except (OSError, ValueError):
        return False
    return True


def _twin(name: str) -> str:
    return os.path.realpath(name)


def _matches(pattern: str) -> list[str]:
    """The files that the glob matches."""
    from glob import glob

    found = glob(pattern, recursive=True)  # noqa: PTH207 - the pattern may be absolute
    names = sorted(name for name in found if not Path(name).is_dir())
    if not names:
        raise InputError(pattern, "no file matches")
    return names


def _standard_input() -> Input:
    if sys.stdin is None:
        raise InputError("<stdin>", "standard input is closed")
    source = sys.stdin.buffer
    return Input("<stdin>", None, _size(source), lambda: decoded(source, "<stdin>", _leave_open))


def _size(source: BinaryIO) -> int | None:
    try:
        about = os.fstat(source.fileno())
    except OSError:  # it is a stand-in without a file
        return None
    return about.st_size if stat.S_ISREG(about.st_mode) else None


def _leave_open() -> None:
    """Standard input is not ours to close."""


def _local(name: str) -> Input:
    """A file of this machine; of one that is no pipe, the first bytes are read."""
    path = Path(name)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            sentence = f"it is a folder; write which of its files, such as '{path / '**/*.json'}'"
            raise InputError(name, sentence)
        if not stat.S_ISREG(mode):
            return Input(name, None, None, lambda: _opened(path, name))
        with path.open("rb", buffering=0) as file:
            plain = not is_compressed(file.read(HEAD), name)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise InputError(name, _reason(error)) from error
    return Input(name, path if plain else None, size, lambda: _opened(path, name))


def _opened(path: Path, name: str) -> BinaryIO:
    try:
        return decoded(path.open("rb"), name)
    except FileNotFoundError as error:
        raise BrokenInputError(name, GONE) from error
    except OSError as error:
        raise BrokenInputError(name, _reason(error)) from error


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "it leads to a file that is not there"
        case PermissionError():
            return "you are not permitted to read it"
        case _:
            return f"it cannot be opened: {error.strerror or error}"
