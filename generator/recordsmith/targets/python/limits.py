"""Limits: what a schema may say and Python cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import assert_never

from recordsmith.behaviours.sentinel import Sentinel
from recordsmith.ir import (
    Alias,
    Enumeration,
    Guarded,
    List,
    Literal,
    Map,
    Matching,
    Model,
    Named,
    Never,
    Other,
    Record,
    Scalar,
    Tuple,
    Type,
    Union,
)
from recordsmith.problems import Location, Problem
from recordsmith.targets.python.context import Context
from recordsmith.targets.python.fields import default_of
from recordsmith.targets.python.values import Expression, record

_DEEPEST = 32
"""Pydantic takes some twenty frames for a type within another, and Python has a thousand."""


def beyond_limits(context: Context) -> Iterator[Problem]:
    """A problem for each type and each value that no generated Python can be made of."""
    for definition in context.model.definitions:
        at = context.place_of(definition)
        match definition:
            case Record():
                yield from _of_record(definition, at, context.model)
            case Alias(type=type_):
                yield from _of_type(type_, at)
            case Enumeration():
                pass
            case _:
                assert_never(definition)


def _of_record(known: Record, at: Location, model: Model) -> Iterator[Problem]:
    for field in known.fields:
        place = at / "properties" / field.name
        yield from _of_type(field.type, place)
        yield from _of_value(partial(default_of, field, model), place / "default", "default")
    for behaviour in known.behaviours:
        if isinstance(behaviour, Sentinel):
            for special in behaviour.specials:
                value = partial(record, known.name, dict(special.value), model)
                place = at / Sentinel.keyword / special.name / "value"
                yield from _of_value(value, place, "sentinel")


def _of_value(make: Callable[[], Expression], at: Location, rule: str) -> Iterator[Problem]:
    try:
        make()
    except ValueError as error:
        yield Problem(at, rule, f"Python cannot hold the {rule}: {error}")


def _of_type(type_: Type, at: Location) -> Iterator[Problem]:
    if _depth(type_) > _DEEPEST:
        sentence = f"more than {_DEEPEST} types within each other; name some of them by `$ref`"
        yield Problem(at, "too-deep", sentence)


def _depth(type_: Type) -> int:
    match type_:
        case List(inner) | Map(inner) | Matching(inner) | Guarded(inner):
            return 1 + _depth(inner)
        case Union(members) | Tuple(members):
            return 1 + max(map(_depth, members), default=0)
        case Scalar() | Literal() | Named() | Never() | Other():
            return 1
        case _:
            assert_never(type_)
