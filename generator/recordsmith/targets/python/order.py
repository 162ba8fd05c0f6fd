"""Order: the definitions of a module so that each comes after those that it needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from recordsmith.ir import (
    Alias,
    Definition,
    Enumeration,
    List,
    Literal,
    Map,
    Model,
    Name,
    Named,
    Record,
    Scalar,
    Type,
    Union,
)


def in_order(definitions: tuple[Definition, ...], model: Model) -> tuple[Definition, ...]:
    """Enums and named types first, then records by dependency; by name where that leaves a choice.

    In a cycle of records the first by name comes first: its annotations are resolved late.
    """
    inside = {definition.name for definition in definitions}
    ordered: dict[Name, None] = {}
    for definition in sorted(definitions, key=lambda one: (isinstance(one, Record), one.name)):
        _visit(definition.name, inside, model, ordered)
    return tuple(model[name] for name in ordered)


def _visit(start: Name, inside: set[Name], model: Model, ordered: dict[Name, None]) -> None:
    """Depth first, without recursion: schemas may be deep."""
    path = [(start, _needs(start, inside, model))]
    open_ = {start}
    while path:
        name, needs = path[-1]
        need = next((one for one in needs if one not in ordered and one not in open_), None)
        if need is None:
            path.pop()
            ordered.setdefault(name)
        else:
            open_.add(need)
            path.append((need, _needs(need, inside, model)))


def _needs(name: Name, inside: set[Name], model: Model) -> Iterator[Name]:
    return iter(sorted(one for one in needs_of(model[name]) if one in inside and one != name))


def leads_to(type_: Type, goal: Name, model: Model) -> bool:
    """Whether a value of the type may hold a value of the definition `goal`."""
    waiting = list(_named(type_))
    seen: set[Name] = set()
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting += needs_of(model[name])
    return False


def needs_of(definition: Definition) -> Iterator[Name]:
    """The definitions that this one names, once for every time."""
    match definition:
        case Record(fields=fields, base=base):
            yield from () if base is None else (base,)
            for field in fields:
                yield from _named(field.type)
        case Alias(type=type_):
            yield from _named(type_)
        case Enumeration():
            pass
        case _:
            assert_never(definition)


def _named(type_: Type) -> Iterator[Name]:
    match type_:
        case Named(name):
            yield name
        case List(items):
            yield from _named(items)
        case Map(values):
            yield from _named(values)
        case Union(members):
            for member in members:
                yield from _named(member)
        case Scalar() | Literal():
            pass
        case _:
            assert_never(type_)
