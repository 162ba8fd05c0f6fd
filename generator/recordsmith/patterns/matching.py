"""Matching: find a pattern in a text, step by step as ECMA-262 describes it.

From one place each node is tried once, so that no pattern takes exponential time, unless it refers
back to its groups.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from typing import assert_never

from recordsmith.patterns.cursor import NotAPatternError
from recordsmith.patterns.membership import ends_line, holds, is_word, same
from recordsmith.patterns.parsing import parse
from recordsmith.patterns.syntax import (
    Assertion,
    Boundary,
    Character,
    Choice,
    Class,
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
    has_references,
)

_MOST_STEPS = 100_000
"""A pattern and a text for which these do not suffice are somebody's attack on us."""


def matches(pattern: str, text: str) -> bool:
    """Whether the pattern is found anywhere in the text.

    Raises `NotAPatternError`, also where that takes too long to tell.
    """
    if not text.startswith(_prefix(pattern)):
        return False
    parsed = parse(pattern)
    captures = (None,) * parsed.groups if has_references(parsed) else ()
    matcher = _Matcher(text)
    last = 0 if _is_anchored(parsed.root) else len(text)
    return any(matcher.ends(parsed.root, _State(at, captures), 1) for at in range(last + 1))


@cache
def _prefix(pattern: str) -> str:
    """How every text begins that the pattern matches, as far as that is plain to see."""
    match parse(pattern).root:
        case Sequence((Start(multiline=False), *rest)):
            plain = takewhile(_is_plain, rest)
            return "".join(chr(one.code) for one in plain if isinstance(one, Character))
        case _:
            return ""


def _is_plain(node: Node) -> bool:
    return isinstance(node, Character) and not node.ignore_case


def _is_anchored(node: Node) -> bool:
    """Whether a match starts where the text does."""
    match node:
        case Start(multiline):
            return not multiline
        case Sequence((first, *_)):
            return _is_anchored(first)
        case Group(body) | Repeat(body=body, low=1):
            return _is_anchored(body)
        case Choice(options):
            return all(map(_is_anchored, options))
        case _:
            return False


def matches_all(pattern: str) -> bool:
    """Whether the pattern is found in every text, as `.*` is; False where that is hard to tell.

    Raises `NotAPatternError`.
    """
    return _is_empty_at_start(parse(pattern).root)


def _is_empty_at_start(node: Node) -> bool:
    """Whether nothing at all, where a text starts, is a match."""
    match node:
        case Start() | Repeat(low=0):
            return True
        case Group(body) | Repeat(body=body):
            return _is_empty_at_start(body)
        case Sequence(parts):
            return all(map(_is_empty_at_start, parts))
        case Choice(options):
            return any(map(_is_empty_at_start, options))
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _State:
    """A place in the text, and what is captured by then, if that is asked for."""

    at: int
    captures: tuple[str | None, ...]

    def capturing(self, number: int, text: str | None) -> _State:
        if not self.captures:
            return self
        return replace(self, captures=(*self.captures[: number - 1], text, *self.captures[number:]))


class _Matcher:
    """Finds where a node ends.  A `step` is 1, or -1 where it is read backwards to look behind."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[tuple[int, _State, int], list[_State]] = {}

    def ends(self, node: Node, start: _State, step: int) -> list[_State]:
        """Where the node ends that starts at `start`, what is to be tried first being first."""
        key = (id(node), start, step)
        if key not in self.found:
            if len(self.found) > _MOST_STEPS:
                raise NotAPatternError(0, "it takes too many steps to match")
            self.found[key] = list(dict.fromkeys(self._ends(node, start, step)))
        return self.found[key]

    def _ends(self, node: Node, start: _State, step: int) -> Iterable[_State]:
        match node:
            case Character() | Dot() | Shorthand() | Property() | Class():
                character = self._beside(start.at, step)
                taken = bool(character) and holds(node, character)
                return [replace(start, at=start.at + step)] if taken else []
            case Start() | End() | Boundary():
                return [start] if self._asserted(node, start.at) else []
            case Look():
                return self._looked(node, start)
            case Reference():
                return self._referred(node, start, step)
            case Group():
                return self._grouped(node, start, step)
            case Repeat():
                return self._repeated(node, start, step)
            case Sequence(items):
                return self._followed(items[::step], start, step)
            case Choice(options):
                return (end for option in options for end in self.ends(option, start, step))
            case _:
                assert_never(node)

    def _beside(self, at: int, step: int) -> str:
        """The character before or behind a place, or none at either end of the text."""
        index = at if step == 1 else at - 1
        return self.text[index : index + 1] if index >= 0 else ""

    def _asserted(self, node: Assertion, at: int) -> bool:
        before, behind = self._beside(at, -1), self._beside(at, 1)
        match node:
            case Start(multiline):
                return not before or (multiline and ends_line(before))
            case End(multiline):
                return not behind or (multiline and ends_line(behind))
            case Boundary(negated, folds):
                sides = is_word(before, ignore_case=folds), is_word(behind, ignore_case=folds)
                return negated == (sides[0] == sides[1])
            case _:
                assert_never(node)

    def _looked(self, look: Look, start: _State) -> list[_State]:
        found = self.ends(look.body, start, -1 if look.behind else 1)
        if look.negated:
            return [] if found else [start]
        return [replace(end, at=start.at) for end in found[:1]]

    def _referred(self, node: Reference, start: _State, step: int) -> list[_State]:
        wanted = start.captures[node.group - 1] or ""
        end = start.at + step * len(wanted)
        found = self.text[max(0, min(start.at, end)) : max(start.at, end)]
        is_found = same(wanted, found, ignore_case=node.ignore_case)
        return [replace(start, at=end)] if is_found else []

    def _grouped(self, group: Group, start: _State, step: int) -> Iterable[_State]:
        for end in self.ends(group.body, start, step):
            captured = self.text[min(start.at, end.at) : max(start.at, end.at)]
            yield end.capturing(group.number, captured) if group.number else end

    def _followed(self, items: tuple[Node, ...], start: _State, step: int) -> Iterable[_State]:
        states: Iterable[_State] = [start]
        for item in items:
            states = dict.fromkeys(end for state in states for end in self.ends(item, state, step))
            if not states:
                break
        return states

    def _repeated(self, repeat: Repeat, start: _State, step: int) -> Iterable[_State]:
        """Depth first, as it is to be tried: to go on goes before to leave, unless it is lazy."""
        enough = 2 * len(self.text) + 2  # beyond, all that is repeated takes no room
        is_endless = repeat.high is None
        low = min(repeat.low, enough)
        high = low if repeat.high is None else min(repeat.high, enough)
        seen = set()
        ahead = [(start, 0, False)]
        while ahead:
            state, count, leaves = ahead.pop()
            if leaves:
                yield state
            elif (state, count) not in seen:
                seen.add((state, count))
                ends = self._again(repeat, state, step) if is_endless or count < high else []
                moved = [end for end in ends if count < low or end.at != state.at]
                on = [(end, min(count + 1, high), False) for end in moved]
                out = [(state, count, True)] if count >= low else []
                ahead += reversed(out + on if repeat.lazy else on + out)

    def _again(self, repeat: Repeat, state: _State, step: int) -> list[_State]:
        for number in repeat.groups:
            state = state.capturing(number, None)
        return self.ends(repeat.body, state, step)
