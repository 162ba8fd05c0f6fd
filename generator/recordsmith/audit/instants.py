"""Instants: points in time, compared exactly, whatever their offsets and however fine they are."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

Instant: TypeAlias = tuple[datetime, str]
"""What a `datetime` holds, and the digits behind its microseconds, without zeros at their end."""

_PLAIN = len("2024-01-02T03:04:05.123456Z")
"""So many characters leave no room for finer digits."""
_FRACTION = re.compile(r"\.[0-9]{6}([0-9]+)")
_SPAN = re.compile(r"(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+(?:\.[0-9]+)?)s)?")
_UNITS = ((86_400, "d"), (3600, "h"), (60, "min"), (1, "s"))


def instant(text: Any) -> Instant | None:
    """The point in time that an RFC 3339 date-time is; None where that is not to be told."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return _unusual(text)
    except TypeError:
        return None
    if read.tzinfo is None:
        return None
    return (read, "") if len(text) <= _PLAIN else (read, _finer(text))


def _unusual(text: str) -> Instant | None:
    """RFC 3339 has it that `t` and `z` may be small."""
    capital = text.upper()
    return instant(capital) if capital != text else None


def _finer(text: str) -> str:
    found = _FRACTION.search(text)
    return found[1].rstrip("0") if found else ""


def seconds(start: Instant, end: Instant) -> float:
    """The seconds between two instants, as precise as a float is."""
    if start[1] == end[1]:
        return (end[0] - start[0]).total_seconds()
    finer = float(f"0.{end[1]}0") - float(f"0.{start[1]}0")
    return (end[0] - start[0]).total_seconds() + finer * 1e-6


def shown_instant(at: Instant) -> str:
    """The point in time in UTC, as far as that has years for it."""
    moment, finer = at
    with suppress(OverflowError):
        moment = moment.astimezone(UTC)
    if not finer:
        return moment.isoformat().replace("+00:00", "Z")
    text = moment.isoformat(timespec="microseconds")
    return f"{text[:26]}{finer}{text[26:]}".replace("+00:00", "Z")


def span(text: str) -> timedelta | None:
    """`1d12h`, `6h`, `90m`, `2.5s`; None for what is no such span."""
    found = _SPAN.fullmatch(text)
    if not text or found is None:
        return None
    days, hours, minutes, rest = (float(part or 0) for part in found.groups())
    try:
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=rest)
    except OverflowError:
        return None


def shown_span(length: float) -> str:
    """Seconds for people, in three digits or so: `85 ms`, `2.5 s`, `14.4 min`, `3.2 d`."""
    for size, unit in _UNITS:
        if length >= size:
            return f"{_digits(length / size)} {unit}"
    return f"{_digits(length * 1000)} ms"


def _digits(number: float) -> str:
    return f"{number:.0f}" if number >= 100 or number == int(number) else f"{number:.3g}"  # noqa: PLR2004 - three digits
