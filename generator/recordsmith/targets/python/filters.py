"""Filters: what the Python templates and the hand-written mixins may call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from recordsmith.behaviours import Special
from recordsmith.ir import Json, Model, Name, Record, ScalarKind
from recordsmith.targets.python import symbols
from recordsmith.targets.python.attributes import attributes, base_of
from recordsmith.targets.python.fields import default_of
from recordsmith.targets.python.values import Expression, expression, record

_WIRE_TYPES = {ScalarKind.DATE_TIME: "datetime", ScalarKind.DURATION: "timedelta"}
_EMPTY: tuple[Json, ...] = (None, "", [])
"""The defaults of a field that count as empty."""
_WIRE_FORMATS = {ScalarKind.DATE_TIME: "date-time", ScalarKind.DURATION: None}


def filters(package: str) -> dict[str, Callable[..., Any]]:
    """The filters of the templates of `package`, by name."""

    def imports(value: Expression) -> str:
        """Import statements for what an expression names."""
        lines = (
            f"from {'.'.join((package, *symbols.module(name)))} import {symbols.class_name(name)}"
            for name in sorted(value.names)
        )
        return "\n".join(lines)

    return {
        "attributes": _attributes,
        "constant": symbols.constant,
        "docstring": symbols.docstring,
        "filled": _filled,
        "imports": imports,
        "inherits": _inherits,
        "instance": _instance,
        "listing": _listing,
        "literal": symbols.literal,
        "member": symbols.member,
        "method": symbols.method,
        "pairwise": pairwise,
        "part": _part,
        "pattern": symbols.pattern,
        "sequence": symbols.sequence,
        "reference": _reference,
        "toml": symbols.quoted_toml,
        "wire_format": _WIRE_FORMATS.__getitem__,
        "wire_type": _WIRE_TYPES.__getitem__,
    }


def _attributes(definition: Record, names: Iterable[str], model: Model) -> list[str]:
    """The attributes that hold some properties of a record."""
    spelt = attributes(definition, model)
    return [spelt[name] for name in names]


def _filled(definition: Record, name: str, model: Model) -> str:
    """An expression that is true where a field is given and non-empty."""
    attribute = attributes(definition, model)[name]
    field = next(field for field in definition.fields if field.name == name)
    value = f"self.{attribute}"
    if default_of(field, model).source == "MISSING":
        return f"({value} is not MISSING and {value})"
    if field.default and field.default.value not in _EMPTY:
        return f"({symbols.quoted(attribute)} in self.model_fields_set and {value})"
    return value


def _listing(definition: Record, name: str, model: Model) -> str:
    """An expression for the items of a field that is a list; it has none where it is not given."""
    value = f"self.{attributes(definition, model)[name]}"
    field = next(field for field in definition.fields if field.name == name)
    if default_of(field, model).source == "MISSING":
        return f"(() if {value} is MISSING else {value})"
    return f"({value} or ())" if field.nullable else value


def _reference(name: Name) -> Expression:
    """A definition by its name."""
    return Expression(symbols.spelt(name), frozenset({name}))


def _inherits(definition: Record, keyword: str, model: Model) -> bool:
    """Whether a base of the record has the behaviour."""
    base = base_of(definition, model)
    if base is None:
        return False
    own = any(behaviour.keyword == keyword for behaviour in base.behaviours)
    return own or _inherits(base, keyword, model)


def _instance(definition: Record, special: Special, model: Model) -> Expression:
    """A special value of a record, by the record's constructor."""
    return record(definition.name, dict(special.value), model)


def _part(definition: Record, special: Special, name: str, model: Model) -> Expression:
    """One property of a special value."""
    value: Json = dict(special.value)[name]
    field = next(field for field in definition.fields if field.name == name)
    return expression(field.type, value, model)
