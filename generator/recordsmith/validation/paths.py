"""Paths: the engine's paths in a value as pointers, with keys as the value has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from recordsmith.problems import escaped, unescaped

_DIGITS = re.compile(r"\+?[0-9]+")
_NUMBERED = re.compile(r"/[0-9]")


def pointer_of(path: Iterable[str | int]) -> str:
    """The path as a pointer, with keys as the engine has them."""
    return "".join([f"/{escaped(str(token))}" for token in path])


def at(value: Any, path: Iterable[str | int]) -> Any:
    """What stands in a value where the path leads."""
    for token in path:
        value = value[_key(value, token)]
    return value


def spelt(pointer: str, value: Any) -> str:
    """The pointer with keys as the value has them."""
    if not _NUMBERED.search(pointer):
        return pointer
    written = ""
    for token in pointer.split("/")[1:]:
        name = unescaped(token)
        is_number = isinstance(value, list) or (_DIGITS.fullmatch(name) and name not in value)
        key = _key(value, int(name) if is_number else name)
        written += f"/{escaped(str(key))}"
        value = value[key]
    return written


def _key(value: Any, token: str | int) -> str | int:
    """A token as the value has it: of a key `12`, `012` or `+12` the engine makes a number."""
    if isinstance(value, list) or token in value or not isinstance(token, int):
        return token
    alike = (key for key in value if _DIGITS.fullmatch(key) and int(key) == token)
    return str(token) if str(token) in value else next(alike, str(token))
