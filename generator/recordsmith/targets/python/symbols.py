"""Symbols: how Python spells names and texts.

Every text of a schema that reaches generated Python is quoted here.
"""

from __future__ import annotations

import keyword
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import pairwise
from types import MappingProxyType

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
    *("model_computed_fields", "model_config", "model_construct", "model_copy", "model_extra"),
    *("model_fields", "model_fields_set", "model_json_schema", "model_parametrized_name"),
    *("model_post_init", "model_rebuild", "mro", "register", "Config"),
)
_TAKEN_BY_ENUM = ("mro", "name", "value")
_TAKEN_BY_DECORATORS = ("classmethod", "property", "staticmethod")
_TAKEN_BY_ANNOTATIONS = (
    *("Annotated", "Any", "BaseModel", "Boolean", "ConfigDict", "DateTime", "EXACT", "Field"),
    *("Integer", "Literal", "MISSING", "Number", "bool", "datetime", "dict", "float", "int"),
    *("list", "model_validator", "str", "timedelta"),
    *("ClassVar", "Date", "Guard", "GuardedModel", "NoValue", "NonArray", "NonContainer"),
    *("NonObject", "StrictInt", "UUID", "Uuid", "date", "tuple"),
)
"""What the body of a class means something else by."""
_TAKEN_BY_MODULES = (
    *("AliasedModel", "Annotated", "Any", "BaseModel", "Boolean", "ClassVar", "ConfigDict"),
    *("Date", "DateTime", "EXACT", "Enum", "Field", "Final", "Guard", "GuardedModel", "Integer"),
    *("Literal", "MISSING", "NoValue", "NonArray", "NonContainer", "NonObject", "Number"),
    *(
        "PydanticCustomError",
        "StrictInt",
        "TypeAlias",
        "TypeAliasType",
        "UUID",
        "Uuid",
        "WireString",
    ),
)
"""What every module may import."""
_PROTECTED_BY_PYDANTIC = ("model_dump", "model_validate")
"""How no field may begin."""
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
    prefix, body = _docstring_body(text.strip())
    width = WIDTH - indent
    opening = len(f'{prefix}"""')
    first, *others = body.split("\n")
    if not others and len(first) + opening + 3 <= width:
        return f'{prefix}"""{first}"""'
    lines = [_wrapped(first, width, opening), *(_wrapped(line, width) for line in others)]
    return f'{prefix}"""' + "\n".join([*lines, '"""'])


def _docstring_body(text: str) -> tuple[str, str]:
    """The prefix and the body of a docstring: raw where that can hold the text as it is."""
    printable = text.replace("\n", "").isprintable()
    if "\\" in text and printable and '"""' not in text and text[-1] not in '"\\':
        return "r", text
    body = "".join(_escaped(character, "") for character in text).replace('"""', r"\"\"\"")
    if body.endswith('"') and not body.endswith(r"\""):
        body = f'{body[:-1]}\\"'
    return "", body


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


@cache
def class_name(name: Name) -> str:
    """What Python calls a definition."""
    return _free(_identifier(name.type, "Type"), *_TAKEN_BY_MODULES)


_SCOPE: ContextVar[Mapping[Name, str]] = ContextVar("_SCOPE", default=MappingProxyType({}))


@contextmanager
def scope(names: Mapping[Name, str]) -> Iterator[None]:
    """Let some definitions be spelt otherwise, in the module that is being written."""
    token = _SCOPE.set(names)
    try:
        yield
    finally:
        _SCOPE.reset(token)


def spelt(name: Name) -> str:
    """What the module that is being written calls a definition."""
    return _SCOPE.get().get(name) or class_name(name)


def attribute(name: str) -> str:
    """The attribute that holds the property `name`: the same where Python and pydantic let it."""
    spelt = _identifier(_spelt_out(name), "field_")
    if spelt.startswith(_PROTECTED_BY_PYDANTIC):
        return f"field_{spelt}"
    return _free(spelt, *_TAKEN_BY_PYDANTIC, *_TAKEN_BY_ANNOTATIONS, *_TAKEN_BY_DECORATORS)


def snake_attribute(name: str) -> str:
    """The attribute that holds the property `name`, in snake_case."""
    return attribute(snake_case(_normal(name)) or name)


def method(name: str) -> str:
    """The method of a record that is called `name`."""
    spelt = _identifier(name, "method_")
    is_taken = spelt.startswith(_PROTECTED_BY_PYDANTIC)
    return f"{spelt}_" if is_taken else _free(spelt, *_TAKEN_BY_PYDANTIC)


def member(name: str) -> str:
    """The attribute that holds the member `name` of an enum."""
    return _free(_identifier(name, "member_"), *_TAKEN_BY_ENUM, *_TAKEN_BY_DECORATORS)


def module(name: Name) -> tuple[str, ...]:
    """The modules that lead to a definition, below the package."""
    folders = (snake_case(_normal(folder)) for folder in name.module)
    return tuple(_identifier(folder, "module_") for folder in folders) or ("records",)


def _spelt_out(name: str) -> str:
    normal = _normal(name)
    return normal if normal.isidentifier() else snake_case(normal)


def _normal(text: str) -> str:
    """The text as Python reads it in an identifier."""
    return unicodedata.normalize("NFKC", text)


def _identifier(text: str, prefix: str) -> str:
    """The text as a public name; `prefix` makes a name of what is none."""
    spelt = "".join(one for one in _normal(text) if f"_{one}".isidentifier()).lstrip("_")
    named = spelt if spelt.isidentifier() else f"{prefix}{spelt}".rstrip("_")
    return f"{named}_" if keyword.iskeyword(named) else named


def _free(spelt: str, *taken: str) -> str:
    return f"{spelt}_" if spelt in taken else spelt


def constant(text: str) -> str:
    """`InvocationStatus` -> `INVOCATION_STATUS`."""
    return snake_case(text).upper()


def quoted_toml(text: str) -> str:
    """A TOML basic string in which all that does not print is escaped."""
    return f'"{"".join(map(_escaped_toml, text))}"'


def _escaped_toml(character: str) -> str:
    if character in ('"', "\\"):
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08X}"
