"""Project: types of the IR as schemas that a printer can only print.

What the printer would have to interpret is left out: a slot stands for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias, assert_never

from recordsmith.ir import (
    UNBOUNDED,
    Bounds,
    Guarded,
    List,
    Literal,
    Map,
    Matching,
    Named,
    Never,
    Other,
    Scalar,
    ScalarKind,
    Tuple,
    Type,
    Union,
)

SLOT = "Slot_{}"
"""The class that stands for the part with this number."""

Slot: TypeAlias = Type

_SPELT = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusive_minimum": "exclusiveMinimum",
    "exclusive_maximum": "exclusiveMaximum",
    "multiple_of": "multipleOf",
    "min_length": "minLength",
    "max_length": "maxLength",
    "min_items": "minItems",
    "max_items": "maxItems",
    "min_properties": "minProperties",
    "max_properties": "maxProperties",
    "pattern": "pattern",
}
_WITH_A_CLASS = (
    ScalarKind.DATE_TIME,
    ScalarKind.DATE,
    ScalarKind.UUID,
    ScalarKind.DURATION,
    ScalarKind.PLAIN_INTEGER,
)
MOST_MEMBERS = 40
"""Beyond so many, `A | B | …` is nested more deeply than Python's parser likes."""
_PATTERN = "slot {}"
"""The pattern that stands for the pattern with this number."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A type without its parts that have names: many types are of one shape."""

    schema: dict[str, Any]
    slots: tuple[Slot, ...]
    """What stands in each slot."""
    patterns: tuple[str, ...]
    """What each pattern is."""

    @property
    def key(self) -> str:
        """A text that shapes alike have in common."""
        return json.dumps(self.schema)


@dataclass(slots=True)
class _Projection:
    slots: list[Slot] = field(default_factory=list)
    patterns: list[str] = field(default_factory=list)

    def of(self, type_: Type) -> dict[str, Any]:
        match type_:
            case Scalar(kind, bounds) if kind not in _WITH_A_CLASS:
                return {**_scalar(kind), **self._bounds(bounds)}
            case List(items, bounds):
                return {"type": "array", "items": self._part(items), **self._bounds(bounds)}
            case Tuple(items):
                return _tuple([self._part(item) for item in items])
            case Map(values, bounds):
                mapped = self._part(values) or True
                return {"type": "object", "additionalProperties": mapped, **self._bounds(bounds)}
            case Union(members, None) if len(members) <= MOST_MEMBERS:
                return {"anyOf": [self._part(member) for member in members]}
            case (
                Scalar()
                | Union()
                | Named()
                | Literal()
                | Never()
                | Other()
                | Matching()
                | Guarded()
            ):
                return self._slot(type_)
            case _:
                assert_never(type_)

    def _part(self, type_: Type) -> dict[str, Any]:
        """A part of a type: what is more than a plain scalar is printed by itself."""
        match type_:
            case Scalar(kind, bounds) if bounds == UNBOUNDED and kind not in _WITH_A_CLASS:
                return _scalar(kind)
        return self._slot(type_)

    def _slot(self, part: Slot) -> dict[str, Any]:
        if part not in self.slots:
            self.slots.append(part)
        return {"customTypePath": SLOT.format(self.slots.index(part))}

    def _bounds(self, bounds: Bounds) -> dict[str, Any]:
        found = {_SPELT[key]: value for key, value in asdict(bounds).items() if value is not None}
        if bounds.pattern is not None:
            self.patterns.append(bounds.pattern)
            found["pattern"] = _PATTERN.format(len(self.patterns) - 1)
        return found


def _scalar(kind: ScalarKind) -> dict[str, Any]:
    return {} if kind is ScalarKind.ANY else {"type": kind.value}


def _tuple(items: list[dict[str, Any]]) -> dict[str, Any]:
    count = len(items)
    return {"type": "array", "prefixItems": items, "minItems": count, "maxItems": count}


def project(type_: Type) -> Shape:
    """The shape of a type, and what stands in its slots."""
    projection = _Projection()
    schema = projection.of(type_)
    return Shape(schema, tuple(projection.slots), tuple(projection.patterns))


def shapes(type_: Type, shape_of: Callable[[Type], Shape]) -> Iterator[Shape]:
    """The shape of a type, and those of the types in its slots."""
    shape = shape_of(type_)
    yield shape
    for slot in shape.slots:
        for inner in _within(slot, type_):
            yield from shapes(inner, shape_of)


def _within(slot: Slot, type_: Type) -> tuple[Type, ...]:
    """The types that what stands in a slot of a type's shape is made of."""
    if slot is not type_:
        return (slot,)
    match slot:
        case Guarded(inner) | Matching(inner):
            return (inner,)
        case Union(members):
            return members
    return ()
