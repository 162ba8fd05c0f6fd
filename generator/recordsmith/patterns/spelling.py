"""Spelling: write a pattern for another engine, in the author's own text where that will do."""

from __future__ import annotations

from abc import ABC, abstractmethod

from recordsmith.patterns.syntax import (
    ASCII,
    LINE_ENDS,
    Assertion,
    Character,
    Choice,
    Class,
    Consuming,
    Group,
    Look,
    Node,
    Property,
    Range,
    Reference,
    Repeat,
    Sequence,
    Shorthand,
)

ANYTHING = r"[\s\S]"
NOTHING = r"[^\s\S]"
NO_LINE_END = f"[^{LINE_ENDS}]"

_RESERVED = frozenset(r"^$\.*+?()[]{}|")
_RESERVED_IN_CLASS = frozenset(r"\]^-[")


class Unsayable(Exception):
    """The engine has no way to say it."""


class Spelling(ABC):
    """How one engine spells the parts of a pattern.  Each method raises `Unsayable`."""

    def spell(self, node: Node) -> str:
        """The node as the engine spells it."""
        match node:
            case Choice(options):
                return "|".join(map(self.spell, options))
            case Sequence(items):
                return "".join(map(self.spell, items))
            case Repeat():
                return self.repeat(node)
            case Group():
                return f"{self.opening(node)}{self.spell(node.body)})"
            case Look():
                return self.look(node)
            case _:
                return self.atom(node)

    @abstractmethod
    def atom(self, node: Consuming | Assertion | Reference) -> str:
        """What has no parts."""

    @abstractmethod
    def look(self, node: Look) -> str:
        """What looks ahead or behind."""

    @abstractmethod
    def opening(self, node: Group) -> str:
        """What opens a group."""

    @abstractmethod
    def character(self, node: Character, before: str | None = None) -> str:
        """A character, or within brackets if the text `before` it there is given."""

    @abstractmethod
    def inner(self, member: Shorthand | Property) -> str:
        """A class within the brackets of another."""

    def repeat(self, node: Repeat) -> str:
        """An atom and its quantifier."""
        return f"{self.spell(node.body)}{node.text}"

    def brackets(self, node: Class, more: str = "") -> str:
        """A class, with `more` behind its members."""
        if not node.members:
            return ANYTHING if node.negated else NOTHING
        body = ""
        for index, member in enumerate(node.members):
            is_first = index == 0 or isinstance(node.members[index - 1], Range)
            is_last = index == len(node.members) - 1 and not more
            may_be_bare = (is_first or is_last) and not body.endswith("-")
            match member:
                case Character(text="-"):
                    body += "-" if may_be_bare else r"\-"
                case Character():
                    body += self.character(member, body)
                case Range(low, high):
                    body += f"{self._end(low, body)}-{self._end(high, '-')}"
                case _:
                    body += self.inner(member)
        return f"[{'^' if node.negated else ''}{body}{more}]"

    def _end(self, character: Character, before: str) -> str:
        """One end of a range."""
        return r"\-" if character.text == "-" else self.character(character, before)


def escaped(code: int, *, in_class: bool) -> str:
    """The character as every engine reads it."""
    character = chr(code)
    if code in ASCII and character.isprintable():
        reserved = _RESERVED_IN_CLASS if in_class else _RESERVED
        return f"\\{character}" if character in reserved else character
    if code in range(0x100):
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code in range(0x10000) else f"\\u{{{code:x}}}"
