"""Automata: a pattern as a table that tells, byte by byte, whether a text of ASCII has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count
from struct import pack
from typing import assert_never

from recordsmith.patterns import NotAPatternError, parse
from recordsmith.patterns.membership import holds
from recordsmith.patterns.syntax import (
    Boundary,
    Character,
    Choice,
    Class,
    Consuming,
    Dot,
    End,
    Group,
    Look,
    Node,
    Property,
    Reference,
    Repeat,
    Sequence,
    Shorthand,
    Start,
)

_MOST_STATES = 2_000
_MOST_NODES = 20_000
_LONGEST_COUNT = 1_000
_TEXT = tuple(code for code in range(0x20, 0x80) if chr(code) not in '"\\')
"""The bytes of a string that stand for themselves."""
_QUOTE = ord('"')
_ACCEPTED = 0xFFFF


class TooMuch(Exception):
    """The pattern is none for an automaton, or one that is too large."""


@cache
def table(patterns: tuple[str, ...]) -> bytes | None:
    """The table of texts in which each of the patterns is found; None where there is none.

    For each state, of which the first stands for failure and the second is where a text starts,
    and each code of ASCII, the next state as two bytes; for a quote, which ends the text, 0xFFFF
    where it is accepted.
    """
    try:
        machines = [_Machine(pattern) for pattern in patterns]
        return _tabled(machines)
    except (NotAPatternError, TooMuch):
        return None


def _tabled(machines: list[_Machine]) -> bytes:
    start = tuple(machine.start for machine in machines)
    numbers = {start: 1}
    rows = [bytes(256)]
    waiting = [start]
    alike = _alike(machines)
    for here in waiting:  # grows while it is walked
        row = [0] * 128
        for codes in alike:
            there = tuple(
                machine.after(state, codes[0])
                for machine, state in zip(machines, here, strict=True)
            )
            if all(there):
                if there not in numbers:
                    if len(numbers) > _MOST_STATES:
                        raise TooMuch
                    numbers[there] = len(numbers) + 1
                    waiting.append(there)
                for code in codes:
                    row[code] = numbers[there]
        if all(machine.accepts(state) for machine, state in zip(machines, here, strict=True)):
            row[_QUOTE] = _ACCEPTED
        rows.append(pack("<128H", *row))
    return b"".join(rows)


def _alike(machines: list[_Machine]) -> list[list[int]]:
    """The codes, those together that no pattern sets apart."""
    sets = {codes for machine in machines for codes in machine.sets()}
    groups: dict[tuple[bool, ...], list[int]] = {}
    for code in _TEXT:
        groups.setdefault(tuple(code in codes for codes in sets), []).append(code)
    return list(groups.values())


class _Machine:
    """The states of one pattern, each a set of what may come next."""

    def __init__(self, pattern: str) -> None:
        self._nodes = _Nodes()
        self._first = self._nodes.add(parse(pattern).root, self._nodes.end)
        self._moves: dict[tuple[frozenset[int], int], frozenset[int]] = {}
        self.start = self._closed([self._first], at_start=True)

    def sets(self) -> set[frozenset[int]]:
        """The sets of codes that the pattern asks for."""
        return {codes for moves in self._nodes.consuming.values() for codes, _ in moves}

    def after(self, state: frozenset[int], code: int) -> frozenset[int]:
        """The state behind one more character; the search may start anew behind each."""
        if self._nodes.end in state:
            return state
        key = (state, code)
        if key not in self._moves:
            moved = [
                target
                for number in state
                for codes, target in self._nodes.consuming.get(number, ())
                if code in codes
            ]
            self._moves[key] = self._closed([*moved, self._first], at_start=False)
        return self._moves[key]

    def accepts(self, state: frozenset[int]) -> bool:
        """Whether a text that ends here has the pattern."""
        return self._nodes.end in self._closed(state, at_start=False, at_end=True)

    def _closed(
        self, numbers: Iterable[int], *, at_start: bool, at_end: bool = False
    ) -> frozenset[int]:
        """The states that are reached without a character."""
        found: set[int] = set()
        waiting = list(numbers)
        while waiting:
            number = waiting.pop()
            if number in found:
                continue
            found.add(number)
            waiting += self._nodes.free.get(number, ())
            waiting += self._nodes.at_start.get(number, ()) if at_start else ()
            waiting += self._nodes.at_end.get(number, ()) if at_end else ()
        if self._nodes.end in found:
            return frozenset((self._nodes.end,))
        return frozenset(
            one for one in found if one in self._nodes.consuming or one in self._nodes.at_end
        )


class _Nodes:
    """The automaton as Thompson builds it, from the end to the start."""

    def __init__(self) -> None:
        self._numbers = count()
        self.end = next(self._numbers)
        self.free: dict[int, list[int]] = {}
        self.at_start: dict[int, list[int]] = {}
        self.at_end: dict[int, list[int]] = {}
        self.consuming: dict[int, list[tuple[frozenset[int], int]]] = {}

    def _new(self) -> int:
        number = next(self._numbers)
        if number > _MOST_NODES:
            raise TooMuch
        return number

    def add(self, node: Node, then: int) -> int:
        """The number of the state from which `node` and then `then` are to be met."""
        match node:
            case Character() | Dot() | Shorthand() | Property() | Class():
                number = self._new()
                self.consuming[number] = [(_codes(node), then)]
                return number
            case Start(multiline=False):
                return self._put(self.at_start, [then])
            case End(multiline=False):
                return self._put(self.at_end, [then])
            case Group(body):
                return self.add(body, then)
            case Sequence(items):
                for item in reversed(items):
                    then = self.add(item, then)
                return then
            case Choice(options):
                return self._put(self.free, [self.add(option, then) for option in options])
            case Repeat():
                return self._repeated(node, then)
            case Start() | End() | Boundary() | Look() | Reference():
                raise TooMuch
            case _:
                assert_never(node)

    def _put(self, edges: dict[int, list[int]], targets: list[int]) -> int:
        number = self._new()
        edges[number] = targets
        return number

    def _repeated(self, node: Repeat, then: int) -> int:
        if max(node.low, node.high or 0) > _LONGEST_COUNT:
            raise TooMuch
        if node.high is None:
            again = self._put(self.free, [then])
            self.free[again].append(self.add(node.body, again))
            then = again
        else:
            out = then
            for _ in range(node.high - node.low):
                then = self._put(self.free, [out, self.add(node.body, then)])
        for _ in range(node.low):
            then = self.add(node.body, then)
        return then


@cache
def _codes(node: Consuming) -> frozenset[int]:
    return frozenset(_held(node))


def _held(node: Consuming) -> Iterator[int]:
    for code in _TEXT:
        if holds(node, chr(code)):
            yield code
