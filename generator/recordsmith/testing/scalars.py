"""Scalars: numbers within bounds, strings of a form."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta, timezone
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

from hypothesis import strategies as st
from hypothesis.provisional import urls

from recordsmith.patterns import matches
from recordsmith.testing.reading import ImpossibleError

_NEAR = 10
_LONGEST = 12
"""Characters more than a string needs."""
_HALF_A_DAY = 12 * 60

_PROPERTY = re.compile(r"\\([pP])\{([^}]*)\}")

_ZONES = st.integers(-_HALF_A_DAY, _HALF_A_DAY).map(lambda n: timezone(timedelta(minutes=n)))
_HOST = r"[a-z]{1,9}(?:\.[a-z0-9]{1,9}){0,2}"
_EMAIL = rf"[a-z0-9]{{1,9}}(?:[.+][a-z0-9]{{1,9}})?@{_HOST}"
_DURATION = r"P(?:[0-9]{1,3}D)?T[0-9]{1,3}(?:H|M|S)"

FORMATS: Mapping[str, st.SearchStrategy[str]] = {
    "date": st.dates().map(str),
    "date-time": st.datetimes(timezones=_ZONES).map(lambda one: one.isoformat()),
    "time": st.times(timezones=_ZONES).map(lambda one: one.isoformat()),
    "duration": st.from_regex(_DURATION, fullmatch=True),
    "email": st.from_regex(_EMAIL, fullmatch=True),
    "idn-email": st.from_regex(_EMAIL, fullmatch=True),
    "hostname": st.from_regex(_HOST, fullmatch=True),
    "idn-hostname": st.from_regex(_HOST, fullmatch=True),
    "ipv4": st.ip_addresses(v=4).map(str),
    "ipv6": st.ip_addresses(v=6).map(str),
    "uri": urls(),
    "iri": urls(),
    "uri-reference": urls() | st.from_regex(r"/[a-z]{0,9}", fullmatch=True),
    "iri-reference": urls() | st.from_regex(r"/[a-z]{0,9}", fullmatch=True),
    "uri-template": st.from_regex(r"/[a-z]{1,9}/\{[a-z]{1,9}\}", fullmatch=True),
    "uuid": st.uuids().map(str),
    "json-pointer": st.from_regex(r"(?:/[a-z0-9]{0,9}){0,3}", fullmatch=True),
    "relative-json-pointer": st.from_regex(r"[0-9](?:/[a-z0-9]{0,9}){0,3}", fullmatch=True),
    "regex": st.from_regex(r"\^?[a-z0-9]{0,9}[+*]?\$?", fullmatch=True).filter(
        lambda one: not re.match(r"\^?[+*]", one)
    ),
}
"""Strings of each format; of one that is not here, any string is."""


_Bound: TypeAlias = tuple[Fraction, bool]
"""A number, and whether it is out of bounds itself."""


def numbers(schemas: Sequence[Mapping[str, Any]], *, whole: bool) -> st.SearchStrategy[Any]:
    """Numbers within the bounds, multiples of what they are to be."""
    least = [one for schema in schemas for one in _bounds(schema, "minimum", "exclusiveMinimum")]
    most = [one for schema in schemas for one in _bounds(schema, "maximum", "exclusiveMaximum")]
    low = max(least, default=None)
    high = min(most, key=lambda one: (one[0], not one[1]), default=None)
    step = _step([Fraction(str(one["multipleOf"])) for one in schemas if "multipleOf" in one])
    if not whole and step is None:
        return _floats(low, high)
    step = Fraction((step or Fraction(1)).numerator) if whole else step or Fraction(1)
    first = last = None
    if low is not None:
        first = math.floor(low[0] / step) + 1 if low[1] else math.ceil(low[0] / step)
    if high is not None:
        last = math.ceil(high[0] / step) - 1 if high[1] else math.floor(high[0] / step)
    return _multiples(first, last, step, whole=whole)


def _bounds(schema: Mapping[str, Any], bound: str, exclusive: str) -> Iterator[_Bound]:
    excluded = schema.get(exclusive)  # a number, or in draft-04 a boolean
    if bound in schema:
        yield Fraction(str(schema[bound])), excluded is True
    if excluded is not None and not isinstance(excluded, bool):
        yield Fraction(str(excluded)), True


@cache  # hypothesis takes its time over a new strategy
def _multiples(
    first: int | None, last: int | None, step: Fraction, *, whole: bool
) -> st.SearchStrategy[Any]:
    if first is not None and last is not None and first > last:
        raise ImpossibleError
    if first is None:
        low, high = (-_NEAR, _NEAR) if last is None else (last - _NEAR, last)
    else:
        low, high = first, first + _NEAR if last is None else min(first + _NEAR, last)
    counts = st.integers(low, high) | st.integers(first, last)
    if whole:
        return counts.map(lambda count: int(count * step))
    return counts.map(lambda count: float(count * step))


@cache
def _floats(low: _Bound | None, high: _Bound | None) -> st.SearchStrategy[float]:
    if low is not None and high is not None and low[0] > high[0]:
        raise ImpossibleError
    return st.floats(
        None if low is None else float(low[0]),
        None if high is None else float(high[0]),
        allow_nan=False,
        allow_infinity=False,
    )


def _step(steps: Sequence[Fraction]) -> Fraction | None:
    """The least number that is a multiple of all."""
    if not steps:
        return None
    top = math.lcm(*(one.numerator for one in steps))
    return Fraction(top, math.gcd(*(one.denominator for one in steps)))


def strings(schemas: Sequence[Mapping[str, Any]]) -> st.SearchStrategy[str]:
    """Strings of the form and of the length."""
    least = max((int(one.get("minLength", 0)) for one in schemas), default=0)
    most = min((int(one["maxLength"]) for one in schemas if "maxLength" in one), default=None)
    patterns = [one["pattern"] for one in schemas if "pattern" in one]
    formats = [one["format"] for one in schemas if one.get("format") in FORMATS]
    told = [text for one in schemas for text in one.get("examples", ()) if isinstance(text, str)]
    return _strings(least, most, (*patterns,), (*formats,), (*told,))


@cache
def _strings(
    least: int,
    most: int | None,
    patterns: tuple[str, ...],
    formats: tuple[str, ...],
    examples: tuple[str, ...],
) -> st.SearchStrategy[str]:
    if most is not None and least > most:
        raise ImpossibleError
    formed = [*map(of_pattern, patterns), *(FORMATS[one] for one in formats)]
    if not formed:
        return st.text(min_size=least, max_size=least + _LONGEST if most is None else most)
    found = st.sampled_from(examples) | formed[0] if examples else formed[0]
    return found.filter(lambda text: least <= len(text) <= (len(text) if most is None else most))


@cache
def of_pattern(pattern: str) -> st.SearchStrategy[str]:
    """Strings in which the pattern is found; any, where Python's engine cannot read it."""
    spelt = _PROPERTY.sub(_in_ascii, pattern.replace("(?<", "(?P<"))
    try:
        compiled = re.compile(re.sub(r"\(\?P<([=!])", r"(?<\1", spelt), re.ASCII)
    except re.error:
        return st.text(max_size=_LONGEST)
    found = st.from_regex(compiled).filter(lambda text: not text.endswith("\n"))
    return found.filter(lambda text: matches(pattern, text)) if "\\p" in pattern else found


def _in_ascii(found: re.Match[str]) -> str:
    """A property of Unicode by what of it is ASCII, more or less: Python's engine has none."""
    word = "d" if found[2].rpartition("=")[2].startswith("N") else "w"
    return f"\\{word.upper() if found[1] == 'P' else word}"
