"""Project: types of the IR as schemas that a printer can only print.

What the printer would have to interpret is left out: a slot stands for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias, assert_never

from recordsmith.ir import (
    Bounds,
    Guarded,
    List,
    Literal,
    Map,
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

Slot: TypeAlias = Named | Literal | Never | Other | Guarded | Union | Scalar | Map

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
            case Scalar(kind, bounds):
                return self._scalar(type_, kind, bounds)
            case List(items, bounds):
                return {"type": "array", "items": self.of(items), **self._bounds(bounds)}
            case Tuple(items):
                return self._tuple([self.of(item) for item in items])
            case Map(values, bounds, None):
                mapped = self.of(values) or True
                return {"type": "object", "additionalProperties": mapped, **self._bounds(bounds)}
            case Union(members, None):
                return {"anyOf": [self.of(member) for member in members]}
            case Union() | Map() | Named() | Literal() | Never() | Other() | Guarded():
                return self._slot(type_)
            case _:
                assert_never(type_)

    def _slot(self, part: Slot) -> dict[str, Any]:
        if part not in self.slots:
            self.slots.append(part)
        return {"customTypePath": SLOT.format(self.slots.index(part))}

    def _tuple(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        count = len(items)
        return {"type": "array", "prefixItems": items, "minItems": count, "maxItems": count}

    def _scalar(self, type_: Scalar, kind: ScalarKind, bounds: Bounds) -> dict[str, Any]:
        if kind is ScalarKind.ANY:
            return {}
        if kind in _WITH_A_CLASS:
            return self._slot(type_)
        return {"type": kind.value, **self._bounds(bounds)}

    def _bounds(self, bounds: Bounds) -> dict[str, Any]:
        found = {_SPELT[key]: value for key, value in asdict(bounds).items() if value is not None}
        if bounds.pattern is not None:
            self.patterns.append(bounds.pattern)
            found["pattern"] = _PATTERN.format(len(self.patterns) - 1)
        return found


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
        for inner in within(slot):
            yield from shapes(inner, shape_of)


def within(slot: Slot) -> tuple[Type, ...]:
    """The types that what stands in a slot is made of."""
    match slot:
        case Guarded(inner):
            return (inner,)
        case Union(members):
            return members
        case Map(values):
            return (values,)
        case Named() | Literal() | Never() | Other() | Scalar():
            return ()
        case _:
            assert_never(slot)
