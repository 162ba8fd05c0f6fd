"""Syntax: what a regular expression of ECMA-262 is made of.

Each node keeps the author's spelling, for the engine that reads it as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

SURROGATES = range(0xD800, 0xE000)
ASCII = range(0x80)
LINE_ENDS = r"\n\r\u2028\u2029"
SHORTHANDS = {
    "d": "0-9",
    "s": r"\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff",
    "w": "0-9A-Za-z_",
}
r"""What `\d`, `\s` and `\w` stand for, as it is written within brackets."""


@dataclass(frozen=True, slots=True)
class Flags:
    """What is said of the matching of all that follows."""

    ignore_case: bool = False
    multiline: bool = False
    dot_all: bool = False


@dataclass(frozen=True, slots=True)
class Character:
    """One character, be it written as itself or as an escape."""

    code: int
    text: str
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """`.`: any character but the end of a line, or any at all."""

    dot_all: bool = False


@dataclass(frozen=True, slots=True)
class Shorthand:
    r"""`\d`, `\s`, `\w`, or what they leave."""

    letter: Literal["d", "s", "w"]
    negated: bool
    ignore_case: bool = False

    @property
    def text(self) -> str:
        """The spelling."""
        return f"\\{self.letter.upper() if self.negated else self.letter}"


@dataclass(frozen=True, slots=True)
class Property:
    r"""`\p{...}`: the characters that Unicode says something of."""

    name: str
    negated: bool
    ignore_case: bool = False

    @property
    def text(self) -> str:
        """The spelling."""
        return f"\\{'P' if self.negated else 'p'}{{{self.name}}}"


@dataclass(frozen=True, slots=True)
class Range:
    """The characters from one to another, within a class."""

    low: Character
    high: Character


Member: TypeAlias = Character | Range | Shorthand | Property


@dataclass(frozen=True, slots=True)
class Class:
    """`[...]`: one of the members, or none of them."""

    members: tuple[Member, ...]
    negated: bool
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """`^`: where the text starts, or any line."""

    multiline: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """`$`: where the text ends, or any line."""

    multiline: bool = False


@dataclass(frozen=True, slots=True)
class Boundary:
    r"""`\b`: where a word starts or ends; `\B`: where none does."""

    negated: bool
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    r"""`\1` or `\k<name>`: again what a group has captured."""

    group: int
    text: str
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """`(...)`: a whole, which is captured if it has a number."""

    body: Node
    opening: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """`(?=...)` and its like: what follows or precedes, or does not."""

    body: Node
    opening: str

    @property
    def behind(self) -> bool:
        """Whether it looks at what precedes."""
        return "<" in self.opening

    @property
    def negated(self) -> bool:
        """Whether it wants no match."""
        return "!" in self.opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """An atom, several times."""

    body: Node
    low: int
    high: int | None
    lazy: bool
    text: str
    groups: range
    """The groups that are captured anew each time."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`|`: the first that fits."""

    options: tuple[Node, ...]


Consuming: TypeAlias = Character | Dot | Shorthand | Property | Class
"""What is one character of the text."""
Assertion: TypeAlias = Start | End | Boundary
Node: TypeAlias = Consuming | Assertion | Reference | Group | Look | Repeat | Sequence | Choice


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression; `prefix` is the leading `(?i)` or its like."""

    root: Node
    prefix: str
    groups: int


def nodes(node: Node) -> Iterator[Node]:
    """The node and all within."""
    yield node
    match node:
        case Group(body) | Look(body) | Repeat(body=body):
            yield from nodes(body)
        case Sequence(parts) | Choice(parts):
            for part in parts:
                yield from nodes(part)
        case _:
            return


def has_references(pattern: Pattern) -> bool:
    """Whether what a group captures matters."""
    return any(isinstance(node, Reference) for node in nodes(pattern.root))
