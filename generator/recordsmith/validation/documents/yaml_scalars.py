"""YAML scalars: what a word means by the core schema of YAML 1.2, if JSON has such a value.

So `yes`, `on`, `1_000`, `12:30` and dates are strings, `0o17` and `0xF` are numbers, and `017` is
seventeen.
"""

from __future__ import annotations

import math
import re
from typing import Any

from recordsmith.phrases import quoted

_TAGS = "tag:yaml.org,2002:"
_MOST_DIGITS = 4300
"""What Python reads and writes in decimal."""
_MOST_BITS = 14_280

_NULL = re.compile(r"(?:null|Null|NULL|~|)")
_TRUE = re.compile(r"(?:true|True|TRUE)")
_FALSE = re.compile(r"(?:false|False|FALSE)")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_STRANGE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMERIC = frozenset("0123456789+-.")

_KINDS: dict[str, tuple[type, ...]] = {
    "null": (type(None),),
    "bool": (bool,),
    "int": (int,),
    "float": (int, float),
}


class ScalarError(ValueError):
    """JSON has no such value: the rule, and why."""

    def __init__(self, rule: str, sentence: str) -> None:
        self.rule = rule
        self.sentence = sentence
        super().__init__(sentence)


def scalar(text: str, tag: str | None, *, is_plain: bool) -> Any:
    """The value of a scalar that has a tag or, without quotes, none.  Raises `ScalarError`."""
    _check(text)
    if tag is None:
        return _resolved(text) if is_plain else text
    kind = tag.removeprefix(_TAGS)
    if kind in ("!", "str"):
        return text
    if tag == kind or kind not in _KINDS:
        raise ScalarError("not-json", f"JSON has no values of the tag {quoted(tag)}")
    value = _resolved(text)
    if type(value) not in _KINDS[kind]:
        raise ScalarError("not-yaml", f"{quoted(text)} is no `{kind}`, as its tag has it")
    return float(value) if kind == "float" else value


def check_tag(tag: str | None, kind: str) -> None:
    """Raise `ScalarError` unless the tag is that of a sequence (`seq`) or a mapping (`map`)."""
    if tag not in (None, "!", _TAGS + kind):
        raise ScalarError("not-json", f"JSON has no values of the tag {quoted(tag)}")


def _check(text: str) -> None:
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            sentence = "the string has half of a surrogate pair"
            raise ScalarError("not-json", sentence) from None


def _resolved(text: str) -> Any:
    """What a word without a tag means."""
    if text[:1] in _NUMERIC:
        return _number(text)
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text):
        return True
    return False if _FALSE.fullmatch(text) else text


def _number(text: str) -> Any:
    if _INTEGER.fullmatch(text):
        return _integer(text, 10)
    if _OCTAL.fullmatch(text):
        return _integer(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return _integer(text[2:], 16)
    if _STRANGE.fullmatch(text):
        raise ScalarError("not-json", f"`{text}` is no JSON value")
    if not _FLOAT.fullmatch(text):
        return text
    number = float(text)
    if math.isinf(number):
        raise ScalarError("not-json", "the number is too large to be read")
    return number


def _integer(digits: str, base: int) -> int:
    if base != 10 or len(digits) <= _MOST_DIGITS:  # noqa: PLR2004 - decimal
        number = int(digits, base)
        if number.bit_length() <= _MOST_BITS:
            return number
    raise ScalarError("not-json", "the number is too large to be read")
