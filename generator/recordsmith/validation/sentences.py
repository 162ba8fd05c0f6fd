"""Sentences: what is wrong with a value, for readers who know the records and not JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from jsonschema_rs import ValidationError, ValidationErrorKind

from recordsmith.behaviours import BEHAVIOURS, Compatible, Selector
from recordsmith.naming import did_you_mean, nearest

MASK = "\0"
"""What stands for the value in the engine's own messages."""

_LONGEST = 60
_MANY = 12
_FEW = 3

_TYPES = {
    "array": "an array",
    "boolean": "a boolean",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}
_OPEN_END = "any other string"
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def shown(value: Any) -> str:
    """The value as JSON, cut short; a character that does not print is escaped."""
    text = ""
    for chunk in _ENCODER.iterencode(value):
        text += chunk
        if len(text) > _LONGEST:
            text = f"{text[:_LONGEST]}…"
            break
    return _printable(text)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _named(name: str) -> str:
    return f"`{_printable(name)}`"


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'AEIOUaeiou' else 'a'} {noun}"


def _either(words: Iterable[str]) -> str:
    """`a, b or c`, each once, null last."""
    listed = sorted(dict.fromkeys(words), key="null".__eq__)
    return " or ".join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))


def _some(words: list[str]) -> str:
    """All of a few words; of many, the first and the last."""
    listed = words if len(words) <= _MANY else [*words[:_FEW], "…", words[-1]]
    return ", ".join(listed)


def keyword(error: ValidationError) -> str:
    """The keyword that failed; `false` for a schema that takes nothing."""
    if isinstance(error.kind, ValidationErrorKind.FalseSchema):
        return "false"
    last = error.evaluation_path[-1]
    return last if last == "dependentRequired" else error.kind.name


# Behaviours


def behaviour(schema: dict[str, Any], error: ValidationError) -> str | None:
    """The `x-` keyword that names the assertion that failed."""
    failed = error.evaluation_path[-1]
    naming = (key for key, known in BEHAVIOURS.items() if failed in known.explains)
    return next((key for key in naming if key in schema), None)


def concerned(schema: dict[str, Any], behaviour: str) -> list[str]:
    """The properties that the behaviour compares."""
    value = schema[behaviour]
    return list(value.values()) if isinstance(value, dict) else list(value)


def broken(schema: dict[str, Any], behaviour: str, value: Any) -> str:
    """That the behaviour's rule does not hold."""
    sentence = _BROKEN.get(behaviour)
    return sentence(schema, value) if sentence else f"the rule of `{behaviour}` does not hold"


def _selects_nothing(schema: dict[str, Any], _: Any) -> str:
    names = ", ".join(map(_named, schema[Selector.keyword]))
    return f"at least one of {names} must be non-empty"


def _incompatible(schema: dict[str, Any], value: Any) -> str:
    key, other = (schema[Compatible.keyword][part] for part in ("key", "value"))
    rows = dict(_rows(schema, key, other))
    have = value.get(key, _default(schema, key))
    known = next((fitting for wanted, fitting in rows.items() if wanted == shown(have)), None)
    if known is None:
        return f"{_with_value(schema, key, value)} is none of {_some(list(rows))}"
    subject = _with_value(schema, other, value)
    return f"{subject} does not go with {_with_value(schema, key, value)}: {_some(known)} do"


def _rows(schema: dict[str, Any], key: str, other: str) -> Iterable[tuple[str, list[str]]]:
    for branch in schema["anyOf"]:
        match branch:
            case {"properties": {**properties}}:
                wanted, fitting = properties.get(key, {}), properties.get(other, {})
                yield shown(wanted.get("const")), [shown(each) for each in fitting.get("enum", ())]


def _default(schema: dict[str, Any], name: str) -> Any:
    return schema.get("properties", {}).get(name, {}).get("default")


def _with_value(schema: dict[str, Any], name: str, value: Any) -> str:
    if name in value:
        return f"{_named(name)} {shown(value[name])}"
    return f"{_named(name)} {shown(_default(schema, name))} (its default)"


_BROKEN: dict[str, Callable[[dict[str, Any], Any], str]] = {
    Compatible.keyword: _incompatible,
    Selector.keyword: _selects_nothing,
}


# Enums


def _members(schema: dict[str, Any]) -> dict[str, Any]:
    """The values of an enum by their names; none for a schema that is no enum."""
    branches = [{"const": value} for value in schema.get("enum", ())]
    branches = branches or schema.get("oneOf") or schema.get("anyOf") or []
    if branches and branches[-1] == {**branches[-1], "type": "string"} and _is_open(schema):
        branches = branches[:-1]
    if not all(isinstance(branch, dict) and "const" in branch for branch in branches):
        return {}
    return {str(branch.get("title", branch["const"])): branch["const"] for branch in branches}


def is_about_membership(schema: dict[str, Any], error: ValidationError) -> bool:
    """Whether the error says that the value is no member of an enum."""
    return keyword(error) in ("anyOf", "enum", "oneOf", "type") and bool(_members(schema))


def not_a_member(schema: dict[str, Any], value: Any) -> str:
    """That the value is no member, and which member it may have been meant to be."""
    members = _members(schema)
    title = schema.get("title")
    subject = f"{shown(value)} is not {_a(title) if title else 'one of the allowed values'}"
    words = {**members, **{text: text for text in members.values() if isinstance(text, str)}}
    meant = nearest(value, words) if isinstance(value, str) else None
    if meant is not None:
        name = next(name for name, member in members.items() if member == words[meant])
        return f"{subject}; did you mean {_member(name, words[meant])}?"
    allowed = [_member(name, member) for name, member in members.items()]
    return f"{subject}: {_some(allowed + ([_OPEN_END] if _is_open(schema) else []))}"


def _is_open(schema: dict[str, Any]) -> bool:
    return "x-unknown-member" in schema


def _member(name: str, value: Any) -> str:
    return shown(value) if name == str(value) else f"{shown(value)} ({_printable(name)})"


# Alternatives


def mistyped(value: Any, alternatives: list[dict[str, Any]]) -> str:
    """That the value has the type of none of the alternatives."""
    return f"{shown(value)} is not {_either(_described(each) for each in alternatives)}"


def _described(schema: dict[str, Any]) -> str:
    if title := schema.get("title"):
        return _a(title)
    types = schema.get("type", ())
    named = [_TYPES[each] for each in ([types] if isinstance(types, str) else types)]
    return _either(named) or "what the other alternatives ask for"


def no_alternative(reasons: list[str]) -> str:
    """That all alternatives fail, each for its reason."""
    return f"no alternative fits: {'; or '.join(_some(reasons).split(MASK))}"


# Keywords


def unexpected(schema: dict[str, Any], name: str) -> str:
    """That there is no such property."""
    known = schema.get("properties", {})
    return f"there is no property {_named(name)}{did_you_mean(name, known)}"


def plain(schema: dict[str, Any], error: ValidationError) -> str:
    """What the keyword that failed asks for."""
    value = shown(error.instance)
    if _is_form(schema) and keyword(error) in ("type", "pattern", "format"):
        return f"{value} is not {_a(schema['title'])}{_such_as(schema)}"
    match error.kind:
        case ValidationErrorKind.Required(property=name):
            return f"{_named(name)} is missing"
        case ValidationErrorKind.Type(types=types):
            return f"{value} is not {_either(_TYPES[each] for each in types)}"
        case ValidationErrorKind.Constant(expected_value=expected):
            return f"{value} is not {shown(expected)}"
        case ValidationErrorKind.FalseSchema():
            return f"{value} stands where nothing may"
        case ValidationErrorKind.Contains():
            return f"{value} does not have as many items that fit `contains` as it asks for"
        case ValidationErrorKind.Not():
            return f"{value} is what `not` excludes"
        case ValidationErrorKind.OneOfMultipleValid():
            return f"{value} fits more than one alternative, and is to fit exactly one"
    return _printable(error.message.replace(MASK, value))


def _is_form(schema: dict[str, Any]) -> bool:
    """Whether the schema is a form of string that has a name."""
    return bool(schema.get("title")) and ("pattern" in schema or "format" in schema)


def _such_as(schema: dict[str, Any]) -> str:
    examples = schema.get("examples", ())
    return f", such as {shown(examples[0])}" if examples else ""
