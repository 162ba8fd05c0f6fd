"""Sayings: what a keyword that failed says of a value, put behind the value in a sentence.

Nothing here depends on the value, so that it is said once for all values; but how many it has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jsonschema_rs import ValidationErrorKind as Kind

from recordsmith.phrases import a_or_an, all_of, either, quoted, shown, some
from recordsmith.validation.assertions import Assertion

NOWHERE = "stands where nothing may"

_FORMAL = (Kind.Type, Kind.Pattern, Kind.Format)
_TYPES = {
    "array": "an array",
    "boolean": "a boolean",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}


def saying(assertion: Assertion, kind: Any) -> str:
    """What is said of any value; empty where that depends on the value."""
    schema = assertion.schema
    if isinstance(kind, _FORMAL) and _is_form(schema):
        return f"is not {a_or_an(schema['title'])}{_such_as(schema)}"
    said = _SAYINGS.get(type(kind))
    return said(kind, assertion) if said else ""


def amount(kind: Any, value: Any) -> str:
    """How many parts the value has, where it has too many or too few; empty where it has not."""
    limit = _LIMITS.get(type(kind))
    if limit is None:
        return ""
    noun, beyond = limit
    return f"has {counted(len(value), noun)}, {beyond} of {int(kind.limit)}"


def described(schema: dict[str, Any]) -> str:
    """What a schema takes, by its title or its types; empty if it has neither."""
    if title := schema.get("title"):
        return a_or_an(title)
    types = schema.get("type", ())
    return either(_TYPES[each] for each in ([types] if isinstance(types, str) else types))


def counted(count: Any, noun: str) -> str:
    """So many of what the noun means."""
    plural = {"property": "properties"}.get(noun, f"{noun}s")
    return f"{int(count)} {noun if count == 1 else plural}"


def _is_form(schema: dict[str, Any]) -> bool:
    """Whether the schema is a form of string that has a name."""
    return bool(schema.get("title")) and ("pattern" in schema or "format" in schema)


def _such_as(schema: dict[str, Any]) -> str:
    examples = schema.get("examples", ())
    return f", such as {shown(examples[0])}" if examples else ""


def _excluded(kind: Any, _: Assertion) -> str:
    names = kind.schema.get("required") if isinstance(kind.schema, dict) else None
    if names and set(kind.schema) == {"required"}:
        return f"may not have {all_of(map(quoted, names))}{' together' * (len(names) > 1)}"
    return "is what `not` excludes"


def _contained(_: Any, assertion: Assertion) -> str:
    limit = assertion.schema.get(assertion.keyword)
    match assertion.keyword:
        case "maxContains":
            return f"has more than {counted(limit, 'item')} that `contains` asks for"
        case "minContains" if limit != 1:
            return f"has fewer than {counted(limit, 'item')} that `contains` asks for"
        case _:
            return f"has no item that {_wanted(assertion.schema.get('contains'))}"


def _wanted(schema: Any) -> str:
    """What an item is that a schema wants an array to contain, if that is short to say."""
    match schema:
        case {"title": str()}:
            return f"is {described(schema)}"
        case {"type": _, **other} if not other:
            return f"is {described(schema)}"
        case {"const": value, **other} if not other:
            return f"is {shown(value)}"
        case _:
            return "`contains` asks for"


def _no_option(kind: Any, _: Assertion) -> str:
    return f"is not one of {some(map(shown, kind.options))}" if kind.options else NOWHERE


def _unmatched(kind: Any, assertion: Assertion) -> str:
    """The pattern as its author wrote it; the engine may have had another."""
    return f"does not match {shown(assertion.schema.get('pattern', kind.pattern))}"


_SAYINGS: dict[type, Callable[[Any, Assertion], str]] = {
    Kind.AnyOf: lambda _, __: "fits no alternative",
    Kind.Constant: lambda kind, _: f"is not {shown(kind.expected_value)}, the only value allowed",
    Kind.Contains: _contained,
    Kind.Enum: _no_option,
    Kind.ExclusiveMaximum: lambda kind, _: f"is not less than {shown(kind.limit)}",
    Kind.ExclusiveMinimum: lambda kind, _: f"is not greater than {shown(kind.limit)}",
    Kind.Format: lambda kind, _: f"is not of the format {quoted(kind.format)}",
    Kind.Not: _excluded,
    Kind.OneOfNotValid: lambda _, __: "fits no alternative",
    Kind.Pattern: _unmatched,
    Kind.Type: lambda kind, _: f"is not {either(_TYPES[each] for each in kind.types)}",
}
_LIMITS = {
    Kind.AdditionalItems: ("item", "more than the maximum"),
    Kind.MaxItems: ("item", "more than the maximum"),
    Kind.MaxLength: ("character", "more than the maximum"),
    Kind.MaxProperties: ("property", "more than the maximum"),
    Kind.MinItems: ("item", "fewer than the minimum"),
    Kind.MinLength: ("character", "fewer than the minimum"),
    Kind.MinProperties: ("property", "fewer than the minimum"),
}
"""What has a limit, and what is beyond it."""
