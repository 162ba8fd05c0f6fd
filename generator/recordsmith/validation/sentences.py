"""Sentences: what is wrong with a value, for readers who know the records and not JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from jsonschema_rs import ValidationError
from jsonschema_rs import ValidationErrorKind as Kind

from recordsmith import naming
from recordsmith.phrases import a_or_an, all_of, either, printable, quoted, shown, some
from recordsmith.validation.assertions import Assertion
from recordsmith.validation.equality import twins
from recordsmith.validation.sayings import NOWHERE, amount, counted, described, saying
from recordsmith.validation.violations import MASK

_MOST_REASONS = 3
_MOST_KNOWN = 1_000
"""Of more words, which is the nearest is not asked; more sentences are not kept."""
_MOST_PROPERTIES = 100
"""Of more, none is taken for a misspelling."""
_MOST_COMPARED = 1_000
"""Of more items, which two are equal is not asked."""

_SAYING = ""
"""What is said of any value; no value is shown like that."""


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
    listed = [described(each) for each in alternatives]
    named = [one for one in listed if one]
    if not named:
        return f"{value} fits no alternative"
    return f"{value} is not {either(named + ['another alternative'] * (named != listed))}"


def no_alternative(reasons: list[str]) -> str:
    """That all alternatives fail, each for its reason."""
    return f"no alternative fits: {'; or '.join(dict.fromkeys(reasons[:_MOST_REASONS]))}"


def unexpected(schema: dict[str, Any], name: str) -> str:
    """That there is no such property."""
    meant = _nearest(name, schema.get("properties", {}))
    suggestion = f"; did you mean {quoted(meant)}?" if meant else ""
    return f"there is no property {quoted(name)}{suggestion}"


def missing(assertion: Assertion, value: Any, name: str) -> str:
    """That a property is missing, and which other asks for it, or may be a misspelling of it."""
    sentence = f"{quoted(name)} is missing"
    if assertion.keyword not in ("dependentRequired", "dependencies"):
        return sentence + _misspelt(assertion.schema.get("properties"), value, name)
    asking = assertion.schema[assertion.keyword].items()
    present = [
        quoted(other)
        for other, asked in asking
        if other in value and isinstance(asked, list) and name in asked
    ]
    return f"{sentence}, which {all_of(present)} {'asks' if len(present) == 1 else 'ask'} for"


def _misspelt(known: Any, value: Any, name: str) -> str:
    """Which property, that no schema knows, may have been meant to be the missing one."""
    if not isinstance(known, dict) or len(value) > _MOST_PROPERTIES:
        return ""
    unknown = [one for one in value if one not in known and 0 < len(one) <= 2 * len(name)]
    meant = _nearest(name, unknown)
    return f"; is {quoted(meant)} meant to be it?" if meant else ""


def plain(assertion: Assertion, error: ValidationError, value: str) -> str:
    """What the keyword that failed asks for; `value` is shown already."""
    kind = error.kind
    said = assertion.said.get(_SAYING)
    if said is None:
        said = assertion.said[_SAYING] = saying(assertion, kind)
    if said := said or amount(kind, error.instance):
        return f"{value} {said}"
    match kind:
        case Kind.FalseSchema():
            return _nothing(assertion.keyword, value)
        case Kind.OneOfMultipleValid(context=branches):
            return f"{value} {_fitting(branches)}"
        case Kind.PropertyNames(error=inner) if isinstance(inner.kind, Kind.FalseSchema):
            return _nothing(assertion.keyword, value)
        case Kind.PropertyNames(error=inner):
            return f"the name {_of_name(assertion, inner)}"
        case Kind.UnevaluatedItems(unexpected=items):
            return f"{value} has {counted(len(items), 'item')} that no schema speaks of"
        case Kind.UniqueItems():
            return f"{value} {_twice(error.instance)}"
        case _:
            return printable(error.message.replace(MASK, value))


def _of_name(assertion: Assertion, error: ValidationError) -> str:
    """What is wrong with a name."""
    said = saying(assertion, error.kind) or amount(error.kind, error.instance)
    name = shown(error.instance)
    return f"{name} {said}" if said else printable(error.message.replace(MASK, name))


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
            return f"{value} {NOWHERE}"


def _fitting(branches: list[list[ValidationError]]) -> str:
    fitting = [f"{at}" for at, errors in enumerate(branches) if not errors]
    return f"fits the alternatives {all_of(fitting)} of `oneOf`, and is to fit exactly one"
