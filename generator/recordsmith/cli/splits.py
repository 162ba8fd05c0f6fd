"""Splits: where `--split` may write, which is where nothing that the run reads would be lost."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

import click

_LOCAL_URL = re.compile(r".*(?:file|local)://", re.DOTALL)
_STANDARD_INPUT = "<stdin>"
_OPEN_FILES = re.compile(r"/dev/fd/.*|/dev/std(?:in|out|err)|/proc/.*")


def refuse_loss(split: tuple[Path, Path], read: Iterable[str]) -> None:
    """Refuse, as wrong use, to write over what is read, or two files into one.

    `read` are the names of the files that are read, as the user knows them.
    """
    for path in split:
        _refuse_other_than_file(path)
    good, bad = split
    if _followed(good) == _followed(bad) or _is_same(good, bad):
        raise click.UsageError("--split wants two files, not one twice")
    files = [_opened(name) for name in read]
    for path in split:
        if any(_is_same(path, file) for file in files):
            raise click.UsageError(f"--split would write over {path.name}, which is read")


def _refuse_other_than_file(path: Path) -> None:
    """A file is replaced as a whole, which a stream that someone reads from cannot be."""
    absolute = os.path.normpath(path.absolute())
    is_stream = str(path) == "-" or _OPEN_FILES.fullmatch(absolute)
    if is_stream or (path.exists() and not path.is_file()):
        raise click.UsageError(f"--split writes files, and {path} is none; name two files")
    folder = _followed(path).parent
    if not folder.is_dir():
        raise click.UsageError(f"--split: there is no folder {folder}")


def _followed(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _opened(name: str) -> str | int:
    """What the system knows the file by that the user calls so; a name that is none is no file."""
    return 0 if name == _STANDARD_INPUT else _LOCAL_URL.sub("", name)


def _is_same(path: Path, other: Path | str | int) -> bool:
    """Whether these are one file, whatever links lead to it."""
    try:
        return os.path.samefile(path, other)  # noqa: PTH121 - it may be a number
    except (OSError, ValueError):  # one of them is no file
        return False
