"""Facets: a schema as the assertions that it makes, in the words of 2020-12.

A schema, what it refers to and what its `allOf` holds are one list: a value is to fit all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

from recordsmith.drafts import ANNOTATIONS
from recordsmith.places import Place

Key: TypeAlias = tuple[int, frozenset[str]]

_BOUNDS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
_IDLE: Mapping[str, Any] = {
    "additionalProperties": True,
    "items": True,
    "minContains": None,
    "minItems": 0,
    "minLength": 0,
    "minProperties": 0,
    "unevaluatedItems": True,
    "unevaluatedProperties": True,
    "uniqueItems": False,
}
"""Keywords with the value that lets everything pass."""


_MAY_BE_IDLE = frozenset(
    (
        *_IDLE,
        *("dependencies", "dependentRequired", "dependentSchemas", "else", "if", "maxContains"),
        *("patternProperties", "prefixItems", "propertyNames", "required", "then"),
    )
)
_CHANGED = frozenset((*_BOUNDS, *_BOUNDS.values(), "additionalItems", "items"))
"""Keywords that have not always meant what they mean in 2020-12."""


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """Some assertions of one schema."""

    place: Place
    written: Mapping[str, str]
    """The keywords by their names in 2020-12; how each is written here."""

    @property
    def key(self) -> Key:
        """What tells the facet from others."""
        return id(self.place.schema), frozenset(self.written)

    def __contains__(self, keyword: str) -> bool:
        return keyword in self.written

    def __getitem__(self, keyword: str) -> Any:
        return self.place.schema[self.written[keyword]]

    def get(self, keyword: str, default: Any = None) -> Any:
        """The keyword's value."""
        written = self.written.get(keyword)
        return default if written is None else self.place.schema[written]

    def at(self, keyword: str, *tokens: str | int) -> Place:
        """The place of the keyword's value, or of what is below it."""
        place = self.place / self.written[keyword]
        for token in tokens:
            place /= token
        return place

    def without(self, keywords: Iterable[str]) -> Facet:
        """The facet less some keywords."""
        less = frozenset(keywords)
        return Facet(
            self.place, {key: self.written[key] for key in self.written if key not in less}
        )

    def only(self, keywords: Iterable[str]) -> Facet:
        """Some keywords of the facet."""
        kept = frozenset(keywords)
        return Facet(self.place, {key: then for key, then in self.written.items() if key in kept})

    def branches(self, keyword: str) -> list[Place]:
        """The schemas in the keyword's list; those of `if` are of `then` and `else`."""
        if keyword == "if":
            return [self.at("then"), self.at("else")]
        return [self.at(keyword, index) for index in range(len(self[keyword]))]


def read(place: Place) -> Facet:
    """The assertions of the schema, an object, at `place`."""
    schema = place.schema
    if place.draft.ref_stands_alone and "$ref" in schema:
        return Facet(place, {"$ref": "$ref"})
    pairs = chain.from_iterable(
        _in_today_s_words(place, keyword) if keyword in _CHANGED else ((keyword, keyword),)
        for keyword in filter(place.draft.asserts, schema)
    )
    return Facet(
        place,
        {
            today: then
            for today, then in pairs
            if today not in _MAY_BE_IDLE or not _is_idle(schema, today, then)
        },
    )


def _in_today_s_words(place: Place, keyword: str) -> Iterator[tuple[str, str]]:
    """What 2020-12 calls a keyword of the place's draft."""
    schema, draft = place.schema, place.draft
    if draft.has_boolean_bounds and keyword in _BOUNDS:
        if schema[keyword] and _BOUNDS[keyword] in schema:
            yield keyword, _BOUNDS[keyword]
    elif draft.has_boolean_bounds and keyword in _BOUNDS.values():
        exclusive = next(key for key, bound in _BOUNDS.items() if bound == keyword)
        if not schema.get(exclusive):
            yield keyword, keyword
    elif keyword == "items" and isinstance(schema["items"], list):
        yield "prefixItems", "items"
    elif keyword == "additionalItems":
        if isinstance(schema.get("items"), list):
            yield "items", "additionalItems"
    else:
        yield keyword, keyword


def _takes_any_name(schema: Mapping[str, Any]) -> bool:
    """Whether a schema for names, which are strings, asks for no more than that."""
    return schema.get("type", "string") == "string" and schema.keys() <= {"type"} | ANNOTATIONS


def _is_idle(schema: Mapping[str, Any], today: str, written: str) -> bool:
    """Whether the keyword lets everything pass."""
    value = schema[written]
    match today:
        case "then" | "else":
            return "if" not in schema
        case "if":
            return schema.keys().isdisjoint(("then", "else"))
        case "propertyNames":
            return value is True or (isinstance(value, dict) and _takes_any_name(value))
        case "minContains" | "maxContains":
            return "contains" not in schema
        case "required" | "dependentRequired" | "dependentSchemas" | "dependencies":
            return not value
        case "patternProperties" | "prefixItems":
            return not value
        case "additionalProperties" | "items" | "unevaluatedItems" | "unevaluatedProperties":
            return value is True or value == {}
    return today in _IDLE and value == _IDLE[today] and type(value) is type(_IDLE[today])
