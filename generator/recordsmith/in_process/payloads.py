"""Payloads: what a program hands over, a text that is read or a value that is taken as it is."""

from __future__ import annotations

from math import isfinite
from typing import Any

from recordsmith.problems import Location, Problem, pointer_of
from recordsmith.strict_json import DEEPEST, NotPlainError, is_too_deep, plain
from recordsmith.validation.texts import Payload, Start, json_payload

_START = Start("payload")
"""Where a payload starts, in a file that is none."""
_MOST = 1_000_000
"""Values to look at; what has more is copied, which tells whether it has an end."""
_LARGE = 2**63


def payload_of(given: object) -> Payload:
    """The payload, read; or what keeps it from being JSON."""
    match given:
        case bytes():
            return json_payload(_START, given)
        case str():
            return json_payload(_START, given.encode("utf-8", "surrogatepass"))
        case bytearray() | memoryview():
            return json_payload(_START, bytes(given))
    try:
        value = given if is_plain(given) else _copied(given)
    except NotPlainError as error:
        at = Location(_START.file, pointer_of(error.tokens))
        return _START.unreadable("", (Problem(at, error.rule, error.sentence, record=1),))
    return Payload(file=_START.file, line=1, text="", value=value, finder=_nowhere)


def is_plain(value: Any) -> bool:
    """Whether a value is certainly as `json.loads` gives it, so that nobody need copy it."""
    level, left = [value], _MOST
    for _ in range(DEEPEST):
        below: list[Any] = []
        for one in level:
            kind = type(one)
            if kind is dict or kind is list:
                left -= len(one)
                if left < 0 or (kind is dict and not all(map(_is_text, one))):
                    return False
                below.extend(one.values() if kind is dict else one)
            elif not _is_scalar(one):
                return False
        if not below:
            return True
        level = below
    return all(map(_is_scalar, level))


def _is_scalar(value: Any) -> bool:
    kind = type(value)
    if kind is int:
        return bool(-_LARGE <= value < _LARGE)
    if kind is float:
        return isfinite(value)
    return value is None or kind is bool or _is_text(value)


def _is_text(value: Any) -> bool:
    if type(value) is not str:
        return False
    try:
        return value.isascii() or bool(value.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _copied(value: object) -> Any:
    copied = plain(value)
    if is_too_deep(copied):
        raise NotPlainError([], "too-deep", "the value is nested too deeply")
    return copied


def _nowhere(_text: str, _pointer: str) -> tuple[int, int]:
    """The line and the column of a value that stands in no text: 0 is unknown."""
    return 0, 0
