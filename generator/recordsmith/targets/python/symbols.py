"""Symbols: how Python spells names and texts.

Every text of a schema that reaches generated Python is quoted here.
"""

from __future__ import annotations

import json
import keyword
import re
import textwrap
from itertools import pairwise

from recordsmith.ir import Json, JsonScalar, Name
from recordsmith.naming import snake_case

WIDTH = 100
INDENT = 4

_PIECE = 80
_TOKEN = re.compile(r"\\.|\[[^\]]*\]|\(\?:|[^\\]", re.DOTALL)
"""What a regular expression is not broken within."""

_TAKEN_BY_PYDANTIC = (
    *("construct", "copy", "dict", "from_orm", "json", "parse_file", "parse_obj", "parse_raw"),
    *("schema", "schema_json", "update_forward_refs", "validate"),
)
_FEW = 3
"""So many values are read more easily than their range."""


def literal(value: Json) -> str:
    """A JSON value as a Python expression on one line."""
    match value:
        case str():
            return quoted(value)
        case list():
            return f"[{', '.join(map(literal, value))}]"
        case dict():
            pairs = (f"{literal(key)}: {literal(item)}" for key, item in value.items())
            return f"{{{', '.join(pairs)}}}"
        case _:
            return repr(value)


def quoted(text: str) -> str:
    """A string literal in which all that does not print is escaped."""
    quote = "'" if '"' in text and "'" not in text else '"'
    return quote + "".join(_escaped(character, quote) for character in text) + quote


def raw(text: str) -> str:
    """A raw string literal where one can hold the text, as befits a regular expression."""
    if '"' in text or text.endswith("\\") or not text.isprintable():
        return quoted(text)
    return f'r"{text}"' if "\\" in text else quoted(text)


def sequence(values: tuple[JsonScalar, ...]) -> str:
    """The values as a tuple, or as a range where they are integers in even steps."""
    integers = [value for value in values if type(value) is int]
    steps = {after - before for before, after in pairwise(integers)}
    if len(integers) == len(values) > _FEW and len(steps) == 1 and min(steps) > 0:
        return f"range({integers[0]}, {integers[-1] + 1}, {min(steps)})"
    return f"({', '.join(map(literal, values))}{',' if len(values) == 1 else ''})"


def pattern(text: str) -> str:
    """A regular expression as raw literals, several where one would be too long to read."""
    if len(text) <= _PIECE:
        return raw(text)
    pieces = [""]
    for token in _TOKEN.findall(text):
        full = len(pieces[-1]) + len(token) > _PIECE
        if full or (token in ("|", "(?:") and len(pieces[-1]) > _PIECE * 0.7):
            pieces.append("")
        pieces[-1] += token
    return f"({' '.join(map(raw, pieces))})"


def docstring(text: str, indent: int = 0) -> str:
    """A docstring literal, wrapped to the width that is left beside `indent` columns."""
    body = "".join(_escaped(character, "") for character in text.strip())
    body = body.replace('"""', r"\"\"\"")
    if body.endswith('"') and not body.endswith(r"\""):
        body = f'{body[:-1]}\\"'
    width = WIDTH - indent
    first, *others = body.split("\n")
    if not others and len(first) + 6 <= width:
        return f'"""{first}"""'
    lines = [_wrapped(first, width, opening=3), *(_wrapped(line, width) for line in others)]
    return '"""' + "\n".join([*lines, '"""'])


def _wrapped(line: str, width: int, opening: int = 0) -> str:
    """A line of text, broken before `width`, of which `opening` columns are taken."""
    margin = line[: len(line) - len(line.lstrip(" "))]
    wrapped = textwrap.fill(
        line.strip(),
        width,
        initial_indent=margin + " " * opening,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapped[opening:]


def _escaped(character: str, quote: str) -> str:
    if character == "\n" and not quote:
        return character
    if character in ("\\", quote):
        return f"\\{character}"
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")


def attribute(name: str) -> str:
    """The attribute that holds the property `name`: the same where Python and pydantic let it."""
    spelt = name if name.isidentifier() and name.isascii() else snake_case(name)
    if not spelt or spelt[0].isdigit():
        spelt = f"field_{spelt}"
    spelt = spelt.lstrip("_") or "field"
    taken = keyword.iskeyword(spelt) or spelt in _TAKEN_BY_PYDANTIC or spelt.startswith("model_")
    return f"{spelt}_" if taken else spelt


def member(name: str) -> str:
    """The attribute that holds the member `name` of an enum."""
    return f"{name}_" if keyword.iskeyword(name) or name in ("name", "value", "mro") else name


def module(name: Name) -> tuple[str, ...]:
    """The modules that lead to a definition, below the package."""
    spelt = tuple(snake_case(part) or "records" for part in name.module) or ("records",)
    return tuple(f"{part}_" if keyword.iskeyword(part) else part for part in spelt)


def constant(text: str) -> str:
    """`InvocationStatus` -> `INVOCATION_STATUS`."""
    return snake_case(text).upper()


def quoted_toml(text: str) -> str:
    """A TOML basic string, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=True)
