"""Cost: how much of the room that Rust's engines have a pattern takes.

The numbers are bytes, measured on those engines and rounded up.
"""

from __future__ import annotations

from typing import assert_never

from recordsmith.patterns.syntax import (
    ASCII,
    Character,
    Choice,
    Class,
    Dot,
    Group,
    Look,
    Member,
    Node,
    Property,
    Range,
    Repeat,
    Sequence,
    Shorthand,
)

_ROOM = 10_400_000
_PLUMBING = 40
_GROUP = 100
_LETTER = 32
_LETTER_BEYOND_ASCII = 64
_BOTH_CASES = 320
_CLASS = 64
_RANGE = 8
_RANGE_BEYOND_ASCII = 800
_COMPLEMENT = 1400
_PROPERTY = 45_000
_SHORTHANDS = {"d": 8, "D": 1100, "s": 800, "S": 2200, "w": 32, "W": 1300}


def fits(root: Node) -> bool:
    """Whether the engines have the room for it, however often it repeats."""
    return _cost(root) <= _ROOM


def _cost(node: Node) -> int:
    match node:
        case Character(code, ignore_case=ignore_case):
            letter = _LETTER if code in ASCII else _LETTER_BEYOND_ASCII
            return letter + (_BOTH_CASES if ignore_case else 0)
        case Class(members, negated, ignore_case):
            ranges = sum(map(_member_cost, members))
            complement = _COMPLEMENT if negated else 0
            return _CLASS + ranges + complement + (_BOTH_CASES if ignore_case else 0)
        case Shorthand() | Property():
            return _CLASS + _member_cost(node)
        case Dot():
            return _COMPLEMENT
        case Repeat(body=body, low=low, high=high):
            return (_cost(body) + _PLUMBING) * (low + 1 if high is None else max(high, 1))
        case Sequence(parts) | Choice(parts):
            return sum(_cost(part) + _PLUMBING for part in parts)
        case Group(body) | Look(body):
            return _cost(body) + _GROUP
        case _:
            return _PLUMBING


def _member_cost(member: Member) -> int:
    match member:
        case Property():
            return _PROPERTY
        case Shorthand(ignore_case=ignore_case):
            return _SHORTHANDS[member.text[1]] + (_BOTH_CASES if ignore_case else 0)
        case Character(code) | Range(high=Character(code)) if code in ASCII:
            return _RANGE
        case Range(high=Character(ignore_case=True)):
            return _PROPERTY  # it may hold all letters that have case
        case Character() | Range():
            return _RANGE_BEYOND_ASCII
        case _:
            assert_never(member)
