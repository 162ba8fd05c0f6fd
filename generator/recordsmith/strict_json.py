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

BLANK = " \t\r\n"
DEEPEST = 200
"""So many arrays and objects in one another; engines read no more than 255."""
MOST_VALUES = 2_000_000
"""What has more is not read: each takes many times the room that it has in a text.

And what is made of fewer, each of which stands in many places, is as large as it looks.
"""
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_MOST_BITS = 14_280
"""What Python reads and writes in decimal."""


class NotJsonError(ValueError):
    """The text is not JSON: where (an offset from 0) and why."""

    def __init__(self, offset: int, rule: str, sentence: str) -> None:
        self.offset = offset
        self.rule = rule
        self.sentence = sentence
        super().__init__(sentence)


class AmbiguousJsonError(NotJsonError):
    """The grammar, as Python has it, takes the text; we do not."""


class NotPlainError(ValueError):
    """The object is not one that JSON has: the tokens of where, and why."""

    def __init__(self, tokens: list[str | int], rule: str, sentence: str) -> None:
        self.tokens = tokens
        self.rule = rule
        self.sentence = sentence
        super().__init__(sentence)


def plain(value: Any) -> Any:
    """A copy of a Python object of nothing but what JSON has.  Raises `NotPlainError`."""
    return _Copier().copy(value)


class _Copier:
    """Copies, and counts what it copies."""

    def __init__(self) -> None:
        self.path: list[str | int] = []
        self.count = 0

    def copy(self, value: Any) -> Any:
        self.count += 1
        if self.count > MOST_VALUES:
            raise NotPlainError([], "too-large", f"it has more than {MOST_VALUES:,} values")
        if len(self.path) > DEEPEST:
            raise NotPlainError(self.path[:2], "too-deep", "the value is nested too deeply")
        if isinstance(value, dict):
            return {self._key(key): self._part(key, value[key]) for key in value}
        if isinstance(value, list | tuple):
            return [self._part(index, part) for index, part in enumerate(value)]
        return self._scalar(value)

    def _part(self, token: str | int, value: Any) -> Any:
        self.path.append(token)
        copied = self.copy(value)
        self.path.pop()
        return copied

    def _key(self, key: Any) -> str:
        if not isinstance(key, str):
            raise NotPlainError([*self.path], "not-json", f"the key {key!r} is no string")
        return self._text(key)

    def _scalar(self, value: Any) -> Any:
        match value:
            case None | bool():
                return value
            case str():
                return self._text(value)
            case int() if value.bit_length() <= _MOST_BITS:
                return int(value)
            case float() if math.isfinite(value):
                return float(value)
        sentence = f"this {type(value).__name__} is no JSON value"
        raise NotPlainError([*self.path], "not-json", sentence)

    def _text(self, text: str) -> str:
        copied = text if type(text) is str else "".join(text)
        try:
            copied.encode("utf-8")
        except UnicodeEncodeError:
            sentence = "the string has half of a surrogate pair"
            raise NotPlainError([*self.path], "not-json", sentence) from None
        return copied


def is_too_deep(value: Any) -> bool:
    """Whether a JSON value that was read is nested more deeply than `DEEPEST`."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(DEEPEST):
        parts = (one.values() if isinstance(one, dict) else one for one in level)
        level = [part for listed in parts for part in listed if isinstance(part, dict | list)]
        if not level:
            return False
    return True


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
        end = len(text) if is_of_control(error.msg) else len(text.rstrip(BLANK))
        raise NotJsonError(min(error.pos, end), "not-json", sentence) from None
    except RecursionError:
        raise AmbiguousJsonError(0, "too-deep", "the value is nested too deeply") from None
    except ValueError:
        raise AmbiguousJsonError(*_ambiguity(text)) from None
    if text.count("[") + text.count("{") > DEEPEST and is_too_deep(value):
        raise AmbiguousJsonError(0, "too-deep", "the value is nested too deeply")
    return value


def is_of_control(sentence: str) -> bool:
    """Whether the text is not JSON for a control character in a string, such as a line feed."""
    return "control character" in sentence


def has_too_many_values(text: str) -> bool:
    """Whether the text is of more than `MOST_VALUES`, counted by what stands before each."""
    if len(text) < MOST_VALUES or _signs(text) < MOST_VALUES:
        return False
    return _signs(_STRING.sub("", text)) >= MOST_VALUES


def _signs(text: str) -> int:
    return text.count(",") + text.count("[") + text.count("{")


def read_certain(text: str) -> Any:
    """The value that `text` is, of which it is known that `parse` would take it."""
    return json.loads(text)


def read_start(text: str) -> tuple[Any, int]:
    """The value that `text` starts with, of which `parse` would take it, and where it ends."""
    found: tuple[Any, int] = _scan(text, 0)
    return found


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


_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined] # it has one
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
