"""Machine: the lifecycle that a record's history is replayed by, as tables of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from recordsmith.behaviours import History, Lifecycle, UnknownMember
from recordsmith.catalog import Catalog, Document
from recordsmith.drafts import FormatPolicy
from recordsmith.index import name_of
from recordsmith.ir import Alias, Behaviour, Definition, Enumeration, Model, Named
from recordsmith.lowering import lower
from recordsmith.naming import listed
from recordsmith.problems import Location, Problem, ProblemsFound

_Kind = TypeVar("_Kind", bound=Behaviour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The states of a record, each by its number in the enum's order."""

    history: History
    names: tuple[str, ...]
    numbers: Mapping[Any, int]
    """The state of each value that stands for one."""
    other: int | None
    """The state of any other value: the open end of an enum."""
    allowed: tuple[frozenset[int], ...]
    """For each state, those that may follow; itself is one of them."""
    terminal: frozenset[int]
    initial: int
    path: tuple[int, ...]
    groups: tuple[tuple[str, tuple[int, ...]], ...]
    lifecycle_at: Location
    """The keyword, in the schemas."""
    history_at: Location

    def targets(self, state: int) -> list[str]:
        """The names of the other states that may follow."""
        return [self.names[one] for one in sorted(self.allowed[state] - {state})]


def machine_of(catalog: Catalog, document: Document, formats: FormatPolicy) -> Machine:
    """The machine of a document's record.

    Raises `ProblemsFound`: with the rule `no-history` where it does not tell its history.
    """
    model = lower(catalog, formats)
    record = _definition(document, model)
    history = _behaviour(record, History)
    if history is None:
        raise ProblemsFound([_without_history(record, document, model)])
    states = model[history.states]
    lifecycle = _behaviour(states, Lifecycle)
    if not isinstance(states, Enumeration) or lifecycle is None:
        raise AssertionError("a history is of an enum with a lifecycle")
    files = {str(one.path): one.at.file for one in catalog.all_documents()}
    return _machine(history, states, lifecycle, [_place(one, files) for one in (record, states)])


def _definition(document: Document, model: Model) -> Definition:
    """What the document describes, whatever else it is called."""
    definition = model[name_of(document)]
    while isinstance(definition, Alias) and isinstance(definition.type, Named):
        definition = model[definition.type.name]
    return definition


def _behaviour(definition: Definition, kind: type[_Kind]) -> _Kind | None:
    return next((one for one in definition.behaviours if isinstance(one, kind)), None)


def _place(definition: Definition, files: Mapping[str, str]) -> Location:
    source = definition.source
    return Location(files.get(source.document, source.document), source.pointer)


def _without_history(record: Definition, document: Document, model: Model) -> Problem:
    having = [one.name.type for one in model.definitions if _behaviour(one, History)]
    hint = f"; there is one in {listed(having)}" if having else ""
    sentence = f"`{record.name.type}` has no `{History.keyword}` to be replayed{hint}"
    return Problem(document.at, "no-history", sentence)


def _machine(
    history: History, states: Enumeration, lifecycle: Lifecycle, places: list[Location]
) -> Machine:
    names = tuple(member.name for member in states.members)
    open_end = _behaviour(states, UnknownMember)

    def numbered(members: Iterable[str]) -> tuple[int, ...]:
        return tuple(names.index(member) for member in members)

    groups = tuple((group, numbered(members)) for group, members in lifecycle.groups)
    return Machine(
        history=history,
        names=names,
        numbers={member.value: number for number, member in enumerate(states.members)},
        other=names.index(open_end.member) if open_end else None,
        allowed=tuple(frozenset(numbered((state, *to))) for state, to in lifecycle.transitions),
        terminal=frozenset(dict(groups)["terminal"]),
        initial=names.index(lifecycle.initial),
        path=numbered(lifecycle.path),
        groups=groups,
        lifecycle_at=places[1] / Lifecycle.keyword,
        history_at=places[0] / History.keyword,
    )
