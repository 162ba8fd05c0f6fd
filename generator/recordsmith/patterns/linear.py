"""Linear: spell a pattern for Rust's `regex`, which searches in linear time and looks nowhere."""

from __future__ import annotations

import re
from typing import assert_never

from recordsmith.patterns.cost import fits
from recordsmith.patterns.parsing import parse
from recordsmith.patterns.spelling import NO_LINE_END, Spelling, Unsayable, escaped
from recordsmith.patterns.syntax import (
    SHORTHANDS,
    SURROGATES,
    Assertion,
    Boundary,
    Character,
    Class,
    Consuming,
    Dot,
    End,
    Group,
    Look,
    Property,
    Reference,
    Shorthand,
    Start,
)

_ESCAPE = r"\\(?:[fnrtv]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|[!-.:;=?@\[-`{-~])"
_SAME = re.compile(rf"[^{{\\]|{_ESCAPE}", re.DOTALL)
_SAME_IN_CLASS = re.compile(rf"[^\[\\]|{_ESCAPE}", re.DOTALL)
"""What Rust reads as ECMA-262 does.  Before `<` a backslash would start a word."""
_NAME = re.compile(r"\(\?<[A-Za-z_][0-9A-Za-z_]*>")


def for_linear_engine(pattern: str) -> str | None:
    """The pattern for Rust's `regex`, pydantic's default; None if it has no way to say it.

    Raises `NotAPatternError`.
    """
    parsed = parse(pattern)
    if not fits(parsed.root):
        return None
    try:
        return parsed.prefix + _Linear().spell(parsed.root)
    except Unsayable:
        return None


class _Linear(Spelling):
    def atom(self, node: Consuming | Assertion | Reference) -> str:
        match node:
            case Character():
                return self.character(node)
            case Dot(dot_all):
                return "." if dot_all else NO_LINE_END
            case Shorthand(letter, negated):
                return f"[{'^' if negated else ''}{SHORTHANDS[letter]}]"
            case Property():
                return self.inner(node)
            case Class():
                return self.brackets(node)
            case Start(multiline=False):
                return "^"
            case End(multiline=False):
                return "$"
            case Boundary(negated, ignore_case=False):
                return rf"(?-u:\{'B' if negated else 'b'})"
            case Start() | End() | Boundary() | Reference():
                raise Unsayable
            case _:
                assert_never(node)

    def look(self, node: Look) -> str:
        raise Unsayable(node.opening)

    def opening(self, node: Group) -> str:
        is_odd = node.opening.startswith("(?<") and not _NAME.fullmatch(node.opening)
        return "(" if is_odd else node.opening

    def character(self, node: Character, before: str | None = None) -> str:
        if node.code in SURROGATES:
            raise Unsayable
        if before is not None and node.text in ("&", "~") and before.endswith(node.text):
            return f"\\{node.text}"
        same = _SAME if before is None else _SAME_IN_CLASS
        is_same = same.fullmatch(node.text)
        return node.text if is_same else escaped(node.code, in_class=before is not None)

    def inner(self, member: Shorthand | Property) -> str:
        match member:
            case Shorthand(letter, negated=False):
                return SHORTHANDS[letter]
            case Shorthand(letter):
                return f"[^{SHORTHANDS[letter]}]"
            case Property(negated=True, ignore_case=True):
                raise Unsayable  # Rust folds the case of what is named, ECMA-262 of what is left
            case Property():
                return member.text
            case _:
                assert_never(member)
