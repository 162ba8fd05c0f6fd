"""Guarded: whether anything in a package has a guard, so that it needs the engine of guards."""

from __future__ import annotations

from typing import assert_never

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


def is_guarded(model: Model) -> bool:
    """Whether any type of the model has a guard."""
    for definition in model.definitions:
        match definition:
            case Record(guards=guards, fields=fields, extras=extras):
                types = [field.type for field in fields]
                if guards or any(map(_has_guard, types)) or (extras and _has_guard(extras)):
                    return True
            case Alias(type=type_):
                if _has_guard(type_):
                    return True
            case Enumeration():
                pass
            case _:
                assert_never(definition)
    return False


def _has_guard(type_: Type) -> bool:
    match type_:
        case Guarded():
            return True
        case List(inner) | Map(inner) | Matching(inner):
            return _has_guard(inner)
        case Union(members) | Tuple(members):
            return any(map(_has_guard, members))
        case Scalar() | Literal() | Never() | Other() | Named():
            return False
        case _:
            assert_never(type_)
