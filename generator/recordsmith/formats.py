"""Formats: what `date`, `time` and `date-time` mean, the same in every engine.

`jsonschema_rs` takes some other characters for digits; and a date-time is to be an instant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

import jsonschema_rs

_YEAR = r"(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_DAY = (
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_LEAP_DAY = (
    r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
)
_DATE = rf"(?:{_YEAR}-{_DAY}|{_LEAP_DAY})"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?"
_OFFSET = r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"

PATTERNS: Mapping[str, str] = {
    "date": f"^{_DATE}$",
    "date-time": f"^{_DATE}[Tt]{_TIME}{_OFFSET}$",
    "time": f"^{_TIME}{_OFFSET}$",
}
"""Patterns of ECMA-262 for strings that are of the format, all but a few that only an engine tells.

RFC 3339.  The few are dates of the year 0000, and times with a leap second.  A date-time has
neither: no datetime type holds them.
"""

_SHAPES = {
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "time": re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"),
}
_INSTANT = re.compile(PATTERNS["date-time"])


def _is_date(text: str) -> bool:
    return _is_of("date", text)


def _is_time(text: str) -> bool:
    return _is_of("time", text)


def _is_of(name: str, text: str) -> bool:
    return _SHAPES[name].fullmatch(text) is not None and bool(_engine(name).is_valid(text))


@cache
def _engine(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True)


CHECKERS: Mapping[str, Callable[[str], object]] = {
    "date": _is_date,
    "date-time": _INSTANT.fullmatch,
    "time": _is_time,
}
"""What is true of a string that is of the format.  Instants are many: no Python runs for one."""
