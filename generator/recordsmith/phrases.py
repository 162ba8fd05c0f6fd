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

_WORDS = {"True": "true", "False": "false", "None": "null", **{f"{n}": f"{n}" for n in range(1000)}}
"""What is shown most often, by what Python calls it."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def shown(value: Any) -> str:
    """The value as JSON, cut short; a character that does not print is escaped."""
    if isinstance(value, str):
        return printable(_cut(encode_basestring(value[: _LONGEST + 1])))
    if not isinstance(value, list | tuple | dict):
        return _cut(_WORDS.get(repr(value)) or printable(_ENCODER.encode(value)))
    text = ""
    for chunk in _ENCODER.iterencode(value):
        text += chunk
        if len(text) > _LONGEST:
            break
    return printable(_cut(text))


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


def a_or_an(noun: str) -> str:
    """The noun with its article."""
    return f"{'an' if noun[:1] in 'AEIOUaeiou' else 'a'} {printable(noun)}"


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
