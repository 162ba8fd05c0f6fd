"""Schemas: each becomes a function of WebAssembly that accepts what is certainly valid.

A keyword that no function knows makes the values that it is about doubtful: they are judged by the
engine that knows all of them.  So a gap costs time and never correctness.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from recordsmith.catalog import Catalog, Place
from recordsmith.lowering.disjointness import are_disjoint
from recordsmith.lowering.facets import Facet, read
from recordsmith.lowering.flattening import Flattening
from recordsmith.lowering.guards import Guards
from recordsmith.lowering.listing import admits, common
from recordsmith.lowering.unions import JsonTypes
from recordsmith.problems import Problems
from recordsmith.validation.compiled.automata import table
from recordsmith.validation.compiled.choosing import (
    ALL,
    choice_function,
    kinds_of,
    switch_function,
)
from recordsmith.validation.compiled.kinds import ABOUT, Kinds, integer, types_of
from recordsmith.validation.compiled.layout import TABLES
from recordsmith.validation.compiled.objects import Members, object_function
from recordsmith.validation.compiled.text import calls, fail_unless, function
from recordsmith.validation.compiled.values import (
    Items,
    array_function,
    listed_function,
)

_ABOUT_ALL = frozenset(
    ("$ref", "allOf", "anyOf", "const", "else", "enum", "if", "oneOf", "then", "type")
)
_KNOWN = _ABOUT_ALL.union(*ABOUT.values())
_OF_RECORDS = _KNOWN - {"patternProperties", "unevaluatedProperties"}
"""With these, what is asked of a member's value beside `properties` has a function of its own."""
_MOST_FUNCTIONS = 3_000


class TooLarge(Exception):
    """The schema is too large to be compiled in a time that pays."""


class Compiler:
    """Compiles a schema and what it refers to."""

    def __init__(self, catalog: Catalog, *, formats: bool) -> None:
        self.functions = [object_function("$object", Members()), array_function("$array", Items())]
        self.tables = bytearray()
        self.formats = formats
        self._of_kinds = Kinds(self)
        self._catalog = catalog
        guards = Guards(catalog, lambda _: formats)
        self._flatten = Flattening(catalog, guards, Problems()).flatten
        self._json_types = JsonTypes(self._flatten)
        self._names: dict[tuple[str, str], str] = {}
        self._of_tables: dict[bytes, int] = {}
        self._waiting: list[Callable[[], None]] = []
        self._count = 0

    def compile(self, place: Place) -> str:
        """The name of the function for the schema at a place.  Raises `TooLarge`."""
        name = self._of_record(place) or self.function_of(place)
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
        own = self.added(object_function, self._of_kinds.members(facet), sparing=frozenset(sparing))
        return self._all((own, *self._checks(facet)))

    def _new(self) -> str:
        self._count += 1
        if self._count > _MOST_FUNCTIONS:
            raise TooLarge
        return f"$f{self._count}"

    def function_of(self, place: Place) -> str:
        """The name of the function for the schema at a place."""
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
            yield self.function_of(target) if target else "$none"
        if "allOf" in facet:
            yield from map(self.function_of, facet.branches("allOf"))
        for keyword in ("anyOf", "oneOf"):
            if keyword in facet:
                yield self._choice(facet, keyword)
        if "if" in facet:
            yield self._condition(facet)
        if "const" in facet or "enum" in facet:
            yield self.added(listed_function, _values(facet), integer(facet))

    def added(self, write: Callable[..., str], *words: Any, **more: Any) -> str:
        """The name of a function more, which `write` writes."""
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
            return self.added(listed_function, values, integer(facet))
        options = [(self._kinds(branch), self.function_of(branch)) for branch in branches]
        return self.added(choice_function, options)

    def _kinds(self, place: Place) -> frozenset[str]:
        """The kinds of which a value may be valid."""
        facets = self._flatten(place)
        return frozenset() if facets is None else kinds_of(self._json_types.of(facets))

    def _condition(self, facet: Facet) -> str:
        """Either `if` and `then`, or `then` and `else`: that `if` fails is never certain."""
        places = {key: facet.at(key) for key in ("if", "then", "else") if key in facet}
        functions = {key: self.function_of(place) for key, place in places.items()}
        then, other = functions.get("then", "$any"), functions.get("else", "$any")
        options = [(functions["if"], then), (then, other)]
        return self.added(choice_function, [(ALL, self._all(pair)) for pair in options])

    def _all(self, names: tuple[str, ...]) -> str:
        body = [fail_unless(calls(name)) for name in names[1:]]
        return self.added(function, [*body, calls(names[0])])

    def _own(self, facet: Facet) -> str | None:
        """The function for the keywords for one kind; None where there are none."""
        kinds = kinds_of(types_of(facet)) if "type" in facet else ALL
        is_about = any(ABOUT[kind] & facet.written.keys() for kind in kinds & ABOUT.keys())
        is_listed = "const" in facet or "enum" in facet
        if not is_about and (is_listed or "type" not in facet):
            return None
        functions = {kind: self._of_kinds.function_for(kind, facet) for kind in sorted(kinds)}
        if len(functions) == 1:
            return next(iter(functions.values()))
        return self.added(switch_function, functions)

    def table(self, *patterns: str) -> int | None:
        """Where the table stands of what matches all patterns; None where there can be none."""
        found = table(patterns)
        if found is None:
            return None
        if found not in self._of_tables:
            self._of_tables[found] = TABLES + len(self.tables)
            self.tables += found
        return self._of_tables[found]


def _values(facet: Facet) -> list[Any]:
    """The values that the facet lists, of the types that it names."""
    values = common([facet])
    return [one for one in values if admits(types_of(facet), one)] if "type" in facet else values


def _is_a_list(facet: Facet) -> bool:
    """Whether the schema asks for no more than one of some values."""
    return bool(facet.written) and facet.written.keys() <= {"const", "enum"}


def _stands_alone(schema: Any) -> bool:
    """Whether the schema is a part of its document that an engine can be asked for."""
    return isinstance(schema, dict) and not {"$id", "id"} & schema.keys()
