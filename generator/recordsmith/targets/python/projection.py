"""Project: records of the IR as plain schemas of their fields that a printer can only print.

A definition is named by the path of the Python type that it becomes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any, assert_never

from recordsmith.ir import (
    Bounds,
    Field,
    List,
    Literal,
    Map,
    Model,
    Name,
    Named,
    Record,
    Scalar,
    ScalarKind,
    Type,
    Union,
)
from recordsmith.targets.python.attributes import attributes

PathOf = Callable[[Name], str]
"""The dotted path of the Python type that a definition becomes."""

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


def project(
    records: Iterable[Record], model: Model, runtime: str, path_of: PathOf
) -> dict[str, dict[str, Any]]:
    """The schemas of fields, by record and attribute; `runtime` is the module of exact types."""
    projection = _Projection(model, runtime, path_of)
    return {str(record.name): projection.record(record) for record in records}


class _Projection:
    def __init__(self, model: Model, runtime: str, path_of: PathOf) -> None:
        self._model = model
        self._runtime = runtime
        self._path_of = path_of

    def record(self, record: Record) -> dict[str, Any]:
        names = attributes(record, self._model)
        return {names[field.name]: self._field(field) for field in record.fields}

    def _field(self, field: Field) -> dict[str, Any]:
        """Without the default, which is printed apart from the type."""
        schema = self._type(field.type)
        if field.nullable and schema != {"type": "null"}:
            return {"anyOf": [*schema.get("anyOf", [schema]), {"type": "null"}]}
        return schema

    def _type(self, type_: Type) -> dict[str, Any]:
        match type_:
            case Scalar(kind, bounds):
                return {**self._scalar(kind), **_bounds(bounds)}
            case Literal(values):
                return {"enum": list(values)}
            case List(items, bounds):
                return {"type": "array", "items": self._type(items), **_bounds(bounds)}
            case Map(values, bounds):
                mapped = self._type(values) or True
                return {"type": "object", "additionalProperties": mapped, **_bounds(bounds)}
            case Union(members):
                return {"anyOf": [self._type(member) for member in members]}
            case Named(name):
                return {"customTypePath": self._path_of(name)}
            case _:
                assert_never(type_)

    def _scalar(self, kind: ScalarKind) -> dict[str, Any]:
        match kind:
            case ScalarKind.ANY:
                return {}
            case ScalarKind.DATE_TIME:
                return {"customTypePath": f"{self._runtime}.DateTime"}
            case ScalarKind.DURATION:
                return {"customTypePath": "datetime.timedelta"}
            case (
                ScalarKind.NULL
                | ScalarKind.BOOLEAN
                | ScalarKind.INTEGER
                | ScalarKind.NUMBER
                | ScalarKind.STRING
            ):
                return {"type": kind.value}
            case _:
                assert_never(kind)


def _bounds(bounds: Bounds) -> dict[str, Any]:
    return {_SPELT[key]: value for key, value in asdict(bounds).items() if value is not None}
