"""Scalars: numbers and strings, from all facets that speak of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal

from recordsmith.drafts import Draft
from recordsmith.ir import Bounds, Scalar, ScalarKind
from recordsmith.lowering.facets import Facet
from recordsmith.lowering.lost import Lost
from recordsmith.readable import linear

NUMERIC = frozenset(("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"))
TEXTUAL = frozenset(
    ("contentEncoding", "contentMediaType", "format", "maxLength", "minLength", "pattern")
)
_LARGEST_FLOAT = 2**53
"""Beyond it a float does not hold every integer."""
_LARGEST_SIZE = 2**62

_KINDS = {
    "date-time": ScalarKind.DATE_TIME,
    "date": ScalarKind.DATE,
    "uuid": ScalarKind.UUID,
}
"""The formats that languages have a type of their own for."""


def number(kind: ScalarKind, facets: list[Facet], lost: Lost) -> Scalar:
    """An integer or a number within the bounds of all facets."""
    is_integer = kind is ScalarKind.INTEGER
    found: dict[str, int | float] = {}
    for facet in facets:
        for keyword in sorted(NUMERIC & facet.written.keys()):
            if _is_carried(keyword, facet[keyword], found, is_integer=is_integer):
                _tighten(found, keyword, facet[keyword])
            else:
                lost.add(facet, keyword)
    bounds = _of_integers(found) if is_integer else found
    is_plain = any("type" in one and not one.place.draft.takes_whole_floats for one in facets)
    return Scalar(
        ScalarKind.PLAIN_INTEGER if is_plain and is_integer else kind,
        Bounds(
            minimum=bounds.get("minimum"),
            maximum=bounds.get("maximum"),
            exclusive_minimum=bounds.get("exclusiveMinimum"),
            exclusive_maximum=bounds.get("exclusiveMaximum"),
            multiple_of=bounds.get("multipleOf"),
        ),
    )


def _is_carried(
    keyword: str, value: float, found: Mapping[str, float], *, is_integer: bool
) -> bool:
    """Whether types compare exactly: floats are none too large, and divided by nothing."""
    if keyword == "multipleOf":
        return is_integer and keyword not in found and value == math.floor(value)
    return is_integer or abs(value) <= _LARGEST_FLOAT


def _tighten(found: dict[str, int | float], keyword: str, value: float) -> None:
    tighter = max if keyword.lower().endswith("minimum") else min
    found[keyword] = tighter(found.get(keyword, value), value)


def _of_integers(found: Mapping[str, int | float]) -> dict[str, int | float]:
    """Bounds as integers: what lies between two of them is no integer."""
    bounds: dict[str, int | float] = {}
    for keyword, value in found.items():
        whole = value == math.floor(value)
        if keyword == "multipleOf" and value == 1:
            continue  # every integer is
        if whole:
            _tighten(bounds, keyword, int(Decimal(repr(value))))  # 1e25 as it is written
        elif keyword.lower().endswith("minimum"):
            _tighten(bounds, "minimum", math.ceil(value))
        else:
            _tighten(bounds, "maximum", math.floor(value))
    return bounds


def string(facets: list[Facet], lost: Lost, asserts_formats: Mapping[Draft, bool]) -> Scalar:
    """A string within the bounds of all facets, or the kind of value that it stands for."""
    kind, pattern = ScalarKind.STRING, None
    for facet in facets:
        lost.add(facet, *(one for one in facet.written if one.startswith("content")))
        if "pattern" in facet:
            translated = linear(facet["pattern"]) if pattern is None else None
            pattern = translated or pattern
            if translated is None:
                lost.add(facet, "pattern")
        if "format" in facet and is_checked(facet, asserts_formats):
            known = _KINDS.get(facet["format"])
            if known is None or kind not in (ScalarKind.STRING, known):
                lost.add(facet, "format")
            else:
                kind = known
    if kind is not ScalarKind.STRING:
        return _wire_string(kind, pattern, facets, lost)
    least, most = lengths(facets, "minLength", "maxLength")
    return Scalar(kind, Bounds(min_length=least, max_length=most, pattern=pattern))


def lengths(facets: list[Facet], least: str, most: str) -> tuple[int | None, int | None]:
    """The tightest of all bounds on a size."""
    lower = max((facet[least] for facet in facets if least in facet), default=None)
    upper = min((facet[most] for facet in facets if most in facet), default=None)
    return _size(lower), _size(upper)


def _size(written: float | None) -> int | None:
    """A size as engines hold it; nothing is larger."""
    return None if written is None else min(int(written), _LARGEST_SIZE)


def is_checked(facet: Facet, asserts_formats: Mapping[Draft, bool]) -> bool:
    """Whether the facet's format asserts anything."""
    draft = facet.place.draft
    return asserts_formats[draft] and facet["format"] in draft.formats


def _wire_string(kind: ScalarKind, pattern: str | None, facets: list[Facet], lost: Lost) -> Scalar:
    """A value that JSON carries as a string; its pattern may tell its form more closely."""
    is_form = kind is ScalarKind.DATE_TIME and pattern is not None
    for facet in facets:
        lost.add(facet, *({"minLength", "maxLength"} & facet.written.keys()))
        if "pattern" in facet and not is_form:
            lost.add(facet, "pattern")
    return Scalar(kind, Bounds(pattern=pattern) if is_form else Bounds())
