"""Interruption: what Ctrl-C does to the command.

It ends the process at once, but for a command at work, which gets its `KeyboardInterrupt`; not
where that would be lost, or break a module in another language: in a callback, or amid an import.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from recordsmith.cli import streams

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

_WORK: list[bool] = []
"""Not empty while a command is at work."""


def expect() -> None:
    """Be ready for Ctrl-C, unless who started the process wants it to be ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
        sys.unraisablehook = _find_lost
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=_ignore)


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
    _leave()


def _imports(frame: FrameType | None) -> bool:
    while frame and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back
    return frame is not None


def _find_lost(unraisable: UnraisableHookArgs) -> None:
    """Leave where the interrupt was raised in a callback of Python's, which goes on without it."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        _leave()
    sys.__unraisablehook__(unraisable)


def _ignore() -> None:
    """Leave Ctrl-C to the process that reports, which ends those that it has forked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _leave() -> NoReturn:
    streams.tell("Interrupted.")
    os._exit(INTERRUPTED)
