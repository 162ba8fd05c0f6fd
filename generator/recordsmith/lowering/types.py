"""Types: what kind of value a subschema describes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Protocol

from recordsmith.catalog import Place
from recordsmith.ir import Bounds, List, Literal, Map, Named, Scalar, ScalarKind, Type, Union
from recordsmith.lowering.keywords import Keywords
from recordsmith.problems import Problems

ANYTHING = Scalar(ScalarKind.ANY)
NULL = Scalar(ScalarKind.NULL)
_UNCARRIED = re.compile(r"(?<!\\)(?:\\\\)*(?:\(\?<?[=!]|\\[1-9ck])")
"""What engines that promise linear time leave out of regular expressions."""
_DEEPEST = 100
_TEXT_FORMATS = {"date-time": ScalarKind.DATE_TIME}
_OWN_FORMATS = {"iso8601-duration": ScalarKind.DURATION}


class Context(Protocol):
    """What the reading of a type needs of the whole lowering."""

    problems: Problems
    depth: int
    """How many types are being read, one within the other."""

    def reference(self, keywords: Keywords) -> Type:
        """The type that the `$ref` among `keywords` leads to."""

    def lift(self, place: Place, hint: str) -> Named | None:
        """A name for the definition at `place`; None where a type expression says it all."""


def lower_type(place: Place, hint: str, context: Context) -> Type:
    """The type of the values that the subschema at `place` accepts.

    `hint` names what is lifted out of it: the words of the path that leads there.
    """
    match place.schema:
        case True:
            return ANYTHING
        case False:
            sentence = "a value that nothing fits has no type; leave the property out"
            context.problems.add(place.at, "unsupported-keyword", sentence)
            return ANYTHING
    lifted = context.lift(place, hint)
    if lifted:
        return lifted
    if context.depth == _DEEPEST:
        sentence = f"more than {_DEEPEST} types in one another; give one of them a file of its own"
        context.problems.add(place.at, "too-deep", sentence)
        return ANYTHING
    keywords = Keywords(place, context.problems)
    context.depth += 1
    type_ = read_type(keywords, hint, context)
    context.depth -= 1
    keywords.close()
    return type_


def read_type(keywords: Keywords, hint: str, context: Context) -> Type:
    """The type that the keywords of one schema describe; what it does not read is left."""
    if "$ref" in keywords:
        return context.reference(keywords)
    for keyword in ("const", "enum"):
        if keyword in keywords:
            return _literal(keywords, keyword)
    if "anyOf" in keywords:
        keywords.take("anyOf")
        return _any_of(keywords.place / "anyOf", hint, context)
    if "type" not in keywords:
        return ANYTHING
    named = keywords.take("type")
    names = named if isinstance(named, list) else [named]
    return union([_TYPES[name](keywords, hint, context) for name in names])


def _any_of(place: Place, hint: str, context: Context) -> Type:
    indices = range(len(place.schema))
    return union([lower_type(place / index, f"{hint} {index + 1}", context) for index in indices])


def _literal(keywords: Keywords, keyword: str) -> Type:
    found = keywords.take(keyword)
    values = [_whole(value) for value in (found if keyword == "enum" else [found])]
    if not all(isinstance(value, str | int | None) for value in values):
        sentence = f"no type can carry `{keyword}` of lists, objects or fractions"
        keywords.report(keyword, "unsupported-keyword", sentence)
        return ANYTHING
    _forget_redundant_type(keywords, values)
    constants = tuple(value for value in values if value is not None)
    members: list[Type] = [Literal(constants)] if constants else []
    return union([*members, NULL] if None in values else members)


def _whole(value: Any) -> Any:
    """`1.0` as the integer that it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _forget_redundant_type(keywords: Keywords, values: list[Any]) -> None:
    """A `type` beside constants is read if it excludes none of them."""
    named = keywords.place.schema.get("type", [])
    names = named if isinstance(named, list) else [named]
    if all(any(_is(value, name) for name in names) for value in values):
        keywords.forget(("type",))


def _is(value: Any, name: str) -> bool:
    match value:
        case None:
            return name == "null"
        case bool():
            return name == "boolean"
        case int():
            return name in ("integer", "number")
        case float():
            return name == "number" or (name == "integer" and value.is_integer())
        case _:
            return name == "string"


def _string(keywords: Keywords, _hint: str, _context: Context) -> Type:
    kind = ScalarKind.STRING
    for keyword, formats in (("format", _TEXT_FORMATS), ("x-format", _OWN_FORMATS)):
        if keyword not in keywords:
            continue
        name = keywords.take(keyword)
        if name not in formats:
            sentence = f"the format `{name}` is not known; write a `pattern`"
            keywords.report(keyword, "unsupported-format", sentence)
        kind = formats.get(name, kind)
    if "format" in keywords.place.schema and "x-format" in keywords.place.schema:
        keywords.report("x-format", "unsupported-format", "a string has one format, not two")
    pattern = keywords.take("pattern")
    if pattern and _UNCARRIED.search(pattern):
        sentence = "no type can carry look-around, a back-reference or a control escape"
        keywords.report("pattern", "unsupported-keyword", sentence)
    if kind is not ScalarKind.STRING:
        return _wire_string(kind, pattern, keywords)
    lengths = keywords.take("minLength"), keywords.take("maxLength")
    return Scalar(kind, Bounds(min_length=lengths[0], max_length=lengths[1], pattern=pattern))


def _wire_string(kind: ScalarKind, pattern: str | None, keywords: Keywords) -> Scalar:
    """A string that stands for a value of another kind, told by its pattern."""
    if kind is ScalarKind.DURATION and pattern is None:
        keywords.report("x-format", "format-assertion", "`x-format` names a `pattern`; write one")
    if pattern and isinstance(keywords.place.schema["type"], list):
        sentence = "write the form of string as a schema of its own, and `anyOf` it and the rest"
        keywords.report("pattern", "format-assertion", sentence)
    return Scalar(kind, Bounds(pattern=pattern))


def _number(kind: ScalarKind) -> Callable[[Keywords, str, Context], Type]:
    def read(keywords: Keywords, _hint: str, _context: Context) -> Type:
        bounds = Bounds(
            minimum=keywords.take("minimum"),
            maximum=keywords.take("maximum"),
            exclusive_minimum=keywords.take("exclusiveMinimum"),
            exclusive_maximum=keywords.take("exclusiveMaximum"),
            multiple_of=keywords.take("multipleOf"),
        )
        return Scalar(kind, bounds)

    return read


def _array(keywords: Keywords, hint: str, context: Context) -> Type:
    items: Type = ANYTHING
    if "items" in keywords:
        keywords.take("items")
        items = lower_type(keywords.place / "items", f"{hint} item", context)
    bounds = Bounds(min_items=keywords.take("minItems"), max_items=keywords.take("maxItems"))
    return List(items, bounds)


def _object(keywords: Keywords, hint: str, context: Context) -> Type:
    values: Type = ANYTHING
    if "additionalProperties" in keywords:
        keywords.take("additionalProperties")
        values = lower_type(keywords.place / "additionalProperties", f"{hint} value", context)
    bounds = Bounds(
        min_properties=keywords.take("minProperties"),
        max_properties=keywords.take("maxProperties"),
    )
    return Map(values, bounds)


def _plain(kind: ScalarKind) -> Callable[[Keywords, str, Context], Type]:
    return lambda _keywords, _hint, _context: Scalar(kind)


_TYPES: dict[str, Callable[[Keywords, str, Context], Type]] = {
    "array": _array,
    "boolean": _plain(ScalarKind.BOOLEAN),
    "integer": _number(ScalarKind.INTEGER),
    "null": _plain(ScalarKind.NULL),
    "number": _number(ScalarKind.NUMBER),
    "object": _object,
    "string": _string,
}


def union(members: list[Type]) -> Type:
    """The union of `members`, without nesting and repetition, null last."""
    flat: dict[Type, None] = {}
    for member in members:
        flat |= dict.fromkeys(member.members if isinstance(member, Union) else (member,))
    ordered = sorted(flat, key=lambda member: member == NULL)
    return ordered[0] if len(ordered) == 1 else Union(tuple(ordered))


def without_null(type_: Type) -> tuple[Type, bool]:
    """The type without null, and whether null was among its values; null alone stays."""
    if type_ == NULL:
        return NULL, True
    if not isinstance(type_, Union) or NULL not in type_.members:
        return type_, False
    return union([member for member in type_.members if member != NULL]), True
