"""Strict: spell a pattern by the letter of ECMA-262, for engines that know no more than that.

They are JavaScript's with the `u` flag, and that of `jsonschema_rs`: what this one reads otherwise
is spelt out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from recordsmith.patterns.cost import fits
from recordsmith.patterns.folding import families, runs, variants
from recordsmith.patterns.parsing import parse
from recordsmith.patterns.references import are_settled
from recordsmith.patterns.spelling import (
    ANYTHING,
    NO_LINE_END,
    NOTHING,
    Spelling,
    Unsayable,
    escaped,
)
from recordsmith.patterns.syntax import (
    LINE_ENDS,
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
    Member,
    Node,
    Pattern,
    Property,
    Range,
    Reference,
    Repeat,
    Sequence,
    Shorthand,
    Start,
    nodes,
)

_ESCAPE = r"\\(?:[fnrtv]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]+\}|[\^$\\.*+?()\[\]{}|/])"
_SAME = re.compile(rf"[^{{}}\]\\]|{_ESCAPE}", re.DOTALL)
_SAME_IN_CLASS = re.compile(rf"[^\\]|\\-|{_ESCAPE}", re.DOTALL)
_NAME = re.compile(r"\(\?<[A-Za-z_][0-9A-Za-z_]*>")

_COMPLEMENTS = {
    "d": r"\x00-\/:-\u{10ffff}",
    "s": (
        r"\x00-\x08\x0e-\x1f!-\x9f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e"
        r"\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\u{10ffff}"
    ),
    "w": r"\x00-\/:-@\[-\^`\{-\u{10ffff}",
}
_WORD_BEYOND_ASCII = r"\u017f\u212a"
"""What is an `s` or a `k` where case does not matter."""


def for_strict_engine(pattern: str) -> str | None:
    """The pattern for an engine that is strict; None if that of `jsonschema_rs` cannot say it.

    Raises `NotAPatternError`.
    """
    parsed = parse(pattern)
    if not (fits(parsed.root) and are_settled(parsed)):
        return None
    try:
        return _Strict(parsed).spell(parsed.root)
    except Unsayable:
        return None


class _Strict(Spelling):
    def __init__(self, pattern: Pattern) -> None:
        self.backtracks = any(map(_backtracks, nodes(pattern.root)))
        r"""Then `jsonschema_rs` takes `\d`, `\s` and `\w` for what Unicode says they are."""
        self.between = set(map(id, _between_twins(pattern.root)))

    def atom(self, node: Consuming | Assertion | Reference) -> str:
        match node:
            case Character():
                return self._either_case(node)
            case Dot(dot_all):
                return ANYTHING if dot_all else NO_LINE_END
            case Shorthand():
                return self._shorthand(node)
            case Property():
                return self.inner(node)
            case Class():
                return self._class(node)
            case Start() | End():
                return _edge(node)
            case Boundary():
                return _boundary(node)
            case Reference(ignore_case=True):
                raise Unsayable
            case Reference(group, text):
                return f"(?:\\{group})" if text.startswith(r"\k") else text
            case _:
                assert_never(node)

    def look(self, node: Look) -> str:
        if node.behind and any(map(_backtracks, nodes(node.body))):
            raise Unsayable  # `jsonschema_rs` looks behind by going back what it can measure
        return f"{node.opening}{self.spell(node.body)})"

    def opening(self, node: Group) -> str:
        if node.number is None:
            return "(?:"
        return node.opening if _NAME.fullmatch(node.opening) else "("

    def character(self, node: Character, before: str | None = None) -> str:
        if node.code in SURROGATES:
            raise Unsayable
        same = _SAME if before is None else _SAME_IN_CLASS
        is_same = same.fullmatch(node.text)
        return node.text if is_same else escaped(node.code, in_class=before is not None)

    def inner(self, member: Shorthand | Property) -> str:
        match member:
            case Property(ignore_case=True) | Shorthand("w", negated=True, ignore_case=True):
                raise Unsayable
            case Property():
                return member.text
            case Shorthand("w", ignore_case=True):
                return SHORTHANDS["w"] + _WORD_BEYOND_ASCII
            case Shorthand(letter, negated) if self.backtracks:
                return (_COMPLEMENTS if negated else SHORTHANDS)[letter]
            case Shorthand():
                return member.text
            case _:
                assert_never(member)

    def repeat(self, node: Repeat) -> str:
        """`jsonschema_rs` repeats nothing that takes no room."""
        if not _takes_room(node.body):
            return self.spell(node.body) if node.low else ""
        return self._optional(node) if id(node) in self.between else super().repeat(node)

    def _optional(self, node: Repeat) -> str:
        """`(?:b+|)` for `b*`: `jsonschema_rs` takes `a+b*a+` for `a+`."""
        if node.high == 1:
            often = ""
        else:
            often = ("+" if node.high is None else f"{{1,{node.high}}}") + "?" * node.lazy
        some = f"{self.spell(node.body)}{often}"
        return f"(?:|{some})" if node.lazy else f"(?:{some}|)"

    def _either_case(self, node: Character) -> str:
        alike = variants(node.code) if node.ignore_case else ()
        others = [code for code in alike if code != node.code]
        if not others:
            return self.character(node)
        return f"[{self.character(node, '')}{_spelt(others)}]"

    def _shorthand(self, node: Shorthand) -> str:
        folds = node.letter == "w" and node.ignore_case
        if not (self.backtracks or folds):
            return node.text
        beyond = _WORD_BEYOND_ASCII if folds else ""
        return f"[{'^' if node.negated else ''}{SHORTHANDS[node.letter]}{beyond}]"

    def _class(self, node: Class) -> str:
        if self.backtracks and _is_anything(node.members):
            return NOTHING if node.negated else ANYTHING
        return self.brackets(node, _spelt(_other_cases(node)) if node.ignore_case else "")


def _is_anything(members: tuple[Member, ...]) -> bool:
    r"""Whether a class is `[\s\S]` or its like."""
    match members:
        case (Shorthand(one, negated), Shorthand(other, inverse)):
            return one == other and negated is not inverse
    return False


def _other_cases(node: Class) -> list[int]:
    """What differs in case alone from what the class names, sorted."""
    named = [
        range(low.code, high.code + 1) for low, high in map(_bounds, node.members) if low and high
    ]
    found = (
        code
        for family in families()
        if any(code in codes for codes in named for code in family)
        for code in family
    )
    return sorted(code for code in found if not any(code in codes for codes in named))


def _bounds(member: Member) -> tuple[Character, Character] | tuple[None, None]:
    match member:
        case Character():
            return member, member
        case Range(low, high):
            return low, high
        case _:
            return None, None


def _spelt(codes: list[int]) -> str:
    """The members of a class, given by their sorted codes."""
    ends = (
        (escaped(first, in_class=True), escaped(last, in_class=True)) for first, last in runs(codes)
    )
    return "".join(first if first == last else f"{first}-{last}" for first, last in ends)


def _edge(node: Start | End) -> str:
    if not node.multiline:
        return "^" if isinstance(node, Start) else "$"
    return f"(?{'<' if isinstance(node, Start) else ''}![^{LINE_ENDS}])"


def _boundary(node: Boundary) -> str:
    r"""`\b` by looking around: that of `jsonschema_rs` knows the words of all languages."""
    word = f"[{SHORTHANDS['w']}{_WORD_BEYOND_ASCII if node.ignore_case else ''}]"
    behind_a_word, behind_none = ("=", "!") if node.negated else ("!", "=")
    return f"(?:(?<={word})(?{behind_a_word}{word})|(?<!{word})(?{behind_none}{word}))"


def _backtracks(node: Node) -> bool:
    """Whether the node becomes what `jsonschema_rs` has to backtrack for."""
    match node:
        case Look() | Reference() | Boundary():
            return True
        case Start(multiline) | End(multiline):
            return multiline
        case _:
            return False


def _between_twins(root: Node) -> Iterator[Repeat]:
    """What may be left out between two that are there once or more often."""
    for node in nodes(root):
        items = [_bare(item) for item in node.items] if isinstance(node, Sequence) else []
        for before, item, behind in zip(items, items[1:], items[2:], strict=False):
            match before, item, behind:
                case Repeat(low=1, high=None), Repeat(low=0), Repeat(low=1, high=None):
                    yield item
                case _:
                    pass


def _bare(node: Node) -> Node:
    """The node without parentheses that do nothing."""
    return _bare(node.body) if isinstance(node, Group) and node.number is None else node


def _takes_room(node: Node) -> bool:
    """Whether the node is more than assertions."""
    match node:
        case Look() | Start() | End() | Boundary():
            return False
        case Group(body, number=None) | Repeat(body=body):
            return _takes_room(body)
        case Sequence(items):
            return any(map(_takes_room, items))
        case _:
            return True
