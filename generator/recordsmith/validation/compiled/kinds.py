"""Kinds: the functions for what a schema asks of the values of one kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from recordsmith.catalog import Place
from recordsmith.drafts import DRAFTS
from recordsmith.formats import PATTERNS
from recordsmith.lowering.facets import Facet
from recordsmith.patterns import NotAPatternError, matches
from recordsmith.validation.compiled.layout import POWERS
from recordsmith.validation.compiled.objects import Members, object_function
from recordsmith.validation.compiled.values import (
    Bounds,
    Items,
    array_function,
    number_function,
    string_function,
)

ABOUT = {
    "array": frozenset(
        (
            *("contains", "items", "maxContains", "maxItems", "minContains", "minItems"),
            *("prefixItems", "unevaluatedItems", "uniqueItems"),
        )
    ),
    "number": frozenset(
        ("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf")
    ),
    "object": frozenset(
        (
            *("additionalProperties", "dependencies", "dependentRequired", "dependentSchemas"),
            *("maxProperties", "minProperties", "patternProperties", "properties"),
            *("propertyNames", "required", "unevaluatedProperties"),
        )
    ),
    "string": frozenset(
        ("contentEncoding", "contentMediaType", "format", "maxLength", "minLength", "pattern")
    ),
}
"""The keywords that are about values of one kind."""
_PLAIN = {
    "array": "$array",
    "boolean": "$boolean",
    "null": "$null",
    "number": "$number",
    "object": "$object",
    "string": "$string",
}
"""The functions for all values of a kind."""
_KNOWN_FORMATS = frozenset().union(*(draft.formats for draft in DRAFTS))


class Functions(Protocol):
    """The functions of a module that is being compiled."""

    @property
    def formats(self) -> bool:
        """Whether `format` asserts."""
        ...

    def function_of(self, place: Place) -> str:
        """The name of that for the schema at a place."""
        ...

    def added(self, write: Callable[..., str], *words: Any, **more: Any) -> str:
        """The name of one more, which `write` writes."""
        ...

    def table(self, *patterns: str) -> int | None:
        """Where the table stands of what matches all patterns; None where there can be none."""
        ...


class Kinds:
    """Has functions written for what schemas ask of the values of one kind."""

    def __init__(self, functions: Functions) -> None:
        self._functions = functions

    def function_for(self, kind: str, facet: Facet) -> str:
        """The function for the values of a kind."""
        keywords = ABOUT.get(kind, frozenset()) & facet.written.keys()
        if kind == "number" and (keywords or "number" not in types_of(facet)):
            return self._number(facet)
        if not keywords:
            return _PLAIN[kind]
        write = {"array": self._array, "object": self._object, "string": self._string}[kind]
        return write(facet)

    def _below(self, facet: Facet, *where: str) -> str:
        """The function for a subschema."""
        return self._functions.function_of(facet.at(*where))

    def _number(self, facet: Facet) -> str:
        plain = "$number"
        if "type" in facet and "number" not in types_of(facet):
            plain = integer(facet)
        bounds = Bounds(
            function=plain,
            minimum=facet.get("minimum"),
            maximum=facet.get("maximum"),
            above=facet.get("exclusiveMinimum"),
            below=facet.get("exclusiveMaximum"),
            multiple_of=facet.get("multipleOf"),
        )
        if not (bounds.compared or bounds.multiple_of is not None):
            return plain
        return self._functions.added(number_function, bounds, POWERS)

    def _string(self, facet: Facet) -> str:
        patterns = [facet["pattern"]] if "pattern" in facet else []
        if {"contentEncoding", "contentMediaType"} & facet.written.keys():
            return "$none"
        if "format" in facet and self._functions.formats and facet["format"] in _KNOWN_FORMATS:
            if facet["format"] not in PATTERNS:
                return "$none"
            patterns.append(PATTERNS[facet["format"]])
        at = self._functions.table(*patterns) if patterns else None
        if patterns and at is None:
            return "$none"
        least, most = int(facet.get("minLength", 0)), facet.get("maxLength")
        if at is None and not least and most is None:
            return "$string"
        most = None if most is None else int(most)
        return self._functions.added(string_function, at, least, most)

    def _array(self, facet: Facet) -> str:
        if {"contains", "unevaluatedItems"} & facet.written.keys():
            return "$none"
        most = facet.get("maxItems")
        mosts = [int(most)] if most is not None else []
        if facet.get("uniqueItems"):
            mosts.append(1)
        items = Items(
            prefix=[self._functions.function_of(one) for one in facet.branches("prefixItems")]
            if "prefixItems" in facet
            else (),
            others=self._below(facet, "items") if "items" in facet else "$any",
            least=int(facet.get("minItems", 0)),
            most=min(mosts, default=None),
        )
        return self._functions.added(array_function, items)

    def _object(self, facet: Facet) -> str:
        if "unevaluatedProperties" in facet:
            return "$none"
        try:
            return self._functions.added(object_function, self.members(facet))
        except NotAPatternError:
            return "$none"

    def members(self, facet: Facet) -> Members:
        """What is asked of an object.  Raises `NotAPatternError` where a pattern has no table."""
        patterns = [*facet.get("patternProperties", ())]
        checks = {one: self._below(facet, "patternProperties", one) for one in patterns}
        tables = [(self._functions.table(one), checks[one]) for one in patterns]
        if any(at is None for at, _ in tables):
            raise NotAPatternError(0, "it is none for an automaton")
        others = _others(facet, self._functions.function_of)
        required, dependents, schemas = self._dependents(facet)
        properties = [*facet.get("properties", ())]
        names = dict.fromkeys((*properties, *required, *dependents, *schemas))
        names |= dict.fromkeys(name for listed in dependents.values() for name in listed)
        known = {}
        for name in names:
            found = [self._below(facet, "properties", name)] if name in properties else []
            found += [checks[one] for one in patterns if matches(one, name)]
            known[name] = tuple(found) or (others or "$none",)
        most = facet.get("maxProperties")
        return Members(
            known=known,
            required=required,
            dependents=dependents,
            dependent_schemas=schemas,
            names=self._below(facet, "propertyNames") if "propertyNames" in facet else None,
            patterns=tuple((at, check) for at, check in tables if at is not None),
            others=others,
            least=int(facet.get("minProperties", 0)),
            most=None if most is None else int(most),
        )

    def _dependents(
        self, facet: Facet
    ) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]], dict[str, str]]:
        """The keys that are required, those that a key requires, and schemas for where it is."""
        listed = {key: tuple(names) for key, names in facet.get("dependentRequired", {}).items()}
        places = {key: ("dependentSchemas", key) for key in facet.get("dependentSchemas", {})}
        for key, value in facet.get("dependencies", {}).items():
            if isinstance(value, list):
                listed[key] = (*listed.get(key, ()), *value)
            else:
                places[key] = ("dependencies", key)
        schemas = {key: self._below(facet, *where) for key, where in places.items()}
        return tuple(dict.fromkeys(facet.get("required", ()))), listed, schemas


def integer(facet: Facet) -> str:
    """The function for all that the draft takes for an integer."""
    return "$integer" if facet.place.draft.takes_whole_floats else "$plain_integer"


def types_of(facet: Facet) -> list[str]:
    """The types that it names; without any, that of a number."""
    found = facet.get("type", "number")
    return [found] if isinstance(found, str) else list(found)


def _others(facet: Facet, function_of: Callable[[Place], str]) -> str | None:
    """The function for properties that the schema does not name; None where there may be none."""
    if "additionalProperties" not in facet:
        return "$any"
    place = facet.at("additionalProperties")
    return None if place.schema is False else function_of(place)
