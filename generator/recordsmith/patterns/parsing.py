"""Parsing: read the text of a regular expression by the grammar of ECMA-262 with the `u` flag.

Of what only Annex B takes, that is read which can mean but one thing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from recordsmith.patterns.classes import character_class
from recordsmith.patterns.cursor import Cursor
from recordsmith.patterns.escapes import escape
from recordsmith.patterns.syntax import (
    Boundary,
    Character,
    Choice,
    Dot,
    End,
    Flags,
    Group,
    Look,
    Node,
    Pattern,
    Reference,
    Repeat,
    Sequence,
    Start,
)

_DEEPEST = 50
"""So many groups within each other every engine takes."""
_LONGEST_COUNT = 18
"""So many digits count further than any text goes."""

_PREFIX = re.compile(r"\(\?([ims]+)\)")
_CAPTURES = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]|(?P<opening>\((?:(?!\?)|\?<(?![=!])(?P<name>[^>]*)>))", re.DOTALL
)
"""What opens a group that captures, and all in which a parenthesis opens none."""
_OPENING = re.compile(
    r"\((?:\?(?:(?P<look><?[=!])|:|<(?P<name>[^>]*)>|(?P<flags>[ims]*(?:-[ims]*)?):)|(?!\?))"
)
_QUANTIFIER = re.compile(r"([*+?]|\{([0-9]+)(?:(,)([0-9]*))?\})(\?)?")
_NAMED_REFERENCE = re.compile(r"k<([^>]*)>")
_NUMBERED_REFERENCE = re.compile(r"[1-9][0-9]*")
_FLAGS = {"i": "ignore_case", "m": "multiline", "s": "dot_all"}


@cache
def parse(pattern: str) -> Pattern:
    """The pattern that `pattern` spells.  Raises `NotAPatternError`.

    A leading `(?i)`, `(?m)`, `(?s)` or a combination holds for the whole, as it does elsewhere.
    """
    return _Parser(pattern).pattern()


class _Parser:
    def __init__(self, text: str) -> None:
        self.cursor = Cursor(text)
        self.flags = Flags()
        self.depth = 0
        self.seen = 0
        captures = (found for found in _CAPTURES.finditer(text) if found["opening"])
        self.names = [found["name"] for found in captures]

    def pattern(self) -> Pattern:
        prefix = self.cursor.scan(_PREFIX)
        if prefix:
            self.flags = self._changed(prefix[1], 0)
        root = self._choice()
        if not self.cursor.at_end():
            raise self.cursor.error("`)` closes nothing")
        return Pattern(root, prefix[0] if prefix else "", self.seen)

    def _choice(self) -> Node:
        options = [self._sequence()]
        while self.cursor.take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        items: list[Node] = []
        while not (self.cursor.at_end() or self.cursor.sees("|") or self.cursor.sees(")")):
            items.append(self._term())
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _term(self) -> Node:
        seen = self.seen
        atom = self._atom()
        start = self.cursor.at
        found = self.cursor.scan(_QUANTIFIER)
        if not found:
            return atom
        if isinstance(atom, Start | End | Boundary) or (isinstance(atom, Look) and atom.behind):
            raise self.cursor.error(f"`{found[0]}` repeats what takes no room", start)
        low, high = self._counts(found)
        return Repeat(
            body=atom,
            low=low,
            high=high,
            lazy=bool(found[5]),
            text=found[0],
            groups=range(seen + 1, self.seen + 1),
        )

    def _counts(self, found: re.Match[str]) -> tuple[int, int | None]:
        symbol, least, comma, most = found.group(1, 2, 3, 4)
        if symbol in ("*", "+"):
            return int(symbol == "+"), None
        if symbol == "?":
            return 0, 1
        if max(len(least), len(most or "")) > _LONGEST_COUNT:
            raise self.cursor.error(f"`{symbol}` counts too far", found.start())
        low, high = int(least), int(most or least)
        if low > high:
            raise self.cursor.error(f"`{symbol}` counts down", found.start())
        return low, None if comma and not most else high

    def _atom(self) -> Node:
        start = self.cursor.at
        if (found := _QUANTIFIER.match(self.cursor.text, start)) is not None:
            raise self.cursor.error(f"`{found[0]}` has nothing to repeat")
        character = self.cursor.next()
        match character:
            case "^":
                return Start(self.flags.multiline)
            case "$":
                return End(self.flags.multiline)
            case ".":
                return Dot(self.flags.dot_all)
            case "(":
                return self._group(start)
            case "[":
                return character_class(self.cursor, self.flags)
            case "\\":
                return self._escape(start)
            case _:
                return Character(ord(character), character, self.flags.ignore_case)

    def _escape(self, start: int) -> Node:
        if self.cursor.take("b") or self.cursor.take("B"):
            return Boundary(self.cursor.text[start + 1] == "B", self.flags.ignore_case)
        if found := self.cursor.scan(_NAMED_REFERENCE):
            group = self.names.index(found[1]) + 1 if found[1] in self.names else 0
        elif found := self.cursor.scan(_NUMBERED_REFERENCE):
            group = int(found[0]) if len(found[0]) < _LONGEST_COUNT else 0
        else:
            return escape(self.cursor, self.flags)
        text = f"\\{found[0]}"
        if not 1 <= group <= len(self.names):
            raise self.cursor.error(f"`{text}` refers to no group", start)
        return Reference(group, text, self.flags.ignore_case)

    def _group(self, start: int) -> Node:
        self.cursor.at = start
        found = self.cursor.scan(_OPENING)
        if not found:
            raise self.cursor.error(f"`{self.cursor.text[start : start + 3]}` opens no group")
        number = self._number(found)
        body = self._body(found["flags"], start)
        return Look(body, found[0]) if found["look"] else Group(body, found[0], number)

    def _number(self, found: re.Match[str]) -> int | None:
        """The number of the group, if it captures."""
        name: str | None = found["name"]
        if name is None and found[0] != "(":
            return None
        if name is not None and not name.replace("$", "_").isidentifier():
            raise self.cursor.error(f"`{name}` is no name for a group", found.start())
        if name is not None and self.names.count(name) > 1:
            raise self.cursor.error(f"more than one group is called `{name}`", found.start())
        self.seen += 1
        return self.seen

    def _body(self, modifiers: str | None, start: int) -> Node:
        """What stands in the group that opened at `start`."""
        if self.depth == _DEEPEST:
            raise self.cursor.error("the groups are nested too deeply", start)
        outer = self.flags
        self.flags = outer if modifiers is None else self._changed(modifiers, start)
        self.depth += 1
        body = self._choice()
        self.depth -= 1
        self.flags = outer
        if not self.cursor.take(")"):
            raise self.cursor.error("`(` is not closed", start)
        return body

    def _changed(self, modifiers: str, start: int) -> Flags:
        """The flags, as `im-s` changes them."""
        on, _, off = modifiers.partition("-")
        letters = on + off
        if not letters or len(set(letters)) < len(letters):
            raise self.cursor.error(f"`(?{modifiers}` names no flag, or one twice", start)
        return replace(
            self.flags,
            **{name: letter in on for letter, name in _FLAGS.items() if letter in letters},
        )
