"""Sentences: what is wrong with a value, for readers who know the records and not JSON Schema."""

from __future__ import annotations

from typing import Any

from jsonschema_rs import ValidationError, ValidationErrorKind

from recordsmith.behaviours import UnknownMember
from recordsmith.naming import did_you_mean, nearest
from recordsmith.phrases import a_or_an, either, printable, quoted, shown, some

MASK = "\0"
"""What stands for the value in the engine's own messages."""

_MOST_REASONS = 3

_TYPES = {
    "array": "an array",
    "boolean": "a boolean",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}


_TELLING = ("additionalProperties", "dependentRequired", "unevaluatedProperties")
"""Keywords whose failure the engine reports as that of another."""


def keyword(error: ValidationError) -> str:
    """The keyword that failed; `false` for a schema that takes nothing."""
    last = str(error.evaluation_path[-1])
    if last in _TELLING:
        return last
    return "false" if isinstance(error.kind, ValidationErrorKind.FalseSchema) else error.kind.name


def _members(schema: dict[str, Any]) -> list[tuple[str, Any]]:
    """The members of an enum, name and value; none for a schema that is no enum."""
    branches = [{"const": value} for value in schema.get("enum", ())]
    branches = branches or schema.get("oneOf") or schema.get("anyOf", [])
    if _is_open(schema):
        branches = branches[:-1]
    if not all(isinstance(branch, dict) and "const" in branch for branch in branches):
        return []
    return [(branch.get("title", ""), branch["const"]) for branch in branches]


def _is_open(schema: dict[str, Any]) -> bool:
    return UnknownMember.keyword in schema


def is_about_membership(schema: dict[str, Any], error: ValidationError) -> bool:
    """Whether the error says that the value is no member of an enum."""
    return keyword(error) in ("anyOf", "enum", "oneOf", "type") and bool(_members(schema))


def not_a_member(schema: dict[str, Any], value: Any) -> str:
    """That the value is no member, and which member it may have been meant to be."""
    members = _members(schema)
    title = schema.get("title")
    subject = f"{shown(value)} is not {a_or_an(title) if title else 'one of the allowed values'}"
    words = {word: member for member in members for word in member if isinstance(word, str)}
    meant = nearest(value, filter(None, words)) if isinstance(value, str) else None
    if meant:
        return f"{subject}; did you mean {_member(*words[meant])}?"
    allowed = [_member(*member) for member in members]
    return f"{subject}: {some(allowed + ['any other string'] * _is_open(schema))}"


def _member(name: str, value: Any) -> str:
    return f"{shown(value)} ({printable(name)})" if name not in ("", value) else shown(value)


def mistyped(value: Any, alternatives: list[dict[str, Any]]) -> str:
    """That the value has the type of none of the alternatives."""
    return f"{shown(value)} is not {either(_described(each) for each in alternatives)}"


def _described(schema: dict[str, Any]) -> str:
    if title := schema.get("title"):
        return a_or_an(title)
    types = schema.get("type", ())
    named = [_TYPES[each] for each in ([types] if isinstance(types, str) else types)]
    return either(named) or "another alternative"


def no_alternative(reasons: list[str]) -> str:
    """That all alternatives fail, each for its reason."""
    return f"no alternative fits: {'; or '.join(reasons[:_MOST_REASONS])}"


def unexpected(schema: dict[str, Any], name: str) -> str:
    """That there is no such property."""
    known = schema.get("properties", {})
    return f"there is no property {quoted(name)}{did_you_mean(name, known)}"


def plain(schema: dict[str, Any], error: ValidationError) -> str:
    """What the keyword that failed asks for."""
    value = shown(error.instance)
    if _is_form(schema) and keyword(error) in ("type", "pattern", "format"):
        return f"{value} is not {a_or_an(schema['title'])}{_such_as(schema)}"
    match error.kind:
        case ValidationErrorKind.Required(property=name):
            sentence = f"{quoted(name)} is missing"
        case ValidationErrorKind.Type(types=types):
            sentence = f"{value} is not {either(_TYPES[each] for each in types)}"
        case ValidationErrorKind.Constant(expected_value=expected):
            sentence = f"{value} is not {shown(expected)}"
        case ValidationErrorKind.FalseSchema() if keyword(error) in _TELLING:
            sentence = "no property may stand here"
        case ValidationErrorKind.FalseSchema():
            sentence = f"{value} stands where nothing may"
        case ValidationErrorKind.Contains():
            sentence = f"{value} does not have as many items that fit `contains` as it asks for"
        case ValidationErrorKind.Not():
            sentence = f"{value} is what `not` excludes"
        case ValidationErrorKind.OneOfMultipleValid():
            sentence = f"{value} fits more than one alternative, and is to fit exactly one"
        case _:
            sentence = printable(error.message.replace(MASK, value))
    return sentence


def _is_form(schema: dict[str, Any]) -> bool:
    """Whether the schema is a form of string that has a name."""
    return bool(schema.get("title")) and ("pattern" in schema or "format" in schema)


def _such_as(schema: dict[str, Any]) -> str:
    examples = schema.get("examples", ())
    return f", such as {shown(examples[0])}" if examples else ""
