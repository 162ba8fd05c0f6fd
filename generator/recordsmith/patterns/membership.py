"""Membership: whether a character of a text is what one node of a pattern asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import assert_never

from recordsmith.patterns.folding import variants
from recordsmith.patterns.syntax import (
    LINE_ENDS,
    SHORTHANDS,
    Character,
    Class,
    Consuming,
    Dot,
    Member,
    Property,
    Range,
    Shorthand,
)

_SHORTHANDS = {letter: re.compile(f"[{members}]") for letter, members in SHORTHANDS.items()}
_LINE_END = re.compile(f"[{LINE_ENDS}]")


def ends_line(character: str) -> bool:
    """Whether a line ends here."""
    return bool(_LINE_END.match(character))


def is_word(character: str, *, ignore_case: bool) -> bool:
    """Whether the character is of a word; none is at either end of a text."""
    return bool(character) and holds(
        Shorthand("w", negated=False, ignore_case=ignore_case), character
    )


def same(one: str, other: str, *, ignore_case: bool) -> bool:
    """Whether two texts are the same."""
    if not ignore_case or len(one) != len(other):
        return one == other
    return all(variants(ord(a)) == variants(ord(b)) for a, b in zip(one, other, strict=True))


def holds(node: Consuming, character: str) -> bool:
    """Whether the node takes the character."""
    match node:
        case Dot(dot_all):
            return dot_all or not ends_line(character)
        case Class(members, negated, ignore_case):
            return negated != any(_has(member, character, ignore_case) for member in members)
        case _:
            return _has(node, character, node.ignore_case)


def _has(member: Member, character: str, ignore_case: bool) -> bool:
    """Whether the member has the character, or with `ignore_case` one that is the same."""
    codes = variants(ord(character)) if ignore_case else (ord(character),)
    match member:
        case Character(code):
            return code in codes
        case Range(low, high):
            return any(low.code <= code <= high.code for code in codes)
        case Shorthand(letter, negated):
            return negated != any(_SHORTHANDS[letter].match(chr(code)) for code in codes)
        case Property(name, negated):
            return any(negated != _property(name)(chr(code)) for code in codes)
        case _:
            assert_never(member)


@cache
def _property(name: str) -> Callable[[str], bool]:
    """The judge of a property: Python's own tables know the categories alone."""
    from jsonschema_rs import Draft7Validator

    return Draft7Validator({"pattern": f"\\p{{{name}}}"}).is_valid
