"""Sentences: what is wrong with a value, for readers who know the records and not JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from jsonschema_rs import ValidationError
from jsonschema_rs import ValidationErrorKind as Kind

from recordsmith import naming
from recordsmith.phrases import a_or_an, either, printable, quoted, shown, some
from recordsmith.validation.assertions import Assertion
from recordsmith.validation.equality import twins

MASK = "\0"
"""What stands for the value in the engine's own messages."""

_MOST_REASONS = 3
_MOST_KNOWN = 1_000
"""Of more words, which is the nearest is not asked; more sentences are not kept."""
_MOST_COMPARED = 1_000
"""Of more items, which two are equal is not asked."""

_SAYING = ""
"""What is said of any value; no value is shown like that."""

_FORMAL = (Kind.Type, Kind.Pattern, Kind.Format)
_NOWHERE = "stands where nothing may"
_TYPES = {
    "array": "an array",
    "boolean": "a boolean",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}


def not_a_member(assertion: Assertion, value: Any, text: str) -> str:
    """That the value, shown as `text`, is no member, and which it may have been meant to be."""
    said = assertion.said.get(text)
    if said is None:
        said = _no_member(assertion, value, text)
        if not text.endswith("…") and len(assertion.said) < _MOST_KNOWN:
            assertion.said[text] = said
    return said


def _no_member(assertion: Assertion, value: Any, text: str) -> str:
    members = assertion.members
    title = assertion.schema.get("title")
    subject = f"{text} is not {a_or_an(title) if title else 'one of the allowed values'}"
    words = {word: member for member in members for word in member if isinstance(word, str)}
    meant = _nearest(value, filter(None, words)) if isinstance(value, str) else None
    if meant:
        return f"{subject}; did you mean {_member(*words[meant])}?"
    allowed = [_member(*member) for member in members]
    return f"{subject}: {some(allowed + ['any other string'] * assertion.is_open)}"


def _member(name: str, value: Any) -> str:
    return f"{shown(value)} ({printable(name)})" if name not in ("", value) else shown(value)


def _nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like another, if comparing them takes no time."""
    words = tuple(known)
    if len(words) > _MOST_KNOWN or len(name) > 2 * max(map(len, words), default=0):
        return None
    return _compared(name, words)


_compared = lru_cache(maxsize=1_024)(naming.nearest)
"""What is mistaken is mistaken in many records."""


def mistyped(value: str, alternatives: list[dict[str, Any]]) -> str:
    """That the value has the type of none of the alternatives."""
    described = [_described(each) for each in alternatives]
    named = [one for one in described if one]
    if not named:
        return f"{value} fits no alternative"
    return f"{value} is not {either(named + ['another alternative'] * (named != described))}"


def _described(schema: dict[str, Any]) -> str:
    if title := schema.get("title"):
        return a_or_an(title)
    types = schema.get("type", ())
    named = [_TYPES[each] for each in ([types] if isinstance(types, str) else types)]
    return either(named)


def no_alternative(reasons: list[str]) -> str:
    """That all alternatives fail, each for its reason."""
    return f"no alternative fits: {'; or '.join(dict.fromkeys(reasons[:_MOST_REASONS]))}"


def unexpected(schema: dict[str, Any], name: str) -> str:
    """That there is no such property."""
    meant = _nearest(name, schema.get("properties", {}))
    suggestion = f"; did you mean {quoted(meant)}?" if meant else ""
    return f"there is no property {quoted(name)}{suggestion}"


def missing(assertion: Assertion, value: Any, name: str) -> str:
    """That a property is missing, and which other asks for it, if one does."""
    sentence = f"{quoted(name)} is missing"
    if assertion.keyword not in ("dependentRequired", "dependencies"):
        return sentence
    asking = assertion.schema[assertion.keyword].items()
    present = [
        quoted(other)
        for other, asked in asking
        if other in value and isinstance(asked, list) and name in asked
    ]
    return f"{sentence}, which {some(present)} {'asks' if len(present) == 1 else 'ask'} for"


def plain(assertion: Assertion, error: ValidationError, value: str) -> str:
    """What the keyword that failed asks for; `value` is shown already."""
    kind = error.kind
    saying = assertion.said.get(_SAYING)
    if saying is None:
        saying = assertion.said[_SAYING] = _saying(assertion, kind)
    if saying:
        return f"{value} {saying}"
    match kind:
        case Kind.FalseSchema():
            return _nothing(assertion.keyword, value)
        case Kind.OneOfMultipleValid(context=branches):
            return f"{value} {_fitting(branches)}"
        case Kind.PropertyNames(error=inner):
            return f"the name {_of_name(assertion, inner)}"
        case Kind.UnevaluatedItems(unexpected=items):
            return f"{value} has {_counted(len(items), 'item')} that no schema speaks of"
        case Kind.UniqueItems():
            return f"{value} {_twice(error.instance)}"
        case _:
            return printable(error.message.replace(MASK, value))


def _of_name(assertion: Assertion, error: ValidationError) -> str:
    """What is wrong with a name."""
    saying = _saying(assertion, error.kind)
    name = shown(error.instance)
    return f"{name} {saying}" if saying else printable(error.message.replace(MASK, name))


def _saying(assertion: Assertion, kind: Any) -> str:
    """What follows any value in the sentence; empty where that depends on the value."""
    schema = assertion.schema
    if isinstance(kind, _FORMAL) and _is_form(schema):
        return f"is not {a_or_an(schema['title'])}{_such_as(schema)}"
    saying = _SAYINGS.get(type(kind))
    return saying(kind, assertion) if saying else ""


def _is_form(schema: dict[str, Any]) -> bool:
    """Whether the schema is a form of string that has a name."""
    return bool(schema.get("title")) and ("pattern" in schema or "format" in schema)


def _such_as(schema: dict[str, Any]) -> str:
    examples = schema.get("examples", ())
    return f", such as {shown(examples[0])}" if examples else ""


def _twice(items: Any) -> str:
    """Which two items are equal."""
    found = twins(items[:_MOST_COMPARED])
    if found is None:
        return "has equal items"
    return f"has {shown(items[found[1]])} twice, at {found[0]} and {found[1]}"


def _nothing(keyword: str, value: str) -> str:
    match keyword:
        case "propertyNames" | "unevaluatedProperties":
            return "no property may stand here"
        case _:
            return f"{value} {_NOWHERE}"


def _excluded(kind: Any, _: Assertion) -> str:
    names = kind.schema.get("required") if isinstance(kind.schema, dict) else None
    if names and set(kind.schema) == {"required"}:
        return f"is not to have {' and '.join(map(quoted, names))}"
    return "is what `not` excludes"


def _contained(_: Any, assertion: Assertion) -> str:
    limit = assertion.schema.get(assertion.keyword)
    match assertion.keyword:
        case "maxContains":
            return f"has more than {_counted(limit, 'item')} that `contains` asks for"
        case "minContains" if limit != 1:
            return f"has fewer than {_counted(limit, 'item')} that `contains` asks for"
        case _:
            return "has no item that `contains` asks for"


def _counted(count: Any, noun: str) -> str:
    plural = {"property": "properties"}.get(noun, f"{noun}s")
    return f"{int(count)} {noun if count == 1 else plural}"


def _no_option(options: list[Any]) -> str:
    return f"is not one of {some(map(shown, options))}" if options else _NOWHERE


def _unmatched(kind: Any, assertion: Assertion) -> str:
    """The pattern as its author wrote it; the engine may have had another."""
    return f"does not match {shown(assertion.schema.get('pattern', kind.pattern))}"


_SAYINGS: dict[type, Callable[[Any, Assertion], str]] = {
    Kind.AdditionalItems: lambda kind, _: f"has more than {_counted(kind.limit, 'item')}",
    Kind.AnyOf: lambda _, __: "fits no alternative",
    Kind.Constant: lambda kind, _: f"is not {shown(kind.expected_value)}",
    Kind.Contains: _contained,
    Kind.Enum: lambda kind, _: _no_option(kind.options),
    Kind.ExclusiveMaximum: lambda kind, _: f"is not less than {shown(kind.limit)}",
    Kind.ExclusiveMinimum: lambda kind, _: f"is not greater than {shown(kind.limit)}",
    Kind.Format: lambda kind, _: f"is not of the format {quoted(kind.format)}",
    Kind.MaxItems: lambda kind, _: f"has more than {_counted(kind.limit, 'item')}",
    Kind.MaxProperties: lambda kind, _: f"has more than {_counted(kind.limit, 'property')}",
    Kind.MinItems: lambda kind, _: f"has fewer than {_counted(kind.limit, 'item')}",
    Kind.MinProperties: lambda kind, _: f"has fewer than {_counted(kind.limit, 'property')}",
    Kind.Not: _excluded,
    Kind.OneOfNotValid: lambda _, __: "fits no alternative",
    Kind.Pattern: _unmatched,
    Kind.Type: lambda kind, _: f"is not {either(_TYPES[each] for each in kind.types)}",
}
"""What follows the value in a sentence about an error."""


def _fitting(branches: list[list[ValidationError]]) -> str:
    fitting = [f"{at}" for at, errors in enumerate(branches) if not errors]
    listed = " and ".join(filter(None, [", ".join(fitting[:-1]), *fitting[-1:]]))
    return f"fits the alternatives {listed} of `oneOf`, and is to fit exactly one"
