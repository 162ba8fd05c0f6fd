"""Appearing: files that are written unseen, and stand where they are to be whole or not at all.

Where the system has files without a name, nothing is left of one, however the run ends.  Elsewhere
a hidden file is written, which a run leaves behind only if it is killed without notice.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import BinaryIO

_BLOCK = 1 << 20
_OPEN_FILES = Path("/proc/self/fd")
"""Where Linux shows the files of a process, by which one without a name can be given one."""
_NOTICES = ("SIGTERM", "SIGHUP")
_LONGEST = 50
"""Characters of a name that fit into that of a hidden file."""


class Appearing:
    """A file that is being written: the one at a path, or the one to which a link there leads.

    What stands there stays until `place`; before that come `finish` and `name`.  Each raises
    `OSError`.
    """

    def __init__(self, path: Path) -> None:
        self._path = Path(os.path.realpath(path))
        hidden = f".{self._path.name[:_LONGEST]}.{os.urandom(4).hex()}.partial"
        self._hidden = self._path.with_name(hidden)
        unnamed = _unnamed(self._path.parent)
        self._has_name = unnamed is None
        self._file = unnamed or _hidden(self._hidden)

    def write(self, raw: memoryview | bytes) -> None:
        """Some bytes more."""
        self._file.write(raw)

    def finish(self) -> None:
        """Have all of it on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def name(self) -> None:
        """Have it stand, hidden, beside the file that it is to replace, with the mode of that."""
        if not self._has_name:
            handle = self._file.fileno()
            # With a folder that it does not need, Python has the system follow the link.
            os.link(_OPEN_FILES / str(handle), self._hidden, src_dir_fd=handle)
            self._has_name = True
        self._file.close()
        with suppress(FileNotFoundError, PermissionError):  # a new file; no modes to be had here
            self._hidden.chmod(self._path.stat().st_mode & 0o777)

    def place(self) -> None:
        """Put it where it is to be."""
        self._hidden.replace(self._path)

    def discard(self) -> None:
        """Leave nothing behind, unless it is where it is to be."""
        with suppress(OSError):
            self._file.close()
        if self._has_name:
            self._hidden.unlink(missing_ok=True)


def _unnamed(folder: Path) -> BinaryIO | None:
    """A file of the folder that has no name; None where there is no such thing."""
    flag = getattr(os, "O_TMPFILE", 0)
    if not flag or not _OPEN_FILES.is_dir():
        return None
    try:
        handle = os.open(folder, os.O_WRONLY | flag, 0o666)
    except OSError:  # the file system has none, or a named one tells better what is wrong
        return None
    return os.fdopen(handle, "wb", buffering=_BLOCK)


def _hidden(path: Path) -> BinaryIO:
    """A new file, which no notice to end leaves behind."""
    file = path.open("xb", buffering=_BLOCK)
    for name in _NOTICES:
        if hasattr(signal, name):
            _unlink_at(getattr(signal, name), path)
    return file


def _unlink_at(notice: signal.Signals, path: Path) -> None:
    """Unlink a file at a notice, which then has the effect that it had; one ignored still is."""
    before, owner = signal.getsignal(notice), os.getpid()
    if before in (None, signal.SIG_IGN):
        return

    def unlink(number: int, _: FrameType | None) -> None:
        if os.getpid() == owner:  # and no worker, who has this from there
            path.unlink(missing_ok=True)
        signal.signal(number, before)
        signal.raise_signal(number)

    with suppress(ValueError):  # a thread that is not the first gets no notices
        signal.signal(notice, unlink)
