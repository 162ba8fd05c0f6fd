"""Scalars: numbers within bounds, strings of a form."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta, timezone
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.provisional import urls

from recordsmith.testing.reading import ImpossibleError

_NEAR = 10
_LONGEST = 12
"""Characters more than a string needs."""
_HALF_A_DAY = 12 * 60

_ZONES = st.integers(-_HALF_A_DAY, _HALF_A_DAY).map(lambda n: timezone(timedelta(minutes=n)))
_DURATION = r"P(?:[0-9]{1,3}D)?T[0-9]{1,3}(?:H|M|S)"

FORMATS: Mapping[str, st.SearchStrategy[str]] = {
    "date": st.dates().map(str),
    "date-time": st.datetimes(timezones=_ZONES).map(lambda one: one.isoformat()),
    "time": st.times(timezones=_ZONES).map(lambda one: one.isoformat()),
    "duration": st.from_regex(_DURATION, fullmatch=True),
    "email": st.emails(),
    "idn-email": st.emails(),
    "hostname": st.from_regex(r"[a-z]{1,9}(?:\.[a-z0-9]{1,9}){0,2}", fullmatch=True),
    "idn-hostname": st.from_regex(r"[a-z]{1,9}(?:\.[a-z0-9]{1,9}){0,2}", fullmatch=True),
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


def bounds(schemas: Sequence[Mapping[str, Any]]) -> tuple[list[Fraction], list[Fraction]]:
    """The least and the greatest value that each schema takes, exclusive or not."""
    least: list[Fraction] = []
    greatest: list[Fraction] = []
    for schema in schemas:
        for words, found in (
            (("minimum", "exclusiveMinimum"), least),
            (("maximum", "exclusiveMaximum"), greatest),
        ):
            numbers = [schema[word] for word in words if word in schema]
            found += [Fraction(str(one)) for one in numbers if not isinstance(one, bool)]
    return least, greatest


def numbers(schemas: Sequence[Mapping[str, Any]], *, whole: bool) -> st.SearchStrategy[Any]:
    """Numbers within the bounds, multiples of what they are to be."""
    least, greatest = bounds(schemas)
    step = _step([Fraction(str(one["multipleOf"])) for one in schemas if "multipleOf" in one])
    low, high = max(least, default=None), min(greatest, default=None)
    if not whole and step is None:
        return _floats(low, high)
    step = Fraction((step or Fraction(1)).numerator) if whole else step or Fraction(1)
    first = None if low is None else math.ceil(low / step)
    last = None if high is None else math.floor(high / step)
    counts = _integers(first, last)
    if whole:
        return counts.map(lambda count: int(count * step))
    return counts.map(lambda count: float(count * step))


@cache
def _integers(first: int | None, last: int | None) -> st.SearchStrategy[int]:
    if first is not None and last is not None and first > last:
        raise ImpossibleError
    if first is None:
        low, high = (-_NEAR, _NEAR) if last is None else (last - _NEAR, last)
    else:
        low, high = first, first + _NEAR if last is None else min(first + _NEAR, last)
    return st.integers(low, high) | st.integers(first, last)


@cache
def _floats(low: Fraction | None, high: Fraction | None) -> st.SearchStrategy[float]:
    if low is not None and high is not None and low > high:
        raise ImpossibleError
    return st.floats(
        None if low is None else float(low),
        None if high is None else float(high),
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


@cache  # hypothesis takes its time over a new strategy
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
    try:
        compiled = re.compile(pattern.replace("(?<", "(?P<").replace("(?P<=", "(?<="), re.ASCII)
    except re.error:
        return st.text(max_size=_LONGEST)
    return st.from_regex(compiled).filter(lambda text: not text.endswith("\n"))
