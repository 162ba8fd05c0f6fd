"""Classes: read what stands in brackets."""

from __future__ import annotations

from recordsmith.patterns.cursor import Cursor
from recordsmith.patterns.escapes import escape
from recordsmith.patterns.syntax import Character, Class, Flags, Member, Property, Range, Shorthand

_BACKSPACE = 0x08


def character_class(cursor: Cursor, flags: Flags) -> Class:
    """The class whose `[` is just taken.  Raises `NotAPatternError`."""
    start = cursor.at - 1
    negated = cursor.take("^")
    members: list[Member] = []
    while not cursor.take("]"):
        if cursor.at_end():
            raise cursor.error("`[` is not closed", start)
        members += _members(cursor, flags)
    return Class(tuple(members), negated, flags.ignore_case)


def _members(cursor: Cursor, flags: Flags) -> list[Member]:
    """One member, or what stands on both sides of a hyphen.

    Annex B: where a side is a class of its own, the hyphen is no more than itself.
    """
    start = cursor.at
    low = _atom(cursor, flags)
    if not cursor.sees("-") or cursor.sees("-]") or cursor.at + 1 == len(cursor.text):
        return [low]
    hyphen = Character(ord(cursor.next()), "-", flags.ignore_case)
    high = _atom(cursor, flags)
    match low, high:
        case Character(), Character() if low.code > high.code:
            raise cursor.error(f"`{cursor.text[start : cursor.at]}` counts down", start)
        case Character(), Character():
            return [Range(low, high)]
        case _:
            return [low, hyphen, high]


def _atom(cursor: Cursor, flags: Flags) -> Character | Shorthand | Property:
    character = cursor.next()
    if character != "\\":
        return Character(ord(character), character, flags.ignore_case)
    if cursor.take("b"):
        return Character(_BACKSPACE, r"\b", flags.ignore_case)
    if cursor.take("B"):
        return Character(ord("B"), r"\B", flags.ignore_case)
    return escape(cursor, flags)
