"""Values: a JSON value of a type as a Python expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, assert_never
from uuid import UUID

from recordsmith.behaviours.unknown_member import UnknownMember
from recordsmith.ir import (
    Alias,
    Bounds,
    Definition,
    Enumeration,
    Field,
    Guarded,
    Json,
    List,
    Literal,
    Map,
    Matching,
    Model,
    Name,
    Named,
    Never,
    Other,
    Record,
    Scalar,
    ScalarKind,
    Tuple,
    Type,
    Union,
)
from recordsmith.targets.python import symbols
from recordsmith.targets.python.attributes import attributes

if TYPE_CHECKING:
    from pydantic import TypeAdapter


_HELD_BY: dict[ScalarKind, tuple[type, ...]] = {
    ScalarKind.BOOLEAN: (bool,),
    ScalarKind.INTEGER: (int, float),
    ScalarKind.PLAIN_INTEGER: (int,),
    ScalarKind.NUMBER: (int, float),
    ScalarKind.STRING: (str,),
    ScalarKind.DATE_TIME: (str,),
    ScalarKind.DATE: (str,),
    ScalarKind.UUID: (str,),
    ScalarKind.DURATION: (str,),
}


_CONTAINERS: dict[str, type] = {"array": list, "object": dict}


@dataclass(frozen=True, slots=True)
class Expression:
    """Python source, and the definitions that it names."""

    source: str
    names: frozenset[Name] = frozenset()


def expression(type_: Type, value: Json, model: Model) -> Expression:
    """`value`, which the schema accepts for `type_`, in Python.

    Raises `ValueError` if Python cannot hold it: a leap second, or a span of a million years.
    """
    match type_:
        case Named(name):
            return _named(name, value, model)
        case List(items) if isinstance(value, list):
            parts = [expression(items, item, model) for item in value]
            return _joined("[", parts, "]")
        case Map(values) if isinstance(value, dict):
            parts = [expression(values, item, model) for item in value.values()]
            pairs = [
                Expression(f"{symbols.quoted(key)}: {part.source}", part.names)
                for key, part in zip(value, parts, strict=True)
            ]
            return _joined("{", pairs, "}")
        case Scalar(kind):
            return _scalar(kind, value)
        case Union(members):
            fitting = (member for member in members if _fits(member, value, model))
            chosen = next(fitting, None)
            return expression(chosen, value, model) if chosen else _plain(value)
        case Guarded(inner):
            return expression(inner, value, model)
        case Tuple(items) if isinstance(value, list):
            parts = [expression(*pair, model) for pair in zip(items, value, strict=True)]
            return _joined("(", parts, ",)" if len(parts) == 1 else ")")
        case Literal() | List() | Map() | Matching() | Tuple() | Never() | Other():
            return _plain(value)
        case _:
            assert_never(type_)


def _plain(value: Json) -> Expression:
    return Expression(symbols.literal(value))


def _fits(type_: Type, value: Json, model: Model) -> bool:
    """Whether the value may be one of the type; that it is one of some type is known."""
    match type_:
        case Named(name):
            return _fits_definition(model[name], value, model)
        case Guarded(inner) | Matching(inner):
            return _fits(inner, value, model)
        case List() | Tuple() | Map():
            return isinstance(value, dict if isinstance(type_, Map) else list)
        case Other(than):
            return not isinstance(value, tuple(_CONTAINERS[one] for one in than))
        case Union(members):
            return any(_fits(member, value, model) for member in members)
        case Literal(values):
            return value in values
        case Never():
            return False
        case Scalar(kind, bounds):
            is_held = isinstance(value, _HELD_BY.get(kind, ()))
            return is_held and (not isinstance(value, str) or _reads(kind, bounds, value))


def _fits_definition(definition: Definition, value: Json, model: Model) -> bool:
    match definition:
        case Enumeration(members=members):
            is_open = isinstance(value, str) and any(_stand_ins(definition))
            return is_open or value in [member.value for member in members]
        case Record():
            return isinstance(value, dict) and _is_one(definition, value, model)
        case Alias(type=aliased):
            return _fits(aliased, value, model)


def _is_one(record_: Record, value: dict[str, Json], model: Model) -> bool:
    """Whether an object may be one of the record's."""
    fields = {field.name: field for field in record_.fields}
    if record_.closed and not value.keys() <= fields.keys():
        return False
    for name, field in fields.items():
        if name not in value:
            if field.required:
                return False
        elif value[name] is None and field.nullable:
            continue
        elif not _fits(field.type, value[name], model):
            return False
    return True


def _reads(kind: ScalarKind, bounds: Bounds, text: str) -> bool:
    """Whether the text has the form of a value of the kind."""
    try:
        _scalar(kind, text)
    except ValueError:
        return False
    return bounds.pattern is None or _is_found(bounds.pattern, text)


def _is_found(pattern: str, text: str) -> bool:
    """Whether the generated models find the pattern; Python's engine may take for ever."""
    from pydantic_core import SchemaValidator, core_schema  # late: few schemas have such a default

    try:
        SchemaValidator(core_schema.str_schema(pattern=pattern)).validate_python(text)
    except ValueError:
        return False
    return True


def _joined(before: str, parts: list[Expression], after: str) -> Expression:
    source = before + ", ".join(part.source for part in parts) + after
    return Expression(source, frozenset().union(*(part.names for part in parts)))


def _named(name: Name, value: Json, model: Model) -> Expression:
    match model[name]:
        case Enumeration() as enumeration:
            member = symbols.member(_member(enumeration, value))
            return Expression(f"{symbols.spelt(name)}.{member}", frozenset({name}))
        case Alias(type=type_):
            return expression(type_, value, model)
        case Record():
            return record(name, value, model)
        case other:
            assert_never(other)


def _member(enumeration: Enumeration, value: Json) -> str:
    """The member that the value is read as: in an open enum, any string is one."""
    named = (member.name for member in enumeration.members if member.value == value)
    return next(named, None) or next(_stand_ins(enumeration))


def _stand_ins(enumeration: Enumeration) -> Iterator[str]:
    """The member that any other string is read as; none where the enum is closed."""
    for behaviour in enumeration.behaviours:
        if isinstance(behaviour, UnknownMember):
            yield behaviour.member


def record(name: Name, value: Json, model: Model) -> Expression:
    """An instance of a record, by its constructor."""
    known = model[name]
    class_name = symbols.spelt(name)
    if not isinstance(known, Record) or not isinstance(value, dict):
        source = f"{class_name}.model_validate({symbols.literal(value)})"
        return Expression(source, frozenset({name}))
    fields = [field for field in known.fields if field.name in value]
    names = attributes(known, model)
    parts = [_part(field, value[field.name], model) for field in fields]
    arguments = [
        Expression(f"{names[field.name]}={part.source}", part.names)
        for field, part in zip(fields, parts, strict=True)
    ]
    call = _joined(f"{class_name}(", arguments, ")")
    return Expression(call.source, call.names | {name})


def _part(field: Field, value: Json, model: Model) -> Expression:
    is_null = value is None and field.nullable
    return Expression("None") if is_null else expression(field.type, value, model)


def _scalar(kind: ScalarKind, value: Json) -> Expression:
    if isinstance(value, float) and kind is ScalarKind.INTEGER:
        return Expression(symbols.literal(int(value)))
    if isinstance(value, str) and kind is ScalarKind.DURATION:
        return Expression(_timedelta(_span(value)))
    if isinstance(value, str) and kind is ScalarKind.DATE_TIME:
        return Expression(f"datetime.fromisoformat({symbols.quoted(_instant(value))})")
    if isinstance(value, str) and kind is ScalarKind.DATE:
        date.fromisoformat(value)
        return Expression(f"date.fromisoformat({symbols.quoted(value)})")
    if isinstance(value, str) and kind is ScalarKind.UUID:
        return Expression(f"UUID({symbols.quoted(str(UUID(value)))})")
    return Expression(symbols.literal(value))


def _instant(value: str) -> str:
    """An instant as `datetime` reads it: RFC 3339 lets `t` and `z` be small."""
    written = value.upper()
    if datetime.fromisoformat(written).tzinfo is None:
        raise ValueError(f"`{value}` has no offset")
    return written


@cache
def duration_adapter() -> TypeAdapter[timedelta]:
    """Reads and writes durations as the generated models do."""
    from pydantic import TypeAdapter  # late: few schemas have such a default

    return TypeAdapter(timedelta)


def _span(value: str) -> timedelta:
    try:
        return duration_adapter().validate_python(value)
    except ValueError as error:
        raise ValueError(f"`{value}` is no span of time") from error


def _timedelta(span: timedelta) -> str:
    parts = {"days": span.days, "seconds": span.seconds, "microseconds": span.microseconds}
    named = ", ".join(f"{unit}={amount}" for unit, amount in parts.items() if amount)
    return f"timedelta({named})"


def is_wire_string(type_: Type) -> bool:
    """Whether Python holds as a value of its own what JSON carries as a string of one pattern."""
    match type_:
        case Scalar(ScalarKind.DATE_TIME | ScalarKind.DURATION, bounds):
            return bounds.pattern is not None
    return False
