"""`x-lifecycle`: the states of a status enum and the transitions between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from recordsmith.behaviours.subject import Subject
from recordsmith.ir import Behaviour
from recordsmith.problems import Location

_RULE = "lifecycle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle(Behaviour):
    """A state machine over the members of an enum.  Every member may also go to itself."""

    keyword: ClassVar[str] = "x-lifecycle"
    explains: ClassVar[tuple[str, ...]] = ()

    initial: str
    path: tuple[str, ...]
    """The members of an undisturbed history, first to last."""
    transitions: tuple[tuple[str, tuple[str, ...]], ...]
    """For each member, in the enum's order, the other members it may go to, in that order too."""
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    """Named sets of members, sorted by name; `terminal` is one of them."""

    @classmethod
    def read(cls, subject: Subject) -> Lifecycle | None:
        """The behaviour; None where its names are not the enum's."""
        if not subject.is_enumeration(cls.keyword):
            return None
        value = subject.schema[cls.keyword]
        if [at for names, at in _names(subject) if not subject.known_members(names, at, _RULE)]:
            return None
        order = subject.members()
        lifecycle = cls(
            initial=value["initial"],
            path=tuple(value["path"]),
            transitions=tuple(
                (name, _sorted(value["transitions"].get(name, ()), order)) for name in order
            ),
            groups=tuple(
                (group, _sorted(names, order)) for group, names in sorted(value["groups"].items())
            ),
        )
        lifecycle._lint(subject, value)
        return lifecycle

    def _lint(self, subject: Subject, value: dict[str, Any]) -> None:
        """Report what no state machine wants."""
        at = subject.at / self.keyword
        report = subject.problems.add
        edges = dict(self.transitions)
        for name in subject.members():
            if name not in value["transitions"]:
                sentence = f"say where `{name}` may go; [] is nowhere"
                report(at / "transitions", "lifecycle-incomplete", sentence)
            elif not edges[name] and name not in dict(self.groups)["terminal"]:
                sentence = f"`{name}` has no exit and is not terminal: a record would be stuck"
                report(at / "transitions" / name, "lifecycle-dead-end", sentence)
            if name in edges[name]:
                sentence = f"`{name}` may always go to itself; leave it out"
                report(at / "transitions" / name, "lifecycle-self", sentence)
        for name in sorted(set(subject.members()) - _reachable(self.initial, edges)):
            sentence = f"nothing leads from `{self.initial}` to `{name}`"
            report(at / "transitions", "lifecycle-unreachable", sentence)
        self._lint_path(subject, edges)

    def _lint_path(self, subject: Subject, edges: dict[str, tuple[str, ...]]) -> None:
        at = subject.at / self.keyword / "path"
        for here, there in pairwise(self.path):
            if there not in edges[here]:
                sentence = f"the path goes from `{here}` to `{there}`, which is no transition"
                subject.problems.add(at, "lifecycle-path", sentence)
                return
        if self.path[0] != self.initial:
            sentence = f"the path starts with `{self.path[0]}`, a history with `{self.initial}`"
            subject.problems.add(at, "lifecycle-path", sentence)


def _names(subject: Subject) -> Iterator[tuple[list[str], Location]]:
    """Every list of member names in the keyword's value, and its place."""
    at = subject.at / Lifecycle.keyword
    value = subject.schema[Lifecycle.keyword]
    yield [value["initial"]], at / "initial"
    yield value["path"], at / "path"
    yield list(value["transitions"]), at / "transitions"
    for key in ("transitions", "groups"):
        for name, members in value[key].items():
            yield members, at / key / name


def _sorted(names: list[str], order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names, key=order.index))


def _reachable(start: str, edges: dict[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += edges[here]
    return found
