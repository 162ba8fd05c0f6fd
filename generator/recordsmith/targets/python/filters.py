"""Filters: what the Python templates and the hand-written mixins may call."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from recordsmith.behaviours import Special
from recordsmith.ir import Json, Model, Record, ScalarKind
from recordsmith.targets.python import symbols
from recordsmith.targets.python.values import Expression, expression, record

_WIRE_TYPES = {ScalarKind.DATE_TIME: "datetime", ScalarKind.DURATION: "timedelta"}
_WIRE_FORMATS = {ScalarKind.DATE_TIME: "date-time", ScalarKind.DURATION: None}


def filters(package: str) -> dict[str, Callable[..., Any]]:
    """The filters of the templates of `package`, by name."""

    def imports(value: Expression) -> str:
        """Import statements for what an expression names."""
        lines = (
            f"from {'.'.join((package, *symbols.module(name)))} import {name.type}"
            for name in sorted(value.names)
        )
        return "\n".join(lines)

    return {
        "attribute": symbols.attribute,
        "constant": symbols.constant,
        "docstring": symbols.docstring,
        "imports": imports,
        "instance": _instance,
        "literal": symbols.literal,
        "member": symbols.member,
        "pairwise": pairwise,
        "part": _part,
        "pattern": symbols.pattern,
        "sequence": symbols.sequence,
        "toml": symbols.quoted_toml,
        "wire_format": _WIRE_FORMATS.__getitem__,
        "wire_type": _WIRE_TYPES.__getitem__,
    }


def _instance(definition: Record, special: Special, model: Model) -> Expression:
    """A special value of a record, by the record's constructor."""
    return record(definition.name, dict(special.value), model)


def _part(definition: Record, special: Special, name: str, model: Model) -> Expression:
    """One property of a special value."""
    value: Json = dict(special.value)[name]
    field = next(field for field in definition.fields if field.name == name)
    return expression(field.type, value, model)
