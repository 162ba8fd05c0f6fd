"""Phrases: values, names and choices as the parts of a sentence.

What comes from a payload may be long or hostile: it is cut short, and escaped where it does not
print.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any

_LONGEST = 60
_MANY = 12
_FEW = 3

_WORDS = {"True": "true", "False": "false", "None": "null"}
"""What is shown often, by what Python calls it."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def shown(value: Any) -> str:
    """The value as JSON, cut short; a character that does not print is escaped."""
    if isinstance(value, list | tuple | dict):
        parts: list[str] = []
        _write(value, parts, _LONGEST)
        return printable(_cut("".join(parts)))
    return printable(_cut(_scalar(value)))


def _write(value: Any, parts: list[str], room: int) -> int:
    """Write a value as JSON, until there is no room; the room that is left."""
    is_object = isinstance(value, dict)
    if not is_object and not isinstance(value, list | tuple):
        parts.append(_scalar(value))
        return room - len(parts[-1])
    comma = ""
    parts.append("{" if is_object else "[")
    for each in value:
        if room < 0:
            return room
        parts.append(f"{comma}{_key(each)}: " if is_object else comma)
        room = _write(value[each] if is_object else each, parts, room - len(parts[-1]))
        comma = ", "
    parts.append("}" if is_object else "]")
    return room - 2


def _scalar(value: Any) -> str:
    """What holds no others, as JSON; as much of it as is shown."""
    if isinstance(value, str):
        return encode_basestring(value[: _LONGEST + 1])
    if type(value) is int:
        return repr(value)
    return _WORDS.get(repr(value)) or _ENCODER.encode(value)


def _key(key: Any) -> str:
    return _scalar(key) if isinstance(key, str) else _ENCODER.encode({key: 0})[1:-4]


def _cut(text: str) -> str:
    return f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text


def printable(text: str) -> str:
    """The text, with what does not print, or would move the cursor, escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def quoted(name: str) -> str:
    """A property or another name, cut short too."""
    return f"`{printable(_cut(name))}`"


def counted(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def a_or_an(noun: str) -> str:
    """The noun with its article."""
    return f"{'an' if noun[:1] in 'AEIOUaeiou' else 'a'} {printable(noun)}"


def all_of(words: Iterable[str]) -> str:
    """`a, b and c`."""
    listed = list(words)
    return " and ".join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))


def either(words: Iterable[str]) -> str:
    """`a, b or c`, each once, null last."""
    listed = sorted(dict.fromkeys(words), key="null".__eq__)
    return " or ".join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))


def some(words: Iterable[str]) -> str:
    """All of a few words; of many, the first and the last."""
    listed = list(words)
    if len(listed) > _MANY:
        listed = [*listed[:_FEW], "…", listed[-1]]
    return ", ".join(listed)
