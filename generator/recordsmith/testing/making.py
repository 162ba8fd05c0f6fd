"""Making: JSON values that a schema accepts, drawn by hypothesis; the validator decides."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from itertools import chain
from typing import Any

from hypothesis import strategies as st

from recordsmith.catalog import Place
from recordsmith.in_process import PayloadValidator
from recordsmith.lowering.listing import type_name
from recordsmith.testing.parts import (
    asks,
    declared,
    dependents,
    ends,
    is_subtle,
    items,
    members,
    numbers_of,
    properties,
)
from recordsmith.testing.reading import ImpossibleError, Reader
from recordsmith.testing.scalars import numbers, of_pattern, strings
from recordsmith.validation.validator import Validator

_DEEP = 4
"""Levels below which values are as low as they may be."""
_DEEPEST = 40
"""A value that needs so many has no end."""
_TIMES = 5
"""How often to draw what is to fit a keyword that only the validator understands."""
_MORE = 3
"""Items more than an array needs."""
NOTHING = object()
"""What is drawn where no value was found."""

_SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | st.text(max_size=4)
ANY = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=4,
)
"""Any small value."""


def valid(judge: PayloadValidator) -> st.SearchStrategy[Any]:
    """The values that a validator accepts."""
    accepts = judge.exact.is_valid  # the judge itself takes a string for JSON text
    return drawn(judge).filter(lambda value: value is not NOTHING and accepts(value))


def drawn(judge: PayloadValidator) -> st.SearchStrategy[Any]:
    """Values of which most are valid."""
    maker = _Maker(judge.exact)
    top = judge.exact.document.top

    @st.composite
    def made(draw: st.DrawFn) -> Any:
        for _ in range(_TIMES):
            with suppress(ImpossibleError):
                return maker.value(draw, [top], 0)
        return NOTHING

    return made()


class _Maker:
    """Draws values that fit several schemas at once."""

    def __init__(self, exact: Validator) -> None:
        self._exact = exact
        self._reader = Reader(exact.catalog)
        self._judges: dict[int, Validator] = {}

    def value(self, draw: st.DrawFn, places: Sequence[Place], depth: int) -> Any:
        """A value that is to fit all places; `ImpossibleError` where none does."""
        if depth > _DEEPEST:
            raise ImpossibleError
        for _ in range(_TIMES):
            low = depth > _DEEP
            flat = [*self._reader.flat(draw, places, low=low, seen=frozenset())]
            value = self._drawn(draw, flat, depth)
            if all(self._judge(one).is_valid(value) for one in flat if is_subtle(one)):
                return value
        raise ImpossibleError

    def _drawn(self, draw: st.DrawFn, flat: list[Place], depth: int) -> Any:
        kinds = self._reader.common_kinds(flat)
        listed = members(flat)
        if listed is not None:
            fitting = [one for one in listed if type_name(one) in kinds]
            return deepcopy(_one_of(draw, fitting))  # the schema's own is not the user's to change
        if not any(asks(one) for one in flat):
            return draw(_SCALARS if depth > _DEEP else ANY)
        simple = kinds - {"array", "object"}
        chosen = _one_of(draw, sorted(simple if depth > _DEEP and simple else kinds))
        return self._of_kind(draw, chosen, flat, depth)

    def _judge(self, place: Place) -> Validator:
        """What judges by a place, be it anywhere in the schemas."""
        key = id(place.schema)
        if key not in self._judges:
            exact = self._exact
            self._judges[key] = Validator(
                exact.catalog, place.document, place.at.pointer, exact.formats
            )
        return self._judges[key]

    def _of_kind(self, draw: st.DrawFn, kind: str, flat: list[Place], depth: int) -> Any:
        schemas = [one.schema for one in flat]
        match kind:
            case "null":
                return None
            case "boolean":
                return draw(st.booleans())
            case "string":
                return draw(strings(schemas))
            case "array":
                return self._array(draw, flat, depth)
            case "object":
                return self._object(draw, flat, depth)
        return draw(numbers(schemas, whole=kind == "integer"))

    def _array(self, draw: st.DrawFn, flat: list[Place], depth: int) -> list[Any]:
        wanted = [place / "contains" for place in flat if "contains" in place.schema]
        needed = [int(one.schema.get("minContains", 1)) for one in flat if "contains" in one.schema]
        extra = list(chain.from_iterable([one] * n for one, n in zip(wanted, needed, strict=True)))
        least = max([len(extra), *numbers_of(flat, "minItems")])
        most = min([*numbers_of(flat, "maxItems"), *ends(flat)], default=least + _MORE)
        if least > most:
            raise ImpossibleError
        length = least if depth > _DEEP else draw(st.integers(least, min(most, least + _MORE)))
        unique = any(place.schema.get("uniqueItems") is True for place in flat)
        made: list[Any] = []
        for index in range(length):
            places = [*items(flat, index), *extra[index : index + 1]]
            for _ in range(4 if unique else 1):
                item = self.value(draw, places, depth + 1)
                if not unique or item not in made:
                    made.append(item)
                    break
        return made

    def _object(self, draw: st.DrawFn, flat: list[Place], depth: int) -> dict[str, Any]:
        known = list(dict.fromkeys(chain.from_iterable(map(declared, flat))))
        required = {name for place in flat for name in place.schema.get("required", ())}
        most = min(numbers_of(flat, "maxProperties"), default=1 << 30)
        least = max(numbers_of(flat, "minProperties"), default=0)
        low = depth > _DEEP
        made: dict[str, Any] = {}
        for name in [*known, *sorted(required - {*known})]:
            is_wanted = name in required or (not low and draw(st.integers(0, 3)) > 0)
            if is_wanted and (name in required or len(made) + len(required - {*made}) < most):
                self._add(draw, made, name, flat, depth)
        more = 0 if low else draw(st.sampled_from([0, 0, 1, 2]))
        for _ in range(more + 2 * max(0, least - len(made))):
            name = draw(self._names(draw, flat))
            if len(made) < most and name not in made:
                self._add(draw, made, name, flat, depth)
        for name in dependents(flat, made):
            self._add(draw, made, name, flat, depth)
        return made

    def _add(
        self, draw: st.DrawFn, made: dict[str, Any], name: str, flat: list[Place], depth: int
    ) -> None:
        """Give an object a property, if it may have it."""
        places = [*chain.from_iterable(properties(place, name, flat) for place in flat)]
        try:
            made[name] = self.value(draw, places, depth + 1)
        except ImpossibleError:
            if any(name in place.schema.get("required", ()) for place in flat):
                raise

    def _names(self, draw: st.DrawFn, flat: list[Place]) -> st.SearchStrategy[str]:
        """Names for properties that are not declared."""
        named = [place / "propertyNames" for place in flat if "propertyNames" in place.schema]
        patterns = [one for place in flat for one in place.schema.get("patternProperties", ())]
        if named:
            named.append(replace(flat[0], schema={"type": "string"}))
            return st.just(self.value(draw, named, _DEEP))
        return st.one_of(*map(of_pattern, patterns)) if patterns else st.text(max_size=6)


def _one_of(draw: st.DrawFn, values: Sequence[Any]) -> Any:
    if not values:
        raise ImpossibleError
    return draw(st.sampled_from(values))
