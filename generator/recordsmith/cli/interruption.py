"""Interruption: what Ctrl-C does to the command.

It ends the process at once, but for a command at work, which gets its `KeyboardInterrupt`; not in
the middle of an import, though, where a module in another language does not survive that.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from recordsmith.cli import streams

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

_WORK: list[bool] = []
"""Not empty while a command is at work."""


def expect() -> None:
    """Be ready for Ctrl-C, unless who started the process wants it to be ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


@contextmanager
def raised() -> Iterator[None]:
    """Have Ctrl-C raise `KeyboardInterrupt` meanwhile."""
    _WORK.append(True)
    try:
        yield
    finally:
        _WORK.pop()


def _interrupt(_signal: int, frame: FrameType | None) -> None:
    if _WORK and not _imports(frame):
        raise KeyboardInterrupt
    streams.tell("Interrupted.")
    os._exit(INTERRUPTED)


def _imports(frame: FrameType | None) -> bool:
    while frame and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back
    return frame is not None
