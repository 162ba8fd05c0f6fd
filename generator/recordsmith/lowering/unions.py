"""Unions: which `anyOf` or `oneOf` of a schema is its type, and what tells its branches apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from recordsmith.ir import Json, Named, Type, Union
from recordsmith.lowering.facets import Facet
from recordsmith.lowering.joining import union
from recordsmith.lowering.listing import common, type_name
from recordsmith.naming import words
from recordsmith.places import Place

Flatten: TypeAlias = "Callable[[Place], list[Facet] | None]"
"""The facets of a place; None where it is `false`."""

ALL_TYPES = ("array", "boolean", "null", "number", "object", "string")
CHOICES = ("anyOf", "oneOf")
CONDITION = ("if", "then", "else")

STRUCTURAL = frozenset(
    ("additionalProperties", "items", "patternProperties", "prefixItems", "properties")
)
"""The keywords that tell what a value is made of."""
_TELLING = STRUCTURAL | {"$ref", "const", "enum", "type", *CHOICES}

_EVERY = frozenset((*ALL_TYPES, "integer"))
_NONE: frozenset[str] = frozenset()
_DEEPEST = 50
"""Choices within each other, beyond which any type is thought possible."""
_MOST_BRANCHES = 24
"""More copies of a record's own fields than this help nobody."""


class JsonTypes:
    """Finds the JSON types of the values that schemas accept; those of a branch are found once."""

    def __init__(self, flatten: Flatten) -> None:
        self._flatten = flatten
        self._known: dict[int, frozenset[str]] = {}

    def of(self, facets: list[Facet], depth: int = 0) -> frozenset[str]:
        """The types of the values that facets accept; `number` without `integer` has both."""
        types = _EVERY
        for facet in facets:
            if "type" in facet:
                named = facet["type"]
                types &= _with_integer([named] if isinstance(named, str) else named)
            if "enum" in facet or "const" in facet:
                types &= _with_integer(type_name(value) for value in common([facet]))
            for keyword in CHOICES:
                if keyword in facet and depth < _DEEPEST:
                    branches = facet.branches(keyword)
                    types &= _NONE.union(*(self._of_branch(one, depth + 1) for one in branches))
        return types

    def _of_branch(self, branch: Place, depth: int) -> frozenset[str]:
        """The types of a branch; any, while they are being found."""
        key = id(branch.schema)
        if key not in self._known:
            self._known[key] = _EVERY
            facets = self._flatten(branch)
            self._known[key] = _NONE if facets is None else self.of(facets, depth)
        return self._known[key]


def _with_integer(names: Iterator[str] | list[str]) -> frozenset[str]:
    found = frozenset(names)
    return found | {"integer"} if "number" in found else found


def chosen(facets: list[Facet], flatten: Flatten) -> tuple[Facet, str] | None:
    """The choice whose branches are the types of the value; None where it refines another type."""
    choices = [(facet, one) for facet in facets for one in CHOICES if one in facet]
    own = {name for facet in facets for name in facet.get("properties", ())}
    is_structural = any(not STRUCTURAL.isdisjoint(facet.written) for facet in facets)
    for facet, keyword in choices:
        branches = [flatten(branch) for branch in facet.branches(keyword)]
        if is_structural:
            if len(branches) <= _MOST_BRANCHES and _adds_structure(branches, own):
                return facet, keyword
        elif any(_tells_a_type(branch) for branch in branches):
            return facet, keyword
    return None if is_structural else _conditional(facets, flatten)


def _conditional(facets: list[Facet], flatten: Flatten) -> tuple[Facet, str] | None:
    """The `if` of which both `then` and `else` tell a type."""
    for facet in facets:
        if all(keyword in facet for keyword in CONDITION):
            branches = [flatten(branch) for branch in facet.branches("if")]
            if all(one is None or _tells_a_type(one) for one in branches):
                return facet, "if"
    return None


def _tells_a_type(facets: list[Facet] | None) -> bool:
    return facets is not None and any(not _TELLING.isdisjoint(one.written) for one in facets)


def _adds_structure(branches: list[list[Facet] | None], own: set[str]) -> bool:
    """Whether every branch declares properties that the record itself does not have."""
    return all(
        facets is not None and any(set(facet.get("properties", ())) - own for facet in facets)
        for facets in branches
    )


def tags_of(facets: list[Facet]) -> dict[str, list[Json]]:
    """The required properties of objects that have one of a few values, and these."""
    required = {name for facet in facets for name in facet.get("required", ())}
    tags: dict[str, list[Json]] = {}
    for facet in facets:
        for name, schema in facet.get("properties", {}).items():
            if name in required and isinstance(schema, dict) and name not in tags:
                values = [schema["const"]] if "const" in schema else schema.get("enum")
                if values and all(isinstance(value, str) for value in values):
                    tags[name] = values
    return tags


def branch_hints(branches: list[list[Facet] | None], hint: str) -> list[str]:
    """What the branches of a choice are called.

    Each by the value of its tag, or by a property that it alone requires or has, or by one that it
    requires or has, or by a number.
    """
    names = [_telling_names(facets) for facets in branches]
    times = Counter(name for one in names for name in one)
    told = [_told(facets or [], own, times) for facets, own in zip(branches, names, strict=True)]
    return [f"{hint} {index if one is None else one}" for index, one in enumerate(told, 1)]


def _telling_names(facets: list[Facet] | None) -> dict[str, None]:
    """The properties that a branch requires itself, and then those that it declares."""
    own = (facets or [])[-1:]
    required = [name for facet in own for name in facet.get("required", ())]
    declared = [name for facet in own for name in facet.get("properties", ())]
    return dict.fromkeys([*required, *declared])


def _told(facets: list[Facet], names: Iterable[str], times: Mapping[str, int]) -> str | None:
    """What tells a branch from others; None where nothing has words for it."""
    for values in tags_of(facets).values():
        return str(values[0])
    for name in sorted(filter(words, names), key=lambda one: times[one] > 1):
        return f"with {name}"
    return None


def _discriminator(branches: list[list[Facet] | None]) -> str | None:
    """The property by whose value all branches can be told apart."""
    if any(facets is None for facets in branches):
        return None
    tags = [tags_of(facets) for facets in branches if facets is not None]
    for name in tags[0]:
        if all(name in each for each in tags):
            values = [value for each in tags for value in each[name]]
            if len({repr(value) for value in values}) == len(values):
                return name
    return None


def tagged(types: list[Type], branches: list[list[Facet] | None]) -> Type:
    """The union of the types, told apart by a property where they are records that have one."""
    named = [one for one in types if isinstance(one, Named)]
    joined = union(types)
    tag = _discriminator(branches) if len(named) == len(types) > 1 else None
    if tag is None or not isinstance(joined, Union) or len(joined.members) != len(types):
        return joined
    return Union(joined.members, tag)


def named_types(facets: list[Facet]) -> list[str] | None:
    """The JSON types that all facets name, in the order of the first; None where none does."""
    found: list[str] | None = None
    for facet in facets:
        if "type" not in facet:
            continue
        named = facet["type"]
        names = [named] if isinstance(named, str) else list(named)
        found = names if found is None else _shared(found, names)
    if found and "number" in found:
        return [one for one in found if one != "integer"]
    return found


def _shared(one: list[str], other: list[str]) -> list[str]:
    shared = [name for name in one if name in other]
    for wide, narrow in ((one, other), (other, one)):
        if "number" in wide and "integer" in narrow and "number" not in narrow:
            shared.append("integer")
    return list(dict.fromkeys(shared))
