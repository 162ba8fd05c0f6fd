"""Schemas: each becomes a function of WebAssembly that accepts what is certainly valid.

A keyword that no function knows makes the values that it is about doubtful: they are judged by the
engine that knows all of them.  So a gap costs time and never correctness.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from recordsmith.catalog import Catalog, Place
from recordsmith.drafts import DRAFTS
from recordsmith.formats import PATTERNS
from recordsmith.lowering.disjointness import are_disjoint
from recordsmith.lowering.facets import Facet, read
from recordsmith.lowering.flattening import Flattening
from recordsmith.lowering.guards import Guards
from recordsmith.lowering.listing import admits, common
from recordsmith.lowering.unions import JsonTypes
from recordsmith.patterns import NotAPatternError, matches
from recordsmith.problems import Problems
from recordsmith.validation.compiled.automata import table
from recordsmith.validation.compiled.choosing import (
    ALL,
    choice_function,
    kinds_of,
    switch_function,
)
from recordsmith.validation.compiled.layout import POWERS, TABLES
from recordsmith.validation.compiled.objects import Members, object_function
from recordsmith.validation.compiled.text import calls, fail_unless, function
from recordsmith.validation.compiled.values import (
    Bounds,
    Items,
    array_function,
    listed_function,
    number_function,
    string_function,
)

_ABOUT = {
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
_ABOUT_ALL = frozenset(
    ("$ref", "allOf", "anyOf", "const", "else", "enum", "if", "oneOf", "then", "type")
)
_KNOWN = _ABOUT_ALL.union(*_ABOUT.values())
_OF_RECORDS = _KNOWN - {"patternProperties", "unevaluatedProperties"}
"""With these, what is asked of a member's value beside `properties` has a function of its own."""
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
_MOST_FUNCTIONS = 3_000


class TooLarge(Exception):
    """The schema is too large to be compiled in a time that pays."""


class Compiler:
    """Compiles a schema and what it refers to."""

    def __init__(self, catalog: Catalog, *, formats: bool) -> None:
        self.functions = [object_function("$object", Members()), array_function("$array", Items())]
        self.tables = bytearray()
        self._catalog = catalog
        self._formats = formats
        guards = Guards(catalog, lambda _: formats)
        self._flatten = Flattening(catalog, guards, Problems()).flatten
        self._json_types = JsonTypes(self._flatten)
        self._names: dict[tuple[str, str], str] = {}
        self._of_tables: dict[bytes, int] = {}
        self._waiting: list[Callable[[], None]] = []
        self._count = 0

    def compile(self, place: Place) -> str:
        """The name of the function for the schema at a place.  Raises `TooLarge`."""
        name = self._of_record(place) or self._function(place)
        while self._waiting:
            self._waiting.pop()()
        return name

    def _of_record(self, place: Place) -> str | None:
        """The function that tells which member alone is in doubt; None where that is not simple."""
        facet = read(place) if isinstance(place.schema, dict) else None
        if facet is None or not facet.written.keys() <= _OF_RECORDS:
            return None
        if facet.get("type") != "object" or "properties" not in facet:
            return None
        sparing = {one for one, schema in facet["properties"].items() if _stands_alone(schema)}
        own = self._added(object_function, self._members(facet), sparing=frozenset(sparing))
        return self._all((own, *self._checks(facet)))

    def _new(self) -> str:
        self._count += 1
        if self._count > _MOST_FUNCTIONS:
            raise TooLarge
        return f"$f{self._count}"

    def _function(self, place: Place) -> str:
        if not isinstance(place.schema, dict):
            return "$any" if place.schema is True else "$none"
        key = (place.document.uri, place.at.pointer)
        if key not in self._names:
            facet = read(place)
            if not facet.written:
                return "$any"
            name = self._names[key] = self._new()
            self._waiting.append(lambda: self._write(name, facet))
        return self._names[key]

    def _write(self, name: str, facet: Facet) -> None:
        if not facet.written.keys() <= _KNOWN:
            self.functions.append(function(name, ("(i32.const 0)",)))
            return
        checks = [*self._checks(facet)]
        own = self._own(facet)
        if own is None and len(checks) == 1:
            checks, own = [], checks[0]
        body = [fail_unless(calls(check)) for check in checks[: None if own else -1]]
        body.append(calls(own or checks[-1]))
        self.functions.append(function(name, body))

    def _checks(self, facet: Facet) -> Iterator[str]:
        """The functions of all that is asked for beside the keywords for one kind."""
        if "$ref" in facet:
            target = self._catalog.resolve(facet["$ref"], facet.place)
            yield self._function(target) if target else "$none"
        if "allOf" in facet:
            yield from map(self._function, facet.branches("allOf"))
        for keyword in ("anyOf", "oneOf"):
            if keyword in facet:
                yield self._choice(facet, keyword)
        if "if" in facet:
            yield self._condition(facet)
        if "const" in facet or "enum" in facet:
            yield self._added(listed_function, _values(facet), _integer(facet))

    def _added(self, write: Callable[..., str], *words: Any, **more: Any) -> str:
        name = self._new()
        self.functions.append(write(name, *words, **more))
        return name

    def _choice(self, facet: Facet, keyword: str) -> str:
        branches = facet.branches(keyword)
        flat = [self._flatten(branch) for branch in branches]
        if keyword == "oneOf" and not are_disjoint(flat, self._json_types):
            return "$none"
        facets = [read(branch) for branch in branches if isinstance(branch.schema, dict)]
        if len(facets) == len(branches) and all(map(_is_a_list, facets)):
            values = [value for one in facets for value in _values(one)]
            return self._added(listed_function, values, _integer(facet))
        options = [(self._kinds(branch), self._function(branch)) for branch in branches]
        return self._added(choice_function, options)

    def _kinds(self, place: Place) -> frozenset[str]:
        """The kinds of which a value may be valid."""
        facets = self._flatten(place)
        return frozenset() if facets is None else kinds_of(self._json_types.of(facets))

    def _condition(self, facet: Facet) -> str:
        """Either `if` and `then`, or `then` and `else`: that `if` fails is never certain."""
        places = {key: facet.at(key) for key in ("if", "then", "else") if key in facet}
        functions = {key: self._function(place) for key, place in places.items()}
        then, other = functions.get("then", "$any"), functions.get("else", "$any")
        options = [(functions["if"], then), (then, other)]
        return self._added(choice_function, [(ALL, self._all(pair)) for pair in options])

    def _all(self, names: tuple[str, ...]) -> str:
        body = [fail_unless(calls(name)) for name in names[1:]]
        return self._added(function, [*body, calls(names[0])])

    def _own(self, facet: Facet) -> str | None:
        """The function for the keywords for one kind; None where there are none."""
        kinds = kinds_of(_types(facet)) if "type" in facet else ALL
        is_about = any(_ABOUT[kind] & facet.written.keys() for kind in kinds & _ABOUT.keys())
        is_listed = "const" in facet or "enum" in facet
        if not is_about and (is_listed or "type" not in facet):
            return None
        functions = {kind: self._of_kind(kind, facet) for kind in sorted(kinds)}
        if len(functions) == 1:
            return next(iter(functions.values()))
        return self._added(switch_function, functions)

    def _of_kind(self, kind: str, facet: Facet) -> str:
        keywords = _ABOUT.get(kind, frozenset()) & facet.written.keys()
        if kind == "number" and (keywords or "number" not in _types(facet)):
            return self._number(facet)
        if not keywords:
            return _PLAIN[kind]
        write = {"array": self._array, "object": self._object, "string": self._string}[kind]
        return write(facet)

    def _number(self, facet: Facet) -> str:
        plain = "$number"
        if "type" in facet and "number" not in _types(facet):
            plain = _integer(facet)
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
        return self._added(number_function, bounds, POWERS)

    def _string(self, facet: Facet) -> str:
        patterns = [facet["pattern"]] if "pattern" in facet else []
        if {"contentEncoding", "contentMediaType"} & facet.written.keys():
            return "$none"
        if "format" in facet and self._formats and facet["format"] in _KNOWN_FORMATS:
            if facet["format"] not in PATTERNS:
                return "$none"
            patterns.append(PATTERNS[facet["format"]])
        at = self._table(*patterns) if patterns else None
        if patterns and at is None:
            return "$none"
        least, most = int(facet.get("minLength", 0)), facet.get("maxLength")
        if at is None and not least and most is None:
            return "$string"
        return self._added(string_function, at, least, None if most is None else int(most))

    def _table(self, *patterns: str) -> int | None:
        """Where the table of the patterns stands."""
        found = table(patterns)
        if found is None:
            return None
        if found not in self._of_tables:
            self._of_tables[found] = TABLES + len(self.tables)
            self.tables += found
        return self._of_tables[found]

    def _array(self, facet: Facet) -> str:
        if {"contains", "unevaluatedItems"} & facet.written.keys():
            return "$none"
        most = facet.get("maxItems")
        mosts = [int(most)] if most is not None else []
        if facet.get("uniqueItems"):
            mosts.append(1)
        items = Items(
            prefix=[self._function(one) for one in facet.branches("prefixItems")]
            if "prefixItems" in facet
            else (),
            others=self._function(facet.at("items")) if "items" in facet else "$any",
            least=int(facet.get("minItems", 0)),
            most=min(mosts, default=None),
        )
        return self._added(array_function, items)

    def _object(self, facet: Facet) -> str:
        if "unevaluatedProperties" in facet:
            return "$none"
        try:
            return self._added(object_function, self._members(facet))
        except NotAPatternError:
            return "$none"

    def _members(self, facet: Facet) -> Members:
        patterns = [*facet.get("patternProperties", ())]
        checks = {one: self._function(facet.at("patternProperties", one)) for one in patterns}
        tables = [(self._table(one), checks[one]) for one in patterns]
        if any(at is None for at, _ in tables):
            raise NotAPatternError(0, "it is none for an automaton")
        others = _others(facet, self._function)
        required, dependents, schemas = self._dependents(facet)
        properties = [*facet.get("properties", ())]
        names = dict.fromkeys((*properties, *required, *dependents, *schemas))
        names |= dict.fromkeys(name for listed in dependents.values() for name in listed)
        known = {}
        for name in names:
            found = [self._function(facet.at("properties", name))] if name in properties else []
            found += [checks[one] for one in patterns if matches(one, name)]
            known[name] = tuple(found) or (others or "$none",)
        most = facet.get("maxProperties")
        return Members(
            known=known,
            required=required,
            dependents=dependents,
            dependent_schemas=schemas,
            names=self._function(facet.at("propertyNames")) if "propertyNames" in facet else None,
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
        schemas = {key: self._function(facet.at(*where)) for key, where in places.items()}
        return tuple(dict.fromkeys(facet.get("required", ()))), listed, schemas


def _integer(facet: Facet) -> str:
    """The function for all that the draft takes for an integer."""
    return "$integer" if facet.place.draft.takes_whole_floats else "$plain_integer"


def _types(facet: Facet) -> list[str]:
    found = facet.get("type", "number")
    return [found] if isinstance(found, str) else list(found)


def _others(facet: Facet, function_of: Callable[[Place], str]) -> str | None:
    """The function for properties that the schema does not name; None where there may be none."""
    if "additionalProperties" not in facet:
        return "$any"
    place = facet.at("additionalProperties")
    return None if place.schema is False else function_of(place)


def _values(facet: Facet) -> list[Any]:
    """The values that the facet lists, of the types that it names."""
    values = common([facet])
    return [one for one in values if admits(_types(facet), one)] if "type" in facet else values


def _is_a_list(facet: Facet) -> bool:
    """Whether the schema asks for no more than one of some values."""
    return bool(facet.written) and facet.written.keys() <= {"const", "enum"}


def _stands_alone(schema: Any) -> bool:
    """Whether the schema is a part of its document that an engine can be asked for."""
    return isinstance(schema, dict) and not {"$id", "id"} & schema.keys()
