"""Order: the definitions of a module so that each comes after those that it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, assert_never

from recordsmith.ir import (
    Alias,
    Definition,
    Enumeration,
    Guarded,
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
    Tuple,
    Type,
    Union,
)

_Node = TypeVar("_Node")


def in_order(definitions: tuple[Definition, ...], model: Model) -> tuple[Definition, ...]:
    """Enums and named types first, then records by dependency; by name where that leaves a choice.

    In a cycle of records the first by name comes first, unless it extends another: annotations are
    resolved late.
    """
    inside = {definition.name for definition in definitions}
    ordered: dict[Name, None] = {}
    for definition in sorted(definitions, key=lambda one: (isinstance(one, Record), one.name)):
        _visit(definition.name, inside, model, ordered)
    return tuple(model[name] for name in ordered)


def _visit(start: Name, inside: set[Name], model: Model, ordered: dict[Name, None]) -> None:
    """Depth first, without recursion: schemas may be deep."""

    def can_wait(name: Name) -> bool:
        """Whether it is there already, or cannot be before what is being visited."""
        at_once = reached([name], lambda one: _needed_at_once(model[one], model))
        return name in ordered or not at_once.isdisjoint(open_)

    path = [(start, _needs(start, inside, model))]
    open_ = {start}
    while path:
        name, needs = path[-1]
        need = next((one for one in needs if not can_wait(one)), None)
        if need is None:
            path.pop()
            open_.remove(name)
            ordered.setdefault(name)
        else:
            open_.add(need)
            path.append((need, _needs(need, inside, model)))


def _needs(name: Name, inside: set[Name], model: Model) -> Iterator[Name]:
    return iter(sorted(one for one in needs_of(model[name]) if one in inside and one != name))


def _needed_at_once(definition: Definition, model: Model) -> Iterator[Name]:
    """The definitions that must be there when the source of this one runs."""
    match definition:
        case Record(base=Name() as base):
            yield base
        case Alias() if not is_named_alias(definition, model):
            yield from needs_of(definition)


def leads_to(type_: Type, goal: Name, model: Model) -> bool:
    """Whether a value of the type may hold a value of the definition `goal`."""
    return goal in reached(_named(type_), lambda name: needs_of(model[name]))


def is_named_alias(alias: Alias, model: Model) -> bool:
    """Whether the type is to be one that pydantic knows by its name.

    It has to be if it is a part of itself.  It should be if it is large: what pydantic does not
    know by a name it copies to wherever it is named, and copies of copies grow exponentially.
    """

    def aliased(name: Name) -> Iterable[Name]:
        definition = model[name]
        return needs_of(definition) if isinstance(definition, Alias) else ()

    ways = {name: [*aliased(name)] for name in reached([alias.name], aliased)}
    return alias.name in reached(ways[alias.name], ways.__getitem__) or _is_large(alias, ways)


_LARGE = 64
"""Names of other types; copies of less do no harm."""


def _is_large(alias: Alias, ways: Mapping[Name, list[Name]]) -> bool:
    """Whether many names are left when those of small types are replaced by what they stand for."""
    sizes: dict[Name, int] = {}
    path = [alias.name]
    while path:
        name = path[-1]
        waiting = [one for one in ways[name] if one not in sizes and one not in path]
        if waiting and name not in sizes:
            path.append(waiting[0])
            continue
        path.pop()
        size = sum(sizes.get(one, 1) for one in ways[name])
        sizes[name] = size if 0 < size <= _LARGE or name == alias.name else 1
    return sizes[alias.name] > _LARGE


def reached(starts: Iterable[_Node], onward: Callable[[_Node], Iterable[_Node]]) -> set[_Node]:
    """Where the ways from `starts` lead, themselves included."""
    waiting = list(starts)
    found: set[_Node] = set()
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += onward(node)
    return found


def needs_of(definition: Definition) -> Iterator[Name]:
    """The definitions that this one names, once for every time."""
    match definition:
        case Record(fields=fields, base=base, extras=extras):
            yield from () if base is None else (base,)
            for field in fields:
                yield from _named(field.type)
            yield from () if extras is None else _named(extras)
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
        case List(inner) | Map(inner) | Matching(inner) | Guarded(inner):
            yield from _named(inner)
        case Union(members) | Tuple(members):
            for member in members:
                yield from _named(member)
        case Scalar() | Literal() | Never() | Other():
            pass
        case _:
            assert_never(type_)
