"""Progress: one line on a terminal, which tells how far a long run is."""

from __future__ import annotations

import shutil
import sys
import time

from recordsmith.validation.tally import Tally

_FIRST = 0.5
"""Seconds after which a run is long."""
_NEXT = 0.1
_BAR = 16
_ERASE = "\r\033[K"


class Progress:
    """A line on standard error; nothing at all where that is no terminal."""

    def __init__(self, total: int | None, *, wanted: bool = True) -> None:
        self._total = total
        self._start = time.monotonic()
        self._due = self._start + _FIRST
        self._is_shown = False
        self._is_wanted = wanted and sys.stderr.isatty()

    def show(self, tally: Tally) -> None:
        """Tell how far it is, if it is time to."""
        now = time.monotonic()
        if self._is_wanted and now >= self._due:
            self._due = now + _NEXT
            self._is_shown = True
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(_ERASE + self._line(tally, now - self._start)[:width])
            sys.stderr.flush()

    def clear(self) -> None:
        """Make room for other output."""
        if self._is_shown:
            self._is_shown = False
            sys.stderr.write(_ERASE)
            sys.stderr.flush()

    def _line(self, tally: Tally, seconds: float) -> str:
        speed = tally.bytes / seconds
        parts = [
            f"{tally.records:,} records",
            f"{speed / 1e6:,.0f} MB/s",
            f"{tally.invalid:,} invalid",
        ]
        if self._total:
            share = min(1.0, tally.bytes / self._total)
            left = (self._total - tally.bytes) / speed if speed else 0
            filled = round(_BAR * share)
            bar = "█" * filled + "░" * (_BAR - filled)
            parts = [f"{bar} {share:4.0%}", *parts, f"{_clock(left)} left"]
        return "  ".join(parts)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes}:{rest:02}"
