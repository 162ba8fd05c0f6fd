"""Strict JSON: read one JSON text, and refuse what parsers read differently.

Python's own parser also takes `NaN` and `Infinity`, the last of duplicate keys, half a surrogate
pair, and a number that is too large for it as infinity.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from recordsmith.phrases import shown


class NotJsonError(ValueError):
    """The text is not JSON: where (an offset from 0) and why."""

    def __init__(self, offset: int, rule: str, sentence: str) -> None:
        self.offset = offset
        self.rule = rule
        self.sentence = sentence
        super().__init__(sentence)


class AmbiguousJsonError(NotJsonError):
    """The grammar, as Python has it, takes the text; we do not."""


def parse(text: str) -> Any:
    """The value that `text` is.  Raises `NotJsonError`."""
    if text.startswith("\ufeff"):
        sentence = "a byte order mark is not JSON; save the file without one"
        raise NotJsonError(0, "not-json", sentence)
    try:
        value = _DECODER.decode(text)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        sentence = f"the text is not JSON: {error.msg}"
        raise NotJsonError(error.pos, "not-json", sentence) from None
    except RecursionError:
        raise AmbiguousJsonError(0, "too-deep", "the value is nested too deeply") from None
    except ValueError:
        raise AmbiguousJsonError(*_ambiguity(text)) from None
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _constant(_: str) -> NoReturn:
    raise ValueError


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError
    return number


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_constant, parse_float=_finite
)

_TOKEN = re.compile(
    r"""
    "(?:[^"\\]|\\.)*" | [{}\[\]:]
    | -?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)? | NaN | -?Infinity
    """,
    re.VERBOSE,
)


def _ambiguity(text: str) -> tuple[int, str, str]:
    """The offset, the rule and the sentence of the first token that the hooks refuse."""
    keys: list[set[str]] = []
    word, start = "", 0
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "{" | "[":
                keys.append(set())
            case "}" | "]":
                keys.pop()
            case ":":
                key = json.loads(word)
                if key in keys[-1]:
                    return start, "not-json", f"the key {shown(key)} stands twice in one object"
                keys[-1].add(key)
            case word:
                start = token.start()
                if sentence := _strange(word):
                    return start, "not-json", sentence
    return 0, "not-json", "the text is ambiguous"


def _strange(word: str) -> str | None:
    """What is wrong with a string, a number or a constant by itself."""
    if word.startswith('"'):
        try:
            json.loads(word).encode("utf-8")
        except UnicodeEncodeError:
            return "the string has half of a surrogate pair"
    elif not word[-1].isdigit():
        return f"`{word}` is no JSON value"
    else:
        try:
            _DECODER.decode(word)
        except ValueError:
            return "the number is too large to be read"
    return None
